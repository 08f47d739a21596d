"""Rates of return on dated net flows, for all draws at once: IRR and MIRR (method § 6).

A solver stays outside the graph of lines: these are plain functions of arrays `(date, draw)`, whose dates lie
`step_years` apart. No rate is given without a count of the rates that fit:

1. Flows below 1e-9 of the draw's largest are nil (`_without_dust`), and the draw's largest is scaled to 1.
2. The sign of net present value is read at rates evenly spaced in log(1 + rate) (`_scan`): half a percent apart; or a
   quarter apart for flows whose sign changes once, which have exactly one rate above -100 % (Descartes' rule).
   Powers are counted from the first flow where the rate is at or above nil and back from the last where it is below,
   so none exceeds 1 and none overflows.
3. Between two neighbours of one sign net present value may still dip to zero and come back: two rates that fit, or one
   that is touched. Each dip is followed to its lowest point, and counts as two if that is at or past zero (`_dips`).
4. A single crossing is narrowed by Newton's steps, halved where they leave its bracket (`_root`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from math import ceil, isfinite

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]

NIL = 1e-9
"""Flows at or below this share of the draw's largest count as nil."""
LOWEST_RATE = -0.95
HIGHEST_RATE = 20.0
"""Rates are sought from -95 % to 2,000 % a year, both ends included."""
CELL = 0.005
"""Width of a cell of the grid, in log(1 + rate): half a percent of 1 + rate.

Two rates that fit and lie further apart are told apart by the signs at the grid; two that lie nearer are caught as a
dip. What could still hide is three or more within one cell, which is rarer than any flows that people plan.
"""
WIDE_CELL = 0.25
"""Width of a cell where there is but one rate to bracket."""
PRECISION = 1e-13
"""A rate is found to this share of its yearly growth, 1 + rate (per step, before the power to a year)."""
TOUCH = 1e-13
"""A dip reaches zero if its lowest net present value is within this share of the sum of its terms' sizes."""
BLOCK = 512
"""Draws scanned together: the values of one block stay near the processor."""
NEWTON_TURNS = 40
TURNS = 90
"""After `NEWTON_TURNS` a bracket is only halved; from one cell to `PRECISION` that takes fewer than 50 turns."""


class Reason(IntEnum):
    """Why a draw has no rate; `FOUND` where it has one."""

    FOUND = 0
    NO_CHANGE = 1
    SEVERAL = 2
    NONE_IN_RANGE = 3
    NOTHING_PAID = 4
    NOTHING_BACK = 5
    ONE_DATE = 6


SENTENCES = {
    Reason.NO_CHANGE: "the sign of the net flows never changes",
    Reason.SEVERAL: "more than one rate fits",
    Reason.NONE_IN_RANGE: f"no rate from {LOWEST_RATE:.0%} to {HIGHEST_RATE:,.0%} fits",
    Reason.NOTHING_PAID: "nothing is paid: no net flow is below zero",
    Reason.NOTHING_BACK: "nothing comes back: no net flow is above zero",
    Reason.ONE_DATE: "there is only one date",
}


@dataclass(frozen=True, eq=False)
class Rates:
    """A yearly rate per draw, not-a-number unless `reason` is `Reason.FOUND`. Both are `(draw,)`."""

    rate: Floats
    reason: NDArray[np.int8]


def sentence(reason: int) -> str:
    """The words that `reasons` gives beside a rate that is null.

    Raises `ValueError` for a rate that was found, and for a number that is no reason.

    >>> sentence(Reason.NONE_IN_RANGE)
    'no rate from -95% to 2,000% fits'
    """
    why = Reason(reason)
    if why not in SENTENCES:
        raise ValueError("A rate that was found needs no reason. Ask for a sentence only where the rate is null.")
    return SENTENCES[why]


def irr(flows: Floats, step_years: float) -> Rates:
    """The internal rate of return of each draw: the one yearly rate at which its flows are worth nothing (§ 6).

    `0 = Σ flow[date] × (1 + rate)^(−date × step_years)`, flows `(date, draw)`, undiscounted and net, in pounds.
    Flows at or below 1e-9 of the draw's largest are nil. The rate is from −95 % to 2,000 %, to 1e-13 of 1 + rate
    (but only as well as its flows define it: of a rate where three fall together, five digits). It is left out, with
    its reason, where the sign of the flows never changes, where more than one rate fits, and where none does within
    the range. A rate at which net present value touches zero without crossing it counts as two rates, which it becomes
    at the least change of a flow: such a draw has more than one, and is never reported as found.

    Raises `ValueError` for flows that are not `(date, draw)` or not finite, and for a step that is not above zero.

    >>> import numpy as np
    >>> found = irr(np.array([[-100.0, -100.0], [0.0, 230.0], [121.0, -132.0]]), step_years=1.0)
    >>> found.rate.round(12), [Reason(why).name for why in found.reason]
    (array([0.1, nan]), ['FOUND', 'SEVERAL'])
    """
    nets = _without_dust(_checked(flows, step_years))
    draws = nets.shape[1]
    rate = np.full(draws, np.nan)
    reason = np.full(draws, Reason.NO_CHANGE, dtype=np.int8)
    changing = np.flatnonzero((nets > 0).any(axis=0) & (nets < 0).any(axis=0))
    if changing.size == 0:
        return Rates(rate, reason)
    once = _changes_of_sign(nets[:, changing]) == 1
    for draws, width in ((changing[once], WIDE_CELL), (changing[~once], CELL)):
        if draws.size:
            rate[draws], reason[draws] = _rates(nets[:, draws], _Grid.of(len(nets), step_years, width), step_years)
    return Rates(rate, reason)


def mirr(flows: Floats, factors: Floats, step_years: float) -> Rates:
    """The modified internal rate of return of each draw, on the standard discount factors (§ 6).

    `[Σ⁺ net·factor / factor[last] ÷ Σ⁻ |net|·factor]^(1/(last − first date)) − 1`: what is paid is brought to the
    start, what comes back is carried to the last date, both at the standard rates. First and last are those of all
    the dates, whether or not money falls there. `factors` are those at each date, `(date,)` or `(date, draw)`. Left
    out, with its reason, where nothing is paid, nothing comes back, or there is only one date.

    Raises `ValueError` as `irr` does, and for factors that do not go with the dates or are not above zero.

    >>> import numpy as np
    >>> mirr(np.array([[-100.0], [121.0]]), np.array([1.0, 1 / 1.05]), step_years=1.0).rate.round(12)
    array([0.21])
    """
    nets = _without_dust(_checked(flows, step_years))
    dates, draws = nets.shape
    if factors.shape not in {(dates,), (dates, 1), (dates, draws)}:
        raise ValueError(
            f"Discount factors have one row per date: there are {dates} dates and {draws} draws, and factors of shape "
            f"{factors.shape}. Give them as (date,) or (date, draw)."
        )
    if not bool(np.all(np.isfinite(factors) & (factors > 0))):
        raise ValueError("Discount factors are numbers above zero, and one of these is not. Give those of a schedule.")
    weights = factors.reshape(dates, -1)
    gains = (np.maximum(nets, 0.0) * weights).sum(axis=0)
    losses = (np.maximum(-nets, 0.0) * weights).sum(axis=0)
    reason = np.where(losses == 0, Reason.NOTHING_PAID, np.where(gains == 0, Reason.NOTHING_BACK, Reason.FOUND)).astype(
        np.int8
    )
    if dates == 1:
        reason[:] = Reason.ONE_DATE
    found = reason == Reason.FOUND
    rate = np.full(draws, np.nan)
    carried = np.broadcast_to(weights[-1], draws)[found]
    # Only where found, so that one date, whose power is 1/0, never gets here.
    if found.any():
        rate[found] = (gains[found] / carried / losses[found]) ** (1 / ((dates - 1) * step_years)) - 1
    return Rates(rate, reason)


def _rates(nets: Floats, grid: _Grid, step_years: float) -> tuple[Floats, NDArray[np.int8]]:
    """The rate of each draw and its reason, by the rates that fit on the grid."""
    paths = _Paths.of(nets)
    count, cell, from_below = _scan(paths, grid)
    if grid.width == CELL:
        _count_dips(nets, paths, grid, count)
    reason = np.where(count == 0, Reason.NONE_IN_RANGE, np.where(count == 1, Reason.FOUND, Reason.SEVERAL))
    single = np.flatnonzero(count == 1)
    cells = cell[single]
    coefficients = paths.at(single, grid.backwards[cells])
    growth = np.log(_root(coefficients, grid.starts[cells], grid.ends[cells], from_below[single])) / step_years
    found = np.expm1(np.where(grid.backwards[cells], growth, -growth))
    rate = np.full(nets.shape[1], np.nan)
    rate[single] = np.clip(found, LOWEST_RATE, HIGHEST_RATE) + 0.0  # never minus nil
    return rate, reason.astype(np.int8)


def _checked(flows: Floats, step_years: float) -> Floats:
    """The flows, if they are of a shape and a kind to have a rate."""
    if flows.ndim != 2 or len(flows) == 0:
        raise ValueError(
            f"Net flows are (date, draw), with at least one date, and these are of shape {flows.shape}. "
            "Give a single path of flows as one column."
        )
    if not isfinite(step_years) or step_years <= 0:
        raise ValueError(f"Dates lie some years apart, above zero, and the step is {step_years}. Give 1.0 or 0.5.")
    odd = np.argwhere(~np.isfinite(flows))
    if odd.size:
        date, draw = odd[0]
        raise ValueError(
            f"Net flows are finite numbers, and that of date {date} in draw {draw} (counted from 0) is "
            f"{flows[date, draw]}. Mend the line that made it."
        )
    return flows


def _without_dust(flows: Floats) -> Floats:
    """The flows as shares of their draw's largest, with those at or below 1e-9 of it nil (§ 6).

    No rate depends on the size of the flows; as shares their products with powers cannot overflow.
    """
    largest = np.abs(flows).max(axis=0)
    shares = flows / np.where(largest == 0, 1.0, largest)
    return np.where(np.abs(shares) <= NIL, 0.0, shares)


@dataclass(frozen=True, eq=False)
class _Paths:
    """Flows as coefficients of powers, `(power, draw)`: two readings of the same polynomial.

    Below a rate of nil the latest flows weigh most; counted back from the last, powers of 1 + rate stay below 1.
    """

    forwards: Floats
    """From each draw's first flow that is not nil: coefficients of powers of 1 ÷ (1 + rate)^step."""
    backwards: Floats
    """Back from each draw's last flow that is not nil: coefficients of powers of (1 + rate)^step."""

    @classmethod
    def of(cls, nets: Floats) -> _Paths:
        return cls(_from_first(nets), _from_first(nets[::-1]))

    def at(self, draws: Places, backwards: Flags) -> Floats:
        """The coefficients of some draws, each in the reading asked for."""
        return np.where(backwards, self.backwards[:, draws], self.forwards[:, draws])


def _from_first(nets: Floats) -> Floats:
    """Each draw's flows moved up, so that the first that is not nil stands in the first row."""
    row = np.arange(len(nets))[:, None] + (nets != 0).argmax(axis=0)
    return np.where(row < len(nets), np.take_along_axis(nets, np.minimum(row, len(nets) - 1), axis=0), 0.0)


@dataclass(frozen=True, eq=False)
class _Grid:
    """Rates evenly spaced in log(1 + rate), `width` apart, and the powers that tell net present value there.

    `back_powers` and `forward_powers` are `(rate, power)`, for the rates below nil and for the rest. A cell lies
    between two neighbouring rates; `starts` and `ends` are the bases of its powers there, `backwards` its reading.
    """

    width: float
    back_powers: Floats
    forward_powers: Floats
    backwards: Flags
    starts: Floats
    ends: Floats

    @classmethod
    def of(cls, dates: int, step_years: float, width: float) -> _Grid:
        # A hair beyond both ends, so that a rate of exactly -95 % or 2,000 % is crossed in spite of rounding.
        low, high = np.log1p(LOWEST_RATE) - 1e-12, np.log1p(HIGHEST_RATE) + 1e-12
        growth = np.linspace(low, high, ceil((high - low) / width) + 1)
        powers: Floats = np.exp(-np.abs(growth) * step_years)[:, None] ** np.arange(dates, dtype=np.float64)
        backwards = growth[1:] <= 0
        toward = np.where(backwards, step_years, -step_years)
        starts, ends = np.exp(toward * growth[:-1]), np.exp(toward * growth[1:])
        return cls(width, powers[growth < 0], powers[growth >= 0], backwards, starts, ends)

    def below_zero(self, paths: _Paths, draws: slice) -> Flags:
        """Whether net present value is below zero, `(rate, draw)`.

        Not by a matrix product, whose threads wait for each other on a busy machine and whose last bits depend on how
        many draws there are (architecture, rule 7): `einsum` adds every draw's terms in one order.
        """
        back = np.einsum("rp,pd->rd", self.back_powers, paths.backwards[:, draws])
        forward = np.einsum("rp,pd->rd", self.forward_powers, paths.forwards[:, draws])
        return np.concatenate([back < 0, forward < 0])


def _scan(paths: _Paths, grid: _Grid) -> tuple[Places, Places, Flags]:
    """Per draw: how often net present value changes sign, in which cell first, and whether from below zero."""
    draws = paths.forwards.shape[1]
    count, cell = np.zeros(draws, dtype=np.intp), np.zeros(draws, dtype=np.intp)
    from_below = np.zeros(draws, dtype=np.bool_)
    for start in range(0, draws, BLOCK):
        block = slice(start, start + BLOCK)
        below = grid.below_zero(paths, block)
        changes = below[1:] != below[:-1]
        count[block] = np.count_nonzero(changes, axis=0)
        cell[block] = changes.argmax(axis=0)
        from_below[block] = below[0]  # the first change is from the sign that the lowest rate has
    return count, cell, from_below


def _count_dips(nets: Floats, paths: _Paths, grid: _Grid, count: Places) -> None:
    """Adds 2 to the count of a draw for each cell in which net present value dips to zero, or past it, and back.

    The slope of net present value in log(1 + rate) is less the step times the value of `flow × place`, flows again: the
    same powers tell its sign. A dip is a cell with one sign at both ends, moving to zero at its start and away at its
    end.
    """
    places = np.arange(len(nets))[:, None] - (nets != 0).argmax(axis=0)
    slopes = _Paths.of(nets * places)
    for start in range(0, nets.shape[1], BLOCK):
        draws = slice(start, start + BLOCK)
        below = grid.below_zero(paths, draws)
        falls = ~grid.below_zero(slopes, draws)
        toward = falls != below  # above zero and falling, or below zero and rising
        cells, columns = np.nonzero((below[1:] == below[:-1]) & toward[:-1] & ~toward[1:])
        if cells.size == 0:
            continue
        backwards = grid.backwards[cells]
        weights = slopes.at(start + columns, backwards)
        bottom = _root(weights, grid.starts[cells], grid.ends[cells], ~falls[cells, columns])
        coefficients = paths.at(start + columns, backwards)
        value = _value(coefficients, bottom)[0] * np.where(below[cells, columns], -1.0, 1.0)
        reached = value <= TOUCH * _value(np.abs(coefficients), bottom)[0]
        np.add.at(count, start + columns[reached], 2)


def _changes_of_sign(coefficients: Floats) -> Places:
    """How often each column's sign changes, nil skipped."""
    signs = np.sign(coefficients)
    for row in range(1, len(signs)):
        signs[row] = np.where(signs[row] == 0, signs[row - 1], signs[row])
    changes: Places = np.count_nonzero(signs[1:] != signs[:-1], axis=0)
    return changes


def _value(coefficients: Floats, base: Floats) -> tuple[Floats, Floats]:
    """`Σ coefficient[k] × base^k` and its slope in `base`, by Horner's rule, `(column,)` each."""
    value, slope = coefficients[-1].copy(), np.zeros_like(base)
    for row in coefficients[-2::-1]:
        slope *= base
        slope += value
        value *= base
        value += row
    return value, slope


def _root(coefficients: Floats, start: Floats, end: Floats, below_at_start: Flags) -> Floats:
    """The base between `start` and `end` at which each column's polynomial is nil, to `PRECISION`.

    The sign at the start is given, not computed again: at a root on the grid itself rounding could give another. A
    Newton step that leaves the bracket, or is more than half the last step, gives way to the bracket's middle; so does
    every step after `NEWTON_TURNS`, whence an end is certain. A column that is done moves no more: its root does not
    depend on its neighbours.
    """
    root = (start + end) / 2
    start, end, moved = start.copy(), end.copy(), np.abs(end - start)
    open_ = np.arange(root.size)
    for turn in range(TURNS):
        if open_.size == 0:
            break
        here = root[open_]
        value, slope = _value(coefficients[:, open_], here)
        behind = (value < 0) == below_at_start[open_]
        start[open_] = np.where(behind, here, start[open_])
        end[open_] = np.where(behind, end[open_], here)
        near, far = start[open_], end[open_]
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            newton = here - value / slope  # no number where the slope is nil: then no comparison below holds
            step = np.abs(newton - here)
            inside = (newton - near) * (newton - far) <= 0
        close = (turn < NEWTON_TURNS) & (step <= PRECISION * here)
        quick = (turn < NEWTON_TURNS) & inside & (step <= moved[open_] / 2)
        after = np.where(close, np.clip(newton, np.minimum(near, far), np.maximum(near, far)), (near + far) / 2)
        after = np.where(quick, newton, after)
        root[open_], moved[open_] = after, np.abs(after - here)
        open_ = open_[~close & (moved[open_] > PRECISION * after)]
    return root
