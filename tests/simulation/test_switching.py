"""Switching values against closed forms: where net present value is nil can be written down."""

from __future__ import annotations

from typing import Any

import pytest

import sroi
from sroi.errors import CaseError
from sroi.reading import read
from sroi.simulation import SwitchingValue, movables, switching
from tests.projection.small import case as small
from tests.projection.small import gain, outlay, saving
from tests.simulation.test_reach import LAG, lagged
from tests.simulation.turning import AMOUNT, COST, DEADWEIGHT, EFFECT, plain, uniform
from tests.simulation.typed import typed


def found(case: Any, ref: str, view: str = "public_value", measure: str = "npv") -> SwitchingValue:
    return switching(case, view, measure, [ref]).numbers[0]


@pytest.mark.parametrize(
    ("ref", "below", "above"),
    [
        (EFFECT, 1.25, None),  # x × 0.8 × 100 = 100
        (DEADWEIGHT, None, 0.5),  # 2 × (1 - x) × 100 = 100
        (AMOUNT, 62.5, None),  # 1.6 × x = 100
        (COST, None, 160.0),  # x = 160
        ("outcomes.gain.attribution", None, 0.375),  # 160 × (1 - x) = 100
        ("outcomes.gain.optimism", None, 0.375),  # blank: no optimism
        ("values.gain-council-fiscal.times", 0.625, None),  # blank: 1; 160 × x = 100
        ("costs.outlay.optimism", None, 0.6),  # 100 × (1 + x) = 160
        ("groups.residents.referrals", 0.625, None),  # of one person: 160 × x = 100
        ("groups.residents.engagement", 0.625, None),
        ("outcomes.gain.lag", None, 5.0),  # in the fifth year after 2026 the case is over, and nothing comes back
    ],
)
@pytest.mark.parametrize("measure", ["npv", "bcr"])
@pytest.mark.parametrize("view", ["public_value", "budget"])
def test_a_number_in_which_net_value_is_linear(
    ref: str, below: float | None, above: float | None, view: str, measure: str
) -> None:
    number = found(plain(), ref, view, measure)
    assert number.below == (None if below is None else pytest.approx(below, rel=1e-9))
    assert number.above == (None if above is None else pytest.approx(above, rel=1e-9))
    assert (number.turns, number.reason, number.warning) == (1, "", "")


def test_the_sign_turns_at_the_value_said_when_it_is_typed_in() -> None:
    case = sroi.read("no-wrong-door")
    result = switching(case, "budget")
    turning = [number for number in result.numbers if number.nearest is not None]
    assert len(turning) > 10
    for number in turning[:6]:
        assert number.nearest is not None
        step = 1e-7 * (number.nearest - number.central)
        beyond, short = (
            sroi.project(typed(case, {number.ref: number.nearest + by})).views["budget"].npv for by in (step, -step)
        )
        assert (short > 0) == (result.npv > 0) != (beyond > 0)


def test_the_share_of_change_and_the_nearest() -> None:
    number = found(plain(), EFFECT)
    # from 2 to 1.25: 0.75 of 2 less
    assert number.share == pytest.approx(-0.375)
    assert (number.share_below, number.share_above) == (number.share, None)
    # no share of nought
    assert found(plain(), "outcomes.gain.attribution").share is None


@pytest.mark.parametrize(
    ("low", "high", "percentile", "inside"),
    [(1, 3, 0.125, True), (1.5, 2.5, 0.0, False)],  # (1.25 - 1) / (3 - 1); 1.25 lies below 1.5
)
def test_whether_it_lies_in_the_number_s_own_range(low: float, high: float, percentile: float, inside: bool) -> None:
    number = found(plain([uniform(EFFECT, low, high)]), EFFECT)
    assert number.percentile_below == pytest.approx(percentile, abs=1e-9)
    assert (number.percentile_above, number.in_range) == (None, inside)


def test_a_whole_number_lies_in_its_range_at_its_least_value_too() -> None:
    """By hand: £150 for an effect of £100 a year pays from the second year on, so that 1 of 1, 2, 3, 4, 5 turns it:
    one draw in five."""
    case = small(
        {"years": 8},
        costs=[outlay(amount=150)],
        outcomes=[gain(duration=3)],
        values=[saving(amount=100)],
        ranges=[uniform("outcomes.gain.duration", 1, 5)],
    )
    number = found(read(case), "outcomes.gain.duration")
    assert (number.below, number.in_range) == (1, True)
    assert number.percentile_below == pytest.approx(0.2, abs=1e-9)


def test_a_certain_number_has_no_range_to_lie_in() -> None:
    number = found(plain(), EFFECT)
    assert (number.percentile_below, number.percentile_above, number.in_range) == (None, None, None)


def rates(central: float) -> Any:
    """£100 paid in 2026, £230 back in 2027, £132 paid in 2028: (1.1 - y)(1.2 - y) × -100/y² at y = 1 + rate, so that
    net present value is nil at 10 % and at 20 %, over it between them."""
    costs = [outlay(), outlay(id="closing", amount=132, **{"from": 2028})]
    return read(small({"discount": central}, costs=costs, outcomes=[gain(lag=1)], values=[saving(amount=230)]))


def test_a_number_that_turns_it_on_either_side() -> None:
    number = found(rates(0.15), "settings.discount")
    assert number.below == pytest.approx(0.1, rel=1e-9)
    assert number.above == pytest.approx(0.2, rel=1e-9)
    assert number.turns == 2
    assert number.warning == "settings.discount: public_value npv turns 2 times between -0.1 and 1, at 0.1 and 0.2"


def test_a_number_that_turns_it_twice_on_one_side() -> None:
    result = switching(rates(0.05), refs=["settings.discount"])
    number = result.numbers[0]
    assert number.below is None
    assert number.above == pytest.approx(0.1, rel=1e-9)
    assert number.turns == 2
    assert result.warnings == ("settings.discount: public_value npv turns 2 times between -0.1 and 1, at 0.1 and 0.2",)


def test_no_value_within_its_bounds() -> None:
    # growth of a cost of the first year changes nothing
    number = found(plain(), "costs.outlay.growth")
    assert (number.below, number.above, number.nearest) == (None, None, None)
    assert number.reason == "no value within its bounds does"
    assert number.searched == ""


def test_a_number_without_an_end_is_looked_for_as_far_as_is_said() -> None:
    # £0.01 a unit: 1.6 × x = 100 at £62.50, 6,250 times as much
    number = found(plain(amount=0.01), AMOUNT)
    assert (number.nearest, number.reason, number.searched) == (
        None,
        "no value within its bounds does",
        "from -10 to 10",
    )
    # £0.10: 625 times as much
    number = found(plain(amount=0.1), AMOUNT)
    assert number.above == pytest.approx(62.5, rel=1e-9)
    assert number.searched == "from -100 to 100"


def test_a_number_at_nought_is_looked_for_as_far_as_a_thousand() -> None:
    # a cost of nothing: 160 - x
    number = found(plain(cost=0), COST)
    assert number.above == pytest.approx(160, rel=1e-9)
    assert (number.share, number.searched) == (None, "from 0 to 1000")


def test_what_is_nil_has_no_sign_to_turn() -> None:
    result = switching(plain(cost=160), refs=[EFFECT])
    assert (result.npv, result.numbers[0].reason) == (0.0, "net present value is nil as it is")


def test_capacity_that_closes_in_blocks_turns_it_at_a_block() -> None:
    # £1 a unit, blocks of 10: 25 free are 20, £20 - £15; below 20 they are 10, £10 - £15
    values = [saving(cashable=1, block=10)]
    case = read(small(costs=[outlay(amount=15)], outcomes=[gain(effect=25)], values=values))
    number = found(case, EFFECT, "cashable")
    assert number.below == pytest.approx(20, rel=1e-8)  # an exact multiple is a block, to a billionth of one


def test_a_lag_of_release_is_moved_without_a_range() -> None:
    # by hand in test_reach: £29, £21, £14 and £9 of cash at a lag of 0 to 3 years, against £12
    case = lagged(1, [])
    held = case.replace("costs.outlay.amount", 12)
    number = found(held, LAG, "cashable")
    assert (number.below, number.above) == (None, 3)
    assert number.searched == "up to 5 years, beyond which nothing changes"


def test_a_range_of_one_lag_does_not_stop_another_value() -> None:
    case = lagged(1, [{"ref": LAG, "low": 0, "high": 2}]).replace("costs.outlay.amount", 12)
    assert found(case, LAG, "cashable").above == 3


def test_every_number_that_is_stated_is_there_and_those_that_matter_at_their_defaults() -> None:
    numbers = {number.ref: number for number in switching(plain()).numbers}
    known = movables(plain())
    assert {ref for ref, number in known.items() if number.stated} <= set(numbers)
    assert not numbers["outcomes.gain.leakage"].stated
    assert "costs.outlay.growth" in known  # at its default, and changes nothing
    assert "costs.outlay.growth" not in numbers


def test_they_are_in_the_order_of_the_change_they_need() -> None:
    result = switching(plain(), refs=[COST, EFFECT, DEADWEIGHT, "outcomes.gain.leakage", "costs.outlay.growth"])
    # 37.5 % less effect; 60 % more cost; 0.5 of a deadweight of 0.2, 150 % more; of nought there is no share
    assert [number.ref for number in result.numbers] == [
        EFFECT,
        COST,
        DEADWEIGHT,
        "outcomes.gain.leakage",
        "costs.outlay.growth",
    ]


def test_a_pool_turns_with_its_first_row() -> None:
    # two rows of 1 unit each at £x against £100: x = 50
    values = [saving(amount=60, pool="beds"), saving(id="second", amount=60, pool="beds")]
    case = read(small(costs=[outlay()], outcomes=[gain()], values=values))
    assert found(case, AMOUNT).below == pytest.approx(50, rel=1e-9)
    with pytest.raises(CaseError) as refused:
        found(case, "values.second.amount")
    assert str(refused.value) == (
        'There is no number called "values.second.amount" that can be moved. It follows the first row of its pool: '
        f"move {AMOUNT}.\n1 problem."
    )


def test_an_option_seen_in_a_scenario() -> None:
    options = [{"name": "dear", "ref": COST, "value": 120}]
    scenarios = [{"name": "poor", "ref": AMOUNT, "value": 90}]
    data = small(costs=[outlay()], outcomes=[gain(effect=2)], values=[saving(amount=100)])
    case = read(data | {"options": options, "scenarios": scenarios})
    result = switching(case, refs=[EFFECT], option="dear", scenario="poor")
    # x × 90 = 120
    assert result.npv == 60
    assert result.numbers[0].below == pytest.approx(4 / 3, rel=1e-9)


def test_a_table_and_plain_numbers() -> None:
    result = switching(plain(), "council", "net", [EFFECT])
    held = result.to_dict()
    assert (held["view"], held["measure"], held["central"], held["npv"]) == ("council", "net", 60, 60)
    assert held["numbers"][0]["nearest"] == pytest.approx(1.25)
    assert list(result.table()["ref"]) == [EFFECT]
    assert switching(plain(), measure="bcr", refs=[EFFECT]).central == pytest.approx(1.6)


@pytest.mark.parametrize(
    ("view", "measure", "ref", "said"),
    [
        ("bugdet", "npv", EFFECT, 'There is no view, sector or outcome called "bugdet". Did you mean "budget"?'),
        ("budget", "irr", EFFECT, 'There is no switching value of "irr" of budget. There are: bcr, npv.'),
        ("gain", "npv", EFFECT, 'There is no switching value of "npv" of gain. Ask for that of a view or a sector.'),
        (
            "budget",
            "npv",
            "outcomes.gain.efect",
            'There is no number called "outcomes.gain.efect" that can be moved. Did you mean "outcomes.gain.effect"?',
        ),
    ],
)
def test_what_there_is_no_switching_value_of(view: str, measure: str, ref: str, said: str) -> None:
    with pytest.raises(CaseError) as refused:
        found(plain(), ref, view, measure)
    assert str(refused.value) == f"{said}\n1 problem."


def test_an_option_that_is_not_there() -> None:
    with pytest.raises(CaseError, match='There is no option called "dear"'):
        switching(plain(), option="dear")
