"""The outline of a text: its names and titles stand as the words PERSON, ORG, THEY and TITLE.

"said Dr. Ann Poe, 52, former chief executive of Northwind (NYSE: NW)" becomes "said PERSON, TITLE of ORG", so that a
rule about positions is a regular expression that one can read, and no dot, comma or bracket inside a name stands in its
way. THEY is "the Company" and its like. What belongs to a name goes into its word: honorifics, degrees and ages of a
person, article and ticker of an organization, article and "former" of a title.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from itertools import zip_longest

from pressx.rules import RuleSet
from pressx.spans import Mention

PLACEHOLDERS = {"PERSON": "PERSON", "ORG": "ORG", "REFERENCE": "THEY", "TITLE": "TITLE"}
# A text that holds these words itself must not look like its outline.
LITERAL = re.compile(r"PERSON|TITLE|ORG|THEY")

# "Thomas Quill, Sr., CEO", not "Thomas Quill, Sr. Vice President".
GENERATION = re.compile(r",? (?:Jr\b\.?|Sr\b(?!\.? [A-Z])\.?|I{2,3}\b|IV\b)")
CLASS = re.compile(r",? '\d\d(?:,? [A-Z]{1,4}'\d\d)?(?=[,;. )])")  # "Ann Poe '84", who left her college then
AGE = re.compile(r", (?:age |aged )?\d{2}(?=[,)])")
# "(left)", "(she/her)", "(pictured)", "(JR)", "(@janeroe)" after a name say nothing about a position.
ASIDE = re.compile(
    r" ?\((?:(?:far |center |centre |second from |third from |pictured |front |back |top |bottom )?"
    r"(?:left|right|center|centre|pictured|above|above left|L|R)|[A-Z]{2,3}|she/her|he/him|they/them|@\w{1,30})\)"
)
TICKER = re.compile(r" ?\((?!(?:left|right)\b)[^()\n]{1,90}\)|[®™]")
# "(Norvik Exchange: NW)", though the exchange and its symbol were read as organizations.
SYMBOLS = re.compile(r" ?\((?:[A-Z][\w .&/-]{1,30}: ?\$?[A-Z0-9][A-Z0-9.]{0,7}(?:[,;/] ?| and )?){1,4}\)")
DETERMINER = re.compile(r"(?:^|(?<=[^\w'-]))(?:the|an?) $", re.IGNORECASE)
SPACE = re.compile(r" {1,2}$")


class Outliner:
    """Makes outlines; holds the words that a name or a title takes in."""

    def __init__(self, rules: RuleSet) -> None:
        honorifics = join_words(rules.lexicon("honorifics"))
        credentials = join_words(rules.lexicons["credentials"])
        self.honorific = re.compile(rf"(?<!\w)(?:{honorifics})\.?[ªº]?(?: /)? {{0,2}}$", re.IGNORECASE)
        # Besides those listed, words of mostly capitals: "LPCC-S", "D-ABDSM", "M.Ed", "FACHE".
        capitals = r"(?:[A-Z][a-z]{0,2}\.?[A-Z][A-Za-z.]{0,5}(?:-[A-Z]{1,3})?|[A-Z]{1,3}-[A-Z]{2,7})"
        self.credentials = re.compile(rf"(?:(?:, ?| | ?/ ?)(?:{credentials}|{capitals})(?![\w-])\.?){{1,6}}")
        abbreviations = (word.removesuffix(".") for word in rules.lexicons["abbreviations"])
        self.abbreviation = re.compile(rf"\b(?:{join_words(abbreviations)})$")
        self.former = frozenset(rules.lexicon("former_words"))
        self.incoming = frozenset(rules.lexicon("incoming_words"))
        words = join_words(self.former | self.incoming | rules.lexicon("title_epithets"))
        self.epithet = re.compile(rf"(?<![\w-])(?:{words})(?: {{1,2}}|(?<=-))$", re.IGNORECASE)

    def widen(self, folded: str, mention: Mention, floor: int, ceiling: int) -> tuple[int, int, str]:
        """Return the interval that the word of a mention replaces, between the limits, and the status of a title."""
        start, end, status = mention.start, mention.end, "current"
        if mention.label == "PERSON":
            while match := self.honorific.search(folded, max(floor, start - 24), start):
                start = match.start()
            for pattern in (GENERATION, CLASS, self.credentials, AGE, self.credentials, ASIDE):
                if match := pattern.match(folded, end, ceiling):
                    end = match.end()
        elif mention.label == "TITLE":
            while match := self.epithet.search(folded, max(floor, start - 32), start):
                word = match[0].strip().lower()
                status = "former" if word in self.former else "incoming" if word in self.incoming else status
                start = match.start()
            # "Lt. Gen. Ann Poe": this dot is no end of a sentence.
            if ceiling == end + 2 and folded.startswith(". ", end) and self.abbreviation.search(folded, start, end):
                end += 1
            if folded[end : end + 6].lower() in {"-elect", " elect"} or folded[end : end + 10].lower() == " designate":
                status = "incoming"
        else:
            while match := SYMBOLS.match(folded, end) or TICKER.match(folded, end, ceiling):
                end = match.end()
        if mention.label != "PERSON" and (match := DETERMINER.search(folded, max(floor, start - 5), start)):
            start = match.start()
        return start, end, status

    def draw(self, folded: str, mentions: Iterable[Mention]) -> "Outline":
        """Return the outline of a text; `mentions` do not overlap."""
        pieces: list[str] = []
        places: dict[int, Mention] = {}
        statuses: dict[int, str] = {}
        starts, origins = [0], [0]
        position = length = 0
        ordered = sorted(mentions, key=lambda mention: mention.start)
        for mention, following in zip_longest(ordered, ordered[1:]):
            if mention.start < position:
                continue
            ceiling = len(folded) if following is None else max(mention.end, following.start)
            start, end, status = self.widen(folded, mention, position, ceiling)
            plain = LITERAL.sub(lambda match: match[0].lower(), folded[position:start])
            word = PLACEHOLDERS[mention.label]
            length += len(plain)
            places[length] = mention
            statuses[mention.start] = status
            starts.extend((length, length + len(word)))
            origins.extend((start, end))
            pieces.extend((plain, word))
            length += len(word)
            position = end
        pieces.append(LITERAL.sub(lambda match: match[0].lower(), folded[position:]))
        return Outline("".join(pieces), places, statuses, starts, origins)


class Outline:
    """The text of an outline with the mention that each word of it stands for."""

    def __init__(
        self,
        text: str,
        places: Mapping[int, Mention],
        statuses: Mapping[int, str],
        starts: list[int],
        origins: list[int],
    ) -> None:
        self.text = text
        self.length = len(text)
        self.places = places
        self.statuses = statuses
        self.order = list(places)
        self._starts = starts
        self._origins = origins

    def find_before(self, offset: int, floor: int) -> list[int]:
        """Return the offsets of the words in the half-open interval from `floor` to `offset`, the nearest first."""
        return self.order[bisect_left(self.order, floor) : bisect_left(self.order, offset)][::-1]

    def find_after(self, offset: int, ceiling: int) -> list[int]:
        """Return the offsets of the words from `offset` on and before `ceiling`."""
        return self.order[bisect_left(self.order, offset) : bisect_left(self.order, ceiling)]

    def locate(self, offset: int) -> int:
        """Return the character of the text that an offset of the outline stands for."""
        number = bisect_right(self._starts, offset) - 1
        return self._origins[number] + (offset - self._starts[number])


def join_words(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
