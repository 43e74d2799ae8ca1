"""Writes the releases of `unseen/`, `read/` or `deals/`, which no model learns, from a corpus that holds their texts."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from training.releases import join_annotations, read_corpus, write_folder
from training.sources import DEALS, READ, UNSEEN

FOLDERS = {"unseen": UNSEEN, "read": READ, "deals": DEALS}


def main(arguments: Sequence[str] | None = None) -> None:
    """Write `texts/ID.txt` and `gold/ID.json`, the form that `pressx evaluate` reads."""
    parser = argparse.ArgumentParser(prog="python -m training.unseen", description=__doc__)
    parser.add_argument("--corpus", type=Path, nargs="+", required=True, help="JSON Lines of releases")
    parser.add_argument("--output", type=Path, required=True, help="folder to write to")
    parser.add_argument("--of", choices=FOLDERS, default="unseen", help="which of the folders, by default %(default)s")
    options = parser.parse_args(arguments)
    releases = join_annotations(FOLDERS[options.of], read_corpus(options.corpus))
    write_folder(releases, options.output)
    print(len(releases), "releases")


if __name__ == "__main__":
    main()
