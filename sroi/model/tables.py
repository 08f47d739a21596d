"""All the tables of a case, side by side, before they are a case.

`Tables` is what the cross-table rules look at. While a file is being read, rows that failed are not in it,
but they *lend* their ids: a fault in one row never makes another row look wrong.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from sroi.model.about import About
from sroi.model.actuals import Actual
from sroi.model.base import Row
from sroi.model.changes import Option, Scenario
from sroi.model.correlations import Correlation
from sroi.model.costs import Cost
from sroi.model.deflators import Deflator
from sroi.model.evidence import Claim, Evidence
from sroi.model.grades import Grade
from sroi.model.groups import Group
from sroi.model.outcomes import Outcome
from sroi.model.profiles import Profile
from sroi.model.ranges import Range
from sroi.model.schedules import Schedule
from sroi.model.sectors import Sector
from sroi.model.settings import Settings
from sroi.model.unit_values import UnitValue
from sroi.model.values import Value

MODELS: Mapping[str, type[Row]] = MappingProxyType(
    {
        model.table: model
        for model in (
            *(About, Settings, Sector, Group, Cost, Outcome, Value, Range, Correlation, Profile, Grade),
            *(Evidence, Claim, Option, Scenario, Actual),
            *(Schedule, Deflator, UnitValue),
        )
    }
)
"""Every table of a case and the model of its rows, in the order of the sheets."""
UNREAD = "*"
"""Stands for the key of a row whose key could not be read."""
SINGLE = ("about", "settings")
"""Tables of one row, written as fields and values."""
LIBRARY = ("schedules", "deflators", "unit_values")
"""Tables of the library's shape: a row of the case wins over the shipped one."""
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "sectors": "sector",
        "groups": "group",
        "costs": "cost",
        "outcomes": "outcome",
        "values": "value",
        "ranges": "range",
        "correlations": "correlation of",
        "profiles": "profile",
        "grades": "grade",
        "evidence": "evidence of",
        "history": "claim of",
        "options": "option",
        "scenarios": "scenario",
        "actuals": "number that came in for",
        "schedules": "discount schedule",
        "deflators": "price index for",
        "unit_values": "unit value",
    }
)
"""What one row of each table is called in a sentence."""


@dataclass(frozen=True)
class Tables:
    """The rows that could be read, and the keys of those that could not."""

    about: About | None = None
    settings: Settings | None = None
    sectors: tuple[Sector, ...] = ()
    groups: tuple[Group, ...] = ()
    costs: tuple[Cost, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    values: tuple[Value, ...] = ()
    ranges: tuple[Range, ...] = ()
    correlations: tuple[Correlation, ...] = ()
    profiles: tuple[Profile, ...] = ()
    grades: tuple[Grade, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    history: tuple[Claim, ...] = ()
    options: tuple[Option, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    actuals: tuple[Actual, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    deflators: tuple[Deflator, ...] = ()
    unit_values: tuple[UnitValue, ...] = ()
    lent: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By table, the keys of rows that failed: they exist, but nothing more is known of them. `*` stands for
    rows whose key could not be read either."""

    @property
    def timed(self) -> tuple[Group | Cost, ...]:
        """Rows with a first and a last year."""
        return (*self.groups, *self.costs)

    @property
    def followers(self) -> tuple[Cost | Outcome, ...]:
        """Rows that follow groups and have a grade."""
        return (*self.costs, *self.outcomes)

    @property
    def priced(self) -> tuple[Cost | Value, ...]:
        """Rows that state a price year."""
        return (*self.costs, *self.values)

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of a table, one for `about` and `settings`."""
        found = getattr(self, table)
        return found if isinstance(found, tuple) else () if found is None else (found,)

    def find(self, table: str, key: str) -> Row | None:
        """The row of that key, or None: also where the row is known to exist but failed."""
        return self._by_key(table).get(key)

    def _by_key(self, table: str) -> Mapping[str, Row]:
        """The rows of a table by key, the first where some share one."""
        if table not in self._found:
            self._found[table] = {row.key: row for row in reversed(self.rows(table))}
        return self._found[table]

    @cached_property
    def _found(self) -> dict[str, Mapping[str, Row]]:
        return {}

    def keys(self, table: str) -> frozenset[str]:
        """Every key of a table, those of failed rows included."""
        return frozenset(self._by_key(table)) | self.lent.get(table, frozenset()) - {UNREAD}

    def holds(self, table: str, key: str) -> bool:
        """Whether there is such a row, or there may be: one that could not be read may be it."""
        lent = self.lent.get(table, frozenset())
        return key in self._by_key(table) or key in lent or UNREAD in lent


def split(ref: str) -> tuple[str, str, str]:
    """A ref's table, key and field; the key is empty for the one-row tables, and may itself hold full stops.

    >>> split("outcomes.falls.effect"), split("settings.discount"), split("ranges.costs.hub.amount.low")
    (('outcomes', 'falls', 'effect'), ('settings', '', 'discount'), ('ranges', 'costs.hub.amount', 'low'))
    """
    table, _, rest = ref.partition(".")
    key, _, field = rest.rpartition(".")
    return table, key, field


def near(word: str, known: Iterable[str]) -> str:
    """A suggestion where one of the known words is nearly the one found, else the list of them.

    >>> near("helth", ["council", "health"])
    'Did you mean "health"?'
    >>> near("zoo", ["council", "health"])
    'There are: council, health.'
    """
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f'Did you mean "{close[0]}"?'
    if not names:
        return "There are none yet."
    shown = ", ".join(names[:12])
    return f"There are: {shown}{f' and {len(names) - 12} more' if len(names) > 12 else ''}."


def near_among(word: str, known: Iterable[str]) -> str:
    """The whole list of a few known words, after a suggestion where one is nearly the word found.

    >>> near_among("helth", ["council", "health"])
    'Did you mean "health"? There are: council, health.'
    """
    names = sorted(known)
    suggestion = near(word, names)
    return suggestion if suggestion.startswith("There") else f"{suggestion} There are: {', '.join(names)}."


def near_unit_value(name: str, known: Iterable[str]) -> str:
    """A suggestion of unit values that are nearly the one named or begin with it, else how to look for one: there are
    too many to list.

    >>> near_unit_value("arrest", ["arrest-detained", "arrest-no-further-action", "qaly"])
    'Did you mean "arrest-detained" or "arrest-no-further-action"? To look for others: sroi values WORDS.'
    >>> near_unit_value("police", ["arrest-detained", "qaly"])
    'To look for one: sroi values WORDS.'
    """
    names = sorted(known)
    suggestion = near(name, names)
    if suggestion.startswith("Did"):
        return suggestion
    begun = [other for other in names if other.startswith(f"{name}-")][:3]
    return f"Did you mean {either(begun)}? To look for others: {LOOK}" if begun else f"To look for one: {LOOK}"


LOOK = "sroi values WORDS."
"""The command that looks through the library's unit values."""


def either(names: Sequence[str]) -> str:
    """Names of which one is meant.

    >>> either(["a"]), either(["a", "b", "c"])
    ('"a"', '"a", "b" or "c"')
    """
    quoted = [f'"{name}"' for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
