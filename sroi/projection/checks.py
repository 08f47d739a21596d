"""Checks on the arithmetic, as lines: what was found two ways, and whether the two agree (method § 6, *Checks*).

A check here can *fail*: then the result is not to be used, `sroi run` exits 3 and the workbook's master check says
CHECK. What only asks for judgement is a warning (`sroi.projection.warnings`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sroi.projection import input_checks
from sroi.projection.declaring import PEOPLE, POUNDS, TOLERANCE, Declaring
from sroi.projection.measures import ViewLines
from sroi.projection.sectors import SectorLines
from sroi.projection.streams import Stream, add
from sroi.projection.values import FlowLines
from sroi.projection.views import held
from sroi.sheet import (
    ONE,
    PURE,
    TEXT,
    ZERO,
    Expression,
    Line,
    Unit,
    absolute,
    choose,
    choose_text,
    highest,
    largest,
    lowest,
    one,
    sum_over_years,
)
from sroi.sheet.lines import Style

SHEET = "Check workings"


@dataclass(frozen=True)
class CheckLines:
    """One check: its sentence, what was found, what was expected, how far apart they may be, and the verdict."""

    said: str
    found: Line
    expected: Line
    allowed: Line
    failed: Line
    verdict: Line


def declare(
    to: Declaring,
    flows: Sequence[FlowLines],
    sectors: Sequence[SectorLines],
    views: Sequence[ViewLines],
    tax: Sequence[Stream],
) -> tuple[tuple[CheckLines, ...], Line]:
    """Declares every check, and the master check over them all."""
    to.model.sheet(SHEET)
    public = next(view for view in views if view.view == "public_value")
    to.model.line(
        "checks.size",
        "The larger of costs and benefits, against which differences are judged",
        POUNDS,
        largest(one(POUNDS), *(b for row in (public.costs, public.benefits) for b in (highest(row), -lowest(row)))),
        style="money",
        method="§ 6",
    )
    plain = [f for f in flows if f.part.kind != "transfer"]
    released = [c for c in to.case.costs if c.old_service and to.case.settings.released_costs == "benefits"]
    paid = [to[f"{c.id}.present_cost"] for c in to.case.costs if c not in released]
    gained = _sum(to, "benefits-add", [f.present_gain for f in plain])
    if released:
        gained = gained - _sum(to, "releases-add", [to[f"{c.id}.present_cost"] for c in released])
    harms = [f.present_harm for f in plain if f.present_harm is not None]
    charged = [*paid, *harms, *(stream.discounted for stream in tax)]
    checks = [
        _check(to, "benefits-add", "The values, row by row, add to the public value of benefits", POUNDS,
               gained, public.pv_benefits),
        _check(to, "costs-add", "The costs, row by row, add to the public value of costs", POUNDS,
               _sum(to, "costs-add", charged), public.pv_costs),
        _check(to, "net-adds", "What each sector gains, less what it pays, adds to the net public value", POUNDS,
               _own_nets(to, sectors, tax), public.npv),
        _check(to, "end-of-road", "Cumulative net value ends at benefits less costs", POUNDS,
               to["public_value.final"], sum_over_years(public.benefits) - sum_over_years(public.costs)),
        _check(to, "people-once", "Nobody is engaged who was not referred: engaged beyond referred", PEOPLE,
               _beyond(to), ZERO),
    ]  # fmt: skip
    if len(plain) < len(flows):
        moved = [to[f"{f.part.id}.present_value"] for f in flows if f not in plain]
        checks.append(
            _check(to, "transfers-cancel", "Transfers gain one sector what they cost another", POUNDS,
                   _sum(to, "transfers-cancel", moved), ZERO)
        )  # fmt: skip
    to.model.heading("Inputs that the engine would refuse")
    faults = list(input_checks.declare(to))
    checks += [_check(to, name, said, PURE, found, ZERO) for name, said, found in faults]
    to.model.heading("All checks")
    failures = to.model.sum(
        "checks.failures",
        "Checks that fail",
        PURE,
        [check.failed for check in checks],
        style="whole",
        method="§ 6",
    )
    master = to.model.line(
        "checks.master",
        "Master check",
        TEXT,
        choose_text(ZERO < failures, "CHECK", "OK"),
        style="text",
        method="§ 6",
    )
    return tuple(checks), master


def _check(to: Declaring, name: str, said: str, unit: Unit, found: Expression, expected: Expression) -> CheckLines:
    model, key = to.model, f"checks.{name}"
    style: Style = "money" if unit == POUNDS else "number"
    model.heading(said)
    got = model.line(f"{key}.found", f"{said}: found", unit, found, style=style, method="§ 6")
    want = model.line(f"{key}.expected", f"{said}: expected", unit, expected, style=style, method="§ 6")
    allowed = model.line(
        f"{key}.allowed",
        f"{said}: difference allowed",
        unit,
        to.constant(TOLERANCE) * largest(to["checks.size"] if unit == POUNDS else one(unit), absolute(want)),
        style="factor",
        method="§ 6",
    )
    failed = model.line(
        f"{key}.failed",
        f"{said}: fails",
        PURE,
        choose(absolute(got - want) <= allowed, ZERO, ONE),
        style="flag",
        method="§ 6",
    )
    verdict = model.line(
        f"{key}.verdict",
        f"{said}: verdict",
        TEXT,
        choose_text(ZERO < failed, "CHECK", "OK"),
        style="text",
        method="§ 6",
    )
    return CheckLines(said, got, want, allowed, failed, verdict)


def _sum(to: Declaring, name: str, lines: Sequence[Line]) -> Expression:
    """The total over all years of several lines, added row by row: another way than by sector."""
    return sum_over_years(add(to, f"checks.{name}.rows", f"All rows together, for the check {name}", lines))


def _own_nets(to: Declaring, sectors: Sequence[SectorLines], tax: Sequence[Stream]) -> Expression:
    """What every sector gains less what it pays, each flow once, and the tax charge, which no sector pays."""

    def own(sector: SectorLines, *names: str) -> list[Line]:
        return [stream.discounted for stream in held(*(getattr(sector, name) for name in names))]

    paid = [x for s in sectors for x in own(s, "cash_costs", "costs_in_kind", "harms", "transfer_harms")]
    gained = [x for s in sectors for x in own(s, "values", "transfers", "released_in_cash", "released_in_kind")]
    paid += [stream.discounted for stream in tax]
    costs = add(to, "checks.own_costs", "All sectors pay or give, discounted", paid)
    gains = add(to, "checks.own_benefits", "All sectors gain, discounted", gained)
    return sum_over_years(gains) - sum_over_years(costs)


def _beyond(to: Declaring) -> Expression:
    """People engaged beyond those referred, group by group and year by year."""
    beyond = [
        to.model.line(
            f"checks.{group.id}.beyond",
            f"{to.said(group)}: engaged beyond referred",
            PEOPLE,
            largest(ZERO, to[f"{group.id}.engaged"] - to[f"{group.id}.referrals"]),
            method="§ 2",
            total=True,
        )
        for group in to.case.groups
    ]
    together = to.model.sum(
        "checks.beyond",
        "All groups: engaged beyond referred",
        PEOPLE,
        beyond,
        method="§ 2",
        total=True,
        yearly=True,
    )
    return sum_over_years(together)
