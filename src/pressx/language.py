"""Language: whether a text reads as English."""

import re

from pressx.rules import RuleSet, load_rules

WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")

# Of the words of the corpus' 2,000 English releases 15 to 40 % are in the list, of its three French and Spanish ones at
# most 1 %.
LEAST_SHARE = 0.12
SAMPLE = 20000  # characters
FEW_WORDS = 30  # fewer tell nothing
LONGEST_MEAN = 9  # letters a word; English has 5, a script without spaces more than 10


def check_language(text: str, rules: RuleSet | None = None) -> str | None:
    """Return a warning when `text` does not read as English, None when it does or is too short to tell."""
    words = WORD.findall(text[:SAMPLE].lower())
    letters = sum(character.isalpha() for character in text[:SAMPLE])
    unspaced = letters > LONGEST_MEAN * max(len(words), 1) and letters > FEW_WORDS
    if len(words) < FEW_WORDS and not unspaced:
        return None
    english = (rules or load_rules()).lexicon("function_words")
    share = sum(word in english for word in words) / max(len(words), 1)
    return None if share >= LEAST_SHARE else "The text does not read as English; little may have been found in it."
