"""The table `unit_values`: what one avoided event or year is worth, and to whom (method § 5)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from sroi.model.base import Row
from sroi.model.currency import STERLING
from sroi.model.types import Amount, Currency, Id, IndexYear, Live, Text, YesNo
from sroi.model.values import ValueKind


class UnitValue(Row):
    """A unit value of the library."""

    table: ClassVar[str] = "unit_values"

    id: Id
    """The unit value's name."""
    event: Id | None = None
    """The event of which this is a sector's part; the parts add to the whole."""
    name: Text
    """What it is."""
    sector: Id
    """The library's sector to which the value falls."""
    kind: ValueKind
    """fiscal, economic, social or transfer."""
    health_effect: YesNo = False
    """Whether it is health itself (QALYs and the like)."""
    unit: Text
    """What one of it is: an incident, a week, a person-year."""
    amount: Amount
    """What one is worth."""
    currency: Currency = STERLING
    """The currency of the amount."""
    price_year: Annotated[IndexYear, Live()]
    """The year whose prices the amount is in."""
    geography: Text | None = None
    """Where it holds."""
    source: Text | None = None
    """Where it comes from."""
    source_ref: Text | None = None
    """Where in the source."""
    licence: Text | None = None
    """On what terms it is published."""
    read_from: Text | None = None
    """primary: read in the source's own text; secondary: read where it is quoted."""
