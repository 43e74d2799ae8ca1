"""Formats: each document becomes the text that a reader of it would read, or one line that says why not."""

import sys
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import (
    ABOUT,
    HEADLINE,
    LEAD,
    PAGE,
    QUOTE,
    RELEASE,
    gz,
    make_docx,
    make_mail,
    make_pdf,
    make_release_docx,
    make_release_pdf,
    make_zip,
    paragraph,
    place,
    zst,
)
from pressx import media
from pressx.entries import Entry
from pressx.errors import ReadingError
from pressx.intake import Limits
from pressx.reading import read, read_entry

LINES = [HEADLINE, LEAD, QUOTE, "About Norvik Harbour", ABOUT]


def read_as(media_type, data, limits=None, packing=""):
    return read_entry(Entry("x", None, data, None, media_type, packing), limits)


def fail_as(media_type, data, limits=None):
    """Return the reason for which a document can't be read."""
    with pytest.raises(ReadingError) as caught:
        read_as(media_type, data, limits)
    message = str(caught.value)
    assert message.startswith("x: ")
    assert "\n" not in message
    return message.removeprefix("x: ")


def list_lines(source):
    return [line for line in source.text.splitlines() if line]


# Every format


DOCUMENTS = {
    "a.html": (PAGE.encode(), media.HTML, LINES, "2024-03-05"),
    "a.pdf": (make_release_pdf(), media.PDF, [HEADLINE, LEAD, QUOTE, ABOUT], None),
    "a.docx": (make_release_docx(), media.DOCX, LINES, None),
    "a.eml": (make_mail(), media.MAIL, LINES, "2024-03-05"),
    "a.md": (RELEASE.encode(), media.MARKDOWN, LINES, None),
}


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("packing", ["", ".gz", ".zst"])
def test_a_document_gives_its_lines(tmp_path, name, packing):
    data, media_type, lines, day = DOCUMENTS[name]
    path = tmp_path / f"{name}{packing}"
    path.write_bytes({"": bytes, ".gz": gz, ".zst": zst}[packing](data))
    source = read(path)
    assert (list_lines(source), source.media_type, source.date, source.warnings) == (lines, media_type, day, ())


@pytest.mark.parametrize("name", ["a.html", "a.pdf", "a.docx"])
def test_the_first_bytes_tell_what_no_suffix_tells(name):
    data, media_type, lines, _ = DOCUMENTS[name]
    source = read_as(media.UNKNOWN, data)
    assert (source.media_type, list_lines(source)) == (media_type, lines)


@pytest.mark.parametrize(
    ("media_type", "module", "extra"),
    [
        (media.HTML, "trafilatura", "html"),
        (media.HTML, "lxml", "html"),
        (media.PDF, "pypdf", "pdf"),
        (media.DOCX, "docx", "docx"),
    ],
)
def test_a_missing_extra_is_named(monkeypatch, media_type, module, extra):
    monkeypatch.setitem(sys.modules, module, None)
    data = next(data for data, kind, *_ in DOCUMENTS.values() if kind == media_type)
    assert fail_as(media_type, data).endswith(f"pip install 'pressx[{extra}]'")


def test_a_missing_zstd_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "backports", None)
    with pytest.raises(ReadingError, match=r"pip install 'pressx\[zst\]'"):
        read_as(media.PLAIN, zst(b"text"), packing=".zst")


@pytest.mark.parametrize("media_type", [media.HTML, media.PDF, media.DOCX, media.MAIL])
@given(data=st.data())
def test_any_damage_ends_in_a_text_or_a_reason(media_type, data):
    whole = next(content for content, kind, *_ in DOCUMENTS.values() if kind == media_type)
    start = data.draw(st.integers(0, len(whole)))
    damaged = whole[:start] + data.draw(st.binary(max_size=20)) + whole[start + data.draw(st.integers(0, 400)) :]
    try:
        text = read_as(media_type, damaged).text
    except ReadingError as error:
        assert "\n" not in str(error)  # noqa: PT017  # either outcome is right
    else:
        assert text.strip()


@pytest.mark.parametrize("media_type", [media.HTML, media.PDF, media.DOCX, media.MAIL, media.PLAIN])
def test_an_input_that_is_too_large_is_refused(media_type):
    limits = Limits(size=100)
    data = next((content for content, kind, *_ in DOCUMENTS.values() if kind == media_type), RELEASE.encode())
    assert read_as(media_type, data).text
    with pytest.raises(ReadingError, match=r"is larger than 0\.0001 MB"):
        read_as(media_type, gz(data), limits, packing=".gz")


# Web pages


def test_a_page_loses_its_navigation_and_runs_nothing():
    text = read_as(media.HTML, PAGE.encode()).text
    assert [word for word in ("Home", "All news", "cookies", "never run", "Newsroom") if word in text] == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "koi8-r"])
def test_a_page_is_read_in_the_encoding_it_declares(encoding):
    declared = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    word = "порта" if encoding == "koi8-r" else "Müller"
    page = (
        PAGE.replace('"utf-8"', f'"{declared}"')
        .replace("\u201cWe", "We")
        .replace("\u201d", "")
        .replace("the port", word)
    )
    assert f"grow with {word}" in read_as(media.HTML, page.encode(encoding)).text


def test_entities_tables_lists_and_breaks_become_text():
    body = (
        "<p>Caf&eacute; &amp; Bar &#8211; the second quay of Norvik Harbour opens in the spring of this year.</p>"
        "<ul><li>It cost &euro;40&nbsp;million.</li></ul><p>Lise Dahl<br>Press Officer</p>"
        "<table><tr><td>Ada Quill</td><td>Chair</td></tr><tr><td>Omar Vik</td><td>Treasurer</td></tr></table>"
    )
    text = read_as(media.HTML, PAGE.replace("<h3>", f"{body}<h3>").encode()).text
    for line in (
        "Café & Bar – the second",
        "It cost €40\u00a0million.",
        "Lise Dahl\nPress Officer",
        "Ada Quill | Chair",
    ):
        assert line.replace("\u00a0", " ") in text.replace("\u00a0", " ")


def test_a_page_without_main_content_gives_all_that_is_shown():
    source = read_as(media.HTML, b"<html><body><div>Too <b>little</b> text</div><script>x</script></body></html>")
    assert source.text == "Too little text"


def test_a_title_that_the_page_does_not_show_is_the_first_line():
    page = PAGE.replace(f"<h1>{HEADLINE}</h1>", "").replace(" | Norvik Newsroom", "")
    assert list_lines(read_as(media.HTML, page.encode())) == LINES


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta itemprop="datePublished" content="2024-03-06">', "2024-03-06"),
        ('<script type="application/ld+json">{"datePublished": "2024-03-07T10:00:00+01:00"}</script>', "2024-03-07"),
        ('<time pubdate datetime="2024-03-08">yesterday</time>', "2024-03-08"),
        ('<meta name="date" content="20240309">', None),
        ('<meta name="date" content="2024-02-30">', None),
        ('<meta property="article:modified_time" content="2024-03-10"><p>© 2021 Norvik</p>', None),
    ],
)
def test_a_day_of_publication_is_one_that_the_page_declares(head, day):
    page = PAGE.replace('<meta property="article:published_time" content="2024-03-05T09:00:00Z">', head)
    assert read_as(media.HTML, page.encode()).date == day


def test_deep_nesting_and_endless_tags_are_no_danger():
    assert read_as(media.HTML, b"<html><body>" + b"<div>" * 1_000 + b"text of the page").text == "text of the page"
    deep = fail_as(media.HTML, b"<html><body>" + b"<div>" * 50_000 + b"text of the page")
    assert deep == "is a web page of too many elements inside each other"
    assert "tags" in fail_as(media.HTML, b"<html><body>" + b"<b>" * 200_001)
    assert fail_as(media.HTML, b"<html><body><script>1</script></body></html>") == "holds no text"


# PDF


def test_lines_become_paragraphs_and_divided_words_one():
    first = [
        "The port and the city have signed an agreement on coop-",
        "eration, and the cross-border commission of both",
    ]
    second = ["countries has approved it. Their cooperation began in", "the year 2019 with a quay for ferries."]
    text = read_as(media.PDF, make_pdf(place([*first, *second]) + place(["A new paragraph stands below."], 700))).text
    assert text == (
        "The port and the city have signed an agreement on cooperation, and the cross-border commission of both "
        "countries has approved it. Their cooperation began in the year 2019 with a quay for ferries.\n"
        "A new paragraph stands below."
    )


def test_a_hyphen_of_its_own_stays():
    lines = ["The port and the city have asked a cross-", "border commission of both countries to approve it."]
    assert "cross-border commission" in read_as(media.PDF, make_pdf(place(lines))).text


def test_short_lines_bullets_and_indented_lines_stay_apart():
    lines = ["Contact:", "Lise Dahl, Press Officer", "+47 22 33 44 55"]
    wide = "This line reaches the right margin of the page as the lines of a paragraph do, and"
    page = [
        *place(lines),
        *place([wide, "\u2022 a bullet after it that reaches as far as the line that stands before it,"], 700),
    ]
    page += [(72, 650, 11, wide), (92, 635, 11, "Another paragraph begins here, indented as books have it.")]
    found = read_as(media.PDF, make_pdf(page)).text.splitlines()
    assert found[:3] == lines
    assert [line[:9] for line in found[3:]] == ["This line", "\u2022 a bulle", "This line", "Another p"]


def test_page_numbers_and_running_heads_are_no_text_and_a_sentence_goes_on():
    pages = []
    for number in range(1, 4):
        body = place(["the quay of the port which the city and the harbour have built together over many"] * 3, 700)
        pages.append([(72, 800, 9, "Norvik Harbour AS, press release"), *body, (280, 30, 9, f"Page {number} of 3")])
    text = read_as(media.PDF, make_pdf(*pages)).text
    assert "Page" not in text
    assert "press release" not in text
    assert text.count("\n") == 0


def test_a_page_of_images_is_told_and_a_document_of_them_fails():
    source = read_as(media.PDF, make_pdf(place([LEAD, ABOUT]), []))
    assert (source.text, source.warnings) == (f"{LEAD} {ABOUT}", ("1 of 2 pages hold no text; they may be images.",))
    assert fail_as(media.PDF, make_pdf([], [])) == "holds no text: its pages may be images"


def test_pdf_documents_that_cannot_be_read_say_why():
    data = make_release_pdf()
    encrypted = make_pdf(
        place([LEAD]),
        more="<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + "41" * 32 + "> /U <" + "42" * 32 + "> >>",
        trailer="/Encrypt 5 0 R /ID [<41> <41>]",
    )
    assert fail_as(media.PDF, encrypted) == "is encrypted"
    assert fail_as(media.PDF, data[:200]).startswith("is a broken PDF document: ")
    assert fail_as(media.PDF, b"").startswith("is a broken PDF document: ")
    assert fail_as(media.PDF, make_pdf(*[[]] * 4), Limits(pages=3)) == "has 4 pages, more than 3"


def test_a_pdf_page_that_unpacks_to_too_much_fails():
    bomb = zlib.compress(b" " * 100_000_000).decode("latin-1")
    data = make_pdf(place([LEAD])).decode("latin-1")
    start, end = data.index("<< /Length"), data.index("endstream")
    data = data[:start] + f"<< /Length {len(bomb)} /Filter /FlateDecode >>\nstream\n{bomb}\n" + data[end:]
    assert fail_as(media.PDF, data.encode("latin-1")).startswith("is a broken PDF document: ")


# Word


def test_tables_insertions_controls_and_text_boxes_are_text_and_deletions_are_not():
    row = "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in ("Ada Quill", "Chair"))
    body = (
        f"<w:sdt><w:sdtContent>{paragraph('In a control')}</w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>Now </w:t></w:r><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText>"
        "</w:r></w:del><w:r><w:br/><w:t>below</w:t></w:r></w:p>"
        f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"
        f"<w:p><w:r><w:t>Beside </w:t><w:pict><w:txbxContent>{paragraph('In a box')}</w:txbxContent></w:pict></w:r></w:p>"
    )
    text = read_as(media.DOCX, make_docx(body)).text
    assert text.splitlines() == ["In a control", "Now new", "below", "Ada Quill | Chair", "Beside", "In a box"]


def test_word_documents_that_cannot_be_read_say_why():
    data = make_release_docx()
    assert fail_as(media.DOCX, b"\xd0\xcf\x11\xe0" + bytes(600)).startswith("is encrypted, or an old Word document")
    assert fail_as(media.DOCX, data[: len(data) // 2]).startswith("is a broken Word document: ")
    assert fail_as(media.DOCX, make_zip({"a.txt": b"x"})).startswith("is a broken Word document: ")
    assert fail_as(media.DOCX, make_docx("")) == "holds no text"
    assert fail_as(media.DOCX, make_docx("<w:p>" * 400 + "</w:p>" * 400)).startswith("is a broken Word document: ")


def test_a_word_document_that_unpacks_to_too_much_fails_before_it_is_opened(monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    bomb = make_docx(paragraph("text"), **{"word/media.xml": bytes(3_000_000)})
    assert fail_as(media.DOCX, bomb, Limits(size=1_000_000)) == "unpacks to more than 1 MB"
    bomb = make_docx(paragraph("text"), **{"word/media/a.png": bytes(5_000_000)})
    assert fail_as(media.DOCX, bomb, Limits(size=1_000_000)) == "unpacks to more than 1 MB"


# Mail


def test_the_plain_body_is_preferred_and_a_page_is_read_without_one():
    both = make_mail(RELEASE, "<p>other</p>")
    assert list_lines(read_as(media.MAIL, both)) == LINES
    page = f"<html><body><p>{LEAD}</p><p>{QUOTE}</p></body></html>"
    assert list_lines(read_as(media.MAIL, make_mail(None, page))) == [HEADLINE, LEAD, QUOTE]


def test_a_plain_body_needs_no_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "lxml", None)
    assert list_lines(read_as(media.MAIL, make_mail(RELEASE, "<p>other</p>"))) == LINES
    assert fail_as(media.MAIL, make_mail(None, "<p>only</p>")).endswith("'pressx[html]'")


def test_a_subject_is_decoded_and_stands_first_unless_the_body_begins_with_it():
    source = read_as(media.MAIL, make_mail(LEAD, subject="Norvik: Zoë Quill fährt"))
    assert source.text.splitlines()[0] == "Norvik: Zoë Quill fährt"
    assert read_as(media.MAIL, make_mail(RELEASE)).text.count(HEADLINE) == 1
    assert list_lines(read_as(media.MAIL, make_mail(LEAD, subject=None))) == [LEAD]


@pytest.mark.parametrize(
    ("header", "day"),
    [
        ("Tue, 05 Mar 2024 23:30:00 -0800", "2024-03-05"),
        ("5 Mar 2024 09:00", "2024-03-05"),
        ("yesterday", None),
        ("Tue, 35 Mar 2024 23:30:00 -0800", None),
    ],
)
def test_the_day_of_a_message_is_that_of_its_sender(header, day):
    data = make_mail().replace(b"Date: Tue, 05 Mar 2024 09:30:00 +0100", f"Date: {header}".encode())
    assert read_as(media.MAIL, data).date == day


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "no-such-charset", "punycode", "hex"])
def test_a_wrong_charset_is_no_obstacle(charset):
    data = make_mail("The café is open.").replace(b'charset="utf-8"', f'charset="{charset}"'.encode())
    assert "is open." in read_as(media.MAIL, data).text


def test_messages_that_cannot_be_read_say_why():
    assert fail_as(media.MAIL, b"just a text\n") == "is no e-mail: it has no head"
    assert fail_as(media.MAIL, make_mail("")) == "is an e-mail without a text"
    nested = b"Subject: x\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number) for number in range(201)
    )
    assert fail_as(media.MAIL, nested) == "is an e-mail of too many parts inside each other"
    image = make_mail(None, attachments=[("a.png", "image/png", b"x")])
    assert fail_as(media.MAIL, image) == "is an e-mail without a text"
