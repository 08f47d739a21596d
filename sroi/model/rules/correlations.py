"""Correlations: of two numbers that have ranges, and short of 1 (format.md, *correlations*; method § 8).

Whether all that are stated can hold at once is told when draws are made, since it takes the whole matrix.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches

from sroi.errors import Problem
from sroi.model.altered import ranged
from sroi.model.parsing import plain
from sroi.model.rules.ranges import is_number, spelt
from sroi.model.tables import MODELS, UNREAD, Tables, near, split

BEARERS = ("ranges", "options", "scenarios")
"""Tables whose rows give a number a range."""


def refs(tables: Tables) -> list[Problem]:
    """Both numbers have a range, in the case or in an option or a scenario of it."""
    stated = ranged(tables) | tables.lent.get("ranges", frozenset()) - {UNREAD}
    sound = frozenset(ref for ref in stated if is_number(tables, ref))
    slips = stated - sound  # told where they stand: what they are meant to be has a range
    # a row that could not be read may be the range
    unread = any(tables.lent.get(table) for table in BEARERS[1:]) or UNREAD in tables.lent.get("ranges", ())
    found = []
    for row in tables.correlations:
        for field, ref in (("a", row.a), ("b", row.b)):
            if ref in stated:
                continue
            if not is_number(tables, ref):
                close = spelt(tables, ref)
                fix = near(ref, sound) if close == ref else f'Did you mean "{close}"?'
                if unread and not fix.startswith("Did") and _may_be(tables, ref):
                    continue
                found.append(Problem(row.at(field), "There is no range of the number", f'"{ref}"', fix))
            elif not unread and not get_close_matches(ref, slips, n=1, cutoff=0.8):
                fix = "Give it one in Ranges, or take the row out."
                found.append(Problem(row.at(field), "The number has no range", f'"{ref}"', fix))
    return found


def _may_be(tables: Tables, ref: str) -> bool:
    """Whether a ref that names nothing read may name a row that could not be."""
    table, key, _ = split(ref)
    return tables.holds(table, key) if table in MODELS else False


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
