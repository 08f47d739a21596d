"""The case that uncertainty is measured on: many uncertain numbers, few rows of anything else.

20 outcomes over 30 years, each with a group of its own and six uncertain numbers:

==========================  =====================================================================
referrals, the same a year  lognormal about its median
effect, attribution         triangular, neither symmetrical, so that a mode is not a mean
deadweight, drop-off        beta
amount                      lognormal about its median
==========================  =====================================================================

Three sectors take the outcomes in turn, two of them public. The service costs the same in every year and is certain;
it is dear enough that net benefit is in doubt. Lag is 0 and an effect lasts to the horizon, but for its drop-off; with
`drawn`, lag and duration are whole numbers of years and uncertain too: eight numbers an outcome. Every figure is made
up: the case has a closed form (`tests/simulation/closed_form.py`), not a place.

>>> import sroi
>>> case = sroi.read(tables())
>>> len(case.outcomes), case.settings.years, len(case.ranges), len(sroi.read(tables(drawn=True)).ranges)
(20, 30, 120, 160)
"""

from __future__ import annotations

import math
from typing import Any

Row = dict[str, Any]
Tables = dict[str, Any]
"""A case as `sroi.read` takes it: the tables `about` and `settings` as mappings, the others as lists of rows."""

FIRST_YEAR = 2026
RATE = 0.035
YEARLY_COST = 3_600_000
SECTORS = ("health", "justice", "people")
PUBLIC = ("health", "justice")
PAYER = "health"
SPREAD_OF_PEOPLE = 0.2
SPREAD_OF_AMOUNTS = 0.25
"""Standard deviations of the logarithm."""


def tables(*, drawn: bool = False, outcomes: int = 20, years: int = 30) -> Tables:
    """The case, with certain lag and duration or with `drawn` ones. Fewer outcomes and years make a small one of it."""
    rows = [_one(number, years, drawn=drawn) for number in range(outcomes)]
    return {
        "about": {"id": "uncertain", "title": "A case to measure draws on"},
        "settings": {"first_year": FIRST_YEAR, "years": years, "price_base": "2023/24", "discount": RATE},
        "sectors": [
            {"id": sector, "name": sector.capitalize(), "ledger": "public" if sector in PUBLIC else "people"}
            for sector in SECTORS
        ],
        "costs": [
            {"id": "service", "name": "Service", "payer": PAYER, "basis": "per_year", "amount": YEARLY_COST},
        ],
        "groups": [row["groups"] for row in rows],
        "outcomes": [row["outcomes"] for row in rows],
        "values": [row["values"] for row in rows],
        "ranges": [found for row in rows for found in row["ranges"]],
    }


def _one(number: int, years: int, *, drawn: bool) -> dict[str, Any]:
    """One outcome: its group, its row, its value and what is uncertain of them."""
    outcome, group, sector = f"outcome-{number:02d}", f"group-{number:02d}", SECTORS[number % len(SECTORS)]
    kind = "fiscal" if sector in PUBLIC else "economic"
    people, amount = 100 + 10 * number, 500 + 25 * number
    ranges: list[Row] = [
        {"ref": f"groups.{group}.referrals", **_lognormal(people, SPREAD_OF_PEOPLE)},
        {"ref": f"outcomes.{outcome}.effect", "shape": "triangular", "low": 0.1, "high": 0.6},
        {"ref": f"outcomes.{outcome}.attribution", "shape": "triangular", "low": 0.1, "high": 0.5},
        {"ref": f"outcomes.{outcome}.deadweight", "shape": "beta", "alpha": 4, "beta": 16},
        {"ref": f"outcomes.{outcome}.drop_off", "shape": "beta", "alpha": 3, "beta": 17},
        {"ref": f"values.{outcome}-{sector}-{kind}.amount", **_lognormal(amount, SPREAD_OF_AMOUNTS)},
    ]
    if drawn:
        ranges += [
            {"ref": f"outcomes.{outcome}.lag", "shape": "triangular", "low": 0, "high": 3},
            {"ref": f"outcomes.{outcome}.duration", "shape": "triangular", "low": 5, "high": 20},
        ]
    return {
        "groups": {
            "id": group,
            "name": f"Group {number}",
            "referrals": people,
            "from": FIRST_YEAR,
            "to": FIRST_YEAR + years - 1,
        },
        "outcomes": {
            "id": outcome,
            "name": f"Outcome {number}",
            "group": group,
            "unit": "event",
            "baseline": 1.5,
            "effect": 0.3,
            "deadweight": 0.2,
            "attribution": 0.25,
            "drop_off": 0.15,
            "lag": 1 if drawn else 0,
            "duration": 12 if drawn else years,
        },
        "values": {"outcome": outcome, "sector": sector, "kind": kind, "amount": amount},
        "ranges": ranges,
    }


def _lognormal(median: float, spread: float) -> Row:
    """A lognormal shape by its natural parameters, its median being the central value."""
    return {"shape": "lognormal", "mu": math.log(median), "sigma": spread}
