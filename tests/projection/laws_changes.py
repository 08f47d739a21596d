"""Changes to a case, as a dict, that laws speak of: amounts scaled, a row split, a row taken out, years moved.

Every function gives another case and leaves the one it was given as it was.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sroi import library
from tests.projection.small import Row


@dataclass(frozen=True)
class Turn:
    """The choices of one law on one case."""

    which: int
    """Which row, counted round the table."""
    share: float
    """Above 0, below 1."""
    factor: float
    """Above 0."""
    years: int
    """1 or more."""


Law = Callable[[Row, Turn], list[str]]
Number = float | dict[int, float]
TABLES = ("sectors", "groups", "costs", "outcomes", "values", "grades")
PER_PERSON = ("per_referral", "per_start", "per_person_year")


def public_sectors(case: Row) -> list[str]:
    """The ids of the public sectors."""
    return [row["id"] for row in case["sectors"] if row["ledger"] == "public"]


def times(number: Number, factor: float) -> Number:
    """A number, or every year of a profile, times a factor."""
    if isinstance(number, dict):
        return {year: held * factor for year, held in number.items()}
    return number * factor


def settings(case: Row, **changed: Any) -> Row:
    """The case with other settings."""
    return {**case, "settings": {**case["settings"], **changed}}


def each(case: Row, table: str, change: Callable[[Row], Row]) -> Row:
    """The case with what `change` gives laid over each row of a table."""
    return {**case, table: [row | change(row) for row in case[table]]}


def turned(case: Row, table: str, which: int, change: Callable[[Row], Row]) -> Row:
    """The case with what `change` gives laid over one row of a table, counted round."""
    chosen = case[table][which % len(case[table])]
    return {**case, table: [row | change(row) if row is chosen else row for row in case[table]]}


def split(case: Row, table: str, which: int, parts: Callable[[Row], tuple[Row, Row]]) -> tuple[Row, str, str]:
    """The case with one row made two, the second after the first under an id of its own; and both ids."""
    chosen = case[table][which % len(case[table])]
    second = f"{chosen['id']}-too"
    first_half, second_half = parts(chosen)
    rows = []
    for row in case[table]:
        rows += [row] if row is not chosen else [{**row, **first_half}, {**row, **second_half, "id": second}]
    return {**case, table: rows}, chosen["id"], second


def naming_both(row: Row, first: str, second: str) -> Row:
    """A row that names a group, naming a second one beside it."""
    named = row.get("group", [])
    held = [named] if isinstance(named, str) else list(named)
    return row | {"group": [*held, second]} if first in held else row


def shared(values: list[Row], first: str, second: str, pooled: Callable[[Row], bool]) -> list[Row]:
    """Values with a twin for the second outcome beside each of the first, every such pair in one pool."""
    rows = []
    for place, row in enumerate(values):
        if row["outcome"] != first:
            rows.append(row)
            continue
        pool = {"pool": row.get("pool") or f"pool-{place}"} if pooled(row) else {}
        own = {"id": f"{row['id']}-twin"} if "id" in row else {}
        rows += [row | pool, row | pool | own | {"outcome": second}]
    return rows


def own_unit_values(case: Row) -> list[Row]:
    """The rows of the library that the case's values name, as rows of its own."""
    named = {row.get("unit_value") for row in case["values"]} - {None}
    return [
        {
            "id": row.id, "name": row.name, "sector": row.sector, "kind": row.kind, "unit": row.unit,
            "amount": row.amount, "price_year": row.price_year, "health_effect": row.health_effect,
        }
        for row in library.unit_values()
        if row.id in named or row.event in named
    ]  # fmt: skip


def scaled(case: Row, factor: float) -> Row:
    """Every amount of costs, values and the unit values used, times a factor."""
    with_library = {**case, "unit_values": own_unit_values(case)}
    for table in ("costs", "values", "unit_values"):
        with_library = each(
            with_library, table, lambda row: {"amount": times(row["amount"], factor)} if "amount" in row else {}
        )
    return with_library


def shuffled(case: Row, seed: int) -> Row:
    """Every table's rows, and every list of groups, in another order."""
    by = random.Random(seed)  # noqa: S311 - an order, no secret
    case = {**case, **{table: by.sample(case[table], len(case[table])) for table in TABLES}}
    for table in ("costs", "outcomes"):
        case = each(
            case, table, lambda row: {"group": row["group"][::-1]} if isinstance(row.get("group"), list) else {}
        )
    return case


def without(case: Row, table: str, gone: Row) -> Row:
    """The case without a row; without a group or an outcome, also without what hangs on nothing else."""
    left = {**case, table: [row for row in case[table] if row is not gone]}
    if table == "outcomes":
        return {**left, "values": [row for row in case["values"] if row["outcome"] != gone["id"]]}
    if table == "groups":
        names = [row["id"] for row in left["groups"]]
        for follower in ("costs", "outcomes"):
            for row in list(left[follower]):
                named = row.get("group")
                if named is None:
                    continue
                held = names if named == "all" else [named] if isinstance(named, str) else named
                kept = [name for name in held if name in names]
                if not kept:
                    left = without(left, follower, row)
                elif named != "all":
                    left = {**left, follower: [r | {"group": kept} if r is row else r for r in left[follower]]}
    return left


def years_later(case: Row, years: int) -> Row:
    """Every calendar year of the case moved on: the first, spans and profiles; price years stay."""

    def moved(row: Row) -> Row:
        spans = {field: row[field] + years for field in ("from", "to") if field in row}
        profiles = {
            field: {year + years: held for year, held in number.items()}
            for field, number in row.items()
            if isinstance(number, dict)
        }
        return spans | profiles

    case = settings(case, first_year=case["settings"]["first_year"] + years)
    for table in ("groups", "costs", "outcomes", "values"):
        case = each(case, table, moved)
    return case


def with_transfer(case: Row, which: int, amount: float, *, to_people: bool) -> Row:
    """The case with one transfer more, from a public sector to the people or the other way."""
    outcome = case["outcomes"][which % len(case["outcomes"])]["id"]
    sectors = ["people", public_sectors(case)[which % len(public_sectors(case))]]
    sector, other = sectors if to_people else sectors[::-1]
    moved = {"id": "moved", "outcome": outcome, "sector": sector, "kind": "transfer", "amount": amount,
             "balance": other}  # fmt: skip
    return {**case, "values": [*case["values"], moved]}
