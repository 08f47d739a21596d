"""One case, one currency: the price index held is the United Kingdom's, and nothing is converted (method § 1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sroi.errors import Problem
from sroi.model.currency import STERLING
from sroi.model.resolve import unit_values_of
from sroi.model.tables import UNREAD, Tables
from sroi.model.unit_values import UnitValue
from sroi.model.values import Value


def price_years(tables: Tables) -> list[Problem]:
    """In a currency other than GBP, for which no index is held, every price year is the base; none is nominal."""
    settings = tables.settings
    if settings is None or settings.currency == STERLING:
        return []
    stated = {row.at("price_year"): row.price_year for row in tables.priced if row.price_year is not None}
    for value in tables.values:
        for unit_value in _used(value, tables):
            if unit_value.currency == settings.currency and unit_value.price_year != settings.price_base:
                stated[value.at("unit_value")] = unit_value.price_year  # `unit_values` tells of those in another
    rule = f"In a currency other than GBP all price years must be the base, {settings.price_base}"
    fix = "State the sum in the base year's prices."
    return [Problem(ref, rule, year, fix) for ref, year in stated.items() if year != settings.price_base]


def unit_values(tables: Tables) -> list[Problem]:
    """A unit value that is used, the library's or the case's own, is in the currency of the case."""
    if tables.settings is None:
        return []
    own = tables.settings.currency
    found = []
    for value in tables.values:
        other = next((unit_value for unit_value in _used(value, tables) if unit_value.currency != own), None)
        if other is not None:
            rule = f'The unit value "{other.id}" is in {other.currency}, and the case in {own}'
            fix = f"Enter the sum in {own}: as an amount, or as a row of Unit values with its currency."
            found.append(Problem(value.at("unit_value"), rule, "", fix))
    return found


def _used(value: Value, tables: Tables) -> tuple[UnitValue, ...]:
    """The unit values of a row; not a shipped one whose place a row that failed would have taken."""
    if value.unit_value is None or UNREAD in tables.lent.get("unit_values", ()):
        return ()
    failed = tables.lent.get("unit_values", frozenset())
    return tuple(u for u in unit_values_of(value.unit_value, tables.unit_values) if u.id not in failed)


def later_inflation(tables: Tables) -> list[Problem]:
    """`later_inflation` carries on the index held, which says nothing of another currency."""
    settings = tables.settings
    if settings is None or settings.currency == STERLING or settings.later_inflation is None:
        return []
    rule = f"Later inflation extends the price index of the United Kingdom, and the case is in {settings.currency}"
    found = f"{settings.later_inflation * 100:.15g}%"
    return [Problem(settings.at("later_inflation"), rule, found, "Leave it blank.")]


RULES: Mapping[str, Callable[[Tables], list[Problem]]] = {
    "price_years": price_years,
    "unit_values": unit_values,
    "later_inflation": later_inflation,
}
