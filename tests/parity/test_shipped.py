"""The results workbook of every case that ships, recalculated: as it stands, and with an option and a scenario chosen.

Those of `test_workbooks` are recalculated with every live input changed; for the others this is the quick look.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

import sroi
from sroi import library
from sroi.reports.about import standing
from sroi.reports.workbook import plan
from tests.parity.recalculate import Live
from tests.parity.test_options import as_chosen, choose
from tests.parity.test_workbooks import CASES, assert_same


def outputs(path: Path) -> dict[str, object]:
    """The second line of every output sheet, which has a navy tab: what the status of the case means."""
    tabs = [(sheet, sheet.sheet_properties.tabColor) for sheet in load_workbook(path).worksheets]
    return {sheet.title: sheet["A2"].value for sheet, tab in tabs if tab is not None and tab.rgb == "FF1F3864"}


@pytest.mark.parametrize("case_id", [name for name in library.shipped_cases() if name not in CASES])
def test_it_recalculates_as_it_stands_and_as_chosen(case_id: str, tmp_path: Path) -> None:
    case = sroi.read(case_id)
    path = sroi.write_workbook(tmp_path / "case.xlsx", case)
    written, live = plan(case), Live(path)
    said = outputs(path)
    assert len(said) >= 4
    assert {name: text for name, text in said.items() if standing(case) != text or "Illustrative" not in text} == {}
    live.evaluate()
    assert_same(written, written, live.book())
    last = [next(reversed(tuple(names)), None) for names in (case.option_names, case.scenario_names)]
    choice = (last[0], last[1])
    assert choice != (None, None)
    choose(live, choice)
    assert_same(as_chosen(case, choice, written), written, live.book())
