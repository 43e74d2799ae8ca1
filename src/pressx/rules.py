"""Rules and lexicons: the words that somebody who knows press releases but no Python can correct.

`rules/*.jsonl` holds one rule a line, `lexicons/*.txt` one entry a line (`#` starts a comment line). A rule is

    {"id": "date.month-day-year", "label": "DATE", "pattern": ..., "examples": ["Signed on [May 5, 2024]."],
     "counter_examples": ["May 5G arrive soon?"], "note": "why it is so"}

and its pattern takes one of three forms:

- a string: a phrase, matched as whole words without regard to case or to the width of its blanks;
- a list: a spaCy token pattern, as in spaCy's EntityRuler; `{"LEXICON": "name"}` stands for a token whose lower-case
  form is an entry of that lexicon;
- `{"regex": "..."}`: a regular expression (verbose mode off, case as written) over the folded text, in which
  `{name}` stands for the entries of lexicon `name`, and named groups are read by the component that owns the label.

In `examples` square brackets mark what the rule must find (nothing else in the line may match); it must find nothing
in `counter_examples`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from spacy.matcher import Matcher
from spacy.schemas import validate_token_pattern
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pressx.errors import RuleError
from pressx.folding import fold, squash
from pressx.resources import find_model
from pressx.spans import fold_doc

Lexicons = Mapping[str, frozenset[str]]
Pattern = str | list[dict[str, Any]] | dict[str, str]

# Labels that components read and that only the rules of users carry: the names of their own beat.
UNSHIPPED = frozenset({"ORG", "PERSON"})
PLACEHOLDER = re.compile(r"\{([a-z][a-z_]*)\}")


class Rule(BaseModel):
    """One line of a rule file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9]+([._-][a-z0-9]+)*$")
    label: str = Field(pattern=r"^[A-Z][A-Z_]*$")
    pattern: Pattern
    examples: tuple[str, ...] = Field(min_length=1)
    counter_examples: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Match:
    """What a rule found: a half-open interval of characters, and the named groups of a regular expression."""

    rule: str
    label: str
    start: int
    end: int
    groups: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def read_lexicons(folder: Path) -> dict[str, frozenset[str]]:
    """Return the entries of each `lexicons/NAME.txt` below `folder`, as written. Raises RuleError."""
    lexicons = {}
    for path in sorted((folder / "lexicons").glob("*.txt")):
        lines = (line.strip() for line in read_lines(path))
        lexicons[path.stem] = frozenset(line for line in lines if line and not line.startswith("#"))
    return lexicons


def read_rules(folder: Path) -> dict[str, tuple[Rule, str]]:
    """Return the rules of `rules/*.jsonl` below `folder` by id, each with its file and line. Raises RuleError."""
    rules: dict[str, tuple[Rule, str]] = {}
    for path in sorted((folder / "rules").glob("*.jsonl")):
        for number, line in enumerate(read_lines(path), start=1):
            if not line.strip():
                continue
            try:
                rule = Rule.model_validate_json(line)
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(str(part) for part in first["loc"])
                reason = f"{where}: {first['msg']}" if where else first["msg"]
                raise RuleError(f"{path}:{number}: {reason}") from error
            if rule.id in rules:
                raise RuleError(f"{path}:{number}: the id {rule.id!r} is used twice")
            check_pattern(rule, f"{path}:{number}")
            rules[rule.id] = rule, f"{path}:{number}"
    return rules


def read_lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{path}: {error}") from error


def check_pattern(rule: Rule, where: str) -> None:
    """Raise RuleError when a pattern is empty or is of no known form."""
    if not rule.pattern:
        raise RuleError(f"{where}: rule {rule.id!r} has an empty pattern")
    if isinstance(rule.pattern, dict) and set(rule.pattern) != {"regex"}:
        raise RuleError(f'{where}: rule {rule.id!r}: a pattern in braces has the one key "regex"')


def compile_expression(pattern: str, lexicons: Lexicons, where: str) -> re.Pattern[str]:
    """Return a regular expression, each `{name}` replaced by the alternatives of that lexicon. Raises RuleError."""

    def alternatives(match: re.Match[str]) -> str:
        entries = lexicons.get(match[1])
        if entries is None:
            raise RuleError(f"{where}: there is no lexicon {match[1]!r}")
        return list_alternatives(entries)

    try:
        return re.compile(PLACEHOLDER.sub(alternatives, pattern))
    except re.error as error:
        raise RuleError(f"{where}: {error}") from error


def expand_tokens(pattern: list[dict[str, Any]], lexicons: Lexicons, where: str) -> list[dict[str, Any]]:
    """Return a token pattern with each lexicon replaced by its entries in lower case. Raises RuleError."""
    expanded = [expand_token(token, lexicons, where) for token in pattern]
    if problems := validate_token_pattern(expanded):
        raise RuleError(f"{where}: {problems[0]}")
    return expanded


def expand_token(token: Mapping[str, Any], lexicons: Lexicons, where: str) -> dict[str, Any]:
    expanded = dict(token)
    if (name := expanded.pop("LEXICON", None)) is not None:
        if str(name) not in lexicons:
            raise RuleError(f"{where}: there is no lexicon {name!r}")
        expanded["LOWER"] = {"IN": sorted(map(str.lower, lexicons[name]))}
    return expanded


class RuleSet:
    """All rules and lexicons in force, compiled once; `find` is pure.

    A folder given by the user comes last: a rule with the same id replaces ours, a lexicon of the same name adds to ours.
    """

    def __init__(self, folders: tuple[Path, ...]) -> None:
        rules: dict[str, tuple[Rule, str]] = {}
        lexicons: dict[str, frozenset[str]] = {}
        for folder in folders:
            rules |= read_rules(folder)
            for name, entries in read_lexicons(folder).items():
                lexicons[name] = lexicons.get(name, frozenset()) | entries
        self.rules = {name: rule for name, (rule, _) in rules.items()}
        self.lexicons: Lexicons = lexicons
        self._expressions: dict[str, list[tuple[Rule, re.Pattern[str]]]] = {}
        self._tokens: dict[str, list[tuple[Rule, list[dict[str, Any]]]]] = {}
        for rule, place in rules.values():
            where = f"{place}: rule {rule.id!r}"
            if isinstance(rule.pattern, dict):
                compiled = compile_expression(rule.pattern["regex"], lexicons, where)
                self._expressions.setdefault(rule.label, []).append((rule, compiled))
            elif isinstance(rule.pattern, list):
                expanded = expand_tokens(rule.pattern, lexicons, where)
                self._tokens.setdefault(rule.label, []).append((rule, expanded))
        self._phrases = compile_phrases(self.rules.values())
        self._matchers: dict[str, tuple[Vocab, Matcher]] = {}

    def lexicon(self, name: str) -> frozenset[str]:
        """Return the entries of a lexicon, lower-cased. Raises RuleError when there is none of that name."""
        if name not in self.lexicons:
            raise RuleError(f"there is no lexicon {name!r}")
        return frozenset(entry.lower() for entry in self.lexicons[name])

    def expressions(self, label: str) -> list[tuple[str, re.Pattern[str]]]:
        """Return id and compiled expression of each regular expression with `label`, for text that is no `Doc` yet."""
        return [(rule.id, expression) for rule, expression in self._expressions.get(label, ())]

    def find(self, doc: Doc, label: str) -> list[Match]:
        """Return every match of the rules with `label`, in order of start; matches may overlap."""
        found = [*self.find_text(fold_doc(doc), label), *self._find_tokens(doc, label)]
        return sorted(found, key=lambda match: (match.start, -match.end, match.rule))

    def find_text(self, folded: str, label: str) -> list[Match]:
        """Return every match of the phrases and regular expressions with `label` in a folded text, rule by rule."""
        found = [
            Match(rule.id, label, match.start(), match.end(), read_groups(match))
            for rule, expression in self._expressions.get(label, ())
            for match in expression.finditer(folded)
            if match.end() > match.start()
        ]
        if label in self._phrases:
            expression, ids = self._phrases[label]
            found += [
                Match(ids[phrase], label, match.start(), match.end())
                for match in expression.finditer(folded)
                # Regular expressions take "\u017f" for an "s" whose case they ignore; `lower` does not.
                if (phrase := squash(match[0]).lower()) in ids
            ]
        return found

    def _find_tokens(self, doc: Doc, label: str) -> list[Match]:
        matcher = self._compile(doc.vocab, label)
        if not len(matcher):
            return []
        spans = [(doc.vocab.strings[key], doc[start:end]) for key, start, end in matcher(doc)]
        return [Match(rule, label, span.start_char, span.end_char) for rule, span in spans]

    def compile(self, vocab: Vocab) -> None:
        """Compile the token patterns now rather than when first used, which may be in a memory zone of spaCy's.

        What is added to `vocab` in a zone is gone after it, and the patterns need their words for longer.
        """
        for label in self._tokens:
            self._compile(vocab, label)

    def _compile(self, vocab: Vocab, label: str) -> Matcher:
        known = self._matchers.get(label)
        if known is not None and known[0] is vocab:
            return known[1]
        matcher = Matcher(vocab)
        for rule, pattern in self._tokens.get(label, ()):
            matcher.add(rule.id, [pattern])
        if not vocab.in_memory_zone:  # type: ignore[attr-defined]  # missing in spaCy's stub
            self._matchers[label] = vocab, matcher
        return matcher


def compile_phrases(rules: Iterable[Rule]) -> dict[str, tuple[re.Pattern[str], dict[str, str]]]:
    """Return for each label one expression of all its phrases, and the id of the rule of each phrase."""
    phrases: dict[str, dict[str, str]] = {}
    for rule in rules:
        if isinstance(rule.pattern, str):
            phrases.setdefault(rule.label, {})[squash(fold(rule.pattern)).lower()] = rule.id
    return {
        label: (re.compile(rf"(?<!\w){list_alternatives(ids)}(?!\w)", re.IGNORECASE), ids)
        for label, ids in phrases.items()
    }


def list_alternatives(entries: Iterable[str]) -> str:
    """Return a group of the entries as alternatives, the longest first, any white space for a blank."""
    ordered = sorted(entries, key=lambda entry: (-len(entry), entry))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, fold(entry).split())) for entry in ordered) + ")"


def read_groups(match: re.Match[str]) -> dict[str, tuple[int, int]]:
    return {name: match.span(name) for name, value in match.groupdict().items() if value is not None}


@lru_cache(maxsize=8)
def load_rules(extra: str | None = None) -> RuleSet:
    """Return the shipped rules, with those of the user's folder `extra` on top. Raises RuleError."""
    if extra is None:
        return RuleSet((find_model(),))
    if not Path(extra).is_dir():
        raise RuleError(f"{extra}: no such folder of rules")
    labels = {rule.label for rule in load_rules().rules.values()} | UNSHIPPED
    for rule, place in read_rules(Path(extra)).values():
        if rule.label not in labels:
            raise RuleError(f"{place}: label: no component reads {rule.label!r}")
    return RuleSet((find_model(), Path(extra)))


def read_example(example: str) -> tuple[str, list[tuple[int, int]]]:
    """Return an example without its square brackets, and the intervals they marked."""
    text, spans, starts = "", [], []
    for character in example:
        if character == "[":
            starts.append(len(text))
        elif character == "]" and starts:
            spans.append((starts.pop(), len(text)))
        else:
            text += character
    return text, spans
