"""Streams of money: a yearly flow, the same discounted, and when in the year it falls.

Costs and benefits have timings of their own (method § 1). A flow keeps its timing wherever it is counted: a harm that
is counted as a cost still falls when benefits do, an old service released as a benefit when costs do (method § 12).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sroi.projection.declaring import POUNDS, TOLERANCE, Declaring
from sroi.sheet import Expression, Line, Unit, highest, largest, lowest

Timing = Literal["cost", "benefit"]


@dataclass(frozen=True)
class Stream:
    """A yearly flow in base-year pounds, and the same discounted."""

    flow: Line
    discounted: Line
    timing: Timing
    size: Line
    """Its rows' largest amounts in a year, added up: what rounding is measured against, should rows cancel."""


def money(to: Declaring, name: str, label: str, formula: Expression, method: str = "§ 6", unit: Unit = POUNDS) -> Line:
    """A yearly row of pounds, of the base year unless said, with its total."""
    return to.model.line(name, label, unit, formula, style="money", method=method, total=True, yearly=True)


def add(to: Declaring, name: str, label: str, lines: Sequence[Line], method: str = "§ 6", unit: Unit = POUNDS) -> Line:
    """A yearly sum of money lines; of none, a row of noughts."""
    return to.model.sum(name, label, unit, lines, style="money", method=method, total=True, yearly=True)


def size(to: Declaring, name: str, label: str, row: Line) -> Line:
    """The largest amount of a row of pounds in a year, whichever its sign."""
    return to.model.line(name, label, row.unit or POUNDS, largest(highest(row), -lowest(row)), style="money",
                         method="§ 6")  # fmt: skip


def nil(to: Declaring, view: str, said: str, streams: Sequence[Stream]) -> Line:
    """What counts as nil in a view: a share of its rows' sizes, which do not cancel where the rows themselves do."""
    sizes = to.model.sum(
        f"{view}.size", f"{said}: the largest year of every row, together", POUNDS, [s.size for s in streams],
        style="money", method="§ 6",
    )  # fmt: skip
    return to.model.line(
        f"{view}.nil", f"{said}: at or below this a sum counts as nil", POUNDS, sizes * to.constant(TOLERANCE),
        style="money", method="§ 6",
    )  # fmt: skip


def discounted(to: Declaring, name: str, label: str, flow: Line, timing: Timing) -> Line:
    """A flow times the standard factor of its timing (method § 1)."""
    return money(to, name, label, flow * to[f"timeline.{timing}_factor"], "§ 1")
