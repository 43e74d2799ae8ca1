"""Where the releases of a training come from: folders, our own annotations and a corpus, named on the command line."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from training.releases import Release, join_annotations, read_corpus, read_folder

ANNOTATIONS = Path(__file__).parent / "annotations"
READ = Path(__file__).parent / "read"  # whose errors were read while the rules were written; no model has learnt these
UNSEEN = Path(__file__).parent / "unseen"  # to measure on; nothing learns these
DEALS = Path(__file__).parent / "deals"  # more of them, that speak of deals; without dates and quotations
LONGEST = 12_000  # characters; longer releases are mostly tables and terms


def add_sources(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which releases there are."""
    add = parser.add_argument
    add("--texts", type=Path, nargs="+", default=[], help="folders of ID.txt")
    add("--gold", type=Path, nargs="+", default=[], help="folders of ID.json, one for each of --texts")
    add("--corpus", type=Path, nargs="+", default=[], help="JSON Lines of releases, with those of annotations/")


def gather(options: argparse.Namespace) -> tuple[list[Release], list[Release]]:
    """Return the annotated releases by id and the others of the corpus, of both those that are not to measure on.

    Our own annotations in `annotations/` count where the corpus holds their texts. Exits when nothing is annotated.
    """
    corpus = list(read_corpus(options.corpus))
    annotated = join_annotations(ANNOTATIONS, corpus) if corpus else []
    for texts, gold in zip(options.texts, options.gold, strict=True):
        annotated += read_folder(texts, gold)
    if not annotated:
        raise SystemExit(
            "no annotated releases: give --texts and --gold, or a --corpus that holds those of annotations/"
        )
    known = [*annotated, *(kept for folder in (READ, UNSEEN, DEALS) for kept in join_annotations(folder, corpus))]
    return sorted(annotated, key=lambda release: release.id), list(select_unlabelled(corpus, known, LONGEST))


def leave_out(releases: Sequence[Release], part: str) -> tuple[list[Release], list[Release]]:
    """Return the releases without a part, and the part: "0/3" is every third one from the first."""
    first, step = map(int, part.split("/"))
    kept = [release for number, release in enumerate(releases) if number % step != first]
    return kept, list(releases[first::step])


def select_unlabelled(corpus: Sequence[Release], annotated: Sequence[Release], longest: int) -> Iterator[Release]:
    """Yield the releases of a corpus that nobody annotated and that have at most `longest` characters."""
    known = {release.id for release in annotated} | {release.text for release in annotated}
    for release in corpus:
        if release.id not in known and release.text not in known and len(release.text) <= longest:
            yield release
