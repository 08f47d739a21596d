"""What is paid and what an outcome is worth: amounts, kinds and ledgers, cash, overlap, unit values (method
§§ 4, 5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from sroi.errors import Problem
from sroi.model.outcomes import Outcome
from sroi.model.profiles import PROFILED
from sroi.model.resolve import Part, case_sectors_for, is_event, parts, unit_values_of
from sroi.model.tables import Tables, near_unit_value
from sroi.model.values import Value


def amounts(tables: Tables) -> list[Problem]:
    """A number that may vary by year is stated once: in its field or in a profile (or, of a value, as a unit
    value)."""
    profiled = {p.ref for p in tables.profiles} | tables.lent.get("profiles", frozenset())
    found = []
    for table, field in PROFILED.items():
        for row in tables.rows(table):
            ref, name = row.at(field), field.capitalize()
            stated = getattr(row, field) is not None
            if isinstance(row, Value) and row.unit_value is not None:
                if stated or ref in profiled:
                    rule = "A value has an amount or a unit value, not both"
                    found.append(Problem(ref, rule, "", "Leave one of them blank."))
            elif stated and ref in profiled:
                rule = f"{name} is given here and in Profiles"
                found.append(Problem(ref, rule, "", "Leave one of them out."))
            elif not stated and ref not in profiled:
                fix = "Type a number, a unit value, or a row of Profiles." if isinstance(row, Value) else ""
                found.append(
                    Problem(ref, f"{name} is required", "nothing", fix or "Type a number, or a row of Profiles.")
                )
    return found


def profiled_costs(tables: Tables) -> list[Problem]:
    """Costs and referrals are never negative, also year by year."""
    return [
        Problem(
            p.at(str(year)),
            f"{'Amount' if p.ref.startswith('costs.') else 'Referrals'} must be 0 or more",
            f"{x:.15g}",
        )
        for p in tables.profiles
        if p.ref.startswith(("costs.", "groups."))
        for year, x in p.years
        if x < 0
    ]


def plain_values(tables: Tables) -> list[Problem]:
    """A value without a unit value says its sector and kind."""
    return [
        Problem(v.at(field), f"{field.capitalize()} is required", "nothing", fix)
        for v in tables.values
        if v.unit_value is None
        for field, stated, fix in (
            ("sector", v.sector, "Name the sector to which the value falls."),
            ("kind", v.kind, "Type fiscal, economic, social or transfer."),
        )
        if stated is None
    ]


def _each(tables: Tables) -> list[tuple[Value, Part]]:
    return [(value, part) for value in tables.values for part in parts(value, tables, "")]


def _where(value: Value, field: str) -> str:
    """Where to point: the field stated, else the unit value that brought it."""
    return value.at(field if getattr(value, field) is not None else "unit_value")


def ledgers(tables: Tables) -> list[Problem]:
    """Fiscal values are of public sectors only; economic and social ones never are (method § 5)."""
    ledger = {s.id: s.ledger for s in tables.sectors}
    found = []
    for value, part in _each(tables):
        of = ledger.get(part.sector)
        if of is None:
            continue
        said = f'"{part.sector}" is {of}'
        if part.kind == "fiscal" and of != "public":
            rule = f"A fiscal value must fall to a public sector: {said}"
            found.append(Problem(_where(value, "kind"), rule, "fiscal", "Change the kind or the sector."))
        elif part.kind in ("economic", "social") and of == "public":
            rule = f"A value of kind {part.kind} never falls to a public sector: {said}"
            found.append(Problem(_where(value, "kind"), rule, part.kind, "Change the kind or the sector."))
    return found


def cash(tables: Tables) -> list[Problem]:
    """Only fiscal values and transfers of public sectors can be released as cash."""
    ledger = {s.id: s.ledger for s in tables.sectors}
    found: list[Problem] = []
    for value in tables.values:
        mine = parts(value, tables, "")
        if value.cashable == 0 or not mine or any(p.sector not in ledger for p in mine):
            continue
        if not any(p.kind in ("fiscal", "transfer") and ledger[p.sector] == "public" for p in mine):
            rule = "Only fiscal values and transfers of public sectors can be cashable"
            found.append(Problem(value.at("cashable"), rule, f"{value.cashable * 100:.15g}%", "Leave it blank."))
    return found


def health(tables: Tables) -> list[Problem]:
    """Only a social value is a health effect."""
    return [
        Problem(value.at("health_effect"), "Only a social value can be a health effect", "yes", "Leave it blank.")
        for value in tables.values
        if value.health_effect and (mine := parts(value, tables, "")) and all(p.kind != "social" for p in mine)
    ]


def unit_values(tables: Tables) -> list[Problem]:
    """A unit value, or an event, is held."""
    known = tables.keys("unit_values") | {u.event for u in tables.unit_values if u.event}
    return [
        Problem(
            v.at("unit_value"),
            f'There is no unit value called "{v.unit_value}"',
            "",
            near_unit_value(v.unit_value, known),
        )
        for v in tables.values
        if v.unit_value is not None and v.unit_value not in known and not tables.holds("unit_values", v.unit_value)
    ]


def stated_beside(tables: Tables) -> list[Problem]:
    """A unit value brings its price year and kind, and an event its sectors: stating them again is
    refused."""
    found = []
    for value in tables.values:
        if value.unit_value is None:
            continue
        held = unit_values_of(value.unit_value, tables.unit_values)
        if value.price_year is not None:
            rule = "A unit value brings its own price year"
            found.append(Problem(value.at("price_year"), rule, value.price_year, "Leave Price year blank."))
        if held and value.kind is not None and any(u.kind != value.kind for u in held):
            brought = ", ".join(sorted({u.kind for u in held}))
            rule = f'The unit value "{value.unit_value}" is {brought}'
            found.append(Problem(value.at("kind"), rule, value.kind, "Leave Kind blank."))
        if value.sector is not None and is_event(value.unit_value, tables.unit_values):
            rule = f'"{value.unit_value}" has parts for several sectors, and goes to them by itself'
            found.append(Problem(value.at("sector"), rule, f'"{value.sector}"', "Leave Sector blank."))
    return found


def library_sectors(tables: Tables) -> list[Problem]:
    """Each sector a unit value brings is one sector of the case: of that id, or naming it under `library`."""
    if tables.lent.get("sectors"):
        return []  # a sector that failed may be the one that is missed
    found = []
    for value in tables.values:
        if value.unit_value is None or (value.sector and not is_event(value.unit_value, tables.unit_values)):
            continue
        for wanted in dict.fromkeys(u.sector for u in unit_values_of(value.unit_value, tables.unit_values)):
            mine = case_sectors_for(wanted, tables.sectors)
            start = f'The unit value "{value.unit_value}" falls to the library\'s sector "{wanted}"'
            if not mine:
                fix = f"Add a sector {wanted}, or name {wanted} under Library in the sector that means it."
                found.append(Problem(value.at("unit_value"), f"{start}, which no sector of the case is", "", fix))
            elif len(mine) > 1:
                fix = "Name it under Library in one of them only."
                found.append(Problem(value.at("unit_value"), f"{start}, which several are", ", ".join(mine), fix))
    return found


def units(tables: Tables) -> list[Problem]:
    """Where a unit value's unit is not the outcome's, `times` says how many of one make the other."""
    unit = {o.id: o.unit for o in tables.outcomes}
    found = []
    for value in tables.values:
        if value.unit_value is None or value.times is not None or value.outcome not in unit:
            continue
        own = unit[value.outcome]
        theirs = [u.unit for u in unit_values_of(value.unit_value, tables.unit_values)]
        other = next((u for u in theirs if u.strip().casefold() != own.strip().casefold()), None)
        if other is not None:
            rule = f'Times is required: the unit value is per {other}, the outcome counts "{own}"'
            fix = "Type how many of the one make one of the other, such as 52 weeks to a year; 1 if they are the same."
            found.append(Problem(value.at("times"), rule, "nothing", fix))
    return found


def overlap(tables: Tables) -> list[Problem]:
    """Of the rows that share a tag, as describing the same money, at most one counts (method § 4)."""
    found = []
    quiet = {o.id for o in tables.outcomes if not o.counts}
    for rows in (tables.outcomes, tuple(v for v in tables.values if v.outcome not in quiet)):
        by_tag: dict[str, list[Outcome | Value]] = defaultdict(list)
        for row in rows:
            if row.overlap is not None and row.counts:
                by_tag[row.overlap].append(row)
        for tag, counting in by_tag.items():
            for row in counting[1:]:
                rule = f'Only one row of overlap "{tag}" may count, and "{counting[0].key}" does'
                found.append(Problem(row.at("counts"), rule, "yes", "Set Counts to no in all but one of them."))
    return found


RULES: Mapping[str, Callable[[Tables], list[Problem]]] = {
    "amounts": amounts,
    "profiled_costs": profiled_costs,
    "plain_values": plain_values,
    "ledgers": ledgers,
    "cash": cash,
    "health": health,
    "unit_values": unit_values,
    "stated_beside": stated_beside,
    "library_sectors": library_sectors,
    "units": units,
    "overlap": overlap,
}
