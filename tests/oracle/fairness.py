"""Section 9: public value with economic values of people weighted by the income of the group they fall to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .flows import in_force
from .measures import nil_of, present_value
from .records import Case, Value
from .views import Flows, public_value

ELASTICITY = 1.3  # § 9: (reference income ÷ group's income)^1.3


def is_weighted(value: Value, case: Case) -> bool:
    """§ 9: an economic value of a ``people`` sector."""
    return value.kind == "economic" and any(s.id == value.sector and s.ledger == "people" for s in case.sectors)


def weight_in(value: Value, case: Case, t: int) -> float:
    """§ 9: the groups' weights by each group's part of ``in_force``; 0 where nobody is in force. KeyError without one.

    CHOICE: a group without an income makes the result null only where somebody of it is in force, in an outcome and a
    value that count.
    """
    outcome = next(o for o in case.outcomes if o.id == value.outcome)
    if not outcome.counts or not value.counts:
        return 0.0
    parts = {g.id: in_force(outcome, g, t, outcome.drop_off) for g in case.groups if g.id in outcome.groups}
    everyone = sum(parts.values(), 0.0)
    if everyone == 0:
        return 0.0
    weighted = 0.0
    reference = case.settings.reference_income
    assert reference is not None
    for group in case.groups:
        if parts.get(group.id, 0.0) == 0:
            continue
        if group.income is None:
            raise KeyError(group.id)
        weighted += (reference / group.income) ** ELASTICITY * parts[group.id]
    return weighted / everyone


def weighted(flows: Flows) -> dict[str, Any] | None:
    """§ 9: None without a reference income; without numbers where an income that matters is missing.

    CHOICE: what counts as nil is what counts as nil in public value unweighted.
    """
    case, years = flows.case, flows.case.settings.years
    reference = case.settings.reference_income
    if reference is None:
        return None
    weights = {g.id: None if g.income is None else (reference / g.income) ** ELASTICITY for g in case.groups}
    try:
        lines = [
            replace(line, amounts=[weight_in(line.value, case, t) * line.amounts[t] for t in range(years)])
            if is_weighted(line.value, case)
            else line
            for line in flows.values
        ]
    except KeyError:
        return {"weights": weights, "pv_costs": None, "pv_benefits": None, "npv": None, "bcr": None}
    costs, benefits = public_value(replace(flows, values=lines))
    plain_costs, plain_benefits = public_value(flows)
    nil = nil_of([*plain_costs, *plain_benefits], years)
    pv_costs, pv_benefits = present_value(costs, 0, years), present_value(benefits, 0, years)
    return {
        "weights": weights,
        "pv_costs": pv_costs,
        "pv_benefits": pv_benefits,
        "npv": pv_benefits - pv_costs,
        "bcr": pv_benefits / pv_costs if pv_costs > nil else None,
    }
