"""What else is wrong with a row that failed: the names it gives and the years it states.

A row with one bad cell cannot be read, but its other cells can be looked at: a stand-in has neutral values where the
row's own failed, and only the rules that look at single fields (does this sector exist, is this year within the
horizon) are asked about it. Nothing that rests on a neutral value is ever reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from sroi.errors import Problem
from sroi.model.base import Column, Row, columns
from sroi.model.rules import references, time
from sroi.model.tables import MODELS, Tables
from sroi.reading.rows import Entry, row_data

TABLES = ("groups", "costs", "outcomes", "values")
RULES: tuple[Callable[[Tables], list[Problem]], ...] = (
    references.payers,
    references.groups,
    references.valued_outcomes,
    references.graded,
    time.horizon,
)
"""Rules whose every fault is about one field alone."""
NEUTRAL: Mapping[str, Any] = {"text": "x", "id": "stand-in", "list": ("all",), "price year": "2015"}


def second_look(entries: Iterable[Entry], tables: Tables) -> list[Problem]:
    """Faults in the sound fields of rows that failed, placed at the rows' provisional refs."""
    found: list[Problem] = []
    for entry in entries:
        if entry.row is not None or entry.table not in TABLES or tables.settings is None:
            continue
        failed = {problem.place.removeprefix(f"{entry.ref}.") for problem in entry.problems}
        row = _stand_in(entry, failed, tables.settings.first_year)
        if row is None:
            continue
        looked_at: dict[str, Any] = {entry.table: (*tables.rows(entry.table), row)}
        for rule in RULES:
            for problem in rule(replace(tables, **looked_at)):
                field = problem.place.removeprefix(f"{row.at()}.")
                if problem.place.startswith(f"{row.at()}.") and field in _stated(entry) - failed:
                    found.append(replace(problem, place=f"{entry.ref}.{field}"))
    return found


def _stated(entry: Entry) -> set[str]:
    return {name for name, cell in entry.raw.cells.items() if not cell.blank}


def _stand_in(entry: Entry, failed: set[str], first_year: int) -> Row | None:
    model = MODELS[entry.table]
    data = {name: value for name, value in row_data(entry).items() if name not in failed}
    for column in columns(model):
        if column.required and column.name not in data:
            data[column.name] = _neutral(column, first_year)
    if not data.get("id"):
        data["id"] = "stand-in"
    try:
        return model.model_validate(data)
    except ValidationError:
        return None


def _neutral(column: Column, first_year: int) -> Any:
    if column.choices:
        return column.choices[0]
    if column.kind == "year":
        return first_year
    return NEUTRAL.get(column.kind, 1.0)
