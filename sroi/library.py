"""What ships: unit values, discount schedules, price indices, rate cards and cases, found by name from any
folder.

The files lie in `assumptions/`: beside the package in a source checkout, inside it once installed. Each
loader reads its file once.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TypeVar

from sroi.errors import CaseError, Problem
from sroi.model.base import Row
from sroi.model.deflators import Deflator
from sroi.model.rate_cards import RateCardLine
from sroi.model.resolve import unit_values_of
from sroi.model.rules.prices import runs
from sroi.model.schedules import Schedule, bands
from sroi.model.tables import near, near_among, near_unit_value
from sroi.model.unit_values import UnitValue

AnyRow = TypeVar("AnyRow", bound=Row)


@cache
def folder() -> Path:
    """The folder `assumptions/`."""
    package = Path(__file__).resolve().parent
    for place in (package / "assumptions", package.parent / "assumptions"):
        if (place / "unit-values.csv").is_file():
            return place
    raise FileNotFoundError("The folder assumptions/ that ships with sroi is missing. Install sroi again.")


def _load(model: type[AnyRow], name: str) -> tuple[AnyRow, ...]:
    with (folder() / name).open(encoding="utf-8", newline="") as file:
        return tuple(
            model.model_validate({field: cell for field, cell in line.items() if cell}) for line in csv.DictReader(file)
        )


@cache
def unit_values() -> tuple[UnitValue, ...]:
    """Every unit value that ships."""
    return _load(UnitValue, "unit-values.csv")


@cache
def schedules() -> tuple[Schedule, ...]:
    """Every band of every discount schedule that ships."""
    return _load(Schedule, "discount-schedules.csv")


@cache
def deflators() -> tuple[Deflator, ...]:
    """Every point of the index of prices that ships."""
    return _load(Deflator, "gdp-deflator.csv")


@cache
def rate_cards() -> tuple[RateCardLine, ...]:
    """Every line of the rate cards that ship."""
    return _load(RateCardLine, "rate-cards.csv")


def _unknown(what: str, name: str, advice: str) -> CaseError:
    return CaseError([Problem("", f'There is no {what} called "{name}"', "", advice)])


def unit_value(name: str) -> tuple[UnitValue, ...]:
    """The unit value of that id, or the parts of that event; `CaseError` where there is neither.

    >>> [u.amount for u in unit_value("arrest-detained")]
    [593.0]
    """
    found = unit_values_of(name, unit_values())
    if not found:
        known = {u.id for u in unit_values()} | {u.event for u in unit_values() if u.event}
        raise _unknown("unit value", name, near_unit_value(name, known))
    return found


def schedule(name: str) -> tuple[Schedule, ...]:
    """The bands of that schedule in order of years; `CaseError` where there is none.

    >>> [band.rate_percent for band in schedule("green-book-2026-standard")][:3]
    [3.5, 3.0, 2.5]
    """
    found = bands(name, schedules())
    if not found:
        raise _unknown("discount schedule", name, near_among(name, {s.schedule for s in schedules()}))
    return found


def deflator(year: str) -> Deflator:
    """The index of prices of that year, `2015` or `2015/16`; `CaseError` where there is none."""
    found = next((d for d in deflators() if d.year == year), None)
    if found is None:
        held = f"The years held are {runs(d.year for d in deflators())}."
        raise CaseError([Problem("", f"There is no price index for {year}", "", held)])
    return found


def rate_card(contract: str) -> tuple[RateCardLine, ...]:
    """The lines of that contract's rate card; `CaseError` where there is none."""
    found = tuple(line for line in rate_cards() if line.contract == contract)
    if not found:
        raise _unknown("rate card", contract, near_among(contract, {line.contract for line in rate_cards()}))
    return found


def shipped_cases() -> tuple[str, ...]:
    """The ids of the cases that ship, sorted."""
    cases = folder() / "cases"
    return tuple(sorted({path.stem for path in cases.glob("*") if path.suffix in (".xlsx", ".yaml")}))


def case_path(name: str, form: str = "") -> Path:
    """The file of a case that ships: its workbook, or its text where there is no workbook or `form` is
    `yaml`."""
    for suffix in (f".{form}",) if form else (".xlsx", ".yaml"):
        path = folder() / "cases" / f"{name}{suffix}"
        if name in shipped_cases() and path.is_file():
            return path
    raise _unknown("case", name, near(name, shipped_cases()))
