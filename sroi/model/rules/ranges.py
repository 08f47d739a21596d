"""Ranges: what they may be of, and what a shape needs (format.md, *ranges*; method § 8)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from sroi.errors import Problem
from sroi.model.base import Column, Row, columns
from sroi.model.costs import Cost
from sroi.model.outcomes import Outcome
from sroi.model.parsing import plain
from sroi.model.profiles import PROFILED
from sroi.model.ranges import NATURAL, Range
from sroi.model.resolve import optimism, unit_values_of
from sroi.model.rules.references import unknown
from sroi.model.tables import MODELS, Tables, near, split
from sroi.model.values import Value

TABLES = ("groups", "costs", "outcomes", "values", "unit_values")
"""Tables whose numbers may be uncertain; of the settings, only a flat discount rate."""
RATES = (-0.1, 1.0)
"""What a flat discount rate may be."""
SHARES = (-10.0, 1.0)
"""What a proportional effect may be."""
CERTAIN = frozenset({"grade", "followed_up"})
"""Whole numbers and numbers that enter no sum."""
MIDDLE = 0.05
"""How far from the middle of a normal or lognormal range its centre may be, as a share of the width."""


@dataclass(frozen=True)
class Target:
    """The number a range is of: its column, its central value, and whether it is the multiplier of a
    profile."""

    column: Column
    central: float
    profiled: bool
    low: float | None
    """The least the field may be."""
    high: float | None
    """The most the field may be; a multiplier has none."""


@cache
def uncertain(table: str) -> Mapping[str, Column]:
    """The fields of a table that may have a range."""
    if table == "settings":
        return {c.name: c for c in columns(MODELS["settings"]) if c.name == "discount"}
    if table not in TABLES:
        return {}
    return {c.name: c for c in columns(MODELS[table]) if c.is_number and c.name not in CERTAIN}


def spelt(tables: Tables, ref: str) -> str:
    """The ref of a number of the case that differs from this one in capitals and spaces only; else this one."""
    close = re.sub(r"\s*\.\s*", ".", ref.strip().lower())
    close = re.sub(r"\s+", "_", close) if not is_number(tables, close) else close
    return close if not is_number(tables, ref) and is_number(tables, close) else ref


def is_number(tables: Tables, ref: str) -> bool:
    """Whether a ref is of a number that may have a range, and that the case holds."""
    table, key, field = split(ref)
    there = table == "settings" or (key in tables.keys(table) if table in TABLES else False)
    return there and field in uncertain(table)


def _target(tables: Tables, row: Range) -> Target | list[Problem]:
    """What a range is of, or why it is of nothing; no problem where the row it is of has failed already."""
    table, key, field = split(row.ref)
    at = row.at("ref")
    if (close := spelt(tables, row.ref)) != row.ref:
        return [Problem(at, "There is no such number", f'"{row.ref}"', f'Did you mean "{close}"?')]
    fields = uncertain(table)
    if fields and table != "settings" and not key:
        rule = f"A range must be of a number, as {table}.{field or 'id'}.{next(iter(fields))} is"
        return [Problem(at, rule, f'"{row.ref}"')]
    if not fields:
        rule = "A range must be of a number of groups, costs, outcomes, values or unit_values, or of settings.discount"
        close = near(table, TABLES)
        fix = close.replace('"?', f'.{key}.{field}"?') if close.startswith("Did") else ""
        return [Problem(at, rule, f'"{row.ref}"', fix)]
    if table != "settings" and not tables.holds(table, key):
        return [unknown(at, table, key, tables)]
    if table == "unit_values" and not is_used(tables, key):
        fix = "Take the range out, or name the unit value in Values."
        return [Problem(at, f'No value uses the unit value "{key}"', "", fix)]
    if field not in fields:
        rule = f"{table.capitalize()} has no number called {field} that a range could be of"
        return [Problem(at, rule, f'"{row.ref}"', near(field, fields))]
    column = fields[field]
    found = tables.settings if table == "settings" else tables.find(table, key)
    if found is None:
        return []
    low, high = field_bounds(tables, row, column)
    if any(p.ref == row.ref for p in tables.profiles):
        return Target(column, 1.0, True, column.low, None)
    central = _central(tables, found, column)
    if isinstance(central, str):
        return [Problem(at, "Only a flat discount rate can have a range", f'"{central}"', "Type a rate such as 3.5%.")]
    return _without_centre(tables, row, found) if central is None else Target(column, central, False, low, high)


def field_bounds(tables: Tables, row: Range, column: Column) -> tuple[float | None, float | None]:
    """What a field may be, where that is more than its column says."""
    if row.ref == "settings.discount":
        return RATES
    table, key, field = split(row.ref)
    owner = tables.find(table, key) if (table, field) == ("outcomes", "effect") else None
    proportional = isinstance(owner, Outcome) and owner.basis == "proportional"
    return SHARES if proportional else (column.low, column.high)


def target(tables: Tables, row: Range) -> Target:
    """What a range is of; `ValueError` where the rules would refuse it."""
    found = _target(tables, row)
    if isinstance(found, Target):
        return found
    raise ValueError(f"{row.ref} is no number that a range could be of")


def is_used(tables: Tables, key: str) -> bool:
    """Whether a value, or its event, brings the unit value of that id."""
    names = {v.unit_value for v in tables.values if v.unit_value is not None}
    return any(u.id == key and (u.id in names or u.event in names) for u in tables.unit_values)


def _central(tables: Tables, found: Row, column: Column) -> float | str | None:
    """What a field holds, or stands for where it is blank; a schedule's name where no rate is stated."""
    value = getattr(found, column.attribute)
    if value is None and column.name == "optimism" and isinstance(found, Cost | Outcome):
        return optimism(found, tables.grades, tables.evidence)
    if value is None and column.name == "times":
        return 1.0
    return value if value is None or isinstance(value, str) else float(value)


def _without_centre(tables: Tables, row: Range, found: Row) -> list[Problem]:
    """Why a blank field can have no range; nothing where its blank is a fault already told."""
    at = row.at("ref")
    if isinstance(found, Value) and found.unit_value is not None:
        names = unit_values_of(found.unit_value, tables.unit_values)
        fix = f"Give the range to {' or '.join(u.at('amount') for u in names)}."
        return [Problem(at, "A value by unit value has no amount of its own", f'"{row.ref}"', fix)]
    table, _, field = split(row.ref)
    if PROFILED.get(table) == field:
        return []
    rule = "A range needs a central value, which the field itself holds"
    return [Problem(at, rule, "nothing", f"Type one in {row.ref}.")]


def targets(tables: Tables) -> list[Problem]:
    """A range's ref is a number that is there."""
    found = [_target(tables, row) for row in tables.ranges]
    return [problem for result in found if isinstance(result, list) for problem in result]


def _said(value: float) -> str:
    return plain(value)


def ends(tables: Tables) -> list[Problem]:
    """A range has a low and a high end, or all the natural parameters of its shape, and nothing else."""
    found = []
    for row in tables.ranges:
        natural = NATURAL.get(row.shape, ())
        stated = [n for names in NATURAL.values() for n in names if getattr(row, n) is not None]
        stated = list(dict.fromkeys(stated))
        foreign = [n for n in stated if n not in natural]
        words = " and ".join(natural)
        if foreign:
            fix = f"Leave {foreign[0].capitalize()} blank."
            found.append(Problem(row.at(foreign[0]), f"A {row.shape} range has no {foreign[0]}", "", fix))
        elif stated:
            missing = [n for n in natural if n not in stated]
            if missing:
                alone = f"{' and '.join(stated)} alone"
                found.append(Problem(row.at(missing[0]), f"A {row.shape} range needs both {words}", alone))
            if row.low is not None or row.high is not None:
                rule = f"A range has low and high or {words}, not both"
                found.append(
                    Problem(row.at("low" if row.low is not None else "high"), rule, "", "Leave one pair blank.")
                )
        elif row.shape == "discrete":
            found.append(Problem(row.at("values"), "A discrete range needs both values and weights", "nothing"))
        else:
            for field in ("low", "high"):
                if getattr(row, field) is None:
                    fix = f"Or give {words}." if natural else ""
                    found.append(Problem(row.at(field), f"{field.capitalize()} is required", "nothing", fix))
    return found


def sequence(tables: Tables) -> list[Problem]:
    """Low ≤ central ≤ high, and low below high."""
    found = []
    for row in tables.ranges:
        aim = _target(tables, row)
        if isinstance(aim, list) or row.low is None or row.high is None:
            continue
        low, centre, high = row.low, aim.central, row.high
        if not low < high:
            rule = "Low must be below High"
            found.append(
                Problem(row.at("low"), rule, f"{_said(low)} and {_said(high)}", "A certain number needs no range.")
            )
        elif not low <= centre <= high:
            what = "1, the centre of a profile's multiplier" if aim.profiled else f"the central value {_said(centre)}"
            rule = f"Low and High must enclose {what}"
            found.append(Problem(row.at("low" if centre < low else "high"), rule, f"{_said(low)} to {_said(high)}"))
    return found


def bounds(tables: Tables) -> list[Problem]:
    """The ends, and discrete values, are numbers that the field itself could hold."""
    found = []
    for row in tables.ranges:
        aim = _target(tables, row)
        if isinstance(aim, list):
            continue
        low, high = aim.low, aim.high
        named = [("low", row.low), ("high", row.high), *(("values", v) for v in row.values or ())]
        for field, value in named:
            beyond = value is not None and (
                (low is not None and (value < low or (aim.column.low_open and value == low)))
                or (high is not None and value > high)
            )
            if beyond and value is not None:
                said = _between(low, high, aim.column.low_open)
                rule = f"{field.capitalize()} must be {said}, as {aim.column.header} must"
                share = high is not None and high < value <= 100 and value / 100 <= high and aim.column.kind != "whole"
                as_typed = f"{_said(value / 100)}" if field == "values" else f"{_said(value)}%"
                fix = f"Type {as_typed} if you meant {_said(value)} per cent." if share else ""
                found.append(Problem(row.at(field), rule, _said(value), fix))
        if aim.column.kind == "whole":
            found += [
                Problem(row.at(field), f"{aim.column.header} takes whole numbers only", _said(v))
                for field, v in named
                if v is not None and v != int(v)
            ]
    return found


def _between(low: float | None, high: float | None, low_open: bool) -> str:
    if low is not None and high is not None:
        return f"between {_said(low)} and {_said(high)}"
    if low is not None:
        return f"over {_said(low)}" if low_open else f"{_said(low)} or more"
    return f"{_said(high or 0.0)} or less"


def intervals(tables: Tables) -> list[Problem]:
    """Limits mean nothing to a shape without ends, and an interval nothing to a uniform or natural one."""
    found = []
    for row in tables.ranges:
        given = row.low is not None or row.high is not None
        natural = any(getattr(row, name) is not None for name in NATURAL.get(row.shape, ()))
        if given and natural:
            continue  # `ends` has said that one pair is too many
        if row.shape in ("normal", "lognormal", "beta", "gamma") and given and row.interval == "limits":
            rule = f"A {row.shape} range has no limits: Interval must say what Low and High are"
            stated = "limits" if "interval" in row.model_fields_set else "nothing"
            found.append(Problem(row.at("interval"), rule, stated, "Type 90% or 95%, or use pert."))
        elif row.shape == "uniform" and row.interval != "limits":
            rule = "The ends of a uniform range are its limits"
            found.append(Problem(row.at("interval"), rule, row.interval, "Type limits."))
        elif row.interval != "limits" and not given:
            rule = "Interval says what Low and High are, and there are none"
            found.append(Problem(row.at("interval"), rule, row.interval, "Leave Interval blank."))
    return found


def middles(tables: Tables) -> list[Problem]:
    """A normal or lognormal range is centred; beta and gamma keep to where they exist."""
    found = []
    for row in tables.ranges:
        aim = _target(tables, row)
        if isinstance(aim, list) or row.low is None or row.high is None or not row.low <= aim.central <= row.high:
            continue
        low, centre, high = row.low, aim.central, row.high
        if row.shape in ("lognormal", "gamma") and (low <= 0 or centre <= 0):
            rule = f"A {row.shape} range is of numbers over 0"
            found.append(Problem(row.at("low"), rule, _said(min(low, centre)), "Use pert."))
            continue
        if row.shape == "beta" and not (0 < low and high < 1):
            rule = "A beta range with an interval lies between 0 and 1, its ends not included"
            found.append(
                Problem(row.at("low" if low <= 0 else "high"), rule, _said(low if low <= 0 else high), "Use pert.")
            )
            continue
        if row.shape == "lognormal":
            low, centre, high = math.log(low), math.log(centre), math.log(high)
        if row.shape in ("normal", "lognormal") and high > low:
            off = abs(centre - (low + high) / 2) / (high - low)
            if off > MIDDLE + 1e-12:
                scale = " of the logarithms" if row.shape == "lognormal" else ""
                rule = f"The centre of a {row.shape} range must be within 5% of the width{scale} from the middle"
                found.append(Problem(row.at("shape"), rule, f"{off * 100:.3g}%", "Use pert, which may lean."))
    return found


def weights(tables: Tables) -> list[Problem]:
    """Discrete values have a weight each, none negative, not all 0."""
    found = []
    for row in tables.ranges:
        if row.values is None or row.weights is None:
            continue
        if len(row.values) != len(row.weights):
            rule = "There must be a weight for each value"
            counts = f"{len(row.values)} and {len(row.weights)}"
            found.append(Problem(row.at("weights"), rule, counts, "Separate them by semicolons."))
        elif any(w < 0 for w in row.weights) or sum(row.weights) <= 0:
            rule = "Weights must be 0 or more, and not all 0"
            found.append(Problem(row.at("weights"), rule, "; ".join(_said(w) for w in row.weights)))
    return found


RULES: Mapping[str, Callable[[Tables], list[Problem]]] = {
    "targets": targets,
    "ends": ends,
    "sequence": sequence,
    "bounds": bounds,
    "intervals": intervals,
    "middles": middles,
    "weights": weights,
}
