"""The sheet Simulation: what the draws come to, stamped, under a live flag that says whether it still holds.

Three figures of what one pound returns are told apart in words: the central case, mean benefits over mean costs (the
headline of a simulation) and the mean of the draws' own ratios (method § 8).
"""

from __future__ import annotations

from sroi.model import Case
from sroi.model.currency import one, symbol
from sroi.projection import Result
from sroi.projection.views import VIEWS
from sroi.reports import drawn_inputs, output, simulated_charts, sure
from sroi.reports.book import Book
from sroi.reports.stamped import LAST, WIDTHS, Writer, written_holds
from sroi.simulation import Simulation
from sroi.simulation.statistics import PERCENTILES, Statistics

SHEET = sure.SHEET
CHART_ROWS, CHART_ROW = 17, 15
"""Rows that the charts take, and their height in points."""
MEASURES = (
    ("pv_costs", "Present value of costs", "money"),
    ("pv_benefits", "Present value of benefits", "money"),
    ("npv", "Net present value", "money"),
    ("bcr", "Benefits per {one} of costs: each draw's own ratio", "ratio"),
    ("payback_years", "Payback, undiscounted", "years"),
    ("discounted_payback_years", "Payback, discounted", "years"),
    ("irr", "Internal rate of return a year", "share"),
    ("mvpf", "Marginal value of public funds", "ratio"),
)
OF_SECTOR = (
    ("pv_costs", "Pays or gives", "money"),
    ("pv_benefits", "Saves or gains", "money"),
    ("pv_cashable", "of which cash", "money"),
    ("net", "Net", "money"),
)
APART = (
    "Three figures, not the same. Central case: every number at its central value. Mean benefits over mean costs, over "
    "all draws: the headline of a simulation. Mean of ratios: the average of each draw's own ratio, for comparison "
    "only; draws with small costs pull it up."
)
ABSENT = (
    "Mean, spread and percentiles are over the draws in which a measure applies; the last column counts the others: "
    "draws without a cost have no ratio, and draws that do not pay back within the years of the case have no payback."
)


def write(book: Book, case: Case, result: Result, simulation: Simulation) -> None:
    """Writes the sheet; `result` is the central case in the option and scenario that were drawn."""
    how = (
        "Stamped: computed by the engine from the draws. These numbers do not recalculate; they hold while the flag "
        "below says OK."
    )
    page = output.page(book, case, SHEET, f"{case.about.title}: simulation", how)
    book.widths(page, WIDTHS)
    writer = Writer(book, page, case)
    writer.text(0, sure.headline(simulation), "big", text_wrap=False)
    writer.row += 1
    writer.text(0, simulation.leaning, "strong", text_wrap=False)
    writer.row += 1
    _drawn(writer, simulation)
    writer.row += 1
    _returns(writer, result, simulation)
    charts_at = writer.row
    for row in range(charts_at, charts_at + CHART_ROWS):
        page.set_row(row, CHART_ROW)
    writer.row += CHART_ROWS + 1
    if simulation.warnings:
        writer.heading("What to know before quoting it")
        for warning in simulation.warnings:
            writer.prose(warning, "formula")
        writer.row += 1
    _by_view(writer, result, simulation)
    writer.row += 1
    _by_sector(writer, result, simulation)
    writer.row += 1
    _payback(writer, simulation)
    writer.row += 1
    drawn_inputs.write(writer, simulation)
    writer.row += 1
    drawn = simulated_charts.tables(writer, simulation)
    simulated_charts.draw(book, page, drawn, simulation, charts_at)
    page.fit_to_pages(1, 0)
    page.print_area(0, 0, writer.row - 2, LAST - 1)
    _names(book)


def _drawn(writer: Writer, simulation: Simulation) -> None:
    """How many draws, of what kind, and whether they still hold."""
    writer.heading("What was drawn, and whether it still holds")
    written_holds(writer, sure.names(simulation.option, simulation.scenario))
    warned = len(simulation.warnings)
    rows = [
        ("Draws", sure.drawn(simulation)),
        ("Uncertain numbers drawn", f"{len(simulation.inputs)}: listed below"),
        ("What is not drawn", sure.made_of(simulation)),
        ("Warnings", f"{warned}: see What to know before quoting it" if warned else "None"),
    ]
    for label, said in rows:
        writer.text(0, label)
        writer.text(1, said, "formula", align="left")
        writer.row += 1


def _returns(writer: Writer, result: Result, simulation: Simulation) -> None:
    """What one pound returns: three figures told apart, the spread, and the chance of net benefit."""
    code = writer.case.settings.currency
    writer.heading(
        f"What {one(code)} returns, and how sure that is", "Unit", "Central case",
        "Mean benefits over mean costs: headline", "Its standard error", "Mean of ratios: not the headline",
        "5th percentile", "50th (median)", "95th percentile", "Chance of net benefit",
    )  # fmt: skip
    for view, title in VIEWS.items():
        of = simulation.views[view]
        writer.text(0, title)
        writer.text(1, symbol(code), "unit")
        writer.number(2, result.views[view].bcr, "ratio")
        writer.number(3, of.ratio_of_means, "ratio", cell="result")
        writer.number(4, of.ratio_mcse, "ratio", error=True)
        for column, value in enumerate((of.bcr.mean, of.bcr.p5, of.bcr.p50, of.bcr.p95), start=5):
            writer.number(column, value, "ratio")
        writer.text(9, sure.verdict(simulation, view), "result", align="right")
        writer.row += 1
    writer.prose(APART)


def _titles(first: str) -> tuple[str, ...]:
    percentiles = ("50th (median)" if p == 50 else f"{p}th percentile" for p in PERCENTILES)
    return (first, "Unit", "Central case", "Mean of draws", "Standard deviation", *percentiles,
            "Standard error of the mean", "Draws without it")  # fmt: skip


def _statistics(writer: Writer, said: str, unit: str, central: float | None, of: Statistics, style: str) -> None:
    """A measure: its central case, then what the draws come to."""
    writer.text(0, said, "label", indent=1)
    writer.text(1, unit, "unit")
    writer.number(2, central, style)
    writer.number(3, of.mean, style, cell="result")
    writer.number(4, of.sd, style)
    for column, percentile in enumerate(PERCENTILES, start=5):
        writer.number(column, getattr(of, f"p{percentile}"), style)
    writer.number(10, of.mcse, style, error=True)
    writer.number(11, float(of.absent), "whole")
    writer.row += 1


def _block(writer: Writer, text: str) -> None:
    writer.text(0, text, "block")
    for column in range(1, LAST):
        writer.page.write_blank(writer.row - 1, column, None, writer.book.format("block"))
    writer.row += 1


def _by_view(writer: Writer, result: Result, simulation: Simulation) -> None:
    code = writer.case.settings.currency
    units = {"money": symbol(code), "ratio": f"{symbol(code)} per {one(code)}", "years": "years", "share": "a year"}
    writer.heading(*_titles("By view"))
    for view, title in VIEWS.items():
        of = simulation.views[view]
        _block(writer, title)
        for name, said, style in MEASURES:
            found = getattr(of, name)
            if found is not None:
                central = getattr(result.views[view], name)
                _statistics(writer, said.format(one=one(code)), units[style], central, found, style)
    writer.prose(ABSENT)


def _by_sector(writer: Writer, result: Result, simulation: Simulation) -> None:
    sign = symbol(writer.case.settings.currency)
    writer.heading(*_titles("By sector, present values"))
    for sector in simulation.case.sectors:
        of = simulation.sectors[sector.id]
        counted = any(simulation.measures[sector.id, name].any() for name in ("pv_costs", "pv_benefits"))
        share = f"gains more than it pays in {sure.chance(of.chance_positive)} of draws"
        _block(writer, f"{sector.name}: {share if counted else 'nothing is counted of it'}")
        for name, said, style in OF_SECTOR:
            _statistics(writer, said, sign, getattr(result.sectors[sector.id], name), getattr(of, name), style)


def _payback(writer: Writer, simulation: Simulation) -> None:
    """The chance of having paid back within so many years, by view."""
    writer.heading("Chance of having paid back, undiscounted", "Unit", *VIEWS.values())
    rows = zip(*(simulation.views[view].paid_back_by for view in VIEWS), strict=True)
    for years, chances in enumerate(rows):
        writer.text(0, f"Within {years} {'year' if years == 1 else 'years'} of the first cost")
        writer.text(1, "of draws", "unit")
        for column, share in enumerate(chances, start=2):
            writer.number(column, share, "share")
        writer.row += 1


def _names(book: Book) -> None:
    """The flag, by name."""
    book.file.define_name("out_simulation", f"={sure.FLAG}")
