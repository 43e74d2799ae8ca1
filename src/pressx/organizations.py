"""Organizations: every mention of a named body, and which mentions are the same body."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from pressx.aliases import Aliases, Referents
from pressx.bodies import Bodies, Surroundings
from pressx.bounds import Bounds
from pressx.names import read_candidates, repeat_names, split_name
from pressx.outlines import join_words
from pressx.rules import RuleSet, load_rules
from pressx.shortforms import is_acronym
from pressx.spans import Mention, Occupied, fold_doc, keep_longest, read_group, write_group
from pressx.tokenization import get_layout

PROBABLE = 0.4  # half of the F1 that is reached: a body that is right with this probability adds as much as it costs
INSTITUTION = 0.25  # the model knows fewer institutions than companies
# Of the longest forms with less, most held a word too many on releases that the model had not seen.
SURE = 0.5
SHORTEST = 3  # characters
TICKER = re.compile(r"\s{0,8}\([^()]{0,60}(?:\)|$)")
DETERMINER = re.compile(r"(?:the|a|an|The|A|An)\s+")
ACRONYM = re.compile(r"(?:'s)? \((?:[Tt]he )?[\"']?(?P<letters>[A-Za-z&.-]{2,12})[\"']?\)")
DOUBLED = re.compile(r"([^\n]{3,80}?)\s?(\1)")  # "Acme GroupAcme Group": a name and the line after it, glued
YEAR = re.compile(r"(?:19|20)\d\d ")
EDGE = " \t\n,;:.-—|*•\"'()[]/<>"
# "Minister for Heritage, the Arts and Local Government": what somebody is minister for is no body.
MINISTER_FOR = re.compile(
    r"\bMinisters? (?:of|for) (?:the )?(?:[A-Z][\w-]{0,30}(?: [A-Z][\w-]{0,30}){0,4}(?:, | and |, and )(?:the )?){0,4}$"
)
LONGEST_MINISTRY = 160  # characters
DISTRICT = re.compile(r"[DRI]-(?=[A-Z])")  # "Senator Ann Poe (D-Harbour City)"


@Language.factory("pressx_organizations", assigns=["doc.spans"], default_config={"rules": None})
def create_organizations(nlp: Language, name: str, rules: str | None) -> "Organizations":
    """Return the component; `rules` is a folder of the user's own rules."""
    return Organizations(load_rules(rules))


class Organizations:
    """Finds organizations and writes the span group `organizations`; mentions of one body share their `value`.

    "The Company" and its like carry the label REFERENCE: they refer to a body and do not name it.
    """

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.excluded = rules.lexicon("not_organizations")
        # "Clerk of the Harbour Assembly" is somebody.
        heads = join_words(head for head in rules.lexicons["title_heads"] if head.islower())
        self.office = re.compile(rf"(?:(?i:{heads})) (?:of|for) (?=(?:the )?[A-Z])")
        kinds = join_words(rules.lexicon("title_bodies") | rules.lexicon("unit_words"))
        # "the Ministry and the Foundation" names neither.
        self.kinds = re.compile(rf"(?:the )?(?:{kinds}) (?:and|&) (?:the )?(?:{kinds})", re.IGNORECASE)
        self.aliases = Aliases(rules)
        self.bodies = Bodies(rules, self.aliases.short_forms)
        self.bounds = Bounds(rules, self.aliases.short_forms)

    def __call__(self, doc: Doc) -> Doc:
        return write_group(doc, "organizations", self.find(doc))

    def find(self, doc: Doc) -> list[Mention]:
        """Return the mentions of organizations, each with the key of its body; pure."""
        folded = fold_doc(doc)
        mentions = self._drop_doubtful(folded, self.link(doc, folded))
        return [*mentions, *self._refer(doc, folded, mentions)]

    def link(self, doc: Doc, folded: str) -> list[Mention]:
        """Return all that may be organizations, doubtful ones among them, each with the key of its body."""
        people = read_group(doc, "people")
        named = self._list_candidates(doc, folded, people)
        named = keep_longest([*named, *define_acronyms(folded, named)])
        known = {name: mention for mention in named if is_telling(name := folded[mention.start : mention.end], folded)}
        named = keep_longest([*named, *repeat_names(folded, known, [*named, *people], "organizations.repeated")])
        keys = self.aliases.link(folded, named)
        return [replace(mention, value=keys[mention.start]) for mention in named]

    def _drop_doubtful(self, folded: str, linked: list[Mention]) -> list[Mention]:
        """Return the mentions of what is an organization, with the probability that it is one."""
        bodies: dict[str, list[Mention]] = defaultdict(list)
        for mention in linked:
            bodies[mention.value].append(mention)
        release = Surroundings(folded, linked)
        institutions = {key for key, mentions in bodies.items() if self._is_institution(folded, mentions)}
        weights = {key: self.bodies.weigh(release, mentions) for key, mentions in bodies.items()}
        return [
            replace(
                mention,
                fact={**mention.fact, "body": weights[mention.value], "doubtful": self.is_doubtful(folded, mention)},
            )
            for mention in linked
            if weights[mention.value] >= (INSTITUTION if mention.value in institutions else PROBABLE)
        ]

    def _is_institution(self, folded: str, mentions: Sequence[Mention]) -> bool:
        """Whether a name of several words opens or ends with what a body is: "Harrow-Quill Foundation"."""
        words = max((self.bodies.short_forms.reduce(folded[m.start : m.end]) for m in mentions), key=len)
        return len(words) > 1 and not self.bodies.short_forms.units.isdisjoint((words[0], words[-1]))

    def is_doubtful(self, folded: str, mention: Mention) -> bool:
        """Whether the mention may hold a word too many: the model was not sure of it, it ends in no legal form, and the
        text does not give its initials behind it.
        """
        short_forms, name = self.bodies.short_forms, folded[mention.start : mention.end]
        if mention.fact.get("probability", 1.0) >= SURE or short_forms.ends_legally(name):
            return False
        brackets = ACRONYM.match(folded, mention.end)
        return not (brackets and is_acronym(short_forms.reduce(brackets["letters"]), short_forms.reduce(name)))

    def _list_candidates(self, doc: Doc, folded: str, people: list[Mention]) -> list[Mention]:
        """Return what the model and the rules take for organizations, cleaned, clear of people.

        What a rule labels ORG wins over the model; what a rule labels ORG_LIKELY fills the gaps the model leaves.
        """
        ruled, likely = (
            [
                Mention(*match.groups.get("name", (match.start, match.end)), "ORG", match.rule)
                for match in self.rules.find(doc, label)
            ]
            for label in ("ORG", "ORG_LIKELY")
        )
        blocks = get_layout(doc).blocks
        read = list(self.bounds.draw(folded, blocks, people, read_candidates(doc, "ORG")))
        kept = keep_longest(ruled)
        for candidates, rivals in ((read, people), (likely, [*people, *read_group(doc, "ner")])):
            occupied = Occupied(folded, [*kept, *rivals])
            cleaned = [clean for mention in candidates if (clean := self.clean(folded, mention))]
            kept += [mention for mention in keep_longest(cleaned) if not occupied.covers(mention)]
        return sorted(kept, key=lambda mention: mention.start)

    def clean(self, folded: str, mention: Mention) -> Mention | None:
        """Return the mention without article, ticker, possessive and punctuation; None when no name is left."""
        start, end = mention.start, mention.end
        if (
            self.office.match(folded, start, end)
            or self.kinds.fullmatch(folded, start, end)
            or MINISTER_FOR.search(folded, max(0, start - LONGEST_MINISTRY), start)
            or (DISTRICT.match(folded, start, end) and folded[start - 1 : start] == "(")
        ):
            return None
        newline = folded.find("\n\n", start, end)
        if newline >= 0:
            end = newline
        if year := YEAR.match(folded, start, end):
            start = year.end()
        if determiner := DETERMINER.match(folded, start, end):
            if folded[determiner.end() : end][:1].isupper():
                start = determiner.end()
        if (ticker := folded.find(" (", start, end)) > 0 and TICKER.fullmatch(folded, ticker, end):
            end = ticker
        while end > start and folded[end - 1] in EDGE and not ends_abbreviated(folded, start, end):
            end -= 1
        if folded[start:end].endswith("'s"):
            end -= 2
        while start < end and folded[start] in EDGE:
            start += 1
        if doubled := DOUBLED.match(folded, start, end):
            start = doubled.start(2)
        name = folded[start:end]
        if len(name) < 2 or name.lower() in self.excluded:
            return None
        if not any(c.isalpha() for c in name) or "://" in name or "@" in name:
            return None
        return replace(mention, start=start, end=end)

    def _refer(self, doc: Doc, folded: str, mentions: list[Mention]) -> list[Mention]:
        """Return "the Company" and its like with the key of the body that the text defined so, else the last named one."""
        references = []
        occupied, referents = Occupied(folded, mentions), Referents(folded, mentions)
        for match in self.rules.find(doc, "REFERENCE"):
            noun = folded[match.start : match.end].rsplit(maxsplit=1)[-1]
            key = referents.find(noun, match.start)
            reference = Mention(match.start, match.end, "REFERENCE", match.rule, key or "")
            if key and not occupied.covers(reference):
                references.append(reference)
        return references


def define_acronyms(folded: str, named: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the initials that stand in brackets behind a name, whatever the model took them for."""
    for mention in named:
        brackets = ACRONYM.match(folded, mention.end)
        if brackets and brackets["letters"].isupper():
            name = folded[mention.start : mention.end]
            if is_acronym((brackets["letters"].casefold(),), split_name(name)):
                yield replace(mention, start=brackets.start("letters"), end=brackets.end("letters"))


def is_telling(name: str, folded: str) -> bool:
    """Whether a name means one body wherever it stands: two letters do when the text gives them in brackets."""
    return len(name) >= SHORTEST or (name.isupper() and f"({name})" in folded)


def ends_abbreviated(folded: str, start: int, end: int) -> bool:
    """Whether the name ends in an abbreviation that owns its full stop, or in a closing bracket it opened."""
    name = folded[start:end]
    if name.endswith(")"):
        return "(" in name
    return bool(re.search(r"(?:\b(?:Inc|Corp|Ltd|Co|Bros|Dept|Pty|Pte|Univ|Assn|L\.L\.C|[A-Z])\.)$", name))
