"""The tokenizer: spaCy's English one, which here also cuts words that a lost line break glued together."""

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

from pressx.layout import Layout, segment

# "TorresEmail", "2025About", "Ltd.About": a capitalised word that starts inside a token. At least two lower-case
# letters must come before, so that "McDonald" and "DeVos" stay whole; a name such as "NetDragon" becomes two tokens,
# which costs nothing since a span may cover both.
GLUED = (
    r"(?<=[a-z][a-z])(?=[A-Z][A-Za-z])",
    r"(?<=[0-9)\]\"'’”])(?=[A-Z][a-z])",
    r"(?<=[a-z]\.)(?=[A-Z])",
    r"(?<=[.!?,][\"”])(?=[\"“])",
    r"(?<=\.com)(?=[0-9A-Z])",
    r"(?<=[a-z][a-z])(?=[0-9(][0-9][0-9])",
    r"(?<=[0-9][0-9][0-9])(?=[A-Za-z][a-z][a-z])",
    r"(?<=[a-z])(?=https?:)",
    r"(?<=[A-Z][A-Z])(?=[A-Z][a-z][a-z])",
    r"(?<=GmbH)(?=[A-Z])",
    *(rf"(?<={end}\.)(?=[A-Z0-9])" for end in ("Inc", "INC", "Corp", "Ltd")),
    r"(?<=[A-Z][A-Z]\.)(?=[A-Z][a-z])",
    r"(?<=[a-z])\((?=[A-Z])",
    # "ACMEACME": a name and the same name on the next line.
    *(rf"(?<=^(?P<twice{n}>[A-Z0-9]\w{{{n}}}))(?=(?P=twice{n})$)" for n in range(2, 12)),
    r"(?<=[\w).])[:?!|\u2013\u2014\u201c\u201d\"](?=\w)",
)


def cut_glued_words(nlp: Language) -> None:
    """Add our infix rules to the tokenizer of `nlp`; web addresses are cut like other tokens, since words stick to them."""
    tokenizer: Any = nlp.tokenizer
    tokenizer.url_match = None
    infixes = [*(nlp.Defaults.infixes or ()), *GLUED]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer


def make_doc(nlp: Language, text: str, layout: Layout | None = None, date: str | None = None) -> Doc:
    """Return the tokens of `text` with its layout; `date` is an ISO day for a release that does not state its own.

    The whole text is tokenized whatever its length.
    """
    doc = nlp.tokenizer(text)
    doc.user_data["pressx_layout"] = layout if layout is not None else segment(text)
    doc.user_data["pressx_date"] = date
    return doc


def get_layout(doc: Doc) -> Layout:
    """Return the layout given to `make_doc`, or that of the doc's text when the doc was made otherwise."""
    if "pressx_layout" not in doc.user_data:
        doc.user_data["pressx_layout"] = segment(doc.text)
    layout: Layout = doc.user_data["pressx_layout"]
    return layout


def get_given_date(doc: Doc) -> str | None:
    """Return the ISO day that the user gave for the release, if any."""
    date: str | None = doc.user_data.get("pressx_date")
    return date
