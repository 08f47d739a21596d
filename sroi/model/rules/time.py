"""Years, bases, and what each basis needs (method §§ 1 to 4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sroi.errors import Problem
from sroi.model.costs import PERSON_BASES
from sroi.model.resolve import last_year
from sroi.model.tables import Tables


def label(year: int) -> str:
    """A financial year as it is labelled: `2026/27`."""
    return f"{year}/{(year + 1) % 100:02d}"


def horizon(tables: Tables) -> list[Problem]:
    """Every year stated is within the horizon."""
    if tables.settings is None:
        return []
    first, last = tables.settings.first_year, last_year(tables.settings)
    rule = f"A year must be within the horizon, {label(first)} to {label(last)}"
    return [
        Problem(row.at(field), rule, label(year), "Change it, or First year or Years in Settings.")
        for row in tables.timed
        for field, year in (("from", row.from_), ("to", row.to))
        if year is not None and not first <= year <= last
    ]


def profile_years(tables: Tables) -> list[Problem]:
    """Every year of a profile is within the horizon."""
    if tables.settings is None:
        return []
    first, last = tables.settings.first_year, last_year(tables.settings)
    rule = f"A year must be within the horizon, {label(first)} to {label(last)}"
    found = []
    for row in tables.profiles:
        outside = [year for year, _ in row.years if not first <= year <= last]
        if outside:
            years = ", ".join(label(year) for year in outside)
            fix = "Take it out, or change First year or Years in Settings."
            found.append(Problem(row.at(str(outside[0])), rule, years, fix))
    return found


def profile_twice(tables: Tables) -> list[Problem]:
    """A year is stated once in a profile: `2026` and `2026/27` are the same."""
    found = []
    for row in tables.profiles:
        years = [year for year, _ in row.years]
        twice = sorted({year for year in years if years.count(year) > 1})
        if twice:
            said = ", ".join(label(year) for year in twice)
            found.append(
                Problem(row.at(str(twice[0])), "A year may be stated once in a profile", said, "Take one out.")
            )
    return found


def order(tables: Tables) -> list[Problem]:
    """`from` is not after `to`, also where one of them is the horizon's."""
    found = []
    for row in tables.timed:
        if row.from_ is not None and row.to is not None and row.from_ > row.to:
            rule = "From must not be after To"
            found.append(Problem(row.at("to"), rule, f"{label(row.from_)} to {label(row.to)}", "Change one of them."))
    return found


def one_off_years(tables: Tables) -> list[Problem]:
    """A one-off cost has one year."""
    return [
        Problem(c.at("to"), "A one-off cost falls in From alone", label(c.to), "Leave To blank.")
        for c in tables.costs
        if c.basis == "one_off" and c.to is not None and c.to != c.from_
    ]


def person_bases(tables: Tables) -> list[Problem]:
    """A cost per referral, start or person-year says of which group; the other bases have none."""
    found = []
    for cost in tables.costs:
        words = cost.basis.replace("_", " ").replace("one off", "one-off")
        if cost.basis in PERSON_BASES and cost.group is None:
            fix = "Name a group, several, or all."
            found.append(Problem(cost.at("group"), f"A cost {words} must say which group", "nothing", fix))
        elif cost.basis not in PERSON_BASES and cost.group is not None:
            subject = "A one-off cost" if cost.basis == "one_off" else f"A cost {words}"
            rule = f"{subject} follows no group"
            found.append(Problem(cost.at("group"), rule, f'"{", ".join(cost.group)}"', "Leave Group blank."))
    return found


def old_services(tables: Tables) -> list[Problem]:
    """An old service is per year and says how much is released over how many years; other costs say
    neither."""
    found = []
    for cost in tables.costs:
        if cost.old_service and cost.basis != "per_year":
            rule = "An old service must be per year"
            found.append(Problem(cost.at("basis"), rule, cost.basis.replace("_", " "), "Type per year."))
        for field, name in (("release_share", "Release share"), ("release_years", "Release years")):
            stated = getattr(cost, field)
            if cost.old_service and stated is None:
                fix = "0 years means at once." if field == "release_years" else ""
                found.append(Problem(cost.at(field), f"{name} is required for an old service", "nothing", fix))
            elif not cost.old_service and stated is not None:
                fix = "Leave it blank, or set Old service to yes."
                found.append(Problem(cost.at(field), f"{name} is for old services only", f"{stated:g}", fix))
    return found


def proportional(tables: Tables) -> list[Problem]:
    """A proportional effect needs its baseline, and lies between −10 and 1 (−1000 % and 100 %)."""
    found = []
    for row in tables.outcomes:
        if row.basis != "proportional":
            continue
        if row.baseline is None:
            fix = "Type how often it happens per person per year without the programme, or set Basis to absolute."
            found.append(Problem(row.at("baseline"), "Baseline is required for a proportional effect", "nothing", fix))
        stated: list[tuple[str, float]] = [(row.at("effect"), row.effect)] if row.effect is not None else []
        stated += [
            (profile.at(str(year)), effect)
            for profile in tables.profiles
            if profile.ref == row.at("effect")
            for year, effect in profile.years
        ]
        for ref, effect in stated:
            if not -10 <= effect <= 1:
                rule = "A proportional effect must be between -10 and 1"
                found.append(Problem(ref, rule, f"{effect:.15g}", "Type a share, or set Basis to absolute."))
    return found


RULES: Mapping[str, Callable[[Tables], list[Problem]]] = {
    "horizon": horizon,
    "profile_years": profile_years,
    "profile_twice": profile_twice,
    "order": order,
    "one_off_years": one_off_years,
    "person_bases": person_bases,
    "old_services": old_services,
    "proportional": proportional,
}
