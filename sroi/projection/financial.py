"""The financial case, read off the lines: budgets, side payments, payers, outturn prices (method § 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sroi.model import Case
from sroi.model.currency import STERLING
from sroi.model.price_index import PriceIndex, financial
from sroi.projection import payback
from sroi.projection.budgets import OUTTURN_LINE, SPLITS
from sroi.projection.declare import Declared
from sroi.projection.payers import PayerLines
from sroi.projection.side_payments import SidePaymentLines
from sroi.sheet import Evaluation, Line

Years = tuple[float, ...]
TO_THE_END = "it pays to the end of the case"
NEVER_PAYS = "it never pays"
NOT_A_BUDGET = "it is no public budget: what it gains is not money to it"


@dataclass(frozen=True)
class Budget:
    """One public sector's own budget by year, without its parts', £ undiscounted in base-year prices."""

    pays: Years
    saves: Years
    cash_released: Years
    net: Years
    """What it saves less what it pays."""


@dataclass(frozen=True)
class SidePayments:
    """Whether those who save could make good those who lose: present values, £, by public sector."""

    gap: float
    surplus: float
    short: float
    """What is missing where the surplus does not cover the gap."""
    losers: tuple[str, ...]
    """The sectors that pay more than they gain."""
    pays: Mapping[str, float]
    receives: Mapping[str, float]


@dataclass(frozen=True)
class Payer:
    """What one payer of cash must fund, and what happens in the year after its last payment, £ undiscounted."""

    peak_funding: float
    """The most by which what it has paid is ever ahead of the cash released to it, base-year prices."""
    peak_funding_outturn: float | None
    """The same in the prices of each year."""
    payback_years: float | None
    """Years from its first cost until all that its budget saves has paid it back; of a public sector's own flows."""
    cash_payback_years: float | None
    """Years from its first cost until the cash it has paid has come back in cash."""
    last_payment: str | None
    """The last year in which it pays for a new service, such as 2028/29."""
    cost_changes: Mapping[str, float]
    """By sector, its cash cost in the year after less that in the year before; empty where there is no year after."""
    net: Mapping[str, float]
    """By public sector, what it saves less what it pays in the year after."""
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outturn:
    """Public budgets in the prices of each year; `None` with the reason where the index of prices does not reach."""

    costs: Years | None
    benefits: Years | None
    cash: Years | None
    reason: str = ""


@dataclass(frozen=True)
class Split:
    """The cash costs of public sectors by year, parted two ways, £ undiscounted in base-year prices."""

    capital: Years
    revenue: Years
    one_off: Years
    recurring: Years


@dataclass(frozen=True)
class Financial:
    """The financial case."""

    budgets: Mapping[str, Budget]
    side_payments: Mapping[str, SidePayments]
    """Of the views `budget` and `cashable`."""
    payers: Mapping[str, Payer]
    outturn: Outturn
    split: Split
    failure: Mapping[str, Years]
    """What failure costs each sector today, by year (method § 4)."""

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers and lists, for JSON."""
        rows = {"costs": self.outturn.costs, "benefits": self.outturn.benefits, "cash": self.outturn.cash}
        outturn: dict[str, Any] = {name: None if row is None else list(row) for name, row in rows.items()}
        if self.outturn.reason:
            outturn["reasons"] = dict.fromkeys(rows, self.outturn.reason)
        return {
            "budgets": {key: _lists(_fields(row)) for key, row in self.budgets.items()},
            "side_payments": {view: _plain(_fields(row)) for view, row in self.side_payments.items()},
            "payers": {key: _plain(_fields(row)) for key, row in self.payers.items()},
            "outturn": outturn,
            "split": _lists(_fields(self.split)),
            "failure": _lists(self.failure),
        }


def _fields(row: object) -> dict[str, Any]:
    return dict(vars(row))


def _lists(rows: Mapping[str, Any]) -> dict[str, list[float]]:
    return {name: list(row) for name, row in rows.items()}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    held = {k: dict(v) if isinstance(v, Mapping) else list(v) if isinstance(v, tuple) else v for k, v in row.items()}
    if not held.get("reasons", True):
        del held["reasons"]
    return held


def read(declared: Declared, evaluation: Evaluation) -> Financial:
    """Reads the financial case off an evaluation."""

    def years(line: Line | str) -> Years:
        return tuple(evaluation.row(line if isinstance(line, str) else line.name).tolist())

    budgets = {own.sector.sector.id: Budget(*(years(row) for row in own.rows)) for own in declared.budgets}
    return Financial(
        MappingProxyType(budgets),
        MappingProxyType({side.view: _side_payments(evaluation, side) for side in declared.side_payments}),
        MappingProxyType({payer.sector.sector.id: _payer(declared, evaluation, payer) for payer in declared.payers}),
        _outturn(declared, years),
        Split(**{name: years(f"budget.{name}") for name in SPLITS}),
        MappingProxyType({sector: years(line) for sector, line in declared.failure.items()}),
    )


def _side_payments(evaluation: Evaluation, side: SidePaymentLines) -> SidePayments:
    def number(line: Line) -> float:
        return evaluation.number(line.name)

    return SidePayments(
        number(side.gap),
        number(side.surplus),
        number(side.short),
        tuple(s.sector for s in side.sectors if number(s.loses) == 1),
        MappingProxyType({s.sector: number(s.pays) for s in side.sectors}),
        MappingProxyType({s.sector: number(s.receives) for s in side.sectors}),
    )


def _payer(declared: Declared, evaluation: Evaluation, payer: PayerLines) -> Payer:
    case = declared.case
    last = round(evaluation.number(payer.last_paid.name))
    followed = 0 < last < case.settings.years
    reasons = {}
    if payer.peak_outturn is None:
        reasons["peak_funding_outturn"] = no_index(case)
    if not last:
        reasons["last_payment"] = NEVER_PAYS
    if not followed:
        reasons |= dict.fromkeys(("cost_changes", "net"), TO_THE_END if last else NEVER_PAYS)

    def after(lines: tuple[tuple[str, Line], ...]) -> Mapping[str, float]:
        return MappingProxyType(
            {sector: float(evaluation.row(line.name)[last]) for sector, line in lines} if followed else {}
        )

    back = {
        "payback_years": payback.read(evaluation, f"{payer.sector.sector.id}.in_budget")
        if payer.payback is not None
        else (None, NOT_A_BUDGET),
        "cash_payback_years": payback.read(evaluation, f"{payer.sector.sector.id}.funding"),
    }
    reasons |= {name: why for name, (_, why) in back.items() if why}
    return Payer(
        evaluation.number(payer.peak.name),
        None if payer.peak_outturn is None else evaluation.number(payer.peak_outturn.name),
        back["payback_years"][0],
        back["cash_payback_years"][0],
        financial(case.settings.first_year + last - 1) if last else None,
        after(payer.cost_changes),
        after(payer.nets),
        MappingProxyType(reasons),
    )


def _outturn(declared: Declared, years: Any) -> Outturn:
    if OUTTURN_LINE not in declared.model.lines:
        return Outturn(None, None, None, no_index(declared.case))
    return Outturn(*(years(f"{line}_outturn") for line in ("budget.costs", "budget.benefits", "cashable.benefits")))


def no_index(case: Case) -> str:
    """Why there are no outturn prices."""
    if case.settings.currency != STERLING:
        return "the index of prices held is that of the United Kingdom"
    missing = PriceIndex.of(case.tables).missing(case.settings, case.settings.years)
    return f"there is no price index for {missing[0]}: state later_inflation in Settings"
