"""The checks that are lines are live in the workbook: a cell is typed, the verdict changes, and says the right word."""

from __future__ import annotations

from pathlib import Path

import pytest

import sroi
from sroi.reports.workbook import Plan, plan
from tests.parity.everything import everything
from tests.parity.recalculate import Live

TYPED: dict[str, tuple[str, object, str]] = {
    # three years of effect, all of them followed up; then only two
    "followed-up": ("outcomes.stays.followed_up", 2, "WARN"),
    "one-day": ("settings.benefit_timing", "middle", "WARN"),
    "comparison-group": ("outcomes.care.deadweight", -0.1, "WARN"),
    "observed-change": ("outcomes.incidents.counts", "yes", "WARN"),
    # of two gains one is more than half; a gain that is the only one is left aside
    "dominance": ("outcomes.stays.effect", 0, "OK"),
    "overlap-once": ("outcomes.care-seen.counts", "yes", "CHECK"),
    "earnings-one-way": ("values.stays-gross.counts", "yes", "CHECK"),
    "people-once": ("groups.adults.engagement", 1.4, "CHECK"),
}
"""By check, a cell, what is typed there, and the verdict then; it is the other one before."""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Path]:
    data = {name: rows for name, rows in everything().items() if name not in ("evidence", "history")}
    incidents, stays, *_ = data["outcomes"]
    stays["followed_up"] = 3
    incidents |= {"status": "observed", "counts": False}
    data["values"].append(
        {"outcome": "stays", "id": "stays-gross", "sector": "people", "kind": "economic", "amount": 90,
         "earnings": "gross", "counts": False}
    )  # fmt: skip
    case = sroi.read(data)
    path = tmp_path_factory.mktemp("checks") / "everything.xlsx"
    sroi.write_workbook(path, case)
    return plan(case), path


def verdict(live: Live, planned: Plan, line: str) -> object:
    spot = planned.layout.spot(line)
    return live.value(spot.sheet, f"{chr(65 + spot.column)}{spot.row}")


@pytest.mark.parametrize("name", TYPED)
def test_a_typed_cell_changes_the_verdict(name: str, book: tuple[Plan, Path]) -> None:
    planned, path = book
    ref, typed, then = TYPED[name]
    live = Live(path)
    assert (verdict(live, planned, f"checks.{name}.verdict") == "OK") is (then != "OK")
    sheet, _, cell = planned.layout.cells[ref].rpartition("!")
    live.set(sheet.strip("'"), cell.replace("$", ""), typed)
    live.evaluate()
    assert verdict(live, planned, f"checks.{name}.verdict") == then
    assert verdict(live, planned, "checks.master") == ("CHECK" if then == "CHECK" else "OK")
