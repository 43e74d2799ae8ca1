"""Bodies: whether what the model takes for an organization is one, weighed over all its mentions.

The model judges each place alone. Here one decision is made for one name in one release: how sure the model was there,
what the name is made of, and how it is used. The weights are in `weights/bodies.json`, fitted by
`models/training/organizations.py`.
"""

import math
import re
from collections.abc import Iterable, Sequence

from pressx.rules import RuleSet
from pressx.shortforms import ShortForms
from pressx.spans import Mention
from pressx.weights import Marks, load_weights, weigh

ADDRESS = re.compile(r"(?:@|www\.|https?://)([\w.-]+)")
NEXT_WORD = re.compile(r"[®™]? ([A-Za-z]+)")
AGENCY = re.compile(r"\b(?:by|with|at|from|join|joined|between) (?:the )?$")
CUT_BEFORE = re.compile(r"\b[A-Z][\w'-]{0,24} $|& $")
LISTED = re.compile(r"\b[A-Z][\w'.-]{0,24},(?: and| &)? $")
CUT_AFTER = re.compile(r" [A-Z]| & [A-Z]| (?:of|for|and)(?: the)? [A-Z]|, [A-Z][^,.]{0,30} (?:&|and) ")
ABOUT = re.compile(r"\bA(?:bout|BOUT) (?:the )?$")
BEFORE = 24  # characters that AGENCY may need


class Bodies:
    """Weighs the mentions of one name in a release: the probability that they name an organization."""

    def __init__(self, rules: RuleSet, short_forms: ShortForms) -> None:
        self.short_forms = short_forms
        self.products = frozenset(rules.lexicon("product_nouns"))
        self.weights = load_weights("bodies")

    def weigh(self, folded: str, addresses: str, mentions: Sequence[Mention]) -> float:
        """Return the probability; certainty when a rule that knows the name has found it.

        `addresses` are those of the release, see `read_addresses`.
        """
        if any("probability" not in mention.fact for mention in mentions):
            return 1.0
        return round(weigh(self.mark(folded, addresses, mentions), self.weights), 4)

    def mark(self, folded: str, addresses: str, mentions: Sequence[Mention]) -> Marks:
        """Return what speaks for and against."""
        short_forms = self.short_forms
        texts = [folded[mention.start : mention.end] for mention in mentions]
        forms = dict.fromkeys(map(short_forms.reduce, texts))  # in the order of the text, so that a tie is no lottery
        fullest = max(forms, key=len)
        return {
            "support": scale(max(get_support(mention) for mention in mentions)),
            "probability": scale(average(mention.fact["probability"] for mention in mentions)),
            "forms": math.log(len(forms)),
            "words": min(len(fullest), 6),
            "single": float(len(fullest) == 1),
            "upper": float(all(map(str.isupper, texts))),
            "legal": float(any(map(short_forms.ends_legally, texts))),
            "unit": float(any(word in short_forms.units for word in fullest)),
            "tail": float(len(fullest) > 1 and fullest[-1] in short_forms.tails),
            "place": float(not short_forms.places.isdisjoint(forms)),
            "domain": float(is_in_address("".join(fullest), addresses)),
            "product": average(self.is_product(folded, mention.end) for mention in mentions),
            "agency": average(
                bool(AGENCY.search(folded[max(0, mention.start - BEFORE) : mention.start])) for mention in mentions
            ),
            "quoted": average(is_quoted(folded, mention) for mention in mentions),
            "cut_before": average(
                bool(CUT_BEFORE.search(folded[max(0, m.start - BEFORE) : m.start])) for m in mentions
            ),
            "listed": average(bool(LISTED.search(folded[max(0, m.start - BEFORE) : m.start])) for m in mentions),
            "cut_after": average(bool(CUT_AFTER.match(folded, m.end)) for m in mentions),
            "about": float(any(ABOUT.search(folded[max(0, m.start - BEFORE) : m.start]) for m in mentions)),
        }

    def is_product(self, folded: str, end: int) -> bool:
        """Whether the word behind the name says that it is a thing: "the Acme platform"."""
        following = NEXT_WORD.match(folded, end)
        return bool(following and following[1].lower() in self.products)


def get_support(mention: Mention) -> float:
    """Return what `tagging.measure_support` says of a mention; another model than ours says its probability alone."""
    name = "support" if "support" in mention.fact else "probability"
    return float(mention.fact[name])


def read_addresses(folded: str) -> str:
    """Return the e-mail and web addresses of a text, each once, one a line, without hyphens."""
    found = (match[1].lower().replace("-", "") for match in ADDRESS.finditer(folded))
    return "\n".join(dict.fromkeys(found))


def is_in_address(letters: str, addresses: str) -> bool:
    """Whether an address holds the letters of a name; fewer than four may stand anywhere."""
    return len(letters) > 3 and letters in addresses


def is_quoted(folded: str, mention: Mention) -> bool:
    return folded.endswith('"', 0, mention.start) and folded[mention.end : mention.end + 2].lstrip(",.").startswith('"')


def average(values: Iterable[float]) -> float:
    numbers = [float(value) for value in values]
    return sum(numbers) / len(numbers)


def scale(probability: float) -> float:
    """Return the log of the odds, kept finite."""
    kept = min(max(probability, 0.001), 0.9995)
    return math.log(kept / (1 - kept))
