"""The case: every table, checked together, with the place each number came from.

A `Case` cannot exist with a fault in it: building one runs every cross-table rule and raises `CaseError` with
all that they find. It is frozen; `replace` gives another.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sroi.errors import CaseError, Problem
from sroi.model import basis, resolve
from sroi.model.about import About
from sroi.model.actuals import Actual
from sroi.model.altered import Altered, alter
from sroi.model.as_it_was import came_in
from sroi.model.base import Row, attributes
from sroi.model.canonical import canonical, sha256
from sroi.model.changes import Option, Scenario, names
from sroi.model.correlations import Correlation
from sroi.model.costs import Cost
from sroi.model.deflators import Deflator
from sroi.model.evidence import Claim, Evidence
from sroi.model.grades import Grade
from sroi.model.groups import Group
from sroi.model.outcomes import Outcome
from sroi.model.profiles import Profile
from sroi.model.ranges import Range
from sroi.model.rules import check, located, place_of
from sroi.model.schedules import Schedule
from sroi.model.sectors import Sector
from sroi.model.sentences import problem, unknown_field
from sroi.model.settings import Settings
from sroi.model.tables import MODELS, SINGLE, WORDS, Tables, near, split
from sroi.model.unit_values import UnitValue
from sroi.model.values import Value


class Case(BaseModel):
    """One set of assumptions, valid as a whole."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    about: About
    settings: Settings
    sectors: tuple[Sector, ...] = ()
    groups: tuple[Group, ...] = ()
    costs: tuple[Cost, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    values: tuple[Value, ...] = ()
    """Every row has its id."""
    ranges: tuple[Range, ...] = ()
    correlations: tuple[Correlation, ...] = ()
    profiles: tuple[Profile, ...] = ()
    grades: tuple[Grade, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    history: tuple[Claim, ...] = ()
    options: tuple[Option, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    actuals: tuple[Actual, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    """Every schedule held: the shipped rows, overlaid by the case's own."""
    deflators: tuple[Deflator, ...] = ()
    """Every index point held: the shipped rows, overlaid by the case's own."""
    unit_values: tuple[UnitValue, ...] = ()
    """The unit values that the case uses."""
    shipped: tuple[UnitValue, ...] = Field(default=(), exclude=True, repr=False)
    """The shipped rows of those unit values, without the case's own word on them: what a blank in theirs says."""
    places: Mapping[str, str] = Field(default_factory=dict, exclude=True, repr=False)
    """Where each ref was read: `outcomes.falls.effect` is `Outcomes!F7`; `outcomes.falls` is the row."""
    notes: tuple[str, ...] = Field(default=(), exclude=True, repr=False)
    """What the reader noticed and went on: unknown columns, rows that win over the library's."""

    option: str | None = Field(default=None, exclude=True, repr=False)
    """The option that made this case of another (`seen`), if one did."""
    scenario: str | None = Field(default=None, exclude=True, repr=False)
    """The scenario that made this case of another (`seen`), if one did."""
    seen_in: str = Field(default="", exclude=True, repr=False)
    """Both of them by their titles, and whether the past is as it was, in a sentence; empty for a case as it stands."""
    rerun: bool = Field(default=False, exclude=True, repr=False)
    """Whether what came in stands in the place of what was forecast (`as_it_was`)."""

    def __repr__(self) -> str:
        """In a line: what it is, and how much of it there is. All of it is in `tables`."""
        shown = ("sectors", "groups", "costs", "outcomes", "values", "ranges", "options", "scenarios")
        held = {
            "options": len(self.option_names),
            "scenarios": len(self.scenario_names),
            **{name: len(getattr(self, name)) for name in shown[:-2]},
        }
        said = ", ".join(f"{held[name]} {name if held[name] > 1 else name[:-1]}" for name in shown if held[name])
        seen = f" {self.seen_in}" if self.seen_in else ""
        return f'<Case {self.about.id}: "{self.about.title}", {said}.{seen}>'

    __str__ = __repr__

    @model_validator(mode="before")
    @classmethod
    def _fill_ids(cls, data: Any) -> Any:
        """Rows of values get their ids before anything looks at them."""
        if not isinstance(data, dict) or not all(isinstance(v, Value) for v in data.get("values", ())):
            return data
        tables = Tables(sectors=tuple(data.get("sectors", ())), unit_values=tuple(data.get("unit_values", ())))
        return data | {"values": resolve.with_ids(tables, data.get("values", ()))}

    @model_validator(mode="after")
    def _check(self) -> Case:
        """Every cross-table rule; `CaseError` passes through pydantic untouched."""
        problems = located(check(self.tables), self.places)
        if not problems:
            problems = self._check_seen()
        if problems:
            raise CaseError(problems)
        return self

    def _check_seen(self) -> tuple[Problem, ...]:
        """What is wrong with the case in each option and scenario; in both at once where neither alone is at fault."""
        faults: dict[Problem, None] = {}

        def look(option: str | None, scenario: str | None) -> bool:
            altered = alter(self.tables, option, scenario)
            found = located(check(altered.tables), self._places_seen(altered))
            faults.update(dict.fromkeys(found))
            return not found

        options = [name for name in self.option_names if look(name, None)]
        scenarios = [name for name in self.scenario_names if look(None, name)]
        for option in options:
            for scenario in scenarios:
                look(option, scenario)
        return tuple(faults)

    def _places_seen(self, altered: Altered) -> dict[str, str]:
        """The places of the case as altered: what a change sets, and its range, stand where the change does."""
        replaced = altered.replaced
        kept = {ref: at for ref, at in self.places.items() if not ref.startswith(replaced)}
        return kept | {ref: place_of(change, self.places) for ref, change in altered.places.items()}

    @property
    def option_names(self) -> Mapping[str, str]:
        """Every option and its title, in the order of the table."""
        return names(self.options)

    @property
    def scenario_names(self) -> Mapping[str, str]:
        """Every scenario and its title, in the order of the table."""
        return names(self.scenarios)

    def seen(self, option: str | None = None, scenario: str | None = None) -> Case:
        """The case as an option makes it, seen in a scenario: a case of its own, without options (method § 7).

        Raises `CaseError` naming those there are for an option or a scenario that the case does not hold, and with
        every fault where the two together make no case.
        """
        held = (("option", option, self.option_names), ("scenario", scenario, self.scenario_names))
        unknown = [(kind, name, known) for kind, name, known in held if name is not None and name not in known]
        if unknown:
            raise CaseError(
                Problem("", f'There is no {kind} called "{name}"', "", near(name, known))
                for kind, name, known in unknown
            )
        if option is None and scenario is None:
            return self
        altered = alter(self.tables, option, scenario)
        made = {table: getattr(altered.tables, table) for table in MODELS}
        said = [f'{kind} "{known[name]}"' for kind, name, known in held if name is not None]
        sentence = " in ".join(said)
        seen = Case(
            **made,
            shipped=self.shipped,
            places=self._places_seen(altered),
            notes=self.notes,
            option=option,
            scenario=scenario,
            seen_in=f"{sentence[0].upper()}{sentence[1:]}.",
        )
        return seen.as_it_was() if self.rerun else seen

    def as_it_was(self) -> Case:
        """The same case with the past as it was: what came in stands in the place of its forecast (method § 7).

        The tables, and so the hash, are the same: only how they are read differs. An option or a scenario is seen
        first, and what came in then wins in its years. Raises `CaseError` where nothing has come in.
        """
        if self.rerun:
            return self
        if not self.actuals:
            rule = "Nothing has come in yet, so there is no past to run the case with"
            raise CaseError([Problem("", rule, "", "Add rows to Actuals, or run it without.")])
        said = f"{self.seen_in[:-1]}, re-run" if self.seen_in else "Re-run"
        return self.model_copy(update={"rerun": True, "seen_in": f"{said} with the past as it was."})

    @cached_property
    def came_in(self) -> Mapping[str, Mapping[int, float]]:
        """What came in, by ref and year, as its field understands it."""
        return came_in(self.tables)

    @cached_property
    def tables(self) -> Tables:
        """The tables alone."""
        return Tables(**{name: getattr(self, name) for name in MODELS})

    @property
    def last_year(self) -> int:
        """The last year of the horizon."""
        return resolve.last_year(self.settings)

    def row(self, table: str, key: str = "") -> Row:
        """The row of that key; `KeyError` with a suggestion where there is none."""
        if table not in MODELS:
            raise KeyError(f'There is no table called "{table}". {near(table, MODELS)}')
        found = self.tables.find(table, key)
        if found is None:
            raise KeyError(
                f'There is no {WORDS.get(table, table)} called "{key}". {near(key, self.tables.keys(table))}'
            )
        return found

    def get(self, ref: str) -> Any:
        """The value at a ref: `outcomes.falls.effect`, `settings.discount`, `deflators.2015/16.index`,
        `schedules.green-book-2026-standard@0.rate_percent`, `profiles.costs.hub.amount.2026`."""
        table, key, field = split(ref)
        row = self.row(table, key)
        if isinstance(row, Profile) and field.isdigit():
            return row.by_year.get(int(field), 0.0)
        return getattr(row, self._attribute(row, field))

    def replace(self, ref: str, value: Any) -> Case:
        """Another case with one value changed, checked anew; `CaseError` where it cannot be."""
        table, key, field = split(ref)
        row = self.row(table, key)
        if isinstance(row, Profile) and field.isdigit():
            data: dict[str, Any] = {"ref": row.ref, "years": dict(row.years) | {int(field): value}}
        else:
            data = {n: v for n, v in row.model_dump().items() if v is not None and v != ""}
            data[field] = value
            self._attribute(row, field)
            if value is None:
                del data[field]
        try:
            changed = type(row).model_validate(data)
        except ValidationError as error:
            place = place_of(ref, self.places)
            raise CaseError(problem(type(row), e, place, data) for e in error.errors()) from None
        return self._with(table, row, changed)

    def _with(self, table: str, old: Row, new: Row) -> Case:
        held = {name: getattr(self, name) for name in type(self).model_fields}
        held[table] = new if table in SINGLE else tuple(new if r is old else r for r in held[table])
        return Case(**held)

    @staticmethod
    def _attribute(row: Row, field: str) -> str:
        known = attributes(type(row))
        if field not in known:
            raise CaseError([Problem("", unknown_field(type(row), field, "").rule, "", near(field, known))])
        return known[field]

    def place(self, ref: str) -> str:
        """Where a ref was read; the ref itself where that is not known."""
        return place_of(ref, self.places)

    def profile(self, ref: str) -> Mapping[int, float] | None:
        """The numbers by year of a field that has a profile, else None. Years left out are 0."""
        found = resolve.profile(ref, self.profiles)
        return None if found is None else found.by_year

    def groups_of(self, row: Cost | Outcome) -> tuple[Group, ...]:
        """The groups a row follows."""
        return resolve.groups_of(row, self.groups)

    def parts(self, value: Value) -> tuple[resolve.Part, ...]:
        """The sums of money a row of values stands for: one, or one per part of its event."""
        return resolve.parts(value, self.tables, self.settings.price_base)

    def price_year(self, row: Cost) -> str:
        """The price year of a cost: as stated, else the base. (A value's is that of its parts.)"""
        return row.price_year or self.settings.price_base

    def span(self, row: Cost) -> tuple[int, int]:
        """The first and last year of a cost."""
        return resolve.span(row, self.settings)

    def optimism(self, row: Cost | Outcome) -> float:
        """A row's optimism: as stated, else its grade's, else 0."""
        return resolve.optimism(row, self.grades, self.evidence)

    def basis(self, row: Cost | Outcome) -> basis.Basis:
        """What a row rests on: what its amount, or its effect, does (method § 4, evidence)."""
        return basis.of_row(row, self)

    def stakeholder(self, row: Outcome) -> str:
        """Whose outcome it is: as stated, else its groups' names."""
        return resolve.stakeholder(row, self.groups)

    def canonical(self) -> str:
        """The case as canonical JSON: defaults filled, rows sorted, only the library rows used."""
        return canonical(self.tables)

    @cached_property
    def inputs_sha256(self) -> str:
        """The SHA-256 of the canonical JSON: the same case has one in every form."""
        return sha256(self.canonical())
