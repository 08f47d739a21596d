"""Two numbers at once: a measure over every pair of their values, the rest at centre (a two-way grid; method § 8)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.errors import CaseError, Problem
from sroi.model import Case
from sroi.simulation.distributions import distributions
from sroi.simulation.numbers import movable, movables, ranged, within
from sroi.simulation.one_way import ENDS
from sroi.simulation.trials import Trials, central

if TYPE_CHECKING:
    import pandas as pd

MOST = 100_000
"""The most pairs that a grid may have."""


@dataclass(frozen=True)
class Grid:
    """A measure by two numbers."""

    view: str
    measure: str
    refs: tuple[str, str]
    first: tuple[float, ...]
    """Values of the first number, in the unit of its field."""
    second: tuple[float, ...]
    """Values of the second."""
    results: tuple[tuple[float | None, ...], ...]
    """A row for each value of the first number, in it a measure for each of the second; `None` where it does not
    apply."""
    central: float | None
    """The measure of the central case."""

    @property
    def not_applicable(self) -> int:
        """For how many pairs the measure does not apply."""
        return sum(found is None for row in self.results for found in row)

    def table(self) -> pd.DataFrame:
        """A row for each pair: `first`, `second`, and the measure by its name."""
        import pandas as pd

        rows = [
            (a, b, found)
            for a, row in zip(self.first, self.results, strict=True)
            for b, found in zip(self.second, row, strict=True)
        ]
        return pd.DataFrame(rows, columns=["first", "second", self.measure])

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, `None` for what does not apply."""
        return {
            "view": self.view,
            "measure": self.measure,
            "refs": list(self.refs),
            "first": list(self.first),
            "second": list(self.second),
            "results": [list(row) for row in self.results],
            "central": self.central,
            "not_applicable": self.not_applicable,
        }


def grid(
    case: Case,
    first: str,
    second: str,
    first_values: Sequence[float] | None = None,
    second_values: Sequence[float] | None = None,
    *,
    points: int = 7,
    view: str = "public_value",
    measure: str = "npv",
    option: str | None = None,
    scenario: str | None = None,
) -> Grid:
    """A measure over two numbers, the rest at centre (method § 8, *two-way grid*).

    `results[i][j] = measure(first = first_values[i], second = second_values[j])`. A number without values given takes
    so many `points` of its range, at percentiles evenly apart from the 5th to the 95th (the 50th where that is one);
    of a whole number those that differ. In the units of the measure; of a profiled field the values multiply the whole
    profile.

    Raises `CaseError` for an option, scenario, view, measure or number that the case does not hold, for a ref that has
    neither values nor a range, for values that its field could not hold, for one number twice, for no points, and for
    more than 100,000 pairs.

    >>> import sroi
    >>> case = sroi.read("meals")
    >>> found = grid(case, "outcomes.fewer-ae.effect", "outcomes.fewer-ae.deadweight", [0, 7], [0, 0.5])
    >>> found.results[0][0] == found.results[0][1] < found.results[1][1] < found.results[1][0]
    True
    """
    seen = case.seen(option, scenario)
    known = movables(seen)
    numbers = {ref: movable(seen, known, ref) for ref in (first, second)}
    if first == second:
        raise CaseError([Problem("", f"A grid is of two numbers, and {first} is named twice", "", "Name another.")])
    given = (first_values, second_values)
    if points < 1 or any(values is not None and len(values) == 0 for values in given):
        raise CaseError([Problem("", "A grid has at least one value of each number", "", "Give some, or points.")])
    axes = [
        _percentiles(seen, ref, points) if values is None else [float(value) for value in values]
        for ref, values in zip(numbers, given, strict=True)
    ]
    faults = [within(numbers[ref], value) for ref, values in zip(numbers, axes, strict=True) for value in values]
    if any(faults):
        raise CaseError(fault for fault in faults if fault is not None)
    pairs = len(axes[0]) * len(axes[1])
    if pairs > MOST:
        raise CaseError([Problem("", f"A grid has at most {MOST:,} pairs", f"{pairs:,}", "Ask for fewer values.")])
    across, down = np.meshgrid(axes[1], axes[0])
    trials = Trials.of(seen, numbers, list(numbers), view, measure)
    found = trials.taken({first: down.ravel(), second: across.ravel()}, pairs).reshape(down.shape)
    results = tuple(tuple(None if math.isnan(x) else float(x) for x in row) for row in found)
    return Grid(view, measure, (first, second), tuple(axes[0]), tuple(axes[1]), results, central(seen, view, measure))


def _percentiles(case: Case, ref: str, points: int) -> list[float]:
    """So many values of a number's range, at percentiles evenly apart."""
    ranges = distributions(case)
    found = ranges[ranged(case, movables(case), ranges, ref)]
    at = np.linspace(*ENDS, points) if points > 1 else np.array([0.5])
    return [float(value) for value in np.unique(found.quantile(at))]
