"""Another option, or another scenario, chosen in the workbook: every sheet follows, as the engine would have it."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from openpyxl import load_workbook

import sroi
from sroi.model.settings import AS_IT_STANDS
from sroi.projection.declare import declare
from sroi.reports import economic
from sroi.reports.workbook import Plan, plan
from sroi.sheet import formula
from tests.parity.options import with_options
from tests.parity.recalculate import Live, ironcalc, libreoffice
from tests.parity.test_workbooks import assert_same, differences, place

CASE = sroi.read(with_options())
CHOICES = list(itertools.product((None, *CASE.option_names), (None, *CASE.scenario_names)))
Choice = tuple[str | None, str | None]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sroi.write_workbook(tmp_path_factory.mktemp("options") / "case.xlsx", CASE)


@pytest.fixture(scope="module")
def written() -> Plan:
    return plan(CASE)


def choose(live: Live, choice: Choice) -> None:
    for cell, name in zip(("B5", "B6"), choice, strict=True):
        live.set(economic.SHEET, cell, AS_IT_STANDS if name is None else name)
    live.evaluate()


def as_chosen(case: sroi.Case, choice: Choice, written: Plan) -> Plan:
    """What the written workbook shows with these chosen: rates that are not live stay as they are."""
    return plan(case, sroi.project(case, *choice), written.rates.stamps)


def test_every_option_in_every_scenario_recalculates(book: Path, written: Plan) -> None:
    live = Live(book)
    for choice in CHOICES:
        choose(live, choice)
        assert_same(as_chosen(CASE, choice, written), written, live.book())


def test_another_choice_is_another_result(book: Path, written: Plan) -> None:
    """The comparison can fail: what one option shows is not what another does."""
    live = Live(book)
    choose(live, ("minimum", None))
    assert list(differences(as_chosen(CASE, ("stretched", None), written), written, live.book()))


@pytest.mark.libreoffice
@pytest.mark.parametrize("choice", [("stretched", "dear"), ("minimum", "slow")])
def test_libreoffice_agrees(choice: Choice, tmp_path: Path) -> None:
    """Written with an option and a scenario chosen, it is theirs: stored numbers and recalculated ones."""
    result = sroi.project(CASE, *choice)
    path = sroi.write_workbook(tmp_path / "chosen.xlsx", CASE, result)
    planned = plan(CASE, result)
    assert_same(planned, planned, libreoffice(path))
    assert_same(planned, planned, ironcalc(path))
    stored = load_workbook(path, data_only=True)
    assert stored["Summary"]["A3"].value == f"Option in use: {choice[0]}. Scenario: {choice[1]}."
    assert sroi.read(path).inputs_sha256 == CASE.inputs_sha256, "the case, not the option, is read back"


def test_a_change_of_an_option_recalculates_and_is_told(book: Path, written: Plan) -> None:
    """£950 for £900 in the option chosen: the live column follows, and the stamped ones are said not to."""
    ref = "options.minimum costs.support.amount.value"
    changed = sroi.read(with_options() | {"options": [
        row | {"value": 950} if row["ref"] == "costs.support.amount" else row for row in with_options()["options"]
    ]})  # fmt: skip
    live = Live(book)
    choose(live, ("minimum", "dear"))
    assert live.book()[economic.SHEET][f"B{economic.FLAG_ROW}"] == economic.HOLDS
    live.set(*place(written, ref), 950)
    live.evaluate()
    assert_same(as_chosen(changed, ("minimum", "dear"), written), written, live.book())
    assert live.book()[economic.SHEET][f"B{economic.FLAG_ROW}"] == economic.STALE


@pytest.mark.parametrize("choice", [("Do minimum", None), ("minimum", "Dear times"), ("x", "y")])
def test_what_is_not_in_the_list_is_told(choice: Choice, book: Path) -> None:
    """A title, or anything else, pasted over the list: in words, where all numbers are errors."""
    live = Live(book)
    assert live.book()[economic.SHEET][f"B{economic.LISTED_ROW}"] == economic.LISTED
    choose(live, choice)
    assert live.book()[economic.SHEET][f"B{economic.LISTED_ROW}"] == economic.UNLISTED


def test_a_file_run_again_says_what_was_chosen_in_it(tmp_path: Path) -> None:
    path = sroi.write_workbook(tmp_path / "chosen.xlsx", CASE, sroi.project(CASE, "stretched", "dear"))
    assert sroi.read(path).notes == (
        "'Economic case'!B5: \"stretched\" is chosen there, and the case is read as its tables stand. "
        "Run it with --option stretched to see it.",
        "'Economic case'!B6: \"dear\" is chosen there, and the case is read as its tables stand. "
        "Run it with --scenario dear to see it.",
    )
    assert sroi.read(sroi.write_workbook(tmp_path / "plain.xlsx", CASE)).notes == ()


@pytest.mark.parametrize(
    ("ref", "value"),
    [("costs.support.amount", 1400), ("settings.first_year", 2026), ("values.stays-pay.growth", 0.02),
     ("outcomes.stays.status", None)],
)  # fmt: skip
def test_the_flag_tells_of_every_live_input(ref: str, value: object, book: Path, written: Plan) -> None:
    """An input that was blank too; but words that no formula reads change no number."""
    live = Live(book)
    live.set(*place(written, ref), value if value is not None else "judgement")
    live.evaluate()
    wanted = economic.HOLDS if value is None else economic.STALE
    assert live.book()[economic.SHEET][f"B{economic.FLAG_ROW}"] == wanted


def test_the_options_stamped_are_those_of_the_engine_whichever_scenario_is_chosen(book: Path, written: Plan) -> None:
    """In each scenario the page shows each option's net public value as `project` has it."""
    live = Live(book)
    page = written.economic
    assert page is not None
    titles = [cell.value for cell in next(load_workbook(book)[economic.SHEET].iter_rows(min_row=1, max_row=1))]
    assert titles[0] == "Everything at once: economic case"
    for scenario in (None, *CASE.scenario_names):
        choose(live, (None, scenario))
        shown = live.book()[economic.SHEET]
        (row,) = [cell[1:] for cell, said in shown.items() if said == "Net public value (NPSV), £"]
        for column, option in zip("CD", CASE.option_names, strict=True):
            npv = sroi.project(CASE, option, scenario).views["public_value"].npv
            assert shown[f"{column}{row}"] == pytest.approx(npv, rel=1e-12)


def test_every_input_that_may_be_changed_leaves_the_lines_as_they_are() -> None:
    """A workbook shows any option by its inputs alone: no change of one makes another line, or another formula."""
    base = plan(CASE)
    said = {name: formula(line, base.typed) for name, line in declare(CASE).model.lines.items()}
    for choice in CHOICES:
        lines = declare(CASE.seen(*choice)).model.lines
        assert {name: formula(line, base.typed) for name, line in lines.items()} == said
