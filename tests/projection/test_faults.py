"""Planted faults: a formula of the engine is made wrong, and the comparison with the oracle must go red.

What parity cannot prove, a wrong formula printed rightly, is exactly what the oracle is for. Each fault patches one
room; one rich case, drawn by nobody, shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sroi.projection import costs, outcomes, people, project, timeline, values, views
from sroi.projection.declaring import PEOPLE, YEARS, Declaring
from sroi.reading import read
from sroi.sheet import ONE, PURE, ZERO, Expression, Line, Model, at, choose, one, power, previous
from tests.oracle.hand import LIBRARY
from tests.oracle.oracle import project as by_oracle
from tests.projection.agreement import disagreements
from tests.projection.rich import rich_case

Plant = Callable[[pytest.MonkeyPatch], None]


def differences(case: dict[str, Any]) -> list[str]:
    return disagreements(project(read(case)), by_oracle(case, LIBRARY))


def test_the_rich_case_agrees() -> None:
    assert differences(rich_case()) == []


def replaced(name: str, formula: Callable[[Declaring | Model, Expression], Expression]) -> Plant:
    """A fault in the line of that name: its formula made from the right one when it is declared."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        right = Model.line

        def wrong(model: Model, called: str, label: str, unit: Any, held: Expression, **options: Any) -> Line:
            if called == name:
                held = formula(model, held)
            return right(model, called, label, unit, held, **options)

        patch.setattr(Model, "line", wrong)

    return plant


def lag_off_by_one(patch: pytest.MonkeyPatch) -> None:
    """Entering a year late."""
    patch.setattr(outcomes, "at", lambda line, lag: at(line, lag + one(YEARS)))


def end_for_start(patch: pytest.MonkeyPatch) -> None:
    """Every flow discounted as at the end of its year."""
    right = timeline.dated_factor

    def wrong(to: Declaring, name: str, label: str, schedule: tuple[Line, Line], _: Line) -> Line:
        factor, next_rate = schedule
        shift = to.model.line(f"{name}_shifted", f"{label} shifted", YEARS, one(YEARS))
        return right(to, name, label, (factor, next_rate), shift)

    patch.setattr(timeline, "dated_factor", wrong)


def growth_a_year_late(patch: pytest.MonkeyPatch) -> None:
    """`(1+g)^(t+1)`."""

    def wrong(to: Declaring, name: str, said: str, growth: Line) -> Line:
        return to.model.line(name, said, PURE, power(ONE + growth, to["timeline.elapsed"] + one(YEARS)))

    patch.setattr(costs, "growth_factor", wrong)
    patch.setattr(values, "growth_factor", wrong)


def dust_left(patch: pytest.MonkeyPatch) -> None:
    """The engine's own guard taken away: what a cohort leaves is priced."""

    def plain(_: Declaring, line: Line) -> Line:
        return line

    patch.setattr(outcomes, "without_dust", plain)
    patch.setattr(people, "without_dust", plain)


def budget_counts_all(patch: pytest.MonkeyPatch) -> None:
    """The public budgets take in what falls to people."""
    everyone: list[Any] = []
    right_value, right_budget = views._public_value, views.budget_sides

    def remember(sectors: Any, tax: Any) -> Any:
        everyone[:] = sectors
        return right_value(sectors, tax)

    patch.setattr(views, "_public_value", remember)
    patch.setattr(views, "budget_sides", lambda _: right_budget(everyone))


FAULTS: dict[str, tuple[Plant, str]] = {
    "deadweight is dropped": (
        replaced("falls.net", lambda m, right: right / (ONE - m["outcomes.falls.deadweight"])),
        "falls.net",
    ),
    "attribution is taken for its rest": (
        replaced(
            "falls.net",
            lambda m, right: right / (ONE - m["outcomes.falls.attribution"]) * m["outcomes.falls.attribution"],
        ),
        "falls.net",
    ),
    "optimism helps": (
        replaced("falls.corrected", lambda m, _: m["falls.net"] * (ONE + m["outcomes.falls.optimism"])),
        "falls.corrected",
    ),
    "a harm is cut as a gain is": (
        replaced("strain.corrected", lambda m, _: m["strain.net"] * (ONE - m["outcomes.strain.optimism"])),
        "strain.corrected",
    ),
    "a cohort never ends": (
        replaced("calls.in_force", lambda m, _: m["calls.entering"] + previous(unit=PEOPLE) * m["calls.kept"]),
        "calls.in_force",
    ),
    "drop-off is forgotten": (
        replaced("calls.kept", lambda m, right: right / (ONE - m["outcomes.calls.drop_off"])),
        "calls.in_force",
    ),
    "leavers stay": (replaced("residents.stays", lambda _, right: right / right), "residents.served"),
    "the part of a year is lost": (
        replaced("residents.served", lambda m, _: m["residents.whole_year_people"]),
        "residents.served",
    ),
    "release begins a year early": (
        replaced(
            "old.release_progress",
            lambda m, right: right + one(YEARS) / m["costs.old.release_years"],
        ),
        "old.released",
    ),
    "an old service is released before its time": (
        replaced("old.released", lambda m, right: choose(ZERO < ONE, right, right) + m["costs.old.release_share"]),
        "old.released",
    ),
    "a cost's optimism is left out": (
        replaced("visits.cost", lambda m, right: right / (ONE + m["costs.visits.optimism"])),
        "visits.cost",
    ),
    "prices are applied twice": (
        replaced("falls-health-fiscal.value_prices", lambda _, right: right * right / one(right.unit or PURE)),
        "falls-health-fiscal.value",
    ),
    "all of it is cash": (
        replaced("falls-health-fiscal.cash", lambda m, right: right / m["falls-health-fiscal.cashable"]),
        "falls-health-fiscal.cash",
    ),
    "health itself at the standard rate": (
        replaced("calls-people-social.factor", lambda m, _: m["timeline.benefit_factor"]),
        "calls-people-social.present_value",
    ),
    "payback counts from the start": (
        replaced("budget.first_cost", lambda _, right: right - right),
        "budget.payback",
    ),
    "the factor is one year out": (
        replaced("timeline.standard_factor", lambda m, right: right / (ONE + m["timeline.standard_rate"])),
        "timeline.cost_factor",
    ),
    "a lag is one year out": (lag_off_by_one, "falls.entering"),
    "the end of the year for its start": (end_for_start, "timeline.cost_factor"),
    "growth starts a year early": (growth_a_year_late, "visits.cost"),
    "dust is priced": (dust_left, "council.payback"),
    "budgets count what falls to people": (budget_counts_all, "budget.benefits"),
}
"""Each fault, and a row or measure that must show it."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plant, shown_in = FAULTS[fault]
    plant(monkeypatch)
    case = dusty_case() if fault == "dust is priced" else rich_case()
    found = differences(case)
    assert any(line.startswith(f"{shown_in}: ") for line in found), found


def dusty_case() -> dict[str, Any]:
    """A value only in years when nobody is left in force, but for the dust of the recursion."""
    from tests.projection.small import case, gain, saving

    group = {"id": "residents", "referrals": 115.2, "from": 2026, "to": 2027, "exit_rate": 0.38, "engagement": 0.93}
    return case(
        groups=[group], outcomes=[gain(duration=2, drop_off=0.06)], values=[saving(amount={2029: 50, 2030: 70})]
    )
