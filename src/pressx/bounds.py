"""Bounds: where the names of organizations end that the model took for one.

The model reads words; here the rest of the release says where a name ends: a block, a bar, a person's name behind it,
the full name of another body before "and" or before a possessive.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pressx.layout import Block
from pressx.outlines import join_words
from pressx.rules import RuleSet
from pressx.shortforms import ShortForms
from pressx.spans import Mention, cut_at_blocks

BAR = re.compile(r" [|\u2022] ")
AND = re.compile(r",? and |,? & |, ")
PAIR = re.compile(r",? and (?:the )?(?=[A-Z])")
COOP = re.compile(r"(?<=\bCo)-[Oo]p\b")
IN_PLACE = re.compile(r" in (?:the )?(?P<place>[A-Z][A-Za-z. ]{2,30})$")
OWNER = re.compile(r"'s? (?=[A-Z])")
ABBREVIATION = 3  # letters: "BJ's Restaurants" is one name, "WHO's Regional Office" is not
# "Norvik Holdings (Australia) Pty Ltd": a place in brackets between the name and its legal form.
BRANCH = r" ?\([A-Z][A-Za-z. ]{{1,24}}\),? (?:(?:{suffixes})(?![\w-])\.?,? ?){{1,3}}(?<! )"


class Bounds:
    """Draws the bounds of organizations; pure."""

    def __init__(self, rules: RuleSet, short_forms: ShortForms) -> None:
        self.short_forms = short_forms
        self.bodies = short_forms.units | rules.lexicon("title_bodies")
        self.regions = rules.lexicon("dateline_regions")
        self.branch = re.compile(BRANCH.format(suffixes=join_words(rules.lexicons["company_suffixes"])))

    def draw(
        self, folded: str, blocks: Sequence[Block], people: Iterable[Mention], mentions: Sequence[Mention]
    ) -> Iterator[Mention]:
        """Yield the mentions, drawn in, let out or cut in two."""
        ends = [block.end for block in blocks]
        starts = {person.start for person in people}
        names = {folded[mention.start : mention.end] for mention in mentions}
        for mention in mentions:
            for part in cut_at_blocks(ends, mention):
                bar = BAR.search(folded, part.start, part.end)
                drawn = self._end_before_person(folded, starts, replace(part, end=bar.start()) if bar else part)
                drawn = self._end_before_region(folded, drawn)
                yield from self._split(folded, names, self._let_out(folded, drawn))

    def _end_before_person(self, folded: str, starts: set[int], mention: Mention) -> Mention:
        """Return "Bureau of Standards" of "Bureau of Standards and Inspector Ann Poe": what runs on is her title."""
        if folded[mention.end : mention.end + 1] != " " or mention.end + 1 not in starts:
            return mention
        joints = list(AND.finditer(folded, mention.start, mention.end))
        return replace(mention, end=joints[-1].start()) if joints else mention

    def _end_before_region(self, folded: str, mention: Mention) -> Mention:
        """Return "Institute of Quays" of "Institute of Quays in Norway"; "Study in Norway" is a name."""
        place = IN_PLACE.search(folded, mention.start, mention.end)
        if place is None or place["place"].lower() not in self.regions:
            return mention
        return replace(mention, end=place.start()) if self._is_unit(folded[mention.start : place.start()]) else mention

    def _let_out(self, folded: str, mention: Mention) -> Mention:
        if coop := COOP.match(folded, mention.end):  # its "Co" looks like a legal form
            mention = replace(mention, end=coop.end())
        branch = self.branch.match(folded, mention.end)
        return replace(mention, end=branch.end()) if branch else mention

    def _split(self, folded: str, names: set[str], mention: Mention) -> Iterator[Mention]:
        """Yield both bodies of "A and B" where the text presents A in full elsewhere, and B of "A's B"."""
        for joint in PAIR.finditer(folded, mention.start, mention.end):
            left, right = folded[mention.start : joint.start()], folded[joint.end() : mention.end]
            presented = self.short_forms.ends_legally(left) or folded.find(f"{left} (") >= 0
            if left in names and presented and " " in right and self._is_unit(right):
                yield replace(mention, end=joint.start())
                yield replace(mention, start=joint.end())
                return
        owner = OWNER.search(folded, mention.start, mention.end)
        if owner and self._is_unit(folded[owner.end() : mention.end]):
            left = folded[mention.start : owner.start()]
            if left in names and (" " in left or (left.isupper() and len(left) >= ABBREVIATION)):
                yield replace(mention, start=owner.end())
                return
        yield mention

    def _is_unit(self, name: str) -> bool:
        """Whether a name is long enough to stand alone and begins or ends with what a body is, or ends in a legal form."""
        words = self.short_forms.reduce(name)
        return len(words) > 1 and (bool({words[0], words[-1]} & self.bodies) or self.short_forms.ends_legally(name))
