"""Value beyond the horizon, by hand (method § 4): in no total, beside the result."""

from __future__ import annotations

import pytest

from sroi.projection import project
from sroi.reading import read
from tests.projection.small import GROUPS, case, gain, outlay, projected, saving

FLAT = {"years": 1, "discount": 0.1}


def test_people_already_started_bring_what_they_still_bring() -> None:
    """One person gains £100 in 2026, 2027 and 2028; the case ends after 2026: 100/1.1 + 100/1.21."""
    result = projected(FLAT, outcomes=[gain(duration=3)], values=[saving(amount=100, cashable=0.5)])
    beyond = {view: found.beyond_horizon for view, found in result.views.items()}
    assert beyond["public_value"].benefits == pytest.approx(100 / 1.1 + 100 / 1.21, rel=1e-12)
    assert beyond["budget"].benefits == pytest.approx(100 / 1.1 + 100 / 1.21, rel=1e-12)
    assert beyond["cashable"].benefits == pytest.approx(50 / 1.1 + 50 / 1.21, rel=1e-12)
    assert beyond["public_value"].costs == 0
    assert result.views["public_value"].pv_benefits == 100


def test_people_still_served_still_cost() -> None:
    """A stay of 2.5 years at £10 a person-year: 10 within the case, then 10/1.1 and half of 10/1.21."""
    cost = outlay(basis="per_person_year", amount=10, group="residents")
    group = GROUPS[0] | {"stay_years": 2.5}
    result = projected(FLAT, groups=[group], costs=[cost])
    assert result.views["budget"].beyond_horizon.costs == pytest.approx(10 / 1.1 + 5 / 1.21, rel=1e-12)
    ended = projected(FLAT | {"years": 2}, groups=[group], costs=[cost | {"to": 2026}])
    assert ended.views["budget"].beyond_horizon.costs == 0


def test_costs_of_the_service_itself_end_with_the_case() -> None:
    """Nobody new starts: what is paid by the year, once, or for people coming in is not paid beyond."""
    costs = [outlay(id="rent", basis="per_year"), outlay(id="once"),
             outlay(id="forms", basis="per_referral", group="residents")]  # fmt: skip
    result = projected(FLAT, groups=[GROUPS[0] | {"stay_years": 3}], costs=costs)
    assert result.views["public_value"].beyond_horizon.costs == 0


@pytest.mark.parametrize(("amounts", "each"), [({2026: 70, 2027: 90}, 90), ({2026: 70}, 0)])
def test_the_last_year_of_a_profile_carries_on(amounts: dict[int, float], each: float) -> None:
    """Years left out of a profile are 0, the last one too."""
    outcomes = [gain(duration=4)]
    result = projected(FLAT | {"years": 2}, outcomes=outcomes, values=[saving(amount=amounts)])
    beyond = result.views["public_value"].beyond_horizon.benefits
    assert beyond == pytest.approx(each / 1.21 + each / 1.331, rel=1e-12)


def test_growth_and_drop_off_go_on() -> None:
    """£100 growing 3 % a year and fading by half a year: 100 × 1.03 × ½ / 1.1 in the one year beyond."""
    result = projected(FLAT, outcomes=[gain(duration=2, drop_off=0.5)], values=[saving(amount=100, growth=0.03)])
    assert result.views["public_value"].beyond_horizon.benefits == pytest.approx(100 * 1.03 * 0.5 / 1.1, rel=1e-12)


def test_a_schedule_that_ends_says_why_there_is_no_value() -> None:
    bands = [{"schedule": "short", "from_year": 0, "to_year": 3, "rate_percent": 3.5}]
    result = projected(
        {"years": 2, "discount": "short"}, outcomes=[gain(duration=9)], values=[saving()], schedules=bands
    )
    held = result.to_dict()["views"]["public_value"]["beyond_horizon"]
    why = 'the discount schedule "short" ends before the last person\'s effect does'
    assert held == {"benefits": None, "costs": None, "reasons": {"benefits": why, "costs": why}}


def test_effects_without_end_are_not_followed_for_ever() -> None:
    result = projected(FLAT, outcomes=[gain(duration=1000)], values=[saving()])
    beyond = result.views["public_value"].beyond_horizon
    assert (beyond.benefits, beyond.reason) == (None, "effects last more than 400 years beyond the horizon")


@pytest.mark.parametrize("settings", [{}, {"later_inflation": 0.02}])
def test_an_index_that_prices_what_lies_beyond_is_in_the_hash(settings: dict[str, float]) -> None:
    """§ 1: `nominal` is divided by the index of its year. Two years from 2020, an effect of three: £100 paid in 2022/23
    is £100 × index of the base / index of 2022/23; of an index ten times as high, a tenth."""
    found = []
    for index in (50, 500):
        held = read(
            case(
                {"first_year": 2020, "years": 2, "price_base": "2020/21", **settings},
                groups=[{"id": "residents", "referrals": 1, "from": 2020, "to": 2020}],
                outcomes=[gain(duration=3)],
                values=[saving(amount=100, price_year="nominal")],
                deflators=[{"year": "2022/23", "index": index}],
            )
        )
        found.append((held.inputs_sha256, project(held).views["public_value"].beyond_horizon.benefits))
    (low, less), (high, more) = found
    assert less == pytest.approx(10 * (more or 0), rel=1e-12)
    assert low != high


def test_nominal_sums_beyond_the_index_have_no_value_there() -> None:
    """2022/23 and 2023/24 are held, 2024/25 is not."""
    group = {"id": "residents", "referrals": 1, "from": 2022, "to": 2022}
    settings = {"first_year": 2022, "years": 2, "price_base": "2023/24"}
    values = [saving(price_year="nominal")]
    result = projected(settings, groups=[group], outcomes=[gain(duration=3)], values=values)
    beyond = result.views["public_value"].beyond_horizon
    assert (beyond.benefits, beyond.reason) == (None, "there is no price index for nominal sums after the horizon")
