"""What a human reads: messages and progress, on standard error alone."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from threading import Thread
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rich.console import Console as RichConsole


class Console:
    """Messages by importance: errors always, warnings unless `quiet`, details when `verbose`."""

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        self.quiet = quiet
        self.verbose = verbose

    def report_error(self, message: str) -> None:
        self._print("error", message, "bold red")

    def report_warning(self, message: str) -> None:
        if not self.quiet:
            self._print("warning", message, "yellow")

    def report_detail(self, message: str) -> None:
        if self.verbose:
            self._print("info", message, "dim")

    def interject(self, message: str) -> None:
        """Say something from a signal handler, where the stream may be in the middle of another message."""
        if not self.quiet:
            os.write(2, f"{message}\n".encode())

    @contextmanager
    def follow(self, count: Callable[[], int | None], *, shared: bool) -> Iterator[Callable[[int, int], None]]:
        """Give what takes the numbers of inputs that ended and of those that failed, and moves a bar.

        There is a bar where standard error is a terminal that records are not `shared` with. `count` returns the number
        of all inputs, however long it takes to find out, or None.
        """
        terminal = sys.stderr is not None and sys.stderr.isatty() and not self._stream.is_dumb_terminal
        if self.quiet or shared or not terminal:
            yield lambda *_: None
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        rate, failures = "{task.fields[rate]:.1f} a second", "{task.fields[failed]} failed"
        columns = (BarColumn(), MofNCompleteColumn(), TextColumn(rate), TextColumn(failures), TimeRemainingColumn())
        with Progress("extracting", *columns, console=self._stream, transient=True) as progress:
            task = progress.add_task("", total=None, rate=0.0, failed=0)
            Thread(target=lambda: progress.update(task, total=count()), daemon=True).start()

            def advance(ended: int, failed: int) -> None:
                progress.update(task, completed=ended, failed=failed, rate=progress.tasks[0].speed or 0.0)

            yield advance

    def _print(self, kind: str, message: str, style: str) -> None:
        from rich.text import Text

        self._stream.print(Text(f"{kind}: ", style=style) + Text(message))

    @cached_property
    def _stream(self) -> "RichConsole":
        from rich.console import Console as RichConsole

        # With NO_COLOR Rich would still write the escape sequences of bold and dim.
        colors: Literal["auto"] | None = None if os.environ.get("NO_COLOR") else "auto"
        return RichConsole(stderr=True, highlight=False, soft_wrap=True, color_system=colors)


def describe_bug(error: Exception) -> str:
    """Return one line that says that the error is not the user's."""
    return name_bug(f"{type(error).__name__}: {' '.join(str(error).split())}")


def name_bug(reason: str) -> str:
    return f"a bug in pressx, please report it: {reason}"
