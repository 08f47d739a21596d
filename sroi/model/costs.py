"""The table `costs`: what is paid, by whom, when, and what is released (method § 3)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sroi.model.base import Row
from sroi.model.types import (
    CostAmount,
    GradeNumber,
    Growth,
    Id,
    Ids,
    Live,
    NotNegative,
    PriceYear,
    Share,
    Shown,
    Text,
    Uplift,
    When,
    Year,
    YesNo,
    choice,
)

Basis = Annotated[
    Literal["one_off", "per_year", "per_referral", "per_start", "per_person_year"], choice, Shown("choice")
]
Treatment = Annotated[Literal["cash", "in_kind"], choice, Shown("choice")]
EvidenceStatus = Annotated[Literal["forecast", "observed", "attributed", "judgement"], choice, Shown("choice")]
PERSON_BASES = ("per_referral", "per_start", "per_person_year")
"""Bases that follow people, and so need a group."""


class Cost(Row):
    """A line of cost."""

    table: ClassVar[str] = "costs"

    id: Id
    """The line's name for programs."""
    name: Text
    """The line's name for people."""
    payer: Id
    """The sector that pays."""
    basis: Basis
    """What the amount is paid for: once, per year, per referral, per start or per person-year."""
    amount: CostAmount | None = None
    """The sum per unit of the basis; or a row of profiles instead."""
    group: Ids | None = None
    """The group, or groups, the cost follows; `all` for every group."""
    price_year: PriceYear | None = None
    """The year whose prices the amount is in: the base unless stated."""
    from_: Year | None = Field(default=None, alias="from")
    """The first year: the case's first unless stated; a one-off cost falls here."""
    to: Year | None = None
    """The last year: the case's last unless stated."""
    growth: Growth = 0.0
    """Real growth per year."""
    optimism: Uplift | None = None
    """The uplift for optimism: from the grade unless stated, else 0."""
    treatment: Treatment = "cash"
    """cash, or in_kind (time and things given)."""
    capital: YesNo = False
    """Whether the cost is capital."""
    old_service: Annotated[YesNo, Live(False)] = False
    """Whether this is a service that the new one replaces."""
    release_share: Share | None = None
    """Of an old service, the share of its cost that comes off in the end."""
    release_years: NotNegative | None = None
    """Of an old service, the years until that share has come off."""
    counts: YesNo = True
    """Whether the line is in the totals."""
    source: Text | None = None
    """Where the number comes from."""
    status: EvidenceStatus | None = None
    """forecast, observed, attributed or judgement."""
    grade: GradeNumber | None = None
    """The grade of the evidence, a row of grades."""
    owner: Text | None = None
    """Who answers for the number."""
    date: When | None = None
    """When the evidence was gathered."""
