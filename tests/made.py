"""Records made by hand, for tests of what is done with records: no pipeline, every field as the test says."""

import hashlib
from pathlib import Path

from pressx.records import Release

SURE = 0.9


def make_release(name, *, people=(), organizations=(), agreements=(), quotations=(), dates=(), **facts):
    """Return a record.

    people: (name, aliases, [(title, organization or None)]); organizations: (name, aliases);
    agreements: (kind, [party], [(person, organization)]); quotations: (speaker, text); dates: [value].
    """
    ids = {person[0]: f"p{count}" for count, person in enumerate(people, start=1)}
    ids |= {body[0]: f"o{count}" for count, body in enumerate(organizations, start=1)}
    text = facts.pop("text", None)
    return Release.model_validate(
        {
            "schema_version": "1.0",
            "generator": {"pressx": "0", "model": "hand"},
            "source": {
                "name": name,
                "sha256": hashlib.sha256((text or name).encode("utf-8", "surrogatepass")).hexdigest(),
                "characters": 1000,
                "media_type": "text/plain",
            },
            "release": {
                **dict.fromkeys(("headline", "subheadline", "issuer", "place", "date")),
                "contacts": (),
                **facts,
            },
            "people": [
                {
                    "id": ids[person],
                    "name": person,
                    "aliases": aliases,
                    "mentions": mention(person, *aliases),
                    "positions": [
                        {
                            "title": title,
                            "organization": body,
                            "organization_id": ids.get(body),
                            "status": "current",
                            "evidence": mention(title)[0],
                            "confidence": SURE,
                        }
                        for title, body in positions
                    ],
                    "confidence": SURE,
                }
                for person, aliases, positions in people
            ],
            "organizations": [
                {
                    "id": ids[body],
                    "name": body,
                    "aliases": aliases,
                    "mentions": mention(body, *aliases),
                    "confidence": SURE,
                }
                for body, aliases in organizations
            ],
            "dates": [
                {
                    "value": value,
                    "precision": "day",
                    "first_day": None,
                    "last_day": None,
                    "inferred": False,
                    "mentions": mention(value),
                    "confidence": SURE,
                }
                for value in dates
            ],
            "agreements": [
                {
                    "id": f"a{count}",
                    "text": f"{kind} agreement",
                    "kind": kind,
                    "status": "signed",
                    "date": None,
                    "value": None,
                    "parties": [{"name": party, "id": ids.get(party)} for party in parties],
                    "signatories": [
                        {
                            "person": person,
                            "person_id": ids.get(person),
                            "organization": body,
                            "organization_id": ids.get(body),
                            "title": None,
                        }
                        for person, body in signatories
                    ],
                    "purpose": None,
                    "evidence": mention(f"{kind} agreement"),
                    "confidence": SURE,
                }
                for count, (kind, parties, signatories) in enumerate(agreements, start=1)
            ],
            "quotations": [
                {
                    "speaker": speaker,
                    "speaker_id": ids.get(speaker),
                    "text": words,
                    "start": 0,
                    "end": len(words),
                    "rule": "hand",
                    "confidence": SURE,
                }
                for speaker, words in quotations
            ],
            "blocks": [],
            "warnings": [],
        }
    )


def mention(*forms):
    """Return a mention of each form, 50 characters apart."""
    return [
        {"start": 50 * count, "end": 50 * count + len(form), "text": form, "rule": "hand"}
        for count, form in enumerate(forms)
    ]


def write_record(release, folder, name=None):
    """Write a record as pressx would and return its path."""
    path = Path(folder, f"{name or release.source.name}.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(release.model_dump_json(), encoding="utf-8")
    return path
