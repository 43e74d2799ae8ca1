"""E-mails: the subject and the body as text, the date of the head."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import HeaderParseError, MessageError
from email.header import decode_header as split_header
from email.message import Message
from email.utils import parsedate_to_datetime

from pressx.errors import ReadingError
from pressx.intake import Limits
from pressx.media import HTML, PLAIN
from pressx.reading.decoding import decode
from pressx.reading.document import Document, add_headline

# The parser compares each line with the boundary of every part that is open: a message of a few parts with 25 MB of
# attachments has 2 million comparisons, which take a second.
MOST_COMPARISONS = 20_000_000
MOST_PARTS = 200
BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
LONGEST_HEADER = 2000  # characters that are decoded
# Declared for what is none of them, or codecs of Python's own that no mail program writes and that may take for ever.
UNDECLARED = frozenset({"us-ascii", "unknown-8bit", "punycode", "idna", "unicode_escape", "raw_unicode_escape"})


def read_mail(data: bytes, limits: Limits) -> Document:
    """Return subject and body, the plain one where there is one. Raises ReadingError when there is no body."""
    message = parse_message(data)
    try:
        texts = [text for text in list_texts(message) if text.strip()]
    except RecursionError as error:
        raise ReadingError("is an e-mail of too many parts inside each other") from error
    if not texts:
        raise ReadingError("is an e-mail without a text")
    return Document(add_headline(find_subject(message), "\n\n".join(texts)), find_date(message))


def parse_message(data: bytes) -> Message:
    """Return a message. Raises ReadingError when it is none, or so nested that parsing it would not end."""
    boundaries = sum(1 for _ in BOUNDARY.finditer(data))
    if boundaries > MOST_PARTS or (1 + boundaries) * data.count(b"\n") > MOST_COMPARISONS:
        raise ReadingError("is an e-mail of too many parts inside each other")
    try:
        message = message_from_bytes(data, policy=policy.compat32)
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise ReadingError(f"is a broken e-mail: {' '.join(str(error).split())}") from error
    if not any(name.lower() in ("from", "date", "subject", "received", "mime-version") for name in message.keys()):  # noqa: SIM118  # a message is no mapping
        raise ReadingError("is no e-mail: it has no head")
    return message


def list_texts(part: Message) -> Iterator[str]:
    """Yield the texts of the body in their order; of alternatives the plain one, else the last, which is the richest."""
    if is_attachment(part):
        return
    if part.is_multipart():
        children = list_parts(part)
        if part.get_content_subtype() == "alternative":
            ranked = [*(child for child in children if child.get_content_type() == PLAIN), *reversed(children)]
            tried = (list(list_texts(child)) for child in ranked)
            yield from next((texts for texts in tried if any(text.strip() for text in texts)), [])
            return
        for child in children:
            yield from list_texts(child)
    elif part.get_content_type() == PLAIN:
        yield decode_part(part)
    elif part.get_content_type() == HTML:
        from pressx.reading.webpage import read_visible  # noqa: PLC0415  # needs an extra

        yield read_visible(decode_part(part))


def list_parts(part: Message) -> list[Message]:
    """Return the parts of a part that has some."""
    payload = part.get_payload() if part.is_multipart() else []
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def is_attachment(part: Message) -> bool:
    """Whether a part is a document of its own and not the message's text."""
    if part.get_content_type() == "message/rfc822" or part.get_content_disposition() == "attachment":
        return True
    return part.get_content_maintype() != "multipart" and bool(part.get_filename())


def decode_part(part: Message) -> str:
    """Return the text of a part in the encoding it declares, else in the one its bytes show. Raises ReadingError."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = part.get_content_charset()
    if charset and charset not in UNDECLARED:
        try:
            return data.decode(charset).removeprefix("\ufeff")
        except (UnicodeDecodeError, LookupError, ValueError):
            pass  # declared wrongly
    return decode(data).text


def find_subject(message: Message) -> str:
    return " ".join(decode_header(str(message.get("Subject") or "")).split())


def decode_header(text: str) -> str:
    """Return a header with its encoded words decoded; those that can't be stay as they are."""
    try:
        return "".join(
            part
            if isinstance(part, str)
            else part.decode("latin-1" if not charset or charset in UNDECLARED else charset, errors="replace")
            for part, charset in split_header(text[:LONGEST_HEADER])
        )
    except (HeaderParseError, LookupError, ValueError):
        return text


def find_date(message: Message) -> str | None:
    """Return the day on which the message was sent, where it was sent; None when the head does not say so rightly."""
    try:
        return parsedate_to_datetime(str(message["Date"])).date().isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
