"""Archive: many releases in one file, loaded again at will, linked only where it is safe, asked in single queries."""

import re
import sqlite3
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from made import make_release, write_record
from pressx.archive import Archive, ArchiveError
from pressx.cli import app

DOCS = Path(__file__).parents[1] / "docs" / "archive.md"
README = Path(__file__).parents[1] / "README.md"

NORVIK = ("Norvik Harbour AS", ["Norvik"])
DELLE = ("Delle Line", [])
QUILL = ("Ada Quill", ["Quill"], [("Chief Executive Officer", "Norvik Harbour AS")])


def load(path, *releases, text=None):
    with Archive(path) as archive:
        return [archive.put(release.model_dump(mode="json"), text) for release in releases]


def ask(path, query, *values):
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def dump(path):
    """Return every row of every table, and who is linked to whom."""
    names = [
        name
        for (name,) in ask(path, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'")
    ]
    tables = [name for name in names if not name.startswith("search_")] + ["links"]
    return {name: sorted(ask(path, f"SELECT * FROM {name}"), key=repr) for name in tables}  # noqa: S608  # our own


def find_entities(path, kind="person"):
    """Return {(release, id): entity}."""
    query = """
        SELECT source, actors.id, entity FROM actors JOIN releases ON release_id = releases.id WHERE kind = ?
    """
    return {(source, identifier): entity for source, identifier, entity in ask(path, query, kind)}


@pytest.fixture
def archive(tmp_path):
    return tmp_path / "a.sqlite"


# What is stored


def test_everything_a_record_says_is_in_a_table(archive):
    release = make_release(
        "one",
        issuer="Norvik Harbour AS",
        people=[QUILL],
        organizations=[NORVIK, DELLE],
        agreements=[("supply", ["Norvik Harbour AS", "Nobody Known"], [("Ada Quill", "Norvik Harbour AS")])],
        quotations=[("Ada Quill", "We will grow")],
        dates=["2024-03-05"],
        contacts=[
            {**dict.fromkeys(("name", "organization", "phone", "url")), "email": "a@norvik.example", "evidence": []}
        ],
    )
    assert load(archive, release) == [True]
    assert ask(archive, "SELECT source, issuer, issuer_id FROM releases") == [("one", "Norvik Harbour AS", "o1")]
    assert ask(archive, "SELECT name, confidence FROM people") == [("Ada Quill", 0.9)]
    assert ask(archive, "SELECT name FROM organizations ORDER BY id") == [("Norvik Harbour AS",), ("Delle Line",)]
    assert ask(archive, "SELECT form FROM forms WHERE id = 'o1' ORDER BY form") == [("Norvik",), ("Norvik Harbour AS",)]
    assert ask(archive, "SELECT title, organization_id FROM positions") == [("Chief Executive Officer", "o1")]
    assert ask(archive, "SELECT kind, status FROM agreements") == [("supply", "signed")]
    assert ask(archive, "SELECT id, name FROM parties") == [("o1", "Norvik Harbour AS"), (None, "Nobody Known")]
    assert ask(archive, "SELECT person_id, organization_id FROM signatories") == [("p1", "o1")]
    assert ask(archive, "SELECT speaker_id, text FROM quotations") == [("p1", "We will grow")]
    assert ask(archive, "SELECT value FROM dates") == [("2024-03-05",)]
    assert ask(archive, "SELECT email FROM contacts") == [("a@norvik.example",)]
    subjects = {subject for (subject,) in ask(archive, "SELECT subject FROM evidence")}
    assert subjects == {"p1", "p1.1", "o1", "o2", "a1", "2024-03-05"}


RELEASES = (
    make_release("one", people=[QUILL], organizations=[NORVIK, DELLE], agreements=[("supply", ["Delle Line"], [])]),
    make_release("two", people=[QUILL], organizations=[NORVIK], quotations=[("Ada Quill", "We will grow")]),
    make_release("three", people=[("Ada Quill", [], [])], organizations=[("NH", [])]),
)


def test_loading_again_changes_nothing(archive):
    assert load(archive, *RELEASES) == [True, True, True]
    before = dump(archive)
    assert load(archive, *reversed(RELEASES)) == [False, False, False]
    assert dump(archive) == before


def test_a_release_that_is_loaded_again_is_replaced(archive):
    load(archive, *RELEASES)
    load(archive, make_release("one", people=[("Bo Lind", [], [])]))
    assert ask(archive, "SELECT name FROM people JOIN releases ON releases.id = release_id WHERE source = 'one'") == [
        ("Bo Lind",)
    ]
    assert ask(archive, "SELECT * FROM agreements") == []
    assert ask(archive, "SELECT count(*) FROM search") == [(3,)]


def test_the_order_of_loading_does_not_decide_who_is_the_same(tmp_path):
    groups = []
    for name, releases in {"forward": RELEASES, "backward": RELEASES[::-1]}.items():
        load(tmp_path / name, *releases)
        found = {}
        for row, entity in find_entities(tmp_path / name).items():
            found.setdefault(entity, set()).add(row)
        groups.append(sorted(map(sorted, found.values())))
    assert groups[0] == groups[1]


def test_a_release_is_deleted_with_all_that_hangs_on_it(archive):
    load(archive, *RELEASES, text="the quay")
    connection = sqlite3.connect(archive)
    connection.execute("PRAGMA foreign_keys = ON")
    with connection:
        connection.execute("DELETE FROM releases")
    connection.close()
    assert not any(rows for name, rows in dump(archive).items() if not name.startswith("search"))
    assert ask(archive, "SELECT count(*) FROM search") == [(0,)]


# Search


def test_facts_and_texts_are_searched(archive):
    load(archive, RELEASES[1], text="Boats leave the Århus quay.")
    for words in ("arhus", "names: quill", "quotations: grow", "titles: executive"):
        assert ask(archive, "SELECT rowid FROM search WHERE search MATCH ?", words) == [(1,)], words
    assert ask(archive, "SELECT rowid FROM search WHERE search MATCH 'headline: quill'") == []


def test_a_text_stays_when_only_the_record_is_loaded_again(archive):
    load(archive, RELEASES[1], text="Boats leave the quay.")
    load(archive, RELEASES[1])
    assert ask(archive, "SELECT rowid FROM search WHERE search MATCH 'boats'") == [(1,)]


# Who is the same as whom


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Norvik Harbour AS", "The Norvik Harbour", True),
        ("Norvik Harbour AS", "NORVIK HARBOUR", True),
        ("Norvik Harbour", "Norvik Harbor", False),
        ("Norvik Harbour", "Norvik", False),
        ("Norvik Harbour", "Norvik Harbour Foundation", False),
    ],
)
def test_organizations_are_linked_by_their_name(archive, first, second, same):
    load(archive, *(make_release(name, organizations=[(name, [])]) for name in (first, second)))
    assert (len(set(find_entities(archive, "organization").values())) == 1) is same
    reasons = [('same name "norvik harbour"',)] if same else []
    assert ask(archive, "SELECT reason FROM links") == reasons


FULL = ("Northern Vessel Register", ["NVR"])
SHORT = ("NVR", [])


@pytest.mark.parametrize("order", [(FULL, SHORT), (SHORT, FULL)])
def test_an_acronym_that_a_release_defines_links(archive, order):
    load(archive, *(make_release(str(number), organizations=[body]) for number, body in enumerate(order)))
    assert set(find_entities(archive, "organization").values()) == {"organization:northern vessel register"}
    assert ask(archive, "SELECT reason FROM links") == [
        ('a release defines "nvr" as short for "northern vessel register"',)
    ]


def test_an_acronym_of_two_names_links_nothing(archive):
    other = ("Nordic Valley Radio", ["NVR"])
    load(
        archive, *(make_release(str(number), organizations=[body]) for number, body in enumerate((FULL, SHORT, other)))
    )
    assert len(set(find_entities(archive, "organization").values())) == 3
    load(archive, make_release("2"))  # the second meaning is withdrawn
    assert len(set(find_entities(archive, "organization").values())) == 1


@pytest.mark.parametrize("alias", ["NV", "Northern", "Nvr"])
def test_a_short_form_is_no_acronym(archive, alias):
    load(
        archive,
        make_release("1", organizations=[("Northern Vessel Register", [alias])]),
        make_release("2", organizations=[(alias, [])]),
    )
    assert ask(archive, "SELECT * FROM links") == []


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (("Ada Quill", []), ("Ada Quill", []), True),
        (("Ada Quill", []), ("Dr. Ada QUILL", []), True),
        (("Ada M. Quill", ["Ada Quill"]), ("Ada Quill", []), True),
        (("Ada M. Quill", []), ("Ada N. Quill", []), False),
        (("Ada M. Quill", []), ("Ada Quill", []), False),
        (("Quill", []), ("Quill", []), False),
        (("Ms. Quill", []), ("Ms. Quill", []), False),
        (("A. Quill", []), ("A. Quill", []), False),
        (("Van Quill", []), ("Van Quill", []), False),
        (("Ada Van Quill", ["Van Quill"]), ("Bea Van Quill", ["Van Quill"]), False),
        (("Ada Quill Jr.", ["Ada Quill"]), ("Ada Quill Sr.", ["Ada Quill"]), False),
    ],
)
def test_people_are_linked_by_a_full_name_with_an_organization(archive, first, second, same):
    load(
        archive,
        *(
            make_release(
                str(number), people=[(name, aliases, [("Chair", "Norvik Harbour AS")])], organizations=[NORVIK]
            )
            for number, (name, aliases) in enumerate((first, second))
        ),
    )
    assert (len(set(find_entities(archive).values())) == 1) is same


@pytest.mark.parametrize(
    "second",
    [
        make_release("2", people=[("Ada Quill", [], [])], organizations=[NORVIK]),
        make_release("2", people=[("Ada Quill", [], [("Chair", "Delle Line")])], organizations=[NORVIK, DELLE]),
        make_release(
            "2", people=[("Ada Quill", [], [("Chair", None)])], organizations=[NORVIK], issuer="Norvik Harbour AS"
        ),
    ],
)
def test_a_name_alone_links_nobody(archive, second):
    load(archive, make_release("1", people=[QUILL], organizations=[NORVIK]), second)
    assert len(set(find_entities(archive).values())) == 2
    assert ask(archive, "SELECT * FROM links WHERE kind = 'person'") == []


def test_signing_for_an_organization_ties_a_person_to_it(archive):
    signed = make_release(
        "2",
        people=[("Ada Quill", [], [])],
        organizations=[NORVIK],
        agreements=[("mou", ["Norvik Harbour AS"], [("Ada Quill", "Norvik Harbour AS")])],
    )
    load(archive, make_release("1", people=[QUILL], organizations=[NORVIK]), signed)
    assert ask(
        archive, "SELECT release_id, id, other_release_id, other_id, reason FROM links WHERE kind = 'person'"
    ) == [(2, "p1", 1, "p1", 'same name "ada quill" and same organization "norvik harbour"')]


def make_career(name, *employers):
    return make_release(
        name,
        people=[("Ada Quill", [], [("Chair", employer) for employer in employers])],
        organizations=[(employer, []) for employer in employers],
    )


def test_a_career_is_followed_and_forgotten_again(archive):
    """A release that names two employers makes one person of those who were two; without it they are two again."""
    load(archive, make_career("1", "Norvik Harbour"), make_career("2", "Delle Line"))
    assert len(set(find_entities(archive).values())) == 2
    load(archive, make_career("3", "Norvik Harbour", "Delle Line"))
    assert set(find_entities(archive).values()) == {"person:1.p1"}
    load(archive, make_career("3"))
    assert find_entities(archive) == {("1", "p1"): "person:1.p1", ("2", "p1"): "person:2.p1"} | {
        ("3", "p1"): "person:3.p1"
    }


def test_people_come_apart_when_their_organizations_do(archive):
    long, short = "Northern Vessel Register", "NVR"
    load(archive, make_career("1", short), make_release("2", organizations=[FULL]), make_career("3", long))
    assert len(set(find_entities(archive).values())) == 1
    load(archive, make_release("4", organizations=[("Nordic Valley Radio", ["NVR"])]))
    assert find_entities(archive) == {("1", "p1"): "person:1.p1", ("3", "p1"): "person:3.p1"}


# The queries of the manual


def list_queries():
    manual = README.read_text(encoding="utf-8") + DOCS.read_text(encoding="utf-8")
    return re.findall(r"```sql\n(.*?)```", manual, re.DOTALL)


@pytest.fixture
def answered(archive):
    """An archive in which each query of the manual has an answer."""
    acme = ("Acme Robotics Inc.", ["Acme Robotics", "Acme"])
    globex = ("Globex Foundation", ["Globex"])
    load(
        archive,
        make_release(
            "one",
            headline="Acme and Globex agree",
            date="2024-03-05",
            people=[("Jane Roe", ["Roe"], [("Chief Executive Officer", "Acme Robotics Inc.")])],
            organizations=[acme, globex],
            agreements=[("mou", ["Acme Robotics Inc.", "Globex Foundation"], [])],
            quotations=[("Jane Roe", "Robots need rules")],
        ),
        make_release(
            "two",
            headline="Acme names John Doe",
            date="2025-01-07",
            people=[
                ("John Doe", [], [("President and CEO", "Acme Robotics")]),
                ("Jane A. Roe", ["Jane Roe"], [("founder", "Acme Robotics")]),
            ],
            organizations=[("Acme Robotics", [])],
            quotations=[("Jane A. Roe", "John knows robots")],
        ),
        make_release("three", headline="Globex alone", date="2025-02-01", organizations=[globex]),
        text="The merger of everything.",
    )
    return archive


def find_query(start):
    (query,) = (query for query in list_queries() if query.startswith(f"-- {start}"))
    return query


def test_every_agreement_between_two(answered):
    rows = ask(answered, find_query("every agreement between"))
    assert rows == [("2024-03-05", "mou", "signed", "mou agreement", "one")]


def test_everybody_who_was_ever_chief_executive(answered):
    rows = ask(answered, find_query("everybody who was ever CEO"))
    assert [row[0] for row in rows] == ["Jane Roe", "John Doe"]


def test_releases_that_quote_somebody(answered):
    rows = ask(answered, find_query("releases quoting"))
    assert [row[1] for row in rows] == ["Acme and Globex agree", "Acme names John Doe"]


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.splitlines()[0].strip("- "))
def test_a_query_of_the_manual_has_an_answer(answered, query):
    assert query.startswith("-- ")
    assert ask(answered, query)


def test_the_manual_describes_every_table(archive):
    load(archive)
    manual = DOCS.read_text(encoding="utf-8")
    names = ask(archive, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT GLOB 'search_*'")
    assert [name for (name,) in names if f"`{name}`" not in manual and not name.startswith("sqlite_")] == []


# Files


def test_a_reader_is_not_kept_waiting_by_a_writer(archive):
    load(archive, RELEASES[0])
    with Archive(archive) as writer, writer.transaction():
        writer.connection.execute("DELETE FROM releases")
        assert ask(archive, "SELECT count(*) FROM releases") == [(1,)]
        raise_nothing = writer.connection.in_transaction
    assert raise_nothing


def test_two_writers_take_turns(archive):
    load(archive)
    halves = [
        [make_release(f"{half}-{number}", people=[QUILL], organizations=[NORVIK]) for number in range(10)]
        for half in "ab"
    ]
    threads = [threading.Thread(target=load, args=(archive, *half)) for half in halves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ask(archive, "SELECT count(*), count(DISTINCT entity) FROM people") == [(20, 1)]


def test_a_release_that_fails_leaves_no_trace(archive):
    load(archive, RELEASES[0])
    before = dump(archive)
    broken = RELEASES[0].model_dump(mode="json") | {"quotations": [{}]}
    with Archive(archive) as opened, pytest.raises(KeyError):
        opened.put(broken)
    assert dump(archive) == before


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"not a database, but long enough to be one" * 50, "not a database"), (None, "not one that pressx made")],
)
def test_a_file_that_is_no_archive_is_refused(tmp_path, content, reason):
    path = tmp_path / "other"
    if content is None:
        sqlite3.connect(path).execute("CREATE TABLE mine (x)").connection.close()
        content = path.read_bytes()
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match=reason):
        Archive(path)
    assert path.read_bytes() == content


def test_an_archive_of_another_layout_is_refused(archive):
    load(archive)
    connection = sqlite3.connect(archive)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(ArchiveError, match="another version"):
        Archive(archive)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ArchiveError, match="none"):
        Archive(tmp_path / "none" / "a.sqlite")


def test_a_lone_surrogate_costs_no_release(archive):
    load(archive, make_release("\udc80"))
    assert ask(archive, "SELECT source FROM releases") == [("\ufffd",)]


# The command


def call(*arguments):
    return CliRunner().invoke(app, ["load", *map(str, arguments)])


def test_load_takes_records_json_lines_and_texts(archive, tmp_path):
    folder = tmp_path / "in"
    write_record(RELEASES[0], folder)
    lines = "".join(f"{release.model_dump_json()}\n" for release in RELEASES[1:])
    (folder / "rest.jsonl").write_text(lines, encoding="utf-8")
    (folder / "text.txt").write_text(
        "Norvik Opens Quay\n\nOSLO, March 4, 2024 -- Norvik Harbour AS opened a quay today.\n"
    )
    result = call(archive, folder)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "text.txt: The text is very short" in result.stderr
    assert call(archive, folder, "--quiet").stderr == ""
    assert ask(archive, "SELECT count(*) FROM releases") == [(4,)]
    assert ask(
        archive, "SELECT date FROM search JOIN releases ON id = search.rowid WHERE search MATCH 'text: quay'"
    ) == [("2024-03-04",)]


def test_what_cannot_be_read_fails_alone(archive, tmp_path):
    write_record(RELEASES[0], tmp_path / "in")
    (tmp_path / "in" / "bad.jsonl").write_text("\n{}\n", encoding="utf-8")
    result = call(archive, tmp_path / "in")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "bad.jsonl:2: is not a record of pressx" in result.stderr
    assert ask(archive, "SELECT count(*) FROM releases") == [(1,)]


def test_a_database_that_cannot_be_opened_ends_the_command(tmp_path):
    result = call(tmp_path / "none" / "a.sqlite", write_record(RELEASES[0], tmp_path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "unable to open" in result.stderr


def test_nothing_to_load_is_an_error(archive, tmp_path):
    (tmp_path / "empty").mkdir()
    result = call(archive, tmp_path / "empty")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nothing to load" in result.stderr
    assert not archive.exists()
