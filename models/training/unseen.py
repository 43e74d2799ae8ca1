"""Writes the releases of `unseen/` or `read/`, which no model learns, from a corpus that holds their texts, to measure on."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from training.releases import join_annotations, read_corpus, write_folder
from training.sources import READ, UNSEEN


def main(arguments: Sequence[str] | None = None) -> None:
    """Write `texts/ID.txt` and `gold/ID.json`, the form that `pressx evaluate` reads."""
    parser = argparse.ArgumentParser(prog="python -m training.unseen", description=__doc__)
    parser.add_argument("--corpus", type=Path, nargs="+", required=True, help="JSON Lines of releases")
    parser.add_argument("--output", type=Path, required=True, help="folder to write to")
    parser.add_argument("--read", action="store_true", help="those whose errors were read, not the unseen ones")
    options = parser.parse_args(arguments)
    releases = join_annotations(READ if options.read else UNSEEN, read_corpus(options.corpus))
    write_folder(releases, options.output)
    print(len(releases), "releases")


if __name__ == "__main__":
    main()
