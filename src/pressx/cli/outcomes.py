"""Outcomes: how the inputs of a command ended, each alone, and the exit status that all of them make."""

import json
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

from pressx.cli.console import Console, describe_bug, name_bug
from pressx.cli.status import ExitStatus
from pressx.errors import PressxError, ReadingError

if TYPE_CHECKING:
    from pressx.outcomes import Outcome


class Outcomes:
    """Names what failed and goes on; an error that concerns more than one input passes."""

    def __init__(self, console: Console, failures: FileIO | None = None) -> None:
        self.console = console
        self.failures = failures
        self.status = ExitStatus.OK
        self.count = 0
        self.failed = 0
        self.skipped = 0
        self.last = ""  # name of the input reported last

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

    def report(self, outcome: "Outcome") -> None:
        """Say how an input ended, and note it when it failed. Raises WritingError."""
        self.count += 1
        self.last = outcome.name
        if outcome.failure:
            self.report_failure(outcome)
            return
        if outcome.text is None:
            self.skipped += 1
            self.console.report_detail(f"{outcome.name}: is done")
            return
        for warning in outcome.warnings:
            self.console.report_warning(f"{outcome.name}: {warning}")
        counts = ", ".join(f"{count} {field}" for field, count in outcome.found.items())
        self.console.report_detail(f"{outcome.name}: {counts}")

    def report_failure(self, outcome: "Outcome") -> None:
        from pressx.outcomes import FailureKind

        failure = outcome.failure
        if failure is None:
            return
        self.failed += 1
        is_bug = failure.kind is FailureKind.BUG
        self.console.report_error(f"{outcome.name}: {name_bug(failure.reason) if is_bug else failure.reason}")
        if failure.trace:
            self.console.report_detail(failure.trace)
        self.status = max(self.status, ExitStatus.BUG if is_bug else ExitStatus.FAILED)
        if self.failures:
            from pressx.writing import encode, naming, write_all

            line = {"source": outcome.name, "error": failure.kind, "message": failure.reason}
            with naming(Path(str(self.failures.name))):
                write_all(self.failures, encode(json.dumps(line, ensure_ascii=False)))

    def summarise(self) -> str:
        counts = f"{self.count - self.failed - self.skipped} extracted, {self.failed} failed"
        return f"{counts}, {self.skipped} done before" if self.skipped else counts
