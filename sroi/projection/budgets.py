"""Who pays and who saves, by year: every public sector's own budget (method § 6).

Each public sector by year: what it pays in cash, what it saves, the cash released to it, and what it saves less what
it pays; the same in outturn prices where the index of prices reaches; and the cash costs of them all by capital and
revenue, one-off and recurring, in both prices.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sroi.model import Cost
from sroi.projection.costs import is_benefit
from sroi.projection.declaring import Declaring
from sroi.projection.price_index import OUTTURN
from sroi.projection.sectors import SectorLines
from sroi.projection.streams import add, money
from sroi.projection.views import budget_sides, cashable_sides, held
from sroi.sheet import Line

SHEET = "Budget workings"
OUTTURN_LINE = "timeline.outturn"
SPLITS: dict[str, tuple[str, Callable[[Cost], bool]]] = {
    "capital": ("capital", lambda cost: cost.capital),
    "revenue": ("revenue", lambda cost: not cost.capital),
    "one_off": ("one-off", lambda cost: cost.basis == "one_off"),
    "recurring": ("recurring", lambda cost: cost.basis != "one_off"),
}
"""The two ways of parting the cash costs of public sectors, and which rows each part takes."""


@dataclass(frozen=True)
class BudgetLines:
    """One public sector's budget by year, in base-year pounds: its own, without its parts'."""

    sector: SectorLines
    pays: Line
    saves: Line
    released: Line
    net: Line

    @property
    def rows(self) -> tuple[Line, Line, Line, Line]:
        """What it pays, saves, has released, and its net."""
        return (self.pays, self.saves, self.released, self.net)


def declare(to: Declaring, sectors: Sequence[SectorLines]) -> tuple[BudgetLines, ...]:
    """Declares every public sector's budget, the parts of the cash costs, and outturn prices (method § 6).

    `<sector>.pays`, `<sector>.saves`  £ in base-year prices by year, its own: the two sides of `budget`
    `<sector>.has_released`            £ by year: the benefits of `cashable`
    `<sector>.saves_less_pays`         £ by year: `saves - pays`
    `<view>.capital`, `<view>.revenue` £ by year, of `budget`: the cash costs of public sectors, parted; also
                                       `<view>.one_off` and `<view>.recurring`
    `<view>.old_released`              £ by year: what of old services is no longer paid, taken off those parts
    `<view>.harm_costs`                £ by year: harms to public budgets, where the case counts these as costs (§ 12)
    `<view>.costs_outturn`             £ of the year: `real × index[t]/index[base]`; so of the others

    Outturn prices are declared only where the index reaches every year.
    """
    to.model.sheet(SHEET)
    found = tuple(_budget(to, lines) for lines in sectors if lines.sector.ledger == "public")
    to.model.heading("Cash costs of public budgets, parted")
    parts = []
    for name, (said, takes) in SPLITS.items():
        rows = [to[f"{cost.id}.cost"] for cost in cash_costs(to) if takes(cost)]
        parts.append(add(to, f"budget.{name}", f"Public budgets: {said} cash costs", rows))
    parts += _beside(to, [own.sector for own in found])
    if OUTTURN_LINE in to.model.lines:
        to.model.heading("Public budgets in outturn prices")
        for line, said in (
            ("budget.costs", "pay"),
            ("budget.benefits", "save"),
            ("budget.yearly_net", "save, less what they pay"),
            ("cashable.benefits", "have released"),
            ("cashable.yearly_net", "have released, less what they pay"),
        ):
            in_outturn(to, to[line], f"Public budgets {said}")
        for part in parts:
            in_outturn(to, part, part.label)
    return found


def _beside(to: Declaring, public: Sequence[SectorLines]) -> list[Line]:
    """What stands beside the parts: old services that are taken off them, and harms counted as costs."""
    beside = []
    released = [cost for cost in cash_costs(to) if cost.old_service]
    if released:
        paid = add(to, "budget.old_costs", "Public budgets: old services, negative as they are released",
                   [to[f"{cost.id}.cost"] for cost in released])  # fmt: skip
        beside.append(money(to, "budget.old_released", "Public budgets: old services no longer paid", -paid))
    harms = [stream.flow for lines in public for stream in held(lines.harms, lines.transfer_harms)]
    if harms:
        beside.append(add(to, "budget.harm_costs", "Public budgets: harms counted as costs", harms))
    return beside


def cash_costs(to: Declaring) -> list[Cost]:
    """The rows that are cash costs of public sectors; an old service only where its release lowers the costs."""
    public = {sector.id for sector in to.case.sectors if sector.ledger == "public"}
    return [
        cost for cost in to.case.costs if cost.payer in public and cost.treatment == "cash" and not is_benefit(to, cost)
    ]


def in_outturn(to: Declaring, line: Line, said: str) -> Line:
    """A row of base-year pounds in the prices of each year: `real × index[t] / index[base]`."""
    label = f"{said}, in outturn prices"
    return money(to, f"{line.name}_outturn", label, line * to[OUTTURN_LINE], unit=OUTTURN)


def _budget(to: Declaring, lines: SectorLines) -> BudgetLines:
    said, key = to.said(lines.sector), lines.sector.id
    to.model.heading(said)
    budget, cash = budget_sides([lines]), cashable_sides([lines])
    pays = add(to, f"{key}.pays", f"{said}: pays in cash", [s.flow for s in budget.costs])
    saves = add(to, f"{key}.saves", f"{said}: saves", [s.flow for s in budget.benefits])
    released = add(to, f"{key}.has_released", f"{said}: has cash released", [s.flow for s in cash.benefits])
    net = money(to, f"{key}.saves_less_pays", f"{said}: saves less pays", saves - pays)
    found = BudgetLines(lines, pays, saves, released, net)
    if OUTTURN_LINE in to.model.lines:
        for line in found.rows:
            in_outturn(to, line, line.label)
    return found
