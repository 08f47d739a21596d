"""What failure costs today: what the outcomes cost each sector where nothing changes (method § 4, last rule).

`in_force[t]` with no drop-off, × baseline × times × amount × prices × `(1+g)^t`, by sector. An outcome without a
baseline fails at no known rate, and has none. Beside the yearly rows stand two sums: the present value, with the
factors of the same values (§ 1), and the first full year, the first by which everything here has begun to happen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sroi.model import Outcome, Part
from sroi.projection.cohorts import in_force, leaving, without_dust
from sroi.projection.declaring import PEOPLE, POUNDS, YEARS, Declaring
from sroi.projection.streams import add, money
from sroi.projection.values import flows, said_of
from sroi.sheet import PURE, ZERO, Line, Unit, choose, largest, last, one, previous, sum_over_years

SHEET = "Failure workings"


def declare(to: Declaring) -> dict[str, Line]:
    """Declares what fails and what that costs (method § 4, last rule), and returns each sector's own cost by its id.

    `<outcome>.reached`  people by year: in force if none of it dropped off
    `<outcome>.failing`  units of the outcome by year: `reached × baseline`
    `<flow>.failure`     £ in base-year prices by year: `failing × times × amount × prices × (1+g)^t`
    `<sector>.failure`   £ by year: the flows that fall to it, added; its parts' are theirs

    Of each flow, and of each sector by its flows, one number each, £:

    `<flow>.pv_failure`         the sum of `failure × factor`, the factor being that of the flow's value (§ 1)
    `<flow>.failure_full_year`  `failure` in the first full year, which `timeline.first_full_year` names: the first by
                                which every outcome that has a baseline and a value, and ever happens, has begun to
    """
    to.model.sheet(SHEET)
    failing = {outcome.id: _failing(to, outcome) for outcome in to.case.outcomes if outcome.baseline is not None}
    costs: dict[str, list[Line]] = {sector.id: [] for sector in to.case.sectors}
    sums: dict[str, list[tuple[Line, Line]]] = {sector.id: [] for sector in to.case.sectors}
    first_full = _first_full_year(to, failing)
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
        sums[flow.sector].append(_sums(to, flow, said, cost, first_full))
    to.model.heading("By sector")
    found: dict[str, Line] = {}
    for sector in to.case.sectors:
        said = f"{to.said(sector)}: what failure costs today"
        found[sector.id] = add(to, f"{sector.id}.failure", said, costs[sector.id])
        for name, label, lines in (
            ("pv_failure", f"{said}, present value", [present for present, _ in sums[sector.id]]),
            ("failure_full_year", f"{said}, in the first full year", [full for _, full in sums[sector.id]]),
        ):
            to.model.sum(f"{sector.id}.{name}", label, POUNDS, lines, style="money", method="§ 4")
    return found


def _first_full_year(to: Declaring, failing: Mapping[str, Line]) -> Line:
    """1 in the first year by which everything that ever happens has begun to happen, else 0."""
    model = to.model
    model.heading("The first full year")
    valued = {flow.value.outcome for flow in flows(to)}
    begun = []
    for outcome in (o for o in to.case.outcomes if o.id in failing and o.id in valued):
        now = choose(ZERO < failing[outcome.id], one(PURE), ZERO)
        begun.append(
            model.line(f"{outcome.id}.begun", f"{to.said(outcome)}: has begun to happen", PURE,
                       largest(previous(unit=PURE), now), style="flag", method="§ 4")
        )  # fmt: skip
    together = model.sum(
        "timeline.failing_begun", "How many have begun to happen", PURE, begun, style="whole", method="§ 4", yearly=True
    )
    all_begun = model.line(
        "timeline.failing_all_begun", "All that ever happen have begun to", PURE,
        choose(last(together) <= together, one(PURE), ZERO), style="flag", method="§ 4",
    )  # fmt: skip
    first_full = model.line(
        "timeline.first_full", "It is the first full year", PURE, all_begun - previous(all_begun), style="flag",
        method="§ 4",
    )  # fmt: skip
    at = model.line(
        "timeline.first_full_calendar", "The first full year, in that year alone", YEARS,
        to["timeline.calendar"] * first_full, style="year", method="§ 4",
    )  # fmt: skip
    model.line("timeline.first_full_year", "The first full year", YEARS, sum_over_years(at), style="year", method="§ 4")
    return first_full


def _sums(to: Declaring, flow: Part, said: str, cost: Line, first_full: Line) -> tuple[Line, Line]:
    """A flow's present value, and what it comes to in the first full year."""
    own = f"{flow.id}.factor"
    factor = to[own] if own in to.model.lines else to["timeline.benefit_factor"]
    present = money(to, f"{flow.id}.present_failure", f"{said}, discounted", cost * factor, "§ 1")
    full = money(to, f"{flow.id}.failure_first_full", f"{said}, in the first full year alone", cost * first_full, "§ 4")
    return (
        to.model.line(f"{flow.id}.pv_failure", f"{said}, present value", POUNDS, sum_over_years(present),
                      style="money", method="§ 4"),
        to.model.line(f"{flow.id}.failure_full_year", f"{said}, in the first full year", POUNDS, sum_over_years(full),
                      style="money", method="§ 4"),
    )  # fmt: skip


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
