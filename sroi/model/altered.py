"""The case as an option and a scenario make it (method § 7): changes put into their rows, ranges kept or replaced.

A change may set what a results workbook could recalculate: numbers, yes or no, years, price years, timing, discount.
What shapes the calculation (a payer, a group, a basis) is another row, which `counts` adds or drops. The horizon, its
first year and the price base are the same in every option, else their sums could not be compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from sroi.errors import Problem
from sroi.model.actuals import Actual
from sroi.model.base import Column, Row, columns
from sroi.model.changes import Change
from sroi.model.profiles import PROFILED, Profile
from sroi.model.ranges import Range
from sroi.model.sentences import problem
from sroi.model.settings import BUSINESS_AS_USUAL
from sroi.model.tables import MODELS, SINGLE, Tables, split

SAME: Mapping[str, frozenset[str]] = {
    "settings": frozenset({"first_year", "price_base"}),
    "costs": frozenset({"capital"}),
}
"""Fields that could be live, and must be the same in every option and scenario."""


@dataclass(frozen=True)
class Altered:
    """The tables as changed, the faults of the changes themselves, and where each changed ref was read."""

    tables: Tables
    problems: tuple[Problem, ...]
    """Placed at the changes: `options.stretched costs.hub.amount.value`."""
    places: Mapping[str, str]
    """For each ref that a change sets, and for its range, the ref of the change."""

    @property
    def replaced(self) -> tuple[str, ...]:
        """What the refs of ranges begin with that a change has taken out or replaced."""
        return tuple(f"{ref}." for ref in self.places if ref.startswith("ranges."))


def year_of(change: Change | Actual) -> int | None:
    """The year that a change of a profile names, in four digits; none where it names none."""
    field = split(change.ref)[2]
    return int(field) if re.fullmatch("[0-9]{4}", field) else None


def changeable(table: str) -> Mapping[str, Column]:
    """The fields of a table that an option or a scenario may change, by name.

    >>> sorted(changeable("grades"))
    ['benefit_optimism', 'cost_optimism']
    """
    if table not in MODELS or table in ("profiles", "actuals"):  # what came in, came in whatever is chosen
        return {}
    left_out = SAME.get(table, frozenset())
    return {c.name: c for c in columns(MODELS[table]) if c.live and c.name not in left_out}


def of(changes: Iterable[Change], name: str | None) -> tuple[Change, ...]:
    """The changes of that name; none without a name."""
    return tuple(change for change in changes if change.name == name)


def alter(tables: Tables, option: str | None, scenario: str | None) -> Altered:
    """The tables as they are in an option, seen in a scenario; without options and scenarios of their own.

    Only changes whose ref can be changed are looked at: the rules report the others.
    """
    changes = (*of(tables.options, option), *of(tables.scenarios, scenario))
    by_row: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in changes:
        table, key, _ = split(change.ref)
        by_row[table, key].append(change)
    rows: dict[tuple[str, str], Row] = {}
    problems: list[Problem] = []
    for (table, key), mine in by_row.items():
        row = tables.find(table, key) if table in MODELS else None
        if row is None:
            continue
        made = made_with(row, mine)
        if isinstance(made, Row):
            rows[table, key] = made
        else:
            problems += made
    held: dict[str, Any] = {}
    for table in {table for table, _ in rows}:
        new = tuple(rows.get((table, row.key), row) for row in tables.rows(table))
        held[table] = new[0] if table in SINGLE else new
    settings = held.get("settings", tables.settings)
    if settings is not None:
        held["settings"] = settings.model_copy(update={"compare_with": BUSINESS_AS_USUAL})
    ranges = _ranges(tables, changes)
    uncertain = {row.ref for row in ranges}  # what a change makes certain moves with nothing
    correlations = tuple(row for row in tables.correlations if uncertain.issuperset(row.pair))
    found = replace(tables, **held, options=(), scenarios=(), ranges=ranges, correlations=correlations)
    places = {change.ref: change.at("value") for change in changes}
    places |= {f"ranges.{change.ref}": change.at("value") for change in changes}
    return Altered(found, tuple(problems), places)


def typed_as(tables: Tables, change: Change) -> Any:
    """The change's value as its field understands it: `12%` of a share is 0.12. As typed where that cannot be."""
    table, key, field = split(change.ref)
    row = tables.find(table, key) if table in MODELS else None
    made = None if row is None else made_with(row, (change,))
    if isinstance(made, Profile):
        return made.by_year[year_of(change) or 0]
    return getattr(made, changeable(table)[field].attribute) if isinstance(made, Row) else change.value


def made_with(row: Row, changes: Iterable[Change | Actual]) -> Row | list[Problem]:
    """The row with its changes, or with what came in; or what is wrong with them."""
    if isinstance(row, Profile):
        by_year = {year: change for change in changes if (year := year_of(change)) is not None}
        years = dict(row.years) | {year: change.value for year, change in by_year.items()}
        data: dict[str, Any] = {"ref": row.ref, "years": years}
        by_loc: dict[int | str, Change | Actual] = {n: by_year[y] for n, y in enumerate(sorted(years)) if y in by_year}
    else:
        known = changeable(row.table)
        wanted: dict[int | str, Change | Actual] = {
            split(change.ref)[2]: change for change in changes if split(change.ref)[2] in known
        }
        data = {n: v for n, v in row.model_dump().items() if v is not None and v != ""}
        data |= {str(field): change.value for field, change in wanted.items()}
        by_loc = wanted
    try:
        return type(row).model_validate(data)
    except ValidationError as error:
        found = []
        for item in error.errors():
            # of a profile, ("years", which year, year or number)
            change = next((by_loc[part] for part in item["loc"] if part in by_loc), None)
            place = row.at() if change is None else change.at("value")
            found.append(problem(type(row), item, place, data))
        return found


def _ranges(tables: Tables, changes: Iterable[Change]) -> tuple[Range, ...]:
    """A number that a change sets is certain, unless the change gives it a range: then it keeps its shape (§ 7)."""
    held = {row.ref: row for row in tables.ranges}
    for change in changes:
        old = held.pop(change.ref, None)
        if change.low is None and change.high is None:
            continue
        # a range by natural parameters has no ends whose meaning could be kept
        kept = {} if old is None or old.low is None else {"shape": old.shape, "interval": old.interval}
        held[change.ref] = Range.model_validate({"ref": change.ref, "low": change.low, "high": change.high, **kept})
    return tuple(held.values())


def ranged(tables: Tables) -> frozenset[str]:
    """Every number that has a range, as the case stands or in an option or a scenario."""
    changes = (*tables.options, *tables.scenarios)
    given = {change.ref for change in changes if change.low is not None or change.high is not None}
    return frozenset({row.ref for row in tables.ranges} | given)


def profiled(tables: Tables, change: Change) -> bool:
    """Whether the field varies by year, so that no one number can stand for it."""
    table, _, field = split(change.ref)
    return PROFILED.get(table) == field and any(row.ref == change.ref for row in tables.profiles)
