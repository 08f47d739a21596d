"""What the charts of a simulation are drawn from: bins of net value, and the returns asked of one pound.

Pure numbers: the sheet and its charts are written from them (`sroi.reports.simulated`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sroi.projection.views import VIEWS
from sroi.reports import sure
from sroi.simulation import Simulation
from sroi.simulation.statistics import acceptability

Array = NDArray[np.float64]

BINS = 24
"""Bars between the outer percentiles, or fewer: steps are round numbers."""
OUTER = 0.5
"""Beyond this percentile at either end, draws stand together in one open bar."""
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
RARE = 0.05
"""An acceptability curve is drawn to where fewer draws than this still come to what is asked."""


@dataclass(frozen=True)
class Bin:
    """One bar: the draws from `low` up to, but not with, `high`; an open end is infinite."""

    low: float
    high: float
    share: float
    """Of all draws."""
    up_to: float
    """The share of draws under `high`."""

    @property
    def loss(self) -> bool:
        """Whether it lies under nil: nil is the edge of a bar, so that none lies on both sides."""
        return self.high <= 0


def step_of(span: float, most: int) -> float:
    """The least round step of which at most so many go into a span.

    >>> step_of(48, 24), step_of(50, 24), step_of(0.7, 7)
    (2.0, 2.5, 0.1)
    """
    least = span / most
    if not least > 0:
        return 1.0
    size = 10.0 ** math.floor(math.log10(least))
    return next(float(f"{step * size:.12g}") for step in STEPS if step * size >= least * (1 - 1e-9))


def bins(values: Array) -> tuple[Bin, ...]:
    """Bars of equal, round width between the outer percentiles, with nil as an edge, and an open bar at either end.

    Every edge is a whole number of steps, so nil is one wherever draws lie on both sides of it: the bars reach that
    far, though that be beyond an outer percentile.

    >>> [(b.low, b.high, b.share) for b in bins(np.array([-1.0, 1.0, 1.0, 3.0]))][0]
    (-1.0, -0.8, 0.25)
    """
    least, most = float(values.min()), float(values.max())
    low, high = (float(end) for end in np.percentile(values, (OUTER, 100 - OUTER)))
    if least < 0 <= low:
        low = 0.0
    if high < 0 <= most:
        high = 0.0
    step = step_of(high - low, BINS) if high > low else step_of(max(abs(low), 1.0), 10)
    first, last = math.floor(low / step), math.floor(high / step) + 1
    edges = [float(f"{n * step:.12g}") for n in range(first, last + 1)]
    ends = [*([-math.inf] if least < edges[0] else []), *edges, *([math.inf] if most >= edges[-1] else [])]
    under = np.searchsorted(np.sort(values), ends) / len(values)
    under[-1] = 1.0
    return tuple(
        Bin(ends[n], ends[n + 1], float(under[n + 1] - under[n]), float(under[n + 1])) for n in range(len(ends) - 1)
    )


def marks(edges: Sequence[float], code: str) -> Mapping[float, str]:
    """How each edge is said, all in one unit and with as many decimals as their step needs.

    >>> list(marks([-2.5e6, 0.0, 2.5e6], "GBP").values()), list(marks([0.0, 500.0], "GBP").values())
    (['-£2.5m', '£0.0m', '£2.5m'], ['£0', '£500'])
    """
    most, step = max(map(abs, edges)), min((b - a for a, b in pairwise(edges)), default=1.0)
    size, unit = next(((size, unit) for size, unit in sure.UNITS if most >= 2 * size), (1.0, ""))
    decimals = next((n for n in range(9) if abs(step / size * 10**n - round(step / size * 10**n)) < 1e-6), 9)
    return {edge: sure.pounds(code, edge / size, decimals) + unit for edge in edges}


def curves(simulation: Simulation) -> Mapping[float, tuple[float, ...]]:
    """By return asked of one pound, the chance that benefits come to it, in each of the three views.

    As the simulation has it; further and wider apart where, at the most that it asks, many draws still come to it.
    """
    held = [simulation.views[view].acceptability for view in VIEWS]
    asked = tuple(held[0])
    if held[0][asked[-1]] > RARE:
        ratios = simulation.measures["public_value", "bcr"]
        known = ratios[~np.isnan(ratios)]
        if len(known):
            step = step_of(float(np.percentile(known, 100 * (1 - RARE / 5))), BINS)
            asked = tuple(float(f"{n * step:.12g}") for n in range(BINS + 1))
            held = [
                acceptability(simulation.measures[view, "pv_benefits"], simulation.measures[view, "pv_costs"], asked)
                for view in VIEWS
            ]
    return {one: tuple(curve[one] for curve in held) for one in asked}
