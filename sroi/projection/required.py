"""Numbers that the calculation cannot do without: in a live workbook an emptied cell would count as nil (method § 6).

The reader refuses a blank there; a workbook recalculates at once, so it must say so itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sroi.model import Cost, Outcome, Row
from sroi.model.base import attributes
from sroi.projection.declaring import Declaring
from sroi.sheet import ONE, PURE, ZERO, Cell, Line, choose, is_number


def declare(to: Declaring) -> list[Line]:
    """Declares a flag for each cell that must hold a number (method § 6), such as `checks.filled.costs.hub.amount`: 1
    where it holds none."""
    return [
        to.model.line(
            f"checks.filled.{ref}", f"{to.said(row)}: {said} is missing", PURE,
            choose(is_number(Cell(ref, held, PURE)), ZERO, ONE), style="flag",
        )
        for row, ref, said, held in _cells(to)
    ]  # fmt: skip


ALWAYS: Mapping[str, tuple[str, ...]] = {
    "groups": ("referrals", "from", "to"),
    "costs": ("amount",),
    "outcomes": ("effect",),
    "values": ("amount",),
    "grades": ("grade", "cost_optimism", "benefit_optimism"),
}
"""What every row of a table needs; what a library value brings, or a profile holds, is not in the row's own cell."""


def _cells(to: Declaring) -> Iterator[tuple[Row, str, str, float]]:
    """Every cell that must hold a number: its row, its ref, its name and what it holds now."""
    for table, names in ALWAYS.items():
        for row in to.case.tables.rows(table):
            for name in (*names, *_besides(row)):
                held = getattr(row, attributes(type(row))[name])
                if held is not None and to.case.profile(row.at(name)) is None:
                    yield row, row.at(name), name.replace("_", " "), float(held)


def _besides(row: Row) -> tuple[str, ...]:
    """What this row needs besides what every row of its table does."""
    if isinstance(row, Cost) and row.old_service:
        return ("release_share", "release_years")
    return ("baseline",) if isinstance(row, Outcome) and row.basis == "proportional" else ()
