"""Options and scenarios: what a change may set, once, and to what (method § 7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from sroi.errors import Problem
from sroi.model.altered import SAME, alter, changeable, profiled, year_of
from sroi.model.base import columns, header
from sroi.model.changes import Change, names
from sroi.model.parsing import NOMINAL
from sroi.model.rules.references import unknown
from sroi.model.settings import AS_IT_STANDS, BUSINESS_AS_USUAL, is_usual
from sroi.model.tables import MODELS, Tables, near, split

COUNTS = "Add a row of its own with Counts no, and let the {} set its counts to yes."
ALONE = (*SAME["settings"], "years", "currency")
"""Settings that make another case, whose sums are not to be compared with this one's."""


def _changes(tables: Tables) -> tuple[Change, ...]:
    return (*tables.options, *tables.scenarios)


def refs(tables: Tables) -> list[Problem]:
    """A change is of a number, yes or no, or year of the case that is there."""
    return [fault for change in _changes(tables) if (fault := _ref(tables, change)) is not None]


def _ref(tables: Tables, change: Change) -> Problem | None:
    table, key, field = split(change.ref)
    at = change.at("ref")
    if table == "profiles":
        return _year(tables, change)
    known = changeable(table)
    if not known:
        wanted = [name for name in MODELS if changeable(name) or name == "profiles"]
        return Problem(at, f'An option or a scenario cannot change "{change.ref}"', "", near(table, wanted))
    if table != "settings" and not tables.holds(table, key):
        return unknown(at, table, key, tables)
    if field in known:
        return _of_profile(change) if profiled(tables, change) else None
    if field in {c.name for c in columns(MODELS[table])}:
        rule = f"{header(field)} of {table} must be the same in every option and scenario"
        if table == "settings":
            why = ", else their sums could not be compared" if field in ALONE else ""
            return Problem(at, f"{rule}{why}", "", "Make it a case of its own.")
        return Problem(at, rule, "", COUNTS.format(change.table[:-1]))
    return Problem(at, f'{table.capitalize()} has no field called "{field}"', "", near(field, known))


def _of_profile(change: Change) -> Problem:
    fix = f"Change its years, such as profiles.{change.ref}.2026."
    return Problem(change.at("ref"), f"{change.ref} varies by year, so no one number can stand for it", "", fix)


def _year(tables: Tables, change: Change) -> Problem | None:
    _, key, _ = split(change.ref)
    if not tables.holds("profiles", key):
        return unknown(change.at("ref"), "profiles", key, tables)
    if year_of(change) is None:
        rule = "A change of a profile must name its year in four digits"
        return Problem(change.at("ref"), rule, f'"{change.ref}"', f"Type profiles.{key}.2026.")
    return None


def values(tables: Tables) -> list[Problem]:
    """What a change sets is something that its field can be."""
    found = [fault for name in names(tables.options) for fault in alter(tables, name, None).problems]
    return found + [fault for name in names(tables.scenarios) for fault in alter(tables, None, name).problems]


BLANK_SHAPES = (
    ("settings", "later_inflation"),
    ("settings", "reference_income"),
    ("outcomes", "baseline"),
    ("outcomes", "followed_up"),
    ("values", "block"),
)
"""Fields whose being blank decides which lines there are, so that a workbook could not recalculate one filled in."""


def shapes(tables: Tables) -> list[Problem]:
    """A change leaves the lines of the calculation as they are: it fills in no blank that shapes them, and a nominal
    sum stays one."""
    return [fault for change in _changes(tables) if (fault := _shape(tables, change)) is not None]


def _shape(tables: Tables, change: Change) -> Problem | None:
    table, key, field = split(change.ref)
    row = tables.find(table, key) if table in MODELS else None
    if row is None or field not in changeable(table):
        return None
    held = getattr(row, changeable(table)[field].attribute)
    if held is None and (table, field) in BLANK_SHAPES:
        rule = f"{header(field)} is blank in {table}, and a blank one shapes the calculation"
        fix = f"State it in {table}, and let the {change.table[:-1]} change it."
        return Problem(change.at("ref"), rule, "", fix)
    if field == "price_year" and (held == NOMINAL) != (change.value == NOMINAL):
        rule = f"A nominal sum is another row than one in the prices of a year, and {change.ref} is "
        said = "nominal" if held == NOMINAL else "in the prices of a year"
        return Problem(change.at("value"), rule + said, f'"{change.value}"', COUNTS.format(change.table[:-1]))
    return None


def once(tables: Tables) -> list[Problem]:
    """No option sets what a scenario sets: nothing says which would hold where one is seen in the other."""
    set_by = {change.ref: change for change in tables.options}
    found = []
    for scenario in tables.scenarios:
        option = set_by.get(scenario.ref)
        if option is not None:
            rule = f'The option "{option.name}" sets {scenario.ref} too, so nothing says which holds in both at once'
            found.append(Problem(scenario.at("ref"), rule, "", "Change another number in one of them."))
    return found


def titles(tables: Tables) -> list[Problem]:
    """An option or a scenario has one title, and a name of its own."""
    found = []
    for kind, changes in (("option", tables.options), ("scenario", tables.scenarios)):
        said: dict[str, set[str]] = defaultdict(set)
        spelt: dict[str, str] = {}
        by_title: dict[str, str] = {}
        for name, title in names(changes).items():
            first = by_title.setdefault(title.lower(), name)
            if first != name and first.lower() != name.lower():
                rule = f'"{first}" and "{name}" have one title, so no page could tell them apart'
                at = next(c for c in changes if c.name == name)
                found.append(Problem(at.at("title"), rule, f'"{title}"', "Give one of them another."))
        told: set[str] = set()
        for change in changes:
            if change.title is not None:
                said[change.name].add(change.title)
                if len(said[change.name]) == 2:
                    rule = f'"{change.name}" has two titles'
                    found.append(Problem(change.at("title"), rule, f'"{change.title}"', "State it in one row."))
            if change.name.lower() == AS_IT_STANDS:
                rule = f'No {kind} can be called "{change.name}", which is the case as its tables stand'
                found.append(Problem(change.at("name"), rule, "", "Give it another name."))
            alike = spelt.setdefault(change.name.lower(), change.name)
            if alike != change.name and change.name not in told:
                told.add(change.name)
                rule = f'"{change.name}" and "{alike}" are one name to a spreadsheet'
                found.append(Problem(change.at("name"), rule, "", "Spell them alike, or name one otherwise."))
            if change.name.lower() == BUSINESS_AS_USUAL:
                usual = "which is the case without any of its costs and outcomes"
                rule = f'No {kind} can be called "{change.name}", {usual}'
                found.append(Problem(change.at("name"), rule, "", "Give it another name."))
    return found


def compared(tables: Tables) -> list[Problem]:
    """What options are compared with is business as usual, or one of them."""
    if tables.settings is None or is_usual(tables.settings):
        return []
    held = names(tables.options)
    wanted = tables.settings.compare_with
    if wanted in held or "options" in tables.lent:
        return []
    fix = near(wanted, (BUSINESS_AS_USUAL, *held))
    return [Problem("settings.compare_with", f'There is no option called "{wanted}"', "", fix)]


RULES: Mapping[str, Callable[[Tables], list[Problem]]] = {
    "refs": refs,
    "values": values,
    "shapes": shapes,
    "once": once,
    "titles": titles,
    "compared": compared,
}
