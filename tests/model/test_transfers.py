"""Ranges of transfers: which leave their two sides at nil, and which do not (method §§ 5 and 8)."""

from __future__ import annotations

from typing import Any

import pytest

from sroi.errors import CaseError
from sroi.reading import read
from tests.model.example import example

BENEFIT = {"id": "benefit", "name": "A benefit", "sector": "families", "kind": "transfer", "unit": "incident",
           "amount": 4, "price_year": "2023/24"}  # fmt: skip
TWO_SIDES: list[dict[str, Any]] = [
    {"outcome": "missing", "sector": "police", "kind": "transfer", "amount": 4},
    {"outcome": "missing", "sector": "families", "kind": "transfer", "amount": -4},
]
AMOUNT = {"ref": "values.missing-police-transfer.amount", "low": 3, "high": 5}


def case(values: list[dict[str, Any]], ranges: list[dict[str, Any]], **tables: Any) -> dict[str, Any]:
    made = example() | tables
    return made | {"values": [*made["values"], *values], "ranges": [*made["ranges"], *ranges]}


def refused(data: dict[str, Any]) -> list[str]:
    with pytest.raises(CaseError) as error:
        read(data)
    return [f"{problem.place} {problem.rule[:45]}" for problem in error.value.problems]


def test_with_a_balance_the_other_side_follows() -> None:
    found = read(case([TWO_SIDES[0] | {"balance": "families"}], [AMOUNT]))
    assert len(found.ranges) == 6


def test_a_range_of_the_outcome_moves_both_sides() -> None:
    # the example has one of outcomes.missing.effect
    assert read(case(TWO_SIDES, [])).ranges[0].ref == "outcomes.missing.effect"


def test_one_unit_value_on_both_sides_moves_both() -> None:
    sides: list[dict[str, Any]] = [
        {"outcome": "missing", "unit_value": "benefit", "sector": "families"},
        {"outcome": "missing", "unit_value": "benefit", "sector": "police", "times": -1, "id": "paid"},
    ]
    for side in sides:
        side.setdefault("times", 1)
    ranges = [{"ref": "unit_values.benefit.amount", "low": 3, "high": 5}]
    assert len(read(case(sides, ranges, unit_values=[BENEFIT])).ranges) == 6
    alone = [*sides[:1], TWO_SIDES[0] | {"amount": -4}]
    assert refused(case(alone, ranges, unit_values=[BENEFIT])) == [
        'ranges[5].ref The transfers of "missing" must sum to nil in'
    ]


def test_a_side_that_does_not_count_is_no_side() -> None:
    off = [side | {"counts": False} for side in TWO_SIDES]
    assert len(read(case(off, [AMOUNT])).ranges) == 6


def test_a_range_of_a_whole_profile_moves_one_side_alone() -> None:
    sides = [dict(side) for side in TWO_SIDES]
    del sides[0]["amount"], sides[1]["amount"]
    years = {"2026": 4.0, "2027": 5.0}
    profiles = [
        {"ref": "values.missing-police-transfer.amount"} | years,
        {"ref": "values.missing-families-transfer.amount"} | {year: -x for year, x in years.items()},
    ]
    data = case(sides, [AMOUNT | {"low": 0.9, "high": 1.1}])
    data["profiles"] += profiles
    assert refused(data) == ['ranges[5].ref The transfers of "missing" must sum to nil in']


def test_a_change_that_gives_one_side_a_range_is_refused_at_the_change() -> None:
    change = {"name": "more", "ref": AMOUNT["ref"], "value": 4, "low": 3, "high": 5}
    assert refused(case(TWO_SIDES, [], options=[change])) == [
        'options[0].value The transfers of "missing" must sum to nil in'
    ]


def test_the_rows_of_a_pool_follow_its_first() -> None:
    pooled = [
        TWO_SIDES[0] | {"pool": "p", "id": "a", "counts": False},
        TWO_SIDES[0] | {"pool": "p", "id": "b"},
        TWO_SIDES[1],
    ]
    assert refused(case(pooled, [AMOUNT | {"ref": "values.a.amount"}])) == [
        'ranges[5].ref The transfers of "missing" must sum to nil in'
    ]
