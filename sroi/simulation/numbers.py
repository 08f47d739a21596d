"""The numbers of a case that can be moved, certain or not: what each holds, and how far its field lets it go.

They are the fields of which a range may be (`sroi.model.rules.ranges.uncertain`), where they hold a number or stand for
one, and where the lines read them. Of the rows of a pool only the first is here, as the others follow it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sroi.errors import CaseError, Problem
from sroi.model import Case
from sroi.model.base import Column, Row
from sroi.model.parsing import plain
from sroi.model.ranges import Range
from sroi.model.rules.ranges import TABLES, field_bounds, is_used, target, uncertain
from sroi.model.tables import near
from sroi.simulation.inputs import followers

FARTHEST = 1000.0
"""Where a field has no end, a number is looked for as far as so many times its central value (1, where that is 0)."""
HAIR = 1e-9
"""How near to an end that is not itself allowed a number may come, as a share of the way from the central value."""


@dataclass(frozen=True)
class Movable:
    """A number of the case that can be moved."""

    ref: str
    """`outcomes.falls.effect`; of a profiled field, the multiplier of its profile."""
    header: str
    """The heading of its field."""
    central: float
    """What the field holds, or stands for where it is blank; 1 of a multiplier."""
    low: float
    """The least that the field may be, or as far as it is looked for."""
    high: float
    """The most."""
    open_below: bool
    """Whether the field itself has no least, so that `low` is only how far one looks."""
    open_above: bool
    """Whether the field itself has no most."""
    whole: bool
    stated: bool
    """Whether the case states it; else it stands at its default."""


def movables(case: Case) -> Mapping[str, Movable]:
    """Every number of a case that can be moved, by ref in the order of the tables.

    Shares and rates go from their field's least to its most; whole numbers of years as far as the years of the case,
    beyond which nothing changes; a number whose field has no end as far as 1,000 times its central value.

    >>> import sroi
    >>> found = movables(sroi.read("meals"))["outcomes.fewer-ae.deadweight"]
    >>> found.central, found.low, found.high, found.stated
    (0.05, -5.0, 1.0, True)
    """
    following = {ref for others in followers(case).values() for ref in others}
    found = {}
    for table in (*TABLES, "settings"):
        for row in case.tables.rows(table):
            if table == "unit_values" and not is_used(case.tables, row.key):
                continue
            for column in uncertain(table).values():
                made = None if row.at(column.name) in following else _movable(case, row, column)
                if made is not None:
                    found[made.ref] = made
    return MappingProxyType(found)


def movable(case: Case, known: Mapping[str, Movable], ref: str) -> Movable:
    """The number of that ref; `CaseError` where the case has none that can be moved."""
    if ref in known:
        return known[ref]
    leads = next((lead for lead, others in followers(case).items() if ref in others), "")
    fix = f"It follows the first row of its pool: move {leads}." if leads else near(ref, known)
    raise CaseError([Problem("", f'There is no number called "{ref}" that can be moved', "", fix)])


def ranged(case: Case, known: Mapping[str, Movable], ranges: Mapping[str, object], ref: str) -> str:
    """The ref, if it can be moved and has a range; else `CaseError`."""
    movable(case, known, ref)
    if ref not in ranges:
        fix = "Give it a row in Ranges, or the values that it should take."
        raise CaseError([Problem(case.place(ref), f"{ref} has no range", "", fix)])
    return ref


def within(number: Movable, value: float) -> Problem | None:
    """What is wrong with a value of a number, if its field could not hold it."""
    low, high = (-math.inf if number.open_below else number.low), (math.inf if number.open_above else number.high)
    if number.whole and value != int(value):
        return Problem(number.ref, f"{number.header} takes whole numbers only", plain(value))
    if low <= value <= high:
        return None
    ends = (
        f"{plain(low)} or more"
        if math.isinf(high)
        else f"{plain(high)} or less"
        if math.isinf(low)
        else (f"between {plain(low)} and {plain(high)}")
    )
    return Problem(number.ref, f"{number.header} must be {ends}", plain(value))


def _movable(case: Case, row: Row, column: Column) -> Movable | None:
    ref = row.at(column.name)
    try:
        aim = target(case.tables, Range.model_construct(ref=ref))
    except ValueError:
        return None
    if row.table == "settings" and isinstance(case.settings.discount, str):
        return None
    low, high = _ends(case, ref, column, aim.profiled)
    centre, whole = aim.central, column.kind == "whole"
    far = FARTHEST * (abs(centre) or 1.0)
    least, most = max(low, -far), min(high, max(far, centre))
    if whole:
        most = max(centre, float(case.settings.years))
    if column.low_open and math.isfinite(low):
        least = low + HAIR * (centre - low)
    stated = column.attribute in row.model_fields_set and getattr(row, column.attribute) is not None
    open_above = math.isinf(high)
    return Movable(
        ref, column.header, centre, min(least, centre), most, math.isinf(low), open_above, whole, stated or aim.profiled
    )


def _ends(case: Case, ref: str, column: Column, profiled: bool) -> tuple[float, float]:
    """The bounds of a field; a multiplier takes no year of its profile beyond them."""
    low, high = field_bounds(case.tables, Range.model_construct(ref=ref), column)
    ends = (-math.inf if low is None else low, math.inf if high is None else high)
    if not profiled:
        return ends
    years = [value for value in (case.profile(ref) or {}).values() if value != 0]
    each = [sorted(end / value for end in ends) for value in years] or [[-math.inf, math.inf]]
    return max(e[0] for e in each), min(e[1] for e in each)
