"""One page: the answer and in whose view, who pays and who saves, what to know first (workbook, *Reading order*).

Every number and every verdict on it is live. Sentences are chosen by the numbers, so that no change of an input can
leave words behind that the numbers no longer carry.
"""

from __future__ import annotations

from dataclasses import dataclass

from sroi.model import Case, Sector
from sroi.projection import Declared
from sroi.projection.declaring import POUNDS
from sroi.projection.measures import VIEWS
from sroi.reports.about import standing
from sroi.reports.book import Book
from sroi.reports.grid import Grid, Live, spots
from sroi.sheet import (
    ABSENT,
    PURE,
    TEXT,
    ZERO,
    Evaluation,
    Expression,
    Layout,
    Line,
    Model,
    Spot,
    absolute,
    choose,
    choose_text,
    largest,
    sentence,
    sum_lines,
    sum_over_years,
)

SHEET = "Summary"
WORKINGS = "Summary workings"
HEADLINE_ROW = 4
WHOSE = {
    "public_value": "Everyone: public budgets, people and society together. All costs, in cash and in kind.",
    "budget": "Public budgets only: cash they pay against spending they avoid, whether or not it can be released.",
    "cashable": "Public budgets only: cash they pay against cash that can be taken out.",
}
RANGE = "Central case only. This version computes no range: do not quote the figure without saying so."


@dataclass(frozen=True)
class Summary:
    """The tables of the page, and the sentence above them."""

    headline: Line
    answer: Grid
    sectors: Grid
    standing: Grid

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The tables, in order."""
        return (self.answer, self.sectors, self.standing)

    @property
    def spots(self) -> dict[str, Spot]:
        """The places of the lines that stand on the page itself."""
        return {self.headline.name: Spot(SHEET, HEADLINE_ROW, 0), **spots(self.grids)}

    @property
    def last_row(self) -> int:
        """The last row of the tables, from 1: the charts come below."""
        return self.standing.last_row


def declare(declared: Declared, model: Model) -> Summary:
    """Declares the lines of the page that are not elsewhere already, and arranges them."""
    model.sheet(WORKINGS)
    headline = _text(model, "summary.headline", "Headline", _headline(model))
    answer = Grid(SHEET, 6, ("The answer", "£1 of cost returns", "Net value, £", "Pays back", "Whose view"))
    for view, said in VIEWS.items():
        answer.rows.append(
            (
                said,
                Live(model[f"{view}.bcr"], "ratio", "big"),
                Live(model[f"{view}.npv"], "money", "result"),
                Live(_payback(model, view, said), "text", in_place=True),
                WHOSE[view],
            )
        )
    sectors = _sectors(declared, model, answer.last_row + 2)
    return Summary(headline, answer, sectors, _standing(declared, model, sectors.last_row + 2))


def write(book: Book, case: Case, summary: Summary, layout: Layout, evaluation: Evaluation) -> None:
    """Writes the page; the charts are drawn below the tables."""
    page = book.sheet(SHEET, f"{case.about.title}: summary", standing(case), tab="#1F3864")
    book.widths(page, {0: 42, 1: 19, 2: 19, 3: 26, 4: 70})
    book.line(page, summary.headline, layout, evaluation, "big", "@")
    for grid in summary.grids:
        grid.write(book, page, layout, evaluation)
    page.fit_to_pages(1, 1)


def _text(model: Model, name: str, label: str, formula: Expression) -> Line:
    return model.line(name, label, TEXT, formula, style="text")


def _headline(model: Model) -> Expression:
    return choose_text(
        model["public_value.nil"] < model["public_value.pv_costs"],
        sentence("£1 of cost returns £", (_or_nil(model), "0.00"), " of public value to everyone."),
        "There is no cost to set the benefits against.",
    )


def _or_nil(model: Model) -> Line:
    """The ratio as a number that a sentence can show; the sentence is not chosen where there is none."""
    costs, gains = model["public_value.pv_costs"], model["public_value.pv_benefits"]
    return model.line(
        "summary.ratio",
        "Public value per £1, to be shown",
        PURE,
        choose(model["public_value.nil"] < costs, gains / costs, ZERO),
        style="factor",
    )


def _payback(model: Model, view: str, said: str) -> Line:
    """Payback in words: the figure, or that there is none within the case."""
    payback, final = model[f"{view}.payback"], model[f"{view}.final"]
    shown = model.line(
        f"summary.{view}.payback_shown",
        f"{said}: payback, to be shown",
        payback.unit or PURE,
        choose(
            -model[f"{view}.nil"] <= final,
            largest(ZERO, model[f"{view}.crossed"] - model[f"{view}.first_cost"]),
            ZERO,
        ),
        style="years",
    )
    return _text(
        model,
        f"summary.{view}.payback",
        f"{said}: payback in words",
        choose_text(
            -model[f"{view}.nil"] <= final,
            sentence("after ", (shown, "0.0"), " years"),
            sentence("not within the ", (model["timeline.horizon"], "0"), " years"),
        ),
    )


def _sectors(declared: Declared, model: Model, first_row: int) -> Grid:
    grid = Grid(
        SHEET,
        first_row,
        ("Who pays, who saves", "Pays or gives, £", "Saves or gains, £", "of which cash, £", "What that means"),
    )
    for lines in declared.sectors:
        key, said = lines.sector.id, declared.names.said(lines.sector)
        grid.rows.append(
            (
                said,
                Live(model[f"{key}.pv_costs"], "money"),
                Live(model[f"{key}.pv_benefits"], "money"),
                Live(model[f"{key}.pv_cashable"], "money"),
                Live(_verdict(model, lines.sector, said), "text", in_place=True),
            )
        )
    return grid


def _verdict(model: Model, sector: Sector, said: str) -> Line:
    """Whether the sector gains more than it pays, and by how much."""
    npv = model[f"{sector.id}.npv"]
    size = model.line(f"summary.{sector.id}.size", f"{said}: size of its net", POUNDS, absolute(npv), style="money")
    gains = "saves" if sector.ledger == "public" else "gains"
    balance = _text(
        model,
        f"summary.{sector.id}.balance",
        f"{said}: which way its net goes, in words",
        choose_text(
            npv < ZERO,
            sentence("pays £", (size, "#,##0"), f" more than it {gains}"),
            sentence(f"{gains} £", (size, "#,##0"), " more than it pays"),
        ),
    )
    return _text(
        model,
        f"summary.{sector.id}.verdict",
        f"{said}: net, in words",
        choose_text(ZERO < size, sentence((balance, "@")), f"neither pays nor {gains}"),
    )


def _standing(declared: Declared, model: Model, first_row: int) -> Grid:
    """What a reader must know before quoting any of it."""
    case = declared.case
    basis = _text(
        model,
        "summary.basis",
        "Years, prices and discounting in words",
        sentence(
            (model["timeline.horizon"], "0"), " years from ", (model["settings.first_year"], "0"), ", in prices of ",
            (model["settings.price_base"], "@"), ", discounted by ", (model["settings.discount"], "@"),
        ),
    )  # fmt: skip
    grid = Grid(SHEET, first_row, ("Before you quote it", "Found", "", "", "What it means"))
    statuses = [cost.status for cost in case.costs] + [outcome.status for outcome in case.outcomes]
    judged, rows = statuses.count("judgement"), len(statuses)
    grid.rows += [
        ("Master check of the arithmetic", Live(declared.master, cell="result"), "", "",
         "OK: what is found two ways agrees. CHECK: do not use the numbers; see Checks."),
        ("Range", "None", "", "", RANGE),
        ("Judgement", f"{judged} of {rows} rows", "", "",
         "Costs and outcomes nobody measured: see Basis. Numbers in the other rows may be judged too: see Ranges."),
        ("Change, not effect", Live(_observed(case, model), "share", cell="result", in_place=True), "", "",
         "Share of the benefits that rest on a change that was observed, without a comparison group."),
        ("Basis", "", "", "", Live(basis, "text", in_place=True)),
    ]  # fmt: skip
    return grid


def _observed(case: Case, model: Model) -> Line:
    """The share of the benefits whose outcomes were observed to change (method § 4, evidence)."""
    observed = [model[f"{o.id}.total_present_value"] for o in case.outcomes if o.status == "observed"]
    rows = model.line(
        "summary.observed", "Value that rests on observed change, discounted", POUNDS, sum_lines(observed),
        style="money", total=True, yearly=True,
    )  # fmt: skip
    whole = model["public_value.pv_benefits"]
    return model.line(
        "summary.observed_share", "Share of the benefits that rests on observed change", PURE,
        choose(ZERO < whole, sum_over_years(rows) / whole, ABSENT), style="share",
    )  # fmt: skip
