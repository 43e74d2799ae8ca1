"""Organizations: where their names end, which form names them, and that chance decides nothing."""

import os
import re
import subprocess
import sys

import pytest
import spacy

from pressx.folding import fold
from pressx.organizations import Organizations
from pressx.rules import load_rules
from pressx.spans import Mention, write_group
from pressx.tokenization import cut_glued_words, make_doc

PIPELINE = spacy.blank("en")
cut_glued_words(PIPELINE)
ORGANIZATIONS = Organizations(load_rules())
MARK = re.compile(r"\[([^\]]+)\]\((\w)(?: ([\d.]+))?\)")
LABELS = {"o": "ORG", "p": "PERSON", "t": "TITLE"}


def read_marks(marked):
    """Return the doc of a text whose marks are what the model has read: [Acme](o 0.9), [Ada Quill](p)."""
    text, position, read = "", 0, []
    for mark in MARK.finditer(marked):
        text += marked[position : mark.start()]
        read.append((len(text), len(text) + len(mark[1]), LABELS[mark[2]], float(mark[3] or 0.99)))
        text += mark[1]
        position = mark.end()
    doc = make_doc(PIPELINE, text + marked[position:])
    mentions = [Mention(start, end, label, "hand", fact={"support": p}) for start, end, label, p in read]
    write_group(doc, "ner", mentions, probabilities=[p for *_, p in read])
    people = [mention for mention in mentions if mention.label == "PERSON"]
    return write_group(doc, "people", people)


def find(marked):
    doc = read_marks(marked)
    return [doc.text[mention.start : mention.end] for mention in ORGANIZATIONS.link(doc, fold(doc.text))]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param(
            "[Tanoka Department of Law\n\nFraud Bureau](o)\n\nA clerk was charged today in the court of the town.",
            ["Tanoka Department of Law", "Fraud Bureau"],
            id="two lines, two blocks",
        ),
        pytest.param(
            "He spoke with [Norvik Bureau of Quays and Inspector](o) [Ada Quill](p) today.",
            ["Norvik Bureau of Quays"],
            id="a title before a person",
        ),
        pytest.param("[Norvik Collective | Fractional Crews](o) grows.", ["Norvik Collective"], id="a bar"),
        pytest.param(
            "It bought [Norvik Holdings](o) (Australia) Pty Ltd last year.",
            ["Norvik Holdings (Australia) Pty Ltd"],
            id="a branch in brackets",
        ),
        pytest.param("[Norvik Holdings](o) (Australia) is old.", ["Norvik Holdings"], id="brackets without legal form"),
        pytest.param(
            "The [Norvik Trade Council](o) (NTC) came. [Norvik Trade Council and Digital Rivers Association](o) signed.",
            ["Norvik Trade Council", "Norvik Trade Council", "Digital Rivers Association"],
            id="two bodies, one presented in full",
        ),
        pytest.param(
            "[Norvik Cancer Center and Research Institute](o) opens. The [Norvik Cancer Center](o) is new.",
            ["Norvik Cancer Center and Research Institute", "Norvik Cancer Center"],
            id="one body with a short form",
        ),
        pytest.param(
            "The [NTC](o) came. Call [NTC's Public Affairs Department](o).",
            ["NTC", "NTC", "Public Affairs Department"],
            id="a department and its owner",
        ),
        pytest.param(
            "[Ada's Children's Hospital](o) opens.", ["Ada's Children's Hospital"], id="a name with a possessive"
        ),
    ],
)
def test_a_name_ends_where_the_text_says(marked, expected):
    assert find(marked) == expected


@pytest.mark.parametrize(
    ("marked", "doubtful"),
    [
        ("The [Institute of Northern Quays](o 0.3) (INQ) opens.", False),
        ("The [Institute of Northern Quays](o 0.3) (Norvik) opens.", True),
        ("The [Institute of Northern Quays Ltd](o 0.3) opens.", False),
        ("The [Institute of Northern Quays](o 0.8) opens.", False),
    ],
)
def test_a_name_whose_initials_follow_is_not_doubtful(marked, doubtful):
    doc = read_marks(marked)
    (mention,) = ORGANIZATIONS.link(doc, fold(doc.text))
    assert ORGANIZATIONS.is_doubtful(fold(doc.text), mention) is doubtful


# Two forms of one body with as many words: which of them counts as the fullest must not hang on the hashes of strings.
TIED = """
from pressx.bodies import Bodies
from pressx.rules import load_rules
from pressx.shortforms import ShortForms
from pressx.spans import Mention
rules = load_rules()
text = "Norvik Museum and Kestrel Quay and Harrow Ltd Pine"
fact = {"probability": 0.5, "support": 0.5}
mentions = [Mention(text.index(name), text.index(name) + len(name), "ORG", "hand", "", fact) for name in
            ("Norvik Museum", "Kestrel Quay")]
print(Bodies(rules, ShortForms(rules)).weigh(text, "", mentions))
"""


def test_a_tie_is_settled_alike_in_every_process():
    def run(seed):
        environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
        command = [sys.executable, "-c", TIED]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60).stdout

    results = {run(seed) for seed in range(6)}
    assert len(results) == 1
    assert float(results.pop()) > 0
