"""What History says against the case: numbers, said for `warnings` (method § 4, evidence).

A log that ends in another value or status than the case holds, and a forecast that became a result without changing.
Whether the log agrees with the case is asked of the case as it stands: an option changes numbers on purpose.
"""

from __future__ import annotations

from collections.abc import Iterable

from sroi.model import Case
from sroi.model.assumptions import Assumption, assumptions, said

RESULTS = ("observed", "attributed")
"""What is no forecast or judgement: something was measured."""


def _claimed(case: Case) -> tuple[Assumption, ...]:
    return tuple(row for row in assumptions(case) if row.claims) if case.history else ()


def _as_it_stands(case: Case) -> bool:
    return case.option is None and case.scenario is None


def disagreeing_value(case: Case) -> list[str]:
    """Numbers whose last claim is another than the case holds."""
    if not _as_it_stands(case):
        return []
    return [
        f"{row.ref} ({said(case, row, row.claims[-1].value)} in {row.claims[-1].date}, "
        f"{said(case, row, row.value)} in the case)"
        for row in _claimed(case)
        if row.claims[-1].value != row.value
    ]


def disagreeing_status(case: Case) -> list[str]:
    """Numbers whose last claim has another status than the case gives them."""
    return [
        f"{row.ref} ({row.claims[-1].status} in {row.claims[-1].date}, {row.basis.status or 'not stated'} in the case)"
        for row in _claimed(case)
        if row.claims[-1].status is not None and row.claims[-1].status != row.basis.status
    ]


def became_result(case: Case) -> list[str]:
    """Numbers that were a forecast and are a result with the same value: were they measured, or only called so?"""
    found = []
    for row in _claimed(case):
        dated = [(claim.status, claim.value, claim.date) for claim in row.claims]
        if _as_it_stands(case):
            dated.append((row.basis.status, row.value, "the case"))
        change = _unchanged(dated)
        if change is not None:
            (_, value, first), (status, _, then) = change
            found.append(f"{row.ref} ({said(case, row, value)}, forecast in {first}, {status} in {then})")
    return found


Dated = tuple[str | None, object, str]


def _unchanged(dated: Iterable[Dated]) -> tuple[Dated, Dated] | None:
    """The first result that says what the last forecast before it said, and that forecast."""
    forecast: Dated | None = None
    for claim in dated:
        if claim[0] == "forecast":
            forecast = claim
        elif claim[0] in RESULTS:
            if forecast is not None and forecast[1] == claim[1]:
                return forecast, claim
            forecast = None
    return None
