"""The sheet *Value map*: the case in the columns of *A Guide to Social Return on Investment* (2012).

Inputs by who pays; then each value on a row of its own, under the outcome that it values: across it the numbers of the
year shown multiply to the impact, and down the rows the present values add to the public value of benefits. What no
value is put on, and rows that do not count, stand apart. Every number is a live reference to a line.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from sroi.model import Case, Outcome
from sroi.model.currency import one, symbol
from sroi.projection import Declared, Result
from sroi.projection.value_map import OutcomeRow, ValueMapLines, ValueRow
from sroi.reports import output
from sroi.reports.book import Book
from sroi.reports.references import References
from sroi.reports.style import FORMATS
from sroi.sheet import Evaluation, Layout, Line, Model
from sroi.sheet.layout import column_letters, quoted

SHEET = "Value map"
WIDTHS = (46, 8, 11, 10, 11, 10.5, 10, 9, 12.5, 10.5, 11.5, 12, 8, 9, 12.5, 13.5, 34)
YEAR, QUANTITY, DEADWEIGHT, DISPLACEMENT, ATTRIBUTION, LEAKAGE, OPTIMISM, REGRESSION, TIMES = range(1, 10)
EACH, IMPACT, LASTS, DROP, TOTAL, PRESENT, SOURCE = range(10, 17)
"""Columns, from 0; the last is the source's, after that of weighted values where the case has some."""
SHARES = {DEADWEIGHT: "deadweight", DISPLACEMENT: "displacement", ATTRIBUTION: "attribution", LEAKAGE: "leakage"}
HOW = (
    "Each row is one value. Across it, quantity × (1 - deadweight) × (1 - displacement) × (1 - attribution) "
    "× (1 - leakage) × (1 - optimism) × (1 - regression to the mean) × units × worth of one = impact in the year "
    "shown, which is the first in which the outcome is in force; 2026 is 2026/27, and a dash is never.",
    "Quantity is what changes for the people in force in that year, before any adjustment. Attribution is the share "
    "due to others. A harm is negative: its optimism, shown negative, adds to it, and no regression comes off. In "
    "later years the effect drops off, people come and go, and worth may grow: all years are added, then discounted.",
    "Worth is in prices of the base year. A transfer moves money from one pocket to another: it has an impact on its "
    "side, and nothing in public value. A row whose units are 0 does not count. Words are as the engine read them.",
)
NO_VALUE, SOME_VALUE = "No value is put on it.", "A value is put on it now: see below."
WIDE = 290
"""Characters of prose in a line across the page."""


def write(
    book: Book,
    result: Result,
    model: Model,
    layout: Layout,
    evaluation: Evaluation,
    named: References,
    seen: tuple[str, str] | None = None,
) -> None:
    """Writes the sheet; `seen` is a formula for what is in use, and its words."""
    case = result.case
    page = output.page(book, case, SHEET, f"{case.about.title}: value map")
    weighted = result.declared.weighted is not None
    widths = [*WIDTHS[:SOURCE], *([13.5] if weighted else []), WIDTHS[SOURCE]]
    book.widths(page, dict(enumerate(widths)))
    if seen is not None:
        book.formula(page, 2, 0, *seen, "strong", "@", text_wrap=False)
    writer = _Writer(book, page, result, model, layout, evaluation, named, weighted)
    for said in HOW:
        writer.prose(said)
    for part in (_inputs, _values, _answer, _not_monetised, _apart):
        part(writer)
    page.fit_to_pages(1, 0)


@dataclass
class _Writer:
    """The sheet being written, from row to row (from 0)."""

    book: Book
    page: Worksheet
    result: Result
    model: Model
    layout: Layout
    evaluation: Evaluation
    named: References
    weighted: bool
    row: int = 3

    @property
    def case(self) -> Case:
        """The case in the option and the scenario shown."""
        return self.result.case

    @property
    def declared(self) -> Declared:
        """The case's lines."""
        return self.result.declared

    @property
    def map(self) -> ValueMapLines:
        """The map's lines."""
        return self.declared.value_map

    @property
    def source(self) -> int:
        """The last column."""
        return SOURCE + self.weighted

    def prose(self, text: str, cell: str = "counter") -> None:
        """Words across the page, in as many rows as they take."""
        for line in textwrap.wrap(text, WIDE):
            self.book.text(self.page, self.row, 0, line, cell)
            self.row += 1

    def heading(self, titles: dict[int, str]) -> None:
        """A heading across the page, after a blank row; numbers' titles stand right."""
        self.row += 1
        for column in range(self.source + 1):
            align = "left" if column in (0, self.source) else "right"
            indent = int(column == self.source)
            self.text(
                column, titles.get(column, ""), "heading", text_wrap=True, valign="top", align=align, indent=indent
            )
        self.row += 1

    def block(self, text: str) -> None:
        """An outcome's name across the page."""
        for column in range(self.source + 1):
            self.page.write_blank(self.row, column, None, self.book.format("block"))
        self.text(0, text, "block")
        self.row += 1

    def text(self, column: int, text: str, cell: str = "beside", **more: object) -> None:
        """Words in a column of the row."""
        self.book.text(self.page, self.row, column, text, cell, **more)

    def line(self, column: int, line: Line, number: str, cell: str = "formula") -> None:
        """A number of a line, by reference."""
        self.book.reference(
            self.page, self.row, column, line, self.layout, self.evaluation, cell, FORMATS[number], align="right"
        )

    def words(self, column: int, line: Line) -> None:
        """The words of a line, by reference, across the cells at their right."""
        self.book.reference(self.page, self.row, column, line, self.layout, self.evaluation, "unit", "@", align="left")

    def valued(self, column: int, count: Line) -> None:
        """Whether a value is put on an outcome now."""
        spot = self.layout.spot(count.name)
        asked = f"{quoted(spot.sheet)}!${column_letters(spot.column)}${spot.row}=0"
        now = NO_VALUE if self.evaluation.number(count.name) == 0 else SOME_VALUE
        text = f'=IF({asked},"{NO_VALUE}","{SOME_VALUE}")'
        self.book.formula(self.page, self.row, column, text, now, "beside", "@")

    def counts(self, column: int, *flags: Line) -> None:
        """Whether a row counts now: every flag says so."""
        spots = [self.layout.spot(flag.name) for flag in flags]
        asked = ",".join(f"{quoted(spot.sheet)}!${column_letters(spot.column)}${spot.row}=1" for spot in spots)
        now = "yes" if all(self.evaluation.number(flag.name) == 1 for flag in flags) else "no"
        self.book.formula(
            self.page, self.row, column, f'=IF(AND({asked}),"yes","no")', now, "formula", "@", align="right"
        )


def _inputs(to: _Writer) -> None:
    """What is put in, by who pays."""
    sign = symbol(to.case.settings.currency)
    paid = {EACH: f"In cash, {sign}", IMPACT: f"In kind, {sign}", PRESENT: f"Present\nvalue, {sign}"}
    to.heading({0: "Inputs: who pays, and for what", YEAR: "Counts", **paid, to.source: "Source"})
    sectors = {sector.id: sector.name for sector in to.case.sectors}
    order = list(sectors)
    for cost, line in sorted(to.map.inputs, key=lambda held: order.index(held[0].payer)):
        to.text(0, f"{sectors[cost.payer]}: {cost.name}")
        to.counts(YEAR, to.model[cost.at("counts")])
        to.line(EACH if cost.treatment == "cash" else IMPACT, line, "money")
        to.line(PRESENT, line, "money")
        to.text(to.source, _cited(to, cost.source))
        to.row += 1
    for row in to.map.values:
        if row.harm is not None:
            to.text(0, f"Harm, counted as a cost: {_outcome_of(to, row).name}, {_worth_said(to, row)}")
            to.line(PRESENT, row.harm, "money")
            to.row += 1
    to.text(0, "Tax charge: nil unless the case states one")
    to.line(PRESENT, to.map.tax, "money")
    to.row += 1
    to.text(0, "All inputs", "strong")
    for column, line in ((EACH, to.map.in_cash), (IMPACT, to.map.in_kind), (PRESENT, to.map.paid)):
        to.line(column, line, "money", "result")
    to.row += 1


def _titles(to: _Writer) -> dict[int, str]:
    sign = symbol(to.case.settings.currency)
    titles = {
        YEAR: "Year shown",
        QUANTITY: "Quantity",
        DEADWEIGHT: "Dead-\nweight",
        DISPLACEMENT: "Displace-\nment",
        ATTRIBUTION: "Attribu-\ntion",
        LEAKAGE: "Leakage",
        OPTIMISM: "Opti-\nmism",
        REGRESSION: "Regression\nto the\nmean",
        TIMES: "Units of\nthe worth",
        EACH: f"Worth of\none, {sign}",
        IMPACT: f"Impact in\nthe year, {sign}",
        LASTS: "Lasts, years",
        DROP: "Drop-off a year",
        TOTAL: f"All years, {sign}",
        PRESENT: f"Present\nvalue, {sign}",
        to.source: "Source of the worth",
    }
    return titles | ({PRESENT + 1: f"Weighted by\nincome, {sign}"} if to.weighted else {})


def _values(to: _Writer) -> None:
    """Each value that counts, under its outcome."""
    to.heading({0: "Whose outcome; then to whom, and its worth", **_titles(to)})
    for outcome in to.case.outcomes:
        rows = [row for row in to.map.values if _outcome_of(to, row) is outcome and _counts(to, row)]
        if not rows:
            continue
        to.block(f"{to.case.stakeholder(outcome)}: {outcome.name}")
        to.prose(_known(to, outcome), "note_across")
        for row in rows:
            to.text(0, _worth_said(to, row))
            _chain(to, to.map.outcomes[outcome.id])
            to.line(TIMES, row.times, "fine")
            to.line(EACH, row.each, "pence")
            to.line(IMPACT, row.impact, "money", "result")
            to.line(TOTAL, row.total, "money")
            _worth(to, row)
            to.text(to.source, _worth_source(to, row))
            to.row += 1
    for cost, line in to.map.released:
        payer = next(sector.name for sector in to.case.sectors if sector.id == cost.payer)
        to.text(0, f"{payer}: {cost.name}, released (an old service, counted as a benefit)")
        to.line(PRESENT, line, "money")
        to.text(to.source, _cited(to, cost.source))
        to.row += 1
    to.text(0, "All rows, in public value", "strong")
    to.line(PRESENT, to.map.present, "money", "result")
    if to.declared.weighted is not None:
        to.line(PRESENT + 1, to.declared.weighted.pv_benefits, "money", "result")
    to.row += 1


def _chain(to: _Writer, row: OutcomeRow) -> None:
    """The outcome's numbers: quantity and every adjuster in the year shown, and what follows."""
    to.line(YEAR, row.year, "tick")
    to.line(QUANTITY, row.quantity, "fine")
    for column, name in SHARES.items():
        to.line(column, to.model[row.outcome.at(name)], "fine share")
    to.line(OPTIMISM, row.optimism, "fine share")
    to.line(REGRESSION, row.regression, "fine share")
    to.line(LASTS, to.model[row.outcome.at("duration")], "whole")
    to.line(DROP, to.model[row.outcome.at("drop_off")], "fine share")


def _worth(to: _Writer, row: ValueRow) -> None:
    """What a row is worth in public value, and weighted by income where the case asks."""
    to.line(PRESENT, row.present, "money")
    if row.weighted is not None:
        to.line(PRESENT + 1, row.weighted, "money")


def _answer(to: _Writer) -> None:
    """What the map comes to: the result's own numbers, and whether the map adds and multiplies to them."""
    sign = symbol(to.case.settings.currency)
    to.heading({0: "What it comes to, in public value", PRESENT: f"Present\nvalue, {sign}"})
    answer = (
        ("Benefits", "pv_benefits", "money"),
        ("Costs", "pv_costs", "money"),
        ("Net value: benefits less costs", "npv", "money"),
        (f"Social return: benefits per {one(to.case.settings.currency)} of costs", "bcr", "ratio"),
    )
    for said, name, number in answer:
        to.text(0, said)
        to.line(PRESENT, to.model[f"public_value.{name}"], number, "result")
        if to.weighted and f"public_value.weighted_{name}" in to.model.lines:
            to.line(PRESENT + 1, to.model[f"public_value.weighted_{name}"], number)
        to.row += 1
    for said, name in (("Years and prices", "summary.years"), ("Discounting", "summary.discounting")):
        to.text(0, said)
        to.words(YEAR, to.model[name])
        to.row += 1
    for check in to.declared.checks:
        if check.entry.id.startswith("map-"):
            to.text(0, f"{check.entry.said}?")
            to.line(PRESENT, check.verdict, "text", "result")
            to.row += 1


def _not_monetised(to: _Writer) -> None:
    """Outcomes that count and on which no value is put."""
    valued = {row.flow.part.value.outcome for row in to.map.values if _counts(to, row)}
    missing = [outcome for outcome in to.case.outcomes if outcome.counts and outcome.id not in valued]
    titles = _titles(to)
    shown = {column: titles[column] for column in (*range(YEAR, TIMES), LASTS, DROP)}
    shown |= {IMPACT: "After\nadjustment", TOTAL: "Quantity,\nall years"}
    to.heading({0: "Counted, but not monetised, as written", **shown})
    if not missing:
        to.text(0, "None, as written.")
        to.row += 1
    for outcome in missing:
        row = to.map.outcomes[outcome.id]
        to.block(f"{to.case.stakeholder(outcome)}: {outcome.name}")
        to.prose(_known(to, outcome), "note_across")
        to.text(0, f"Counted in: {outcome.unit}")
        _chain(to, row)
        to.line(IMPACT, row.net, "fine", "result")
        to.line(TOTAL, to.model[f"{outcome.id}.count"], "fine")
        if row.valued is None:
            to.text(to.source, NO_VALUE)
        else:
            to.valued(to.source, row.valued)
        to.row += 1


def _apart(to: _Writer) -> None:
    """Rows that do not count, and why; should one be made to, its value stands here."""
    apart = [row for row in to.map.values if not _counts(to, row)]
    bare = {row.flow.part.value.outcome for row in to.map.values}
    shown_only = [o for o in to.case.outcomes if not o.counts and o.id not in bare]
    sign = symbol(to.case.settings.currency)
    to.heading({0: "Rows that do not count, as written", YEAR: "Counts\nnow", PRESENT: f"In the\ntotal, {sign}"})
    if not apart and not shown_only:
        to.text(0, "None, as written.")
        to.row += 1
    for row in apart:
        outcome = _outcome_of(to, row)
        to.text(0, f"{outcome.name}. {_worth_said(to, row)}")
        part = row.flow.part
        to.counts(YEAR, to.model[outcome.at("counts")], to.model[f"{part.mirrors or part.id}.counts"])
        to.text(QUANTITY, _why(to, row), "unit")
        _worth(to, row)
        to.row += 1
    for outcome in shown_only:
        to.text(0, outcome.name)
        to.counts(YEAR, to.model[outcome.at("counts")])
        to.text(QUANTITY, "As written, the outcome is shown only, and no value is put on it.", "unit")
        to.row += 1


def _outcome_of(to: _Writer, row: ValueRow) -> Outcome:
    return next(outcome for outcome in to.case.outcomes if outcome.id == row.flow.part.value.outcome)


def _counts(to: _Writer, row: ValueRow) -> bool:
    return row.flow.part.value.counts and _outcome_of(to, row).counts


def _why(to: _Writer, row: ValueRow) -> str:
    """Why a row does not count, and which it overlaps with."""
    outcome, value = _outcome_of(to, row), row.flow.part.value
    said = f"As written, the {'value' if outcome.counts else 'outcome'} is shown only"
    tag = outcome.overlap if not outcome.counts else value.overlap
    others = [o.name for o in to.case.outcomes if tag and o.overlap == tag and o.counts and o is not outcome]
    return f"{said}: it describes the same money as {', '.join(others)}." if others else f"{said}."


def _worth_said(to: _Writer, row: ValueRow) -> str:
    """To whom a value falls, what it is, and of what it is the worth."""
    part = row.flow.part
    sector = next(s.name for s in to.case.sectors if s.id == part.sector)
    unit = part.unit_value.unit if part.unit_value else _outcome_of(to, row).unit
    what = f"{part.unit_value.name}, {part.kind}" if part.unit_value else f"{part.kind} value"
    what = "the other side of the transfer" if part.mirrors else what.replace("transfer value", "transfer")
    return f"{sector}: {what}, per {unit}"


def _worth_source(to: _Writer, row: ValueRow) -> str:
    """Where a value comes from: the library's source, and the row's own."""
    part = row.flow.part
    texts = dict.fromkeys([part.value.source, part.unit_value.source if part.unit_value else None])
    return " ".join(_cited(to, text) for text in texts if text) or "No source is given."


def _cited(to: _Writer, text: str | None) -> str:
    """A source with its number on the sheet Sources."""
    if text is None:
        return "No source is given."
    plain = text.rstrip(".")
    return f"{to.named.cite(text)}: {plain}."


def _known(to: _Writer, outcome: Outcome) -> str:
    """How an outcome comes about and is known: output, indicator, unit, evidence."""
    return " ".join(_parts(to, outcome))


def _parts(to: _Writer, outcome: Outcome) -> Iterator[str]:
    for title, said in (("Output", outcome.output), ("Indicator", outcome.indicator)):
        yield f"{title}: {(said or 'not stated').rstrip('.')}."
    yield f"Counted in: {outcome.unit}."
    basis = to.case.basis(outcome)
    stated: Sequence[str] = [basis.status or "status not stated", f"grade {basis.grade}" if basis.grade else ""]
    yield f"Evidence: {', '.join(part for part in stated if part)}."
    yield f"Source {_cited(to, basis.source)}" if basis.source else "No source is given."
