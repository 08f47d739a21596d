"""Fairness: public value with the economic values of people weighted by the incomes of groups (method § 9).

It stands beside the unweighted result, never instead of it. Fiscal, social and transfer values have no weight: a pound
of a public budget is a pound, and a social value is the same whoever it falls to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sroi.model import Outcome, currency
from sroi.model.groups import Group
from sroi.projection.cohorts import without_dust
from sroi.projection.declaring import ELASTICITY, PEOPLE, POUNDS, TOLERANCE, Declaring
from sroi.projection.streams import add, money
from sroi.projection.values import FlowLines, said_of
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
    power,
    sum_over_years,
)

SHEET = "Fairness"


@dataclass(frozen=True)
class FairnessLines:
    """Weighted public value, the weight of each group, and how many people each group has without one."""

    pv_costs: Line
    pv_benefits: Line
    npv: Line
    bcr: Line
    weights: dict[str, Line]
    without: dict[str, Line]
    """People whose income is asked for and not known, by group: any, and there is no weighted result."""


@dataclass(frozen=True)
class Weighted:
    """Public value weighted by income (method § 9), beside the unweighted. Without an income that matters, no numbers.

    `weights` is by group; a group's is `None` where its income is not stated.
    """

    pv_costs: float | None
    pv_benefits: float | None
    npv: float | None
    bcr: float | None
    weights: Mapping[str, float | None]
    reasons: Mapping[str, str] = field(default_factory=dict)


def declare(to: Declaring, flows: Sequence[FlowLines]) -> FairnessLines | None:
    """Declares weighted public value (method § 9); nothing where no reference income is stated.

    `<group>.weight`         `(reference income ÷ income) ^ 1.3`, a pure number; 0 where either is not stated
    `<outcome>.year_weight`  by year: its groups' weights by their parts of those in force; 0 where nobody is
    `<flow>.weighted_value`  by year, £ in base-year prices: `value × year_weight`
    `<group>.without`        people of the group whose income is asked for and not known
    `<view>.weighted_npv`    one number, £: public value with what weighting adds; none where an income is missing. Like
                             it `<view>.weighted_pv_costs`, `<view>.weighted_pv_benefits` and `<view>.weighted_bcr`
    """
    if to.case.settings.reference_income is None:
        return None
    model = to.model
    model.sheet(SHEET)
    model.heading("Weights by income")
    reference = to.number(to.case.settings, "reference_income", "Reference income", POUNDS, style="money")
    known = {group.id: _known(to, group, reference) for group in to.case.groups}
    weights = {group.id: _weight(to, group, reference, known[group.id]) for group in to.case.groups}
    chosen = [flow for flow in flows if is_weighted(to, flow)]
    by_outcome = {
        outcome.id: _by_outcome(to, outcome, weights)
        for outcome in to.case.outcomes
        if any(f.part.value.outcome == outcome.id for f in chosen)
    }
    gains, harms = [], []
    for flow in chosen:
        gain, harm = _added(to, flow, by_outcome[flow.part.value.outcome])
        gains.append(gain)
        harms += [harm] if harm is not None else []
    model.heading("People without a weight")
    without = {group.id: _without(to, group, chosen, known[group.id]) for group in to.case.groups}
    unknown = model.sum("public_value.weighted_without", "People without a weight", PEOPLE, list(without.values()),
                        method="§ 9")  # fmt: skip
    model.heading("Weighted public value")
    more = add(to, "public_value.weighted_added_benefits", "Weighting adds to benefits, discounted", gains, "§ 9")
    worse = add(to, "public_value.weighted_added_costs", "Weighting adds to costs, discounted", harms, "§ 9")
    costs = _pounds(to, "costs_if_known", "present value of costs, were all incomes known",
                    model["public_value.pv_costs"] + sum_over_years(worse))  # fmt: skip
    benefits = _pounds(to, "benefits_if_known", "present value of benefits, were all incomes known",
                       model["public_value.pv_benefits"] + sum_over_years(more))  # fmt: skip
    all_known = unknown <= ZERO
    pv_costs = _pounds(to, "pv_costs", "present value of costs", choose(all_known, costs, ABSENT))
    pv_benefits = _pounds(to, "pv_benefits", "present value of benefits", choose(all_known, benefits, ABSENT))
    npv = _pounds(to, "npv", "net present value", choose(all_known, benefits - costs, ABSENT))
    code = to.case.settings.currency
    one = currency.one(code)
    bcr = model.line(
        "public_value.weighted_bcr", f"Weighted by income: benefits per {one} of cost", PURE,
        choose(all_of(all_known, model["public_value.nil"] < costs), benefits / costs, ABSENT), style="factor",
        method="§ 9", unit_said=f"{currency.symbol(code)} per {one}",
    )  # fmt: skip
    return FairnessLines(pv_costs, pv_benefits, npv, bcr, weights, without)


def is_weighted(to: Declaring, flow: FlowLines) -> bool:
    """Only an economic value of a sector of people has a weight."""
    return flow.part.kind == "economic" and to.sector(flow.part.sector).ledger == "people"


def _pounds(to: Declaring, name: str, label: str, formula: Expression) -> Line:
    said = f"Weighted by income: {label}"
    return to.model.line(f"public_value.weighted_{name}", said, POUNDS, formula, style="money", method="§ 9")


def _known(to: Declaring, group: Group, reference: Line) -> Line:
    """1 where the group's income and the reference income are both above 0, else 0."""
    income = to.number(group, "income", f"{to.said(group)}: income", POUNDS, style="money")
    both = all_of(ZERO < income, ZERO < reference)
    return to.model.line(f"{group.id}.has_weight", f"{to.said(group)}: its weight is known", PURE,
                         choose(both, ONE, ZERO), style="flag", method="§ 9")  # fmt: skip


def _weight(to: Declaring, group: Group, reference: Line, known: Line) -> Line:
    """`(reference income ÷ group's income)^1.3`; nil where there is no income to divide by."""
    ratio = reference / to[f"groups.{group.id}.income"]
    return to.model.line(
        f"{group.id}.weight", f"{to.said(group)}: weight by income", PURE,
        choose(known.equals(ONE), power(ratio, to.constant(ELASTICITY)), ZERO), style="factor", method="§ 9",
    )  # fmt: skip


def _in_force(to: Declaring, outcome: Outcome, group: Group) -> Line:
    alone = len(to.case.groups_of(outcome)) == 1
    return to[f"{outcome.id}.in_force" if alone else f"{outcome.id}.in_force.{group.id}"]


def _by_outcome(to: Declaring, outcome: Outcome, weights: dict[str, Line]) -> Line:
    """The groups' weights by each group's part of `in_force`; nil in a year in which nobody is."""
    said = to.said(outcome)
    to.model.heading(said)
    parts = [
        to.model.line(
            f"{outcome.id}.weighted_people.{group.id}", f"{said}, {to.said(group)}: people in force × weight", PEOPLE,
            _in_force(to, outcome, group) * weights[group.id], method="§ 9",
        )
        for group in to.case.groups_of(outcome)
    ]  # fmt: skip
    together = to.model.sum(f"{outcome.id}.weighted_people", f"{said}: people in force × weight", PEOPLE, parts,
                            method="§ 9", yearly=True)  # fmt: skip
    people = to[f"{outcome.id}.in_force"]
    return to.model.line(
        f"{outcome.id}.year_weight", f"{said}: weight of the year", PURE,
        choose(people <= to.constant(TOLERANCE) * highest(people), ZERO, together / people), style="factor",
        method="§ 9",
    )  # fmt: skip


def _added(to: Declaring, flow: FlowLines, weight: Line) -> tuple[Line, Line | None]:
    """A value weighted, and what that adds to benefits and, where harms count as costs, to costs; discounted."""
    said, key = said_of(to, flow.part), flow.part.id
    to.model.heading(said)
    money(to, f"{key}.weighted_value", f"{said}: value, weighted", flow.value * weight, "§ 9")
    more = flow.present_gain * (weight - ONE)
    gain = money(to, f"{key}.weight_gain", f"{said}: weighting adds, discounted", more, "§ 9")
    if flow.present_harm is None:
        return gain, None
    worse = flow.present_harm * (weight - ONE)
    return gain, money(to, f"{key}.weight_harm", f"{said}: weighting adds to harm, discounted", worse, "§ 9")


def _without(to: Declaring, group: Group, chosen: Sequence[FlowLines], known: Line) -> Line:
    """People of the group in force in weighted values that count, where its weight is not known."""
    rows = []
    for flow in chosen:
        outcome = to.outcome(flow.part.value.outcome)
        if group not in to.case.groups_of(outcome):
            continue
        people = without_dust(to, _in_force(to, outcome, group))
        rows.append(to.model.line(
            f"{flow.part.id}.without.{group.id}", f"{said_of(to, flow.part)}, {to.said(group)}: without a weight",
            PEOPLE, people * to[f"{flow.part.id}.counts"] * (ONE - known), method="§ 9", yearly=True,
        ))  # fmt: skip
    together = to.model.sum(f"{group.id}.without_by_year", f"{to.said(group)}: people without a weight, by year",
                            PEOPLE, rows, method="§ 9", yearly=True)  # fmt: skip
    return to.model.line(f"{group.id}.without", f"{to.said(group)}: people without a weight", PEOPLE,
                         sum_over_years(together), method="§ 9")  # fmt: skip
