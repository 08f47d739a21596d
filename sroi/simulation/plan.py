"""What a simulation keeps of each draw, and the lines that it must evaluate for that (architecture, rule 7)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sroi.projection import Flows
from sroi.projection.views import VIEWS
from sroi.simulation.measures import lines_read

VIEW_MEASURES = ("pv_costs", "pv_benefits", "npv", "bcr", "payback_years")
"""Kept of every view."""
ALSO: Mapping[str, tuple[str, ...]] = {
    "discounted_payback_years": tuple(VIEWS),
    "irr": ("public_value",),
    "mvpf": ("public_value",),
}
"""Kept where asked for, as together they take as long again as the rest; and of which views."""
SECTOR_MEASURES = ("pv_costs", "pv_benefits", "pv_cashable", "net")
"""Kept of every sector."""
FANS = 16_384
"""Draws of which yearly rows are kept at most: percentiles by year rest on the first so many."""


@dataclass(frozen=True)
class Plan:
    """What is kept: measures `(view or sector, measure)` of every draw, and yearly rows of the first `fans` draws."""

    measures: tuple[tuple[str, str], ...]
    rows: tuple[str, ...]
    """Lines by year: cumulative net value of each view, and what each sector gains less what it pays."""
    nils: tuple[str, ...]
    """Views and sectors of which it is kept, by draw, at or below which a sum counts as nil."""
    lines: tuple[str, ...]
    """All the lines that these are read from."""


def plan_of(declared: Flows, also: Collection[str]) -> Plan:
    """What is kept of every draw, `also` being those of `ALSO` that are asked for."""
    sectors = [sector.id for sector in declared.case.sectors]
    measures = [(view, name) for view in VIEWS for name in VIEW_MEASURES]
    measures += [(view, name) for name, views in ALSO.items() if name in also for view in views]
    measures += [(sector, name) for sector in sectors for name in SECTOR_MEASURES]
    rows = (*(f"{view}.cumulative" for view in VIEWS), *(f"{sector}.yearly_net" for sector in sectors))
    lines = [line for view, name in measures for line in lines_read(declared, [view], [name])]
    nils = (*VIEWS, *sectors)
    return Plan(tuple(measures), rows, nils, tuple(dict.fromkeys([*lines, *rows, *(f"{name}.nil" for name in nils)])))
