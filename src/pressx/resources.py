"""Where the data that travels with pressx lies: `models/` of a checkout, or its copy inside the wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def find_models() -> Path:
    """Return the folder that holds `pressx_en/`.

    In a wheel it is `pressx/models`; in a checkout and in an editable install it is `models/` beside `src/`.
    """
    inside = PACKAGE / "models"
    return inside if inside.is_dir() else PACKAGE.parents[1] / "models"


def find_model() -> Path:
    """Return the folder of the English model: `rules/`, `lexicons/` and the weights in `ner/`."""
    return find_models() / "pressx_en"
