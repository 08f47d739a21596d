"""The past as it was: numbers that came in, in the places of those that were forecast (method § 7).

An actual stands in the place of the number it names, in its own year alone. Here it is read as its field understands
it, and laid into a profile of its forecast, which is what the rules look at: rows of a pool must agree, and transfers
sum to nil, also with the past as it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sroi.errors import Problem
from sroi.model.actuals import Actual
from sroi.model.altered import made_with
from sroi.model.base import Row, attributes
from sroi.model.profiles import PROFILED, Profile
from sroi.model.resolve import profile
from sroi.model.tables import Tables, split


def value_of(tables: Tables, actual: Actual) -> float | tuple[Problem, ...]:
    """What came in as its field understands it, `12%` of an effect being 0.12; or what is wrong with it."""
    row, attribute = _target(tables, actual)
    if row is None:
        return ()
    made = made_with(row, (actual,))
    return float(getattr(made, attribute)) if isinstance(made, Row) else tuple(made)


def _target(tables: Tables, actual: Actual) -> tuple[Row | None, str]:
    """The row that an actual is of, and the name of its field; no row where it is of none."""
    table, key, field = split(actual.ref)
    if PROFILED.get(table) != field:
        return None, field
    row = tables.find(table, key)
    return row, field if row is None else attributes(type(row))[field]


def came_in(tables: Tables) -> Mapping[str, Mapping[int, float]]:
    """By ref and year, what came in; of the rows that can be read."""
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for actual in tables.actuals:
        value = value_of(tables, actual)
        if isinstance(value, float):
            found[actual.ref][actual.year] = value
    return found


def in_place(tables: Tables) -> Tables:
    """The tables with each actual in the place of its forecast, as profiles. For the rules alone: growth and optimism,
    which apply to a forecast and not to what came in, are not in them."""
    settings = tables.settings
    if settings is None or not tables.actuals:
        return tables
    years = range(settings.first_year, settings.first_year + settings.years)
    known = came_in(tables)
    profiles = {row.ref: row for row in tables.profiles}
    held: dict[str, Any] = {}
    for table in {split(ref)[0] for ref in known}:
        field, rows = PROFILED[table], []
        for row in tables.rows(table):
            # every row of the table, so that those which must agree are compared year by year
            ref, plain = row.at(field), getattr(row, field)
            stated = profile(ref, tables.profiles)
            if stated is None and plain is None:
                rows.append(row)
                continue
            forecast = dict.fromkeys(years, plain) if stated is None else dict(stated.by_year)
            by_year = forecast | dict(known.get(ref, {}))
            profiles[ref] = Profile.model_validate({"ref": ref, "years": by_year})
            rows.append(row.model_copy(update={field: None}))
        held[table] = tuple(rows)
    return replace(tables, profiles=tuple(profiles.values()), **held)
