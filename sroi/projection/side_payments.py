"""Side payments: whether those who save could make good those who lose (method § 6).

By present value of net, in the `budget` view and again in `cashable`: gap = Σ max(0, −net), surplus = Σ max(0, net). If
the surplus covers the gap, each sector in surplus pays gap × its share of the surplus and each loser gets its gap;
otherwise none is paid, and the result says how much is short.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sroi.projection.declaring import POUNDS, Declaring
from sroi.projection.sectors import SectorLines
from sroi.projection.streams import add, money
from sroi.projection.views import VIEWS, budget_sides, cashable_sides
from sroi.sheet import ONE, PURE, ZERO, Expression, Line, all_of, choose, largest, sum_over_years

SHEET = "Side payment workings"
SIDES = {"budget": budget_sides, "cashable": cashable_sides}


@dataclass(frozen=True)
class SectorPayment:
    """One public sector's part."""

    sector: str
    net: Line
    pays: Line
    receives: Line
    loses: Line
    """1 where it loses more than rounding."""


@dataclass(frozen=True)
class SidePaymentLines:
    """The side payments of one view."""

    view: str
    gap: Line
    surplus: Line
    short: Line
    shared: Line
    """1 where the surplus covers a gap."""
    sectors: tuple[SectorPayment, ...]
    net: Line
    """All sectors' nets added up; beside it, all that is paid and all that is received: for the checks."""
    paid: Line
    received: Line


def declare(to: Declaring, sectors: Sequence[SectorLines]) -> tuple[SidePaymentLines, ...]:
    """Declares the side payments of `budget` and of `cashable` (method § 6), between public sectors' own flows alone.

    All are one number. With `net` the present value of a sector's gains less what it pays, in £:

    `<view>.gap`              `Σ max(0, -net)`
    `<view>.surplus`          `Σ max(0, net)`
    `<view>.short`            `max(0, gap - surplus)`
    `<view>.shared`           1 where there is a gap that the surplus covers, else 0
    `<sector>.budget_pays`    `gap × max(0, net) ÷ surplus`, where shared
    `<sector>.budget_receives`  `max(0, -net)`, where shared
    `<sector>.budget_loses`   1 where it loses more than rounding, else 0; of `cashable` likewise
    """
    to.model.sheet(SHEET)
    public = [lines for lines in sectors if lines.sector.ledger == "public"]
    return tuple(_view(to, view, public) for view in SIDES)


def _view(to: Declaring, view: str, public: Sequence[SectorLines]) -> SidePaymentLines:
    model, said = to.model, VIEWS[view]
    model.heading(said)

    def measure(name: str, label: str, formula: Expression) -> Line:
        return model.line(name, label, POUNDS, formula, style="money", method="§ 6")

    nets = {lines.sector.id: _net(to, view, lines) for lines in public}
    names = {lines.sector.id: f"{to.said(lines.sector)}, {said}" for lines in public}
    gaps = [measure(f"{key}.{view}_gap", f"{names[key]}: loses", largest(ZERO, -net)) for key, net in nets.items()]
    over = [measure(f"{key}.{view}_surplus", f"{names[key]}: gains", largest(ZERO, net)) for key, net in nets.items()]
    gap = model.sum(f"{view}.gap", f"{said}: all that is lost", POUNDS, gaps, style="money", method="§ 6")
    surplus = model.sum(f"{view}.surplus", f"{said}: all that is gained", POUNDS, over, style="money", method="§ 6")
    nil = model[f"{view}.nil"]
    shared = model.line(
        f"{view}.shared", f"{said}: those who gain could make good those who lose", PURE,
        choose(all_of(nil < gap, gap <= surplus), ONE, ZERO), style="flag", method="§ 6",
    )  # fmt: skip
    short = measure(f"{view}.short", f"{said}: what is short", largest(ZERO, gap - surplus))
    found = []
    for (key, net), lost, gained in zip(nets.items(), gaps, over, strict=True):
        pays = measure(f"{key}.{view}_pays", f"{names[key]}: would pay the others",
                       choose(ZERO < shared, gap * gained / surplus, ZERO))  # fmt: skip
        receives = measure(f"{key}.{view}_receives", f"{names[key]}: would be paid",
                           choose(ZERO < shared, lost, ZERO))  # fmt: skip
        loses = model.line(f"{key}.{view}_loses", f"{names[key]}: is left out of pocket", PURE,
                           choose(nil < lost, ONE, ZERO), style="flag", method="§ 6")  # fmt: skip
        found.append(SectorPayment(key, net, pays, receives, loses))
    together = [
        model.sum(f"{view}.{name}", f"{said}: {label}", POUNDS, rows, style="money", method="§ 6")
        for name, label, rows in (
            ("all_nets", "all sectors' nets", list(nets.values())),
            ("all_paid", "all that would be paid between them", [part.pays for part in found]),
            ("all_received", "all that would be received", [part.receives for part in found]),
        )
    ]
    return SidePaymentLines(view, gap, surplus, short, shared, tuple(found), *together)


def _net(to: Declaring, view: str, lines: SectorLines) -> Line:
    """Present value of what it gains less what it pays."""
    said, key, sides = f"{to.said(lines.sector)}, {VIEWS[view]}", lines.sector.id, SIDES[view]([lines])
    paid = add(to, f"{key}.{view}_paid", f"{said}: pays, discounted", [s.discounted for s in sides.costs])
    gained = add(to, f"{key}.{view}_gained", f"{said}: gains, discounted", [s.discounted for s in sides.benefits])
    net = money(to, f"{key}.{view}_yearly", f"{said}: net, discounted", gained - paid)
    return to.model.line(f"{key}.{view}_net", f"{said}: present value of net", POUNDS, sum_over_years(net),
                         style="money", method="§ 6")  # fmt: skip
