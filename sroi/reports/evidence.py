"""What the costs and the benefits rest on: read, observed or judged, and where from.

Present values and shares are live; the status, grade and source are the case's own words.
"""

from __future__ import annotations

from dataclasses import dataclass

from sroi.model import Basis, Case, Outcome
from sroi.model.currency import symbol
from sroi.projection import Declared
from sroi.projection.basis import WORDS, share_line
from sroi.projection.declaring import POUNDS, Declaring
from sroi.reports import output
from sroi.reports.book import Book
from sroi.reports.grid import Grid, Live
from sroi.sheet import ABSENT, PURE, ZERO, Evaluation, Layout, Line, Model, choose, sum_over_years

SHEET = "Basis"
"""Not *Evidence*: that is a table of the case (format.md)."""


@dataclass(frozen=True)
class Evidence:
    """The tables of the page."""

    shares: Grid
    benefits: Grid
    costs: Grid

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The tables, in order."""
        return (self.shares, self.benefits, self.costs)


def declare(declared: Declared, model: Model) -> Evidence:
    """Declares the present value of every outcome and cost, and arranges them with their sources."""
    model.sheet(SHEET)
    shares = _shares(model)
    benefits = _benefits(declared.names, declared.case, model, shares.last_row + 3)
    return Evidence(shares, benefits, _costs(declared.names, declared.case, model, benefits.last_row + 3))


def write(book: Book, case: Case, evidence: Evidence, layout: Layout, evaluation: Evaluation) -> None:
    """Writes the page."""
    said = "Present values, in public value. Judgement is what nobody measured."
    page = output.page(book, case, SHEET, "What it rests on", said)
    book.widths(page, {0: 44, 1: 16, 2: 11, 3: 22, 4: 84})
    for grid in evidence.grids:
        grid.write(book, page, layout, evaluation)
    page.fit_to_pages(1, 0)


MEANING = {
    "forecast": "Expected: it has not happened yet.",
    "observed": "Seen, without a comparison group: change, not effect. It may have other causes.",
    "attributed": "From a comparison group: the effect of the programme.",
    "judged": "Nobody measured it.",
    "not_stated": "Unknown, which is not nil: the row does not say.",
}


def _shares(model: Model) -> Grid:
    """Shares of present value by the status of evidence, on both sides, by size (method § 4)."""
    grid = Grid(SHEET, 4, ("By evidence", "Benefits", "Costs", "", "What it means"))
    for name, said in MEANING.items():
        shares = (Live(model[share_line(side, name)], "share") for side in ("benefits", "costs"))
        grid.rows.append((WORDS[name].capitalize(), *shares, "", said))
    return grid


def _share(model: Model, name: str, label: str, part: Line, whole: Line) -> Line:
    return model.line(name, label, PURE, choose(ZERO < whole, part / whole, ABSENT), style="share")


def _benefits(to: Declaring, case: Case, model: Model, first_row: int) -> Grid:
    grid = Grid(
        SHEET,
        first_row,
        ("What the benefits rest on", _worth(case), "Share", "Evidence", "Where it comes from"),
    )
    for outcome in case.outcomes:
        said = to.said(outcome)
        worth = model[f"{outcome.id}.total_present_value"]
        gain = model[f"{outcome.id}.gain"]
        total = _total(model, f"evidence.{outcome.id}.worth", f"{said}: present value", worth)
        grid.rows.append(
            (
                said,
                Live(total, "money", in_place=True),
                Live(
                    _share(model, f"evidence.{outcome.id}.share", f"{said}: share of benefits", gain,
                           model["public_value.gains"]),
                    "share", in_place=True,
                ),
                _evidence(case.basis(outcome)),
                _source(case, outcome),
            )
        )  # fmt: skip
    return grid


def _worth(case: Case) -> str:
    return f"Present value, {symbol(case.settings.currency)}"


def _source(case: Case, outcome: Outcome) -> str:
    valued = any(value.outcome == outcome.id and value.counts for value in case.values)
    if not outcome.counts:
        return "Not counted: shown only."
    if not valued:
        return "Not monetised: counted, but no value is put on it."
    return _from(case.basis(outcome))


def _costs(to: Declaring, case: Case, model: Model, first_row: int) -> Grid:
    grid = Grid(
        SHEET,
        first_row,
        ("What the costs rest on", _worth(case), "Paid", "Evidence", "Where it comes from"),
    )
    for cost in case.costs:
        said = to.said(cost)
        worth = _total(model, f"evidence.{cost.id}.cost", f"{said}: present value", model[f"{cost.id}.present_cost"])
        how = "released" if cost.old_service else cost.treatment.replace("_", " ")
        grid.rows.append(
            (said, Live(worth, "money", in_place=True), how, _evidence(case.basis(cost)),
             _from(case.basis(cost)))
        )  # fmt: skip
    return grid


def _total(model: Model, name: str, label: str, row: Line) -> Line:
    return model.line(name, label, POUNDS, sum_over_years(row), style="money")


def _evidence(basis: Basis) -> str:
    """The status of a row's evidence, in words."""
    said = basis.status or "not stated"
    return said if basis.grade is None else f"{said}, grade {basis.grade}"


def _from(basis: Basis) -> str:
    """The source, with the date and whom it was gathered on where these are stated."""
    if basis.source is None:
        return "No source is given."
    more = "; ".join(part for part in (basis.date, basis.population) if part)
    return f"{basis.source} ({more})" if more else basis.source
