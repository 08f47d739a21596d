"""Which option and which scenario a workbook shows: two cells to choose by, and every changed input *in use*.

Every input that an option or a scenario changes has a row: what the tables say, what each option makes of it, and the
one in use, picked by the number of the option chosen. Formulas that would read the input's own cell read the one in
use instead; so the whole workbook recalculates when another option is chosen (workbook, *What is live*). Numbers that
vary by year, and tables that formulas look in, stand here whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from xlsxwriter.worksheet import Worksheet

from sroi.model import Case, Change, Profile
from sroi.model.altered import changeable, typed_as
from sroi.model.base import header
from sroi.model.settings import AS_IT_STANDS
from sroi.model.tables import MODELS, split
from sroi.reports.book import Book
from sroi.reports.places import HEADER_ROW, TITLES, InputSheet, input_sheets
from sroi.reports.style import INPUT_FORMATS
from sroi.sheet import Layout, Model
from sroi.sheet import expressions as ex
from sroi.sheet.layout import column_letters, quoted
from sroi.sheet.lines import walk
from sroi.sheet.units import TEXT

SHEET = "Options in use"
CHOSEN_ON = "Economic case"
"""The sheet where the option and the scenario are chosen."""
CHOSEN_ROWS: Mapping[str, int] = {"option": 5, "scenario": 6}
"""The rows of its two cells, from 1."""
CHOSEN_COLUMN = 1
NAME, REF, USED, OWN = range(4)
"""Columns of a block, from 0: the input, its ref, the one in use, the table's own; then those of each option."""

Kind = Literal["option", "scenario"]
Held = float | str
"""What a cell holds: a number, or a text, empty where it is blank."""


def names(case: Case, kind: Kind) -> tuple[str, ...]:
    """What may be chosen, in order: the tables as they stand, then every option, or every scenario."""
    return (AS_IT_STANDS, *(case.option_names if kind == "option" else case.scenario_names))


def listed(in_use: InUse, kind: Kind) -> str | list[str]:
    """What a list to choose from takes its names from: the heading of their block, or themselves where it has none."""
    known, first = names(in_use.case, kind), _first(in_use, kind)
    if not first:
        return list(known)
    last = column_letters(OWN + len(known) - 1)
    return f"={quoted(SHEET)}!${column_letters(OWN)}${first - 1}:${last}${first - 1}"


def chosen_cell(kind: Kind) -> str:
    """The address of the cell in which the option, or the scenario, is chosen."""
    return f"{quoted(CHOSEN_ON)}!${column_letters(CHOSEN_COLUMN)}${CHOSEN_ROWS[kind]}"


def number_cell(kind: Kind) -> str:
    """The address of the number of the one chosen, from 1."""
    return f"{quoted(SHEET)}!$C${CHOSEN_ROWS[kind]}"


@dataclass(frozen=True)
class Picked:
    """One input in use: its row, what its own cell says and what each option, or scenario, makes of it."""

    ref: str
    said: str
    row: int
    kind: Kind
    own: Held
    changes: Mapping[str, Change]
    """By name of option or scenario."""
    made: Mapping[str, Held]
    keeps_blank: bool
    """Whether a blank means something else than 0."""


@dataclass(frozen=True)
class InUse:
    """Everything on the sheet, and where the workbook's formulas find it."""

    case: Case
    typed: Layout
    """Where each input is typed; the layout of the workbook has those in use in their stead."""
    picked: tuple[Picked, ...]
    profiles: Mapping[str, int]
    """The row of every number by year that an option or a scenario changes."""
    columns: Mapping[tuple[str, str], int]
    """The first row of every column that formulas look in, of which one changes a cell."""

    def over(self, layout: Layout) -> Layout:
        """The layout with the inputs in use in place of those as typed."""
        cells = dict(layout.cells) | {p.ref: f"{quoted(SHEET)}!$C${p.row}" for p in self.picked}
        ranges = dict(layout.columns)
        for (table, name), top in self.columns.items():
            end = top + len(self.case.tables.rows(table)) - 1
            ranges[table, name] = f"{quoted(SHEET)}!$C${top}:$C${end}"
        profiles = dict(layout.profiles)
        years = _years(self.case)
        for ref, row in self.profiles.items():
            first, last = column_letters(USED), column_letters(USED + len(years) - 1)
            head = min(self.profiles.values()) - 1
            profiles[ref] = (
                f"{quoted(SHEET)}!${first}${head}:${last}${head}",
                f"{quoted(SHEET)}!${first}${row}:${last}${row}",
            )
        return replace(layout, cells=cells, columns=ranges, profiles=profiles)


def arrange(case: Case, model: Model, typed: Layout) -> InUse | None:
    """The inputs that options and scenarios change, and where each stands; nothing where there are none.

    `model` are the workbook's lines, `typed` where every input is typed. A change of a year outside the horizon, or
    of a row of the library that the workbook does not carry, reads nothing and has no row.
    """
    if not case.options and not case.scenarios:
        return None
    blanks = _blanks(model)
    row = max(CHOSEN_ROWS.values()) + 3
    picked: list[Picked] = []
    sets: tuple[tuple[Kind, tuple[Change, ...]], ...] = (("option", case.options), ("scenario", case.scenarios))
    for kind, changes in sets:
        refs = dict.fromkeys(change.ref for change in changes if change.ref in typed.cells)
        for ref in refs:
            mine = {change.name: change for change in changes if change.ref == ref}
            made = {name: held_as(typed_as(case.tables, change)) for name, change in mine.items()}
            own = held_as(_own(case, ref))
            picked.append(Picked(ref, said_of(case, ref), row, kind, own, mine, made, ref in blanks))
            row += 1
        row += 3 if refs else 0
    by_year = dict.fromkeys(
        split(p.ref)[1] for p in picked if p.ref.startswith("profiles.") and split(p.ref)[1] in typed.profiles
    )
    profiles = {ref: row + n for n, ref in enumerate(by_year)}
    row += len(profiles) + 3 if profiles else 0
    columns: dict[tuple[str, str], int] = {}
    looked = set(_looked_in(model))
    for table, name in dict.fromkeys((split(p.ref)[0], split(p.ref)[2]) for p in picked):
        if (table, name) in looked and (table, name) in typed.columns:
            columns[table, name] = row
            row += len(case.tables.rows(table)) + 3
    return InUse(case, typed, tuple(picked), profiles, columns)


def said(seen: Case) -> tuple[str, str]:
    """A formula that says which option and scenario are in use, and what it says for the case as seen."""
    now = _now(seen)
    formula = f'="Option in use: "&{chosen_cell("option")}&". Scenario: "&{chosen_cell("scenario")}&"."'
    return formula, f"Option in use: {now['option']}. Scenario: {now['scenario']}."


def _now(seen: Case) -> dict[Kind, str]:
    return {"option": seen.option or AS_IT_STANDS, "scenario": seen.scenario or AS_IT_STANDS}


def write(book: Book, in_use: InUse, seen: Case) -> None:
    """Writes the sheet, with the option and the scenario chosen in which the case is seen."""
    case = in_use.case
    page = book.sheet(SHEET, SHEET, f"Workings: the inputs as the option and the scenario chosen on {CHOSEN_ON} make "
                      "them. All formulas that need one of these read it here.", tab="#7F7F7F")  # fmt: skip
    most = max(len(names(case, "option")), len(names(case, "scenario")), len(_years(case)) if in_use.profiles else 0)
    book.widths(page, {NAME: 52, REF: 52, USED: 16} | dict.fromkeys(range(OWN, OWN + most), 18))
    _heading(book, page, HEADER_ROW, ("Chosen", "Name", "Number"))
    now = _now(seen)
    for one in now:
        _chosen(book, page, CHOSEN_ROWS[one], one, names(case, one), now[one], in_use)
    for one in now:
        _block(book, page, in_use, one, now[one])
    values = {p.ref: _used(p, now[p.kind]) for p in in_use.picked}
    _by_year(book, page, in_use, values)
    _columns(book, page, in_use, values)
    page.fit_to_pages(1, 0)


def _chosen(book: Book, page: Worksheet, row: int, kind: Kind, known: tuple[str, ...], now: str, in_use: InUse) -> None:
    """The name chosen, and its number among the names in the heading of the block."""
    at = _first(in_use, kind) - 1
    book.text(page, row - 1, NAME, kind.capitalize(), "label")
    book.formula(page, row - 1, REF, f"={chosen_cell(kind)}", now, "formula", "@")
    if at <= 0:  # none changes anything that is read
        book.number(page, row - 1, USED, 1, "structural", "0")
        return
    heading = f"${column_letters(OWN)}${at}:${column_letters(OWN + len(known) - 1)}${at}"
    book.formula(page, row - 1, USED, f"=MATCH($B${row},{heading},0)", float(known.index(now) + 1), "formula", "0")


def _first(in_use: InUse, kind: Kind) -> int:
    return min((p.row for p in in_use.picked if p.kind == kind), default=0)


def _block(book: Book, page: Worksheet, in_use: InUse, kind: Kind, now: str) -> None:
    """Every input that options, or scenarios, change: the one in use, the table's own, each option's."""
    rows = [p for p in in_use.picked if p.kind == kind]
    if not rows:
        return
    known = names(in_use.case, kind)
    _heading(book, page, rows[0].row - 1, (f"Changed by {'an option' if kind == 'option' else 'a scenario'}", "Ref",
                                           "In use", *known))  # fmt: skip
    last = column_letters(OWN + len(known) - 1)
    for p in rows:
        at = p.row - 1
        book.text(page, at, NAME, p.said, "label")
        book.text(page, at, REF, p.ref, "note")
        pick = f"=INDEX(${column_letters(OWN)}{p.row}:${last}{p.row},1,{_local(number_cell(kind))})"
        number = _shown(in_use.case, p.ref)
        book.formula(page, at, USED, pick, _cached(_used(p, now), p), "result", number, align="right")
        own = in_use.typed.cells[p.ref]
        book.formula(page, at, OWN, _linked(own, p), _cached(p.own, p), "formula", number, align="right")
        for position, name in enumerate(known[1:], start=OWN + 1):
            change = p.changes.get(name)
            cell = own if change is None else in_use.typed.cells[change.at("value")]
            value = p.made.get(name, p.own)
            book.formula(page, at, position, _linked(cell, p), _cached(value, p), "formula", number, align="right")


def _by_year(book: Book, page: Worksheet, in_use: InUse, values: Mapping[str, Held]) -> None:
    """Numbers by year: those in use where they change, the table's own where they do not."""
    if not in_use.profiles:
        return
    years = _years(in_use.case)
    head = min(in_use.profiles.values()) - 1
    _heading(book, page, head, ("By year, in use", "Ref"))
    for position, year in enumerate(years, start=USED):
        book.number(page, head - 1, position, year, "heading", "0")
    for ref, row in in_use.profiles.items():
        book.text(page, row - 1, NAME, said_of(in_use.case, ref), "label")
        book.text(page, row - 1, REF, ref, "note")
        by_year = in_use.case.profile(ref) or {}
        for position, year in enumerate(years, start=USED):
            full = f"profiles.{ref}.{year}"
            cell = _place(in_use, full)
            value = values.get(full, by_year.get(year, 0.0))
            book.formula(page, row - 1, position, f"={cell}", value or 0.0, "formula", "General")


def _columns(book: Book, page: Worksheet, in_use: InUse, values: Mapping[str, Held]) -> None:
    """Columns that formulas look in, of which an option or a scenario changes a cell."""
    for (table, name), first in in_use.columns.items():
        _heading(book, page, first - 1, (f"{header(name)} of {TITLES[table].lower()}, in use", "Ref", "In use"))
        for number, row in enumerate(in_use.case.tables.rows(table)):
            ref = row.at(name)
            at = first - 1 + number
            book.text(page, at, NAME, row.key, "label")
            book.text(page, at, REF, ref, "note")
            value = values.get(ref, held_as(in_use.case.get(ref)))
            cell = _place(in_use, ref)  # a blank is nil to the formulas that look in the column, and no text
            book.formula(page, at, USED, f'=IF({cell}="",0,{cell})', value or 0.0, "formula",
                         _shown(in_use.case, ref), align="right")  # fmt: skip


def _place(in_use: InUse, ref: str) -> str:
    """Where a number is in use: on this sheet where it changes, else where it is typed."""
    found = next((p for p in in_use.picked if p.ref == ref), None)
    return f"$C${found.row}" if found is not None else in_use.typed.cells[ref]


def _heading(book: Book, page: Worksheet, row: int, titles: Iterable[str]) -> None:
    for position, title in enumerate(titles):
        book.text(page, row - 1, position, title, "heading", text_wrap=True, valign="top",
                  align="left" if position <= REF else "right")  # fmt: skip


def _linked(cell: str, picked: Picked) -> str:
    return f'=IF({cell}="","",{cell})' if picked.keeps_blank else f"={cell}"


def _cached(value: Held, picked: Picked) -> Held:
    return value if value != "" or picked.keeps_blank else 0.0


def _used(picked: Picked, now: str) -> Held:
    return picked.made.get(now, picked.own)


def _local(address: str) -> str:
    return address.rpartition("!")[2]


def _years(case: Case) -> tuple[int, ...]:
    sheet = next((s for s in input_sheets(case.tables) if s.table == "profiles"), InputSheet("", "", (), ()))
    return sheet.years


def _own(case: Case, ref: str) -> object:
    """What the case's own cell holds; blank, not 0, in a year that a profile leaves out."""
    table, key, field = split(ref)
    row = case.tables.find(table, key)
    return row.by_year.get(int(field)) if isinstance(row, Profile) else case.get(ref)


def held_as(value: object) -> Held:
    """A value of the case as a cell holds it: yes or no, a number, a text, or nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return float(value) if isinstance(value, int | float) else str(value)


def said_of(case: Case, ref: str) -> str:
    """An input in words: the name of its row and its field.

    >>> import sroi
    >>> said_of(sroi.read("meals"), "settings.discount")
    'Settings: discount'
    """
    table, key, field = split(ref)
    if table == "profiles":
        inner = split(key)
        return f"{_row_said(case, *inner[:2])}: {header(inner[2]).lower()} in {field}"
    if field.isdigit() or table not in MODELS:
        return ref
    return f"{_row_said(case, table, key)}: {header(field).lower()}"


def _row_said(case: Case, table: str, key: str) -> str:
    row = case.tables.find(table, key)
    name = str(getattr(row, "name", "") or key)
    return name if name else TITLES[table]


def _shown(case: Case, ref: str) -> str:
    """The number format of an input."""
    table, _, field = split(ref)
    if table == "profiles" or isinstance(held_as(_own(case, ref)), str):
        return "General"
    return INPUT_FORMATS[changeable(table)[field].kind] if field in changeable(table) else "General"


def _blanks(model: Model) -> frozenset[str]:
    """Refs of the cells of which a formula asks whether they are blank, or that hold text."""
    found = set()
    for line in model.lines.values():
        for node in walk(line.formula):
            match node:
                case ex.FirstFilled(cell=cell) | ex.NumberOrZero(cell=cell) | ex.IsNumber(cell=ex.Cell() as cell):
                    found.add(cell.ref)
                case ex.Cell(unit=unit, ref=ref) if unit == TEXT:
                    found.add(ref)
    return frozenset(found)


def _looked_in(model: Model) -> Iterator[tuple[str, str]]:
    """Every column that a formula looks in: its table and its name."""
    for line in model.lines.values():
        for node in walk(line.formula):
            match node:
                case ex.Lookup() | ex.CountOutside():
                    yield node.table.name, node.column
                case ex.SumWhere():
                    yield node.table.name, node.column
                    yield from ((node.table.name, condition.column) for condition in node.conditions)
                case ex.CountWhere():
                    yield from ((node.table.name, condition.column) for condition in node.conditions)
