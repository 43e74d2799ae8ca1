"""Noise as real releases have it, and other names in the same places, so that none is learnt by heart."""

import random
from collections import defaultdict
from collections.abc import Iterable

from pressx.words import GAPS
from training.examples import IGNORED, Example, find_entities
from training.projection import LAYERS

GLUED, SPACE, SPACES, LINE = (GAPS.index(name) for name in ("glued", "space", "spaces", "line"))
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
POSSESSIVES = {"'s", "'S", f"{APOSTROPHE}s", f"{APOSTROPHE}S"}
QUOTES = {'"', "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}", "''", "``"}
STRAIGHT = str.maketrans("\u2019\u2018\u201c\u201d", "''\"\"")
CURLY = str.maketrans("'", APOSTROPHE)
# How many windows get which noise: by feel, so that most stay as they were written.
SWAPPED, SWAPPED_NAMES = 0.6, 0.5  # windows, and names of such a window
APOSTROPHES_LOST, QUOTES_LOST, QUOTES_TURNED, STRAIGHTENED = 0.15, 0.15, 0.2, 0.6
CAPITALISED, CAPITALISED_FIRST, LONGEST_HEADLINE = 0.12, 0.6, 60
LINES_LOST = 0.25
LONGEST_ACRONYM, SHORTEST_NAME = 5, 3  # letters
SHORT_NAME = 3  # words

Entry = tuple[list[str], list[int]]  # texts and gaps of the words of a name


class NamePool:
    """Names met in the examples, by label, and the words of people's names by place."""

    def __init__(self, examples: Iterable[Example]) -> None:
        self.entries: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        self.first_names: list[str] = []
        self.last_names: list[str] = []
        seen = set()
        for example in examples:
            for first, last, label in find_entities(example.tags[0], LAYERS[0]):
                texts = example.texts[first:last]
                if (label, *texts) in seen:
                    continue
                seen.add((label, *texts))
                self.entries[label, classify(texts)].append((texts, example.gaps[first:last]))
                if label == "PERSON" and len(texts) > 1 and all(word.istitle() for word in texts):
                    self.first_names.append(texts[0])
                    self.last_names.append(texts[-1])


def classify(texts: list[str]) -> str:
    """Return what a replacement must have in common: length, roughly, and capitals."""
    if len(texts) == 1:
        return "acronym" if texts[0].isupper() and len(texts[0]) <= LONGEST_ACRONYM else "word"
    capitals = "upper" if "".join(texts).isupper() else "lower" if "".join(texts).islower() else "title"
    return ("short " if len(texts) <= SHORT_NAME else "long ") + capitals


def augment(example: Example, pool: NamePool, rng: random.Random) -> Example:
    """Return a copy with some noise; a teacher's probabilities allow only for noise that keeps the words."""
    if example.soft is None:
        if rng.random() < SWAPPED:
            example = swap_names(example, pool, rng, SWAPPED_NAMES)
        if rng.random() < APOSTROPHES_LOST:
            example = lose_apostrophes(example)
        if rng.random() < QUOTES_LOST:
            example = drop_words(example, [text in QUOTES for text in example.texts])
    texts, gaps = list(example.texts), list(example.gaps)
    if rng.random() < QUOTES_TURNED:
        table = STRAIGHT if rng.random() < STRAIGHTENED else CURLY
        texts = [text.translate(table) for text in texts]
    if rng.random() < CAPITALISED:
        capitalise_line(texts, gaps, rng)
    if rng.random() < LINES_LOST:
        new = rng.choice((SPACE, SPACES, SPACES, GLUED))
        gaps = [new if gap >= LINE and at else gap for at, gap in enumerate(gaps)]
    return Example(texts, gaps, example.tags, example.soft)


def swap_names(example: Example, pool: NamePool, rng: random.Random, share: float) -> Example:
    """Return a copy in which a share of the names has been replaced, each the same way wherever it stands."""
    texts, gaps = [], []
    tags: list[list[int]] = [[] for _ in example.tags]
    words: dict[str, str] = {}
    entries: dict[tuple[str, ...], Entry] = {}
    at = 0

    def keep(first: int, last: int) -> None:
        texts.extend(example.texts[first:last])
        gaps.extend(example.gaps[first:last])
        for new, old in zip(tags, example.tags, strict=True):
            new.extend(old[first:last])

    for first, last, label in find_entities(example.tags[0], LAYERS[0]):
        keep(at, first)
        at = last
        old = example.texts[first:last]
        if label == "PERSON":
            mark = len(texts)
            keep(first, last)
            texts[mark:] = swap_words(old, words, pool, rng, share)
            continue
        key = (label, *old)
        if key not in entries:
            choices = pool.entries[label, classify(old)] if label != "PLACE" else []
            swap = choices and rng.random() < share
            entries[key] = rng.choice(choices) if swap else (old, example.gaps[first:last])
        new_texts, new_gaps = entries[key]
        texts.extend(new_texts)
        gaps.extend([example.gaps[first], *new_gaps[1:]])
        base = 1 + 4 * LAYERS[0].index(label)
        count = len(new_texts)
        tags[0].extend([base + 3] if count == 1 else [base, *[base + 1] * (count - 2), base + 2])
        for new, old_tags in zip(tags[1:], example.tags[1:], strict=True):
            same = len(set(old_tags[first:last])) == 1 and old_tags[first] % 4 in (0, 2)
            new.extend([old_tags[first] if same else IGNORED] * count)
    keep(at, len(example.texts))
    return Example(texts, gaps, tags)


def swap_words(old: list[str], words: dict[str, str], pool: NamePool, rng: random.Random, share: float) -> list[str]:
    """Return a person's name with other words in the place of some; `words` remembers which for which."""
    result = []
    for at, word in enumerate(old):
        name = word.capitalize()
        if not word.isalpha() or len(word) < SHORTEST_NAME or word.islower():
            result.append(word)
            continue
        if name not in words:
            given = at == 0 and len(old) > 1
            choices = pool.first_names if given else pool.last_names
            words[name] = rng.choice(choices) if choices and rng.random() < share else name
        chosen = words[name]
        result.append(word if chosen == name else chosen.upper() if word.isupper() else chosen)
    return result


def lose_apostrophes(example: Example) -> Example:
    """Return a copy in which "firm's" has become "firms"."""
    lost = [at > 0 and text in POSSESSIVES for at, text in enumerate(example.texts)]
    texts = [text + ("s" if at + 1 < len(lost) and lost[at + 1] else "") for at, text in enumerate(example.texts)]
    return drop_words(Example(texts, example.gaps, example.tags), lost)


def drop_words(example: Example, dropped: list[bool]) -> Example:
    """Return a copy without some words, unless one of them is part of an entity."""
    gone = [lost and all(tags[at] in (0, IGNORED) for tags in example.tags) for at, lost in enumerate(dropped)]
    kept = [at for at, lost in enumerate(gone) if not lost]
    gaps = list(example.gaps)
    for at, lost in enumerate(gone[:-1]):
        if lost:
            gaps[at + 1] = max(gaps[at], gaps[at + 1])
    return Example(
        [example.texts[at] for at in kept],
        [gaps[at] for at in kept],
        [[tags[at] for at in kept] for tags in example.tags],
    )


def capitalise_line(texts: list[str], gaps: list[int], rng: random.Random) -> None:
    """Set one line in capitals, more often the first than another."""
    lines = [at for at, gap in enumerate(gaps) if gap >= LINE and at] or [len(texts)]
    first = 0 if rng.random() < CAPITALISED_FIRST else rng.choice(lines)
    last = min([at for at in lines if at > first] or [len(texts)])
    if last - first > LONGEST_HEADLINE:
        return
    texts[first:last] = [text.upper() for text in texts[first:last]]
