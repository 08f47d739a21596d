"""Rates of return of a view: IRR and MIRR on its dated net flows (method § 6).

A solver stays outside the graph of lines (architecture, rule 5): the flows are read off the evaluated lines, put on
their dates, and handed to `sroi.projection.irr`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.model import Settings
from sroi.projection.irr import Rates, irr, mirr
from sroi.sheet import Evaluation

OFFSETS = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""Years into its year at which a flow falls (method § 1)."""


@dataclass(frozen=True)
class Dated:
    """Undiscounted net flows `(date, draw)`, their dates in years from the start, and the standard factors at them, in
    one column unless draws change the discount rate."""

    dates: NDArray[np.float64]
    flows: NDArray[np.float64]
    factors: NDArray[np.float64]

    @property
    def step(self) -> float:
        """Years from one date to the next; 1 where there is a single date."""
        return float(self.dates[1] - self.dates[0]) if len(self.dates) > 1 else 1.0


def dated(evaluation: Evaluation, settings: Settings, view: str, *, factors: bool = True) -> Dated:
    """A view's net flows on every date at which costs or benefits of the horizon fall. Without `factors` those are left
    out, for who needs none.

    The lines date both kinds at the start where both fall in mid-year; here they stand half a year later, where they
    belong, since the standard factors are read at the dates.
    """
    years = evaluation.years
    costs, benefits = OFFSETS[settings.cost_timing], OFFSETS[settings.benefit_timing]
    dates = np.array(sorted({t + offset for t in range(years) for offset in (costs, benefits)}))
    both_middle = costs == benefits == OFFSETS["middle"]
    points = {"start": 0.5 if both_middle else 0.0, "middle": 0.5, "end": 1.0}
    at = {float(date): place for place, date in enumerate(dates)}
    rows = {point: evaluation.array(f"{view}.flow_at_{point}") for point in points}
    flows = np.zeros((len(dates), max(row.shape[1] for row in rows.values())))
    for point, offset in points.items():
        for year in range(years):
            place = at.get(year + offset)
            if place is not None:
                flows[place] += rows[point][year]
    # what rows that cancel leave by rounding is nil, though nothing larger stands beside it
    flows = np.where(np.abs(flows) <= evaluation.array(f"{view}.nil"), 0.0, flows)
    if not factors:
        return Dated(dates, flows, np.ones((len(dates), 1)))
    found = _factors(evaluation, dates)
    # draws may change the discount rate alone
    flows = np.broadcast_to(flows, (len(dates), max(flows.shape[1], found.shape[1])))
    return Dated(dates, flows, found)


def _factors(evaluation: Evaluation, dates: NDArray[np.float64]) -> NDArray[np.float64]:
    """The standard factor at each date: `factor[t]`, and `factor[t] / (1 + rate(t+1)) ^ ½` half a year on (§ 1)."""
    start, following = evaluation.array("timeline.standard_factor"), evaluation.array("timeline.standard_next_rate")
    found = []
    for date in dates:
        whole = min(int(date), evaluation.years - 1)
        found.append(start[whole] / (1 + following[whole]) ** (date - whole))
    return np.array(found)


def rates(evaluation: Evaluation, settings: Settings, view: str) -> tuple[Rates, Rates]:
    """IRR and MIRR of a view, one per draw."""
    found = dated(evaluation, settings, view)
    return irr(found.flows, found.step), mirr(found.flows, found.factors, found.step)
