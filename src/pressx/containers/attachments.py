"""Attachments: the documents that come with an e-mail, each an input of its own."""

from collections.abc import Iterator
from email.message import Message

from pressx.containers.member import Loss, Member, show
from pressx.errors import ReadingError
from pressx.media import MAIL, SUFFIXES, UNKNOWN, Kind, identify
from pressx.reading.mail import decode_header, find_date, is_attachment, list_parts, parse_message

NAMES = {media_type: suffix for suffix, media_type in reversed(SUFFIXES.items())}


def read_attachments(data: bytes) -> Iterator[Member | Loss]:
    """Yield the attachments of known formats, dated as their message is. Raises ReadingError when it can't be parsed.

    A logo, a signature or a calendar entry is no input.
    """
    message = parse_message(data)
    date = find_date(message)
    for number, part in enumerate(list_attached(message), start=1):
        name, kind = name_attachment(part, number)
        if kind.media_type != UNKNOWN:
            try:
                yield Member(name, decode_attachment(part), kind, date)
            except ReadingError as error:
                yield Loss(name, str(error))


def list_attached(message: Message) -> Iterator[Message]:
    """Yield the attached parts in their order; of an attached message nothing inside it, since it is opened in turn."""
    parts = [message]
    while parts:
        part = parts.pop()
        if part is not message and is_attachment(part):
            yield part
        else:
            parts += reversed(list_parts(part))


def name_attachment(part: Message, number: int) -> tuple[str, Kind]:
    """Return what an attachment is called and what it is: by the suffix of its name, else by its declared type."""
    declared = part.get_content_type()
    name = show(" ".join(decode_header(part.get_filename() or "").split()))
    kind = identify(name)
    if declared == MAIL or (kind.media_type == UNKNOWN and declared in NAMES):
        kind = Kind(declared, "", "")
        name = name if name.lower().endswith(".eml") else f"{name or f'attachment {number}'}{NAMES[declared]}"
    return name, kind


def decode_attachment(part: Message) -> bytes:
    """Return the bytes of an attachment. Raises ReadingError."""
    payload = part.get_payload(0) if part.is_multipart() else part.get_payload(decode=True)
    if isinstance(payload, Message):
        return payload.as_bytes()
    if not isinstance(payload, bytes) or part.defects:
        raise ReadingError("is a broken attachment")
    return payload
