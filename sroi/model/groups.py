"""The table `groups`: who is referred, who engages, how long they stay (method § 2)."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from sroi.model.base import Row
from sroi.model.types import ExitRate, Id, NotNegative, Positive, PositiveAmount, Share, Text, Year, YesNo


class Group(Row):
    """People who come to the programme in the same way."""

    table: ClassVar[str] = "groups"

    id: Id
    """The group's name for programs."""
    name: Text
    """The group's name for people."""
    referrals: NotNegative | None = None
    """People referred per year; or a row of profiles instead."""
    from_: Year = Field(alias="from")
    """The first year of referrals."""
    to: Year
    """The last year of referrals."""
    engagement: Share = 1.0
    """The share of those referred who take part."""
    stay_years: Positive = 1.0
    """How many years one person is served."""
    exit_rate: ExitRate = 0.0
    """The share who leave each year for reasons the programme does not touch: death, moving away."""
    income: PositiveAmount | None = None
    """The group's yearly income per person, for weighting."""
    counts: YesNo = True
    """Whether the group is in the totals."""
