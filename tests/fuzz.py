"""Look for a text that breaks a promise, as long as you like.

usage: python tests/fuzz.py [--minutes 30] [--seed 0]

Releases (the samples, those that tests/strategies.py makes, and the corpus when it stands beside the checkout) are cut,
doubled, spliced and spoiled at random; Hypothesis draws the changes and shrinks what fails. Each text goes through the
readers, the layout and the whole of `extract`. The bytes of what failed are written to build/fuzz, where they stay
until somebody makes a test of them. Exit code 1 says that something was found.
"""

import argparse
import gzip
import hashlib
import json
import sys
import time
import traceback
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

import pressx
from documents import gz, make_release_docx, make_release_pdf, zst
from pressx.entries import Entry
from pressx.errors import ReadingError
from pressx.layout import segment
from pressx.media import DOCX, HTML, MAIL, PDF, PLAIN, UNKNOWN
from pressx.reading import read_entry
from pressx.tokenization import SURROGATE
from strategies import CLOSINGS, DATELINES, ENDS, HEADLINES, MARKS, SENTENCES, SPACES, releases
from test_properties import AWKWARD, check_release, check_tiling, shift

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
FOUND = ROOT / "build" / "fuzz"
LONGEST = 6_000  # characters of a text: more makes it slow and shows little more
SCRAPS = (
    *(SENTENCES + HEADLINES + DATELINES + CLOSINGS + SPACES + ENDS + MARKS),
    *(text[:400] for text in AWKWARD),
    *("\x00", "\x1b[31m", "\x85", "\u2028", "\ud800", "\udfff", "\ufffe", "\U0010ffff", "\u0345", "\u0600", "\u180e"),
    *("[/]", "[bold]", "{}", "<b>", "&nbsp;", "%s", "\\", "\\N", "|", "•", "…", "١٢٣", "Ⅻ", "½", "ﬁ", "İ", "ſ", "ß"),
    *("“‘”’", "((", "))", "'s", "“ ”", '" "', "U.S. ", "e.g. ", "Q4 ", "FY25", "12/31/99", "February 30", "0000", "$"),
    *("CEO ", "former ", "and ", " | ", "About ", "Contact: ", "the Company", "ORG", "PERSON", "THEY", "TITLE"),
)
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-32",
    "utf-16-le",
    "cp1252",
    "latin-1",
    "mac-roman",
    "cp1251",
    "shift-jis",
)


def read_seeds() -> list[str]:
    """Return the texts to start from."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("samples/*/release.txt"))]
    for path in sorted(CORPUS.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            texts += [json.loads(line)["text"] for line in lines]
    return texts


@st.composite
def spoiled(draw, seeds):
    """Return a release with changes that no author makes."""
    text = draw(st.one_of(st.sampled_from(seeds), releases()))
    begin = draw(st.integers(0, max(0, len(text) - LONGEST)))
    text = text[begin : begin + LONGEST]
    for _ in range(draw(st.integers(0, 6))):
        start, end = sorted(draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
        end = min(end, start + draw(st.sampled_from((1, 3, 30, 300, LONGEST))))
        text = text[:start] + draw(st.sampled_from(CHANGES))(draw, text[start:end], seeds) + text[end:]
    return text[: 2 * LONGEST]


CHANGES = (
    lambda draw, part, seeds: "",
    lambda draw, part, seeds: part * draw(st.integers(2, 12)),
    lambda draw, part, seeds: part[::-1],
    lambda draw, part, seeds: part.upper(),
    lambda draw, part, seeds: part.swapcase(),
    lambda draw, part, seeds: part.replace(" ", draw(st.sampled_from(("", "\n", "  ", "\u00a0", "\t")))),
    lambda draw, part, seeds: part.replace("\n", draw(st.sampled_from(("", " ", "\r\n", "\r", "\n\n\n", "\u2028")))),
    lambda draw, part, seeds: part.replace(".", draw(st.sampled_from(("", "...", ". ", '."', ",")))),
    lambda draw, part, seeds: " ".join(word[:: draw(st.sampled_from((1, -1)))] for word in part.split(" ")),
    lambda draw, part, seeds: draw(st.sampled_from(SCRAPS)) * draw(st.sampled_from((1, 1, 1, 2, 40))) + part,
    lambda draw, part, seeds: part + draw(st.text(st.characters(), max_size=20)),
    lambda draw, part, seeds: f"“{part}”",
    lambda draw, part, seeds: (other := draw(st.sampled_from(seeds)))[: draw(st.integers(0, min(900, len(other))))],
)


def make_page(text: str) -> bytes:
    return f"<html><head><title>{text[:60]}</title></head><body><article><p>{text}</p></article></body></html>".encode(
        "utf-8", "replace"
    )


def make_letter(text: str) -> bytes:
    return f"From: ada@norvik.example\nSubject: {text[:40].split(chr(10), maxsplit=1)[0]}\n\n{text}".encode(
        "utf-8", "replace"
    )


# How a text is made into the bytes of a format, by media type and packing; a PDF and a Word document are always the same.
FORMATS = {
    (HTML, ""): make_page,
    (MAIL, ""): make_letter,
    (PDF, ""): lambda text: make_release_pdf(),
    (DOCX, ""): lambda text: make_release_docx(),
    (UNKNOWN, ""): make_page,
    (PLAIN, ".gz"): lambda text: gz(text.encode("utf-8", "replace")),
    (PLAIN, ".zst"): lambda text: zst(text.encode("utf-8", "replace")),
}


@st.composite
def garbled(draw, seeds):
    """Return an input whose bytes may be those of a text, a page, a message, a document, or packed."""
    text = draw(spoiled(seeds))
    kind = draw(st.one_of(st.just((PLAIN, "")), st.sampled_from(sorted(FORMATS))))
    made = FORMATS[kind](text) if kind in FORMATS else text.encode(draw(st.sampled_from(ENCODINGS)), "replace")
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(made)))
        made = made[:place] + draw(st.binary(max_size=4)) + made[place + draw(st.integers(0, 4)) :]
    return make_entry(made, *kind)


def make_entry(data: bytes, media_type: str = PLAIN, packing: str = "") -> Entry:
    return Entry("fuzz", None, data, Path("fuzz.json"), media_type, packing)


class Target:
    """What is called with each text; keeps the last one and the slowest."""

    def __init__(self) -> None:
        self.nlp = pressx.load()
        self.count = self.refused = 0
        self.last = b""
        self.slowest = (0.0, b"")

    def read(self, entry: Entry) -> None:
        """Check that bytes become a source or fail with a reason."""
        self.last = entry.data or b""
        self.count += 1
        try:
            source = read_entry(entry)
        except ReadingError as error:
            self.refused += 1
            assert str(error).startswith("fuzz: ")
            return
        check_tiling(source.text, list_blocks(source.text))
        assert source.sha256 == hashlib.sha256(self.last).hexdigest()

    def extract(self, text: str) -> None:
        """Check all that a record promises, and that blank lines in front change only offsets."""
        self.last = text.encode("utf-8", "surrogatepass")
        self.count += 1
        begin = time.process_time()
        first = pressx.extract(self.nlp, pressx.wrap(text))
        self.slowest = max(self.slowest, ((time.process_time() - begin) / (500 + len(text)), self.last))
        check_release(SURROGATE.sub("\ufffd", text), first)
        assert pressx.dump(pressx.extract(self.nlp, pressx.wrap(text))) == pressx.dump(first)
        if text[:1].isalnum():
            plain = json.loads(pressx.dump(first))
            shifted = json.loads(pressx.dump(pressx.extract(self.nlp, pressx.wrap("\n\n" + text))))
            moved = shift(plain, 2)
            moved["blocks"][0]["start"] = 0
            assert moved | {"source": 0} == shifted | {"source": 0}


def list_blocks(text: str) -> list[dict[str, int]]:
    return [{"start": block.start, "end": block.end} for block in segment(text).blocks]


def run(target: Target, number: int) -> str | None:
    """Draw some hundred texts; return what went wrong with one, if anything did."""
    options = settings(
        max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck), print_blob=False
    )
    seeds = read_seeds()
    for check in (
        given(spoiled(seeds))(lambda text: target.extract(text)),  # noqa: PLW0108  # Hypothesis takes no methods
        given(garbled(seeds))(lambda entry: target.read(entry)),  # noqa: PLW0108  # the same
    ):
        try:
            seed(number)(options(check))()
        except Exception:  # noqa: BLE001  # whatever it is, it is what we look for
            return traceback.format_exc()
    return None


def main() -> int:
    """Fuzz until the time is over; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    target, number, failures = Target(), arguments.seed, 0
    end = time.monotonic() + 60 * arguments.minutes
    while time.monotonic() < end:
        if (failure := run(target, number)) is not None:
            failures += 1
            FOUND.mkdir(parents=True, exist_ok=True)
            path = FOUND / f"{hashlib.sha256(target.last).hexdigest()[:12]}.bin"
            path.write_bytes(target.last)
            print(f"{failure}\nseed {number}: written to {path}", flush=True)
        number += 1
        print(
            f"{target.count} inputs, {target.refused} refused with a reason, {failures} failures, {target.slowest[0] * 1e6:.0f} microseconds a character at worst",
            flush=True,
        )
    FOUND.mkdir(parents=True, exist_ok=True)
    (FOUND / "slowest.txt").write_bytes(target.slowest[1])
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
