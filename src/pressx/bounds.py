"""Bounds: where the names of organizations end that the model took for one.

The model reads words; here the rest of the release says where a name ends: a block, a bar, a person's name behind it,
the full name of another body before "and" or before a possessive.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from pressx.layout import Block
from pressx.outlines import join_words
from pressx.rules import RuleSet
from pressx.shortforms import SMALL, ShortForms
from pressx.spans import Mention, cut_at_blocks

BAR = re.compile(r" [|\u2022] ")
AND = re.compile(r",? and |,? & |, ")
PAIR = re.compile(r",? and (?:the )?(?=[A-Z])")
COMPOUND = re.compile(r"-[A-Z][A-Z0-9]{1,9}(?![\w-])")
COOP = re.compile(r"(?<=\bCo)-[Oo]p\b")
IN_PLACE = re.compile(r" in (?:the )?(?P<place>[A-Z][A-Za-z. ]{2,30})$")
# A national bank says so in its name: "Norvik Bank, N.A.".
CHARTER = re.compile(r",? (?:N\.A\.|National Association(?! (?:of|for)\b)|F\.S\.B\.)")
SEAT = re.compile(r", (?P<place>[A-Z][a-z]{2,20})(?= \((?P<letters>[A-Z]{3,8})\))")
ROYAL = "Royal "
COUNTRY = re.compile(r", (?P<place>[A-Z][A-Za-z. ]{2,30})$")  # "University of Tromsdal, Norway"
COUNCIL_OF = re.compile(
    r"(?:(?:Governing|University|Academic|Executive|Supervisory) )?(?:Council|Senate|Board(?: of (?:Trustees|Governors|Regents))?) of (?:the )?"
)
STAFF = re.compile(r" (?:Team|Staff)$")
OWN = re.compile(r",? (?:and|&) (?:[Ii]ts|[Tt]heir|[Oo]ur)\b")
TRAIL = re.compile(r"(?: [a-z][a-z-]{0,30}){1,8} ?$")
# "Office for Chemical, Biological and Nuclear Defense", "School of Agriculture and Food Sciences": its field may be an enumeration.
FIELD = re.compile(
    r"\b(?:of|for|on) (?:[A-Z][\w-]+, )+[A-Z][\w-]+$|(?P<part>^(?:School|Faculty|College) of [A-Z][\w-]+$)"
)
FIELD_GOES_ON = re.compile(r",? (?:and|&) (?P<next>[A-Z][\w-]+(?: [A-Z][\w-]+)?)")
AMPERSAND = re.compile(r" & (?=[A-Z])(?!(?:Its|Their|Our)\b)[\w'-]+")
BRANCH_OF = re.compile(r"(?:Department|Division|Faculty|Laboratory)\b[^,]{2,60}?(?P<joint> at (?:the )?)(?=[A-Z])")
KIND = re.compile(r"(?P<unit>[A-Z][a-z]+) (?:of|for) ")
WORD = re.compile(r"[^\W_]+")
WORD_BEFORE = re.compile(r"[^\W_]{1,30}$")
WORD_GOES_ON = re.compile(r"[A-Z0-9][^\W_]{0,29}")
LONGEST_WORD = 30
OWNER = re.compile(r"'s? (?=[A-Z])")
ABBREVIATION = 3  # letters: "BJ's Restaurants" is one name, "WHO's Regional Office" is not
# "Norvik Holdings (Australia) Pty Ltd": a place in brackets between the name and its legal form.
BRANCH = r" ?\([A-Z][A-Za-z. ]{{1,24}}\),? (?:(?:{suffixes})(?![\w-])\.?,? ?){{1,3}}(?<! )"


class Bounds:
    """Draws the bounds of organizations; pure."""

    def __init__(self, rules: RuleSet, short_forms: ShortForms) -> None:
        self.short_forms = short_forms
        self.bodies = short_forms.units | rules.lexicon("title_bodies")
        self.openings = rules.lexicon("opening_words")
        self.countries = rules.lexicon("dateline_regions")
        self.regions = rules.lexicon("dateline_regions") | rules.lexicon("dateline_cities")
        heads = join_words(head.capitalize() for head in rules.lexicon("title_heads"))
        acronyms = join_words(head for head in rules.lexicons["title_heads"] if head.isupper())
        ranks = join_words(rank.capitalize() for rank in rules.lexicon("title_ranks"))
        self.title = re.compile(rf"(?<=\w)(?:,? and|,? &|,)? (?:(?:{ranks}|{heads})[- ]){{0,4}}(?:{heads}|{acronyms})$")
        self.honorifics = re.compile(rf" (?:(?:{join_words(rules.lexicons['honorifics'])})\.? ){{0,3}}", re.IGNORECASE)
        self.branch = re.compile(BRANCH.format(suffixes=join_words(rules.lexicons["company_suffixes"])))

    def draw(
        self, folded: str, blocks: Sequence[Block], people: Iterable[Mention], mentions: Sequence[Mention]
    ) -> Iterator[Mention]:
        """Yield the mentions, drawn in, let out or cut in two."""
        ends = [block.end for block in blocks]
        people_starts = {person.start for person in people}
        starts = people_starts | {mention.start for mention in mentions}
        names = {folded[mention.start : mention.end] for mention in mentions}
        words = set(WORD.findall(folded))
        for mention in mentions:
            for part in cut_at_blocks(ends, mention):
                stop = BAR.search(folded, part.start, part.end) or OWN.search(folded, part.start, part.end)
                drawn = self._end_before_person(
                    folded, people_starts, replace(part, end=stop.start()) if stop else part
                )
                staff = STAFF.search(folded, drawn.start, drawn.end)
                if staff and folded[drawn.start : staff.start()] in names:  # "the Northwind Team"
                    drawn = replace(drawn, end=staff.start())
                drawn = self._complete(folded, words, self._cut_trail(folded, self._end_before_region(folded, drawn)))
                yield from self._split(folded, names, self._let_out(folded, names, starts, drawn))

    def _end_before_person(self, folded: str, starts: set[int], mention: Mention) -> Mention:
        """Return "Bureau of Standards" of "Bureau of Standards and Inspector Ann Poe": what runs on is her title."""
        called = self.honorifics.match(folded, mention.end)
        if called is None or called.end() not in starts:
            return mention
        if (title := self.title.search(folded, mention.start, mention.end)) is not None:
            return replace(mention, end=title.start())  # "Norvik University Vice Rector Ann Poe"
        joints = list(AND.finditer(folded, mention.start, mention.end))
        return replace(mention, end=joints[-1].start()) if joints else mention

    def _end_before_region(self, folded: str, mention: Mention) -> Mention:
        """Return "Institute of Quays" of "Institute of Quays in Norway"; "Study in Norway" is a name."""
        country = COUNTRY.search(folded, mention.start, mention.end)
        if (
            country
            and country["place"].lower() in self.countries
            and self._is_unit(folded[mention.start : country.start()])
        ):
            return replace(mention, end=country.start())
        place = IN_PLACE.search(folded, mention.start, mention.end)
        if place is None or place["place"].lower() not in self.regions:
            return mention
        return replace(mention, end=place.start()) if self._is_unit(folded[mention.start : place.start()]) else mention

    def _cut_trail(self, folded: str, mention: Mention) -> Mention:
        """Return "Norvik Corp." of "Norvik Corp. media group": the common words behind a name are none of it."""
        trail = TRAIL.search(folded, mention.start, mention.end)
        if trail is None or not self.short_forms.suffixes.isdisjoint(trail[0].split()):  # "Norvik plc"
            return mention
        return replace(mention, end=trail.start())

    def _complete(self, folded: str, words: Collection[str], mention: Mention) -> Mention:
        """Return "HarrowTIA" of "Harrow": what stands nowhere as a word is a part of the word that it is in."""
        name = folded[mention.start : mention.end]
        before = WORD_BEFORE.search(folded, max(0, mention.start - LONGEST_WORD), mention.start)
        after = WORD_GOES_ON.match(folded, mention.end)
        if not name.isalnum() or name in words or not (before or after):
            return mention
        start, end = before.start() if before else mention.start, after.end() if after else mention.end
        if folded.endswith("@", 0, start) or (after and after[0].lower() in self.openings):
            return mention
        return replace(mention, start=start, end=end)

    def _let_out(self, folded: str, names: Collection[str], starts: Collection[int], mention: Mention) -> Mention:
        """Return the mention with what the model left off: the rest of an enumeration, a legal form, a branch."""
        field = FIELD.search(folded[mention.start : mention.end])
        goes_on = FIELD_GOES_ON.match(folded, mention.end) if field else None
        if field and goes_on and not (field["part"] and goes_on.start("next") in starts):
            mention = replace(mention, end=goes_on.end())
        partner = AMPERSAND.match(folded, mention.end)
        if partner and partner.start() + len(" & ") not in starts:
            mention = replace(mention, end=partner.end())
        compound = COMPOUND.match(folded, mention.end)
        if compound and folded[mention.start : compound.end()] in names:
            mention = replace(mention, end=compound.end())
        if coop := COOP.match(folded, mention.end):  # its "Co" looks like a legal form
            mention = replace(mention, end=coop.end())
        seat = SEAT.match(folded, mention.end)
        if seat and is_seated(self.short_forms.reduce(folded[mention.start : mention.end]), seat):
            mention = replace(mention, end=seat.end("place"))
        if folded.endswith(ROYAL, 0, mention.start):
            mention = replace(mention, start=mention.start - len(ROYAL))
        if charter := CHARTER.match(folded, mention.end):
            mention = replace(mention, end=charter.end())
        branch = self.branch.match(folded, mention.end)
        return replace(mention, end=branch.end()) if branch else mention

    def _split(self, folded: str, names: set[str], mention: Mention) -> Iterator[Mention]:
        """Yield both bodies of "A and B" where the text presents A in full elsewhere or both are of a kind, those of
        "Department A at B", and B of "A's B".
        """
        council = COUNCIL_OF.match(folded, mention.start, mention.end)
        if council and not self.bodies.isdisjoint(self.short_forms.reduce(folded[council.end() : mention.end])):
            yield replace(mention, start=council.end())  # "Governing Council of the Norvik University"
            return
        if branch := BRANCH_OF.match(folded, mention.start, mention.end):
            yield replace(mention, end=branch.start("joint"))
            yield replace(mention, start=branch.end())
            return
        for joint in PAIR.finditer(folded, mention.start, mention.end):
            left, right = folded[mention.start : joint.start()], folded[joint.end() : mention.end]
            presented = self.short_forms.ends_legally(left) or folded.find(f"{left} (") >= 0
            kind = KIND.match(right)
            same_kind = kind is not None and kind[0] in left  # "Department of A and Department of B"
            if same_kind or (left in names and presented and " " in right and self._is_unit(right)):
                yield replace(mention, end=joint.start())
                yield replace(mention, start=joint.end())
                return
        owner = OWNER.search(folded, mention.start, mention.end)
        if owner and self._is_unit(folded[owner.end() : mention.end]):
            left = folded[mention.start : owner.start()]
            whole = " " in left or (left.isupper() and len(left) >= ABBREVIATION) or not left.endswith("s")
            if left in names and whole:
                yield replace(mention, start=owner.end())
                return
        yield mention

    def _is_unit(self, name: str) -> bool:
        """Whether a name is long enough to stand alone and begins or ends with what a body is, or ends in a legal form."""
        words = self.short_forms.reduce(name)
        return len(words) > 1 and (bool({words[0], words[-1]} & self.bodies) or self.short_forms.ends_legally(name))


def is_seated(words: Sequence[str], seat: re.Match[str]) -> bool:
    """Whether the acronym behind a name and a place begins with the initials of both, those of what has the name left out:
    "University of Quays, Norvik (UQN)", "Council of the University of Quays, Norvik (UQN)".
    """
    initials = "".join(word[0] for word in words if word not in SMALL)
    letters, place = seat["letters"].lower(), seat["place"][0].lower()
    return any(letters.startswith(initials[skipped:] + place) for skipped in range(len(initials) - 1))
