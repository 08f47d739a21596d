"""Rules that need more than one row: each a small function from the tables to the faults it finds.

==============  ======================================================================
`references`    ids are unique; sectors, groups, outcomes, grades and profiles' refs exist
`time`          years inside the horizon; old services; what a basis needs
`money`         what a value needs; kinds and ledgers; cash; overlap; unit values and their sectors
`transfers`     both sides of what moves from one pocket to another, in every draw
`earnings`      net or gross of tax, never both
`pools`         rows that release cash together
`prices`        price years in the index; discount schedules
`currencies`    one currency for all; what other currencies than GBP cannot have
`ranges`        refs, order, bounds, shapes and their parameters
`correlations`  of two numbers that have ranges, and short of 1
`changes`       options and scenarios: what may change, once, and to what
`evidence`      numbers that are there, graded, and claimed in an order that can be told
`actuals`       what came in: of which numbers, in which years, and to what
==============  ======================================================================

A problem's `place` is the *ref* of what is wrong (`costs.hub.payer`); `located` turns refs into places in the
file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import chain

from sroi.errors import Problem
from sroi.model.rules import (
    actuals,
    changes,
    correlations,
    currencies,
    earnings,
    evidence,
    money,
    pools,
    prices,
    ranges,
    references,
    time,
    transfers,
)
from sroi.model.tables import Tables

Rule = Callable[[Tables], list[Problem]]

RULES: Mapping[str, Rule] = {
    f"{module.__name__.rsplit('.', 1)[1]}.{name}": rule
    for module in (
        *(references, time, money, transfers, earnings, pools, prices, currencies, ranges, changes),
        *(correlations, evidence, actuals),
    )
    for name, rule in module.RULES.items()
}
"""Every rule by its name."""


def check(tables: Tables) -> list[Problem]:
    """Every fault that the rules find, each placed at its ref."""
    return list(chain.from_iterable(rule(tables) for rule in RULES.values()))


def place_of(ref: str, places: Mapping[str, str]) -> str:
    """The place of a ref: its own, else its row's, else its table's, else the ref itself."""
    at = ref
    while at:
        if at in places:
            return places[at]
        at = at.rpartition(".")[0]
    return ref


def located(problems: Iterable[Problem], places: Mapping[str, str]) -> tuple[Problem, ...]:
    """The problems with places for refs, in the order of the file; those without a known place come last."""
    order = {ref: number for number, ref in enumerate(places)}

    def position(problem: Problem) -> int:
        at = problem.place
        while at:
            if at in order:
                return order[at]
            at = at.rpartition(".")[0]
        return len(order)

    ordered = sorted(dict.fromkeys(problems), key=position)
    return tuple(replace(problem, place=place_of(problem.place, places)) for problem in ordered)
