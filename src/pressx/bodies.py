"""Bodies: whether what the model takes for an organization is one, weighed over all its mentions.

The model judges each place alone. Here one decision is made for one name in one release: how sure the model was there,
what the name is made of, and how it is used. The weights are in `weights/bodies.json`, fitted by
`models/training/organizations.py`.
"""

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from pressx.outlines import join_words
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
ARTICLE = re.compile(r"\b[Tt]he $")
OPENING = re.compile(r"(?:^|[.\n]) *$")
PLURAL = re.compile(r"[A-Z]{2,}s")  # "SMEs"
DIGITS = re.compile(r"\d{2}")
# "areas of Norvik, Harrow and": an enumeration of places.
PLACES = (
    r"\b(?:{nouns})(?: of| like| such as| including|:)? (?:the )?"
    r"(?-i:[A-Z][\w'-]{{0,24}}(?: [A-Z][\w'-]{{0,24}}){{0,2}}(?:,(?: and)?| and) )*$"
)
DEGREES = re.compile(r"(?:, ?[A-Z][A-Za-z.-]{0,8}){1,6}, $")
FORMER = r"\b(?:{cues})(?: at| of| from| like| such as| including|) ?$"
CALLED = (
    r"\b(?:{nouns}|acqui(?:sition of|res?|red|ring)|merger with|partnership with|owned by|founded|investors?"
    r"|(?:founder|CEO|president|chairman) of) (?:the )?$"
)
APPOSITION = r"(?: \([^()]{{1,60}}\))?, (?:an?|the|one of the) [^,.;]{{0,80}}\b(?:{nouns})\b"
JOINT = re.compile(r",? and |,? & |, (?:and |& )?|,? or |/")
BEFORE = 160  # characters that an enumeration of places may need
LONGEST_DEGREE = 8


class Bodies:
    """Weighs the mentions of one name in a release: the probability that they name an organization."""

    def __init__(self, rules: RuleSet, short_forms: ShortForms) -> None:
        self.short_forms = short_forms
        self.products = frozenset(rules.lexicon("product_nouns"))
        self.staff = rules.lexicon("title_heads") | rules.lexicon("title_ranks") | rules.lexicon("staff_words")
        self.credentials = rules.lexicons["credentials"]
        nouns = join_words(rules.lexicons["body_nouns"])
        self.called = re.compile(CALLED.format(nouns=nouns), re.IGNORECASE)
        self.places = re.compile(PLACES.format(nouns=join_words(rules.lexicons["place_nouns"])), re.IGNORECASE)
        self.former = re.compile(FORMER.format(cues=join_words(rules.lexicons["company_cues"])), re.IGNORECASE)
        self.apposition = re.compile(APPOSITION.format(nouns=nouns))
        self.weights = load_weights("bodies")

    def weigh(self, release: "Surroundings", mentions: Sequence[Mention]) -> float:
        """Return the probability; certainty when a rule that knows the name has found it."""
        if any("probability" not in mention.fact for mention in mentions):
            return 1.0
        return round(weigh(self.mark(release, mentions), self.weights), 4)

    def mark(self, release: "Surroundings", mentions: Sequence[Mention]) -> Marks:
        """Return what speaks for and against: how sure the model was, the words of the name, and how it is used."""
        return {
            "support": scale(max(get_support(mention) for mention in mentions)),
            "probability": scale(average(mention.fact["probability"] for mention in mentions)),
            "count": math.log(len(mentions)),
            "peers": average(release.peers.get(mention.start, 0.0) for mention in mentions),
            **self.mark_name(release, [release.folded[mention.start : mention.end] for mention in mentions]),
            **self.mark_use(release.folded, mentions),
        }

    def mark_name(self, release: "Surroundings", texts: Sequence[str]) -> Marks:
        """Return what the words say."""
        short_forms = self.short_forms
        forms = dict.fromkeys(map(short_forms.reduce, texts))  # in the order of the text, so that a tie is no lottery
        fullest = max(forms, key=len)
        return {
            "forms": math.log(len(forms)),
            "words": min(len(fullest), 6),
            "single": float(len(fullest) == 1),
            "upper": float(all(map(str.isupper, texts))),
            "plural": float(any(map(PLURAL.fullmatch, texts))),
            "digits": float(any(map(DIGITS.search, texts))),
            "legal": float(any(map(short_forms.ends_legally, texts))),
            "unit": float(any(word in short_forms.units for word in fullest)),
            "tail": float(len(fullest) > 1 and fullest[-1] in short_forms.tails),
            "place": float(not short_forms.places.isdisjoint(forms)),
            "domain": float(is_in_address("".join(fullest), release.addresses)),
        }

    def mark_use(self, folded: str, mentions: Sequence[Mention]) -> Marks:
        """Return what stands before and behind the name."""
        before = [folded[max(0, mention.start - BEFORE) : mention.start] for mention in mentions]
        ends = [mention.end for mention in mentions]
        staff = (
            self.is_followed(folded, mention.end, self.staff) or bool(self.former.search(words))
            for mention, words in zip(mentions, before, strict=True)
        )
        return {
            "agency": share(AGENCY, before),
            "called": share(self.called, before),
            "article": share(ARTICLE, before),
            "starts": share(OPENING, before),
            "places": share(self.places, before),
            "cut_before": share(CUT_BEFORE, before),
            "listed": share(LISTED, before),
            "about": float(any(map(ABOUT.search, before))),
            "role": average(staff),
            "credential": average(map(self.is_degree, mentions, before)),
            "cut_after": average(self.is_cut(folded, mention) for mention in mentions),
            "apposition": average(bool(self.apposition.match(folded, end)) for end in ends),
            "owner": average(folded.startswith("'s ", end) for end in ends),
            "product": average(self.is_followed(folded, end, self.products) for end in ends),
            "quoted": average(is_quoted(folded, mention) for mention in mentions),
        }

    def is_cut(self, folded: str, mention: Mention) -> bool:
        """Whether more of the name may follow: "Acme Quay" of "Acme Quay Museum"; not "UNICEF" before "Representative"."""
        acronym = folded[mention.start : mention.end].isupper()
        role = acronym and self.is_followed(folded, mention.end, self.staff)
        return CUT_AFTER.match(folded, mention.end) is not None and not role

    def is_degree(self, mention: Mention, before: str) -> bool:
        """Whether the name stands among the degrees behind a person's: "Ann Poe, MD, FACX"."""
        degrees = DEGREES.search(before)
        if degrees is None or mention.end - mention.start > LONGEST_DEGREE:
            return False
        return not self.credentials.isdisjoint(degrees[0].replace(" ", "").split(","))

    def is_followed(self, folded: str, end: int, words: Collection[str]) -> bool:
        """Whether one of the words stands right behind a name: "the Acme platform"."""
        following = NEXT_WORD.match(folded, end)
        return bool(following and following[1].lower() in words)


class Surroundings:
    """What a release says beside the mentions of one name: its addresses, and what is joined with what."""

    def __init__(self, folded: str, linked: Sequence[Mention]) -> None:
        self.folded = folded
        self.addresses = read_addresses(folded)
        self.peers = weigh_peers(folded, linked)


def weigh_peers(folded: str, linked: Iterable[Mention]) -> dict[int, float]:
    """Return for the start of each mention how sure the model was of those beside it in an enumeration: "A, B and C".

    One that it doubts says nothing of the others.
    """
    peers: dict[int, list[float]] = defaultdict(list)
    for one, other in pairwise(linked):
        if JOINT.fullmatch(folded, one.end, other.start):
            for mention, peer in ((one, other), (other, one)):
                if "probability" in peer.fact:
                    peers[mention.start].append(max(0.0, scale(get_support(peer))))
    return {start: average(supports) for start, supports in peers.items()}


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


def share(expression: re.Pattern[str], texts: Sequence[str]) -> float:
    """Return the share of the texts in which the expression is found."""
    return average(bool(expression.search(text)) for text in texts)


def average(values: Iterable[float]) -> float:
    numbers = [float(value) for value in values]
    return sum(numbers) / len(numbers)


def scale(probability: float) -> float:
    """Return the log of the odds, kept finite."""
    kept = min(max(probability, 0.001), 0.9995)
    return math.log(kept / (1 - kept))
