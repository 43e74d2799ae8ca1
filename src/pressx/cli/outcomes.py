"""Outcomes: how the inputs of a command ended, each alone, and the exit status that all of them make."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pressx.cli.console import Console, describe_bug
from pressx.cli.status import ExitStatus
from pressx.errors import PressxError, ReadingError


class Outcomes:
    """Names what failed and goes on; an error that concerns more than one input passes."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.status = ExitStatus.OK

    @contextmanager
    def guard(self, path: Path) -> Iterator[None]:
        """Let one input fail alone."""
        try:
            yield
        except ReadingError as error:
            self.console.report_error(str(error))
            self.status = max(self.status, ExitStatus.FAILED)
        except (PressxError, OSError):
            raise
        except Exception as error:  # noqa: BLE001  # a bug loses its input alone
            self.console.report_error(f"{path}: {describe_bug(error)}")
            self.console.report_detail(traceback.format_exc())
            self.status = max(self.status, ExitStatus.BUG)
