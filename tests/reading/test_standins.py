"""A row with one bad cell is still looked at: its other names and years are checked (`sroi.reading.standins`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import sroi


def case(**changes: dict[str, Any]) -> dict[str, Any]:
    """A case of one row a table; `changes` go into that row."""
    rows: dict[str, dict[str, Any]] = {
        "groups": {"id": "residents", "name": "Residents", "referrals": 4, "from": 2026, "to": 2026},
        "costs": {"id": "hub", "name": "Hub", "payer": "council", "basis": "one_off", "amount": 5},
        "outcomes": {"id": "falls", "name": "Falls", "group": "residents", "unit": "fall", "basis": "absolute",
                     "effect": 7},
        "values": {"outcome": "falls", "sector": "council", "kind": "fiscal", "amount": 9},
    }  # fmt: skip
    return {
        "about": {"id": "small", "title": "Small"},
        "settings": {"first_year": 2026, "years": 5, "price_base": "2023/24"},
        "sectors": [{"id": "council", "name": "Council", "ledger": "public"}],
        **{table: [row | changes.get(table, {})] for table, row in rows.items()},
    }


def said(data: dict[str, Any] | Path) -> list[str]:
    with pytest.raises(sroi.CaseError) as caught:
        sroi.read(data)
    return [str(problem) for problem in caught.value.problems]


def test_the_case_itself_is_sound() -> None:
    assert sroi.read(case()).about.id == "small"


def test_every_fault_of_one_row_is_told_at_once() -> None:
    found = said(
        case(
            groups={"referrals": -4, "to": 2099},
            costs={"payer": "councl", "amount": -5},
            outcomes={"group": "resident", "basis": "absolut", "deadweight": 12},
            values={"outcome": "fals", "sector": "counsil", "amount": "x"},
        )
    )
    assert found == [
        "groups[0].referrals: Referrals must be 0 or more; found -4.",
        "groups[0].to: A year must be within the horizon, 2026/27 to 2030/31; found 2099/00. "
        "Change it, or First year or Years in Settings.",
        'costs[0].payer: There is no sector called "councl". Did you mean "council"?',
        "costs[0].amount: Amount must be 0 or more; found -5.",
        'outcomes[0].group: There is no group called "resident". Did you mean "residents"?',
        'outcomes[0].basis: Basis must be proportional or absolute; found "absolut". Did you mean "absolute"?',
        "outcomes[0].deadweight: Deadweight must be between -500% and 100%; found 1200%. "
        "Type 12% if you meant 12 per cent.",
        'values[0].outcome: There is no outcome called "fals". Did you mean "falls"?',
        'values[0].sector: There is no sector called "counsil". Did you mean "council"?',
        'values[0].amount: Amount must be a number; found "x".',
    ]


def test_a_neutral_value_is_never_reported() -> None:
    """The missing payer is told once, as missing; the value put in its place is not looked up."""
    data = case()
    del data["costs"][0]["payer"]
    assert said(data) == ["costs[0]: Payer is required; found nothing."]


def test_what_refers_to_a_failed_row_is_not_blamed() -> None:
    assert said(case(outcomes={"effect": "x"})) == ['outcomes[0].effect: Effect must be a number; found "x".']
