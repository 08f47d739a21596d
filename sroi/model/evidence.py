"""The tables `evidence` and `history`: what a number rests on, and how its claim has changed (method § 4)."""

from __future__ import annotations

from typing import ClassVar

from sroi.model.base import Row
from sroi.model.costs import EvidenceStatus
from sroi.model.types import GradeNumber, Ref, Text, Typed, When


class Evidence(Row):
    """What one number rests on; what is stated here wins over its row, and a blank is the row's."""

    table: ClassVar[str] = "evidence"

    ref: Ref
    """The number: `outcomes.falls.effect`, `costs.hub.amount`, `unit_values.child-in-care-year.amount`."""
    source: Text | None = None
    """Where the number comes from."""
    status: EvidenceStatus | None = None
    """forecast, observed, attributed or judgement."""
    grade: GradeNumber | None = None
    """The grade of the evidence, a row of grades; that of a cost's amount or an outcome's effect sets optimism."""
    owner: Text | None = None
    """Who answers for the number."""
    date: When | None = None
    """When the evidence was gathered."""
    note: Text | None = None
    """What else a reader should know."""

    @property
    def key(self) -> str:
        """The ref."""
        return self.ref


class Claim(Row):
    """What was claimed of a number at one time."""

    table: ClassVar[str] = "history"

    ref: Ref
    """The number: `outcomes.falls.effect`, or a year of a profile, `profiles.costs.hub.amount.2026`."""
    date: When
    """When it was claimed: 2026, 2026/27, 2026-11 or 2026-11-22."""
    status: EvidenceStatus | None = None
    """What it was then: forecast, observed, attributed or judgement."""
    value: Typed
    """What the number was then."""
    source: Text | None = None
    """Who claimed it, and where."""

    @property
    def key(self) -> str:
        """The ref and the date."""
        return f"{self.ref} {self.date}"
