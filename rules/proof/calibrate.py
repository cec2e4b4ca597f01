"""Measures what each sign of a reading says of how sure it is: a logistic model, fitted across articles.

Ridge-penalised maximum likelihood by iteratively reweighted least squares (Hosmer and Lemeshow 2013; le Cessie and van
Houwelingen 1992). The penalty of frames and entries draws each towards the rate of all: the smoothed rate of a frame.
"""

import json
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rules.positions.confidence import EVERY_ROW, UNMEASURED, Confidence, log_odds
from rules.proof.judged import JudgedRow
from schemas.article import content_key
from schemas.ruleset import SignWeight

FOLDS = 10
# How strongly a weight is drawn to nothing, by sign; the intercept is free.
PENALTY = 20.0
PENALTIES = {"frame": 15.0, "entry": 15.0}
# Values that fewer rows have are measured together.
LEAST = 4
# What a frame that nobody measured adds at most: less sure than the average.
CAUTIOUS = -0.4
MEASURED_TOGETHER = ("frame", "entry")
ROUNDS, ENOUGH = 100, 1e-10
DECIMALS = 3
NEGLIGIBLE = 0.005  # what rounds away is not written

Sign = tuple[str, str]
Matrix = NDArray[np.float64]


class Predicted(NamedTuple):
    """What was said of a row by weights that had not seen its article, and whether it is right."""

    row: JudgedRow
    said: float


def calibrated(rows: Sequence[JudgedRow]) -> list[SignWeight]:
    """The weights of all signs, in the order of their names. Raises ValueError where no row, or every row, is right."""
    right = np.array([row.right for row in rows], float)
    if not 0 < right.sum() < len(rows):
        raise ValueError("calibration needs right rows and wrong ones; annotate or judge more")
    names, columns = _columns(rows)
    penalties = np.array([PENALTIES.get(sign, PENALTY) for sign, _ in names])
    intercept, weights = _fitted(columns, right, penalties)
    base = SignWeight(
        sign=EVERY_ROW, value="", weight=round(intercept, DECIMALS), rows=len(rows), right=int(right.sum())
    )
    found = [
        _weight(name, weight, columns[:, n], right) for n, (name, weight) in enumerate(zip(names, weights, strict=True))
    ]
    kept = [w for w in found if abs(w.weight) >= NEGLIGIBLE or w.value == UNMEASURED]
    if all((w.sign, w.value) != ("frame", UNMEASURED) for w in kept):
        kept.append(SignWeight(sign="frame", value=UNMEASURED, weight=CAUTIOUS))
    return [base, *sorted(kept, key=lambda w: (w.sign, w.value))]


def predicted(rows: Sequence[JudgedRow]) -> list[Predicted]:
    """What is said of each row by weights measured on the other articles, in ten folds; in the order of the rows."""
    said: dict[int, float] = {}
    folds = [int(content_key(row.group), 16) % FOLDS for row in rows]
    for fold in sorted(set(folds)):
        confidence = Confidence(calibrated([row for row, own in zip(rows, folds, strict=True) if own != fold]))
        for n, row in enumerate(rows):
            if folds[n] == fold:
                said[n] = confidence.of(row.signs) or 0.0
    return [Predicted(row, said[n]) for n, row in enumerate(rows)]


def _columns(rows: Sequence[JudgedRow]) -> tuple[list[Sign], Matrix]:
    """One column a value of a sign, in the order of their names; rare values of frames and entries share one."""
    counts = Counter(sign for row in rows for sign in row.signs.items())
    signs = [{_pooled(sign, counts) for sign in row.signs.items()} for row in rows]
    for own in signs:
        own.discard(("", ""))
    names = sorted(set().union(*signs))
    place = {sign: n for n, sign in enumerate(names)}
    columns = np.zeros((len(rows), len(names)))
    for n, own in enumerate(signs):
        columns[n, [place[sign] for sign in own]] = 1.0
    return names, columns


def _pooled(sign: Sign, counts: Counter[Sign]) -> Sign:
    if counts[sign] >= LEAST:
        return sign
    return (sign[0], UNMEASURED) if sign[0] in MEASURED_TOGETHER else ("", "")


def _fitted(columns: Matrix, right: Matrix, penalties: Matrix) -> tuple[float, Matrix]:
    """The intercept and the weights that make the judgements likeliest, less the penalty."""
    design = np.hstack([np.ones((len(columns), 1)), columns])
    ridge = np.concatenate([[0.0], penalties])
    found = np.zeros(design.shape[1])
    found[0] = log_odds(float(right.mean()))
    for _ in range(ROUNDS):
        said = 1 / (1 + np.exp(-(design @ found)))
        slope = design.T @ (right - said) - ridge * found
        curvature = (design * (said * (1 - said))[:, None]).T @ design + np.diag(ridge)
        step = np.linalg.solve(curvature, slope)
        found += step
        if np.abs(step).max() < ENOUGH:
            break
    return float(found[0]), found[1:]


def _weight(name: Sign, weight: float, column: Matrix, right: Matrix) -> SignWeight:
    sign, value = name
    weight = min(weight, CAUTIOUS) if name == ("frame", UNMEASURED) else weight
    rows = int(column.sum())
    return SignWeight(
        sign=sign, value=value, weight=round(weight, DECIMALS) + 0.0, rows=rows, right=int(column @ right)
    )


HEAD = """\
# How sure a reading is: what each sign of a reading adds to the logarithm of the odds that actor and stance are right.
# `rows` had the sign, of which `right` were right; `unmeasured` stands for every value that no line names.
# Written by `positions rules calibrate`: measure anew after changes of the rules.

"""


def weights_page(weights: Sequence[SignWeight]) -> str:
    """The weights as the file of a rule set, one a line."""
    lines = (
        weight.model_dump(exclude_defaults=True) | {"rows": weight.rows, "right": weight.right} for weight in weights
    )
    return HEAD + "".join("- {" + ", ".join(f"{k}: {json.dumps(v)}" for k, v in line.items()) + "}\n" for line in lines)
