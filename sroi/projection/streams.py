"""Streams of money: a yearly flow, the same discounted, and when in the year it falls.

Costs and benefits have timings of their own (method § 1). A flow keeps its timing wherever it is counted: a harm that
is counted as a cost still falls when benefits do, an old service released as a benefit when costs do (method § 12).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sroi.projection.declaring import POUNDS, Declaring
from sroi.sheet import Expression, Line, Unit

Timing = Literal["cost", "benefit"]


@dataclass(frozen=True)
class Stream:
    """A yearly flow in base-year pounds, and the same discounted."""

    flow: Line
    discounted: Line
    timing: Timing


def money(to: Declaring, name: str, label: str, formula: Expression, method: str = "§ 6", unit: Unit = POUNDS) -> Line:
    """A yearly row of pounds, of the base year unless said, with its total."""
    return to.model.line(name, label, unit, formula, style="money", method=method, total=True, yearly=True)


def add(to: Declaring, name: str, label: str, lines: Sequence[Line], method: str = "§ 6", unit: Unit = POUNDS) -> Line:
    """A yearly sum of money lines; of none, a row of noughts."""
    return to.model.sum(name, label, unit, lines, style="money", method=method, total=True, yearly=True)


def discounted(to: Declaring, name: str, label: str, flow: Line, timing: Timing) -> Line:
    """A flow times the standard factor of its timing (method § 1)."""
    return money(to, name, label, flow * to[f"timeline.{timing}_factor"], "§ 1")
