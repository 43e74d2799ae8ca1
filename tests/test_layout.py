"""Layout: marked-up releases, each block in a tag of its kind, and what holds for any text."""

import re

import pytest
from hypothesis import given

from pressx.dateline import DatelineReader
from pressx.folding import fold
from pressx.layout import BlockKind, segment
from pressx.rules import load_rules
from strategies import texts

TAG = re.compile(r"<(/?)(\w+)>")
BODY = "The harbour board of Norvik will open a second quay for ferries next to the old one, and the town pays for it."
DATELINES = DatelineReader(load_rules())

RELEASES = {
    "headline, dateline, body, about": (
        "<headline>Norvik Harbour Opens Second Quay\n\n</headline><dateline>NORVIK, Norway, May 5, 2024 "
        "/PRNewswire/ -- "
        f"</dateline><body>{BODY}\n\n</body><about>About Norvik Harbour\n\nNorvik Harbour runs the port.\n</about>"
    ),
    "all on two lines": (
        "<headline>Norvik Harbour Opens Second Quay\n\n</headline><dateline>NORVIK, ME, May 5, 2024 "
        "/24-7PressRelease/ -- "
        f"</dateline><body>{BODY}  </body><about>About Norvik Harbour Norvik Harbour runs the port.  </about>"
        "<about>About Quayside Tools Quayside Tools makes cranes.</about>"
    ),
    "headline lost its line break": (
        f"<headline>Norvik Harbour Opens Second Quay </headline><dateline>DALLAS, TX -- May 5, 2024 -- </dateline>"
        f"<body>{BODY}</body>"
    ),
    "no headline": f"<dateline>WASHINGTON  </dateline><body>{BODY}</body>",
    "body alone": f"<body>{BODY} {BODY}</body>",
    "headline on two lines": (
        f"<headline>Norvik Harbour Opens Second Quay for the\nFerries of the North\n\n</headline><body>{BODY}</body>"
    ),
    "page furniture": (
        "<noise>FOR IMMEDIATE RELEASE\n\n</noise><headline>Norvik Harbour Opens Second Quay\n\n</headline>"
        f"<noise>--News Direct--\n\n</noise><body>{BODY}\n\n</body><noise>###\n\nView source version on "
        f"newsdirect.com: "
        "https://newsdirect.com/news/quay-1</noise>"
    ),
    "subheadline glued to the dateline": (
        "<headline>Norvik Harbour Opens Second Quay\n\n</headline><subheadline>Ferries will run by the hour "
        f"</subheadline><dateline>(NewMediaWire) - May 5, 2024 - Norvik, CA – </dateline><body>{BODY}</body>"
    ),
    "two datelines": (
        "<headline>Norvik Harbour Opens Second Quay\n\n</headline><dateline>ST. LOUIS, MO / PR Karma / May 5, 2024 "
        "10:50\n\n"
        f"</dateline><dateline>St Louis, MO. (May 5, 2024) – </dateline><body>{BODY}</body>"
    ),
    "a day and a letterhead above the body": (
        "<headline>Norvik Harbour Opens Second Quay\n\n</headline><dateline>Thursday, November 14, 2024\n\n</dateline>"
        "<heading>Norvik Department of Quays\n</heading><heading>Bureau of Ferries\n\n</heading>"
        f"<dateline>HARROW FERRY – </dateline><body>{BODY}</body>"
    ),
    "captions and headings": (
        f"<headline>Norvik Harbour Opens Second Quay\n</headline><body>{BODY}\n</body><caption>Opening | Ada Quill, "
        f"Mayor |\n"
        f"</caption><heading>A New Quay for the North\n</heading><body>{BODY}\n</body>"
        "<caption>Ada Quill, Mayor (left) and Tom Reed, Director (right)\n</caption>"
    ),
    "contact and safe harbour": (
        f"<headline>Norvik Harbour Opens Second "
        f"Quay\n\n</headline><body>{BODY}\n\n</body><boilerplate>Forward-Looking "
        "Statements\n\nThis release looks forward.\n\n</boilerplate><contact>Media Contact:\n\nAda Quill\n\n"
        "ada@norvik.example\n\n</contact><noise>###\n</noise>"
    ),
    "contact glued": (
        f"<headline>Norvik Harbour Opens Second Quay\n\n</headline><body>{BODY}\n\n</body>"
        "<contact>Contact DetailsNorvik Harbour\n\nAda Quill\n\nCompany Websitehttps://norvik.example</contact>"
    ),
    "about in the middle of a word": (
        f"<headline>Norvik Harbour Opens Second Quay\n\n</headline><body>{BODY} We build the future.</body>"
        "<about>About Norvik HarbourNorvik Harbour runs the port.</about>"
    ),
    "byline": (
        "<headline>Norvik Harbour Opens Second Quay\n\n</headline><body>By Ada Quill, Norvik Post\n\n</body>"
        f"<dateline>OSLO - May 5, 2024 (NEWMEDIAWIRE) - </dateline><body>{BODY}</body>"
    ),
}


def read_marks(marked):
    """Return the text without its tags, and its blocks as (kind, start)."""
    text, blocks, position = "", [], 0
    for tag in TAG.finditer(marked):
        text += marked[position : tag.start()]
        position = tag.end()
        if not tag[1]:
            blocks.append((BlockKind(tag[2]), len(text)))
    return text + marked[position:], blocks


@pytest.mark.parametrize("marked", RELEASES.values(), ids=RELEASES)
def test_blocks_are_where_the_tags_stand(marked):
    text, expected = read_marks(marked)
    joined = [block for count, block in enumerate(expected) if count == 0 or not lasts(expected, count)]
    assert [(block.kind, block.start) for block in segment(text).blocks] == joined


def lasts(blocks, count):
    """Whether a block goes on with the kind of the one before, where one block holds all."""
    return blocks[count][0] is blocks[count - 1][0] is BlockKind.ABOUT


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_change_nothing(newline):
    text, _ = read_marks(RELEASES["headline, dateline, body, about"])
    kinds = [block.kind for block in segment(text.replace("\n", newline)).blocks]
    assert kinds == [BlockKind.HEADLINE, BlockKind.DATELINE, BlockKind.BODY, BlockKind.ABOUT]


def test_an_empty_text_has_no_blocks():
    assert segment("").blocks == ()


@given(texts())
def test_blocks_tile_any_text(text):
    blocks = segment(text).blocks
    assert [block.start for block in blocks] == [0, *(block.end for block in blocks[:-1])][: len(blocks)]
    assert (blocks[-1].end if blocks else 0) == len(text)
    assert all(block.start < block.end for block in blocks)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("DALLAS, TX -- March 20, 2026 -- Acme grows", "DALLAS"),
        ("HONG KONG SAR - Media OutReach Newswire - 5 May 2024 - Acme grows", "HONG KONG SAR"),
        ("Bismarck, ND (Newsworthy.ai) Tuesday Dec 17, 2024 @ 3:25 PM Central — Acme grows", "Bismarck"),
        ("NEW YORK & ZURICH–(BUSINESS WIRE)–Acme grows", "NEW YORK & ZURICH"),
        ("February 5, 2025, Burlingame, California — Acme grows", "Burlingame"),
        ("San Juan de la Vega (Huesca), July 15, 2024 /24-7PressRelease/ -- Acme grows", "San Juan de la Vega"),
        ("DUBAI,\u00a0December\u00a05th\u00a0—\u00a0Acme grows", "DUBAI"),
        ("Bonn, Germany - July 8, 2026 / Pine Tree Dental /", "Bonn"),
        ("SHENZHEN, 4 Sept. / PRNewswire / -- Acme grows", "SHENZHEN"),
        ("PARIS – Acme grows", "PARIS"),
        ("SAN MATEO/HANOI - Media OutReach Newswire - 8 June 2026 - Acme grows", "SAN MATEO/HANOI"),
        ("June 27, 2025— Acme grows", None),
        ("Acme grows – and on May 5, 2024 it will grow more", None),
        ("On May 5, 2024 – a Sunday – Acme grew", None),
        ("Acme Corp. – the leader in rope – announced a deal", None),
        ("WHEN: Tuesday, May 5, 2024 at 9 AM", None),
        ("ACME grows in Paris, Texas", None),
        ("London-listed Acme grows", None),
    ],
)
def test_dateline_gives_the_city_as_written(line, place):
    found = DATELINES.read(fold(line), 0, len(line))
    assert (line[slice(*found.place)] if found and found.place else None) == place
