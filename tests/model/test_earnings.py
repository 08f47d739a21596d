"""Earnings, net or gross: what is sound is taken, and moves no sum (method § 5). What is not is in `faults.yaml`."""

from __future__ import annotations

from typing import Any

import pytest

from sroi.projection import project
from sroi.reading import read
from tests.model.example import example

EARNINGS = {"outcome": "missing", "sector": "families", "kind": "economic", "amount": 9}
TAX = {"outcome": "missing", "sector": "police", "amount": 4}
MOVED = {"kind": "transfer", "balance": "families"}
LOST = {"outcome": "missing", "sector": "police", "unit_value": "neet-16-17-tax", "times": 1}
EVENT = {"outcome": "missing", "unit_value": "neet-16-17", "times": 1, "balance": "families"}
NET, GROSS = {"earnings": "net"}, {"earnings": "gross"}
QUIET = {"counts": False}

SOUND: dict[str, list[dict[str, Any]]] = {
    "net earnings and their tax": [EARNINGS | NET, TAX | NET | {"kind": "fiscal"}],
    "gross earnings and their tax": [EARNINGS | GROSS, TAX | GROSS | MOVED],
    "net earnings and the library's lost tax": [EARNINGS | NET, LOST | NET],
    "net earnings and an event that has lost tax": [EARNINGS | NET, EVENT | NET],
    "net earnings and lost tax that says nothing": [EARNINGS | NET, LOST],
    "lost tax alone": [LOST],
    "gross earnings and a benefit that ends": [EARNINGS | GROSS, TAX | MOVED],
    "gross earnings and money a public budget saves otherwise": [EARNINGS | GROSS, TAX | {"kind": "fiscal"}],
    "both, of which one counts": [EARNINGS | NET, EARNINGS | GROSS | QUIET | {"id": "other-way"}],
    "lost tax that does not count": [EARNINGS | GROSS, LOST | QUIET],
    "gross earnings that do not count": [EARNINGS | GROSS | QUIET, LOST],
    "both, of two outcomes": [EARNINGS | NET, EARNINGS | GROSS | {"outcome": "wellbeing"}],
    "both, where the outcome does not count": [
        EARNINGS | NET | {"outcome": "care-years"},
        EARNINGS | GROSS | {"outcome": "care-years", "id": "other-way"},
        LOST | {"outcome": "care-years", "id": "lost"},
    ],
}


def case(*rows: dict[str, Any]) -> dict[str, Any]:
    """The example with these rows of values, and a sector for what the library gives to HMRC and DWP."""
    data = example()
    data["sectors"].append({"id": "treasury", "name": "Treasury", "ledger": "public", "library": ["hmrc", "dwp"]})
    return data | {"values": [*data["values"], *rows]}


@pytest.mark.parametrize("rows", SOUND.values(), ids=SOUND)
def test_what_is_sound_is_taken_and_moves_no_sum(rows: list[dict[str, Any]]) -> None:
    """`earnings` says how a sum was entered. The same rows without it come to the same."""
    plain = [{name: held for name, held in row.items() if name != "earnings"} for row in rows]
    stated, unstated = read(case(*rows)), read(case(*plain))
    assert [v.earnings for v in stated.values[4:]] == [row.get("earnings", "no") for row in rows]
    assert project(stated).to_dict() == project(unstated).to_dict()
