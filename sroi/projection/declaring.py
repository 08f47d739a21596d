"""How the rooms of the projection declare their lines: input cells, units and labels in one manner.

A `Declaring` carries the model being filled and the case it is filled from. Its methods turn one field of the case
into one input line, named by its ref, with the default the format gives where the cell is blank.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sroi.model import Case, Outcome, Row, Sector
from sroi.model.base import attributes
from sroi.sheet import (
    ONE,
    PURE,
    TEXT,
    ZERO,
    Cell,
    Expression,
    Line,
    Model,
    Table,
    Unit,
    choose,
    first_filled,
    is_text,
    profile,
)
from sroi.sheet.lines import Style

PEOPLE = Unit.of("people")
YEARS = Unit.of("years")
POUNDS = Unit.of("£")
"""Pounds in the prices of the base year: real money, the only kind that totals are made of."""
QUOTED = Unit.of("£ as quoted")
"""Pounds in the prices of the year a row was quoted in: never added to anything."""

TOLERANCE, HALF, HUNDRED, QUARTER, TENTH, DOMINANT, ELASTICITY = (
    f"constants.{name}" for name in ("tolerance", "half", "hundred", "quarter", "tenth", "dominant", "elasticity")
)
CONSTANTS: Mapping[str, tuple[str, float]] = {
    TOLERANCE: ("Tolerance: differences below this share of the largest number count as nil", 1e-9),
    HALF: ("Half a year, where a flow falls in the middle of its year", 0.5),
    HUNDRED: ("Per cent in one", 100.0),
    QUARTER: ("Quarter of a year: the part of a financial year, April to March, in its second calendar year", 0.25),
    DOMINANT: ("The share of the benefits above which one row decides the answer", 0.5),
    TENTH: ("A tenth: the most by which prices may be taken to fall in a year", 0.1),
    ELASTICITY: ("Elasticity of the marginal utility of income: HM Treasury, Green Book, annex A3", 1.3),
}
"""The only numbers in the calculation that are not the case's own, each a named cell (workbook, rule 4)."""
METHODS: Mapping[str, str] = {TOLERANCE: "§ 6", ELASTICITY: "§ 9"}
"""The section of the method that a constant serves, where it is not § 1."""
TIMINGS = Table(
    "timings",
    {"timing": ("start", "middle", "end"), "shift": (0.0, 0.5, 1.0)},
    {"timing": TEXT, "shift": YEARS},
)
"""How many years into its year a flow falls (method § 1)."""


@dataclass
class Declaring:
    """The model under declaration, the case it comes from, and the tables that lookups look in."""

    case: Case
    model: Model
    indices: Table
    """The price index by year: as held, or as extended (`sroi.projection.price_index`)."""
    schedules: Table
    grades: Table
    beyond: int = 0
    """Years after the horizon, in which nobody new starts (method § 4, *beyond the horizon*)."""
    names: dict[str, str] = field(default_factory=dict)

    @staticmethod
    def of(case: Case, beyond: int = 0) -> Declaring:
        """An empty model for this case, with so many years after its horizon."""
        return Declaring(
            case,
            Model(years=case.settings.years + beyond),
            beyond=beyond,
            indices=Table(
                "deflators",
                {
                    "year": tuple(d.year for d in case.deflators),
                    "index": tuple(d.index for d in case.deflators),
                },
                {"year": TEXT, "index": PURE},
            ),
            schedules=Table(
                "schedules",
                {
                    "schedule": tuple(s.schedule for s in case.schedules),
                    "from_year": tuple(float(s.from_year) for s in case.schedules),
                    "to_year": tuple(None if s.to_year is None else float(s.to_year) for s in case.schedules),
                    "rate_percent": tuple(s.rate_percent for s in case.schedules),
                },
                {"schedule": TEXT, "from_year": YEARS, "to_year": YEARS, "rate_percent": PURE},
            ),
            grades=Table(
                "grades",
                {
                    "grade": tuple(float(g.grade) for g in case.grades),
                    "cost_optimism": tuple(g.cost_optimism for g in case.grades),
                    "benefit_optimism": tuple(g.benefit_optimism for g in case.grades),
                },
                {"grade": PURE, "cost_optimism": PURE, "benefit_optimism": PURE},
            ),
        )

    def __getitem__(self, name: str) -> Line:
        return self.model[name]

    def sector(self, key: str) -> Sector:
        """The sector of that id."""
        return next(sector for sector in self.case.sectors if sector.id == key)

    def outcome(self, key: str) -> Outcome:
        """The outcome of that id."""
        return next(outcome for outcome in self.case.outcomes if outcome.id == key)

    def constant(self, ref: str) -> Line:
        """A named constant, such as the tolerance."""
        return self.model[ref]

    def said(self, row: Row) -> str:
        """A row's name for labels: its own, with its id where another row of the case has the same name."""
        name = str(getattr(row, "name", "") or row.key)
        ref = f"{row.table}.{row.key}"
        if self.names.setdefault(name, ref) != ref:
            return f"{name} ({row.key})"
        return name

    def number(
        self,
        row: Row,
        fieldname: str,
        label: str,
        unit: Unit,
        *,
        blank: Expression | None = None,
        style: Style = "number",
    ) -> Line:
        """One number of a row as an input line. `blank` is what a blank cell means: 0 unless given."""
        ref, value = ref_of(row, fieldname), row_value(row, fieldname)
        cell = Cell(ref, None if value is None else float(value), unit)
        formula = cell if blank is None else first_filled(cell, blank)
        return self.model.line(ref, label, unit, formula, style=style, yearly=False)

    def share(self, row: Row, fieldname: str, label: str, *, blank: Expression | None = None) -> Line:
        """A share of a row as an input line."""
        return self.number(row, fieldname, label, PURE, blank=blank, style="share")

    def flag(self, row: Row, fieldname: str, label: str, *, blank: bool) -> Line:
        """A yes or no of a row as 1 or 0; `blank` is what a blank cell means."""
        ref, value = ref_of(row, fieldname), row_value(row, fieldname)
        cell = Cell(ref, {True: "yes", False: "no", None: None}[value], TEXT)
        formula = choose(is_text(cell, "no"), ZERO, ONE) if blank else choose(is_text(cell, "yes"), ONE, ZERO)
        return self.model.line(ref, label, PURE, formula, style="flag")

    def text(self, row: Row, fieldname: str, label: str, *, blank: Expression | str | None = None) -> Line:
        """A word of a row, such as a price year, as an input line."""
        ref, value = ref_of(row, fieldname), row_value(row, fieldname)
        cell = Cell(ref, value, TEXT)
        return self.model.line(ref, label, TEXT, cell if blank is None else first_filled(cell, blank), style="text")

    def year(self, row: Row, fieldname: str, label: str, *, blank: Expression) -> Line:
        """A calendar year of a row as an input line."""
        return self.number(row, fieldname, label, YEARS, blank=blank, style="year")

    def profiled(self, row: Row, fieldname: str, label: str, unit: Unit, *, style: Style = "number") -> Line:
        """A number that may vary by calendar year: a yearly line if the case has a profile for it."""
        ref = ref_of(row, fieldname)
        by_year = self.case.profile(ref)
        if by_year is None:
            return self.number(row, fieldname, label, unit, style=style)
        if self.beyond:  # a profile's last year carries on (method § 4)
            last = self.case.last_year
            by_year = dict(by_year) | dict.fromkeys(range(last + 1, last + 1 + self.beyond), by_year.get(last, 0.0))
        formula = profile(ref, by_year, self.model["timeline.calendar"], unit)
        return self.model.line(ref, label, unit, formula, style=style)


def ref_of(row: Row, fieldname: str) -> str:
    """The ref of a row's field: `outcomes.care-entry.effect`, or `settings.discount` in a table of one row."""
    return f"{row.table}.{row.key}.{fieldname}" if row.key else f"{row.table}.{fieldname}"


def row_value(row: Row, fieldname: str) -> Any:
    """A row's value by its field's name in files."""
    return getattr(row, attributes(type(row))[fieldname])
