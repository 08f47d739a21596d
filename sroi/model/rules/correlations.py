"""Correlations: of two numbers that have ranges, and short of 1 (format.md, *correlations*; method § 8).

Whether all that are stated can hold at once is told when draws are made, since it takes the whole matrix.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sroi.errors import Problem
from sroi.model.altered import ranged
from sroi.model.parsing import plain
from sroi.model.tables import UNREAD, Tables, near

BEARERS = ("ranges", "options", "scenarios")
"""Tables whose rows give a number a range."""


def refs(tables: Tables) -> list[Problem]:
    """Both numbers have a range, in the case or in an option or a scenario of it."""
    known = ranged(tables) | tables.lent.get("ranges", frozenset()) - {UNREAD}
    if any(tables.lent.get(table) for table in BEARERS[1:]) or UNREAD in tables.lent.get("ranges", ()):
        return []  # a row that could not be read may be the range
    return [
        Problem(row.at(field), "There is no range of the number", f'"{ref}"', near(ref, known))
        for row in tables.correlations
        for field, ref in (("a", row.a), ("b", row.b))
        if ref not in known
    ]


def apart(tables: Tables) -> list[Problem]:
    """The two numbers are not one and the same."""
    rule = "A and B must be two different numbers"
    return [Problem(row.at("b"), rule, f'"{row.b}" twice') for row in tables.correlations if row.a == row.b]


def short_of_one(tables: Tables) -> list[Problem]:
    """Two numbers that always move together, or always against each other, have no positive definite matrix."""
    rule = "Rank must be over -1 and below 1: numbers that always move together are one number"
    return [
        Problem(row.at("rank"), rule, plain(row.rank), f"Type {'-' if row.rank < 0 else ''}0.99 for nearly always.")
        for row in tables.correlations
        if abs(row.rank) == 1
    ]


RULES: Mapping[str, Callable[[Tables], list[Problem]]] = {
    "refs": refs,
    "apart": apart,
    "short_of_one": short_of_one,
}
