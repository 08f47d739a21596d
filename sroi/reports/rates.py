"""Rates of return in the workbook: IRR as a live cell where that can be trusted, else the engine's own, and said so.

`IRR()` stands only beside a visible column of net values at listed rates, with a guess read off it, and only while that
column crosses nil once (architecture, rule 5). It takes flows at even dates in one row, so where dates are half-years
apart, or where the listed rates show another number of crossings than the engine's own search, the cell holds the
engine's rate as a plain number, beside words that it does not recalculate. Either is tested live against the flows: a
rate that no longer fits, or an IRR() gone astray, gives way to *not applicable* and CHECK. MIRR needs no solver, and is
live always.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sroi.projection.declaring import HALF, POUNDS
from sroi.projection.irr import Reason
from sroi.projection.irr import sentence as reason_said
from sroi.projection.result import View
from sroi.projection.views import VIEWS
from sroi.reports import dated
from sroi.reports.book import Book
from sroi.reports.grid import Cell as GridCell
from sroi.reports.grid import Fixed, Grid, Live, spots
from sroi.reports.listed import FITS, RATE_CONSTANTS, RATES
from sroi.sheet import (
    ABSENT,
    ONE,
    PURE,
    TEXT,
    ZERO,
    Cell,
    Evaluation,
    Expression,
    Layout,
    Line,
    Model,
    Spot,
    absolute,
    all_of,
    choose,
    choose_text,
    evaluate,
    internal_rate,
    is_number,
    largest,
    power,
    sentence,
    smallest,
    sum_lines,
    value_at,
)
from sroi.sheet.formulas import NOT_APPLICABLE

SHEET = "Rates of return"
SHORT = {"public_value": "Public value", "budget": "Public budgets", "cashable": "Cash released"}
ENGINE = "as computed by the engine; does not recalculate"
FEW_DIGITS = -0.1
"""Below this rate net value is shown by its leading digits."""
HALF_YEARS = "Dates are half-years apart"
OUT_OF_SIGHT = "The listed rates do not show what the engine found"


@dataclass(frozen=True)
class Stamp:
    """An internal rate that does not recalculate: the engine's, or why it found none, and why it is not live."""

    rate: float | None
    reason: str
    why: str


Stamps = Mapping[str, Stamp | None]
"""By view; `None` where the cell is live."""


@dataclass(frozen=True)
class Rates:
    """The two tables of the page, and by view the words about each rate."""

    measures: Grid
    listed: Grid
    irr_words: Mapping[str, Line]
    mirr_words: Mapping[str, Line]
    """Why there is no modified rate."""
    stamps: Stamps

    @property
    def spots(self) -> dict[str, Spot]:
        """The places of the lines that stand on the page itself."""
        return spots((self.measures, self.listed))


@dataclass(frozen=True)
class _Search:
    """What the listed rates show of a view."""

    flows: dated.Flows
    crossings: Line
    guess: Line


def declare(model: Model, views: Mapping[str, View], sign: str, stamps: Stamps | None = None) -> Rates:
    """Declares the flows on their dates, net value at the listed rates, and the rates of return of the three views.

    `views` are the engine's results, `sign` the currency's. `stamps`, unless given, are found here; a test gives those
    of a workbook as it was written, to see what that workbook shows once its inputs have changed.
    """
    at = dated.standard(model)
    flows = {view: dated.flows(model, view, said, at) for view, said in VIEWS.items()}
    measures = Grid(SHEET, 4, (
        "Rates of return", "Internal (IRR)", "Modified (MIRR)", "Crossings of nil", "Guess for IRR()",
        "Flows change sign, times", f"Gains, discounted, {sign}", f"Costs, discounted, {sign}",
        "Years, first to last date", "IRR when written", "What that says of the internal rate",
    ))  # fmt: skip
    listed, searches = _listed(model, flows, measures.first_row + len(VIEWS) + 3, sign)
    kept = _stamps(model, views, searches) if stamps is None else stamps
    irr_words, mirr_words = {}, {}
    for view, said in VIEWS.items():
        search, stamp = searches[view], kept[view]
        found = _found(model, view, said, search, stamp)
        fits = _fits(model, view, said, search.flows, found)
        irr = _irr(model, view, said, found, fits)
        irr_words[view] = _irr_words(model, view, said, search, fits, stamp)
        mirr_words[view] = _mirr_words(model, view, said, search.flows, at)
        engine = views[view].irr if stamp is None else stamp.rate
        measures.rows.append((
            said, Live(irr, cell="result", in_place=True), Live(search.flows.mirr, cell="result"),
            Live(search.crossings, in_place=True), Live(search.guess, in_place=True), Live(search.flows.turns),
            Live(search.flows.pv_gains, "money"), Live(search.flows.pv_losses, "money"), Live(at.span, "years"),
            NOT_APPLICABLE if engine is None else Fixed(engine, "share", f"rates.{view}.stamped"),
            Live(irr_words[view], "text", in_place=True),
        ))  # fmt: skip
    return Rates(measures, listed, irr_words, mirr_words, kept)


def write(book: Book, rates: Rates, layout: Layout, evaluation: Evaluation) -> None:
    """Writes the page."""
    page = book.sheet(
        SHEET,
        "Rates of return",
        "Where net value crosses nil once, IRR() starts from the listed rate before it (method § 6). "
        "Flows on their dates are on the sheet Returns.",
        tab="#7F7F7F",
    )
    book.widths(page, {0: 32} | dict.fromkeys(range(1, 10), 17) | {10: 60})
    for grid in (rates.measures, rates.listed):
        grid.write(book, page, layout, evaluation)
    page.fit_to_pages(1, 0)


def _listed(
    model: Model, flows: Mapping[str, dated.Flows], first_row: int, sign: str
) -> tuple[Grid, dict[str, _Search]]:
    """Net value at every listed rate, and between which two it crosses nil, by view."""
    model.sheet(SHEET)
    header = ["Rate"]
    for said in SHORT.values():
        header += [f"{said}: net value, {sign}", "Crosses nil after", "Rate, where it does"]
    rates = [
        model.line(
            f"rates.rate.{n}", f"Rate of return tried, {n}", PURE, Cell(f"rates.listed.{n}", rate, PURE), style="share"
        )
        for n, rate in enumerate(RATES, start=1)
    ]
    columns: list[list[GridCell]] = [[Live(rate, cell="result", in_place=True) for rate in rates]]
    searches = {}
    for view, said in VIEWS.items():
        values, crosses, starts = _search(model, view, said, flows[view], rates)
        for lines, form in ((values, "money"), (crosses, "tick"), (starts, "rate or none")):
            column: list[GridCell] = [
                # far below nil net value runs to dozens of digits
                Live(line, "small" if lines is values and rate < FEW_DIGITS else form, in_place=True)
                for line, rate in zip(lines, RATES, strict=False)
            ]
            columns.append([*column, *[""] * (len(rates) - len(lines))])  # nothing follows the last rate
        crossings = model.line(
            f"rates.{view}.crossings", f"{said}: times net value crosses nil at the listed rates", PURE,
            sum_lines(crosses), style="whole", method="§ 6",
        )  # fmt: skip
        guess = model.line(
            f"rates.{view}.guess", f"{said}: the listed rate before net value crosses nil, if it does once", PURE,
            choose(crossings.equals(ONE), sum_lines(starts), ABSENT), style="share", method="§ 6",
        )  # fmt: skip
        searches[view] = _Search(flows[view], crossings, guess)
    grid = Grid(SHEET, first_row, tuple(header))
    grid.rows += list(zip(*columns, strict=True))
    return grid, searches


def _search(
    model: Model, view: str, said: str, flows: dated.Flows, rates: list[Line]
) -> tuple[list[Line], list[Line], list[Line]]:
    """A view's net value at each rate; whether it changes sign before the next; the rate where it does, else nil."""
    values = [
        model.line(f"rates.{view}.value.{n}", f"{said}: net value at listed rate {n}", POUNDS,
                   value_at(flows.net, rate) + _middle(model, flows.middle, rate), style="money", method="§ 6")
        for n, rate in enumerate(rates, start=1)
    ]  # fmt: skip
    crosses, starts = [], []
    for n, (rate, one, other) in enumerate(zip(rates[:-1], values[:-1], values[1:], strict=True), start=1):
        # nil counts as above it, as in the engine's own search
        changes = all_of(smallest(one, other) < ZERO, ZERO <= largest(one, other))
        crosses.append(
            model.line(f"rates.{view}.crosses.{n}", f"{said}: net value crosses nil after listed rate {n}", PURE,
                       choose(changes, ONE, ZERO), style="flag", method="§ 6")
        )  # fmt: skip
        starts.append(
            model.line(f"rates.{view}.from.{n}", f"{said}: listed rate {n} if net value crosses nil after it", PURE,
                       crosses[-1] * rate, style="share", method="§ 6")
        )  # fmt: skip
    return values, crosses, starts


def _middle(model: Model, row: Line, rate: Line) -> Expression:
    """What flows of mid-year are worth at a rate: half a year more than at the end of their year."""
    return value_at(row, rate) * power(ONE + rate, model[HALF])


def _stamps(model: Model, views: Mapping[str, View], searches: Mapping[str, _Search]) -> Stamps:
    """Which cells are not live: for half-years, and where the listed rates and the engine's search part ways."""
    so_far = evaluate(model)
    half_years = so_far.number("timeline.half_years") == 1
    found: dict[str, Stamp | None] = {}
    for view, search in searches.items():
        rate, reason = views[view].irr, views[view].reasons.get("irr", "")
        crossings, several = so_far.number(search.crossings.name), reason == reason_said(Reason.SEVERAL)
        agrees = rate is not None if crossings == 1 else several if crossings > 1 else rate is None and not several
        why = HALF_YEARS if half_years else OUT_OF_SIGHT
        found[view] = None if agrees and not half_years else Stamp(rate, reason, why)
    return found


def _found(model: Model, view: str, said: str, search: _Search, stamp: Stamp | None) -> Line:
    """The internal rate: by IRR() while net value crosses nil once, or the engine's own."""
    _aside(model, said)
    if stamp is None:
        once = all_of(search.crossings.equals(ONE), model["timeline.half_years"] < ONE)
        formula = choose(once, internal_rate(search.flows.net, search.guess), ABSENT)
    elif stamp.rate is None:
        formula = ABSENT
    else:
        formula = Cell(f"rates.{view}.stamped", stamp.rate, PURE)
    label = f"{said}: internal rate found, before it is tested"
    return model.line(f"rates.{view}.found", label, PURE, formula, style="share", method="§ 6")


def _irr(model: Model, view: str, said: str, found: Line, fits: Line) -> Line:
    """The rate found, while it fits the flows."""
    model.sheet(SHEET)
    formula = choose(all_of(is_number(found), ZERO < fits), found, ABSENT)
    return model.line(
        f"rates.{view}.irr", f"{said}: internal rate of return", PURE, formula, style="share", method="§ 6"
    )


def _aside(model: Model, said: str) -> None:
    """The lines that follow stand among the workings."""
    model.sheet(dated.SHEET)
    model.heading(f"{said}: the internal rate tested, and in words")


def _fits(model: Model, view: str, said: str, flows: dated.Flows, found: Line) -> Line:
    """Whether the flows are worth nothing at the rate, as they stand now: also in a program whose IRR() went astray."""

    def line(name: str, label: str, formula: Expression) -> Line:
        return model.line(f"rates.{view}.{name}", f"{said}: {label}", POUNDS, formula, style="money", method="§ 6")

    rate = model.line(
        f"rates.{view}.tried", f"{said}: internal rate to be tested, nil if there is none", PURE,
        choose(is_number(found), found, ZERO), style="share", method="§ 6",
    )  # fmt: skip
    middle = line("middle_left", "net at mid-year, worth at that rate", _middle(model, flows.middle, rate))
    gains_middle = _middle(model, flows.middle_gains, rate)
    gains = line("gains_left", "gains, worth at that rate", value_at(flows.gains, rate) + gains_middle)
    share = Cell(FITS, RATE_CONSTANTS[FITS][1], PURE)
    return model.line(
        f"rates.{view}.fits", f"{said}: the flows are worth nothing at that rate", PURE,
        choose(absolute(value_at(flows.net, rate) + middle) <= gains * share, ONE, ZERO), style="flag", method="§ 6",
    )  # fmt: skip


def _irr_words(model: Model, view: str, said: str, search: _Search, fits: Line, stamp: Stamp | None) -> Line:
    """What there is to know of the rate, or why there is none."""

    def words(name: str, label: str, formula: Expression) -> Line:
        return model.line(f"rates.{view}.words_{name}", f"{said}: in words, {label}", TEXT, formula, style="text")

    _aside(model, said)
    turns = search.flows.turns
    if stamp is not None:
        model.sheet(SHEET)
        if stamp.rate is None:
            return words("irr", "the internal rate", sentence(f"Not applicable: {stamp.reason}; {ENGINE}."))
        left = "CHECK: the flows have changed since. Run the engine again."
        return words("irr", "the internal rate", choose_text(ZERO < fits, f"{stamp.why}: {ENGINE}.", left))
    several = sentence(
        "The only one seen; flows change sign ", (turns, "0"), " times: after a change, run the engine again."
    )
    only = words("only", "how sure", choose_text(ONE < turns, several, "Flows change sign once: no other rate fits."))
    found = words("found", "where there is a rate", choose_text(
        ZERO < fits, sentence((only, "@")), "CHECK: the IRR() of this program has gone astray. Run the engine again."
    ))  # fmt: skip
    none = words("none", "where nothing crosses nil", choose_text(
        ZERO < turns, "Not applicable: net value crosses nil at none of the listed rates.",
        f"Not applicable: {reason_said(Reason.NO_CHANGE)}.",
    ))  # fmt: skip
    many = words("many", "where there is no one rate", choose_text(
        ONE < search.crossings, f"Not applicable: {reason_said(Reason.SEVERAL)}.", sentence((none, "@"))
    ))  # fmt: skip
    whole = words("whole", "where dates are a year apart", choose_text(
        search.crossings.equals(ONE), sentence((found, "@")), sentence((many, "@"))
    ))  # fmt: skip
    model.sheet(SHEET)
    return words("irr", "the internal rate", choose_text(
        ZERO < model["timeline.half_years"], f"Not applicable live: {HALF_YEARS.lower()}. Run the engine again.",
        sentence((whole, "@")),
    ))  # fmt: skip


def _mirr_words(model: Model, view: str, said: str, flows: dated.Flows, at: dated.Standard) -> Line:
    """Why there is no modified rate."""
    _aside(model, said)

    def words(name: str, label: str, formula: Expression) -> Line:
        return model.line(f"rates.{view}.words_{name}", f"{said}: in words, {label}", TEXT, formula, style="text")

    one_side = words("one_side", "which side is missing", choose_text(
        ZERO < flows.pv_losses, reason_said(Reason.NOTHING_BACK), reason_said(Reason.NOTHING_PAID)
    ))  # fmt: skip
    return words("mirr", "why there is no modified rate, where there is none", choose_text(
        ZERO < at.span, sentence((one_side, "@")), reason_said(Reason.ONE_DATE)
    ))  # fmt: skip
