"""Sentences: each case is a text with a bar where a sentence begins."""

import pytest
import spacy
from hypothesis import given

from pressx.rules import load_rules
from pressx.sentences import Sentences
from pressx.tokenization import cut_glued_words, make_doc
from strategies import texts

PIPELINE = spacy.blank("en")
cut_glued_words(PIPELINE)
SENTENCES = Sentences(load_rules())

CASES = [
    "Prices rose in May. |They fell in June.",
    "Attorney Lanny A. Roe spoke. |He left.",
    "Acme Inc. announced a deal. |Bolt Corp. and Nut Ltd. did not.",
    "He works for Acme Inc. |The firm grew.",
    "U.S. Attorney Jane Roe sued. |It is in the U.S. |The court agreed.",
    "See No. 5 and p. 7, or Jan. 5. |That rose by 3.5 percent.",
    "It grew... |And then? |Yes! |It ended.",
    "“We win.” |“You lose,” she said. |He left.",
    "“We win.”|“You lose,” she said.",
    "It ended at last.|Next came the rest.",
    "Visit www.Acme.com or acme.Net today. |Then call.",
    "Dr. Jane Roe, Ph.D., met Sen. John Doe et al. in St. Louis.",
    "She holds an M.B.A. |Before that she taught.",
    "Line one\n|Line two\n\n|Line three",
    "The plan: • |one • |two".replace("• |", "|• "),
    "(It was late.) |They went home.",
    "Sales rose 5%. |15 shops opened.",
    "Is it “ready”? |Nobody knows; e.g. Acme vs. Bolt is open.",
]


def find_starts(text):
    doc = SENTENCES(make_doc(PIPELINE, text))
    return [sentence.start_char for sentence in doc.sents]


@pytest.mark.parametrize("marked", CASES)
def test_sentences_begin_at_the_bars(marked):
    first, *rest = marked.split("|")
    starts = [0]
    for part in [first, *rest][:-1]:
        starts.append(starts[-1] + len(part))
    assert find_starts(marked.replace("|", "")) == starts


def test_wrapped_lines_are_one_paragraph():
    line = "the harbour board of Norvik wants a second quay for its old ferries"
    text = "Norvik Opens Second Quay\n\n" + "\n".join([line] * 12) + ".\n"
    assert len(find_starts(text)) == 2


@given(texts())
def test_every_token_is_decided_and_each_block_begins_a_sentence(text):
    doc = SENTENCES(make_doc(PIPELINE, text))
    assert all(token.is_sent_start is not None for token in doc)
    assert "".join(sentence.text_with_ws for sentence in doc.sents) == text
