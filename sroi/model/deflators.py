"""The table `deflators`: the index of prices by calendar or financial year (method § 1)."""

from __future__ import annotations

from typing import ClassVar

from sroi.model.base import Row
from sroi.model.types import IndexYear, Positive, Text


class Deflator(Row):
    """The price index of one year."""

    table: ClassVar[str] = "deflators"

    year: IndexYear
    """The year: 2015 the calendar year, 2015/16 the financial one."""
    index: Positive
    """The index of prices in that year."""
    basis: Text | None = None
    """Whether the point is published or approximated."""
    source: Text | None = None
    """Where it was read."""

    @property
    def key(self) -> str:
        """The year."""
        return self.year
