"""The measures of one view: present values, net present value, ratio, payback (method § 6).

Every view has the same lines, declared here once, from the streams that it counts as costs and as benefits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sroi.model import currency
from sroi.projection.dates import dated
from sroi.projection.declaring import POUNDS, Declaring
from sroi.projection.payback import payback
from sroi.projection.streams import Stream, add, money, nil
from sroi.sheet import ABSENT, PURE, Expression, Line, choose, sum_over_years


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
    nil: Line
    """At or below this a sum of the view counts as nil."""
    bcr: Line
    payback: Line
    discounted_payback: Line | None
    """Of the views that add sectors up; a sector's own has none."""


def measures(
    to: Declaring,
    view: str,
    said: str,
    costs: Sequence[Stream],
    benefits: Sequence[Stream],
    *,
    both_paybacks: bool,
) -> ViewLines:
    """Declares a view's totals, measures and payback."""
    model = to.model

    def measure(name: str, label: str, formula: Expression) -> Line:
        return model.line(f"{view}.{name}", f"{said}: {label}", POUNDS, formula, style="money", method="§ 6")

    all_costs = add(to, f"{view}.costs", f"{said}: costs", [s.flow for s in costs])
    all_benefits = add(to, f"{view}.benefits", f"{said}: benefits", [s.flow for s in benefits])
    present_costs = add(to, f"{view}.discounted_costs", f"{said}: costs, discounted", [s.discounted for s in costs])
    present = add(to, f"{view}.discounted_benefits", f"{said}: benefits, discounted", [s.discounted for s in benefits])
    money(to, f"{view}.yearly_net", f"{said}: net", all_benefits - all_costs)
    pv_costs = measure("pv_costs", "present value of costs", sum_over_years(present_costs))
    pv_benefits = measure("pv_benefits", "present value of benefits", sum_over_years(present))
    npv = measure("npv", "net present value", pv_benefits - pv_costs)
    flows = dated(to, view, said, costs, benefits, (all_costs, all_benefits), discounted=False)
    least = nil(to, view, said, [*costs, *benefits])
    paid_back = payback(to, view, said, flows, least)
    code = to.case.settings.currency
    # costs that cancel to rounding are no cost: a ratio on them would be noise
    bcr = model.line(
        f"{view}.bcr",
        f"{said}: benefits per {currency.one(code)} of cost",
        PURE,
        choose(least < pv_costs, pv_benefits / pv_costs, ABSENT),
        style="factor",
        method="§ 6",
        unit_said=f"{currency.symbol(code)} per {currency.one(code)}",
    )
    later = None
    if both_paybacks:
        name, label = f"{view}.discounted", f"{said}, discounted"
        flows = dated(to, name, label, costs, benefits, (present_costs, present), discounted=True)
        later = payback(to, name, label, flows, least)
    return ViewLines(view, said, all_costs, all_benefits, pv_costs, pv_benefits, npv, least, bcr, paid_back, later)
