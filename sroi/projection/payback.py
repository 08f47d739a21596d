"""Payback: when cumulative net value comes to stay at or above zero (method § 6).

The line between two dates is straight. Each upward crossing of zero gives a date, and the last of them counts if the
end is not below zero.
"""

from __future__ import annotations

import math

from sroi.projection.dates import Dated, cumulate
from sroi.projection.declaring import HALF, POUNDS, YEARS, Declaring
from sroi.sheet import (
    ABSENT,
    ONE,
    PURE,
    ZERO,
    Evaluation,
    Expression,
    Line,
    all_of,
    choose,
    highest,
    largest,
    last,
    lowest,
    previous,
    smallest,
)

NO_FIRST_COST = "there is no cost to count its years from"
NEVER_OUT = "never out of pocket"
OUT_BEFORE = "out of pocket only before the first cost"


def payback(to: Declaring, key: str, said: str, flows: Dated, nil: Line) -> Line:
    """Years from the first cost's date to the point after which cumulative net value stays at or above zero."""
    model = to.model
    run = cumulate(to, key, said, flows)
    at_start, at_middle = run.at_start, run.at_middle
    half_years = ZERO < to["timeline.half_years"]
    before = model.line(
        f"{key}.cumulative_before", f"{said}: cumulative net at the date before the start of the year", POUNDS,
        choose(half_years, previous(at_middle), previous(at_start)), style="money", method="§ 6",
    )  # fmt: skip
    last_before = model.line(
        f"{key}.last_before", f"{said}: cumulative net at the date before the end", POUNDS,
        choose(half_years, last(at_middle), last(at_start)), style="money", method="§ 6",
    )  # fmt: skip
    elapsed, step, half = to["timeline.elapsed"], to["timeline.step"], to.constant(HALF)

    def crossing(name: str, label: str, low: Expression, high: Expression, date: Expression, width: Expression,
                 *also: Expression) -> Line:  # fmt: skip
        up = all_of(low < -nil, -nil <= high, *also)
        return model.line(
            f"{key}.{name}", f"{said}: {label}", YEARS, choose(up, date - width * high / (high - low), ZERO),
            style="factor", method="§ 6",
        )  # fmt: skip

    into_start = crossing("crossing_start", "date at which it crosses zero before the start of the year",
                          before, at_start, elapsed, step)  # fmt: skip
    into_middle = crossing("crossing_middle", "date at which it crosses zero before mid-year",
                           at_start, at_middle, elapsed + half, half, ZERO < to["timeline.half_years"])  # fmt: skip
    into_end = crossing("crossing_end", "date at which it crosses zero before the end",
                        last_before, run.final, to["timeline.horizon"], step)  # fmt: skip
    first = _first_cost(to, key, said, flows.costs, flows.late_costs, nil)
    crossed = model.line(
        f"{key}.crossed", f"{said}: date from which it stays above zero", YEARS,
        largest(highest(into_start), highest(into_middle), into_end), style="factor", method="§ 6",
    )  # fmt: skip
    # harms without any cost: there is no first cost to count years from
    uncounted = model.line(
        f"{key}.uncounted", f"{said}: out of pocket with no cost to count from", PURE,
        choose(all_of(to["timeline.horizon"] < first, ZERO < crossed), ONE, ZERO),
        style="flag", method="§ 6",
    )  # fmt: skip
    applies = model.line(
        f"{key}.pays_back", f"{said}: pays back, at a date that can be counted to", PURE,
        choose(all_of(-nil <= run.final, uncounted < ONE), ONE, ZERO), style="flag", method="§ 6",
    )  # fmt: skip
    return model.line(
        f"{key}.payback",
        f"{said}: payback, in years from the first cost",
        YEARS,
        choose(ZERO < applies, largest(ZERO, crossed - first), ABSENT),
        style="years",
        method="§ 6",
    )


def read(evaluation: Evaluation, key: str) -> tuple[float | None, str]:
    """Payback in years, and why it is none, or nil."""
    years = evaluation.number(f"{key}.payback")
    if math.isnan(years):
        uncounted = evaluation.number(f"{key}.uncounted") == 1
        return None, NO_FIRST_COST if uncounted else f"not within the {evaluation.years} years of the case"
    if years == 0:
        return years, OUT_BEFORE if evaluation.number(f"{key}.crossed") > 0 else NEVER_OUT
    return years, ""


def _first_cost(to: Declaring, key: str, said: str, costs: Line, late: Line | None, nil: Line) -> Line:
    """The first date at which costs come to more than nil; after the horizon where none does.

    Costs of both timings are added where they fall on one date: the end of a year is the start of the next.
    """
    model = to.model
    elapsed, horizon, half = to["timeline.elapsed"], to["timeline.horizon"], to.constant(HALF)
    after = horizon + half

    def at_point(point: str, at: str) -> Line:
        formula: Expression = costs * to[f"timeline.cost_{at}"]
        if late is not None:
            formula = formula + late * to[f"timeline.benefit_{at}"]
        label = f"{said}: costs at the {point} of the year"
        return model.line(f"{key}.cost_at_{point}", label, POUNDS, formula, style="money", method="§ 6")

    start, middle, end = at_point("start", "at_start"), at_point("middle", "at_middle"), at_point("end", "end")

    def dates(name: str, label: str, falls: Expression, date: Expression) -> Line:
        formula = choose(nil < falls, date, after)
        return model.line(f"{key}.{name}", f"{said}: {label}", YEARS, formula, style="factor", method="§ 6")

    at_start = dates("cost_dates", "start of the year, if costs fall then", start + previous(end), elapsed)
    at_middle = dates("cost_mid_dates", "mid-year, if costs fall then", middle, elapsed + half)
    at_end = dates("cost_last_date", "the end, if costs fall then", last(end), horizon)
    first = smallest(lowest(at_start), lowest(at_middle), at_end)
    return model.line(
        f"{key}.first_cost", f"{said}: date of the first cost", YEARS, first, style="factor", method="§ 6"
    )
