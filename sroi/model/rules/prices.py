"""Price years and discount schedules (method § 1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sroi.errors import Problem
from sroi.model import price_index
from sroi.model.currency import STERLING
from sroi.model.price_index import quoted
from sroi.model.resolve import unit_values_of
from sroi.model.schedules import bands
from sroi.model.settings import chosen
from sroi.model.tables import Tables, near_among


def runs(years: Iterable[str]) -> str:
    """The years held, as runs: `1990 to 2024 and 1990/91 to 2023/24`."""
    held = sorted(set(years), key=lambda y: (len(y), y))
    found: list[list[str]] = []
    for year in held:
        last = found[-1][-1] if found else ""
        follows = len(last) == len(year) and int(year[:4]) == int(last[:4]) + 1
        if follows:
            found[-1].append(year)
        else:
            found.append([year])
    return " and ".join(run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in found)


def indexed(tables: Tables) -> list[Problem]:
    """A price year other than the base, and then the base too, is in the index of prices, or after its end where the
    case states `later_inflation`. The index is that of the pound."""
    if tables.settings is None or tables.settings.currency != STERLING:
        return []
    held = tables.keys("deflators")
    index = price_index.PriceIndex.of(tables)
    years = quoted(tables)
    stated = dict(years)
    for value in tables.values:  # an event's parts may be of several price years
        for unit_value in unit_values_of(value.unit_value, tables.unit_values) if value.unit_value else ():
            if not index.reaches(unit_value.price_year) and unit_value.price_year != tables.settings.price_base:
                stated[value.at("unit_value")] = unit_value.price_year
    rule = "There is no price index for {}"
    held_years = f"The years held are {runs(held)}."

    def problem(ref: str, year: str) -> Problem:
        later = index.last is not None and price_index.begins(year) >= index.last and not index.extended
        fix = f"{held_years} For later ones state later_inflation in Settings." if later else held_years
        return Problem(ref, rule.format(year), "", fix)

    found = [problem(ref, year) for ref, year in stated.items() if not index.reaches(year)]
    base = tables.settings.price_base
    if years and not index.reaches(base):
        found.append(problem("settings.price_base", base))
    return found


def nominal(tables: Tables) -> list[Problem]:
    """A nominal sum asks for an index of every year of the case, and of the base (method § 1)."""
    refs = price_index.nominal(tables)
    if tables.settings is None or tables.settings.currency != STERLING or not refs:
        return []
    missing = price_index.PriceIndex.of(tables).missing(tables.settings, tables.settings.years)
    if not missing:
        return []
    rule = (
        f"A nominal sum needs a price index for every year of the case and the base; there is none for {runs(missing)}"
    )
    fix = "State later_inflation in Settings, or the year whose prices the sum is in."
    return [Problem(ref, rule, "", fix) for ref in refs]


def schedules(tables: Tables) -> list[Problem]:
    """A discount schedule that is named is held."""
    if tables.settings is None:
        return []
    held = {s.schedule for s in tables.schedules} | {k.partition("@")[0] for k in tables.lent.get("schedules", ())}
    return [
        Problem(f"settings.{field}", f'There is no discount schedule called "{name}"', "", near_among(name, held))
        for field, name in chosen(tables.settings).items()
        if name not in held
    ]


def whole_schedules(tables: Tables) -> list[Problem]:
    """The bands of a schedule that is used start at year 0 and follow each other without gap or overlap, to
    the end."""
    if tables.settings is None or tables.lent.get("schedules"):
        return []
    found = []
    for name in dict.fromkeys(chosen(tables.settings).values()):
        expected: int | None = 0
        rows = bands(name, tables.schedules)
        for band in rows:
            if band.from_year != expected:
                want = "no band after the open one" if expected is None else f"a band from year {expected}"
                rule = f'The bands of "{name}" must follow each other: {want} is wanted'
                found.append(Problem(band.at("from_year"), rule, str(band.from_year), "Change From year or To year."))
            if band.to_year is not None and band.to_year < band.from_year:
                rule = "To year must not be before From year"
                found.append(Problem(band.at("to_year"), rule, f"{band.from_year} to {band.to_year}"))
            expected = None if band.to_year is None else band.to_year + 1
        if not found and rows and expected is not None and expected <= tables.settings.years:
            rule = f'The schedule "{name}" ends in year {expected - 1}, before the case does'
            found.append(Problem(rows[-1].at("to_year"), rule, "", "Leave To year blank in its last band."))
    return found


RULES: Mapping[str, Callable[[Tables], list[Problem]]] = {
    "indexed": indexed,
    "nominal": nominal,
    "schedules": schedules,
    "whole_schedules": whole_schedules,
}
