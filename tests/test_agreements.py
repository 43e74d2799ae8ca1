"""Agreements: marked-up sentences with what they must give. Names are marked by hand, so that no model is asked.

`[Northwind](o)` is an organization, `[Ada Quill](p)` a person, `[chair](t:Ada Quill:Northwind)` the title of a person at an
organization. What is expected reads "kind status: party, party; signer for organization | day".
"""

import re

import pytest
import spacy

from pressx.agreements import Agreements
from pressx.dates import Dates
from pressx.rules import load_rules
from pressx.spans import Mention, read_group, write_group
from pressx.tokenization import cut_glued_words, make_doc

MARK = re.compile(r"\[([^\]\n]+)\]\(([opt])(?::([^:)]+):([^:)]+))?\)")
HEAD = "Harbour Notes\n\nLEEDS, England, March 3, 2025 -- "

PIPELINE = spacy.blank("en")
cut_glued_words(PIPELINE)
PIPELINE.add_pipe("pressx_sentences")
DATES = Dates(load_rules())
AGREEMENTS = Agreements(load_rules())


def annotate(marked):
    """Return the doc of a text with the names that its marks give."""
    names = {"o": [], "p": [], "t": []}
    text = ""
    position = 0
    for mark in MARK.finditer(marked):
        text += marked[position : mark.start()]
        label = {"o": "ORG", "p": "PERSON", "t": "TITLE"}[mark[2]]
        key = {"o": f"organization:{mark[1]}", "p": f"person:{mark[1]}", "t": ""}[mark[2]]
        fact = {"person": f"person:{mark[3]}", "organization": f"organization:{mark[4]}", "status": "current"}
        names[mark[2]].append(Mention(len(text), len(text) + len(mark[1]), label, "hand", key, fact if mark[3] else {}))
        text += mark[1]
        position = mark.end()
    doc = make_doc(PIPELINE, text + marked[position:])
    for _, component in PIPELINE.pipeline:
        doc = component(doc)
    DATES(doc)
    for group, letter in (("organizations", "o"), ("people", "p"), ("positions", "t")):
        write_group(doc, group, names[letter])
    return AGREEMENTS(doc)


def describe(mention):
    """Return an agreement in the short form of the tests."""
    fact = mention.fact
    short = [key.split(":")[1] for key in fact["parties"]]
    line = f"{fact['kind']} {fact['status']}: {', '.join(short)}"
    for signer in fact["signatories"]:
        line += f"; {signer['person'].split(':')[1]}"
        line += f" for {signer['organization'].split(':')[1]}" if signer["organization"] else ""
    return line + (f" | {fact['date']}" if fact["date"] else "")


def find(marked):
    return [describe(mention) for mention in read_group(annotate(HEAD + marked), "agreements")]


CEREMONY = """\
[Northwind](o) and [Harrow College](o) signed a cooperation agreement. The agreement was signed by [Ada Quill](p), \
[chair](t:Ada Quill:Northwind) of [Northwind](o), and [Tom Reed](p), [dean](t:Tom Reed:Harrow College) of [Harrow College](o)."""
WITNESSED = """\
The memorandum of understanding was signed by [Ada Quill](p) for [Northwind](o) and [Tom Reed](p) for [Harrow College](o) \
in the presence of [Lena Sund](p), [minister](t:Lena Sund:Harrow College)."""


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # who: with, between, lists, appositions
        (
            "[Northwind](o) spoke of the crane contract termination from [Pike Steel](o), which [Northwind](o) regrets.",
            "other terminated: Northwind, Pike Steel",
        ),
        (
            "[Kestrel Labs](o) praised [Northwind](o) and [Harrow College](o) for their joint venture.",
            "joint_venture completed: Northwind, Harrow College",
        ),
        (
            "[Northwind](o) divested of its [Crane Works](o) business to [Pike Steel](o).",
            "acquisition completed: Northwind, Pike Steel",
        ),
        (
            "[Tarn Bank](o) has provided a $42 million loan to [Northwind](o) for a mill.",
            "financing completed: Tarn Bank, Northwind",
        ),
        (
            "[Northwind](o) has a Stock Subscription Facility (SSF) with [Tarn Bank](o).",
            "financing completed: Northwind, Tarn Bank",
        ),
        (
            "[Northwind](o) announced a business combination with [Pike Steel](o) and lists its shares upon closing of the deal.",
            "merger signed: Northwind, Pike Steel",
        ),
        (
            "[Northwind](o) signed a memorandum of understanding with [Harrow College](o).",
            "mou signed: Northwind, Harrow College",
        ),
        (
            HEAD + "A cooperation agreement between [Northwind](o) and [Harrow College](o) was signed in Leeds.",
            "cooperation signed: Northwind, Harrow College",
        ),
        (
            "[Northwind](o), a maker of pumps, has entered into a supply agreement with [Pike Steel](o), a mill in Leeds.",
            "supply signed: Northwind, Pike Steel",
        ),
        (
            "[Northwind](o) has partnered with [Pike Steel](o), [Harrow College](o) and [Tarn Bank](o) to train welders.",
            "partnership signed: Northwind, Pike Steel, Harrow College, Tarn Bank",
        ),
        (
            "[Northwind](o), [Pike Steel](o) and the R&D arm of [Tarn Labs](o) have merged to form a new company.",
            "merger completed: Northwind, Pike Steel, Tarn Labs",
        ),
        (
            "[Northwind](o), an [Oxenholme Index](o) company making pumps, signed a license agreement with [Pike Steel](o).",
            "license signed: Northwind, Pike Steel",
        ),
        (
            "[Northwind](o) ([NYSE](o): [NWD](o)) and [Pike Steel](o) ([TSX](o): [PKS](o), “[Pike](o)”) announced a joint venture.",
            "joint_venture signed: Northwind, Pike Steel",
        ),
        (
            "The quay is run by Tarn Quays, which was formed as a joint venture between [Northwind](o) and [Pike Steel](o).",
            "joint_venture completed: Northwind, Pike Steel",
        ),
        (
            "[Northwind](o) has been awarded a two-year services contract by [Pike Steel](o).",
            "services signed: Northwind, Pike Steel",
        ),
        # passive and possession
        (
            "[Pike Steel](o) was acquired by [Northwind](o) in May.",
            "acquisition completed: Pike Steel, Northwind | 2024-05",
        ),
        (
            "A memorandum of understanding was signed by [Northwind](o) and [Harrow College](o).",
            "mou signed: Northwind, Harrow College",
        ),
        (
            "The agreement, which was signed today between [Northwind](o) and [Harrow College](o), runs for five years.",
            "other signed: Northwind, Harrow College | 2025-03-03",
        ),
        (
            "[Northwind](o)'s acquisition of [Pike Steel](o) closed on February 7, 2025.",
            "acquisition completed: Northwind, Pike Steel | 2025-02-07",
        ),
        # sellers and subsidiaries
        (
            "[Northwind](o) acquired the pump maker [Tarn Pumps](o) from [Pike Steel](o).",
            "acquisition completed: Northwind, Tarn Pumps, Pike Steel",
        ),
        # counterparties that only are described are left out
        (
            "[Northwind](o) today announced a letter of intent to acquire a family-owned pump maker.",
            "letter_of_intent signed: Northwind",
        ),
        (
            "[Northwind](o) has signed an agreement with a builder in Leeds to supply its pumps.",
            "other signed: Northwind",
        ),
        (
            "[Northwind](o) sells pumps. Its new mill was opened with a memorandum of understanding signed during the dinner.",
            "mou signed: Northwind",
        ),
        # who is told around the arrangement
        (
            "[Northwind](o) sells pumps. Through a partnership with [Harrow College](o), [Pike Steel](o) will train welders.",
            "partnership signed: Pike Steel, Harrow College",
        ),
        (
            "[Northwind](o) sells pumps. “The binding letter of intent to acquire [Pike Steel](o) was signed in May,” she said.",
            "letter_of_intent signed: Northwind, Pike Steel | 2024-05",
        ),
        (
            "[Northwind](o) has settled the outstanding note with [Tarn Bank](o).",
            "settlement completed: Northwind, Tarn Bank",
        ),
        (
            "[Northwind](o) said that its subsidiary, [Tarn Pumps](o), was named the exclusive distributor for [Pike Steel](o).",
            "distribution signed: Tarn Pumps, Pike Steel",
        ),
        (
            "[Northwind](o) has raised $6 million in funding. The company's investors include [Tarn Bank](o) and [Pike Steel](o).",
            "financing completed: Northwind, Tarn Bank, Pike Steel",
        ),
        (
            "[Northwind](o) has closed a $6 million credit facility. [Tarn Bank](o) and [Pike Bank](o) served as lead arrangers.",
            "financing completed: Northwind, Tarn Bank, Pike Bank",
        ),
        # status
        (
            "[Northwind](o) plans to acquire [Pike Steel](o) next year.",
            "acquisition proposed: Northwind, Pike Steel",
        ),
        (
            "[Northwind](o) has agreed to acquire [Pike Steel](o) for $20 million.",
            "acquisition signed: Northwind, Pike Steel",
        ),
        (
            "[Northwind](o) has completed its acquisition of [Pike Steel](o).",
            "acquisition completed: Northwind, Pike Steel",
        ),
        (
            "[Northwind](o) signed an agreement to acquire [Pike Steel](o); the purchase has not yet closed.",
            "acquisition signed: Northwind, Pike Steel",
        ),
        (
            "[Northwind](o) has renewed its distribution agreement with [Pike Steel](o).",
            "distribution amended: Northwind, Pike Steel",
        ),
        (
            "[Northwind](o) has terminated its supply agreement with [Pike Steel](o).",
            "supply terminated: Northwind, Pike Steel",
        ),
        (
            "To this end, [Northwind](o) and [Harrow College](o) have signed a memorandum of understanding.",
            "mou signed: Northwind, Harrow College",
        ),
        # signatories
        (
            CEREMONY,
            "cooperation signed: Northwind, Harrow College; Ada Quill for Northwind; Tom Reed for Harrow College",
        ),
        (
            "[Northwind](o) signed an agreement with [Harrow College](o). [Ada Quill](p) signed on behalf of [Northwind](o).",
            "other signed: Northwind, Harrow College; Ada Quill for Northwind",
        ),
        (
            "[Northwind](o) agreed to the sale of one of its business units, [Pike Steel](o), to [Tarn Bank](o).",
            "acquisition signed: Northwind, Pike Steel, Tarn Bank",
        ),
        (
            "[Northwind](o) has awarded [Pike Steel](o) a $2 million contract.",
            "other completed: Northwind, Pike Steel",
        ),
        (
            "[Northwind](o) will supply ore to [Pike Steel](o) under a five-year offtake agreement.",
            "supply signed: Northwind, Pike Steel",
        ),
        (
            "[Northwind](o) has entered into a definitive agreement to acquire [Pike Steel](o) from [Tarn Bank](o) for $4 million.",
            "acquisition signed: Northwind, Pike Steel, Tarn Bank",
        ),
        (
            "[Northwind](o) grows, and [Northwind](o) sells. The $4 million Series B financing was led by [Tarn Bank](o) with participation from [Pike Steel](o).",
            "financing completed: Northwind, Tarn Bank, Pike Steel",
        ),
        (
            "[Pike Steel](o), a portfolio company of [Tarn Bank](o), has been acquired by [Northwind](o).",
            "acquisition completed: Pike Steel, Northwind",
        ),
        (
            "[Northwind](o) agreed to pay $3 million to [Tarn Bank](o) to settle charges.",
            "settlement completed: Northwind, Tarn Bank",
        ),
        (
            "[Northwind](o) has been named the official supplier of [Pike Steel](o).",
            "partnership signed: Northwind, Pike Steel",
        ),
        (
            "[Northwind](o) and [Pike Steel](o) exchanged a Memorandum of Understanding on prevention of fire.",
            "mou signed: Northwind, Pike Steel",
        ),
        (
            "A separate Memorandum of Agreement on training was also forged by [Northwind](o), the [Town of Pine](o) and [Tarn Bank](o).",
            "mou signed: Northwind, Town of Pine, Tarn Bank",
        ),
        (
            "[Northwind](o) had on May 6 closed a $5 billion facility with [Tarn Bank](o), guaranteed by [Pike Steel](o).",
            "financing completed: Northwind, Tarn Bank | 2024-05-06",
        ),
        (
            "[Northwind](o) uses a USD 25 million credit line extended by [Tarn Bank](o) to [Pike Steel](o).",
            "financing completed: Tarn Bank, Pike Steel",
        ),
        (
            "[Northwind](o) has agreed to supply two cranes to [Pike Steel](o).",
            "supply signed: Northwind, Pike Steel",
        ),
        (
            "A Letter of Agreement between [Northwind](o) and the funder, the [Tarn Agency](o), was signed.",
            "other signed: Northwind, Tarn Agency",
        ),
        (
            "[Northwind](o) will in the coming weeks sign an agreement with [Pike Steel](o) on harbours.",
            "other proposed: Northwind, Pike Steel",
        ),
        (
            "[Northwind](o) is expected to sign, together with [Pike Steel](o), a joint declaration on wool.",
            "cooperation proposed: Northwind, Pike Steel",
        ),
        (
            "Ten gauges are bought under a contract, which [Northwind](o) plans to conclude with [Pike Steel](o).",
            "other proposed: Northwind, Pike Steel",
        ),
        (
            "[Northwind](o) is rescinding its Stock Purchase Agreement with [Pike Steel](o).",
            "acquisition terminated: Northwind, Pike Steel",
        ),
        (
            "[Northwind](o) became a public company through a reverse merger with [Pike Steel](o).",
            "merger completed: Northwind, Pike Steel",
        ),
        (
            "[Northwind](o) builds quays. Its cranes are built by the contractor [Pike Steel](o) under a turnkey contract.",
            "other signed: Northwind, Pike Steel",
        ),
        (
            "[Quill Partners](o) advised [Northwind](o) on its sale to [Pike Steel](o).",
            "acquisition completed: Northwind, Pike Steel",
        ),
        (
            "[Northwind](o) became [Pike Steel](o)'s exclusive Canadian distributor last year.",
            "distribution signed: Northwind, Pike Steel",
        ),
        (
            "[Northwind](o) named [Pike Brewing](o) its official craft beer partner.",
            "partnership signed: Northwind, Pike Brewing",
        ),
        (
            "[Northwind](o) leases the site from [Pike Steel](o).",
            "other signed: Northwind, Pike Steel",
        ),
        (
            "An affiliation with [Pike Steel](o), which [Northwind](o) announced in 2021, ended.",
            "partnership terminated: Northwind, Pike Steel",
        ),
        (
            "[Northwind](o) has awarded its creative mandate to the agency [Pike Media](o).",
            "services signed: Northwind, Pike Media",
        ),
        (
            "[Northwind](o) became an authorized technology partner of [Pike Cloud](o).",
            "partnership signed: Northwind, Pike Cloud",
        ),
        (
            "[Northwind](o) intends to sign a contract with [Pike Steel](o) next month.",
            "other proposed: Northwind, Pike Steel",
        ),
        (
            "A strategic alliance between [Northwind](o), [Pike Steel](o) and [Tarn Bank](o) was announced.",
            "partnership signed: Northwind, Pike Steel, Tarn Bank",
        ),
        (
            "[Northwind](o) has completed the purchase of [Pike Steel](o) from [Tarn Bank](o).",
            "acquisition completed: Northwind, Pike Steel, Tarn Bank",
        ),
        (
            "[Northwind](o) has licensed its technology to [Pike Steel](o).",
            "license signed: Northwind, Pike Steel",
        ),
        (
            "[Pike Steel](o) welcomes [Northwind](o) as its new sleeve sponsor.",
            "sponsorship signed: Pike Steel, Northwind",
        ),
        (
            "[Northwind](o) signed [Pike Steel](o) to a two-year contract.",
            "other signed: Northwind, Pike Steel",
        ),
        (
            "Meanwhile, as reported by [Tarn Bank](o), [Northwind](o) has signed a deal with [Pike Steel](o).",
            "other signed: Northwind, Pike Steel",
        ),
        (
            "[Northwind](o) has closed a bridge loan with [Tarn Bank](o).",
            "financing completed: Northwind, Tarn Bank",
        ),
        (
            "[Tarn Bank](o) was selected by [Northwind](o) to provide treasury services.",
            "services signed: Tarn Bank, Northwind",
        ),
        (
            "[Northwind](o) and [Harrow College](o) signed a memorandum of understanding. Signatories were [Ada Quill](p) for [Northwind](o) and [Tom Reed](p) for [Harrow College](o).",
            "mou signed: Northwind, Harrow College; Ada Quill for Northwind; Tom Reed for Harrow College",
        ),
        (
            "On behalf of [Northwind](o), Chair [Ada Quill](p) and Dean [Lena Sund](p) and on behalf of [Harrow College](o), [Tom Reed](p) signed the MoU.",
            "mou signed: Harrow College, Northwind; Ada Quill for Northwind; Lena Sund for Northwind; Tom Reed for Harrow College",
        ),
        (
            "[Ada Quill](p), [chair](t:Ada Quill:Northwind), [Northwind](o), signed a memorandum of understanding (MoU) with [Tom Reed](p), [dean](t:Tom Reed:Harrow College), [Harrow College](o).",
            "mou signed: Northwind, Harrow College; Ada Quill for Northwind; Tom Reed for Harrow College",
        ),
        (
            "[Northwind](o) and [Harrow College](o) signed a cooperation protocol. It bears the signatures of [Ada Quill](p) and of [Tom Reed](p).",
            "cooperation signed: Northwind, Harrow College; Ada Quill; Tom Reed",
        ),
        (
            "[Northwind](o) and [Harrow College](o) agreed on a loan agreement. [Ada Quill](p) signed for the donor and [Tom Reed](p) for [Harrow College](o).",
            "financing signed: Northwind, Harrow College; Ada Quill; Tom Reed for Harrow College",
        ),
        (
            "A memorandum of understanding between [Northwind](o) and [Harrow College](o) was signed by [Ada Quill](p) in the august presence of [Tom Reed](p).",
            "mou signed: Northwind, Harrow College; Ada Quill",
        ),
        (
            "[Northwind](o) signed a financing agreement of EUR 4.3 million (approx. Ksh 6.1 billion) with [Tarn Bank](o).",
            "financing signed: Northwind, Tarn Bank",
        ),
        (
            "A Protocol of Cooperation between [Northwind](o) and [Harrow College](o) was initialled in Leeds by [Ada Quill](p) for [Northwind](o), watched by [Tom Reed](p).",
            "cooperation signed: Northwind, Harrow College; Ada Quill for Northwind",
        ),
        (
            "[Northwind](o) has signed a protocol of intentions with [Harrow College](o), represented by its dean, [Tom Reed](p).",
            "letter_of_intent signed: Northwind, Harrow College; Tom Reed for Harrow College",
        ),
        (
            "[Northwind](o) signed a Joint Financing Arrangement with [Tarn Bank](o) for the quay.",
            "financing signed: Northwind, Tarn Bank",
        ),
        (
            "[Northwind](o) and [Harrow College](o) concluded a twinning agreement. The signing was carried out by [Ada Quill](p) and [Tom Reed](p).",
            "cooperation signed: Northwind, Harrow College; Ada Quill; Tom Reed",
        ),
        (
            "A deed of donation between [Northwind](o) and [Harrow College](o) was signed. [Ada Quill](p) witnessed the signing of the agreement.",
            "other signed: Northwind, Harrow College",
        ),
        (
            WITNESSED,
            "mou signed: Northwind, Harrow College; Ada Quill for Northwind; Tom Reed for Harrow College",
        ),
    ],
)
def test_one_sentence_tells_of_one_agreement(marked, expected):
    assert find(marked) == [expected]


@pytest.mark.parametrize(
    "marked",
    [
        "[Ada Quill](p), [chair](t:Ada Quill:Northwind) of [Northwind](o), will speak at [Harrow College](o) on Friday.",
        "No agreement was reached between [Northwind](o) and [Pike Steel](o).",
        "[Northwind](o) and [Pike Steel](o) have not signed any agreement.",
        "Users of [Northwind](o) must accept the agreement before they log in.",
        "By using the site of [Northwind](o) you accept its license agreement.",
        "Forward-looking statements include statements about the merger of [Northwind](o) and [Pike Steel](o).",
        "[Northwind](o) may enter into agreements with other mills such as [Pike Steel](o).",
        "[Ada Quill](p) of [Northwind](o) agreed that the harbour needs a new crane.",
        "[Northwind](o) offers services for mergers and acquisitions.",
        "[Northwind](o) keeps customer acquisition costs low.",
        "The smart contract of [Northwind](o) was audited.",
        "The part of the mall that was acquired has tenants including [Northwind](o) and [Pike Steel](o).",
        "[Northwind](o) offers instant settlement of trades to [Pike Steel](o).",
        "[Northwind](o) runs a cross-border settlement platform with [Pike Steel](o).",
        "[Northwind](o) looks into acquisition and joint venture opportunities with [Pike Steel](o).",
        "[Ada Quill](p) will take over as [chair](t:Ada Quill:Northwind) of [Northwind](o) from [Tom Reed](p).",
    ],
)
def test_what_is_no_agreement_gives_none(marked):
    assert find(marked) == []


def test_one_agreement_told_five_times_is_one():
    told = (
        "[Northwind](o) and [Harrow College](o) signed a cooperation agreement. The partnership between [Northwind](o) and"
        " [Harrow College](o) runs for five years. Under the agreement, [Northwind](o) will lend two cranes.\n\n"
        "“This partnership with [Harrow College](o) is a step forward,” said [Ada Quill](p) of [Northwind](o).\n\n"
        "[Northwind](o) has partnered with [Harrow College](o) to train welders."
    )
    assert find(told) == ["cooperation signed: Northwind, Harrow College"]


def test_this_memorandum_is_the_one_told_before_whoever_speaks_of_it():
    told = (
        "[Northwind](o) signed a memorandum of understanding with [Harrow College](o). “This memorandum of understanding is big,”"
        " said [Ada Quill](p), [chair](t:Ada Quill:Tarn Bank) of [Tarn Bank](o)."
    )
    assert find(told) == ["mou signed: Northwind, Harrow College"]


def test_a_memorandum_of_the_headline_is_the_one_that_a_subsidiary_signed():
    text = (
        "[Northwind](o) Signs MOU With [Harrow College](o)\n\nLEEDS, England, March 3, 2025 -- [Northwind](o) said its fund"
        " [Quay Capital](o) signed a memorandum of understanding with [Harrow College](o)."
    )
    assert len(read_group(annotate(text), "agreements")) == 1


def test_what_an_agreement_grants_is_no_grant():
    told = "[Northwind](o) signed a license agreement with [Harrow College](o). The agreement grants [Northwind](o) the right to sell."
    assert find(told) == ["license signed: Northwind, Harrow College"]


def test_an_authority_is_no_party_to_what_it_approved():
    told = "[Northwind](o) acquired Quaylin, an [FDA](o)-approved drug, from [Pike Steel](o)."
    assert not any("FDA" in line for line in find(told))


def test_who_signs_for_whom_in_the_order_of_the_names():
    marked = "[Northwind](o) and [Harrow College](o) agreed on a loan agreement. "
    signed = "[Ada Quill](p) and [Tom Reed](p) signed on behalf of [Northwind](o) and [Harrow College](o) respectively."
    assert find(marked + signed) == [
        "financing signed: Northwind, Harrow College; Ada Quill for Northwind; Tom Reed for Harrow College"
    ]


def test_whom_somebody_signed_for_is_a_party():
    marked = "[Northwind](o) on Monday signed a loan agreement. [Ada Quill](p) signed on behalf of the [Harrow College](o), [Tom Reed](p) signed on behalf of [Northwind](o)."
    assert find(marked) == [
        "financing signed: Northwind, Harrow College; Ada Quill for Harrow College; Tom Reed for Northwind"
    ]


def test_who_signed_first_is_found_whatever_was_signed_later():
    signed = "[Ada Quill](p) signed for [Northwind](o) and [Tom Reed](p) for [Harrow College](o). "
    marked = "[Northwind](o) and [Harrow College](o) agreed on a memorandum of understanding. " + signed
    assert find(
        marked + "It rained. [Lena Sund](p) signed the guest book, and a cooperation agreement of [Pike Steel](o)."
    )[:1] == ["mou signed: Northwind, Harrow College; Ada Quill for Northwind; Tom Reed for Harrow College"]


def test_who_signs_stands_in_the_clause():
    marked = "[Lena Sund](p) said that [Northwind](o), whose director, [Ada Quill](p), signed an agreement with [Harrow College](o), paid."
    assert find(marked) == ["other signed: Northwind, Harrow College; Ada Quill"]


def test_those_who_sign_together_sign_one_agreement():
    marked = "[Northwind](o) and [Harrow College](o) agreed on a memorandum of understanding. "
    signed = "[Northwind](o) chair [Ada Quill](p), [chair](t:Ada Quill:Northwind), and Minister [Tom Reed](p) signed the document in Leeds."
    assert find(marked + signed) == ["mou signed: Northwind, Harrow College; Ada Quill for Northwind; Tom Reed"]


def test_the_memorandum_that_people_sign_is_the_one_told_before():
    before = "[Northwind](o) and [Harrow College](o) agreed on a memorandum of understanding (MoU). "
    assert find(before + "[Ada Quill](p) of [Quay Institute](o) and [Tom Reed](p) signed the MoU. It rained.") == [
        "mou signed: Northwind, Harrow College; Ada Quill for Quay Institute; Tom Reed"
    ]


@pytest.mark.parametrize(
    ("marked", "purpose"),
    [
        (
            "[Northwind](o) signed an agreement with [Harrow College](o) to jointly train pilots.",
            "to jointly train pilots",
        ),
        ("[Northwind](o) signed an agreement with [Harrow College](o) so that sales to customers continue.", None),
    ],
)
def test_a_purpose_opens_with_a_verb(marked, purpose):
    doc = annotate(HEAD + marked)
    (agreement,) = read_group(doc, "agreements")
    found = agreement.fact["purpose"]
    assert (doc.text[slice(*found)] if found else None) == purpose


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[Northwind](o) and [Harrow College](o) agreed to sign a memorandum of understanding by June.",
            "mou proposed: Northwind, Harrow College",
        ),
        (
            "[Northwind](o) received an order for 12 cranes from [Pike Steel](o).",
            "supply completed: Northwind, Pike Steel",
        ),
        ("[Pike Steel](o) has ordered 12 cranes from [Northwind](o).", "supply signed: Pike Steel, Northwind"),
        ("[Northwind](o) won a contract to supply cranes to [Pike Steel](o).", "other signed: Northwind, Pike Steel"),
        ("[Crane Works](o) was acquired last year by [Northwind](o).", "acquisition completed: Crane Works, Northwind"),
        ("[Northwind](o) will distribute [Pike Steel](o)'s tools.", "distribution signed: Northwind, Pike Steel"),
        (
            "[Tarn Bank](o) is providing [Northwind](o) with a credit line of $3 million.",
            "financing completed: Tarn Bank, Northwind",
        ),
        (
            "[Northwind](o) secured a US$39 million loan from [Tarn Bank](o).",
            "financing completed: Northwind, Tarn Bank",
        ),
    ],
)
def test_what_is_bought_lent_or_planned(marked, expected):
    assert find(marked) == [expected]


def test_interest_in_an_agreement_is_none():
    assert find("[Northwind](o) expressed interest in an agreement with [Harrow College](o).") == []


def test_two_papers_in_one_sentence_are_two():
    marked = "[Northwind](o) and [Harrow College](o) signed an agreement on academic exchange and a memorandum on student exchange."
    assert find(marked) == ["cooperation signed: Northwind, Harrow College", "mou signed: Northwind, Harrow College"]


def test_this_partnership_is_the_one_told_before():
    told = (
        "[Northwind](o) and [Harrow College](o) have formed a partnership. This partnership will train welders, and this"
        " agreement runs for five years."
    )
    (mention,) = read_group(annotate(HEAD + told), "agreements")
    assert describe(mention) == "partnership signed: Northwind, Harrow College"
    assert len(mention.fact["evidence"]) == 3


def test_what_two_parties_agreed_in_different_kinds_is_kept_apart():
    told = (
        "[Northwind](o) has invested $5 million in [Pike Steel](o). [Northwind](o) has also formed a joint venture with"
        " [Pike Steel](o)."
    )
    assert find(told) == ["financing completed: Northwind, Pike Steel", "joint_venture signed: Northwind, Pike Steel"]


def test_a_supply_agreement_is_not_the_acquisition_of_the_supplier():
    told = (
        "[Northwind](o) has entered into a definitive agreement to acquire [Pike Steel](o). [Northwind](o) and [Pike Steel](o)"
        " have also extended their existing supply agreement."
    )
    assert find(told) == ["acquisition signed: Northwind, Pike Steel", "supply amended: Northwind, Pike Steel"]


def test_agreements_with_several_partners_are_kept_apart():
    told = (
        "The first memorandum of understanding was signed by [Northwind](o) and [Harrow College](o), while the second"
        " memorandum of understanding is between [Pike Steel](o) and [Tarn Bank](o)."
    )
    assert find(told) == ["mou signed: Northwind, Harrow College", "mou signed: Pike Steel, Tarn Bank"]


def test_a_memorandum_with_somebody_described_is_not_what_was_agreed_with_another():
    told = (
        "[Northwind](o) has partnered with [Harrow College](o). It also signed a memorandum of understanding with a Leeds-based"
        " bank."
    )
    assert find(told) == ["partnership signed: Northwind, Harrow College", "mou signed: Northwind"]


LISTED = """\
Several memoranda of understanding were signed at the dinner:

* [Northwind](o) and [Harrow College](o)
* [Kestrel Labs](o) with the [Norvik Museum](o), a branch of [Norvik](o)
* a reception
"""


def test_a_headline_tells_an_agreement_alone():
    text = "[Northwind](o) Partners With [Harrow College](o)\n\nLEEDS, England, March 3, 2025 -- [Northwind](o) trains welders."
    assert [describe(mention) for mention in read_group(annotate(text), "agreements")] == [
        "partnership signed: Northwind, Harrow College"
    ]


def test_each_line_of_a_list_is_an_agreement_of_its_own():
    assert find(LISTED) == ["mou signed: Northwind, Harrow College", "mou signed: Kestrel Labs, Norvik Museum"]


def test_a_list_that_tells_what_bodies_do_is_none():
    listed = LISTED.replace(" and [Harrow", " and others are pleased; [Harrow").replace(
        " with the [Norvik", " was [Norvik"
    )
    assert find(listed) == []


def test_the_company_of_a_write_up_is_not_the_wire_that_presents_itself_below():
    text = (
        "Northwind Opens Mill\n\n[Northwind](o) makes pumps in Leeds, and [Northwind](o) sells them. The company also has"
        " entered into a memorandum of understanding with [Harrow College](o).\n\n"
        "About Tarn Newswire\n\n[Tarn Newswire](o) sends news. [Tarn Newswire](o) is read widely. Write to [Tarn Newswire](o)."
    )
    (mention,) = read_group(annotate(text), "agreements")
    assert describe(mention) == "mou signed: Northwind, Harrow College"


def test_a_letter_names_the_deal_that_it_plans():
    doc = annotate(
        HEAD + "[Northwind](o) acquires [Pike Steel](o). Both signed a letter of intent for the acquisition of"
        " [Pike Steel](o) by [Northwind](o)."
    )
    (mention,) = read_group(doc, "agreements")
    assert (doc.text[mention.start : mention.end], mention.fact["kind"]) == ("letter of intent", "letter_of_intent")


@pytest.mark.parametrize(
    ("marked", "status"),
    [
        ("The memorandum of understanding between [Northwind](o) and [Harrow](o) will be signed in May.", "proposed"),
        ("[Northwind](o) and [Harrow](o) intend to initial, in the spring, a memorandum of understanding.", "proposed"),
        ("The supply agreement between [Northwind](o) and [Harrow](o) is being negotiated.", "proposed"),
        ("The supply agreement between [Northwind](o) and [Harrow](o) was extended until 2028.", "amended"),
        ("[Northwind](o) and [Harrow](o) signed an annex prolonging the supply agreement.", "amended"),
        ("The supply agreement between [Northwind](o) and [Harrow](o) was rescinded.", "terminated"),
        ("The loan agreement between [Northwind](o) and [Harrow Bank](o) in the amount of $4 million helps.", "signed"),
        ("The project runs on a bridge loan between [Northwind](o) and [Harrow Bank](o).", "completed"),
    ],
)
def test_the_status_is_said_behind_the_words_too(marked, status):
    [found] = find(marked)
    assert found.split(":")[0].split()[1] == status


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # "the university" is the one that was named
        (
            "[Harrow College](o) opens. The college and [Acme Mills](o) renewed their affiliation agreement.",
            "cooperation amended: Harrow College, Acme Mills",
        ),
        (
            "[Quill University](o) opens. A cooperation agreement was signed between [Norvik Bank](o) and our University.",
            "cooperation signed: Norvik Bank, Quill University",
        ),
        # "and a local builder, ORG"
        (
            "[Northwind](o) has signed an agreement with [Harrow College](o) (HC) and a young energy developer, [Acme](o), for grids.",
            "other signed: Northwind, Harrow College, Acme",
        ),
        (
            "[Northwind](o) announced a partnership with [Harrow](o), the provider of docks, and union-owned [Quay Bank](o) that helps.",
            "partnership signed: Northwind, Harrow, Quay Bank",
        ),
        # the name before the noun
        (
            "[Northwind](o) signed with [Harrow](o) an agreement for the insurance of its fleet.",
            "other signed: Northwind, Harrow",
        ),
        (
            "Tickets will be sold by [Harrow](o), with which [Northwind](o) has concluded a two-year service contract.",
            "services signed: Northwind, Harrow",
        ),
        # awarded to somebody
        (
            "[Northwind](o) has awarded the contract to build the new pier to the local firm [Harrow Works](o).",
            "other completed: Northwind, Harrow Works",
        ),
        # who only speaks of it is no party
        (
            "[Northwind](o) grows. [Ann Poe](p) confirmed that the framework agreement with [Harrow](o) was signed.",
            "cooperation signed: Northwind, Harrow",
        ),
        (
            "[Northwind](o) grows. [Ann Poe](p) highlighted a binding letter of intent to acquire [Harrow](o).",
            "letter_of_intent signed: Northwind, Harrow",
        ),
        # nor is the authority that approved what is bought
        (
            "[Northwind](o) has acquired [Lixa](o), an [FMA](o) approved drug maker, from [Harrow](o).",
            "acquisition completed: Northwind, Lixa, Harrow",
        ),
    ],
)
def test_parties_are_those_that_the_sentence_means(marked, expected):
    assert find(marked) == [expected]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[Northwind](o) and [Harrow](o) signed an addendum that adds ten berths.",
            "cooperation amended: Northwind, Harrow",
        ),
        ("Samples are shared under a protocol signed in 2020 between [Northwind](o) and [Harrow](o).", "cooperation"),
        ("[Northwind](o) and [Harrow](o) signed the Record of Discussions.", "cooperation signed: Northwind, Harrow"),
        ("[Northwind](o) entered into a non-binding Head of Terms with [Harrow](o).", "letter_of_intent signed"),
        ("A memorandum of mutual understanding was concluded between [Northwind](o) and [Harrow](o).", "mou signed"),
    ],
)
def test_papers_of_other_names_are_agreements_where_they_are_signed(marked, expected):
    [found] = find(marked)
    assert found.startswith(expected)


@pytest.mark.parametrize(
    ("marked", "signed"),
    [
        (
            "It was signed for [Northwind](o) by its chair, [Ann Poe](p), and for [Harrow](o) by [Tom Roe](p).",
            "Ann Poe for Northwind; Tom Roe for Harrow",
        ),
        (
            "Signing for [Northwind](o) was [Ann Poe](p), while [Tom Roe](p) signed for [Harrow](o).",
            "Ann Poe for Northwind; Tom Roe for Harrow",
        ),
        ("For [Northwind](o) signed the President, [Ann Poe](p).", "Ann Poe for Northwind"),
        ("[Ann Poe](p) and [Tom Roe](p) put their names under the document.", "Ann Poe; Tom Roe"),
        (
            "[Ann Poe](p) signed for [Northwind](o), while [Harrow](o) was represented by its dean, [Tom Roe](p).",
            "Ann Poe for Northwind; Tom Roe for Harrow",
        ),
        (
            "Representing [Northwind](o) at the signing was its [chair](t:Ann Poe:Northwind), [Ann Poe](p).",
            "Ann Poe for Northwind",
        ),
        ("The chair, [Ann Poe](p), initialled for her company.", "Ann Poe"),
    ],
)
def test_those_who_sign_are_told_in_many_ways(marked, signed):
    [found] = find(f"[Northwind](o) and [Harrow](o) signed a cooperation agreement. {marked}")
    assert found == f"cooperation signed: Northwind, Harrow; {signed}"


def test_the_agreement_is_the_one_of_the_sentence_before():
    found = find(
        "[Northwind](o) and [Harrow](o) will sign a cooperation agreement. The agreement will be signed by [Ann Poe](p) and"
        " [Tom Roe](p). A comparable agreement between [Northwind](o) and [Acme](o) was concluded in 2021."
    )
    assert [line.split(" | ")[0] for line in found] == [
        "cooperation proposed: Northwind, Harrow; Ann Poe; Tom Roe",
        "other signed: Northwind, Acme",
    ]


def test_who_is_represented_where_nothing_is_signed_signs_nothing():
    [found] = find(
        "[Northwind](o) and [Harrow](o) announced a cooperation agreement. [Harrow](o) was represented by [Tom Roe](p)."
    )
    assert found == "cooperation signed: Northwind, Harrow"


def test_what_a_stranger_will_sign_is_not_the_agreement_of_whom_the_release_is_about():
    assert not find(
        "[Northwind](o) closed its fair. One exhibitor is set to sign a memorandum of understanding in May."
    )


def test_we_of_a_write_up_are_those_it_is_about():
    doc = annotate(
        "Harbour Notes\n\nBy [Quay Gazette](o)\n\n[Northwind](o) builds docks. Through our collaboration with"
        " [Harrow](o), docks float.\n\n[Northwind](o) is in Leeds."
    )
    assert [describe(mention) for mention in read_group(doc, "agreements")] == ["cooperation signed: Northwind, Harrow"]
