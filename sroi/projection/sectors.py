"""What falls to whom: every flow gathered under the sector that pays it or to which it falls (method § 6).

Each sector has yearly totals, its *own* flows: cash costs, costs in kind, benefits, cash released, and the costs
and benefits discounted. A sector with parts also shows them with its own; totals over sectors add each flow once, so
they use the sector's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sroi.model.sectors import Sector
from sroi.projection.declaring import POUNDS, Declaring
from sroi.projection.values import can_be_cash, flows
from sroi.sheet import Line, sum_lines

SHEET = "Sector workings"


@dataclass(frozen=True)
class SectorLines:
    """A sector's own totals by year, and what its parents count with it."""

    sector: Sector
    cash_costs: Line
    costs_in_kind: Line
    discounted_costs: Line
    benefits: Line
    discounted_benefits: Line
    cash: Line


def declare(to: Declaring) -> tuple[SectorLines, ...]:
    """Declares every sector's totals."""
    to.model.sheet(SHEET)
    return tuple(_sector(to, sector) for sector in to.case.sectors)


def add(to: Declaring, name: str, label: str, lines: Sequence[Line], method: str = "§ 6") -> Line:
    """A yearly sum of money lines; of none, a row of noughts."""
    return to.model.sum(name, label, POUNDS, lines, style="money", method=method, total=True, yearly=True)


def _gather(to: Declaring, sector: Sector, what: str, label: str, lines: Sequence[Line]) -> Line:
    """Each line again on the sector's own sheet, then their sum over neighbouring rows."""
    said = to.said(sector)
    pulled = [
        to.model.line(
            f"{sector.id}.own.{line.name}",
            f"{said} {label}: {line.label}",
            POUNDS,
            line,
            style="money",
            method="§ 6",
            total=True,
        )
        for line in lines
    ]
    formula = sum_lines(pulled)
    return to.model.line(
        f"{sector.id}.{what}",
        f"{said}: {label}",
        POUNDS,
        formula,
        style="money",
        method="§ 6",
        total=True,
        yearly=True,
    )


def _sector(to: Declaring, sector: Sector) -> SectorLines:
    to.model.heading(to.said(sector))
    costs = [cost for cost in to.case.costs if cost.payer == sector.id]
    own = [flow for flow in flows(to) if flow.sector == sector.id]
    cash_costs, in_kind = (
        _gather(to, sector, what, label, [to[f"{c.id}.cost"] for c in costs if c.treatment == treatment])
        for what, label, treatment in (
            ("cash_costs", "pays in cash", "cash"),
            ("costs_in_kind", "gives in kind", "in_kind"),
        )
    )
    discounted_costs = to.model.line(
        f"{sector.id}.own_discounted_costs",
        f"{to.said(sector)}: pays and gives, discounted",
        POUNDS,
        (cash_costs + in_kind) * to["timeline.cost_factor"],
        style="money",
        method="§ 1",
        total=True,
    )
    return SectorLines(
        sector,
        cash_costs,
        in_kind,
        discounted_costs,
        _gather(to, sector, "benefits", "benefits", [to[f"{f.id}.value"] for f in own]),
        _gather(
            to,
            sector,
            "discounted_benefits",
            "benefits, discounted",
            [to[f"{f.id}.present_value"] for f in own],
        ),
        _gather(to, sector, "cash_released", "cash released", [to[f"{f.id}.cash"] for f in own if can_be_cash(to, f)]),
    )
