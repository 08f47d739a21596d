"""Payback: when cumulative net value comes to stay at or above zero (method § 6).

Flows are dated by their timing. Where just one kind falls in mid-year the dates are half-years apart, else years; the
line between two dates is straight. Each upward crossing of zero gives a date, and the last of them counts if the end
is not below zero.
"""

from __future__ import annotations

from dataclasses import dataclass

from sroi.projection.declaring import HALF, POUNDS, TOLERANCE, YEARS, Declaring
from sroi.sheet import (
    ABSENT,
    ONE,
    PURE,
    ZERO,
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


@dataclass(frozen=True)
class Dated:
    """A view's flows by when they fall; absent where there is none of a kind."""

    costs: Line
    """Costs that fall when costs do."""
    late_costs: Line | None
    """Costs that fall when benefits do: harms, and the tax charge on what is saved."""
    benefits: Line
    early_benefits: Line | None
    """Benefits that fall when costs do: old services released."""


def payback(to: Declaring, key: str, said: str, flows: Dated) -> Line:
    """Years from the first cost's date to the point after which cumulative net value stays at or above zero."""
    costs, late_costs, benefits, early_benefits = flows.costs, flows.late_costs, flows.benefits, flows.early_benefits
    net_costs: Expression = costs - early_benefits if early_benefits is not None else costs
    net_benefits: Expression = benefits - late_costs if late_costs is not None else benefits
    model = to.model

    def row(name: str, label: str, formula: Expression) -> Line:
        return model.line(f"{key}.{name}", f"{said}: {label}", POUNDS, formula, style="money", method="§ 6")

    dated = {
        point: row(
            f"flow_at_{point}",
            f"net falling at the {point} of the year",
            net_benefits * to[f"timeline.benefit_{at}"] - net_costs * to[f"timeline.cost_{at}"],
        )
        for point, at in (("start", "at_start"), ("middle", "at_middle"), ("end", "end"))
    }
    start, middle, end = dated["start"], dated["middle"], dated["end"]
    size = [bound for line in dated.values() for bound in (highest(line), -lowest(line))]
    nil = model.line(
        f"{key}.nil", f"{said}: below this a sum counts as nil", POUNDS, largest(*size) * to.constant(TOLERANCE),
        style="money", method="§ 6",
    )  # fmt: skip
    through = row("cumulative", "cumulative net by the end of the year", previous(unit=POUNDS) + start + middle + end)
    at_start = row("cumulative_at_start", "cumulative net at the start of the year", previous(through) + start)
    at_middle = row("cumulative_at_middle", "cumulative net at mid-year", at_start + middle)
    before = row(
        "cumulative_before",
        "cumulative net at the date before the start of the year",
        choose(ZERO < to["timeline.half_years"], previous(at_middle), previous(at_start)),
    )
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
    final = model.line(
        f"{key}.final",
        f"{said}: cumulative net at the end",
        POUNDS,
        last(through),
        style="money",
        method="§ 6",
    )
    last_before = model.line(
        f"{key}.last_before", f"{said}: cumulative net at the date before the end", POUNDS,
        choose(ZERO < to["timeline.half_years"], last(at_middle), last(at_start)), style="money", method="§ 6",
    )  # fmt: skip
    into_end = crossing("crossing_end", "date at which it crosses zero before the end",
                        last_before, final, to["timeline.horizon"], step)  # fmt: skip
    first = _first_cost(to, key, said, costs, late_costs, nil)
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
        choose(all_of(-nil <= final, uncounted < ONE), ONE, ZERO), style="flag", method="§ 6",
    )  # fmt: skip
    return model.line(
        f"{key}.payback",
        f"{said}: payback, in years from the first cost",
        YEARS,
        choose(ZERO < applies, largest(ZERO, crossed - first), ABSENT),
        style="years",
        method="§ 6",
    )


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
