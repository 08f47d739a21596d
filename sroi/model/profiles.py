"""The table `profiles`: numbers that vary by calendar year. Years left out are 0."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from sroi.model.base import Row
from sroi.model.types import Number, Ref, Year

PROFILED = {"groups": "referrals", "costs": "amount", "values": "amount", "outcomes": "effect"}
"""The one field of each table that may vary by year."""


def _pairs(value: Any) -> Any:
    """A mapping of years as pairs, in order of year."""
    return tuple(sorted(value.items(), key=lambda pair: str(pair[0]))) if isinstance(value, Mapping) else value


class Profile(Row):
    """One number, year by year."""

    table: ClassVar[str] = "profiles"

    ref: Ref
    """The field that varies: `groups.*.referrals`, `costs.*.amount`, `values.*.amount` or
    `outcomes.*.effect`."""
    years: Annotated[tuple[tuple[Year, Number], ...], BeforeValidator(_pairs), Field(min_length=1)]
    """Each year and its number; in a sheet, one column per year."""

    @property
    def key(self) -> str:
        """The ref."""
        return self.ref

    @property
    def by_year(self) -> Mapping[int, float]:
        """The numbers by year; a year left out is 0."""
        return MappingProxyType(dict(self.years))
