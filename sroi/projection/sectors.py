"""What falls to whom: every flow gathered under the sector that pays it or to which it falls (method § 6).

Each sector has its *own* streams: cash costs, costs in kind, values, transfers, cash released. Two settings part them
further (method § 12): old services released as benefits rather than lower costs, and harms counted as costs. A sector
with parts also shows them with its own; totals over sectors add each flow once, so they use the sector's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sroi.model import Cost, Sector
from sroi.projection.costs import is_benefit
from sroi.projection.declaring import POUNDS, Declaring
from sroi.projection.streams import Stream, Timing, discounted, money, size
from sroi.projection.values import FlowLines
from sroi.sheet import Line, sum_lines

SHEET = "Sector workings"


@dataclass(frozen=True)
class SectorLines:
    """A sector's own streams; those that the case has none of are absent, but for cash costs and values."""

    sector: Sector
    cash_costs: Stream
    costs_in_kind: Stream | None
    released_in_cash: Stream | None
    """Old services released, positive, where the case counts them as benefits."""
    released_in_kind: Stream | None
    values: Stream
    """Fiscal, economic and social values; their gains alone where the case counts harms as costs."""
    harms: Stream | None
    """The values' negative years, positive, where the case counts harms as costs."""
    transfers: Stream | None
    transfer_harms: Stream | None
    cash: Stream | None
    cash_harms: Stream | None


def declare(to: Declaring, flows: Sequence[FlowLines]) -> tuple[SectorLines, ...]:
    """Declares every sector's own streams (method § 6), without those of its parts: £ in base-year prices by year.

    `<sector>.cash_costs`     the rows it pays, `<sector>.own.<row>.cost`, added; `<sector>.costs_in_kind` likewise
    `<sector>.own_benefits`   the rows that fall to it, `<sector>.own.<row>.value`, transfers apart
    `<sector>.cash_released`  the cash of those

    Each stream also stands discounted, as in `<sector>.discounted_cash_costs`, and has a size, as in
    `<sector>.cash_costs_size`: one number, each row's largest year added up, which does not cancel where rows do.
    """
    to.model.sheet(SHEET)
    return tuple(_sector(to, sector, [f for f in flows if f.part.sector == sector.id]) for sector in to.case.sectors)


def _gather(to: Declaring, sector: Sector, what: str, label: str, lines: Sequence[Line]) -> Line:
    """Each line again on the sector's own sheet, then their sum over neighbouring rows."""
    said = to.said(sector)
    pulled = [money(to, f"{sector.id}.own.{line.name}", f"{said} {label}: {line.label}", line) for line in lines]
    return money(to, f"{sector.id}.{what}", f"{said}: own {label}", sum_lines(pulled))


def _size(to: Declaring, sector: Sector, what: str, label: str, lines: Sequence[Line]) -> Line:
    """The largest year of each row, added up: rows that cancel leave it standing."""
    said = f"{to.said(sector)} {label}"
    key = f"{sector.id}.size"
    sizes = [size(to, f"{key}.{line.name}", f"{said}: {line.label}, largest year", line) for line in lines]
    return to.model.line(f"{sector.id}.{what}_size", f"{said}: the largest year of every row, together", POUNDS,
                         sum_lines(sizes), style="money", method="§ 6")  # fmt: skip


def _sector(to: Declaring, sector: Sector, flows: Sequence[FlowLines]) -> SectorLines:
    to.model.heading(to.said(sector))
    costs = [cost for cost in to.case.costs if cost.payer == sector.id]
    old = [cost for cost in costs if is_benefit(to, cost)]
    new = [cost for cost in costs if cost not in old]

    def paid(what: str, label: str, rows: Sequence[Cost], treatment: str, suffix: str = "cost") -> Stream | None:
        lines = [to[f"{cost.id}.{suffix}"] for cost in rows if cost.treatment == treatment]
        return _stream(to, sector, what, label, lines, None, "cost") if lines else None

    plain = [f for f in flows if f.part.kind != "transfer"]
    moved = [f for f in flows if f.part.kind == "transfer"]
    gains, present = [f.gain for f in plain], _apart([f.present_gain for f in plain], plain)
    paid_in_cash = paid("cash_costs", "pays in cash", new, "cash")
    return SectorLines(
        sector,
        paid_in_cash or _stream(to, sector, "cash_costs", "pays in cash", [], None, "cost"),
        paid("costs_in_kind", "gives in kind", new, "in_kind"),
        paid("released_in_cash", "old services released, cash", old, "cash", "released_value"),
        paid("released_in_kind", "old services released, in kind", old, "in_kind", "released_value"),
        _stream(to, sector, "own_benefits", "benefits", gains, present, "benefit"),
        _harms(to, sector, "harms", "harms", plain),
        _stream(to, sector, "transfers", "transfers", [f.gain for f in moved], None, "benefit") if moved else None,
        _harms(to, sector, "transfer_harms", "transfers, harms", moved),
        _cash(to, sector, "cash_released", "cash released", [f.cash_gain for f in flows]),
        _cash(to, sector, "cash_harms", "cash, harms", [f.cash_harm for f in flows]),
    )


def _stream(
    to: Declaring,
    sector: Sector,
    what: str,
    label: str,
    lines: Sequence[Line],
    present: Sequence[Line] | None,
    timing: Timing,
) -> Stream:
    """Lines gathered into a stream; `present` are the same lines discounted, where their factors differ."""
    flow = _gather(to, sector, what, label, lines)
    whole = _size(to, sector, what, label, lines)
    name, said = f"discounted_{what}", f"{label}, discounted"
    if present is not None:
        return Stream(flow, _gather(to, sector, name, said, present), timing, whole)
    present_flow = discounted(to, f"{sector.id}.{name}", f"{to.said(sector)}: own {said}", flow, timing)
    return Stream(flow, present_flow, timing, whole)


def _harms(to: Declaring, sector: Sector, what: str, label: str, flows: Sequence[FlowLines]) -> Stream | None:
    lines = [f.harm for f in flows if f.harm is not None]
    present = _apart([f.present_harm for f in flows if f.present_harm is not None], flows)
    return _stream(to, sector, what, label, lines, present, "benefit") if lines else None


def _apart(present: Sequence[Line], flows: Sequence[FlowLines]) -> Sequence[Line] | None:
    """Rows discounted each by itself, where some may be of health and have another factor: social ones (§ 5)."""
    return present if any(f.part.kind == "social" for f in flows) else None


def _cash(to: Declaring, sector: Sector, what: str, label: str, lines: Sequence[Line | None]) -> Stream | None:
    held = [line for line in lines if line is not None]
    return _stream(to, sector, what, label, held, None, "benefit") if held else None
