"""Every input as it was when the engine ran, beside what it is now: whether stamped numbers still hold.

Numbers that do not recalculate are right only while nothing they rest on has changed. Each live input stands here once;
any difference turns the flag on the Economic case to CHECK.
"""

from __future__ import annotations

from collections.abc import Iterator

from sroi.model import Actual, Case
from sroi.model.altered import typed_as
from sroi.reports.book import Book
from sroi.reports.in_use import Held, held_as, said_of
from sroi.reports.inputs import live_cells
from sroi.reports.places import HEADER_ROW, input_sheets
from sroi.sheet import Layout, Model
from sroi.sheet.layout import quoted

SHEET = "Inputs as run"
COUNT_ROW, FIRST = HEADER_ROW + 1, HEADER_ROW + 2
COUNT = f"{quoted(SHEET)}!$E${COUNT_ROW}"
"""The cell that counts the inputs changed since."""


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


def write(book: Book, case: Case, model: Model, typed: Layout) -> None:
    """Writes the sheet: `typed` says where each input is typed."""
    page = book.sheet(SHEET, SHEET, "What every input was when the engine ran, and what it is now. A difference means: "
                      "run the engine again for the numbers that do not recalculate.", tab="#7F7F7F")  # fmt: skip
    book.widths(page, {0: 52, 1: 58, 2: 18, 3: 18, 4: 10})
    for position, title in enumerate(("Input", "Ref", "As run", "Now", "Changed")):
        book.text(page, HEADER_ROW - 1, position, title, "heading", align="left" if position < 2 else "right")
    rows = list(inputs(case, model))
    book.text(page, COUNT_ROW - 1, 0, "Inputs changed since the engine ran", "strong")
    span = f"E{FIRST}:E{FIRST + len(rows) - 1}"
    book.formula(page, COUNT_ROW - 1, 4, f"=SUM({span})", 0.0, "result", "0")
    for number, (ref, said, value) in enumerate(rows):
        at, cell = FIRST - 1 + number, typed.cells[ref]
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
