"""What stands in a case and changes nothing: rows that nothing uses, named for people (method § 6, *Checks*).

Each function gives the names of what it finds; none is a fault, but each may be one: a group nobody follows is often a
cost that was forgotten, a tag borne once a tag that was misspelt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sroi.model import Case, Cost, Group, Outcome, Value
from sroi.model.base import columns
from sroi.model.tables import MODELS, split

FEW = 3
READ = ("groups", "costs", "outcomes", "values")
"""The tables whose numbers each stand in a cell of their own, so that it is known which formulas read them."""


def listed(names: Sequence[str]) -> str:
    """A few names, and how many more.

    >>> listed(["a", "b", "c", "d", "e"])
    'a, b, c and 2 more'
    """
    shown = ", ".join(names[:FEW])
    return shown if len(names) <= FEW else f"{shown} and {len(names) - FEW} more"


def said_of(case: Case, value: Value) -> str:
    """A row of values by what it values, and for whom."""
    outcome = next(o.name for o in case.outcomes if o.id == value.outcome)
    sectors = [s.name for s in case.sectors if s.id == value.sector]
    return f"the value of {outcome}" + (f" to {sectors[0]}" if sectors else "")


def groups(case: Case) -> list[str]:
    """Groups that no cost and no outcome follows."""
    rows: list[Cost | Outcome] = [*case.costs, *case.outcomes]
    used = {group.id for row in rows for group in case.groups_of(row)}
    return [group.name for group in case.groups if group.id not in used]


def sectors(case: Case) -> list[str]:
    """Sectors that pay nothing and to which nothing falls, neither to them nor to a part of theirs."""
    used = {cost.payer for cost in case.costs} | {part.sector for v in case.values for part in case.parts(v)}
    above = {sector.id: sector.part_of for sector in case.sectors}
    for key in tuple(used):
        whole = above.get(key)
        while whole is not None and whole not in used:
            used.add(whole)
            whole = above.get(whole)
    return [sector.name for sector in case.sectors if sector.id not in used]


def grades(case: Case) -> list[str]:
    """The table of grades, where every row states its own optimism or no grade. One grade of it may well be unused:
    it is a scale."""
    rows: list[Cost | Outcome] = [*case.costs, *case.outcomes]
    read = any(case.basis(row).grade is not None and row.optimism is None for row in rows)
    return ["table Grades"] if case.grades and not read else []


def overlaps(case: Case) -> list[str]:
    """Tags of overlap that one row alone bears."""
    found = []
    for rows in (case.outcomes, case.values):
        borne = Counter(row.overlap for row in rows if row.overlap is not None)
        found += [f'"{tag}"' for tag, number in borne.items() if number == 1]
    return found


def quiet(case: Case) -> list[str]:
    """Rows that count neither here nor in any option or scenario, and stand aside for no other of their overlap."""
    if case.option or case.scenario:  # what other options count is not known here
        return []
    turned = {c.ref for c in (*case.options, *case.scenarios) if c.ref.endswith(".counts")}
    silent = {outcome.id for outcome in case.outcomes if not outcome.counts}
    tables: tuple[tuple[Group | Cost | Outcome | Value, ...], ...] = (
        *(case.groups, case.costs, case.outcomes),
        tuple(value for value in case.values if value.outcome not in silent),
    )
    found = []
    for rows in tables:
        counted = {getattr(row, "overlap", None) for row in rows if row.counts or row.at("counts") in turned} - {None}
        for row in rows:
            if row.counts or row.at("counts") in turned or getattr(row, "overlap", None) in counted:
                continue
            found.append(said_of(case, row) if isinstance(row, Value) else row.name)
    return found


def outside_their_years(case: Case) -> list[str]:
    """Refs of profiles with numbers for years in which their row does not run: they count for nothing."""
    spans = {g.at("referrals"): (g.from_, g.to) for g in case.groups}
    spans |= {c.at("amount"): case.span(c) for c in case.costs}
    rows = []
    for profile in case.profiles:
        first, last = spans.get(profile.ref, (0, 9999))
        if any(number and not first <= year <= last for year, number in profile.years):
            rows.append(profile.ref)
    return rows


def ranges(case: Case) -> list[str]:
    """Refs of ranges whose number can move no result, as the case is built."""
    return [row.ref for row in case.ranges if _is_number(row.ref) and not _read(case, row.ref)]


def _is_number(ref: str) -> bool:
    table, _, field = split(ref)
    return table in READ and any(c.name == field and c.live for c in columns(MODELS[table]))


def _read(case: Case, ref: str) -> bool:
    """Whether the rows beside it make any use of the number (method §§ 2 to 5)."""
    table, key, field = split(ref)
    row = case.row(table, key)
    if isinstance(row, Group):
        return field == "income" or bool(_followers(case, row) & FOLLOW.get(field, FOLLOW["referrals"]))
    if isinstance(row, Cost) and field in ("release_share", "release_years"):
        return bool(row.old_service)
    if isinstance(row, Outcome) and field == "baseline":  # of an absolute effect, it says only what failure costs today
        return row.basis == "proportional" or any(value.outcome == row.id for value in case.values)
    return field != "followed_up"


FOLLOW = {
    "referrals": {"per_referral", "per_start", "per_person_year", "engaged", "referred"},
    "engagement": {"per_start", "per_person_year", "engaged"},
    "exit_rate": {"per_person_year", "engaged", "referred"},
    "stay_years": {"per_person_year"},
}
"""What reads each number of a group: bases of costs, and whom an outcome is `of` (method §§ 2 to 4)."""


def _followers(case: Case, group: Group) -> set[str]:
    """The bases of the costs and the `of` of the outcomes that follow a group."""
    found = {str(cost.basis) for cost in case.costs if group in case.groups_of(cost)}
    return found | {str(outcome.of) for outcome in case.outcomes if group in case.groups_of(outcome)}


def incomes(case: Case) -> list[str]:
    """Why incomes that are stated weigh nothing: no reference, or no economic value to people (method § 9)."""
    if case.settings.reference_income is None:
        return ["without a reference income"] if any(group.income is not None for group in case.groups) else []
    people = {sector.id for sector in case.sectors if sector.ledger == "people"}
    parts = [part for value in case.values for part in case.parts(value)]
    weighed = any(part.kind == "economic" and part.sector in people for part in parts)
    return [] if weighed else ["and no economic value falls to people"]


def left_aside(case: Case) -> list[str]:
    """The options and scenarios of a case that is read in none of them (method § 7)."""
    held = (("the options", case.option_names), ("the scenarios", case.scenario_names))
    said = [f"{kind} {listed(list(named))}" for kind, named in held if named]
    return [" and ".join(said)] if said else []


def ungraded(case: Case) -> list[str]:
    """Costs and outcomes that count with neither a grade nor an optimism of their own, where others are graded."""
    if not case.grades:
        return []
    rows: list[Cost | Outcome] = [*case.costs, *case.outcomes]
    return [row.name for row in rows if row.counts and row.optimism is None and case.basis(row).grade is None]


def unvalued(case: Case) -> list[str]:
    """The outcomes that count, where none of them has a value that counts."""
    counting = [outcome for outcome in case.outcomes if outcome.counts]
    valued = {value.outcome for value in case.values if value.counts}
    return [] if any(o.id in valued for o in counting) else [outcome.name for outcome in counting]
