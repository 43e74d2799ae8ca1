"""The tokenizer: spaCy's English one, which here also cuts words that a lost line break glued together."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_suffix_regex

from pressx.layout import Layout, segment

LOWER = "a-zß-öø-ÿ"
# "TorresEmail", "2025About", "Ltd.About": a capitalised word that starts inside a token. At least two lower-case
# letters must come before, so that "McDonald" and "DeVos" stay whole; a name such as "NetDragon" becomes two tokens,
# which costs nothing since a span may cover both.
GLUED = (
    rf"(?<=[{LOWER}][{LOWER}])(?=[A-Z][A-Za-z]|E-mail)",
    rf"(?<=[{LOWER}][{LOWER}])(?=[TPMFOCE]$)",  # "DirectorT: 555": the letter that stands for telephone, mobile, e-mail ...
    r"(?<=[0-9)\]\"'’”])(?=[A-Z][a-z])",
    r"(?<=[a-z]\.)(?=[A-Z])",
    r"(?<=[.!?,][\"”])(?=[\"“])",
    r"(?<=\.com)(?=[0-9A-Z])",
    rf"(?<=[{LOWER}][{LOWER}])(?=[0-9(][0-9][0-9])",
    r"(?<=[0-9][0-9][0-9])(?=[A-Za-z][a-z][a-z])",
    r"(?<=[a-z])(?=https?:)",
    r"(?<=Ph\.D\.)(?=[A-Z])|(?<=PhD)(?=[A-Z])",
    *(
        rf"(?<=^{chief})(?=[A-Z]{{2}})" for chief in ("CEO", "CFO", "CTO", "CMO")
    ),  # "CEOPCG Partners"; not "COOPERATION"
    r"(?<=[A-Z][A-Z])(?=[a-z][a-z.]{2,30}@)",  # "CEOada@..."
    r"(?<=[A-Z][A-Z])(?=[A-Z][a-z][a-z])(?![A-Z][a-z.]{2,30}@)",
    r"(?<=GmbH)(?=[A-Z])",
    *(rf"(?<={end}\.)(?=[A-Z0-9])" for end in ("Inc", "INC", "Corp", "Ltd")),
    r"(?<=[A-Z][A-Z]\.)(?=[A-Z][a-z])",
    r"(?<=[a-z])\((?=[A-Z]|[a-z]{2})",
    # "ACMEACME": a name and the same name on the next line.
    *(rf"(?<=^(?P<twice{n}>[A-Z0-9]\w{{{n}}}))(?=(?P=twice{n})$)" for n in range(2, 12)),
    r"(?<=[\w).])[:?!|\u2013\u2014\u201c\u201d\"](?=\w)",
)

# "signed the MoU.": a full stop that spaCy takes for an abbreviation's.
STOP = r"(?<=[A-Z][a-z][A-Z])(?<!SpA)\."

# spaCy takes marks off a word one by one and copies what is left each time: 16,000 flags in a row took it 25 seconds.
# A run without white space is therefore given to it in parts, which makes the time linear. The longest of the corpus'
# words, ten web addresses glued together, has 497 characters.
LONGEST_RUN = 500
LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")
# Half a character that a broken decoding left: no UTF-8 can hold it, so spaCy can't read it.
SURROGATE = re.compile("[\ud800-\udfff]")


def cut_glued_words(nlp: Language) -> None:
    """Add our infix rules to the tokenizer of `nlp`; web addresses are cut like other tokens, since words stick to them."""
    tokenizer: Any = nlp.tokenizer
    tokenizer.url_match = None
    infixes = [*(nlp.Defaults.infixes or ()), *GLUED]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    tokenizer.suffix_search = compile_suffix_regex([*(nlp.Defaults.suffixes or ()), STOP]).search


def make_doc(nlp: Language, text: str, layout: Layout | None = None, date: str | None = None) -> Doc:
    """Return the tokens of `text` with its layout; `date` is an ISO day for a release that does not state its own.

    The whole text is tokenized whatever its length; lone surrogates stand in the doc as U+FFFD.
    """
    doc = tokenize(nlp, SURROGATE.sub("\ufffd", text))
    doc.user_data["pressx_layout"] = layout if layout is not None else segment(text)
    doc.user_data["pressx_date"] = date
    return doc


def tokenize(nlp: Language, text: str) -> Doc:
    """Return the tokens of `text`, no token longer than LONGEST_RUN but where white space makes it so."""
    if LONG_RUN.search(text) is None:
        return nlp.tokenizer(text)
    doc = Doc.from_docs([nlp.tokenizer(part) for part in cut_long_runs(text)], ensure_whitespace=False)
    return doc if doc is not None else nlp.tokenizer(text)


def cut_long_runs(text: str) -> Iterator[str]:
    """Yield the parts of `text`: it is cut before and inside each run without white space that is too long."""
    cuts = {0, len(text)}
    for run in LONG_RUN.finditer(text):
        cuts.update(range(run.start(), run.end(), LONGEST_RUN))
    for start, end in pairwise(sorted(cuts)):
        yield text[start:end]


def check_surrogates(text: str) -> str | None:
    """Return a warning when `text` holds lone surrogates, None when it holds none."""
    count = sum(1 for _ in SURROGATE.finditer(text))
    return f"The text was decoded wrongly: {count} lone surrogates were read as U+FFFD." if count else None


def get_text(doc: Doc) -> str:
    """Return the text of a doc, spelled once: spaCy spells it from all tokens whenever it is asked for."""
    if "pressx_text" not in doc.user_data:
        doc.user_data["pressx_text"] = doc.text
    text: str = doc.user_data["pressx_text"]
    return text


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
