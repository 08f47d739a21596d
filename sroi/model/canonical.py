"""One case, one text: canonical JSON and its SHA-256 (format.md, *Python*).

Defaults are filled (also those that come from other tables), rows sorted by key, floats written by `repr`,
and of the library only the rows used are in it. So the order of rows, the form of the file, and a default
stated or left blank make no difference; a number that differs in its fifteenth digit does.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

from sroi.model import changes, price_index, resolve
from sroi.model.about import About
from sroi.model.actuals import Actual
from sroi.model.altered import alter, typed_as
from sroi.model.as_it_was import value_of
from sroi.model.base import Column, Row, columns
from sroi.model.correlations import Correlation
from sroi.model.costs import Cost
from sroi.model.deflators import Deflator
from sroi.model.evidence import Claim
from sroi.model.outcomes import Outcome
from sroi.model.profiles import Profile
from sroi.model.schedules import Schedule, bands
from sroi.model.sectors import Sector
from sroi.model.settings import BUSINESS_AS_USUAL, LONG, REDUCED, Settings, chosen, is_usual
from sroi.model.stated import as_number
from sroi.model.tables import LIBRARY, MODELS, SINGLE, Tables
from sroi.model.values import Value

LATER = ("correlations", "evidence", "history", "actuals")
"""Tables of which a case without them says nothing, so that it keeps the hash it had before they were read."""
SIGN_OFF = ("senior_owner", "limits_of_use", "next_review")
"""Fields of `about` of which the same holds."""


def used_schedules(tables: Tables) -> tuple[Schedule, ...]:
    """The bands of the schedules that the settings name, and of the reduced one that a long case is shown on."""
    if tables.settings is None:
        return ()
    long = {REDUCED} if tables.settings.years > LONG else set()
    names = sorted(set(chosen(tables.settings).values()) | long)
    return tuple(band for name in names for band in bands(name, tables.schedules))


def used_deflators(tables: Tables) -> tuple[Deflator, ...]:
    """The index points that prices rest on: none where every sum is in the base year's prices, unless the index
    reaches every year of the case, whose outturn prices then rest on it."""
    settings = tables.settings
    if settings is None:
        return ()
    years = set(price_years(tables))
    if price_index.carried(tables):
        years |= {price_index.financial(settings.first_year + t) for t in range(settings.years)}
    if price_index.nominal(tables):  # what people already started would still bring is paid after the horizon too
        beyond = resolve.years_beyond(tables.groups, tables.outcomes)
        last = settings.years + min(beyond, resolve.LONGEST_BEYOND)
        years |= {price_index.financial(settings.first_year + t) for t in range(settings.years, last)}
    if years:
        years.add(settings.price_base)
    index = price_index.PriceIndex.of(tables)
    wanted: frozenset[str] = frozenset().union(*(index.rests_on(year) or () for year in years))
    return tuple(sorted((d for d in tables.deflators if d.year in wanted), key=lambda d: d.key))


def price_years(tables: Tables) -> tuple[str, ...]:
    """The price years other than the base that are used, each once, sorted."""
    if tables.settings is None:
        return ()
    base = tables.settings.price_base
    stated = set(price_index.quoted(tables).values()) | {
        u.price_year
        for v in tables.values
        if v.unit_value is not None
        for u in resolve.unit_values_of(v.unit_value, tables.unit_values)
    }
    return tuple(sorted(stated - {base}))


def _seen(tables: Tables) -> tuple[Tables, ...]:
    """The tables as they stand, and as every option and scenario, and pair of them, makes them (method § 7)."""
    options, scenarios = changes.names(tables.options), changes.names(tables.scenarios)
    pairs = [(option, scenario) for option in (None, *options) for scenario in (None, *scenarios)]
    return (tables, *(alter(tables, option, scenario).tables for option, scenario in pairs[1:]))


def used_library(tables: Tables) -> dict[str, tuple[Row, ...]]:
    """The library rows that the case uses, by table: what the results workbook writes as input sheets."""
    names = {v.unit_value for v in tables.values if v.unit_value is not None}
    used = {u.id: u for name in names for u in resolve.unit_values_of(name, tables.unit_values)}
    seen = _seen(tables)
    schedules = {row.key for one in seen for row in used_schedules(one)}
    deflators = {row.key for one in seen for row in used_deflators(one)}
    return {
        # as they stand in the case: what an option makes of a row is in the option
        "schedules": tuple(row for row in tables.schedules if row.key in schedules),
        "deflators": tuple(row for row in tables.deflators if row.key in deflators),
        "unit_values": tuple(used[key] for key in sorted(used)),
    }


def _in_one_spelling(row: Row) -> dict[str, Any]:
    """What may be written in several ways that mean the same."""
    if isinstance(row, Settings):
        return {"compare_with": BUSINESS_AS_USUAL if is_usual(row) else row.compare_with}
    if isinstance(row, Sector):
        return {"library": sorted(row.library or ()) or None}
    if isinstance(row, Correlation):
        return dict(zip(("a", "b"), row.pair, strict=True))
    return {}


def _unsaid(row: Row, column: Column) -> bool:
    """Whether it is a field of `SIGN_OFF` of which the case says nothing."""
    return isinstance(row, About) and column.name in SIGN_OFF and getattr(row, column.attribute) is None


def _filled(row: Row, tables: Tables) -> dict[str, Any]:
    """A row with the defaults that come from other tables."""
    if isinstance(row, changes.Change):
        held = {c.name: getattr(row, c.attribute) for c in columns(type(row))}
        value = typed_as(tables, row)
        named = changes.names(tables.options if isinstance(row, changes.Option) else tables.scenarios)
        return held | {"title": named[row.name], "value": value}
    if isinstance(row, Claim):
        held = {c.name: getattr(row, c.attribute) for c in columns(type(row))}
        return held | {"value": as_number(tables, row)}
    if isinstance(row, Actual):
        held = {c.name: getattr(row, c.attribute) for c in columns(type(row))}
        return held | {"value": value_of(tables, row)}
    if isinstance(row, Profile):
        return {"ref": row.ref} | {str(year): number for year, number in row.years if number != 0}
    data = {c.name: getattr(row, c.attribute) for c in columns(type(row)) if not _unsaid(row, c)}
    settings = tables.settings
    data |= _in_one_spelling(row)
    if isinstance(row, Cost) and isinstance(settings, Settings):
        first, last = resolve.span(row, settings)
        data |= {"price_year": row.price_year or settings.price_base, "from": first, "to": last}
    if isinstance(row, Cost | Outcome):
        data["optimism"] = _optimism(row, tables)
    if isinstance(row, Cost | Outcome) and row.group is not None:
        data["group"] = sorted(group.id for group in resolve.groups_of(row, tables.groups))
    if isinstance(row, Outcome):
        data["stakeholder"] = resolve.stakeholder(row, sorted(tables.groups, key=lambda g: g.id))
    if isinstance(row, Value) and settings is not None:
        data |= _worth(row, tables, settings.price_base)
    return data


def _worth(row: Value, tables: Tables, price_base: str) -> dict[str, Any]:
    """What a row of values says, as itself or by its unit value; an event speaks for its parts."""
    data: dict[str, Any] = {"times": 1.0 if row.times is None else row.times}
    mine = [part for part in resolve.parts(row, tables, price_base) if not part.mirrors]
    if len(mine) == 1 and row.id == mine[0].id:
        part = mine[0]
        data |= {"sector": part.sector, "kind": part.kind, "health_effect": part.health_effect}
        data["price_year"] = None if row.unit_value else part.price_year
    if row.unit_value:
        data["health_effect"] = row.health_effect if _says_health(row, tables) else None
        if resolve.is_event(row.unit_value, tables.unit_values):
            data["kind"] = None  # a kind stated beside an event can only be that of every part
    return data


def _says_health(row: Value, tables: Tables) -> bool:
    """Whether a row's `health_effect` says anything that its unit value, as it is or as an option makes it, does
    not."""
    if row.health_effect is None:
        return False
    blank = row.model_copy(update={"health_effect": None})
    silent = replace(tables, values=tuple(blank if value is row else value for value in tables.values))

    def flags(one: Tables) -> list[bool]:
        value = next(value for value in one.values if value.key == row.key)
        return [part.health_effect for part in resolve.parts(value, one, "")]

    return any(flags(one) != flags(other) for one, other in zip(_seen(tables), _seen(silent), strict=True))


def _optimism(row: Cost | Outcome, tables: Tables) -> float | None:
    """A row's optimism: as stated or from its grade, unless an option or a scenario may make that another."""
    if row.optimism is None and _regraded(tables):
        return None
    return resolve.optimism(row, tables.grades, tables.evidence)


def _regraded(tables: Tables) -> bool:
    """Whether an option or a scenario changes a grade, or what one takes off: then a blank optimism is no number."""
    refs = [change.ref for change in (*tables.options, *tables.scenarios)]
    return any(ref.startswith("grades.") or ref.endswith(".grade") for ref in refs)


def canonical(tables: Tables) -> str:
    """The tables as canonical JSON."""
    library = used_library(tables)
    out: dict[str, Any] = {}
    for table in MODELS:
        rows = library[table] if table in LIBRARY else tables.rows(table)
        if table in LATER and not rows:
            continue
        filled = [_filled(row, tables) for row in sorted(rows, key=lambda r: r.key)]
        out[table] = filled[0] if table in SINGLE else filled
    return json.dumps(out, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def sha256(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal.

    >>> sha256("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(text.encode()).hexdigest()
