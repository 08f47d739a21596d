"""Measures by draw: each draw is what `sroi.project` makes of the case with its numbers typed in."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import sroi
from sroi import library
from sroi.errors import CaseError
from sroi.projection import declare
from sroi.reading import read
from sroi.sheet import compiled, evaluate
from sroi.simulation import MEASURES, lines_read, measured
from tests.projection.rich import rich_case
from tests.projection.small import case as small
from tests.projection.small import gain, outlay, saving
from tests.simulation.typed import candidates, differences, near, of_draws

DRAWS = 3


def drawn(case: Any, refs: list[str], seed: int) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    fields = candidates(case)
    return {ref: near(case, ref, fields[ref], rng, DRAWS) for ref in refs}


@pytest.mark.parametrize("case_id", [name for name in library.shipped_cases() if sroi.read(name).ranges])
def test_shipped_cases_are_draw_for_draw_what_is_typed(case_id: str) -> None:
    case = sroi.read(case_id)
    assert differences(case, drawn(case, [row.ref for row in case.ranges], 1), DRAWS) == []


def everything() -> dict[str, Any]:
    """The rich case with a flat rate."""
    held = rich_case()
    return held | {"settings": held["settings"] | {"discount": 0.04}}


def test_every_number_of_the_rich_case_is_draw_for_draw_what_is_typed() -> None:
    case = read(everything())
    refs = list(candidates(case))
    assert len(refs) > 60
    assert {"settings.discount", "costs.rent.amount", "groups.residents.referrals"} <= set(refs)
    assert differences(case, drawn(case, refs, 2), DRAWS) == []


@pytest.mark.parametrize(
    "ref",
    [
        "settings.discount",
        "costs.rent.amount",  # a profile: every year of it times the number
        "outcomes.calls.effect",  # blank, and a profile
        "outcomes.calls.optimism",  # blank: from its grade
        "costs.rooms.optimism",  # blank: none
        "values.calls-people-social.times",  # blank: 1
        "unit_values.wellby.amount",
        "outcomes.falls.lag",
        "outcomes.falls.duration",
        "groups.residents.stay_years",
    ],
)
def test_a_number_by_itself_is_draw_for_draw_what_is_typed(ref: str) -> None:
    case = read(everything())
    inputs = drawn(case, [ref], 3)
    assert len(set(inputs[ref].tolist())) > 1
    assert differences(case, inputs, DRAWS) == []


def test_a_draw_of_a_pool_s_first_row_serves_all_its_rows() -> None:
    # Two rows of a pool of £10, 2 units each in 2026, half cashable: cash 0.5 × £10 × 4 = £20. At a share of 1 it is
    # £40; at £6 the value of both is £24, not 6 × 2 + 10 × 2 = £32.
    rest = {"amount": 10, "cashable": 0.5, "pool": "beds", "times": 2}
    values = [saving(**rest), saving(id="second", **rest)]
    case = read(small(costs=[outlay()], outcomes=[gain()], values=values))
    found = of_draws(case, {"values.gain-council-fiscal.cashable": [0.5, 1]}, 2)
    np.testing.assert_array_equal(found["council", "pv_cashable"], [20, 40])
    found = of_draws(case, {"values.gain-council-fiscal.amount": [10, 6]}, 2)
    np.testing.assert_array_equal(found["council", "pv_benefits"], [40, 24])


def test_a_rate_of_return_needs_no_flow_that_draws_change() -> None:
    # £100 paid at the start and £60 a year back in 2026 and 2027: only the discount rate is drawn, which moves no
    # undiscounted flow. MIRR at rate r: ((0 + 60/(1+r)) ÷ (1/(1+r)) ÷ 40)^(1/1) - 1, net flows being -40 and +60 with
    # both kinds at the start of their year: 60/40 - 1 = 50 %, whatever r. Over three years, the last nil, what comes
    # back is carried another year: (60 × (1+r) ÷ 40)^(1/2) - 1.
    values = [saving(amount=60)]
    plain = {"years": 3, "discount": 0.05}
    people = {"id": "residents", "name": "Residents", "referrals": 1, "from": 2026, "to": 2026}
    case = read(small(plain, groups=[people], costs=[outlay()], outcomes=[gain(duration=2)], values=values))
    rates = np.array([0.0, 0.05, 0.2])
    found = of_draws(case, {"settings.discount": rates}, 3)
    np.testing.assert_allclose(found["public_value", "mirr"], (60 * (1 + rates) / 40) ** 0.5 - 1, rtol=1e-12)
    np.testing.assert_allclose(found["public_value", "irr"], 0.5, rtol=1e-12)
    np.testing.assert_allclose(found["public_value", "npv"], 60 / (1 + rates) - 40, rtol=1e-12)


def test_a_measure_that_does_not_apply_is_no_number_in_that_draw_alone() -> None:
    # £100 paid once; £x to the council once. At x = 0 nothing comes back and no rate fits; the ratio is 0. With no cost
    # there is no ratio. Net cost to public budgets is 100 - x: at x = 150 it pays for itself, and no MVPF applies.
    case = read(small(costs=[outlay()], outcomes=[gain()], values=[saving()]))
    inputs = {"costs.outlay.amount": [100, 100, 0], "values.gain-council-fiscal.amount": [0, 150, 150]}
    found = of_draws(case, inputs, 3)
    np.testing.assert_array_equal(found["public_value", "bcr"], [0, 1.5, np.nan])
    np.testing.assert_array_equal(found["public_value", "npv"], [-100, 50, 150])
    np.testing.assert_array_equal(found["public_value", "payback_years"], [np.nan, 0, 0])
    np.testing.assert_array_equal(found["public_value", "mvpf"], [0, np.nan, np.nan])
    np.testing.assert_array_equal(found["budget", "mvpf"], [np.nan] * 3)
    np.testing.assert_array_equal(found["council", "net"], [-100, 50, 150])
    np.testing.assert_array_equal(found["gain", "pv"], [0, 150, 150])
    np.testing.assert_array_equal(found["gain", "quantity"], [1, 1, 1])


def test_a_sector_and_an_outcome_may_share_a_name() -> None:
    # £1 to the council for one unit of what is called council too
    outcome = gain(id="council")
    values = [saving(outcome="council", amount=7)]
    case = read(small(costs=[outlay()], outcomes=[outcome], values=values))
    found = of_draws(case, {"values.council-council-fiscal.amount": [7.0, 9.0]}, 2)
    np.testing.assert_array_equal(found["council", "pv_benefits"], [7, 9])
    np.testing.assert_array_equal(found["council", "pv"], [7, 9])


def test_lines_read_are_all_that_the_measures_need() -> None:
    case = read(everything())
    declared = declare(case)
    views = ["public_value", "budget", "cashable", "council", "falls"]
    lines = lines_read(declared, views, [*MEASURES, "pv_cashable", "quantity"])
    inputs = {"settings.discount": np.array([0.01, 0.04, 0.08]), "outcomes.falls.effect": np.array([0.1, 0.5, 0.9])}
    whole = evaluate(declared.model, inputs)
    part = compiled(declared.model, list(inputs), lines).of_width(3).run(inputs)
    for view in views[:3]:
        for name in MEASURES:
            mine = measured(declared, part, view, name, 3)
            np.testing.assert_array_equal(mine, measured(declared, whole, view, name))
    np.testing.assert_array_equal(
        measured(declared, part, "falls", "quantity"), measured(declared, whole, "falls", "quantity")
    )


def test_a_rate_of_return_alone_needs_no_discount_factors() -> None:
    declared = declare(read(everything()))
    assert lines_read(declared, ["budget"], ["irr", "mvpf"]) == (
        "budget.flow_at_start",
        "budget.flow_at_middle",
        "budget.flow_at_end",
        "budget.nil",
    )
    assert "timeline.standard_factor" in lines_read(declared, ["budget"], ["mirr"])


@pytest.mark.parametrize(
    ("view", "name", "said"),
    [
        ("bugdet", "npv", 'There is no view, sector or outcome called "bugdet". Did you mean "budget"?'),
        (
            "budget",
            "nvp",
            'There is no measure of a view called "nvp". Did you mean "npv"? There are: bcr, '
            "discounted_payback_years, irr, mirr, mvpf, npv, payback_years, pv_benefits, pv_costs.",
        ),
        (
            "council",
            "irr",
            'There is no measure of a sector called "irr". There are: bcr, net, npv, payback_years, pv_benefits, '
            "pv_cashable, pv_costs.",
        ),
        (
            "falls",
            "npv",
            'There is no measure of an outcome called "npv". Did you mean "pv"? There are: cost_per_outcome, pv, '
            "quantity.",
        ),
    ],
)
def test_what_there_is_no_measure_of(view: str, name: str, said: str) -> None:
    declared = declare(read(everything()))
    with pytest.raises(CaseError) as refused:
        measured(declared, evaluate(declared.model), view, name)
    assert str(refused.value) == f"{said}\n1 problem."


def test_a_measure_that_nothing_has() -> None:
    with pytest.raises(CaseError) as refused:
        lines_read(declare(read(everything())), ["budget"], ["nvp"])
    assert str(refused.value) == (
        'There is no measure called "nvp". Did you mean "npv"? There are: bcr, cost_per_outcome, '
        "discounted_payback_years, irr, mirr, mvpf, net, npv, payback_years, pv, pv_benefits, pv_cashable, pv_costs, "
        "quantity.\n1 problem."
    )
