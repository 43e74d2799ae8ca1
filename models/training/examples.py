"""Examples: the words of a release with the tags that are to be learnt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import spacy
from spacy.language import Language

from pressx.tagging import Floats
from pressx.tokenization import cut_glued_words
from pressx.words import GAPS, read_words
from training.projection import LAYERS, Mark, project
from training.releases import Release

IGNORED = -100
SIZES = tuple(1 + 4 * len(labels) for labels in LAYERS)  # tags of each layer
START = GAPS.index("start")


@dataclass
class Example:
    """Words with a list of tags for each layer; `soft`, a teacher's probabilities, is learnt instead."""

    texts: list[str]
    gaps: list[int]
    tags: list[list[int]]
    soft: Floats | None = field(default=None, repr=False)

    def cut(self, first: int, last: int) -> "Example":
        """Return a half-open stretch of the words."""
        soft = None if self.soft is None else self.soft[first:last]
        return Example(self.texts[first:last], self.gaps[first:last], [tags[first:last] for tags in self.tags], soft)


def make_nlp() -> Language:
    """Return the tokenizer that the model will read by."""
    nlp = spacy.blank("en")
    cut_glued_words(nlp)
    return nlp


def make_example(nlp: Language, release: Release) -> Example:
    """Return a release as words and tags; where it isn't annotated all tags are ignored."""
    doc = nlp.tokenizer(release.text)
    words = read_words(doc)
    bounds = [(doc[token].idx, doc[token].idx + len(doc[token])) for token in words.tokens]
    gold = release.gold
    marks = project(release.text, gold) if gold else []
    tags = [
        tag_words(bounds, [mark for mark in marks if mark.label in labels], labels, 0 if gold else IGNORED)
        for labels in LAYERS
    ]
    return Example(words.texts, words.gaps.tolist(), tags)


def tag_words(
    bounds: Sequence[tuple[int, int]], marks: Iterable[Mark], labels: Sequence[str], default: int
) -> list[int]:
    """Return the tag of each word: 0 for none, then for each label begin, inside, end and single."""
    starts, ends = [start for start, _ in bounds], [end for _, end in bounds]
    tags = [default] * len(bounds)
    for mark in marks:
        first = int(np.searchsorted(ends, mark.start, side="right"))
        last = int(np.searchsorted(starts, mark.end, side="left"))
        base = 1 + 4 * labels.index(mark.label)
        for at in range(first, last):
            if not mark.taught:
                tags[at] = IGNORED
            elif last - first == 1:
                tags[at] = base + 3
            else:
                tags[at] = base + (0 if at == first else 2 if at == last - 1 else 1)
    return tags


def find_entities(tags: Sequence[int], labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return (first, last, label) of the entities that tags spell, last exclusive."""
    found, first = [], 0
    for at, tag in enumerate(tags):
        if tag <= 0:
            continue
        kind, part = divmod(tag - 1, 4)
        if part in (0, 3):
            first = at
        if part in (2, 3):
            found.append((first, at + 1, labels[kind]))
    return found
