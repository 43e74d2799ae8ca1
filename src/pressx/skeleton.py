"""Skeleton of a release: headline, subheadline, place and issuer."""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from pressx.dateline import DatelineReader
from pressx.issuer import IssuerReader
from pressx.layout import Block, BlockKind
from pressx.rules import RuleSet, load_rules
from pressx.spans import Mention, fold_doc, write_group
from pressx.tokenization import get_layout, get_text


@Language.factory("pressx_skeleton", assigns=["doc.spans"], default_config={"rules": None})
def create_skeleton(nlp: Language, name: str, rules: str | None) -> "Skeleton":
    """Return the component; `rules` is a folder of the user's own rules."""
    return Skeleton(load_rules(rules))


class Skeleton:
    """Finds headline, subheadline, place and issuer and writes the span group `skeleton`."""

    def __init__(self, rules: RuleSet) -> None:
        self._dateline = DatelineReader(rules)
        self._issuer = IssuerReader(rules)

    def __call__(self, doc: Doc) -> Doc:
        return write_group(doc, "skeleton", self.find(doc))

    def find(self, doc: Doc) -> list[Mention]:
        """Return the mentions in `doc`; pure."""
        issuer = self._issuer.read(doc)
        return [*self._find_lines(doc), *self._find_place(doc), *([issuer] if issuer else [])]

    def _find_lines(self, doc: Doc) -> Iterator[Mention]:
        layout = get_layout(doc)
        for kind in (BlockKind.HEADLINE, BlockKind.SUBHEADLINE):
            if block := next(layout.select(kind), None):
                start, end = strip_block(get_text(doc), block)
                yield Mention(start, end, kind.name, "layout")

    def _find_place(self, doc: Doc) -> Iterator[Mention]:
        folded = fold_doc(doc)
        for block in get_layout(doc).select(BlockKind.DATELINE):
            start, end = strip_block(get_text(doc), block)
            found = self._dateline.read(folded, start, len(folded) if end == len(folded) else block.end + 80)
            if found and found.place:
                yield Mention(*found.place, "PLACE", "dateline")
                return


def strip_block(text: str, block: Block) -> tuple[int, int]:
    """Return the interval of a block without the white space round it."""
    content = text[block.start : block.end]
    start = block.start + len(content) - len(content.lstrip())
    return start, start + len(content.strip())
