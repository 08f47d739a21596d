"""The value map: the rows of *A Guide to Social Return on Investment* (2012), from quantity to impact (§§ 4, 5).

The *year shown* of an outcome is the first in which it is in force: in later years people leave, and the effect drops
off. Across a row the numbers of that year multiply to its impact, which is the value of that year; down the rows, the
present values add to public value. Both are checks (`sroi.projection.checks`), so that the map cannot drift from the
result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sroi.model import Cost, Outcome
from sroi.projection.cohorts import without_dust
from sroi.projection.costs import is_benefit
from sroi.projection.declaring import PEOPLE, POUNDS, TOLERANCE, YEARS, Declaring
from sroi.projection.fairness import FairnessLines, is_weighted
from sroi.projection.streams import Stream
from sroi.projection.values import FlowLines, said_of
from sroi.sheet import (
    ABSENT,
    ONE,
    PURE,
    ZERO,
    Expression,
    Line,
    Unit,
    absolute,
    choose,
    first,
    largest,
    one,
    previous,
    sum_over_years,
)
from sroi.sheet.lines import Style

SHEET = "Value map workings"


@dataclass(frozen=True)
class OutcomeRow:
    """One outcome in its year shown."""

    outcome: Outcome
    year: Line
    """The calendar year that is shown; 0 where the outcome is never in force."""
    people: Line
    quantity: Line
    """Units of the outcome before any adjustment: `people × gross`."""
    kept: Line
    optimism: Line
    """The share taken off for optimism; of a harm what is added, negative."""
    regression: Line
    """The share taken off for regression to the mean; nil of a harm."""
    net: Line
    """Units of the outcome after every adjustment."""
    valued: Line | None = None
    """How many of its values count; none where the case has no value of it."""


@dataclass(frozen=True)
class ValueRow:
    """One flow of value: its numbers in the year shown, and what it comes to over all years."""

    flow: FlowLines
    times: Line
    """Units of the value per unit of the outcome; 0 while the row does not count."""
    each: Line
    impact: Line
    total: Line
    present: Line
    """In public value, where a transfer is nil."""
    weighted: Line | None
    harm: Line | None
    """Its harms, discounted, where the case counts those as costs."""


@dataclass(frozen=True)
class ValueMapLines:
    """The value map's lines: its rows, its inputs, and what both add to."""

    outcomes: Mapping[str, OutcomeRow]
    values: tuple[ValueRow, ...]
    inputs: tuple[tuple[Cost, Line], ...]
    """What each cost comes to, discounted; negative of an old service that is released."""
    released: tuple[tuple[Cost, Line], ...]
    """Old services released, where the case counts those as benefits."""
    tax: Line
    in_cash: Line
    in_kind: Line
    paid: Line
    """All inputs, in public value: costs in cash and in kind, harms that count as costs, the tax charge."""
    present: Line
    """All values: in public value."""
    apart: Line
    """How far the rows are, in the year shown, from the values of that year."""


def declare(
    to: Declaring, flows: Sequence[FlowLines], tax: Sequence[Stream], fair: FairnessLines | None
) -> ValueMapLines:
    """Declares the value map (method §§ 4 to 6), one number each unless said.

    `<outcome>.map_first`     by year: 1 in the year shown, the first in which its quantity is not nil
    `<outcome>.map_quantity`  units: `people in force × gross`, in that year
    `<outcome>.map_kept`      `(1-deadweight) × (1-attribution) × (1-displacement) × (1-leakage)`
    `<outcome>.map_net`       `map_quantity × map_kept × (1-map_optimism) × (1-map_regression)`
    `<flow>.map_impact`       £: `map_net × map_times × map_each`, the last in base-year prices with real growth
    `<flow>.map_present`      £, over all years and discounted; a transfer is nil, as in public value (§ 5)
    `value_map.present`       £: all rows together, with old services released where these are benefits (§ 12)
    `value_map.paid`          £: all inputs together, with harms that count as costs and the tax charge (§ 12)
    """
    to.model.sheet(SHEET)
    outcomes = {outcome.id: _outcome(to, outcome) for outcome in to.case.outcomes}
    made: list[ValueRow] = []
    for flow in flows:
        held = {row.flow.part.id: row for row in made}
        made.append(_value(to, flow, outcomes[flow.part.value.outcome], held, fair))
    to.model.heading("How many values of an outcome count")
    outcomes = {key: _valued(to, row, flows) for key, row in outcomes.items()}
    to.model.heading("Inputs and old services released, discounted")
    inputs = tuple((cost, _input(to, cost)) for cost in to.case.costs if not is_benefit(to, cost))
    released = tuple((cost, _released(to, cost)) for cost in to.case.costs if is_benefit(to, cost))
    charged = sum_over_years(tax[0].discounted) + sum_over_years(tax[1].discounted)
    charge = _pounds(to, "value_map.tax", "Value map: tax charge", charged, "§ 12")
    to.model.heading("The map as a whole")
    harms = [row.harm for row in made if row.harm is not None]
    in_cash, in_kind = (
        _all(to, name, f"inputs {said}", [line for cost, line in inputs if cost.treatment == treatment])
        for name, said, treatment in (("in_cash", "in cash", "cash"), ("in_kind", "in kind", "in_kind"))
    )
    return ValueMapLines(
        outcomes,
        tuple(made),
        inputs,
        released,
        charge,
        in_cash,
        in_kind,
        _all(to, "paid", "all inputs", [in_cash, in_kind, *harms, charge]),
        _all(to, "present", "all rows", [*(row.present for row in made), *(line for _, line in released)]),
        _all(to, "apart", "impact and value of the year shown, apart", [_apart(to, row.flow) for row in made]),
    )


def _valued(to: Declaring, row: OutcomeRow, flows: Sequence[FlowLines]) -> OutcomeRow:
    """The outcome with how many of its values count."""
    key = row.outcome.id
    own = [flow.part for flow in flows if flow.part.value.outcome == key and not flow.part.mirrors]
    counts = [to[f"{part.id}.counts"] for part in own]
    if not counts:
        return row
    label = f"{to.said(row.outcome)}: value map, values that count"
    return replace(row, valued=to.model.sum(f"{key}.map_valued", label, PURE, counts, style="whole", method="§ 5"))


def _pounds(to: Declaring, name: str, label: str, formula: Expression, method: str = "§ 6") -> Line:
    return to.model.line(name, label, POUNDS, formula, style="money", method=method)


def _all(to: Declaring, name: str, label: str, lines: Sequence[Line]) -> Line:
    return to.model.sum(f"value_map.{name}", f"Value map: {label}", POUNDS, lines, style="money", method="§ 6")


def _shown(to: Declaring, outcome: Outcome, name: str, label: str, row: Line, style: Style) -> Line:
    """A number in the outcome's year shown: of a row by year what it holds there, else the number itself."""
    if not row.yearly:
        return row
    unit = row.unit or PURE
    by_year = to.model.line(
        f"{name}_by_year", f"{label}, by year", unit, to[f"{outcome.id}.map_first"] * row, style=style
    )
    return to.model.line(name, label, unit, sum_over_years(by_year), style=style)


def _outcome(to: Declaring, outcome: Outcome) -> OutcomeRow:
    model, key, said = to.model, outcome.id, f"{to.said(outcome)}: value map"
    model.heading(to.said(outcome))
    quantity, nil = to[f"{key}.quantity"], to[f"{key}.count_nil"]
    now = choose(absolute(quantity) <= nil, ZERO, ONE)
    begun = model.line(f"{key}.map_begun", f"{said}, has begun", PURE, largest(previous(unit=PURE), now), style="flag")
    model.line(f"{key}.map_first", f"{said}, the year shown", PURE, begun - previous(begun), style="flag", method="§ 4")
    after = model.line(f"{key}.map_after", f"{said}, years from the year shown on", PURE, sum_over_years(begun))
    last = to["timeline.last_calendar"] + one(YEARS) - one(YEARS) * after
    year = model.line(
        f"{key}.map_year", f"{said}, calendar year shown", YEARS, choose(ZERO < after, last, ZERO), style="year"
    )
    in_force = model.line(
        f"{key}.map_in_force", f"{said}, people in force", PEOPLE, without_dust(to, to[f"{key}.in_force"]), method="§ 4"
    )
    people = _shown(to, outcome, f"{key}.map_people", f"{said}, people", in_force, "number")
    gross = _shown(to, outcome, f"{key}.map_gross", f"{said}, change per person", to[f"{key}.gross"], "number")
    unit = Unit.of(outcome.unit)
    before = model.line(f"{key}.map_quantity", f"{said}, quantity", unit, people * gross, method="§ 4")
    kept = model.line(f"{key}.map_kept", f"{said}, share kept", PURE, _kept(to, outcome), style="share", method="§ 4")
    held = model.lines.get(f"{key}.effect_optimism") or to[outcome.at("optimism")]
    bias = _shown(to, outcome, f"{key}.map_bias", f"{said}, optimism of the year shown", held, "share")
    gain = ZERO <= gross
    optimism = model.line(
        f"{key}.map_optimism", f"{said}, taken off for optimism", PURE, choose(gain, bias, -bias), style="share",
        method="§ 4",
    )  # fmt: skip
    regression = model.line(
        f"{key}.map_regression", f"{said}, taken off for regression to the mean", PURE,
        choose(gain, to[outcome.at("regression_to_mean")], ZERO), style="share", method="§ 4",
    )  # fmt: skip
    net = model.line(
        f"{key}.map_net", f"{said}, quantity after every adjustment", unit,
        before * kept * (ONE - optimism) * (ONE - regression), method="§ 4",
    )  # fmt: skip
    return OutcomeRow(outcome, year, people, before, kept, optimism, regression, net)


def _kept(to: Declaring, outcome: Outcome) -> Expression:
    deadweight, attribution, displacement, leakage = (
        ONE - to[outcome.at(name)] for name in ("deadweight", "attribution", "displacement", "leakage")
    )
    return deadweight * attribution * displacement * leakage


def _value(
    to: Declaring, flow: FlowLines, row: OutcomeRow, others: Mapping[str, ValueRow], fair: FairnessLines | None
) -> ValueRow:
    model, key, part = to.model, flow.part.id, flow.part
    model.heading(said_of(to, part))
    said = f"{said_of(to, part)}: value map"
    if part.mirrors:  # the other side of a transfer loses what the first gains
        other = others[part.mirrors]
        times, worth = other.times, other.each
        each = model.line(f"{key}.map_each", f"{said}, worth of one", worth.unit or PURE, -worth, style="money")
    else:
        stated = to[f"{key}.times"]
        times = model.line(
            f"{key}.map_times", f"{said}, units of the value per unit of the outcome, 0 unless it counts",
            stated.unit or PURE, stated * to[f"{key}.counts"], method="§ 5",
        )  # fmt: skip
        each = _worth_of_one(to, row, key, f"{said}, worth of one")
    impact = _pounds(to, f"{key}.map_impact", f"{said}, impact in the year shown", row.net * times * each, "§ 5")
    total = _pounds(to, f"{key}.map_total", f"{said}, all years", sum_over_years(flow.gain), "§ 5")
    counted = ZERO if part.kind == "transfer" else sum_over_years(flow.present_gain)
    present = _pounds(to, f"{key}.map_present", f"{said}, present value in public value", counted)
    harm = None
    if flow.present_harm is not None and part.kind != "transfer":
        label = f"{said}, present value of harms that count as costs"
        harm = _pounds(to, f"{key}.map_harm", label, sum_over_years(flow.present_harm), "§ 12")
    weighted = None if fair is None else _weighted(to, flow, said, present)
    return ValueRow(flow, times, each, impact, total, present, weighted, harm)


def _worth_of_one(to: Declaring, row: OutcomeRow, key: str, label: str) -> Line:
    """What one unit is worth in the year shown; in the first year where the outcome is never in force."""
    each = to[f"{key}.value_each"]
    unit = each.unit or PURE
    first_year = to[f"{row.outcome.id}.map_first"]
    by_year = to.model.line(f"{key}.map_each_by_year", f"{label}, by year", unit, first_year * each, style="money")
    shown = choose(ZERO < row.year, sum_over_years(by_year), first(each))
    return to.model.line(f"{key}.map_each", label, unit, shown, style="money", method="§ 5")


def _weighted(to: Declaring, flow: FlowLines, said: str, present: Line) -> Line:
    """The present value with what weighting adds; none where an income is missing (method § 9)."""
    more = sum_over_years(to[f"{flow.part.id}.weight_gain"]) if is_weighted(to, flow) else ZERO
    known = to["public_value.weighted_without"] <= ZERO
    label = f"{said}, present value weighted by income"
    return _pounds(to, f"{flow.part.id}.map_weighted", label, choose(known, present + more, ABSENT), "§ 9")


def _apart(to: Declaring, flow: FlowLines) -> Line:
    """How far the impact, multiplied across the row, is from the value that the result has in that year."""
    key, said = flow.part.id, f"{said_of(to, flow.part)}: value map"
    value = _shown(
        to, to.outcome(flow.part.value.outcome), f"{key}.map_value", f"{said}, value of the year shown", flow.value,
        "money",
    )  # fmt: skip
    impact = to[f"{key}.map_impact"]
    apart = absolute(impact - value)
    # the two are multiplied in another order: what rounding leaves is nil, as a spreadsheet may take it to be
    alike = apart <= to.constant(TOLERANCE) * largest(absolute(impact), absolute(value))
    return _pounds(to, f"{key}.map_apart", f"{said}, apart", choose(alike, ZERO, apart), "§ 5")


def _input(to: Declaring, cost: Cost) -> Line:
    label = f"{to.said(cost)}: value map, present value of the input"
    return _pounds(to, f"{cost.id}.map_input", label, sum_over_years(to[f"{cost.id}.present_cost"]))


def _released(to: Declaring, cost: Cost) -> Line:
    label = f"{to.said(cost)}: value map, present value released"
    return _pounds(to, f"{cost.id}.map_released", label, -sum_over_years(to[f"{cost.id}.present_cost"]), "§ 12")
