"""The lines as sheets of live formulas: label, unit, constant, total, opening, years (workbook, rules 2 to 5)."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from sroi.projection import Result
from sroi.projection.declaring import HUNDRED
from sroi.reports.book import Book, cached
from sroi.reports.places import HEADER_ROW, YEAR_ROW, by_sheet, year_columns
from sroi.reports.style import number_format
from sroi.sheet import Evaluation, Layout, Line, Model, Spot, formula, opening_formula, total_formula
from sroi.sheet.layout import CONSTANT, FIRST_YEAR, LABEL, OPENING, TOTAL, UNIT, column_letters

SUBTITLES: Mapping[str, str] = {
    "Timeline": "Calendar, price base and discount factors (method § 1). All sums in base-year prices.",
    "Actual workings": "Forecasts as the case counts them, in the years in which something came in (method § 7).",
    "People": "Referred, engaged and served, by group (method § 2).",
    "Cost workings": "What each cost comes to each year; old services come off only as they are released (method § 3).",
    "Outcome workings": "From people to outcomes: every adjustment its own row (method § 4).",
    "Value workings": "What each outcome is worth, to whom, and the cash released (method § 5).",
    "Sector workings": "Every flow again, under the sector that pays it or gains it (method § 6).",
    "Measures": "Views: present values, ratio, payback (method § 6).",
    "Budget workings": "Each public sector's own budget by year, and all of them in outturn prices (method § 6).",
    "Side payment workings": "Whether those who save could make good those who lose (method § 6).",
    "Payer workings": "What each payer must fund, and the year after its last payment (method § 6).",
    "Failure workings": "What failure costs today, by sector: the outcomes as they would be unchanged (method § 4).",
    "Reduced discounting": "Public value without pure time preference, beside the standard result (method § 1).",
    "Value map workings": "Each outcome and value in its first year of effect, for the value map (method §§ 4 to 6).",
    "Returns": "Net flows on their dates, from which the rates of return follow (method § 6).",
    "Summary workings": "The numbers that the sentences of the Summary show.",
    "Innovation workings": "What failure costs all sectors, and old services beside new ones (method §§ 3, 4).",
    "Financial workings": "The numbers that the sentences of the Financial case show.",
    "Check workings": "The arithmetic the other way round, for the checks (method § 6).",
}
WIDE = 10
"""Years on one printed page."""


def write(book: Book, result: Result, model: Model, layout: Layout, evaluation: Evaluation,
          grids: Mapping[str, Spot]) -> None:  # fmt: skip
    """Writes every sheet of workings, in order."""
    looked_back_at = model.looked_back_at()
    for sheet, lines in by_sheet(model, grids).items():
        page = book.sheet(sheet, sheet, SUBTITLES.get(sheet, ""), tab="#7F7F7F")
        _frame(book, page, result, layout)
        heading = ""
        for line in lines:
            row = layout.spot(line.name).row - 1
            if line.heading != heading:
                heading = line.heading
                for column in range(FIRST_YEAR + layout.years):
                    book.text(page, row - 1, column, heading if column == LABEL else "", "block")
            _line(book, page, line, layout, evaluation, opening=line.name in looked_back_at)


def _frame(book: Book, page: Worksheet, result: Result, layout: Layout) -> None:
    """Headers, widths, panes and print set-up, the same on every sheet with years."""
    book.widths(page, dict(enumerate((64, 20, 14, 14, 9))) | dict.fromkeys(year_columns(layout.years), 11.5))
    for column, title in enumerate(("Line", "Unit", "Constant", "Total", "Opening")):
        align = "left" if column in (LABEL, UNIT) else "right"
        book.text(page, HEADER_ROW - 1, column, title, "heading", align=align)
        book.text(page, YEAR_ROW - 1, column, ("Number of the year", "years", "", "", "")[column], "unit")
    book.number(page, YEAR_ROW - 1, OPENING, 0, "counter", "0")
    calendar = layout.spot("timeline.calendar")
    hundred = layout.cell(HUNDRED)
    for number, column in enumerate(year_columns(layout.years)):
        letters, before = column_letters(column), column_letters(column - 1)
        year = f"Timeline!{letters}{calendar.row}" if page.get_name() != "Timeline" else f"{letters}{calendar.row}"
        text = f'={year}&"/"&TEXT(MOD({year}+1,{hundred}),"00")'
        book.formula(page, HEADER_ROW - 1, column, text, result.years[number], "heading", "@", align="right")
        book.formula(page, YEAR_ROW - 1, column, f"={before}{YEAR_ROW}+1", number + 1, "counter", "0")
    page.freeze_panes(YEAR_ROW, 1)
    page.repeat_rows(HEADER_ROW - 1, YEAR_ROW - 1)
    page.repeat_columns(LABEL, UNIT)
    page.set_print_scale(55)
    breaks = list(range(FIRST_YEAR + WIDE, layout.last_year + 1, WIDE))
    if breaks:
        page.set_v_pagebreaks(breaks)


def _line(book: Book, page: Worksheet, line: Line, layout: Layout, evaluation: Evaluation, *, opening: bool) -> None:
    row, number = layout.spot(line.name).row - 1, number_format(line)
    book.text(page, row, LABEL, line.label, "label")
    book.text(page, row, UNIT, line.shown_unit, "unit")
    if not line.yearly:
        cell = "result" if line.method == "§ 6" else "formula"
        book.formula(page, row, CONSTANT, formula(line, layout), cached(line, evaluation), cell, number)
        return
    if line.total:
        total = float(evaluation.row(line.name).sum())
        book.formula(page, row, TOTAL, total_formula(line, layout), total, "result", number)
    if opening:
        _opening(book, page, line, layout, evaluation, row)
    for year, column in enumerate(year_columns(layout.years)):
        book.formula(page, row, column, formula(line, layout, year), cached(line, evaluation, year), "formula", number)


def _opening(book: Book, page: Worksheet, line: Line, layout: Layout, evaluation: Evaluation, row: int) -> None:
    value = float(evaluation.openings[line.name][0, 0])
    text = opening_formula(line, layout)
    if text is None:
        book.number(page, row, OPENING, value, "formula", number_format(line))
    else:
        book.formula(page, row, OPENING, text, value, "formula", number_format(line))
