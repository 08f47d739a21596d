"""What was found as a plain table with its notes and sources, and as plain data for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sroi.lookup.search import Entry, Priced
from sroi.model.currency import before
from sroi.model.unit_values import UnitValue

RIGHT = frozenset({5, 7})
"""Columns that hold sums of money, by position."""
NO_INDEX = "no index"
NO_SUM = "no sum"
"""Stands for the worth of an event whose parts cannot be added."""
EVENTS = "The parts of an event add to its whole. A case that names the event takes all of them."
ALTERNATIVES = (
    "Nothing else is added: rows that share no event may price one thing in several ways, and a case takes one."
)
BY_SOURCE = "Listed last, found by nothing but the name of the source: {}."
TRANSFERS = "A transfer is from one pocket to another. It is in the whole of an event, and public value leaves it out."
READ_FROM: Mapping[str | None, str] = {
    "primary": "Read in the source's own text.",
    "secondary": "Read where it is quoted.",
}


def table(entries: Sequence[Entry]) -> str:
    """What was found, as text: a row for each unit value, the whole of each event after its parts, the notes that they
    need, and the sources with their licences."""
    base = entries[0].price_base
    sources = _sources(entries)
    heading = ("id", "event", "sector", "kind", "unit", "amount", "prices", f"in {base}", "source", "name")
    rows = [row for entry in entries for row in _rows(entry, sources)]
    notes = [*_notes(entries), *_listed(sources)]
    return "\n\n".join((_aligned([heading, *rows]), "\n".join(notes), _counted(entries, base)))


def data(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """What was found, as plain data: every column of the library, and both worths; what is absent is `None`, with its
    reason beside it."""
    return [
        {
            "name": entry.name,
            "event": entry.event,
            "by_source": entry.by_source,
            "amount": entry.amount,
            "in_base": entry.in_base,
            "reasons": dict(entry.reasons),
            "parts": [
                part.held.model_dump()
                | {"in_base": part.in_base, "reasons": {"in_base": part.reason} if part.reason else {}}
                for part in entry.parts
            ],
        }
        for entry in entries
    ]


def _counted(entries: Iterable[Entry], base: str) -> str:
    parts = [part for entry in entries for part in entry.parts]
    priced = sum(part.in_base is not None for part in parts)
    found = f"{len(parts)} unit value{'' if len(parts) == 1 else 's'}"
    if priced == len(parts):
        return f"{found}, in prices of {base}."
    return f"{found}, {priced} in prices of {base} and {len(parts) - priced} in their own prices only."


def _rows(entry: Entry, sources: Mapping[str, int]) -> list[tuple[str, ...]]:
    rows = [_row(part, sources) for part in entry.parts]
    if entry.event:
        first = entry.parts[0].held
        absent = NO_INDEX if any(part.reason for part in entry.parts) else NO_SUM
        one_year = len({part.held.price_year for part in entry.parts}) == 1
        rows.append(
            (
                *(entry.name, entry.name, "", " + ".join(entry.kinds), first.unit if entry.amount is not None else ""),
                *(_money(entry.amount, first.currency, NO_SUM), first.price_year if one_year else ""),
                *(_money(entry.in_base, first.currency, absent), "", f"Whole of the {len(rows)} parts above"),
            )
        )
    return rows


def _row(part: Priced, sources: Mapping[str, int]) -> tuple[str, ...]:
    held = part.held
    where = f" {held.source_ref}" if held.source_ref else ""
    return (
        *(held.id, held.event or "", held.sector, held.kind, held.unit),
        *(_money(held.amount, held.currency), held.price_year, _money(part.in_base, held.currency)),
        *(f"[{sources[_source(held)]}]{where}", held.name),
    )


def _money(amount: float | None, currency: str, absent: str = NO_INDEX) -> str:
    """A sum to the penny, which is as the library quotes it."""
    if amount is None:
        return absent
    return f"{'-' if amount < 0 else ''}{before(currency)}{abs(amount):,.2f}"


def _source(row: UnitValue) -> str:
    """What stands under the table about where a row comes from, the same for all rows of one source."""
    place = f", {row.geography}" if row.geography else ""
    licence = f" Licence: {row.licence}." if row.licence else " No licence is stated."
    read = READ_FROM.get(row.read_from, "How it was read is not stated.")
    return f"{row.source or 'No source is stated'}{place}.{licence} {read}"


def _sources(entries: Iterable[Entry]) -> dict[str, int]:
    """Each source once, with its number."""
    said = dict.fromkeys(_source(part.held) for entry in entries for part in entry.parts)
    return {source: number for number, source in enumerate(said, start=1)}


def _listed(sources: Mapping[str, int]) -> list[str]:
    return [f"[{number}] {source}" for source, number in sources.items()]


def _notes(entries: Sequence[Entry]) -> list[str]:
    missing: dict[str, list[str]] = {}
    for entry in entries:
        for part in entry.parts:
            if part.reason:
                missing.setdefault(part.reason, []).append(part.held.id)
        for reason in entry.reasons.values():
            if reason not in missing:
                missing.setdefault(reason, []).append(entry.name)
    by_source = [entry.name for entry in entries if entry.by_source]
    return [
        *([EVENTS] if any(entry.event for entry in entries) else []),
        *([ALTERNATIVES] if len(entries) > 1 else []),
        *([TRANSFERS] if any("transfer" in entry.kinds for entry in entries) else []),
        *([BY_SOURCE.format(", ".join(by_source))] if by_source else []),
        *(f"{', '.join(ids)}: {reason}" for reason, ids in missing.items()),
    ]


def _aligned(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows as lines, every column but the last as wide as its widest cell."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column in RIGHT else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
