"""The whole calculation of one case, declared: every room's lines in order (architecture, *The kernel*)."""

from __future__ import annotations

from dataclasses import dataclass

from sroi.model import Case
from sroi.projection import checks, costs, measures, outcomes, people, sectors, timeline, values
from sroi.projection.checks import CheckLines
from sroi.projection.declaring import Declaring
from sroi.projection.measures import ViewLines
from sroi.projection.sectors import SectorLines
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
    names: Declaring


def declare(case: Case) -> Declared:
    """Declares every line of the case. The structure depends only on structural fields (workbook, *What is live*)."""
    to = Declaring.of(case)
    timeline.declare(to)
    people.declare(to)
    costs.declare(to)
    outcomes.declare(to)
    values.declare(to)
    gathered = sectors.declare(to)
    views = measures.declare(to, gathered)
    found, master = checks.declare(to, gathered, views)
    return Declared(case, to.model, gathered, views, found, master, to)
