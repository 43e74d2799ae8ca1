"""Roles: the positions found in a release, one for each person and title."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pressx.titlewords import TitleWords


@dataclass(frozen=True)
class Role:
    """A title with its holder and the body it is held in."""

    person: str
    start: int
    end: int
    organization: str | None
    status: str
    rule: str
    implied: bool


def merge_roles(text: str, roles: Iterable[Role], lexicon: TitleWords) -> list[Role]:
    """Return one role for each person and title in its fullest wording, in text order.

    A role whose body is only implied takes the body that another wording of it states.
    """
    held: dict[str, list[tuple[frozenset[str], Role]]] = defaultdict(list)
    wordings = [(lexicon.spell_out(text[role.start : role.end]), role) for role in roles]
    for words, role in sorted(wordings, key=lambda pair: (-len(pair[0]), pair[1].start - pair[1].end, pair[1].start)):
        chosen = held[role.person]
        for number, (fuller, kept) in enumerate(chosen):
            if covers(fuller, kept, words, role):
                if kept.implied and role.organization and (not role.implied or kept.organization is None):
                    stated = replace(kept, organization=role.organization, implied=role.implied)
                    chosen[number] = fuller, stated
                break
        else:
            chosen.append((words, role))
    return sorted((role for chosen in held.values() for _, role in chosen), key=lambda role: (role.start, role.person))


# A deputy minister may have been a minister before.
GRADES = frozenset({"deputy", "vice", "assistant"})
# A seat on the board goes without saying beside a role on it.
BOARD = frozenset({"board", "directors", "trustees", "member"})
SEATS = frozenset({"board", "director", "chair", "chairman", "chairwoman", "member", "trustee", "directors"})


def covers(fuller: frozenset[str], kept: Role, words: frozenset[str], role: Role) -> bool:
    """Whether a role says nothing that a kept one does not: its words are among those, its body is the same or open."""
    same_body = kept.organization == role.organization
    same_body = same_body or (
        (role.implied or kept.implied or role.organization is None) and kept.status == role.status
    )
    if words == fuller:
        return same_body or (role.implied != kept.implied and "former" not in {role.status, kept.status})
    if not role.implied and GRADES & (fuller - words):
        return False
    same_time = kept.status == role.status or role.implied
    return same_body and same_time and (words <= fuller or (words <= BOARD and bool(fuller & SEATS)))
