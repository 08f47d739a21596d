"""Transfers: money that moves from one pocket to another, entered on both sides (method § 5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from sroi.errors import Problem
from sroi.model.resolve import Part, parts, profile
from sroi.model.tables import Tables

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


def _over(by_year: Mapping[tuple[object, ...], list[float]]) -> float:
    """The largest sum left over in any year; 0 where all are nil."""
    left = [(abs(sum(sides)), max(map(abs, sides))) for sides in by_year.values()]
    return max((over for over, size in left if over > NIL * size), default=0.0)


RULES: Mapping[str, Callable[[Tables], list[Problem]]] = {"balances": balances, "nil": nil}
