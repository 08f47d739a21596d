"""Method § 9 by hand: economic values to people weighted by income, beside the unweighted. Each sum beside its number.

A weight is a power of 1.3; incomes here are chosen so that it can be checked: a reference of 2 × 10,000 against
20,000 ÷ 4 and the like give 2 ^ 1.3 = 2.462289 and 4 ^ 1.3 = 6.062866 (by a pocket calculator: 1.3 × ln 2 = 0.901091).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

import sroi
from sroi.errors import CaseError
from sroi.projection import Result
from tests.projection.small import Row, case, gain, outlay, projected, row, saving

DOUBLE = 2.4622888
"""2 ^ 1.3."""
HALF = 0.4061262
"""0.5 ^ 1.3 = 1 ÷ 2.4622888."""
REFERENCE = {"reference_income": 20000}


def group(name: str, income: float | None, **fields: Any) -> Row:
    made = {"id": name, "name": name.capitalize(), "referrals": 1, "from": 2026, "to": 2026, **fields}
    return made if income is None else {**made, "income": income}


def earned(sector: str = "people", **fields: Any) -> Row:
    return saving(sector=sector, kind="economic", **fields)


def of(result: Result) -> tuple[float | None, float | None, float | None, float | None]:
    found = result.weighted
    assert found is not None
    return (found.pv_costs, found.pv_benefits, found.npv, found.bcr)


def test_a_poor_group_s_pound_weighs_more() -> None:
    # £40 earned by a group on half the reference: 40 × 2 ^ 1.3 = 98.491552; the council's 30 and a social 20 as they
    # are. Benefits 148.491552 on costs of 100.
    values = [earned(amount=40), saving(amount=30), saving(sector="people", kind="social", amount=20)]
    result = projected(REFERENCE, groups=[group("residents", 10000)], costs=[outlay()], outcomes=[gain()],
                       values=values)  # fmt: skip
    assert of(result) == pytest.approx((100, 148.491552, 48.491552, 1.48491552), rel=1e-7)
    assert result.weighted is not None
    assert result.weighted.weights == {"residents": pytest.approx(DOUBLE, rel=1e-7)}
    assert result.evaluation.number("residents.weight") == pytest.approx(DOUBLE, rel=1e-7)
    view = result.views["public_value"]
    assert (view.pv_benefits, view.npv) == (90, -10), "beside the unweighted, never instead"


def test_two_groups_weigh_by_their_part_of_those_in_force() -> None:
    # One of each enters in 2026; half of the poor leave each year, nobody else does. In force 1 and 1, then ½ and 1:
    # mean weights (2.4622888 + 0.4061262) ÷ 2 = 1.4342075 and (½ × 2.4622888 + 0.4061262) ÷ 1.5 = 1.0915137.
    # £10 each: 2 × 10 × 1.4342075 + 1.5 × 10 × 1.0915137 = 28.68415 + 16.3727055 = 45.056856.
    groups = [group("poor", 10000, exit_rate=0.5), group("rich", 40000)]
    result = projected(REFERENCE, groups=groups, outcomes=[gain(group="all", duration=2)], values=[earned(amount=10)])
    assert row(result, "gain.year_weight")[:2] == pytest.approx([1.4342075, 1.0915137], rel=1e-6)
    assert of(result)[:3] == pytest.approx((0, 45.056856, 45.056856), rel=1e-6)
    assert of(result)[3] is None
    assert result.weighted is not None
    assert result.weighted.reasons == {"bcr": "there is no cost to set it against"}


def test_nobody_in_force_weighs_nothing_and_divides_by_nothing() -> None:
    groups = [group("poor", 10000), group("rich", 40000)]
    result = projected(REFERENCE, groups=groups, outcomes=[gain(group="all")], values=[earned(amount=10)])
    assert row(result, "gain.year_weight")[1:] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("how", "costs", "benefits"),
    [
        # £40 earned, then £20 lost, both at 2 ^ 1.3: 98.491552 and 49.245776.
        ("benefits", 100, 98.491552 - 49.245776),
        ("costs", 100 + 49.245776, 98.491552),
    ],
)
def test_a_harm_weighs_as_a_gain_does(how: str, costs: float, benefits: float) -> None:
    result = projected(
        {**REFERENCE, "negative_benefits": how}, groups=[group("residents", 10000)], costs=[outlay()],
        outcomes=[gain(effect={2026: 1, 2027: -0.5}, duration=2)], values=[earned(amount={2026: 40, 2027: 40})],
    )  # fmt: skip
    assert of(result)[:2] == pytest.approx((costs, benefits), rel=1e-7)


def test_all_economic_values_of_people_s_sectors_are_weighted_and_no_others() -> None:
    # £10 to people and to a part of them weigh; £10 to society, a transfer and a social value do not.
    sectors = [
        {"id": "council", "ledger": "public"},
        {"id": "people", "ledger": "people"},
        {"id": "families", "ledger": "people", "part_of": "people"},
        {"id": "society", "ledger": "society"},
    ]
    values = [
        earned(amount=10), earned(sector="families", amount=10), earned(sector="society", amount=10),
        saving(kind="transfer", amount=10, balance="people"), saving(sector="people", kind="social", amount=10),
    ]  # fmt: skip
    result = projected(REFERENCE, sectors=sectors, groups=[group("residents", 10000)], outcomes=[gain()],
                       values=values)  # fmt: skip
    assert of(result)[1] == pytest.approx(20 * DOUBLE + 10 + 10, rel=1e-7)


@pytest.mark.parametrize(
    ("groups", "missed"),
    [
        ([group("poor", 10000), group("rich", None)], "Rich"),
        ([group("poor", None), group("rich", None)], "Poor, Rich"),
    ],
)
def test_a_missing_income_is_no_number_and_says_whose(groups: list[Row], missed: str) -> None:
    result = projected(REFERENCE, groups=groups, outcomes=[gain(group="all")], values=[earned(amount=10)])
    assert of(result) == (None, None, None, None)
    assert result.weighted is not None
    assert set(result.weighted.reasons.values()) == {f"no income is stated for {missed}"}
    assert result.weighted.weights["rich"] is None
    central = result.to_dict()["weighted"]
    assert (central["npv"], central["reasons"]["npv"]) == (None, f"no income is stated for {missed}")


@pytest.mark.parametrize(
    "changes",
    [
        {"groups": [group("residents", 10000), group("rich", None, counts=False)]},
        {"groups": [group("residents", 10000), group("rich", None)], "values": [earned(amount=10, counts=False)]},
        {"groups": [group("residents", 10000), group("rich", None)], "values": [saving(amount=10)]},
    ],
)
def test_an_income_is_not_missed_where_it_weighs_nothing(changes: dict[str, list[Row]]) -> None:
    tables = {"values": [earned(amount=10)], **changes}
    result = projected(REFERENCE, outcomes=[gain(group="all")], costs=[outlay()], **tables)
    assert of(result)[2] is not None


def test_without_a_reference_income_nothing_is_weighted_and_a_note_says_so() -> None:
    result = projected(groups=[group("residents", 10000)], outcomes=[gain()], values=[earned(amount=10)])
    assert result.weighted is None
    assert result.to_dict()["weighted"] is None
    assert any(note.startswith("Incomes are stated without a reference income") for note in result.warnings)


@pytest.mark.parametrize(("income", "found"), [(0, "0"), (-5, "-5")])
def test_an_income_is_above_nil(income: float, found: str) -> None:
    with pytest.raises(CaseError) as error:
        sroi.read(case(REFERENCE, groups=[group("residents", income)], outcomes=[gain()], values=[earned(amount=1)]))
    assert [(p.place, p.found) for p in error.value.problems] == [("groups[0].income", found)]


LAWS: dict[str, Callable[[Row], Row]] = {
    "all incomes tenfold": lambda tables: scaled(tables, 10),
    "all incomes a third": lambda tables: scaled(tables, 1 / 3),
}


def scaled(tables: Row, factor: float) -> Row:
    settings = {**tables["settings"], "reference_income": tables["settings"]["reference_income"] * factor}
    groups = [{**held, "income": held["income"] * factor} for held in tables["groups"]]
    return {**tables, "settings": settings, "groups": groups}


def fair_case(poor: float = 10000, rich: float = 40000) -> Row:
    groups = [group("poor", poor, exit_rate=0.5), group("rich", rich)]
    return case({**REFERENCE, "discount": 0.035}, groups=groups, costs=[outlay()],
                outcomes=[gain(group="all", duration=3)], values=[earned(amount=70), saving(amount=20)])  # fmt: skip


@pytest.mark.parametrize("law", LAWS)
def test_only_the_ratio_of_incomes_matters(law: str) -> None:
    before, after = (of(sroi.project(sroi.read(tables))) for tables in (fair_case(), LAWS[law](fair_case())))
    assert after == pytest.approx(before, rel=1e-12)


def test_at_the_reference_a_pound_is_a_pound() -> None:
    result = sroi.project(sroi.read(fair_case(20000, 20000)))
    view = result.views["public_value"]
    assert of(result) == (view.pv_costs, view.pv_benefits, view.npv, view.bcr)


def test_a_poorer_group_gains_more() -> None:
    nets = [of(sroi.project(sroi.read(fair_case(poor))))[2] or 0.0 for poor in (5000, 10000, 15000)]
    assert nets == sorted(nets, reverse=True)
    assert len(set(nets)) == 3


def test_the_numbers_above_are_powers_of_1_3() -> None:
    assert math.isclose(DOUBLE, math.exp(1.3 * math.log(2)), rel_tol=1e-7)
    assert math.isclose(HALF, 1 / DOUBLE, rel_tol=1e-6)
