"""Quotations: words in quotation marks that the text ascribes to a speaker."""

import re
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from pressx.quotes import Quote, pair_quotes
from pressx.rules import RuleSet, load_rules
from pressx.scenes import PRONOUN, Attribution, Scene
from pressx.spans import Mention, write_group
from pressx.tokenization import get_text

FEWEST_WORDS = 4  # shorter ones are names, slogans and scare quotes
FULL_SPEECH = 8  # words from which a quote with no attribution of its own is taken for more from the last speaker
CAPITALS = 0.7  # the share of words with a capital, small words apart, above which a quote is a title
OPENING = 12  # characters that may stand before a name that opens a sentence: an honorific, a short title
SIGNATURE = 12  # how far after a dash a name may start
REACH = 260  # how far, in characters, an attribution may stand from the marks
DASH = re.compile(r"\s{0,4}(?:[-~]{1,2}|\u2014)\s{0,2}")
# "Jane Roe - Dover, KS", "Jane Roe, Chief of Acme" and nothing else before the paragraph ends.
SIGNED = re.compile(r"(?:(?:,| -)(?: (?:[A-Z][\w&.'-]*|of|and|at|the|for|&),?){1,10})?\s*(?:$|\n|  )")
EMPTY = re.compile(r"[\s,;:.\u2014*-]*")


@Language.factory("pressx_quotations", assigns=["doc.spans"], default_config={"rules": None})
def create_quotations(nlp: Language, name: str, rules: str | None) -> "Quotations":
    """Return the component; `rules` is a folder of the user's own rules."""
    return Quotations(load_rules(rules))


class Quotations:
    """Finds quotations and writes the span group `quotations`; a span is what stands between the marks."""

    def __init__(self, rules: RuleSet) -> None:
        verbs = "|".join(
            r"\s+".join(verb.split()) for verb in sorted(rules.lexicon("speech_verbs"), key=lambda v: (-len(v), v))
        )
        self.verb = re.compile(rf"\b(?:{verbs})\b", re.IGNORECASE)
        self.function_words = rules.lexicon("function_words")
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
        quotes = [quote for quote in pair_quotes(get_text(doc)) if not scene.names(quote)]
        for number, quote in enumerate(quotes):
            previous = quotes[number - 1] if number else None
            following = quotes[number + 1] if number + 1 < len(quotes) else None
            attribution = self._attribute(scene, quote, previous, following, last)
            if quote.unopened and not (attribution and attribution.rule == "quotation.after"):
                continue
            continued = (
                last is not None
                and previous == last[0]
                and self._continues(scene, last[0], quote, attribution, last[1])
            )
            if continued and last is not None:
                last = quote, last[1]
                continue
            if attribution is None or not self._is_speech(scene.folded, quote, attribution):
                continue
            last = quote, attribution
            found.append(
                Mention(quote.start, quote.end, "QUOTATION", attribution.rule, "", {"speaker": attribution.speaker})
            )
        return found

    def _attribute(
        self,
        scene: Scene,
        quote: Quote,
        previous: Quote | None,
        following: Quote | None,
        last: tuple[Quote, Attribution] | None,
    ) -> Attribution | None:
        limit = min(following.start - 1 if following else len(scene.folded), quote.end + 1 + REACH)
        floor = max(previous.end + 1 if previous else 0, quote.start - 1 - REACH)
        known = last[1].speaker if last else None
        return (
            self._look_behind(scene, quote, limit, known, leads=following is not None)
            or self._look_ahead(scene, floor, quote.start - 1, known)
            or self._look_around(scene, quote, known)
        )

    def _look_behind(
        self, scene: Scene, quote: Quote, limit: int, known: str | None, *, leads: bool
    ) -> Attribution | None:
        """Read what follows the closing mark: '," said Jane Roe', '," Jane Roe, the chief executive, said', '" - Jane Roe'."""
        start = quote.end + 1
        limit = min(limit, scene.find_break(start))
        if signer := self._read_signature(scene, start, limit):
            return signer
        meant = scene.find_antecedent(quote.start - 1, known)
        if verb := self.inverted.match(scene.folded, start, limit):
            end = min(limit, scene.find_sentence_end(verb.end()))
            return scene.name_speaker(verb.end(), end, meant, "quotation.after")
        end = min(limit, scene.find_sentence_end(start + 1))
        if ends_clause(scene.folded, start):
            # Another sentence; '"We won." Jane Roe said.' opens with its speaker.
            subject = scene.find_first(scene.people, start, start + OPENING)
            opened = subject is not None or PRONOUN.search(scene.folded, start, start + OPENING)
            if not opened or not leads or scene.folded[start:limit].rstrip().endswith((":", ",")):
                return None
        verb = self.verb.search(scene.folded, start, end)
        return scene.name_subject(start, verb.start(), meant, "quotation.after") if verb else None

    def _read_signature(self, scene: Scene, start: int, limit: int) -> Attribution | None:
        """Read a name that stands alone behind the words, after a dash or before a place or a title: "- Jane Roe, Acme"."""
        dash = DASH.match(scene.folded, start, limit)
        opening = dash.end() if dash else start
        while not dash and scene.folded[opening : opening + 1].isspace():
            opening += 1
        if not dash:
            signer = scene.find_first(scene.people, opening, opening + 1)
            signed = signer and SIGNED.match(scene.folded, signer.end, limit)
            return Attribution(signer.value, "quotation.signature") if signer and signed else None
        signer = scene.find_first(scene.people, opening, min(limit, opening + SIGNATURE))
        signer = signer or scene.find_first(scene.organizations, opening, opening + 1)
        return Attribution(signer.value, "quotation.dash") if signer else None

    def _look_ahead(self, scene: Scene, floor: int, end: int, known: str | None) -> Attribution | None:
        """Read what leads up to the opening mark: 'Jane Roe, the chief executive, said: "', 'according to Jane Roe, "'."""
        start = max(floor, scene.find_sentence_start(end))
        meant = scene.find_antecedent(start, known)
        verbs = list(self.verb.finditer(scene.folded, start, end))
        if verbs:
            verb = verbs[-1]
            if verb[0].lower() == "according to":
                return scene.name_speaker(verb.end(), end, meant, "quotation.before")
            subject = scene.name_subject(start, verb.start(), meant, "quotation.before")
            subject = subject or scene.name_speaker(verb.end(), end, meant, "quotation.before")
            # What a body is said to offer or promise in a sentence of its own leads up to nothing.
            finished = scene.folded[start:end].rstrip().endswith((".", "!", "?"))
            return None if subject and finished and subject.rule.endswith("-organization") else subject
        if scene.folded[start:end].rstrip().endswith(":"):
            return scene.name_subject(start, end, meant, "quotation.colon")
        return None

    def _look_around(self, scene: Scene, quote: Quote, known: str | None) -> Attribution | None:
        """Give a full sentence of speech that nobody is said to have spoken to the last speaker, else the person before."""
        words = scene.folded[quote.start : quote.end]
        if len(words.split()) < FULL_SPEECH or words.rstrip()[-1:] not in ".!?," or words[:1].islower():
            return None
        speaker = scene.find_antecedent(quote.start - 1, known)
        return Attribution(speaker, "quotation.context") if speaker else None

    def _continues(
        self, scene: Scene, before: Quote, quote: Quote, attribution: Attribution | None, known: Attribution
    ) -> bool:
        """Whether a quote goes on with the speaker of the one before: nothing but its attribution stands between them."""
        if attribution is not None and attribution.speaker != known.speaker:
            return False
        between = scene.folded[before.end + 1 : quote.start - 1]
        if EMPTY.fullmatch(between):
            return True
        if len(between) > REACH + 80 or self._tells(scene, before.end + 1, quote.start - 1):
            return False
        return (attribution is None and bool(self.verb.search(between))) or (
            attribution is not None and "\n" not in between.strip()
        )

    def _is_speech(self, folded: str, quote: Quote, attribution: Attribution) -> bool:
        """Whether the words can be spoken: enough of them, and not a title or slogan with a capital on nearly each.

        What stands in marks beside a body and a verb is its slogan or report more often than its speech when it is short.
        """
        words = [word for word in folded[quote.start : quote.end].split() if word[0].isalpha()]
        fewest = FULL_SPEECH if attribution.rule.endswith("-organization") else FEWEST_WORDS
        if len(words) < fewest or attribution.rule == "quotation.after":
            return len(words) >= fewest
        told = [word for word in words if word.lower() not in self.function_words]
        capitals = sum(1 for word in told if word[0].isupper())
        return capitals <= CAPITALS * len(told) or folded[quote.start : quote.end].isupper()

    def _tells(self, scene: Scene, start: int, end: int) -> bool:
        """Whether a sentence of narrative, without a verb of speech, stands between two quotes."""
        starts = [*scene.list_starts(start + 1, end), end]
        return any(not self.verb.search(scene.folded, *pair) for pair in pairwise(starts))


def ends_clause(folded: str, end: int) -> bool:
    """Whether a sentence ended before the closing mark, so that what follows is another one."""
    return folded[end - 2 : end - 1] in (".", "!", "?") and folded[end : end + 6].strip()[:1].isupper()
