"""The whole calculation of one case, declared: every room's lines in order (architecture, *The kernel*)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sroi.model import Case
from sroi.projection import beyond, checks, costs, outcomes, people, sectors, timeline, values, views
from sroi.projection.beyond import Beyond
from sroi.projection.checks import CheckLines
from sroi.projection.declaring import Declaring
from sroi.projection.measures import ViewLines
from sroi.projection.sectors import SectorLines
from sroi.projection.streams import Stream
from sroi.projection.values import FlowLines
from sroi.sheet import Line, Model, evaluate


@dataclass(frozen=True)
class Declared:
    """A case's calculation: its lines, and which of them are the totals of sectors and views."""

    case: Case
    model: Model
    sectors: tuple[SectorLines, ...]
    views: tuple[ViewLines, ...]
    checks: tuple[CheckLines, ...]
    master: Line
    tax: tuple[Stream, ...]
    """The tax charge: on what public sectors pay, and on what they save."""
    names: Declaring


def declare(case: Case) -> Declared:
    """Declares every line of the case. The structure depends only on structural fields (workbook, *What is live*)."""
    to = Declaring.of(case)
    made, gathered, views_made, tax = _flows(to)
    found, master = checks.declare(to, made, gathered, views_made, tax)
    return Declared(case, to.model, gathered, views_made, found, master, tax, to)


def _flows(
    to: Declaring,
) -> tuple[tuple[FlowLines, ...], tuple[SectorLines, ...], tuple[ViewLines, ...], tuple[Stream, ...]]:
    """From the calendar to the views."""
    timeline.declare(to)
    people.declare(to)
    costs.declare(to)
    outcomes.declare(to)
    made = values.declare(to)
    gathered = sectors.declare(to, made)
    return made, gathered, *views.declare(to, gathered)


def beyond_horizon(case: Case) -> Mapping[str, Beyond]:
    """What lies beyond the horizon, by view: the lines again, over a longer model (method § 4)."""
    years = beyond.years_beyond(case)
    reason = beyond.why_not(case, years)
    if reason:
        return beyond.none(reason)
    to = Declaring.of(case, years)
    _flows(to)
    return beyond.read(case, evaluate(to.model))
