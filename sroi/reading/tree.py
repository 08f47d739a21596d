"""From a tree of cells (YAML or a dict) to tables: the top level names tables, each a list of rows or a
mapping."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from sroi.errors import CaseError, Problem
from sroi.model.not_built import TABLES as LATER
from sroi.model.tables import MODELS, SINGLE, near
from sroi.reading.raw import Cell, Raw, RawRow, RawTable, field_name, is_year, year_name


def tables(root: Cell, source: str) -> Raw:
    """The tables of a tree; `CaseError` where the tree is not a mapping of tables at all."""
    if not isinstance(root.value, Mapping):
        rule = "A case is a mapping of tables: about, settings, sectors and so on"
        raise CaseError([Problem(root.place, rule, _said(root.value))])
    found: list[RawTable] = []
    problems: list[tuple[str, Problem]] = []
    unread: set[str] = set()
    for key, cell in root.value.items():
        name = field_name(key)
        if name not in MODELS and name not in LATER:
            fault = Problem(cell.place, f'There is no table called "{key}"', "", near(name, MODELS))
            problems.append((found[-1].name if found else "", fault))
            unread |= set(get_close_matches(name, MODELS, n=1))
            continue
        if any(table.name == name for table in found):
            problems.append(
                (
                    name,
                    Problem(cell.place, f'The table "{name}" is there twice', "", "Put its rows together."),
                )
            )
            continue
        rows, faults = _rows(name, cell)
        found.append(RawTable(name, cell.place, rows))
        problems += [(name, fault) for fault in faults]
        unread |= {name} if faults else set()
    return Raw(source, tuple(found), tuple(problems), frozenset(unread))


def _rows(name: str, cell: Cell) -> tuple[tuple[RawRow, ...], list[Problem]]:
    """A table's rows, and what is not a row."""
    if cell.blank:
        return (), []
    if name in SINGLE or (name in LATER and isinstance(cell.value, Mapping)):
        if isinstance(cell.value, Mapping):
            return (RawRow(_cells(cell.value), cell.place),), []
        rule = f"{name.capitalize()} must be a mapping of fields and values"
        return (), [Problem(cell.place, rule, _said(cell.value))]
    if not isinstance(cell.value, list):
        return (), [Problem(cell.place, f"{name.capitalize()} must be a list of rows", _said(cell.value))]
    rows, faults = [], []
    for item in cell.value:
        if isinstance(item.value, Mapping):
            rows.append(RawRow(_cells(item.value), item.place))
        else:
            rule = f"A row of {name} must be a mapping of fields and values"
            faults.append(Problem(item.place, rule, _said(item.value)))
    return tuple(rows), faults


def _cells(mapping: Mapping[Any, Cell]) -> dict[str, Cell]:
    """The cells of a row by field, lists of cells as plain lists."""
    return {
        year_name(key) if is_year(key) else field_name(key): Cell(_plain(cell.value), cell.place, _bare(cell))
        for key, cell in mapping.items()
    }


def _plain(value: Any) -> Any:
    """Lists lose the places of their items; mappings keep them."""
    if isinstance(value, list):
        return [_plain(item.value) for item in value]
    return _cells(value) if isinstance(value, Mapping) else value


def _bare(cell: Cell) -> str:
    """The cell's bare word, or the first in its list."""
    return next((item.bare for item in cell.value if item.bare), "") if isinstance(cell.value, list) else cell.bare


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else f'"{str(value)[:60]}"'
