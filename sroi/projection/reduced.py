"""The reduced schedule: public value without pure time preference, where a case runs beyond 50 years (method § 1).

A sensitivity beside the standard result. It stands in for the standard schedule, or for the flat rate that the case
states instead; health effects keep their own schedule, and timings are those of the case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sroi.model import Part, currency
from sroi.model.settings import LONG, REDUCED
from sroi.projection.declaring import POUNDS, Declaring
from sroi.projection.sectors import SectorLines
from sroi.projection.streams import Stream, add, money
from sroi.projection.timeline import dated_factor, scheduled
from sroi.projection.values import FlowLines, said_of
from sroi.projection.views import held
from sroi.sheet import ABSENT, PURE, TEXT, Expression, Line, choose, is_text, sentence, sum_over_years

SHEET = "Reduced discounting"


@dataclass(frozen=True)
class ReducedLines:
    """Public value on the reduced schedule."""

    pv_costs: Line
    pv_benefits: Line
    npv: Line
    bcr: Line


def declare(
    to: Declaring, flows: Sequence[FlowLines], sectors: Sequence[SectorLines], tax: Sequence[Stream]
) -> ReducedLines | None:
    """Declares public value on the reduced schedule (method § 1); nothing where the horizon is 50 years or less.

    `reduced.pv_costs`, `reduced.pv_benefits`, `reduced.npv` and `reduced.bcr` are one number each, £ in base-year
    prices and £ per £1: those of public value, with the reduced factors for the standard ones. Health effects keep
    their own schedule.
    """
    if to.case.settings.years <= LONG:
        return None
    model = to.model
    model.sheet(SHEET)
    factors = _factors(to)
    plain = [f for f in flows if f.part.kind != "transfer"]
    paid = [s.flow for lines in sectors for s in held(lines.cash_costs, lines.costs_in_kind)]
    released = [s.flow for lines in sectors for s in held(lines.released_in_cash, lines.released_in_kind)]
    model.heading("Costs")
    costs = _discounted(to, "early_costs", "costs that fall when costs do", [*paid, tax[0].flow], factors["cost"])
    harms = [f.harm for f in plain if f.harm is not None and f.part.kind != "social"]
    late = _discounted(to, "late_costs", "costs that fall when benefits do", [tax[1].flow, *harms], factors["benefit"])
    social = [f for f in plain if f.part.kind == "social"]
    harmed = [_social(to, f.part, f.harm, "harm", factors["benefit"]) for f in social if f.harm is not None]
    model.heading("Benefits")
    gains = [f.gain for f in plain if f.part.kind != "social"]
    gained = _discounted(to, "late_benefits", "benefits, health aside", gains, factors["benefit"])
    early = _discounted(to, "early_benefits", "old services released", released, factors["cost"])
    gained_socially = [_social(to, f.part, f.gain, "gain", factors["benefit"]) for f in social]
    model.heading("Public value on the reduced schedule")
    pv_costs = _present(to, "pv_costs", "present value of costs", [costs, late, *harmed])
    pv_benefits = _present(to, "pv_benefits", "present value of benefits", [gained, early, *gained_socially])
    npv = model.line("reduced.npv", "Reduced schedule: net present value", POUNDS, pv_benefits - pv_costs,
                     style="money", method="§ 1")  # fmt: skip
    code = to.case.settings.currency
    one = currency.one(code)
    bcr = model.line(
        "reduced.bcr", f"Reduced schedule: benefits per {one} of cost", PURE,
        choose(model["public_value.nil"] < pv_costs, pv_benefits / pv_costs, ABSENT), style="factor", method="§ 1",
        unit_said=f"{currency.symbol(code)} per {one}",
    )  # fmt: skip
    return ReducedLines(pv_costs, pv_benefits, npv, bcr)


def _factors(to: Declaring) -> dict[str, Line]:
    """The factors of costs and of benefits by the reduced schedule."""
    to.model.heading("Discounting: reduced")
    named = to.model.line("reduced.schedule", "Reduced discount schedule", TEXT, sentence(REDUCED), style="text")
    schedule = scheduled(to, "reduced.standard", "reduced", named)
    return {
        what: dated_factor(
            to, f"reduced.{what}_factor", f"Discount factor of {what}s, reduced", schedule, to[f"timeline.{what}_shift"]
        )
        for what in ("cost", "benefit")
    }


def _discounted(to: Declaring, name: str, label: str, rows: Sequence[Line], factor: Line) -> Line:
    together = add(to, f"reduced.{name}", f"Reduced schedule: {label}", rows)
    return money(to, f"reduced.discounted_{name}", f"Reduced schedule: {label}, discounted", together * factor, "§ 1")


def _social(to: Declaring, part: Part, row: Line, what: str, benefit_factor: Line) -> Line:
    """A social value: on the health schedule where it is health itself."""
    said = f"{said_of(to, part)}: {what}, reduced schedule"
    factor: Expression = to.model.line(
        f"{part.id}.reduced_{what}_factor", f"{said}, discount factor", PURE,
        choose(is_text(to[f"{part.id}.health_effect"], "yes"), to["timeline.health_benefit_factor"], benefit_factor),
        style="factor", method="§ 1",
    )  # fmt: skip
    return money(to, f"{part.id}.reduced_{what}", f"{said}, discounted", row * factor, "§ 1")


def _present(to: Declaring, name: str, label: str, rows: Sequence[Line]) -> Line:
    together = add(to, f"reduced.all_{name}", f"Reduced schedule: {label}, by year", rows)
    return to.model.line(f"reduced.{name}", f"Reduced schedule: {label}", POUNDS, sum_over_years(together),
                         style="money", method="§ 1")  # fmt: skip
