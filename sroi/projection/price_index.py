"""The index of prices as lines, one for every year that has one (method § 1).

Declared where the case needs more than the index points it holds: years after the last one, extended by
`later_inflation`, and the index of each year of the horizon, on which nominal sums and outturn prices rest.
"""

from __future__ import annotations

from sroi.model import Case
from sroi.model.price_index import MARGIN, PriceIndex, begins, carried, quoted
from sroi.projection.declaring import POUNDS, QUARTER, Declaring
from sroi.sheet import ONE, PURE, TEXT, YEARS, ZERO, Cell, Condition, Expression, Line, Table, Unit, choose, sum_where

SHEET = "Price index"
TABLE = "price_index"
OUTTURN = Unit.of("£ of the year")
"""Pounds as they are paid in their year: never added to pounds of the base year."""


def declare(to: Declaring) -> None:
    """Declares every year's index (method § 1) and has prices looked up there; nothing where the case needs none of it.

    `price_index.<year>` is one number, without a unit: the index point as held; else, of a calendar year, the year
    before times `1 + later_inflation`; of a financial year 0.75 of its first calendar year and 0.25 of its second.
    """
    if not carried(to.case.tables):
        return
    inflation = None
    if to.case.settings.later_inflation is not None:
        to.model.heading("Prices after the last year published")
        inflation = to.share(to.case.settings, "later_inflation", "Later inflation, a year")
    to.model.sheet(SHEET)
    years = index_years(to.case, to.model.years)
    lines: dict[str, Line] = {}
    for label in years:
        said = f"Price index of {label}"
        formula = _formula(to, label, lines, inflation)
        lines[label] = to.model.line(f"{TABLE}.{label}", said, PURE, formula, style="factor", method="§ 1")
    to.indices = Table(
        TABLE,
        {
            "year": years,
            "begins": tuple(float(begins(label)) if "/" in label else 0.0 for label in years),
        },
        {"year": TEXT, "index": PURE, "begins": YEARS},
        lines={"index": tuple(lines[label] for label in years)},
    )


def index_years(case: Case, years: int) -> tuple[str, ...]:
    """The years of the table: all that have an index, to some years after the last that the case needs."""
    wanted = [begins(label) for label in (*quoted(case.tables).values(), case.settings.price_base)]
    return PriceIndex.of(case.tables).years(max(case.settings.first_year + years, *wanted) + MARGIN)


def _formula(to: Declaring, label: str, lines: dict[str, Line], inflation: Line | None) -> Expression:
    """As held; else the year before with inflation; else 0.75 of the first calendar year and 0.25 of the second."""
    held = next((d for d in to.case.deflators if d.year == label), None)
    if held is not None:
        return Cell(held.at("index"), held.index, PURE)
    year = begins(label)
    if "/" not in label and inflation is not None:
        return lines[str(year - 1)] * (ONE + inflation)
    quarter = to.constant(QUARTER)
    return (ONE - quarter) * lines[str(year)] + quarter * lines[str(year + 1)]


def by_year(to: Declaring) -> None:
    """Declares the index of each year of the case, and what it makes of the base year's prices: outturn prices.

    `timeline.outturn` is `index[t]/index[base]` (method § 6) and `timeline.nominal` `index[base]/index[t]` (§ 1), by
    year; neither is declared where the index does not reach every year.
    """
    if not carried(to.case.tables):
        return
    index = to.model.line(
        "timeline.year_index",
        "Price index of the year",
        OUTTURN,
        sum_where(to.indices, "index", Condition("begins", "=", to["timeline.calendar"]), unit=OUTTURN),
        style="factor",
        method="§ 1",
        unit_said="index",
    )
    base = to["timeline.base_index"]

    def over(above: Expression, below: Expression) -> Expression:
        """This way round an index that is not held divides by nought and shows, whichever it is. Beyond the horizon it
        makes nil of sums, and whoever reads them asks whether there were any."""
        return ONE / (below / above) if not to.beyond else choose(ZERO < index, above / below, ZERO)

    to.model.line(
        "timeline.outturn",
        "Prices of the year over prices of the base",
        OUTTURN / POUNDS,
        over(index, base),
        style="factor",
        method="§ 6",
    )
    to.model.line(
        "timeline.nominal",
        "Prices of the base over prices of the year",
        POUNDS / OUTTURN,
        over(base, index),
        style="factor",
        method="§ 1",
    )
