"""The table `outcomes`: what changes, for whom, by how much, and the chain of adjustments (method § 4)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from sroi.model.base import Row
from sroi.model.costs import EvidenceStatus
from sroi.model.types import (
    Deadweight,
    Duration,
    Effect,
    GradeNumber,
    Id,
    Ids,
    Lag,
    NotNegative,
    Share,
    Shown,
    Tag,
    Text,
    When,
    YesNo,
    choice,
)

EffectBasis = Annotated[Literal["proportional", "absolute"], choice, Shown("choice")]
Of = Annotated[Literal["engaged", "referred"], choice, Shown("choice")]


class Outcome(Row):
    """A change in people's lives that is counted."""

    table: ClassVar[str] = "outcomes"

    id: Id
    """The outcome's name for programs."""
    name: Text
    """The outcome's name for people."""
    group: Ids
    """The group, or groups, it happens to; `all` for every group."""
    unit: Text
    """What is counted: a fall, a week in care."""
    effect: Effect | None = None
    """The share of the baseline (proportional) or the count per person per year (absolute) that changes for
    the better; negative is worse; or a row of profiles instead."""
    basis: EffectBasis = "proportional"
    """Whether the effect is a share of the baseline or a count of its own."""
    baseline: NotNegative | None = None
    """How often it happens per exposed person per year without the programme; required where proportional."""
    of: Of = "engaged"
    """Whether the effect is on those who engaged or on all who were referred."""
    at_risk: Share = 1.0
    """The share of the group to whom it could happen."""
    deadweight: Deadweight = 0.0
    """The share that would have happened anyway; negative where things would have worsened."""
    attribution: Share = 0.0
    """The share due to others."""
    displacement: Share = 0.0
    """The share that merely moved elsewhere."""
    leakage: Share = 0.0
    """The share that went to people outside the group."""
    regression_to_mean: Share = 0.0
    """The haircut for people picked at a crisis and compared with themselves before."""
    optimism: Share | None = None
    """The haircut for optimism: from the grade unless stated, else 0."""
    lag: Lag = 0
    """Whole years between starting and the first effect."""
    duration: Duration = 1
    """Whole years the effect lasts."""
    drop_off: Share = 0.0
    """The share of the effect lost each year."""
    followed_up: NotNegative | None = None
    """Years over which the effect was in fact observed."""
    overlap: Tag | None = None
    """A tag shared by outcomes that describe the same money; only one of them may count."""
    counts: YesNo = True
    """Whether the outcome is in the totals."""
    theme: Text | None = None
    """The theme it belongs to."""
    stakeholder: Text | None = None
    """Whose outcome it is: the group's name unless stated."""
    output: Text | None = None
    """The activity that leads to it."""
    indicator: Text | None = None
    """How it is measured."""
    source: Text | None = None
    """Where the numbers come from."""
    status: EvidenceStatus | None = None
    """forecast, observed, attributed or judgement."""
    grade: GradeNumber | None = None
    """The grade of the evidence, a row of grades."""
    population: Text | None = None
    """Whom the evidence was gathered on."""
    owner: Text | None = None
    """Who answers for the numbers."""
    date: When | None = None
    """When the evidence was gathered."""
