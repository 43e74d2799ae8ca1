"""What a human reads: messages and progress, on standard error alone."""

import os
import sys
from collections.abc import Generator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from rich.console import Console as RichConsole

Item = TypeVar("Item")


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

    def track(self, items: Sequence[Item], *, shared: bool) -> Generator[Item, None, None]:
        """Yield the items, moving a bar where standard error is a terminal that records are not `shared` with."""
        terminal = sys.stderr is not None and sys.stderr.isatty()
        if self.quiet or len(items) == 1 or shared or not terminal:
            yield from items
            return
        from rich.progress import track

        yield from track(items, "extracting", console=self._stream, transient=True)

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
    return f"a bug in pressx, please report it: {type(error).__name__}: {' '.join(str(error).split())}"
