"""Tables of the format that this version does not compute: rows in one are an error that says so.

First law, no silent wrong answers: what would be read and then ignored is refused instead. Later issues take entries
out as they build them.
"""

from __future__ import annotations

from sroi.errors import Problem

TABLES = ("contract", "rate_card", "capital", "spread", "levers", "places")
"""Tables of the format that this version does not read."""


def table_problem(table: str, place: str) -> Problem:
    """A table of a later version that has rows."""
    name = table.replace("_", " ").capitalize()
    return Problem(place, f"The table {name} is not computed by this version", "", "Take its rows out.")
