"""Tables with places, before they mean anything: what every form of a case is turned into first.

A `Cell` is a value and where it was found; a row is cells by field; a table is rows. The forms differ only in
how they come by them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sroi.errors import Problem

_YEAR = re.compile(r"\d{4}(\s*[/-]\s*(\d{2}|\d{4}))?")


@dataclass(frozen=True)
class Cell:
    """A value and its place. In text and dicts a value may be a mapping of cells: a range or a profile of its
    own."""

    value: Any
    place: str
    bare: str = ""
    """In YAML, a bare word as typed, where YAML takes it for something that is written otherwise: `1.0`, `true`."""

    @property
    def blank(self) -> bool:
        """Whether nothing is there."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


@dataclass(frozen=True)
class RawRow:
    """A row as found."""

    cells: Mapping[str, Cell]
    """By field name; of a sheet, blank cells too, since they have places."""
    place: str
    faults: tuple[tuple[str, Problem], ...] = ()
    """Fields that could not be read at all, each with what is wrong."""


@dataclass(frozen=True)
class RawTable:
    """A table as found."""

    name: str
    """The table's name in the format: `unit_values`."""
    place: str
    rows: tuple[RawRow, ...]
    absent: tuple[str, ...] = ()
    """Required columns that a sheet lacks: reported once for the table, not for each row."""


@dataclass(frozen=True)
class Raw:
    """A case as found: tables in the order of the file, and what was wrong or odd on the way."""

    source: str
    """What it is called in sentences: the file's name, or `the case`."""
    tables: tuple[RawTable, ...]
    problems: tuple[tuple[str, Problem], ...] = ()
    """Faults of the form itself, each with the table after whose start it belongs."""
    unread: frozenset[str] = frozenset()
    """Tables that are there but could not be read, in whole or in part: what is missed may be in them."""
    notes: tuple[str, ...] = ()
    kind: str = "table"
    """What a table is called in this form: `sheet` or `table`."""


def field_name(text: object) -> str:
    """A heading as a field's name: case and spacing ignored.

    >>> field_name(" Price  Year ")
    'price_year'
    """
    return re.sub(r"[\s_-]+", "_", str(text).strip().lower())


def is_year(text: object) -> bool:
    """Whether a heading is a year, `2026` or `2026/27`."""
    if isinstance(text, float) and text.is_integer():
        text = int(text)
    return bool(_YEAR.fullmatch(str(text).strip()))


def year_name(text: object) -> str:
    """A year's heading as text: `2026` of 2026.0."""
    return str(int(text)) if isinstance(text, float) and text.is_integer() else str(text).strip()
