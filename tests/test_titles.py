"""Titles: marked names; which words of the text are a title."""

import pytest

from annotated import annotate
from pressx.spans import fold_doc, read_group


def find(nlp, marked):
    doc = annotate(nlp, marked)
    names = [*read_group(doc, "people"), *read_group(doc, "organizations")]
    titles = nlp.get_pipe("pressx_positions").titles.find(doc, fold_doc(doc), names)
    return [doc.text[title.start : title.end] for title in titles]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "the Prefect of Tromsdal, {P:Ada Quill}, and the state deputy {P:Tom Reed}",
            ["Prefect of Tromsdal", "state deputy"],
        ),
        ("with the deputies {P:Ada Quill} and {P:Tom Reed}", ["deputies"]),
        ("{O:Harrow} glaciologist {P:Ada Quill}", ["glaciologist"]),
        ("{P:Ada Quill}, Cultural Attaché of the {O:Quay Embassy}", ["Cultural Attaché"]),
        ("{P:Ada Quill}, Chief Officer, Agriculture and Irrigation", ["Chief Officer, Agriculture and Irrigation"]),
        ("by H.E. Governor {P:Ada Quill}", ["Governor"]),
        ("{P:Ada Quill}, Team Leader, {O:Harrow}", ["Team Leader"]),
        ("{P:Ada Quill}, Leader, Media and Events", ["Leader, Media and Events"]),
        (
            "{P:Ada Quill} and {P:Tom Reed}, joint leaders of the Quay Ways project",
            ["joint leaders of the Quay Ways project"],
        ),
        (
            "{P:Ada Quill}, Director (Acting), Quay Works Department, {O:Harrow}",
            ["Director (Acting), Quay Works Department"],
        ),
        (
            "{P:Ada Quill}, professor emeritus of tides, and {P:Tom Reed}, trustee emeritus",
            ["professor emeritus of tides", "trustee emeritus"],
        ),
        ("by {P:Ada Quill}, Minister responsible for Harbours, and", ["Minister responsible for Harbours"]),
        ("{P:Ada Quill}, Physician-in-Chief at {O:Harrow}", ["Physician-in-Chief"]),
        ("the Speaker of the {O:Norvik City Council}, {P:Ada Quill}", ["Speaker"]),
        ("{P:Ada Quill}, a PhD student at {O:Harrow}", ["PhD student"]),
        (
            "With Prof. Dr. {P:Ada Quill} of {O:Harrow} and Asst. Prof. {P:Tom Reed} ({O:Norvik})",
            ["Prof.", "Asst. Prof."],
        ),
        ("the rector, Prof. {P:Ada Quill} of {O:Harrow}, met Prof. {P:Tom Reed}", ["rector"]),
        ("with Prof. {P:Ada Quill}, {O:Harrow} Chair", ["Chair"]),
        ("the Project Director, Lt. Col. {P:Ada Quill}", ["Project Director", "Lt. Col."]),
        ("{P:Ada Quill}, an industry leader and a leader of men", []),
    ],
)
def test_a_title_is_read_whole(nlp, marked, expected):
    assert find(nlp, marked) == expected
