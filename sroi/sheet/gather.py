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
    back = np.broadcast_to(lag, (len(lag), width))
    if len(row) == 1 and len(lag) == 1:  # the same every year: only whether it has begun differs
        for year in range(years):
            np.copyto(out[year : year + 1], opening)
            np.copyto(out[year : year + 1], row, where=year + 1 - back >= 1)
        return
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
