"""The Economic case: which option is best, in whose view, by how much, and what each adds. Sums by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import sroi
from sroi.projection import Result
from sroi.reports import best
from tests.projection.small import Row, case, gain, outlay, saving

SHEET = "Economic case"


def services(**settings: Any) -> Row:
    """£100 brings a gain worth £120 to the council and £30 to people; the larger option doubles both for £130 more."""
    values = [saving(amount=120, cashable=0.5), saving(sector="people", kind="social", amount=30)]
    more = outlay(id="more", amount=130, counts=False)
    made = case(settings, costs=[outlay(), more], outcomes=[gain(), gain(id="calm")], values=values)
    return made | {
        "options": [
            {"name": "small", "title": "A small service", "ref": "costs.outlay.counts", "value": True},
            {"name": "large", "title": "A large service", "ref": "costs.more.counts", "value": True},
            {"name": "large", "ref": "outcomes.gain.effect", "value": 2},
        ],
        "scenarios": [{"name": "poor", "title": "Poor times", "ref": "values.gain-council-fiscal.amount", "value": 90}],
    }


def results(tables: Row, scenario: str | None = None) -> dict[str, Result]:
    held = sroi.read(tables)
    return {title: sroi.project(held, name, scenario) for name, title in held.option_names.items()}


def words(tables: Row, scenario: str | None = None) -> dict[str, str]:
    return {verdict.key: verdict.words for verdict in best.verdicts(results(tables, scenario), "£")}


def test_the_best_option_in_each_view() -> None:
    # By hand. Small: 150 - 100 = 50 to everyone, 20 to budgets, 60 - 100 = -40 in cash. Large: 300 - 230 = 70,
    # 240 - 230 = 10, 120 - 230 = -110. The council has what budgets have; people gain 30 and 60.
    assert words(services()) == {
        "public_value": "Public value (economic case), central case: "
        "A large service gains £70 net, £20 more than A small service.",
        "budget": "Public budgets (financial case), central case: "
        "A small service gains £20 net, £10 more than A large service.",
        "cashable": "Cash released to public budgets, central case: "
        "no option gains more than it costs: the least loss is £40, "
        "of A small service.",
        "council": "Council, central case: A small service gains £20 net, £10 more than A large service.",
        "people": "People, central case: A large service gains £60 net, £30 more than A small service.",
    }


def test_what_is_best_may_change_with_the_scenario() -> None:
    # By hand: at 90 the small one brings 120 - 100 = 20 and the large 240 - 230 = 10.
    assert words(services(), "poor")["public_value"] == (
        "Public value (economic case), central case: A small service gains £20 net, £10 more than A large service."
    )


def test_business_as_usual_may_be_second_and_equals_are_equal() -> None:
    one = services()
    one["options"] = one["options"][:1]
    assert words(one)["public_value"].endswith("A small service gains £50 net; no other option gains.")
    same = services()
    same["options"] = [*same["options"][:1], {"name": "again", "title": "Again", "ref": "costs.outlay.amount",
                                              "value": 100}]  # fmt: skip
    found = {verdict.key: verdict for verdict in best.verdicts(results(same), "£")}
    assert found["public_value"].words.endswith("A small service and Again come to the same, £50 net.")
    assert found["public_value"].best == "A small service and Again"
    nothing = services()
    nothing["options"] = [{"name": "none", "ref": f"{row}.counts", "value": False} for row in
                          ("costs.outlay", "outcomes.gain")]  # fmt: skip
    assert words(nothing)["public_value"].endswith("Business as usual and none come to the same, £0 net.")


def page(tmp_path: Path, tables: Row, scenario: str | None = None) -> dict[str, list[Any]]:
    """The rows of the page by what stands first in them, as stored in the file."""
    held = sroi.read(tables)
    path = sroi.write_workbook(tmp_path / "case.xlsx", held, sroi.project(held, None, scenario))
    sheet = load_workbook(path, data_only=True)[SHEET]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return {str(row[0]): row[1:] for row in rows if row[0] is not None}


def test_the_page_shows_options_side_by_side(tmp_path: Path) -> None:
    shown = page(tmp_path, services())
    assert shown["Against business as usual"][:3] == ["In use (live)", "A small service", "A large service"]
    assert shown["Net public value (NPSV), £"][:3] == [50, 50, 70]
    assert shown["Public value per £1 of cost (SROI ratio)"][:3] == pytest.approx([1.5, 1.5, 300 / 230])
    assert shown["Net to public budgets, £"][:3] == [20, 20, 10]
    assert shown["Internal rate of return, public value"][:3] == ["not applicable"] * 3
    assert shown["People: net, £"][:3] == [30, 30, 60]
    assert shown["Gain: thing, in all"][:3] == [1, 1, 2]
    assert shown["Counted, but no value is put on it: Calm."] is not None


def test_the_page_follows_the_scenario(tmp_path: Path) -> None:
    shown = page(tmp_path, services(), "poor")
    assert shown["Net public value (NPSV), £"][:3] == [20, 20, 10]
    assert shown["Net public value in every scenario, £, as the engine ran"][:2] == ["As the tables stand",
                                                                                   "Poor times"]  # fmt: skip
    assert shown["A small service"][:2] == [50, 20]
    assert shown["A large service"][:2] == [70, 10]
    assert shown["Best for everyone, central case"][:2] == ["A large service", "A small service"]


@pytest.mark.parametrize(
    ("against", "title", "added"),
    [
        # By hand: each against nothing; then the large less the small one: 130 for 150, of which 120 to budgets.
        ("business as usual", "business as usual", [None, 100, 230]),
        ("small", "A small service", [None, 130]),
    ],
)
def test_what_each_option_adds(tmp_path: Path, against: str, title: str, added: list[float | None]) -> None:
    shown = page(tmp_path, services(compare_with=against))
    assert shown[f"What each adds to {title}"] is not None
    assert shown["Everyone: more costs, £"][: len(added)] == added
    if against == "small":
        assert shown["Everyone: benefits added per £1 added"][1] == pytest.approx(150 / 130)
        assert shown["Public budgets: more net value, £"][1] == 120 - 130


def test_the_page_shows_what_weights_by_income_make_of_it(tmp_path: Path) -> None:
    # By hand: people on half of the reference earn £30, which weighs 30 × 2 ^ 1.3 = 73.868664: 43.868664 more.
    tables = services(reference_income=20000)
    tables["groups"] = [{**held, "income": 10000} for held in tables["groups"]]
    tables["values"] = [row | ({"kind": "economic"} if row["kind"] == "social" else {}) for row in tables["values"]]
    shown = page(tmp_path, tables)
    assert shown["Net public value (NPSV), £"][:3] == [50, 50, 70]
    assert shown["Net public value, weighted by income (§ 9), £"][:3] == pytest.approx(
        [93.868664, 93.868664, 70 + 2 * 43.868664], rel=1e-7
    )
    assert shown["Public value per £1 of cost, weighted by income (§ 9)"][1] == pytest.approx(1.93868664, rel=1e-7)


def test_a_case_without_options_has_no_such_page(tmp_path: Path) -> None:
    tables = {name: rows for name, rows in services().items() if name not in ("options", "scenarios")}
    book = load_workbook(sroi.write_workbook(tmp_path / "case.xlsx", sroi.read(tables)))
    assert not {SHEET, "Options in use", "Options computed", "Inputs as run"} & set(book.sheetnames)


def test_scenarios_alone_are_shown_too(tmp_path: Path) -> None:
    tables = {name: rows for name, rows in services().items() if name != "options"}
    shown = page(tmp_path, tables, "poor")
    assert shown["Against business as usual"][:2] == ["In use (live)", "As the tables stand"]
    assert shown["Net public value (NPSV), £"][:2] == [20, 20]
    assert not [label for label in shown if "Best is said of central cases" in str(label)]
    assert "Which option is best in the central case, and in whose view" not in shown


PAID = {
    "Council, central case: A small service gains £20 net, £10 more than A large service.",
    "People, central case: A large service gains £60 net, £30 more than A small service.",
}
FREE = {
    "Council, central case: Business as usual, A small service and A large service come to the same, £0 net.",
    "People, central case: A large service gains £60 net, £30 more than A small service.",
}
SUMS = {"values.gain-council-fiscal.amount": 120, "costs.outlay.amount": 100, "costs.more.amount": 130}


@pytest.mark.parametrize("paid_as_it_stands", [True, False])
def test_a_sector_that_counts_in_one_scenario_only_keeps_its_place(tmp_path: Path, paid_as_it_stands: bool) -> None:
    """By hand: where its value is nil and the service free, the council, which stands before people, has nothing;
    people keep their £30 and £60. Where it pays and gains it is as in the first test."""
    tables = services()
    if not paid_as_it_stands:
        tables["values"][0]["amount"] = 0
        for cost in tables["costs"]:
            cost["amount"] = 0
    other = {ref: 0 if paid_as_it_stands else number for ref, number in SUMS.items()}
    tables["scenarios"] = [{"name": "other", "title": "Other", "ref": ref, "value": x} for ref, x in other.items()]
    stands, changed = (PAID, FREE) if paid_as_it_stands else (FREE, PAID)
    assert stands <= set(page(tmp_path, tables))
    assert changed <= set(page(tmp_path, tables, "other"))


def test_what_an_option_sets_itself_is_judged_and_what_it_adds_follows_the_scenario(tmp_path: Path) -> None:
    # The large option sets the gain's effect; what it gains is judged, whatever the row says: all of it. Against the
    # small one it adds 130 of costs and, at 90 in place of 120, 120 of benefits (by hand: 240 less 120).
    tables = services(compare_with="small")
    tables["outcomes"] = [row | {"status": "observed"} for row in tables["outcomes"]]
    shown = page(tmp_path, tables, "poor")
    assert shown["Effects and amounts that the option sets itself: judged"][1:3] == ["none", "Gain"]
    assert shown["Share of the benefits, by size, that is judged"][1:3] == [0, 1]
    assert shown["Share of the benefits, by size, that is change seen, not effect (observed)"][1:3] == [1, 0]
    assert shown["Everyone: more costs, £"][1] == 130
    assert shown["Everyone: more benefits, £"][1] == 120
    assert shown["Everyone: more net value, £"][1] == -10
