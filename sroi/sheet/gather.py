"""A row as it stood some years ago, where the number of years is drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def years_ago(row: Floats, opening: Floats, lag: Floats, out: NDArray[Any]) -> None:
    """`out[t] = row[t - lag]`, the opening value where that is before the first year; all are `(rows, draw)`.

    As `INDEX(opening:last, 1+MAX(0, year number - lag))` has it: what is left of a year is cut off.

    >>> out = np.empty((3, 2))
    >>> years_ago(np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]), np.zeros((1, 1)), np.array([[1.0, 2.0]]), out)
    >>> out.tolist()
    [[0.0, 0.0], [1.0, 0.0], [2.0, 1.0]]
    """
    years, width = out.shape
    if len(row) == 1 and len(lag) == 1:
        begun(row, opening, lag, out)
        return
    back = np.broadcast_to(lag, (len(lag), width))
    held = np.empty((years + 1, width))
    held[:1] = opening
    held[1:] = row
    draws = np.arange(width)
    whole = back.astype(np.intp)
    if len(lag) > 1 or not np.array_equal(whole, back):
        numbers = np.arange(1.0, years + 1)[:, None]
        position = np.maximum(0.0, np.trunc(numbers - back)).astype(np.intp) * width + draws
        np.take(held.ravel(), position, out=out, mode="clip")
        return
    flat, position, place = held.ravel(), (draws - whole * width)[0], np.empty(width, dtype=np.intp)
    for year in range(years):  # a row at a time: places of all years at once would leave the fast memory
        position += width
        np.maximum(position, draws, out=place)
        np.take(flat, place, out=out[year], mode="clip")


def begun(row: Floats, opening: Floats, lag: Floats, out: NDArray[Any]) -> None:
    """`years_ago` of a row that is the same every year: only whether it has begun differs.

    >>> out = np.empty((3, 2))
    >>> begun(np.array([[5.0, 6.0]]), np.zeros((1, 1)), np.array([[0.0, 2.0]]), out)
    >>> out.tolist()
    [[5.0, 0.0], [5.0, 0.0], [5.0, 6.0]]
    """
    years, width = out.shape
    first = np.clip(np.ceil(np.broadcast_to(lag, (1, width))[0]), 0, years).astype(np.uint16)
    order = np.argsort(first, kind="stable")  # of small whole numbers: by their digits, so quick
    ends = np.cumsum(np.bincount(first, minlength=years + 1))
    begin, whole = 0, np.broadcast_to(row, (1, width))[0]
    before: NDArray[Any] = opening
    for year in range(years):
        if ends[year] == width:
            out[year:] = row
            return
        out[year : year + 1] = before
        if ends[year] > begin:
            those = order[begin : ends[year]]
            out[year, those] = whole[those]
            begin = int(ends[year])
        before = out[year : year + 1]


def years_ago_of_begun(row: Floats, opening: Floats, lag: Floats, further: Floats, out: NDArray[Any]) -> None:
    """`years_ago` by `further` of what `begun` makes with `lag`, both rows having one opening value.

    Of whole years, the two lags add up.

    >>> out = np.empty((3, 1))
    >>> years_ago_of_begun(np.array([[5.0]]), np.zeros((1, 1)), np.array([[1.0]]), np.array([[1.0]]), out)
    >>> out.ravel().tolist()
    [0.0, 0.0, 5.0]
    """
    if len(further) == 1 and _whole(lag) and _whole(further):
        begun(row, opening, lag + further, out)
        return
    made = np.empty_like(out)
    begun(row, opening, lag, made)
    years_ago(made, opening, further, out)


def _whole(lag: Floats) -> bool:
    """Whether every lag is a whole number of years, and none is before now."""
    return bool((lag >= 0).all() and (lag == np.trunc(lag)).all())
