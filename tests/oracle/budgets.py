"""Section 6: who pays and who saves, capital and one-off costs, what a payer must fund, and the year it stops.

Every sector here stands for its own flows alone, without its parts', so that each flow is met once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .measures import NIL, Flow, by_date, dates_of, nil_of, payback, present_value
from .money import OFFSET
from .views import Flows, budget, cashable, factors_of, outturn, public_value, yearly

REDUCED = "green-book-2026-reduced"
LONG_HORIZON = 50  # § 1: the reduced schedule is a sensitivity for horizons beyond 50 years


def budgets(flows: Flows) -> dict[str, dict[str, list[float]]]:
    """§ 6: per public sector and year, what it pays, saves and releases in cash, and what it saves less it pays."""
    years = flows.case.settings.years
    found = {}
    for sector in flows.case.sectors:
        if sector.ledger != "public":
            continue
        costs, benefits = budget(flows, {sector.id})
        _, released = cashable(flows, {sector.id})
        pays, saves = yearly(costs, years), yearly(benefits, years)
        found[sector.id] = {
            "pays": pays,
            "saves": saves,
            "cash_released": yearly(released, years),
            "net": [saves[t] - pays[t] for t in range(years)],
        }
    return found


def cash_paid(flows: Flows, payers: set[str], **only: bool) -> list[float]:
    """Real cash costs by year of the horizon: cost rows only, no harms counted as costs.

    Old services released lower them, or are not among them where they count as benefits. ``only`` asks for
    rows with ``capital``, ``one_off`` or ``old_service`` as given.
    """
    years = flows.case.settings.years
    paid = [0.0] * years
    for line in flows.costs:
        cost = line.cost
        if cost.payer not in payers or cost.in_kind:
            continue
        if cost.old_service and flows.case.settings.released_costs == "benefits":
            continue
        if only.get("capital", cost.capital) != cost.capital:
            continue
        if only.get("old_service", cost.old_service) != cost.old_service:
            continue
        if only.get("one_off", cost.basis == "one_off") != (cost.basis == "one_off"):
            continue
        for t in range(years):
            paid[t] += line.amounts[t]
    return paid


def split(flows: Flows) -> dict[str, list[float]]:
    """§ 6: revenue and capital, one-off and recurring: the cash costs of all public sectors, real, by year."""
    public = flows.public()
    return {
        "capital": cash_paid(flows, public, capital=True),
        "revenue": cash_paid(flows, public, capital=False),
        "one_off": cash_paid(flows, public, one_off=True),
        "recurring": cash_paid(flows, public, one_off=False),
    }


def old_released(flows: Flows) -> list[float]:
    """§ 3: what public sectors no longer pay in cash for old services, by year, where that lowers the costs."""
    return [-paid for paid in cash_paid(flows, flows.public(), old_service=True)]


def freed(flows: Flows) -> dict[str, dict[str, float]]:
    """§§ 5, 6: per public sector the present value of what it pays and saves, of the cash released, and of the rest,
    which is capacity freed."""
    years = flows.case.settings.years
    found = {}
    for sector in flows.public():
        costs, benefits = budget(flows, {sector})
        _, released = cashable(flows, {sector})
        saves, cash = present_value(benefits, 0, years), present_value(released, 0, years)
        found[sector] = {"pays": present_value(costs, 0, years), "saves": saves, "cash": cash, "freed": saves - cash}
    return found


def paid_back(costs: list[Flow], benefits: list[Flow], flows: Flows) -> float | None:
    """§ 6: undiscounted payback of these sides."""
    settings = flows.case.settings
    years = settings.years
    dates = dates_of(OFFSET[settings.cost_timing], OFFSET[settings.benefit_timing], years)
    paid = by_date(costs, dates, years, False)
    back = by_date(benefits, dates, years, False)
    nets = [home - out for out, home in zip(paid, back, strict=True)]
    return payback(dates, paid, nets, nil_of([*costs, *benefits], years))


def peak(costs: list[Flow], benefits: list[Flow], flows: Flows) -> float:
    """§ 6: the most by which what was paid is ever ahead of what came back, over the dates of the horizon."""
    settings = flows.case.settings
    dates = dates_of(OFFSET[settings.cost_timing], OFFSET[settings.benefit_timing], settings.years)
    paid = by_date(costs, dates, settings.years, False)
    back = by_date(benefits, dates, settings.years, False)
    most = running = 0.0
    for out, home in zip(paid, back, strict=True):
        running += out - home
        most = max(most, running)
    return most


def in_outturn(side: list[Flow], flows: Flows) -> list[Flow] | None:
    """A side's flows, each year's amount in the prices of that year; None where the index does not reach."""
    nominal = []
    for flow in side:
        amounts = outturn(flow.amounts[: flows.case.settings.years], flows)
        if amounts is None:
            return None
        nominal.append(replace(flow, amounts=amounts))
    return nominal


def last_payment(paid: list[float]) -> int | None:
    """§ 6: the last year in which anything above nil is paid; None if never."""
    nil = NIL * max(abs(amount) for amount in paid)
    pays = [t for t, amount in enumerate(paid) if amount > nil]
    return pays[-1] if pays else None


def payers(flows: Flows) -> dict[str, dict[str, Any]]:
    """§ 6: per payer the peak of cumulative funding, and what happens in the year after its last payment.

    CHOICE: a payer is a sector that a row names, whether or not that row counts (an option may switch it on).
    CHOICE: its payments are those for new services: an old service released beside them is not a payment less. Whose
    cost rises is asked of the cash cost net of releases, which is what a budget bears.
    """
    years = flows.case.settings.years
    named = {line.cost.payer for line in flows.costs if not line.cost.in_kind and not line.cost.old_service}
    paid = {sector.id: cash_paid(flows, {sector.id}) for sector in flows.case.sectors}
    found: dict[str, dict[str, Any]] = {}
    for sector in flows.case.sectors:
        if sector.id not in named:
            continue
        costs, benefits = cashable(flows, {sector.id})
        nominal_costs, nominal_benefits = in_outturn(costs, flows), in_outturn(benefits, flows)
        last = last_payment(cash_paid(flows, {sector.id}, old_service=False))
        cost_changes: dict[str, float] = {}
        net: dict[str, float] = {}
        if last is not None and last + 1 < years:
            after = last + 1
            cost_changes = {name: amounts[after] - amounts[after - 1] for name, amounts in paid.items()}
            net = {name: rows["net"][after] for name, rows in budgets(flows).items()}
        found[sector.id] = {
            # CHOICE: of its own flows alone, as its budget is; only a public sector's values are money to its budget.
            "payback_years": (paid_back(*budget(flows, {sector.id}), flows) if sector.id in flows.public() else None),
            "cash_payback_years": paid_back(costs, benefits, flows),
            "peak_funding": peak(costs, benefits, flows),
            "peak_funding_outturn": (
                None
                if nominal_costs is None or nominal_benefits is None
                else peak(nominal_costs, nominal_benefits, flows)
            ),
            "last_payment": last,
            "cost_changes": cost_changes,
            "net": net,
        }
    return found


def reduced(flows: Flows) -> dict[str, float | None] | None:
    """§ 1: public value on the reduced schedule, for horizons beyond 50 years; else None.

    CHOICE: it stands in for whatever ``discount`` the case has, a flat rate too; health effects keep theirs.
    """
    case = flows.case
    years = case.settings.years
    if years <= LONG_HORIZON:
        return None
    other = replace(case, settings=replace(case.settings, discount=REDUCED))
    cost_factors, benefit_factors, health_factors = factors_of(other, flows.library, len(flows.cost_factors))
    costs, benefits = public_value(
        replace(
            flows,
            cost_factors=cost_factors,
            benefit_factors=benefit_factors,
            health_factors=health_factors,
        )
    )
    pv_costs, pv_benefits = present_value(costs, 0, years), present_value(benefits, 0, years)
    return {
        "pv_costs": pv_costs,
        "pv_benefits": pv_benefits,
        "npv": pv_benefits - pv_costs,
        "bcr": pv_benefits / pv_costs if pv_costs > nil_of([*costs, *benefits], years) else None,
    }
