"""People: what the model reads as names, cleaned by what stands in and round them, and told apart."""

import pytest

from annotated import annotate_read


def find(nlp, marked):
    """Return the people of a text, each as the forms of its mentions."""
    doc = nlp.get_pipe("pressx_people")(annotate_read(nlp, marked))
    people = {}
    for span in doc.spans["people"]:
        people.setdefault(span.kb_id_, []).append(span.text)
    return list(people.values())


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("said {P:Dr. Ada Quill, PhD}, who won", ["Ada Quill"]),
        ("said {P:Councilmembers Ada Quill} today", ["Ada Quill"]),
        ("said {P:Mayor Quill} today", ["Quill"]),
        ("said {P:H.E. Ada bin Quill} today", ["Ada bin Quill"]),
        ("{P:Ada Quill's} book", ["Ada Quill"]),
        ("said {P:Ada R. Quill Jr.} today", ["Ada R. Quill Jr."]),
        ("and {P:Prince Okoye} came", ["Prince Okoye"]),
        ("{P:Ada Quill}, the {P:Tom Reed} Professor of Tides", ["Ada Quill"]),
        ("{P:Lena Sund} and {P:Tom Reed}, the Ruth and {P:Tom Reed} Chair in Tides", ["Lena Sund", "Tom Reed"]),
        ('and Tomas "Tom" {P:Reed} came', ["Reed"]),
        ('and Tomas "{P:Tom" Reed} came', ['Tomas "Tom" Reed']),
        ('and {P:Tomas} "Tom" Reed came', ['Tomas "Tom" Reed']),
        ('and {P:Tomas "Tom} " came', ['Tomas "Tom']),
        ('and {P:Tomas "Tom" Reed|0.01} came', []),
        ("said Prof. {P:Ada Ma}, who won", ["Ada Ma"]),
        ("with Dr. {P:Ada Quill}(deceased) there", ["Ada Quill"]),
        ("said {P:Ada Quill Ph}.D. L.N.", ["Ada Quill"]),
        ("said {P:Ada Quill Ph.D. L.N.} there", ["Ada Quill"]),
        ("met {P:Bill Quill|0.9} and {P:Ada Park|0.9}", ["Bill Quill", "Ada Park"]),
        ("met at {P:Quill Park|0.4}", []),
        ('("clean river" in {P:Swahili|0.9})', []),
        ("met {P:Quill Park|0.4}, {T:president}", ["Quill Park"]),
        ('"We won," said Ada Quill, who won', ["Ada Quill"]),
        ('"We won," said {P:Ada Quill|0.05}, who won', ["Ada Quill"]),
        ('"We won," said Harbour Director, who won', []),
        ('"We won," said {O:Harbour Foods}, which won', []),
        ("founded by Mr. Ada Quill of Norvik", ["Ada Quill"]),
        ("with Dr. {P:Ada} Said {P:Quill}, who won", ["Ada Said Quill"]),
        ("the Dr. {P:Ada Quill} Scholarship", ["Ada Quill"]),
        ("said {P:Ada (Northwind Pumps}) there", ["Ada"]),
        ("and Tomas ({P:Tom) Reed} came", ["Tomas (Tom) Reed"]),
        ('and {P:Tomas} ("Tom") R. Reed came', ['Tomas ("Tom") R. Reed']),
        ("{P:Quill Lokner} served as exclusive financial advisor to it", []),
        ("said {P:Ada Quill}, Jr. today", ["Ada Quill, Jr."]),
        ("said {P:Ada Quill}, Sr., who won", ["Ada Quill, Sr."]),
        ("said {P:Ada Quill}, Sr. Director", ["Ada Quill"]),
        ("{P:Ada Quill Ada}.Quill@norvik.example", ["Ada Quill"]),
        ("said {P:Ali Quill Ali}. He won", ["Ali Quill Ali"]),
        ("and {P:Chef Quill} cooked", ["Quill"]),
        ("said Prof. Dr. Md. {P:Kamal Quill} today", ["Md. Kamal Quill"]),
        ("Vice Minister {P:Quill Park|0.3} will chair it", ["Quill Park"]),
        ("said {P:He Quillan} today", ["He Quillan"]),
        ("and HE Said {P:bin Ada Al Quill} came", ["Said bin Ada Al Quill"]),
        ("said {P:Dean QUILL Ada} today", ["QUILL Ada"]),
        ("said Prof. (Mrs.) {P:Ada Quill} today", ["Ada Quill"]),
        ("said {P:Dra. Ada Quill} today", ["Ada Quill"]),
        ("said Dr. {P:A S M Kamal Quill} today", ["A S M Kamal Quill"]),
        ("said {P:Dato' Seri Ada Quill} today", ["Ada Quill"]),
        ("CEO Ada Quill commented on it", ["Ada Quill"]),
        ("It rained. Ada Quill and Tom Reed/The Norvik Sun.\n\nIt ended.", ["Ada Quill"]),
    ],
)
def test_a_name_is_cleaned(nlp, marked, expected):
    assert [form for forms in find(nlp, marked) for form in forms] == expected


@pytest.mark.parametrize(
    "marked",
    [
        "Her {P:Excellency} spoke",
        "a {P:Councilmember} spoke",
        "the {P:norvik} harbour",
        "the {P:2026 Ada Award} goes",
        "write to {P:ada@norvik.example}",
        "{P:A Norvik} youth won",
        "and so did {P:I.} she said",
        "the {P: } of {P:\n} it",
    ],
)
def test_what_is_no_name_is_nobody(nlp, marked):
    assert find(nlp, marked) == []


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{P:Ada Quill} came. {P:Quill} left. Ms. {P:Quill} returned.", [["Ada Quill", "Quill", "Quill"]]),
        ("{P:Ada Quill} and {P:Tom Quill} came.", [["Ada Quill"], ["Tom Quill"]]),
        ("{P:QUILL Ada} came. {P:Ada Quill} left.", [["QUILL Ada", "Ada Quill"]]),
        ("{P:Ada R. Quill} came. {P:Ada Quill} left.", [["Ada R. Quill", "Ada Quill"]]),
        ("{P:Ada and Tom Quill} came.", [["Ada"], ["Tom Quill"]]),
        ("{P:Tom Quill Sr.} and {P:Tom Quill Jr.} came.", [["Tom Quill Sr."], ["Tom Quill Jr."]]),
        ("{P:Tom Quill Jr.} came. {P:Tom Quill} left.", [["Tom Quill Jr.", "Tom Quill"]]),
        ("said {P:Kestrel}'s {T:director}, {P:Ada Quill}.", [["Ada Quill"]]),
        ("said {P:Quill}'s {T:lawyer}, {P:Tom Reed}, of {P:Ada Quill}.", [["Quill", "Ada Quill"], ["Tom Reed"]]),
        ("{P:Ada Quill Reed} came. {P:Ada} {P:Quill Reed} left.", [["Ada Quill Reed", "Ada Quill Reed"]]),
        ("{P:Ada Quill} came. Ada Quill left.", [["Ada Quill", "Ada Quill"]]),
        ("{P:David Quill} came. {P:Dave Quill} left.", [["David Quill", "Dave Quill"]]),
        ("{P:Bill Quill} came. {P:William R. Quill} left.", [["Bill Quill", "William R. Quill"]]),
        ("{P:Bill Quill} came. {P:Walter Quill} left.", [["Bill Quill"], ["Walter Quill"]]),
        ("{P:Ada Deborah Quill} came. {P:Debbie} left.", [["Ada Deborah Quill", "Debbie"]]),
    ],
)
def test_forms_of_one_name_are_one_person(nlp, marked, expected):
    assert find(nlp, marked) == expected
