"""A small made-up case that uses every feature of the tables once; no number in it means anything."""

from __future__ import annotations

import copy
from typing import Any

from sroi.model import Case
from sroi.reading import read

_EXAMPLE: dict[str, list[dict[str, Any]] | dict[str, Any]] = {
    "about": {"id": "example", "title": "An example", "version": "1.0", "date": "2026-11-22", "status": "draft"},
    "settings": {"first_year": 2026, "years": 10, "price_base": "2023/24", "benefit_timing": "end"},
    "sectors": [
        {"id": "council", "name": "Council", "ledger": "public", "library": ["childrens-services", "housing"]},
        {"id": "care", "name": "Care", "ledger": "public", "part_of": "council"},
        {"id": "health", "name": "NHS", "ledger": "public"},
        {"id": "police", "name": "Police", "ledger": "public"},
        {"id": "justice", "name": "Courts", "ledger": "public"},
        {"id": "families", "name": "Families", "ledger": "people"},
    ],
    "groups": [
        {"id": "teens", "name": "Teenagers", "from": 2026, "to": "2029/30", "engagement": 0.8, "stay_years": 1.5},
        {"id": "parents", "name": "Parents", "referrals": 40, "from": 2026, "to": 2030, "exit_rate": 0.05},
    ],
    "costs": [
        {"id": "hub", "name": "Hub", "payer": "council", "basis": "one_off", "amount": 100000, "capital": True},
        {"id": "team", "name": "Team", "payer": "council", "basis": "per_year", "price_year": "2019/20", "grade": 2},
        {"id": "start", "name": "Starts", "payer": "health", "basis": "per_start", "amount": 250, "group": "all"},
        {"id": "old", "name": "Old homes", "payer": "care", "basis": "per_year", "amount": 90000, "old_service": True,
         "release_share": 0.5, "release_years": 3, "from": 2027, "to": 2035},
    ],
    "outcomes": [
        {"id": "missing", "name": "Fewer incidents", "group": ["teens", "parents"], "unit": "incident",
         "effect": 0.25, "baseline": 2, "duration": 3, "drop_off": 0.2, "overlap": "nights"},
        {"id": "care-years", "name": "Less care", "group": "teens", "unit": "year", "effect": 0.1, "baseline": 0.6,
         "grade": 2, "overlap": "nights", "counts": False},
        {"id": "wellbeing", "name": "Happier", "group": "all", "unit": "point", "basis": "absolute",
         "deadweight": 0.1},
    ],
    "values": [
        {"outcome": "missing", "unit_value": "domestic-violence", "cashable": 0.1},
        {"outcome": "care-years", "unit_value": "child-in-care-year", "sector": "care", "times": 1},
        {"outcome": "care-years", "sector": "police", "kind": "fiscal", "amount": 300, "price_year": "2019"},
        {"outcome": "wellbeing", "sector": "families", "kind": "social", "amount": 13000, "health_effect": True},
    ],
    "ranges": [
        {"ref": "outcomes.missing.effect", "low": 0.1, "high": 0.4},
        {"ref": "outcomes.missing.duration", "low": 1, "high": 5, "shape": "triangular"},
        {"ref": "costs.hub.amount", "mean": 100000, "sd": 5000, "shape": "normal"},
        {"ref": "groups.teens.referrals", "low": 0.8, "high": 1.3},
        {"ref": "outcomes.care-years.baseline", "values": "0.4; 0.6", "weights": "1; 2", "shape": "discrete"},
    ],
    "profiles": [
        {"ref": "groups.teens.referrals", "2026": 60, "2027/28": 80, "2028": 100, "2029": 100},
        {"ref": "costs.team.amount", "2026": 200000, "2027": 250000},
        {"ref": "outcomes.wellbeing.effect", "2026": -0.1, "2027": 0.3, "2028": 0.3},
    ],
    "grades": [{"grade": 2, "cost_optimism": 0.05, "benefit_optimism": 0.1}],
}  # fmt: skip


def example() -> dict[str, Any]:
    """A fresh copy of the example, to be changed at will."""
    return copy.deepcopy(_EXAMPLE)


def example_case() -> Case:
    """The example as a case."""
    return read(example())


def row(case: dict[str, Any], table: str, key: str) -> dict[str, Any]:
    """The row of that id (or ref, or number) in the example."""
    rows: list[dict[str, Any]] = case[table]
    return next(r for r in rows if key in (r.get("id"), r.get("ref"), str(r.get("grade"))))
