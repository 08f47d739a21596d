"""What came in, by hand (method § 7): beside its forecast, and in its place where the past is as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import sroi
from sroi.errors import CaseError
from sroi.projection import project, project_options, since_forecast
from sroi.reading import read
from tests.parity.recalculate import ironcalc
from tests.projection.small import Row, case, gain, outlay, row, rows, saving

PEOPLE = [{"id": "residents", "name": "Residents", "referrals": 10, "from": 2026, "to": 2028}]


def actual(ref: str, year: int | str, value: Any, **fields: Any) -> Row:
    return {"ref": ref, "year": year, "value": value, "source": "accounts", **fields}


def programme(*came_in: Row, settings: Row | None = None, **tables: list[Row]) -> Row:
    """Three years, ten people each year; £100 a year growing by 10 % with optimism of 20 %; each person gains 2, half
    of it optimism, worth £120 that grows by 10 %."""
    held: dict[str, list[Row]] = {
        "groups": PEOPLE,
        "costs": [outlay(basis="per_year", growth=0.1, optimism=0.2)],
        "outcomes": [gain(effect=2, optimism=0.5)],
        "values": [saving(amount=120, growth=0.1)],
    }
    return case({"years": 3, **(settings or {})}, **(held | tables)) | {"actuals": list(came_in)}


COST = actual("costs.outlay.amount", 2027, "£90")
REFERRED = actual("groups.residents.referrals", 2026, 7)
EFFECT = actual("outcomes.gain.effect", 2028, 1.5)
WORTH = actual("values.gain-council-fiscal.amount", 2028, 100)
ALL = (COST, REFERRED, EFFECT, WORTH)


def test_actuals_alone_change_nothing() -> None:
    with_them, without = project(read(programme(*ALL))), project(read(programme()))
    assert with_them.to_dict() == without.to_dict()
    mine, theirs = with_them.evaluation.values, without.evaluation.values
    assert [name for name in theirs if repr(mine[name]) != repr(theirs[name])] == []


def test_a_case_without_actuals_keeps_its_hash() -> None:
    plain = programme()
    assert '"actuals"' not in read(plain).canonical()
    assert read(plain).inputs_sha256 != read(programme(COST)).inputs_sha256
    assert read(programme(COST, WORTH)).inputs_sha256 == read(programme(WORTH, COST)).inputs_sha256
    typed = actual("costs.outlay.amount", "2027/28", 90)
    assert read(programme(typed)).inputs_sha256 == read(programme(COST)).inputs_sha256, "£90 is 90, 2027/28 is 2027"


def test_a_cost_that_came_in_is_neither_grown_nor_uplifted() -> None:
    """£100 × 1.2 = £120, then × 1.1 = £132, then × 1.1 = £145.20; of the second year £90 was paid."""
    made = read(programme(COST))
    assert row(project(made), "outlay.cost") == pytest.approx([120, 132, 145.2])
    assert row(project(made, actuals=True), "outlay.cost") == pytest.approx([120, 90, 145.2])


def test_a_cost_that_came_in_is_in_the_prices_of_its_row() -> None:
    """The index doubles from 2019/20 to 2023/24: £90 of the first are £180 of the second; its forecast doubles too."""
    index = [{"year": "2019/20", "index": 50.0, "source": "x"}, {"year": "2023/24", "index": 100.0, "source": "x"}]
    dear = [outlay(basis="per_year", price_year="2019/20")]
    made = read(programme(COST, costs=dear) | {"deflators": index})
    assert row(project(made), "outlay.cost") == pytest.approx([200, 200, 200])
    result = project(made, actuals=True)
    assert row(result, "outlay.cost") == pytest.approx([200, 180, 200])
    assert (result.actuals[0].forecast, result.actuals[0].actual) == (100, 90), "both as the row quotes them"


def test_a_nominal_cost_that_came_in_is_as_paid() -> None:
    """With 10 % later inflation a sum as paid in 2027/28 is worth less in 2023/24 prices, by the index alone."""
    nominal = [outlay(basis="per_year", price_year="nominal")]
    made = read(programme(COST, settings={"later_inflation": 0.1}, costs=nominal))
    forecast, rerun = project(made), project(made, actuals=True)
    was, now = row(forecast, "outlay.cost"), row(rerun, "outlay.cost")
    assert now[0::2] == was[0::2]
    assert now[1] == pytest.approx(0.9 * was[1])  # £90 for £100 as paid in that year
    assert not any("is read in the prices" in said for said in rerun.warnings)


def test_people_who_came_are_those_served_charged_for_and_helped() -> None:
    """Seven came for the ten forecast: £2 each, and a gain of 2 × (1 - 0.5) each."""
    forms = [outlay(basis="per_referral", group="residents", amount=2)]
    result = project(read(programme(REFERRED, costs=forms)), actuals=True)
    assert rows(result, "residents.referrals", "outlay.cost", "gain.quantity") == [
        [7, 10, 10],
        [14, 20, 20],
        [7, 10, 10],
    ]


def test_people_who_came_when_the_group_is_closed_count_for_nothing_and_are_said() -> None:
    late = actual("groups.residents.referrals", 2028, 4)
    short = [PEOPLE[0] | {"to": 2027}]
    result = project(read(programme(late, groups=short)), actuals=True)
    assert row(result, "residents.referrals") == [10, 10, 0]
    said = (
        "What came in outside From and To counts for nothing: groups.residents.referrals in 2028/29. "
        "Move it, or widen From and To."
    )
    assert said in result.warnings


def test_an_effect_that_came_in_keeps_every_judgement_but_optimism() -> None:
    """1.5 × (1 - 0.2 deadweight) × (1 - 0.1 regression) = 1.08, where the forecast was 2 × 0.8 × 0.5 × 0.9 = 0.72."""
    held = [gain(effect=2, optimism=0.5, deadweight=0.2, regression_to_mean=0.1)]
    result = project(read(programme(EFFECT, outcomes=held)), actuals=True)
    assert row(result, "gain.gross") == [2, 2, 1.5]
    assert row(result, "gain.corrected") == pytest.approx([0.72, 0.72, 1.08])


def test_a_proportional_effect_that_came_in_is_of_the_baseline() -> None:
    """A quarter of 4 in the last year is 1, with no optimism; in the others half of 4, less half of it, is 1 too."""
    held = [gain(basis="proportional", baseline=4, effect=0.5, optimism=0.5)]
    came = actual("outcomes.gain.effect", 2028, "25%")
    result = project(read(programme(came, outcomes=held)), actuals=True)
    assert rows(result, "gain.gross", "gain.corrected") == [[2, 2, 1], [1, 1, 1]]


def test_a_harm_that_came_in_is_not_made_worse() -> None:
    """A harm of 1 where optimism would make it 1.5."""
    came = actual("outcomes.gain.effect", 2028, -1)
    result = project(read(programme(came)), actuals=True)
    assert row(result, "gain.corrected") == [1, 1, -1]


def test_a_worth_that_came_in_does_not_grow() -> None:
    """10 gains × £100 in the last year, and its cash; the forecast was 10 × £120 × 1.21."""
    worth = [saving(amount=120, growth=0.1, cashable=0.5)]
    made = read(programme(WORTH, values=worth))
    assert row(project(made), "gain-council-fiscal.value") == pytest.approx([1200, 1320, 1452])
    rerun = project(made, actuals=True)
    assert row(rerun, "gain-council-fiscal.value") == pytest.approx([1200, 1320, 1000])
    assert row(rerun, "gain-council-fiscal.cash") == pytest.approx([600, 660, 500])


def test_the_other_side_of_a_transfer_that_came_in_follows_it() -> None:
    moved = [saving(kind="transfer", balance="health", amount=120)]
    came = actual("values.gain-council-transfer.amount", 2028, 100)
    result = project(read(programme(came, values=moved)), actuals=True)
    assert row(result, "gain-council-transfer-balance.value") == [-1200, -1200, -1000]


def test_an_actual_wins_over_a_profile_in_its_year_alone_and_is_not_carried_beyond() -> None:
    """£5 and £6 forecast for each person-year, people staying two years: £60 in the last year's forecast. Beyond the
    horizon the last year's ten are served once more, at the forecast's £6."""
    visits = [outlay(basis="per_person_year", group="residents", amount={2026: 5, 2027: 5, 2028: 6})]
    staying = [PEOPLE[0] | {"stay_years": 2}]
    came = actual("costs.outlay.amount", 2028, 7)
    result = project(read(programme(came, groups=staying, costs=visits)), actuals=True)
    assert row(result, "outlay.cost") == [50, 100, 140]  # 10 × 5, 20 × 5, 20 × 7
    assert result.views["public_value"].beyond_horizon.costs == 60


def test_forecast_actual_and_difference() -> None:
    """£132 forecast with growth and optimism, £90 paid; 10 and 7 people; 2 × 0.5 and 1.5; £145.20 and £100."""
    result = project(read(programme(*ALL)))
    found = [(r.ref, r.year, r.forecast, r.actual, r.difference, r.share, r.source) for r in result.actuals]
    wanted: list[tuple[str, int, float, float, float, float]] = [
        ("costs.outlay.amount", 2027, 132, 90, -42, -42 / 132),
        ("groups.residents.referrals", 2026, 10, 7, -3, -0.3),
        ("outcomes.gain.effect", 2028, 1, 1.5, 0.5, 0.5),
        ("values.gain-council-fiscal.amount", 2028, 145.2, 100, -45.2, -45.2 / 145.2),
    ]
    for mine, (ref, year, *numbers) in zip(found, wanted, strict=True):
        assert mine[:2] == (ref, year)
        assert mine[2:6] == pytest.approx(tuple(numbers))
        assert mine[6] == "accounts"
    assert project(read(programme(*ALL)), actuals=True).actuals == result.actuals, "the forecast stays the forecast"
    table = result.table("actuals")
    assert list(table.columns) == ["ref", "year", "forecast", "actual", "difference", "share", "source"]
    assert table["actual"].tolist() == [90, 7, 1.5, 100]


def test_a_share_of_a_nil_forecast_is_none() -> None:
    nothing = [outlay(basis="per_year", amount=0)]
    found = project(read(programme(COST, costs=nothing))).actuals[0]
    assert (found.forecast, found.difference, found.share) == (0, 90, None)


def test_what_the_past_adds_to_the_forecast() -> None:
    """£42 less is paid in the second year; benefits are as they were."""
    made = read(programme(COST))
    forecast, found = since_forecast(made, project(made, actuals=True))
    view = found.views["public_value"]
    assert (view.pv_costs, view.pv_benefits, view.npv) == pytest.approx((-42, 0, 42))
    assert forecast.to_dict() == project(made).to_dict()
    assert found.against == "forecast"


def test_options_first_and_then_the_past_wins() -> None:
    """The option pays £200 a year where the case pays £100: with £90 in the second year, whichever was chosen."""
    dear = [{"name": "dear", "ref": "costs.outlay.amount", "value": 200}]
    plain = [outlay(basis="per_year")]
    made = read(programme(COST, costs=plain) | {"options": dear})
    assert row(project(made, "dear"), "outlay.cost") == [200, 200, 200]
    result = project(made, "dear", actuals=True)
    assert row(result, "outlay.cost") == [200, 90, 200]
    assert result.case.seen_in == 'Option "dear", re-run with the past as it was.'
    assert (result.case.option, result.case.rerun) == ("dear", True)
    assert project(made.as_it_was(), "dear").to_dict() == result.to_dict()
    assert project_options(made, actuals=True).to_dict()["options"]["dear"] == result.to_dict()


def test_an_option_cannot_change_what_came_in() -> None:
    change = [{"name": "o", "ref": "actuals.costs.outlay.amount 2027.value", "value": 80}]
    with pytest.raises(CaseError, match=r"An option or a scenario cannot change \"actuals\.costs\.outlay"):
        read(programme(COST) | {"options": change})


def test_warnings_say_what_is_in_the_numbers_and_what_is_not() -> None:
    made = read(programme(COST | {"source": None}))
    outside = (
        "What came in is not in these numbers, which are the forecast: costs.outlay.amount in 2027/28. "
        "Run with --actuals to put it in."
    )
    unsourced = "No source is given for what came in: costs.outlay.amount in 2027/28. Say where each comes from."
    prices = (
        "What came in is read in the prices that its row states, not in those of the year it was paid in: "
        "costs.outlay.amount in 2027/28 (prices of 2023/24). "
        "Bring a sum as paid to the prices of its row first, or make the row nominal."
    )
    assert {outside, unsourced, prices} <= set(project(made).warnings)
    rerun = project(made, actuals=True).warnings
    assert {unsourced, prices} <= set(rerun)
    assert outside not in rerun
    assert not any("came in" in said for said in project(read(programme())).warnings)


def test_nothing_to_re_run_with_is_refused() -> None:
    with pytest.raises(CaseError) as error:
        project(read(programme()), actuals=True)
    assert str(error.value) == (
        "Nothing has come in yet, so there is no past to run the case with. Add rows to Actuals, or run it without.\n"
        "1 problem."
    )


def test_the_workbook_of_a_re_run_says_so_and_reads_back_with_the_same_hash(tmp_path: Path) -> None:
    made = read(programme(*ALL))
    path = sroi.write_workbook(tmp_path / "was.xlsx", made, project(made, actuals=True))
    back = read(path)
    assert back.inputs_sha256 == made.inputs_sha256
    assert back.came_in == made.came_in
    book = load_workbook(path, data_only=True)
    for sheet in ("About", "Summary"):
        assert str(book[sheet]["A2"].value).startswith("Re-run with the past as it was.")
    page = book["Forecast and actual"]
    assert [cell.value for cell in page[5]][3:8] == pytest.approx(
        [132, 90, -42, -42 / 132, "less than forecast"], abs=1e-9
    )
    formula = str(load_workbook(path)["Forecast and actual"]["F5"].value)
    assert "Actuals!$C$5-$D$5" in formula, "live, from the input sheet"
    plain = load_workbook(sroi.write_workbook(tmp_path / "plain.xlsx", made))
    assert "Re-run" not in str(plain["About"]["A2"].value)
    assert "Forecast and actual" in plain.sheetnames
    without = load_workbook(sroi.write_workbook(tmp_path / "without.xlsx", read(programme())))
    assert not {"Actuals", "Forecast and actual", "Actual workings"} & set(without.sheetnames)


def test_json_numbers_are_plain() -> None:
    result = project(read(programme(*ALL)), actuals=True)
    held = [vars(found) for found in result.actuals]
    assert json.loads(json.dumps(held, allow_nan=False)) == held


def test_a_result_that_is_no_re_run_is_not_written_as_one(tmp_path: Path) -> None:
    """Both have one hash, for so have the tables: how they were read is asked too."""
    made = read(programme(COST))
    with pytest.raises(ValueError, match="The result is of another case"):
        sroi.write_workbook(tmp_path / "no.xlsx", made.as_it_was(), project(made))


def test_a_re_run_with_options_has_them_to_choose_and_nothing_changed_since(tmp_path: Path) -> None:
    """£90 was typed with its sign; the workbook holds 90, and the count of inputs changed since is nil."""
    dear = [{"name": "dear", "ref": "costs.outlay.amount", "value": 200}]
    made = read(programme(COST, costs=[outlay(basis="per_year")]) | {"options": dear})
    path = sroi.write_workbook(tmp_path / "was.xlsx", made, project(made, "dear", actuals=True))
    book = ironcalc(path)
    assert book["Inputs as run"]["E5"] == 0
    assert str(book["Summary"]["A2"]).startswith("Re-run with the past as it was.")
    row_of = next(cell for cell, held in book["Cost workings"].items() if held == "Outlay: cost")[1:]
    assert [book["Cost workings"][f"{column}{row_of}"] for column in "FGH"] == [200, 90, 200]
