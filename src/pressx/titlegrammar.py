"""The grammar of titles.

A title grows from its head ("officer", "CEO") to the left over ranks and fields ("Chief Financial") and to the right
over complements ("of Global Sales", ", Americas"). Names bound it: the organization after "of" and the person before
the comma are never part of a title.
"""

import re
from collections.abc import Iterable, Sequence

from pressx.complements import Complements
from pressx.spans import Mention
from pressx.titlewords import CONNECTORS, PLAIN_GAP, UNKNOWN, WORD, TitleWords, Window, Word, mask, read_words

# How far a title reaches from its head; the longest of 1,020 annotated titles has 89 characters.
REACH = 140

# A head so short may be a word of something else: "Rep", "MP", "GM".
SHORT = 4
# How many words a place before an office has.
PLACE = 3
LEADERS = frozenset({"leader", "leaders"})

BEFORE_NAME = re.compile(r"\. {0,2}(?:\((?:[Rr]et|Rtd|Retd|Ret'd)\.?\) )?\0")  # "Gov. Ada Quill", whose name is masked
ABBREVIATION_GAP = re.compile(r"\. {0,2}")


class TitleGrammar:
    """Finds the titles of a text. `find` is pure and costs time linear in the text."""

    def __init__(self, words: TitleWords) -> None:
        self.lexicon = words
        self.complements = Complements(words)

    def find(self, folded: str, names: Iterable[Mention]) -> list[Mention]:
        """Return the titles outside `names`, in text order and without overlaps."""
        masked = mask(folded, names)
        found: list[Mention] = []
        for match in WORD.finditer(masked):
            if found and match.start() < found[-1].end:
                continue
            if self.lexicon.is_head(match[0]):
                title = self._grow(masked, match.start(), found[-1].end if found else 0)
                if title:
                    found.append(title)
        return found

    def _grow(self, masked: str, start: int, floor: int) -> Mention | None:
        low, high = max(floor, start - REACH), min(len(masked), start + REACH)
        words = read_words(masked, low, high)
        window = Window(masked, words)
        head = next((number for number, word in enumerate(words) if word.start == start), None)
        if head is None or self._opens_head(window, head):
            return None
        first = self._grow_left(window, head)
        last, end = self.complements.grow(window, head)
        if not self._is_title(window, first, head, last):
            return None
        if words[last].form.removesuffix("s") in self.lexicon.abbreviations and BEFORE_NAME.match(masked, end):
            end += 1
        return Mention(words[first].start, end, "TITLE", "titles.grammar")

    def _is_title(self, window: Window, first: int, head: int, last: int) -> bool:
        """Whether the words can stand as a title: short heads such as "MD" or "Rep" want their capitals."""
        word = window.words[head]
        alone = first == head and word.form in self.lexicon.common
        if alone and head > 0 and window.words[head - 1].form in {"to", "will"}:
            return False
        text = window.text[word.start : word.end]
        if word.form.upper() in self.lexicon.acronyms and len(text) <= SHORT and not text.rstrip("s").isupper():
            return text.istitle() and word.form in self.lexicon.spelled
        if word.form in LEADERS and not self._leads(window, first, head, last):
            return False
        if alone and last == head and not word.capital:
            return self._is_noun(window, head)
        following = window.words[last + 1].form if last + 1 < len(window.words) else ""
        gap = window.gap(last) if following else ""
        return not (gap.startswith("'s") or (PLAIN_GAP.fullmatch(gap) and following in self.lexicon.followers))

    def _leads(self, window: Window, first: int, head: int, last: int) -> bool:
        """Whether a leader holds a position: "team leader", "Leader, Quay Works", "leaders of the pier project"."""
        words = window.words
        if head > first and words[head - 1].form in self.lexicon.led:
            return True
        alone = head == first and words[head].capital
        return last > head and (alone or words[last].form in self.lexicon.programmes)

    def _is_noun(self, window: Window, head: int) -> bool:
        """Whether a word that may be a verb is a noun here: "head of", "the chair"."""
        words = window.words
        if words[head].form.endswith("s"):
            return False
        after = words[head + 1].form if head + 1 < len(words) else ""
        return after in {"of", "at"} and head > 0 and words[head - 1].form not in {"to", "will", "can", "who", "they"}

    def _grow_left(self, window: Window, head: int) -> int:
        words, first, number = window.words, head, head
        before = [word.form for word in words[max(0, head - 2) : head]]
        if words[head].form in self.lexicon.boards and before == ["board", "of"]:
            first = number = head - 2
        while number > 0:
            word, gap = words[number - 1], window.gap(number - 1)
            abbreviated = word.form in self.lexicon.abbreviations and ABBREVIATION_GAP.fullmatch(gap)
            if PLAIN_GAP.fullmatch(gap) or abbreviated:
                if self._is_modifier(window, number - 1, head):
                    number -= 1
                    first = number
                elif word.form in {"and", "&"} and number > 1 and self._is_coordinated(window, number):
                    number -= 2
                    first = number
                else:
                    break
            elif gap.strip() == "," and number > 1 and self._is_serial(window, number, head):
                number -= 1
                first = number
            else:
                break
        first = self._reach_rank(window, first, head)
        while first < head and self._is_outside(words, first):
            first += 1
        if words[head].form in self.lexicon.offices and first == head:
            first = self._reach_place(window, head)
        return first

    def _is_outside(self, words: Sequence[Word], first: int) -> bool:
        """Whether a title does not open with a word: an epithet, or "under" before one ("under new Chair")."""
        form, following = words[first].form, words[first + 1].form
        return form in self.lexicon.epithets or (form == "under" and following in self.lexicon.epithets)

    def _reach_place(self, window: Window, head: int) -> int:
        """Take in the place before an office: "Texas Governor", "New Zealand MP"."""
        words, first = window.words, head
        while first > 0 and head - first < PLACE:
            word = words[first - 1]
            if not window.is_plain(first - 1) or not word.capital:
                break
            lists = (CONNECTORS, self.lexicon.epithets, self.lexicon.openers, self.lexicon.honorifics)
            if any(word.form in forms or word.form.rstrip(".") in forms for forms in lists):
                break
            first -= 1
        return first

    def _is_modifier(self, window: Window, number: int, head: int) -> bool:
        word = window.words[number]
        if word.form in CONNECTORS:
            return False
        if word.form.isdigit():
            return number > 0 and window.words[number - 1].form in self.lexicon.districts
        if not word.capital and not window.words[head].capital and word.form in self.lexicon.bodies:
            return window.is_plain(number)  # "museum curator"
        if not self.lexicon.is_modifier(word.form):
            return False
        # "The Board president" reads as one title, "our Sales team director" too; "Marketing director" at a
        # sentence's start has lost its case.
        return word.capital or not window.words[head].capital or word.form in self.lexicon.ranks

    def _is_coordinated(self, window: Window, number: int) -> bool:
        """Whether "X and" before `number` belongs to the title: "Digital and Information Officer"."""
        left, right = window.words[number - 2], window.words[number]
        if not window.is_plain(number - 2) or self._is_complement(window, number - 2):
            return False
        return left.form in self.lexicon.fields and right.form in self.lexicon.fields and left.capital == right.capital

    def _is_complement(self, window: Window, number: int) -> bool:
        """Whether a word stands behind an "of" that is another head's: "author of the study and clinical professor"."""
        before = [word.form for word in window.words[max(0, number - 2) : number]]
        return before[-1:] == ["of"] or before == ["of", "the"]

    def _is_serial(self, window: Window, number: int, head: int) -> bool:
        """Whether the word before a comma opens a series of fields: "Health, Safety and Environment Manager"."""
        word, right = window.words[number - 1], window.words[number]
        joined = any(other.form in {"and", "&"} for other in window.words[number:head])
        return joined and word.capital and word.form in self.lexicon.fields and right.form in self.lexicon.fields

    def _reach_rank(self, window: Window, first: int, head: int) -> int:
        """Take in up to three unknown capitalised words when a rank opens the title: "Chief Blockchain Officer"."""
        if not window.words[head].capital:
            return first
        number = first
        while number > 0 and first - number < UNKNOWN:
            word = window.words[number - 1]
            if not window.is_plain(number - 1):
                return first
            if not (word.capital or word.form in {"and", "&"}):
                return first
            number -= 1
            if word.form in self.lexicon.opening:
                return self._grow_left(window, number) if number < first else number
        return first

    def _opens_head(self, window: Window, head: int) -> bool:
        """Whether a head only grades the next: "Chief Revenue Officer", "Executive Director", "Partner Manager"."""
        words = window.words
        if head + 1 >= len(words):
            return False
        abbreviated = words[head].form in self.lexicon.abbreviations and ABBREVIATION_GAP.fullmatch(window.gap(head))
        if not window.is_plain(head) and not abbreviated:
            return False
        if self.lexicon.lead_to_head(window, head + 1):
            return True
        opening = words[head].capital and words[head].form in self.lexicon.opening
        return opening and self.lexicon.lead_to_head(window, head + 1, unknown=True)
