"""Rank correlations through a Gaussian copula (method § 8).

A rank correlation ρ is the correlation 2 sin(πρ/6) of two normals. Numbers that are tied to one another, through
however many pairs, are a group: their uniforms become normals, the Cholesky factor of the group's matrix mixes them,
and they become uniforms again. A pair of a group that is not stated has none. Sums are taken one term after another,
never by a matrix product, whose last bits hang on its shape.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from sroi.simulation.families import Array
from sroi.simulation.streams import LEAST, MOST

Pairs = Mapping[tuple[str, str], float]
"""Rank correlations by pair, a before b in sorted order."""


@dataclass(frozen=True)
class Group:
    """Numbers that are tied to one another."""

    refs: tuple[str, ...]
    """Sorted."""
    factor: tuple[tuple[float, ...], ...]
    """The lower Cholesky factor of the correlations of their normals, row by row, each as far as the diagonal."""


class NotPositiveError(ValueError):
    """Correlations that cannot all hold; `refs` are the fewest numbers of which that is so."""

    def __init__(self, refs: tuple[str, ...]) -> None:
        self.refs = refs
        super().__init__(", ".join(refs))


def groups(pairs: Pairs) -> tuple[Group, ...]:
    """The groups that the pairs make, each with its factor; `NotPositiveError` where there is none."""
    return tuple(Group(refs, _factor(refs, pairs)) for refs in tied(pairs))


def tied(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """The refs that pairs tie together, each group sorted, in the order of its first.

    >>> tied([("a", "b"), ("d", "e"), ("b", "c")])
    (('a', 'b', 'c'), ('d', 'e'))
    """
    found: list[set[str]] = []
    for pair in pairs:
        one = set(pair).union(*(group for group in found if group & set(pair)))
        found = [group for group in found if not group & one] + [one]
    return tuple(sorted(tuple(sorted(group)) for group in found))


def matrix(refs: Sequence[str], pairs: Pairs) -> Array:
    """The correlations of the normals: 2 sin(πρ/6)."""
    found = np.eye(len(refs))
    place = {ref: n for n, ref in enumerate(refs)}
    for (a, b), rank in pairs.items():
        if a in place and b in place:
            found[place[a], place[b]] = found[place[b], place[a]] = 2 * math.sin(math.pi * rank / 6)
    return found


def _cholesky(refs: Sequence[str], pairs: Pairs) -> Array | None:
    try:
        found: Array = np.asarray(np.linalg.cholesky(matrix(refs, pairs)), dtype=np.float64)
    except np.linalg.LinAlgError:
        return None
    return found if np.diag(found).min() > 1e-7 else None


def _factor(refs: tuple[str, ...], pairs: Pairs) -> tuple[tuple[float, ...], ...]:
    factor = _cholesky(refs, pairs)
    if factor is None:
        for ref in refs:  # leave out whatever the trouble does not need
            fewer = tuple(other for other in refs if other != ref)
            if _cholesky(fewer, pairs) is None:
                refs = fewer
        raise NotPositiveError(refs)
    return tuple(tuple(row[: n + 1].tolist()) for n, row in enumerate(factor))


def correlated(group: Group, uniforms: Array, wanted: Sequence[int]) -> Array:
    """The uniforms of a group, (ref, draw), once correlated: of the refs at the places wanted."""
    normals = special.ndtri(uniforms[: max(wanted) + 1])
    found = np.empty((len(wanted), uniforms.shape[1]))
    term = np.empty(uniforms.shape[1])
    for row, place in zip(found, wanted, strict=True):
        if place == 0:  # the first of a group is not mixed with any
            row[:] = uniforms[0]
            continue
        np.multiply(normals[0], group.factor[place][0], out=row)
        for number in range(1, place + 1):
            np.multiply(normals[number], group.factor[place][number], out=term)
            np.add(row, term, out=row)
        special.ndtr(row, out=row)
        np.clip(row, LEAST, MOST, out=row)
    return found
