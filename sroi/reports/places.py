"""Where everything stands: input cells, tables, profiles and lines of one workbook.

Input sheets have their title in A1, their header in row 4 and their rows from row 5. Sheets with years have the
labels of the years in row 4, their numbers in row 5 and their lines from row 6 (workbook, rules 1 and 2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sroi.model import MODELS, SINGLE, Case, Column, Row, Tables, columns
from sroi.projection.declaring import CONSTANTS, TIMINGS
from sroi.reports.listed import RATE_CONSTANTS
from sroi.sheet import Layout, Line, Model, Spot
from sroi.sheet.layout import FIRST_YEAR, column_letters, quoted

HEADER_ROW = 4
"""The row of headers on input sheets, and of the years' labels on sheets with years; from 1."""
FIRST_ROW = 5
YEAR_ROW = 5
FIRST_LINE = 6
CONSTANTS_SHEET = "Constants"

TITLES: Mapping[str, str] = {table: table.replace("_", " ").capitalize() for table in MODELS}
"""The sheet of each table."""


@dataclass(frozen=True)
class InputSheet:
    """One table of the case as a sheet: its columns, and its rows in order."""

    table: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    years: tuple[int, ...] = ()
    """Of profiles: the years across."""

    @property
    def single(self) -> bool:
        """Whether it is a list of fields and values rather than a table of rows."""
        return self.table in SINGLE


def input_sheets(tables: Tables) -> tuple[InputSheet, ...]:
    """The input sheets of a case: every table it has, and the library rows its prices and rates come from."""
    found = []
    for table, model in MODELS.items():
        rows = tables.rows(table)
        if not rows:
            continue
        kept = tuple(c for c in columns(model) if _offered(table, c) or _used(c, rows))
        found.append(
            InputSheet(table, TITLES[table], kept, rows, _profile_years(tables) if table == "profiles" else ())
        )
    return tuple(found)


def _offered(table: str, column: Column) -> bool:
    """Whether a column is shown though no row fills it: what is required, what is live, and the evidence."""
    return table in SINGLE or column.required or column.live or column.name in ("source", "status")


def _used(column: Column, rows: Iterable[Row]) -> bool:
    return any(getattr(row, column.attribute) != column.default for row in rows)


def _profile_years(tables: Tables) -> tuple[int, ...]:
    """The years of the horizon, and any other that a profile states."""
    years: set[int] = set()
    if tables.settings is not None:
        years.update(range(tables.settings.first_year, tables.settings.first_year + tables.settings.years))
    return tuple(sorted(years.union(*(profile.by_year for profile in tables.profiles))))


def lay_out(
    case: Case,
    model: Model,
    grids: Mapping[str, Spot],
    fixed: Mapping[str, str],
    tables: Mapping[tuple[str, str], str] | None = None,
) -> Layout:
    """The places of a workbook. `grids` are lines that stand in a table of an output sheet rather than in a row,
    `fixed` the addresses of the engine's own numbers there, `tables` the columns that formulas look in."""
    cells: dict[str, str] = dict(fixed)
    ranges = dict(tables or {})
    profiles: dict[str, tuple[str, str]] = {}
    for sheet in input_sheets(case.tables):
        _place_inputs(sheet, cells, ranges, profiles)
    for number, ref in enumerate(CONSTANTS):
        cells[ref] = _cell(CONSTANTS_SHEET, 1, FIRST_ROW + number)
    start = FIRST_ROW + len(CONSTANTS) + 2
    count = len(TIMINGS.columns["timing"])
    for column, name in enumerate(TIMINGS.columns):
        ranges[(TIMINGS.name, name)] = _range(CONSTANTS_SHEET, column, start, count)
    for number, ref in enumerate(RATE_CONSTANTS):
        cells[ref] = _cell(CONSTANTS_SHEET, 1, start + count + 2 + number)
    return Layout(case.settings.years, {**place_lines(model, grids), **grids}, cells, ranges, profiles, YEAR_ROW)


def _place_inputs(
    sheet: InputSheet,
    cells: dict[str, str],
    ranges: dict[tuple[str, str], str],
    profiles: dict[str, tuple[str, str]],
) -> None:
    if sheet.single:
        for number, column in enumerate(sheet.columns):
            cells[f"{sheet.table}.{column.name}"] = _cell(sheet.title, 1, FIRST_ROW + number)
        return
    if sheet.table == "profiles":
        last = column_letters(len(sheet.years))
        title = quoted(sheet.title)
        for number, row in enumerate(sheet.rows):
            at = FIRST_ROW + number
            profiles[row.key] = (
                f"{title}!$B${HEADER_ROW}:${last}${HEADER_ROW}",
                f"{title}!$B${at}:${last}${at}",
            )
            for position, year in enumerate(sheet.years, start=1):
                cells[f"profiles.{row.key}.{year}"] = _cell(sheet.title, position, at)
        return
    for position, column in enumerate(sheet.columns):
        ranges[(sheet.table, column.name)] = _range(sheet.title, position, FIRST_ROW, len(sheet.rows))
        for number, row in enumerate(sheet.rows):
            cells[f"{sheet.table}.{row.key}.{column.name}"] = _cell(sheet.title, position, FIRST_ROW + number)


def _cell(sheet: str, column: int, row: int) -> str:
    return f"{quoted(sheet)}!${column_letters(column)}${row}"


def _range(sheet: str, column: int, first: int, count: int) -> str:
    letters = column_letters(column)
    return f"{quoted(sheet)}!${letters}${first}:${letters}${first + count - 1}"


def place_lines(model: Model, elsewhere: Mapping[str, Spot]) -> dict[str, Spot]:
    """A row for every line on its own sheet, headings taking a row each."""
    places: dict[str, Spot] = {}
    for sheet, lines in by_sheet(model, elsewhere).items():
        row, heading = FIRST_LINE, ""
        for line in lines:
            if line.heading != heading:
                heading, row = line.heading, row + 1
            places[line.name] = Spot(sheet, row)
            row += 1
    return places


def by_sheet(model: Model, elsewhere: Mapping[str, Spot]) -> dict[str, list[Line]]:
    """The lines that stand in rows, by sheet, in order."""
    sheets: dict[str, list[Line]] = {}
    for line in model.lines.values():
        if line.name not in elsewhere:
            sheets.setdefault(line.sheet, []).append(line)
    return sheets


def year_columns(years: int) -> Sequence[int]:
    """The columns of the years, from 0."""
    return range(FIRST_YEAR, FIRST_YEAR + years)
