"""The records pressx writes: frozen Pydantic models, the published contract of the output (schema version 1.0).

Absent facts are null or []; no key is ever missing. Offsets count characters of the decoded text, half-open, and
`text[start:end]` of the input is the `text` of the record. Field meanings follow the annotation guidelines.
"""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA_VERSION: Literal["1.0"] = "1.0"

AgreementKind = Literal[
    "cooperation", "partnership", "mou", "letter_of_intent", "acquisition", "merger", "joint_venture", "license",
    "distribution", "supply", "services", "financing", "sponsorship", "settlement", "plea", "treaty", "employment",
    "other",
]  # fmt: skip
AgreementStatus = Literal["proposed", "signed", "completed", "amended", "terminated"]
PositionStatus = Literal["current", "former", "incoming"]
DatePrecision = Literal["day", "month", "quarter", "half", "season", "year", "decade", "range"]

DAY_PATTERN = r"(?:\d{4}|XXXX)-\d{2}-\d{2}"
POINT_PATTERN = r"(?:\d{4}|XXXX)(?:-(?:\d{2}(?:-\d{2})?|Q[1-4]|H[12]|SP|SU|FA|WI))?"
VALUE_PATTERN = rf"^(?:{POINT_PATTERN}|\d{{3}}X|{POINT_PATTERN}/{POINT_PATTERN}|{POINT_PATTERN}/|/{POINT_PATTERN})$"

DateValue = Annotated[str, Field(pattern=VALUE_PATTERN, description="ISO 8601 / TIMEX3 value of a date.")]
Name = Annotated[str, Field(min_length=1)]
ConfidenceValue = Annotated[
    float,
    Field(ge=0, le=1, description="Share of right ones among values found in the same way on annotated releases."),
]


class Record(BaseModel):
    """Base of all records: frozen, and strict about keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)


class Evidence(Record):
    """The characters a value was read from, and what read them."""

    start: int = Field(ge=0, description="First character, counted from 0 in the decoded text.")
    end: int = Field(ge=0, description="One past the last character.")
    text: Name = Field(description="The characters themselves: text[start:end] of the input, unchanged.")
    rule: Name = Field(description="Id of the rule, or name of the model, that found it.")

    @model_validator(mode="after")
    def check_length(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError("the interval is not as long as its text")
        return self


class Generator(Record):
    """What made the record."""

    pressx: Name = Field(description="Version of pressx.")
    model: Name = Field(description="Name and version of the entity model.")


class SourceRecord(Record):
    """The input the record was made from."""

    name: str = Field(description="Path or name of the input as given; '-' for standard input.")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the input's bytes.")
    characters: int = Field(ge=0, description="Length of the decoded text in characters (code points).")
    media_type: Name = Field(description="Media type the input was read as.")


class Contact(Record):
    """Somebody or something to get in touch with, as the contact block gives it."""

    name: str | None = Field(description="Person to contact.")
    organization: str | None = Field(description="Organization of the contact.")
    email: str | None = Field(description="E-mail address as written.")
    phone: str | None = Field(description="Telephone number as written.")
    url: str | None = Field(description="Web address as written.")
    evidence: tuple[Evidence, ...] = Field(description="Where each part stands.")


class ReleaseFacts(Record):
    """The skeleton of the release."""

    headline: str | None = Field(description="First line of the release; null when the text opens with its body.")
    subheadline: str | None = Field(description="Line under the headline.")
    issuer: str | None = Field(description="The organization that speaks.")
    place: str | None = Field(description="City of the dateline as written, without state or country.")
    date: DateValue | None = Field(description="Date of the release itself.")
    contacts: tuple[Contact, ...] = Field(description="People and addresses given for inquiries.")


class Position(Record):
    """A role of a person."""

    title: Name = Field(description="Title as written, without the person and the organization.")
    organization: str | None = Field(description="Fullest name in the text of the body the role is in.")
    organization_id: str | None = Field(description="Id in organizations[], null when unknown.")
    status: PositionStatus = Field(description="Whether the role is held, was held, or will be.")
    evidence: Evidence = Field(description="The title in the text and the rule that tied it to the person.")
    confidence: ConfidenceValue


class Person(Record):
    """A named human being."""

    id: Name = Field(description="Unique in this record: p1, p2, ...")
    name: Name = Field(description="Fullest form in the text, without honorifics and credentials.")
    aliases: tuple[Name, ...] = Field(description="Other forms used in the text.")
    mentions: tuple[Evidence, ...] = Field(min_length=1, description="Every place the person is named.")
    positions: tuple[Position, ...] = Field(description="Roles the text states.")
    confidence: ConfidenceValue


class Organization(Record):
    """A named organization."""

    id: Name = Field(description="Unique in this record: o1, o2, ...")
    name: Name = Field(description="Fullest form in the text.")
    aliases: tuple[Name, ...] = Field(description="Other forms used in the text: short forms, acronyms, misspellings.")
    mentions: tuple[Evidence, ...] = Field(min_length=1, description="Every place the organization is named.")
    confidence: ConfidenceValue


class Date(Record):
    """A point or stretch on the calendar."""

    value: DateValue = Field(description="ISO 8601 / TIMEX3 value.")
    precision: DatePrecision = Field(description="How much of the calendar the value spans.")
    first_day: str | None = Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description="First day spanned, null if unknown.")
    last_day: str | None = Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description="Last day spanned, null if unknown.")
    inferred: bool = Field(description="Whether the year or day was worked out from the release's own date.")
    mentions: tuple[Evidence, ...] = Field(min_length=1, description="Every expression with this value.")
    confidence: ConfidenceValue


class Money(Record):
    """An amount of money."""

    text: Name = Field(description="Amount as written.")
    amount: float | None = Field(ge=0, description="The number it says, null if it names none.")
    currency: str | None = Field(pattern=r"^[A-Z]{3}$", description="ISO 4217 code, null if the text leaves it open.")


class Party(Record):
    """Somebody bound by an agreement."""

    name: Name = Field(description="Name as in organizations[] or people[].")
    id: str | None = Field(description="Id of that entry, null when the name is listed in neither.")


class Signatory(Record):
    """A person said to have signed, and for whom."""

    person: Name = Field(description="Name as in people[].")
    person_id: str | None = Field(description="Id in people[].")
    organization: str | None = Field(description="Whom the person signed for.")
    organization_id: str | None = Field(description="Id in organizations[].")
    title: str | None = Field(description="Title the text gives the signatory.")


class Agreement(Record):
    """A formal arrangement between parties of which at least one is named."""

    id: Name = Field(description="Unique in this record: a1, a2, ...")
    text: Name = Field(description="The words that name it.")
    kind: AgreementKind = Field(description="What sort of arrangement it is.")
    status: AgreementStatus = Field(description="How far it has come.")
    date: DateValue | None = Field(description="When it was signed, took effect or closed.")
    value: Money | None = Field(description="Money involved.")
    parties: tuple[Party, ...] = Field(min_length=1, description="Who is bound by it.")
    signatories: tuple[Signatory, ...] = Field(description="Who signed.")
    purpose: str | None = Field(description="What it is for, in the text's words.")
    evidence: tuple[Evidence, ...] = Field(min_length=1, description="Every place that tells of it.")
    confidence: ConfidenceValue


class Quotation(Record):
    """Words in quotation marks and who said them."""

    speaker: str | None = Field(description="Name as in people[] or organizations[].")
    speaker_id: str | None = Field(description="Id of that entry.")
    text: Name = Field(description="The words between the marks: text[start:end] of the input.")
    start: int = Field(ge=0, description="First character between the marks.")
    end: int = Field(ge=0, description="One past the last character between the marks.")
    rule: Name = Field(description="Id of the rule that tied the words to the speaker.")
    confidence: ConfidenceValue


class BlockRecord(Record):
    """A stretch of the release."""

    kind: Name = Field(description="What the stretch is for: headline, dateline, body, ...")
    start: int = Field(ge=0, description="First character.")
    end: int = Field(ge=0, description="One past the last character.")


class Release(Record):
    """Everything read from one press release."""

    schema_version: Literal["1.0"] = Field(description="Version of this schema.")
    generator: Generator
    source: SourceRecord
    release: ReleaseFacts
    people: tuple[Person, ...]
    organizations: tuple[Organization, ...]
    dates: tuple[Date, ...]
    agreements: tuple[Agreement, ...]
    quotations: tuple[Quotation, ...]
    blocks: tuple[BlockRecord, ...] = Field(description="Blocks that tile the text.")
    warnings: tuple[str, ...] = Field(description="What the reader of the record should know.")
