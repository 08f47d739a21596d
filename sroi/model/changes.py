"""The tables `options` and `scenarios`: named sets of changes to the case, a row for each change (method § 7).

An *option* is a choice, a *scenario* a state of the world; any option can be seen in any scenario.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from sroi.model.base import Row
from sroi.model.types import End, Ref, Text, Typed


class Change(Row):
    """One number, yes or no, or year that a named set of changes makes another."""

    name: Text
    """The option's or scenario's name: rows of one name are one set of changes."""
    ref: Ref
    """What changes: `costs.hub.amount`, `values.falls-health-fiscal.counts`, `profiles.groups.a.referrals.2026`."""
    value: Typed
    """What it becomes."""
    title: Text | None = None
    """The name for people; stated in any one of its rows."""
    low: End | None = None
    """The low end of its range; without a range, a number that is set is certain."""
    high: End | None = None
    """The high end of its range."""

    @property
    def key(self) -> str:
        """The name and the ref."""
        return f"{self.name} {self.ref}"


class Option(Change):
    """A change that a choice makes."""

    table: ClassVar[str] = "options"


class Scenario(Change):
    """A change that a state of the world makes."""

    table: ClassVar[str] = "scenarios"


def names(changes: Iterable[Change]) -> Mapping[str, str]:
    """Every name and its title, in the order of the table; the name itself where no row states a title.

    >>> names([Option(name="stretch", ref="groups.a.referrals", value=9, title="Stretched")])
    {'stretch': 'Stretched'}
    """
    found: dict[str, str] = {}
    for change in changes:
        found[change.name] = change.title or found.get(change.name, "")
    return {name: title or name for name, title in found.items()}
