"""Transfers, the tax charge, harms as costs, releases as benefits, rates of return: by hand (method §§ 5, 6, 12)."""

from __future__ import annotations

from typing import Any

import pytest

from sroi.projection import Result, project
from sroi.reading import read
from tests.oracle import oracle
from tests.parity.everything import everything, everything_else
from tests.projection.agreement import disagreements
from tests.projection.small import gain, outlay, projected, saving

# One person in 2026, no discounting; £100 that the council pays once.


def pocket(**fields: Any) -> dict[str, Any]:
    """£40 a person that the council no longer pays to people."""
    return {"outcome": "gain", "sector": "council", "kind": "transfer", "amount": 40, "balance": "people", **fields}


def figures(result: Result) -> dict[str, Any]:
    return {name: (view.pv_costs, view.pv_benefits) for name, view in result.views.items()} | {
        name: (sector.pv_costs, sector.pv_benefits) for name, sector in result.sectors.items()
    }


def test_a_transfer_moves_money_and_makes_none() -> None:
    result = projected(costs=[outlay()], outcomes=[gain()], values=[pocket(cashable=0.5)])
    found = figures(result)
    assert found["public_value"] == (100, 0)  # the council's 40 is the people's loss
    assert found["budget"] == (100, 40)
    assert found["cashable"] == (100, 20)  # half of the council's 40; people have no budget to release cash from
    assert (found["council"], found["people"]) == ((100, 40), (0, -40))
    assert result.outcomes["gain"].pv == 0
    assert not result.failed


def test_two_rows_are_the_same_transfer() -> None:
    other = {"outcome": "gain", "sector": "people", "kind": "transfer", "amount": -40}
    one = pocket()
    del one["balance"]
    assert figures(projected(costs=[outlay()], outcomes=[gain()], values=[one, other])) == figures(
        projected(costs=[outlay()], outcomes=[gain()], values=[pocket()])
    )


def test_the_tax_charge_falls_on_net_public_cash() -> None:
    # 0.2 × (100 − (30 fiscal + 40 transfer)) = 6, a cost in public value and in no other view.
    values = [saving(amount=30), pocket()]
    result = projected({"tax_deadweight": 0.2}, costs=[outlay()], outcomes=[gain()], values=values)
    found = figures(result)
    assert found["public_value"] == (pytest.approx(106), 30)
    assert found["budget"] == (100, 70)
    assert not result.failed


def test_each_part_of_the_tax_charge_keeps_its_timing() -> None:
    # At 25 % the cost falls now; the saving, at the end of the year, is worth 30 / 1.25 = 24: 0.2 × (100 − 24) = 15.2.
    settings = {"tax_deadweight": 0.2, "discount": 0.25, "benefit_timing": "end"}
    result = projected(settings, costs=[outlay()], outcomes=[gain()], values=[saving(amount=30)])
    assert result.views["public_value"].pv_costs == pytest.approx(115.2)


def test_harms_may_count_as_costs() -> None:
    # −30 to the council: in the benefits, or 30 more of cost in every view that counts it; net value stays.
    values = [saving(amount=-30), {"outcome": "gain", "sector": "people", "kind": "social", "amount": 50}]
    tables: dict[str, Any] = {"costs": [outlay()], "outcomes": [gain()], "values": values}
    plain, moved = projected(**tables), projected({"negative_benefits": "costs"}, **tables)
    assert figures(plain)["public_value"] == (100, 20)
    assert figures(moved)["public_value"] == (130, 50)
    assert figures(moved)["council"] == (130, 0)
    assert moved.views["public_value"].npv == plain.views["public_value"].npv == -80
    assert not moved.failed


def test_what_is_released_may_count_as_a_benefit() -> None:
    # £60 a year for five years, half of it released at once: 150 off the costs, or 150 of benefits and of cash.
    old = {"id": "old", "payer": "council", "basis": "per_year", "amount": 60, "old_service": True,
           "release_share": 0.5, "release_years": 0}  # fmt: skip
    plain = figures(projected(costs=[outlay(), old]))
    moved = figures(projected({"released_costs": "benefits"}, costs=[outlay(), old]))
    assert plain["public_value"] == (-50, 0)
    assert moved["public_value"] == moved["budget"] == moved["cashable"] == moved["council"] == (100, 150)


def test_marginal_value_of_public_funds() -> None:
    # People gain 90 and lose the 40 they were paid; the council pays 100 less 30 saved and 40 no longer paid: 50 / 30.
    values = [saving(amount=30), pocket(), {"outcome": "gain", "sector": "people", "kind": "social", "amount": 90}]
    view = projected(costs=[outlay()], outcomes=[gain()], values=values).views["public_value"]
    assert view.mvpf == pytest.approx(50 / 30)


def test_a_programme_that_pays_for_itself_has_no_marginal_value() -> None:
    values = [saving(amount=130), {"outcome": "gain", "sector": "people", "kind": "social", "amount": 90}]
    view = projected(costs=[outlay()], outcomes=[gain()], values=values).views["public_value"]
    assert (view.mvpf, view.reasons["mvpf"]) == (None, "pays for itself")


@pytest.mark.parametrize(
    ("timings", "rate"),
    [
        (("start", "end"), 0.1),  # 100 now, 110 in a year
        (("start", "middle"), 0.21),  # 110 in half a year: 1.1 ^ 2 − 1
        (("middle", "end"), 0.21),
    ],
)
def test_internal_rate_of_return_follows_the_dates(timings: tuple[str, str], rate: float) -> None:
    settings = {"cost_timing": timings[0], "benefit_timing": timings[1]}
    result = projected(settings, costs=[outlay()], outcomes=[gain()], values=[saving(amount=110)])
    assert result.views["budget"].irr == pytest.approx(rate, abs=1e-12)


def test_a_rate_that_is_not_one_is_not_given() -> None:
    # −100, 230, −132: 10 % and 20 % both fit (issue 2). The harm of the third year is a second outcome, two years on.
    outcomes = [gain(lag=1), gain(id="harm", lag=2)]
    values = [saving(amount=230), saving(outcome="harm", amount=-132)]
    view = projected(costs=[outlay()], outcomes=outcomes, values=values).views["budget"]
    assert (view.irr, view.reasons["irr"]) == (None, "more than one rate fits")


@pytest.mark.parametrize("made", [everything, everything_else])
def test_the_oracle_agrees_where_all_of_it_meets(made: Any) -> None:
    result = project(read(made()))
    assert not result.failed
    assert disagreements(result, oracle.project(made())) == []
