"""One case with what `rich_case` has and what it has not: transfers, blocks, pools, a tax charge, costs in kind."""

from __future__ import annotations

from tests.projection.rich import rich_case
from tests.projection.small import Row, named

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
    case = rich_case()
    case.pop("ranges")
    outcomes = [row | STRAIN if row["id"] == "strain" else row for row in case["outcomes"]]
    return {
        **case,
        "settings": {**case["settings"], "tax_deadweight": 0.2, **settings},
        "costs": [*case["costs"], *named([DESKS])],
        "outcomes": [*outcomes, *named([SLIPS])],
        "values": [*case["values"], *FURTHER],
    }
