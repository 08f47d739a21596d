"""Every assumption of a case in one list: value, range, what it rests on, and how what is claimed of it has changed.

What the Assumptions log shows, and the table of assumptions. A number is *stated* where it is not its field's default,
or where a range, evidence or history names it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi.model.base import Column, Row, columns
from sroi.model.basis import Basis, claims, of_number, own
from sroi.model.currency import before
from sroi.model.parsing import fifteen, plain
from sroi.model.ranges import NATURAL, Range
from sroi.model.stated import as_number, numbers, year_of
from sroi.model.tables import MODELS, split

if TYPE_CHECKING:
    from sroi.model.case import Case

BY_YEAR = "by year"
"""Stands for the value of a number that varies by year."""


@dataclass(frozen=True)
class Dated:
    """What was claimed of a number at one time, its value in the field's own terms."""

    date: str
    status: str | None
    value: float | str
    source: str | None


@dataclass(frozen=True)
class Assumption:
    """One number of the case."""

    ref: str
    row: Row
    column: Column
    value: Any
    """What the case holds: a number, a schedule's name, or *by year* for one that varies."""
    range: Range | None
    basis: Basis
    claims: tuple[Dated, ...]
    """The oldest first."""
    stated: bool
    """Whether it is more than a default."""

    @property
    def low(self) -> float | None:
        """The low end of its range."""
        return None if self.range is None else self.range.low

    @property
    def high(self) -> float | None:
        """The high end of its range."""
        return None if self.range is None else self.range.high


OTHERS = frozenset({"ranges", "correlations", "profiles", "evidence", "history", "actuals", "options", "scenarios"})
"""Tables that say something of the numbers of other tables."""


def assumptions(case: Case) -> tuple[Assumption, ...]:
    """Every number of the case that holds something, in the order of the sheets; the years of a profile that have a
    history follow the number that varies."""
    ranges = {row.ref: row for row in case.ranges}
    found: list[Assumption] = []
    for table, model in MODELS.items():
        if table in OTHERS:
            continue
        fields = [c for c in columns(model) if (c.is_number and c.name != "grade") or c.name in numbers(table)]
        for row in case.tables.rows(table):
            for column in fields:
                found += _of(case, row, column, ranges.get(row.at(column.name)))
    return tuple(found)


def _of(case: Case, row: Row, column: Column, found: Range | None) -> Iterator[Assumption]:
    ref = row.at(column.name)
    by_year = case.profile(ref)
    value = BY_YEAR if by_year is not None else getattr(row, column.attribute)
    if value is None:
        return
    basis, past = of_number(ref, row, case), _claims(case, ref)
    named = found is not None or bool(past) or own(ref, case.evidence) is not None
    yield Assumption(ref, row, column, value, found, basis, past, named or column.required or value != column.default)
    for year in sorted({y for claim in case.history if (y := _year_in(claim.ref, ref)) is not None}):
        at = f"profiles.{ref}.{year}"
        yield Assumption(at, row, column, (by_year or {}).get(year, 0.0), None, basis, _claims(case, at), True)


def _year_in(claimed: str, ref: str) -> int | None:
    """The year of a profile's number that a claim is of; none where it is of another number."""
    return year_of(claimed) if split(claimed)[:2] == ("profiles", ref) else None


def _claims(case: Case, ref: str) -> tuple[Dated, ...]:
    return tuple(
        Dated(claim.date, claim.status, as_number(case.tables, claim), claim.source)
        for claim in claims(ref, case.history)
    )


def said(case: Case, of: Assumption, value: Any) -> str:
    """A number in words, as its field is read: `25%`, `£1,200`, `0.35`."""
    if isinstance(value, str):
        return value
    number = fifteen(float(value))
    match of.column.kind:
        case "share":
            return f"{plain(fifteen(number * 100))}%"
        case "money":
            sign = "-" if number < 0 else ""
            shown = (
                f"{abs(number):,.2f}".removesuffix(".00") if abs(number) >= 0.01 or not number else plain(abs(number))
            )
            return f"{sign}{before(case.settings.currency)}{shown}"
        case _:
            return plain(number)


def range_said(case: Case, of: Assumption) -> str:
    """A number's range in words: `10% to 40%`, `10% to 40% (normal, middle 90%)`, or the natural parameters of its
    shape; empty where it has none."""
    row = of.range
    if row is None:
        return ""
    times = "times " if of.value == BY_YEAR else ""  # a range multiplies the whole profile

    def shown(value: float) -> str:
        return plain(fifteen(value)) if times else said(case, of, value)

    if row.low is not None and row.high is not None:
        how = "" if row.shape == "pert" else row.shape
        held = "" if row.interval == "limits" else f"middle {row.interval}"
        of_what = f" ({', '.join(part for part in (how, held) if part)})" if how or held else ""
        return f"{times}{shown(row.low)} to {shown(row.high)}{of_what}"
    stated = {name: getattr(row, name) for names in NATURAL.values() for name in names}
    parts = [f"{name} {plain(fifteen(value))}" for name, value in stated.items() if isinstance(value, float)]
    return f"{row.shape}: {', '.join(parts) or '; '.join(shown(value) for value in row.values or ())}"


def drift(case: Case, of: Assumption) -> str:
    """How what is claimed of a number has changed, in words; empty without a history.

    The first claim with its status and date, then every later one and by how much it moved, then what the case holds
    where that is something else again.
    """
    if not of.claims:
        return ""
    first, *later = of.claims
    sentences = [f"{_how(first)} in {first.date}: {said(case, of, first.value)}."]
    before_it = first
    for claim in later:
        now = said(case, of, claim.value)
        sentences.append(f"{_how(claim)} in {claim.date}: {now}, {moved(before_it.value, claim.value)}.")
        before_it = claim
    if of.value != before_it.value or (before_it.status is not None and of.basis.status != before_it.status):
        by = "" if of.value == before_it.value else f", {moved(before_it.value, of.value)}"
        sentences.append(f"The case holds {said(case, of, of.value)}, {of.basis.status or 'status not stated'}{by}.")
    elif later:
        sentences.append(f"Since the first: {moved(first.value, of.value)}.")
    return " ".join(sentences)


def _how(claim: Dated) -> str:
    """What a claim was, to begin a sentence with: `Forecast`, or `Claimed` where no status is stated."""
    return (claim.status or "claimed").capitalize()


def moved(old: Any, new: Any) -> str:
    """By how much a value moved, as a share of what it was.

    >>> moved(0.5, 0.4), moved(2, 2), moved(0, 1)
    ('down 20%', 'unchanged', 'changed')
    """
    if old == new:
        return "unchanged"
    if isinstance(old, str) or isinstance(new, str) or old == 0 or (old < 0) != (new < 0):
        return "changed"
    share = abs(new) / abs(old) - 1
    if abs(share) < 0.0005:
        return "hardly changed"
    return f"{'up' if share > 0 else 'down'} {plain(round(abs(share) * 100, 1))}%"


__all__ = ["BY_YEAR", "Assumption", "Dated", "assumptions", "drift", "moved", "said"]
