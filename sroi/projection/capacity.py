"""How much of what public budgets save is cash, and how much capacity freed (method §§ 5, 6).

Capacity freed and cash released stand side by side: what a budget saves that is not released, or not yet, is time, beds
and places that can serve others, and no budget falls by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sroi.projection.budgets import SHEET, BudgetLines
from sroi.projection.declaring import POUNDS, Declaring
from sroi.sheet import ZERO, Expression, Line, absolute, choose, sum_over_years


@dataclass(frozen=True)
class CapacityLines:
    """Present values of one public sector's own budget, or of all of them."""

    pays: Line
    saves: Line
    cash: Line
    freed: Line
    """Saved, and not released as cash."""


def declare(to: Declaring, budgets: Sequence[BudgetLines]) -> tuple[CapacityLines, tuple[CapacityLines, ...]]:
    """Declares the present values of all public budgets, then of each one's own (method §§ 5, 6): £, one number each.

    `<sector>.pv_pays`     `Σ` of what it pays, discounted: the costs of `budget`
    `<sector>.pv_saves`    `Σ` of what it saves, discounted: the benefits of `budget`
    `<sector>.pv_cash`     `Σ` of the cash released to it, discounted: the benefits of `cashable`
    `<sector>.pv_freed`    `pv_saves - pv_cash`: capacity freed; nil where that is rounding
    `budget.pv_freed`      the same of all public budgets
    """
    to.model.sheet(SHEET)
    to.model.heading("Present values: cash, and capacity freed")

    def measure(name: str, label: str, formula: Expression, method: str = "§ 6") -> Line:
        return to.model.line(name, label, POUNDS, formula, style="money", method=method)

    own = []
    for budget in budgets:
        said, key = to.said(budget.sector.sector), budget.sector.sector.id
        pays, saves, cash = (
            measure(f"{key}.pv_{name}", f"{said}: present value of what it {words}", sum_over_years(to[f"{key}.{row}"]))
            for name, row, words in (
                ("pays", "budget_paid", "pays in cash"),
                ("saves", "budget_gained", "saves"),
                ("cash", "cashable_gained", "has released"),
            )
        )
        label = f"{said}: present value of capacity freed: saved, and not cash"
        own.append(CapacityLines(pays, saves, cash, measure(f"{key}.pv_freed", label, _rest(to, saves, cash), "§ 5")))
    pays, saves, cash = to["budget.pv_costs"], to["budget.pv_benefits"], to["cashable.pv_benefits"]
    label = "Public budgets: present value of capacity freed: saved, and not cash"
    return CapacityLines(pays, saves, cash, measure("budget.pv_freed", label, _rest(to, saves, cash), "§ 5")), tuple(
        own
    )


def _rest(to: Declaring, saves: Line, cash: Line) -> Expression:
    """What is saved and not cash; where all of it is, nil and not what rounding leaves of it."""
    return choose(absolute(saves - cash) <= to["budget.nil"], ZERO, saves - cash)
