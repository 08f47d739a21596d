"""The table `schedules`: discount rates by years from the start (method § 1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from sroi.model.base import Row
from sroi.model.types import Id, PerCent, Position, Text


class Schedule(Row):
    """One band of a discount schedule."""

    table: ClassVar[str] = "schedules"

    schedule: Id
    """The schedule's name."""
    from_year: Position
    """The first year of the band, counted from the case's start."""
    to_year: Position | None = None
    """The last year of the band; blank in the last band, which has no end."""
    rate_percent: PerCent
    """The rate per year, in per cent: 3.5 is 3.5 %."""
    edition: Text | None = None
    """Which edition of the guidance states it."""
    source: Text | None = None
    """Where it was read."""

    @property
    def key(self) -> str:
        """The schedule and the first year of the band: `green-book-2026-standard@0`."""
        return f"{self.schedule}@{self.from_year}"


def bands(name: str, schedules: Iterable[Schedule]) -> tuple[Schedule, ...]:
    """The bands of a schedule in order of years."""
    return tuple(sorted((s for s in schedules if s.schedule == name), key=lambda s: s.from_year))
