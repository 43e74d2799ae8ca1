"""What a container yields."""

from dataclasses import dataclass

from pressx.media import Kind


@dataclass(frozen=True)
class Member:
    """One input in a container: what it is called there, its bytes, and what these are."""

    name: str
    data: bytes
    kind: Kind
    date: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Loss:
    """A member that can't be an input, and why."""

    name: str
    reason: str


def show(name: str) -> str:
    """Return a name that stands on one line, whatever the container calls its member."""
    return "".join(character if character.isprintable() else "\ufffd" for character in name)
