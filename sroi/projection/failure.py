"""What failure costs today: what the outcomes cost each sector where nothing changes (method § 4, last rule).

`in_force[t]` with no drop-off, × baseline × times × amount × prices × `(1+g)^t`, by sector. An outcome without a
baseline fails at no known rate, and has none.
"""

from __future__ import annotations

from collections.abc import Sequence

from sroi.model import Outcome
from sroi.projection.cohorts import in_force, leaving, without_dust
from sroi.projection.declaring import PEOPLE, Declaring
from sroi.projection.streams import add, money
from sroi.projection.values import flows, said_of
from sroi.sheet import Line, Unit

SHEET = "Failure workings"


def declare(to: Declaring) -> dict[str, Line]:
    """Declares what fails and what that costs (method § 4, last rule), and returns each sector's own cost by its id.

    `<outcome>.reached`  people by year: in force if none of it dropped off
    `<outcome>.failing`  units of the outcome by year: `reached × baseline`
    `<flow>.failure`     £ in base-year prices by year: `failing × times × amount × prices × (1+g)^t`
    `<sector>.failure`   £ by year: the flows that fall to it, added; its parts' are theirs
    """
    to.model.sheet(SHEET)
    failing = {outcome.id: _failing(to, outcome) for outcome in to.case.outcomes if outcome.baseline is not None}
    costs: dict[str, list[Line]] = {sector.id: [] for sector in to.case.sectors}
    to.model.heading("What that costs")
    made: dict[str, Line] = {}
    for flow in flows(to):
        if flow.value.outcome not in failing:
            continue
        said = f"{said_of(to, flow)}: what failure costs"
        if flow.mirrors:
            cost = money(to, f"{flow.id}.failure", said, -made[flow.mirrors], "§ 4")
        else:
            times, counts, each = (to[f"{flow.id}.{name}"] for name in ("times", "counts", "value_each"))
            cost = money(to, f"{flow.id}.failure", said, failing[flow.value.outcome] * times * counts * each, "§ 4")
        made[flow.id] = cost
        costs[flow.sector].append(cost)
    to.model.heading("By sector")
    return {
        sector.id: add(to, f"{sector.id}.failure", f"{to.said(sector)}: what failure costs today", costs[sector.id])
        for sector in to.case.sectors
    }


def _failing(to: Declaring, outcome: Outcome) -> Line:
    """How often it happens each year to the people reached, without the programme."""
    model, said, key = to.model, to.said(outcome), outcome.id
    model.heading(said)
    unit = Unit.of(outcome.unit)
    ref = outcome.at("baseline")
    baseline = to[ref] if ref in model.lines else to.number(outcome, "baseline", f"{said}: baseline", unit / PEOPLE)
    groups = to.case.groups_of(outcome)
    people = _people(to, outcome, said, [group.id for group in groups])
    return model.line(
        f"{key}.failing", f"{said}: how often it would happen to them", unit, without_dust(to, people) * baseline,
        method="§ 4", total=True,
    )  # fmt: skip


def _people(to: Declaring, outcome: Outcome, said: str, groups: Sequence[str]) -> Line:
    """People in whom the effect would be in force if none of it dropped off."""
    model, key, duration = to.model, outcome.id, to[outcome.at("duration")]
    rows = []
    for group in groups:
        suffix = f".{group}" if len(groups) > 1 else ""
        entering, stays = to[f"{key}.entering{suffix}"], to[f"{group}.stays"]
        label = f"{said}: people reached, no drop-off" + (f", {group}" if suffix else "")
        formula = in_force(entering, stays, leaving(entering, stays, duration))
        rows.append(model.line(f"{key}.reached{suffix}", label, PEOPLE, formula, method="§ 4", total=True))
    if len(rows) == 1:
        return rows[0]
    label = f"{said}: people reached, no drop-off"
    return model.sum(f"{key}.reached", label, PEOPLE, rows, method="§ 4", total=True)
