"""A folder of broken and hostile files: each fails alone, with its reason, and the good ones beside them are extracted."""

import json
import zipfile

import pytest

from documents import (
    LEAD,
    PAGE,
    RELEASE,
    gz,
    make_bomb,
    make_docx,
    make_link,
    make_mail,
    make_pdf,
    make_release_docx,
    make_release_pdf,
    make_tar,
    make_zip,
    paragraph,
    place,
    zst,
)
from pressx.cli.status import ExitStatus

TEXT = RELEASE.encode()
ENCRYPTED_PDF = make_pdf(
    place([LEAD]),
    more="<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + "41" * 32 + "> /U <" + "42" * 32 + "> >>",
    trailer="/Encrypt 5 0 R /ID [<41> <41>]",
)


def encrypt(archive):
    """Return an archive that says of its first member that it is encrypted."""
    data = bytearray(archive)
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def nest(depth):
    data = make_zip({"a.txt": TEXT})
    for _ in range(depth):
        data = make_zip({"n.zip": data})
    return data


def nest_parts(depth):
    head = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
    return b"Subject: x\n" + b"".join(head % (number, number) for number in range(depth))


def make_broken():
    """Return each file's bytes and how its reason begins."""
    return {
        "binary.txt": (bytes(range(256)), "is not text in any encoding known to pressx"),
        "nul.txt": (b"a text\0with NUL characters", "is binary, not text: it holds NUL characters"),
        "controls.md": (b"\x01\x02\x03 text", "is binary, not text: it holds 3 control characters"),
        "damaged-utf8.txt": (("né " * 99).encode() + b"\xff", "is damaged UTF-8 text: "),
        "damaged-utf16.txt": (TEXT.decode().encode("utf-16")[:-1], "is damaged UTF-16-LE text: "),
        "one-line.txt": (b"word " * 10_000_000, "is larger than 32 MB"),
        "image.txt": (b"\x89PNG\r\n\x1a\n" + bytes(99), "is an image, not plain text"),
        "renamed.txt": (make_release_pdf(), "is a PDF document, not plain text"),
        "not-gz.txt.gz": (TEXT, "is broken .gz data: "),
        "cut.txt.gz": (gz(TEXT)[:-20], "is broken .gz data: "),
        "checksum.txt.gz": (gz(TEXT)[:-8] + bytes(4) + gz(TEXT)[-4:], "is broken .gz data: "),
        "bomb.txt.gz": (make_bomb(100), "is larger than 32 MB"),
        "not-zst.txt.zst": (TEXT, "is broken .zst data: "),
        "cut.txt.zst": (zst(TEXT)[:-20], "is broken .zst data: "),
        "empty.html": (b"", "is no web page: "),
        "silent.html": (b"<html><body><script>1</script></body></html>", "holds no text"),
        "deep.html": (b"<html><body>" + b"<div>" * 50_000, "is a web page of too many elements inside each other"),
        "tags.html": (b"<html><body>" + b"<b>" * 200_001, "is a web page of more than 200000 tags"),
        "cut.pdf": (make_release_pdf()[:300], "is a broken PDF document: "),
        "empty.pdf": (b"", "is a broken PDF document: "),
        "no.pdf": (TEXT, "is a broken PDF document: "),
        "encrypted.pdf": (ENCRYPTED_PDF, "is encrypted"),
        "scanned.pdf": (make_pdf([], []), "holds no text: its pages may be images"),
        "pages.pdf": (make_pdf(*[[]] * 1001), "has 1001 pages, more than 1000"),
        "cut.docx": (make_release_docx()[:-200], "is a broken Word document: "),
        "no.docx": (make_zip({"a.txt": TEXT}), "is a broken Word document: "),
        "old.docx": (b"\xd0\xcf\x11\xe0" + bytes(600), "is encrypted, or an old Word document"),
        "bomb.docx": (make_docx(paragraph("x"), **{"word/a.xml": bytes(33_000_000)}), "unpacks to more than 32 MB"),
        "blank.docx": (make_docx(""), "holds no text"),
        "no-head.eml": (TEXT, "is no e-mail: it has no head"),
        "no-text.eml": (make_mail("", attachments=[("a.png", "image/png", b"x")]), "is an e-mail without a text"),
        "nested.eml": (nest_parts(201), "is an e-mail of too many parts inside each other"),
        "columns.csv": (b"id,body\n1,x\n", "has no column 'text', but: id, body"),
        "quote.csv": (b'text\n"' + b"x\n" * 17_000_000, "holds a row of more than 32 million characters"),
        "bad-row.jsonl": (b"{", "line 1: is not JSON: "),
        "cut.zip": (make_zip({"a.txt": TEXT})[:-20], "is a broken zip archive: it has no directory at its end"),
        "encrypted.zip": (encrypt(make_zip({"a.txt": TEXT})), "a.txt: is encrypted"),
        "bomb.zip": (make_zip({"a.txt": bytes(100_000_000)}), "a.txt: is larger than 32 MB"),
        "nested.zip": (nest(3), "n.zip/n.zip/n.zip: lies deeper than 3 archives, tables or messages inside each other"),
        "cut.tar": (make_tar({"a.txt": TEXT})[:600], "is a broken tar archive: "),
        "link.tar": (
            make_tar([("l", make_link("l.txt", "/etc/passwd"))]),
            "l.txt: is a link, which pressx does not follow",
        ),
        "bomb.tar.gz": (gz(make_tar({"a.bin": bytes(100_000_000)})), "unpacks to more than 64 MB"),
    }


GOOD = {
    "good.docx": make_release_docx(),
    "good.eml": make_mail(),
    "good.html": PAGE.encode(),
    "good.pdf": make_release_pdf(),
    "good.txt": TEXT,
    "good.txt.gz": gz(TEXT),
    "good.zip": make_zip({"a.txt": TEXT}, zipfile.ZIP_STORED),
}


@pytest.fixture
def broken():
    return make_broken()


@pytest.fixture
def folder(tmp_path, broken):
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in {**{name: data for name, (data, _) in broken.items()}, **GOOD}.items():
        (folder / name).write_bytes(data)
    (folder / "gone.txt").symlink_to("nowhere")
    (folder / "loop.txt").symlink_to("loop.txt")
    return folder


def test_forty_broken_files_give_forty_reasons_and_the_good_ones_are_extracted(run, folder, broken):
    outcome = run("extract", folder.name, "--fields", "source,release")
    assert outcome.code == ExitStatus.FAILED
    records = [json.loads(line) for line in outcome.out.splitlines()]
    good = [f"in/{name}" if name != "good.zip" else "in/good.zip/a.txt" for name in sorted(GOOD)]
    assert [record["source"]["name"] for record in records] == good
    assert {record["release"]["date"] for record in records} == {"2024-03-04"}
    lines = outcome.err.splitlines()
    reasons = {name: reason for name, (_, reason) in broken.items()}
    reasons |= {"gone.txt": "No such file or directory", "loop.txt": "Too many levels of symbolic links"}
    assert len(reasons) >= 40
    assert len(lines) == len(reasons)
    for line, name in zip(lines, sorted(reasons), strict=True):
        told = line.removeprefix(f"error: in/{name}").lstrip(":/ ")
        assert told.startswith(reasons[name]), line
