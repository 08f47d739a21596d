"""What came in beside what was forecast, live: from the forecast's inputs and the sheet Actuals (method § 7)."""

from __future__ import annotations

from sroi.model import Case
from sroi.projection import Declared
from sroi.projection.actuals import SHEET as WORKINGS
from sroi.projection.actuals import ActualLines, said_of
from sroi.projection.declaring import TOLERANCE
from sroi.reports import output
from sroi.reports.book import Book
from sroi.reports.grid import Grid, Live
from sroi.sheet import TEXT, ZERO, Evaluation, Layout, Line, Model, absolute, choose_text, sentence

SHEET = "Forecast and actual"
FIRST_ROW = 4
HEADER = (
    *("What came in", "Year", "Unit", "Forecast", "Actual", "Actual less forecast", "Share of the forecast"),
    *("In words", "Source"),
)
SAID = (
    "Each forecast as the case counts it, with its real growth and optimism; each sum in the prices that its row "
    "states. Actuals may be changed on their own sheet."
)


def declare(declared: Declared, model: Model) -> Grid | None:
    """The table, a row for each row of actuals; nothing for a case without."""
    if not declared.actuals:
        return None
    model.sheet(WORKINGS)
    grid = Grid(SHEET, FIRST_ROW, HEADER)
    for lines in declared.actuals:
        numbers = (lines.forecast, lines.came_in, lines.difference, lines.share)
        grid.rows.append(
            (
                said_of(declared.names, lines.actual),
                lines.actual.in_year,
                lines.forecast.shown_unit,
                *(Live(line, in_place=True) for line in numbers),
                Live(_words(declared, model, lines), "text", in_place=True),
                lines.actual.source or "No source is given",
            )
        )
    return grid


def _words(declared: Declared, model: Model, lines: ActualLines) -> Line:
    """More or less than forecast, or that nothing has come in."""
    name = lines.forecast.name.removesuffix(".forecast")
    said = f"{said_of(declared.names, lines.actual)}, {lines.actual.year}"
    forecast, actual = lines.forecast, lines.came_in
    more = choose_text(forecast < actual, "more than forecast", "less than forecast")
    way = model.line(f"{name}.way", f"{said}: which way it differs", TEXT, more, style="text")
    alike = absolute(actual - forecast) <= model[TOLERANCE] * absolute(forecast)
    same = model.line(
        f"{name}.compared", f"{said}: compared with the forecast", TEXT,
        choose_text(alike, "as forecast", sentence((way, "@"))), style="text",
    )  # fmt: skip
    words = choose_text(ZERO < lines.known, sentence((same, "@")), "nothing has come in")
    return model.line(f"{name}.words", f"{said}: in words", TEXT, words, style="text")


def write(book: Book, case: Case, grid: Grid, layout: Layout, evaluation: Evaluation) -> None:
    """Writes the sheet."""
    page = output.page(book, case, SHEET, SHEET, SAID)
    book.widths(page, {0: 44, 1: 10, 2: 20, 3: 14, 4: 14, 5: 14, 6: 14, 7: 22, 8: 44})
    page.freeze_panes(grid.first_row, 1)
    page.repeat_rows(grid.first_row - 1)
    grid.write(book, page, layout, evaluation)
    page.fit_to_pages(1, 0)
