"""What every block of the Financial case is made from: the result, the page so far, and the public budgets by name."""

from __future__ import annotations

from dataclasses import dataclass

from sroi.model import Case, Sector
from sroi.model.currency import before
from sroi.projection import Result
from sroi.projection.budgets import BudgetLines
from sroi.reports.phrases import Named, text
from sroi.reports.placed import Cell, Page, words
from sroi.sheet import TEXT, Expression, Line, Model
from sroi.sheet import Cell as CellOf

SHEET, WORKINGS = "Financial case", "Financial workings"


@dataclass(frozen=True)
class Own:
    """One public budget."""

    lines: BudgetLines
    said: str

    @property
    def sector(self) -> Sector:
        """The sector whose budget it is."""
        return self.lines.sector.sector

    @property
    def key(self) -> str:
        """The sector's id."""
        return self.sector.id


@dataclass(frozen=True)
class Partners:
    """The page being arranged, and what it is of."""

    result: Result
    model: Model
    page: Page
    public: tuple[Own, ...]

    @staticmethod
    def of(result: Result, model: Model, row: int) -> Partners:
        """An empty page, wide enough for the largest sum on it."""
        said = result.declared.names.said
        public = tuple(Own(lines, said(lines.sector.sector)) for lines in result.declared.budgets)
        return Partners(result, model, Page.of(SHEET, _largest(result), row), public)

    @property
    def case(self) -> Case:
        """The case."""
        return self.result.case

    @property
    def code(self) -> str:
        """Its currency."""
        return self.case.settings.currency

    @property
    def money(self) -> str:
        """What stands before a sum."""
        return before(self.code)

    @property
    def within(self) -> Line:
        """How long the case runs, in words."""
        return self.model["summary.horizon"]

    def said(self, sector: Sector) -> str:
        """A sector's name."""
        return self.result.declared.names.said(sector)

    def row(self, sector: Sector) -> Cell:
        """The label of a sector's row. Sentences take its name from the first such cell: a name is the case's own text,
        and no formula holds any (workbook, rule 11)."""
        self.page.named.setdefault(_ref(sector), (self.page.row, 0))
        return words(self.said(sector))

    def name(self, sector: Sector) -> Line:
        """A sector's name for sentences, as its row has it."""
        line = f"financial.{sector.id}.name"
        if line in self.model.lines:
            return self.model[line]
        cell = CellOf(_ref(sector), self.said(sector), TEXT)
        return text(self.model, line, f"{self.said(sector)}: its name, as the page has it", cell)

    def listed(self, sector: Sector, condition: Expression) -> Named:
        """A sector, to be listed in a sentence on a condition."""
        return Named(self.name(sector), len(self.said(sector)), condition)


def _ref(sector: Sector) -> str:
    return f"financial.named.{sector.id}"


def _largest(result: Result) -> float:
    """The largest sum that the page shows: a total over all years, in either prices."""
    rows = [row.name for own in result.declared.budgets for row in own.rows]
    rows += ["budget.costs", "budget.benefits", "budget.yearly_net", "cashable.yearly_net"]
    rows += [lines.cash_costs.flow.name for lines in result.declared.sectors]
    held = result.declared.model.lines
    both = [name + suffix for name in rows for suffix in ("", "_outturn") if name + suffix in held]
    return max(float(abs(result.evaluation.row(name)).sum()) for name in both)
