"""The pipeline as spaCy users meet it."""

import subprocess
import sys
import tomllib

import pytest
import spacy
from spacy.language import Language

import pressx
from conftest import ROOT
from pressx.layout import segment
from pressx.pipeline import COMPONENTS
from pressx.reading import wrap
from pressx.spans import read_group
from pressx.tokenization import make_doc

TEXT = """\
Norvik Harbour Names Ada Quill Chief Executive Officer

OSLO, Norway, March 4, 2024 -- Norvik Harbour AS today named Ada Quill as its Chief Executive Officer and signed a
memorandum of understanding with Harrow & Pike LLC.

"We will grow with the port," said Quill, who starts on April 1.

Contact: Tom Reed, tom@norvik.example
"""
GROUPS = [name.removeprefix("pressx_") for name in COMPONENTS if name != "pressx_sentences"]


def list_groups(doc):
    return {group: read_group(doc, group) for group in GROUPS}


def test_load_returns_an_ordinary_language(nlp):
    assert isinstance(nlp, Language)
    assert nlp.lang == "en"
    assert tuple(nlp.pipe_names) == COMPONENTS


def test_every_component_is_an_entry_point():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(project["entry-points"]["spacy_factories"]) == set(COMPONENTS)


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_works_alone_in_a_plain_pipeline(name):
    script = f"import spacy; nlp = spacy.blank('en'); nlp.add_pipe({name!r}); print(len(nlp({TEXT!r}).spans))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == ("0\n" if name == "pressx_sentences" else "1\n")


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_writes_its_own_group_and_no_other(nlp, name):
    doc = make_doc(nlp, TEXT)
    for component, process in nlp.pipeline:
        if component == name:
            break
        doc = process(doc)
    before = list_groups(doc)
    after = list_groups(nlp.get_pipe(name)(doc))
    assert [group for group in GROUPS if before[group] != after[group]] in ([], [name.removeprefix("pressx_")])
    assert name.removeprefix("pressx_") in {*doc.spans, "sentences"}


def test_a_text_and_a_prepared_doc_are_read_alike(nlp):
    assert list_groups(nlp(TEXT)) == list_groups(nlp(make_doc(nlp, TEXT, segment(TEXT))))


def test_pipe_gives_what_single_calls_give(nlp):
    texts = [TEXT, "", "Norvik Harbour AS.", TEXT.upper(), TEXT.replace("Quill", "Poe")]
    assert [list_groups(doc) for doc in nlp.pipe(texts)] == [list_groups(nlp(text)) for text in texts]


def test_the_text_is_never_edited(nlp):
    text = TEXT.replace(" ", "\u00a0").replace("\n", "\r\n")
    assert nlp(text).text == text


def test_other_components_may_stand_beside_ours():
    nlp = pressx.load()
    nlp.add_pipe("sentencizer", before="pressx_ner")
    nlp.disable_pipe("pressx_ner")
    doc = nlp(TEXT)
    assert "dates" in doc.spans
    assert "ner" not in doc.spans


def test_what_a_plain_pipeline_finds_is_what_ours_finds(nlp):
    plain = spacy.blank("en")
    plain.add_pipe("pressx_dates")
    assert [mention.value for mention in read_group(plain(TEXT), "dates")] == [
        mention.value for mention in read_group(nlp(TEXT), "dates")
    ]


def test_a_text_longer_than_spacy_allows_is_read(nlp):
    text = "Norvik Harbour AS runs ferries. " * (nlp.max_length // 32 + 1000)
    assert len(text) > nlp.max_length
    doc = make_doc(nlp, text)
    assert doc[-1].idx + len(doc[-1]) == len(text.rstrip())


@pytest.mark.parametrize("name", pressx.__all__)
def test_every_public_name_is_there(name):
    assert getattr(pressx, name) is not None


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'pressx' has no attribute 'nothing'"):
        _ = pressx.nothing


def test_the_public_functions_make_a_record(nlp, tmp_path):
    path = tmp_path / "release.txt"
    path.write_text(TEXT, encoding="utf-8")
    release = pressx.extract(nlp, pressx.read(path))
    assert [person.name for person in release.people][:1] == ["Ada Quill"]
    assert release.model_dump(exclude={"source"}) == pressx.extract(nlp, wrap(TEXT)).model_dump(exclude={"source"})
    assert pressx.dump(release).startswith('{"schema_version":"1.0"')


def test_the_model_is_named_in_the_record(read_release):
    assert read_release(TEXT).generator.model.startswith("pressx_en-ner-")
    assert read_release("").generator.model == read_release(TEXT).generator.model
