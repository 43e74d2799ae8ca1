"""`pressx info`: what is installed and what is in force."""

from pathlib import Path
from typing import Annotated

import typer

from pressx.cli.ending import ending
from pressx.version import VERSION

PACKAGES = ("spacy", "onnxruntime", "tokenizers", "pydantic", "typer", "rich", "charset-normalizer")

Rules = Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="Count your own rules and lexicons too.")]


@ending()
def info_cli(rules: Rules = None) -> None:
    """Print versions, the model, the numbers of rules and where they lie.

    Example: pressx info
    """
    import json
    import platform
    from importlib.metadata import version

    from pressx.ner import read_model
    from pressx.resources import find_model
    from pressx.rules import load_rules

    found = load_rules(str(rules) if rules else None)
    lines = {
        "pressx": VERSION,
        "model": json.loads(read_model(find_model() / "ner")["config.json"])["name"],
        "rules": str(len(found.rules)),
        "lexicons": f"{len(found.lexicons)} with {sum(map(len, found.lexicons.values()))} entries",
        "data": str(find_model()),
        "python": platform.python_version(),
        **{package: version(package) for package in PACKAGES},
    }
    for name, value in lines.items():
        print(f"{name:19} {value}")
