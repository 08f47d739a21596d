"""The whole calculation of one case, declared: every room's lines in order (architecture, *The kernel*)."""

from __future__ import annotations

from dataclasses import dataclass

from sroi.model import Case, currency
from sroi.projection import checks, costs, outcomes, people, sectors, timeline, values, views
from sroi.projection.checks import CheckLines
from sroi.projection.declaring import POUNDS, QUOTED, Declaring
from sroi.projection.measures import ViewLines
from sroi.projection.sectors import SectorLines
from sroi.projection.streams import Stream
from sroi.sheet import Line, Model


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
    if case.settings.currency != currency.STERLING:
        sign = currency.symbol(case.settings.currency)
        to.model.named = {name: name.replace("£", sign) for unit in (POUNDS, QUOTED) for name, _ in unit.powers}
    timeline.declare(to)
    people.declare(to)
    costs.declare(to)
    outcomes.declare(to)
    made = values.declare(to)
    gathered = sectors.declare(to, made)
    views_made, tax = views.declare(to, gathered)
    found, master = checks.declare(to, made, gathered, views_made, tax)
    return Declared(case, to.model, gathered, views_made, found, master, tax, to)
