"""What to change in a case to see whether its workbook follows: another valid value for every live input.

`live_refs` are the cells that `workbook.md` calls live. `another` gives a changed case, or `None` where the field has
no other value that the case allows by itself (a year whose move alone would leave the horizon, say).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sroi.errors import CaseError
from sroi.model import Case, Column
from sroi.projection import declare
from sroi.reports.inputs import live_cells
from sroi.reports.places import input_sheets


@dataclass(frozen=True)
class Change:
    """One input's new value: as the model takes it, and as the cell holds it."""

    ref: str
    value: object
    cell: object
    case: Case


def live_refs(case: Case) -> Iterator[tuple[str, Column]]:
    """Every live input of a case that has a cell in its workbook: those that some formula reads."""
    live = live_cells(case, declare(case).model)
    for sheet in input_sheets(case.tables):
        for row in sheet.rows:
            for column in sheet.columns:
                if column.live and row.at(column.name) in live:
                    yield row.at(column.name), column
    for profile in case.profiles:
        for year in profile.by_year:
            yield f"profiles.{profile.ref}.{year}", NUMBER


NUMBER = Column("", "", "", False, None, "number", True, (), None, None, False, "", False)


def another(case: Case, ref: str, column: Column) -> Change | None:
    """The first of some other values that the case allows."""
    for value in _candidates(case.get(ref), column):
        try:
            changed = case.replace(ref, value)
        except CaseError:
            continue
        return Change(ref, value, _cell(value), changed)
    return None


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def _candidates(now: object, column: Column) -> list[object]:
    match column.kind:
        case "yes/no":
            return [not now, True, False]
        case "year":
            year = now if isinstance(now, int) else 2030
            return [year + 1, year - 1, 2029, 2030, 2032]
        case "price year":
            return [year for year in ("2016/17", "2013", "2020/21") if year != now]
        case "choice":
            return [word for word in column.choices if word != now]
        case "whole":
            number = now if isinstance(now, int) else 1
            return [number + 1, number - 1]
        case _ if column.name in ("discount", "health_discount"):
            return [0.021] if isinstance(now, str) else ["green-book-2026-reduced"]
        case _:
            held = float(now) if isinstance(now, int | float) else 0.0
            return [round(held * 1.13 + 0.07, 6), round(held * 0.87, 6), round(held + 0.011, 6), round(held - 0.011, 6)]
