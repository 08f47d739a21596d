"""Views and their measures: present values, net present value, ratio, payback (method § 6).

A view names the costs and values that count. Every view has the same lines, declared here once: yearly costs and
benefits, the same discounted, net, and the dated flows from which payback is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sroi.projection.declaring import HALF, POUNDS, TOLERANCE, YEARS, Declaring
from sroi.projection.sectors import SectorLines, add
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
    sum_over_years,
)

SHEET = "Measures"
VIEWS = {
    "public_value": "Public value (economic case)",
    "budget": "Public budgets (financial case)",
    "cashable": "Cash released to public budgets",
}
"""The views that add sectors up; each sector is a view of its own besides."""


@dataclass(frozen=True)
class ViewLines:
    """The lines of one view."""

    view: str
    said: str
    costs: Line
    benefits: Line
    pv_costs: Line
    pv_benefits: Line
    npv: Line
    bcr: Line
    payback: Line
    discounted_payback: Line | None
    """Of the views that add sectors up; a sector's own has none."""


def declare(to: Declaring, sectors: Sequence[SectorLines]) -> tuple[ViewLines, ...]:
    """Declares the three views and one for each sector."""
    to.model.sheet(SHEET)
    return tuple(
        [_added(to, view, said, sectors) for view, said in VIEWS.items()] + [_own(to, s, sectors) for s in sectors]
    )


def _added(to: Declaring, view: str, said: str, sectors: Sequence[SectorLines]) -> ViewLines:
    to.model.heading(said)
    public = [s for s in sectors if s.sector.ledger == "public"]
    counted = sectors if view == "public_value" else public
    costs = [s.cash_costs for s in counted]
    if view == "public_value":
        costs += [s.costs_in_kind for s in counted]
    gains = [s.cash if view == "cashable" else s.benefits for s in counted]
    total_costs = add(to, f"{view}.costs", f"{said}: costs", costs)
    total_gains = add(to, f"{view}.benefits", f"{said}: benefits", gains)
    if view == "cashable":
        discounted = _discounted(to, view, said, total_gains, "benefit")
    else:
        parts = [s.discounted_benefits for s in counted]
        discounted = add(to, f"{view}.discounted_benefits", f"{said}: benefits, discounted", parts)
    return _measures(to, view, said, total_costs, total_gains, discounted, both_paybacks=True)


def _own(to: Declaring, lines: SectorLines, sectors: Sequence[SectorLines]) -> ViewLines:
    """A sector's own flows with those of its parts."""
    said, key = to.said(lines.sector), lines.sector.id
    to.model.heading(said)
    family = [s for s in sectors if key in ancestry(s, sectors)]
    costs = add(
        to,
        f"{key}.costs",
        f"{said}: all costs",
        [line for s in family for line in (s.cash_costs, s.costs_in_kind)],
    )
    gains = add(to, f"{key}.all_benefits", f"{said}: all benefits", [s.benefits for s in family])
    discounted = add(
        to,
        f"{key}.all_discounted_benefits",
        f"{said}: all benefits, discounted",
        [s.discounted_benefits for s in family],
    )
    cash = add(to, f"{key}.all_cash", f"{said}: all cash released", [s.cash for s in family])
    released = _discounted(to, f"{key}.cash", f"{said}, cash released", cash, "benefit")
    to.model.line(
        f"{key}.pv_cashable",
        f"{said}: present value of cash released",
        POUNDS,
        sum_over_years(released),
        style="money",
        method="§ 6",
    )
    return _measures(to, key, said, costs, gains, discounted, both_paybacks=False)


def ancestry(lines: SectorLines, sectors: Sequence[SectorLines]) -> tuple[str, ...]:
    """The sector's id and those of the sectors it is part of, nearest first."""
    parents = {s.sector.id: s.sector.part_of for s in sectors}
    found: list[str] = []
    at: str | None = lines.sector.id
    while at is not None and at not in found:
        found.append(at)
        at = parents[at]
    return tuple(found)


def _discounted(to: Declaring, name: str, said: str, flow: Line, what: str) -> Line:
    return to.model.line(
        f"{name}.discounted_{what}s",
        f"{said}: {what}s, discounted",
        POUNDS,
        flow * to[f"timeline.{what}_factor"],
        style="money",
        method="§ 1",
        total=True,
    )


def _measures(
    to: Declaring, view: str, said: str, costs: Line, benefits: Line, discounted: Line, *, both_paybacks: bool
) -> ViewLines:
    model = to.model
    discounted_costs = _discounted(to, view, said, costs, "cost")

    def measure(name: str, label: str, formula: Expression) -> Line:
        return model.line(f"{view}.{name}", f"{said}: {label}", POUNDS, formula, style="money", method="§ 6")

    model.line(f"{view}.yearly_net", f"{said}: net", POUNDS, benefits - costs, style="money", method="§ 6", total=True)
    pv_costs = measure("pv_costs", "present value of costs", sum_over_years(discounted_costs))
    pv_benefits = measure("pv_benefits", "present value of benefits", sum_over_years(discounted))
    npv = measure("npv", "net present value", pv_benefits - pv_costs)
    payback = _payback(to, view, said, costs, benefits)
    # costs that cancel to rounding are no cost: a ratio on them would be noise
    bcr = model.line(
        f"{view}.bcr",
        f"{said}: benefits per £1 of cost",
        PURE,
        choose(model[f"{view}.nil"] < pv_costs, pv_benefits / pv_costs, ABSENT),
        style="factor",
        method="§ 6",
        unit_said="£ per £1",
    )
    discounted_payback = None
    if both_paybacks:
        discounted_payback = _payback(to, f"{view}.discounted", f"{said}, discounted", discounted_costs, discounted)
    return ViewLines(view, said, costs, benefits, pv_costs, pv_benefits, npv, bcr, payback, discounted_payback)


def _payback(to: Declaring, key: str, said: str, costs: Line, benefits: Line) -> Line:
    """Years from the first cost's date to the point after which cumulative net value stays at or above zero.

    Flows are dated by their timing. Where some fall in mid-year the dates are half-years apart, else years; the line
    between two dates is straight. Each upward crossing of zero gives a date, and the last of them counts if the end
    is not below zero.
    """
    model = to.model

    def row(name: str, label: str, formula: Expression) -> Line:
        return model.line(f"{key}.{name}", f"{said}: {label}", POUNDS, formula, style="money", method="§ 6")

    dated = {
        point: row(
            f"flow_at_{point}",
            f"net falling at the {point} of the year",
            benefits * to[f"timeline.benefit_{at}"] - costs * to[f"timeline.cost_{at}"],
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
    paid = model.line(
        f"{key}.years_before_cost", f"{said}: year of a first cost, else the horizon", YEARS,
        choose(nil < costs, elapsed, to["timeline.horizon"]), style="whole", method="§ 6",
    )  # fmt: skip
    first = model.line(
        f"{key}.first_cost", f"{said}: date of the first cost", YEARS,
        lowest(paid) + to["timeline.cost_date"], style="factor", method="§ 6",
    )  # fmt: skip
    crossed = model.line(
        f"{key}.crossed", f"{said}: date from which it stays above zero", YEARS,
        largest(highest(into_start), highest(into_middle), into_end), style="factor", method="§ 6",
    )  # fmt: skip
    # harms without any cost: there is no first cost to count years from
    uncounted = model.line(
        f"{key}.uncounted", f"{said}: out of pocket with no cost to count from", PURE,
        choose(all_of(to["timeline.horizon"] <= lowest(paid), ZERO < crossed), ONE, ZERO),
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
