"""What asks for judgement in numbers that came in, named for `warnings` (method §§ 6, 7)."""

from __future__ import annotations

from collections.abc import Iterable

from sroi.model import Actual, Case, Cost, Value, split
from sroi.model.parsing import NOMINAL


def _named(actuals: Iterable[Actual]) -> list[str]:
    return [f"{actual.ref} in {actual.in_year}" for actual in actuals]


def left_out(case: Case) -> list[str]:
    """Actuals that are in no number, since alone they change nothing in the forecast."""
    return [] if case.rerun else _named(case.actuals)


def unsourced(case: Case) -> list[str]:
    """What came in and names no source."""
    return _named(actual for actual in case.actuals if not actual.source)


def cut(case: Case) -> list[str]:
    """What came in outside the years in which its row runs: it counts for nothing."""
    spans = {g.at("referrals"): (g.from_, g.to) for g in case.groups}
    spans |= {c.at("amount"): case.span(c) for c in case.costs}
    rows = []
    for actual in case.actuals:
        first, last = spans.get(actual.ref, (0, 9999))
        if not first <= actual.year <= last and case.came_in[actual.ref][actual.year]:
            rows.append(actual)
    return _named(rows)


def otherwise_priced(case: Case) -> list[str]:
    """Sums that came in and are read in the prices of their row, which are not those of the year they were paid in."""
    rows = [(a, _price_year(case, a)) for a in case.actuals]
    return [
        f"{actual.ref} in {actual.in_year} (prices of {price})"
        for actual, price in rows
        if price not in (None, NOMINAL, actual.in_year)
    ]


def _price_year(case: Case, actual: Actual) -> str | None:
    """The price year of a sum; none of what is no sum."""
    table, key, _ = split(actual.ref)
    row = case.row(table, key)
    return (row.price_year or case.settings.price_base) if isinstance(row, Cost | Value) else None
