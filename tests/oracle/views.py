"""Sections 6 and 12: which flows count in which view; sectors; side payments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .library import Library
from .measures import Flow, by_date, dates_of, irr, mirr, nil_of, payback, present_value
from .money import OFFSET, deflator, discount_factor, factor_at, financial_year
from .records import Case, Cost, Value


@dataclass(frozen=True)
class CostLine:
    """A cost by long year."""

    cost: Cost
    amounts: list[float]


@dataclass(frozen=True)
class ValueLine:
    """A value by long year."""

    value: Value
    amounts: list[float]


@dataclass(frozen=True)
class CashLine:
    """The cash one pool releases, by long year, in the sector of its rows."""

    sector: str
    amounts: list[float]


@dataclass(frozen=True)
class Flows:
    """All flows of the case, and the discount factors that belong to them, by long year."""

    case: Case
    library: Library
    costs: list[CostLine]
    values: list[ValueLine]
    cash: list[CashLine]
    cost_factors: list[float]
    benefit_factors: list[float]
    health_factors: list[float]

    def cost_flow(self, amounts: list[float], sign: float = 1.0) -> Flow:
        """Sums dated as costs."""
        return Flow([sign * amount for amount in amounts], OFFSET[self.case.settings.cost_timing], self.cost_factors)

    def benefit_flow(self, amounts: list[float], sign: float = 1.0, health: bool = False) -> Flow:
        """Sums dated as benefits; health effects have their own schedule (§ 1)."""
        factors = self.health_factors if health else self.benefit_factors
        return Flow([sign * amount for amount in amounts], OFFSET[self.case.settings.benefit_timing], factors)

    def public(self) -> set[str]:
        """The public sectors."""
        return {sector.id for sector in self.case.sectors if sector.ledger == "public"}


def factors_of(case: Case, library: Library, years: int) -> tuple[list[float], list[float], list[float]]:
    """§ 1: factors by year for costs, benefits and health effects (which have the timing of benefits)."""
    settings = case.settings
    return (
        [discount_factor(settings.discount, t, settings.cost_timing, library) for t in range(years)],
        [discount_factor(settings.discount, t, settings.benefit_timing, library) for t in range(years)],
        [discount_factor(settings.health_discount, t, settings.benefit_timing, library) for t in range(years)],
    )


# ---------------------------------------------------------------- What counts where

Sides = tuple[list[Flow], list[Flow]]  # costs, benefits


def add_cost(sides: Sides, line: CostLine, flows: Flows) -> None:
    """A cost; § 3: a released old service is a lower cost, or (``released_costs: benefits``) a benefit.

    CHOICE: as a benefit it keeps the timing of costs, as § 12 says of negative benefits the other way.
    """
    costs, benefits = sides
    if line.cost.old_service and flows.case.settings.released_costs == "benefits":
        benefits.append(flows.cost_flow(line.amounts, -1.0))
    else:
        costs.append(flows.cost_flow(line.amounts))


def add_benefit(sides: Sides, amounts: list[float], flows: Flows, health: bool = False) -> None:
    """A value or cash line; § 12: its negative years may be costs, by row and year, keeping benefit timing.

    CHOICE: the setting holds in every view, cash included.
    """
    costs, benefits = sides
    if flows.case.settings.negative_benefits == "benefits":
        benefits.append(flows.benefit_flow(amounts, health=health))
        return
    benefits.append(flows.benefit_flow([max(0.0, amount) for amount in amounts], health=health))
    costs.append(flows.benefit_flow([min(0.0, amount) for amount in amounts], -1.0, health=health))


def public_value(flows: Flows) -> Sides:
    """§ 6: all costs, cash and in kind, and the tax charge; fiscal, economic and social values."""
    sides: Sides = ([], [])
    for cost in flows.costs:
        add_cost(sides, cost, flows)
    for line in flows.values:
        if line.value.kind != "transfer":
            add_benefit(sides, line.amounts, flows, line.value.health_effect)
    charge = flows.case.settings.tax_deadweight
    # § 12: tax_deadweight × (public cash cost − public fiscal and transfer values), each at its own timing.
    # CHOICE: released old services lower the public cash cost here whatever `released_costs` says.
    for cost in flows.costs:
        if cost.cost.payer in flows.public() and not cost.cost.in_kind:
            sides[0].append(flows.cost_flow(cost.amounts, charge))
    for line in flows.values:
        if line.value.sector in flows.public() and line.value.kind in ("fiscal", "transfer"):
            sides[0].append(flows.benefit_flow(line.amounts, -charge))
    return sides


def budget(flows: Flows, sectors: set[str]) -> Sides:
    """§ 6: cash costs, and fiscal and transfer values, of the public ``sectors``."""
    sides: Sides = ([], [])
    for cost in flows.costs:
        if cost.cost.payer in sectors and not cost.cost.in_kind:
            add_cost(sides, cost, flows)
    for line in flows.values:
        if line.value.sector in sectors and line.value.kind in ("fiscal", "transfer"):
            add_benefit(sides, line.amounts, flows)
    return sides


def cashable(flows: Flows, sectors: set[str]) -> Sides:
    """§ 6: cash costs of the public ``sectors``, and the cash released of their values."""
    sides: Sides = ([], [])
    for cost in flows.costs:
        if cost.cost.payer in sectors and not cost.cost.in_kind:
            add_cost(sides, cost, flows)
    for line in flows.cash:
        if line.sector in sectors:
            add_benefit(sides, line.amounts, flows)
    return sides


def of_sectors(flows: Flows, sectors: set[str]) -> Sides:
    """§ 6: their own costs, cash and in kind; their own values, transfers included."""
    sides: Sides = ([], [])
    for cost in flows.costs:
        if cost.cost.payer in sectors:
            add_cost(sides, cost, flows)
    for line in flows.values:
        if line.value.sector in sectors:
            add_benefit(sides, line.amounts, flows, line.value.health_effect)
    return sides


def with_parts(case: Case, sector: str) -> set[str]:
    """§ 6: a parent sector and its parts, and theirs; each once."""
    found = {sector}
    for _ in case.sectors:
        for other in case.sectors:
            if other.part_of in found:
                found.add(other.id)
    return found


# ---------------------------------------------------------------- Measures


def yearly(flows: list[Flow], years: int) -> list[float]:
    """Undiscounted sums by year of the horizon."""
    return [sum((flow.amounts[t] for flow in flows), 0.0) for t in range(years)]


def measures(sides: Sides, flows: Flows) -> dict[str, Any]:
    """§ 6: the measures of one view."""
    settings = flows.case.settings
    years = settings.years
    costs, benefits = sides
    pv_costs = present_value(costs, 0, years)
    pv_benefits = present_value(benefits, 0, years)
    dates = dates_of(OFFSET[settings.cost_timing], OFFSET[settings.benefit_timing], years)

    def net(discounted: bool) -> list[float]:
        paid = by_date(costs, dates, years, discounted)
        gained = by_date(benefits, dates, years, discounted)
        return [gain - cost for gain, cost in zip(gained, paid, strict=True)]

    paid = by_date(costs, dates, years, False)
    nil = nil_of([*costs, *benefits], years)
    standard = [factor_at(settings.discount, date, flows.library) for date in dates]
    return {
        "pv_costs": pv_costs,
        "pv_benefits": pv_benefits,
        "npv": pv_benefits - pv_costs,
        "bcr": pv_benefits / pv_costs if pv_costs > nil else None,
        "payback_years": payback(dates, paid, net(False), nil),
        "discounted_payback_years": payback(dates, paid, net(True), nil),
        "irr": irr(dates, net(False), nil),
        "mirr": mirr(dates, net(False), standard, nil),
        "costs": yearly(costs, years),
        "benefits": yearly(benefits, years),
    }


def mvpf(flows: Flows) -> float | None:
    """§ 6: marginal value of public funds; None where the denominator is nil or less.

    (PV of values to people and society, transfers included, less their costs) ÷ (PV of public cash costs
    − PV of public fiscal and transfer values).
    """
    years = flows.case.settings.years
    others = {sector.id for sector in flows.case.sectors} - flows.public()
    their_costs, their_values = of_sectors(flows, others)
    public_costs, public_values = budget(flows, flows.public())
    above = present_value(their_values, 0, years) - present_value(their_costs, 0, years)
    below = present_value(public_costs, 0, years) - present_value(public_values, 0, years)
    return above / below if below > nil_of([*public_costs, *public_values], years) else None


def outturn(by_year: list[float], flows: Flows) -> list[float] | None:
    """§ 6: ``real × index[t]/index[base]``; None where the index does not reach (§ 1), as in any other currency: the
    only index held is the United Kingdom's."""
    settings = flows.case.settings
    if settings.currency != "GBP":
        return None
    nominal = []
    for t, real in enumerate(by_year):
        label = financial_year(settings.first_year + t)
        try:
            index = deflator(label, flows.library, settings.later_inflation)
            nominal.append(real * index / deflator(settings.price_base, flows.library, settings.later_inflation))
        except ValueError:
            return None
    return nominal


def side_payments(flows: Flows, cash: bool) -> dict[str, Any]:
    """§ 6: who would have to pay whom, by PV of net, among public sectors in ``budget`` or ``cashable``.

    CHOICE: a sector's own flows without its parts', so that each flow is met once.
    """
    years = flows.case.settings.years
    nets: dict[str, float] = {}
    for sector in flows.case.sectors:
        if sector.ledger == "public":
            costs, benefits = (cashable if cash else budget)(flows, {sector.id})
            nets[sector.id] = present_value(benefits, 0, years) - present_value(costs, 0, years)
    gap = sum((max(0.0, -net) for net in nets.values()), 0.0)
    surplus = sum((max(0.0, net) for net in nets.values()), 0.0)
    nil = nil_of([flow for side in (cashable if cash else budget)(flows, flows.public()) for flow in side], years)
    losers = [sector for sector, net in nets.items() if net < -nil]
    pays = dict.fromkeys(nets, 0.0)
    receives = dict.fromkeys(nets, 0.0)
    if surplus >= gap > nil:
        for name, net in nets.items():
            pays[name] = gap * max(0.0, net) / surplus
            receives[name] = max(0.0, -net)
    return {
        "gap": gap,
        "surplus": surplus,
        "pays": pays,
        "receives": receives,
        "short": max(0.0, gap - surplus),
        "losers": losers,
    }
