"""`pressx rules`: check one's own rules, and ask why a value is there."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressx.cli.console import Console
from pressx.cli.ending import ending
from pressx.cli.outcomes import Outcomes
from pressx.cli.status import ExitStatus

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pressx.examination import Examination
    from pressx.explanation import Claim, Explanation
    from pressx.rules import RuleSet

WIDTH = 60  # characters of a text that is shown in a line

rules_app = typer.Typer(
    name="rules", no_args_is_help=True, help="Check rules and explain values.", pretty_exceptions_enable=False
)

Folder = Annotated[
    Path, typer.Argument(metavar="DIR", exists=True, file_okay=False, help="Folder with your rules/ and lexicons/.")
]
Texts = Annotated[
    list[Path] | None,
    typer.Argument(metavar="TEXT", help="Releases on which the rules should fire: *.txt, *.md, or folders."),
]
File = Annotated[Path, typer.Argument(metavar="FILE", help="A release (*.txt, *.md).")]
Offset = Annotated[int, typer.Option("--at", metavar="OFFSET", help="The character asked about, counted from 0.")]
GivenDate = Annotated[
    str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Date of a release that does not state its own.")
]
Rules = Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="Your own rules and lexicons; they win.")]


@rules_app.command("check")
@ending()
def check_cli(folder: Folder, texts: Texts = None) -> None:
    """Run every rule, ours and yours, on its examples and counter-examples.

    Says which of your rules overlap with others and, when texts are given, which never fire on them.

    Example: pressx rules check my-rules/ releases/
    """
    from pressx.examination import examine
    from pressx.rules import load_rules, read_rules

    outcomes = Outcomes(Console())
    rules, own = load_rules(str(folder)), read_rules(folder)
    examination = examine(rules, own, read_docs(texts or [], str(folder), outcomes))
    places = {name: place for name, (_, place) in own.items()}
    for line in report_examination(examination, rules, places):
        print(line)
    status = ExitStatus.FAILED if examination.faults else ExitStatus.OK
    raise typer.Exit(max(status, outcomes.status))


def read_docs(paths: list[Path], folder: str, outcomes: Outcomes) -> "Iterator[Doc]":
    """Yield the texts annotated, since many rules are about names and titles that were found before."""
    from pressx.pipeline import load
    from pressx.reading import read
    from pressx.recorded import find_files, is_record
    from pressx.tokenization import make_doc

    files = [file for path in paths for file in find_files(path) if not is_record(file)]
    nlp = load(folder) if files else None
    for file in files:
        with outcomes.guard(file):
            if nlp is not None:
                yield nlp(make_doc(nlp, read(file).text))


def report_examination(examination: "Examination", rules: "RuleSet", own: dict[str, str]) -> Iterator[str]:
    """Yield one line for each thing to say, what fails first; `own` says where each of the user's rules stands."""
    for fault in examination.faults:
        place = f" ({own[fault.rule]})" if fault.rule in own else ""
        yield f"fails    {fault.rule}{place}: {fault.reason} in: {shorten(fault.example)}"
    for overlap in examination.overlaps:
        times = f"{overlap.count} time{'s' if overlap.count > 1 else ''}"
        yield f"overlap  {overlap.rule} and {overlap.other}, {times}: {shorten(overlap.text)}"
    if examination.texts:
        yield from (f"silent   {rule}: never fires" for rule in own if not examination.fired[rule])
    yield (
        f"{len(rules.rules)} rules, {len(own)} of them yours, {examination.examples} examples, "
        f"{len(examination.faults)} failed; {examination.texts} texts"
    )


@rules_app.command("explain")
@ending()
def explain_cli(file: File, offset: Offset, given_date: GivenDate = None, rules: Rules = None) -> None:
    """Say which rule or model made what of the character at OFFSET, and what that won against.

    Example: pressx rules explain release.txt --at 120
    """
    from pressx.cli.extract import check_date
    from pressx.explanation import explain
    from pressx.pipeline import load
    from pressx.reading import read
    from pressx.rules import load_rules

    source = read(file)
    folder = str(rules) if rules else None
    explanation = explain(load(folder), load_rules(folder), source, offset, check_date(given_date))
    for line in report_explanation(explanation):
        print(line)


def report_explanation(explanation: "Explanation") -> Iterator[str]:
    yield f"character {explanation.offset}, {explanation.character!r}, in a block of kind {explanation.block}"
    for heading, claims in (("values of the record", explanation.values), ("what they rest on", explanation.spans)):
        yield f"\n{heading}:"
        for claim in claims:
            yield from report_claim(claim)
        if not claims:
            yield "  none"
    yield "\nlost:"
    for loss in explanation.losses:
        yield from report_claim(loss.claim)
        yield f"      {loss.reason}"
    if not explanation.losses:
        yield "  none"


def report_claim(claim: "Claim") -> Iterator[str]:
    yield f"  {claim.what}  {shorten(claim.shown)}"
    yield f"      {claim.start}-{claim.end} {shorten(claim.text)!r}, by {claim.rule}"
    if claim.note:
        yield f"      {claim.note}"


def shorten(text: str) -> str:
    """Return text on one line, cut to the width, without the control characters that would move a terminal's cursor."""
    line = " ".join(text.split())
    plain = "".join(character if character.isprintable() else "\ufffd" for character in line)
    return plain if len(plain) <= WIDTH else f"{plain[: WIDTH - 1]}…"
