-- The archive of many releases. docs/archive.md describes every table; offsets count characters, half-open.

CREATE TABLE releases (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    headline TEXT,
    subheadline TEXT,
    issuer TEXT COLLATE NOCASE,
    issuer_id TEXT,
    place TEXT COLLATE NOCASE,
    date TEXT,
    characters INTEGER NOT NULL,
    pressx TEXT NOT NULL,
    model TEXT NOT NULL,
    warnings TEXT NOT NULL
);
CREATE INDEX releases_by_date ON releases (date);

-- People and organizations of each release; `key` is the folded name, `entity` who they are across releases.
CREATE TABLE actors (
    release_id INTEGER NOT NULL REFERENCES releases ON DELETE CASCADE,
    id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organization')),
    name TEXT NOT NULL COLLATE NOCASE,
    key TEXT NOT NULL,
    entity TEXT NOT NULL,
    confidence REAL,
    PRIMARY KEY (release_id, id)
) WITHOUT ROWID;
CREATE INDEX actors_by_entity ON actors (entity, release_id, id);
CREATE INDEX actors_by_key ON actors (key, kind);

-- Every form of a name in a release, the fullest and the others.
CREATE TABLE forms (
    release_id INTEGER NOT NULL,
    id TEXT NOT NULL,
    form TEXT NOT NULL COLLATE NOCASE,
    PRIMARY KEY (release_id, id, form),
    FOREIGN KEY (release_id, id) REFERENCES actors ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX forms_by_form ON forms (form);

CREATE TABLE positions (
    release_id INTEGER NOT NULL,
    person_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL COLLATE NOCASE,
    organization_id TEXT,
    organization TEXT COLLATE NOCASE,
    status TEXT NOT NULL,
    confidence REAL,
    PRIMARY KEY (release_id, person_id, number),
    FOREIGN KEY (release_id, person_id) REFERENCES actors ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX positions_by_organization ON positions (release_id, organization_id);

CREATE TABLE dates (
    release_id INTEGER NOT NULL REFERENCES releases ON DELETE CASCADE,
    value TEXT NOT NULL,
    precision TEXT NOT NULL,
    first_day TEXT,
    last_day TEXT,
    inferred INTEGER NOT NULL,
    confidence REAL,
    PRIMARY KEY (release_id, value)
) WITHOUT ROWID;
CREATE INDEX dates_by_day ON dates (first_day, last_day);

CREATE TABLE agreements (
    release_id INTEGER NOT NULL REFERENCES releases ON DELETE CASCADE,
    id TEXT NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    date TEXT,
    value TEXT,
    amount REAL,
    currency TEXT,
    purpose TEXT,
    confidence REAL,
    PRIMARY KEY (release_id, id)
) WITHOUT ROWID;
CREATE INDEX agreements_by_kind ON agreements (kind, status);

CREATE TABLE parties (
    release_id INTEGER NOT NULL,
    agreement_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    id TEXT,
    name TEXT NOT NULL COLLATE NOCASE,
    PRIMARY KEY (release_id, agreement_id, number),
    FOREIGN KEY (release_id, agreement_id) REFERENCES agreements ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX parties_by_actor ON parties (release_id, id);

CREATE TABLE signatories (
    release_id INTEGER NOT NULL,
    agreement_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    person_id TEXT,
    person TEXT NOT NULL COLLATE NOCASE,
    organization_id TEXT,
    organization TEXT COLLATE NOCASE,
    title TEXT COLLATE NOCASE,
    PRIMARY KEY (release_id, agreement_id, number),
    FOREIGN KEY (release_id, agreement_id) REFERENCES agreements ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX signatories_by_organization ON signatories (release_id, organization_id);

CREATE TABLE quotations (
    release_id INTEGER NOT NULL REFERENCES releases ON DELETE CASCADE,
    number INTEGER NOT NULL,
    speaker_id TEXT,
    speaker TEXT COLLATE NOCASE,
    text TEXT NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    rule TEXT NOT NULL,
    confidence REAL,
    PRIMARY KEY (release_id, number)
) WITHOUT ROWID;
CREATE INDEX quotations_by_speaker ON quotations (release_id, speaker_id);

CREATE TABLE contacts (
    release_id INTEGER NOT NULL REFERENCES releases ON DELETE CASCADE,
    number INTEGER NOT NULL,
    name TEXT COLLATE NOCASE,
    organization TEXT COLLATE NOCASE,
    email TEXT COLLATE NOCASE,
    phone TEXT,
    url TEXT,
    PRIMARY KEY (release_id, number)
) WITHOUT ROWID;

-- Where each value stands in its release. `subject` is p1, o1, a1, the value of a date, or p1.1 for a position.
CREATE TABLE evidence (
    release_id INTEGER NOT NULL REFERENCES releases ON DELETE CASCADE,
    subject TEXT NOT NULL,
    number INTEGER NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    text TEXT NOT NULL,
    rule TEXT NOT NULL,
    PRIMARY KEY (release_id, subject, number)
) WITHOUT ROWID;

-- Acronyms that a release defines: `key` stands for the organization whose name folds to `target`.
CREATE TABLE acronyms (
    key TEXT NOT NULL,
    target TEXT NOT NULL,
    release_id INTEGER NOT NULL REFERENCES releases ON DELETE CASCADE,
    PRIMARY KEY (key, target, release_id)
) WITHOUT ROWID;
CREATE INDEX acronyms_by_release ON acronyms (release_id);

-- What a person is recognised by in another release: a full name together with an organization.
CREATE TABLE recognitions (
    release_id INTEGER NOT NULL,
    id TEXT NOT NULL,
    key TEXT NOT NULL,
    organization TEXT NOT NULL,
    PRIMARY KEY (release_id, id, key, organization),
    FOREIGN KEY (release_id, id) REFERENCES actors ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX recognitions_by_key ON recognitions (key, organization, release_id, id);

CREATE VIRTUAL TABLE search USING fts5 (
    headline, names, titles, agreements, quotations, text, tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER forget_release AFTER DELETE ON releases BEGIN
    DELETE FROM search WHERE rowid = old.id;
END;

CREATE VIEW people AS SELECT release_id, id, name, entity, confidence FROM actors WHERE kind = 'person';

CREATE VIEW organizations AS SELECT release_id, id, name, entity, confidence FROM actors WHERE kind = 'organization';

CREATE VIEW known_as AS
SELECT forms.form, actors.entity, actors.kind, actors.release_id, actors.id FROM forms JOIN actors USING (release_id, id);

CREATE VIEW roles AS
SELECT
    positions.release_id,
    person.name AS person,
    person.entity AS person_entity,
    positions.title,
    positions.status,
    positions.organization,
    organization.entity AS organization_entity
FROM positions
JOIN actors AS person ON person.release_id = positions.release_id AND person.id = positions.person_id
LEFT JOIN actors AS organization
    ON organization.release_id = positions.release_id AND organization.id = positions.organization_id;

CREATE VIEW agreement_parties AS
SELECT parties.release_id, parties.agreement_id, parties.name, actors.entity
FROM parties
LEFT JOIN actors ON actors.release_id = parties.release_id AND actors.id = parties.id;

CREATE VIEW speakers AS
SELECT quotations.release_id, quotations.number, quotations.speaker, actors.entity, quotations.text
FROM quotations
LEFT JOIN actors ON actors.release_id = quotations.release_id AND actors.id = quotations.speaker_id;

-- Who is the same as whom in an earlier release, and why; each is linked to the first release that has the reason.
CREATE VIEW links AS
SELECT
    actors.kind,
    actors.entity,
    actors.release_id,
    actors.id,
    first.release_id AS other_release_id,
    first.id AS other_id,
    CASE
        WHEN actors.key = first.key THEN 'same name "' || actors.key || '"'
        WHEN instr(actors.key, ' ') THEN 'a release defines "' || first.key || '" as short for "' || actors.key || '"'
        ELSE 'a release defines "' || actors.key || '" as short for "' || first.key || '"'
    END AS reason
FROM actors
JOIN actors AS first ON first.entity = actors.entity
WHERE
    actors.kind = 'organization'
    AND (first.release_id, first.id) = (
        SELECT other.release_id, other.id FROM actors AS other
        WHERE other.entity = actors.entity ORDER BY other.release_id, other.id LIMIT 1
    )
    AND (first.release_id, first.id) < (actors.release_id, actors.id)
UNION ALL
SELECT
    'person',
    actors.entity,
    recognitions.release_id,
    recognitions.id,
    first.release_id,
    first.id,
    'same name "' || recognitions.key || '" and same organization "' || substr(recognitions.organization, 14) || '"'
FROM recognitions
JOIN actors USING (release_id, id)
JOIN recognitions AS first
    ON first.key = recognitions.key AND first.organization = recognitions.organization
WHERE
    (first.release_id, first.id) = (
        SELECT other.release_id, other.id FROM recognitions AS other
        WHERE other.key = recognitions.key AND other.organization = recognitions.organization
        ORDER BY other.release_id, other.id LIMIT 1
    )
    AND (first.release_id, first.id) < (recognitions.release_id, recognitions.id);
