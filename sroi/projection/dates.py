"""Flows on their dates, and what they come to by each (method § 6).

Flows are dated by their timing. Where just one kind falls in mid-year the dates are half-years apart, else years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sroi.projection.declaring import POUNDS, Declaring
from sroi.projection.streams import Stream, Timing, add
from sroi.sheet import Expression, Line, Unit, last, previous


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


@dataclass(frozen=True)
class Cumulated:
    """What dated flows come to by each date."""

    flows: tuple[Line, Line, Line]
    """Net, by when in the year it falls: start, middle, end."""
    at_start: Line
    at_middle: Line
    through: Line
    """By the end of the year."""
    final: Line
    """By the end of the horizon."""


def dated(
    to: Declaring,
    key: str,
    said: str,
    costs: Sequence[Stream],
    benefits: Sequence[Stream],
    totals: tuple[Line, Line],
    *,
    discounted: bool,
    unit: Unit = POUNDS,
) -> Dated:
    """The flows by their timing: the totals themselves where all costs fall when costs do, and benefits likewise."""

    def lines(streams: Sequence[Stream], timing: Timing) -> list[Line]:
        return [s.discounted if discounted else s.flow for s in streams if s.timing == timing]

    all_costs, all_benefits = totals
    late_costs, early_benefits = lines(costs, "benefit"), lines(benefits, "cost")
    if not late_costs and not early_benefits:
        return Dated(all_costs, None, all_benefits, None)

    def total(name: str, what: str, rows: Sequence[Line]) -> Line:
        return add(to, f"{key}.{name}", f"{said}: {what}", rows, unit=unit)

    early = total("early_costs", "costs that fall when costs do", lines(costs, "cost"))
    late = total("late_costs", "costs that fall when benefits do", late_costs)
    gained = total("late_benefits", "benefits that fall when benefits do", lines(benefits, "benefit"))
    released = None
    if early_benefits:
        released = total("early_benefits", "benefits that fall when costs do", early_benefits)
    return Dated(early, late if late_costs else None, gained, released)


def cumulate(to: Declaring, key: str, said: str, flows: Dated, unit: Unit = POUNDS) -> Cumulated:
    """Declares the net flows by when in the year they fall, and what they add up to by each date."""
    costs, late_costs, benefits, early_benefits = flows.costs, flows.late_costs, flows.benefits, flows.early_benefits
    net_costs: Expression = costs - early_benefits if early_benefits is not None else costs
    net_benefits: Expression = benefits - late_costs if late_costs is not None else benefits
    model = to.model

    def row(name: str, label: str, formula: Expression) -> Line:
        return model.line(f"{key}.{name}", f"{said}: {label}", unit, formula, style="money", method="§ 6")

    dated = {
        point: row(
            f"flow_at_{point}",
            f"net falling at the {point} of the year",
            net_benefits * to[f"timeline.benefit_{at}"] - net_costs * to[f"timeline.cost_{at}"],
        )
        for point, at in (("start", "at_start"), ("middle", "at_middle"), ("end", "end"))
    }
    start, middle, end = dated["start"], dated["middle"], dated["end"]
    through = row("cumulative", "cumulative net by the end of the year", previous(unit=unit) + start + middle + end)
    at_start = row("cumulative_at_start", "cumulative net at the start of the year", previous(through) + start)
    at_middle = row("cumulative_at_middle", "cumulative net at mid-year", at_start + middle)
    final = model.line(
        f"{key}.final",
        f"{said}: cumulative net at the end",
        unit,
        last(through),
        style="money",
        method="§ 6",
    )
    return Cumulated((start, middle, end), at_start, at_middle, through, final)
