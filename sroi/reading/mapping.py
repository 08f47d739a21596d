"""A dict as a tree of cells. Places count from 0, as Python does: `costs[3].amount` is the fourth cost's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sroi.errors import CaseError, Problem
from sroi.reading.raw import Cell, Raw
from sroi.reading.tree import tables


def read_mapping(case: Mapping[str, Any]) -> Raw:
    """The tables of a dict."""
    frames = [name for name, value in case.items() if hasattr(value, "to_dict") and hasattr(value, "columns")]
    if frames:
        rule = "This version does not read DataFrames"
        fix = 'Give a list of dicts, as from to_dict("records").'
        raise CaseError(Problem(name, rule, "", fix) for name in frames)
    return tables(_cell(case, ""), "the case")


def _cell(value: Any, place: str) -> Cell:
    if isinstance(value, Mapping):
        return Cell({key: _cell(item, f"{place}.{key}" if place else str(key)) for key, item in value.items()}, place)
    if isinstance(value, list | tuple):
        return Cell([_cell(item, f"{place}[{number}]") for number, item in enumerate(value)], place)
    return Cell(value, place)
