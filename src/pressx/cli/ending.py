"""How every command ends: what went wrong becomes one line on standard error and an ExitStatus."""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import typer

from pressx.cli.console import Console, describe_bug
from pressx.cli.status import ExitStatus
from pressx.errors import PressxError


class Interrupted(Exception):  # noqa: N818  # it is no error
    """The user wanted a run to stop, and it did, in good order; the message says where."""


@contextmanager
def ending() -> Iterator[None]:
    """Decorate a command: whatever ends it early raises `typer.Exit` with the status that says so.

    Usage errors and planned exits are Typer's and pass.
    """
    try:
        yield
        if sys.stdout is not None:
            sys.stdout.flush()
    except (typer.Exit, typer.BadParameter):
        raise
    except BrokenPipeError:  # the reader has had enough: `| head -1`
        discard_output()
        status = ExitStatus.OK
    except KeyboardInterrupt:
        Console().report_error("interrupted")
        status = ExitStatus.INTERRUPTED
    except Interrupted as interruption:
        Console().report_error(f"interrupted {interruption}")
        status = ExitStatus.INTERRUPTED
    except PressxError as error:
        Console().report_error(str(error))
        status = ExitStatus.UNUSABLE
    except OSError as error:
        discard_output()
        Console().report_error(f"{error.filename or 'standard output'}: {error.strerror or error}")
        status = ExitStatus.UNUSABLE
    except Exception as error:  # noqa: BLE001  # what nobody foresaw is a bug, and ends as one
        Console().report_error(describe_bug(error))
        traceback.print_exc()
        status = ExitStatus.BUG
    else:
        return
    raise typer.Exit(status)


def discard_output() -> None:
    """Point standard output nowhere, so that what is left in its buffer can't fail when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


@contextmanager
def stopping(console: Console, count_begun: Callable[[], int]) -> Iterator[Callable[[], bool]]:
    """Give what says whether the user wants the run to stop after the inputs that it has begun.

    The first Ctrl-C says so; the second ends the run at once, and so does the first when there is but one input.
    """
    stopped = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopped
        if stopped or count_begun() <= 1:
            raise KeyboardInterrupt
        stopped = True
        console.interject("finishing what is begun; press Ctrl-C again to end at once")

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield lambda: stopped
    finally:
        signal.signal(signal.SIGINT, before)
