"""One case with something of everything that this version computes: for planted faults and for the meta-tests."""

from __future__ import annotations

from typing import Any

from tests.projection.small import Row, named


def rich_case() -> Row:
    """Every basis, an old service, two groups, gains and a harm, the library, profiles, grades and a parent sector."""
    return {
        "about": {"id": "rich", "title": "Something of everything"},
        "settings": {
            "first_year": 2026,
            "years": 8,
            "price_base": "2023/24",
            "later_inflation": 0.02,
            "cost_timing": "middle",
            "benefit_timing": "end",
            "reference_income": 30000,
        },
        "sectors": named(
            [
                {"id": "government", "ledger": "public"},
                {
                    "id": "council",
                    "ledger": "public",
                    "part_of": "government",
                    "library": ["adult-social-care"],
                },
                {"id": "health", "ledger": "public"},
                {"id": "people", "ledger": "people"},
                {"id": "society", "ledger": "society"},
            ]
        ),
        "groups": named(
            [
                {
                    "id": "residents",
                    "referrals": {2027: 40, 2028: 60, 2029: 50},
                    "from": 2026,
                    "to": 2029,
                    "engagement": 0.8,
                    "stay_years": 2.25,
                    "exit_rate": 0.1,
                    "income": 19000,
                },
                {"id": "others", "referrals": 30, "from": 2026, "to": 2027, "exit_rate": 0.2, "income": 41000},
            ]
        ),
        "costs": named(COSTS),
        "outcomes": named(OUTCOMES),
        "values": VALUES,
        "grades": [
            {"grade": 1, "cost_optimism": 0.05, "benefit_optimism": 0.1},
            {"grade": 2, "cost_optimism": 0.2, "benefit_optimism": 0.3},
        ],
        "evidence": [
            {"ref": "costs.set-up.amount", "status": "observed", "grade": 1},
            {"ref": "outcomes.calls.effect", "status": "attributed", "source": "a trial", "grade": 2},
            {"ref": "outcomes.falls.effect", "owner": "Analyst"},
            {"ref": "outcomes.falls.deadweight", "status": "judgement", "grade": 2},
        ],
        "history": [{"ref": "outcomes.falls.effect", "date": "2024", "status": "forecast", "value": 0.6}],
        "ranges": [{"ref": "outcomes.falls.effect", "low": 0.2, "high": 0.6}],
    }


COSTS: list[dict[str, Any]] = [
    {"id": "set-up", "payer": "government", "basis": "one_off", "amount": 20000, "from": 2027, "grade": 2},
    {
        "id": "rent",
        "payer": "council",
        "basis": "per_year",
        "amount": {2027: 900, 2028: 1000, 2029: 1100},
        "price_year": "2019/20",
    },
    {
        "id": "visits",
        "payer": "council",
        "basis": "per_person_year",
        "amount": 120,
        "group": "all",
        "optimism": 0.25,
        "growth": 0.02,
        "from": 2027,
    },
    {"id": "starts", "payer": "health", "basis": "per_start", "amount": 35, "group": "residents"},
    {"id": "forms", "payer": "people", "basis": "per_referral", "amount": 3, "group": ["residents", "others"]},
    {"id": "lease", "payer": "health", "basis": "per_year", "amount": 80, "price_year": "nominal", "to": 2030},
    {"id": "rooms", "payer": "society", "basis": "per_year", "amount": 400, "treatment": "in_kind"},
    {
        "id": "old",
        "payer": "council",
        "basis": "per_year",
        "amount": 2500,
        "old_service": True,
        "release_share": 0.5,
        "release_years": 2,
        "from": 2028,
        "optimism": 0.1,
    },
]

OUTCOMES: list[dict[str, Any]] = [
    {
        "id": "falls",
        "group": "residents",
        "unit": "fall",
        "baseline": 2,
        "effect": 0.5,
        "deadweight": 0.1,
        "attribution": 0.3,
        "displacement": 0.05,
        "leakage": 0.02,
        "regression_to_mean": 0.1,
        "optimism": 0.2,
        "lag": 1,
        "duration": 3,
        "drop_off": 0.2,
        "followed_up": 2,
        "status": "observed",
    },
    {
        "id": "calls",
        "group": "residents",
        "unit": "call",
        "basis": "absolute",
        "effect": {2027: 1, 2028: 2, 2029: 3, 2030: 3, 2031: 2},
        "duration": 2,
        "drop_off": 0.4,
        "grade": 1,
        "at_risk": 0.9,
        "of": "referred",
    },
    {
        "id": "strain",
        "group": "all",
        "unit": "carer",
        "basis": "absolute",
        "effect": -0.1,
        "duration": 4,
        "optimism": 0.3,
        "status": "attributed",
    },
]

VALUES: list[dict[str, Any]] = [
    {
        "outcome": "falls",
        "sector": "health",
        "kind": "fiscal",
        "amount": 900,
        "price_year": "2019",
        "cashable": 0.4,
        "growth": 0.03,
        "times": 1.5,
    },
    {"outcome": "falls", "sector": "council", "kind": "fiscal", "amount": {2028: 300, 2029: 200, 2030: 100}},
    {"outcome": "calls", "sector": "people", "kind": "social", "amount": 15, "health_effect": True},
    {"outcome": "calls", "sector": "people", "kind": "economic", "amount": 4, "id": "calls-earned", "earnings": "net"},
    {
        "outcome": "calls",
        "sector": "people",
        "kind": "economic",
        "amount": 6,
        "id": "calls-gross",
        "earnings": "gross",
        "counts": False,
    },
    {"outcome": "strain", "unit_value": "wellby", "times": 0.02, "overlap": "harm"},
    {"outcome": "strain", "sector": "society", "kind": "social", "amount": 500, "counts": False, "overlap": "harm"},
    {"outcome": "falls", "unit_value": "hip-fracture", "times": 0.01, "id": "fractures"},
]
