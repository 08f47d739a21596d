"""The sheet Sensitivity: which numbers matter most, and how far each must move to turn the answer. Stamped.

A tornado of net public value, drawn as the change from the central case so that its bars start at nil in every program,
and the switching value of every number, closest first (method § 8).
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from sroi.model import Case
from sroi.model.currency import symbol
from sroi.model.tables import split
from sroi.reports import output, sure
from sroi.reports.book import Book
from sroi.reports.drawn_inputs import called, number_format, unit_of
from sroi.reports.grid import Cell
from sroi.reports.simulated_charts import GRID, SMALL, money_axis
from sroi.reports.stamped import LAST, WIDTHS, Writer, written_holds
from sroi.reports.style import COST, GAIN
from sroi.simulation.one_way import Bar
from sroi.simulation.sensitivity import Sensitivity
from sroi.simulation.switching import SwitchingValue

SHEET = "Sensitivity"
MOST, CLOSEST = 15, 3
"""Bars of the tornado, and numbers named on the Summary."""
BAR, AROUND = 24, 130
"""The height of the chart in pixels: of each bar, and of what stands around them."""
WIDTH = 1100
CHART_ROW = 15
"""The height of a row behind the chart, in points: 20 pixels."""
CHANGE = "+#,##0.0%;-#,##0.0%;0.0%"
LOW, HIGH = "Change at the 5th percentile", "Change at the 95th percentile"


def write(book: Book, case: Case, found: Sensitivity) -> None:
    """Writes the sheet."""
    how = "Stamped: computed by the engine, one number moved at a time. It holds while the flag below says OK."
    page = output.page(book, case, SHEET, f"{case.about.title}: sensitivity", how)
    book.widths(page, WIDTHS)
    writer = Writer(book, page, case)
    shown = [bar for bar in found.tornado.bars if bar.width][:MOST]
    writer.text(0, _largest(found, shown), "big", text_wrap=False)
    writer.row += 2
    writer.heading("What was moved, and whether it still holds")
    written_holds(writer, sure.names(found.option, found.scenario))
    writer.text(0, "Net public value, central case")
    writer.text(1, sure.pounds(case.settings.currency, found.switching.npv), "formula", align="left")
    writer.row += 2
    charts_at = writer.row
    if shown:
        rows = -(-_height(shown) // 20) + 1
        for row in range(charts_at, charts_at + rows):
            page.set_row(row, CHART_ROW)
        writer.row += rows + 1
        _draw(book, page, case, _tornado(writer, found, shown), shown, charts_at)
        writer.row += 1
    _switching(writer, found)
    page.fit_to_pages(1, 0)
    page.print_area(0, 0, writer.row - 2, LAST - 1)


def _height(shown: list[Bar]) -> int:
    return BAR * len(shown) + AROUND


def _largest(found: Sensitivity, shown: list[Bar]) -> str:
    """The number that matters most, in a sentence."""
    if not shown:
        return "No uncertain number moves net public value by itself."
    swing = sure.short(found.case.settings.currency, shown[0].width or 0.0)
    return f"{called(found.case, shown[0].ref)} matters most: it swings net public value by {swing}"


def _tornado(writer: Writer, found: Sensitivity, shown: list[Bar]) -> int:
    """Writes the table of the tornado, and returns the first row of its bars, from 0."""
    case, npv = found.case, found.switching.npv
    sign = symbol(case.settings.currency)
    writer.text(0, "Tornado: title of the chart")
    writer.text(1, _largest(found, shown), "formula", align="left")
    writer.row += 1
    writer.heading(
        "What matters most", "Unit", "Central value", "5th percentile", "95th percentile",
        f"Net value at the 5th, {sign}", f"Net value at the 95th, {sign}", f"Change at the 5th, {sign}",
        f"Change at the 95th, {sign}", f"Swing, {sign}", "Turns the answer?",
    )  # fmt: skip
    first = writer.row
    for bar in shown:
        unit = unit_of(case, bar.ref)
        writer.text(0, called(case, bar.ref))
        writer.text(1, unit, "unit")
        shape = number_format(unit, (bar.high_value - bar.low_value) / 3)
        for column, value in enumerate((bar.central_value, bar.low_value, bar.high_value), start=2):
            writer.book.number(writer.page, writer.row - 1, column, value + 0.0, "formula", shape)
        ends = (bar.low, bar.high)
        for column, end in enumerate(ends, start=5):
            writer.number(column, end, "money")
            writer.number(column + 2, None if end is None else end - npv, "money")
        writer.number(9, bar.width, "money", cell="result")
        turns = any(end is not None and (end > 0) != (npv > 0) for end in ends)
        writer.text(10, "yes" if turns else "no", "formula", align="right")
        writer.row += 1
    left = len(found.tornado.bars) - len(shown)
    writer.prose(f"{_moved(found, shown, left)} Each number moved by itself, the rest at their central values, whether "
                 "or not it is correlated with others.")  # fmt: skip
    return first - 1


def _moved(found: Sensitivity, shown: list[Bar], left: int) -> str:
    """How many numbers are left out, and how little they do."""
    if not left:
        return (
            f"All {len(shown)} uncertain numbers are shown." if len(shown) > 1 else "It is the only uncertain number."
        )
    most = max(bar.width or 0.0 for bar in found.tornado.bars if bar not in shown)
    what = "1 more number is left out: it swings" if left == 1 else f"{left} more numbers are left out: each swings"
    return f"{what} net public value by {sure.short(found.case.settings.currency, most)} at most."


def _switching(writer: Writer, found: Sensitivity) -> None:
    """Every number, closest first: where net public value is nil."""
    numbers, case = found.switching.numbers, found.case
    turning = [number for number in numbers if number.nearest is not None]
    within = sum(bool(number.in_range) for number in numbers)
    writer.prose(f"{len(turning)} of {len(numbers)} numbers can turn the answer by themselves, {within} of them within "
                 "their own range. Closest first, by the change as a share of the value now. A number that varies by "
                 "year is multiplied in all its years.")  # fmt: skip
    writer.heading(
        "What would turn the answer: net public value nil", "Unit", "Value now", "Value that turns it", "Change to it",
        "Within its range?", "Other value that does", "Change to it", "Note", left=(0, 1, 8),
    )  # fmt: skip
    for number in numbers:
        _turns(writer, case, number)
    for warning in found.switching.warnings:
        writer.prose(f"More than once: {warning}.")


def _turns(writer: Writer, case: Case, number: SwitchingValue) -> None:
    unit, nearest = unit_of(case, number.ref), number.nearest
    writer.text(0, called(case, number.ref))
    writer.text(1, unit, "unit")
    places = [value for value in (number.central, number.below, number.above) if value is not None]
    whole = unit == "years" and all(value == round(value) for value in places)
    shape = "0" if whole else number_format(unit, max(map(abs, places)) / 10)
    other = number.above if nearest == number.below else number.below
    share = number.share_above if nearest == number.below else number.share_below
    for column, value, shown in ((2, number.central, shape), (3, nearest, shape), (4, number.share, CHANGE),
                                 (6, other, shape), (7, share, CHANGE)):  # fmt: skip
        if value is not None:
            cell = "result" if column == 3 else "formula"
            writer.book.number(writer.page, writer.row - 1, column, value + 0.0, cell, shown)
        elif column == 3:
            writer.text(3, "none", "formula", align="right")
    within = "" if nearest is None else "none stated" if number.in_range is None else "yes" if number.in_range else "no"
    writer.text(5, within, "formula", align="right")
    writer.text(8, _note(number), "formula", align="left", indent=1)
    writer.row += 1


def summary_row(found: Sensitivity | None) -> tuple[tuple[Cell, ...], ...]:
    """The row of the Summary that says what would turn the answer: numbers that do so within their own range first,
    then those that need change least. Of the factors of one product, which need the same change, one stands for all."""
    if found is None:
        return ()
    case = found.case
    turning = sorted((n for n in found.switching.numbers if n.share is not None), key=lambda n: not n.in_range)
    each = {(split(number.ref)[:2], round(number.share or 0.0, 6)): number for number in reversed(turning)}
    nearest = [number for number in turning if number in each.values()][:CLOSEST]
    if not nearest:
        return (("What would turn the answer", "Nothing", "", "", f"No number does by itself. Stamped: see {SHEET}."),)
    words = "; ".join(_change(case, number) for number in nearest)
    return (("What would turn the answer", "One change", "", "", f"{words}. Each by itself. Stamped: see {SHEET}."),)


def _change(case: Case, number: SwitchingValue) -> str:
    """A number from what it is to what turns the answer, and whether that is within its own range."""
    unit = unit_of(case, number.ref)

    def said(value: float) -> str:
        if unit == "share":
            return f"{value * 100:.3g}%"
        if unit == symbol(case.settings.currency):
            return sure.pounds(case.settings.currency, value, 2 if abs(value) < 1000 else 0)
        return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"

    nearest = number.central if number.nearest is None else number.nearest
    nearest = 0.0 if abs(nearest) < 1e-9 * abs(number.central) else nearest
    within = ", within its range" if number.in_range else ""
    return f"{called(case, number.ref)} from {said(number.central)} to {said(nearest)}{within}"


def _note(number: SwitchingValue) -> str:
    """Why there is none, how far was looked, and that it turns more than once."""
    if number.warning:
        return "turns more than once: see below"
    if number.reason:
        far = f", from {_plain(number.low)} to {_plain(number.high)}" if number.searched else ""
        return number.reason + far
    return "" if number.stated else "at its default: not stated"


def _plain(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:g}"


def _draw(book: Book, page: Worksheet, case: Case, first: int, shown: list[Bar], row: int) -> None:
    """The tornado: change from the central case, widest at the top."""
    last = first + len(shown) - 1
    chart: Any = book.file.add_chart({"type": "bar"})
    for name, column, colour in ((LOW, 7, COST), (HIGH, 8, GAIN)):
        chart.add_series({"name": name, "categories": [SHEET, first, 0, last, 0],
                          "values": [SHEET, first, column, last, column], "fill": {"color": colour},
                          "border": {"none": True}, "gap": 35, "overlap": 100})  # fmt: skip
    # the title stands above the heading of the table
    chart.set_title({"name": f"='{SHEET}'!$B${first - 1}", "name_font": {"size": 12}, "overlay": False})
    widest = [bar.width or 0.0 for bar in shown]
    # the widest bar is at the top, which puts the axis there; its labels stand at the other end
    chart.set_x_axis({"num_format": money_axis(case.settings.currency, *widest), "num_font": SMALL,
                      "major_gridlines": GRID, "label_position": "high"})  # fmt: skip
    chart.set_y_axis({"reverse": True, "label_position": "low", "num_font": SMALL,
                      "major_gridlines": {"visible": False}})  # fmt: skip
    chart.set_legend({"position": "bottom", "font": SMALL})
    chart.set_size({"width": WIDTH, "height": _height(shown)})
    page.insert_chart(row, 0, chart, {
        "object_position": 1, "description": "Tornado: by how much net public value changes from the central case with "
        "each number at its 5th and at its 95th percentile, widest first. The numbers are in the table below it.",
    })  # fmt: skip
