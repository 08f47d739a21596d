"""Small cases to project by hand: no discounting, five years from 2026, one person referred in the first."""

from __future__ import annotations

from typing import Any

from sroi.projection import Result, project
from sroi.reading import read

Row = dict[str, Any]

SECTORS: list[Row] = [
    {"id": "council", "name": "Council", "ledger": "public"},
    {"id": "health", "name": "NHS", "ledger": "public"},
    {"id": "people", "name": "People", "ledger": "people"},
]
GROUPS: list[Row] = [{"id": "residents", "name": "Residents", "referrals": 1, "from": 2026, "to": 2026}]


def named(rows: list[Row] | None) -> list[Row]:
    """Rows with a name each, said from their ids where none is given."""
    return [{"name": row.get("id", "").replace("-", " ").capitalize(), **row} for row in rows or []]


def case(settings: Row | None = None, **tables: list[Row]) -> Row:
    """A case as a dict; the tables given win over the small ones."""
    plain: Row = {"first_year": 2026, "years": 5, "price_base": "2023/24", "discount": 0}
    held: Row = {
        "about": {"id": "small", "title": "A sum done by hand"},
        "settings": {**plain, **(settings or {})},
        "sectors": named(tables.pop("sectors", SECTORS)),
        "groups": named(tables.pop("groups", GROUPS)),
        "values": tables.pop("values", []),
    }
    return held | {table: named(rows) if table in ("costs", "outcomes") else rows for table, rows in tables.items()}


def projected(settings: Row | None = None, **tables: list[Row]) -> Result:
    """The case projected."""
    return project(read(case(settings, **tables)))


def rows(result: Result, *lines: str) -> list[list[float]]:
    """Lines by year."""
    return [result.evaluation.row(line).tolist() for line in lines]


def row(result: Result, line: str) -> list[float]:
    """One line by year."""
    return rows(result, line)[0]


def gain(**fields: Any) -> Row:
    """An absolute outcome of one unit per person."""
    plain = {"id": "gain", "group": "residents", "unit": "thing", "basis": "absolute", "effect": 1, "source": "by hand"}
    return {**plain, **fields}


def outlay(**fields: Any) -> Row:
    """£100 that the council pays once, in cash."""
    return {"id": "outlay", "payer": "council", "basis": "one_off", "amount": 100, "source": "by hand", **fields}


def saving(**fields: Any) -> Row:
    """£1 to the council for each unit of the gain."""
    return {"outcome": "gain", "sector": "council", "kind": "fiscal", "amount": 1, "source": "by hand", **fields}
