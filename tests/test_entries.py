"""Entries: every input that files stand for, once, named for its record, or one line that says why there is none."""

import io
import os
import random
import subprocess
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import (
    LEAD,
    RELEASE,
    gz,
    make_bomb,
    make_docx,
    make_link,
    make_mail,
    make_tar,
    make_zip,
    paragraph,
    zst,
)
from pressx import media
from pressx.entries import Entry, Fault, Intake, Limits, list_entries
from pressx.errors import PressxError
from pressx.reading import read_entry
from pressx.record_names import RecordNames, name_member

TEXT = RELEASE.encode()


def write(folder, **files):
    """Write files, whose names have __ in place of / and $ in place of a dot."""
    for name, data in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def collect(*paths, **options):
    """Return entries and faults."""
    found = list(list_entries([Path(path) for path in paths], Intake(**options)))
    entries = [item for item in found if isinstance(item, Entry)]
    return entries, [(fault.name, fault.reason) for fault in found if isinstance(fault, Fault)]


def collect_names(*paths, **options):
    """Return the names of the entries and of their records; nothing may be at fault."""
    entries, faults = collect(*paths, **options)
    assert faults == []
    return [(entry.name, entry.record.as_posix()) for entry in entries]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


# Files and folders


def test_a_folder_stands_for_all_formats_in_it(folder):
    for suffix in (*media.SUFFIXES, ".txt.gz", ".PDF", ".png", ".json", ".gz"):
        (folder / f"a{suffix}").write_bytes(b"")
    entries, _ = collect(".")
    documents = [suffix for suffix, kind in media.SUFFIXES.items() if kind not in media.CONTAINERS]
    assert [entry.name for entry in entries] == sorted(f"a{suffix}" for suffix in (*documents, ".txt.gz", ".PDF"))


def test_two_folders_are_mirrored_below_each_other(folder):
    write(folder, y1__a_txt=b"", y1__b_txt=b"", y2__a_txt=b"", c_txt=b"")
    assert collect_names("y1", "y2") == [
        ("y1/a.txt", "y1/a.json"),
        ("y1/b.txt", "y1/b.json"),
        ("y2/a.txt", "y2/a.json"),
    ]
    assert collect_names("y1", "c.txt") == [("c.txt", "c.json"), ("y1/a.txt", "y1/a.json"), ("y1/b.txt", "y1/b.json")]


def test_a_file_that_a_given_folder_holds_is_found_once(folder):
    write(folder, y__a_txt=b"", y__z__b_txt=b"", y__c_dat=b"")
    found = [("y/a.txt", "y/a.json"), ("y/c.dat", "y/c.json"), ("y/z/b.txt", "y/z/b.json")]
    assert sorted(collect_names("y", "y/a.txt", "./y/z", "y/c.dat", folder / "y")) == sorted(found)


def test_inputs_of_one_stem_keep_their_suffixes(folder):
    write(folder, y__a_txt=b"", y__a_md=b"", y__a_txt_gz=b"", y__a_txt_md=b"", y__b_txt=b"")
    records = [record for _, record in collect_names("y")]
    assert records == ["a.md.json", "a.txt.json", "a.txt.gz.json", "a.txt.md.json", "b.json"]


def test_no_record_is_called_like_a_folder_of_records(folder):
    write(folder, y__a_txt=b"", y__a_json__b_txt=b"", y__a_txt_d__c_md=b"")
    assert [record for _, record in collect_names("y")] == ["a.json_/b.json", "a.json", "a.txt.d/c.json"]
    write(folder, z__r_jsonl=b'{"text": "x"}', z__r_txt=b"", z__s_jsonl_txt=b"", z__s_jsonl_gz=b"")
    records = [entry.record.as_posix() for entry in collect("z")[0]]
    assert records == ["r.jsonl/1.json", "r.txt.json", "s.jsonl.json"]


def test_names_that_differ_in_case_alone_do_not_share_a_record(folder):
    write(folder, y__A_txt=b"", y__a_md=b"")
    assert [record for _, record in collect_names("y")] == ["A.txt.json", "a.md.json"]


def test_a_folder_that_cannot_be_read_is_a_fault(folder):
    write(folder, y__a_txt=b"", y__b__c_txt=b"")
    (folder / "y" / "b").chmod(0)
    if os.access(folder / "y" / "b", os.R_OK):
        pytest.skip("the superuser may read every folder")
    entries, faults = collect("y")
    assert ([entry.name for entry in entries], faults) == (["y/a.txt"], [("y/b", "Permission denied")])


def test_folders_deeper_than_python_may_call_are_walked(folder):
    deep = Path("y", *["d"] * 1200)
    here = Path.cwd()
    try:
        for part in deep.parts:
            Path(part).mkdir()
            os.chdir(part)
        Path("a.txt").write_bytes(b"")
        os.chdir(here)
        assert collect_names("y") == [(f"{deep}/a.txt", f"{Path(*deep.parts[1:])}/a.json")]
    finally:  # pytest could not remove them: its own walk calls itself
        os.chdir(here)
        subprocess.run(["rm", "-rf", "y"], check=True)


def test_folders_without_inputs_are_faults_and_nothing_else_is_an_error(folder):
    write(folder, y__a_json=b"", z__a_txt=b"")
    entries, faults = collect("y", "z")
    assert ([entry.name for entry in entries], [name for name, _ in faults]) == (["z/a.txt"], ["y"])
    with pytest.raises(PressxError, match="there is nothing to extract"):
        collect("y")


# Tables


ROWS = (
    b'{"text": "One.", "id": "a/b", "day": "2024-03-05"}\n\n{"text": "Two.", "id": 7, "day": "2024-03-06T10:00:00Z"}\n'
)


def read_rows(entries):
    return [(entry.name, entry.record.as_posix(), read_entry(entry).text, entry.date) for entry in entries]


@pytest.mark.parametrize("name", ["r.jsonl", "r.ndjson", "r.jsonl.gz", "r.jsonl.zst"])
def test_each_line_of_json_lines_is_an_input(folder, name):
    (folder / name).write_bytes({".gz": gz, "zst": zst}.get(name[-3:], bytes)(ROWS))
    entries, faults = collect(name, id_field="id", date_field="day")
    assert faults == []
    assert read_rows(entries) == [
        (f"{name}/a/b", f"{name}/a/b.json", "One.", "2024-03-05"),
        (f"{name}/7", f"{name}/7.json", "Two.", "2024-03-06"),
    ]
    entries, _ = collect(name)
    assert read_rows(entries) == [
        (f"{name}/1", f"{name}/1.json", "One.", None),
        (f"{name}/3", f"{name}/3.json", "Two.", None),
    ]


def test_a_bad_row_is_lost_alone(folder):
    rows = [
        b'{"text": "ok"}',
        b"{",
        b"[1]",
        b'{"body": 1}',
        b'{"text": 5}',
        b'{"text": "\xff"}',
        b'{"text": "\\ud800"}',
    ]
    rows += [b'{"text": "' + b"x" * 2_000_000 + b'"}', b"[" * 100_000, b'{"text": "last"}']
    (folder / "r.jsonl").write_bytes(b"\n".join(rows))
    entries, faults = collect("r.jsonl", limits=Limits(size=1_000_000))
    assert [entry.name for entry in entries] == ["r.jsonl/1", "r.jsonl/10"]
    assert [name for name, _ in faults] == [f"r.jsonl/line {number}" for number in range(2, 10)]
    reasons = [reason for _, reason in faults]
    for reason, start in zip(
        reasons,
        ["is not JSON: ", "is not an object", "has no text in 'text'", "'text' is not a text", "is not UTF-8: ",
         "holds half of a surrogate pair", "is longer than 1 MB", "is not JSON: "],
        strict=True,
    ):  # fmt: skip
        assert reason.startswith(start)


def test_a_date_that_is_none_is_told_and_not_used(folder):
    write(folder, r_jsonl=b'{"text": "One.", "day": "5 March 2024"}\n{"text": "Two.", "day": ""}\n')
    entries, _ = collect("r.jsonl", date_field="day")
    assert [(entry.date, len(entry.warnings)) for entry in entries] == [(None, 1), (None, 0)]
    assert "'day'" in read_entry(entries[0]).warnings[0]


def test_rows_of_one_id_get_records_of_their_own(folder):
    write(folder, r_jsonl=b'{"text": "x", "id": "a"}\n' * 3 + b'{"text": "x", "id": "A"}\n{"text": "x", "id": "a~2"}\n')
    records = [record for _, record in collect_names("r.jsonl", id_field="id")]
    assert records == [f"r.jsonl/{name}.json" for name in ("a", "a~2", "a~3", "A~4", "a~2~2")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_in_its_encoding_and_with_its_separator(folder, encoding, separator):
    rows = ["id|text|day", '1|"Müller said: ""Two lines,\r\none text; one row."""|2024-03-05', "2|Café|"]
    (folder / "r.csv").write_bytes("\r\n".join(rows).replace("|", separator).encode(encoding))
    entries, faults = collect("r.csv", id_field="id", date_field="day")
    assert faults == []
    assert read_rows(entries) == [
        ("r.csv/1", "r.csv/1.json", 'Müller said: "Two lines,\r\none text; one row."', "2024-03-05"),
        ("r.csv/2", "r.csv/2.json", "Café", None),
    ]


def test_a_missing_column_is_named_with_those_that_are_there(folder):
    write(folder, r_csv=b"id,body\n1,x\n", e_csv=b"")
    assert collect("r.csv")[1] == [("r.csv", "has no column 'text', but: id, body")]
    assert collect("e.csv")[1] == [("e.csv", "has no column 'text', but: none")]


def test_csv_that_breaks_off_keeps_what_stood_before(folder):
    write(folder, r_csv=b"text\nfirst\nsecond\n" + b'"' + b"x\n" * 600_000)
    entries, faults = collect("r.csv", limits=Limits(size=1_000_000))
    assert [entry.name for entry in entries] == ["r.csv/2", "r.csv/3"]
    assert faults == [("r.csv", "holds a row of more than 1 million characters")]


def test_a_field_of_many_megabytes_is_a_text(folder):
    write(folder, r_csv=b"text\n" + b"word " * 1_000_000 + b"\n")
    entries, faults = collect("r.csv")
    assert (len(entries[0].data), faults) == (5_000_000, [])


# Archives


MEMBERS = {"a.txt": TEXT, "sub/b.md": TEXT, "sub/c.png": b"x", "sub/d.txt.gz": gz(TEXT), "__MACOSX/._a.txt": b"x"}


@pytest.mark.parametrize("name", ["x.zip", "x.tar", "x.tar.gz", "x.tgz", "x.tar.zst", "x.zip.gz"])
def test_members_of_known_formats_are_inputs(folder, name):
    data = make_zip(MEMBERS) if ".zip" in name else make_tar(MEMBERS)
    (folder / name).write_bytes(zst(data) if name.endswith("zst") else gz(data) if name.endswith("gz") else data)
    entries, faults = collect(name)
    assert faults == []
    assert [(entry.name, entry.record.as_posix()) for entry in entries] == [
        (f"{name}/a.txt", f"{name}/a.json"),
        (f"{name}/sub/b.md", f"{name}/sub/b.json"),
        (f"{name}/sub/d.txt.gz", f"{name}/sub/d.json"),
    ]
    assert {read_entry(entry).text for entry in entries} == {RELEASE}


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("../../etc/a.txt", "etc/a.json"),
        ("/etc/a.txt", "etc/a.json"),
        ("C:\\temp\\a.txt", "C_/temp/a.json"),
        ("a/../b.txt", "a/b.json"),
        ("a.json/b.txt", "a.json_/b.json"),
        ("a\nb.txt", "a\ufffdb.json"),
    ],
)
def test_a_path_in_an_archive_leads_nowhere(folder, name, record):
    write(folder, x_tar=make_tar({name: TEXT}))
    entries, faults = collect("x.tar")
    assert ([entry.record.as_posix() for entry in entries], faults) == ([f"x.tar/{record}"], [])
    assert "\n" not in entries[0].name


@given(name=st.text(max_size=300))
def test_any_name_of_a_member_stays_below_its_archive(name):
    folder, last = name_member(Path("x.zip"), name)
    path = folder / f"{last}.json"
    assert path.is_relative_to("x.zip")
    assert ".." not in path.parts
    assert len(os.fsencode(path)) < 2000
    assert all(0 < len(os.fsencode(part)) < 200 for part in path.parts)


@given(
    names=st.lists(
        st.sampled_from(["a.txt", "A.txt", "a.md", "b/a.txt", "a~2.txt", "a.json/c.txt", "../a.txt", "", "."])
    )
)
def test_no_two_members_share_a_record(names):
    with RecordNames() as taken:
        records = []
        for name in names:
            folder, last = name_member(Path("x"), name)
            records.append(taken.claim([folder / f"{last.rsplit('.', 1)[0]}.json", folder / f"{last}.json"]))
    folded = [str(record).casefold() for record in records]
    assert len(set(folded)) == len(folded)
    parents = {str(parent) for record in records for parent in record.parents}
    assert parents.isdisjoint(map(str, records))


def test_links_and_devices_are_faults(folder):
    device = tarfile.TarInfo("zero.txt")
    device.type = tarfile.CHRTYPE
    write(folder, x_tar=make_tar([("l", make_link("l.txt", "/etc/passwd")), ("z", device), ("a.txt", TEXT)]))
    entries, faults = collect("x.tar")
    assert [entry.name for entry in entries] == ["x.tar/a.txt"]
    assert faults == [
        ("x.tar/l.txt", "is a link, which pressx does not follow in an archive"),
        ("x.tar/zero.txt", "is no file"),
    ]


def test_members_of_one_name_are_two_inputs(folder):
    write(folder, x_tar=make_tar([("a.txt", b"one"), ("a.txt", b"two"), ("a.md", b"three")]))
    assert [record for _, record in collect_names("x.tar")] == ["x.tar/a.json", "x.tar/a.txt.json", "x.tar/a.md.json"]


def test_an_encrypted_member_is_lost_alone(folder):
    data = bytearray(make_zip({"a.txt": TEXT, "b.txt": TEXT}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    write(folder, x_zip=bytes(data))
    entries, faults = collect("x.zip")
    assert ([entry.name for entry in entries], faults) == (["x.zip/b.txt"], [("x.zip/a.txt", "is encrypted")])


def test_a_damaged_member_is_lost_alone(folder):
    data = make_zip({"a.txt": TEXT, "b.txt": TEXT}, zipfile.ZIP_STORED)
    write(folder, x_zip=data.replace(b"OSLO", b"BOOM", 1))
    entries, faults = collect("x.zip")
    assert [entry.name for entry in entries] == ["x.zip/b.txt"]
    assert faults[0][0] == "x.zip/a.txt"
    assert faults[0][1].startswith("is broken in its archive: ")


@pytest.mark.parametrize("cut", [1, 10, 560, 700, 1024, 1025, 2100])
def test_a_tar_archive_that_breaks_off_says_so(folder, cut):
    data = make_tar({"a.txt": bytes(100), "b.txt": bytes(100)})[:2048]
    write(folder, x_tar=data[:cut] if cut < 2048 else data + b"x" * 52)
    entries, faults = collect("x.tar")
    assert len(entries) == {1: 0, 10: 0, 560: 0, 700: 1, 1024: 1, 1025: 1, 2100: 2}[cut]
    assert [name for name, _ in faults] == ["x.tar"]
    assert faults[0][1].startswith("is a broken tar archive: ")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("x.zip", b"PK\x03\x04 and no more", "is a broken zip archive: it has no directory at its end"),
        ("x.zip", b"", "is a broken zip archive: it has no directory at its end"),
        ("x.zip", make_zip({"a.txt": TEXT})[60:], "is broken in its archive: "),
        ("x.tar", b"this is no archive at all", "is a broken tar archive: "),
        ("x.tar.gz", b"this is no archive at all", "is broken .gz data: "),
        ("x.tar.gz", gz(make_tar({"a.txt": TEXT}))[:-20], "is broken .gz data: "),
        ("x.tar.zst", b"this is no archive at all", "is broken .zst data: "),
        ("x.tar.zst", zst(make_tar({"a.txt": random.Random(1).randbytes(9_000)}))[:-20], "is broken .zst data: "),
        ("r.jsonl.gz", gz(ROWS)[:-4], "is broken .gz data: "),
        ("x.zip", make_zip({"a.png": b"x"}), "holds no input"),
        ("x.tar", make_tar({}), "holds no input"),
        ("r.jsonl", b"\n", "holds no input"),
        ("r.csv", b"id,text\n", "holds no input"),
    ],
)
def test_a_broken_container_says_why(folder, name, data, reason):
    (folder / name).write_bytes(data)
    _, faults = collect(name)
    (place, told), *others = faults
    assert (place.split("/")[0], others) == (name, [])
    assert told.startswith(reason)


def test_archives_in_archives_are_opened_to_a_depth(folder):
    data = make_tar({"a.txt": TEXT})
    for number in range(3):
        data = make_zip({f"n{number}.tar" if number == 0 else f"n{number}.zip": data, f"t{number}.txt": TEXT})
    write(folder, x_zip=data)
    entries, faults = collect("x.zip", limits=Limits(depth=3))
    assert [entry.name for entry in entries] == ["x.zip/n2.zip/n1.zip/t0.txt", "x.zip/n2.zip/t1.txt", "x.zip/t2.txt"]
    assert faults == [
        ("x.zip/n2.zip/n1.zip/n0.tar", "lies deeper than 3 archives, tables or messages inside each other")
    ]
    assert len(collect("x.zip", limits=Limits(depth=4))[0]) == 4


def test_an_archive_may_hold_tables_and_messages(folder):
    message = make_mail(attachments=[("b.txt", "text/plain", TEXT)])
    write(folder, x_zip=make_zip({"r.jsonl": ROWS, "m.eml": message}))
    assert [name for name, _ in collect_names("x.zip", id_field="id")] == [
        "x.zip/r.jsonl/a/b", "x.zip/r.jsonl/7", "x.zip/m.eml", "x.zip/m.eml/b.txt",
    ]  # fmt: skip


# Limits


def test_a_member_that_is_too_large_is_lost_alone(folder):
    for name, data in (("x.zip", make_zip), ("y.tar", make_tar)):
        (folder / name).write_bytes(data({"big.txt": bytes(2_000_000), "a.txt": TEXT}))
        entries, faults = collect(name, limits=Limits(size=1_000_000))
        assert [entry.name for entry in entries] == [f"{name}/a.txt"]
        assert faults == [(f"{name}/big.txt", "is larger than 1 MB")]


@pytest.mark.parametrize("name", ["x.zip", "x.tar.gz", "x.jsonl.gz"])
def test_what_unpacks_to_too_much_is_stopped(folder, name):
    lines = [b"word " * 200_000 + b"\n"] * 100
    members = {f"a{number}.txt": line for number, line in enumerate(lines)}
    data = {
        "x.zip": lambda: make_zip(members),
        "x.tar.gz": lambda: gz(make_tar(members)),
        "x.jsonl.gz": lambda: gz(b"".join(lines)),
    }
    (folder / name).write_bytes(data[name]())
    _, faults = collect(name)
    assert faults[-1] == (name, "unpacks to more than 64 MB")
    _, faults = collect(name, limits=Limits(unpacked=2_000_000))
    assert faults[-1] == (name, "unpacks to more than 2 MB")


def test_a_header_that_promises_gigabytes_is_not_believed(folder):
    header = tarfile.TarInfo("././@PaxHeader")
    header.type, header.size = tarfile.XHDTYPE, 8_000_000_000
    write(folder, x_tar=header.tobuf(tarfile.GNU_FORMAT) + bytes(10_000))
    assert collect("x.tar")[1] == [("x.tar", "is a broken tar archive: a header is larger than any path")]
    data = bytearray(make_zip({"a.txt": TEXT}))
    data[data.index(b"PK\x05\x06") + 12 :][:4] = b""
    end = data.index(b"PK\x05\x06")
    data[end + 12 : end + 16] = (0xFFFFFF00).to_bytes(4, "little")
    write(folder, x_zip=bytes(data))
    assert collect("x.zip")[1][0][1].startswith("is a broken zip archive: ")


def test_a_bomb_takes_no_memory(folder):
    write(folder, x_tar_gz=make_bomb(300), x_txt_gz=make_bomb(300), x_csv_gz=make_bomb(300))
    tracemalloc.start()
    try:
        entries, faults = collect("x.tar.gz", "x.csv.gz", "x.txt.gz")
        with pytest.raises(PressxError, match="is larger than 32 MB"):
            read_entry(entries[0])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(faults) == 2
    assert peak < 150_000_000


def test_memory_is_flat_in_the_members_of_an_archive(folder):
    def measure(count):
        with tarfile.open(folder / "x.tar", "w") as archive:
            for number in range(count):
                header = tarfile.TarInfo(f"release{number}.txt")
                header.size = 100
                archive.addfile(header, io.BytesIO(b"x" * 100))
        tracemalloc.start()
        try:
            assert sum(1 for _ in list_entries([Path("x.tar")])) == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert measure(12_000) < measure(2_000) + 3_000_000  # the headers alone of 10,000 members would take 15 MB


# Mail


def test_attachments_are_inputs_dated_as_their_message(folder):
    inner = make_mail("Inner text.", subject="Inner", attachments=[("c.md", "text/markdown", b"x")])
    outer = make_mail(
        attachments=[
            ("b.docx", "application/octet-stream", make_docx(paragraph(LEAD))),
            ("logo.png", "image/png", b"x"),
            ("b.txt", "text/plain", TEXT),
        ]
    )
    boundary = outer.rsplit(b"--", 2)[1]
    outer = outer[: outer.rindex(b"--" + boundary)] + b"--" + boundary + b"\nContent-Type: message/rfc822\n\n" + inner
    write(folder, m_eml=outer + b"\n--" + boundary + b"--\n")
    entries, faults = collect("m.eml")
    assert faults == []
    assert [(entry.name, entry.record.as_posix(), read_entry(entry).date) for entry in entries] == [
        ("m.eml", "m.json", "2024-03-05"),
        ("m.eml/b.docx", "m.eml/b.json", "2024-03-05"),
        ("m.eml/b.txt", "m.eml/b.txt.json", "2024-03-05"),
        ("m.eml/attachment 4.eml", "m.eml/attachment 4.json", "2024-03-05"),
        ("m.eml/attachment 4.eml/c.md", "m.eml/attachment 4.eml/c.json", "2024-03-05"),
    ]


def test_a_broken_message_is_one_input_and_no_fault(folder):
    write(folder, m_eml=b"no head\n")
    entries, faults = collect("m.eml")
    assert ([entry.name for entry in entries], faults) == (["m.eml"], [])
    with pytest.raises(PressxError, match="is no e-mail"):
        read_entry(entries[0])
