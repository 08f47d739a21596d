"""From a workbook, YAML or a dict to a case, or to every problem with its place; `read` is the door for every form.

==========  ======================================================================
`raw`       tables with places, before they mean anything
`rows`      one row: cells to a model's row, or its faults
`sheets`    one sheet as one table
`workbook`  a workbook's sheets, in two passes
`tree`      what YAML and dicts share
`text`      YAML with its lines
`mapping`   a dict
`standins`  what else is wrong with a row that failed
`signs`     a pound sign where the case is in another currency
`overlay`   the library under the case's own rows
`assemble`  all rows to a case, every problem in the order of the file
==========  ======================================================================

CSV folders and DataFrames are forms of a later version.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sroi import library
from sroi.errors import CaseError, Problem
from sroi.model.case import Case
from sroi.model.tables import near
from sroi.reading.assemble import assemble
from sroi.reading.mapping import read_mapping
from sroi.reading.raw import Raw
from sroi.reading.text import read_text

__all__ = ["read"]

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read(source: str | os.PathLike[str] | Mapping[str, Any]) -> Case:
    """The case in a workbook (.xlsx, .xlsm), a YAML file, a dict, or of the id of a case that ships.

    Raises `CaseError` with every problem, each with its place (`Costs!C7`, `meals.yaml:31`,
    `costs[3].amount`, rows of a dict counted from 0), in the order of the file.

    >>> read({"about": {"id": "empty", "title": "Empty"},
    ...       "settings": {"first_year": 2026, "years": 5, "price_base": "2023/24"},
    ...       "sectors": [{"id": "council", "name": "Council", "ledger": "public"}]}).last_year
    2030
    """
    return assemble(_raw(source))


def _read_workbook(path: Path) -> Raw:
    """A workbook; openpyxl takes a quarter of a second to load, so only those who need it wait for it."""
    from sroi.reading.workbook import read_workbook

    return read_workbook(path)


_FORMS = {".xlsx": _read_workbook, ".xlsm": _read_workbook, ".yaml": read_text, ".yml": read_text}


def _raw(source: str | os.PathLike[str] | Mapping[str, Any]) -> Raw:
    if isinstance(source, Mapping):
        return read_mapping(source)
    path = _path(source)
    if path.is_dir():
        rule = "This version does not read a folder of CSV files"
        raise CaseError([Problem(path.name, rule, "", "Give a workbook (.xlsx) or YAML (.yaml).")])
    form = _FORMS.get(path.suffix.lower())
    if form is None:
        rule = "A case is a workbook (.xlsx, .xlsm) or YAML (.yaml, .yml)"
        raise CaseError([Problem(path.name, rule, f'"{path.suffix}"' if path.suffix else "no ending")])
    try:
        return form(path)
    except PermissionError:
        rule = "The file may not be read"
        fix = "Close it elsewhere, or ask for leave to read it."
        raise CaseError([Problem(path.name, rule, "", fix)]) from None


def _path(source: str | os.PathLike[str]) -> Path:
    """The file meant: one that is there, else the case that ships under that id."""
    path = Path(source)
    if path.exists():
        return path
    name = os.fspath(source)
    if _ID.fullmatch(name):
        if name in library.shipped_cases():
            return library.case_path(name)
        rule = f'There is no file, and no case that ships, called "{name}"'
        raise CaseError([Problem("", rule, "", near(name, library.shipped_cases()))])
    raise CaseError([Problem(path.name, "There is no such file", "", "Look at its name and folder.")])
