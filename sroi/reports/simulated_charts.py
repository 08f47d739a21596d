"""The charts of a simulation, each with a title that says its finding, and the tables that they are drawn from."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter.worksheet import Worksheet

from sroi.model.currency import one, symbol
from sroi.projection.views import VIEWS
from sroi.reports import spread, sure
from sroi.reports.book import Book
from sroi.reports.stamped import Writer
from sroi.reports.style import COST, GAIN, INK, TOTAL, in_currency
from sroi.simulation import Simulation
from sroi.simulation.statistics import PERCENTILES

WIDTHS, HEIGHT = {"histogram": 446, "fan": 455, "curves": 510}, 330
"""Of the charts, in pixels: the three stand side by side across the page."""
GRID = {"visible": True, "line": {"color": "#D9D9D9"}}
SMALL = {"size": 10}
LOSS, BENEFIT = "Draws with a net loss", "Draws with a net benefit"
LINES: Mapping[int, dict[str, Any]] = {
    5: {"color": COST, "width": 1.5, "dash_type": "dash"},
    25: {"color": GAIN, "width": 1.5},
    50: {"color": TOTAL, "width": 3},
    75: {"color": GAIN, "width": 1.5},
    95: {"color": COST, "width": 1.5, "dash_type": "dash"},
}
"""The fan: the outer percentiles dashed, the median thick."""
CURVES = {"public_value": (TOTAL, "solid"), "budget": (GAIN, "dash"), "cashable": (COST, "round_dot")}


@dataclass(frozen=True)
class Drawn:
    """Where the tables stand, as first and last row from 0, and the rows of the titles."""

    titles: Mapping[str, int]
    histogram: tuple[int, int]
    fan: tuple[int, int]
    curves: tuple[int, int]


def _said(simulation: Simulation) -> dict[str, str]:
    """The findings: what each chart's title says."""
    code, view = simulation.case.settings.currency, simulation.views["public_value"]
    fan = simulation.fans["public_value"].percentiles
    low, high = (sure.short(code, fan[p][-1]) for p in (5, 95))
    reached = sure.chance(view.acceptability[1.0])
    return {
        "histogram": "Benefits to everyone, before any cost: the case has none"
        if sure.free(simulation)
        else f"Chance of net benefit to everyone: {sure.verdict(simulation, 'public_value')}",
        "fan": f"{low} to {high} by {simulation.years[-1]}: nine draws in ten, undiscounted",
        "curves": "No curve: the case has no cost"
        if sure.free(simulation)
        else f"{one(code)} returns {one(code)} or more to everyone in {reached} of draws",
    }


def tables(writer: Writer, simulation: Simulation) -> Drawn:
    """Writes the titles and the numbers that the charts show."""
    writer.heading("What the charts are drawn from", "Words")
    titles = {}
    for key, said in _said(simulation).items():
        writer.text(0, {"histogram": "Histogram", "fan": "Fan", "curves": "Acceptability curve"}[key])
        writer.text(1, said, "formula", align="left")
        titles[key] = writer.row
        writer.row += 1
    writer.row += 1
    histogram = _histogram(writer, simulation)
    writer.row += 1
    fan = _fan(writer, simulation)
    writer.row += 1
    return Drawn(titles, histogram, fan, _curves(writer, simulation))


def _histogram(writer: Writer, simulation: Simulation) -> tuple[int, int]:
    code = writer.case.settings.currency
    sign = symbol(code)
    writer.heading("Histogram: net public value, present value", "On the axis", f"From, {sign}", f"To under, {sign}",
                   LOSS, BENEFIT, "Draws up to there")  # fmt: skip
    first = writer.row
    bars = spread.bins(simulation.measures["public_value", "npv"])
    edges = sorted({end for held in bars for end in (held.low, held.high) if not math.isinf(end)})
    marks = spread.marks(edges, code)
    for held in bars:
        low, high = marks.get(held.low), marks.get(held.high)
        under = f"under {high}"
        writer.text(0, under if low is None else f"{low} and over" if high is None else f"{low} to {under}")
        writer.text(1, under if low is None else low, "unit")
        for column, end in ((2, held.low), (3, held.high)):
            if math.isinf(end):
                writer.text(column, "open", "formula", align="right")
            else:
                writer.number(column, end, "money" if end == round(end) else "number")
        writer.number(4, held.share if held.loss else 0.0, "share")
        writer.number(5, 0.0 if held.loss else held.share, "share")
        writer.number(6, held.up_to, "share")
        writer.row += 1
    return first - 1, writer.row - 2


def _fan(writer: Writer, simulation: Simulation) -> tuple[int, int]:
    sign = symbol(writer.case.settings.currency)
    fan = simulation.fans["public_value"]
    of = f"over the first {fan.draws:,} draws" if fan.draws < simulation.draws else "undiscounted"
    writer.heading(f"Fan: cumulative net public value, {of}", "Unit", *(_percentile(p) for p in PERCENTILES))
    first = writer.row
    for number, year in enumerate(simulation.years):
        writer.text(0, year)
        writer.text(1, sign, "unit")
        for column, percentile in enumerate(PERCENTILES, start=2):
            writer.number(column, fan.percentiles[percentile][number], "money")
        writer.row += 1
    return first - 1, writer.row - 2


def _curves(writer: Writer, simulation: Simulation) -> tuple[int, int]:
    code = writer.case.settings.currency
    writer.heading(
        f"Acceptability: the chance that {one(code)} returns at least", symbol(code), *VIEWS.values(), left=(0,)
    )
    first = writer.row
    for asked, shares in spread.curves(simulation).items():
        writer.text(0, f"At least {sure.pounds(code, asked, 2)}")
        writer.number(1, asked, "ratio")
        for column, share in enumerate(shares, start=2):
            writer.number(column, share, "share")
        writer.row += 1
    return first - 1, writer.row - 2


def _percentile(number: int) -> str:
    return "50th (median)" if number == 50 else f"{number}th percentile"


def money_axis(code: str, *values: float) -> str:
    """A format for an axis of sums: millions, thousands or ones, by the size of what is drawn."""
    size = max(abs(value) for value in values)
    unit = '£0.0,,"m"' if size >= 2e6 else '£0,"k"' if size >= 2e3 else "£0"
    return in_currency(f"{unit};-{unit}", code)


def _title(chart: Any, drawn: Drawn, key: str) -> None:
    place = f"='{sure.SHEET}'!$B${drawn.titles[key]}"
    chart.set_title({"name": place, "name_font": {"size": 12}, "overlay": False})
    chart.set_size({"width": WIDTHS[key], "height": HEIGHT})


def draw(book: Book, page: Worksheet, drawn: Drawn, simulation: Simulation, row: int) -> None:
    """Puts the three charts side by side below a row (from 1)."""
    code = simulation.case.settings.currency
    charts = [
        (_draw_histogram(book, drawn), 0, "Columns: the share of draws by net public value, those under nil in another "
         "colour. Line: the share of draws up to there."),
    ]  # fmt: skip
    if len(simulation.years) > 1:
        charts.append((_draw_fan(book, drawn, simulation), 2, "Lines: the 5th, 25th, 50th, 75th and 95th percentile of "
                       "cumulative net public value by year, undiscounted."))  # fmt: skip
    if not sure.free(simulation):  # nothing is asked of a pound where none is paid
        charts.append((_draw_curves(book, drawn, simulation), 7, f"Lines: for each return asked of {one(code)}, the "
                       "share of draws that come to it, in each of the three views."))  # fmt: skip
    for chart, column, said in charts:
        page.insert_chart(row, column, chart, {
            "object_position": 1, "description": f"{said} The numbers are further down this sheet.",
        })  # fmt: skip


def _draw_histogram(book: Book, drawn: Drawn) -> Any:
    first, last = drawn.histogram
    labels = [sure.SHEET, first, 1, last, 1]
    chart = book.file.add_chart({"type": "column", "subtype": "stacked"})
    for name, column, colour in ((LOSS, 4, COST), (BENEFIT, 5, GAIN)):
        chart.add_series({"name": name, "categories": labels, "values": [sure.SHEET, first, column, last, column],
                          "fill": {"color": colour}, "border": {"none": True}, "gap": 10})  # fmt: skip
    line = book.file.add_chart({"type": "line"})
    line.add_series({"name": "Draws up to there (right)", "categories": labels,
                     "values": [sure.SHEET, first, 6, last, 6], "y2_axis": True,
                     "line": {"color": INK, "width": 1.75}})  # fmt: skip
    chart.combine(line)
    _title(chart, drawn, "histogram")
    chart.set_legend({"position": "bottom", "font": SMALL})
    chart.set_y_axis({"num_format": "0%", "num_font": SMALL, "major_gridlines": GRID, "min": 0})
    line.set_y2_axis({"num_format": "0%", "num_font": SMALL, "min": 0, "max": 1})
    chart.set_x_axis({"num_font": SMALL | {"rotation": -90}, "label_position": "low", "interval_unit": 2})
    return chart


def _draw_fan(book: Book, drawn: Drawn, simulation: Simulation) -> Any:
    first, last = drawn.fan
    dots = {"type": "short_dash" if last == first else "none", "size": 9}  # a line of one year is a point
    chart = book.file.add_chart({"type": "line"})
    for column, percentile in reversed([*enumerate(PERCENTILES, start=2)]):
        chart.add_series({"name": _percentile(percentile), "categories": [sure.SHEET, first, 0, last, 0],
                          "values": [sure.SHEET, first, column, last, column],
                          "line": LINES[percentile], "marker": dots})  # fmt: skip
    _title(chart, drawn, "fan")
    fan = simulation.fans["public_value"].percentiles
    chart.set_legend({"position": "bottom", "font": SMALL})
    chart.set_y_axis(
        {"num_format": money_axis(book.currency, *fan[5], *fan[95]), "num_font": SMALL, "major_gridlines": GRID}
    )
    chart.set_x_axis({"num_font": SMALL | {"rotation": -45}, "label_position": "low",
                      "interval_unit": max(1, math.ceil(len(simulation.years) / 12))})  # fmt: skip
    return chart


def _draw_curves(book: Book, drawn: Drawn, simulation: Simulation) -> Any:
    first, last = drawn.curves
    most = max(spread.curves(simulation))
    chart = book.file.add_chart({"type": "scatter", "subtype": "straight"})
    for column, (view, title) in enumerate(VIEWS.items(), start=2):
        colour, dash = CURVES[view]
        chart.add_series({"name": title, "categories": [sure.SHEET, first, 1, last, 1],
                          "values": [sure.SHEET, first, column, last, column],
                          "line": {"color": colour, "width": 2.25, "dash_type": dash},
                          "marker": {"type": "none"}})  # fmt: skip
    _title(chart, drawn, "curves")
    chart.set_legend({"position": "bottom", "font": SMALL})
    chart.set_y_axis({"num_format": "0%", "num_font": SMALL, "major_gridlines": GRID, "min": 0, "max": 1})
    chart.set_x_axis({"num_format": in_currency("£0.00", book.currency), "num_font": SMALL, "label_position": "low",
                      "min": 0, "max": most, "major_gridlines": {"visible": False}})  # fmt: skip
    return chart
