"""How much of what is freed becomes cash (method § 5).

Rows that share a pool release together. Capacity must have stayed free for `release_lag` years before it is released;
it closes in whole blocks where the row says so, and reopens in whole blocks when demand returns.
"""

from __future__ import annotations

from collections.abc import Sequence

from sroi.model import Value
from sroi.projection.declaring import TOLERANCE, Declaring, ref_of
from sroi.projection.streams import money
from sroi.sheet import (
    PURE,
    ZERO,
    Cell,
    Line,
    Unit,
    away_from_zero,
    choose,
    largest,
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
    `freed` has one line or, of a pool, several in one unit; `each` is £ per that unit by year, `cashable` a share.
    """
    together = freed[0]
    if len(freed) > 1:
        label = f"{said}: capacity freed by its pool"
        together = to.model.sum(f"{key}.pool_freed", label, unit, freed, method="§ 5", total=True)
    held = _held(to, key, said, unit, together, row.release_lag)
    if row.block is None:
        return money(to, f"{key}.cash", f"{said}: cash released", cashable * held * each, "§ 5")
    block = to.model.line(
        f"{key}.block", f"{said}: size of a block", unit, Cell(ref_of(row, "block"), row.block, unit), method="§ 5"
    )
    blocks = _blocks(to, key, said, held, block)
    return money(to, f"{key}.cash", f"{said}: cash released", cashable * block * blocks * each, "§ 5")


def _held(to: Declaring, key: str, said: str, unit: Unit, freed: Line, release_lag: int) -> Line:
    """`min(freed[t], max(0, least freed in t-release_lag … t))`, years before the first being 0."""
    if release_lag == 0:
        return freed
    least = freed
    for years in range(1, release_lag + 1):
        label = f"{said}: least freed in the year and the {years} before it"
        formula = smallest(freed, previous(least))
        least = to.model.line(f"{key}.least_{years}", label, unit, formula, method="§ 5")
    formula = smallest(freed, largest(ZERO, least))
    return to.model.line(f"{key}.held", f"{said}: capacity held free long enough", unit, formula, method="§ 5")


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
