"""Events of the shipped library whose parts fall to several budgets: the parts add to the whole, within £1.

Source of the wholes: Unit Cost Database v1.4 (2015), Greater Manchester / New Economy; read in the source. In the
library as `event` in `unit-values.csv`.
"""

from __future__ import annotations

from typing import Any

import pytest

from sroi import library
from sroi.projection import Result
from tests.projection.small import gain, projected

EVENTS: dict[str, tuple[dict[str, float], float]] = {
    "domestic-violence": (
        {"health": 1171, "justice": 581, "police": 415, "childrens-services": 193, "housing": 110},
        2470,
    ),
    "exclusion": ({"education": 7181, "health": 63.69, "police": 970.44, "childrens-services": 1003.5}, 9219),
    "jsa-to-work": ({"dwp": 9234, "health": 566}, 9800),
}
"""What each budget's part is, and the whole as published."""
POUND = 1.0
BENEFIT_PAYMENTS = 9234
"""The transfer in `jsa-to-work`: what the state no longer pays, a person no longer gets."""


def one(event: str) -> Result:
    """One event averted in a case in the prices of the source, so that nothing is converted."""
    parts, _ = EVENTS[event]
    price_years = {part.price_year for part in library.unit_value(event)}
    assert len(price_years) == 1
    value: dict[str, Any] = {"outcome": "gain", "unit_value": event}
    if event == "jsa-to-work":
        value["balance"] = "people"
    return projected(
        settings={"years": 1, "price_base": price_years.pop()},
        sectors=[
            *({"id": sector, "ledger": "public"} for sector in parts),
            {"id": "people", "name": "People", "ledger": "people"},
        ],
        outcomes=[gain(unit=library.unit_value(event)[0].unit)],
        values=[value],
    )


@pytest.mark.parametrize("event", EVENTS)
def test_the_library_holds_the_parts_and_they_add_to_the_whole(event: str) -> None:
    """Of the library alone: that it holds what was published, and that the publication adds up."""
    parts, whole = EVENTS[event]
    held = {part.sector: part.amount for part in library.unit_value(event)}
    assert held == parts
    assert sum(held.values()) == pytest.approx(whole, abs=POUND)
    # a part left out, or counted twice, would be seen: the smallest is well over a pound
    assert min(held.values()) > 2 * POUND


@pytest.mark.parametrize("event", EVENTS)
def test_each_budget_gets_its_part_of_one_event(event: str) -> None:
    """Addition and routing alone: one event, one year, no discounting and no prices moved; each part reaches its own
    budget once."""
    parts, whole = EVENTS[event]
    result = one(event)
    gained = {sector: result.sectors[sector].pv_benefits for sector in parts}
    assert gained == pytest.approx(parts, rel=1e-12)
    assert sum(gained.values()) == pytest.approx(whole, abs=POUND)
    assert result.views["budget"].pv_benefits == pytest.approx(whole, abs=POUND)


def test_benefit_payments_are_a_transfer_and_no_public_value() -> None:
    """By hand: of 9,800 to the public purse 9,234 is the person's loss; society keeps the 566."""
    result = one("jsa-to-work")
    assert result.sectors["people"].pv_benefits == pytest.approx(-BENEFIT_PAYMENTS)
    assert result.views["public_value"].pv_benefits == pytest.approx(566)
    assert result.views["public_value"].pv_benefits != pytest.approx(9800, abs=POUND)


@pytest.mark.parametrize("event", ["domestic-violence", "exclusion"])
def test_an_event_without_a_transfer_is_all_public_value(event: str) -> None:
    """Addition: every part is fiscal, so society's sum is the budgets'."""
    _, whole = EVENTS[event]
    assert one(event).views["public_value"].pv_benefits == pytest.approx(whole, abs=POUND)
