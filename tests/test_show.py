"""`pressx show`: the sheet of a release and the marked text, on terminals of every kind."""

import os
import pty
import re
import subprocess
import sys

import pytest
from rich.cells import cell_len

import pressx
from conftest import ROOT
from made import make_release, write_record
from pressx.cli.sheet import Sheet, sanitise
from pressx.facts import KINDS, list_facts
from pressx.segments import cut
from pressx.timeline import describe_gap, order_dates

SAMPLES = sorted((ROOT / "samples").glob("*/release.txt"))
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
WIDTH = 80


@pytest.fixture
def show(capsys, monkeypatch):
    """Return what a record looks like on a page of 80 columns."""
    monkeypatch.setenv("COLUMNS", str(WIDTH))

    def print_sheet(record, text=None):
        sheet = Sheet()
        if text is None:
            sheet.print(record)
        else:
            sheet.print_text(record, text)
        return capsys.readouterr().out

    return print_sheet


def dump(release):
    return release.model_dump(mode="json")


FULL = dump(
    make_release(
        "one.txt",
        headline="Norvik Harbour and Delle Line agree",
        subheadline="A quay for both",
        issuer="Norvik Harbour AS",
        place="OSLO",
        date="2024-03-05",
        people=[
            ("Ada Quill", ["Quill"], [("Chief Executive Officer", "Norvik Harbour AS"), ("Treasurer", None)]),
            ("Bo Lind", [], []),
        ],
        organizations=[("Norvik Harbour AS", ["Norvik"]), ("Delle Line", [])],
        agreements=[("joint_venture", ["Norvik Harbour AS", "Somebody Else"], [("Ada Quill", "Norvik Harbour AS")])],
        quotations=[("Ada Quill", "We grow with the port"), (None, "Whoever said this")],
        dates=["2024-03-05"],
    )
)


def test_the_sheet_says_what_the_record_says(show):
    out = show(FULL)
    flat = " ".join(out.split())
    for expected in (
        "Norvik Harbour and Delle Line agree",
        "A quay for both",
        "place OSLO",
        "Ada Quill Chief Executive Officer Norvik Harbour AS also Quill Treasurer",
        "Bo Lind",
        "Norvik Harbour AS Norvik",
        "joint_venture agreement joint venture, signed",
        "between Norvik Harbour AS Somebody Else",
        "signed by Ada Quill, for Norvik Harbour AS",
        "Ada Quill We grow with the port",
        "not known Whoever said this",
    ):
        assert expected in flat
    assert "\x1b" not in out


def test_what_is_not_there_is_said(show):
    out = show(dump(make_release("empty.txt")))
    assert "without a headline" in out
    assert out.count("not found") == 3
    assert "Nothing else was read from this text." in out
    assert "People" not in out


@pytest.mark.parametrize("release", SAMPLES, ids=lambda path: path.parent.name)
@pytest.mark.parametrize("options", [(), ("--text",)], ids=["sheet", "text"])
def test_a_sample_fits_80_columns(nlp, show, release, options):
    source = pressx.read(release)
    out = show(dump(pressx.extract(nlp, source)), source.text if options else None)
    assert out
    assert max(cell_len(line) for line in out.splitlines()) <= WIDTH


def test_wide_characters_are_aligned(show):
    wide, narrow = "国際三角州研究所", "Delta Institute"
    out = show(dump(make_release("x", organizations=[(wide, ["三角"]), (narrow, ["Delta"])])))
    first = next(line for line in out.splitlines() if wide in line)
    second = next(line for line in out.splitlines() if narrow in line)
    assert cell_len(first[: first.index("三角 ")]) == second.index("Delta ", second.index(narrow) + len(narrow))


HOSTILE = "Ada [/] [red]Quill[/red] :smile: \x1b[2J\x07\u202eliuQ\u2066"


def test_text_is_never_markup(show):
    out = show(dump(make_release("[bold]x[/]", headline=HOSTILE, people=[(HOSTILE, [HOSTILE], [])])))
    assert "[bold]x[/]" in out
    assert "Ada [/] [red]Quill[/red] :smile: \ufffd[2J\ufffd\ufffdliuQ\ufffd" in out
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a\ufffd[31mb"),
        ("a\r\nb\rc\td\u2028e", "a\nb\nc d\ne"),
        ("co\u00adoperate\u200b\u00a0now", "cooperate now"),
        ("\u202eevil\u2069", "\ufffdevil\ufffd"),
        ("\ud800", "\ufffd"),
        ("café 国 e\u0301", "café 国 e\u0301"),
    ],
)
def test_what_could_move_the_cursor_is_not_printed(text, shown):
    assert sanitise(text) == shown


TEXT = "Ada Quill, treasurer of Norvik, signed."


def test_marked_text_names_the_kinds_without_colour(show):
    record = dump(make_release("x", people=[("Ada Quill", [], [])], organizations=[("Norvik", [])]))
    record["organizations"][0]["mentions"][0] |= {"start": 24, "end": 30}
    assert show(record, TEXT) == "[person: Ada Quill], treasurer of [organization: Norvik], signed.\n"


def test_marked_text_shows_evidence_inside_evidence(show):
    record = dump(
        make_release("x", organizations=[("Acme", [])], agreements=[("supply", ["Acme"], [])], people=[("Bo", [], [])])
    )
    record["agreements"][0]["evidence"][0] |= {"start": 4, "end": 25}
    record["organizations"][0]["mentions"][0] |= {"start": 4, "end": 8}
    record["people"][0]["mentions"][0] |= {"start": 16, "end": 40}
    out = show(record, "The Acme supply agreement binds")
    assert out == "The [agreement: [organization: Acme] supply [person: agreement] binds]\n"


def test_segments_tile_the_text_and_tell_every_mention_once(nlp):
    for path in SAMPLES[:4]:
        source = pressx.read(path)
        facts = list(list_facts(dump(pressx.extract(nlp, source))))
        segments = list(cut(facts, len(source.text)))
        assert "".join(source.text[part.start : part.end] for part in segments) == source.text
        mentions = {(fact.id, cited["start"], cited["end"]) for fact in facts for cited in fact.evidence}
        assert sum(len(part.opening) for part in segments) == sum(len(part.closing) for part in segments)
        assert sum(len(part.opening) for part in segments) == len(mentions)
        for fact in facts:
            covered = {place for part in segments if fact in part.facts for place in range(part.start, part.end)}
            assert covered == {place for cited in fact.evidence for place in range(cited["start"], cited["end"])}
        assert {fact.kind for fact in facts} <= set(KINDS)


def make_date(first, last=None, value="2024"):
    return {"value": value, "first_day": first, "last_day": last or first, "mentions": []}


def test_dates_stand_in_the_order_of_the_calendar():
    dates = [
        make_date("2025-05-01"),
        make_date(None),
        make_date("2019-01-01", "2019-12-31"),
        make_date("2025-04-20", "2025-05-10"),
        make_date("0000-13-99"),
    ]
    known, unknown = order_dates(dates)
    assert [(moment.number, moment.gap) for moment in known] == [(3, None), (4, 1937), (1, None)]
    assert [moment.number for moment in unknown] == [2, 5]


@pytest.mark.parametrize(
    ("days", "words"),
    [(None, ""), (30, ""), (31, "1 month"), (100, "3 months"), (366, "1 year"), (1937, "5 years")],
)
def test_gaps_are_told_when_they_are_long(days, words):
    assert describe_gap(days) == words


# The command

RELEASE = """\
Norvik Harbour Names Ada Quill Chief Executive Officer

OSLO, Norway, March 4, 2024 -- Norvik Harbour AS today named Ada Quill as its Chief Executive Officer.
"""


@pytest.fixture
def release(tmp_path):
    path = tmp_path / "one.txt"
    path.write_text(RELEASE, encoding="utf-8")
    return path


def test_show_prints_the_sheet(run, release):
    outcome = run("show", release)
    assert (outcome.code, outcome.err) == (0, "")
    assert "Chief Executive Officer" in outcome.out
    assert "◆" in outcome.out
    assert "\x1b" not in outcome.out


def test_show_prints_the_text_with_the_mentions_marked(run, release):
    outcome = run("show", release, "--text")
    assert (outcome.code, outcome.err) == (0, "")
    assert "named [person: Ada Quill] as its Chief Executive" in " ".join(outcome.out.split())


def test_a_record_shows_what_its_release_shows(run, release, tmp_path):
    run("extract", release, "--output", tmp_path / "out", "--quiet")
    for options in ((), ("--text",)):
        shown = run("show", release, *options)
        again = run("show", tmp_path / "out" / "one.json", *options)
        assert (again.code, again.out, again.err) == (0, shown.out, "")


def test_the_text_of_a_record_is_looked_for_beside_it(run, release, tmp_path):
    run("extract", "one.txt", "--output", tmp_path, "--quiet", folder=tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "one.txt").write_text("Another text of the same name.")
    outcome = run("show", "../one.json", "--text", folder=tmp_path / "elsewhere")
    assert (outcome.code, outcome.err) == (0, "")
    assert "[person: Ada Quill]" in outcome.out


def test_the_text_of_a_record_must_be_there_and_unchanged(run, release, tmp_path):
    run("extract", release, "--output", tmp_path, "--quiet")
    release.write_text(RELEASE + "More.\n")
    outcome = run("show", "one.json", "--text")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"error: one.json: {release} is no longer the text it was made from\n"
    release.unlink()
    outcome = run("show", "one.json", "--text")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"error: one.json: {release}, the text it was made from, is not there\n"
    assert run("show", "one.json").code == 0


@pytest.mark.parametrize(
    ("content", "reason"),
    [("{}", "is not a record of pressx"), ("", "is not a record of pressx")],
)
def test_what_cannot_be_shown_says_why(run, tmp_path, content, reason):
    (tmp_path / "x.json").write_text(content)
    outcome = run("show", "x.json")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"error: x.json: {reason}")


def test_a_file_that_is_not_there_is_named(run):
    outcome = run("show", "missing.txt")
    assert (outcome.code, outcome.out, outcome.err) == (2, "", "error: missing.txt: No such file or directory\n")


def test_a_terminal_without_the_characters_still_shows_the_rest(run, tmp_path):
    path = write_record(make_release("x", headline="Nguyễn signs", dates=["2024-03-05"]), tmp_path)
    outcome = run("show", path, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert (outcome.code, outcome.err) == (0, "")
    assert "Nguy?n signs" in outcome.out


def run_on_terminal(*arguments, **environment):
    """Return what a colour terminal gets."""
    main, end = pty.openpty()
    kept = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM", "COLUMNS")}
    command = [sys.executable, "-m", "pressx", *map(str, arguments)]
    with subprocess.Popen(command, env={**kept, "COLUMNS": "80", **environment}, stdout=end, stderr=end):
        os.close(end)
        data = b""
        while True:
            try:
                part = os.read(main, 65536)
            except OSError:  # how a terminal says that its other end is closed
                break
            data += part
    os.close(main)
    return data.decode().replace("\r\n", "\n")


def test_a_terminal_gets_colours_and_no_brackets(release):
    out = run_on_terminal("show", release, "--text", TERM="xterm-256color")
    assert out.startswith("\x1b[1;34mperson\x1b[0m \x1b[36mposition\x1b[0m")
    assert "named \x1b[1;34mAda Quill\x1b[0m as" in out
    assert "[person:" not in ESCAPE.sub("", out)


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"TERM": "xterm-256color", "NO_COLOR": "1"}])
@pytest.mark.parametrize("options", [(), ("--text",)], ids=["sheet", "text"])
def test_a_terminal_without_colours_gets_no_escapes(release, environment, options):
    out = run_on_terminal("show", release, *options, **environment)
    assert "Ada Quill" in out
    assert "\x1b" not in out
