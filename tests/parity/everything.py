"""One case that uses everything this version computes, so that every kind of cell and line is in its workbook.

No finding is meant: the numbers are chosen to be unequal to each other and to any default, nothing else.
"""

from __future__ import annotations

from typing import Any


def everything_else() -> dict[str, Any]:
    """The same case on the other side of each setting on which correct engines differ (method § 12)."""
    case = everything()
    case["about"] = case["about"] | {"id": "everything-else"}
    case["settings"] = case["settings"] | {
        "released_costs": "benefits",
        "negative_benefits": "costs",
        "cost_timing": "start",
        "benefit_timing": "middle",
    }
    return case


def long() -> dict[str, Any]:
    """A case of 52 years, with a health effect: what is shown on the reduced schedule beside the standard one."""
    return {
        "about": {"id": "long", "title": "A long case", "date": "2026-11-22", "status": "illustrative"},
        "settings": {"first_year": 2026, "years": 52, "price_base": "2023/24", "negative_benefits": "costs",
                     "tax_deadweight": 0.1, "released_costs": "benefits"},
        "sectors": [
            {"id": "council", "name": "Council", "ledger": "public"},
            {"id": "people", "name": "People", "ledger": "people"},
        ],
        "groups": [{"id": "adults", "name": "Adults", "referrals": 100, "from": 2026, "to": 2060}],
        "costs": [
            {"id": "team", "name": "Team", "payer": "council", "basis": "per_year", "amount": 50000},
            {"id": "old", "name": "Old service", "payer": "council", "basis": "per_year", "amount": 9000,
             "old_service": True, "release_share": 0.5, "release_years": 10},
        ],
        "outcomes": [
            {"id": "well", "name": "Well-being", "group": "adults", "unit": "year", "basis": "absolute", "effect": 0.1,
             "duration": 20, "drop_off": 0.05},
            {"id": "dip", "name": "Early dip", "group": "adults", "unit": "year", "basis": "absolute", "effect": -0.02},
        ],
        "values": [
            {"outcome": "well", "sector": "people", "kind": "social", "amount": 700, "health_effect": True},
            {"outcome": "well", "sector": "council", "kind": "fiscal", "amount": 90, "cashable": 0.2},
            {"outcome": "dip", "sector": "people", "kind": "social", "amount": 500},
            {"outcome": "dip", "id": "dip-care", "sector": "council", "kind": "fiscal", "amount": 300},
        ],
    }  # fmt: skip


def everything() -> dict[str, Any]:
    """The case as the dict form of format.md."""
    return {
        "about": {"id": "everything", "title": "Everything at once", "date": "2026-11-22", "status": "illustrative"},
        "settings": {
            "first_year": 2027,
            "years": 12,
            "price_base": "2019/20",
            "discount": "green-book-2026-standard",
            "cost_timing": "middle",
            "benefit_timing": "end",
            "tax_deadweight": 0.15,
            "later_inflation": 0.023,
            "reference_income": 31000,
        },
        "sectors": [
            {"id": "council", "name": "Council", "ledger": "public"},
            {"id": "childrens-services", "name": "Children's services", "ledger": "public", "part_of": "council"},
            {"id": "nhs", "name": "NHS", "ledger": "public", "library": "health"},
            {"id": "safety", "name": "Community safety", "ledger": "public", "library": "police"},
            {"id": "justice", "name": "Justice", "ledger": "public"},
            {"id": "homes", "name": "Housing", "ledger": "public", "library": "housing"},
            {"id": "people", "name": "People", "ledger": "people"},
            {"id": "society", "name": "Society", "ledger": "society"},
        ],
        "groups": [
            {"id": "adults", "name": "Adults", "referrals": 130, "from": 2027, "to": 2036,
             "engagement": 0.7, "stay_years": 2.4, "exit_rate": 0.06, "income": 19000},
            {
                "id": "young",
                "name": "Young people",
                "referrals": {2027: 40, 2028: 55, 2029: 60, 2031: 20},
                "from": 2028,
                "to": 2036,
                "engagement": 0.85,
                "exit_rate": 0.1,
                "income": 43000,
            },
        ],
        "costs": [
            {"id": "set-up", "name": "Set-up", "payer": "council", "basis": "one_off", "amount": 90000, "from": 2028,
             "price_year": "2015/16", "capital": True, "grade": 2},
            {"id": "team", "name": "Team", "payer": "council", "basis": "per_year", "growth": 0.01, "optimism": 0.12,
             "amount": {2027: 210000, 2028: 230000, 2029: 240000, 2033: 90000}},
            {"id": "lease", "name": "Lease", "payer": "society", "basis": "per_year", "amount": 5000, "to": 2032,
             "price_year": "nominal"},
            {"id": "vehicles", "name": "Vehicles", "payer": "nhs", "basis": "one_off", "amount": 8000, "from": 2030,
             "price_year": "2028/29", "capital": True},
            {"id": "office", "name": "Office", "payer": "nhs", "basis": "per_year", "amount": 31000, "to": 2035},
            {"id": "triage", "name": "Triage", "payer": "nhs", "basis": "per_referral", "group": "all", "amount": 35,
             "price_year": "2012"},
            {"id": "starts", "name": "Starts", "payer": "council", "basis": "per_start", "group": "adults",
             "amount": 420},
            {"id": "support", "name": "Support", "payer": "council", "basis": "per_person_year",
             "group": ["adults", "young"], "amount": 1300, "grade": 1, "from": 2028, "to": 2037},
            {"id": "volunteers", "name": "Volunteers' time", "payer": "people", "basis": "per_year", "amount": 14000,
             "treatment": "in_kind"},
            {"id": "old", "name": "Old service", "payer": "childrens-services", "basis": "per_year", "amount": 150000,
             "old_service": True, "release_share": 0.6, "release_years": 3, "from": 2029, "to": 2037, "optimism": 0.2},
            {"id": "old-at-once", "name": "Old service, at once", "payer": "nhs", "basis": "per_year", "amount": 20000,
             "old_service": True, "release_share": 0.5, "release_years": 0, "from": 2030},
        ],
        "outcomes": [
            {"id": "incidents", "name": "Fewer incidents", "group": "all", "unit": "incident", "effect": 0.3,
             "baseline": 1.7, "at_risk": 0.8, "deadweight": 0.15, "attribution": 0.2, "displacement": 0.05,
             "leakage": 0.02, "regression_to_mean": 0.1, "lag": 1, "duration": 4, "drop_off": 0.3, "grade": 2},
            {"id": "stays", "name": "Fewer stays", "group": "adults", "unit": "episode", "basis": "absolute",
             "effect": 0.4, "deadweight": -0.1, "duration": 3, "optimism": 0.25, "of": "referred"},
            {"id": "harm", "name": "More stress at first", "group": "young", "unit": "point-year", "basis": "absolute",
             "effect": {2028: -0.2, 2029: -0.1, 2030: 0.3}, "optimism": 0.1, "duration": 2, "drop_off": 0.5},
            {"id": "care", "name": "Fewer care years", "group": "young", "unit": "child-year", "effect": 0.35,
             "baseline": 0.5, "lag": 2, "duration": 6, "drop_off": 0.1, "status": "attributed", "grade": 1,
             "overlap": "care"},
            {"id": "care-seen", "name": "Care years, the other way", "group": "young", "unit": "child-year",
             "effect": 0.2, "baseline": 0.5, "overlap": "care", "counts": False},
        ],
        "values": [
            {"outcome": "incidents", "unit_value": "domestic-violence", "times": 1.1, "cashable": 0.25,
             "growth": 0.005},
            {"outcome": "incidents", "sector": "people", "kind": "social", "amount": 900, "price_year": "2017/18"},
            {"outcome": "stays", "id": "stays-contract", "sector": "safety", "kind": "fiscal", "amount": 150,
             "price_year": "nominal", "cashable": 0.5},
            {"outcome": "stays", "id": "stays-pay", "sector": "people", "kind": "economic", "amount": 75,
             "earnings": "net"},
            {"outcome": "stays", "sector": "nhs", "unit_value": "admission-emergency", "cashable": 0.4},
            {"outcome": "stays", "sector": "people", "kind": "economic", "growth": 0.02,
             "amount": {2027: 200, 2028: 220, 2030: 300, 2035: 310}},
            {"outcome": "incidents", "id": "incidents-pay", "sector": "people", "kind": "economic", "amount": 65,
             "earnings": "gross"},
            {"outcome": "harm", "id": "harm-pay", "sector": "people", "kind": "economic", "amount": 45,
             "earnings": "net"},
            {"outcome": "harm", "sector": "people", "unit_value": "wellby", "health_effect": True},
            {"outcome": "stays", "id": "stays-health", "sector": "people", "kind": "social", "amount": 4000,
             "price_year": "2018", "health_effect": True},
            {"outcome": "care", "sector": "childrens-services", "unit_value": "child-in-care-year", "cashable": 0.3},
            {"outcome": "care", "sector": "society", "kind": "social", "amount": 250, "counts": False},
            {"outcome": "stays", "sector": "council", "kind": "transfer", "amount": 310, "balance": "people",
             "cashable": 0.7},
            {"outcome": "harm", "sector": "council", "kind": "fiscal", "amount": 900, "cashable": 0.2,
             "release_lag": 2, "block": 1.5},
            {"outcome": "care", "id": "care-wards", "sector": "nhs", "kind": "fiscal", "amount": 700, "cashable": 0.6,
             "pool": "wards", "block": 4, "release_lag": 1, "times": 3},
            {"outcome": "care", "id": "care-more-wards", "sector": "nhs", "kind": "fiscal", "amount": 700,
             "cashable": 0.6, "pool": "wards", "block": 4, "release_lag": 1, "times": 2},
        ],
        "grades": [
            {"grade": 1, "cost_optimism": 0.05, "benefit_optimism": 0.1},
            {"grade": 2, "cost_optimism": 0.15, "benefit_optimism": 0.3},
        ],
        "evidence": [
            {"ref": "costs.support.amount", "status": "observed", "grade": 2, "date": "2026/27", "owner": "Finance"},
            {"ref": "outcomes.incidents.effect", "status": "attributed", "source": "A trial of 2025, n=410"},
            {"ref": "outcomes.care.lag", "grade": 2, "note": "shown, and sets nothing"},
        ],
        "history": [
            {"ref": "outcomes.incidents.effect", "date": "2024-11", "status": "forecast", "value": "0.4"},
            {"ref": "outcomes.incidents.effect", "date": "2025-11-03", "status": "attributed", "value": 0.3,
             "source": "A trial of 2025"},
            {"ref": "profiles.costs.team.amount.2027", "date": "2026", "value": 200000},
            {"ref": "outcomes.incidents.deadweight", "date": "2026/27", "status": "judgement", "value": "15%"},
        ],
        "ranges": [
            {"ref": "outcomes.care.effect", "low": 0.1, "high": 0.6, "note": "to be written and read back"},
            {"ref": "values.harm-council-fiscal.release_lag", "low": 1, "high": 3, "note": "a line for each lag"},
        ],
    }  # fmt: skip
