"""The Innovation case: what weak evidence takes: the sums that optimism adds to costs and takes off outcomes (§§ 3, 4).

Optimism is a row's own or that of its grade. Both sums are differences from the same case with none, present values:
of a cost `volume × each × optimism`, of an old service the release that is not counted, of an outcome the change per
person that the correction takes, through its own quantity, values and factors.
"""

from __future__ import annotations

from sroi.model import Cost, Outcome
from sroi.model.currency import before
from sroi.projection import Declared
from sroi.projection.cohorts import without_dust
from sroi.projection.declaring import PEOPLE, POUNDS, Declaring
from sroi.projection.values import flows, said_of
from sroi.reports.grid import Cell, Live
from sroi.sheet import (
    ONE,
    TEXT,
    ZERO,
    Expression,
    Line,
    Model,
    Unit,
    absolute,
    choose,
    choose_text,
    sentence,
    sum_over_years,
)


def declare(declared: Declared, model: Model) -> tuple[tuple[Cell, ...], ...]:
    """Declares both sums, and says them in a row."""
    to, case = declared.names, declared.case
    model.heading("What optimism adds to costs and takes off outcomes")
    added = [_added(to, model, cost) for cost in case.costs]
    taken = [line for outcome in case.outcomes for line in _taken(to, model, outcome)]
    sums = [
        model.line(f"innovation.{name}", label, POUNDS, sum_over_years(
            model.sum(f"innovation.{name}_by_year", f"{label}, by year", POUNDS, lines, style="money", total=True,
                      yearly=True)
        ), style="money")
        for name, label, lines in (
            ("optimism_added", "Optimism: added to costs, present value", added),
            ("optimism_taken", "Optimism: taken off outcomes, present value", taken),
        )
    ]  # fmt: skip
    sign = before(case.settings.currency)
    size = model.line("innovation.optimism_size", "Optimism: size of what it takes off outcomes", POUNDS,
                      absolute(sums[1]), style="money")  # fmt: skip
    dearer = _text(model, "costs", "added to costs", sentence(f"Optimism makes costs {sign}", (sums[0], "#,##0"),
                                                              f" dearer and outcomes {sign}"))  # fmt: skip
    # harms priced as such, by a negative amount, shrink too: then what is left is worth more
    way = _text(model, "way", "which way", choose_text(sums[1] < ZERO, " more valuable", " less valuable"))
    words = _text(
        model, "said", "what it takes", sentence((dearer, "@"), (size, "#,##0"), (way, "@"), ", present values.")
    )
    return (("In this case", Live(words, "text", in_place=True), *(Live(line, "money", "result") for line in sums)),)


def _text(model: Model, name: str, label: str, formula: Expression) -> Line:
    return model.line(f"innovation.optimism_{name}", f"Optimism: {label}, in words", TEXT, formula, style="text")


def _in_use(to: Declaring, row: Cost | Outcome) -> Line:
    """The optimism that counts: as stated or by grade, or none in years in which it came in (§ 7)."""
    known = f"{row.id}.{'cost' if isinstance(row, Cost) else 'effect'}_optimism"
    return to[known if known in to.model.lines else row.at("optimism")]


def _added(to: Declaring, model: Model, cost: Cost) -> Line:
    """What optimism adds to a cost, or keeps of a release from being counted, by year and discounted."""
    key, each = cost.id, to[f"{cost.id}.cost_each"]
    counted = each * to[f"costs.{key}.counts"] * _in_use(to, cost) * to["timeline.cost_factor"]
    formula = to[f"{key}.released"] * to[f"{key}.runs"] * counted if cost.old_service else to[f"{key}.volume"] * counted
    label = f"{to.said(cost)}: added for optimism, discounted"
    return model.line(f"innovation.{key}.added", label, POUNDS, formula, style="money", total=True)


def _taken(to: Declaring, model: Model, outcome: Outcome) -> list[Line]:
    """What optimism takes off the values of an outcome that count in public value, by year and discounted."""
    own = [f for f in flows(to) if f.value.outcome == outcome.id and f.kind != "transfer" and not f.mirrors]
    if not own:
        return []
    key, said, unit = outcome.id, to.said(outcome), Unit.of(outcome.unit)
    gross, net, bias = to[f"{key}.gross"], to[f"{key}.net"], _in_use(to, outcome)
    regressed = ONE - to[outcome.at("regression_to_mean")]
    people = to[f"{key}.in_force"]
    each = model.line(f"innovation.{key}.taken_each", f"{said}: what optimism takes per person", unit / PEOPLE,
                      choose(ZERO <= gross, net * regressed * bias, -net * bias))  # fmt: skip
    units = model.line(f"innovation.{key}.taken_units", f"{said}: units that optimism takes", unit,
                       without_dust(to, people) * each, total=True)  # fmt: skip
    found = []
    for flow in own:
        times, counts, worth_each = (to[f"{flow.id}.{name}"] for name in ("times", "counts", "value_each"))
        factor = f"{flow.id}.factor"
        discounted = to[factor] if factor in to.model.lines else to["timeline.benefit_factor"]
        label = f"{said_of(to, flow)}: taken for optimism, discounted"
        worth = units * times * counts * worth_each * discounted
        found.append(model.line(f"innovation.{flow.id}.taken", label, POUNDS, worth, style="money", total=True))
    return found
