"""Parties: who is named before and after the words of an arrangement, by role.

All offsets are those of a narrative's outline, where a name is one of the words PERSON, ORG and THEY.
"""

import re
from collections.abc import Iterable, Sequence

from pressx.narratives import Narrative

NAME = r"(?:ORG|PERSON|THEY)"
# What may stand between the words of an arrangement and a name: articles and a short description.
STOPS = (
    r"to|for|that|which|who|by|from|between|announced?|said|says|will|would|is|are|was|were|has|have|had|when|while|where"
    r"|because|so|than|but|as|it|they|we|he|she|our|her|his|using|including|through|via|within|after|before|during"
)
GAP = re.compile(rf"(?:(?!(?:{STOPS})\b)[\w&%$€£.,'/+-]{{1,60}} ){{0,10}}?(?={NAME})")
WIDE_GAP = re.compile(
    rf"(?:(?!(?:to|that|which|who|by|said|says|when|while|because|but|will|and)\b)[\w&%$€£.'/+-]{{1,60}} ){{0,14}}?(?={NAME})"
)
# From a description to the names it stands for.
NAMELY = re.compile(
    rf"[^.;\"\n]{{3,120}}?(?:,? including|,? such as|,? like|,? namely|:|,? notably)(?: the| with| both)? (?={NAME})"
)
# From one name of a list to the next: "and the shipping company ORG", "and the funder, the ORG".
LISTED = re.compile(
    r"(?:'s?)?(?: \([^()\n]{1,60}\))?"
    r"(?P<join>,? (?:and|&|as well as|along with|together with|alongside|or)|,|/| [x+] | and)"
    r" ?(?:(?:(?!(?:with|from|by|of|to|for|in|at|on|is|are|has|have|will|was|agreements?|contracts?)\b)[\w&'/-]{1,60} ){0,5}?"
    r"|(?<=and )(?:an?|the|its) (?:(?!(?:ORG|PERSON|with|from|by|to|in|at|on|is|are|has|have|will|was|agreements?|contracts?)\b)[\w&'/-]{1,60} ){0,6}?[\w-]{1,60}, (?:the )?)"
    r"(?=ORG|PERSON|THEY)"
)
APPOSED = re.compile(
    r"(?:,|\u2014| -| \u2014) ?(?:an? |the |one of |its |part of )?[^.;:\"\n]{3,170}?,? (?:and|as well as|along with|together with) (?:with )?"
    r"(?:(?!(?:its|their|his|her|the)\b)[a-z]{1,30}-[a-z]{1,30} )?(?=ORG|PERSON)"
)
VERB_NEXT = re.compile(r"(?:'s?)? (?:will|is|are|was|has|have|had|can|may|announced?|said|today|plans|intends)\b")
OPENING = re.compile(
    r"\W{0,40}(?:[a-z]{1,20}ly, |meanwhile, |also, )?(?:as reported by|according to|through|by|following|after|under|with|for|as|at|in|from|since|alongside|headquartered|based|founded|together with"
    r"|along with|building on|via|thanks to|led by|backed by|during|prior to|before|on|when|while|joining|featuring)\b[^.;\"]*$",
    re.IGNORECASE,
)
RELATIVE = re.compile(rf"{NAME}(?:'s?)?(?:,? ?(?:which|who|that) |, )(?:[\w-]+ ){{0,4}}$")
CLAUSE = re.compile(
    r"(?:\bthat |[;:] |\bsaid |\bsays |\bbecause |\bwhile |\bwhere |\bwhen |\bas well as |\bhow |\bthen )"
)
PATIENT = re.compile(
    r"(?: \([^()]{1,40}\))?(?:, (?:an? |the )?[^.;:,]{0,70})?,? ?(?:(?:which|that|who) )?(?:\w+ly )?(?:is|was|were|are|being|been|to be|be|has been)?(?: also| \w+ly)? ?"
)
PRONOUN = re.compile(
    r"\b(?P<self>[Ww]e|[Oo]ur|[Uu]s|I|[Mm]y)\b|\b(?P<it>[Ii]t|[Ii]ts|[Tt]hey|[Tt]heir|[Tt]he (?:company|firm|group|organization|two|parties|companies)|[Bb]oth)\b"
)
# Verbs of who tells of an arrangement: "Ann Poe highlighted a letter of intent to acquire ORG".
SPEAKS = re.compile(
    r"PERSON(?:, TITLE(?: of ORG)?,)? (?:also |further |then )?(?:highlight|not|discuss|outlin|announc|emphasi[sz]|recall|disclos|reveal|report|inform"
    r"|explain|confirm|mention|underlin|stress|welcom|prais|point)(?:s|es|ed) "
)
SPEAKER = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er)\b")
# "praised ORG and ORG for their": it is theirs.
JOINT = re.compile(rf"{NAME},? (?:and|&) (?P<name>{NAME}) (?:for|on|in|over|about|of|through) $")
# "advised ORG on its sale": whose it is.
ADVISED = re.compile(
    r"\b(?:advis(?:e[sd]?|ing|or to|er to)|counsel to) (?:the )?(?P<name>ORG)(?: \([^()\n]{1,40}\))? (?:on|in|with|during) $"
)
# "its subsidiary, ORG": the pronoun only says whose the organization is that is named.
OWNED = re.compile(r"(?:[Oo]ur|[Ii]ts|[Tt]heir) (?:(?!(?:with|of|to|in|for|from|by|and|on)\b)[\w-]+,? ){1,5}")
PAIR_JOIN = re.compile(
    r"(?:'s?)?(?:,)? (?:and|&|x|X|\+)(?: the)? (?:[\w&'-]+ ){0,3}?$|,? (?:together|along) with (?:the )?$|/$"
)
# In a list, which needs "and" before its last name: without it what follows the comma is in apposition.
COMMA_JOIN = re.compile(r", (?:the )?$")
APPOSED_JOIN = re.compile(
    r"(?:,| \u2014|\u2014| -).*,? (?:and|&|together with|along with) (?:the )?(?:[\w'-]+ ){0,3}?$", re.DOTALL
)
OWNING = re.compile(r"(?:-\w+ (?:[\w-]+ ){0,5}|'s? (?:[\w-]+ ){1,4}),? ?|'s? (?:[\w-]+ ){0,3}\w+, ")
# Between the last name of a list and what its members do: "(the lenders)", "each", "are".
BEFORE = re.compile(
    r"(?:'s?)?(?: \([^()\n]{1,60}\))?(?:,? (?:each|all|both|also|who|which|is|are|was|were|will|have|has)){0,3} "
)
OFFICE = re.compile(r"(?:,? (?:the |its )?TITLE)(?: of| at| for|,| with)? (?P<organization>ORG)")


class Parties:
    """Finds the parties that a stretch of a narrative names."""

    def __init__(self, narrative: Narrative) -> None:
        self.narrative = narrative
        self.text = narrative.text

    def find_subjects(self, start: int, end: int, depth: int = 0) -> list[str]:
        """Return the keys of the subject of a verb at `end` in a sentence that starts at `start`."""
        quote = self.narrative.find_quote(end)
        if quote is not None:
            start = max(start, quote[0])
        segment = self.text[start:end]
        if match := RELATIVE.search(segment):
            if "," in match[0] and not re.search(r"which|who|that", match[0]):
                pass
            else:
                return self._expand([start + match.start()], start)
        clauses = list(CLAUSE.finditer(segment))
        clause = start + clauses[-1].end() if clauses else start
        names = self._drop_openings(clause, end, self.narrative.list_names(clause, end))
        pronoun = self._find_pronoun(clause, end, names)
        if pronoun is not None:
            return pronoun
        names = self._drop_owners(names)
        if names:
            keys = self._expand(self._coordinate(names), start)
            return self._drop_speaker(keys, names[0], end) if SPEAKS.match(self.text, names[0], end) else keys
        if clause > start and depth < 3:
            return self._drop_speaker(self.find_subjects(start, max(start, clause - 6), depth + 1), clause, end)
        if quote is not None:
            own = self.narrative.name_self(end)
            return [own] if own else []
        return []

    def _drop_speaker(self, keys: list[str], clause: int, end: int) -> list[str]:
        """Return whom the release is about for somebody who only speaks: "Ann Poe said that the agreement with ORG ends"."""
        speaks = len(keys) == 1 and keys[0].startswith("person") and not SPEAKER.search(self.text, clause, end)
        own = self.narrative.name_topic(end) if speaks else None
        return [own] if own else keys

    def find_patient(self, start: int, end: int) -> list[str]:
        """Return what is named right before a passive verb: "ORG was acquired by", "ORG, a part of ORG, was acquired by"."""
        names = self.narrative.list_names(start, end)
        fits = (name for name in names if PATIENT.fullmatch(self.text, self.narrative.get_end(name), end))
        patient = next(fits, None)
        return [] if patient is None else self._expand([patient], start)

    def _find_pronoun(self, clause: int, end: int, names: Sequence[int]) -> list[str] | None:
        """Return whom a pronoun means that opens the clause, None when a name comes before it or there is none."""
        limit = names[0] if names else end
        match = PRONOUN.search(self.text, clause, limit)
        if match is None or (names and OWNED.fullmatch(self.text, match.start(), limit)):
            return None
        if match["self"]:
            own = self.narrative.name_self(match.start())
            return [own] if own else []
        return self.resolve(match.start())

    def resolve(self, offset: int) -> list[str]:
        """Return whom "it", "its", "they" mean: the subject before it in the sentence, else of the sentence before, else
        the issuer.
        """
        start, _ = self.narrative.find_sentence(offset)
        names = self._drop_openings(start, offset, self.narrative.list_names(start, offset))
        if names:
            return self._expand(self._coordinate(names), start)
        own = self.narrative.name_topic(offset)
        return [own] if own else []

    def _drop_openings(self, clause: int, end: int, names: list[int]) -> list[int]:
        """Leave out names of an opening phrase ("Through its work with ORG, ..."), when another name follows it."""
        if len(names) > 1 and OPENING.match(self.text[clause : names[0]]):
            comma = self.text.find(", ", self.narrative.get_end(names[0]), end)
            while comma >= 0:
                later = [name for name in names if name > comma]
                if later and len(self.text[comma + 2 : later[0]].split()) <= 4:
                    return later
                comma = self.text.find(", ", comma + 2, end)
        return names

    def _drop_owners(self, names: list[int]) -> list[int]:
        """Leave out a name that only describes the next one: "ORG-backed startup ORG", "ORG's subsidiary, ORG"."""
        while len(names) > 1:
            between = self.text[self.narrative.get_end(names[0]) : names[1]]
            if not OWNING.fullmatch(between):
                break
            names = names[1:]
        return names

    def _coordinate(self, names: Sequence[int]) -> list[int]:
        """Return the first name and those joined to it by "and", over appositions too."""
        found = [names[0]]
        listed: list[int] = []
        for name in names[1:]:
            last = self.narrative.get_end(listed[-1] if listed else found[-1])
            office = OFFICE.match(self.text, last)
            if office and office.start("organization") == name:
                continue
            if office and office.end() <= name:
                last = office.end()
            between = self.text[last:name]
            if PAIR_JOIN.fullmatch(between) or APPOSED_JOIN.fullmatch(between):
                found += [*listed, name]
                listed = []
            elif COMMA_JOIN.fullmatch(between):
                listed.append(name)
            else:
                break
        return found

    def _expand(self, names: Iterable[int], start: int) -> list[str]:
        """Return the keys of names; a person with an office stands for the organization."""
        keys = []
        for name in names:
            mention = self.narrative.get_name(name)
            key = mention.value
            if mention.label == "PERSON":
                office = OFFICE.match(self.text, self.narrative.get_end(name))
                before = re.search(r"(?P<organization>ORG)(?:'s?)? TITLE $", self.text[max(0, name - 40) : name])
                if office:
                    key = self.narrative.get_name(office.start("organization")).value
                elif before:
                    key = self.narrative.get_name(max(0, name - 40) + before.start("organization")).value
                else:
                    key = self.narrative.employers.get(key, key)
            if key in self.narrative.named:
                keys.append(key)
        return list(dict.fromkeys(keys))

    def find_objects(self, start: int, end: int, *, wide: bool = False, mutual: bool = False) -> tuple[list[str], int]:
        """Return the keys of the names listed from `start` on, and where the list ends (`start` when there is none).

        A verb behind the last name is that name's own, "with ORG, and ORG said", but not where they are `mutual`, "between
        ORG and ORG was signed", until their list is closed: "between ORG and ORG, and ORG said".
        """
        gap = (WIDE_GAP if wide else GAP).match(self.text, start, end) or NAMELY.match(self.text, start, end)
        if gap is None:
            return [], start
        place = gap.end()
        if place not in self.narrative.list_names(place, place + 1):
            return [], start
        places = [place]
        position = self.narrative.get_end(place)
        closed = False
        while len(places) < 16:
            office = OFFICE.match(self.text, position, end)
            if office and self.narrative.get_name(places[-1]).label == "PERSON":
                places.append(office.start("organization"))
                position = office.end()
            joined = LISTED.match(self.text, position, end)
            if joined is None:
                joined = APPOSED.match(self.text, position, end)
                if joined is None or re.search(NAME, joined[0]):
                    break
            following = joined.end()
            if following not in self.narrative.list_names(following, following + 1):
                break
            after = self.narrative.get_end(following)
            last = "and" in joined[0] or len(places) == 1
            if VERB_NEXT.match(self.text, after, end) and last and not (mutual and not closed):
                break
            closed = "and" in joined[0]
            if {self.narrative.get_name(following).label, self.narrative.get_name(places[-1]).label} == {
                "PERSON",
                "ORG",
            }:
                if not re.search(r"\b(?:and|&|as well as)\b", joined[0]):
                    break
            places.append(following)
            position = after
        keys = [self.narrative.get_name(place).value for place in places]
        return [key for key in dict.fromkeys(keys) if key in self.narrative.named], position

    def list_before(self, start: int, end: int) -> list[str]:
        """Return the keys of the names listed right before the words at `end`."""
        names = self.narrative.list_names(start, end)
        if not names or not BEFORE.fullmatch(self.text, self.narrative.get_end(names[-1]), end):
            return []
        return self._expand(self._join_back(names[-1], start), start)

    def stand_for(self, subjects: Iterable[str], objects: Iterable[str]) -> list[str]:
        """Return the parties, subjects first; an officer among the objects stands for an organization not yet named."""
        keys = list(dict.fromkeys(subjects))
        for key in objects:
            employer = self.narrative.employers.get(key)
            keys.append(employer if employer is not None and employer not in keys else key)
        return list(dict.fromkeys(keys))

    def find_possessor(self, start: int, end: int) -> list[str]:
        """Return the keys of who owns the words at `end`: "ORG's", "our", "its"."""
        segment = self.text[start:end]
        if match := re.search(rf"(?P<name>{NAME}) $", segment):
            return self._expand(self._join_back(start + match.start("name"), start), start)
        if match := re.search(rf"(?P<name>{NAME})(?:'s?) (?:(?!PERSON|ORG|THEY|TITLE|to\b)[\w-]+ ){{0,4}}$", segment):
            return self._expand(self._join_back(start + match.start("name"), start), start)
        match = re.search(
            r"\b(?P<self>[Oo]ur|[Mm]y)|\b(?P<it>[Ii]ts|[Tt]heir|[Tt]he company's|[Tt]he firm's)", segment[-40:]
        )
        if match is None or len(segment[-40:][match.end() :].split()) > 4:
            return []
        offset = end - len(segment[-40:]) + match.start()
        if pair := JOINT.search(self.text, start, offset) or ADVISED.search(self.text, start, offset):
            return self._expand(self._join_back(pair.start("name"), start), start)
        if match["self"]:
            own = self.narrative.name_self(offset)
            return [own] if own else []
        return self.resolve(offset)

    def _join_back(self, place: int, start: int) -> list[int]:
        places = [place]
        for name in reversed(self.narrative.list_names(start, place)):
            if not re.fullmatch(
                r"(?:'s?)?,? (?:and|&) (?:the )?|, ", self.text[self.narrative.get_end(name) : places[0]]
            ):
                break
            places.insert(0, name)
        return places
