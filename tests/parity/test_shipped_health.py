"""A blank in a library row of a workbook means what the shipped row says, to the workbook as to the reader."""

from __future__ import annotations

from pathlib import Path

import pytest

import sroi
from sroi.reports.workbook import plan
from tests.parity.recalculate import Live
from tests.parity.test_workbooks import cells_of, place
from tests.projection.small import case, gain

# Method § 1: the second year's factor, by the health schedule at 1.5 % and by the standard one at 3.5 %.
HEALTH, STANDARD = 1 / 1.015, 1 / 1.035


@pytest.mark.parametrize(
    ("unit_value", "typed", "factor"),
    [
        ("qaly", None, HEALTH),  # Origin: unit-values.csv, health_effect of qaly is yes
        ("qaly", "no", STANDARD),
        ("wellby", None, STANDARD),  # and of wellby no
        ("wellby", "yes", HEALTH),
    ],
)
def test_a_blank_cell_says_what_ships(unit_value: str, typed: str | None, factor: float, tmp_path: Path) -> None:
    settings = {"years": 2, "discount": "green-book-2026-standard"}
    value = {"outcome": "gain", "sector": "people", "unit_value": unit_value, "times": 1}
    read = sroi.read(case(settings, outcomes=[gain()], values=[value]))
    path, planned = tmp_path / "book.xlsx", plan(read)
    sroi.write_workbook(path, read)
    live, line = Live(path), planned.model["gain-people-social.factor"]
    live.set(*place(planned, f"unit_values.{unit_value}.health_effect"), typed)
    live.evaluate()
    assert live.book()[planned.layout.spot(line.name).sheet][cells_of(line, planned)[1]] == pytest.approx(factor)


def test_an_option_s_case_keeps_what_ships() -> None:
    change = {"name": "more", "ref": "outcomes.gain.effect", "value": 2}
    value = {"outcome": "gain", "sector": "people", "unit_value": "qaly", "times": 1}
    read = sroi.read(case(outcomes=[gain()], values=[value]) | {"options": [change]})
    assert [row.id for row in read.shipped] == ["qaly"]
    assert read.seen("more").shipped == read.replace("outcomes.gain.effect", 3).shipped == read.shipped
