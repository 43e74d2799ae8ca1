"""Quotations: which words in marks are speech, and whose."""

import pytest

from annotated import annotate
from pressx.quotes import pair_quotes
from pressx.spans import read_group

SPEECH = "We will bake more bread than we did last year"


def list_quotations(nlp, marked):
    doc = nlp.get_pipe("pressx_quotations")(nlp.get_pipe("pressx_positions")(annotate(nlp, marked)))
    return [(m.fact["speaker"], doc.text[m.start : m.end], m.rule) for m in read_group(doc, "quotations")]


def list_speakers(nlp, marked):
    return [(speaker, rule.removeprefix("quotation.")) for speaker, _, rule in list_quotations(nlp, marked)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (f'"{SPEECH}," said {{P:Ann Poe}}.', [("Poe", "after")]),
        (f'"{SPEECH}," {{P:Ann Poe}}, the chief baker, said.', [("Poe", "after")]),
        (f'{{P:Ann Poe}} said: "{SPEECH}."', [("Poe", "before")]),
        (f'According to {{P:Ann Poe}}, "{SPEECH}."', [("Poe", "before")]),
        (f'"{SPEECH}," said a spokesperson for {{O:Northwind Bakery}}.', [("Northwind Bakery", "after-organization")]),
        (f'Deputy Minister {{P:Ann Poe}} met {{P:Bo Lee}}. "{SPEECH}," the minister said.', [("Poe", "after-role")]),
        (f'"{SPEECH}" - {{P:Ann Poe}}', [("Poe", "dash")]),
        (f'"{SPEECH}" - {{O:Northwind Bakery}}', [("Northwind Bakery", "dash")]),
        # A testimonial is signed, with no verb.
        (f'"{SPEECH}."\n{{P:Ann Poe}} - Dover, KS\n', [("Poe", "signature")]),
        (f'"{SPEECH}."  {{P:Ann Poe}}, Guild of Bakers\n\nMore.', [("Poe", "signature")]),
        # The sentence after a finished quote tells, it does not attribute.
        (f'{{P:Ann Poe}} said: "{SPEECH}." {{P:Bo Lee}} runs the shop.', [("Poe", "before")]),
        (f'"{SPEECH}," said {{P:Ann Poe}}. "{SPEECH}." At {{O:Acme}}, a deal promises more. "{SPEECH}."', None),
    ],
)
def test_the_speaker(nlp, marked, expected):
    found = list_speakers(nlp, marked)
    assert found == expected if expected else {speaker for speaker, _ in found} == {"Poe"}


@pytest.mark.parametrize(
    ("marked", "speaker"),
    [
        # The subject of the sentence before, not the last speaker.
        (f'"{SPEECH}," said {{P:Bo Lee}}.\n\nIts chairman, {{P:Cy Fox}}, came too. He noted, "{SPEECH}."', "Fox"),
        # Of two people in the paragraph the one who opens a sentence.
        (f'{{P:Cy Fox}} met {{P:Bo Lee}} there. He noted, "{SPEECH}."', "Fox"),
        (f'{{P:Cy Fox}} met {{P:Bo Lee}} there. "{SPEECH}," he noted.', "Fox"),
        # Nobody in the paragraph: the last speaker.
        (f'"{SPEECH}," said {{P:Bo Lee}}.\n\nThe ovens are new. "{SPEECH}," she added.', "Lee"),
    ],
)
def test_whom_a_pronoun_means(nlp, marked, speaker):
    assert list_speakers(nlp, marked)[-1][0] == speaker


@pytest.mark.parametrize(
    ("marked", "count"),
    [
        (f'"{SPEECH}," said {{P:Ann Poe}}. "{SPEECH}."', 1),
        (f'"{SPEECH}.\n\n"{SPEECH}," said {{P:Ann Poe}}.', 1),
        # A sentence of narrative between them makes two.
        (f'"{SPEECH}," said {{P:Ann Poe}}. The ovens are new. "{SPEECH}," said {{P:Ann Poe}}.', 2),
        # A nickname in marks is no quote.
        (f'"{SPEECH}," said {{P:Ann "Bun" Poe}}. "{SPEECH}."', 1),
    ],
)
def test_one_stretch_of_speech_is_one_quotation(nlp, marked, count):
    found = list_speakers(nlp, marked)
    assert [speaker for speaker, _ in found] == ["Poe"] * count


@pytest.mark.parametrize(
    "marked",
    [
        'In addition to "Bread in a Day," {O:Northwind Bakery} offers buns.',
        '{O:Northwind Bakery} releases its "State of the Bread" report, {O:Acme} said.',
        '{P:Ann Poe} announces the first community event, "Bread for the Baker."',
        '{P:Ann Poe} leads the shop, known for its promise to "bake more bread than anybody did last year."',
        'The 12" pizza is large, they say. {P:Ann Poe} likes it.',
    ],
)
def test_what_is_no_quotation(nlp, marked):
    assert list_quotations(nlp, marked) == []


@pytest.mark.parametrize(
    "marked",
    [
        f"Old news.\n\n{SPEECH},” said {{P:Ann Poe}}. “And more.”",
        f"Old news.   {SPEECH},” {{P:Ann Poe}} said.",
        f"{SPEECH},” said {{P:Ann Poe}}.",
    ],
)
def test_words_whose_opening_mark_was_lost_start_with_their_paragraph(nlp, marked):
    assert list_quotations(nlp, marked)[:1] == [("Poe", f"{SPEECH},", "quotation.after")]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("'I like the trust's members,' said Ann Poe. The boards' chairs left.", ["I like the trust's members,"]),
        ("Ann Poe said: ‘We won. It’s ours.’ Then it rained.", ["We won. It’s ours."]),
        (
            "\"He said 'we won the cup,' and left it there,\" said Ann Poe.",
            ["He said 'we won the cup,' and left it there,"],
        ),
        ("'It is \"the best\" place,' said Ann Poe.", ['It is "the best" place,']),
        ("The 'Quay Days' fair. 'Yes, we won,' she said.", ["Yes, we won,"]),
        ("The 'Quay Days' fair.\n\nIt rained,' she said.", []),
    ],
)
def test_single_marks_quote_when_they_close_behind_a_stop(text, quoted):
    assert [text[quote.start : quote.end] for quote in pair_quotes(text)] == quoted


def test_an_opening_mark_before_a_blank_closes():
    text = f"“{SPEECH},“ said Ann Poe. “And more.”"
    assert [text[quote.start : quote.end] for quote in pair_quotes(text)] == [f"{SPEECH},", "And more."]
