"""One row: from cells to a model's row, or to every fault in it.

A row is given a number while it has no name: `costs.#3` is the third row of costs. Faults carry such refs,
which `sroi.reading.assemble` turns into places.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from sroi.errors import Problem
from sroi.model.base import Row, columns, header
from sroi.model.parsing import text
from sroi.model.ranges import MEANT
from sroi.model.sentences import problem
from sroi.model.tables import MODELS, SINGLE, UNREAD, near
from sroi.reading.raw import Cell, RawRow, RawTable, is_year


@dataclass(frozen=True)
class Entry:
    """A row read, or not."""

    ref: str
    """Its provisional ref, `costs.#3`; `settings` for a table of one row."""
    raw: RawRow
    table: str
    row: Row | None
    problems: tuple[Problem, ...]
    """Placed at refs below `ref`."""
    inline: Mapping[str, Mapping[str, Cell]]
    """Ranges and profiles stated in the row itself, by field."""
    notes: tuple[str, ...] = ()
    inherited: str = ""
    """For an inline row, the ref of the row it stood in."""


def _parts(raw: RawRow, table: str) -> tuple[dict[str, Cell], dict[str, Mapping[str, Cell]]]:
    """A row's plain cells, and the mappings that stand for a number with a range or a profile of its own."""
    numbers = {c.name for c in columns(MODELS[table]) if c.is_number or (table, c.name) == ("settings", "discount")}
    plain: dict[str, Cell] = {}
    inline: dict[str, Mapping[str, Cell]] = {}
    for name, cell in raw.cells.items():
        if not isinstance(cell.value, Mapping) or name not in numbers:
            plain[name] = cell
            continue
        inline[name] = cell.value
        central = cell.value.get("value")
        if central is not None and not isinstance(central.value, Mapping):
            plain[name] = central
    return plain, inline


def _of_words(table: str) -> set[str]:
    """The fields that hold words: not the lists of numbers, nor what a change sets, which its field understands."""
    return {c.name for c in columns(MODELS[table]) if c.kind in ("text", "id", "list")} - {"value", "values", "weights"}


def _data(table: str, plain: Mapping[str, Cell]) -> dict[str, Any]:
    """What pydantic is given: blanks left out, a profile's years together."""
    stated = {name: cell.value for name, cell in plain.items() if not cell.blank}
    if table != "profiles":
        return stated
    years = {name: value for name, value in stated.items() if is_year(name)}
    rest = {name: value for name, value in stated.items() if not is_year(name)}
    return rest | {"years": years}


def _field_of(table: str, loc: tuple[int | str, ...], data: Mapping[str, Any]) -> str:
    """The field, or the year of a profile, that an error is about."""
    if table == "profiles" and loc[:1] == ("years",) and len(loc) > 1 and isinstance(loc[1], int):
        return str(sorted(data["years"])[loc[1]])
    return str(loc[0]) if loc else ""


def unknown_columns(table: str, names: Mapping[str, str]) -> list[str]:
    """Notes on fields that the table does not have, given their places; a reader goes on without them."""
    known = [c.name for c in columns(MODELS[table]) if (table, c.name) != ("profiles", "years")]
    notes = []
    for name, place in names.items():
        if name in known or (table == "profiles" and is_year(name)):
            continue
        suggestion = near(name, known)
        said = f" {suggestion}" if suggestion.startswith("Did") else ""
        notes.append(f'{place}: {table.capitalize()} has no field called "{name}"; it is not read.{said}')
    return notes


def meant(table: str, name: str, held: Collection[str]) -> str:
    """The field of a range that an unknown name stands for, by another word or a slip of the pen; empty where there is
    none, or the row has it already. Dropped, it would silently draw something else than was stated."""
    known = [c.name for c in columns(MODELS[table])]
    if table != "ranges" or name in known:
        return ""
    fields = [field for field in known if field not in ("ref", "note")]
    found = MEANT.get(name) or next(iter(get_close_matches(name, fields, n=1, cutoff=0.75)), "")
    return "" if found in held else found


def misnamed(place: str, name: str, field: str) -> Problem:
    """A field of a range under a name that is not its own."""
    return Problem(place, f'Ranges has no field called "{name}"', "", f'Did you mean "{field}"?')


def _meant(table: str, cells: Mapping[str, Cell], ref: str) -> tuple[dict[str, Cell], list[Problem]]:
    """The cells of a row under the names that they are meant to have, and a problem for each that has another."""
    found, problems = dict(cells), []
    for name in cells:
        if field := meant(table, name, found):
            found[field] = found.pop(name)
            problems.append(misnamed(f"{ref}.{field}", name, field))
    return found, problems


def read_row(table: RawTable, raw: RawRow, number: int, *, ref: str = "") -> Entry:
    """A row of a table as the model's row, or as its faults."""
    model = MODELS[table.name]
    ref = ref or (table.name if table.name in SINGLE else f"{table.name}.#{number}")
    known = {c.name for c in columns(model)} | (
        {n for n in raw.cells if is_year(n)} if table.name == "profiles" else set()
    )
    renamed, found = _meant(table.name, raw.cells, ref)
    raw = replace(raw, cells=renamed)
    notes = unknown_columns(table.name, {n: c.place for n, c in raw.cells.items() if n not in known})
    plain, inline = _parts(RawRow({n: c for n, c in raw.cells.items() if n in known}, raw.place), table.name)
    silent = {name for name, _ in raw.faults} | set(table.absent)
    found += [replace(fault, place=f"{ref}.{name}") for name, fault in raw.faults]
    for name, cells in inline.items():
        if "value" not in cells and not any(is_year(key) for key in cells):
            fix = "Write {value: 2, low: 1, high: 4}."
            found.append(Problem(f"{ref}.{name}", "A number with a range needs its central value", "no value", fix))
            silent.add(name)
    for name in sorted(_of_words(table.name) & plain.keys() - silent):
        if bare := plain[name].bare:
            rule = f"{header(name)} must be words, and YAML takes this for a number, a date, or yes or no"
            found.append(Problem(f"{ref}.{name}", rule, bare, f'Type "{bare}", with its quotes.'))
            silent.add(name)
    data = {name: value for name, value in _data(table.name, plain).items() if name not in silent}
    try:
        row: Row | None = model.model_validate(data)
    except ValidationError as error:
        row = None
        for item in error.errors():
            field = _field_of(table.name, item["loc"], data)
            if field not in silent:
                found.append(problem(model, item, f"{ref}.{field}", data))
    if found:
        row = None
    return Entry(ref, raw, table.name, row, tuple(found), inline, tuple(notes))


def row_data(entry: Entry) -> dict[str, Any]:
    """What stands in an entry's known fields, before any of it is validated."""
    known = {c.name for c in columns(MODELS[entry.table])}
    plain, _ = _parts(RawRow({n: c for n, c in entry.raw.cells.items() if n in known}, entry.raw.place), entry.table)
    return _data(entry.table, plain)


def lent_key(entry: Entry) -> str:
    """The key that a failed row lends to others, read from its bare cells; `*` where there is none to be
    read."""
    cells = {name: cell for name, cell in entry.raw.cells.items() if not cell.blank}

    def said(*names: str) -> str | None:
        if any(fault.place == f"{entry.ref}.{name}" for fault in entry.problems for name in names):
            return UNREAD
        values = [cells[name].value for name in names if name in cells]
        if len(values) < len(names) or any(isinstance(v, Mapping | list) for v in values):
            return None
        joint = "@" if entry.table == "schedules" else "-"
        return joint.join(text(v) for v in values)

    names = {
        "ranges": ("ref",),
        "profiles": ("ref",),
        "grades": ("grade",),
        "evidence": ("ref",),
        "deflators": ("year",),
        "schedules": ("schedule", "from_year"),
    }
    key = said(*names.get(entry.table, ("id",)))
    if key is None and entry.table == "values":
        key = said("outcome", "sector", "kind")
    return key or UNREAD


def inline_rows(entry: Entry, key: str) -> list[tuple[str, RawRow]]:
    """The rows of ranges and profiles that stand inside a row of that key: each with its table."""
    found: list[tuple[str, RawRow]] = []
    for name, cells in entry.inline.items():
        at = ".".join(part for part in (entry.table, key, name) if part)
        place = entry.raw.cells[name].place
        ref = {"ref": Cell(at, place)}
        central = cells.get("value")
        by_year = {n: c for n, c in cells.items() if is_year(n)}
        if central is not None and isinstance(central.value, Mapping):
            by_year = dict(central.value)
        if by_year:
            found.append(("profiles", RawRow(ref | by_year, place)))
        rest = {n: c for n, c in cells.items() if n not in by_year and n != "value"}
        if rest:
            found.append(("ranges", RawRow(ref | rest, place)))
    return found
