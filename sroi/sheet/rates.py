"""What a row is worth at a rate, and the rate at which it is worth nothing: the meanings of `ValueAt` and `Irr`.

Rows are `(date, draw)`, a year apart, the first at 0. These are what a spreadsheet's cell means, no more: whether a
row has one rate or several is for the caller to find before it asks for one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FIRST_STEP, GROWTH, WIDEST = 0.01, 1.25, 6.0
"""A change of sign is looked for ever further from the guess, in log(1 + rate): 400 times 1 + guess, either way."""
HALVINGS = 80
"""From the widest step to the last bit."""


def value_at(row: Array, rate: Array) -> Array:
    """`Σ row[t] / (1 + rate)^t`, `(1, draw)`; `rate` is `(1, draw)` or `(1, 1)`.

    >>> value_at(np.array([[-100.0], [121.0]]), np.array([[0.1]])).round(9).tolist()
    [[10.0]]
    """
    base = 1 / (1 + rate)
    worth = np.broadcast_to(row[-1:], np.broadcast_shapes(row[-1:].shape, base.shape))
    for terms in row[-2::-1]:
        worth = worth * base + terms
    return worth


def rate_near(row: Array, guess: Array) -> Array:
    """The rate nearest the guess, in log(1 + rate), at which the row is worth nothing; not a number where none is seen.

    Halving, not Newton's steps: it cannot leave its bracket, and a workbook asks for a handful of rates.

    >>> rate_near(np.array([[-100.0], [0.0], [0.0], [74.0]]), np.array([[-0.15]])).round(10).tolist()
    [[-0.0954958303]]
    """
    start = np.log1p(np.broadcast_to(guess, (1, np.broadcast_shapes(row[:1].shape, guess.shape)[1])))

    def below(log: Array) -> NDArray[np.bool_]:
        return value_at(row, np.expm1(log)) < 0

    near, far = np.full(start.shape, np.nan), np.full(start.shape, np.nan)
    side = below(start)
    lower = upper = start
    step = FIRST_STEP
    while step < WIDEST:
        for before, after in ((lower, start - step), (upper, start + step)):
            new = np.isnan(near) & (below(after) != side)
            near, far = np.where(new, before, near), np.where(new, after, far)
        lower, upper, step = start - step, start + step, step * GROWTH
    for _ in range(HALVINGS):
        middle = (near + far) / 2
        same = below(middle) == side
        near, far = np.where(same, middle, near), np.where(same, far, middle)
    return np.asarray(np.expm1((near + far) / 2))
