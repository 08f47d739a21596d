"""What each payer must fund, when it has that back, and the year after its last payment (method § 6).

Peak funding is the most by which the cash a sector has paid is ever ahead of the cash released to it, on the dates at
which both fall: in base-year and in outturn prices. Payback is that of the same cash, and of a public budget also that
of all it saves; of its own flows alone, as its budget is. The year after the last payment for a new service asks whose
cash cost rises, and what each public sector's net is then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sroi.projection.budgets import OUTTURN_LINE, BudgetLines, in_outturn
from sroi.projection.dates import Dated, cumulate, dated
from sroi.projection.declaring import POUNDS, TOLERANCE, Declaring
from sroi.projection.payback import payback
from sroi.projection.price_index import OUTTURN
from sroi.projection.sectors import SectorLines
from sroi.projection.streams import Stream, add, money, nil
from sroi.projection.views import Sides, budget_sides, cashable_sides
from sroi.sheet import (
    ONE,
    PURE,
    YEAR_NUMBER,
    YEARS,
    ZERO,
    Line,
    Unit,
    all_of,
    choose,
    highest,
    largest,
    lowest,
    one,
    previous,
)

SHEET = "Payer workings"


@dataclass(frozen=True)
class PayerLines:
    """One payer of cash for new services."""

    sector: SectorLines
    peak: Line
    peak_outturn: Line | None
    """None where the index of prices does not reach every year."""
    cash_payback: Line
    payback: Line | None
    """Of all that its budget saves; None of a sector that is not public."""
    last_paid: Line
    """The number of the last year it pays in, from 1; 0 where it never pays."""
    cost_changes: tuple[tuple[str, Line], ...]
    """By sector, its cash cost in the year after less that in the year before."""
    nets: tuple[tuple[str, Line], ...]
    """By public sector, its net in the year after."""


def declare(to: Declaring, sectors: Sequence[SectorLines], budgets: Sequence[BudgetLines]) -> tuple[PayerLines, ...]:
    """Declares the lines of every sector that pays cash for a new service (method § 6).

    `<sector>.funding.peak`            £, one number: the most by which cash paid is ahead of cash released, at any date
    `<sector>.funding_outturn.peak`    the same in £ of the year, where the index reaches every year
    `<sector>.funding.payback`         years, one number: when the cash it has paid has come back in cash
    `<sector>.in_budget.payback`       the same of all that a public sector saves; of its own flows, not its parts'
    `<sector>.last_paid`               one number: the last year in which it pays, counted from 1; 0 where it never pays
    `<sector>.year_after`              1 in the year after that, else 0
    `<sector>.after.<sector>.change`   £ by year: another sector's cash cost less its cost the year before, in that year
    `<sector>.after.<sector>.net`      £ by year: what a public sector saves less what it pays, in that year
    """
    to.model.sheet(SHEET)
    named = {cost.payer for cost in to.case.costs if cost.treatment == "cash" and not cost.old_service}
    return tuple(_payer(to, lines, sectors, budgets) for lines in sectors if lines.sector.id in named)


def _payer(
    to: Declaring, lines: SectorLines, sectors: Sequence[SectorLines], budgets: Sequence[BudgetLines]
) -> PayerLines:
    model, said, key = to.model, to.said(lines.sector), lines.sector.id
    model.heading(f"{said}: what it must fund")
    sides = cashable_sides([lines])
    flows = _dated(to, f"{key}.funding", said, sides, POUNDS)
    least = nil(to, f"{key}.funding", f"{said}: funding", [*sides.costs, *sides.benefits])
    cash_payback = payback(to, f"{key}.funding", f"{said}: funding", flows, least)
    run = [model[f"{key}.funding.{name}"] for name in ("cumulative_at_start", "cumulative_at_middle", "final")]
    peak = _peak(to, f"{key}.funding", said, (run[0], run[1], run[2]), POUNDS)
    peak_outturn = None
    if OUTTURN_LINE in model.lines:
        later, priced = f"{key}.funding_outturn", f"{said}, in outturn prices"
        nominal = cumulate(to, later, f"{priced}: funding", _dated(to, later, priced, _outturn(to, sides), OUTTURN),
                           OUTTURN)  # fmt: skip
        peak_outturn = _peak(to, later, priced, (nominal.at_start, nominal.at_middle, nominal.final), OUTTURN)
    own_budget = next((budget for budget in budgets if budget.sector is lines), None)
    all_back = None if own_budget is None else _payback(to, own_budget)
    model.heading(f"{said}: the year after its last payment")
    own = [c for c in to.case.costs if c.payer == key and c.treatment == "cash" and not c.old_service]
    paid = add(to, f"{key}.payments", f"{said}: pays for new services", [to[f"{cost.id}.cost"] for cost in own])
    in_years = model.line(
        f"{key}.years_paid", f"{said}: number of the year, where it pays", YEARS,
        choose(to.constant(TOLERANCE) * highest(paid) < paid, YEAR_NUMBER, ZERO), style="whole", method="§ 6",
    )  # fmt: skip
    final = model.line(
        f"{key}.last_paid", f"{said}: number of the last year it pays in", YEARS, highest(in_years), style="whole",
        method="§ 6",
    )  # fmt: skip
    after = model.line(
        f"{key}.year_after", f"{said}: the year after its last payment", PURE,
        choose(all_of(ZERO < final, YEAR_NUMBER.equals(final + one(YEARS))), ONE, ZERO), style="flag", method="§ 6",
    )  # fmt: skip
    changes = []
    for other in sectors:
        cash, name = other.cash_costs.flow, f"{to.said(other.sector)}: change in its cash cost"
        change = money(to, f"{key}.after.{other.sector.id}.change", f"{said}, the year after: {name}",
                       after * (cash - previous(cash)))  # fmt: skip
        changes.append((other.sector.id, change))
    nets = []
    for budget in budgets:
        other = budget.sector
        label = f"{said}, the year after: {to.said(other.sector)}: saves less pays"
        net = money(to, f"{key}.after.{other.sector.id}.net", label, after * budget.net)
        nets.append((other.sector.id, net))
    return PayerLines(lines, peak, peak_outturn, cash_payback, all_back, final, tuple(changes), tuple(nets))


def _payback(to: Declaring, budget: BudgetLines) -> Line:
    """When a public sector has back what it pays, counting all that it saves."""
    lines = budget.sector
    key, said = f"{lines.sector.id}.in_budget", f"{to.said(lines.sector)}: its budget"
    to.model.heading(f"{to.said(lines.sector)}: when all it saves has paid it back")
    sides = budget_sides([lines])
    flows = dated(to, key, said, sides.costs, sides.benefits, (budget.pays, budget.saves), discounted=False)
    return payback(to, key, said, flows, nil(to, key, said, [*sides.costs, *sides.benefits]))


def _dated(to: Declaring, key: str, said: str, sides: Sides, unit: Unit) -> Dated:
    """What is paid in cash and what comes back, on their dates."""
    paid = add(to, f"{key}.costs", f"{said}: cash paid", [s.flow for s in sides.costs], unit=unit)
    back = add(to, f"{key}.benefits", f"{said}: cash that comes back", [s.flow for s in sides.benefits], unit=unit)
    return dated(to, key, said, sides.costs, sides.benefits, (paid, back), discounted=False, unit=unit)


def _peak(to: Declaring, key: str, said: str, run: tuple[Line, Line, Line], unit: Unit) -> Line:
    """The most by which what was paid is ever ahead of what came back; `run` is the net by each date, and at last."""
    at_start, at_middle, final = run
    deepest = [-lowest(at_start), -lowest(at_middle), -final]
    return to.model.line(
        f"{key}.peak", f"{said}: most it must have funded at any date", unit, largest(ZERO, *deepest), style="money",
        method="§ 6",
    )  # fmt: skip


def _outturn(to: Declaring, sides: Sides) -> Sides:
    """The same flows in the prices of their years."""

    def each(streams: Sequence[Stream]) -> tuple[Stream, ...]:
        priced = [(s, in_outturn(to, s.flow, s.flow.label)) for s in streams]
        return tuple(Stream(flow, flow, stream.timing, stream.size) for stream, flow in priced)

    return Sides(each(sides.costs), each(sides.benefits))
