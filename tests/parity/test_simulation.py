"""A workbook with a simulation, recalculated: every formula as the engine has it, and a flag that tells of changes."""

from __future__ import annotations

from pathlib import Path

import pytest

import sroi
from sroi.reports import sure
from sroi.reports.workbook import Plan, plan
from tests.parity.options import with_options
from tests.parity.recalculate import Live, ironcalc, libreoffice
from tests.parity.test_workbooks import assert_same, place
from tests.projection.small import Row, gain, outlay, saving
from tests.projection.small import case as small


def uncertain() -> Row:
    """Every kind of option, and three uncertain numbers, one of which an option gives a range of its own."""
    tables = with_options()
    first, *others = tables["options"]
    return tables | {
        "options": [first | {"low": 850, "high": 1000}, *others],
        "ranges": [
            {"ref": "costs.support.amount", "low": 800, "high": 1600},
            {"ref": "outcomes.incidents.attribution", "low": 0.1, "high": 0.3, "shape": "uniform"},
            {"ref": "values.harm-council-fiscal.release_lag", "low": 1, "high": 3},
        ],
        "correlations": [{"a": "costs.support.amount", "b": "outcomes.incidents.attribution", "rank": 0.4}],
    }


CASE = sroi.read(uncertain())
FLAG = f"B{sure.FLAG_ROW}"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("drawn") / "case.xlsx"
    return sroi.write_workbook(path, CASE, simulation=sroi.simulate(CASE, draws=64))


@pytest.fixture(scope="module")
def written() -> Plan:
    return plan(CASE, simulation=sroi.simulate(CASE, draws=64))


def flags(live: Live) -> set[object]:
    """What the flag says, on its own sheet and on the Summary."""
    live.evaluate()
    shown = live.book()
    (row,) = [cell[1:] for cell, said in shown["Summary"].items() if said == "Does this still hold?"]
    return {shown["Simulation"][FLAG], shown["Summary"][f"E{row}"]}


def test_it_recalculates_as_the_engine_has_it(book: Path, written: Plan) -> None:
    assert_same(written, written, ironcalc(book))
    assert flags(Live(book)) == {sure.HOLDS}


@pytest.mark.libreoffice
def test_libreoffice_agrees_that_it_holds(book: Path) -> None:
    assert libreoffice(book)["Simulation"][FLAG] == sure.HOLDS


@pytest.mark.parametrize(
    ("ref", "value"),
    [("costs.support.amount", 1250), ("settings.first_year", 2026), ("ranges.costs.support.amount.low", 700),
     ("ranges.outcomes.incidents.attribution.shape", "triangular"),
     ("options.minimum costs.support.amount.low", 840),
     ("correlations.costs.support.amount outcomes.incidents.attribution.rank", -0.4),
     ("values.harm-council-fiscal.release_lag", 3)],
)  # fmt: skip
def test_the_flag_tells_of_every_input_and_of_every_range(ref: str, value: object, book: Path, written: Plan) -> None:
    live = Live(book)
    sheet, cell = place(written, ref)
    before = live.value(sheet, cell)
    live.set(sheet, cell, value)
    assert flags(live) == {sure.STALE}
    live.set(sheet, cell, before)
    assert flags(live) == {sure.HOLDS}


def test_words_that_nothing_rests_on_leave_it(book: Path, written: Plan) -> None:
    live = Live(book)
    live.set(*place(written, "outcomes.stays.status"), "judgement")
    assert flags(live) == {sure.HOLDS}


@pytest.mark.parametrize("cell", ["B5", "B6"])
def test_another_option_or_scenario_in_use_is_not_what_was_drawn(cell: str, book: Path) -> None:
    live = Live(book)
    names = CASE.option_names if cell == "B5" else CASE.scenario_names
    live.set("Economic case", cell, next(iter(names)))
    assert flags(live) == {sure.STALE}


def test_an_option_drawn_holds_while_it_is_chosen(tmp_path: Path) -> None:
    option, scenario = next(iter(CASE.option_names)), next(iter(CASE.scenario_names))
    drawn = sroi.simulate(CASE, option, scenario, draws=64)
    path = sroi.write_workbook(tmp_path / "case.xlsx", CASE, sroi.project(CASE, option, scenario), drawn)
    live = Live(path)
    assert flags(live) == {sure.HOLDS}
    live.set("Economic case", "B5", "as the tables stand")
    assert flags(live) == {sure.STALE}


def test_a_case_without_options_has_the_flag_too(tmp_path: Path) -> None:
    ranges = [{"ref": "costs.outlay.amount", "low": 80, "high": 130}]
    made = sroi.read(small(costs=[outlay()], outcomes=[gain()], values=[saving()]) | {"ranges": ranges})
    drawn = sroi.simulate(made, draws=64)
    path = sroi.write_workbook(tmp_path / "case.xlsx", made, simulation=drawn)
    live = Live(path)
    assert flags(live) == {sure.HOLDS}
    live.set(*place(plan(made, simulation=drawn), "costs.outlay.amount"), 101)
    assert flags(live) == {sure.STALE}
