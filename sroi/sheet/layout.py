"""Where things stand in a workbook: lines, input cells and tables (workbook, rule 2).

On every sheet with years the columns are: label, unit, constant, total, opening, then the years. So a line's name
gives its row, and the columns follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sroi.errors import KernelError

LABEL, UNIT, CONSTANT, TOTAL, OPENING, FIRST_YEAR = range(6)
"""Columns of a sheet with years, from 0."""


def column_letters(index: int) -> str:
    """The letters of a column counted from 0.

    >>> column_letters(0), column_letters(25), column_letters(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def quoted(sheet: str) -> str:
    """A sheet's name as a formula writes it."""
    plain = sheet.replace("_", "").isalnum() and not sheet[0].isdigit()
    return sheet if plain else "'" + sheet.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class Spot:
    """A row of a sheet, counted from 1 as Excel does; a line without years may stand in another column of it."""

    sheet: str
    row: int
    column: int = CONSTANT


@dataclass(frozen=True)
class Layout:
    """Places of one workbook: `lines` by line name; `cells` by ref and `columns` by (table, column), as absolute
    addresses with their sheet; `profiles` by ref, as (header range, row range); `year_row` the row of year numbers."""

    years: int
    lines: Mapping[str, Spot]
    cells: Mapping[str, str]
    columns: Mapping[tuple[str, str], str]
    profiles: Mapping[str, tuple[str, str]]
    year_row: int

    @property
    def last_year(self) -> int:
        """The column of the last year, from 0."""
        return FIRST_YEAR + self.years - 1

    def spot(self, name: str) -> Spot:
        """Where a line stands."""
        try:
            return self.lines[name]
        except KeyError:
            raise KernelError(f"{name} has no row in the workbook") from None

    def cell(self, ref: str) -> str:
        """An input cell's absolute address, with its sheet."""
        try:
            return self.cells[ref]
        except KeyError:
            raise KernelError(f"{ref} has no cell in the workbook") from None
