"""The draws: a uniform number per uncertain number and draw, the same bits however they are cut (method § 8).

Each is uniforms by the method, then the copula; `Distribution.quantile` makes values of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Integral

import numpy as np

from sroi.errors import CaseError, Problem
from sroi.model.altered import ranged
from sroi.model.case import Case
from sroi.model.parsing import plain
from sroi.model.rules import located
from sroi.model.tables import near
from sroi.simulation.copula import Group, NotPositiveError, correlated, groups
from sroi.simulation.distributions import range_faults
from sroi.simulation.families import Array
from sroi.simulation.sobol import MOST_DIMENSIONS, Scramble, points
from sroi.simulation.streams import hypercube, streams

METHODS = ("random", "lhs", "sobol")
"""Plain Monte Carlo, a Latin hypercube, and scrambled Sobol points."""
SCRAMBLES = 8
"""Independent scrambles of a Sobol run, whose eight means tell the standard error."""


@dataclass(frozen=True)
class Design:
    """Which draws are made, of which numbers; plain data, the same in every process."""

    method: str
    seed: int
    draws: int
    """The draws that are made: of Sobol's, eight times a power of two, and as many as were asked for at least."""
    refs: tuple[str, ...]
    """Every number that has a range in any option or scenario, sorted: its place is its Sobol dimension."""
    replicates: int
    """Independent parts of equal length, one after another: 8 of a Sobol run, else 1."""
    groups: tuple[Group, ...] = ()
    """The numbers that are correlated."""

    @property
    def length(self) -> int:
        """Draws per replicate: draw i belongs to replicate i // length."""
        return self.draws // self.replicates


def whole_number(name: str, found: object, least: int) -> int:
    """A whole number at or above the least there may be; `TypeError` for what is none, `ValueError` for one below.

    >>> whole_number("The seed", -1, 0)
    Traceback (most recent call last):
    ValueError: The seed must be 0 or more; found -1.
    """
    if isinstance(found, bool) or not isinstance(found, Integral):
        raise TypeError(f"{name} must be a whole number; found {found!r}.")
    if found < least:
        raise ValueError(f"{name} must be {least} or more; found {found}.")
    return int(found)


def design(case: Case, draws: int, seed: int = 1, method: str = "sobol") -> Design:
    """The draws of a case, with its options and scenarios, which share them: not of a case that `seen` made.

    Raises `CaseError` where the correlations are not positive definite, naming the pairs, and where there are more
    numbers than Sobol points have dimensions; `ValueError` for a method, a number of draws or a seed that cannot be.

    >>> from sroi.reading import read
    >>> found = design(read("no-wrong-door"), 10_000)
    >>> found.draws, found.replicates, found.length  # 10,000 / 8 is 1,250, and the next power of two 2,048
    (16384, 8, 2048)
    """
    if method not in METHODS:
        raise ValueError(f'There is no method of drawing called "{method}". {near(method, METHODS)}')
    draws, seed = whole_number("Draws", draws, 1), whole_number("The seed", seed, 0)
    if draws > 2**31:
        raise ValueError(f"Draws must be {2**31:,} at most; found {draws:,}.")
    refs = tuple(sorted(ranged(case.tables)))
    tied = _groups(case)
    if method != "sobol":
        return Design(method, seed, draws, refs, 1, tied)
    if len(refs) > MOST_DIMENSIONS:
        rule = f"Sobol points serve {MOST_DIMENSIONS:,} uncertain numbers at most"
        raise CaseError([Problem("", rule, f"{len(refs):,}", "Use the method lhs.")])
    length = 1 << (-(-draws // SCRAMBLES) - 1).bit_length()
    return Design(method, seed, SCRAMBLES * length, refs, SCRAMBLES, tied)


def faults(case: Case) -> tuple[Problem, ...]:
    """What is wrong with the ranges and the correlations of a case, in any option and scenario, that reading it does
    not tell: a range that no distribution can have, correlations that cannot all hold."""
    found = list(range_faults(case))
    try:
        _groups(case)
    except CaseError as error:
        found += error.problems
    return tuple(found)


def _groups(case: Case) -> tuple[Group, ...]:
    """The correlations of a case, as the copula takes them."""
    rows = {row.pair: row for row in sorted(case.correlations, key=lambda row: row.key)}
    try:
        return groups({pair: row.rank for pair, row in rows.items()})
    except NotPositiveError as error:
        involved = [row for (a, b), row in rows.items() if a in error.refs and b in error.refs]
        whole = "; ".join(f"{row.a} and {row.b} {plain(row.rank)}" for row in involved)
        apart = len(error.refs) * (len(error.refs) - 1) // 2 - len(involved)
        nil = f"; the {apart} other pairs of these 0" if apart > 1 else "; the other pair of these 0" if apart else ""
        rule = "These rank correlations cannot all hold: their matrix is not positive definite"
        fix = f"Bring some nearer to 0{', or state a pair that is left out' if apart else ''}."
        problems = [Problem(row.at("rank"), rule, whole + nil, fix) for row in involved]
        first, *others = located(problems, case.places)
        among = "This rank correlation is one of those that cannot all hold"
        raise CaseError([first, *(Problem(other.place, f"{among}: see {first.place}") for other in others)]) from None


def uniforms(design: Design, refs: Sequence[str], start: int, stop: int) -> Array:
    """Draws `start` up to `stop` of each ref, strictly between 0 and 1: (ref, draw), in the order asked.

    Their bits hang on the design alone, not on where the draws are cut or which refs are asked for. Raises `KeyError`
    for a ref that the design does not hold, and `ValueError` for one asked twice and for draws that it does not make.
    """
    if len(set(refs)) < len(refs):
        raise ValueError("Each ref may be asked once")
    if not 0 <= start <= stop <= design.draws:
        raise ValueError(f"Draws {start} to {stop} are not all of the {design.draws} that are made")
    held = frozenset(design.refs)
    unknown = [ref for ref in refs if ref not in held]
    if unknown:
        raise KeyError(f"{unknown[0]} is not among what is drawn")
    places = {ref: number for number, ref in enumerate(refs)}
    touched = [group for group in design.groups if not places.keys().isdisjoint(group.refs)]
    needed = tuple(dict.fromkeys((*refs, *(ref for group in touched for ref in group.refs))))
    found = _independent(design, needed, start, stop)
    if not touched:
        return found
    row = {ref: number for number, ref in enumerate(needed)}
    for group in touched:
        wanted = [number for number, ref in enumerate(group.refs) if ref in places]
        mixed = correlated(group, found[[row[ref] for ref in group.refs]], wanted)
        found[[row[group.refs[number]] for number in wanted]] = mixed
    return np.ascontiguousarray(found[: len(refs)])


def _independent(design: Design, refs: tuple[str, ...], start: int, stop: int) -> Array:
    """The uniforms before the copula."""
    if design.method == "random":
        return streams(design.seed, refs, start, stop)
    if design.method == "lhs":
        return hypercube(design.seed, refs, design.draws, start, stop)
    place = {ref: number for number, ref in enumerate(design.refs)}
    rows, length = [place[ref] for ref in refs], design.length
    log2 = length.bit_length() - 1
    found = np.empty((len(refs), stop - start))
    for replicate in range(start // length, -(-stop // length)):
        first, last = max(start, replicate * length), min(stop, (replicate + 1) * length)
        begin = replicate * length
        scramble = Scramble(design.seed, replicate, len(design.refs), log2)
        points(scramble, rows, first - begin, last - begin, found[:, first - start : last - start])
    return found
