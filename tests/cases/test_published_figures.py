"""The figures on record for No Wrong Door, for Norfolk's claim and for the trial of family group conferences: each is
projected on a case that ships, or in one of its scenarios.

The record is `no_wrong_door` (`expected_checks`), `no_wrong_door_norfolk` and, of the comparators, `fgc_rct` in
`programmes.yaml`; its figures stand in the comments, with the sum that makes each. Tolerance: half a unit of the last
digit on record. Where the record is in other prices than the case, the engine's sum is brought back by the index.
"""

from __future__ import annotations

import pytest

import sroi
from sroi import library
from sroi.projection import Result

PUBLISHED, NORFOLK, TRIAL = "no-wrong-door-published", "norfolk-new-roads", "family-group-conference"
CARE_YEAR = 51_080
"""The Unit Cost Database's price of a year in care, 2013/14."""


def projected(case_id: str, scenario: str | None = None) -> Result:
    return sroi.project(sroi.read(case_id), scenario=scenario)


def said(case_id: str) -> str:
    summary = sroi.read(case_id).about.summary
    assert summary is not None
    return summary


def total(result: Result, line: str) -> float:
    return float(sum(result.evaluation.row(line)))


def prices(quoted: str, base: str) -> float:
    return library.deflator(base).index / library.deflator(quoted).index


def net(result: Result) -> float:
    return result.views["public_value"].npv


@pytest.mark.parametrize("case_id", [PUBLISHED, NORFOLK, TRIAL])
def test_the_case_opens_with_what_is_known_judged_and_missing(case_id: str) -> None:
    opening = library.case_path(case_id, "yaml").read_text("utf-8").split("about:")[0]
    assert "# Known: " in opening
    assert "# Judged: " in opening
    assert "# Missing, and so left out: " in opening
    text = said(case_id)
    assert text.index("Known: ") < text.index("Judged: ") < text.index("Missing, and so left out")
    assert "no finding" in text.lower()


# ------------------------------- No Wrong Door in North Yorkshire: expected_checks


def test_missing_episodes_at_their_word_and_on_the_county_s_trend() -> None:
    # On record: 503 - 253 = 250; on the trend 503 would have become 309, and 309 - 253 = 56.
    assert total(projected(PUBLISHED), "missing.quantity") == pytest.approx(250)
    assert total(projected(PUBLISHED, "county-trend"), "missing.quantity") == pytest.approx(56)


@pytest.mark.parametrize(("scenario", "value"), [("missing-lowest", 74_200), ("missing-highest", 603_750)])
def test_missing_episodes_are_worth_between(scenario: str, value: float) -> None:
    # On record, in prices of 2012: 56 x 1,325 = 74,200 and 250 x 2,415 = 603,750. Nothing else counts there.
    result = projected(PUBLISHED, scenario)
    benefits = result.views["public_value"].pv_benefits
    assert benefits / prices("2012", "2013/14") == pytest.approx(value, abs=0.5)
    assert result.sectors["police"].pv_benefits == benefits
    assert f"£{value:,}" in said(PUBLISHED)


def test_the_care_years_that_would_pay_for_it() -> None:
    # On record: 119.42, gross: (2.1m + 4.0m) / 51,080 = 119.4205. As it stands: what was spent over what the engine
    # makes of a care year; and in the scenario, that many years, and nothing over.
    result = projected(PUBLISHED)
    spent = result.views["public_value"].pv_costs
    care_year = total(result, "care-childrens-services-fiscal.value") / total(result, "care.quantity")
    assert spent == 2_100_000 + 4_000_000
    assert care_year == pytest.approx(CARE_YEAR)
    assert spent / care_year == pytest.approx(119.42, abs=0.005)
    even = projected(PUBLISHED, "break-even")
    assert total(even, "care-needed.quantity") == pytest.approx(119.42, abs=0.005)
    assert abs(net(even)) < 0.005 * CARE_YEAR  # what the rounding of 119.42 leaves
    assert "119.42 years in care" in said(PUBLISHED)


def test_the_published_figures_at_their_word() -> None:
    """By hand: 84 fewer in five years, evenly: 16.8 + 33.6 = 50.4 care years, and 250 episodes at 1,870 of 2012."""
    result = projected(PUBLISHED)
    assert total(result, "care.quantity") == pytest.approx(84 / 5 + 2 * 84 / 5)
    worth = 50.4 * CARE_YEAR + 250 * 1870 * prices("2012", "2013/14")
    assert result.views["public_value"].pv_benefits == pytest.approx(worth)
    assert f"return £{worth / 6_100_000:.2f} per £1" in said(PUBLISHED)
    # 81 % off, or 69 % on, by what care would have been: (468 - 400) / 84 and (468 - 526) / 84
    for scenario, kept in (("care-falls-anyway", 1 - 68 / 84), ("national-rise", 1 + 58 / 84)):
        assert total(projected(PUBLISHED, scenario), "care.quantity") == pytest.approx(50.4 * kept, abs=0.05)


# ------------------------------- New Roads in Norfolk


def test_norfolk_s_claim_at_its_word() -> None:
    # On record: 35m / 395 = 88,607.59 a child; 35m / (5m + 4m) = 3.8889.
    result = projected(NORFOLK)
    view = result.views["public_value"]
    assert view.pv_benefits == pytest.approx(35_000_000, abs=0.5)
    assert view.pv_costs == 9_000_000
    assert total(result, "avoided.quantity") == 395
    assert view.pv_benefits / total(result, "avoided.quantity") == pytest.approx(88_607.59, abs=0.005)
    assert view.bcr == pytest.approx(3.8889, abs=0.00005)
    assert "£88,608 a child" in said(NORFOLK)
    assert "£3.89 for each £1" in said(NORFOLK)


def test_the_share_of_norfolk_s_claim_that_would_have_to_be_true() -> None:
    # On record: 9 / 35 = 0.2571, as it stands by the two present values, and in the scenario by what is left there.
    claim, even = projected(NORFOLK), projected(NORFOLK, "break-even")
    view = claim.views["public_value"]
    assert view.pv_costs / view.pv_benefits == pytest.approx(0.2571, abs=0.00005)
    kept = total(even, "avoided.quantity") / total(claim, "avoided.quantity")
    assert kept == pytest.approx(0.2571, abs=0.00005)
    assert abs(net(even)) < 0.000005 * 35_000_000  # what the rounding of the share leaves
    assert "were 26% of the avoided costs" in said(NORFOLK)
    # Hoped for at the start (press): almost 13m, over 9m
    hoped = projected(NORFOLK, "as-hoped").views["public_value"]
    assert hoped.pv_benefits == pytest.approx(13_000_000, abs=0.5)
    assert "£1.44" in said(NORFOLK)
    assert hoped.bcr == pytest.approx(13 / 9)
    assert projected(NORFOLK, "none-of-it").views["public_value"].pv_benefits == 0


# ------------------------------- Family group conferences


def test_the_trial_s_difference_ratio_and_number_needed() -> None:
    """On record: 0.448 - 0.362 = 0.086; 0.362 / 0.448 = 0.80804; 1 / 0.086 = 11.628. Of what care would cost those
    referred without a conference (`failure`), the ratio is what is left."""
    result = projected(TRIAL)
    referred, fewer = total(result, "children.referrals"), total(result, "care.quantity")
    assert fewer / referred == pytest.approx(0.086, abs=0.0005)
    assert referred / fewer == pytest.approx(11.628, abs=0.0005)
    without = total(result, "care-childrens-services-fiscal.failure")
    left = 1 - total(result, "care-childrens-services-fiscal.value") / without
    assert left == pytest.approx(0.80804, abs=0.000005)
    assert without / referred == pytest.approx(0.448 * CARE_YEAR * prices("2013/14", "2023/24"))


@pytest.mark.parametrize(
    ("scenario", "care_years", "words"),
    [
        (None, (1,), "spared £5,591 for each"),
        ("two-years", (1, 1), "the most is £10,994 after two"),
        ("three-years", (1, 1, 1), "if three, £16,214 after three"),
        ("days-in-care", (28 / 365.25 / 0.086,), "£4,984"),
    ],
)  # fmt: skip
def test_what_a_conference_could_cost_at_most(scenario: str | None, care_years: tuple[float, ...], words: str) -> None:
    # By hand: 0.086 of a care year in 2023/24 prices, complete at the year's end: over 1.035, its square, its cube.
    result = projected(TRIAL, scenario)
    each = 0.086 * CARE_YEAR * prices("2013/14", "2023/24")
    most = sum(each * years / 1.035 ** (t + 1) for t, years in enumerate(care_years))
    view = result.views["budget"]
    assert view.pv_benefits / 100 == pytest.approx(most, rel=5e-5)
    assert words in said(TRIAL)
    assert f"£{view.pv_benefits / 100:,.0f}" in words


def test_what_a_conference_costs_is_not_held() -> None:
    case = sroi.read(TRIAL)
    assert case.costs == ()
    assert "(no cost is held)" in case.about.title
    assert "no cost row and no ratio, and every net value here is before that cost" in said(TRIAL)
    result = sroi.project(case)
    assert result.views["public_value"].bcr is None
    # 60 % of 5,591
    assert "£3,355 of it" in said(TRIAL)
    assert result.views["cashable"].pv_benefits / 100 == pytest.approx(3355, abs=0.5)
