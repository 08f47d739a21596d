"""What a number rests on, with the table `evidence` taken into account, and the order of what was claimed of it (§ 4).

Field by field: what the number's own row of evidence states, else what its row of the case states.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sroi.model.base import Row
from sroi.model.costs import Cost
from sroi.model.evidence import Claim, Evidence
from sroi.model.outcomes import Outcome

DECIDING: Mapping[str, str] = {"costs": "amount", "outcomes": "effect"}
"""The number whose evidence is that of its whole row: its status counts in shares, its grade sets optimism."""


class Evidenced(Protocol):
    """What holds a table of evidence."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The rows of evidence."""


FIELDS = ("source", "status", "grade", "owner", "date")
"""What a row of evidence states, and else the row of its number."""


@dataclass(frozen=True)
class Basis:
    """What a number, or a row, rests on."""

    source: str | None = None
    status: str | None = None
    """forecast, observed, attributed or judgement; `None` is not stated, which is none of them."""
    grade: int | None = None
    population: str | None = None
    owner: str | None = None
    date: str | None = None
    note: str | None = None


def decides(row: Row) -> str:
    """The ref of the number whose evidence is that of its whole row; empty for rows that have none such."""
    return row.at(DECIDING[row.table]) if row.table in DECIDING else ""


def own(ref: str, evidence: Iterable[Evidence]) -> Evidence | None:
    """The number's own row of evidence, if there is one."""
    return next((row for row in evidence if row.ref == ref), None)


def of_number(ref: str, row: Row, held: Evidenced) -> Basis:
    """What a number of a row rests on: its own row of evidence, field by field, else its row.

    A population is told of the row's source alone: it is not that of another source which evidence names.

    >>> falls = Outcome(id="falls", name="Falls", group="all", unit="fall", effect=0.2, status="forecast",
    ...                 source="a plan")
    >>> class Held: evidence = (Evidence(ref="outcomes.falls.effect", status="observed"),)
    >>> found = of_number("outcomes.falls.effect", falls, Held())
    >>> found.status, found.source
    ('observed', 'a plan')
    """
    mine = own(ref, held.evidence)

    def stated(name: str) -> Any:
        found = getattr(mine, name, None)
        return getattr(row, name, None) if found is None else found

    population = None if mine is not None and mine.source is not None else getattr(row, "population", None)
    note = None if mine is None else mine.note
    return Basis(**{name: stated(name) for name in FIELDS}, population=population, note=note)


def of_row(row: Cost | Outcome, held: Evidenced) -> Basis:
    """What a row of costs or outcomes rests on: what its amount, or its effect, does."""
    return of_number(decides(row), row, held)


def grade_of(row: Cost | Outcome, evidence: Iterable[Evidence]) -> int | None:
    """The grade that sets a row's optimism where none is stated: that of its amount or effect, else the row's."""
    mine = own(decides(row), evidence)
    return row.grade if mine is None or mine.grade is None else mine.grade


def days(when: str) -> tuple[str, str]:
    """The first and the last day that a date may mean, each as `2026-11-22`.

    >>> days("2026/27"), days("2026-02"), days("2026")
    (('2026-04-01', '2027-03-31'), ('2026-02-01', '2026-02-28'), ('2026-01-01', '2026-12-31'))
    """
    if "/" in when:
        first = int(when[:4])
        return f"{first}-04-01", f"{first + 1}-03-31"
    match when.split("-"):
        case [_]:
            return f"{when}-01-01", f"{when}-12-31"
        case [year, month]:
            return f"{when}-01", f"{when}-{calendar.monthrange(int(year), int(month))[1]}"
        case _:
            return when, when


def claims(ref: str, history: Iterable[Claim]) -> tuple[Claim, ...]:
    """What was claimed of a number, the oldest first."""
    return tuple(sorted((row for row in history if row.ref == ref), key=lambda row: days(row.date)))
