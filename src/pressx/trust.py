"""Trust: how likely the body that context gives a title is the one that the title is held in.

"Director Ann Poe signed" says nothing of where she works. In the news of one company its body is plain; where ministries,
universities and their guests meet, no order of rules knows it, and a wrong body is worse than none.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from pressx.delegations import find_sender
from pressx.employers import OWNED, Employers
from pressx.holders import Holding
from pressx.titlewords import read_words
from pressx.weights import Marks, load_weights, weigh

# Of 1,238 titles, cross-validated, 679 with the right body and 369 with a wrong one reach it, 46 right ones and 144 wrong ones don't.
TRUSTED = 0.3

REACH = 1500  # characters in which a paragraph opens and closes, so that the time stays linear
NEAR = 60  # characters from "its" to the title
STOPS = (". ", "; ", '"')
SHORT = 3  # letters of words that name no portfolio: "of", "the"


class Trust:
    """What speaks for each body as the one that a title is held in."""

    def __init__(self, employers: Employers, holdings: Sequence[Holding]) -> None:
        self.employers = employers
        self.outline = employers.outline
        self.stated = sorted(employers.stated.items())
        self.plain = employers.words.ranks | employers.words.heads
        self.named: dict[str, list[int]] = defaultdict(list)
        self.words: dict[str, set[str]] = defaultdict(set)
        for place in employers.bodies:
            mention = self.outline.places[place]
            self.named[mention.value].append(place)
            self.words[mention.value] |= self._read_words(place)
        self.most = max(map(len, self.named.values()), default=0)
        self.first_line = (self.outline.text.lstrip() + "\n").index("\n")
        self.held: dict[str, dict[int, str]] = defaultdict(dict)
        for holding in holdings:
            if (body := employers.stated.get(holding.title)) is not None:
                self.held[holding.person][holding.title] = self.outline.places[body].value
        self.weights = load_weights("employers")

    def is_likely(self, holding: Holding, body: str) -> bool:
        """Whether a body that the rules chose for a title by its context is to be given."""
        return weigh(self.mark(holding, body, chosen=True), self.weights) >= TRUSTED

    def mark(self, holding: Holding, body: str, *, chosen: bool) -> Marks:
        """Return what speaks for and against one body, whether `chosen` by the rules or not, as the holder's employer."""
        text, places, title, bodies = self.outline.text, self.outline.places, holding.title, self.employers.bodies
        named, focus = self.named[body], self.employers.focus
        opening = max(text.rfind("\n", max(0, title - REACH), title) + 1, title - REACH)
        closing = title + REACH
        closing = end if (end := text.find("\n", title, closing)) >= 0 else min(closing, len(text))
        start = max(opening, *(text.rfind(mark, opening, title) for mark in STOPS))
        former_start = max(opening, *(text.rfind(mark, opening, max(opening, start - 1)) for mark in STOPS))
        stop = min((end for mark in STOPS if (end := text.find(mark, title, closing)) >= 0), default=closing)
        before, after = bisect_left(named, title), bisect_right(named, title)
        last = named[before - 1] if before else -1
        following = named[after] if after < len(named) else len(text)
        is_last = before > 0 and last == bodies[bisect_left(bodies, title) - 1]
        is_next = following < len(text) and following == bodies[bisect_right(bodies, title)]
        near = bodies[bisect_left(bodies, opening) : bisect_left(bodies, closing)]
        around = {places[place].value for place in near}
        own = self.held[holding.person]
        number = bisect_left(self.stated, (title, 0))
        led = self.stated[number - 1] if number else (-1, -1)
        trailed = next(iter(self.stated[number : number + 1]), (len(text), -1))
        others = {other for place, other in own.items() if place != title}
        former = self.outline.statuses[places[title].start] == "former"
        portfolio = {word for word in self._read_words(title) if len(word) > SHORT} - self.plain
        marks = {
            "chosen": chosen,
            "chosen_former": chosen and former,
            "chosen_owner": chosen and OWNED.search(text, max(0, title - NEAR), title) is not None,
            "focus_former": former and body == focus,
            "focus_before_name": body == focus and text.startswith("TITLE PERSON", title),
            "issuer": body == self.employers.issuer,
            "issuer_company": body == self.employers.issuer
            and not self.employers.suffixes.isdisjoint(self.words[body]),
            "headline": len(named) > 0 and named[0] < self.first_line,
            "most_named": len(named) == self.most,
            "last_of_paragraph": is_last and last >= opening,
            "last_of_sentence": is_last and last >= start,
            "sentence_before": last >= start,
            "sentence_former": former_start <= last < start,
            "never_before": before == 0,
            "sentence_after": following < stop,
            "next_of_sentence": is_next and following < stop,
            "paragraph_after": stop <= following < closing,
            "once": len(named) == 1,
            "only_of_paragraph": not around - {body},
            "only_before": not {places[place].value for place in near if place < title} - {body},
            "holders_other": body in others,
            "holders_other_former": body in others and former,
            "not_holders_other": bool(others) and body not in others,
            "stated_before": led[0] >= opening and led[0] not in own and body == places[led[1]].value,
            "stated_after": trailed[0] < closing and trailed[0] not in own and body == places[trailed[1]].value,
            "academy": body in self.employers.academies and self.employers.is_academic(title),
            "meant": body == self.employers.find_meant(title),
            "contact": body == self.employers.find_contact(title),
            "sent": body == find_sender(self.employers.delegations, title),
            "portfolio": not portfolio.isdisjoint(self.words[body]),
        }
        counts = {"share": len(named) / max(1, len(bodies)), "of_few": 1 / max(1, len(self.named))}
        return {**counts, **{name: 1.0 for name, holds in marks.items() if holds}}

    def _read_words(self, place: int) -> set[str]:
        mention = self.outline.places[place]
        words = read_words(self.employers.folded, mention.start, mention.end)
        return {word.form for word in words}
