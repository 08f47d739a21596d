"""Rows that share a pool release together, so they agree in what release depends on (method § 5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from sroi.errors import Problem
from sroi.model.resolve import Part, is_event, parts, profile
from sroi.model.tables import Tables
from sroi.model.values import Value


def agree(tables: Tables) -> list[Problem]:
    """Rows of one pool agree in sector, kind, amount, price year, growth, block, release lag, cashable share, unit."""
    found = []
    for pool, rows in _pools(tables).items():
        (first, of_first), *others = rows
        terms = _terms(first, of_first, tables)
        for value, part in others:
            for field, mine in _terms(value, part, tables).items():
                if mine != terms[field]:
                    said = field.replace("_", " ")
                    shared = f'Rows of the pool "{pool}" release together, so they agree in {said}'
                    rule = f"{shared}: {first.id} has {terms[field]}"
                    ref = value.at("unit_value" if value.unit_value and field in BROUGHT else STATED.get(field, field))
                    found.append(Problem(ref, rule, str(mine), "Make them the same, or part the pool."))
    return found


def _pools(tables: Tables) -> dict[str, list[tuple[Value, Part]]]:
    """The rows of each pool, in the order of the table."""
    base = tables.settings.price_base if tables.settings else ""
    pools: dict[str, list[tuple[Value, Part]]] = defaultdict(list)
    for value in tables.values:
        for part in parts(value, tables, base):
            if value.pool is not None and part.id == value.id:  # not an event's parts, nor a transfer's other side
                pools[value.pool].append((value, part))
    return pools


def ranged(tables: Tables) -> list[Problem]:
    """A range of what the rows of a pool agree in is of its first row, which serves all."""
    ranges = {row.ref: row for row in tables.ranges}
    found = []
    for pool, ((first, of_first), *others) in _pools(tables).items():
        for value, part in others:
            pairs = {value.at(field): first.at(field) for field in DRAWN} | {part.amount_ref: of_first.amount_ref}
            for ref, leads in pairs.items():
                if ref in ranges and ref != leads:
                    rule = f'Rows of the pool "{pool}" agree, so that a range is of its first row, {first.id}'
                    fix = f"Give the range to {leads}, which serves all."
                    found.append(Problem(ranges[ref].at("ref"), rule, f'"{ref}"', fix))
            lent, stated = part.amount_ref, of_first.amount_ref
            if stated in ranges and lent != stated and part.unit_value is not None:
                rule = (
                    f'{value.id} of the pool "{pool}" takes its amount from the library, so that a range of the amount'
                )
                rule += f" of {first.id} would move {lent}, wherever else that is used"
                fix = f"Name the unit value in {first.id} as well, and give the range to {lent}."
                found.append(Problem(ranges[stated].at("ref"), rule, f'"{stated}"', fix))
    return found


def events(tables: Tables) -> list[Problem]:
    """An event falls to several sectors, which release nothing together."""
    return [
        Problem(v.at("pool"), "An event is not in a pool: its parts fall to several sectors", "", "Leave it blank.")
        for v in tables.values
        if v.pool is not None and v.unit_value is not None and is_event(v.unit_value, tables.unit_values)
    ]


DRAWN = ("growth", "block", "release_lag", "cashable")
"""Terms that may be uncertain, beside the amount."""
BROUGHT = ("amount", "price_year", "kind", "unit")
"""Terms that a unit value brings."""
STATED = {"unit": "outcome"}
"""Where a term that is no field of the row is stated."""


def _terms(value: Value, part: Part, tables: Tables) -> dict[str, Any]:
    """What release depends on, by field."""
    held = profile(part.amount_ref, tables.profiles)
    outcome = next((o for o in tables.outcomes if o.id == value.outcome), None)
    own = outcome.unit if outcome is not None else ""
    return {
        "sector": part.sector,
        "kind": part.kind,
        "amount": part.amount if held is None else ", ".join(f"{y}: {x:.15g}" for y, x in held.years if x),
        "price_year": part.price_year,
        "growth": value.growth,
        "block": value.block,
        "release_lag": value.release_lag,
        "cashable": value.cashable,
        "unit": part.unit_value.unit if part.unit_value is not None else own,
    }


RULES: Mapping[str, Callable[[Tables], list[Problem]]] = {"agree": agree, "ranged": ranged, "events": events}
