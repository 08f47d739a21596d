"""What this version does not compute: one table, each entry an error that says so.

First law, no silent wrong answers: a field that would be read and then ignored is refused instead. Later
issues take entries out as they build them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sroi.errors import Problem
from sroi.model.settings import BUSINESS_AS_USUAL
from sroi.model.tables import Tables

TABLES = (
    *("options", "scenarios", "correlations", "evidence", "history", "actuals"),
    *("contract", "rate_card", "capital", "spread", "levers", "places"),
)
"""Tables of the format that this version does not read."""


@dataclass(frozen=True)
class NotBuilt:
    """One feature: the field, when a value of it asks for the feature, and the feature's name."""

    table: str
    field: str
    asks: Callable[[Any], bool]
    feature: str


FEATURES = (
    NotBuilt("settings", "compare_with", lambda v: v.lower() != BUSINESS_AS_USUAL, "Comparison with an option"),
)


def _refusal(ref: str, feature: str, fix: str = "Leave it blank.") -> Problem:
    return Problem(ref, f"{feature} is not computed by this version", "", fix)


def table_problem(table: str, place: str) -> Problem:
    """A table of a later version that has rows."""
    name = table.replace("_", " ").capitalize()
    return Problem(place, f"The table {name} is not computed by this version", "", "Take its rows out.")


def fields(tables: Tables) -> list[Problem]:
    """Every field that asks for a feature not yet built."""
    return [
        _refusal(row.at(entry.field), entry.feature)
        for entry in FEATURES
        for row in tables.rows(entry.table)
        if entry.asks(getattr(row, entry.field))
    ]


RULES: Mapping[str, Callable[[Tables], list[Problem]]] = {"fields": fields}
