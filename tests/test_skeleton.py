"""Skeleton: marked-up releases; <o> marks an organization the component is given, <i> the one that is the issuer."""

import re

import pytest
import spacy

from pressx.rules import load_rules
from pressx.skeleton import Skeleton
from pressx.spans import Mention, read_group, write_group
from pressx.tokenization import cut_glued_words, make_doc

PIPELINE = spacy.blank("en")
cut_glued_words(PIPELINE)
SKELETON = Skeleton(load_rules())
TAG = re.compile(r"<(/?)([io])>")
BODY = "The old quay had become too small for the ferries of the north, and nobody wanted to wait for them any longer."

ISSUERS = {
    "subject of headline and lead": (
        "<i>Norvik Harbour</i> Buys <o>Bolt Cranes</o>\n\nOSLO, Norway, May 5, 2024 -- <i>Norvik Harbour</i> today "
        "announced "
        f"that it has bought <o>Bolt Cranes</o>, the maker of cranes. {BODY}"
    ),
    "about section of the one that speaks": (
        "Ada Quill Joins Second Quay Project\n\nWhile <o>Bolt Cranes</o> watches, Ada Quill will build the second "
        "quay that "
        f"<i>Norvik Harbour</i> had planned. {BODY}\n\nAbout <i>Norvik Harbour</i>\n\n<i>Norvik Harbour</i> runs "
        f"the port."
    ),
    "sponsored article": (
        "<o>Bolt Cranes</o> Rises and Rises\n\nBy Ada Quill, <i>Norvik Post</i>\n\n<o>Bolt Cranes</o> makes cranes "
        "that stand "
        f"in many ports. {BODY}\n\nThis content was originally published on <i>Norvik Post</i>. Read more."
    ),
    "agency": (
        f"WASHINGTON  Tom Reed was sentenced for selling a quay that belonged to <o>Bolt Cranes</o>, the <i>Harvest "
        f"Department</i> announced today.{BODY}"
    ),
    "source line": (
        f"Eat More Fish This Summer\n\nFish is good for everyone who likes it, as <o>Bolt Cranes</o> knows. {BODY}\n\n"
        "Source: <i>Council of Northern Fishers</i>"
    ),
    "address to write to": (
        f"Cranes at the Quay\n\nAll cranes are tall at <o>Bolt Cranes</o> and at <i>Norvik Harbour</i>. {BODY}\n\n"
        "Contact\n\nAda Quill\n\npress@norvikharbour.org\n\nCompany Website https://norvikharbour.org"
    ),
    "amplified": (
        f"Why <o>Bolt Cranes</o> Rises\n\nAll cranes are tall, and <o>Bolt Cranes</o> knows it. {BODY}\n\n"
        "This article has been amplified by <i>Norvik Echo</i> in collaboration with Quay Studios."
    ),
    "disclosure under an article": (
        f"Why Quays Rise\n\nAll quays are tall. {BODY}\n\nAbout <o>Bolt Cranes</o>\n\n<o>Bolt Cranes</o> makes cranes.\n\n"
        "Disclosure: Companies mentioned may have a commercial relationship with <i>Norvik Echo</i>."
    ),
    "disclosure under a release": (
        "<i>Bolt Cranes</i> Buys Quay\n\nOSLO, Norway, May 5, 2024 -- <i>Bolt Cranes</i> today announced that it has "
        f"bought a quay. {BODY}\n\nAbout <i>Bolt Cranes</i>\n\n<i>Bolt Cranes</i> makes cranes.\n\n"
        "Disclosure: Companies mentioned may have a commercial relationship with <o>Norvik Echo</o>."
    ),
}


def read_tags(marked):
    text, names, position, start = "", [], 0, 0
    for tag in TAG.finditer(marked):
        text += marked[position : tag.start()]
        position = tag.end()
        if tag[1]:
            names.append((start, len(text), tag[2]))
        start = len(text)
    return text + marked[position:], names


def find(text, names=()):
    doc = make_doc(PIPELINE, text)
    write_group(doc, "organizations", [Mention(s, e, "ORG", "test", text[s:e]) for s, e, _ in names])
    return {mention.label: (doc.text[mention.start : mention.end], mention.value) for mention in SKELETON.find(doc)}


@pytest.mark.parametrize("marked", ISSUERS.values(), ids=ISSUERS)
def test_issuer_is_the_one_that_speaks(marked):
    text, names = read_tags(marked)
    expected = next(text[s:e] for s, e, tag in names if tag == "i")
    assert find(text, names)["ISSUER"][1] == expected


def test_an_organization_named_in_passing_does_not_speak():
    text, names = read_tags(
        f"Why Quays Rise\n\nAll quays are tall. {BODY}\n\nTall as those are that you find at <o>Bolt</o>."
    )
    assert "ISSUER" not in find(text, names)


def test_a_department_is_told_from_its_division():
    text = (
        "WASHINGTON  Tom Reed was sentenced for selling a quay, announced Director Ada Quill of the Harvest "
        "Departments "
        f"Grain Division. {BODY}"
    )
    start = text.index("Harvest")
    names = [(start, text.index(". ", start), "o")]
    assert find(text, names)["ISSUER"] == ("Harvest Department", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"Norvik Opens Quay\n\nFerries by the Hour\n\n OSLO, Norway, May 5, 2024 -- {BODY}",
            {"HEADLINE": "Norvik Opens Quay", "SUBHEADLINE": "Ferries by the Hour", "PLACE": "OSLO"},
        ),
        (f"Norvik Opens Quay for the\nFerries\n\n{BODY}", {"HEADLINE": "Norvik Opens Quay for the\nFerries"}),
        (f"*NEWS* Norvik Opens Quay.\n\n{BODY}", {"HEADLINE": "*NEWS* Norvik Opens Quay."}),
        (f"Norvik Opens Quay OSLO, Norway, May 5, 2024 -- {BODY}", {"HEADLINE": "Norvik Opens Quay", "PLACE": "OSLO"}),
        (f"{BODY} {BODY}", {}),
        (f"FOR IMMEDIATE RELEASE\n\nMay 5, 2024\n\nNorvik Opens Quay\n\n{BODY}", {"HEADLINE": "Norvik Opens Quay"}),
        (f"Norvik Opens Quay at Expo Oslo June 26\n\n{BODY}", {"HEADLINE": "Norvik Opens Quay at Expo Oslo June 26"}),
        ("", {}),
    ],
)
def test_lines_and_place(text, expected):
    assert {label: found for label, (found, _) in find(text).items()} == expected


def test_the_component_writes_its_group_and_needs_no_other():
    doc = SKELETON(make_doc(PIPELINE, f"Norvik Opens Quay\n\n{BODY}"))
    assert [mention.label for mention in read_group(doc, "skeleton")] == ["HEADLINE"]
