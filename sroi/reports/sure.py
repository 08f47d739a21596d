"""How sure the answer is, in words: what the Summary, About and the Economic case say of the draws (method § 8).

Everything here is stamped: it holds while the flag on the sheet Simulation says OK, and every place that shows it shows
that flag too.
"""

from __future__ import annotations

import numpy as np

from sroi.model import Case
from sroi.model.currency import before, one, symbol
from sroi.model.percent import whole_percent as chance
from sroi.model.settings import AS_IT_STANDS
from sroi.projection.views import VIEWS
from sroi.reports.grid import Cell, Formula, Grid, Right
from sroi.sheet.layout import quoted
from sroi.simulation import Simulation, movables
from sroi.simulation.result import ViewDraws

SHEET = "Simulation"
FLAG_ROW = 7
FLAG = f"{quoted(SHEET)}!$B${FLAG_ROW}"
"""The cell that says whether the draws still hold."""
HOLDS = "OK: nothing that they rest on has changed."
STALE = "CHECK: inputs, or the option in use, have changed. Run the engine again."
NO_DRAWS = "None: this workbook holds the central case only"
NO_RANGE = "Central case only. No range was computed: do not quote the figure without saying so."
SUMMARY = "Summary"
UNITS = ((1e9, "bn"), (1e6, "m"), (1e3, "k"))


def flag() -> Formula:
    """The live flag, to be shown elsewhere."""
    return Formula(f"={FLAG}", HOLDS)


def drawn(simulation: Simulation) -> str:
    """How many draws of what kind: `16,384 draws (sobol, 10,000 asked for), seed 1`."""
    asked = "" if simulation.asked == simulation.draws else f", {simulation.asked:,} asked for"
    return f"{simulation.draws:,} draws ({simulation.method}{asked}), seed {simulation.seed}"


def names(option: str | None, scenario: str | None) -> tuple[str, str]:
    """An option and a scenario as they are chosen in a workbook."""
    return option or AS_IT_STANDS, scenario or AS_IT_STANDS


def pounds(code: str, sum_: float, decimals: int = 0) -> str:
    """A sum with its sign before the currency's; none on what rounds to nil.

    >>> pounds("GBP", -1234.5), pounds("GBP", -0.004, 2), pounds("SEK", 2.5, 2)
    ('-£1,234', '£0.00', 'SEK 2.50')
    """
    size = f"{before(code)}{abs(sum_):,.{decimals}f}"
    return f"-{size}" if sum_ < 0 and any(digit in size for digit in "123456789") else size


def short(code: str, sum_: float) -> str:
    """A sum in three figures, for titles: `£1.23m`, `£12.3k`."""
    for size, unit in UNITS:
        if abs(sum_) >= 0.9995 * size:
            whole = len(str(int(abs(sum_) / size)))
            return pounds(code, sum_ / size, max(0, 3 - whole)) + unit
    return pounds(code, sum_)


def range_said(code: str, view: ViewDraws) -> str:
    """The 5th to the 95th percentile of what one pound returns; of net value where a draw has no ratio."""
    ratio, net = view.bcr, view.npv
    if ratio.absent or ratio.p5 is None or ratio.p95 is None:
        return f"net {short(code, net.p5 or 0.0)} to {short(code, net.p95 or 0.0)}"
    return f"{pounds(code, ratio.p5, 2)} to {pounds(code, ratio.p95, 2)}"


def ratio_said(code: str, view: ViewDraws) -> str:
    """The ratio of means in words, or that there is none."""
    return "no ratio" if view.ratio_of_means is None else pounds(code, view.ratio_of_means, 2)


def free(simulation: Simulation, view: str = "public_value") -> bool:
    """Whether nothing is paid in any draw: then every benefit is before any cost, and no chance says anything."""
    costs = simulation.measures[view, "pv_costs"]
    return not costs.any()


def moves(simulation: Simulation, view: str) -> bool:
    """Whether the draws of a view differ at all: else no number behind it has a range."""
    net = simulation.measures[view, "npv"]
    return bool(np.ptp(net) > 1e-9 * np.abs(net).max())


def verdict(simulation: Simulation, view: str) -> str:
    """The chance of net benefit of a view, or why none is told."""
    if free(simulation, view):
        return "before any cost"
    return chance(simulation.views[view].chance_positive) if moves(simulation, view) else "not told"


def spread(simulation: Simulation, view: str) -> str:
    """The range of a view in words, or that nothing behind it was drawn."""
    if not moves(simulation, view):
        return "no number behind this has a range"
    return range_said(simulation.case.settings.currency, simulation.views[view])


def made_of(simulation: Simulation) -> str:
    """How many numbers are drawn, how many are not, and how they hang together."""
    drawn, ties = len(simulation.inputs), len(simulation.case.correlations)
    others = sum(number.stated for number in movables(simulation.case).values()) - drawn
    tied = "each by itself" if not ties else f"each by itself but for {ties} stated {'pair' if ties == 1 else 'pairs'}"
    numbers = "1 uncertain number is drawn" if drawn == 1 else f"{drawn} uncertain numbers are drawn, {tied}"
    return f"{numbers}; {max(0, others):,} others that the case states are taken as certain."


def headline(simulation: Simulation) -> str:
    """The finding of the draws in a sentence."""
    code, view = simulation.case.settings.currency, simulation.views["public_value"]
    if free(simulation):
        net = f"{short(code, view.npv.p5 or 0.0)} to {short(code, view.npv.p95 or 0.0)}"
        return f"The case has no cost. Benefits to everyone, before any cost: nine draws in ten from {net}."
    if not moves(simulation, "public_value"):
        return "No number behind public value has a range: the draws say nothing of it."
    found = f"Chance of net benefit to everyone: {chance(view.chance_positive)}."
    if view.ratio_of_means is None:
        return f"{found} On average mean costs are nil or less, so that there is no ratio."
    ratio = f"{one(code)} of cost returns {ratio_said(code, view)} on average"
    return f"{found} {ratio}; nine draws in ten: {range_said(code, view)}."


def summary(simulation: Simulation, first_row: int) -> Grid:
    """The table of the Summary: what the draws come to in each view, stamped."""
    code = simulation.case.settings.currency
    header = (
        f"How sure: {simulation.draws:,} draws",
        f"{one(code)} returns on average (mean)",
        "Chance of net benefit",
        "Nine draws in ten",
        "What that is",
    )
    said = {
        "public_value": "Before any cost: the case has none."
        if free(simulation)
        else "Mean benefits over mean costs; 5th to 95th percentile. Not the central case above.",
        "budget": "The same draws: cash that budgets pay against spending avoided.",
        "cashable": "The same draws: cash that budgets pay against cash taken out.",
    }
    grid = Grid(SUMMARY, first_row, header)
    for view, title in VIEWS.items():
        of = simulation.views[view]
        shown = (ratio_said(code, of), verdict(simulation, view), spread(simulation, view))
        grid.rows.append((title, *(Right(text) for text in shown), said[view]))
    grid.rows.append(("What was drawn", "", "", "", made_of(simulation)))
    if simulation.leaning:
        grid.rows.append(("Central case and mean", "", "", "", simulation.leaning))
    grid.rows.append(("Does this still hold?", "", "", "", flag()))
    return grid


def standing(simulation: Simulation | None) -> tuple[Cell, ...]:
    """The row of the Summary that says whether there is a range."""
    if simulation is None:
        return ("Range", "None", "", "", NO_RANGE)
    return ("Range", "Stamped", "", "", f"See How sure, above, and {SHEET}: {drawn(simulation)}. Does not recalculate.")


def economic(case: Case, simulation: Simulation | None) -> str:
    """The sentence of the Economic case."""
    if simulation is None:
        return "Uncertainty: these are central cases. No range was computed."
    option, scenario = names(simulation.option, simulation.scenario)
    what = case.option_names.get(option, option)
    where = "" if not case.scenarios else f", scenario: {case.scenario_names.get(scenario, scenario)}"
    return (
        f"Uncertainty: these are central cases. What was drawn is {what}{where}: see {SHEET}. No range was computed of "
        "the others."
    )


def best(case: Case, simulation: Simulation | None) -> str:
    """What the best option of the Economic case is decided on, and what ranges say of it."""
    found = "Best is said of central cases. On average over what may happen another option may be best"
    if simulation is None:
        return f"{found}: no ranges were drawn."
    what = case.option_names.get(simulation.option or "", "the case as the tables stand")
    return f"{found}: ranges were drawn for the option shown in {SHEET} alone ({what}), so not compared."


__all__ = [
    "FLAG", "FLAG_ROW", "HOLDS", "NO_DRAWS", "SHEET", "STALE", "best", "chance", "drawn", "economic", "flag", "free",
    "headline", "made_of", "moves", "names", "pounds", "range_said", "ratio_said", "short", "spread", "standing",
    "summary", "symbol", "verdict",
]  # fmt: skip
