"""Which years the index of prices reaches, and what each rests on (method § 1).

A year that is held is never recomputed. Where the case states `later_inflation` the calendar years go on from the
last one held, and a financial year that is not held is 0.75 of its first calendar year and 0.25 of its second.

>>> index = PriceIndex(frozenset({"2023", "2024", "2023/24"}), extended=True)
>>> index.rests_on("2025/26"), index.reaches("2022")
(frozenset({'2024'}), False)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sroi.model.currency import STERLING
from sroi.model.parsing import NOMINAL
from sroi.model.resolve import unit_values_of
from sroi.model.settings import Settings
from sroi.model.tables import Tables

MARGIN = 10
"""Years after the last one wanted that the index is extended by, so that a changed first year still finds its own."""


def financial(year: int) -> str:
    """A financial year as it is written.

    >>> financial(2026), financial(2099)
    ('2026/27', '2099/00')
    """
    return f"{year}/{(year + 1) % 100:02d}"


def begins(label: str) -> int:
    """The calendar year that a year is, or begins in."""
    return int(label[:4])


@dataclass(frozen=True)
class PriceIndex:
    """The years held, and whether the case extends them."""

    held: frozenset[str]
    extended: bool

    @staticmethod
    def of(tables: Tables) -> PriceIndex:
        """The index of a case."""
        extended = tables.settings is not None and tables.settings.later_inflation is not None
        return PriceIndex(frozenset(tables.keys("deflators")), extended)

    @cached_property
    def last(self) -> int | None:
        """The last calendar year held."""
        return max((int(label) for label in self.held if "/" not in label), default=None)

    def reaches(self, label: str) -> bool:
        """Whether the year has an index."""
        return self.rests_on(label) is not None

    def rests_on(self, label: str) -> frozenset[str] | None:
        """The years held from which a year's index comes; `None` where it has none."""
        if label in self.held:
            return frozenset({label})
        if not self.extended:
            return None
        if "/" not in label:
            later = self.last is not None and int(label) > self.last
            return frozenset({str(self.last)}) if later else None
        parts = [self.rests_on(str(begins(label) + years)) for years in (0, 1)]
        return None if parts[0] is None or parts[1] is None else parts[0] | parts[1]

    def missing(self, settings: Settings, years: int) -> tuple[str, ...]:
        """The financial years of a horizon, and the base, that have no index."""
        wanted = [financial(settings.first_year + t) for t in range(years)]
        return tuple(label for label in (*wanted, settings.price_base) if not self.reaches(label))

    def years(self, until: int) -> tuple[str, ...]:
        """Every year that has an index, calendar years before financial ones, to the calendar year `until`."""
        held = [begins(label) for label in self.held]
        calendar = range(min(held), max(*held, until) + 1) if held else range(0)
        inner = [financial(year) for year in calendar if year < until or financial(year) in self.held]
        return tuple(label for label in (*(str(year) for year in calendar), *inner) if self.reaches(label))


def carried(tables: Tables) -> bool:
    """Whether the case carries an index of every year: for nominal sums, later price years and outturn prices."""
    settings = tables.settings
    if settings is None or settings.currency != STERLING:
        return False
    return settings.later_inflation is not None or not PriceIndex.of(tables).missing(settings, settings.years)


def nominal(tables: Tables) -> tuple[str, ...]:
    """The refs of price years that are nominal."""
    return tuple(row.at("price_year") for row in tables.priced if row.price_year == NOMINAL)


def quoted(tables: Tables) -> dict[str, str]:
    """Every price year that differs from the base, by the ref that states it."""
    if tables.settings is None:
        return {}
    base = tables.settings.price_base
    stated = {row.at("price_year"): row.price_year for row in tables.priced if row.price_year}
    for value in tables.values:
        for unit_value in unit_values_of(value.unit_value, tables.unit_values) if value.unit_value else ():
            if unit_value.price_year != base:
                stated.setdefault(value.at("unit_value"), unit_value.price_year)
    return {ref: year for ref, year in stated.items() if year not in (base, NOMINAL)}
