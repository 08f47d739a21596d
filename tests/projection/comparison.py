"""What a comparison of engine and oracle is made of: a row by year, or one number, and the size it is judged by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TOLERANCE = 1e-9
"""Of the row's largest value (method § 4); of what was added up, for a sum that cancels."""

Found = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One yearly row: the engine's line, its numbers, the oracle's, and the size differences are judged by."""

    line: str
    engine: list[float]
    oracle: list[float]
    size: float


@dataclass(frozen=True)
class Measure:
    """One number, or none where it does not apply."""

    line: str
    engine: float | None
    oracle: float | None
    size: float


def largest(numbers: list[float]) -> float:
    """The size of a row."""
    return max((abs(number) for number in numbers), default=0.0)
