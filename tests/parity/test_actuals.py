"""A workbook of a case with actuals is the engine: as the forecast, and as a re-run with the past as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import sroi
from sroi.reports.workbook import plan
from tests.parity.changes import another, live_refs
from tests.parity.everything import everything
from tests.parity.recalculate import Live, ironcalc
from tests.parity.test_workbooks import Written, as_written, assert_same, place

CAME_IN = (
    ("groups.adults.referrals", 2027, 118),
    ("groups.adults.referrals", 2028, 141),
    ("groups.young.referrals", 2028, 61),
    ("costs.team.amount", 2028, 244000),
    ("costs.lease.amount", 2027, 5300),
    ("costs.set-up.amount", 2028, 97000),
    ("costs.support.amount", 2028, 1410),
    ("values.stays-contract.amount", 2029, 163),
    ("values.stays-council-transfer.amount", 2029, 290),
    ("values.stays-people-economic.amount", 2029, 260),
    ("outcomes.incidents.effect", 2029, 0.22),
    ("outcomes.harm.effect", 2029, -0.15),
    ("outcomes.stays.effect", 2028, -0.05),
)
"""Every field that can come in, plain and by profile; a one-off cost, a nominal one, graded ones; gain turned harm."""


def tables() -> dict[str, Any]:
    return everything() | {"actuals": [{"ref": ref, "year": year, "value": v} for ref, year, v in CAME_IN]}


@pytest.fixture(scope="module", params=["forecast", "as it was"])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Written:
    case = sroi.read(tables())
    case = case.as_it_was() if request.param == "as it was" else case
    path = sroi.write_workbook(tmp_path_factory.mktemp("books") / "actuals.xlsx", case)
    return Written(case, plan(case), path)


def test_ironcalc_agrees(written: Written) -> None:
    assert_same(written.plan, written.plan, ironcalc(written.path))


def test_every_actual_recalculates(written: Written) -> None:
    """Each in turn: also in the forecast, where only the sheet of differences follows."""
    live, case = Live(written.path), written.case
    refs = [(ref, column) for ref, column in live_refs(case) if ref.startswith("actuals.")]
    assert len(refs) == len(CAME_IN)
    for ref, column in refs:
        change = another(case, ref, column)
        assert change is not None
        live.set(*place(written.plan, ref), change.cell)
        case = change.case
        live.evaluate()
        assert_same(as_written(case, written), written.plan, live.book())


def test_other_inputs_recalculate_a_re_run(written: Written) -> None:
    """Growth, optimism, grades, prices and forecasts, all at once: they still rule the years that have not come in."""
    live, case = Live(written.path), written.case
    for ref, column in live_refs(case):
        if ref.endswith((".growth", ".optimism", ".amount", ".effect", ".referrals", ".price_year")):
            change = another(case, ref, column)
            if change is not None:
                live.set(*place(written.plan, ref), change.cell)
                case = change.case
    live.evaluate()
    assert_same(as_written(case, written), written.plan, live.book())


def test_a_blank_has_not_come_in_and_the_workbook_says_so(tmp_path: Path) -> None:
    """A cell made blank is the forecast again: as a case without that row."""
    case = sroi.read(tables()).as_it_was()
    path = sroi.write_workbook(tmp_path / "blank.xlsx", case)
    live, planned = Live(path), plan(case)
    live.set(*place(planned, "actuals.costs.team.amount 2028.value"), None)
    live.evaluate()
    held = tables()
    held["actuals"] = [row for row in held["actuals"] if row["ref"] != "costs.team.amount"]
    wanted = sroi.project(sroi.read(held), actuals=True).views["public_value"].npv
    spot = planned.layout.spot("public_value.npv")
    assert live.book()[spot.sheet][f"C{spot.row}"] == pytest.approx(wanted, rel=1e-12)
    words = planned.layout.spot("team.cost_2028.words")
    assert live.book()[words.sheet][f"H{words.row}"] == "nothing has come in"


def test_read_back_it_is_the_same_case(written: Written) -> None:
    again = sroi.read(written.path)
    assert again.canonical() == written.case.canonical()
    assert again.inputs_sha256 == written.case.inputs_sha256
