"""What a number moves when it moves: rows of a pool that agree with the pool's first row (method § 5).

Rows that share a pool agree in amount, growth, block and cashable share, and a range on the first row serves all. So a
draw of the first row's number is put in the others' cells too: a case with only one of them changed is no case.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from sroi.model import Case
from sroi.model.resolve import Part
from sroi.model.rules.pools import DRAWN
from sroi.model.values import Value

T = TypeVar("T")


def followers(case: Case) -> Mapping[str, tuple[str, ...]]:
    """For each number of a pool's first row, the refs of the other rows that follow it; only where there are some.

    >>> import sroi
    >>> followers(sroi.read("complex-lives"))["values.first-year-nhs.cashable"]
    ('values.second-year-nhs.cashable', 'values.later-years-nhs.cashable')
    """
    pools: dict[str, list[tuple[Value, Part]]] = {}
    for value in case.values:
        for part in case.parts(value):
            if value.pool is not None and part.id == value.id:  # not an event's parts, nor a transfer's other side
                pools.setdefault(value.pool, []).append((value, part))
    found: dict[str, dict[str, None]] = {}
    for (first, of_first), *others in pools.values():
        for value, part in others:
            pairs = [(of_first.amount_ref, part.amount_ref)]
            pairs += [(first.at(field), value.at(field)) for field in DRAWN]
            for leads, follows in pairs:
                if leads != follows:  # a unit value's amount is one cell
                    found.setdefault(leads, {})[follows] = None
    return MappingProxyType({ref: tuple(others) for ref, others in found.items()})


def with_followers(case: Case, drawn: Mapping[str, T]) -> dict[str, T]:
    """What was drawn, by ref, and the same for each ref that follows one of those: the inputs of an evaluation.

    A ref that is drawn itself keeps its own draws.

    >>> import sroi
    >>> with_followers(sroi.read("complex-lives"), {"values.first-year-nhs.growth": 0.01})
    {'values.first-year-nhs.growth': 0.01, 'values.second-year-nhs.growth': 0.01, 'values.later-years-nhs.growth': 0.01}
    """
    held = dict(drawn)
    for leads, others in followers(case).items():
        if leads in drawn:
            for ref in others:
                held.setdefault(ref, drawn[leads])
    return held
