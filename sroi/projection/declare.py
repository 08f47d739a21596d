"""The whole calculation of one case, declared: every room's lines in order (architecture, *The kernel*)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sroi.model import Case, currency, resolve
from sroi.projection import (
    actuals,
    basis,
    beyond,
    budgets,
    capacity,
    checks,
    costs,
    failure,
    fairness,
    outcomes,
    payers,
    people,
    reduced,
    sectors,
    side_payments,
    timeline,
    value_map,
    values,
    views,
)
from sroi.projection.actuals import ActualLines
from sroi.projection.beyond import Beyond
from sroi.projection.budgets import BudgetLines
from sroi.projection.capacity import CapacityLines
from sroi.projection.checks import CheckLines
from sroi.projection.declaring import POUNDS, QUOTED, Declaring
from sroi.projection.fairness import FairnessLines
from sroi.projection.measures import ViewLines
from sroi.projection.payers import PayerLines
from sroi.projection.reduced import ReducedLines
from sroi.projection.sectors import SectorLines
from sroi.projection.side_payments import SidePaymentLines
from sroi.projection.streams import Stream
from sroi.projection.value_map import ValueMapLines
from sroi.projection.values import FlowLines
from sroi.sheet import Line, Model


@dataclass(frozen=True)
class Flows:
    """A case's calculation from the calendar to the views: its lines, and which are the totals of sectors and views."""

    case: Case
    model: Model
    names: Declaring
    sectors: tuple[SectorLines, ...]
    views: tuple[ViewLines, ...]
    tax: tuple[Stream, ...]
    """The tax charge: on what public sectors pay, and on what they save."""


@dataclass(frozen=True)
class Declared(Flows):
    """The whole calculation: the flows, and what is shown beside them."""

    checks: tuple[CheckLines, ...]
    master: Line
    budgets: tuple[BudgetLines, ...]
    capacity: tuple[CapacityLines, tuple[CapacityLines, ...]]
    """Cash, and capacity freed: of all public budgets, then of each."""
    side_payments: tuple[SidePaymentLines, ...]
    payers: tuple[PayerLines, ...]
    failure: Mapping[str, Line]
    """What failure costs each sector, by year."""
    reduced: ReducedLines | None
    """Public value on the reduced schedule, where the case runs beyond 50 years."""
    weighted: FairnessLines | None
    """Public value weighted by income, where the case states a reference income."""
    actuals: tuple[ActualLines, ...]
    """What came in, beside its forecast."""
    value_map: ValueMapLines
    """The value map of the SROI Guide."""


def declare(case: Case) -> Declared:
    """Declares every line of the case, room by room; nothing is computed yet.

    The structure depends only on structural fields (workbook, *What is live*): two cases that differ in live inputs
    alone have the same lines. Raises `KernelError` where a room declares a line wrongly, which is a bug of ours.

    >>> from sroi.reading import read
    >>> from sroi.sheet import evaluate, words
    >>> declared = declare(read("meals"))
    >>> words(declared.model["budget.npv"])
    'Public budgets (financial case): net present value = Public budgets (financial case): present value of benefits \
− Public budgets (financial case): present value of costs'
    >>> round(evaluate(declared.model).number("public_value.npv"), 2)
    39366.93
    """
    to = _begun(case)
    made, flows = _flows(to)
    sectors, views, tax = flows.sectors, flows.views, flows.tax
    basis.declare(to)
    own = budgets.declare(to, sectors)
    between = side_payments.declare(to, sectors)
    freed = capacity.declare(to, own)
    paying = payers.declare(to, sectors, own)
    failing = failure.declare(to)
    long = reduced.declare(to, made, sectors, tax)
    fair = fairness.declare(to, made)
    came_in = actuals.declare(to)
    mapped = value_map.declare(to, made, tax, fair)
    found, master = checks.declare(to, made, sectors, views, tax, between, own, mapped)
    beside = (own, freed, between, paying, failing, long, fair, came_in, mapped)
    return Declared(case, to.model, to, sectors, views, tax, found, master, *beside)


def declare_flows(case: Case) -> Flows:
    """Declares the lines from the calendar to the views alone: all that a simulation reads, in two thirds of the time.

    >>> from sroi.reading import read
    >>> "public_value.npv" in declare_flows(read("meals")).model.lines
    True
    """
    return _flows(_begun(case))[1]


def _begun(case: Case) -> Declaring:
    """An empty model of the case, its units named in its currency."""
    to = Declaring.of(case)
    if case.settings.currency != currency.STERLING:
        sign = currency.symbol(case.settings.currency)
        to.model.named = {name: name.replace("£", sign) for unit in (POUNDS, QUOTED) for name, _ in unit.powers}
    return to


def _flows(to: Declaring) -> tuple[tuple[FlowLines, ...], Flows]:
    """From the calendar to the views; and the values, row by row."""
    timeline.declare(to)
    people.declare(to)
    costs.declare(to)
    outcomes.declare(to)
    made = values.declare(to)
    gathered = sectors.declare(to, made)
    return made, Flows(to.case, to.model, to, gathered, *views.declare(to, gathered))


def beyond_horizon(case: Case) -> Mapping[str, Beyond]:
    """What lies beyond the horizon, by view: the lines again, over a longer model (method § 4)."""
    years = resolve.years_beyond(case.groups, case.outcomes)
    reason = beyond.why_not(case, years)
    if reason or not years:
        return beyond.same(Beyond(None, None, reason) if reason else Beyond(0.0, 0.0))
    to = Declaring.of(case, years)
    _flows(to)
    return beyond.read(to)
