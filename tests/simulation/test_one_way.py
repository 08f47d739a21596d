"""One and two numbers at a time, by hand: percentiles of uniform ranges, net value a product less a cost."""

from __future__ import annotations

import json

import numpy as np
import pytest

import sroi
from sroi.errors import CaseError
from sroi.reading import read
from sroi.simulation import grid, one_way
from sroi.simulation.distributions import distributions
from tests.projection.small import case as small
from tests.projection.small import gain, outlay, saving
from tests.simulation.turning import AMOUNT, COST, DEADWEIGHT, EFFECT, plain, uniform
from tests.simulation.typed import typed

RANGES = [uniform(COST, 80, 180), uniform(EFFECT, 1, 3)]


def test_each_number_at_its_5th_and_95th_percentile_the_widest_first() -> None:
    # effect 1.1 and 2.9: 80 × effect - 100 = -12 and 132. Cost 85 and 175: 160 - cost = 75 and -15.
    found = one_way(plain(RANGES))
    assert (found.central, found.not_applicable) == (60, 0)
    effect, cost = found.bars
    assert (effect.ref, effect.central_value, cost.ref) == (EFFECT, 2, COST)
    near = [effect.low_value, effect.high_value, effect.low, effect.high, effect.width]
    np.testing.assert_allclose(np.array(near, dtype=float), [1.1, 2.9, -12, 132, 144], rtol=1e-9)
    near = [cost.low_value, cost.high_value, cost.low, cost.high, cost.width]
    np.testing.assert_allclose(np.array(near, dtype=float), [85, 175, 75, -15, 90], rtol=1e-9)


@pytest.mark.parametrize(
    ("view", "measure", "low", "high"),
    [
        ("public_value", "bcr", 0.88, 2.32),  # 80 × effect ÷ 100
        ("council", "pv_benefits", 88, 232),
        ("council", "net", -12, 132),
        ("gain", "quantity", 0.88, 2.32),  # effect × 0.8
        ("health", "pv_costs", 0, 0),
    ],
)
def test_any_measure_of_any_view_sector_or_outcome(view: str, measure: str, low: float, high: float) -> None:
    (bar,) = one_way(plain(RANGES), view, measure, [EFFECT]).bars
    np.testing.assert_allclose([bar.low or 0.0, bar.high or 0.0], [low, high], rtol=1e-9)


def test_an_end_at_which_the_measure_does_not_apply_is_counted_and_kept_last() -> None:
    # £100 paid at once and less back: it never pays back at an effect of 1.1 or a cost of 175; and all at one date, so
    # that it does at once elsewhere
    found = one_way(plain([*RANGES, uniform(DEADWEIGHT, 0.1, 0.3)]), measure="payback_years")
    assert (found.central, found.not_applicable) == (0, 2)
    assert [(bar.ref, bar.low, bar.high, bar.width) for bar in found.bars] == [
        (DEADWEIGHT, 0.0, 0.0, 0.0),
        (COST, 0.0, None, None),
        (EFFECT, None, 0.0, None),
    ]
    table = found.table()
    assert table["width"].isna().sum() == 2
    assert json.loads(json.dumps(found.to_dict()))["not_applicable"] == 2


def test_a_case_without_ranges_has_no_bars() -> None:
    found = one_way(plain())
    assert (found.bars, found.central, len(found.table())) == ((), 60, 0)
    assert "width" in found.table().columns


def test_numbers_are_moved_one_at_a_time_and_that_is_said() -> None:
    assert one_way(plain(RANGES)).to_dict()["said"] == (
        "each number is moved by itself, the rest at their central values, whether or not it is correlated with others"
    )


def test_bars_of_a_shipped_case_are_what_is_typed() -> None:
    case = sroi.read("no-wrong-door")
    found = one_way(case, "budget", "npv", option="preferred")
    seen = case.seen("preferred")
    assert len(found.bars) == len(distributions(seen))
    for bar in (*found.bars[:2], found.bars[-1]):
        ends = [sroi.project(typed(seen, {bar.ref: at})).views["budget"].npv for at in (bar.low_value, bar.high_value)]
        np.testing.assert_allclose([bar.low or np.nan, bar.high or np.nan], ends, rtol=1e-9)


def test_the_first_row_of_a_pool_moves_the_others() -> None:
    # two rows of 1 unit at £60 each: at £43 and £77, 2 × 43 - 100 and 2 × 77 - 100
    values = [saving(amount=60, pool="beds"), saving(id="second", amount=60, pool="beds")]
    ranges = [uniform(AMOUNT, 41.111111111111114, 78.88888888888889)]
    case = read(small(costs=[outlay()], outcomes=[gain()], values=values, ranges=ranges))
    (bar,) = one_way(case).bars
    np.testing.assert_allclose([bar.low or np.nan, bar.high or np.nan], [-14, 54], rtol=1e-9)


def test_a_grid_of_values_given() -> None:
    found = grid(plain(), EFFECT, AMOUNT, [1, 2], [50, 100, 200])
    # 0.8 × effect × amount - 100
    assert np.array(found.results) == pytest.approx(np.array([[-60, -20, 60], [-20, 60, 220]]))
    assert (found.central, found.not_applicable) == (60, 0)
    table = found.table()
    assert list(table.columns) == ["first", "second", "npv"]
    assert table.iloc[1].tolist() == pytest.approx([1, 100, -20])
    assert json.loads(json.dumps(found.to_dict()))["refs"] == [EFFECT, AMOUNT]


def test_a_grid_of_percentiles() -> None:
    found = grid(plain(RANGES), EFFECT, COST, points=3, measure="bcr")
    np.testing.assert_allclose(found.first, [1.1, 2, 2.9], rtol=1e-9)
    np.testing.assert_allclose(found.second, [85, 130, 175], rtol=1e-9)
    wanted = [[80 * effect / cost for cost in (85, 130, 175)] for effect in (1.1, 2, 2.9)]
    np.testing.assert_allclose(np.array(found.results, dtype=float), wanted, rtol=1e-9)
    assert grid(plain(RANGES), EFFECT, COST, points=1).first == pytest.approx((2,))


def test_a_grid_counts_where_the_measure_does_not_apply() -> None:
    found = grid(plain(), COST, EFFECT, [0, 100], [1, 2], measure="bcr")
    assert found.results[0] == (None, None)
    assert found.not_applicable == 2


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"second": EFFECT}, f"A grid is of two numbers, and {EFFECT} is named twice. Name another."),
        ({"second_values": []}, "A grid has at least one value of each number. Give some, or points."),
        ({"points": 0}, "A grid has at least one value of each number. Give some, or points."),
        (
            {"second": DEADWEIGHT, "second_values": [0.5, 1.5]},
            f"{DEADWEIGHT}: Deadweight must be between -5 and 1; found 1.5.",
        ),
        ({"second": COST, "second_values": [-1]}, f"{COST}: Amount must be 0 or more; found -1."),
        (
            {"second": "outcomes.gain.lag", "second_values": [0.5]},
            "outcomes.gain.lag: Lag takes whole numbers only; found 0.5.",
        ),
        (
            {"second_values": None},
            f"values[0].amount: {AMOUNT} has no range. Give it a row in Ranges, or the values that it should take.",
        ),
        (
            {"second_values": [1.0] * 1000, "first_values": [1.0] * 1000},
            "A grid has at most 100,000 pairs; found 1,000,000. Ask for fewer values.",
        ),
        ({"measure": "nvp"}, 'There is no measure of a view called "nvp". Did you mean "npv"? There are: bcr, '
         "discounted_payback_years, irr, mirr, mvpf, npv, payback_years, pv_benefits, pv_costs."),
        (
            {"first": "outcomes.gian.effect"},
            'There is no number called "outcomes.gian.effect" that can be moved. Did you mean "outcomes.gain.effect"?',
        ),
    ],
)  # fmt: skip
def test_what_a_grid_cannot_be_of(asked: dict[str, object], said: str) -> None:
    whole: dict[str, object] = {"first": EFFECT, "second": AMOUNT, "first_values": [1], "second_values": [50]}
    with pytest.raises(CaseError) as refused:
        grid(plain(), **{**whole, **asked})  # type: ignore[arg-type]
    assert str(refused.value) == f"{said}\n1 problem."


def test_a_tornado_is_of_numbers_that_have_a_range() -> None:
    with pytest.raises(CaseError) as refused:
        one_way(plain(RANGES), refs=[AMOUNT])
    assert str(refused.value) == (
        f"values[0].amount: {AMOUNT} has no range. Give it a row in Ranges, or the values that it should take.\n"
        "1 problem."
    )


def test_an_outcome_that_is_the_same_every_year_is_added_over_them() -> None:
    """By hand: one person referred in each of five years, effect 0.5 for a year: 2.5 in all; at 0.4 and 0.6, of which
    the middle nine tenths of an even spread are 0.41 to 0.59, 2.05 and 2.95."""
    groups = [{"id": "residents", "name": "Residents", "referrals": 1, "from": 2026, "to": 2030}]
    made = small({}, groups=groups, costs=[outlay()], outcomes=[gain(effect=0.5)], values=[saving()])
    bar = one_way(read(made | {"ranges": [uniform("outcomes.gain.effect", 0.4, 0.6)]}), "gain", "quantity").bars[0]
    assert bar.low == pytest.approx(2.05)
    assert bar.high == pytest.approx(2.95)


def test_flows_that_are_the_same_every_year_have_a_rate() -> None:
    """A pound paid at the start of every year for £1.10 to £1.30 at its end: 10 % to 30 % a year."""
    groups = [{"id": "residents", "name": "Residents", "referrals": 1, "from": 2026, "to": 2030}]
    costs = [outlay(basis="per_year", amount=1)]
    made = small({"benefit_timing": "end"}, groups=groups, costs=costs, outcomes=[gain(effect=1.2)], values=[saving()])
    ranges = [uniform("outcomes.gain.effect", 1.1, 1.3)]
    found = sroi.simulate(read(made | {"ranges": ranges}), draws=64, also=("irr",)).measures["public_value", "irr"]
    assert 0.1 < found.min() < 0.11
    assert 0.29 < found.max() < 0.3
