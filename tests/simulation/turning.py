"""A case whose switching values can be written down: net present value is effect × (1 - deadweight) × amount - cost."""

from __future__ import annotations

from typing import Any

from sroi.model import Case
from sroi.reading import read
from tests.projection.small import Row, gain, outlay, saving
from tests.projection.small import case as small

EFFECT, DEADWEIGHT = "outcomes.gain.effect", "outcomes.gain.deadweight"
AMOUNT, COST = "values.gain-council-fiscal.amount", "costs.outlay.amount"


def plain(ranges: list[Row] | None = None, settings: Row | None = None, cost: float = 100, **fields: Any) -> Case:
    """One person, 2 × (1 - 0.2) × £100 - £100 = £60, all of it in 2026 and without discounting."""
    outcome = gain(effect=2, deadweight=0.2)
    values = [saving(**{"amount": 100, **fields})]
    return read(small(settings, costs=[outlay(amount=cost)], outcomes=[outcome], values=values, ranges=ranges or []))


def uniform(ref: str, low: float, high: float) -> Row:
    """A range whose percentiles are plain: the 5th lies 5 % of the way from low to high."""
    return {"ref": ref, "low": low, "high": high, "shape": "uniform"}
