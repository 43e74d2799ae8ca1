"""`pressx evaluate`: how good the records of annotated releases are."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressx.cli.console import Console
from pressx.cli.ending import ending
from pressx.cli.outcomes import Outcomes
from pressx.cli.status import ExitStatus

if TYPE_CHECKING:
    from pressx.evaluation import Evaluation
    from pressx.recorded import Reader
    from pressx.records import Release

SUFFIXES = (".json", ".txt", ".md")  # of the input for a gold file, the first there is

Gold = Annotated[
    Path, typer.Argument(metavar="GOLD_DIR", exists=True, file_okay=False, help="Folder of gold files NAME.json.")
]
Inputs = Annotated[
    Path,
    typer.Argument(
        metavar="INPUT_DIR", exists=True, file_okay=False, help="Folder of records NAME.json or releases NAME.txt."
    ),
]
Errors = Annotated[
    str | None, typer.Option("--errors", metavar="FIELD", help="List the errors of a field too, or of all.")
]
Json = Annotated[bool, typer.Option("--json", help="Print the figures as JSON, unrounded.")]
Rules = Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="Your own rules and lexicons; they win.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]


@ending()
def evaluate_cli(
    gold: Gold,
    inputs: Inputs,
    errors: Errors = None,
    as_json: Json = False,
    rules: Rules = None,
    quiet: Quiet = False,
) -> None:
    """Measure precision, recall and F1 of each field against annotated releases.

    A gold release without a record or text counts as one in which nothing was found.

    Example: pressx evaluate gold/ releases/ --errors positions
    """
    console = Console(quiet=quiet)
    import json

    from pressx.errors import PressxError
    from pressx.evaluation import evaluate, export, list_gold
    from pressx.recorded import Reader

    check_field(errors)
    paths = list_gold(gold)
    outcomes, reader = Outcomes(console), Reader(str(rules) if rules else None)
    found = [(path, find_input(inputs, path.stem)) for path in paths]
    if not any(file for _, file in found):
        raise PressxError(f"{inputs}: holds no record and no text of any gold release")
    for path, file in found:
        if file is None:
            console.report_warning(f"{path.stem}: no record and no text in {inputs}")
    evaluation = evaluate((path, read_release(file, reader, outcomes)) for path, file in found)
    if as_json:
        print(json.dumps(export(evaluation), indent=1))
    else:
        for line in (*list_differences(evaluation, errors), *lay_out(evaluation)):
            print(line)
    if outcomes.status is not ExitStatus.OK:
        raise typer.Exit(outcomes.status)


def check_field(field: str | None) -> None:
    from pressx.evaluation import ACCURACIES, FIELDS

    known = ("all", *FIELDS, *(name for name in ACCURACIES if name.startswith("release_")))
    if field is not None and field not in known:
        raise typer.BadParameter(f"{field!r} is not among {', '.join(known)}", param_hint="--errors")


def find_input(folder: Path, name: str) -> Path | None:
    candidates = (folder / f"{name}{suffix}" for suffix in SUFFIXES)
    return next((path for path in candidates if path.is_file()), None)


def read_release(path: Path | None, reader: "Reader", outcomes: Outcomes) -> "Release | None":
    """Return the record; what can't be read counts as a record with nothing in it, and the exit status says so."""
    if path is not None:
        with outcomes.guard(path):
            return reader.read_one(path).release
    return None


def list_differences(evaluation: "Evaluation", field: str | None) -> Iterator[str]:
    for difference in evaluation.differences:
        if field in ("all", difference.field):
            yield "\t".join(" ".join(part.split()) for part in difference)


def lay_out(evaluation: "Evaluation") -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"{evaluation.releases} releases"
    yield f"{'field':14} {'gold':>5} {'P':>7} {'R':>6} {'F1':>6}   95% interval of F1"
    for name, score in evaluation.fields.items():
        figures = f"{score.precision:7.3f} {score.recall:6.3f} {score.f1:6.3f}"
        yield f"{name:14} {score.gold:5} {figures}   {score.low:.3f} - {score.high:.3f}"
    yield ""
    yield f"{'right':16} {'share':>5}"
    for name, share in evaluation.accuracy.items():
        yield f"{name:16} {'-' if share is None else f'{share:.3f}'}"
    yield ""
    yield f"score (mean F1 of the main fields): {evaluation.score:.3f} ({evaluation.low:.3f} - {evaluation.high:.3f})"
