"""The sheet Sensitivity: a tornado and the switching value of every number. Sums by hand."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import sroi
from sroi.reports import sensitive, sure, write_workbook
from sroi.simulation import Sensitivity, sensitivity
from tests.parity.recalculate import Live
from tests.projection.small import Row, case, gain, outlay, saving

SHEET = "Sensitivity"


def service(ranges: list[Row] | None = None, **tables: Any) -> sroi.Case:
    """£100 brings a saving of £150: net £50. Uncertain are the cost, from 80 to 120, and the saving, from 90 to 210."""
    held = ranges if ranges is not None else [
        {"ref": "costs.outlay.amount", "low": 80, "high": 120, "shape": "uniform"},
        {"ref": "values.gain-council-fiscal.amount", "low": 90, "high": 210, "shape": "uniform"},
    ]  # fmt: skip
    made = case({}, costs=[outlay()], outcomes=[gain()], values=[saving(amount=150)])
    return sroi.read(made | {"ranges": held} | tables)


def page(path: Path, sheet: str = SHEET) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(path, data_only=True)[sheet].iter_rows()]


def written(tmp_path: Path, made: sroi.Case, found: Sensitivity | None = None) -> Path:
    held = sensitivity(made) if found is None else found
    return write_workbook(tmp_path / "case.xlsx", made, sensitivity=held)


def test_the_tornado_is_widest_first_and_says_what_turns_the_answer(tmp_path: Path) -> None:
    # By hand: at the 5th and 95th percentile the cost is 82 and 118, the saving 96 and 204; net 150 - 82 = 68 and 32,
    # 96 - 100 = -4 and 104, which are 18 above and below the central 50, and 54.
    rows = page(written(tmp_path, service()))
    start = next(n for n, row in enumerate(rows) if row[0] == "What matters most")
    saved, paid = rows[start + 1 : start + 3]
    assert saved[:2] == ["Gain, to Council: amount", "£"]
    assert saved[2:10] == pytest.approx([150, 96, 204, -4, 104, -54, 54, 108], abs=1e-3)
    assert saved[10] == "yes"
    assert paid[0] == "Outlay: amount"
    assert paid[2:10] == pytest.approx([100, 82, 118, 68, 32, 18, -18, 36], abs=1e-3)
    assert paid[10] == "no"
    assert str(rows[start + 3][0]).startswith("All 2 uncertain numbers are shown.")
    assert rows[3][0] == "Gain, to Council: amount matters most: it swings net public value by £108"


def test_switching_values_are_closest_first_with_a_reason_where_there_is_none(tmp_path: Path) -> None:
    # By hand: the saving may fall to 100, a third less, within 90 to 210; the cost rise to 150, half more, over 120.
    found = sensitivity(service())
    rows = page(written(tmp_path, service(), found))
    start = next(n for n, row in enumerate(rows) if str(row[0]).startswith("What would turn the answer"))
    shown = {row[0]: row for row in rows[start + 1 :] if row[0]}
    assert shown["Gain, to Council: amount"][2:6] == [150, pytest.approx(100), pytest.approx(-1 / 3), "yes"]
    assert shown["Outlay: amount"][2:6] == [100, pytest.approx(150), pytest.approx(0.5), "no"]
    names = list(shown)
    assert names.index("Gain, to Council: amount") < names.index("Outlay: amount")
    assert len(shown) == len(found.switching.numbers), "every number has a row"
    none = [row for row in shown.values() if row[3] == "none"]
    assert none
    assert all(str(row[8]).startswith("no value within its bounds does") for row in none)
    turning = sum(number.nearest is not None for number in found.switching.numbers)
    assert any(str(row[0]).startswith(f"{turning} of {len(shown)} numbers can turn the answer") for row in rows)


def test_a_number_that_turns_it_twice_is_told_of(tmp_path: Path) -> None:
    # Origin: the warning of the engine's own, which its tests hold.
    found = sensitivity(service())
    first, *others = found.switching.numbers
    twice = replace(first, turns=2, warning="values.x: npv turns 2 times, at 1 and 2")
    held = replace(found, switching=replace(found.switching, numbers=(twice, *others)))
    said = [row for row in page(written(tmp_path, service(), held)) if row[0]]
    assert [row[8] for row in said if row[8] == "turns more than once: see below"]
    assert any(row[0] == "More than once: values.x: npv turns 2 times, at 1 and 2." for row in said)


def test_no_more_than_fifteen_bars_and_how_many_are_left_out(tmp_path: Path) -> None:
    # By hand: 17 costs of £100, each uncertain, the n-th by 10 + n either way: 15 are shown, the two narrowest left.
    # The wider of those is the second, from 88 to 112: nine tenths of 24 is 21.6.
    costs = [outlay(id=f"c{n}", amount=100) for n in range(1, 18)]
    ranges = [{"ref": f"costs.c{n}.amount", "low": 90 - n, "high": 110 + n, "shape": "uniform"} for n in range(1, 18)]
    made = sroi.read(case({}, costs=costs, outcomes=[gain()], values=[saving()]) | {"ranges": ranges})
    rows = page(written(tmp_path, made))
    start = next(n for n, row in enumerate(rows) if row[0] == "What matters most")
    assert [row[9] for row in rows[start + 1 : start + 3]] == pytest.approx([0.9 * 54, 0.9 * 52], abs=1e-2)
    said = str(rows[start + 16][0])
    assert said.startswith("2 more numbers are left out: each swings net public value by £22 at most.")


def test_the_chart_has_its_finding_for_a_title_and_words(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(tmp_path, service())) as file:
        chart = file.read("xl/charts/chart3.xml").decode()
        drawing = file.read("xl/drawings/drawing2.xml").decode()
    assert "matters most" in re.findall(r"<c:title>.*?<c:v>(.*?)</c:v>", chart)[0]
    assert '<c:barDir val="bar"/>' in chart
    assert re.findall(r'descr="Tornado: [^"]{40,}"', drawing)


def test_its_flag_follows_the_inputs_with_a_simulation_or_without(tmp_path: Path) -> None:
    made = service()
    for drawn in (None, sroi.simulate(made, draws=64)):
        path = write_workbook(tmp_path / f"{drawn is None}.xlsx", made, simulation=drawn, sensitivity=sensitivity(made))
        live = Live(path)
        assert live.value(SHEET, f"B{sure.FLAG_ROW}") == sure.HOLDS
        cells = {cell: value for cell, value in live.book()["Ranges"].items() if value == 80}
        live.set("Ranges", next(iter(cells)), 70)
        live.evaluate()
        assert live.value(SHEET, f"B{sure.FLAG_ROW}") == sure.STALE
        assert sroi.read(path).inputs_sha256 == made.inputs_sha256


def test_the_summary_names_what_would_turn_it(tmp_path: Path) -> None:
    rows = {str(row[0]): row for row in page(written(tmp_path, service()), "Summary")}
    said = str(rows["What would turn the answer"][4])
    assert "Gain, to Council: amount from " in said
    assert said.endswith("Each by itself. Stamped: see Sensitivity.")
    assert not sensitive.summary_row(None)


def test_a_sensitivity_of_something_else_is_refused(tmp_path: Path) -> None:
    other = service([{"ref": "costs.outlay.amount", "low": 90, "high": 120}])
    with pytest.raises(ValueError, match="The sensitivity is of another case, or of this one before it was changed"):
        write_workbook(tmp_path / "no.xlsx", service(), sensitivity=sensitivity(other))


def test_nothing_uncertain_has_no_tornado_but_switching_values(tmp_path: Path) -> None:
    rows = page(written(tmp_path, service([])))
    assert rows[3][0] == "No uncertain number moves net public value by itself."
    assert any(str(row[0]).startswith("What would turn the answer") for row in rows)
    assert not any(row[0] == "What matters most" for row in rows)
