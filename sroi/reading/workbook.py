"""A workbook as tables: two passes, one for values and one for formulas, cell by cell.

What a cell may hold is decided here only where the workbook itself is at fault: an error value, a formula
that was never calculated. Everything else is text, a number, a date or a boolean for the model to judge.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from sroi.errors import CaseError, Problem
from sroi.model.base import header
from sroi.model.not_built import TABLES as LATER
from sroi.model.settings import AS_IT_STANDS
from sroi.model.tables import MODELS
from sroi.reading.raw import Raw, RawTable, field_name
from sroi.reading.sheets import Grid, read_sheet

FARTHEST_ROW, FARTHEST_COLUMN = 20_000, 200
"""Beyond this a sheet is no table of assumptions, and reading it would take all memory."""

STAMP = "sroi case"
"""The custom property that every results workbook has."""
NEARLY = 0.85
"""How like a table's name a sheet's must be to be taken for a slip: `Cost` is, `Range notes` is not."""


def read_workbook(path: Path) -> Raw:
    """The tables of a workbook; `CaseError` where it is not one."""
    with _opened(path, values=True) as values, _opened(path, values=False) as formulas:
        sheets = values.worksheets
        # a results workbook of ours has sheets that are no tables, and says so by its stamp
        ours = any(p.name == STAMP for p in values.custom_doc_props.props)  # type: ignore[attr-defined]
        tables: list[RawTable] = []
        problems: list[tuple[str, Problem]] = []
        notes: list[str] = []
        for sheet in sheets:
            name = field_name(sheet.title)
            if name not in MODELS and name not in LATER:
                slips = _misnamed(sheet.title, [s.title for s in sheets])
                problems += slips
                if not slips and not ours:
                    notes.append(f"{_quoted(sheet.title)}: not a table of a case; it is not read.")
                continue
            place = _quoted(sheet.title)
            if any(table.name == name for table in tables):
                problems.append((name, Problem(place, f'There is a sheet "{sheet.title}" already', "", "Keep one.")))
                continue
            if sheet.max_row > FARTHEST_ROW or sheet.max_column > FARTHEST_COLUMN:
                rule = f"A sheet may have {FARTHEST_ROW:,} rows and {FARTHEST_COLUMN} columns"
                found = f"{sheet.max_row:,} rows and {sheet.max_column:,} columns"
                fix = "Delete what is far from the table, or copy the table to a new sheet."
                problems.append((name, Problem(place, rule, found, fix)))
                continue
            if sheet.sheet_state != "visible":
                notes.append(f"{place}: the sheet is hidden; it is read all the same.")
            table, faults, more = read_sheet(name, Grid(place, sheet, formulas[sheet.title]))
            notes += more
            problems += [(name, fault) for fault in faults]
            if table is not None:
                tables.append(table)
        notes += _chosen(values)
    unread = frozenset(name for name, _ in problems)
    return Raw(path.name, tuple(tables), tuple(problems), unread, tuple(notes), kind="sheet")


def _chosen(book: Workbook) -> Iterator[str]:
    """What is chosen in a results workbook: it changes what that shows, and not the case."""
    for kind in ("option", "scenario"):
        named = book.defined_names.get(f"in_{kind}")
        for sheet, cell in named.destinations if named is not None else ():
            place = cell.replace("$", "")
            held = book[sheet][place].value
            if held is not None and held != AS_IT_STANDS:
                yield (
                    f'{_quoted(sheet)}!{place}: "{held}" is chosen there, and the case is read as its tables stand. '
                    f"Run it with --{kind} {held} to see it."
                )


def _quoted(title: str) -> str:
    return f"'{title}'" if " " in title else title


def _misnamed(title: str, titles: list[str]) -> list[tuple[str, Problem]]:
    """A sheet named all but as a table that is not there: to pass it over could lose a table in silence."""
    missing = set(MODELS) - {field_name(other) for other in titles}
    close = get_close_matches(field_name(title), missing, n=1, cutoff=NEARLY)
    return [
        (
            n,
            Problem(
                _quoted(title),
                f"There is no sheet {header(n)}, but one named nearly so",
                "",
                f"Name it {header(n)}, or something quite different.",
            ),
        )
        for n in close
    ]


@contextmanager
def _opened(path: Path, *, values: bool) -> Iterator[Workbook]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of drawings and extensions, which hold no assumptions
            book: Any = load_workbook(path, data_only=values)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, EOFError):
        rule = "The file cannot be read as a workbook"
        fix = "Open it in Excel and save it as an Excel workbook (.xlsx), without a password."
        raise CaseError([Problem(path.name, rule, "", fix)]) from None
    try:
        yield book
    finally:
        book.close()
