"""The table `values`: what an outcome is worth, and to whom (method § 5)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from sroi.model.base import Row
from sroi.model.types import (
    Amount,
    Growth,
    Id,
    Number,
    Positive,
    PriceYear,
    ReleaseLag,
    Share,
    Shown,
    Tag,
    Text,
    YesNo,
    choice,
)

ValueKind = Annotated[Literal["fiscal", "economic", "social", "transfer"], choice, Shown("choice")]
Earnings = Annotated[Literal["no", "net", "gross"], choice, Shown("choice")]


class Value(Row):
    """What one unit of an outcome is worth to one sector."""

    table: ClassVar[str] = "values"

    outcome: Id
    """The outcome that is valued."""
    sector: Id | None = None
    """The sector to which the value falls; a unit value brings its own."""
    kind: ValueKind | None = None
    """fiscal, economic, social or transfer; a unit value brings its own."""
    amount: Amount | None = None
    """What one unit is worth; or a unit value, or a row of profiles, instead."""
    unit_value: Id | None = None
    """A unit value of the library, or an event whose parts are, instead of an amount."""
    id: Id = ""
    """The row's name for programs: outcome, sector and kind joined by hyphens unless stated."""
    times: Number | None = None
    """Units of the value per unit of the outcome, such as 52 weeks: 1 unless stated; required where a unit
    value's unit differs from the outcome's."""
    price_year: PriceYear | None = None
    """The year whose prices the amount is in: the base unless stated."""
    growth: Growth = 0.0
    """Real growth per year."""
    cashable: Share = 0.0
    """The share of the value that can be released as cash; only fiscal values and transfers of public
    sectors."""
    release_lag: ReleaseLag = 0
    """Whole years before freed capacity is released."""
    block: Positive | None = None
    """The size of a block in which capacity closes: a ward, a unit, a team."""
    pool: Tag | None = None
    """A tag shared by rows whose capacity is released together."""
    balance: Id | None = None
    """Of a transfer, the sector on the other side."""
    earnings: Earnings = "no"
    """Whether the value is earnings, and if so net or gross of tax."""
    health_effect: YesNo | None = None
    """Whether the value is health itself (QALYs and the like): no unless stated, or the unit value says
    so."""
    overlap: Tag | None = None
    """A tag shared by values that describe the same money; only one of them may count."""
    counts: YesNo = True
    """Whether the value is in the totals."""
    source: Text | None = None
    """Where the number comes from."""
