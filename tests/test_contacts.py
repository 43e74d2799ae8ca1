"""Contacts: marked-up blocks; a tag names the part, a second block of tags the second contact."""

import re

import pytest
import spacy

from pressx.contacts import Contacts
from pressx.rules import load_rules
from pressx.spans import Mention, write_group
from pressx.tokenization import cut_glued_words, make_doc

PIPELINE = spacy.blank("en")
cut_glued_words(PIPELINE)
CONTACTS = Contacts(load_rules())
TAG = re.compile(r"<(/?)(name|organization|email|phone|url)>")
TOP = "Norvik Opens Quay\n\nThe old quay had become too small for the ferries of the north.\n\n"

# (marked text, how many contacts it holds)
CASES = [
    (("Media Contact:\n<name>Ada Quill</name>\n<organization>Norvik Harbour</organization>\n"
     "<phone>(555) 010-4477</phone>\n<email>ada@norvik.example.com</email>\n<url>https://norvik.com/press</url>\n"), 1),
    (("Contact Details<name>Ada Quill</name>\n\n<phone>+1 555-010-4477</phone>\n\n<email>ada@norvik.com</email>\n\n"
     "Company Website<url>https://norvik.com/</url>\n"), 1),
    (("Media Contact: <name>Ada Quill</name>, <email>ada@norvik.com</email>\nInvestor Contact: <name>Tom Reed</name> "
     "<email>tom@norvik.com</email>\n"), 2),
    (("Contact Information:<organization>Norvik Harbour</organization>Phone <phone>555-010-4477</phone>Email: "
     "<email>info@norvik.co</email>www.norvik.co\n"), 1),
    (("CONTACT:<name>Ada Quill</name>, Esq.<phone>(555) 010-4477</phone>280 Quay RoadNorvik, PA 19087"
     "<email>info@norvik.com</email>\n"), 1),
    ("Contacts:Ada Roe<phone>5550104477</phone><email>ada@norvik.org</email>\n", 1),
    ("For media inquiries, please contact <name>Ada Quill</name> at <email>ada@norvik.com</email>.\n", 1),
    ("To buy a ticket, contact the board at <email>tickets@norvik.com</email> before the ferry leaves.\n", 1),
    ("Contact us today to learn more about quays.\n", 0),
    ("The handle @norvik and the number 555 say nothing.\n", 0),
]  # fmt: skip


def read_tags(marked):
    text, parts, position, start = "", [], 0, 0
    for tag in TAG.finditer(marked):
        text += marked[position : tag.start()]
        position = tag.end()
        if tag[1]:
            parts.append((tag[2], start, len(text)))
        start = len(text)
    return text + marked[position:], parts


@pytest.mark.parametrize(("marked", "count"), CASES)
def test_parts_are_where_the_tags_stand(marked, count):
    text, parts = read_tags(TOP + marked)
    doc = make_doc(PIPELINE, text)
    for group, part in (("people", "name"), ("organizations", "organization")):
        write_group(doc, group, [Mention(s, e, part, "test", f"{part}:{s}") for kind, s, e in parts if kind == part])
    found = CONTACTS.find(doc)
    assert len(found) == count
    intervals = {(part, *at) for mention in found for part, at in mention.fact.items() if at}
    assert set(parts) <= intervals
    assert {part for part, *_ in intervals} - {part for part, *_ in parts} <= {"url"}


def test_an_address_given_twice_is_one_contact():
    text = TOP + "Media Contact: ada@norvik.com\n\nPress Contact: ada@norvik.com\n"
    assert len(CONTACTS.find(make_doc(PIPELINE, text))) == 1


def test_a_name_that_no_component_found_is_read_after_its_label():
    text = TOP + "Contact: Ada Quill\nada@norvik.com\n"
    fact = CONTACTS.find(make_doc(PIPELINE, text))[0].fact
    assert text[slice(*fact["name"])] == "Ada Quill"
