"""Referrals, people engaged and people served, by group (method § 2)."""

from __future__ import annotations

from sroi.model.groups import Group
from sroi.projection import actuals
from sroi.projection.cohorts import in_force, leaving, without_dust
from sroi.projection.declaring import PEOPLE, YEARS, Declaring
from sroi.sheet import (
    ONE,
    PURE,
    ZERO,
    Expression,
    Line,
    Unit,
    all_of,
    choose,
    one,
    truncate,
)

SHEET = "People"


def declare(to: Declaring) -> None:
    """Declares every group's lines (method § 2): people by year unless said.

    `<group>.open`       1 in the years from `from` to `to`, else 0
    `<group>.referrals`  people referred: as stated, where the group is open and counts
    `<group>.engaged`    `referrals × engagement`
    `<group>.stays`      a share, one number: `1 - exit_rate`
    `<group>.served`     person-years: `Σ_a engaged[t-a] × (1-exit_rate)^a × min(1, max(0, stay_years-a))`

    The sum is made of the whole years of a stay, by the recursion of `sroi.projection.cohorts`, and the part of a year
    that is left.
    """
    to.model.sheet(SHEET)
    for group in to.case.groups:
        _group(to, group)


def in_use(
    to: Declaring, name: str, label: str, first: Expression, last: Expression, method: str, unit: Unit = PURE
) -> Line:
    """1 in the years from `first` to `last`, else 0; `method` is the section that says what runs in them."""
    calendar = to["timeline.calendar"]
    now = all_of(first <= calendar, calendar <= last)
    return to.model.line(name, label, unit, choose(now, one(unit), ZERO), style="flag", method=method)


def last_year(to: Declaring) -> Expression:
    """The last calendar year of the horizon, for a blank `to`."""
    return to["timeline.last_calendar"]


def _group(to: Declaring, group: Group) -> None:
    model, said, key = to.model, to.said(group), group.id
    model.heading(said)
    referrals = to.profiled(group, "referrals", f"{said}: referrals per year", PEOPLE)
    first = to.year(group, "from", f"{said}: from", blank=to["settings.first_year"])
    end = to.year(group, "to", f"{said}: to", blank=last_year(to))
    counts = to.flag(group, "counts", f"{said}: counts", blank=True)
    engagement = to.share(group, "engagement", f"{said}: engagement", blank=ONE)
    stay = to.number(group, "stay_years", f"{said}: years a person stays", YEARS, blank=one(YEARS))
    exits = to.share(group, "exit_rate", f"{said}: exit rate")

    open_for = in_use(to, f"{key}.open", f"{said}: takes referrals", first, end, "§ 2")
    past = actuals.known(to, group, said, referrals)
    referred = model.line(
        f"{key}.referrals",
        f"{said}: people referred",
        PEOPLE,
        actuals.used(to, group, said, referrals, past) * open_for * counts,
        method="§ 2",
        total=True,
    )
    engaged = model.line(
        f"{key}.engaged", f"{said}: people engaged", PEOPLE, referred * engagement, method="§ 2", total=True
    )
    stays = model.line(f"{key}.stays", f"{said}: share still here each year on", PURE, ONE - exits, method="§ 2",
                       style="share")  # fmt: skip
    whole = model.line(f"{key}.whole_years", f"{said}: whole years of a stay", YEARS, truncate(stay), method="§ 2",
                       style="whole")  # fmt: skip
    left = model.line(
        f"{key}.left_after", f"{said}: people whose whole years are over", PEOPLE,
        leaving(engaged, stays, whole), method="§ 2",
    )  # fmt: skip
    # Σ_a engaged[t-a] (1-exit)^a min(1, max(0, stay-a)): the whole years by recursion, then the part of a year
    full = model.line(
        f"{key}.whole_year_people", f"{said}: people in a whole year of their stay", PEOPLE,
        in_force(engaged, stays, left), method="§ 2",
    )  # fmt: skip
    model.line(
        f"{key}.served", f"{said}: person-years served", PEOPLE,
        without_dust(to, full) + left * ((stay - whole) / one(YEARS)), method="§ 2", total=True,
    )  # fmt: skip
