"""Every source a case rests on, once each and numbered, with what rests on it; and the numbers that name none.

A source is what `source` says, in a row of the case, of Evidence, History or Actuals, or of the library. Two rows that
say the same, but for spaces and capitals, rest on one source. Pages that cite a source do so by its number: *S3*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from sroi.model import Case, Change, Cost, Evidence, Outcome, Row, Value, columns, used_library
from sroi.model.assumptions import assumptions
from sroi.model.currency import before
from sroi.model.deflators import Deflator
from sroi.model.parsing import plain
from sroi.model.schedules import Schedule
from sroi.model.tables import MODELS, WORDS, split
from sroi.model.unit_values import UnitValue

NUMBERED = "S"
"""What a source's number begins with."""
READ = {"primary": "read in the source itself", "secondary": "read where it is quoted"}


@dataclass(frozen=True)
class Rest:
    """What rests on a source: a row, or one number."""

    said: str
    ref: str
    """The cell that it stands in: `costs.hub.id`, `outcomes.falls.effect`."""
    status: str = ""
    grade: str = ""
    date: str = ""
    owner: str = ""
    more: str = ""
    """Whom it was gathered on, where in the source, on what terms, and what else a reader should know."""


@dataclass(frozen=True)
class Source:
    """A source, and all that rests on it."""

    number: int
    text: str
    rests: tuple[Rest, ...]

    @property
    def cited(self) -> str:
        """How pages cite it."""
        return f"{NUMBERED}{self.number}"


@dataclass(frozen=True)
class Unsourced:
    """Numbers of one row for which no source is given."""

    said: str
    ref: str
    numbers: tuple[str, ...]
    status: str = ""
    """What the row says of itself: a judgement may well have no source."""


@dataclass(frozen=True)
class References:
    """The sources of a case in order, and what names none."""

    sources: tuple[Source, ...]
    unsourced: tuple[Unsourced, ...]
    _numbers: Mapping[str, str] = field(default_factory=dict)

    def cite(self, text: str | None) -> str:
        """The number by which a source is cited, *S3*; empty where none is given."""
        return "" if text is None else self._numbers.get(_same(text), "")


def gather(case: Case) -> References:
    """The sources of a case and all that rests on each, in the order in which the sheets of the case name them."""
    rests: dict[str, list[Rest]] = {}
    texts: dict[str, str] = {}
    for text, rest in _named(case):
        key = _same(text)
        texts.setdefault(key, " ".join(text.split()))
        rests.setdefault(key, []).append(rest)
    found = tuple(Source(number, texts[key], tuple(rests[key])) for number, key in enumerate(texts, start=1))
    numbers = dict(zip(texts, (source.cited for source in found), strict=True))
    return References(found, tuple(_unsourced(case)), numbers)


def _same(text: str) -> str:
    """What two ways of writing one source share."""
    return " ".join(text.split()).casefold()


def named(case: Case, row: Row) -> str:
    """A row of the case in words: what it is, and its name."""
    if row.table == "settings":
        return "Settings"
    name = str(getattr(row, "name", "") or row.key)
    if isinstance(row, Value):
        outcome = next(o.name for o in case.outcomes if o.id == row.outcome)
        to = {part.sector for part in case.parts(row)}
        name = f"{outcome}, to {', '.join(s.name for s in case.sectors if s.id in to)}"
    return f"{WORDS[row.table].capitalize()}: {name}"


def number_said(case: Case, ref: str) -> str:
    """A number of the case in words: its row, and which of its numbers."""
    table, key, name = split(ref)
    if table == "profiles":
        return f"{number_said(case, key)} in {name}"
    header = next(column.header for column in columns(MODELS[table]) if column.name == name)
    return f"{named(case, case.row(table, key))}: {header}"


def _first_cell(row: Row) -> str:
    """The ref of the first cell of a row."""
    return row.at(columns(type(row))[0].name)


def _named(case: Case) -> Iterator[tuple[str, Rest]]:
    """Every source that is named, with what rests on it."""
    rows: tuple[Cost | Outcome | Value, ...] = (*case.costs, *case.outcomes, *case.values)
    for row in rows:
        if row.source is not None:
            yield row.source, _of_row(case, row)
    used = used_library(case.tables)
    for unit_value in case.unit_values:
        if unit_value.source is not None:
            yield unit_value.source, _of_library(unit_value)
    yield from _of_numbers(case)
    yield from _of_schedules(band for band in case.schedules if band in used["schedules"])
    yield from _of_deflators(year for year in case.deflators if year in used["deflators"])


def _of_numbers(case: Case) -> Iterator[tuple[str, Rest]]:
    """What single numbers rest on, what was claimed of them, and what came in."""
    for evidence in case.evidence:
        if evidence.source is not None:
            yield evidence.source, _of_evidence(case, evidence)
    for claim in case.history:
        if claim.source is not None:
            said = f"What was claimed in {claim.date}. {number_said(case, claim.ref)}"
            yield claim.source, Rest(said, _first_cell(claim), claim.status or "", date=claim.date)
    for actual in case.actuals:
        if actual.source is not None:
            said = f"What came in for {actual.in_year}. {number_said(case, actual.ref)}"
            yield actual.source, Rest(said, _first_cell(actual))


def _of_row(case: Case, row: Row) -> Rest:
    held = {name: str(getattr(row, name, None) or "") for name in ("status", "grade", "date", "owner")}
    population = getattr(row, "population", None)
    return Rest(named(case, row), _first_cell(row), more=f"Gathered on: {population}." if population else "", **held)


def _of_evidence(case: Case, row: Evidence) -> Rest:
    grade = "" if row.grade is None else str(row.grade)
    stated = (row.status or "", grade, row.date or "", row.owner or "", row.note or "")
    return Rest(number_said(case, row.ref), _first_cell(row), *stated)


def _of_library(row: UnitValue) -> Rest:
    """A library value with its price, its place in the source, its terms, and how it was read."""
    amount = f"{before(row.currency)}{row.amount:,.2f}".removesuffix(".00")
    read = READ.get(row.read_from or "", "")
    parts = [
        f"{amount} per {row.unit} in prices of {row.price_year}",
        row.geography or "",
        f"at {row.source_ref}" if row.source_ref else "",
        read,
        f"licence: {row.licence}" if row.licence else "no licence is stated",
    ]
    return Rest(f"Unit value: {row.name}", _first_cell(row), more=_joined(parts))


def _of_schedules(rows: Iterable[Schedule]) -> Iterator[tuple[str, Rest]]:
    """Discount schedules, all bands of one together."""
    for (schedule, source), bands in groupby(rows, key=lambda band: (band.schedule, band.source)):
        held = list(bands)
        if source is not None:
            rates = ", ".join(f"{plain(band.rate_percent)}% from year {band.from_year}" for band in held)
            editions = dict.fromkeys(band.edition for band in held if band.edition)
            said = f"Discount schedule: {schedule}"
            yield source, Rest(said, _first_cell(held[0]), more=_joined([*editions, rates]))


def _of_deflators(rows: Iterable[Deflator]) -> Iterator[tuple[str, Rest]]:
    """The price index, all years of one source together."""
    held: dict[str, list[Deflator]] = {}
    for row in rows:
        if row.source is not None:
            held.setdefault(row.source, []).append(row)
    for source, years in held.items():
        span = years[0].year if len(years) == 1 else f"{years[0].year} to {years[-1].year}"
        said = f"Price index: {_count(len(years), 'point')}, {span}"
        bases = dict.fromkeys(row.basis for row in years if row.basis)
        tallies = [f"{basis}: {sum(row.basis == basis for row in years)}" for basis in bases]
        yield source, Rest(said, _first_cell(years[0]), more=_joined(tallies))


def _count(number: int, one: str) -> str:
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def _joined(parts: Iterable[str]) -> str:
    """Words as one sentence."""
    text = "; ".join(part for part in parts if part)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _unsourced(case: Case) -> Iterator[Unsourced]:
    """The numbers that no source is given for, row by row; then the tables that have no place for one."""
    schedules = {band.schedule for band in case.schedules}
    missing = (
        of
        for of in assumptions(case)
        if of.stated and of.basis.source is None and of.value not in schedules and of.row.table != "about"
    )
    for _, group in groupby(missing, key=lambda of: of.row.table if of.row.table == "grades" else of.row.at()):
        numbers = [of for of in group if not of.ref.startswith("profiles.")]
        if numbers:
            row, headers = numbers[0].row, tuple(dict.fromkeys(of.column.header for of in numbers))
            said = "Every grade" if row.table == "grades" else named(case, row)
            yield Unsourced(said, _first_cell(row), headers, str(getattr(row, "status", None) or ""))
    bare = [row for row in case.ranges if row.note is None]
    if bare:
        few = f"{len(bare)} of {_count(len(case.ranges), 'range')}, whose ends nothing explains"
        yield Unsourced("Ranges without a note", _first_cell(bare[0]), (few,))
    for what, rows in (("Option", case.options), ("Scenario", case.scenarios)):
        for name, changes in groupby(rows, key=lambda change: change.name):
            held: list[Change] = list(changes)
            title = next((change.title for change in held if change.title), name)
            said = f"{what}: {title}"
            yield Unsourced(said, _first_cell(held[0]), (f"{_count(len(held), 'change')}; a change has no source",))
