"""What the programme costs, and what old services still cost while they are released (method § 3)."""

from __future__ import annotations

from sroi.model.costs import Cost
from sroi.model.parsing import NOMINAL
from sroi.projection import actuals
from sroi.projection.declaring import PEOPLE, POUNDS, YEARS, Declaring
from sroi.projection.grades import optimism
from sroi.projection.people import in_use, last_year
from sroi.projection.pricing import each_year, pounds_of
from sroi.sheet import (
    ONE,
    PURE,
    ZERO,
    Line,
    Unit,
    all_of,
    choose,
    last,
    one,
    smallest,
)

SHEET = "Cost workings"
ONCE = Unit.of("time")
VOLUMES = {"per_referral": "referrals", "per_start": "engaged", "per_person_year": "served"}
"""The line of a group that a basis follows (method § 2)."""


def declare(to: Declaring) -> None:
    """Declares every cost's lines (method § 3): £ in the base year's prices, by year, unless said.

    `<cost>.cost_each`     £ per payment, year or person: `amount × prices × (1+g)^t`
    `<cost>.volume`        payments, years or people: 1 when it is paid, or the people whom its basis follows
    `<cost>.cost`          `volume × cost_each × (1+optimism)`
    `<cost>.present_cost`  `cost × cost_factor` (§ 1)

    Of an old service there is no volume, and the cost is what is no longer paid, so that it is negative:

    `<cost>.released`      a share by year: `release_share × min(1, (t-from)/release_years)`, 0 before `from`
    `<cost>.cost`          `-cost_each × (1-optimism) × released`, while it would have run
    `<cost>.still_paid`    `cost_each × (1-released)`, in no total
    """
    to.model.sheet(SHEET)
    for cost in to.case.costs:
        paid = _cost(to, cost)
        to.model.line(
            f"{cost.id}.present_cost",
            f"{to.said(cost)}: cost, discounted",
            POUNDS,
            paid * to["timeline.cost_factor"],
            style="money",
            method="§ 1",
            total=True,
        )


def is_benefit(to: Declaring, cost: Cost) -> bool:
    """Whether what a row no longer costs counts as a benefit: an old service, in a case that says so (method § 12).

    Otherwise it lowers the costs. Every room that adds costs up asks this.
    """
    return cost.old_service and to.case.settings.released_costs == "benefits"


def _unit(cost: Cost) -> Unit:
    """What the amount is per."""
    return {"one_off": ONCE, "per_year": YEARS}.get(cost.basis, PEOPLE)


def _cost(to: Declaring, cost: Cost) -> Line:
    model, said, key = to.model, to.said(cost), cost.id
    model.heading(said)
    per = _unit(cost)
    amount = to.profiled(cost, "amount", f"{said}: amount", pounds_of(cost.price_year) / per, style="money")
    quoted = None
    if cost.price_year != NOMINAL:
        quoted = to.text(cost, "price_year", f"{said}: price year", blank=to["settings.price_base"])
    first = to.year(cost, "from", f"{said}: from", blank=to["settings.first_year"])
    # a one-off cost falls in its first year alone
    end = first if cost.basis == "one_off" else to.year(cost, "to", f"{said}: to", blank=last_year(to))
    growth = to.share(cost, "growth", f"{said}: real growth per year")
    uplift = optimism(to, cost, "cost_optimism", said)
    counts = to.flag(cost, "counts", f"{said}: counts", blank=True)

    one_of = "one year" if per == YEARS else "one person" if per == PEOPLE else "one payment"
    past = actuals.known(to, cost, said, amount)
    amount = actuals.used(to, cost, said, amount, past)
    uplift = actuals.believed(to, cost, said, uplift, past)
    each = each_year(to, key, "cost", said, one_of, amount, quoted, growth, past)
    if cost.old_service:
        return _old_service(to, cost, said, each, (first, end), uplift, counts)
    volume = _volume(to, cost, said, first, end)
    return model.line(
        f"{key}.cost",
        f"{said}: cost",
        POUNDS,
        volume * each * (ONE + uplift) * counts,
        style="money",
        method="§ 3",
        total=True,
    )


def _volume(to: Declaring, cost: Cost, said: str, first: Line, end: Line) -> Line:
    """How many times the amount is paid each year."""
    model, name, label = to.model, f"{cost.id}.volume", f"{said}: volume"
    if cost.basis == "one_off":
        now = to["timeline.calendar"].equals(first)
        return model.line(name, label, ONCE, choose(now, one(ONCE), ZERO), style="whole", method="§ 3")
    if cost.basis == "per_year":
        return in_use(to, name, label, first, end, "§ 3", YEARS)
    carries_on = to.beyond and cost.basis == "per_person_year" and to.case.span(cost)[1] == to.case.last_year
    until = last(to["timeline.calendar"]) if carries_on else end  # beyond the horizon people are still served
    runs = in_use(to, f"{cost.id}.runs", f"{said}: runs", first, until, "§ 3")
    lines = [to[f"{group.id}.{VOLUMES[cost.basis]}"] for group in to.case.groups_of(cost)]
    people = lines[0]
    if len(lines) > 1:
        people = model.sum(f"{cost.id}.people", f"{said}: people of its groups", PEOPLE, lines, method="§ 3")
    return model.line(name, label, PEOPLE, people * runs, method="§ 3", total=True)


def _old_service(
    to: Declaring, cost: Cost, said: str, each: Line, years: tuple[Line, Line], uplift: Line, counts: Line
) -> Line:
    """The old service's cost comes off only as it is released; the rest is still paid, in no total."""
    model, key = to.model, cost.id
    first, end = years
    share = to.share(cost, "release_share", f"{said}: share released in the end")
    over = to.number(cost, "release_years", f"{said}: years the release takes", YEARS)
    calendar = to["timeline.calendar"]
    progress = model.line(
        f"{key}.release_progress",
        f"{said}: release begun so far, of the whole",
        PURE,
        choose(ZERO < over, (calendar - first) / over, ONE),
        style="share",
        method="§ 3",
    )
    released = model.line(
        f"{key}.released",
        f"{said}: share released",
        PURE,
        choose(all_of(first <= calendar, calendar <= end), share * smallest(ONE, progress), ZERO),
        style="share",
        method="§ 3",
    )
    runs = in_use(to, f"{key}.runs", f"{said}: would have run", to["settings.first_year"], end, "§ 3", YEARS)
    model.line(
        f"{key}.still_paid",
        f"{said}: still paid, in no total",
        POUNDS,
        each * (ONE - released) * runs * counts,
        style="money",
        method="§ 3",
        total=True,
    )
    cost_line = model.line(
        f"{key}.cost",
        f"{said}: cost, negative as it is released",
        POUNDS,
        -(each * (ONE - uplift) * released * runs * counts),
        style="money",
        method="§ 3",
        total=True,
    )
    if is_benefit(to, cost):
        model.line(
            f"{key}.released_value",
            f"{said}: cost released, counted as a benefit",
            POUNDS,
            -cost_line,
            style="money",
            method="§ 3",
            total=True,
        )
    return cost_line
