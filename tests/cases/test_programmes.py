"""Three cases after real programmes: what is on record of each is computed by the engine from the case as it stands, or
in one of its scenarios.

The numbers on record stand in the comments with their marks: V read, D derived, R recalled, J judgement, S press.
Inputs are not asserted one by one, but for those which the record gives with a range. Two things on record are in no
test: what the service in West London costs is not public, so the £390 a person of the case is a judgement; and no
count of what Big Picture Learning changed was found, so its effects are judgements too.
"""

from __future__ import annotations

from typing import Any

import pytest
import yaml

import sroi
from sroi import library
from sroi.projection import Result

CARE, LIVES, LEARNING = "my-care-my-way", "complex-lives", "big-picture-learning"
AGENCIES = {"council": 0.38, "nhs": 0.22, "dwp": 0.16, "police-justice": 0.24}
"""Shares of public spending, D: 6.4, 3.7, 2.7 and 4.2 of £17bn."""
SPENDING = ("first-year", "second-year", "later-years")


def projected(case_id: str, option: str | None = None, scenario: str | None = None) -> Result:
    return sroi.project(sroi.read(case_id), option, scenario)


def plain(case_id: str) -> dict[str, Any]:
    """The case's tables, to be changed."""
    loaded: dict[str, Any] = yaml.safe_load(library.case_path(case_id, "yaml").read_text("utf-8"))
    return loaded


def ranged(case_id: str, ref: str) -> tuple[float, float]:
    """The low and the high of a number."""
    found = next(row for row in sroi.read(case_id).ranges if row.ref == ref)
    assert found.low is not None
    assert found.high is not None
    return found.low, found.high


def row(result: Result, line: str) -> list[float]:
    return [float(number) for number in result.evaluation.row(line)]


def prices(quoted: str, base: str = "2023/24") -> float:
    return library.deflator(base).index / library.deflator(quoted).index


def said(case_id: str) -> str:
    summary = sroi.read(case_id).about.summary
    assert summary is not None
    return summary


@pytest.mark.parametrize("case_id", [CARE, LIVES, LEARNING])
def test_the_case_opens_with_what_is_known_judged_and_missing(case_id: str) -> None:
    """In its summary and in the first lines of its text; and says that it is no finding."""
    opening = library.case_path(case_id, "yaml").read_text("utf-8").split("about:")[0]
    for words in ("Known:", "Judged:", "Missing, and so left out:"):
        assert words in opening
        assert words in said(case_id)
    assert "No finding about any real place" in said(case_id)


@pytest.mark.parametrize("case_id", [CARE, LIVES, LEARNING])
def test_every_option_in_every_scenario_passes_its_checks(case_id: str) -> None:
    case = sroi.read(case_id)
    for scenario in (None, *case.scenario_names):
        for option in (None, *case.option_names):
            assert not sroi.project(case, option, scenario).failed


@pytest.mark.parametrize(
    ("case_id", "scenario", "words"),
    [
        (CARE, None, "£1 returns £0.06 ("),
        (CARE, "cheap", "£0.25 were the cost £100 a person"),
        (CARE, "wellbeing-counted", "would make it £1.99"),
        (LIVES, None, "£1 returns £0.11 of public value"),
        (LIVES, "as-judged", "£0.27 with nothing off for weak evidence"),
        (LIVES, "wellbeing-counted", "£0.39 if half a point"),
        (LEARNING, None, "£1 returns £0.22;"),
        (LEARNING, "as-judged", "£0.35 with nothing off for weak evidence"),
        (LEARNING, "none-elsewhere", "£0.02 if nobody"),
        (LEARNING, "all-elsewhere", "£0.43 if everyone"),
    ],
)
def test_the_summary_says_what_the_engine_finds(case_id: str, scenario: str | None, words: str) -> None:
    """A figure in a summary is this engine's own on the day it was written: here it is held to that."""
    assert words in said(case_id)
    ratio = projected(case_id, scenario=scenario).views["public_value"].bcr
    assert ratio is not None
    assert f"£{ratio:.2f}" in words


# Integrated care for people aged 65 and over


def test_a_fifth_of_people_take_four_fifths_of_spending() -> None:
    """On record: 0.782, from tiers J: (0.15 × 9,000 + 0.05 × 25,000) / (0.5 × 250 + 0.3 × 2,000 + those), which is
    2,600 / 3,325."""
    now = projected(CARE, scenario="today")
    spent = [row(now, f"spend-{tier}-health-and-care-fiscal.failure")[0] for tier in range(4)]
    people = [row(now, f"tier-{tier}.engaged")[0] for tier in range(4)]
    assert sum(people[2:]) / sum(people) == pytest.approx(0.2)
    assert sum(spent[2:]) / sum(spent) == pytest.approx(0.782, abs=0.0005)
    assert now.failure["health-and-care"][0] == pytest.approx(1000 * 3325)
    assert now.views["public_value"].pv_costs == now.views["public_value"].pv_benefits == 0


def test_admissions_are_centred_on_no_effect() -> None:
    """On record: 0, from -0.10 to 0.10 (V for the centre, J for the width). And delay: 2 weeks, 0 to 8 (J)."""
    result = projected(CARE)
    for tier in (2, 3):
        assert row(result, f"admissions-{tier}-icb-fiscal.value") == [0] * 5
        assert ranged(CARE, f"outcomes.admissions-{tier}.effect") == (-0.1, 0.1)
        assert float(result.evaluation.number(f"care-home-{tier}.gross")) == 2
        assert ranged(CARE, f"outcomes.care-home-{tier}.effect") == (0, 8)
    # Either way, 10 % of 0.4 × 150 and of 1.2 × 50 episodes a year, £1,542 each: a fall takes the grade's 10 % off, a
    # rise adds it.
    year = 0.1 * (0.4 * 150 + 1.2 * 50) * 1542 * prices("2013/14")
    at_rest = row(result, "public_value.benefits")[0]
    for scenario, change in (("admissions-fall", 0.9 * year), ("admissions-rise", -1.1 * year)):
        assert row(projected(CARE, scenario=scenario), "public_value.benefits")[0] - at_rest == pytest.approx(change)


def test_what_care_put_off_pays_for() -> None:
    """The summary: most goes to the council; the service pays for itself only at about £25 a person a year. By
    hand: 200 people a year, 21 weeks put off (2 × (0.03 × 150 + 0.12 × 50)), halved by the grade."""
    assert "only where it costs about £25 a person a year" in said(CARE)
    result = projected(CARE)
    week = 0.7 * 538.23 + 0.3 * (533.83 + 109.79) - 192.83
    saved = 21 / 2 * week * prices("2013/14")
    assert row(result, "public_value.benefits")[0] == pytest.approx(saved)
    # Benefits fall at the end of a year and costs at its start: a year's discount, 3.5 %.
    assert saved / 200 / 1.035 == pytest.approx(25, abs=0.5)
    assert result.sectors["council"].pv_benefits / result.views["public_value"].pv_benefits > 0.9


# Adults with complex lives


def changed(result: Result) -> list[float]:
    """The change in public spending in each year that the tables state, before regression to the mean and optimism, in
    person-years of spending; more is above nil."""
    found = [0.0] * len(result.years)
    for outcome in SPENDING:
        gross = float(result.evaluation.row(f"{outcome}.gross")[0])
        found = [sum_ - gross * n for sum_, n in zip(found, row(result, f"{outcome}.in_force"), strict=True)]
    return found


def test_spending_by_year_since_the_start() -> None:
    """On record: +5 % in year 1 (V for the sign), -15 % in year 2, -20 % from year 3 (J), of what those alive cost; and
    2 % die each year (J): 122 × 0.98^t people (122 S)."""
    result = projected(LIVES)
    alive = row(result, "adults.served")
    assert alive == pytest.approx([122 * 0.98**t for t in range(5)])
    profile = [change / people for change, people in zip(changed(result), alive, strict=True)]
    assert profile == pytest.approx([0.05, -0.15, -0.20, -0.20, -0.20])
    # -(low, high) of the record: -0.15 to 0.20, -0.30 to 0, -0.35 to 0
    limits = [ranged(LIVES, f"outcomes.{outcome}.effect") for outcome in SPENDING]
    assert limits == [(-0.2, 0.15), (0, 0.3), (0, 0.35)]
    assert ranged(LIVES, "groups.adults.exit_rate") == (0.01, 0.04)


def test_the_effect_is_by_year_since_the_start_and_not_by_calendar_year() -> None:
    """With a second cohort a year later, its first year is the other's second. By hand, in person-years of spending:
    122 × (0.05), 122 × (-0.15 × 0.98 + 0.05), 122 × (-0.2 × 0.98² - 0.15 × 0.98), and so on."""
    tables = plain(LIVES)
    tables["groups"][0]["to"] = 2027
    one = [122 * share * 0.98**t for t, share in enumerate((0.05, -0.15, -0.2, -0.2, -0.2))]
    both = [now + before for now, before in zip(one, [0, *one[:-1]], strict=True)]
    assert changed(sroi.project(sroi.read(tables))) == pytest.approx(both)


def test_regression_to_the_mean_is_its_own_and_comes_off_gains_only() -> None:
    """On record: 0.3, from 0.1 to 0.6 (J). A fall loses 30 % and then the grade's half; a rise loses nothing and is
    raised by the grade's 35 %."""
    result = projected(LIVES)
    corrected = [float(result.evaluation.row(f"{outcome}.corrected")[0]) for outcome in SPENDING]
    assert corrected == pytest.approx([-0.05 * 1.35, 0.15 * 0.7 * 0.5, 0.2 * 0.7 * 0.5])
    assert {ranged(LIVES, f"outcomes.{outcome}.regression_to_mean") for outcome in SPENDING} == {(0.1, 0.6)}


def test_public_spending_and_whose_it_is() -> None:
    """On record: £28,000 a person a year (V), 19,000 (R) to 34,500 (V), in the shares of AGENCIES (D). Taken in
    the first year, before any effect; the DWP's share is in the case but does not count."""
    tables = plain(LIVES)
    for value in tables["values"]:
        value.pop("counts", None)
    spent = sroi.project(sroi.read(tables)).failure
    year = 28000 * 122 * prices("2019/20")
    assert {agency: spent[agency][0] for agency in AGENCIES} == pytest.approx(
        {agency: share * year for agency, share in AGENCIES.items()}
    )
    assert projected(LIVES).failure["dwp"] == (0,) * 5
    assert ranged(LIVES, "values.first-year-council.amount") == (19000, 34500)
    # The service: £7,700 a person a year (R), 5,000 to 14,000 (J)
    assert row(projected(LIVES), "service.cost")[0] == pytest.approx(7700 * 122 * prices("2019/20"))


def test_rough_sleeping_follows_the_path_read() -> None:
    """On record, V: 46 % at the start, 8 % after four quarters, 5 % after eight; before regression and optimism."""
    result = projected(LIVES)
    gross = [float(result.evaluation.row(f"rough-sleeping-{year}.gross")[0]) for year in ("second", "later")]
    assert [0.46 - fall for fall in gross] == pytest.approx([0.08, 0.05], abs=0.00005)
    assert row(result, "rough-sleeping-second.in_force")[:2] == [0, pytest.approx(122 * 0.98)]
    assert row(result, "rough-sleeping-later.in_force")[1:3] == [0, pytest.approx(122 * 0.98**2)]


def test_two_years_of_support_return_less_than_nothing() -> None:
    assert "two years of support return less than nothing" in said(LIVES)
    assert projected(LIVES, "do-minimum").views["public_value"].pv_benefits < 0


# Disengaged young people


def test_what_failure_in_education_costs_by_sector() -> None:
    """The first year, by hand: 37 young people; half would be excluded and four in ten truant. Library, in the prices
    of 2005/06: exclusion 7,181 + 63.69 + 970.44 + 1,003.5, truancy 706 + 52 + 423.5 + 327.83. Two years on four in ten
    are out of work, in the prices of 2010/11: benefits 3,218 (a transfer) and tax 1,039."""
    result = projected(LEARNING)
    excluded, truant = 37 * 0.5 * prices("2005/06"), 37 * 0.4 * prices("2005/06")
    assert {sector: result.failure[sector][0] for sector in ("education", "nhs", "police", "childrens-services")} == (
        pytest.approx({
            "education": excluded * 7181 + truant * 706,
            "nhs": excluded * 63.69 + truant * 52,
            "police": excluded * 970.44 + truant * 423.5,
            "childrens-services": excluded * 1003.5 + truant * 327.83,
        })
    )  # fmt: skip
    out_of_work = 37 * 0.4 * prices("2010/11")
    assert result.failure["dwp"][:3] == pytest.approx((0, 0, out_of_work * 3218))
    assert result.failure["hmrc"][:3] == pytest.approx((0, 0, out_of_work * 1039))


def test_the_parts_of_a_year_of_exclusion_add_to_the_whole() -> None:
    """Published: 9,219 within a pound (Unit Cost Database), though the case takes its parts in two outcomes."""
    result = projected(LEARNING, scenario="all-elsewhere")  # nobody is truant there, and all are excluded
    first = sum(result.failure[sector][0] for sector in ("education", "nhs", "police", "childrens-services"))
    assert first / 37 / prices("2005/06") == pytest.approx(9219, abs=1)


def test_the_contract_pays_at_most_what_was_read() -> None:
    """Read: 220 young people, at most £6.19m, of which £1,795,810 national; to a pound a person of rounding."""
    result = projected(LEARNING)
    starts = sum(row(result, "young-people.engaged"))
    by_payer = [sum(row(result, f"{payer}-payments.cost")) / starts * 220 / prices("2018/19") for payer in
                ("council", "national")]  # fmt: skip
    assert by_payer == pytest.approx([6_190_000 - 1_795_810, 1_795_810], abs=220)
    assert starts == pytest.approx(220, abs=2)
