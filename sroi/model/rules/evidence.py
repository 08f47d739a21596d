"""Evidence and history: of numbers that are there, graded in the table, and claimed in an order that can be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

from sroi.errors import Problem
from sroi.model.basis import claims, days
from sroi.model.evidence import Claim, Evidence
from sroi.model.profiles import PROFILED
from sroi.model.rules.ranges import is_used
from sroi.model.rules.references import grades_fix, unknown
from sroi.model.stated import NUMBERED, as_number, faults, held, numbers, varies, year_of
from sroi.model.tables import Tables, near, split


def refs(tables: Tables) -> list[Problem]:
    """Evidence and history are of a number that is there."""
    rows: tuple[Evidence | Claim, ...] = (*tables.evidence, *tables.history)
    return [fault for row in rows if (fault := _ref(tables, row)) is not None]


def _ref(tables: Tables, row: Evidence | Claim) -> Problem | None:
    table, key, field = split(row.ref)
    at, what = row.at("ref"), "Evidence" if isinstance(row, Evidence) else "History"
    if table == "profiles":
        return _year(tables, row)
    if table not in NUMBERED:
        close = near(table, NUMBERED)
        fix = close.replace('"?', f'.{key}.{field}"?') if close.startswith("Did") else ""
        rule = f"{what} must be of a number of settings, groups, costs, outcomes, values or unit_values"
        return Problem(at, rule, f'"{row.ref}"', fix)
    if table != "settings" and not key:
        like = f"{table}.{field}.{PROFILED.get(table, 'amount')}"
        return Problem(at, f"{what} must be of a number, as {like} is", f'"{row.ref}"')
    if table != "settings" and not tables.holds(table, key):
        return unknown(at, table, key, tables)
    if table == "unit_values" and not is_used(tables, key):
        fix = "Take the row out, or name the unit value in Values."
        return Problem(at, f'No value uses the unit value "{key}"', "", fix)
    known = numbers(table)
    if field not in known:
        rule = f"{table.capitalize()} has no number called {field} that {what.lower()} could be of"
        return Problem(at, rule, f'"{row.ref}"', near(field, known))
    if isinstance(row, Claim) and varies(tables, row.ref):
        rule = f"{row.ref} varies by year, so no one number can stand for it"
        return Problem(at, rule, "", f"State its years, such as profiles.{row.ref}.2026.")
    there = tables.settings if table == "settings" else tables.find(table, key)
    if there is None or varies(tables, row.ref) or held(tables, row.ref) is not None:
        return None
    return Problem(at, f"{what} needs a number, and {row.ref} holds none", "", "State the number, or take the row out.")


def _year(tables: Tables, row: Evidence | Claim) -> Problem | None:
    """A year of a profile has a history; its evidence is that of the whole number."""
    whole = row.ref.removeprefix("profiles.")
    key = split(row.ref)[1] if whole not in tables.keys("profiles") else whole
    at = row.at("ref")
    if isinstance(row, Evidence):
        rule = "Evidence of a number that varies by year is of all its years"
        return Problem(at, rule, f'"{row.ref}"', f"Type {key}.")
    if not tables.holds("profiles", key):
        return unknown(at, "profiles", key, tables)
    if year_of(row.ref) is None:
        rule = "History of a number that varies by year must name the year in four digits"
        return Problem(at, rule, f'"{row.ref}"', f"Type profiles.{key}.2026.")
    return None


def graded(tables: Tables) -> list[Problem]:
    """A grade that evidence names is in the grade table."""
    known = tables.keys("grades")
    return [
        Problem(row.at("grade"), f"There is no grade {row.grade} in the table Grades", "", grades_fix(known))
        for row in tables.evidence
        if row.grade is not None and not tables.holds("grades", str(row.grade))
    ]


def values(tables: Tables) -> list[Problem]:
    """What was claimed is something that the number's field can be."""
    fit = [row for row in tables.history if _ref(tables, row) is None]
    return [fault for row in fit for fault in faults(as_number(tables, row))]


def ordered(tables: Tables) -> list[Problem]:
    """Of two claims of one number it can be told which came first."""
    found = []
    for ref in dict.fromkeys(row.ref for row in tables.history):
        for earlier, later in pairwise(claims(ref, tables.history)):
            if earlier.date != later.date and days(later.date)[0] <= days(earlier.date)[1]:
                rule = f"Nothing says which claim of {ref} came first, that of {earlier.date} or of {later.date}"
                found.append(Problem(later.at("date"), rule, "", "Type both dates by the day, as 2026-11-22."))
    return found


RULES: Mapping[str, Callable[[Tables], list[Problem]]] = {
    "refs": refs,
    "graded": graded,
    "values": values,
    "ordered": ordered,
}
