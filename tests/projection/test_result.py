"""The result: the JSON's keys, tables, reasons and warnings, by hand on small cases."""

from __future__ import annotations

import json
import math
from typing import Any, get_args

import pytest

from sroi.projection import project
from sroi.projection.result import TableName
from sroi.reading import read
from tests.projection.rich import rich_case
from tests.projection.small import SECTORS, gain, outlay, projected, saving

VIEW = {
    *("pv_costs", "pv_benefits", "npv", "bcr", "irr", "mirr", "payback_years", "discounted_payback_years", "mvpf"),
    *("beyond_horizon", "reasons"),
}
"""format.md, *JSON*: the keys of a view, and the reasons beside them."""


def test_the_keys_of_the_json() -> None:
    central = projected(costs=[outlay()], outcomes=[gain()], values=[saving(amount=110)]).to_dict()
    # format.md, *JSON*; and beside it the financial case and the sensitivity of long cases
    beside = {"budgets", "side_payments", "payers", "outturn", "split", "failure", "reduced", "weighted", "evidence"}
    assert set(central) == {"views", "sectors", "outcomes", "years"} | beside
    assert set(central["views"]) == {"public_value", "budget", "cashable"}
    assert all(set(view) == VIEW for view in central["views"].values())
    assert set(central["sectors"]["council"]) - {"reasons"} >= {"pv_costs", "pv_benefits", "pv_cashable", "net"}
    assert set(central["outcomes"]["gain"]) == {"quantity", "pv", "cost_per_outcome"}
    assert central["years"] == {
        "labels": ["2026/27", "2027/28", "2028/29", "2029/30", "2030/31"],
        "costs": [100.0, 0.0, 0.0, 0.0, 0.0],
        "benefits": [110.0, 0.0, 0.0, 0.0, 0.0],
    }
    assert central["views"]["public_value"]["npv"] == pytest.approx(10)  # 110 - 100


def test_the_json_is_plain_and_whole() -> None:
    central = project(read(rich_case())).to_dict()
    said = json.dumps(central, allow_nan=False)
    assert json.loads(said) == central


def test_every_measure_without_a_number_has_its_reason() -> None:
    central = project(read(rich_case())).to_dict()
    held = [*central["views"].values(), *central["sectors"].values()]
    held += [view["beyond_horizon"] for view in central["views"].values()]
    nulls = 0
    for measures in held:
        for name, value in measures.items():
            if value is None:
                nulls += 1
                assert measures["reasons"][name]
    assert nulls > 7


def test_reasons_are_said_whole() -> None:
    view = projected(outcomes=[gain()], values=[saving()]).views["public_value"]
    assert dict(view.reasons) == {
        "bcr": "there is no cost to set it against",
        "payback_years": "never out of pocket",
        "discounted_payback_years": "never out of pocket",
        "irr": "the sign of the net flows never changes",
        "mirr": "nothing is paid: no net flow is below zero",
        "mvpf": "there is no net cost to public budgets",
    }
    budget = projected(outcomes=[gain()], values=[saving()]).views["budget"]
    assert budget.reasons["mvpf"] == "a measure of public value only"
    assert projected().to_dict()["views"]["budget"]["beyond_horizon"] == {"benefits": 0, "costs": 0}


# ---------------------------------------------------------------- Warnings

COUNCIL = SECTORS[:1]
"""No sector to which nothing falls, of which there is a warning of its own."""
LOOK = "Look at its evidence first, and try the answer without it."
SAME = (
    "Costs and benefits both fall at the start of the year, and there are benefits in the first: the first pound is "
    "paid and repaid on one day. Set benefit_timing to end if effects follow costs."
)


def test_equal_timings_with_benefits_in_the_first_year_are_said() -> None:
    tables: dict[str, Any] = {"costs": [outlay()], "outcomes": [gain()], "values": [saving()]}
    tables["sectors"] = COUNCIL
    assert projected(**tables).warnings == (SAME,)
    assert projected({"benefit_timing": "end"}, **tables).warnings == ()
    late = tables | {"outcomes": [gain(lag=1)]}
    assert projected(**late).warnings == ()


def test_one_outcome_that_decides_the_answer_is_said() -> None:
    def of(amount: float) -> tuple[str, ...]:
        return projected(
            {"benefit_timing": "end"},
            sectors=COUNCIL,
            outcomes=[gain(), gain(id="other")],
            values=[saving(amount=amount), saving(outcome="other", amount=25)],
        ).warnings

    # By hand: 75 of 100; 25 of 50 is not more than half.
    assert of(75) == ('One outcome, "Gain", is 75% of the benefits: the answer rests on it. ' + LOOK,)
    assert of(25) == ()


def test_observed_change_is_not_called_effect() -> None:
    result = projected(
        {"benefit_timing": "end"},
        sectors=COUNCIL,
        outcomes=[gain(status="observed"), gain(id="other"), gain(id="third")],
        values=[saving(amount=40), saving(outcome="other", amount=35), saving(outcome="third", amount=25)],
    )
    # By hand: 40 of 100.
    assert result.warnings == (
        "40% of the benefits rest on change that was observed, not on a comparison group: change, not effect. "
        "Say so wherever the result is quoted.",
    )


def test_earnings_beside_lost_tax_say_whether_they_hold_it() -> None:
    def of(*rows: dict[str, Any], **outcome: Any) -> list[str]:
        outcomes = [gain(**outcome), gain(id="other")]
        found = projected(outcomes=outcomes, values=[*rows, saving(outcome="other", id="else")]).warnings
        return [text for text in found if "lost tax" in text]

    earned = saving(sector="people", kind="economic")
    lost = {"outcome": "gain", "sector": "council", "unit_value": "neet-16-17-tax", "times": 1}
    untold = [
        "Gain: economic value counts beside lost tax, and no row says whether earnings are net of it or gross. "
        "If they are gross, tax is counted twice. State Earnings in Values."
    ]
    assert of(earned, lost) == untold
    assert of(earned | {"earnings": "net"}, lost) == []
    assert of(earned, lost | {"earnings": "net"}) == []
    assert of(earned | {"counts": False}, lost) == of(earned, lost | {"counts": False}) == []
    assert of(earned, lost, counts=False) == of(earned) == of(lost) == []
    assert of(earned, lost | {"outcome": "other"}) == []


# ---------------------------------------------------------------- Tables


@pytest.mark.parametrize("name", get_args(TableName))
def test_tables_are_tidy(name: TableName) -> None:
    came_in = {"ref": "outcomes.calls.effect", "year": 2027, "value": 1.5, "source": "by hand"}
    table = project(read(rich_case() | {"actuals": [came_in]})).table(name)
    assert len(table) > 0
    assert list(table.index) == list(range(len(table)))
    assert all(column.strip() for column in table.columns)


def test_there_is_no_other_table() -> None:
    said = (
        r'^There is no table called "flow"\. '
        r"There are: flows, lines, views, sectors, outcomes, assumptions, actuals\.$"
    )
    with pytest.raises(ValueError, match=said):
        projected().table("flow")  # type: ignore[arg-type]


def test_flows_add_to_the_views() -> None:
    result = project(read(rich_case()))
    flows = result.table("flows").to_dict("records")
    years = {label: place for place, label in enumerate(result.years)}
    factors = {
        "cost": result.evaluation.row("timeline.cost_factor"),
        "value": result.evaluation.row("timeline.benefit_factor"),
    }
    # Property: money flows, health itself apart, discounted here, add to the budget view's benefits.
    public = {sector.id for sector in result.case.sectors if sector.ledger == "public"}
    values = [row for row in flows if row["flow"] == "value" and row["sector"] in public]
    worth = sum(row["amount"] * factors["value"][years[row["year"]]] for row in values)
    assert worth == pytest.approx(result.views["budget"].pv_benefits, rel=1e-12)
    costs = [row for row in flows if row["flow"] == "cost"]
    paid = sum(row["amount"] * factors["cost"][years[row["year"]]] for row in costs)
    assert paid == pytest.approx(result.views["public_value"].pv_costs, rel=1e-12)


def test_the_table_of_lines_holds_every_number() -> None:
    result = project(read(rich_case()))
    table = result.table("lines")
    assert set(table["line"]) == set(result.declared.model.lines)
    falls = table[table["line"] == "falls.quantity"]
    assert falls["value"].tolist() == result.evaluation.row("falls.quantity").tolist()
    assert list(falls["year"]) == list(result.years)
    assert set(falls["words"]) == {falls["words"].iloc[0]}
    (master,) = table[table["line"] == "checks.master"]["text"]
    assert master == "OK"


def test_the_table_of_assumptions_shows_ranges_and_places() -> None:
    table = project(read(rich_case())).table("assumptions")
    (effect,) = table[table["ref"] == "outcomes.falls.effect"].to_dict("records")
    assert (effect["value"], effect["low"], effect["high"]) == (0.5, 0.2, 0.6)
    assert effect["place"] == "outcomes[0].effect"
    assert effect["status"] == "observed"
    (years,) = table[table["ref"] == "settings.years"].to_dict("records")
    assert years["value"] == 8
    assert math.isnan(years["low"])


def test_a_notebook_shows_the_views() -> None:
    html = projected(costs=[outlay()])._repr_html_()
    assert "<table" in html
    assert "Public value (economic case)" in html
