"""The case itself as sheets: editable, validated, readable back (workbook, rules 7 and 8).

In a results workbook a cell that some formula reads is live: it recalculates the workbook when it is changed. The
others that shape the result are printed grey and need the engine to run again. In an assumptions workbook, which has
no formulas, every cell is there to be filled in. A cell refuses what its field refuses, with the field's own sentence.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from xlsxwriter.worksheet import Worksheet

from sroi.model import MODELS, Actual, Case, Change, Column, Evidence, Row, Tables
from sroi.model.altered import changeable, typed_as
from sroi.model.base import columns
from sroi.model.price_index import carried
from sroi.model.tables import split
from sroi.projection.declaring import CONSTANTS, TIMINGS
from sroi.projection.price_index import SHEET as PRICE_SHEET
from sroi.projection.price_index import index_years
from sroi.reports import price_index
from sroi.reports.book import Book
from sroi.reports.listed import RATE_CONSTANTS
from sroi.reports.places import CONSTANTS_SHEET, FIRST_ROW, HEADER_ROW, InputSheet, input_sheets
from sroi.reports.style import FORMATS, INPUT_FORMATS
from sroi.sheet import Model

Live = frozenset[str] | None
"""Refs of live cells; `None` where every cell is there to be filled in."""
LIBRARY_TABLES = ("schedules", "deflators", "unit_values")
WIDTHS = {"text": 36, "id": 22, "list": 22, "choice": 15, "date": 12}
LONG = {"source": 72, "note": 72, "name": 34, "ref": 44, "a": 44, "b": 44}
FEW = 8
"""Columns that fit the width of one printed page."""
EMPTY_MESSAGE = 255
"""The most characters Excel shows beside a cell."""


def write(book: Book, case: Case, tables: Tables, model: Model | None) -> None:
    """Writes every input sheet: of a results workbook with its `model` (About is written with its guide), or of an
    assumptions workbook without."""
    live = None if model is None else live_cells(case, model)
    for sheet in input_sheets(tables):
        if sheet.table == "about" and model is not None:
            continue
        said = "The library's rows" if sheet.table in LIBRARY_TABLES else "Assumptions"
        how = (
            "yellow cells may be changed; grey cells need the engine to run again." if model else "fill in, save, run."
        )
        page = book.sheet(
            sheet.title,
            sheet.title,
            f"{said}: {how}",
            tab="#BF9000",
            locked=model is not None,
            aside=len(sheet.columns) > FEW,
        )
        fill(book, page, sheet, case, live)


def fill(book: Book, page: Worksheet, sheet: InputSheet, case: Case, cells: Live) -> None:
    """The header and the rows of one input sheet."""
    if sheet.single:
        _fields(book, page, sheet, case, cells)
    elif sheet.table == "profiles":
        _profiles(book, page, sheet)
    else:
        _rows(book, page, sheet, case, cells)


def live_cells(case: Case, model: Model) -> frozenset[str]:
    """Refs of the cells that some formula reads: one by one, by year, or as a column of a table."""
    columns = model.read_columns()
    looked_in = {row.at(name) for table, name in columns if table in MODELS for row in case.tables.rows(table)}
    years = range(case.settings.first_year, case.last_year + 1)
    by_year = {f"profiles.{profile.ref}.{year}" for profile in case.profiles for year in years}
    return model.read_cells() | looked_in | by_year


def _fields(book: Book, page: Worksheet, sheet: InputSheet, case: Case, live: Live) -> None:
    book.widths(page, {0: 20, 1: 92})
    for position, header in enumerate(("Field", "Value")):
        book.text(page, HEADER_ROW - 1, position, header, "heading")
    page.freeze_panes(HEADER_ROW, 1)
    for number, column in enumerate(sheet.columns):
        at = FIRST_ROW - 1 + number
        book.text(page, at, 0, column.header, "label")
        _input(book, page, at, 1, column, sheet.rows[0], case, live)


def _profiles(book: Book, page: Worksheet, sheet: InputSheet) -> None:
    book.widths(page, {0: 36} | dict.fromkeys(range(1, len(sheet.years) + 1), 12))
    book.text(page, HEADER_ROW - 1, 0, "Ref", "heading")
    page.freeze_panes(HEADER_ROW, 1)
    for position, year in enumerate(sheet.years, start=1):
        book.number(page, HEADER_ROW - 1, position, year, "heading", FORMATS["year"])
    for number, row in enumerate(sheet.rows):
        at = FIRST_ROW - 1 + number
        book.text(page, at, 0, row.key, "structural")
        by_year: dict[int, float] = dict(getattr(row, "by_year"))  # noqa: B009
        for position, year in enumerate(sheet.years, start=1):
            if year in by_year:
                book.number(page, at, position, by_year[year], "input", "General")
            else:
                page.write_blank(at, position, None, book.format("input"))
    page.data_validation(
        FIRST_ROW - 1, 1, FIRST_ROW - 2 + len(sheet.rows), len(sheet.years),
        {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15,
         "input_title": "Profile", "input_message": "The number for the year; blank is 0."},
    )  # fmt: skip


def _rows(book: Book, page: Worksheet, sheet: InputSheet, case: Case, live: Live) -> None:
    page.freeze_panes(HEADER_ROW, 1)
    page.repeat_rows(HEADER_ROW - 1)
    page.repeat_columns(0)
    book.widths(page, {position: _width(column) for position, column in enumerate(sheet.columns)})
    for position, column in enumerate(sheet.columns):
        book.text(page, HEADER_ROW - 1, position, column.header, "heading", text_wrap=True, valign="top")
        for number, row in enumerate(sheet.rows):
            _input(book, page, FIRST_ROW - 1 + number, position, column, row, case, live)
    if len(sheet.columns) <= FEW:
        page.fit_to_pages(1, 0)
    else:
        page.set_print_scale(65)


def _width(column: Column) -> int:
    return LONG.get(column.name, WIDTHS.get(column.kind, 13))


def _input(
    book: Book, page: Worksheet, at: int, position: int, column: Column, row: Row, case: Case, live: Live
) -> None:
    """One cell of the case, with its validation and its message."""
    value = getattr(row, column.attribute)
    if isinstance(row, Actual) and column.name == "value":
        value = case.came_in[row.ref][row.year]  # the number, for formulas to read, of what may have been typed £1,200
    if isinstance(row, Change) and column.name == "value":
        value = typed_as(case.tables, row)
    recalculates = live is not None and (
        row.ref in live
        if isinstance(row, Change) and column.name == "value"
        else column.live and row.at(column.name) in live
    )
    cell = "input" if live is None or recalculates or not _shapes(row, column) else "structural"
    number = INPUT_FORMATS[column.kind]
    if column.name == "value" and isinstance(value, float):  # a number in a column of anything
        number = "General"
    if column.name in ("discount", "health_discount") and not isinstance(value, float):
        number = "@"
    if value is None:
        page.write_blank(at, position, None, book.format(cell, number))
    elif isinstance(value, bool):
        book.text(page, at, position, "yes" if value else "no", cell)
    elif isinstance(value, int | float):
        book.number(page, at, position, value, cell, number)
    elif isinstance(value, tuple):
        book.text(page, at, position, joined(column, value), cell)
    else:
        book.text(page, at, position, str(value), cell)
    rule = _validation(_ruling(row, column), "" if live is None else _years_held(case))
    if cell == "input" and rule:
        page.data_validation(at, position, at, position, rule)


def _ruling(row: Row, column: Column) -> Column:
    """The field whose rules a cell obeys: of a change, the field that it changes."""
    if not isinstance(row, Change) or column.name != "value":
        return column
    table, key, field = split(row.ref)
    if table == "profiles":  # a year of a number that varies by year
        table, _, field = split(key)
        return next(c for c in columns(MODELS[table]) if c.name == field)
    return changeable(table)[field]


def joined(column: Column, value: tuple[float | str, ...]) -> str:
    """A list as its cell holds it."""
    joiner = "; " if column.name in ("values", "weights") else ", "
    return joiner.join(_digits(part) if isinstance(part, float) else part for part in value)


def _digits(number: float) -> str:
    """A number in a list as a person types it: the reader takes no 1e-07."""
    return f"{Decimal(f'{number:.15g}'):f}"


def _shapes(row: Row, column: Column) -> bool:
    """Whether a cell that no formula reads still bears on the result: not so names, sources, dates and notes."""
    if column.name == "status" and row.table in ("costs", "outcomes", "evidence"):
        return True  # what the shares of evidence are shares of
    if column.evidence or row.table == "about":
        return column.kind == "id" or (isinstance(row, Evidence) and column.name == "grade")
    if isinstance(row, Change):
        return column.name != "title"
    return column.kind not in ("text", "date") or column.name in ("unit", "overlap", "ref", "value", "a", "b")


def _years_held(case: Case) -> str:
    """The cells that list the years with a price index; none where the case holds no index."""
    if carried(case.tables):
        last = price_index.FIRST_ROW + len(index_years(case, case.settings.years))
        return f"='{PRICE_SHEET}'!$A${price_index.FIRST_ROW + 1}:$A${last}"
    last = FIRST_ROW - 1 + len(case.deflators)
    return f"=Deflators!$A${FIRST_ROW}:$A${last}" if case.deflators else ""


def _validation(column: Column, years_held: str) -> dict[str, Any] | None:
    """What Excel refuses in the cell, and the sentence it shows beside it; `years_held` lists the price years."""
    said: dict[str, Any] = {
        "input_title": column.header[:32],
        "input_message": column.doc[:EMPTY_MESSAGE],
        "error_title": column.header[:32],
    }
    low, high = column.low, column.high
    match column.kind:
        case "yes/no":
            return said | {"validate": "list", "source": ["yes", "no"]}
        case "choice":
            return said | {"validate": "list", "source": list(column.choices)} if column.live else None
        case "price year":
            return said | {"validate": "list", "source": years_held} if years_held else None
        case "whole" | "year":
            low, high = (-1e9 if low is None else low), (1e9 if high is None else high)
            bounds = {"validate": "integer", "criteria": "between", "minimum": int(low), "maximum": int(high)}
            return said | bounds | {"error_message": f"A whole number, {int(low)} or more."[:EMPTY_MESSAGE]}
        case "share" | "money" | "number":
            if column.name in ("discount", "health_discount"):
                return said | {"validate": "any"}
            low, high = (-1e15 if low is None else low), (1e15 if high is None else high)
            error = f"A number between {low:g} and {high:g}." if high < 1e15 else "A number."
            bounds = {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high}
            return said | bounds | {"error_message": error}
        case _:
            return None


def write_constants(book: Book) -> None:
    """The numbers that are the method's own, each in a named cell, and the timings that lookups read."""
    page = book.sheet(
        CONSTANTS_SHEET,
        "Constants",
        "The only numbers in the workings that are not the case's own.",
        tab="#7F7F7F",
    )
    book.widths(page, {0: 80, 1: 18})
    book.text(page, HEADER_ROW - 1, 0, "Constant", "heading")
    book.text(page, HEADER_ROW - 1, 1, "Value", "heading")
    for number, (label, value) in enumerate(CONSTANTS.values()):
        book.text(page, FIRST_ROW - 1 + number, 0, label, "structural")
        book.number(page, FIRST_ROW - 1 + number, 1, value, "structural", "General")
    header = FIRST_ROW + len(CONSTANTS)
    for position, title in enumerate(("Flows fall at", "Years into the year")):
        book.text(page, header, position, title, "heading")
    for position, values in enumerate(TIMINGS.columns.values()):
        for number, held in enumerate(values):
            at = header + 1 + number
            if isinstance(held, str):
                book.text(page, at, position, held, "structural")
            else:
                book.number(page, at, position, float(held or 0.0), "structural", "General")
    header += len(TIMINGS.columns["timing"]) + 2
    for position, title in enumerate(("Rates of return", "Value")):
        book.text(page, header, position, title, "heading")
    for number, (label, value) in enumerate(RATE_CONSTANTS.values(), start=1):
        book.text(page, header + number, 0, label, "structural")
        book.number(page, header + number, 1, value, "structural", "General")
    page.fit_to_pages(1, 1)
