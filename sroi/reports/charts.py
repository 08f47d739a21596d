"""The two charts of the first page, and the live cells they are drawn from (workbook, *Charts*).

A waterfall of stacked columns is split into positive and negative parts, since the usual single invisible base breaks
where the running total crosses zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from sroi.model.currency import one
from sroi.projection import Declared
from sroi.projection.declaring import POUNDS
from sroi.projection.streams import Stream
from sroi.projection.views import held
from sroi.reports.book import Book
from sroi.reports.grid import Grid, Live
from sroi.reports.places import HEADER_ROW
from sroi.reports.style import COST, GAIN, TOTAL, in_currency
from sroi.sheet import (
    TEXT,
    ZERO,
    Evaluation,
    Expression,
    Layout,
    Line,
    Model,
    choose_text,
    largest,
    sentence,
    smallest,
    sum_over_years,
)
from sroi.sheet.layout import FIRST_YEAR

SHEET = "Chart data"
SERIES = ("Base above nil", "Base below nil", "Above nil", "Below nil")


@dataclass(frozen=True)
class Charts:
    """The waterfall's table, the colour of each bar, and the titles."""

    waterfall: Grid
    colours: tuple[str, ...]
    titles: Grid
    waterfall_title: Line
    yearly_title: Line


def declare(declared: Declared, model: Model) -> Charts:
    """Declares the bars and the titles."""
    model.sheet(SHEET)
    bars: list[tuple[str, Expression, str]] = []
    for lines in declared.sectors:
        said = declared.names.said(lines.sector)
        paid = held(lines.cash_costs, lines.costs_in_kind, lines.harms, lines.transfer_harms)
        if any(cost.payer == lines.sector.id for cost in declared.case.costs) or len(paid) > 1:
            bars.append((f"{said} pays", -_present(paid), COST))
    bars.append(("Tax charge", -_present(declared.tax), COST))
    for lines in declared.sectors:
        said = declared.names.said(lines.sector)
        gained = held(lines.values, lines.released_in_cash, lines.released_in_kind)
        if any(part.sector == lines.sector.id for v in declared.case.values for part in declared.case.parts(v)):
            bars.append((f"{said} gains", _present(gained), GAIN))
    grid = Grid(SHEET, 13, ("Bar", *SERIES, "Running total"))
    before: Expression = ZERO
    for number, (said, change, _) in enumerate(bars, start=1):
        after = model.line(
            f"chart.bar-{number}.after", f"{said}: running total", POUNDS,
            before + change if number > 1 else change, style="money",
        )  # fmt: skip
        grid.rows.append(_bar(model, number, said, before, after, after))
        before = after
    net = model["public_value.npv"]
    end = model.line("chart.net.after", "Net: running total", POUNDS, net, style="money")
    grid.rows.append(_bar(model, len(bars) + 1, "Net value", ZERO, net, end))
    title, yearly = _titles(model, declared.case.settings.currency)
    titles = Grid(SHEET, 5, ("Title of the chart", "Words"))
    titles.rows += [("Public value and cost", Live(model["chart.waterfall.stands"], in_place=True))]
    titles.rows += [("With the ratio", Live(model["chart.waterfall.with_ratio"], in_place=True))]
    titles.rows += [("Waterfall", Live(title, in_place=True)), ("Year by year", Live(yearly, in_place=True))]
    return Charts(grid, (*(colour for _, _, colour in bars), TOTAL), titles, title, yearly)


def _present(streams: Sequence[Stream]) -> Expression:
    """The present value of several streams."""
    first, *rest = (sum_over_years(stream.discounted) for stream in streams)
    for other in rest:
        first = first + other
    return first


def _bar(
    model: Model, number: int, said: str, before: Expression, after: Line, running: Line
) -> tuple[str | Live, ...]:
    low, high = smallest(before, after), largest(before, after)
    base_above, base_below = largest(ZERO, low), smallest(ZERO, high)
    parts = {
        SERIES[0]: base_above,
        SERIES[1]: base_below,
        SERIES[2]: largest(ZERO, high) - largest(ZERO, low),
        SERIES[3]: smallest(ZERO, low) - smallest(ZERO, high),
    }
    cells = [
        Live(
            model.line(f"chart.bar-{number}.{series.lower().replace(' ', '-')}", f"{said}: {series.lower()}", POUNDS,
                       formula, style="money"),
            "money", in_place=True,
        )
        for series, formula in parts.items()
    ]  # fmt: skip
    return (said, *cells, Live(running, "money", in_place=True))


def _titles(model: Model, code: str) -> tuple[Line, Line]:
    npv = model["public_value.npv"]
    stands = model.line(
        "chart.waterfall.stands", "How public value stands to cost", TEXT,
        choose_text(npv < ZERO, "falls short of cost", "exceeds cost"), style="text",
    )  # fmt: skip
    with_ratio = model.line(
        "chart.waterfall.with_ratio", "Title where there is a ratio", TEXT,
        sentence("Public value ", (stands, "@"), ": ", (model["summary.ratio_said"], "@"), f" back per {one(code)}"),
        style="text",
    )  # fmt: skip
    first = model.line(
        "chart.waterfall.title", "Title of the waterfall", TEXT,
        choose_text(
            model["public_value.nil"] < model["public_value.pv_costs"],
            sentence((with_ratio, "@")),
            sentence("Public value ", (stands, "@")),
        ), style="text",
    )  # fmt: skip
    second = model.line(
        "chart.yearly.title", "Title of the yearly chart", TEXT,
        sentence("Payback, undiscounted: ", (model["summary.public_value.payback"], "@")), style="text",
    )  # fmt: skip
    return first, second


def draw(book: Book, page: Worksheet, charts: Charts, layout: Layout, evaluation: Evaluation, below: int) -> None:
    """Puts both charts side by side below a row of the page (from 1)."""
    _waterfall(book, page, charts, layout, evaluation, below)
    _yearly(book, page, charts, layout, evaluation, below)


def _money(book: Book, evaluation: Evaluation, *names: str) -> str:
    """A format for the axis: millions, thousands or ones, by the size of what is drawn."""
    size = max(float(abs(evaluation.row(name)).max()) for name in names)
    unit = '£0.0,,"m"' if size >= 2e6 else '£0,"k"' if size >= 2e3 else "£0"
    return in_currency(unit, book.currency)


def _title(line: Line, layout: Layout) -> str:
    spot = layout.spot(line.name)
    return f"='{SHEET}'!$B${spot.row}"


def _waterfall(book: Book, page: Worksheet, charts: Charts, layout: Layout, evaluation: Evaluation, below: int) -> None:
    unit = _money(book, evaluation, "public_value.pv_costs", "public_value.pv_benefits")
    chart = book.file.add_chart({"type": "column", "subtype": "stacked"})
    first, last = charts.waterfall.first_row, charts.waterfall.last_row - 1
    for number, name in enumerate(SERIES, start=1):
        visible = number > 2
        chart.add_series(
            {
                "name": name,
                "categories": [SHEET, first, 0, last, 0],
                "values": [SHEET, first, number, last, number],
                "gap": 40,
                "fill": {"color": GAIN} if visible else {"none": True},
                "border": {"none": True},
                "points": [{"fill": {"color": colour}} for colour in charts.colours] if visible else [],
            }
        )
    chart.set_title({"name": _title(charts.waterfall_title, layout), "name_font": {"size": 12}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_y_axis(
        {
            "num_format": unit,
            "num_font": {"size": 10},
            "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
        }
    )
    chart.set_x_axis({"num_font": {"size": 10, "rotation": -45}, "label_position": "low"})
    chart.set_size({"width": 610, "height": 370})
    page.insert_chart(below, 0, chart, {
        "object_position": 1,
        "description": "Waterfall: what each sector pays and gains, in present value, and the net public value. "
                       "The numbers are on the sheet Chart data.",
    })  # fmt: skip


def _yearly(book: Book, page: Worksheet, charts: Charts, layout: Layout, evaluation: Evaluation, below: int) -> None:
    net, cumulative = layout.spot("public_value.yearly_net"), layout.spot("public_value.cumulative")
    first, last = FIRST_YEAR, layout.last_year
    labels = [net.sheet, HEADER_ROW - 1, first, HEADER_ROW - 1, last]
    unit = _money(book, evaluation, "public_value.yearly_net", "public_value.cumulative")
    chart = book.file.add_chart({"type": "column"})
    chart.add_series({"name": "Net in the year", "categories": labels,
                      "values": [net.sheet, net.row - 1, first, net.row - 1, last],
                      "fill": {"color": GAIN}, "border": {"none": True}, "gap": 60})  # fmt: skip
    line = book.file.add_chart({"type": "line"})
    colour = {"color": COST}
    line.add_series(
        {
            "name": "Cumulative",
            "categories": labels,
            "values": [cumulative.sheet, cumulative.row - 1, first, cumulative.row - 1, last],
            "line": {"color": COST, "width": 2.25},
            "marker": {"type": "circle", "size": 4, "fill": colour, "border": colour},
        }
    )
    chart.combine(line)
    chart.set_title({"name": _title(charts.yearly_title, layout), "name_font": {"size": 12}, "overlay": False})
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis(
        {
            "num_format": unit,
            "num_font": {"size": 10},
            "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
        }
    )
    chart.set_x_axis({"num_font": {"size": 10, "rotation": -45}, "label_position": "low"})
    chart.set_size({"width": 640, "height": 370})
    page.insert_chart(below, 3, chart, {
        "x_offset": 40,
        "object_position": 1,
        "description": "Columns: net public value in each year, undiscounted. Line: the same added up. "
                       "The numbers are on the sheet Measures.",
    })  # fmt: skip
