"""What a row names exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from sroi.errors import Problem
from sroi.model.actuals import Actual
from sroi.model.base import Row
from sroi.model.changes import Change
from sroi.model.correlations import Correlation
from sroi.model.evidence import Claim, Evidence
from sroi.model.profiles import PROFILED
from sroi.model.resolve import ALL, parts
from sroi.model.tables import MODELS, SINGLE, WORDS, Tables, near, split


def duplicate(row: Row) -> Problem:
    """The second row of one name."""
    if isinstance(row, Change):
        rule = f'The {WORDS[row.table]} "{row.name}" changes {row.ref} twice'
        return Problem(row.at(), rule, "", "Take one of the two out.")
    if isinstance(row, Claim):
        return Problem(row.at(), f"{row.ref} is claimed twice on {row.date}", "", "Take one of the two out.")
    if isinstance(row, Evidence):
        return Problem(row.at(), f"There is already evidence of {row.ref}", "", "Each number may be there once.")
    if isinstance(row, Actual):
        rule = f"What came in for {row.ref} in {row.in_year} is stated twice"
        return Problem(row.at(), rule, "", "Take one of the two out.")
    if isinstance(row, Correlation):
        rule = f"The correlation of {row.a} and {row.b} is stated twice"
        return Problem(row.at(), rule, "", "Take one of the two out.")
    word = WORDS[row.table]
    name = row.key
    fix = "Give this row an id of its own." if row.table == "values" else ""
    return Problem(row.at(), f'There is already a {word} "{name}"', "", fix or "Each may be there once.")


def unknown(ref: str, table: str, name: str, tables: Tables) -> Problem:
    """A name that the table does not hold."""
    return Problem(ref, f'There is no {WORDS[table]} called "{name}"', "", near(name, tables.keys(table)))


def unique(tables: Tables) -> list[Problem]:
    """Names are unique in their table."""
    found = []
    for table in MODELS:
        if table in SINGLE:
            continue
        seen: Counter[str] = Counter()
        for row in tables.rows(table):
            seen[row.key] += 1
            if seen[row.key] == 2:
                found.append(duplicate(row))
    return found


def parts_unique(tables: Tables) -> list[Problem]:
    """The parts of an event, each a row of the calculation, take no other value's id."""
    base = tables.settings.price_base if tables.settings else ""
    rows = {value.key for value in tables.values}
    return [
        Problem(value.at("unit_value"), f'A part of it would be called "{part.id}", as another value is', "",
                "Give that value, or this one, an id of its own.")
        for value in tables.values
        for part in parts(value, tables, base)
        if part.id != value.id and part.id in rows
    ]  # fmt: skip


def payers(tables: Tables) -> list[Problem]:
    """Every payer is a sector."""
    return [
        unknown(c.at("payer"), "sectors", c.payer, tables) for c in tables.costs if not tables.holds("sectors", c.payer)
    ]


def groups(tables: Tables) -> list[Problem]:
    """Every group named by a cost or an outcome is there; `all` stands alone and needs at least one."""
    known = tables.keys("groups")
    found = []
    for row in tables.followers:
        names = row.group or ()
        if names == ALL:
            if not known and not tables.holds("groups", "all"):
                found.append(Problem(row.at("group"), "There are no groups for all to mean", "", "Add one to Groups."))
        elif "all" in names and "all" not in known:
            found.append(Problem(row.at("group"), "Group must be all, or names, not both", f'"{", ".join(names)}"'))
        else:
            found += [
                unknown(row.at("group"), "groups", name, tables) for name in names if not tables.holds("groups", name)
            ]
    return found


def group_called_all(tables: Tables) -> list[Problem]:
    """No group is called `all`: the word stands for every group."""
    return [
        Problem(
            g.at("id"),
            "A group cannot be called all, which stands for every group",
            "",
            "Give it another id.",
        )
        for g in tables.groups
        if g.id == "all"
    ]


VIEWS = ("budget", "cashable")
"""Names of views that would be well-formed ids: a sector, which is a view of its own, takes neither."""


def sectors_called_views(tables: Tables) -> list[Problem]:
    """No sector has the name of a view: results are found by those names."""
    return [
        Problem(s.at("id"), f"A sector cannot be called {s.id}, which is a view", "", "Give it another id.")
        for s in tables.sectors
        if s.id in VIEWS
    ]


def valued_outcomes(tables: Tables) -> list[Problem]:
    """Every value is of an outcome that is there, and falls to a sector that is there."""
    found = [
        unknown(v.at("outcome"), "outcomes", v.outcome, tables)
        for v in tables.values
        if not tables.holds("outcomes", v.outcome)
    ]
    for value in tables.values:
        for field, name in (("sector", value.sector), ("balance", value.balance)):
            if name is not None and not tables.holds("sectors", name):
                found.append(unknown(value.at(field), "sectors", name, tables))
    return found


def wholes(tables: Tables) -> list[Problem]:
    """A sector is part of one that is there, of the same ledger, and never of itself by any way round."""
    found = []
    for sector in tables.sectors:
        if sector.part_of is None:
            continue
        ref = sector.at("part_of")
        if not tables.holds("sectors", sector.part_of):
            found.append(unknown(ref, "sectors", sector.part_of, tables))
            continue
        whole = next((s for s in tables.sectors if s.id == sector.part_of), None)
        if whole is not None and whole.ledger != sector.ledger:
            said = f'"{whole.id}" is {whole.ledger}'
            rule = f"A sector must be of the same ledger as the one it is part of: {said}"
            found.append(Problem(ref, rule, f"{sector.ledger}", "Give both one ledger, or leave Part of blank."))
        path, at = [sector.id], whole
        while at is not None and at.id not in path:
            path.append(at.id)
            at = next((s for s in tables.sectors if s.id == at.part_of), None) if at.part_of else None
        if at is not None and at.id == sector.id:
            loop = " → ".join([*path, sector.id])
            found.append(Problem(ref, "A sector cannot be part of itself", loop, "Leave Part of blank in one of them."))
    return found


def graded(tables: Tables) -> list[Problem]:
    """A grade that is used is in the grade table."""
    held = tables.keys("grades")
    return [
        Problem(row.at("grade"), f"There is no grade {row.grade} in the table Grades", "", grades_fix(held))
        for row in tables.followers
        if row.grade is not None and not tables.holds("grades", str(row.grade))
    ]


def grades_fix(held: frozenset[str]) -> str:
    """What to do about a grade that the table does not hold."""
    return f"There are: {', '.join(sorted(held))}." if held else "Add a row for it, or leave Grade blank."


def profile_refs(tables: Tables) -> list[Problem]:
    """A profile's ref is one of the four fields that may vary by year."""
    allowed = "groups.*.referrals, costs.*.amount, values.*.amount and outcomes.*.effect"
    found = []
    for row in tables.profiles:
        table, key, field = split(row.ref)
        wanted = PROFILED.get(table)
        if wanted is None or field != wanted:
            fix = f'Did you mean "{table}.{key}.{wanted}"?' if wanted and key in tables.keys(table) else ""
            found.append(Problem(row.at("ref"), f"Only {allowed} may vary by year", f'"{row.ref}"', fix))
        elif not tables.holds(table, key):
            found.append(unknown(row.at("ref"), table, key, tables))
    return found


RULES: Mapping[str, Callable[[Tables], list[Problem]]] = {
    "unique": unique,
    "parts_unique": parts_unique,
    "payers": payers,
    "groups": groups,
    "group_called_all": group_called_all,
    "sectors_called_views": sectors_called_views,
    "valued_outcomes": valued_outcomes,
    "wholes": wholes,
    "graded": graded,
    "profile_refs": profile_refs,
}
