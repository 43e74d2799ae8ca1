"""Words as the entity model reads them: with capitals and white space, in pieces and windows."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

Integers = npt.NDArray[np.int64]

# What the model is told of a word beside its pieces, which are all lower case; "none" is for the marks that
# frame a window. The order is part of the format.
SHAPES = ("none", "lower", "title", "upper", "letter", "mixed", "digits", "alphanumeric", "mark")
GAPS = ("none", "start", "glued", "space", "spaces", "line", "paragraph")
SENTENCE_ENDS = frozenset({".", "!", "?", '"', "\N{RIGHT DOUBLE QUOTATION MARK}"})
LONGEST_WORD = 16  # pieces read of one word; more are met only in links and keys
CHUNK = 2_000  # words given to the tokenizer at a time, so that its notes on them don't pile up


@dataclass(frozen=True)
class Words:
    """The words of a doc; `tokens` are their places in it, `openings` where a line or sentence may begin."""

    tokens: list[int]
    texts: list[str]
    shapes: Integers
    gaps: Integers
    openings: list[bool]


class Window(NamedTuple):
    """Words read together, `last` exclusive."""

    first: int
    last: int


@lru_cache(maxsize=20_000)
def classify_shape(text: str) -> int:
    """Return the place in SHAPES of a word's capitals and digits."""
    letters, digits = any(map(str.isalpha, text)), any(map(str.isdigit, text))
    if not letters:
        name = "digits" if digits else "mark"
    elif digits:
        name = "alphanumeric"
    elif text.islower():
        name = "lower"
    elif text.isupper():
        name = "letter" if sum(map(str.isalpha, text)) == 1 else "upper"
    else:
        name = "title" if text.istitle() else "mixed"
    return SHAPES.index(name)


def classify_gap(between: str) -> int:
    """Return the place in GAPS of the white space before a word that isn't the first."""
    lines = between.count("\n")
    if lines:
        return GAPS.index("line" if lines == 1 else "paragraph")
    return GAPS.index(("glued", "space", "spaces")[min(len(between), 2)])


def make_words(tokens: list[int], texts: list[str], gaps: Sequence[int]) -> Words:
    """Return the words with what follows from their text; the first `gap` may be anything."""
    openings = [
        gap >= GAPS.index("spaces") or (before in SENTENCE_ENDS and not text[:1].islower())
        for gap, before, text in zip(gaps, ["", *texts], texts, strict=False)
    ]
    all_gaps = np.array(gaps, dtype=np.int64)
    all_gaps[:1] = GAPS.index("start")
    shapes = np.fromiter((classify_shape(text) for text in texts), np.int64, len(texts))
    return Words(tokens, texts, shapes, all_gaps, openings)


def read_words(doc: Doc) -> Words:
    """Return the tokens of `doc` that are more than white space."""
    tokens, texts, gaps = [], [], []
    between = ""
    for token in doc:
        text = token.text
        if text.isspace() or not text:
            between += text + token.whitespace_
            continue
        tokens.append(token.i)
        texts.append(text)
        gaps.append(classify_gap(between))
        between = token.whitespace_
    return make_words(tokens, texts, gaps)


def plan_windows(sizes: Sequence[int], openings: Sequence[bool], limit: int) -> list[Window]:
    """Return windows of at most `limit` pieces, one after the other; `sizes` are the pieces of each word.

    They are about as long as each other and begin with a line or a sentence if one begins in reach.
    """
    ends = [0, *accumulate(sizes)]
    starts = [0]
    while (left := ends[-1] - ends[starts[-1]]) > limit:
        first = starts[-1]
        goal = ends[first] + left / math.ceil(left / limit)
        reach = range(bisect_left(ends, goal - limit // 2, first + 1), bisect_right(ends, ends[first] + limit))
        near = [at for at in reach if openings[at]] or [bisect_right(ends, goal) - 1]
        starts.append(min(near, key=lambda at: abs(ends[at] - goal)))
    return list(map(Window, starts, [*starts[1:], len(sizes)]))


@dataclass(frozen=True)
class Pieces:
    """Words as the network reads them; word i is the pieces from `ends[i]` to `ends[i + 1]`."""

    words: Words
    ids: Integers
    sizes: Integers
    ends: Integers


def cut_words(tokenizer: Any, texts: list[str]) -> tuple[Integers, Integers]:
    """Return the pieces of all words, and how many each word has: at least one, at most LONGEST_WORD."""
    unknown = tokenizer.token_to_id("[UNK]")
    all_pieces, all_sizes = [], []
    for at in range(0, len(texts), CHUNK):
        chunk = texts[at : at + CHUNK]
        encoding = tokenizer.encode(chunk, is_pretokenized=True, add_special_tokens=False)
        owners = np.array(encoding.word_ids, dtype=np.int64)
        sizes = np.bincount(owners, minlength=len(chunk))
        rank = np.arange(len(owners)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        kept = rank < LONGEST_WORD
        lost = np.flatnonzero(sizes == 0)  # the tokenizer leaves nothing of a lone variation mark, for one
        owners = np.concatenate((owners[kept], lost))
        pieces = np.concatenate((np.array(encoding.ids, dtype=np.int64)[kept], np.full(len(lost), unknown)))
        all_pieces.append(pieces[np.argsort(owners, kind="stable")])
        all_sizes.append(np.clip(sizes, 1, LONGEST_WORD))
    return np.concatenate(all_pieces), np.concatenate(all_sizes)
