"""Definites: "the university", "our Institute" where a release tells who agreed with whom; the body that is meant."""

import re
from collections.abc import Sequence

from pressx.aliases import Referents
from pressx.spans import Mention, Occupied

# A word with a capital refers back, one without does where it is hardly ever anything but a body that was named. Bank, fund
# and network are told of in general: "with the bank" cost a false party on releases of companies.
DEFINITE = re.compile(
    r"\b(?:[Tt]he|[Oo]ur) (?P<noun>(?i:university|college|institute|academy|hospital|museum|ministry|municipality|diocese|chamber)"
    r"|School|Department|Agency|Bank|Fund|Foundation|Trust|Association|Society|Federation|Network|Council|Commission|Authority"
    r"|Government|City|County|Province|District|Secretariat|Directorate|Embassy|Institution|Center|Centre)\b(?!-| (?:of|for) |'s? [A-Z])"
)


def find_definites(folded: str, names: Sequence[Mention]) -> list[Mention]:
    """Return the definite nouns that mean a body whose name holds the noun."""
    bodies = [mention for mention in names if mention.label == "ORG"]
    occupied = Occupied(folded, names)
    referents = Referents(folded, bodies)
    found = []
    for match in DEFINITE.finditer(folded):
        key = referents.find(match["noun"].capitalize(), match.start())
        reference = Mention(match.start(), match.end(), "REFERENCE", "agreement.definite", key or "")
        if key is not None and referents.holding.get(match["noun"].lower()) == key and not occupied.covers(reference):
            found.append(reference)
    return found
