"""Transfers: money that moves from one pocket to another, entered on both sides (method § 5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from sroi.errors import Problem
from sroi.model.resolve import Part, parts, profile
from sroi.model.tables import Tables
from sroi.model.values import Value

NIL = 1e-9
"""Below this share of the largest side, what two sides leave over is rounding."""


def balances(tables: Tables) -> list[Problem]:
    """A balance is of a transfer, and another sector than its own. (`references` sees that the sector exists.)"""
    base = tables.settings.price_base if tables.settings else ""
    found = []
    for value in tables.values:
        if value.balance is None:
            continue
        own = [part for part in parts(value, tables, base) if not part.mirrors]
        if own and all(part.kind != "transfer" for part in own):
            fix = "Leave it blank, or make the kind transfer."
            found.append(Problem(value.at("balance"), "Only a transfer has a balance", f'"{value.balance}"', fix))
        elif any(part.kind == "transfer" and part.sector == value.balance for part in own):
            fix = "Name the sector on the other side."
            found.append(Problem(value.at("balance"), "A transfer balances another sector", f'"{value.balance}"', fix))
    return found


def nil(tables: Tables) -> list[Problem]:
    """The transfers of one outcome sum to nil, in every year and every year's prices."""
    base = tables.settings.price_base if tables.settings else ""
    sums: dict[str, dict[tuple[object, ...], list[float]]] = defaultdict(lambda: defaultdict(list))
    first: dict[str, str] = {}
    for value in tables.values:
        for part in parts(value, tables, base):
            if part.kind == "transfer" and value.balance is None and value.counts:
                first.setdefault(value.outcome, value.at("kind" if value.kind else "unit_value"))
                for year, amount in _amounts(part, tables):
                    sums[value.outcome][(year, part.price_year, value.growth)].append(amount * part.times)
    return [
        Problem(
            first[outcome],
            f'The transfers of "{outcome}" must sum to nil: what one sector gains another loses',
            f"{_over(by_year):.15g} left over",
            "Name the other side in Balance, or enter it as a row of its own.",
        )
        for outcome, by_year in sums.items()
        if _over(by_year)
    ]


def _amounts(part: Part, tables: Tables) -> list[tuple[int | None, float]]:
    """The amount, or each year's where the row has a profile."""
    held = profile(part.amount_ref, tables.profiles)
    if held is not None:
        return list(held.by_year.items())
    return [] if part.amount is None else [(None, part.amount)]


def _over(by_year: Mapping[Any, list[float]]) -> float:
    """The largest sum left over in any year; 0 where all are nil."""
    left = [(abs(sum(sides)), max(map(abs, sides))) for sides in by_year.values()]
    return max((over for over, size in left if over > NIL * size), default=0.0)


def ranged(tables: Tables) -> list[Problem]:
    """A range leaves the transfers of one outcome at nil in every draw: it does not move one side by itself."""
    base = tables.settings.price_base if tables.settings else ""
    sides = [
        (value, part)
        for value in tables.values
        if value.balance is None and value.counts
        for part in parts(value, tables, base)
        if part.kind == "transfer"
    ]
    pools = {value.id: value.pool for value in tables.values if value.pool is not None}
    found = []
    for row in tables.ranges:
        moved: dict[str, dict[object, list[float]]] = defaultdict(lambda: defaultdict(list))
        for value, part in sides:
            for year, by in _moved(row.ref, value, part, pools, tables):
                moved[value.outcome][year].append(by)
        for outcome, by_year in moved.items():
            if _over(by_year):
                nil_always = f'The transfers of "{outcome}" must sum to nil in every draw'
                rule = f"{nil_always}, and this range moves one side alone"
                other = f"give the range to a number of outcomes.{outcome}"
                fix = f"Enter one row with the other side in Balance, or {other}."
                found.append(Problem(row.at("ref"), rule, f'"{row.ref}"', fix))
    return found


def _moved(
    ref: str, value: Value, part: Part, pools: Mapping[str, str], tables: Tables
) -> list[tuple[int | None, float]]:
    """By how much the sum of a side moves with the number of that ref, by year where it has a profile; nothing where
    the side does not hang on it. The rows of a pool follow its first in amount and growth."""
    own = [value.id, *(name for name, pool in pools.items() if pool == value.pool)]
    amounts = _amounts(part, tables)
    if ref == value.at("times"):
        return amounts
    if ref in {f"values.{name}.growth" for name in own}:
        return [(year, amount * part.times) for year, amount in amounts]
    if ref == part.amount_ref or ref in {f"values.{name}.amount" for name in own}:
        varies = profile(part.amount_ref, tables.profiles) is not None
        return [(year, (amount if varies else 1.0) * part.times) for year, amount in amounts]
    return []


RULES: Mapping[str, Callable[[Tables], list[Problem]]] = {"balances": balances, "nil": nil, "ranged": ranged}
