"""Turn annotated releases into stand-off annotations, which hold no text: `python -m training.annotate`."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from training.releases import read_folder, write_annotations


def main(arguments: Sequence[str] | None = None) -> None:
    """Write one file a release, with the hash of its text instead of the text."""
    parser = argparse.ArgumentParser(prog="python -m training.annotate", description=__doc__)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=Path(__file__).parent / "annotations")
    options = parser.parse_args(arguments)
    print(write_annotations(read_folder(options.texts, options.gold), options.output), "annotations")


if __name__ == "__main__":
    main()
