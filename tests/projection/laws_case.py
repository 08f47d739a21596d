"""One case with what `rich_case` has and what it has not: transfers, blocks, pools, a tax charge; and its like."""

from __future__ import annotations

from tests.projection.laws_changes import each, times
from tests.projection.rich import rich_case
from tests.projection.small import GROUPS, Row, case, gain, named, saving

FURTHER: list[Row] = [
    # 40 and 30 people in the first years: some years free a whole block and some do not
    {"outcome": "falls", "sector": "council", "kind": "fiscal", "amount": 700, "id": "beds", "pool": "beds",
     "cashable": 0.5, "block": 3.5, "release_lag": 1},
    {"outcome": "slips", "sector": "council", "kind": "fiscal", "amount": 700, "id": "beds-too", "pool": "beds",
     "cashable": 0.5, "block": 3.5, "release_lag": 1, "times": 0.5},
    {"outcome": "strain", "sector": "health", "kind": "fiscal", "amount": 60, "id": "wards", "cashable": 0.8,
     "block": 2.3},
    {"outcome": "calls", "sector": "council", "kind": "transfer", "amount": 12, "times": 2, "balance": "people",
     "cashable": 0.5},
]  # fmt: skip

SLIPS: Row = {
    "id": "slips",
    "group": "others",
    "unit": "fall",
    "baseline": 1.5,
    "effect": 0.4,
    "lag": 2,
    "duration": 3,
    "regression_to_mean": 0.25,
}
DESKS: Row = {"id": "desks", "payer": "health", "basis": "per_year", "amount": 300, "treatment": "in_kind"}
STRAIN: Row = {"regression_to_mean": 0.5}
"""A harm, which regression leaves alone."""


def fuller_case(**settings: object) -> Row:
    """The rich case with a pool in blocks, a harm that opens blocks, a transfer and a tax charge."""
    rich = rich_case()
    for table in ("ranges", "evidence", "history"):  # of rows by name, which laws take out and split
        rich.pop(table)
    outcomes = [row | STRAIN if row["id"] == "strain" else row for row in rich["outcomes"]]
    return {
        **rich,
        "settings": {**rich["settings"], "tax_deadweight": 0.2, **settings},
        "costs": [*rich["costs"], *named([DESKS])],
        "outcomes": [*outcomes, *named([SLIPS])],
        "values": [*rich["values"], *FURTHER],
    }


def real_case() -> Row:
    """The fuller case without nominal sums and later inflation, which tie it to its calendar years."""
    case = fuller_case()
    settings = {key: value for key, value in case["settings"].items() if key != "later_inflation"}
    costs = [row for row in case["costs"] if row.get("price_year") != "nominal"]
    return {**case, "settings": settings, "costs": costs}


def dear_case() -> Row:
    """The fuller case at twenty times its costs, so that public budgets end with a net cost."""
    return each(fuller_case(), "costs", lambda row: {"amount": times(row["amount"], 20)})


def exact_case() -> Row:
    """Capacity of exactly three blocks, but that 0.3 / 0.1 is a little less than 3 to a machine."""
    return case(groups=GROUPS, outcomes=[gain(effect=0.3)], values=[saving(cashable=1, block=0.1)])


def start_case() -> Row:
    """The fuller case with every flow at the start of its year."""
    return fuller_case(cost_timing="start", benefit_timing="start")


def as_benefits() -> Row:
    """The fuller case with old services released among the benefits."""
    return fuller_case(released_costs="benefits")


def harms_as_costs() -> Row:
    """The fuller case with harms among the costs."""
    return fuller_case(negative_benefits="costs")
