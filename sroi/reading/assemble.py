"""From raw tables to a case, or to every problem with its place, in the order of the file.

Rows are read first, each by itself. Rows that fail lend their names, so that no fault is told twice. Then
values get their ids, ranges and profiles that stand inside rows become rows of their own, the library is laid
under the case's own rows, and the cross-table rules look at what there is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sroi import library
from sroi.errors import CaseError, Problem
from sroi.model import not_built
from sroi.model.base import Row, attributes
from sroi.model.case import Case
from sroi.model.resolve import unit_values_of, with_ids
from sroi.model.rules import check, located, place_of
from sroi.model.rules.references import duplicate
from sroi.model.tables import MODELS, SINGLE, UNREAD, WORDS, Tables
from sroi.model.unit_values import UnitValue
from sroi.model.values import Value
from sroi.reading.overlay import overlay
from sroi.reading.raw import Raw, RawTable, is_year
from sroi.reading.rows import Entry, inline_rows, lent_key, read_row
from sroi.reading.signs import pounds
from sroi.reading.standins import second_look

REQUIRED = ("about", "settings", "sectors")
"""Tables without which there is no case."""


def assemble(raw: Raw) -> Case:
    """The case that raw tables hold; `CaseError` with every problem where they hold none."""
    entries = _entries(raw)
    entries = _with_value_ids(entries)
    entries = _with_inline(entries)
    entries, repeated = _without_duplicates(entries)
    own = _tables(entries)
    laid, notes = overlay(own, {e.row.at(): e.raw.place for e in entries if e.row is not None})
    lent = _lent(entries, raw)
    places = _places(raw, entries)
    problems = [
        *(replace(p, place=f"{table}.!{n}") for n, (table, p) in enumerate(raw.problems)),
        *_table_problems(raw),
        *(p for entry in entries for p in entry.problems),
        *repeated,
        *pounds(entries, own.settings),
        *check(replace(laid, lent=lent)),
        *second_look(entries, replace(laid, lent=lent)),
    ]
    if problems:
        raise CaseError(located(problems, places))
    used = {u.id: u for v in laid.values if v.unit_value for u in unit_values_of(v.unit_value, laid.unit_values)}
    tables: dict[str, Any] = {name: getattr(laid, name) for name in MODELS}
    tables["unit_values"] = tuple(u for u in laid.unit_values if u.id in used)
    return Case(
        **tables,
        shipped=tuple(u for u in library.unit_values() if u.id in used),
        places={ref: place for ref, place in places.items() if "#" not in ref and "!" not in ref},
        notes=(*raw.notes, *_field_notes(entries), *notes, *_unread(own, used, places)),
    )


def _unread(own: Tables, used: Mapping[str, UnitValue], places: Mapping[str, str]) -> list[str]:
    """A note per unit value of the case's own that no row of values names, and per discount schedule that nothing does:
    an option may name it too."""
    values = {row.id: place_of(row.at(), places) for row in own.unit_values if row.id not in used}
    named = {row.schedule for row in library.schedules()}
    named |= {str(change.value) for change in (*own.options, *own.scenarios)}
    if own.settings is not None:
        named |= {str(own.settings.discount), str(own.settings.health_discount)}
    schedules: dict[str, str] = {}
    for row in own.schedules:
        if row.schedule not in named:
            schedules.setdefault(row.schedule, place_of(row.at(), places))
    return [
        *(f"{place}: no row of values names the unit value {name}: it is not used." for name, place in values.items()),
        *(f"{place}: nothing names the discount schedule {name}: it is not used." for name, place in schedules.items()),
    ]


def _entries(raw: Raw) -> list[Entry]:
    return [
        read_row(table, row, number)
        for table in raw.tables
        if table.name in MODELS
        for number, row in enumerate(table.rows)
    ]


def _tables(entries: Iterable[Entry]) -> Tables:
    by_table: dict[str, list[Row]] = defaultdict(list)
    for entry in entries:
        if entry.row is not None:
            by_table[entry.table].append(entry.row)
    held: dict[str, Any] = {name: (rows[0] if name in SINGLE else tuple(rows)) for name, rows in by_table.items()}
    return Tables(**held)


def _with_value_ids(entries: list[Entry]) -> list[Entry]:
    """Rows of values with their ids, which need the sectors and the library."""
    laid, _ = overlay(_tables(entries), {})
    return [replace(e, row=with_ids(laid, (e.row,))[0]) if isinstance(e.row, Value) else e for e in entries]


def _with_inline(entries: list[Entry]) -> list[Entry]:
    """Each row followed by the ranges and profiles that stood inside it."""
    found: list[Entry] = []
    for entry in entries:
        found.append(entry)
        key = entry.row.key if entry.row is not None else "" if entry.table in SINGLE else lent_key(entry)
        if key == UNREAD:
            continue
        for number, (table, raw) in enumerate(inline_rows(entry, key)):
            holder = RawTable(table, raw.place, (raw,))
            ref = f"{table}.#{entry.ref}#{number}"
            found.append(replace(read_row(holder, raw, number, ref=ref), inherited=entry.ref))
    return found


def _without_duplicates(entries: list[Entry]) -> tuple[list[Entry], list[Problem]]:
    """Second rows of one name are reported, and then left out of sight of the other rules."""
    seen: set[str] = set()
    found: list[Entry] = []
    problems: list[Problem] = []
    for entry in entries:
        row = entry.row
        if row is not None and row.table not in SINGLE and row.at() in seen:
            problems.append(replace(duplicate(row), place=entry.ref))
            found.append(replace(entry, row=None))
            continue
        if row is not None:
            seen.add(row.at())
        found.append(entry)
    return found, problems


def _lent(entries: Iterable[Entry], raw: Raw) -> Mapping[str, frozenset[str]]:
    """The keys of rows that failed; of a table that is missing or could not be read, any."""
    lent: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.row is None:
            lent[entry.table].add(lent_key(entry))
    missing = {"sectors"} - {table.name for table in raw.tables}
    for name in raw.unread | missing:
        lent[name].add(UNREAD)
    return {table: frozenset(keys) for table, keys in lent.items()}


def _places(raw: Raw, entries: Iterable[Entry]) -> dict[str, str]:
    """Every ref, provisional and final, and its place, in the order of the file."""
    by_table: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        owner = entry.inherited or entry.ref
        by_table[owner.partition(".")[0]].append(entry)
    places: dict[str, str] = {}
    later = [(table, number, problem.place) for number, (table, problem) in enumerate(raw.problems)]
    places.update({f"{table}.!{number}": place for table, number, place in later if not table})
    for table in raw.tables:
        places.setdefault(table.name, table.place)
        places.update({f"{name}.!{number}": place for name, number, place in later if name == table.name})
        for entry in by_table[table.name]:
            _enter(places, entry)
    places.update({f"{table}.!{number}": place for table, number, place in later})
    return places


def _enter(places: dict[str, str], entry: Entry) -> None:
    names = [entry.ref] if entry.row is None else [entry.ref, entry.row.at()]
    for name in names:
        places[name] = entry.raw.place
    known = attributes(MODELS[entry.table])
    for field, cell in entry.raw.cells.items():
        if field not in known and not (entry.table == "profiles" and is_year(field)):
            continue
        for name in names:
            places[f"{name}.{field}"] = cell.place
            if field not in known:
                places.setdefault(f"{name}.{field[:4]}", cell.place)


def _table_problems(raw: Raw) -> list[Problem]:
    """Tables that are missing, lack a column, or belong to a later version."""
    problems = []
    held = {table.name for table in raw.tables} | raw.unread
    for name in REQUIRED:
        if name not in held:
            rule = f"There is no {raw.kind} {name.capitalize() if raw.kind == 'sheet' else name}"
            problems.append(Problem(raw.source, rule, "", "A case needs about, settings and sectors."))
    for table in raw.tables:
        if table.name in not_built.TABLES and table.rows:
            problems.append(not_built.table_problem(table.name, table.name))
        for column in table.absent if table.rows else ():
            heading = column.replace("_", " ").capitalize()
            what = "field" if table.name in SINGLE else "column"
            rule = f'{table.name.capitalize()} needs a {what} called "{heading}"'
            problems.append(Problem(table.name, rule, "", "Add it, or spell its heading so."))
        if table.name in REQUIRED and not table.rows and table.name not in raw.unread:
            word = WORDS.get(table.name, "field")
            problems.append(Problem(table.name, f"{table.name.capitalize()} has no rows", "", f"Add a {word}."))
    return problems


def _field_notes(entries: Iterable[Entry]) -> list[str]:
    """What rows had to say, once each."""
    return list(dict.fromkeys(note for entry in entries for note in entry.notes))
