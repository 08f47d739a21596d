"""Public value weighted by income, by hand (method § 9).

The weights: (20000 ÷ 10000)^1.3 = 2^1.3 = 2.46228882668983 and (20000 ÷ 40000)^1.3 = 0.5^1.3 = 0.40612619817811776.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sroi.projection import Result, fairness, project
from sroi.reading import read
from tests.oracle.library import load_library
from tests.oracle.oracle import project as oracle
from tests.projection.laws_faults import replaced
from tests.projection.small import Row, case, gain, outlay, projected, row

POOR, RICH = 2.46228882668983, 0.40612619817811776
REFERENCE = {"reference_income": 20000}


def groups(poor: float | None = 10000, rich: float | None = 40000) -> list[Row]:
    """One person referred to each in 2026: the poor leave at a half a year, the rich stay."""
    plain = {"referrals": 1, "from": 2026, "to": 2026}
    return [
        {"id": "poor", "name": "Poor", "income": poor, "exit_rate": 0.5, **plain},
        {"id": "rich", "name": "Rich", "income": rich, **plain},
    ]


def earned(amount: float = 100, **fields: Any) -> Row:
    return {"outcome": "gain", "sector": "people", "kind": "economic", "amount": amount, **fields}


def both(values: list[Row], settings: Row | None = None, **tables: Any) -> Result:
    """Two groups share an outcome of two years."""
    outcomes = tables.pop("outcomes", [gain(group="all", duration=2)])
    held = {"groups": groups(), "costs": [outlay()], **tables}
    return projected({**REFERENCE, **(settings or {})}, outcomes=outcomes, values=values, **held)


def found(result: Result) -> list[float | None]:
    assert result.weighted is not None
    return [result.weighted.pv_costs, result.weighted.pv_benefits, result.weighted.npv, result.weighted.bcr]


def test_parts_of_in_force_differ_by_year() -> None:
    """In force: poor 1 then 1/2, rich 1 and 1. Weighted people: POOR + RICH, then POOR/2 + RICH."""
    result = both([earned()])
    first, second = POOR + RICH, POOR / 2 + RICH
    assert row(result, "gain.year_weight") == pytest.approx([first / 2, second / 1.5, 0, 0, 0], rel=1e-12)
    assert row(result, "gain-people-economic.weighted_value") == pytest.approx(
        [100 * first, 100 * second, 0, 0, 0], rel=1e-12
    )
    benefits = 100 * (first + second)
    assert found(result) == pytest.approx([100, benefits, benefits - 100, benefits / 100], rel=1e-12)
    assert result.weighted is not None
    assert dict(result.weighted.weights) == pytest.approx({"poor": POOR, "rich": RICH}, rel=1e-12)
    assert result.views["public_value"].pv_benefits == pytest.approx(350, rel=1e-12)  # 100 × (2 + 1.5), unweighted
    assert result.to_dict()["weighted"]["npv"] == result.weighted.npv


def test_one_group_with_lag_and_drop_off_has_one_weight() -> None:
    """In force from the second year: 1, then 1/2: £150 × POOR."""
    result = both([earned()], groups=[{**groups()[0], "exit_rate": 0}],
                  outcomes=[gain(group="poor", lag=1, duration=2, drop_off=0.5)])  # fmt: skip
    assert found(result)[1] == pytest.approx(150 * POOR, rel=1e-12)


def test_people_referred_count_in_full_where_the_outcome_is_of_them() -> None:
    """Half of the poor engage: of the engaged the parts are 1/2 and 1, of the referred 1 and 1."""
    half = [{**groups()[0], "engagement": 0.5}, groups()[1]]
    engaged = both([earned()], groups=half, outcomes=[gain(group="all")])
    referred = both([earned()], groups=half, outcomes=[gain(group="all", of="referred")])
    assert found(engaged)[1] == pytest.approx(100 * (POOR / 2 + RICH), rel=1e-12)
    assert found(referred)[1] == pytest.approx(100 * (POOR + RICH), rel=1e-12)


@pytest.mark.parametrize(("sector", "kind"), [("council", "fiscal"), ("people", "social"), ("society", "economic")])
def test_nothing_else_is_weighted(sector: str, kind: str) -> None:
    sectors = [{"id": key, "name": key.title(), "ledger": ledger}
               for key, ledger in (("council", "public"), ("people", "people"), ("society", "society"))]  # fmt: skip
    result = both([{"outcome": "gain", "sector": sector, "kind": kind, "amount": 100}], sectors=sectors)
    view = result.views["public_value"]
    assert found(result) == [view.pv_costs, view.pv_benefits, view.npv, view.bcr]


def test_a_sector_within_people_is_weighted_too() -> None:
    sectors = [
        {"id": "council", "name": "Council", "ledger": "public"},
        {"id": "people", "name": "People", "ledger": "people"},
        {"id": "carers", "name": "Carers", "ledger": "people", "part_of": "people"},
    ]
    result = both([earned(), earned(sector="carers")], sectors=sectors, outcomes=[gain(group="all")])
    assert found(result)[1] == pytest.approx(200 * (POOR + RICH), rel=1e-12)


def test_a_harm_is_weighted_on_the_side_where_it_stands() -> None:
    """Two people lose £100 each in one year."""
    harm = 100 * (POOR + RICH)
    outcomes = [gain(group="all", effect=-1)]
    assert found(both([earned()], outcomes=outcomes))[:2] == pytest.approx([100, -harm], rel=1e-12)
    costs = both([earned()], {"negative_benefits": "costs"}, outcomes=outcomes)
    assert found(costs)[:2] == pytest.approx([100 + harm, 0], rel=1e-12)


@pytest.mark.parametrize("where", ["value", "outcome", "group"])
def test_what_does_not_count_asks_for_no_income(where: str) -> None:
    people = groups(poor=None)
    if where == "group":
        people[0]["counts"] = False
    result = both(
        [earned(counts=where != "value")], groups=people, outcomes=[gain(group="all", counts=where != "outcome")]
    )
    expected = 100 * RICH if where == "group" else 0  # one of the rich, one year
    assert found(result)[1] == pytest.approx(expected, rel=1e-12)
    assert result.weighted is not None
    assert result.weighted.weights["poor"] is None


def test_a_missing_income_is_no_number_and_a_reason() -> None:
    result = both([earned()], groups=groups(poor=None))
    assert found(result) == [None, None, None, None]
    assert result.weighted is not None
    assert dict(result.weighted.reasons) == dict.fromkeys(
        ("pv_costs", "pv_benefits", "npv", "bcr"), "no income is stated for Poor"
    )
    assert result.views["public_value"].pv_benefits == pytest.approx(350, rel=1e-12)


def test_no_cost_is_no_ratio() -> None:
    result = both([earned()], costs=[])
    assert result.weighted is not None
    assert dict(result.weighted.reasons) == {"bcr": "there is no cost to set it against"}


def test_without_a_reference_income_nothing_is_declared() -> None:
    result = both([earned()], {"reference_income": None})
    assert result.weighted is None
    assert result.to_dict()["weighted"] is None
    assert all(line.sheet != "Fairness" for line in result.declared.model.lines.values())


def test_incomes_at_the_reference_change_nothing_at_all() -> None:
    result = both([earned(33.3)], {"discount": 0.035}, groups=groups(20000, 20000))
    view = result.views["public_value"]
    assert found(result) == [view.pv_costs, view.pv_benefits, view.npv, view.bcr]


def test_scale_changes_nothing_and_a_poorer_group_raises_a_gain() -> None:
    plain = found(both([earned()]))
    scaled = both([earned()], {"reference_income": 60000}, groups=groups(30000, 120000))
    assert found(scaled) == pytest.approx(plain, rel=1e-12)
    poorer, before = found(both([earned()], groups=groups(poor=9000)))[1], plain[1]
    assert poorer is not None
    assert before is not None
    assert poorer > before


def cases() -> Iterator[Row]:
    for settings in ({}, {"negative_benefits": "costs"}, {"discount": 0.035, "tax_deadweight": 0.2}):
        for effect in (1, {2026: 1, 2027: -2}):
            outcomes = [gain(group="all", effect=effect, lag=0, duration=4, drop_off=0.1)]
            values = [earned(), earned(70, id="fare", sector="council", kind="fiscal")]
            yield case({**REFERENCE, **settings}, groups=groups(), outcomes=outcomes, values=values, costs=[outlay()])


@pytest.mark.parametrize("drawn", list(cases()))
def test_the_oracle_agrees(drawn: Row) -> None:
    there = oracle(drawn, load_library())["weighted"]
    assert found(project(read(drawn))) == pytest.approx(
        [there[name] for name in ("pv_costs", "pv_benefits", "npv", "bcr")], rel=1e-9
    )


FAULTS = {
    "the exponent is left out": replaced(
        "poor.weight", lambda m, _: m["settings.reference_income"] / m["groups.poor.income"]
    ),
    "a social value is weighted": None,
    "weights follow referrals": replaced(
        "gain.weighted_people.poor", lambda m, _: m["poor.referrals"] * m["poor.weight"]
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = case(REFERENCE, groups=groups(), costs=[outlay()], outcomes=[gain(group="all", duration=3)],
                 values=[earned(), earned(70, id="glad", kind="social")])  # fmt: skip
    there = oracle(drawn, load_library())["weighted"]["npv"]
    assert found(project(read(drawn)))[2] == pytest.approx(there, rel=1e-12)
    plant = FAULTS[fault]
    if plant is None:
        monkeypatch.setattr(fairness, "is_weighted", lambda _, flow: flow.part.kind != "fiscal")
    else:
        plant(monkeypatch)
    assert found(project(read(drawn)))[2] != pytest.approx(there, rel=1e-6)
