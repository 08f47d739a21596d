"""The library laid under a case: shipped rows, overlaid by the case's own of the same key.

A row that says what the shipped one says is silent; one that differs wins, and is noted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from sroi import library
from sroi.model.base import Column, Row, columns
from sroi.model.sentences import shown
from sroi.model.tables import WORDS, Tables

AnyRow = TypeVar("AnyRow", bound=Row)


def overlay(own: Tables, places: Mapping[str, str]) -> tuple[Tables, list[str]]:
    """The tables with the library under them, and a note per row that differs from the shipped one."""
    schedules, first = _laid(library.schedules(), own.schedules, places)
    deflators, second = _laid(library.deflators(), own.deflators, places)
    unit_values, third = _laid(library.unit_values(), own.unit_values, places)
    laid = replace(own, schedules=schedules, deflators=deflators, unit_values=unit_values)
    return laid, [*first, *second, *third]


def _laid(
    shipped: tuple[AnyRow, ...], own: tuple[AnyRow, ...], places: Mapping[str, str]
) -> tuple[tuple[AnyRow, ...], list[str]]:
    held = {row.key: row for row in shipped}
    notes = []
    for row in own:
        under = held.get(row.key)
        differing = [] if under is None else _differing(row, under)
        if under is None:
            held[row.key] = row
        elif differing:
            # what the row leaves blank it does not state: the shipped row says it
            held[row.key] = under.model_copy(update={c.attribute: getattr(row, c.attribute) for c in differing})
        if under is not None and differing:
            said = ", ".join(
                f"{c.header.lower()} {shown(mine)} for {shown(theirs)}"
                for c in differing
                for mine, theirs in [(getattr(row, c.attribute), getattr(under, c.attribute))]
            )
            place = places.get(row.at(), row.at())
            notes.append(f"{place}: the case's own {WORDS[row.table]} {row.key} wins over the shipped one: {said}.")
    return tuple(held.values()), notes


def _differing(row: Row, under: Row) -> list[Column]:
    """The fields that the row states otherwise than the shipped one; what it leaves blank it does not
    state."""
    return [
        c
        for c in columns(type(row))
        if c.attribute in row.model_fields_set and getattr(row, c.attribute) != getattr(under, c.attribute)
    ]
