"""One sheet as one table: found by its headings, never by position.

The headings are the first of the first twenty rows that names at least two fields (in About and Settings:
*Field* and *Value*); titles above it and blank rows within the table are passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from sroi.errors import Problem
from sroi.model.base import columns, header
from sroi.model.not_built import TABLES as LATER
from sroi.model.parsing import EXCEL_ERRORS
from sroi.model.tables import MODELS, SINGLE
from sroi.reading.raw import Cell, RawRow, RawTable, field_name, is_year, year_name
from sroi.reading.rows import meant, misnamed, unknown_columns

HEADINGS_WITHIN = 20


@dataclass(frozen=True)
class Grid:
    """The two passes over a sheet side by side."""

    place: str
    values: Worksheet
    formulas: Worksheet

    def at(self, row: int, column: int) -> str:
        """The place of a cell: `Costs!C7`."""
        return f"{self.place}!{get_column_letter(column)}{row}"

    def value(self, row: int, column: int) -> Any:
        """The value of a cell, as stored."""
        return self.values.cell(row, column).value

    def fault(self, row: int, column: int) -> Problem | None:
        """What is wrong with the cell as a cell: an error value, or a formula without a stored result."""
        cell = self.values.cell(row, column)
        if cell.data_type == "e" or (isinstance(cell.value, str) and cell.value in EXCEL_ERRORS):
            return Problem("", "The cell holds an error", str(cell.value), "Mend its formula, or type the number.")
        formula = self.formulas.cell(row, column)
        if cell.value is None and formula.data_type == "f":
            text = formula.value
            said = (
                text.text if isinstance(text, ArrayFormula) else "" if isinstance(text, DataTableFormula) else str(text)
            )
            fix = "Open the workbook in Excel and save it, or type the number."
            return Problem("", "The cell's formula has no stored result", said or "a data table", fix)
        return None


Found = tuple[RawTable | None, list[Problem], list[str]]
"""A table, or why there is none, and notes."""


def read_sheet(name: str, grid: Grid) -> Found:
    """The table that a sheet holds."""
    if name in LATER:
        return RawTable(name, grid.place, _bare_rows(grid)), [], []
    if name in SINGLE:
        return _single(name, grid)
    return _listed(name, grid)


def _bare_rows(grid: Grid) -> tuple[RawRow, ...]:
    """A later version's table: only whether it has rows below a heading matters."""
    filled = [r for r in range(1, grid.values.max_row + 1) if any(c.value is not None for c in grid.values[r])]
    return tuple(RawRow({}, grid.at(r, 1)) for r in filled[1:])


def _empty(grid: Grid) -> bool:
    return all(cell.value is None for row in grid.values.iter_rows() for cell in row)


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _single(name: str, grid: Grid) -> Found:
    """About or Settings: a column of fields beside a column of values."""
    found = _field_and_value(grid)
    if found is None:
        rule = f"{name.capitalize()} needs the headings Field and Value, side by side"
        return None, [Problem(grid.place, rule, "", f"Put them within its first {HEADINGS_WITHIN} rows.")], []
    start, left, right = found
    known = {c.name: c for c in columns(MODELS[name])}
    cells: dict[str, Cell] = {}
    faults: list[tuple[str, Problem]] = []
    problems: list[Problem] = []
    unknown: dict[str, str] = {}
    for row in range(start + 1, grid.values.max_row + 1):
        if not _text(grid.value(row, left)):
            continue
        field, place = field_name(grid.value(row, left)), grid.at(row, right)
        if field not in known:
            unknown.setdefault(field, grid.at(row, left))
        elif field in cells:
            problems.append(Problem(grid.at(row, left), f"{header(field)} is there twice", "", "Take one out."))
        else:
            cells[field] = Cell(grid.value(row, right), place)
            if (fault := grid.fault(row, right)) is not None:
                faults.append((field, fault))
    absent = tuple(n for n, c in known.items() if c.required and n not in cells)
    only = RawRow(cells, grid.at(start, left), tuple(faults))
    return RawTable(name, grid.at(start, left), (only,), absent), problems, unknown_columns(name, unknown)


def _field_and_value(grid: Grid) -> tuple[int, int, int] | None:
    for row in range(1, min(grid.values.max_row, HEADINGS_WITHIN) + 1):
        names = {field_name(cell.value): cell.column for cell in reversed(grid.values[row]) if cell.value is not None}
        if "field" in names and "value" in names:
            return row, names["field"], names["value"]
    return None


def _names(name: str, grid: Grid, row: int) -> dict[int, str]:
    """The headings of a row as field names, by column."""
    found = {}
    for cell in grid.values[row]:
        if _text(cell.value):
            year = name == "profiles" and is_year(cell.value)
            found[int(cell.column or 0)] = year_name(cell.value) if year else field_name(cell.value)
    return found


def _headings(name: str, grid: Grid) -> tuple[int, dict[int, str]] | None:
    """The row of headings and its field names by column."""
    known = {c.name for c in columns(MODELS[name])}
    for row in range(1, min(grid.values.max_row, HEADINGS_WITHIN) + 1):
        names = _names(name, grid, row)
        matched = {n for n in names.values() if n in known or meant(name, n, ()) or (name == "profiles" and is_year(n))}
        if len(matched) >= 2 or (name == "profiles" and "ref" in matched):
            return row, names
    return None


def _listed(name: str, grid: Grid) -> Found:
    """A table of rows under headings."""
    found = _headings(name, grid)
    if found is None:
        if _empty(grid):
            return RawTable(name, grid.place, ()), [], []
        ends = ("low", "high") if name == "ranges" else ()
        wanted = ", ".join(c.header for c in columns(MODELS[name]) if c.required or c.name in ends)
        rule = f"The headings of {header(name)} are not within its first {HEADINGS_WITHIN} rows"
        return None, [Problem(grid.place, rule, "", f"It needs: {wanted}.")], []
    start, names = found
    fields = {c.name: c for c in columns(MODELS[name]) if (name, c.name) != ("profiles", "years")}
    known: dict[int, str] = {}
    problems: list[Problem] = []
    unknown: dict[str, str] = {}
    for column, typed in names.items():
        field = meant(name, typed, names.values()) or typed
        if field != typed:
            problems.append(misnamed(grid.at(start, column), typed, field))
        if field not in fields and not (name == "profiles" and is_year(field)):
            unknown.setdefault(field, grid.at(start, column))
        elif field in known.values():
            rule = f'The heading "{header(field)}" is there twice'
            problems.append(Problem(grid.at(start, column), rule, "", "Take one out."))
        else:
            known[column] = field
    absent = tuple(n for n, c in fields.items() if c.required and n not in known.values())
    rows, notes = _rows(grid, start, known)
    table = RawTable(name, grid.at(start, min(names)), rows, absent)
    return table, problems, [*unknown_columns(name, unknown), *notes]


def _rows(grid: Grid, start: int, known: dict[int, str]) -> tuple[tuple[RawRow, ...], list[str]]:
    """The rows below the headings, blank ones passed over, hidden ones noted."""
    rows: list[RawRow] = []
    notes: list[str] = []
    for row in range(start + 1, grid.values.max_row + 1):
        cells = {field: Cell(grid.value(row, column), grid.at(row, column)) for column, field in known.items()}
        faults = [(field, fault) for column, field in known.items() if (fault := grid.fault(row, column)) is not None]
        if all(cell.blank for cell in cells.values()) and not faults:
            continue
        if grid.values.row_dimensions[row].hidden:
            notes.append(f"{grid.place}!{row}:{row}: the row is hidden; it is read all the same.")
        rows.append(RawRow(cells, grid.at(row, min(known)), tuple(faults)))
    return tuple(rows), notes
