"""Each check on live inputs goes red at a mistyped cell: the very line that counts its fault, and the check over it.

The cases use every table and every setting on which a check turns, and one is in another currency. The checks on the
arithmetic are turned red by faults in the model: `tests/projection/test_checks.py`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import sroi
from sroi.projection.checklist import CHECKS
from sroi.reports.workbook import Plan, plan
from tests.parity.everything import everything
from tests.parity.recalculate import Live
from tests.parity.test_currencies import in_currency
from tests.parity.test_workbooks import cells_of, place
from tests.projection.test_checks import RED

Written = tuple[Path, Plan]
NO_YEAR, NO_GRADE, NO_SHARE, NO_RATE, NO_SCHEDULE = 2199, 9, 1.5, 1.5, "green-book-2062-standard"


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Written]:
    folder = tmp_path_factory.mktemp("typed")
    found = {}
    for code, made in (("GBP", everything()), ("EUR", in_currency(everything(), "EUR"))):
        case = sroi.read(made)
        sroi.write_workbook(folder / f"{code}.xlsx", case)
        found[code] = (folder / f"{code}.xlsx", plan(case))
    return found


def graded_at(ref: str) -> str:
    """The cell of a row's grade, or of that of its amount or effect on the sheet Evidence."""
    if not ref.endswith(".own"):
        return f"{ref}.grade"
    row = ref.removesuffix(".own")
    return f"evidence.{row}.{'amount' if row.startswith('costs.') else 'effect'}.grade"


def typed_for(name: str, planned: Plan) -> tuple[str, str, object] | None:
    """The check over a line that counts a fault, the cell that is mistyped, and what is typed there."""
    kind, _, ref = name.removeprefix("checks.").partition(".")
    case = planned.result.case
    if kind == "years" and ref:
        return "years-within", f"{ref}.from", NO_YEAR
    if kind == "grades" and ref:
        return "grades-held", graded_at(ref), NO_GRADE
    if kind == "filled" and ref:
        return "cells-filled", ref, None
    if kind == "shares" and ref:
        table, *rest = ref.split(".")
        return "shares-are-shares", ref if rest[1:] else case.tables.rows(table)[-1].at(rest[0]), NO_SHARE
    if kind == "prices" and ref:
        part = next((p for v in case.values for p in case.parts(v) if f"values.{p.id}" == ref), None)
        row = ref if part is None or part.unit_value is None else part.unit_value.at()
        return "prices-of-base", f"{row}.price_year", "1999"
    if kind == "flat" and ref.endswith(".over"):
        return "rates-held", f"settings.{ref.removesuffix('.over')}", NO_RATE
    if kind == "rates" and ref:
        return "rates-held", f"settings.{ref.partition('.')[0]}", NO_SCHEDULE
    if name == "checks.inflation":
        return "inflation-held", "settings.later_inflation", -0.5
    return None


COUNTED = (
    "rates-held",
    "inflation-held",
    "years-within",
    "grades-held",
    "prices-of-base",
    "shares-are-shares",
    "cells-filled",
)


@pytest.mark.parametrize("code", ["GBP", "EUR"])
def test_every_line_that_counts_a_fault_sees_it_typed(code: str, books: dict[str, Written]) -> None:
    path, planned = books[code]
    live, silent, tried = Live(path), [], set()
    for line in planned.model.lines.values():
        typed = typed_for(line.name, planned) if line.name.startswith("checks.") else None
        if typed is None:
            continue
        check, ref, wrong = typed
        at = place(planned, ref)
        sound = live.value(*at)
        live.set(*at, wrong)
        live.evaluate()
        book, spot = live.book(), planned.layout.spot
        counts = [book[spot(line.name).sheet].get(cell) for cell in cells_of(line, planned)]
        verdict = planned.model[f"checks.{check}.verdict"]
        (said,) = (book[spot(verdict.name).sheet].get(cell) for cell in cells_of(verdict, planned))
        if not any(isinstance(count, float) and count >= 1 for count in counts) or said != "CHECK":
            silent.append((line.name, ref, counts, said))
        live.set(*at, sound)
        tried.add(check)
    assert silent == []
    assert tried == {check for check in COUNTED if f"checks.{check}.found" in planned.model.lines}


def test_people_engaged_beyond_those_referred_are_seen_typed(books: dict[str, Written]) -> None:
    path, planned = books["GBP"]
    live, verdict = Live(path), planned.model["checks.people-once.verdict"]
    live.set(*place(planned, "groups.adults.engagement"), NO_SHARE)
    live.evaluate()
    (cell,) = cells_of(verdict, planned)
    assert live.book()[planned.layout.spot(verdict.name).sheet][cell] == "CHECK"


def test_every_check_there_is_has_been_seen_red() -> None:
    """Every check that can fail is turned red, here or by a fault in the model: a new one is put in its place."""
    # tests/projection/test_checklist.py
    in_the_list = ("budget-adds", "cashable-adds", "years-add", "parts-add", "side-payments-settle")
    by_counts = ("overlap-once", "earnings-one-way")  # tests/parity/test_checks.py
    seen = {*COUNTED, *in_the_list, *by_counts, *(name for _, names in RED.values() for name in names)}
    assert seen == {entry.id for entry in CHECKS.values() if entry.level == "fail"}
