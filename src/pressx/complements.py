"""Complements of titles: what belongs to a title after its head."""

import re

from pressx.titlewords import CONNECTORS, PLAIN_GAP, TitleWords, Window, Word

FIELD_GAP = re.compile(r" {1,2}|, {1,2}| ?- | ?— ?| ?/ ?|: ")
# What grades a title from behind: "Ambassador Extraordinary and Plenipotentiary", "Principal IV", "Director (Acting)".
GRADE = re.compile(
    r" {1,2}(?:Extraordinary(?: and Plenipotentiary)?|a\.i\.|ad interim|[Ee]merit(?:us|a|i)|I{1,3}|IV|VI{0,3})(?![\w'-])"
    r"| \((?:[Aa]g\.?|[Aa]cting|S|E|[Ii]/?[Cc]|a\.i\.|[Ii]nterim|[Nn]on-[Rr]esident|[Ee]x[ -][Oo]fficio|(?:[Cc]urrent|[Aa]dditional) [Cc]harge)\)"
)
# ", Bank Supervision Department" behind a head.
UNIT = re.compile(
    r", (?:[A-Z][\w'&-]{0,30}(?:, (?=[A-Z])| (?:and|&|of|for) (?:the )?| )){0,8}(?:Department|Division|Section|Unit|Directorate|Branch|Desk)(?![\w-])"
)
SHORT_FORM = re.compile(r" {1,2}\([A-Z][A-Za-z]{1,4}\)")
PORTFOLIO = re.compile(r" {1,2}\((?P<fields>[A-Z][\w ,&'-]{2,60})\)")
FIELDS = re.compile(r"[A-Z][\w'-]+(?: [A-Z][\w'-]+)*(?:,? (?:and|&) |, )[A-Z][\w'-]+(?:(?: | and |, )[A-Z][\w'-]+)*")
CHARGE = re.compile(r" (?:in [Cc]harge of|responsible for) (?=(?:the )?[A-Z])")
DOMAIN = re.compile(r"\.[a-z]{2,4}(?![\w-])")
BEFORE_NAME = re.compile(r"\.? ?\0|\. ?[A-Z]")
LONGEST_SUBJECT = 6  # words
LONGEST_PROGRAMME = 6  # words
DETERMINERS = frozenset({"the", "our", "its"})


class Complements:
    """Grows a title to the right of its head."""

    def __init__(self, words: TitleWords) -> None:
        self.lexicon = words

    def grow(self, window: Window, head: int) -> tuple[int, int]:
        """Return the last word of the title and where it ends, complements included."""
        words, last = window.words, head
        end = words[head].end
        while last + 1 < len(words):
            short = SHORT_FORM.match(window.text, end) or self._match_portfolio(window.text, end, words[head].form)
            if short := short or GRADE.match(window.text, end) or UNIT.match(window.text, end):
                end = short.end()
                while last + 1 < len(words) and words[last + 1].start < end:
                    last += 1
                continue
            step = self._read_complement(window, head, last) or self._read_fields(window, last)
            if step is None:
                break
            while step > last and words[step].form in CONNECTORS:  # "Director of Sales for The" Northwind
                step -= 1
            if step == last:
                break
            last = step
            end = words[last].end
        while last > head and words[last].form in self.lexicon.abbreviations and window.text.startswith(". ", end):
            last -= 1  # "Dean of Engineering Asst. Prof. Ann Poe"
            end = words[last].end
        return last, end

    def _match_portfolio(self, text: str, end: int, head: str) -> re.Match[str] | None:
        """Return the brackets of "Pro-Vice-Chancellor (Research and Innovation)", None when they hold anything else; those of a
        secretary of state, and several fields, may hold any words.
        """
        brackets = PORTFOLIO.match(text, end)
        words = brackets["fields"].lower().replace(",", " ").split() if brackets else []
        if brackets and head in self.lexicon.portfolios and not SHORT_FORM.match(text, end):
            return brackets
        if brackets and FIELDS.fullmatch(brackets["fields"]):
            return brackets
        known = all(word in self.lexicon.fields or word in self.lexicon.ranks or word in CONNECTORS for word in words)
        return brackets if known else None

    def _read_complement(self, window: Window, head: int, last: int) -> int | None:
        """Return the last word of "of Global Sales", "for Education", None when no complement follows."""
        words = window.words
        if charge := CHARGE.match(window.text, words[last].end):  # "Deputy Principal in charge of Academics"
            last += len(charge[0].split()) - 1
        elif not window.is_plain(last) or not self._takes(window, head, words[last + 1].form):
            return None
        number = last + 2
        while number < len(words) and words[number].form in DETERMINERS and window.is_plain(number - 1):
            number += 1
        if number >= len(words) or not window.is_plain(number - 1):
            return None
        word = words[number]
        known = self._is_known(word)
        determined = number > last + 2
        if DOMAIN.match(window.text, word.end):  # "CEO of quays.com"
            return None
        if words[last + 1].form == "in" and words[head].form in self.lexicon.residents:
            return self._read_country(window, number)
        if words[head].form in self.lexicon.residents and (country := self._read_country(window, number)) is not None:
            return country
        if words[last + 1].form == "to" and not (determined or self._is_served(window, number)):
            return None  # "General Counsel to Support Growth"
        if determined and (programme := self._read_programme(window, number)) is not None:
            return programme
        if self._leads_body(window, head) and not known:
            return self._read_country(window, number)
        if determined and word.form in self.lexicon.bodies:
            return None
        if word.capital and "minister" in words[head].form:  # of no body: "Vice-Minister of Industries"
            return self._read_capitals(window, number)
        if word.capital:
            if self._describes(window, number):
                return None
            closing = self._read_capitals(window, number)
            if determined and words[closing].form in self.lexicon.endings:
                return None  # "Head of the National Food Safety Service"
            named = words[number - 1].form == "the" and words[number - 1].capital
            foreign = not self._is_known(words[closing])  # "CFO of Global Technovations"
            led = foreign and self._leads_body(window, head)
            return None if named or led or (not known and words[closing].form in self.lexicon.endings) else closing
        if words[head].form in self.lexicon.scholars and words[last + 1].form in {"of", "in"} and not determined:
            return self._read_subject(window, number)
        if not known or words[last + 1].form == "to":
            return None
        closing = self._read_known(window, number)
        return None if self._introduces(window, closing) else closing

    def _read_programme(self, window: Window, number: int) -> int | None:
        """Return the last word of "the DNP program", None when no programme is named: it is led and is no body."""
        words = window.words
        for step in range(number, min(number + LONGEST_PROGRAMME, len(words))):
            if step > number and not window.is_plain(step - 1):
                return None
            if words[step].form in self.lexicon.programmes:
                return step if step > number else None
            if not words[step].capital and words[step].form not in {"and", "&"}:
                return None
        return None

    def _read_subject(self, window: Window, number: int) -> int | None:
        """Return the last word of "plant pathology and soil science", what a scholar teaches; None when no subject follows."""
        words, last = window.words, None
        for step in range(number, min(number + LONGEST_SUBJECT, len(words))):
            if step > number and not window.is_plain(step - 1):
                break
            if words[step].form in CONNECTORS:
                continue
            if words[step].capital or words[step].form in self.lexicon.function_words:
                break
            last = step
        return last

    def _introduces(self, window: Window, number: int) -> bool:
        """Whether a word says what kind of body the name behind it is: "of talent solutions company Northwind"."""
        word = window.words[number]
        return word.form in self.lexicon.body_nouns and window.text.startswith(" \0", word.end)

    def _is_served(self, window: Window, number: int) -> bool:
        """Whether a word opens what somebody may be an advisor or envoy to: an office or a country."""
        word = window.words[number]
        place = self.lexicon.match_region(window.text, word.start)
        return place is not None or word.form in self.lexicon.ranks or word.form in self.lexicon.heads

    def _is_known(self, word: Word) -> bool:
        return word.form in self.lexicon.fields or word.form in self.lexicon.ranks or word.form in self.lexicon.heads

    def _takes(self, window: Window, head: int, preposition: str) -> bool:
        """Whether a head takes a complement with the preposition."""
        if preposition == "to":
            return window.words[head].form in self.lexicon.envoys
        if preposition == "in":
            return window.words[head].form in self.lexicon.scholars or window.words[head].form in self.lexicon.residents
        return preposition in {"of", "for"}

    def _leads_body(self, window: Window, head: int) -> bool:
        """Whether the name after "of" is that of the body which the head leads; a vice president's is a field."""
        return window.words[head].form in self.lexicon.leaders and "vice" not in window.words[max(0, head - 1)].form

    def _read_country(self, window: Window, number: int) -> int | None:
        """Return the last word of the country whose office it is, "President of Peru", None when it is another body."""
        place = self.lexicon.match_region(window.text, window.words[number].start)
        if place is None:
            return None
        return max((step for step in range(number, len(window.words)) if window.words[step].end <= place), default=None)

    def _read_capitals(self, window: Window, number: int) -> int:
        """Return the last of the capitalised words from `number`, connectors between them included."""
        words, first, last = window.words, number, number
        while number + 1 < len(words):
            gap, word = window.gap(number), words[number + 1]
            if gap.strip() == "," and word.capital and self._is_series(window, number + 1):
                number += 1
                last = number
            elif gap.strip() == "," and word.form == "the" and self._is_series(window, number + 2):
                number += 2  # "for Heritage, the Arts and Ports"
                last = number
            elif gap.strip() == "," and number > first and self._closes_series(window, number + 1):
                number += 2
                last = number
            elif word.capital and word.form in self.lexicon.honorifics:  # "Minister for Health Hon. Ann Poe"
                break
            elif (PLAIN_GAP.fullmatch(gap) or gap == "/") and word.capital:
                if self.lexicon.is_head(word.form) and words[number].form in {"and", "&"} and word.form != "justice":
                    break
                number += 1
                last = number
            elif PLAIN_GAP.fullmatch(gap) and word.form in CONNECTORS and not self._describes(window, number + 2):
                number += 1
            else:
                break
        return last

    def _describes(self, window: Window, number: int) -> bool:
        """Whether a capitalised word only describes what follows: "for Italian lifestyle brand X", "for Norvik's Best Quays"."""
        words = window.words
        if number < len(words) and words[number].capital and words[number].form.endswith("'s"):
            return not self._is_known(words[number])
        if number + 1 >= len(words) or not window.is_plain(number):
            return False
        word, following = words[number], words[number + 1]
        plain = not following.capital and following.form not in CONNECTORS
        return word.capital and plain and word.form not in self.lexicon.fields

    def _is_series(self, window: Window, number: int) -> bool:
        """Whether `number` stands in "A, B and C", all of fields."""
        words = window.words
        if (
            number >= len(words)
            or self.lexicon.is_head(words[number].form)
            or self.lexicon.lead_to_head(window, number)
        ):
            return False
        for step in range(number, min(number + 3, len(words) - 1)):
            if "\0" in window.gap(step):  # "Minister of Health, Dr. Ann Poe, and"
                return False
            if words[step + 1].form in {"and", "&"}:
                return True
        return False

    def _closes_series(self, window: Window, number: int) -> bool:
        """Whether `number` is the "and" before the last of a series of fields: "Science, and Culture"."""
        words = window.words
        if words[number].form not in {"and", "&"} or number + 1 >= len(words) or not window.is_plain(number):
            return False
        last = words[number + 1]
        opens_name = BEFORE_NAME.match(window.text, last.end)  # "Director of Science, and Mr. Poe"
        return last.capital and not opens_name and not self.lexicon.lead_to_head(window, number + 1, unknown=True)

    def _read_known(self, window: Window, number: int) -> int:
        """Return the last of the known words from `number`: "of business development and sales"."""
        words, last = window.words, number
        while number + 1 < len(words) and window.is_plain(number):
            form = words[number + 1].form
            if form in self.lexicon.fields or form in self.lexicon.ranks or form in self.lexicon.groups:
                number += 1
                last = number
            elif form in {"and", "&", "of", "for"} and form != words[number].form:
                number += 1
            else:
                break
        return last

    def _read_fields(self, window: Window, last: int) -> int | None:
        """Return the last word of ", Global Sales" or " Operations" after a head, None when none follows."""
        words, number, found = window.words, last, None
        if not FIELD_GAP.fullmatch(window.gap(last)):
            return None
        if window.is_plain(last) and words[last].form in self.lexicon.professions:
            return None
        while number + 1 < len(words):
            word, gap = words[number + 1], window.gap(number)
            if not FIELD_GAP.fullmatch(gap) or self.lexicon.is_head(word.form):
                break
            plain = bool(PLAIN_GAP.fullmatch(gap))
            if word.capital and (word.form in self.lexicon.fields or (plain and word.form in self.lexicon.ranks)):
                number += 1
                found = number
            elif self._leads_on(word, opened=found is not None and plain):
                number += 1
            else:
                break
        if found is None or self.lexicon.lead_to_head(window, last + 1):
            return None
        return found

    def _leads_on(self, word: Word, *, opened: bool) -> bool:
        """Whether a word may stand between fields: a rank, or a connector once a field stands before it."""
        if word.form in {"and", "&", "of", "for"}:
            return opened
        return word.capital and word.form in self.lexicon.ranks and word.form not in self.lexicon.opening
