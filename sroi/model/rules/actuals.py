"""What came in: of which numbers, in which years, and to what (method § 7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sroi.errors import Problem
from sroi.model.actuals import Actual
from sroi.model.as_it_was import in_place, value_of
from sroi.model.costs import Cost
from sroi.model.profiles import PROFILED
from sroi.model.resolve import last_year
from sroi.model.rules import pools, time, transfers
from sroi.model.rules.references import unknown
from sroi.model.tables import Tables, near, split
from sroi.model.values import Value

ALLOWED = "groups.*.referrals, costs.*.amount, values.*.amount and outcomes.*.effect"


def refs(tables: Tables) -> list[Problem]:
    """What comes in is one of the four numbers that may vary by year, of a row that is there and states it itself."""
    return [fault for actual in tables.actuals if (fault := _ref(tables, actual)) is not None]


def _ref(tables: Tables, actual: Actual) -> Problem | None:
    table, key, field = split(actual.ref)
    at, wanted = actual.at("ref"), PROFILED.get(table)
    if wanted is None or field != wanted:
        fix = f'Did you mean "{table}.{key}.{wanted}"?' if wanted and key in tables.keys(table) else ""
        fix = fix or near(table, PROFILED) * (wanted is None)
        return Problem(at, f"Only {ALLOWED} can come in year by year", f'"{actual.ref}"', fix)
    if not tables.holds(table, key):
        return unknown(at, table, key, tables)
    row = tables.find(table, key)
    if isinstance(row, Cost) and row.old_service:
        rule = "What an old service would have cost cannot come in: only what is still paid is ever seen"
        return Problem(at, rule, f'"{actual.ref}"', "Change its From, Release share or Release years instead.")
    if isinstance(row, Value) and row.unit_value is not None:
        rule = "A value by unit value has no amount of its own that could come in"
        return Problem(at, rule, f'"{actual.ref}"', "State its amount, kind and sector in Values instead.")
    return None


def years(tables: Tables) -> list[Problem]:
    """Every year is within the horizon."""
    if tables.settings is None:
        return []
    first, last = tables.settings.first_year, last_year(tables.settings)
    rule = f"A year must be within the horizon, {time.label(first)} to {time.label(last)}"
    fix = "Take it out, or change First year or Years in Settings."
    return [
        Problem(actual.at("year"), rule, time.label(actual.year), fix)
        for actual in tables.actuals
        if not first <= actual.year <= last
    ]


def values(tables: Tables) -> list[Problem]:
    """What came in is something that its field can be."""
    found: list[Problem] = []
    for actual in tables.actuals:
        value = value_of(tables, actual)
        if isinstance(value, tuple):
            found += value
    return found


def together(tables: Tables) -> list[Problem]:
    """With the past as it was, too, effects are in bounds, the rows of a pool agree, and transfers sum to nil."""
    if not tables.actuals:
        return []
    was = in_place(tables)
    rules = (time.proportional, *pools.RULES.values(), *transfers.RULES.values())
    return [
        Problem(_place(tables, fault), fault.rule, fault.found, fault.fix)
        for rule in rules
        if not rule(tables)  # what is wrong with the forecast is told there
        for fault in rule(was)
    ]


def _place(tables: Tables, fault: Problem) -> str:
    """The actual that makes the fault: that of the profile's year it is placed at, or the first of its row; else the
    first of any value, whose pool or transfer it is."""
    exact = (a for a in tables.actuals if fault.place == f"profiles.{a.ref}.{a.year}")
    of_row = (a for a in tables.actuals if fault.place.startswith(a.ref.rpartition(".")[0] + "."))
    of_values = (a for a in tables.actuals if a.ref.startswith("values."))
    return (*exact, *of_row, *of_values)[0].at("value")


def grown(tables: Tables) -> list[Problem]:
    """Of rows that must agree, a pool's or a transfer's, none is stated without the growth that the others have."""
    found = []
    rows = {value.at("amount"): value for value in tables.values if value.growth}
    for actual in tables.actuals:
        value = rows.get(actual.ref)
        if value is None or (value.pool is None and value.kind != "transfer"):
            continue
        rule = f"{value.key} grows, and must agree with the other rows of its pool or transfer"
        found.append(Problem(actual.at("ref"), rule, "", "State its amounts by year with growth 0, or take this out."))
    return found


RULES: Mapping[str, Callable[[Tables], list[Problem]]] = {
    "refs": refs,
    "years": years,
    "values": values,
    "together": together,
    "grown": grown,
}
