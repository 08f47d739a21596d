"""Words to unit values: which are found, which belong together, and what each is in the prices of the asked year.

An event is found whole where any of its parts is, so that a total is never that of some parts. Unit values that share
no event are never added: several may price the same thing.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pydantic_core import PydanticCustomError

from sroi import library
from sroi.errors import CaseError, Problem
from sroi.lookup.other_words import OTHER_WORDS
from sroi.model.base import columns
from sroi.model.currency import STERLING
from sroi.model.parsing import price_base as parsed
from sroi.model.rules.prices import runs
from sroi.model.sentences import SENTENCES
from sroi.model.settings import Settings
from sroi.model.tables import either
from sroi.model.unit_values import UnitValue

NO_INDEX = "There is no price index for {}"
_WORD = re.compile(r"[^\W_]+(?:&[^\W_]+)*")


@dataclass(frozen=True)
class Priced:
    """One unit value and what it is worth in the prices of the asked year."""

    held: UnitValue
    """The library's row, every column of it."""
    in_base: float | None
    """Its amount in the asked prices; `None` where no index says so."""
    reason: str = ""
    """Why there is no amount in the asked prices, as a sentence; else empty."""


@dataclass(frozen=True)
class Entry:
    """What a case may name as a `unit_value`: one unit value, or an event with its parts, which add to the whole."""

    name: str
    """The unit value's id, or the event's name."""
    event: bool
    """Whether it is an event."""
    parts: tuple[Priced, ...]
    """The event's parts in the order of the library; of a unit value, itself."""
    price_base: str
    """The year whose prices were asked for."""
    amount: float | None
    """Its worth, as quoted: of an event the sum of its parts; `None` where they are not of one price year."""
    in_base: float | None
    """Its worth in the asked prices: of an event the sum of its parts; `None` where one of them has none."""
    reasons: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Why `amount` or `in_base` is absent, by its name."""
    by_source: bool = False
    """Whether nothing of it but the name of its source has all of the words: it may have nothing to do with them."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its parts, each once."""
        return tuple(dict.fromkeys(part.held.kind for part in self.parts))


def values(words: str | Iterable[str], price_base: str | None = None) -> tuple[Entry, ...]:
    """The library's unit values found by words, in the order of the library, each in the prices of one year.

    Every word must begin a word of the unit value's id, event, name, sector or source, or one of the other words that
    the library is known by (`other_words`), in any case; a plural also finds its singular, and words joined by a hyphen
    must stand together. What only the name of its source has found comes last, with `by_source`. `price_base` is a year
    as a case writes it (`2015` the calendar year, `2015/16` the financial one); without it the last financial year that
    the index holds. In pounds per unit: `amount × deflator[base] / deflator[price year]`, and as it stands where the
    two years are one (method § 1).

    Raises `CaseError` where nothing is found, with what was perhaps meant, and where the asked year has no index,
    unless all that is found is in its prices. Where a unit value's own year has none, a reason stands in place of a
    number.

    >>> [(entry.name, len(entry.parts), entry.amount) for entry in values("hip fracture")]
    [('hip-fracture', 2, 12700.0)]
    """
    asked = tokens(words if isinstance(words, str) else " ".join(words))
    if not asked:
        raise CaseError([Problem("", "Give a word to look for, such as care")])
    base = year(price_base) if price_base is not None else last_year()
    found = [row for row in library.unit_values() if all(_begins(word, _text(row)) for word in asked)]
    if not found:
        raise CaseError(_not_found(asked))
    names = dict.fromkeys(row.event or row.id for row in found)
    parts = {name: library.unit_value(name) for name in names}
    index = {point.year: point.index for point in library.deflators()}
    if base not in index and any(row.price_year != base for rows in parts.values() for row in rows):
        raise CaseError([Problem("", NO_INDEX.format(base), "", _held())])
    own = {row.event or row.id for row in found if all(_begins(word, _own_text(row)) for word in asked)}
    entries = (_entry(name, rows, base, index, name not in own) for name, rows in parts.items())
    return tuple(sorted(entries, key=lambda entry: entry.by_source))


def year(text: str) -> str:
    """A year of prices in its one spelling; `CaseError` where it is none."""
    try:
        return parsed(text)
    except PydanticCustomError as error:
        column = next(c for c in columns(Settings) if c.name == "price_base")
        rule, found, fix = SENTENCES[error.type](column, text, error.context or {})
        raise CaseError([Problem("", rule, found, fix)]) from None


def last_year() -> str:
    """The last financial year of the index of prices.

    >>> last_year()
    '2023/24'
    """
    return max(point.year for point in library.deflators() if "/" in point.year)


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: small letters, without apostrophes, those joined by a hyphen as one.

    >>> tokens("Child's A&E-attendance, (all)")
    ('childs', 'a&e-attendance', 'all')
    """
    plain = re.sub(r"['’]", "", text.lower()).split()
    return tuple(word for word in ("-".join(_WORD.findall(part)) for part in plain) if word)


def _own_text(row: UnitValue) -> str:
    """What says what a row is, each word between hyphens: its own words, and others that people use for it."""
    own = (row.id, row.event or "", row.name, row.sector)
    others = (*OTHER_WORDS.get(row.id, ()), *OTHER_WORDS.get(row.event or "", ()))
    return f"-{'-'.join(tokens(' '.join((*own, *others))))}-"


def _text(row: UnitValue) -> str:
    """All that is looked through: what says what a row is, and the name of its source."""
    return f"{_own_text(row)}{'-'.join(tokens(row.source or ''))}-"


def _begins(word: str, text: str) -> bool:
    return f"-{word}" in text or f"-{word.removesuffix('s')}-" in text


def _entry(name: str, rows: tuple[UnitValue, ...], base: str, index: Mapping[str, float], by_source: bool) -> Entry:
    parts = tuple(_priced(row, base, index) for row in rows)
    reasons = {}
    stated = {(row.currency, row.unit, row.price_year) for row in rows}
    if len(stated) > 1:
        reasons["amount"] = "Its parts are not of one currency, unit and price year."
    if len({(row.currency, row.unit) for row in rows}) > 1:
        reasons["in_base"] = "Its parts are not of one currency and unit."
    elif missing := [part.reason for part in parts if part.reason]:
        reasons["in_base"] = missing[0]
    return Entry(
        name=name,
        event=all(row.id != name for row in rows),
        parts=parts,
        price_base=base,
        amount=None if "amount" in reasons else sum(row.amount for row in rows),
        in_base=None if "in_base" in reasons else sum(part.in_base for part in parts if part.in_base is not None),
        reasons=MappingProxyType(reasons),
        by_source=by_source,
    )


def _priced(row: UnitValue, base: str, index: Mapping[str, float]) -> Priced:
    """`amount × deflator[base] / deflator[price year]` (method § 1); as it stands in the base year's own prices."""
    if row.price_year == base:
        return Priced(row, row.amount)
    if row.currency != STERLING:
        return Priced(row, None, f"No price index is held for {row.currency}.")
    if row.price_year not in index:
        return Priced(row, None, f"{NO_INDEX.format(row.price_year)}. {_held()}")
    return Priced(row, row.amount * (index[base] / index[row.price_year]))


def _held() -> str:
    return f"The years held are {runs(point.year for point in library.deflators())}."


def _not_found(asked: tuple[str, ...]) -> list[Problem]:
    """A problem for each word that finds nothing; where each finds something alone, one for them all."""
    rows = [_text(row) for row in library.unit_values()]
    counts = {word: sum(_begins(word, row) for row in rows) for word in asked}
    if all(counts.values()):
        alone = ", ".join(f'"{word}" finds {count}' for word, count in counts.items())
        both = " and ".join(f'"{word}"' for word in counts)
        return [Problem("", f"No unit value is found by {both} together", "", f"Alone, {alone}.")]
    return [Problem("", f'No unit value is found by "{word}"', "", _meant(word)) for word in counts if not counts[word]]


def _meant(word: str) -> str:
    rows = library.unit_values()
    words = {other for row in rows for other in _text(row).split("-") if len(other) > 3}
    names = {name for row in rows for name in (row.id, row.event) if name}
    close = difflib.get_close_matches(word, sorted(words | names), n=3, cutoff=0.75)
    if close:
        return f"Did you mean {either(close)}?"
    return f"The sectors held are: {', '.join(sorted({row.sector for row in library.unit_values()}))}."
