"""What came in, beside what was forecast, and in its place where the past is as it was (method § 7).

An actual stands in the place of the number it names, in its own year alone. It is stated in the prices of its row, and
is what it is: neither real growth nor optimism, which are beliefs about a forecast, is applied to it. A forecast is
shown as the case counts it, with both, so that an actual equal to it changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sroi.model import Actual, Cost, Group, Outcome, Row, split
from sroi.model.profiles import PROFILED
from sroi.projection.declaring import YEARS, Declaring, ref_of
from sroi.sheet import (
    ABSENT,
    ONE,
    PURE,
    ZERO,
    Cell,
    Evaluation,
    Expression,
    Line,
    Unit,
    absolute,
    all_of,
    choose,
    is_number,
    power,
    sum_over_years,
)
from sroi.sheet.lines import Style

SHEET = "Actual workings"
WHAT: Mapping[str, str] = {"groups": "referrals", "costs": "cost", "values": "value", "outcomes": "effect"}
"""What a line of each table's actuals is called: rows of two tables may have one id."""
STYLES: Mapping[str, Style] = {"costs": "money", "values": "money"}


@dataclass(frozen=True)
class ActualLines:
    """One row of actuals beside its forecast. A number without years each."""

    actual: Actual
    forecast: Line
    """As the case counts it, in the same terms as the actual: with real growth and optimism."""
    known: Line
    """1 where something has come in, 0 where the cell is blank."""
    came_in: Line
    difference: Line
    share: Line
    """The difference as a share of the forecast."""


@dataclass(frozen=True)
class Compared:
    """What came in beside its forecast (method § 7); both in the terms of the field, sums in its row's prices."""

    ref: str
    year: int
    forecast: float
    """As the case counts it, with real growth and optimism."""
    actual: float
    difference: float
    """Actual less forecast."""
    share: float | None
    """The difference as a share of the forecast; `None` where that is nil."""
    source: str | None


@dataclass(frozen=True)
class Known:
    """A number's past, by year."""

    known: Line
    """1 in years in which it came in."""
    came_in: Line
    """What came in; 0 in other years."""

    def or_else(self, forecast: Expression) -> Expression:
        """What came in where it did, else the forecast."""
        return choose(ZERO < self.known, self.came_in, forecast)


def known(to: Declaring, row: Row, said: str, forecast: Line) -> Known | None:
    """The past of the row's number that may vary by year, where the case is re-run with it; `forecast` is that number.

    Declares `<id>.<what>_known` and `<id>.<what>_came_in`. The years beyond the horizon have no past.
    """
    field = PROFILED[row.table]
    mine = [actual for actual in to.case.actuals if actual.ref == ref_of(row, field)]
    if not to.case.rerun or not mine:
        return None
    key, unit, style = _name(row), forecast.unit or PURE, STYLES.get(row.table, "number")
    flags, sums = [], []
    for actual in mine:
        cell = _cell(to, actual, unit)
        named = f"{key}_{actual.year}"
        there = all_of(to["timeline.calendar"].equals(_year(actual)), is_number(cell))
        now = to.model.line(
            f"{named}.known", f"{said}: has come in for {actual.year}", PURE, choose(there, ONE, ZERO), style="flag",
            method="§ 7",
        )  # fmt: skip
        here = to.model.line(
            f"{named}.came_in", f"{said}: what came in for {actual.year}", unit, choose(ZERO < now, cell, ZERO),
            style=style, method="§ 7",
        )  # fmt: skip
        flags.append(now)
        sums.append(here)
    return Known(
        to.model.sum(f"{key}_known", f"{said}: has come in", PURE, flags, style="flag", method="§ 7"),
        to.model.sum(f"{key}_came_in", f"{said}: what came in", unit, sums, style=style, method="§ 7"),
    )


def used(to: Declaring, row: Row, said: str, forecast: Line, past: Known | None) -> Line:
    """The number as it is used: `<id>.<what>_used`, what came in where it did; the forecast itself without a past."""
    if past is None:
        return forecast
    formula = past.or_else(forecast)
    style = STYLES.get(row.table, "number")
    label = f"{said}: what came in, or else the forecast"
    return to.model.line(f"{_name(row)}_used", label, forecast.unit or PURE, formula, style=style, method="§ 7")


def believed(to: Declaring, row: Row, said: str, optimism: Line, past: Known | None) -> Line:
    """Optimism as it is used: none in years that came in, for what came in is not a belief any more."""
    if past is None:
        return optimism
    label = f"{said}: optimism, none in years that came in"
    formula = choose(ZERO < past.known, ZERO, optimism)
    return to.model.line(f"{_name(row)}_optimism", label, PURE, formula, style="share", method="§ 7")


def declare(to: Declaring) -> tuple[ActualLines, ...]:
    """Declares each row of actuals beside its forecast, in the order of the table (method § 7).

    A yearly line `<cost>.cost_forecast` in the unit of the number, `amount × (1+g)^t × (1+optimism)` of a cost; of a
    value without optimism, of an effect without growth, of referrals the number itself. For each year that came in,
    without years: `<cost>.cost_year.forecast`, `<cost>.cost_year.actual`, their difference
    `<cost>.cost_year.difference` and that over the forecast, `<cost>.cost_year.share`. So too for
    referrals, values and effects; each name has the year itself.
    """
    if not to.case.actuals:
        return ()
    to.model.sheet(SHEET)
    to.model.heading("Forecasts as the case counts them")
    counted: dict[str, Line] = {}
    for actual in to.case.actuals:
        if actual.ref not in counted:
            counted[actual.ref] = _counted(to, actual)
    to.model.heading("What came in, beside them")
    return tuple(_beside(to, actual, counted[actual.ref]) for actual in to.case.actuals)


def said_of(to: Declaring, actual: Actual) -> str:
    """What came in, in words: whose number, and which."""
    table, key, field = split(actual.ref)
    row = to.case.row(table, key)
    return f"{to.said(row)}: {'referrals per year' if table == 'groups' else field}"


def _name(row: Row) -> str:
    return f"{row.key}.{WHAT[row.table]}"


def _year(actual: Actual) -> Cell:
    return Cell(actual.at("year"), float(actual.year), YEARS)


def _cell(to: Declaring, actual: Actual, unit: Unit) -> Cell:
    return Cell(actual.at("value"), to.case.came_in[actual.ref][actual.year], unit)


def _counted(to: Declaring, actual: Actual) -> Line:
    """The forecast by year, as the case counts it: a cost or a value with real growth, a cost or an effect with
    optimism (method §§ 1, 3, 4)."""
    table, key, _ = split(actual.ref)
    row, number = to.case.row(table, key), to[actual.ref]
    formula: Expression = number
    if isinstance(row, Outcome):
        bias = to[row.at("optimism")]
        formula = choose(ZERO <= number, number * (ONE - bias), number * (ONE + bias))
    elif not isinstance(row, Group):
        growth = to[row.at("growth") if isinstance(row, Cost) else f"{key}.growth"]
        formula = number * power(ONE + growth, to["timeline.elapsed"])
        if isinstance(row, Cost):
            formula = formula * (ONE + to[row.at("optimism")])
    return to.model.line(
        f"{_name(row)}_forecast", f"{said_of(to, actual)}: forecast, as counted", number.unit or PURE, formula,
        style=STYLES.get(table, "number"), method="§ 7", yearly=True,
    )  # fmt: skip


def _beside(to: Declaring, actual: Actual, counted: Line) -> ActualLines:
    table, key, _ = split(actual.ref)
    name = f"{_name(to.case.row(table, key))}_{actual.year}"
    said, unit = f"{said_of(to, actual)}, {actual.year}", counted.unit or PURE
    style = STYLES.get(table, "number")
    cell = _cell(to, actual, unit)

    def line(part: str, label: str, formula: Expression, in_unit: Unit = unit, how: Style = style) -> Line:
        return to.model.line(f"{name}.{part}", f"{said}: {label}", in_unit, formula, style=how, method="§ 7")

    now = to["timeline.calendar"].equals(_year(actual))
    in_year = line("forecast_in_year", "forecast in that year alone", choose(now, counted, ZERO))
    forecast = line("forecast", "forecast", sum_over_years(in_year))
    known = line("has_come_in", "has come in", choose(is_number(cell), ONE, ZERO), PURE, "flag")
    came_in = line("actual", "actual", choose(ZERO < known, cell, ABSENT))
    difference = line("difference", "actual less forecast", choose(ZERO < known, cell - forecast, ABSENT))
    comparable = all_of(ZERO < known, ZERO < absolute(forecast))
    share_of = choose(comparable, (cell - forecast) / forecast, ABSENT)
    share = line("share", "difference as a share of the forecast", share_of, PURE, "share")
    return ActualLines(actual, forecast, known, came_in, difference, share)


def compared(evaluation: Evaluation, lines: ActualLines) -> Compared:
    """A row of actuals as its lines came out."""
    forecast, came_in, difference = (
        evaluation.number(line.name) for line in (lines.forecast, lines.came_in, lines.difference)
    )
    share = evaluation.number(lines.share.name)
    ref, year, source = lines.actual.ref, lines.actual.year, lines.actual.source
    return Compared(ref, year, forecast, came_in, difference, None if math.isnan(share) else share, source)
