"""The table `about`: what the case is, who made it, and how far it may be leant on."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from sroi.model.base import Row
from sroi.model.types import Day, Id, Shown, Stage, Text, choice

CaseStatus = Annotated[Literal["illustrative", "draft", "reviewed", "approved"], choice, Shown("choice")]


class About(Row):
    """What the case is about: one value per field."""

    table: ClassVar[str] = "about"

    id: Id
    """The case's name for programs: lower-case words joined by hyphens."""
    title: Text
    """The case's name for people."""
    place: Text | None = None
    """Where it happens."""
    problem: Text | None = None
    """What is wrong today, and for whom."""
    summary: Text | None = None
    """What is proposed, in a few sentences."""
    theory_of_change: Text | None = None
    """How the innovation brings its outcomes about."""
    author: Text | None = None
    """Who made the case: its analyst."""
    reviewer: Text | None = None
    """Who checked it: its assurer."""
    version: Text | None = None
    """Which edition of the case this is."""
    date: Day | None = None
    """The date of this edition, as 2026-11-22."""
    status: CaseStatus | None = None
    """How far the case may be leant on: illustrative, draft, reviewed or approved."""
    evidence_stage: Stage | None = None
    """How strong the evidence is, 1 to 5 on the Nesta standards of evidence."""
    senior_owner: Text | None = None
    """The senior owner: who answers for the case, and for the use that is made of it."""
    limits_of_use: Text | None = None
    """What the case may not be used for, in a few sentences."""
    next_review: Day | None = None
    """The date by which the case is to be looked at again, as 2027-11-22."""
