"""``project(case, library)``: the whole projection of a case, as a plain dict of numbers and yearly lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .budgets import budgets, freed, old_released, payers, reduced, split
from .evidence import shares
from .fairness import weighted
from .flows import (
    OutcomeLines,
    Pool,
    Prices,
    cost_in,
    engaged,
    long_years,
    outcome_lines,
    pools,
    referred,
    released,
    served,
    value_of,
    worth,
)
from .library import Library, load_library, with_case_rows
from .measures import NIL, present_value
from .reading import read_case
from .records import Case
from .views import (
    CashLine,
    CostLine,
    Flows,
    Sides,
    ValueLine,
    budget,
    cashable,
    factors_of,
    measures,
    mvpf,
    of_sectors,
    outturn,
    public_value,
    side_payments,
    with_parts,
)

Lines = tuple[Flows, dict[str, OutcomeLines], dict[str, Pool]]


def all_lines(case: Case, library: Library, years: int) -> Lines:
    """Every flow over ``years`` years: the horizon's, and perhaps some after it."""
    price = Prices(case, library)
    outcomes = {outcome.id: outcome_lines(outcome, case, years) for outcome in case.outcomes}
    found = pools(case, outcomes, price, years)
    cost_factors, benefit_factors, health_factors = factors_of(case, library, years)
    flows = Flows(
        case=case,
        library=library,
        costs=[CostLine(cost, [cost_in(cost, case, price, t) for t in range(years)]) for cost in case.costs],
        values=[
            ValueLine(
                value,
                [value_of(value, outcomes[value.outcome].quantity[t], price, t) for t in range(years)],
            )
            for value in case.values
        ],
        cash=[CashLine(pool.rows[0].sector, pool.cash) for pool in found.values()],
        cost_factors=cost_factors,
        benefit_factors=benefit_factors,
        health_factors=health_factors,
    )
    return flows, outcomes, found


def failure(case: Case, outcomes: dict[str, OutcomeLines], library: Library) -> dict[str, list[float]]:
    """§ 4, last bullet: what failure costs today, by sector and year.

    CHOICE: every value row that counts, of every kind; an outcome without a baseline fails at no known rate:
    nil.
    """
    price = Prices(case, library)
    years = case.settings.years
    by_sector = {sector.id: [0.0] * years for sector in case.sectors}
    for value in case.values:
        for t in range(years):
            by_sector[value.sector][t] += value_of(value, outcomes[value.outcome].failing[t], price, t)
    return by_sector


def failure_sums(case: Case, outcomes: dict[str, OutcomeLines], flows: Flows, library: Library) -> dict[str, Any]:
    """§ 4, last bullet, as sums: what failure costs each sector, discounted and in the first full year.

    CHOICE: discounted as the same values are (§ 1): at the timing of benefits, health effects at their own rates.
    CHOICE: the first full year is the first by which every outcome with a baseline and a value, that ever fails within
    the horizon, has failed at least once; the first year of the case where none ever does.
    """
    price = Prices(case, library)
    years = case.settings.years
    valued = {value.outcome for value in case.values}
    starts = []
    for outcome in case.outcomes:
        fails = [t for t in range(years) if outcomes[outcome.id].failing[t] > 0]
        if outcome.id in valued and fails:
            starts.append(fails[0])
    full = max(starts, default=0)
    pv = {sector.id: 0.0 for sector in case.sectors}
    in_full_year = dict(pv)
    for value in case.values:
        factors = flows.health_factors if value.health_effect else flows.benefit_factors
        costs = [value_of(value, outcomes[value.outcome].failing[t], price, t) for t in range(years)]
        pv[value.sector] += sum(cost * factor for cost, factor in zip(costs, factors, strict=False))
        in_full_year[value.sector] += costs[full]
    return {"full_year": case.settings.first_year + full, "pv": pv, "in_full_year": in_full_year}


def view_sides(flows: Flows) -> dict[str, Sides]:
    """§ 6: every view's costs and benefits."""
    sides = {
        "public_value": public_value(flows),
        "budget": budget(flows, flows.public()),
        "cashable": cashable(flows, flows.public()),
    }
    for sector in flows.case.sectors:
        sides[sector.id] = of_sectors(flows, with_parts(flows.case, sector.id))
    return sides


def project(case: Mapping[str, Any], library: Library | None = None, *, actuals: bool = False) -> dict[str, Any]:
    """The central case of ``case``, tables as in format.md; with ``actuals`` re-run with the past as it was (§ 7). See
    the module for the result's keys."""
    if not actuals:
        case = {**case, "actuals": []}
    library = with_case_rows(library or load_library(), case)
    read = read_case(case, library)
    settings = read.settings
    years = settings.years
    beyond: dict[str, dict[str, float]] | None
    try:
        flows, outcomes, found = all_lines(read, library, long_years(read))
        beyond = {
            name: {
                "benefits": present_value(benefits, years, long_years(read)),
                "costs": present_value(costs, years, long_years(read)),
            }
            for name, (costs, benefits) in view_sides(flows).items()
        }
    except ValueError:
        # CHOICE: where the index or the schedule stops before the last person leaves, what lies beyond the
        # horizon is null; within the horizon the same fault is an error, raised here.
        flows, outcomes, found = all_lines(read, library, years)
        beyond = None

    views = {name: measures(sides, flows) for name, sides in view_sides(flows).items()}
    views["public_value"]["mvpf"] = mvpf(flows)
    for name in ("costs", "benefits"):
        views["budget"][f"outturn_{name}"] = outturn(views["budget"][name], flows)
    views["budget"]["outturn_cash"] = outturn(views["cashable"]["benefits"], flows)

    def pv(amounts: list[float], factors: list[float]) -> float:
        return sum((amounts[t] * factors[t] for t in range(years)), 0.0)

    values: dict[str, dict[str, Any]] = {}
    outcome_pv = {outcome.id: 0.0 for outcome in read.outcomes}
    for line in flows.values:
        value = line.value
        factors = flows.health_factors if value.health_effect else flows.benefit_factors
        # CHOICE: a pool's cash is shown whole in its first row; "pools" shows it by name.
        cash = [0.0] * years
        for pool in found.values():
            if pool.rows[0].id == value.id:
                cash = pool.cash[:years]
        values[value.id] = {
            "value": line.amounts[:years],
            "cash": cash,
            "pv": pv(line.amounts, factors),
            "pv_cash": pv(cash, flows.benefit_factors),
        }
        # CHOICE: an outcome's PV is that of its values in `public_value`: transfers are out.
        if value.kind != "transfer":
            outcome_pv[value.outcome] += pv(line.amounts, factors)

    sectors = {}
    for sector in read.sectors:
        members = with_parts(read, sector.id)
        view = views[sector.id]
        # Public sectors only: nobody else has cash to release (§ 5).
        _, released_cash = cashable(flows, members & flows.public())
        sectors[sector.id] = {
            "pv_costs": view["pv_costs"],
            "pv_benefits": view["pv_benefits"],
            "pv_cashable": present_value(released_cash, 0, years),
            "net": view["npv"],
        }

    pv_costs = views["public_value"]["pv_costs"]
    return {
        "people": {
            group.id: {
                "referrals": [referred(group, t) for t in range(years)],
                "engaged": [engaged(group, t) for t in range(years)],
                "served": [served(group, t) for t in range(years)],
            }
            for group in read.groups
        },
        "costs": {
            line.cost.id: {
                "cost": line.amounts[:years],
                "pv": pv(line.amounts, flows.cost_factors),
                **({"released": [released(line.cost, t) for t in range(years)]} if line.cost.old_service else {}),
            }
            for line in flows.costs
        },
        "outcomes": {
            name: {
                "gross": lines.gross[:years],
                "net": lines.net[:years],
                "corrected": lines.corrected[:years],
                "entering": lines.entering[:years],
                "in_force": lines.in_force[:years],
                "quantity": lines.quantity[:years],
                "pv": outcome_pv[name],
                "cost_per_outcome": (
                    pv_costs / sum(lines.quantity[:years])
                    if sum(lines.quantity[:years]) > NIL * max(abs(number) for number in lines.quantity[:years])
                    else None
                ),
            }
            for name, lines in outcomes.items()
        },
        "values": values,
        "evidence": shares(
            case,
            {line.cost.id: pv(line.amounts, flows.cost_factors) for line in flows.costs},
            [(line.value.outcome, line.value.kind, values[line.value.id]["pv"]) for line in flows.values],
        ),
        "pools": {
            name: {
                "freed": pool.freed[:years],
                "held": pool.held[:years],
                "amount": [worth(pool.rows[0], Prices(read, library), t) for t in range(years)],
                "cash": pool.cash[:years],
            }
            for name, pool in found.items()
        },
        "factors": {
            "cost": flows.cost_factors[:years],
            "benefit": flows.benefit_factors[:years],
            "health": flows.health_factors[:years],
        },
        "views": views,
        "sectors": sectors,
        "side_payments": {
            "budget": side_payments(flows, cash=False),
            "cashable": side_payments(flows, cash=True),
        },
        "budgets": budgets(flows),
        "split": split(flows),
        "old_released": old_released(flows),
        "outturn": outturn([1.0] * years, flows),
        "freed": freed(flows),
        "payers": payers(flows),
        "reduced": reduced(flows),
        "weighted": weighted(flows),
        "failure": failure(read, outcomes, library),
        "failure_sums": failure_sums(read, outcomes, flows, library),
        "beyond_horizon": beyond,
    }
