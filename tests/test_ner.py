"""The entity model: what it finds, that company doesn't change it, and what it was taught."""

import importlib
import json
import pickle
import random
import re
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import get_lang_class

from pressx.errors import ModelError
from pressx.ner import FILES, EntityModel
from pressx.resources import find_model
from pressx.tagging import decode, share_evidence
from pressx.tokenization import cut_glued_words
from pressx.words import GAPS, LONGEST_WORD, SHAPES, classify_shape, cut_words, make_words, plan_windows, read_words

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
MODEL = find_model() / "ner"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs the annotated releases beside the checkout")

RELEASE = """Larkfield Robotics Names Dr. Jane A. Roe Chief Executive Officer

DENVER, Colo., March 5, 2024 -- Larkfield Robotics, Inc. today said that Jane A. Roe, MD, will succeed founder
Tomas Quill as Chief Executive Officer. "I am glad to join Larkfield," said Roe, former Vice President of
Operations at Harbour Light Foods.

Contact: Maria TorresEmail: maria@larkfield.example
"""


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = get_lang_class("en")()
    cut_glued_words(nlp)
    nlp.add_pipe("pressx_ner", config={"threads": 2})
    return nlp


def read(doc: Doc) -> list[tuple[int, int, str, float]]:
    """Return everything the component wrote."""
    spans = doc.spans["ner"]
    probabilities = spans.attrs["probabilities"]
    assert len(probabilities) == len(spans)
    return [
        (span.start_char, span.end_char, span.label_, probability)
        for span, probability in zip(spans, probabilities, strict=True)
    ]


def find(doc: Doc, label: str) -> set[str]:
    return {" ".join(span.text.split()) for span in doc.spans["ner"] if span.label_ == label}


class TestEntities:
    def test_people_without_honorifics_and_credentials_and_glued_words(self, nlp):
        assert {"Jane A. Roe", "Tomas Quill", "Roe", "Maria Torres"} <= find(nlp(RELEASE), "PERSON")

    def test_organizations_and_titles(self, nlp):
        doc = nlp(RELEASE)
        assert {"Larkfield Robotics, Inc.", "Larkfield", "Harbour Light Foods"} <= find(doc, "ORG")
        assert {"Chief Executive Officer", "Vice President of Operations"} <= find(doc, "TITLE")

    def test_spans_carry_the_name_of_the_model_and_a_probability(self, nlp):
        doc = nlp(RELEASE)
        name = json.loads((MODEL / "config.json").read_text(encoding="utf-8"))["name"]
        assert {span.id_ for span in doc.spans["ner"]} == {name}
        assert all(0 < probability <= 1 for *_, probability in read(doc))

    @pytest.mark.parametrize("text", ["", " ", "\n\n", "\ufe0f", "\u200b \u200b", "\U0001f600" * 40, "a\u0301" * 99])
    def test_texts_without_words_have_no_entities(self, nlp, text):
        assert read(nlp(text)) == []

    def test_a_word_of_any_length_is_read(self, nlp):
        assert "Jane A. Roe" in find(nlp("x-" * 500 + "\n\n" + RELEASE), "PERSON")

    def test_no_part_of_a_long_text_is_skipped(self, nlp):
        names = [f"{first} {last}" for first in ("Anna", "Peter", "Maria") for last in ("Quill", "Roe", "Hart", "Lowe")]
        filler = "The new line will open in spring and bring work to many people in the valley. " * 20
        text = "\n\n".join(f'{filler}"We are glad," said {name}, President of Larkfield Robotics.' for name in names)
        assert set(names) <= find(nlp(text), "PERSON")


def shuffle_paragraphs(count: int) -> list[str]:
    """Return texts of many lengths."""
    paragraphs = RELEASE.split("\n\n")
    rng = random.Random(3)
    return ["\n\n".join(rng.choices(paragraphs, k=rng.randint(1, 12))) for _ in range(count)]


class TestSameInputSameEntities:
    @pytest.mark.parametrize("batch_size", [1, 3, 50])
    @pytest.mark.parametrize("threads", [1, 3])
    def test_at_any_batch_size_thread_count_and_position(self, nlp, batch_size, threads):
        texts = [*shuffle_paragraphs(12), "", RELEASE]
        expected = {text: read(nlp(text)) for text in texts}
        model = EntityModel(MODEL, threads)
        order = random.Random(batch_size).sample(texts, len(texts))
        docs = model.pipe((nlp.tokenizer(text) for text in order), batch_size=batch_size)
        assert [read(doc) for doc in docs] == [expected[text] for text in order]

    def test_in_another_process(self, nlp):
        model = pickle.loads(pickle.dumps(nlp.get_pipe("pressx_ner")))  # noqa: S301  # our own bytes
        assert read(model(nlp.tokenizer(RELEASE))) == read(nlp(RELEASE))


class TestFiles:
    @pytest.fixture
    def copy(self, tmp_path: Path) -> Path:
        return Path(shutil.copytree(MODEL, tmp_path / "ner"))

    @pytest.mark.parametrize("name", [*FILES, "checksums.json"])
    def test_a_damaged_file_is_named_in_one_line(self, copy, name):
        (copy / name).write_bytes((copy / name).read_bytes()[:-10])
        with pytest.raises(ModelError, match=f"{name} is damaged") as caught:
            EntityModel(copy, 1)
        assert "\n" not in str(caught.value)

    @pytest.mark.parametrize("name", [*FILES, "checksums.json"])
    def test_a_missing_file_is_named_in_one_line(self, copy, name):
        (copy / name).unlink()
        with pytest.raises(ModelError, match=name) as caught:
            EntityModel(copy, 1)
        assert "\n" not in str(caught.value)

    def test_attention_is_one_operation(self):
        assert b"MultiHeadAttention" in (MODEL / "model.onnx").read_bytes()

    def test_they_stay_small(self):
        assert sum(path.stat().st_size for path in MODEL.iterdir()) <= 30_000_000

    def test_none_is_a_pickle(self):
        assert {path.name for path in MODEL.iterdir()} == {*FILES, "checksums.json"}


class TestWords:
    @pytest.mark.parametrize(
        ("word", "shape"),
        [("said", "lower"), ("Roe", "title"), ("NYSE", "upper"), ("A.", "letter"), ("McRoe", "mixed"),
         ("2024", "digits"), ("B2B", "alphanumeric"), ("—", "mark")],
    )  # fmt: skip
    def test_shapes(self, word, shape):
        assert SHAPES[classify_shape(word)] == shape

    def test_white_space_is_no_word_but_a_gap(self, nlp):
        words = read_words(nlp.tokenizer("One  two\nthree\n\nfour."))
        assert words.texts == ["One", "two", "three", "four", "."]
        assert [GAPS[gap] for gap in words.gaps] == ["start", "spaces", "line", "paragraph", "glued"]

    @pytest.mark.parametrize(
        ("glued", "words"),
        [
            ("QuillThis", ["Quill", "This"]),
            ("LütThis", ["Lüt", "This"]),
            ("DirectorT", ["Director", "T"]),
            ("McRoe", ["McRoe"]),
            ("CEOKTL", ["CEO", "KTL"]),
            ("COOPERATION", ["COOPERATION"]),
            ("PhDDirector", ["PhD", "Director"]),
            ("CEOada@norvik.example", ["CEO", "ada@norvik.example"]),
        ],
    )
    def test_what_a_lost_line_break_glued_is_cut(self, nlp, glued, words):
        assert read_words(nlp.tokenizer(glued)).texts == words

    @given(texts=st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=60))
    def test_every_word_has_pieces(self, nlp, texts):
        pieces, sizes = cut_words(nlp.get_pipe("pressx_ner").network.tokenizer, texts)
        assert len(sizes) == len(texts)
        assert sizes.min() >= 1
        assert sizes.max() <= LONGEST_WORD
        assert len(pieces) == sizes.sum()

    @given(
        st.lists(st.tuples(st.integers(1, LONGEST_WORD), st.booleans()), min_size=1, max_size=300),
        st.integers(2 * LONGEST_WORD, 100),
    )
    def test_windows_cover_all_words_and_fit(self, words, limit):
        sizes, openings = [size for size, _ in words], [opening for _, opening in words]
        windows = plan_windows(sizes, openings, limit)
        read = [at for window in windows for at in range(window.first, window.last)]
        assert read == list(range(len(words)))
        assert all(0 < sum(sizes[window.first : window.last]) <= limit for window in windows)

    def test_windows_begin_with_a_sentence_and_are_about_as_long_as_each_other(self):
        openings = [at in (0, 20, 47, 70) for at in range(100)]
        assert plan_windows([1] * 100, openings, 60) == [(0, 47), (47, 100)]
        assert plan_windows([1] * 100, [False] * 100, 60) == [(0, 50), (50, 100)]


class TestDecoding:
    LABELS = ("PERSON", "ORG")

    def spell(self, *tags: dict[int, float]) -> list[tuple[int, int, str, float]]:
        rows = np.full((len(tags), 9), 0.001, dtype=np.float32)
        for row, given_tags in zip(rows, tags, strict=True):
            for tag, probability in given_tags.items():
                row[tag] = probability
        return [tuple(entity) for entity in decode(rows, self.LABELS)]

    def test_entities_of_one_and_more_words(self):
        assert self.spell({1: 0.9}, {2: 0.8}, {3: 0.9}, {8: 0.7}, {0: 0.9}) == [
            (0, 3, "PERSON", pytest.approx(0.648, abs=1e-4)),
            (3, 4, "ORG", pytest.approx(0.7, abs=1e-4)),
        ]

    def test_an_illegal_sequence_is_never_spelled(self):
        inside, end_of_other = {2: 0.9}, {7: 0.9}
        assert self.spell({0: 0.5}, inside, end_of_other, {0: 0.5}) == [(1, 3, "ORG", pytest.approx(0.0009, abs=1e-4))]

    @given(st.lists(st.lists(st.floats(0, 1), min_size=9, max_size=9), max_size=30))
    def test_entities_never_overlap(self, rows):
        entities = list(decode(np.array(rows, dtype=np.float32).reshape(-1, 9), self.LABELS))
        ends = [0, *(entity.last for entity in entities)]
        assert all(entity.first >= end for entity, end in zip(entities, ends, strict=False))
        assert all(entity.first < entity.last <= len(rows) for entity in entities)

    def test_a_name_read_twice_is_read_alike(self):
        words = make_words([], ["Roe", "said", "Roe"], [1, 3, 3])
        rows = np.full((3, 9), 0.01, dtype=np.float32)
        rows[0, 4], rows[1, 0], rows[2, 8] = 0.92, 0.92, 0.5
        rows[2, 4] = 0.43
        rows[0, 8] = 0.03
        shared = share_evidence(rows, words, self.LABELS)
        assert [entity.label for entity in decode(shared, self.LABELS)] == ["PERSON", "PERSON"]
        assert np.allclose(shared[[0, 2]].sum(axis=1), 1)


@pytest.fixture(scope="module")
def releases():
    """The part of the recipe that needs no torch."""
    sys.path.insert(0, str(ROOT / "models"))
    yield importlib.import_module("training.releases")
    sys.path.remove(str(ROOT / "models"))


class TestWhatItWasTaught:
    ANNOTATIONS = ROOT / "models" / "training" / "annotations"
    READ = ROOT / "models" / "training" / "read"
    UNSEEN = ROOT / "models" / "training" / "unseen"
    DEALS = ROOT / "models" / "training" / "deals"

    @needs_shared
    def test_nothing_of_what_it_is_measured_on(self, releases):
        measured = {path.stem: path.read_text("utf-8") for path in (SHARED / "eval/dev/texts").glob("*.txt")}
        hashes = {releases.fingerprint(text) for text in measured.values()}
        own = [json.loads(path.read_text("utf-8")) for path in self.ANNOTATIONS.glob("*.json")]
        train = list((SHARED / "eval/train/texts").glob("*.txt"))
        assert measured
        assert own
        assert not measured.keys() & {record["id"] for record in own}
        assert not measured.keys() & {path.stem for path in train}
        assert not hashes & {record["sha256"] for record in own}
        assert not hashes & {releases.fingerprint(path.read_text("utf-8")) for path in train}
        corpus = releases.read_corpus(sorted((SHARED / "corpus").glob("*.jsonl.gz")))
        assert not any(release.id in measured or releases.fingerprint(release.text) in hashes for release in corpus)

    def test_nothing_of_the_unseen(self):
        taught, read, unseen, deals = (
            [json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")]
            for folder in (self.ANNOTATIONS, self.READ, self.UNSEEN, self.DEALS)
        )
        assert len(unseen) >= 40
        assert len(deals) >= 100
        assert read
        for key in ("id", "sha256"):
            groups = [{record[key] for record in records} for records in (taught, read, unseen, deals)]
            assert len(set().union(*groups)) == sum(map(len, groups))

    @needs_shared
    @pytest.mark.usefixtures("releases")
    @pytest.mark.parametrize(
        ("folder", "options"), [(UNSEEN, []), (READ, ["--of", "read"]), (DEALS, ["--of", "deals"])]
    )
    def test_what_no_model_learnt_can_be_measured_on(self, folder, options, tmp_path):
        importlib.import_module("training.unseen").main(
            ["--corpus", *map(str, sorted((SHARED / "corpus").glob("*.jsonl.gz"))), "--output", str(tmp_path), *options]
        )
        written = {path.stem: path.read_text("utf-8") for path in (tmp_path / "texts").glob("*.txt")}
        assert written.keys() == {path.stem for path in (tmp_path / "gold").glob("*.json")}
        assert len(written) == len(list(folder.glob("*.json")))
        assert not written.keys() & {path.stem for path in (SHARED / "eval/train/texts").glob("*.txt")}

    @needs_shared
    def test_annotations_are_of_texts_in_the_corpus(self, releases):
        corpus = releases.read_corpus(sorted((SHARED / "corpus").glob("*.jsonl.gz")))
        joined = releases.join_annotations(self.ANNOTATIONS, corpus)
        assert len(joined) == len(list(self.ANNOTATIONS.glob("*.json"))) >= 150

    def test_annotations_hold_no_text(self):
        folders = (self.ANNOTATIONS, self.READ, self.UNSEEN, self.DEALS)
        for path in [path for folder in folders for path in folder.glob("*.json")]:
            record = json.loads(path.read_text("utf-8"))
            assert record.keys() == {"id", "sha256", "gold"}
            assert all("text" not in quotation for quotation in record["gold"]["quotations"])

    @pytest.mark.usefixtures("releases")
    def test_marks_stand_where_the_reader_meant(self):
        projection = importlib.import_module("training.projection")
        gold = {
            "release": {
                "headline": "Larkfield Robotics Names Dr. Jane A. Roe Chief Executive Officer",
                "place": "DENVER",
            },
            "people": [{"name": "Jane A. Roe", "also": ["Roe"]}, {"name": "Maria Torres", "optional": True}],
            "positions": [{"person": "Jane A. Roe", "title": "Chief Executive Officer", "organization": None}],
            "organizations": [{"name": "Larkfield Robotics, Inc.", "also": ["Larkfield", "Larkfield Robotics"]}],
            "agreements": [],
        }
        marks = [
            (RELEASE[mark.start : mark.end], mark.label, mark.taught) for mark in projection.project(RELEASE, gold)
        ]
        assert marks == [
            ("Larkfield Robotics", "ORG", True),
            ("Jane A. Roe", "PERSON", True),
            ("Chief Executive Officer", "TITLE", True),
            ("DENVER", "PLACE", True),
            ("Larkfield Robotics, Inc.", "ORG", True),
            ("Jane A. Roe", "PERSON", True),
            ("Chief Executive Officer", "TITLE", False),
            ("Larkfield", "ORG", True),
            ("Roe", "PERSON", True),
            ("Maria Torres", "PERSON", False),
        ]


def test_weights_have_seven_bits_so_that_no_processor_overflows():
    """Two products of 255 and 64 fit into 16 bits, which is what a processor without VNNI adds them in."""
    content = (MODEL / "model.onnx").read_bytes()
    tables = list(re.finditer(rb"MatMul_\d+_quantized\x4a", content))  # 0x4a: the field of a tensor's bytes
    assert len(tables) == 37
    for table in tables:
        at, size, shift = table.end(), 0, 0
        while True:  # a varint: seven bits a byte, the highest says whether another follows
            size |= (content[at] & 127) << shift
            shift, at = shift + 7, at + 1
            if content[at - 1] < 128:
                break
        weights = np.frombuffer(content, np.int8, size, at)
        assert np.abs(weights.astype(int)).max() <= 64
