"""One page: the answer and in whose view, who pays and who saves, what to know first (workbook, *Reading order*).

Every number and every verdict on it is live, but for an internal rate where dates are half-years apart and what the
draws of a simulation come to: these say that they are the engine's. Sentences are chosen by the numbers, so that no
change of an input can leave words behind that the numbers no longer carry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sroi.model import Case, Sector
from sroi.model.currency import before, one, symbol
from sroi.projection import Declared, Result
from sroi.projection.declaring import POUNDS
from sroi.projection.views import VIEWS
from sroi.reports import output, sure
from sroi.reports.book import Book
from sroi.reports.grid import Cell, Grid, Live, spots
from sroi.reports.phrases import horizon, payback
from sroi.reports.rates import Rates
from sroi.reports.standing import before_quoting
from sroi.sheet import (
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
    is_number,
    sentence,
)
from sroi.simulation import Simulation

SHEET = "Summary"
WORKINGS = "Summary workings"
HEADLINE_ROW = 4
WHOSE = {
    "public_value": "Everyone: public budgets, people and society together. All costs, in cash and in kind.",
    "budget": "Public budgets only: cash they pay against spending they avoid, whether or not it can be released.",
    "cashable": "Public budgets only: cash they pay against cash that can be taken out.",
}


@dataclass(frozen=True)
class Summary:
    """The tables of the page, and the sentence above them."""

    headline: Line
    answer: Grid
    sure: Grid | None
    """What the draws come to, where there are any."""
    sectors: Grid
    others: Grid
    standing: Grid

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The tables, in order."""
        sure = () if self.sure is None else (self.sure,)
        return (self.answer, *sure, self.sectors, self.others, self.standing)

    @property
    def spots(self) -> dict[str, Spot]:
        """The places of the lines that stand on the page itself."""
        return {self.headline.name: Spot(SHEET, HEADLINE_ROW, 0), **spots(self.grids)}

    @property
    def last_row(self) -> int:
        """The last row of the tables, from 1: the charts come below."""
        return self.standing.last_row


def declare(
    result: Result,
    model: Model,
    rates: Rates,
    simulation: Simulation | None = None,
    turning: Sequence[tuple[Cell, ...]] = (),
) -> Summary:
    """Declares the lines of the page that are not elsewhere already, and arranges them."""
    declared = result.declared
    code = declared.case.settings.currency
    model.sheet(WORKINGS)
    within = horizon(model, "summary.horizon")
    headline = _text(model, "summary.headline", "Headline", _headline(model, code))
    answer = Grid(
        SHEET,
        6,
        (
            "The answer",
            f"{one(code)} of cost returns",
            f"Net value, {symbol(code)}",
            "Pays back, undiscounted",
            "Whose view",
        ),
    )
    for view, said in VIEWS.items():
        answer.rows.append(
            (
                said,
                Live(model[f"{view}.bcr"], "ratio", "big"),
                Live(model[f"{view}.npv"], "money", "result"),
                Live(payback(model, f"summary.{view}.payback", view, said, within), "text", in_place=True),
                WHOSE[view],
            )
        )
    drawn = None if simulation is None else sure.summary(simulation, answer.last_row + 2)
    sectors = _sectors(declared, model, (answer if drawn is None else drawn).last_row + 2)
    others = _others(model, rates, sectors.last_row + 2)
    quoting = before_quoting(result, model, others.last_row + 2, simulation, turning)
    return Summary(headline, answer, drawn, sectors, others, quoting)


def write(
    book: Book,
    case: Case,
    summary: Summary,
    layout: Layout,
    evaluation: Evaluation,
    seen: tuple[str, str] | None = None,
) -> None:
    """Writes the page; the charts are drawn below the tables. `seen` is a formula for what is in use, and its words."""
    page = output.page(book, case, SHEET, f"{case.about.title}: summary")
    book.widths(page, {0: 42, 1: 19, 2: 19, 3: 26, 4: 70})
    if seen is not None:
        book.formula(page, HEADLINE_ROW - 2, 0, *seen, "strong", "@", text_wrap=False)
    book.line(page, summary.headline, layout, evaluation, "big", "@")
    for grid in summary.grids:
        grid.write(book, page, layout, evaluation)
    page.fit_to_pages(1, 1)


def _text(model: Model, name: str, label: str, formula: Expression) -> Line:
    return model.line(name, label, TEXT, formula, style="text")


def _headline(model: Model, code: str) -> Expression:
    return choose_text(
        model["public_value.nil"] < model["public_value.pv_costs"],
        sentence(f"{one(code)} of cost returns ", (_ratio_said(model, code), "@"), " of public value to everyone."),
        "There is no ratio: net cost is nil or less.",
    )


def _ratio_said(model: Model, code: str) -> Line:
    """The ratio in words: its sign before the currency's."""
    ratio = _or_nil(model, code)
    size = model.line("summary.ratio_size", "Size of that ratio", PURE, absolute(ratio), style="factor")
    shown = sentence(before(code), (size, "0.00"))
    return _text(model, "summary.ratio_said", f"Public value per {one(code)}, in words",
                 choose_text(ratio < ZERO, sentence(f"-{before(code)}", (size, "0.00")), shown))  # fmt: skip


def _or_nil(model: Model, code: str) -> Line:
    """The ratio as a number that a sentence can show; the sentence is not chosen where there is none."""
    costs, gains = model["public_value.pv_costs"], model["public_value.pv_benefits"]
    return model.line(
        "summary.ratio",
        f"Public value per {one(code)}, to be shown",
        PURE,
        choose(model["public_value.nil"] < costs, gains / costs, ZERO),
        style="factor",
    )


def _sectors(declared: Declared, model: Model, first_row: int) -> Grid:
    code = declared.case.settings.currency
    columns = [f"{what}, {symbol(code)}" for what in ("Pays or gives", "Saves or gains", "of which cash")]
    grid = Grid(
        SHEET,
        first_row,
        ("Who pays, who saves", *columns, "What that means"),
    )
    for lines in declared.sectors:
        key, said = lines.sector.id, declared.names.said(lines.sector)
        grid.rows.append(
            (
                said,
                Live(model[f"{key}.pv_costs"], "money"),
                Live(model[f"{key}.pv_benefits"], "money"),
                Live(model[f"{key}.pv_cashable"], "money"),
                Live(_verdict(model, lines.sector, said, before(code)), "text", in_place=True),
            )
        )
    grid.rows.append(
        (
            "All together, each flow once",
            Live(model["public_value.pv_costs"], "money", "result"),
            Live(model["public_value.pv_benefits"], "money", "result"),
            Live(model["cashable.pv_benefits"], "money", "result"),
            "The net of these two is the net public value above.",
        )
    )
    return grid


def _verdict(model: Model, sector: Sector, said: str, money: str) -> Line:
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
            sentence(f"pays or gives {money}", (size, "#,##0"), f" more than it {gains}"),
            sentence(f"{gains} {money}", (size, "#,##0"), " more than it pays or gives"),
        ),
    )
    return _text(
        model,
        f"summary.{sector.id}.verdict",
        f"{said}: net, in words",
        choose_text(
            model[f"{sector.id}.nil"] < size, sentence((balance, "@")), "nothing is counted, or it gains what it pays"
        ),
    )


def _others(model: Model, rates: Rates, first_row: int) -> Grid:
    """Rates of return of the three views, and the marginal value of public funds."""
    header = ("Other measures", "Internal rate of return (IRR)", "Modified rate of return (MIRR)",
              "Marginal value of public funds (MVPF)", "What that says of the internal rate")  # fmt: skip
    grid = Grid(SHEET, first_row, header)
    mvpf = model["public_value.mvpf"]
    for view, said in VIEWS.items():
        irr, mirr = model[f"rates.{view}.irr"], model[f"rates.{view}.mirr"]
        whole = view == "public_value"
        alone = sentence((rates.irr_words[view], "@"))
        why_not = sentence((rates.irr_words[view], "@"), " No modified rate: ", (rates.mirr_words[view], "@"), ".")
        noted = _text(
            model, f"summary.{view}.rates", f"{said}: rates of return, in words",
            choose_text(is_number(mirr), alone, why_not),
        )  # fmt: skip
        grid.rows.append(
            (
                said,
                Live(irr, cell="result"),
                Live(mirr, cell="result"),
                Live(mvpf, "ratio", "result") if whole else "public value only",
                Live(_with_mvpf(model, noted) if whole else noted, "text", in_place=True),
            )
        )
    return grid


def _with_mvpf(model: Model, noted: Line) -> Line:
    """The words about rates, and why there is no marginal value of public funds where there is none."""
    gains = model["public_value.not_public.nil"] < model["public_value.others_net"]
    why_not = _text(
        model, "summary.mvpf", "Why there is no marginal value of public funds, where there is none",
        choose_text(gains, "pays for itself", "no net cost to public budgets"),
    )  # fmt: skip
    return _text(
        model, "summary.others", "Rates of return and marginal value of public funds, in words",
        choose_text(
            is_number(model["public_value.mvpf"]), sentence((noted, "@")),
            sentence((noted, "@"), " No MVPF: ", (why_not, "@"), "."),
        ),
    )  # fmt: skip
