"""The shipped tables (schedules, deflators, unit values), read with the csv module into plain dicts."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

Cell: TypeAlias = Any  # a table's cell: a number, text, a yes or no, a list, a profile, a number with a range

ASSUMPTIONS = Path(__file__).resolve().parents[2] / "assumptions"


@dataclass(frozen=True)
class Band:
    """One band of a discount schedule: a marginal yearly rate from one year of the appraisal to another."""

    from_year: int
    to_year: int | None  # None: for ever
    rate: float  # a share, such as 0.035


@dataclass(frozen=True)
class UnitValue:
    """One unit value: what one unit is worth to one sector, in one price year."""

    id: str
    event: str
    sector: str
    kind: str
    health_effect: bool
    unit: str
    amount: float
    price_year: str


@dataclass(frozen=True)
class Library:
    """``schedules[name][from_year]``, ``deflators[label]`` and ``unit_values[id]``."""

    schedules: dict[str, dict[int, Band]]
    deflators: dict[str, float]
    unit_values: dict[str, UnitValue]


def yes(cell: Cell) -> bool:
    """A yes/no cell: true, false, 'yes' or 'no'."""
    if isinstance(cell, bool):
        return cell
    word = str(cell).strip().lower()
    if word in ("yes", "true"):
        return True
    if word in ("no", "false"):
        return False
    msg = f"not a yes or no: {cell!r}"
    raise ValueError(msg)


def build_library(
    schedules: Iterable[Mapping[str, Any]],
    deflators: Iterable[Mapping[str, Any]],
    unit_values: Iterable[Mapping[str, Any]],
) -> Library:
    """Rows with the library's columns, as a Library."""
    bands: dict[str, dict[int, Band]] = {}
    for row in schedules:
        last = row.get("to_year")
        band = Band(
            from_year=int(row["from_year"]),
            to_year=None if last is None or last == "" else int(last),
            rate=float(row["rate_percent"]) / 100,
        )
        bands.setdefault(str(row["schedule"]), {})[band.from_year] = band
    index = {str(row["year"]): float(row["index"]) for row in deflators}
    values = {}
    for row in unit_values:
        values[str(row["id"])] = UnitValue(
            id=str(row["id"]),
            event=str(row.get("event") or ""),
            sector=str(row["sector"]),
            kind=str(row["kind"]),
            health_effect=yes(row.get("health_effect") or "no"),
            unit=str(row["unit"]),
            amount=float(row["amount"]),
            price_year=str(row["price_year"]),
        )
    return Library(bands, index, values)


def load_library(folder: Path = ASSUMPTIONS) -> Library:
    """The library in ``folder``: discount-schedules.csv, gdp-deflator.csv and unit-values.csv."""
    tables = []
    for name in ("discount-schedules.csv", "gdp-deflator.csv", "unit-values.csv"):
        with (folder / name).open(newline="", encoding="utf-8") as file:
            tables.append(list(csv.DictReader(file)))
    return build_library(*tables)


def with_case_rows(library: Library, case: Mapping[str, Any]) -> Library:
    """The library with the case's own ``schedules``, ``deflators`` and ``unit_values`` rows laid over it.

    CHOICE: "a row here wins over the shipped one" is read row by row: a schedule's row replaces the shipped
    band with the same schedule and ``from_year``, and leaves that schedule's other bands.
    """
    own = build_library(case.get("schedules") or [], case.get("deflators") or [], case.get("unit_values") or [])
    schedules = {name: dict(bands) for name, bands in library.schedules.items()}
    for name, bands in own.schedules.items():
        schedules[name] = {**schedules.get(name, {}), **bands}
    return Library(
        schedules,
        {**library.deflators, **own.deflators},
        {**library.unit_values, **own.unit_values},
    )
