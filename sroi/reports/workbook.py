"""The results workbook: every sheet in reading order, written whole or not at all (workbook, rules 11 and 12)."""

from __future__ import annotations

import dataclasses
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sroi import library
from sroi.errors import WriteError
from sroi.model import Case, Row
from sroi.model.currency import symbol
from sroi.projection import Declared, Result, project
from sroi.projection.price_index import SHEET as PRICE_SHEET
from sroi.reports import (
    about,
    actuals,
    as_run,
    charts,
    checks,
    computed,
    economic,
    evidence,
    financial,
    history,
    in_use,
    innovation,
    inputs,
    log,
    partners,
    price_index,
    rates,
    references,
    sensitive,
    simulated,
    sources,
    stamp,
    summary,
    sure,
    value_map,
    workings,
)
from sroi.reports.book import Book
from sroi.reports.files import folder_for
from sroi.reports.grid import Grid, spots
from sroi.reports.placed import Page
from sroi.reports.places import CONSTANTS_SHEET, by_sheet, input_sheets, lay_out
from sroi.sheet import Evaluation, Layout, Model, Spot, evaluate
from sroi.simulation import Sensitivity, Simulation

NAMES = {
    "out_npsv": "public_value.npv",
    "out_sroi": "public_value.bcr",
    "out_payback": "public_value.payback",
    "out_discounted_payback": "public_value.discounted.payback",
    "out_pv_costs": "public_value.pv_costs",
    "out_pv_benefits": "public_value.pv_benefits",
    "out_budget_npv": "budget.npv",
    "out_budget_ratio": "budget.bcr",
    "out_cashable_npv": "cashable.npv",
    "out_cashable_ratio": "cashable.bcr",
    "out_irr": "rates.public_value.irr",
    "out_mirr": "rates.public_value.mirr",
    "out_mvpf": "public_value.mvpf",
    "out_checks": "checks.master",
}
"""Defined names of the headline results: the workbook's own interface (workbook, rule 10)."""
NAMED_INPUTS = {
    "in_first_year": "settings.first_year",
    "in_price_base": "settings.price_base",
    "in_discount": "settings.discount",
    "in_cost_timing": "settings.cost_timing",
    "in_benefit_timing": "settings.benefit_timing",
}


@dataclass(frozen=True)
class Plan:
    """Everything a results workbook is written from: lines, their places, their values, and the output tables."""

    result: Result
    declared: Declared
    model: Model
    layout: Layout
    """Where formulas find everything: each input as it is in use."""
    typed: Layout
    """Where each input is typed: the same, but for those that an option or a scenario changes."""
    evaluation: Evaluation
    grids: dict[str, Spot]
    rates: rates.Rates
    financial: Page
    """The page on who pays and who saves."""
    summary: summary.Summary
    innovation: innovation.Innovation
    evidence: evidence.Evidence
    charts: charts.Charts
    checks: Grid
    index: Grid | None
    """The price index by year, where the case carries one."""
    chosen: in_use.InUse | None
    economic: economic.Page | None
    """The option and the scenario in use, and the page of all options; none where the case has neither."""
    actuals: Grid | None
    """What came in beside its forecast, where something has."""
    simulation: Simulation | None
    """What the draws come to, where there are any."""
    sensitivity: Sensitivity | None
    """What numbers do one at a time, where that was computed."""

    @property
    def as_run(self) -> bool:
        """Whether numbers are stamped that hold only while the inputs are as they were."""
        return not (self.economic is None and self.simulation is None and self.sensitivity is None)


def plan(
    case: Case,
    result: Result | None = None,
    stamps: rates.Stamps | None = None,
    simulation: Simulation | None = None,
    sensitivity: Sensitivity | None = None,
) -> Plan:
    """Declares the output sheets' own lines on top of the projection's, places every line, and evaluates them all.

    `result` is the case's central result, in an option and a scenario of it if wanted. `stamps` are those of a
    workbook already written, where the plan is to say what that workbook shows once its inputs are those of this case.
    """
    found = result if result is not None else project(case)
    for other in (simulation, sensitivity):
        _refuse_another(found, other)
    seen = case.seen(found.case.option, found.case.scenario)
    if (found.case.inputs_sha256, found.case.rerun) != (seen.inputs_sha256, seen.rerun):
        raise ValueError("The result is of another case, or of this one before it was changed. Project the case again.")
    model = found.declared.model.copy()
    returns = rates.declare(model, found.views, symbol(case.settings.currency), stamps)
    page = summary.declare(found, model, returns, simulation, sensitive.summary_row(sensitivity))
    sitting = financial.declare(found, model)
    rests = evidence.declare(found.declared, model)
    new = innovation.declare(found, model, sensitivity)
    drawn = charts.declare(found.declared, model)
    grid, index = checks.declare(found.declared, found), price_index.declare(found.declared)
    beside = actuals.declare(found.declared, model)
    tables = [*rests.grids, drawn.waterfall, drawn.titles, grid, *(g for g in (index, beside) if g is not None)]
    places = page.spots | new.spots | returns.spots | spots(tables)
    typed = lay_out(case, model, places, returns.measures.cells() | sitting.addresses(), price_index.ranges(index))
    chosen = in_use.arrange(case, model, typed)
    layout = typed if chosen is None else chosen.over(typed)
    options = economic.arrange(case, found, simulation)
    return Plan(
        found, found.declared, model, layout, typed, evaluate(model), places, returns, sitting, page, new, rests, drawn,
        grid, index, chosen, options, beside, simulation, sensitivity,
    )  # fmt: skip


def _refuse_another(result: Result, found: Simulation | Sensitivity | None) -> None:
    """Raises `ValueError` for a simulation, or a sensitivity, of something else than the result."""
    if found is None:
        return
    what, again = type(found).__name__.lower(), "Compute it again."
    shown, other = result.case, found.case
    if (shown.option, shown.scenario) != (other.option, other.scenario):
        raise ValueError(f"The {what} is of another option or scenario than the result. {again}")
    if (shown.inputs_sha256, shown.rerun) != (other.inputs_sha256, other.rerun):
        raise ValueError(f"The {what} is of another case, or of this one before it was changed. {again}")


def write_workbook(
    path: str | Path,
    case: Case,
    result: Result | None = None,
    simulation: Simulation | None = None,
    force: bool = False,
    *,
    source: str | Path | None = None,
    sensitivity: Sensitivity | None = None,
) -> Path:
    """Writes the results workbook of a case and returns its path.

    `result` is the case's central result, projected here unless given; with that of an option or a scenario, these
    are chosen in the workbook, where another may be; with that of a re-run, the workbook is of the past as it was.
    `simulation` is of the same case, option and scenario; without one the workbook is of the central case alone.
    `sensitivity` is `sroi.simulation.sensitivity` of the same. Neither is computed here. `source` is the file the case
    was read from. A file already there is replaced only if it is this case's own earlier result with its input sheets
    as stamped, and not the source; or with `force`.

    Raises `WriteError` where the file may not or cannot be written, and `ValueError` for a result, a simulation or a
    sensitivity of another case. The workbook is written to a temporary file in the same folder and renamed, so there
    is never half of one.

    >>> import sroi, tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     sroi.write_workbook(pathlib.Path(folder) / "meals.xlsx", sroi.read("meals")).name
    'meals.xlsx'
    """
    target = Path(path)
    stamp.refuse_folder(target, case)
    if result is not None and result.case.rerun:
        case = case.as_it_was()
    if not force:
        stamp.refuse_to_replace(target, case, None if source is None else Path(source))
    planned = plan(case, result, simulation=simulation, sensitivity=sensitivity)
    _whole(target, lambda temporary: _write(temporary, case, planned))
    return target


def write_case(path: str | Path, case: Case, *, force: bool = False) -> Path:
    """Writes the assumptions alone as a workbook: the tables of the case, to be filled in and read back.

    Library rows are written only where they differ from the shipped ones: the others come by name.
    """
    target = Path(path)
    stamp.refuse_folder(target, case)
    if target.exists() and not force:
        raise WriteError(f"{target} exists, so it is kept. Use force to replace it.")

    def write(temporary: Path) -> None:
        book = Book(
            temporary, title=case.about.title, created=case.about.date, stamps={}, currency=case.settings.currency
        )
        inputs.write(book, case, dataclasses.replace(case.tables, **_own_rows(case)), None)
        book.close()

    _whole(target, write)
    return target


def _own_rows(case: Case) -> dict[str, Any]:
    """The rows of the library's tables that are the case's own."""
    shipped: dict[str, tuple[Row, ...]] = {
        "schedules": library.schedules(),
        "deflators": library.deflators(),
        "unit_values": library.unit_values(),
    }
    return {table: tuple(r for r in case.tables.rows(table) if r not in rows) for table, rows in shipped.items()}


def _write(path: Path, case: Case, planned: Plan) -> None:
    book = Book(
        path,
        title=case.about.title,
        created=case.about.date,
        stamps=stamp.stamps(case),
        currency=case.settings.currency,
    )
    layout, evaluation, grids = planned.layout, planned.evaluation, planned.grids
    seen = None if planned.chosen is None else in_use.said(planned.result.case)
    named = references.gather(case)
    drawn = () if planned.simulation is None else (sure.drawn(planned.simulation),)
    about.write(book, case, planned.model, _sheets(case, planned), seen, *drawn)
    summary.write(book, case, planned.summary, layout, evaluation, seen)
    charts.draw(
        book,
        book.file.get_worksheet_by_name(summary.SHEET),
        planned.charts,
        layout,
        evaluation,
        planned.summary.last_row,
    )
    innovation.write(book, case, planned.innovation, layout, evaluation, seen)
    if planned.economic is not None and planned.chosen is not None:
        economic.write(book, planned.economic, planned.chosen, planned.model, layout, evaluation)
    financial.write(book, case, planned.financial, layout, evaluation, seen)
    value_map.write(book, planned.result, planned.model, layout, evaluation, named, seen)
    evidence.write(book, case, planned.evidence, layout, evaluation)
    if planned.actuals is not None:
        actuals.write(book, case, planned.actuals, layout, evaluation)
    inputs.write(book, case, case.tables, planned.model)
    if planned.index is not None:
        price_index.write(book, planned.index, layout, evaluation)
    if planned.chosen is not None:
        in_use.write(book, planned.chosen, planned.result.case)
    workings.write(book, planned.result, planned.model, layout, evaluation, grids)
    rates.write(book, planned.rates, layout, evaluation)
    _chart_data(book, planned)
    _stamped(book, case, planned)
    inputs.write_constants(book)
    checks.write(book, planned.checks, layout, evaluation)
    log.write(book, planned.result.case, layout, named)
    sources.write(book, case, named, planned.typed)
    history.write(book, planned.result.case, layout, named)
    for name, line in NAMES.items():
        spot = layout.spot(line)
        book.file.define_name(name, f"='{spot.sheet}'!${chr(65 + spot.column)}${spot.row}")
    for name, ref in NAMED_INPUTS.items():
        book.file.define_name(name, f"={planned.typed.cell(ref)}")
    book.close()


def _stamped(book: Book, case: Case, planned: Plan) -> None:
    """What does not recalculate, and what it rests on."""
    if planned.economic is not None:
        computed.write(book, planned.economic.computed)
    if planned.simulation is not None:
        simulated.write(book, case, planned.result, planned.simulation)
    if planned.sensitivity is not None:
        sensitive.write(book, case, planned.sensitivity)
    if planned.as_run:
        drawn_from = planned.simulation is not None or planned.sensitivity is not None
        as_run.write(book, case, planned.model, planned.typed, drawn=drawn_from)


def _sheets(case: Case, planned: Plan) -> list[str]:
    """Every sheet, in reading order."""
    tables = [sheet.title for sheet in input_sheets(case.tables) if sheet.table != "about"]
    rows = list(by_sheet(planned.model, planned.grids))
    return [
        about.SHEET,
        summary.SHEET,
        innovation.SHEET,
        *([economic.SHEET] if planned.economic is not None else []),
        partners.SHEET,
        value_map.SHEET,
        evidence.SHEET,
        *([actuals.SHEET] if planned.actuals is not None else []),
        *tables,
        *([PRICE_SHEET] if planned.index is not None else []),
        *([in_use.SHEET] if planned.chosen is not None else []),
        *rows,
        rates.SHEET,
        charts.SHEET,
        *([computed.SHEET] if planned.economic is not None else []),
        *([simulated.SHEET] if planned.simulation is not None else []),
        *([sensitive.SHEET] if planned.sensitivity is not None else []),
        *([as_run.SHEET] if planned.as_run else []),
        CONSTANTS_SHEET,
        checks.SHEET,
        log.SHEET,
        sources.SHEET,
        history.SHEET,
    ]


def _chart_data(book: Book, planned: Plan) -> None:
    page = book.sheet(charts.SHEET, "Chart data", "What the charts on the Summary are drawn from, live.", tab="#7F7F7F")
    book.widths(page, {0: 42, 1: 46} | dict.fromkeys(range(2, 6), 18))
    for grid in (planned.charts.titles, planned.charts.waterfall):
        grid.write(book, page, planned.layout, planned.evaluation)
    page.fit_to_pages(1, 0)


def _whole(target: Path, write: Callable[[Path], None]) -> None:
    """Writes to a temporary file beside the target, then renames it: never a half-written book."""
    try:
        with folder_for(target.parent):
            _renamed(target, write)
    except OSError as error:
        raise WriteError(f"{target} cannot be written: {error.strerror}.") from None


def _renamed(target: Path, write: Callable[[Path], None]) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.stem}-", suffix=".xlsx", dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        temporary.chmod(0o644)
        try:
            temporary.replace(target)
        except PermissionError:
            raise WriteError(f"{target} is open in another program. Close it and run again.") from None
    finally:
        temporary.unlink(missing_ok=True)
