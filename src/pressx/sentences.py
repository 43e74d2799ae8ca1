"""Sentences: where each begins. Blocks and line breaks always begin one; inside a paragraph a stop decides."""

import re
from collections.abc import Iterator

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from pressx.paragraphs import split_paragraphs
from pressx.rules import RuleSet, load_rules
from pressx.tokenization import get_layout

# A stop with its closing marks, and what follows: the next sentence, after a space or (its break lost) without one.
# Without a space only a capital in small letters or an opening quotation mark counts: "web.Com" is told by the word
# before, "3.5" and "U.S." by having no small letters after the stop.
STOP = re.compile(
    r"(?<!\s)(?P<stop>[.!?…。]{1,6})(?P<closing>['\u2019]?[\"”»]?[)\]]{0,2})"
    r"(?:(?P<gap>\s{1,20})(?=[\"“'\u2018«(\[]{0,3}[^\W_]|[•●▪◦‣➤✓✔*$€£#])|(?=[\"“«]{1,2}[A-Z]|[A-Z](?:[a-z]|\s)))"
)
BULLET = re.compile(r"(?<=\s)[•●▪◦‣➤✓✔]\s?(?=\S)")
OPENING = re.compile(r"[\"“'\u2018«(\[]{0,3}([^\W_][\w'\u2019]*)")
LAST_WORD = re.compile(r"[^\s(\"“'\u2018/\u2014\u2013]+$")
INITIAL = re.compile(r"(?:[^\W\d_]\.?-?){1,3}\.$")
INITIALS = re.compile(r"(?:[^\W\d_]\.){2}$")
DOMAIN = re.compile(r"(?i)(?:com|net|org|io|ai|co)?$")
ADDRESS = re.compile(r"(?i)www\.|://|@|\.(?:com|org|net|io|ai|co|gov|edu)\b.")

# The longest word looked at before a stop: no abbreviation is longer, and the time stays linear.
LONGEST_WORD = 60


@Language.factory("pressx_sentences", assigns=["token.is_sent_start"], default_config={"rules": None})
def create_sentences(nlp: Language, name: str, rules: str | None) -> "Sentences":
    """Return the component; `rules` is a folder of the user's own rules."""
    return Sentences(load_rules(rules))


class Sentences:
    """Finds where sentences begin and sets `token.is_sent_start` of every token."""

    def __init__(self, rules: RuleSet) -> None:
        self._abbreviations = rules.lexicon("abbreviations")
        self._closing = rules.lexicon("closing_abbreviations")
        self._openers = rules.lexicon("opening_words")

    def __call__(self, doc: Doc) -> Doc:
        if len(doc):
            begins = np.full(len(doc), -1, dtype="int64")
            starts = np.array(sorted(set(self.find(doc))), dtype="int64")
            tokens = np.searchsorted(doc.to_array("IDX").astype("int64"), starts)
            begins[tokens[tokens < len(doc)]] = 1
            begins[0] = 1
            doc.from_array("SENT_START", begins.astype("uint64"))  # type: ignore[arg-type]  # typed for Thinc arrays
        return doc

    def find(self, doc: Doc) -> Iterator[int]:
        """Yield the first character of each sentence, in no order; pure."""
        text = doc.text
        yield from (skip_space(text, block.start) for block in get_layout(doc).blocks)
        yield from (paragraph.start for paragraph in split_paragraphs(text))
        yield from (match.start() for match in BULLET.finditer(text))
        yield from (match.end() for match in STOP.finditer(text) if self._ends_sentence(text, match))

    def _ends_sentence(self, text: str, match: re.Match[str]) -> bool:
        """Whether a new sentence follows the stop."""
        after = OPENING.match(text, match.end())
        following = after[1] if after else ""
        if following[:1].islower() and not match["closing"].startswith(("]",)):
            return False
        before = LAST_WORD.search(text, max(0, match.start() - LONGEST_WORD), match.start("stop") + 1)
        word = before[0] if before else ""
        if not match["gap"]:
            return self._ends_glued(match, word, following)
        if match["closing"] == ")" and word.lower() in self._abbreviations:  # "Prof. (Mrs.) Ann Poe"
            return False
        if match["stop"] != "." or match["closing"]:
            return True
        return self._ends_word(word, following)

    def _ends_word(self, word: str, following: str) -> bool:
        """Whether a sentence ends with `word` and its full stop, given the next word."""
        lower = word.lower()
        opens = following.lower() in self._openers and following[:1].isupper()
        if lower in self._abbreviations:
            return False
        if lower in self._closing or INITIALS.search(word):
            return opens
        if len(word) == len("A.") and word[0].isupper():
            return opens and following not in ("A", "I")
        return True

    def _ends_glued(self, match: re.Match[str], word: str, following: str) -> bool:
        """Whether a sentence ends where no space follows its stop."""
        if match["closing"] or match["stop"] != ".":
            return True
        stem = word[:-1]
        if len(stem) == 1 or ADDRESS.search(word) or DOMAIN.match(following):
            return False
        return stem[-2:].islower() or stem[-1:].isdigit()


def skip_space(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position
