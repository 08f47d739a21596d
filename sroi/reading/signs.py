"""A sign that contradicts the case: `£1,200` typed in a case of another currency.

The parser of a field takes a pound sign as it stands and knows nothing of the settings; whether it is true is seen
here, where both are at hand. No other sign is taken at all.
"""

from __future__ import annotations

from collections.abc import Iterable

from sroi.errors import Problem
from sroi.model.actuals import Actual
from sroi.model.altered import changeable
from sroi.model.base import Column, columns
from sroi.model.changes import Change
from sroi.model.currency import STERLING, SYMBOLS
from sroi.model.sentences import shown
from sroi.model.settings import Settings
from sroi.model.tables import MODELS, split
from sroi.reading.rows import Entry, row_data


def pounds(entries: Iterable[Entry], settings: Settings | None) -> list[Problem]:
    """Sums typed with a pound sign where the case is in another currency: nothing is converted."""
    if settings is None or settings.currency == STERLING:
        return []
    found = []
    for entry in entries:
        typed = row_data(entry) if entry.row is not None else {}
        for name, column in _columns(entry):
            value = typed.get(name)
            if column.kind == "money" and isinstance(value, str) and SYMBOLS[STERLING] in value:
                rule = f"{column.header} is in pounds, and the case in {settings.currency}"
                fix = f"Type it in {settings.currency}, without a sign."
                found.append(Problem(f"{entry.ref}.{name}", rule, shown(value), fix))
    return found


def _columns(entry: Entry) -> list[tuple[str, Column]]:
    """The fields of a row and what they hold; the value of a change, or of what came in, is what its ref says."""
    if not isinstance(entry.row, Change | Actual):
        return [(column.name, column) for column in columns(MODELS[entry.table])]
    table, _, field = split(entry.row.ref)
    target = changeable(table).get(field)
    return [] if target is None else [("value", target)]
