"""No Wrong Door: what it would take to pay for itself, what would have happened anyway, and what was once forecast.

The forecast and the counts are `children_in_care` of `no_wrong_door` in `programmes.yaml`. Figures in the summary are
the engine's own on the day it was written: here they are held to that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml

import sroi
from sroi import library
from sroi.projection import Result

DOOR = "no-wrong-door"
CARE_YEAR = 51_080
"""The Unit Cost Database's price of a year in care, 2013/14."""


def projected() -> Result:
    return sroi.project(sroi.read(DOOR))


def said() -> str:
    summary = sroi.read(DOOR).about.summary
    assert summary is not None
    return summary


def total(result: Result, line: str) -> float:
    return float(sum(result.evaluation.row(line)))


def net(result: Result) -> float:
    return result.views["public_value"].npv


def test_it_opens_with_what_is_known_judged_and_missing() -> None:
    opening = library.case_path(DOOR, "yaml").read_text("utf-8").split("about:")[0]
    for text in (opening, said()):
        assert text.index("Known: ") < text.index("Judged: ") < text.index("Missing, and so left out")
    assert "No finding about any real place" in said()


def altered(ref: str, value: float) -> Result:
    """The case with one number of its outcome `care`, or of what care is worth, another."""
    tables: dict[str, Any] = yaml.safe_load(library.case_path(DOOR, "yaml").read_text("utf-8"))
    tables.pop("history")  # which is of the numbers as they stand
    if ref == "times":
        tables["values"][0][ref] = value
    else:
        tables["outcomes"][0][ref] = value
    return sroi.project(sroi.read(tables))


@pytest.mark.parametrize(
    ("ref", "rounding", "least", "words"),
    [
        ("attribution", 0.005, 0.28, "28% and not half of the change is due to others"),
        ("deadweight", 0.5 / 84, (468 - 506) / 84, "care would have risen to 506"),
        ("times", 500 / CARE_YEAR, 74_000 / CARE_YEAR, "a year in care costs £74,000 and not £51,080"),
    ],
)  # fmt: skip
def test_what_it_would_take_to_break_even(ref: str, rounding: float, least: float, words: str) -> None:
    """Net value is above nil on one side of the figure and below it on the other, within its rounding."""
    assert words in said()
    ends = [net(altered(ref, least + way * rounding)) for way in (-1, 1)]
    assert min(ends) < 0 < max(ends)


def test_the_care_years_at_which_it_breaks_even() -> None:
    assert "484 fewer years in care instead of 334" in said()
    result = projected()
    years, worth = total(result, "care.quantity"), result.outcomes["care"].pv
    assert years == pytest.approx(334, abs=0.5)
    assert years * (worth - net(result)) / worth == pytest.approx(484, abs=0.5)


def returned(change: Callable[[dict[str, Any]], None]) -> str:
    """What £1 returns to everyone once the tables are changed. The range of the duration is for the five years."""
    tables: dict[str, Any] = yaml.safe_load(library.case_path(DOOR, "yaml").read_text("utf-8"))
    tables["ranges"] = [row for row in tables["ranges"] if row["ref"] != "outcomes.care.duration"]
    change(tables)
    return f"£{sroi.project(sroi.read(tables)).views['public_value'].bcr:.2f}"


def test_what_it_returns_if_care_is_avoided_only_as_long_as_anybody_looked() -> None:
    """The 355 were followed in 2015-17, two years; the five years are counts of the county's children at 31 March."""

    def lasts(years: int) -> Callable[[dict[str, Any]], None]:
        return lambda tables: tables["outcomes"][0].update(duration=years)

    assert sroi.read(DOOR).outcomes[0].followed_up == 2
    assert returned(lasts(5)) == f"£{projected().views['public_value'].bcr:.2f}"
    words = "£1 returns {} to everyone; {} if the effect on care lasts two years, as long as the young people"
    assert words.format(returned(lasts(5)), returned(lasts(2))) in said()
    assert f"and {returned(lasts(3))} if three" in said()


def test_what_it_returns_if_one_old_home_closed_anyway() -> None:
    """By press report one of three closed for austerity: two thirds of the release share of 0.55 are left."""

    def two_of_three(tables: dict[str, Any]) -> None:
        (homes,) = [cost for cost in tables["costs"] if cost["id"] == "old-homes"]
        assert homes["release_share"]["value"] == 0.55
        homes["release_share"]["value"] *= 2 / 3

    words = "only two of the three old homes' release the programme's doing, £1 would return {}"
    assert words.format(returned(two_of_three)) in said()
    (homes,) = [cost for cost in sroi.read(DOOR).costs if cost.id == "old-homes"]
    assert "Claim: one of the three had to close for austerity" in str(homes.source)


def test_what_was_forecast_is_kept_as_a_forecast() -> None:
    """On record: 468 to 400 forecast, 384 found. In the fifth year the effect forecast gives 68 fewer, and not 84."""
    forecast, found = sroi.read(DOOR).history
    assert (forecast.status, found.status) == ("forecast", "observed")
    assert "£2m" in str(forecast.source)
    assert float(str(found.value)) == sroi.read(DOOR).outcomes[0].effect
    for effect, fewer in ((float(str(forecast.value)), 468 - 400), (float(str(found.value)), 468 - 384)):
        result = altered("effect", effect)
        in_force = float(result.evaluation.row("care.in_force")[4])
        assert in_force * float(result.evaluation.number("care.gross")) == pytest.approx(fewer, abs=2)
    # and it moves nothing: the sums that a script written from the method, before the engine, came to
    view = projected().views["public_value"]
    assert view.pv_costs == pytest.approx(27_990_716.10, abs=0.005)
    assert view.pv_benefits == pytest.approx(19_954_951.85, abs=0.005)


def test_the_counterfactual_is_spelled_out() -> None:
    """Where a reader of the summary sees it, and beside the number that it makes."""
    for words in ("no comparison group", "81% of it goes", "69% is added", "56 of the 250 fewer are left", "36.2%"):
        assert words in said()
    notes = {row.ref: f"{row.source} {row.note}" for row in sroi.read(DOOR).evidence}
    assert "0.81; at 526, as nationally (recalled), -0.69" in notes["outcomes.care.deadweight"]
    # (468 - 400) / 84 and (468 - 526) / 84, in the scenarios
    seen = {row.name: row.value for row in sroi.read(DOOR).scenarios if row.ref == "outcomes.care.deadweight"}
    assert {name: float(str(value)) for name, value in seen.items()} == {
        "fall-anyway": round((468 - 400) / 84, 2),
        "national-rise": round((468 - 526) / 84, 2),
    }
    # a fifth fewer in the trial: 0.086 / 0.448 = 0.19, the low end of the range
    (low,) = [row.low for row in sroi.read(DOOR).ranges if row.ref == "outcomes.care.effect"]
    assert low == round((0.448 - 0.362) / 0.448, 2)
