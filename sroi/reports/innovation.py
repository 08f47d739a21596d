"""The Innovation case: the problem and what failure costs today, how the innovation works, how strong the evidence is,
what is paid twice while old services are released, what is still to learn, and how it would spread.

Numbers are live; words of the case are links to About; what the engine computed once, or read, says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sroi.model import Case, Outcome
from sroi.model.currency import symbol
from sroi.projection import Declared, Result
from sroi.projection.values import flows
from sroi.reports import failing, old_services, optimism, output, standards, unknowns
from sroi.reports.book import Book
from sroi.reports.grid import Cell, Formula, Grid, Live, spots
from sroi.reports.places import FIRST_ROW, input_sheets
from sroi.sheet import Evaluation, Layout, Line, Model, Spot
from sroi.simulation import Sensitivity

SHEET = "Innovation case"
WORKINGS = "Innovation workings"
HEADLINE_ROW = 4
WIDTHS = {0: 40, 1: 78} | dict.fromkeys(range(2, 7), 15)
COLUMNS = len(WIDTHS)
Rows = Iterable[tuple[Cell, ...]]
NO_PROBLEM = "No problem is stated: fill in Problem on About."
NO_THEORY = "No theory of change is stated: fill in Theory of change on About."
NO_GRADES: tuple[Cell, ...] = ("None", standards.NO_GRADES)


@dataclass(frozen=True)
class Innovation:
    """The sentence at the top of the page, and its tables."""

    headline: Line | str
    grids: tuple[Grid, ...]

    @property
    def spots(self) -> dict[str, Spot]:
        """The places of the lines that stand on the page itself."""
        top = {self.headline.name: Spot(SHEET, HEADLINE_ROW, 0)} if isinstance(self.headline, Line) else {}
        return {**top, **spots(self.grids)}


def declare(result: Result, model: Model, sensitivity: Sensitivity | None = None) -> Innovation:
    """Declares the lines of the page that are not elsewhere already, and arranges them."""
    declared, case = result.declared, result.declared.case
    model.sheet(WORKINGS)
    grids: list[Grid] = []

    def first_row() -> int:
        return grids[-1].last_row + 2 if grids else HEADLINE_ROW + 2

    def add(header: Sequence[str], rows: Rows) -> None:
        grids.append(Grid(SHEET, first_row(), _filled(header), [_padded(row) for row in rows], words=2))

    add(("The problem, and what is to change it",), _words(case))
    fails = failing.declare(declared, model)
    by_sector, by_outcome = failing.headings(case)
    if fails is None:
        add(("What failure costs today",), [("Not known", f"{failing.NOT_KNOWN} {failing.left_out(case)}")])
    else:
        add(by_sector, fails.sectors)
        add(by_outcome, fails.flows)
        add(("What that cost is, and is not",), fails.notes)
    add(*_chain(declared, model))
    grids += _evidence(result, model, first_row())
    graded = (*standards.grades(case, model), *optimism.declare(declared, model)) if case.grades else (NO_GRADES,)
    add(("What grades of evidence do", "Where a row states no optimism of its own", "Added to a cost",
         "Taken off a benefit"), graded)  # fmt: skip
    for header, rows in old_services.declare(result, model):
        add(header, rows)
    add(("How claims have changed", "The oldest first"), unknowns.history(case))
    add(*unknowns.to_learn(case, sensitivity))
    add(("How it would spread",), [("Not modelled", unknowns.SPREAD)])
    return Innovation(failing.NOT_KNOWN if fails is None else fails.headline, tuple(grids))


def write(
    book: Book,
    case: Case,
    page: Innovation,
    layout: Layout,
    evaluation: Evaluation,
    seen: tuple[str, str] | None = None,
) -> None:
    """Writes the page. `seen` is a formula for what is in use, and its words."""
    sheet = output.page(book, case, SHEET, f"{case.about.title}: innovation case")
    book.widths(sheet, WIDTHS)
    if seen is not None:
        book.formula(sheet, HEADLINE_ROW - 2, 0, *seen, "strong", "@", text_wrap=False)
    if isinstance(page.headline, Line):
        book.line(sheet, page.headline, layout, evaluation, "big", "@")
    else:
        book.text(sheet, HEADLINE_ROW - 1, 0, page.headline, "big")
    for grid in page.grids:
        grid.write(book, sheet, layout, evaluation)
    sheet.fit_to_pages(1, 0)


def _filled(header: Sequence[str]) -> tuple[str, ...]:
    return (*header, *[""] * (COLUMNS - len(header)))


def _padded(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return (*row, *[""] * (COLUMNS - len(row)))


def _about(case: Case, field: str) -> str:
    """The cell of About that holds a field."""
    about = next(sheet for sheet in input_sheets(case.tables) if sheet.table == "about")
    return f"About!$B${FIRST_ROW + [column.name for column in about.columns].index(field)}"


def _words(case: Case) -> Rows:
    """The problem and the theory of change, in the case's own words."""
    for title, field, none in (
        ("What is wrong today", "problem", NO_PROBLEM),
        ("How the programme is to change it", "theory_of_change", NO_THEORY),
    ):
        cell = _about(case, field)
        yield title, Formula(f'=IF({cell}="","{none}",{cell})', getattr(case.about, field) or none)


def _chain(declared: Declared, model: Model) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """From people to value, an outcome a row: what is done, how that is seen, and to whom it is worth something."""
    to, case = declared.names, declared.case
    sign = symbol(case.settings.currency)
    links = "Output → indicator → whom it changes → to whom it is worth something"
    header = ("How it is to work: from people to value", links, "Quantity in all", f"Present value, {sign}")
    reached = {outcome.id: ", ".join(to.said(group) for group in case.groups_of(outcome)) for outcome in case.outcomes}
    alike = len(set(reached.values())) == 1
    rows: list[tuple[Cell, ...]] = [("For whom", *list(reached.values())[:1])] if alike else []
    for outcome in case.outcomes:
        chain = _links(declared, outcome, "" if alike else reached[outcome.id])
        rows.append((to.said(outcome), chain, Live(model[f"{outcome.id}.count"], "number"),
                     Live(model[f"evidence.{outcome.id}.worth"], "money")))  # fmt: skip
    rows.append(("What the case leaves unsaid", _unsaid(case)))
    return header, rows


def _unsaid(case: Case) -> str:
    """The outcomes whose output or indicator is not stated."""
    said = []
    for what in ("output", "indicator"):
        without = [outcome.name for outcome in case.outcomes if not getattr(outcome, what)]
        if len(without) == len(case.outcomes):
            said.append(f"No outcome states its {what}.")
        elif without:
            said.append(f"{what.capitalize()} not stated: {'; '.join(without)}.")
    return " ".join(said) or "Every outcome states its output and its indicator."


def _links(declared: Declared, outcome: Outcome, reached: str) -> str:
    """The chain of one outcome, in the case's own words; what is not stated is left out."""
    to = declared.names
    own = [f for f in flows(to) if f.value.outcome == outcome.id]
    worth = [f"{to.said(to.sector(f.sector))} ({f.kind})" for f in own]
    known = {group.name for group in to.case.groups_of(outcome)} | {to.sector(f.sector).name for f in own}
    theirs = outcome.stakeholder if outcome.stakeholder not in known else None  # said already where it is one of these
    steps = [
        reached,
        outcome.output or "",
        f"seen in: {outcome.indicator}" if outcome.indicator else "",
        f"a change for {theirs}" if theirs else "",
        f"worth to {', '.join(dict.fromkeys(worth))}" if worth else "not monetised",
    ]
    chain = " → ".join(step for step in steps if step)
    return f"{chain[0].upper()}{chain[1:]}. Counted in: {outcome.unit}."


def _evidence(result: Result, model: Model, first_row: int) -> tuple[Grid, Grid]:
    """The stage of evidence, and how much rests on forecast, on change seen, on effect and on judgement."""
    case = result.declared.case
    rows = [_padded(row) for row in standards.shares(model)]
    below = first_row + standards.ROWS + 2
    at = _about(case, "evidence_stage")
    table = standards.stage_table(case, SHEET, at, first_row, below + 1, result.evidence.benefits)
    header = _filled(("Forecast against attributed: what the answer rests on", "What it means. Row by row: see Basis",
                      "Share of the benefits", "Share of the costs"))  # fmt: skip
    return table, Grid(SHEET, below, header, rows, words=2)
