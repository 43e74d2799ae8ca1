"""Quotations: words in quotation marks that the text ascribes to a speaker."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from pressx.folding import fold
from pressx.quotes import Quote, pair_quotes
from pressx.rules import RuleSet, load_rules
from pressx.spans import Mention, read_group, write_group

FEWEST_WORDS = 4  # shorter ones are names, slogans and scare quotes
FULL_SPEECH = 8  # words from which a quote with no attribution of its own is taken for more from the last speaker
REACH = 260  # how far, in characters, an attribution may stand from the marks
PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey)\b")
DASH = re.compile(r"\s{0,4}(?:[-~]{1,2}|\u2014)\s{0,2}")
EMPTY = re.compile(r"[\s,;:.\u2014*-]*")


@Language.factory("pressx_quotations", assigns=["doc.spans"], default_config={"rules": None})
def create_quotations(nlp: Language, name: str, rules: str | None) -> "Quotations":
    """Return the component; `rules` is a folder of the user's own rules."""
    return Quotations(load_rules(rules))


@dataclass(frozen=True)
class Attribution:
    """Who is said to have spoken, and the rule that says so."""

    speaker: str
    rule: str


class Quotations:
    """Finds quotations and writes the span group `quotations`; a span is what stands between the marks."""

    def __init__(self, rules: RuleSet) -> None:
        verbs = "|".join(
            r"\s+".join(verb.split()) for verb in sorted(rules.lexicon("speech_verbs"), key=lambda v: (-len(v), v))
        )
        self.verb = re.compile(rf"\b(?:{verbs})\b", re.IGNORECASE)
        self.inverted = re.compile(
            rf"[\s,]{{0,4}}(?:as |has |have |had |also |then |further |recently |previously |so |and |, ){{0,2}}(?:{verbs})\b",
            re.IGNORECASE,
        )

    def __call__(self, doc: Doc) -> Doc:
        return write_group(doc, "quotations", self.find(doc))

    def find(self, doc: Doc) -> list[Mention]:
        """Return the quotations that have a speaker; the fact of each holds the speaker's key; pure."""
        scene = Scene(doc)
        found: list[Mention] = []
        last: tuple[Quote, Attribution] | None = None
        quotes = pair_quotes(doc.text)
        for number, quote in enumerate(quotes):
            previous = quotes[number - 1] if number else None
            following = quotes[number + 1] if number + 1 < len(quotes) else None
            attribution = self._attribute(scene, quote, previous, following, last)
            continued = (
                last is not None
                and previous == last[0]
                and self._continues(scene, last[0], quote, attribution, last[1])
            )
            if continued and last is not None:
                last = quote, last[1]
                continue
            if attribution is None or not is_speech(scene.folded, quote):
                continue
            last = quote, attribution
            found.append(
                Mention(quote.start, quote.end, "QUOTATION", attribution.rule, "", {"speaker": attribution.speaker})
            )
        return found

    def _attribute(
        self,
        scene: "Scene",
        quote: Quote,
        previous: Quote | None,
        following: Quote | None,
        last: tuple[Quote, Attribution] | None,
    ) -> Attribution | None:
        limit = min(following.start - 1 if following else len(scene.folded), quote.end + 1 + REACH)
        floor = max(previous.end + 1 if previous else 0, quote.start - 1 - REACH)
        known = last[1].speaker if last else None
        return (
            self._look_behind(scene, quote.end + 1, limit, known, leads=following is not None)
            or self._look_ahead(scene, floor, quote.start - 1, known)
            or self._look_around(scene, quote, known)
        )

    def _look_behind(
        self, scene: "Scene", start: int, limit: int, known: str | None, *, leads: bool
    ) -> Attribution | None:
        """Read what follows the closing mark: '," said Jane Roe', '," Jane Roe, the chief executive, said', '" - Jane Roe'."""
        limit = min(limit, scene.find_break(start))
        if dash := DASH.match(scene.folded, start, limit):
            if person := scene.find_first(scene.people, dash.end(), min(limit, dash.end() + 12)):
                return Attribution(person.value, "quotation.dash")
        if verb := self.inverted.match(scene.folded, start, limit):
            end = min(limit, scene.find_sentence_end(verb.end()))
            return scene.name_speaker(verb.end(), end, known, "quotation.after")
        end = min(limit, scene.find_sentence_end(start + 1))
        if ends_clause(scene.folded, start) and (not leads or scene.folded[start:limit].rstrip().endswith((":", ","))):
            return None
        verb = self.verb.search(scene.folded, start, end)
        return scene.name_subject(start, verb.start(), known, "quotation.after") if verb else None

    def _look_ahead(self, scene: "Scene", floor: int, end: int, known: str | None) -> Attribution | None:
        """Read what leads up to the opening mark: 'Jane Roe, the chief executive, said: "', 'according to Jane Roe, "'."""
        start = max(floor, scene.find_sentence_start(end))
        verbs = list(self.verb.finditer(scene.folded, start, end))
        if verbs:
            verb = verbs[-1]
            if verb[0].lower() == "according to":
                return scene.name_speaker(verb.end(), end, known, "quotation.before")
            subject = scene.name_subject(start, verb.start(), known, "quotation.before")
            return subject or scene.name_speaker(verb.end(), end, None, "quotation.before")
        if scene.folded[start:end].rstrip().endswith(":"):
            return scene.name_subject(start, end, None, "quotation.colon")
        return None

    def _look_around(self, scene: "Scene", quote: Quote, known: str | None) -> Attribution | None:
        """Give a full sentence of speech that nobody is said to have spoken to the last speaker, else the person before."""
        words = scene.folded[quote.start : quote.end]
        if len(words.split()) < FULL_SPEECH or words.rstrip()[-1:] not in ".!?,":
            return None
        speaker = known or scene.find_antecedent(quote.start)
        return Attribution(speaker, "quotation.context") if speaker else None

    def _continues(
        self, scene: "Scene", before: Quote, quote: Quote, attribution: Attribution | None, known: Attribution
    ) -> bool:
        """Whether a quote goes on with the speaker of the one before: nothing but its attribution stands between them."""
        if attribution is not None and attribution.speaker != known.speaker:
            return False
        between = scene.folded[before.end + 1 : quote.start - 1]
        if EMPTY.fullmatch(between):
            return True
        if len(between) > REACH + 80:
            return False
        return (attribution is None and bool(self.verb.search(between))) or (
            attribution is not None and "\n" not in between.strip()
        )


class Scene:
    """Who and what stands where in a doc, for asking what lies before or after an offset."""

    def __init__(self, doc: Doc) -> None:
        self.folded = fold(doc.text)
        self.people = read_group(doc, "people")
        self.organizations = read_group(doc, "organizations")
        self.roles = [mention for mention in read_group(doc, "positions") if mention.fact.get("person")]
        self.starts = [sent.start_char for sent in doc.sents] if doc.has_annotation("SENT_START") else [0]
        self.breaks = [match.start() for match in re.finditer(r"\n\s*\n", self.folded)]

    def find_sentence_start(self, offset: int) -> int:
        return self.starts[max(0, bisect_right(self.starts, max(0, offset - 1)) - 1)] if self.starts else 0

    def find_sentence_end(self, offset: int) -> int:
        position = bisect_right(self.starts, offset)
        return self.starts[position] if position < len(self.starts) else len(self.folded)

    def find_break(self, offset: int) -> int:
        """Return where the paragraph of `offset` ends."""
        position = bisect_left(self.breaks, offset)
        return self.breaks[position] if position < len(self.breaks) else len(self.folded)

    def find_first(self, mentions: Sequence[Mention], start: int, end: int) -> Mention | None:
        """Return the first mention that starts in the half-open interval."""
        return next(self._select(mentions, start, end), None)

    def find_last(self, mentions: Sequence[Mention], start: int, end: int) -> Mention | None:
        """Return the last mention that starts in the half-open interval."""
        return max(self._select(mentions, start, end), key=lambda mention: mention.start, default=None)

    def name_speaker(self, start: int, end: int, known: str | None, rule: str) -> Attribution | None:
        """Return who is named first after a verb of speech: a person, a pronoun, a role, or else an organization."""
        person = self.find_first(self.people, start, end)
        if person:
            return Attribution(person.value, rule)
        return self._resolve(start, end, known, rule)

    def name_subject(self, start: int, end: int, known: str | None, rule: str) -> Attribution | None:
        """Return who is named last before a verb of speech."""
        person = self.find_last(self.people, start, end)
        if person:
            return Attribution(person.value, rule)
        return self._resolve(start, end, known, rule)

    def _resolve(self, start: int, end: int, known: str | None, rule: str) -> Attribution | None:
        if PRONOUN.search(self.folded, start, end):
            speaker = known or self.find_antecedent(start)
            return Attribution(speaker, f"{rule}-pronoun") if speaker else None
        role = self._find_role(start, end)
        if role:
            return Attribution(role, f"{rule}-role")
        organization = self.find_last(self.organizations, start, end)
        return Attribution(organization.value, f"{rule}-organization") if organization else None

    def find_antecedent(self, offset: int) -> str | None:
        """Return the person last named before a pronoun, within three sentences."""
        position = max(0, bisect_right(self.starts, offset) - 3)
        floor = self.starts[position] if self.starts else 0
        person = self.find_last(self.people, floor, offset)
        return person.value if person else None

    def _find_role(self, start: int, end: int) -> str | None:
        """Return the person whose title the words name, as in "the chief executive said"."""
        words = self.folded[start:end].lower()
        for mention in self.roles:
            title = self.folded[mention.start : mention.end].lower()
            if len(title) > 2 and re.search(rf"\b{re.escape(title)}\b", words):
                person: str = mention.fact["person"]
                return person
        return None

    def _select(self, mentions: Sequence[Mention], start: int, end: int) -> Iterator[Mention]:
        position = bisect_left(mentions, start, key=lambda mention: mention.start)
        while position < len(mentions) and mentions[position].start < end:
            yield mentions[position]
            position += 1


def is_speech(folded: str, quote: Quote) -> bool:
    """Whether the words can be spoken: enough of them, and not a title or slogan with a capital on nearly each."""
    words = [word for word in folded[quote.start : quote.end].split() if word[0].isalpha()]
    capitals = sum(1 for word in words if word[0].isupper())
    return len(words) >= FEWEST_WORDS and (capitals <= 0.6 * len(words) or folded[quote.start : quote.end].isupper())


def ends_clause(folded: str, end: int) -> bool:
    """Whether a sentence ended before the closing mark, so that what follows is another one."""
    return folded[end - 2 : end - 1] in (".", "!", "?") and folded[end : end + 6].strip()[:1].isupper()
