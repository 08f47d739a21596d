"""Checks on the arithmetic, as lines: what was found two ways, and whether the two agree (method § 6, *Checks*).

A check that *fails* means that the result is not to be used: `sroi run` exits 3 and the workbook's master check, which
counts no other, says CHECK. What only asks for judgement *warns*, and some of those are lines too
(`sroi.projection.judgement`). What each says is in `sroi.projection.checklist`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sroi.projection import input_checks, judgement
from sroi.projection.budgets import BudgetLines
from sroi.projection.checklist import CHECKS, SHARE, Entry
from sroi.projection.declaring import PEOPLE, POUNDS, TOLERANCE, Declaring
from sroi.projection.measures import ViewLines
from sroi.projection.sectors import SectorLines
from sroi.projection.side_payments import SidePaymentLines
from sroi.projection.streams import Stream, add
from sroi.projection.value_map import ValueMapLines
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
    sum_lines,
    sum_over_years,
)
from sroi.sheet.lines import Style

SHEET = "Check workings"


@dataclass(frozen=True)
class CheckLines:
    """One check: its sentence, what was found, what was expected, how far apart they may be, and the verdict."""

    entry: Entry
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
    payments: Sequence[SidePaymentLines],
    budgets: Sequence[BudgetLines],
    mapped: ValueMapLines,
) -> tuple[tuple[CheckLines, ...], Line]:
    """Declares every check that is a line and has something to test, and the master check over those that can fail."""
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
        _check(to, "benefits-add", POUNDS, gained, public.pv_benefits),
        _check(to, "costs-add", POUNDS, _sum(to, "costs-add", charged), public.pv_costs),
        _check(to, "net-adds", POUNDS, _own_nets(to, sectors, tax), public.npv),
        *(_check(to, f"{deal.view}-adds", POUNDS, deal.net, to[f"{deal.view}.npv"]) for deal in payments),
        _check(to, "years-add", PURE, _by_year(to, budgets), ZERO),
        _check(to, "parts-add", PURE, _parted(to), ZERO),
        _check(to, "end-of-road", POUNDS, to["public_value.final"],
               sum_over_years(public.benefits) - sum_over_years(public.costs)),
        _check(to, "people-once", PEOPLE, _beyond(to), ZERO),
        _check(to, "side-payments-settle", POUNDS, sum_lines([deal.paid for deal in payments]),
               sum_lines([deal.received for deal in payments])),
        _check(to, "map-values-add", POUNDS, mapped.present, public.pv_benefits),
        _check(to, "map-inputs-add", POUNDS, mapped.paid, public.pv_costs),
        _check(to, "map-multiplies", POUNDS, mapped.apart, ZERO),
    ]  # fmt: skip
    if len(plain) < len(flows):
        moved = [to[f"{f.part.id}.present_value"] for f in flows if f not in plain]
        checks.append(_check(to, "transfers-cancel", POUNDS, _sum(to, "transfers-cancel", moved), ZERO))
    to.model.heading("Inputs that the engine would refuse")
    faults = list(input_checks.declare(to))
    checks += [_check(to, name, PURE, found, ZERO) for name, found in faults]
    to.model.heading("What asks for judgement")
    asked = [_check(to, name, unit, found, most) for name, unit, found, most in judgement.declare(to)]
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
    return (*checks, *asked), master


def _check(to: Declaring, name: str, unit: Unit, found: Expression, expected: Expression) -> CheckLines:
    """One check's lines. What is found must be what is expected, or, of a warning, no more than that."""
    model, key, entry = to.model, f"checks.{name}", CHECKS[name]
    said, warns = entry.said, entry.level == "warn"
    style: Style = "money" if unit == POUNDS else "share" if entry.counted == SHARE else "number"
    model.heading(said)
    got = model.line(f"{key}.found", f"{said}: found", unit, found, style=style, method=entry.method)
    label = f"{said}: most allowed" if warns else f"{said}: expected"
    want = model.line(f"{key}.expected", label, unit, expected, style=style, method=entry.method)
    allowed = model.line(
        f"{key}.allowed",
        f"{said}: difference allowed",
        unit,
        to.constant(TOLERANCE) * largest(to["checks.size"] if unit == POUNDS else one(unit), absolute(want)),
        style="factor",
        method="§ 6",
    )
    apart = got - want if warns else absolute(got - want)
    failed = model.line(
        f"{key}.failed",
        f"{said}: {'warns' if warns else 'fails'}",
        PURE,
        choose(apart <= allowed, ZERO, ONE),
        style="flag",
        method="§ 6",
    )
    verdict = model.line(
        f"{key}.verdict",
        f"{said}: verdict",
        TEXT,
        choose_text(ZERO < failed, entry.fires, "OK"),
        style="text",
        method="§ 6",
    )
    return CheckLines(entry, got, want, allowed, failed, verdict)


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


def _by_year(to: Declaring, budgets: Sequence[BudgetLines]) -> Expression:
    """In how many years public budgets, added up, are not what the views of all of them have."""
    rows = {
        "pays": ([own.pays for own in budgets], "budget.costs", "pay"),
        "saves": ([own.saves for own in budgets], "budget.benefits", "save"),
        "released": ([own.released for own in budgets], "cashable.benefits", "have released"),
    }
    apart = []
    for name, (lines, view, said) in rows.items():
        together = add(to, f"checks.years-add.{name}", f"Public budgets one by one {said}, together", lines)
        apart.append(_apart(to, f"years-add.{name}", f"What public budgets {said}", together, to[view]))
    return sum_lines(apart)


def _parted(to: Declaring) -> Expression:
    """In how many years the parts of the cash costs do not add to all of them."""
    costs: Expression = to["budget.costs"]
    if "budget.harm_costs" in to.model.lines:
        costs = costs - to["budget.harm_costs"]
    kinds, times = to["budget.capital"] + to["budget.revenue"], to["budget.one_off"] + to["budget.recurring"]
    return sum_lines([
        _apart(to, "parts-add.kind", "Capital and revenue", kinds, costs),
        _apart(to, "parts-add.time", "One-off and recurring", times, costs),
    ])  # fmt: skip


def _apart(to: Declaring, name: str, said: str, found: Expression, expected: Expression) -> Line:
    """In how many years the two differ by more than rounding: their difference itself would be rounding."""
    near = absolute(found - expected) <= to.constant(TOLERANCE) * to["checks.size"]
    row = to.model.line(f"checks.{name}_apart", f"{said}: not what all public budgets come to", PURE,
                        choose(near, ZERO, ONE), style="flag", method="§ 6", total=True)  # fmt: skip
    return to.model.line(f"checks.{name}_years", f"{said}: years in which it is not", PURE, sum_over_years(row),
                         style="whole", method="§ 6")  # fmt: skip


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
