"""Identities: which people and organizations of different releases are the same, decided only where it is safe.

An organization is known again by its name, without article and legal form, or by an acronym that some release defines
for exactly one name. A person is known again by a full name together with an organization that both releases tie the
person to: never by a surname, and never by a name alone. What is known again has one `entity` in the archive.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pressx.names import split_name
from pressx.rules import RuleSet
from pressx.shortforms import ShortForms, is_abbreviation, is_acronym

Record = Mapping[str, Any]
Row = tuple[int, str]
"""Release and id of a person or organization."""

# A name that opens with one of these may be a surname alone.
PARTICLES = frozenset({
    "al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn", "la", "le", "mac", "mc",
    "st", "ten", "van", "vander", "von", "zu",
})  # fmt: skip
SHORTEST_ACRONYM = 3  # two letters stand for too many things
BRACKET_GAP = 8  # characters between a name and the acronym in brackets behind it: ' (', ' ("', ' (the "'

ENTITY_OF_ACRONYM = "SELECT DISTINCT target FROM acronyms WHERE key = ? LIMIT 2"
TIES = """
SELECT person_id, organization_id FROM positions WHERE release_id = ?1 AND organization_id IS NOT NULL
UNION SELECT person_id, organization_id FROM signatories
WHERE release_id = ?1 AND organization_id IS NOT NULL AND person_id IS NOT NULL
"""
TIED = """
SELECT DISTINCT release_id, person_id FROM (
    SELECT release_id, person_id FROM positions WHERE release_id = ?1 AND organization_id = ?2
    UNION SELECT release_id, person_id FROM signatories
    WHERE release_id = ?1 AND organization_id = ?2 AND person_id IS NOT NULL
)
"""
COMPANY = """
SELECT release_id, id FROM actors
WHERE entity = (SELECT entity FROM actors WHERE release_id = ? AND id = ?) AND kind = 'person'
"""
RENAME = """
UPDATE actors SET entity = ?1 WHERE key = ?2 AND kind = 'organization' AND entity != ?1 RETURNING release_id, id
"""
ACQUAINTED = """
SELECT DISTINCT other.release_id, other.id FROM recognitions AS mine
JOIN recognitions AS other ON other.key = mine.key AND other.organization = mine.organization
WHERE mine.release_id = ? AND mine.id = ?
"""


class Identities:
    """Folds names, and keeps the entities of an archive in step with what it holds."""

    def __init__(self, rules: RuleSet) -> None:
        self.short_forms = ShortForms(rules)
        ranks = rules.lexicon("title_ranks") | rules.lexicon("title_heads")
        self.leading = {*fold_all(rules.lexicon("honorifics")), *fold_all(ranks - rules.lexicon("name_like_titles"))}
        self.trailing = set(fold_all(rules.lexicon("credentials")))

    def fold_organization(self, name: str) -> str:
        return " ".join(self.short_forms.reduce(name))

    def fold_person(self, name: str) -> tuple[str, ...]:
        """Return the words of a name without honorifics and ranks before and credentials behind."""
        words = list(split_name(name))
        while words and words[0] in self.leading:
            words.pop(0)
        while words and words[-1] in self.trailing:
            words.pop()
        return tuple(words)

    def list_full_names(self, person: Record) -> set[str]:
        """Return the folded forms that say more than a surname: the name, and aliases with its first and last word."""
        name = self.fold_person(person["name"])
        if sum(len(word) > 1 for word in name) < 2 or name[0] in PARTICLES:  # a given name and a surname
            return set()
        others = map(self.fold_person, person["aliases"])
        same = {form for form in others if len(form) > 1 and form[0] == name[0] and form[-1] == name[-1]}
        return {" ".join(form) for form in (name, *same)}

    def list_acronyms(self, body: Record) -> Iterator[tuple[str, str]]:
        """Yield (acronym, name), folded, for the acronyms of an organization that the release itself introduces."""
        target = self.short_forms.reduce(body["name"])
        if len(target) < 2:  # one word has no initials
            return
        for alias in body["aliases"]:
            key = self.short_forms.reduce(alias)
            if len(key) != 1 or len(key[0]) < SHORTEST_ACRONYM or not alias.isupper():
                continue
            if is_acronym(key, target) or (is_bracketed(alias, body) and is_abbreviation(alias, body["name"])):
                yield key[0], " ".join(target)

    def relink(self, archive: sqlite3.Connection, release: int, touched: "Touched") -> None:
        """Give entities to the organizations and people of a release just written, and to all whom that concerns."""
        people = set(touched.people)
        for key in sorted(touched.keys):
            for row in resolve_acronym(archive, key):
                people.update(archive.execute(COMPANY, row))
        people.update(archive.execute("SELECT release_id, id FROM people WHERE release_id = ?", (release,)))
        for row in people:
            self.recognise(archive, row)
        join_people(archive, people)

    def recognise(self, archive: sqlite3.Connection, row: Row) -> None:
        """Write what a person is known by: each full name with each organization the release ties the person to."""
        release, identifier = row
        found = archive.execute("SELECT name FROM actors WHERE release_id = ? AND id = ?", row).fetchone()
        archive.execute("DELETE FROM recognitions WHERE release_id = ? AND id = ?", row)
        if found is None:
            return
        forms = archive.execute("SELECT form FROM forms WHERE release_id = ? AND id = ?", row)
        names = self.list_full_names({"name": found[0], "aliases": [form for (form,) in forms]})
        bodies = {body for person, body in archive.execute(TIES, (release,)) if person == identifier}
        for body in bodies:
            (entity,) = archive.execute(
                "SELECT entity FROM actors WHERE release_id = ? AND id = ?", (release, body)
            ).fetchone()
            archive.executemany(
                "INSERT OR IGNORE INTO recognitions VALUES (?, ?, ?, ?)",
                ((release, identifier, name, entity) for name in names),
            )


class Touched:
    """Whom the replacement of a release concerns: read it before the old rows go, add to it when the new ones stand."""

    def __init__(self, archive: sqlite3.Connection, release: int) -> None:
        self.archive = archive
        self.release = release
        self.keys: set[str] = set()
        self.people: set[Row] = set()
        self.note()

    def note(self) -> None:
        """Note the acronyms and the company of the people as they stand now."""
        self.keys.update(
            key
            for (key,) in self.archive.execute(
                "SELECT key FROM acronyms WHERE release_id = ?1 UNION SELECT key FROM actors "
                "WHERE release_id = ?1 AND kind = 'organization' AND instr(key, ' ') = 0",
                (self.release,),
            )
        )
        self.people.update(
            self.archive.execute(
                "SELECT release_id, id FROM actors WHERE entity IN "
                "(SELECT entity FROM actors WHERE release_id = ? AND kind = 'person')",
                (self.release,),
            )
        )


def fold_all(entries: Iterable[str]) -> Iterator[str]:
    """Yield the entries of one word, folded as the words of names are."""
    for entry in entries:
        if len(words := split_name(entry)) == 1:
            yield words[0]


def is_bracketed(alias: str, body: Record) -> bool:
    """Whether a mention of `alias` stands right behind a longer mention of the same body, as in 'Full Name (FN)'."""
    mentions = body["mentions"]
    ends = {mention["end"] for mention in mentions if len(mention["text"]) > len(alias)}
    starts = [mention["start"] for mention in mentions if mention["text"] == alias]
    return any(start - gap in ends for start in starts for gap in range(2, BRACKET_GAP + 1))


def resolve_acronym(archive: sqlite3.Connection, key: str) -> Iterator[Row]:
    """Give the organizations named by an acronym their entity; yield the people whom a change concerns.

    Two full names for one acronym leave it a body of its own: nobody knows which is meant.
    """
    targets = archive.execute(ENTITY_OF_ACRONYM, (key,)).fetchall()
    entity = f"organization:{targets[0][0] if len(targets) == 1 else key}"
    for row in archive.execute(RENAME, (entity, key)).fetchall():
        yield from archive.execute(TIED, row)


def join_people(archive: sqlite3.Connection, people: Iterable[Row]) -> None:
    """Give each of the people, and all who are recognised as one of them, the entity of the first in their company."""
    joined: set[Row] = set()
    for person in sorted(people):
        if person in joined:
            continue
        company, waiting = {person}, [person]
        while waiting:
            found = set(archive.execute(ACQUAINTED, waiting.pop())) - company
            company |= found
            waiting += found
        release, identifier = min(company)
        archive.executemany(
            "UPDATE actors SET entity = ?1 WHERE release_id = ?2 AND id = ?3 AND entity != ?1",
            ((f"person:{release}.{identifier}", *row) for row in company),
        )
        joined |= company
