"""The one writer of cells (workbook, rules 6, 7 and 11).

Every formula carries the engine's number as its cached value; NaN, infinities and NumPy booleans are refused, since
XlsxWriter would write them as broken XML without complaint. Text from a case is written as text, never as a formula.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sroi.errors import KernelError, WriteError
from sroi.model.currency import STERLING
from sroi.reports.style import CELLS, FONT, in_currency
from sroi.sheet import Evaluation, Layout, Line, formula
from sroi.sheet.formulas import NOT_APPLICABLE
from sroi.sheet.layout import column_letters, quoted

LINE = 13.0
"""The height of one line of text, in points."""
TALLEST = 409
"""The height that a row can have in a spreadsheet, in points: a file with a taller one is not a sound one."""
CHARACTER = 0.98
"""The width of an average character of prose, in units of column width, a little on the safe side."""
LONGEST_TEXT = 32_767
"""The most characters Excel keeps in a cell."""
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The creation date of a book whose case has none: the same inputs give the same bytes."""


class _Sheet(Worksheet):  # type: ignore[misc]
    """A sheet whose formulas are written as they are.

    XlsxWriter looks in each for 29 functions newer than any that we print, by as many regular expressions: a fifth of
    the time that a workbook takes. Ours use a closed list of old ones (workbook, rule 5), which a test holds.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002 as XlsxWriter calls it
        return formula.removeprefix("=")


class Book:
    """An XlsxWriter workbook with one manner of writing each kind of cell."""

    def __init__(
        self, path: Path, *, title: str, created: str | None, stamps: dict[str, str], currency: str = STERLING
    ) -> None:
        self.file = xlsxwriter.Workbook(
            str(path),
            {
                "strings_to_numbers": False,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "nan_inf_to_errors": False,
                "default_format_properties": dict(FONT),  # XlsxWriter adds to what it is given
            },
        )
        try:
            date = datetime.fromisoformat(created) if created else EPOCH
        except ValueError:
            date = EPOCH
        self.file.set_properties({"title": title, "created": date.replace(tzinfo=None)})
        for name, value in stamps.items():
            self.file.set_custom_property(name, value, "text")
        self.currency = currency
        self._widths: dict[str, dict[int, float]] = {}
        self._lines: dict[str, dict[int, int]] = {}
        self._formats: dict[tuple[str, str, tuple[tuple[str, Any], ...]], Format] = {}

    def format(self, cell: str, number: str = "General", **more: Any) -> Format:
        """The format of a kind of cell with a number format."""
        key = (cell, number, tuple(sorted(more.items())))
        if key not in self._formats:
            shown = {"num_format": in_currency(number, self.currency)}
            self._formats[key] = self.file.add_format({**FONT, **CELLS[cell], **shown, **more})
        return self._formats[key]

    def sheet(
        self, name: str, title: str, subtitle: str, *, tab: str | None = None, locked: bool = True, aside: bool = False
    ) -> Worksheet:
        """A new sheet with its title in A1, protected without a password, printed on A4 landscape."""
        sheet = self.file.add_worksheet(name, worksheet_class=_Sheet)
        self.text(sheet, 0, 0, title, "title")
        # beside the first column, where that column is printed again on every page and would cut it short
        self.text(sheet, 1, 1 if aside else 0, subtitle, "subtitle")
        sheet.set_row(0, 24)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&10&F&C&10&A&R&10Page &P of &N")
        sheet.freeze_panes(2, 0)  # the title stays; sheets of one table freeze its header instead
        if locked:
            sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
        if tab:
            sheet.set_tab_color(tab)
        return sheet

    def widths(self, sheet: Worksheet, widths: Mapping[int, float]) -> None:
        """Sets the widths of columns, in characters. Before any text is written: rows are made tall enough for it."""
        for column, width in widths.items():
            sheet.set_column(column, column, width)
        self._widths.setdefault(sheet.get_name(), {}).update(widths)

    def _room(self, sheet: Worksheet, row: int, column: int, text: str) -> None:
        """Notes how many lines a wrapped text takes: programs that do not measure text still show all of it."""
        width = self._widths.get(sheet.get_name(), {}).get(column)
        if width is None:
            return
        taken = self._lines.setdefault(sheet.get_name(), {})
        lines = sum(max(1, math.ceil(len(part) * CHARACTER / width)) for part in text.split("\n") or [""])
        taken[row] = max(taken.get(row, 1), lines)

    def text(self, sheet: Worksheet, row: int, column: int, text: str, cell: str = "label", **more: Any) -> None:
        """Words, never read as a formula."""
        if CELLS[cell].get("text_wrap") or more.get("text_wrap"):
            self._room(sheet, row, column, text)
        if len(text) > LONGEST_TEXT:  # XlsxWriter would cut it and say nothing
            place = f"{sheet.get_name()}!{column_letters(column)}{row + 1}"
            found = f"found {len(text):,}, beginning {text[:20]!r}"
            raise WriteError(f"{place}: a cell holds {LONGEST_TEXT:,} characters at most; {found}. Shorten it.")
        typed = cell in ("input", "structural")
        if typed:
            more = {"align": "left", **more}  # an indent counts only from a side that is named
        sheet.write_string(row, column, text, self.format(cell, "@" if typed else "General", **more))

    def number(
        self, sheet: Worksheet, row: int, column: int, value: float, cell: str, number: str, **more: Any
    ) -> None:
        """A plain number."""
        shown = self.format(cell, number, **more)
        sheet.write_number(row, column, _finite(value, f"{sheet.get_name()} row {row + 1}"), shown)

    def formula(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        text: str,
        value: float | str,
        cell: str,
        number: str,
        **more: Any,
    ) -> None:
        """A formula with the engine's number, or text, as its cached value."""
        if isinstance(value, str) and more.get("text_wrap"):
            self._room(sheet, row, column, value)
        if not isinstance(value, str):
            value = _finite(value, f"{sheet.get_name()}!{column_letters(column)}{row + 1} {text}")
        sheet.write_formula(row, column, text, self.format(cell, number, **more), value)

    def reference(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        line: Line,
        layout: Layout,
        evaluation: Evaluation,
        cell: str,
        number: str,
        **more: Any,
    ) -> None:
        """A cell that shows a line without years that stands elsewhere."""
        spot = layout.spot(line.name)
        place = f"={quoted(spot.sheet)}!${column_letters(spot.column)}${spot.row}"
        self.formula(sheet, row, column, place, cached(line, evaluation), cell, number, **more)

    def line(
        self,
        sheet: Worksheet,
        line: Line,
        layout: Layout,
        evaluation: Evaluation,
        cell: str,
        number: str,
        **more: Any,
    ) -> None:
        """A line without years, where the layout says."""
        spot = layout.spot(line.name)
        value = cached(line, evaluation)
        self.formula(sheet, spot.row - 1, spot.column, formula(line, layout), value, cell, number, **more)

    def heights(self, sheet: Worksheet) -> dict[int, float]:
        """The heights of the rows, from 1, that take more than one line of text, in points."""
        lines = self._lines.get(sheet.get_name(), {})
        return {row + 1: min(LINE * taken + 2, TALLEST) for row, taken in lines.items() if taken > 1}

    def close(self) -> None:
        """Makes rows as tall as their text, and writes the file."""
        for sheet in self.file.worksheets():
            for row, height in self.heights(sheet).items():
                sheet.set_row(row - 1, height)
        try:
            self.file.close()
        except FileCreateError as error:  # XlsxWriter wraps the system's error: a full disk, a folder gone
            raise error.args[0] from None


def cached(line: Line, evaluation: Evaluation, year: int | None = None) -> float | str:
    """What the engine makes of a line, as a cell's cached value; *not applicable* where it has no number."""
    value = evaluation.values[line.name]
    if isinstance(value, str):
        return value
    number = float(evaluation.row(line.name)[year]) if year is not None else evaluation.number(line.name)
    return NOT_APPLICABLE if math.isnan(number) else number


def _finite(value: float, where: str) -> float:
    if type(value) not in (float, int) or not math.isfinite(value):
        raise KernelError(f"{where}: a cell holds a finite number; found {value!r}")
    return float(value)
