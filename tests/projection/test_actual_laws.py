"""What must hold of every case with actuals (method § 7), and faults that must not pass unseen."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sroi.model import Actual
from sroi.projection import Result, actuals, project
from sroi.projection.declaring import YEARS
from sroi.reading import read
from sroi.sheet import Cell, words
from tests.oracle.actual_strategies import can_come_in
from tests.oracle.hand import LIBRARY
from tests.oracle.oracle import project as by_oracle
from tests.oracle.strategies import cases
from tests.projection.agreement import disagreements
from tests.projection.laws_faults import Plant, replaced
from tests.projection.patterns import COVERED, FORECAST_KINDS, RERUN_KINDS, kinds, pattern
from tests.projection.rich import rich_case

few = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
FEATURES = frozenset({"actuals", "part_of", "transfers", "release_lag"})


def forecasts(case: dict[str, Any]) -> list[dict[str, Any]]:
    """Every number that can come in, in every year, as the case counts its forecast."""
    first, years = case["settings"]["first_year"], case["settings"]["years"]
    rows = [{"ref": ref, "year": first + t, "value": 0} for ref in can_come_in(case) for t in range(years)]
    beside = project(read(case | {"actuals": rows})).actuals
    return [row | {"value": found.forecast} for row, found in zip(rows, beside, strict=True)]


def plain(case: dict[str, Any]) -> dict[str, Any]:
    """Without growth and optimism, so that a forecast as counted is the number itself."""
    made = copy.deepcopy(case)
    for table in ("costs", "outcomes", "values"):
        for row in made[table]:
            for field in ("growth", "optimism", "grade"):
                row.pop(field, None)
    return made


@few
@given(case=cases(frozenset({"part_of", "transfers", "release_lag"})))
def test_actuals_equal_to_the_forecast_change_nothing_to_the_bit(case: dict[str, Any]) -> None:
    made = plain(case)
    held = read(made | {"actuals": forecasts(made)})
    assert project(held, actuals=True).to_dict() == project(held).to_dict()


@few
@given(case=cases(frozenset({"part_of", "transfers"})))
def test_so_do_those_equal_to_it_with_growth_and_optimism_but_for_rounding(case: dict[str, Any]) -> None:
    held = read(case | {"actuals": forecasts(case)})
    was, now = project(held), project(held, actuals=True)
    for name, view in was.views.items():
        size = sum(abs(was.evaluation.row(f"{name}.{what}")).sum() for what in ("costs", "benefits"))
        size += abs(was.evaluation.row("public_value.costs")).sum() + was.evaluation.number("public_value.size")
        for what in ("pv_costs", "pv_benefits", "npv"):
            assert abs(getattr(now.views[name], what) - getattr(view, what)) <= 1e-9 * size


@few
@given(case=cases(FEATURES), chance=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(case: dict[str, Any], chance: Any) -> None:
    if not case["actuals"]:
        return
    shuffled = case | {"actuals": chance.sample(case["actuals"], len(case["actuals"]))}
    one, other = read(case), read(shuffled)
    assert one.inputs_sha256 == other.inputs_sha256
    assert project(one, actuals=True).to_dict() == project(other, actuals=True).to_dict()


CAME_IN = [
    ("groups.residents.referrals", 2028, 45),
    ("groups.others.referrals", 2026, 21),
    ("costs.visits.amount", 2028, 131),
    ("costs.rent.amount", 2028, 950),
    ("costs.lease.amount", 2027, 91),
    ("outcomes.falls.effect", 2029, 0.35),
    ("outcomes.strain.effect", 2028, -0.13),
    ("values.falls-health-fiscal.amount", 2029, 870),
]


def eventful() -> dict[str, Any]:
    return rich_case() | {"actuals": [{"ref": ref, "year": year, "value": value} for ref, year, value in CAME_IN]}


def rerun() -> Result:
    return project(read(eventful()), actuals=True)


def apart() -> list[str]:
    return disagreements(rerun(), by_oracle(eventful(), LIBRARY, actuals=True))


def test_the_eventful_case_agrees() -> None:
    assert apart() == []


def a_year_late(patch: pytest.MonkeyPatch) -> None:
    """What came in is put in the year after."""

    def wrong(actual: Actual) -> Cell:
        return Cell(actual.at("year"), actual.year + 1.0, YEARS)

    patch.setattr(actuals, "_year", wrong)


def still_believed(patch: pytest.MonkeyPatch) -> None:
    """Optimism is applied to what came in."""
    patch.setattr(actuals, "believed", lambda _to, _row, _said, optimism, _past: optimism)


def never_used(patch: pytest.MonkeyPatch) -> None:
    """Growth and optimism are left off, and the forecast stays."""
    patch.setattr(actuals, "used", lambda _to, _row, _said, forecast, _past: forecast)


FAULTS: dict[str, Plant] = {
    "a year late": a_year_late,
    "optimism on what came in": still_believed,
    "the forecast stays": never_used,
    "growth on a cost that came in": replaced("visits.cost_growth_used", lambda m, _: m["visits.cost_growth"]),
    "growth on a worth that came in": replaced(
        "falls-health-fiscal.value_growth_used", lambda m, _: m["falls-health-fiscal.value_growth"]
    ),
    "optimism on a harm that was seen": replaced("strain.effect_optimism", lambda m, _: m["outcomes.strain.optimism"]),
    "nothing where nothing came in": replaced("visits.cost_used", lambda m, _: m["visits.cost_came_in"]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_seen(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plant: Callable[[pytest.MonkeyPatch], None] = FAULTS[fault]
    plant(monkeypatch)
    assert apart() != []


def test_every_kind_of_line_of_actuals_is_listed_said_and_labelled() -> None:
    forecast, again = project(read(eventful())), rerun()
    for result, further in ((forecast, FORECAST_KINDS), (again, FORECAST_KINDS | RERUN_KINDS)):
        known = kinds(result.declared)
        lines = result.declared.model.lines
        found = {pattern(name, known) for name in lines}
        assert {name for name in found if not name.endswith(".*")} - set(COVERED) == further
        labels = [line.label for line in lines.values()]
        assert sorted(label for label in set(labels) if labels.count(label) > 1) == []
        assert all(words(line).startswith(f"{line.label} = ") for line in lines.values())
