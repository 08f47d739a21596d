"""Numbers that evidence and history may be of: which they are, and what a typed value is in their field's terms."""

from __future__ import annotations

import re
from typing import Any

from pydantic import ValidationError

from sroi.errors import Problem
from sroi.model.base import Column, Row, columns
from sroi.model.evidence import Claim
from sroi.model.profiles import PROFILED, Profile
from sroi.model.sentences import problem
from sroi.model.tables import MODELS, Tables, split

NUMBERED = ("settings", "groups", "costs", "outcomes", "values", "unit_values")
"""Tables whose numbers may have evidence and a history of their own."""


def numbers(table: str) -> dict[str, Column]:
    """The fields of a table that hold a number which may have evidence of its own.

    >>> sorted(numbers("settings"))[:3]
    ['discount', 'health_discount', 'later_inflation']
    """
    if table not in NUMBERED:
        return {}
    return {c.name: c for c in columns(MODELS[table]) if c.is_number and c.name != "grade"}


def varies(tables: Tables, ref: str) -> bool:
    """Whether a number varies by year."""
    table, _, field = split(ref)
    return PROFILED.get(table) == field and any(row.ref == ref for row in tables.profiles)


def year_of(ref: str) -> int | None:
    """The year that a ref into a profile names, in four digits."""
    field = split(ref)[2]
    return int(field) if ref.startswith("profiles.") and re.fullmatch("[0-9]{4}", field) else None


def held(tables: Tables, ref: str) -> Any:
    """What the case holds at a ref: a number, a schedule's name, or `None`."""
    table, key, field = split(ref)
    row = tables.find(table, key) if table in MODELS else None
    if isinstance(row, Profile):
        return row.by_year.get(year_of(ref) or 0, 0.0)
    column = numbers(table).get(field)
    return None if row is None or column is None else getattr(row, column.attribute)


def as_number(tables: Tables, claim: Claim) -> Any:
    """A claim's value as its field understands it, `12%` of a share being 0.12; or the faults in it."""
    table, key, field = split(claim.ref)
    row = tables.find(table, key) if table in MODELS else None
    return claim.value if row is None else _read(row, field, claim)


def _read(row: Row, field: str, claim: Claim) -> Any:
    if isinstance(row, Profile):
        year = year_of(claim.ref)
        data: dict[str, Any] = {"ref": row.ref, "years": {str(year): claim.value}}
    else:
        data = {n: v for n, v in row.model_dump().items() if v is not None and v != ""} | {field: claim.value}
    try:
        made = type(row).model_validate(data)
    except ValidationError as error:
        return [problem(type(row), item, claim.at("value"), data) for item in error.errors()]
    return made.years[0][1] if isinstance(made, Profile) else getattr(made, numbers(row.table)[field].attribute)


def faults(found: Any) -> list[Problem]:
    """The faults, where `as_number` found some."""
    return found if isinstance(found, list) else []
