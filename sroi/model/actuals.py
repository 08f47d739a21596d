"""The table `actuals`: what came in, by ref and year, beside what was forecast (method § 7)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from sroi.model.base import Row
from sroi.model.types import Live, Ref, Shown, Text, Typed, Year


class Actual(Row):
    """What one number turned out to be in one year."""

    table: ClassVar[str] = "actuals"

    ref: Ref
    """What came in: `groups.*.referrals`, `costs.*.amount`, `values.*.amount` or `outcomes.*.effect`."""
    year: Annotated[Year, Live(False)]
    """The financial year in which it came in."""
    value: Annotated[Typed, Shown("number"), Live()]
    """What it was in that year, in the terms of its field; a sum in the prices that its row states."""
    source: Text | None = None
    """Where that was read: an account, a register, a survey."""

    @property
    def key(self) -> str:
        """The ref and the year."""
        return f"{self.ref} {self.year}"

    @property
    def in_year(self) -> str:
        """The financial year as it is labelled: `2026/27`."""
        return f"{self.year}/{(self.year + 1) % 100:02d}"
