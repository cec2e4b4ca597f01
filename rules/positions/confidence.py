"""How sure a position is: the probability that actor and stance are right, worked out from the signs of its reading."""

from collections.abc import Iterable
from math import exp, log
from typing import NamedTuple

from rules.positions.signs import Signs
from schemas.ruleset import SignWeight

# The weight that every row has, and the value that stands for all that nobody measured.
EVERY_ROW = "every row"
UNMEASURED = "unmeasured"
DECIMALS = 3  # the same on every machine, whatever its last bits


class Part(NamedTuple):
    """What one sign adds to the log odds."""

    sign: str
    value: str
    weight: float


class Confidence:
    """The measured weights of a rule set: a logistic model, whose parts add up. Holds nothing that changes."""

    def __init__(self, weights: Iterable[SignWeight]) -> None:
        self._weights = {(w.sign, w.value): w.weight for w in weights}
        self._base = self._weights.get((EVERY_ROW, ""), 0.0)

    def of(self, signs: Signs) -> float | None:
        """The probability, in three decimals; None where nothing was measured."""
        if not self._weights:
            return None
        return rounded(probability(self._base + sum(self._weight(*sign) for sign in signs.items())))

    def parts(self, signs: Signs) -> list[Part]:
        """What raised and lowered it, what counts most first; what adds nothing is left out."""
        parts = (Part(sign, value, self._weight(sign, value)) for sign, value in signs.items())
        return sorted((part for part in parts if part.weight), key=lambda part: (-abs(part.weight), part.sign))

    def _weight(self, sign: str, value: str) -> float:
        weight = self._weights.get((sign, value))
        return self._weights.get((sign, UNMEASURED), 0.0) if weight is None else weight


def probability(log_odds: float) -> float:
    """What log odds mean; exact also where they are large."""
    return 1 / (1 + exp(-log_odds)) if log_odds >= 0 else exp(log_odds) / (1 + exp(log_odds))


def log_odds(share: float) -> float:
    """The inverse, for a share between 0 and 1."""
    return log(share / (1 - share))


def rounded(share: float) -> float:
    return round(share, DECIMALS)
