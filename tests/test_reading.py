"""Reading: bytes in, the text as it stands or one line that says why not."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressx.entries import Entry, list_entries
from pressx.errors import ReadingError
from pressx.language import check_language
from pressx.media import PLAIN
from pressx.reading import read, read_entry


def decode(data, name="-"):
    """Return what reading gives for the bytes of a plain text."""
    return read_entry(Entry(name, None, data, Path("a.json"), PLAIN))


WORDS = "Müller said “the café’s naïve résumé” – it costs €5 at the quay. "
TEXT = WORDS * 4


@pytest.mark.parametrize(
    ("encoding", "guessed"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", None),
        ("utf-32", None),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32-be", "utf-32-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_encodings_give_the_same_text(encoding, guessed):
    source = decode(TEXT.encode(encoding), "a.txt")
    assert source.text == TEXT
    assert source.warnings == ((f"The encoding was guessed as {guessed}.",) if guessed else ())


def test_one_accent_is_enough_for_cp1252():
    assert decode(b"The caf\xe9 is open.", "-").text == "The café is open."


def test_other_scripts_are_guessed():
    text = "Компания объявила сегодня о строительстве нового причала в порту. " * 4
    assert decode(text.encode("koi8-r"), "-").text == text


def test_a_mark_at_the_start_is_not_text_and_one_inside_is():
    assert decode(b"\xef\xbb\xbfa\xef\xbb\xbfb", "-").text == "a\ufeffb"


def test_line_ends_stay():
    assert decode(b"a\r\nb\rc\n", "-").text == "a\r\nb\rc\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 text", "PDF"),
        (b"PK\x03\x04 text", "zip"),
        (b"text\0text\0more text", "NUL"),
        (b"\x01\x02\x03 text", "control"),
        (b"\xff\xfea", "damaged UTF-16-LE"),
        (("né " * 99).encode() + b"\xff", "damaged UTF-8"),
        (bytes(range(128, 256)), "not text"),
    ],
)
def test_what_is_not_text_fails_with_its_reason_on_one_line(data, reason):
    with pytest.raises(ReadingError, match=reason) as caught:
        decode(data, "a.txt")
    assert str(caught.value).startswith("a.txt: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "warning"),
    [
        (b"", "The text is empty."),
        (b" \n\t", "The text is empty."),
        (b"Hello", "The text is very short (1 word)."),
        (b"Hello there", "The text is very short (2 words)."),
    ],
)
def test_little_text_is_a_warning(data, warning):
    assert decode(data, "-").warnings == (warning,)


def test_paths_that_cannot_be_read_say_why(tmp_path):
    locked = tmp_path / "locked.txt"
    locked.write_text("text")
    locked.chmod(0)
    for path, reason in [(tmp_path, "folder"), (tmp_path / "missing.txt", "No such file"), (locked, "Permission")]:
        if path is locked and os.access(locked, os.R_OK):
            continue  # the super-user reads everything
        with pytest.raises(ReadingError, match=reason):
            read(path)


def test_the_suffix_is_the_media_type(tmp_path):
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    assert read(tmp_path / "a.md").media_type == "text/markdown"
    (tmp_path / "a").write_text(TEXT, encoding="utf-8")
    assert read(tmp_path / "a").media_type == "text/plain"


def find_names(*paths):
    return [item.name for item in list_entries(paths)]


def test_folders_give_their_texts_sorted_and_once(tmp_path):
    for name in ("b.txt", "a.md", "c.json", "sub/d.TXT", "sub/deep/e.md", "b/c.txt", "b.txt.d/a.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "sub" / "itself").symlink_to(tmp_path / "sub" / "itself")
    found = find_names(tmp_path / "b.txt", tmp_path, tmp_path / "sub" / ".." / "a.md")
    relative = [Path(name).relative_to(tmp_path).as_posix() for name in found]
    assert relative == ["a.md", "b/c.txt", "b.txt", "b.txt.d/a.txt", "sub/d.TXT", "sub/deep/e.md"]
    assert found == sorted(found, key=Path)


def test_a_missing_path_is_kept_so_that_it_is_reported(tmp_path):
    assert find_names(tmp_path / "gone.txt") == [str(tmp_path / "gone.txt")]


@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_text_or_a_reason(data):
    try:
        text = decode(data, "-").text
    except ReadingError as error:
        assert "\n" not in str(error)  # noqa: PT017  # either outcome is right
    else:
        assert text.encode() or data in (b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@pytest.mark.parametrize(
    ("text", "english"),
    [
        (TEXT, True),
        (("Die Hafenverwaltung hat heute mitgeteilt, dass sie einen zweiten Kai bauen wird und die Stadt ihn bezahlen "
         "muss, weil der alte Kai zu klein geworden ist und niemand mehr warten will."), False),
        (("La administración del puerto anunció hoy que construirá un segundo muelle y que la ciudad lo pagará porque "
         "el muelle antiguo se ha quedado pequeño y nadie quiere esperar más tiempo."), False),
        ("港务局今天宣布将建造第二个码头，费用由市政府承担。" * 8, False),
        ("Norvik Harbour", True),
        ("", True),
    ],
)  # fmt: skip
def test_a_text_that_is_not_english_is_told(text, english):
    assert (check_language(text) is None) is english
