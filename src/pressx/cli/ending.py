"""How every command ends: what went wrong becomes one line on standard error and an ExitStatus."""

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from pressx.cli.console import Console, describe_bug
from pressx.cli.status import ExitStatus
from pressx.errors import PressxError


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
