"""The options that say how inputs are found, how large they may be, and where their text goes."""

import json

import pytest

from documents import HEADLINE, PAGE, RELEASE, gz, make_mail, make_pdf, make_release_pdf, make_zip
from pressx.cli.status import ExitStatus

UNDATED = (
    "The port of Norvik opens a new quay for ferries on Monday, it said in a notice to its customers and neighbours."
)


def read_lines(outcome):
    return [json.loads(line) for line in outcome.out.splitlines()]


def list_tree(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("[!.]*") if path.is_file())


def test_the_text_that_offsets_count_is_written_beside_the_records(run, tmp_path):
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "in" / "sub" / "b.txt").write_bytes(b"\xef\xbb\xbf" + RELEASE.replace("\n", "\r\n").encode())
    (tmp_path / "in" / "c.zip").write_bytes(make_zip({"d.pdf": make_release_pdf()}))
    outcome = run("extract", "in", "--output", "out", "--text-output", "texts")
    assert outcome == type(outcome)(ExitStatus.OK, "", "")
    names = ["a", "c.zip/d", "sub/b"]
    assert list_tree(tmp_path / "out") == [f"{name}.json" for name in names]
    assert list_tree(tmp_path / "texts") == [f"{name}.txt" for name in names]
    for name in names:
        text = (tmp_path / "texts" / f"{name}.txt").read_bytes().decode()
        record = json.loads((tmp_path / "out" / f"{name}.json").read_text(encoding="utf-8"))
        assert record["source"]["characters"] == len(text)
        mentions = [mention for person in record["people"] for mention in person["mentions"]]
        assert {text[mention["start"] : mention["end"]] for mention in mentions} == {"Ada Quill", "Quill"}
        assert [mention for mention in mentions if text[mention["start"] : mention["end"]] != mention["text"]] == []
    assert (tmp_path / "texts" / "sub" / "b.txt").read_bytes() == RELEASE.replace("\n", "\r\n").encode()


def test_a_text_that_cannot_be_written_stops(run, tmp_path):
    (tmp_path / "texts").write_text("mine", encoding="utf-8")
    outcome = run("extract", "--text-output", "texts", stdin=RELEASE)
    assert outcome == type(outcome)(ExitStatus.UNUSABLE, "", "error: texts/stdin.txt: File exists\n")


def test_fields_of_tables_are_chosen(run, tmp_path):
    rows = [{"body": UNDATED, "key": "n/1", "day": "2024-03-06"}, {"body": RELEASE, "key": "n2", "day": "2020-01-01"}]
    (tmp_path / "r.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    options = ["--text-field", "body", "--id-field", "key", "--date-field", "day", "--date", "2001-01-01"]
    outcome = run("extract", "r.jsonl", *options, "--output", "out")
    assert outcome == type(outcome)(ExitStatus.OK, "", "")
    assert list_tree(tmp_path / "out") == ["r.jsonl/n/1.json", "r.jsonl/n2.json"]
    records = [
        json.loads((tmp_path / "out" / "r.jsonl" / name).read_text(encoding="utf-8"))
        for name in ("n/1.json", "n2.json")
    ]
    assert [record["source"]["name"] for record in records] == ["r.jsonl/n/1", "r.jsonl/n2"]
    assert [record["release"]["date"] for record in records] == ["2024-03-06", "2024-03-04"]
    assert "2024-03-11" in [date["value"] for date in records[0]["dates"]]


def test_the_head_of_a_message_dates_it_and_its_subject_is_the_headline(run, tmp_path):
    (tmp_path / "m.eml").write_bytes(make_mail(UNDATED, attachments=[("b.txt", "text/plain", UNDATED.encode())]))
    outcome = run("extract", "m.eml", "--date", "2001-01-01")
    assert (outcome.code, outcome.err) == (ExitStatus.OK, "")
    message, attachment = read_lines(outcome)
    assert message["release"]["headline"] == HEADLINE
    assert (message["source"]["name"], message["source"]["media_type"]) == ("m.eml", "message/rfc822")
    assert (attachment["source"]["name"], attachment["source"]["media_type"]) == ("m.eml/b.txt", "text/plain")
    assert [record["release"]["date"] for record in (message, attachment)] == ["2024-03-05", "2024-03-05"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--max-size", "1"], "error: a.txt: is larger than 1 MB\n"),
        (["--max-depth", "0"], "error: b.zip: lies deeper than 0 archives, tables or messages inside each other\n"),
        (["--max-unpacked", "1"], "error: c.zip: unpacks to more than 1 MB\n"),
        (["--max-pages", "1"], "error: d.pdf: has 2 pages, more than 1\n"),
    ],
)
def test_limits_are_what_the_user_says(run, tmp_path, options, message):
    contents = {
        "a.txt": lambda: b"word " * 300_000,
        "b.zip": lambda: make_zip({"a.txt": RELEASE.encode()}),
        "c.zip": lambda: make_zip({"a.txt": bytes(1_200_000)}),
        "d.pdf": lambda: make_pdf([], []),
    }
    name = message.split(": ")[1]
    (tmp_path / name).write_bytes(contents[name]())
    outcome = run("extract", name, *options)
    assert outcome == type(outcome)(ExitStatus.FAILED, "", message)


def test_a_page_on_standard_input_is_recognised(run):
    outcome = run("extract", "-", "--fields", "source", stdin=PAGE)
    assert (outcome.code, outcome.err) == (ExitStatus.OK, "")
    assert read_lines(outcome)[0]["source"]["media_type"] == "text/html"


def test_a_missing_extra_is_one_line(run, tmp_path):
    (tmp_path / "a.pdf").write_bytes(make_release_pdf())
    (tmp_path / "a.txt.gz").write_bytes(gz(RELEASE.encode()))
    script = "import sys\nfrom pressx.cli import main\nsys.modules['pypdf'] = None\nsys.argv[0] = 'pressx'\nmain()\n"
    outcome = run("extract", ".", "--fields", "source", script=script)
    message = "error: a.pdf: needs the extra for PDF documents: pip install 'pressx[pdf]'\n"
    assert (outcome.code, outcome.err) == (ExitStatus.FAILED, message)
    assert [record["source"]["name"] for record in read_lines(outcome)] == ["a.txt.gz"]
