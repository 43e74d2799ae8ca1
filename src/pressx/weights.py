"""Weights: small logistic models kept as JSON under `models/pressx_en/weights/`, one weight for each mark."""

import json
import math
from collections.abc import Mapping
from functools import lru_cache

from pressx.errors import ModelError
from pressx.resources import find_model

Marks = Mapping[str, float]
"""What speaks for or against something: 1 for what holds, a number for what is counted."""


@lru_cache(maxsize=8)
def load_weights(name: str) -> Mapping[str, float]:
    """Return the weights of `name`.json; "intercept" is always there. Raises ModelError."""
    path = find_model() / "weights" / f"{name}.json"
    try:
        weights = {mark: float(weight) for mark, weight in json.loads(path.read_text(encoding="utf-8")).items()}
        weights["intercept"]
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise ModelError(f"weights: {path} is missing or damaged; install pressx again") from error
    return weights


def weigh(marks: Marks, weights: Mapping[str, float]) -> float:
    """Return the probability that what the marks describe holds; a mark without a weight says nothing."""
    total = weights["intercept"] + sum(weights.get(mark, 0.0) * value for mark, value in marks.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
