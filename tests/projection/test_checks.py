"""Each check on the arithmetic goes red: a fault is planted in a line, and the checks that see it are named.

What a mistyped cell breaks, the checks on live inputs see: `tests/parity/test_typed.py`.
"""

from __future__ import annotations

import pytest

from sroi.projection import Result, project
from sroi.reading import read
from sroi.sheet import ONE, Expression, Model
from tests.projection.laws_case import as_benefits, fuller_case
from tests.projection.laws_faults import Plant, replaced
from tests.projection.small import Row


def twice(line: str) -> Plant:
    """The line at twice what it should be."""
    return replaced(line, lambda _, right: right + right)


def without(line: str, part: str) -> Plant:
    """The line without one of the rows that it adds."""

    def less(model: Model, right: Expression) -> Expression:
        return right - model[part]

    return replaced(line, less)


RED: dict[str, tuple[Plant, set[str]]] = {
    "a value is left out of its sector": (
        without("health.discounted_own_benefits", "falls-health-fiscal.present_value"),
        {
            "benefits-add",
            "map-values-add",
        },  # what sectors gain and the view are both made of what the sector adds, and agree
    ),
    "a cost is left out of its sector": (
        without("council.discounted_cash_costs", "visits.present_cost"),
        {"costs-add", "map-inputs-add"},
    ),
    "benefits are counted twice": (
        twice("public_value.pv_benefits"),
        {"benefits-add", "net-adds", "map-values-add"},
    ),
    "costs are counted twice": (twice("public_value.pv_costs"), {"costs-add", "net-adds", "map-inputs-add"}),
    "the net value is benefits alone": (
        replaced("public_value.npv", lambda m, _: m["public_value.pv_benefits"]),
        {"net-adds"},
    ),
    "what people put in is lost from the net value": (
        without("public_value.npv", "public_value.pv_costs"),
        {"net-adds"},
    ),
    "cumulative net value is discounted": (
        replaced("public_value.final", lambda m, _: m["public_value.pv_benefits"] - m["public_value.pv_costs"]),
        {"end-of-road"},
    ),
    "more are engaged than are referred": (
        # everything that follows from people is larger on both sides of every other check
        replaced("residents.engaged", lambda m, _: m["residents.referrals"] + m["residents.referrals"]),
        {"people-once"},
    ),
    "one side of a transfer is twice the other": (
        twice("calls-council-transfer-balance.value"),  # so that sectors gain what public value leaves out
        {"transfers-cancel", "net-adds", "map-multiplies"},
    ),
    "the map leaves deadweight out": (
        replaced("falls.map_kept", lambda m, _: ONE - m["outcomes.falls.attribution"]),
        {"map-multiplies"},
    ),
    "the map takes a year's worth for another": (
        twice("falls-health-fiscal.map_each"),
        {"map-multiplies"},
    ),
    "the map values a row twice": (twice("falls-health-fiscal.map_present"), {"map-values-add"}),
    "the map leaves an input out": (without("value_map.in_cash", "visits.map_input"), {"map-inputs-add"}),
}
"""Each fault, and the checks that go red: no more and no fewer."""


def red(result: Result) -> set[str]:
    """The checks that fail, by their ids."""
    return {check.id for check in result.checks if check.verdict == "CHECK"}


@pytest.mark.parametrize("case", [fuller_case(), as_benefits()], ids=["costs", "benefits"])
def test_no_check_is_red_without_a_fault(case: Row) -> None:
    result = project(read(case))
    assert (red(result), result.evaluation.text("checks.master")) == (set(), "OK")


@pytest.mark.parametrize("fault", RED)
def test_a_fault_turns_its_checks_red(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plant, wanted = RED[fault]
    plant(monkeypatch)
    result = project(read(fuller_case()))
    assert red(result) == wanted
    for name in wanted:
        assert result.evaluation.text(f"checks.{name}.verdict") == "CHECK"
    assert result.evaluation.number("checks.failures") == len(wanted)
    assert result.evaluation.text("checks.master") == "CHECK"


def test_an_old_service_that_no_sector_gains_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where releases count as benefits, each is among the rows that the benefits are held against."""
    replaced("old.released_value", lambda _, right: right - right)(monkeypatch)
    assert red(project(read(as_benefits()))) == {"benefits-add", "map-values-add"}
