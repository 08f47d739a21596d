"""Net flows on their dates, from which a workbook's rates of return follow (method § 6): the sheet Returns.

Dates a year apart stand in one row, the first of them in its opening cell: in the column of a year, what falls at its
end and at the start of the next. Where just one kind of flow falls in mid-year (§ 1) its dates have a row of their own.
Where both do, all dates move by the same half-year: that changes no internal rate, and discount factors allow for it.
Flows below the tolerance count as nil here, as they do in `sroi.projection.irr`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sroi.projection.declaring import HALF, POUNDS, TOLERANCE, YEARS
from sroi.sheet import (
    ABSENT,
    ONE,
    PURE,
    ZERO,
    Expression,
    Line,
    Model,
    absolute,
    all_of,
    choose,
    first,
    following,
    highest,
    largest,
    last,
    lowest,
    one,
    power,
    previous,
    smallest,
    sum_over_years,
)

SHEET = "Returns"


@dataclass(frozen=True)
class Standard:
    """The standard discount factors at the dates, the same for every view."""

    factor: Line
    """Of the dates a year apart, the first in its opening."""
    first_factor: Line
    middle_factor: Line
    last_factor: Line
    span: Line
    """Years from the first date to the last."""


@dataclass(frozen=True)
class Flows:
    """A view's net flows on their dates, undiscounted, and what follows without a solver."""

    net: Line
    """On dates a year apart, the first in its opening."""
    middle: Line
    gains: Line
    """Those above nil, as `net`."""
    middle_gains: Line
    turns: Line
    """How often the flows change sign."""
    pv_gains: Line
    pv_losses: Line
    mirr: Line


def standard(model: Model) -> Standard:
    """Declares the factors at the dates, and the years between the first and the last."""
    model.sheet(SHEET)
    model.heading("Dates and their standard discount factors")
    at_start, next_rate = model["timeline.standard_factor"], model["timeline.standard_next_rate"]
    shifts = model["timeline.cost_shift"], model["timeline.benefit_shift"]

    def years(name: str, label: str, formula: Expression) -> Line:
        return model.line(f"rates.{name}", label, YEARS, formula, style="factor", method="§ 6")

    def factor(name: str, label: str, formula: Expression, opening: Expression | None = None) -> Line:
        return model.line(f"rates.{name}", label, PURE, formula, style="factor", method="§ 6", opening=opening)

    both = model["timeline.cost_middle"] * model["timeline.benefit_middle"]
    late = years("late", "Part of a year by which all dates are later than shown here", both * model[HALF])
    last_shift = years("last_shift", "Part of the last year gone at the last date", largest(*shifts))
    first_shift = years("first_shift", "Part of the first year gone at the first date", smallest(*shifts))
    span = years(
        "span", "Years from the first date to the last", last(model["timeline.elapsed"]) + last_shift - first_shift
    )
    opening = factor("first_factor", "Standard factor at the first date", ONE / power(ONE + first(next_rate), late))
    at_end = at_start / (ONE + next_rate) / power(ONE + following(next_rate), late)
    return Standard(
        factor("factor", "Standard factor at the end of the year, the start of the next", at_end, opening),
        opening,
        factor("middle_factor", "Standard factor at mid-year", at_start / power(ONE + next_rate, model[HALF])),
        factor(
            "last_factor", "Standard factor at the last date", last(at_start) / power(ONE + last(next_rate), last_shift)
        ),
        span,
    )


def flows(model: Model, view: str, said: str, at: Standard) -> Flows:
    """Declares a view's flows on their dates, how often they change sign, and MIRR."""
    model.sheet(SHEET)
    model.heading(said)

    def line(name: str, label: str, formula: Expression, opening: Expression | None = None) -> Line:
        label = f"{said}: {label}"
        return model.line(f"rates.{view}.{name}", label, POUNDS, formula, style="money", method="§ 6", opening=opening)

    start, end, in_middle = (model[f"{view}.flow_at_{point}"] for point in ("start", "end", "middle"))
    at_first = line("first", "net on the first date, at the start of the first year", first(start))
    raw = line("all", "net at the end of the year with the start of the next", end + following(start), at_first)
    sizes = [bound for row in (raw, in_middle) for bound in (highest(row), -lowest(row))]
    most = line("largest", "largest net flow", largest(*sizes, at_first, -at_first))
    nil = line("nil", "at or below this a flow counts as nil", largest(most * model[TOLERANCE], model[f"{view}.nil"]))

    def cleaned(name: str, label: str, row: Line, opening: Line | None = None) -> Line:
        return line(name, label, choose(nil < absolute(row), row, ZERO), opening)

    opening = cleaned("opening", "net on the first date, nil if so small", at_first)
    net = cleaned("net", "net on dates a year apart, nil if so small", raw, opening)
    middle = cleaned("middle", "net at mid-year, nil if so small", in_middle)
    first_gain = line("first_gain", "gain on the first date", largest(ZERO, opening))
    gains = line("gains", "gains on dates a year apart", largest(ZERO, net), first_gain)
    middle_gains = line("middle_gains", "gains at mid-year", largest(ZERO, middle))
    turns = _turns(model, view, said, net, middle, opening)
    losses = [largest(ZERO, -row) for row in (net, middle, opening)]
    pv_gains = _present(line, "gains", "what comes back", at, (gains, middle_gains, first_gain))
    pv_losses = _present(line, "losses", "what is paid", at, losses)
    mirr = model.line(
        f"rates.{view}.mirr",
        f"{said}: modified internal rate of return",
        PURE,
        choose(
            all_of(ZERO < pv_gains, ZERO < pv_losses, ZERO < at.span),
            power(pv_gains / at.last_factor / pv_losses, one(YEARS) / at.span) - ONE,
            ABSENT,
        ),
        style="share",
        method="§ 6",
    )
    return Flows(net, middle, gains, middle_gains, turns, pv_gains, pv_losses, mirr)


def _turns(model: Model, view: str, said: str, net: Line, middle: Line, opening: Line) -> Line:
    """How often the sign changes, nil skipped: by Descartes' rule, as many rates as that can fit, and no more.

    In the column of a year mid-year comes first, then its end.
    """

    def line(name: str, label: str, formula: Expression, first: Line | None = None) -> Line:
        label = f"{said}: {label}"
        return model.line(f"rates.{view}.{name}", label, POUNDS, formula, style="money", method="§ 6", opening=first)

    def flag(name: str, label: str, before: Expression, after: Expression) -> Line:
        formula = choose(before * after < ZERO, ONE, ZERO)
        return model.line(f"rates.{view}.{name}", f"{said}: {label}", PURE, formula, style="flag", method="§ 6")

    own = line("own", "the later of the year's two flows that is not nil", choose(ZERO < absolute(net), net, middle))
    latest = line(
        "latest", "the latest flow that is not nil", choose(ZERO < absolute(own), own, previous(unit=POUNDS)), opening
    )
    to_middle = choose(ZERO < absolute(middle), middle, previous(latest))
    at_middle = line("latest_middle", "the latest flow at mid-year that is not nil", to_middle)
    turned = flag("turned_middle", "the sign changes by mid-year", previous(latest), at_middle)
    turned_end = flag("turned", "the sign changes by the end of the year", at_middle, latest)
    return model.line(
        f"rates.{view}.turns", f"{said}: times the sign of the net flows changes", PURE,
        sum_over_years(turned) + sum_over_years(turned_end), style="whole", method="§ 6",
    )  # fmt: skip


def _present(
    line: Callable[[str, str, Expression], Line], name: str, label: str, at: Standard, parts: Sequence[Expression]
) -> Line:
    """What comes back, or is paid, discounted to the start at the standard rates: yearly, mid-year and first."""
    yearly, middle, opening = parts
    formula = yearly * at.factor + middle * at.middle_factor
    row = line(f"discounted_{name}", f"{label}, discounted, but for the first date", formula)
    return line(f"pv_{name}", f"{label}, discounted", sum_over_years(row) + opening * at.first_factor)
