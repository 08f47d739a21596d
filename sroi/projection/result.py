"""The result of a projection: measures by view, by sector and by outcome, with reasons where there is no number.

`Result.to_dict()` is the JSON's `central` (format.md). Everything is read off the evaluated lines, nothing is
computed here a second time; only rates of return are solved beside them, from the lines' dated flows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from sroi.model import Case, Settings
from sroi.projection import basis, checked, financial, payback
from sroi.projection.actuals import Compared, compared
from sroi.projection.beyond import Beyond
from sroi.projection.checked import Check
from sroi.projection.declare import Declared, beyond_horizon, declare
from sroi.projection.fairness import Weighted
from sroi.projection.financial import Budget, Financial, Outturn, Payer, SidePayments, Split
from sroi.projection.irr import Reason, sentence
from sroi.projection.measures import ViewLines
from sroi.projection.returns import rates
from sroi.projection.views import VIEWS
from sroi.sheet import Evaluation, Line, evaluate

if TYPE_CHECKING:
    import pandas as pd

PAYS_FOR_ITSELF = "pays for itself"
NO_PUBLIC_COST = "there is no net cost to public budgets"
NO_COST = "there is no cost to set it against"
RELEASED = "what is released is worth more than is paid: there is no cost to set it against"
NO_GAIN = "there is no gain in its count to share the costs among"
NOT_ASKED = "it was not asked for"

TableName = Literal["flows", "lines", "views", "sectors", "outcomes", "assumptions", "actuals"]


@dataclass(frozen=True)
class View:
    """The measures of one view (method § 6). A measure that does not apply is `None`, its reason in `reasons`."""

    pv_costs: float
    """Present value of costs, £ in the base year's prices."""
    pv_benefits: float
    """Present value of benefits, £ in the base year's prices."""
    npv: float
    """Net present value; NPSV in the public-value view."""
    bcr: float | None
    """Present value of benefits per £1 of costs; the SROI ratio in the public-value view."""
    irr: float | None
    """Internal rate of return a year, a share: at which the dated, undiscounted net flows are worth nothing."""
    mirr: float | None
    """Modified internal rate of return a year, a share: `[Σ⁺ net·factor / factor[last] ÷ Σ⁻ |net|·factor]^(1/(last −
    first date)) − 1`, on the standard factors."""
    payback_years: float | None
    """Years from the first cost to the point after which cumulative net value stays at or above zero, undiscounted;
    0 where nobody is ever out of pocket."""
    discounted_payback_years: float | None
    """The same of discounted flows."""
    mvpf: float | None
    """Marginal value of public funds, in public value alone: what people and society gain, transfers included, less
    what they pay, per £1 of net cost to public budgets."""
    beyond_horizon: Beyond
    """What people already started would still bring after the horizon, in no total (method § 4)."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why a measure is `None`; also where payback is 0 because nobody was ever out of pocket."""


@dataclass(frozen=True)
class SectorResult:
    """What one sector pays and gains, its parts included."""

    pv_costs: float
    """Present value of what it pays, in cash and in kind, £ in the base year's prices."""
    pv_benefits: float
    """Present value of everything that falls to it, transfers included."""
    pv_cashable: float
    """Present value of the cash released to it; 0 unless it is public."""
    net: float
    """`pv_benefits - pv_costs`."""
    bcr: float | None
    """`pv_benefits` per £1 of `pv_costs`."""
    payback_years: float | None
    """Years from its first cost to the point after which its cumulative net value stays at or above zero."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why a measure is `None`; also where payback is 0 because it was never out of pocket."""


@dataclass(frozen=True)
class OutcomeResult:
    """An outcome's change in count over the horizon, and what it is worth."""

    quantity: float
    """The change in its count, in its own unit, undiscounted."""
    pv: float
    """Present value of all its values but transfers, £ in the base year's prices."""
    cost_per_outcome: float | None
    """Present value of all costs over the quantity: the whole cost, set against this outcome alone."""
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class NetValue:
    """Present values, £ in base-year prices, and benefits per pound of cost, or the reason why there is no ratio."""

    pv_costs: float
    pv_benefits: float
    npv: float
    bcr: float | None
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reduced(NetValue):
    """Public value on the reduced discount schedule: a sensitivity beyond 50 years (method § 1)."""


@dataclass(frozen=True, repr=False)
class Result:
    """The central case, evaluated. Frozen; shows itself as a table of views in a notebook."""

    case: Case
    declared: Declared = field(repr=False)
    evaluation: Evaluation = field(repr=False)
    views: Mapping[str, View]
    sectors: Mapping[str, SectorResult]
    outcomes: Mapping[str, OutcomeResult]
    years: tuple[str, ...]
    """Labels of the years: `2026/27` and so on."""
    financial: Financial
    """Budgets, side payments, payers, outturn prices."""
    reduced: Reduced | None
    """Public value on the reduced schedule, where the case runs beyond 50 years."""
    weighted: Weighted | None
    """Public value weighted by income, where the case states a reference income."""
    evidence: basis.EvidenceShares
    """What benefits and costs rest on: shares of present value by the status of evidence."""
    actuals: tuple[Compared, ...]
    """What came in, beside its forecast: in no number, unless the case was re-run with it (`case.rerun`)."""

    @property
    def budgets(self) -> Mapping[str, Budget]:
        """Who pays and who saves: every public sector's own budget by year."""
        return self.financial.budgets

    @property
    def side_payments(self) -> Mapping[str, SidePayments]:
        """Whether those who save could make good those who lose, in `budget` and in `cashable`."""
        return self.financial.side_payments

    @property
    def payers(self) -> Mapping[str, Payer]:
        """What each payer must fund, and what happens in the year after its last payment."""
        return self.financial.payers

    @property
    def outturn(self) -> Outturn:
        """Public budgets in the prices of each year."""
        return self.financial.outturn

    @property
    def split(self) -> Split:
        """The cash costs of public sectors by capital and revenue, one-off and recurring."""
        return self.financial.split

    @property
    def failure(self) -> Mapping[str, tuple[float, ...]]:
        """What failure costs each sector today, by year."""
        return self.financial.failure

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The whole list of checks, passed or fired (`sroi.projection.checklist`): made when they are asked for."""
        return checked.read(self.declared, self.evaluation)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What asks for judgement; the reader's notes come first."""
        return (*self.case.notes, *(check.words for check in self.checks if check.verdict == "WARN"))

    @property
    def failed(self) -> bool:
        """Whether any check that can fail does: then the numbers are not to be used."""
        return any(check.verdict == "CHECK" for check in self.checks)

    def to_dict(self) -> dict[str, Any]:
        """The object that format.md calls `central`: plain numbers, `None` for what does not apply."""
        return {
            "views": {name: plain(view) for name, view in self.views.items()},
            "sectors": {name: plain(sector) for name, sector in self.sectors.items()},
            "outcomes": {name: plain(outcome) for name, outcome in self.outcomes.items()},
            "years": {
                "labels": list(self.years),
                "costs": self.evaluation.row("public_value.costs").tolist(),
                "benefits": self.evaluation.row("public_value.benefits").tolist(),
            },
            **self.financial.to_dict(),
            "reduced": None if self.reduced is None else plain(self.reduced),
            "weighted": None if self.weighted is None else plain(self.weighted),
            "evidence": self.evidence.to_dict(),
        }

    def table(self, name: TableName) -> pd.DataFrame:
        """A tidy table: `flows`, `lines`, `views`, `sectors`, `outcomes`,
        `assumptions` or `actuals`."""
        from sroi.projection import tables

        return tables.table(self, name)

    def __repr__(self) -> str:
        return f"<Result of {self.case!r}: public value {self.views['public_value'].npv:,.0f}>"

    def _repr_html_(self) -> str:
        return str(self.table("views").to_html(index=False))


def plain(row: View | SectorResult | OutcomeResult | NetValue | Weighted) -> dict[str, Any]:
    """A result row as a plain dict, reasons only where there are some."""
    held = {key: dict(value) if isinstance(value, Mapping) else value for key, value in vars(row).items()}
    if isinstance(row, View):
        held["beyond_horizon"] = _beyond_plain(row.beyond_horizon)
    if not held.get("reasons"):
        held.pop("reasons", None)
    return held


def _beyond_plain(beyond: Beyond) -> dict[str, Any]:
    """Both values, with the reason for each where there is none."""
    held: dict[str, Any] = {"benefits": beyond.benefits, "costs": beyond.costs}
    return held | {"reasons": dict.fromkeys(held, beyond.reason)} if beyond.reason else held


def year_label(year: int) -> str:
    """A financial year as it is written.

    >>> year_label(2026), year_label(2099)
    ('2026/27', '2099/00')
    """
    return f"{year}/{(year + 1) % 100:02d}"


def project(
    case: Case,
    option: str | None = None,
    scenario: str | None = None,
    *,
    actuals: bool = False,
    beyond: bool = True,
) -> Result:
    """Projects the central case: every line for every year, and the measures of every view (method §§ 1 to 7).

    With an option, or a scenario, the case is first changed as it says; `result.case` is the case so changed. With
    `actuals` it is re-run with the past as it was: what came in then stands in the place of its forecast. Without
    `beyond` what lies beyond the horizon is not computed, and says so: it takes a third of the time.

    >>> import sroi
    >>> result = sroi.project(sroi.read("meals"))
    >>> round(result.views["public_value"].bcr, 3)
    1.929

    Raises `CaseError` for an option or a scenario that the case does not hold, and where there are no actuals.
    """
    seen = case.seen(option, scenario)
    declared = declare(seen.as_it_was() if actuals else seen)
    return result_of(declared, evaluate(declared.model), beyond=beyond)


def result_of(declared: Declared, evaluation: Evaluation, *, beyond: bool = True) -> Result:
    """Reads the measures off an evaluation."""
    case = declared.case
    by_view = {view.view: view for view in declared.views}
    sectors = {sector.id: _sector(evaluation, by_view[sector.id]) for sector in case.sectors}
    outcomes = {outcome.id: _outcome(evaluation, outcome.id) for outcome in case.outcomes}
    first = case.settings.first_year
    after = beyond_horizon(case) if beyond else dict.fromkeys(VIEWS, Beyond(None, None, NOT_ASKED))
    return Result(
        case,
        declared,
        evaluation,
        MappingProxyType({name: _view(evaluation, case.settings, by_view[name], after[name]) for name in VIEWS}),
        MappingProxyType(sectors),
        MappingProxyType(outcomes),
        tuple(year_label(first + t) for t in range(case.settings.years)),
        financial.read(declared, evaluation),
        _reduced(declared, evaluation),
        _weighted(declared, evaluation),
        basis.read(evaluation),
        tuple(compared(evaluation, lines) for lines in declared.actuals),
    )


def _outcome(evaluation: Evaluation, key: str) -> OutcomeResult:
    found = evaluation.number(f"{key}.cost_per_outcome")
    nothing = math.isnan(found)
    return OutcomeResult(
        float(evaluation.row(f"{key}.quantity").sum()),
        float(evaluation.row(f"{key}.total_present_value").sum()),
        None if nothing else found,
        MappingProxyType({"cost_per_outcome": NO_GAIN} if nothing else {}),
    )


def _reduced(declared: Declared, evaluation: Evaluation) -> Reduced | None:
    lines = declared.reduced
    if lines is None:
        return None
    pv_costs, pv_benefits, npv = (
        evaluation.number(line.name) for line in (lines.pv_costs, lines.pv_benefits, lines.npv)
    )
    bcr = _number(evaluation, lines.bcr)
    why = {"bcr": RELEASED if pv_costs < -evaluation.number("public_value.nil") else NO_COST} if bcr is None else {}
    return Reduced(pv_costs, pv_benefits, npv, bcr, MappingProxyType(why))


def _weighted(declared: Declared, evaluation: Evaluation) -> Weighted | None:
    lines = declared.weighted
    if lines is None:
        return None
    found = {name: _number(evaluation, getattr(lines, name)) for name in ("pv_costs", "pv_benefits", "npv", "bcr")}
    stated = {g.id: evaluation.number(lines.weights[g.id].name) if g.income else None for g in declared.case.groups}
    without = [g.name for g in declared.case.groups if evaluation.number(lines.without[g.id].name) > 0]
    reasons = {}
    if without:
        reasons = dict.fromkeys(found, f"no income is stated for {', '.join(without)}")
    elif found["bcr"] is None:
        reasons["bcr"] = RELEASED if (found["pv_costs"] or 0.0) < -evaluation.number("public_value.nil") else NO_COST
    return Weighted(**found, weights=MappingProxyType(stated), reasons=MappingProxyType(reasons))


def _number(evaluation: Evaluation, line: Line) -> float | None:
    value = evaluation.number(line.name)
    return None if math.isnan(value) else value


def _reasons(evaluation: Evaluation, view: ViewLines, measures: Mapping[str, float | None]) -> dict[str, str]:
    reasons = {}
    if measures.get("bcr", 0.0) is None:
        released = evaluation.number(view.pv_costs.name) < -evaluation.number(view.nil.name)
        reasons["bcr"] = RELEASED if released else NO_COST
    for name, key in (("payback_years", view.view), ("discounted_payback_years", f"{view.view}.discounted")):
        if name in measures and f"{key}.payback" in evaluation.values:
            why = payback.read(evaluation, key)[1]
            if why:
                reasons[name] = why
    return reasons


def _view(evaluation: Evaluation, settings: Settings, view: ViewLines, after: Beyond) -> View:
    measures = {
        "bcr": _number(evaluation, view.bcr),
        "payback_years": _number(evaluation, view.payback),
        "discounted_payback_years": _number(evaluation, view.discounted_payback) if view.discounted_payback else None,
    }
    reasons = _reasons(evaluation, view, measures)
    for name, found in zip(("irr", "mirr"), rates(evaluation, settings, view.view), strict=True):
        why = Reason(int(found.reason[0]))
        measures[name] = float(found.rate[0]) if why == Reason.FOUND else None
        if why != Reason.FOUND:
            reasons[name] = sentence(why)
    measures["mvpf"], why_not = _mvpf(evaluation, view)
    if why_not:
        reasons["mvpf"] = why_not
    return View(
        pv_costs=evaluation.number(view.pv_costs.name),
        pv_benefits=evaluation.number(view.pv_benefits.name),
        npv=evaluation.number(view.npv.name),
        **measures,
        beyond_horizon=after,
        reasons=MappingProxyType(reasons),
    )


def _mvpf(evaluation: Evaluation, view: ViewLines) -> tuple[float | None, str]:
    """The marginal value of public funds, or why there is none."""
    if view.view != "public_value":
        return None, "a measure of public value only"
    found = evaluation.number("public_value.mvpf")
    if not math.isnan(found):
        return found, ""
    gains = evaluation.number("public_value.others_net") > evaluation.number("public_value.not_public.nil")
    return None, PAYS_FOR_ITSELF if gains else NO_PUBLIC_COST


def _sector(evaluation: Evaluation, view: ViewLines) -> SectorResult:
    measures = {"bcr": _number(evaluation, view.bcr), "payback_years": _number(evaluation, view.payback)}
    return SectorResult(
        evaluation.number(view.pv_costs.name),
        evaluation.number(view.pv_benefits.name),
        evaluation.number(f"{view.view}.pv_cashable"),
        evaluation.number(view.npv.name),
        measures["bcr"],
        measures["payback_years"],
        MappingProxyType(_reasons(evaluation, view, measures)),
    )
