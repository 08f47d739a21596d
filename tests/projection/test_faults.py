"""Planted faults: a formula of the engine is made wrong, and the comparison with the oracle must go red.

What parity cannot prove, a wrong formula printed rightly, is exactly what the oracle is for. Each fault patches one
room; one rich case, drawn by nobody, shows it, or a fuller one with transfers, pools, blocks and a tax charge.

Floor for trunc, of capacity that is freed, is no fault: the two are one number there. What goes wrong with the two is
trunc for floor where a harm opens a block, and either of them without the tolerance (method § 5): both are planted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sroi.projection import outcomes, people, project, timeline, views
from sroi.projection.costs import ONCE
from sroi.projection.declaring import PEOPLE, TOLERANCE, YEARS, Declaring
from sroi.reading import read
from sroi.sheet import (
    ONE,
    PURE,
    ZERO,
    Line,
    at,
    choose,
    one,
    previous,
)
from tests.oracle.hand import LIBRARY
from tests.oracle.oracle import project as by_oracle
from tests.projection.agreement import disagreements
from tests.projection.laws_case import as_benefits, dear_case, exact_case, fuller_case, harms_as_costs, start_case
from tests.projection.laws_faults import (
    EXITS_FORGOTTEN,
    OLD_GROSS,
    Plant,
    a_part_twice,
    adjuster_dropped,
    blocks_begun,
    costs_in_kind_in_budgets,
    growth_a_year_late,
    growth_later,
    parts_forgotten,
    pools_apart,
    rates_per_step,
    replaced,
    returns_at_nil,
    transfers_of_the_public_kept,
    transfers_twice,
    truncated_harms,
)
from tests.projection.rich import rich_case
from tests.projection.small import case, gain, saving


def differences(case: dict[str, Any]) -> list[str]:
    return disagreements(project(read(case)), by_oracle(case, LIBRARY))


def test_the_rich_case_agrees() -> None:
    assert differences(rich_case()) == []


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
    group = {"id": "residents", "referrals": 115.2, "from": 2026, "to": 2027, "exit_rate": 0.38, "engagement": 0.93}
    return case(
        groups=[group], outcomes=[gain(duration=2, drop_off=0.06)], values=[saving(amount={2029: 50, 2030: 70})]
    )


# ---------------------------------------------------------------- In the fuller case


FULLER = (fuller_case, dear_case, exact_case, start_case, as_benefits, harms_as_costs)


FURTHER: dict[str, tuple[Plant, str, Callable[[], dict[str, Any]]]] = {
    "attribution is dropped": (adjuster_dropped("falls", "net", "attribution"), "falls.net", fuller_case),
    "displacement is dropped": (adjuster_dropped("falls", "net", "displacement"), "falls.net", fuller_case),
    "leakage is dropped": (adjuster_dropped("falls", "net", "leakage"), "falls.net", fuller_case),
    "regression is dropped": (
        adjuster_dropped("falls", "corrected", "regression_to_mean"),
        "falls.corrected",
        fuller_case,
    ),
    "regression eases a harm": (
        replaced("strain.corrected", lambda m, right: right * (ONE - m["outcomes.strain.regression_to_mean"])),
        "strain.corrected",
        fuller_case,
    ),
    "the end of the year for its start, where all is at the start": (
        end_for_start,
        "public_value.pv_benefits",
        start_case,
    ),
    "nobody leaves during the lag": (EXITS_FORGOTTEN, "falls.entering", fuller_case),
    "nobody leaves while it is in force": (
        replaced("falls.kept", lambda m, right: right / m["residents.stays"]),
        "falls.in_force",
        fuller_case,
    ),
    "a duration is one year out": (
        replaced("outcomes.falls.duration", lambda _, right: right + one(YEARS)),
        "falls.in_force",
        fuller_case,
    ),
    "the referred are engaged first": (
        replaced("calls.exposed", lambda m, right: right * m["groups.residents.engagement"]),
        "calls.entering",
        fuller_case,
    ),
    "everybody is at risk": (
        replaced("calls.exposed", lambda m, right: right / m["outcomes.calls.at_risk"]),
        "calls.entering",
        fuller_case,
    ),
    "engagement is left out": (
        replaced("residents.engaged", lambda m, _: m["residents.referrals"]),
        "residents.engaged",
        fuller_case,
    ),
    "growth starts a year late": (growth_later, "visits.cost", fuller_case),
    "the index is upside down": (
        replaced("rent.cost_prices", lambda _, right: one(right.unit or PURE) * one(right.unit or PURE) / right),
        "rent.cost",
        fuller_case,
    ),
    "a cost per referral follows those engaged": (
        replaced("forms.people", lambda m, _: m["residents.engaged"] + m["others.engaged"]),
        "forms.cost",
        fuller_case,
    ),
    "a cost paid once is paid every year": (
        replaced("set-up.volume", lambda _, __: one(ONCE)),
        "set-up.cost",
        fuller_case,
    ),
    "a cost runs before it begins": (replaced("visits.runs", lambda _, __: ONE), "visits.cost", fuller_case),
    "an old service comes off gross of optimism": (OLD_GROSS, "old.cost", fuller_case),
    "what is released adds to costs": (
        replaced("old.cost", lambda _, right: -right),
        "public_value.pv_costs",
        fuller_case,
    ),
    "what is released as a benefit is a loss": (
        replaced("old.released_value", lambda _, right: -right),
        "budget.pv_benefits",
        as_benefits,
    ),
    "money saved by a health service is discounted as health": (
        replaced(
            "falls-health-fiscal.present_value",
            lambda m, _: m["falls-health-fiscal.value"] * m["timeline.health_benefit_factor"],
        ),
        "falls-health-fiscal.present_value",
        fuller_case,
    ),
    "a row that does not count is counted": (
        replaced("strain-society-social.counts", lambda _, __: ONE),
        "strain-society-social.value",
        fuller_case,
    ),
    "a transfer counts twice": (transfers_twice, "budget.pv_benefits", fuller_case),
    "one side of a transfer is public value": (
        transfers_of_the_public_kept,
        "public_value.pv_benefits",
        fuller_case,
    ),
    "both sides of a transfer gain": (
        replaced("calls-council-transfer-balance.value", lambda _, right: -right),
        "people.pv_benefits",
        fuller_case,
    ),
    "budgets pay for what is given in kind": (costs_in_kind_in_budgets, "budget.pv_costs", fuller_case),
    "a parent adds a part twice": (a_part_twice, "government.pv_costs", fuller_case),
    "a parent forgets its parts": (parts_forgotten, "government.pv_costs", fuller_case),
    "the tax charge on savings falls when costs do": (
        replaced(
            "public_value.discounted_tax_on_values",
            lambda m, _: m["public_value.tax_on_values"] * m["timeline.cost_factor"],
        ),
        "public_value.pv_costs",
        fuller_case,
    ),
    "the tax charge spares nothing for savings": (
        replaced("public_value.tax_on_values", lambda _, right: right - right),
        "public_value.costs",
        fuller_case,
    ),
    "the tax charge forgets what is released": (
        replaced("public_value.taxed_net_costs", lambda m, _: m["public_value.taxed_costs"]),
        "public_value.pv_costs",
        as_benefits,
    ),
    "a harm among the costs falls when costs do": (
        replaced(
            "strain-people-social.present_harm",
            lambda m, _: m["strain-people-social.value_harm"] * m["timeline.cost_factor"],
        ),
        "people.pv_costs",
        harms_as_costs,
    ),
    "harms are lost": (
        replaced("strain-people-social.value_harm", lambda _, right: right - right),
        "people.pv_costs",
        harms_as_costs,
    ),
    "a block closes that is only begun": (blocks_begun, "beds.cash", fuller_case),
    "trunc for floor: a harm opens only what it fills": (truncated_harms, "wards.cash", fuller_case),
    "floor without the tolerance: an exact multiple loses a block": (
        replaced("gain-council-fiscal.in_blocks", lambda m, right: right - m[TOLERANCE]),
        "gain-council-fiscal.cash",
        exact_case,
    ),
    "what is freed is released at once": (
        replaced("beds.held", lambda m, _: m["beds.pool_freed"]),
        "beds.cash",
        fuller_case,
    ),
    "rows of a pool release each for itself": (pools_apart, "beds.cash", fuller_case),
    "savings are left out of what public money costs": (
        replaced("public_value.net_public_cost", lambda m, _: m["budget.pv_costs"]),
        "public_value.mvpf",
        dear_case,
    ),
    "a return per half-year is given as one per year": (rates_per_step, "public_value.irr", fuller_case),
    "what comes back is carried at a rate of nil": (returns_at_nil, "public_value.mirr", fuller_case),
}
"""Each fault, a row or measure that must show it, and the case that does."""


@pytest.mark.parametrize("whole", FULLER, ids=lambda whole: whole.__name__)
def test_the_fuller_case_agrees(whole: Callable[[], dict[str, Any]]) -> None:
    assert differences(whole()) == []


@pytest.mark.parametrize("fault", FURTHER)
def test_a_planted_fault_is_found_in_the_fuller_case(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plant, shown_in, whole = FURTHER[fault]
    plant(monkeypatch)
    found = differences(whole())
    assert any(line.startswith(f"{shown_in}: ") for line in found), found
