"""How much of what is freed becomes cash (method § 5).

Rows that share a pool release together. Capacity must have stayed free for `release_lag` years before it is released;
it closes in whole blocks where the row says so, and reopens in whole blocks when demand returns.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from sroi.model import Value
from sroi.model.ranges import Range
from sroi.projection.declaring import TOLERANCE, YEARS, Declaring, ref_of
from sroi.projection.streams import money
from sroi.sheet import (
    PURE,
    ZERO,
    Cell,
    Expression,
    Line,
    Unit,
    away_from_zero,
    choose,
    largest,
    one,
    previous,
    smallest,
    truncate,
)


def declare(
    to: Declaring, key: str, said: str, row: Value, unit: Unit, freed: Sequence[Line], cashable: Line, each: Line
) -> Line:
    """Declares the cash that the rows freeing `freed` release together, on the terms of the first row (method § 5).

    `<flow>.cash` is £ in the base year's prices by year: `cashable × held × each`, or with blocks `cashable × block ×
    blocks × each`. Here `held[t] = min(freed[t], max(0, least freed in t-release_lag … t))`, in the value's units, and
    `blocks[t] = trunc(held[t]/block + 1e-9)`, where `held` is negative `floor`: a harm opens a whole block.
    Where the release lag is uncertain there is a line for each year that it may be, live as far as the longest.
    `freed` has one line or, of a pool, several in one unit; `each` is £ per that unit by year, `cashable` a share.
    """
    together = freed[0]
    if len(freed) > 1:
        label = f"{said}: capacity freed by its pool"
        together = to.model.sum(f"{key}.pool_freed", label, unit, freed, method="§ 5", total=True)
    held = _held(to, key, said, unit, together, row)
    if row.block is None:
        return money(to, f"{key}.cash", f"{said}: cash released", cashable * held * each, "§ 5")
    block = to.model.line(
        f"{key}.block", f"{said}: size of a block", unit, Cell(ref_of(row, "block"), row.block, unit), method="§ 5"
    )
    blocks = _blocks(to, key, said, held, block)
    return money(to, f"{key}.cash", f"{said}: cash released", cashable * block * blocks * each, "§ 5")


def _held(to: Declaring, key: str, said: str, unit: Unit, freed: Line, row: Value) -> Line:
    """`min(freed[t], max(0, least freed in t-release_lag … t))`, years before the first being 0."""
    longest = _longest(to, row)
    if longest == 0:
        return freed
    drawn = _range(to, row) is not None
    left: Expression | None = None
    if drawn:
        lag = Cell(ref_of(row, "release_lag"), float(row.release_lag), YEARS)
        left = to.model.line(f"{key}.release_lag", f"{said}: lag of release", YEARS, lag, style="whole", method="§ 5")
    least = freed
    for years in range(1, longest + 1):
        label = f"{said}: least freed in the year and the {years} before it"
        formula: Expression = smallest(freed, previous(least))
        if left is not None:
            # the lag may be any up to the longest: the years that it does not reach are passed over
            left = to.model.line(
                f"{key}.lag_left_{years}", f"{said}: lag of release, less {years}", YEARS, left - one(YEARS),
                style="whole", method="§ 5",
            )  # fmt: skip
            formula, label = choose(ZERO <= left, formula, least), f"{label}, as far as its lag goes"
        least = to.model.line(f"{key}.least_{years}", label, unit, formula, method="§ 5")
    formula = smallest(freed, largest(ZERO, least))
    return to.model.line(f"{key}.held", f"{said}: capacity held free long enough", unit, formula, method="§ 5")


def _range(to: Declaring, row: Value) -> Range | None:
    """The range of the row's release lag, if it has one."""
    return next((found for found in to.case.ranges if found.ref == ref_of(row, "release_lag")), None)


def _longest(to: Declaring, row: Value) -> int:
    """The longest lag that the lines must know: the row's own, or the most that its range can come to.

    A lag of all the years and one of more release alike, nothing: a shape without an end needs no line for more.
    """
    found = _range(to, row)
    if found is None:
        return row.release_lag
    most: float = to.model.years
    if found.values is not None:
        most = max(found.values)
    elif found.high is not None and found.interval == "limits":
        most = found.high
    return max(row.release_lag, min(ceil(most), to.model.years))


def _blocks(to: Declaring, key: str, said: str, held: Line, block: Line) -> Line:
    """Whole blocks closed; a harm opens a whole one. The tolerance keeps an exact multiple from losing a block."""
    size = to.model.line(
        f"{key}.in_blocks",
        f"{said}: capacity held, in blocks",
        PURE,
        held / block + to.constant(TOLERANCE),
        method="§ 5",
    )
    closed, opened = truncate(size), away_from_zero(smallest(ZERO, size))
    return to.model.line(
        f"{key}.blocks",
        f"{said}: whole blocks",
        PURE,
        choose(ZERO <= held, closed, opened),
        style="whole",
        method="§ 5",
    )
