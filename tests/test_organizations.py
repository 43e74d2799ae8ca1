"""Organizations: where their names end, which form names them, and that chance decides nothing."""

import os
import subprocess
import sys

import pytest

from annotated import annotate_read
from pressx.folding import fold
from pressx.organizations import Organizations
from pressx.rules import load_rules

ORGANIZATIONS = Organizations(load_rules())


def find(nlp, marked):
    """Return the names of a text that may be organizations, doubtful ones among them."""
    doc = nlp.get_pipe("pressx_people")(annotate_read(nlp, marked))
    return [doc.text[mention.start : mention.end] for mention in ORGANIZATIONS.link(doc, fold(doc.text))]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param(
            "{O:Tanoka Department of Law\n\nFraud Bureau}\n\nA clerk was charged today in the court of the town.",
            ["Tanoka Department of Law", "Fraud Bureau"],
            id="two lines, two blocks",
        ),
        pytest.param(
            "He spoke with {O:Norvik Bureau of Quays and Inspector} {P:Ada Quill} today.",
            ["Norvik Bureau of Quays"],
            id="a title before a person",
        ),
        pytest.param("{O:Norvik Collective • Fractional Crews} grows.", ["Norvik Collective"], id="a bar"),
        pytest.param(
            "It bought {O:Norvik Holdings} (Australia) Pty Ltd last year.",
            ["Norvik Holdings (Australia) Pty Ltd"],
            id="a branch in brackets",
        ),
        pytest.param("the {O:Quay Workers Institute in Norway} opens.", ["Quay Workers Institute"], id="a country"),
        pytest.param("{O:Study in Norway} opens.", ["Study in Norway"], id="a country in the name"),
        pytest.param("{O:Norvik Holdings} (Australia) is old.", ["Norvik Holdings"], id="brackets without legal form"),
        pytest.param(
            "The {O:Norvik Trade Council} (NTC) came. {O:Norvik Trade Council and Digital Rivers Association} signed.",
            ["Norvik Trade Council", "Norvik Trade Council", "Digital Rivers Association"],
            id="two bodies, one presented in full",
        ),
        pytest.param(
            "{O:Norvik Cancer Center and Research Institute} opens. The {O:Norvik Cancer Center} is new.",
            ["Norvik Cancer Center and Research Institute", "Norvik Cancer Center"],
            id="one body with a short form",
        ),
        pytest.param(
            "The {O:NTC} came. Call {O:NTC's Public Affairs Department}.",
            ["NTC", "NTC", "Public Affairs Department"],
            id="a department and its owner",
        ),
        pytest.param(
            "{O:Ada's Children's Hospital} opens.", ["Ada's Children's Hospital"], id="a name with a possessive"
        ),
    ],
)
def test_a_name_ends_where_the_text_says(nlp, marked, expected):
    assert find(nlp, marked) == expected


@pytest.mark.parametrize(
    ("marked", "doubtful"),
    [
        ("The {O:Institute of Northern Quays|0.3} (INQ) opens.", False),
        ("The {O:Institute of Northern Quays|0.3} (Norvik) opens.", True),
        ("The {O:Institute of Northern Quays Ltd|0.3} opens.", False),
        ("The {O:Institute of Northern Quays|0.8} opens.", False),
    ],
)
def test_a_name_whose_initials_follow_is_not_doubtful(nlp, marked, doubtful):
    doc = annotate_read(nlp, marked)
    (mention,) = ORGANIZATIONS.link(doc, fold(doc.text))
    assert ORGANIZATIONS.is_doubtful(fold(doc.text), mention) is doubtful


# Two forms of one body with as many words: which of them counts as the fullest must not hang on the hashes of strings.
TIED = """
from pressx.bodies import Bodies, Surroundings
from pressx.rules import load_rules
from pressx.shortforms import ShortForms
from pressx.spans import Mention
rules = load_rules()
text = "Norvik Museum and Kestrel Quay and Harrow Ltd Pine"
fact = {"probability": 0.5, "support": 0.5}
mentions = [Mention(text.index(name), text.index(name) + len(name), "ORG", "hand", "", fact) for name in
            ("Norvik Museum", "Kestrel Quay")]
print(Bodies(rules, ShortForms(rules)).weigh(Surroundings(text, mentions), mentions))
"""


def test_a_tie_is_settled_alike_in_every_process():
    def run(seed):
        environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
        command = [sys.executable, "-c", TIED]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60).stdout

    results = {run(seed) for seed in range(6)}
    assert len(results) == 1
    assert float(results.pop()) > 0
