"""Logistic regression with a penalty: what fits the small models in `models/pressx_en/weights/`."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from pressx.weights import Marks, weigh

Floats = npt.NDArray[np.float64]
Case = tuple[Marks, bool, str]
"""What speaks for and against, whether it holds, and the release it is from."""

STEPS = 30  # of Newton's method, which needs about eight
FOLDS = 8
FEWEST = 5  # cases that must have a mark before it gets a weight


def fit(cases: Sequence[Case], penalty: float) -> dict[str, float]:
    """Return the weight of each mark, and "intercept", which bears no penalty."""
    found = sorted({mark for marks, *_ in cases for mark in marks})
    names = [name for name in found if sum(marks.get(name, 0.0) != 0 for marks, *_ in cases) >= FEWEST]
    rows = np.array([[*(marks.get(name, 0.0) for name in names), 1.0] for marks, *_ in cases])
    right = np.array([float(holds) for _, holds, _ in cases])
    penalties = np.array([*(penalty for _ in names), 1e-6])
    weights = np.zeros(len(penalties))
    for _ in range(STEPS):
        guess = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (guess - right) + penalties * weights
        curve = (rows * (guess * (1 - guess))[:, None]).T @ rows + np.diag(penalties)
        weights -= np.linalg.solve(curve, slope)
    return dict(zip([*names, "intercept"], weights.tolist(), strict=True))


def cross_validate(cases: Sequence[Case], penalty: float) -> list[float]:
    """Return for each case its probability by weights that were fitted without its release."""
    releases = {release: number % FOLDS for number, release in enumerate(sorted({case[2] for case in cases}))}
    guesses = [0.0] * len(cases)
    for fold in range(FOLDS):
        weights = fit([case for case in cases if releases[case[2]] != fold], penalty)
        for number, (marks, _, release) in enumerate(cases):
            if releases[release] == fold:
                guesses[number] = weigh(marks, weights)
    return guesses


def measure(guesses: Iterable[float], cases: Iterable[Case], threshold: float) -> tuple[int, int, int]:
    """Return how many cases at the threshold are right, wrong and missed."""
    said = [(guess >= threshold, holds) for guess, (_, holds, _) in zip(guesses, cases, strict=True)]
    return said.count((True, True)), said.count((True, False)), said.count((False, True))


def round_weights(weights: Mapping[str, float], digits: int) -> dict[str, float]:
    """Return the weights as they are kept, the intercept first."""
    names = sorted(weights, key=lambda name: (name != "intercept", name))
    return {name: round(weights[name], digits) for name in names}
