"""What laws compare: a case's measures and yearly totals, and how far two of them may be apart.

Sums are judged by 1e-9 of what is added up (method § 4), ratios by how sharp their denominator lets them be, rates to
1e-7, as in `agreement.py`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sroi.projection import Result, project
from sroi.projection.values import flows
from sroi.reading import read

TOLERANCE = 1e-9
VIEWS = ("public_value", "budget", "cashable")
MONEY = ("pv_costs", "pv_benefits", "npv", "pv_cashable", "net")
RATES = ("irr", "mirr")


@dataclass(frozen=True)
class Measured:
    """A projected case's numbers by name: sums of money, yearly rows of it, and measures that are no money."""

    result: Result
    money: dict[str, float]
    rows: dict[str, list[float]]
    others: dict[str, float | None]
    reasons: dict[str, str]
    size: float
    """The most that one year of one cost or value adds, times the years."""


def measured(case: dict[str, Any]) -> Measured:
    """The case projected, and its numbers."""
    result = project(read(case))
    money: dict[str, float] = {}
    others: dict[str, float | None] = {}
    reasons: dict[str, str] = {}
    for name, shown in (*result.views.items(), *result.sectors.items()):
        for what, number in vars(shown).items():
            if what == "reasons":
                reasons |= {f"{name}.{measure}": why for measure, why in number.items()}
            elif what == "beyond_horizon":
                continue  # what lies beyond moves with the horizon: `test_beyond.py` and the oracle have it
            elif what in MONEY:
                money[f"{name}.{what}"] = number
            else:
                others[f"{name}.{what}"] = number
    rows = {
        f"{view}.{side}": result.evaluation.row(f"{view}.{side}").tolist()
        for view in VIEWS
        for side in ("costs", "benefits")
    }
    return Measured(result, money, rows, others, reasons, _size(result) * result.evaluation.years)


def _size(result: Result) -> float:
    """The largest year of any cost or value; of a value also what the dust of its people would come to (§ 4)."""
    evaluation, declared = result.evaluation, result.declared

    def largest(line: str) -> float:
        return float(abs(evaluation.row(line)).max())

    sizes = [largest(f"{cost.id}.cost") for cost in result.case.costs]
    for part in flows(declared.names):
        sizes.append(largest(f"{part.id}.value"))
        if part.mirrors:
            continue
        people = largest(f"{part.value.outcome}.in_force") * largest(f"{part.value.outcome}.corrected")
        each = largest(f"{part.id}.value_each") * abs(evaluation.number(f"{part.id}.times"))
        sizes.append(people * each)
        if f"{part.id}.cash" in declared.model.lines:
            sizes.append(largest(f"{part.id}.cash"))
    return max(sizes, default=0.0)


def apart(name: str, found: float, expected: float, size: float) -> list[str]:
    """A sentence, where two numbers are further apart than 1e-9 of the size of what was added."""
    return [] if abs(found - expected) <= TOLERANCE * size else [f"{name}: found {found!r}, expected {expected!r}"]


def apart_rows(name: str, found: list[float], expected: list[float], size: float) -> list[str]:
    """The same for two rows, year by year."""
    pairs = zip(found, expected, strict=True)
    return [said for t, (a, b) in enumerate(pairs) for said in apart(f"{name}[{t}]", a, b, size)]


def differences(
    before: Measured, after: Measured, times: float = 1.0, *, leaving: Collection[str] = (), only: str = ""
) -> list[str]:
    """Every number in which the two differ: sums of money are to be `times` what they were, all others the same.

    `leaving` names measures that the law says nothing of; `only` is a view to look at alone.
    """
    size = max(before.size * times, after.size)

    def looked_at(name: str) -> bool:
        view, measure = name.split(".")
        return measure not in leaving and view == (only or view)

    found: list[str] = []
    for name in filter(looked_at, before.money):
        found += apart(name, after.money[name], before.money[name] * times, size)
    for name in filter(looked_at, before.rows):
        expected = [number * times for number in before.rows[name]]
        found += apart_rows(name, after.rows[name], expected, size)
    for name in filter(looked_at, before.others):
        found += _measures_apart(name, before, after)
    for name in filter(looked_at, {*before.reasons, *after.reasons}):
        if before.reasons.get(name) != after.reasons.get(name):
            found.append(f"{name}: {after.reasons.get(name)}, not {before.reasons.get(name)}")
    return found


def _measures_apart(name: str, before: Measured, after: Measured) -> list[str]:
    expected, shown = before.others[name], after.others[name]
    if expected is None or shown is None:
        return [] if expected is shown else [f"{name}: found {shown}, expected {expected}"]
    view, measure = name.split(".")
    if measure in RATES:
        return apart(name, shown, expected, 100.0 * (1.0 + abs(expected)))
    if measure in ("payback_years", "discounted_payback_years"):
        return apart(name, shown, expected, before.result.evaluation.years)
    below = before.money[f"{view}.pv_costs"]
    if measure == "mvpf":
        below = before.result.evaluation.number("public_value.net_public_cost")
    return apart(name, shown, expected, 1.0 + (abs(expected) + 1.0) * (1.0 + before.size / max(abs(below), 1e-300)))
