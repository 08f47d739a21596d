"""Small cases to do by hand: what the oracle's own tests are built from."""

from __future__ import annotations

from typing import Any

from .library import load_library

LIBRARY = load_library()
Table = list[dict[str, Any]]


def made(
    *,
    settings: dict[str, Any] | None = None,
    sectors: Table | None = None,
    groups: Table | None = None,
    costs: Table | None = None,
    outcomes: Table | None = None,
    values: Table | None = None,
) -> dict[str, Any]:
    """A case: no discounting, five years from 2026, one person referred in the first; what is given wins."""
    return {
        "about": {"id": "hand", "title": "A sum done by hand"},
        "settings": {
            "first_year": 2026,
            "years": 5,
            "price_base": "2023/24",
            "discount": 0,
            **(settings or {}),
        },
        "sectors": sectors
        or [
            {"id": "council", "name": "Council", "ledger": "public"},
            {"id": "health", "name": "NHS", "ledger": "public"},
            {"id": "people", "name": "People", "ledger": "people"},
        ],
        "groups": groups or [{"id": "all-of-them", "name": "All", "referrals": 1, "from": 2026, "to": 2026}],
        "costs": costs or [],
        "outcomes": outcomes or [],
        "values": values or [],
    }


def outcome(**fields: Any) -> dict[str, Any]:
    """An absolute outcome of one unit per person of the one group; what is given wins."""
    plain = {
        "id": "gain",
        "name": "Gain",
        "group": "all-of-them",
        "unit": "thing",
        "basis": "absolute",
        "effect": 1,
    }
    return {**plain, **fields}


def fiscal(**fields: Any) -> dict[str, Any]:
    """A saving of £1 to the council on the one outcome; what is given wins."""
    return {"outcome": "gain", "sector": "council", "kind": "fiscal", "amount": 1, **fields}


def old_service(**fields: Any) -> dict[str, Any]:
    """An old service of 100 a year."""
    plain = {"id": "old", "payer": "council", "basis": "per_year", "amount": 100, "old_service": True}
    return {**plain, **fields}


# Quantity, proxy, deadweight, attribution, years, drop-off: the SROI Guide (2012), worked example, recalled.
MEALS = [
    ("fewer-ae", 7, 94, 0.05, 0.0, 1, 0.0),
    ("geriatric-assessment", 7, 4964, 0.05, 0.0, 1, 0.0),
    ("geriatric-continuing-care", 7, 7220, 0.05, 0.0, 1, 0.0),
    ("fewer-gp-visits", 90, 19, 0.10, 0.0, 5, 0.10),
    ("new-clubs", 16, 48.25, 0.10, 0.35, 1, 0.0),
    ("volunteers-healthier", 4, 162.50, 0.70, 0.10, 1, 0.0),
    ("neighbours-less-contact", -275, 5, 0.05, 0.0, 3, 0.05),
]


def meals() -> dict[str, Any]:
    """The worked example of "A Guide to Social Return on Investment" (2012)."""
    return made(
        settings={"discount": 0.035, "benefit_timing": "end"},
        costs=[
            {"id": "contract", "payer": "council", "basis": "one_off", "amount": 24375},
            {"id": "time", "payer": "people", "basis": "one_off", "amount": 18000, "treatment": "in_kind"},
        ],
        outcomes=[
            outcome(id=name, effect=quantity, deadweight=dead, attribution=share, duration=years, drop_off=drop)
            for name, quantity, _, dead, share, years, drop in MEALS
        ],
        values=[
            {"outcome": name, "sector": "people", "kind": "social", "amount": proxy}
            for name, _, proxy, _, _, _, _ in MEALS
        ],
    )
