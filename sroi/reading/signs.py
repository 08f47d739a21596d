"""A sign that contradicts the case: `£1,200` typed in a case of another currency.

The parser of a field takes a pound sign as it stands and knows nothing of the settings; whether it is true is seen
here, where both are at hand. No other sign is taken at all.
"""

from __future__ import annotations

from collections.abc import Iterable

from sroi.errors import Problem
from sroi.model.base import columns
from sroi.model.currency import STERLING, SYMBOLS
from sroi.model.sentences import shown
from sroi.model.settings import Settings
from sroi.model.tables import MODELS
from sroi.reading.rows import Entry, row_data


def pounds(entries: Iterable[Entry], settings: Settings | None) -> list[Problem]:
    """Sums typed with a pound sign where the case is in another currency: nothing is converted."""
    if settings is None or settings.currency == STERLING:
        return []
    found = []
    for entry in entries:
        typed = row_data(entry) if entry.row is not None else {}
        for column in columns(MODELS[entry.table]):
            value = typed.get(column.name)
            if column.kind == "money" and isinstance(value, str) and SYMBOLS[STERLING] in value:
                rule = f"{column.header} is in pounds, and the case in {settings.currency}"
                fix = f"Type it in {settings.currency}, without a sign."
                found.append(Problem(f"{entry.ref}.{column.name}", rule, shown(value), fix))
    return found
