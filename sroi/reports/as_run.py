"""Every input as it was when the engine ran, beside what it is now: whether stamped numbers still hold.

Numbers that do not recalculate are right only while nothing they rest on has changed. Each live input stands here once;
any difference turns the flag on the Economic case to CHECK. What a simulation was drawn from besides, ranges and
correlations, stands below, counted by itself: it bears on the draws alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.worksheet import Worksheet

from sroi.model import Actual, Case, Change, Row
from sroi.model.altered import typed_as
from sroi.reports.book import Book
from sroi.reports.in_use import Held, held_as, said_of
from sroi.reports.inputs import joined, live_cells
from sroi.reports.places import HEADER_ROW, input_sheets
from sroi.sheet import Layout, Model
from sroi.sheet.layout import quoted

SHEET = "Inputs as run"
COUNT_ROW, FIRST = HEADER_ROW + 1, HEADER_ROW + 2
COUNT = f"{quoted(SHEET)}!$E${COUNT_ROW}"
"""The cell that counts the inputs changed since."""
COUNT_DRAWN = f"{quoted(SHEET)}!$E${COUNT_ROW + 1}"
"""Of a workbook with a simulation, the cell that counts what else was drawn from and has changed since."""
DRAWN_FROM = ("ranges", "correlations", "options", "scenarios")
"""The tables that say what is uncertain, and how: of options and scenarios, the ranges that they set."""
ENDS = ("low", "high")


def inputs(case: Case, model: Model) -> Iterator[tuple[str, str, Held]]:
    """Ref, name and value of every input that a formula reads, and of every change that an option or scenario makes."""
    live = live_cells(case, model)
    for sheet in input_sheets(case.tables):
        for row in sheet.rows:
            if sheet.table == "profiles":
                for year in sheet.years:
                    ref = f"profiles.{row.key}.{year}"
                    yield ref, said_of(case, ref), held_as(dict(getattr(row, "by_year")).get(year))  # noqa: B009
                continue
            for column in sheet.columns:
                ref = row.at(column.name)
                if ref in live and column.live:
                    value = getattr(row, column.attribute)
                    if isinstance(row, Actual) and column.name == "value":
                        value = case.came_in[row.ref][row.year]  # as the sheet holds it: £90 typed is 90
                    yield ref, said_of(case, ref), held_as(value)
    for change in (*case.options, *case.scenarios):
        yield (
            change.at("value"),
            f"{change.table[:-1].capitalize()} {change.name}: {change.ref}",
            held_as(typed_as(case.tables, change)),
        )


def drawn_from(case: Case, known: frozenset[str]) -> Iterator[tuple[str, str, Held]]:
    """What draws rest on and no formula reads: ranges, correlations, and uncertain numbers that are not `known`."""
    for sheet in input_sheets(case.tables):
        for row in sheet.rows if sheet.table in DRAWN_FROM else ():
            for column in sheet.columns:
                if column.name == "note" or (isinstance(row, Change) and column.name not in ENDS):
                    continue
                value = getattr(row, column.attribute)
                held = joined(column, value) if isinstance(value, tuple) else held_as(value)
                yield row.at(column.name), f"{_whose(case, row)}: {column.header.lower()}", held
    uncertain = [row.ref for row in case.ranges]
    uncertain += [change.ref for change in (*case.options, *case.scenarios) if change.low is not None]
    for ref in dict.fromkeys(uncertain):
        if ref not in known and case.profile(ref) is None:
            yield ref, said_of(case, ref), held_as(case.get(ref))


def _whose(case: Case, row: Row) -> str:
    """What a row that says how uncertain something is, is about."""
    if isinstance(row, Change):
        return f"{row.table[:-1].capitalize()} {row.name}: range of {said_of(case, row.ref)}"
    ref = getattr(row, "ref", None)
    return f"Correlation of {row.key}" if ref is None else f"Range of {said_of(case, ref)}"


def write(book: Book, case: Case, model: Model, typed: Layout, *, drawn: bool = False) -> None:
    """Writes the sheet: `typed` says where each input is typed; with what draws rest on, where there are draws."""
    page = book.sheet(SHEET, SHEET, "What every input was when the engine ran, and what it is now. A difference means: "
                      "run the engine again for the numbers that do not recalculate.", tab="#7F7F7F")  # fmt: skip
    book.widths(page, {0: 52, 1: 58, 2: 18, 3: 18, 4: 10})
    for position, title in enumerate(("Input", "Ref", "As run", "Now", "Changed")):
        book.text(page, HEADER_ROW - 1, position, title, "heading", align="left" if position < 2 else "right")
    rows = list(inputs(case, model))
    more = [*drawn_from(case, frozenset(ref for ref, _, _ in rows))] if drawn else []
    first = FIRST + drawn
    _count(book, page, COUNT_ROW, "Inputs changed since the engine ran", first, len(rows))
    if drawn:
        said = "Ranges, correlations and lags changed since the draws"
        _count(book, page, COUNT_ROW + 1, said, first + len(rows), len(more))
    for number, (ref, said, value) in enumerate([*rows, *more]):
        at, cell = first - 1 + number, typed.cells[ref]
        book.text(page, at, 0, said, "label")
        book.text(page, at, 1, ref, "note")
        if isinstance(value, float):
            book.number(page, at, 2, value, "structural", "General")
        else:
            book.text(page, at, 2, value, "structural", align="right")
        book.formula(page, at, 3, f'=IF({cell}="","",{cell})', value, "formula", "General", align="right")
        book.formula(page, at, 4, f'=IF($C{at + 1}&""=$D{at + 1}&"",0,1)', 0.0, "formula", "0")
    page.freeze_panes(HEADER_ROW, 1)
    page.repeat_rows(HEADER_ROW - 1)
    page.fit_to_pages(1, 0)


def _count(book: Book, page: Worksheet, row: int, said: str, first: int, rows: int) -> None:
    """How many of so many rows, from a first one on, have changed."""
    book.text(page, row - 1, 0, said, "strong")
    book.formula(page, row - 1, 4, f"=SUM(E{first}:E{first + rows - 1})" if rows else "=0", 0.0, "result", "0")
