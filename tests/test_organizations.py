"""Organizations: where their names end, which form names them, and that chance decides nothing."""

import os
import subprocess
import sys

import pytest

from annotated import annotate_read
from pressx.assembly import choose_organization_name
from pressx.bodies import Surroundings
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
        pytest.param(
            "The Dean of the {O:School of Agriculture} and Food Sciences, {P:Ada Quill}, came.",
            ["School of Agriculture and Food Sciences"],
            id="a school of two fields",
        ),
        pytest.param(
            "the {O:School of Law} and {O:Kestrel Mills} met",
            ["School of Law", "Kestrel Mills"],
            id="a school and another",
        ),
        pytest.param("{O:Norvik Collective • Fractional Crews} grows.", ["Norvik Collective"], id="a bar"),
        pytest.param(
            "It bought {O:Norvik Holdings} (Australia) Pty Ltd last year.",
            ["Norvik Holdings (Australia) Pty Ltd"],
            id="a branch in brackets",
        ),
        pytest.param("the {O:Quay Workers Institute in Norway} opens.", ["Quay Workers Institute"], id="a country"),
        pytest.param("It rained. Ada Quill/The Norvik Sun.\n\nIt ended.", ["The Norvik Sun"], id="a byline"),
        pytest.param("{O:Study in Norway} opens.", ["Study in Norway"], id="a country in the name"),
        pytest.param("{O:Norvik Holdings} (Australia) is old.", ["Norvik Holdings"], id="brackets without legal form"),
        pytest.param(
            "The {O:Norvik Trade Council} (NTC) came. {O:Norvik Trade Council and Digital Rivers Association} signed.",
            ["Norvik Trade Council", "NTC", "Norvik Trade Council", "Digital Rivers Association"],
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
        pytest.param("at {O:Norvik Bank}, N.A. today.", ["Norvik Bank, N.A."], id="a national bank"),
        pytest.param(
            "{O:Norvik Bank}, National Association of Quays", ["Norvik Bank"], id="a bank and an association behind it"
        ),
        pytest.param("About {O:Norvik Foods & Its Industry}", ["Norvik Foods"], id="what belongs to it"),
        pytest.param("{O:Norvik Corp. media group} grows.", ["Norvik Corp."], id="common words behind a name"),
        pytest.param("{O:Norvik plc} grows.", ["Norvik plc"], id="a legal form in small letters"),
        pytest.param(
            "{O:Joint Office for Tidal, Coastal|0.2} and River Defense came.",
            ["Joint Office for Tidal, Coastal and River Defense"],
            id="an enumeration in the name",
        ),
        pytest.param("{O:Norvik Quays} & Piers grows.", ["Norvik Quays & Piers"], id="an ampersand"),
        pytest.param("{O:Norvik} & {O:Harrow} grow.", ["Norvik", "Harrow"], id="two bodies and an ampersand"),
        pytest.param(
            "the {O:Norvik Department of Quays and Department of Piers} paid.",
            ["Norvik Department of Quays", "Department of Piers"],
            id="two of a kind",
        ),
        pytest.param(
            "the {O:Department of Tides at the University of Norvik} said.",
            ["Department of Tides", "University of Norvik"],
            id="a department and its university",
        ),
        pytest.param(
            "{O:Tidepool} opened {O:Tidepool's Center for Quays}.",
            ["Tidepool", "Tidepool", "Center for Quays"],
            id="a center and its owner",
        ),
        pytest.param("{O:Harrow}TIA trains.", ["HarrowTIA"], id="a part of a word"),
        pytest.param("{O:Harrow}About us. {O:Harrow} grows.", ["Harrow", "Harrow"], id="two lines glued"),
        pytest.param(
            "signed by {O:Norvik University Vice Rector} Prof. {P:Ada Quill}.",
            ["Norvik University"],
            id="a title before a person",
        ),
        pytest.param("the {O:University of Quays, Norway} said.", ["University of Quays"], id="its country"),
        pytest.param(
            "the {O:Governing Council of the Harrow University} met.",
            ["Harrow University"],
            id="a council and its university",
        ),
        pytest.param(
            "the {O:University of Quays}, Norvik (UQN) met.",
            ["University of Quays, Norvik", "UQN"],
            id="a place in the name",
        ),
        pytest.param("at the Royal {O:Quay Society} today.", ["Royal Quay Society"], id="royal"),
        pytest.param("the {O:2025 Quay Board} met.", ["Quay Board"], id="a year"),
        pytest.param(
            "{O:Ada's Children's Hospital} opens.", ["Ada's Children's Hospital"], id="a name with a possessive"
        ),
    ],
)
def test_a_name_ends_where_the_text_says(nlp, marked, expected):
    assert find(nlp, marked) == expected


def weigh(nlp, marked):
    """Return the probability that the first name of a text is an organization."""
    doc = annotate_read(nlp, marked)
    linked = ORGANIZATIONS.link(doc, fold(doc.text))
    same = [mention for mention in linked if mention.value == linked[0].value]
    return ORGANIZATIONS.bodies.weigh(Surroundings(fold(doc.text), linked), same)


@pytest.mark.parametrize(
    ("marked", "bodies"),
    [
        (
            "{O:UNIDO-ICDQ} is the {O:International Centre for Digital Quays} of {O:UNIDO}.",
            [{"UNIDO-ICDQ", "International Centre for Digital Quays"}, {"UNIDO"}],
        ),
        (
            "The Ministry of Quays signed. The Ministry of Quays and Ports paid. The Ministry of Health came.",
            [{"Ministry of Quays", "Ministry of Quays and Ports"}, {"Ministry of Health"}],
        ),
        (
            '{O:Norvik Quay Works Ltd.} ({O:CSE}: NQW) (OTC: NQWF) ("{O:QuWo}" or the "Company") builds. {O:QuWo} pays.',
            [{"Norvik Quay Works Ltd.", "QuWo"}, {"CSE"}],
        ),
        (
            "{O:University of Norvik} ({O:UNOR}) came. {O:Harrow University} ({O:Unah}) left. Unah paid.",
            [{"University of Norvik", "UNOR"}, {"Harrow University", "Unah"}],
        ),
        ("{O:Rural Quay Bank} came. {O:RuQB} paid.", [{"Rural Quay Bank", "RuQB"}]),
        ("{O:Rural Quay Bank} (RQB) came. RQB Chair Ann Poe left.", [{"Rural Quay Bank", "RQB"}]),
        (
            "{O:Government of Norvik} came. The {O:Government of the Commonwealth of Norvik} left.",
            [{"Government of Norvik", "Government of the Commonwealth of Norvik"}],
        ),
        ("{O:Museu do Quai e da Arte} came. {O:MQA} left.", [{"Museu do Quai e da Arte", "MQA"}]),
        (
            "{O:Medical University of Quays} came. The {O:University of Quays} left.",
            [{"Medical University of Quays"}, {"University of Quays"}],
        ),
        (
            "{O:Quill Mercy Hospital} came. {O:Quill Mercy} paid. {O:Quill Mercy Ventures} left.",
            [{"Quill Mercy Hospital"}, {"Quill Mercy"}, {"Quill Mercy Ventures"}],
        ),
        ("{O:Norvik Library} came. The {O:Library} left.", [{"Norvik Library"}]),
        (
            "{O:Norvik Bank} and Ann Poe, Minister for Quays, the {O:Arts and Ports}, left.",
            [{"Norvik Bank"}],
        ),
        ("{O:Norvik University} ({O:NU}) came. NU Treasurer Ann Poe left.", [{"Norvik University", "NU"}]),
        ("{O:Norvik Bank} came. The {O:Ministry and the Foundation} left.", [{"Norvik Bank"}]),
        ("{O:Norvik Bank} came. The {O:Clerk of the Harbour Assembly} left.", [{"Norvik Bank"}]),
        ("{O:Norvik Bank} came. Senator Ann Poe ({O:D-Harbour City}) left.", [{"Norvik Bank"}]),
    ],
)
def test_the_forms_of_one_body(nlp, marked, bodies):
    doc = nlp.get_pipe("pressx_people")(annotate_read(nlp, marked))
    found: dict[str, set[str]] = {}
    for mention in ORGANIZATIONS.link(doc, fold(doc.text)):
        found.setdefault(mention.value, set()).add(doc.text[mention.start : mention.end])
    assert list(found.values()) == bodies


@pytest.mark.parametrize(
    ("more", "less"),
    [
        pytest.param("It paid {O:NAX|0.6} now.", "It paid {O:NAXs|0.6} now.", id="several of a kind"),
        pytest.param("bank of {O:Harrow|0.6}, Pine", "areas of {O:Harrow|0.6}, Pine", id="places"),
        pytest.param("the company {O:Harrow|0.6} grew", "the color {O:Harrow|0.6} grew", id="what it is called"),
        pytest.param("{O:Harrow|0.6}, a maker of quays", "{O:Harrow|0.6}, a kind of quay", id="what is said of it"),
        pytest.param("It met former {O:Harrow|0.6} people", "It met good {O:Harrow|0.6} people", id="its people"),
        pytest.param("of {O:Harrow|0.6} and {O:Pine|0.9}", "of {O:Harrow|0.6} and {O:Pine|0.2}", id="its peers"),
        pytest.param("Ann Poe, SIR, {O:NAXA|0.6}, spoke", "Ann Poe, MD, {O:NAXA|0.6}, spoke", id="degrees"),
    ],
)
def test_use_tells_bodies_from_other_names(nlp, more, less):
    assert weigh(nlp, more) > weigh(nlp, less)


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
    name, *_ = ORGANIZATIONS.link(doc, fold(doc.text))
    assert ORGANIZATIONS.is_doubtful(fold(doc.text), name) is doubtful


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("{O:NORVIK QUAYS} opens. {O:Norvik Quay} grows.", "Norvik Quay"),
        ("{O:NORVIK USA} opens. {O:NORVIK} grows.", "NORVIK USA"),
        ("{O:NORVIK} opens. See {O:NORVIK.news} today.", "NORVIK"),
    ],
)
def test_the_name_is_the_longest_form_that_is_neither_a_headlines_nor_an_address(nlp, marked, name):
    doc = annotate_read(nlp, marked)
    mentions = ORGANIZATIONS.link(doc, fold(doc.text))
    assert choose_organization_name(doc, mentions) == name


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
