"""Rates of return of many draws: `sroi.projection.irr.irr` against a loop over draws, and one pass of present values.

- **Peer**: one draw after another, in plain Python: the sign of net present value at both ends of the range, then
  bisection to the engine's precision. It counts no roots, which the engine does; it is given flows that have one.
- **Peer where scipy is installed** (it is no dependency of this version): `scipy.optimize.brentq` in the same loop.
- **Floor**: net present value of every draw at one rate, once, in NumPy: no solver can do less.

    python -m benchmarks.irr [--draws 10000] [--years 30] [--repeats 5]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from benchmarks.measuring import Measured, Report, measure, say
from sroi.projection.irr import HIGHEST_RATE, LOWEST_RATE, PRECISION, Rates, Reason, irr

Floats = NDArray[np.float64]
FLOOR_RATE = 0.05
INVESTED_YEARS = 3


def investments(draws: int, years: int, seed: int = 1) -> Floats:
    """Flows `(date, draw)`: three years of spending, then returns, so that each draw has one rate."""
    rng = np.random.default_rng(seed)
    spent = -rng.uniform(50, 150, (INVESTED_YEARS, draws))
    return np.vstack([spent, rng.uniform(0, 60, (years + 1 - INVESTED_YEARS, draws))])


def net_present_value(flows: Sequence[float], rate: float) -> float:
    """One draw at one rate, by Horner's rule from the last flow back."""
    worth, factor = 0.0, 1.0 / (1.0 + rate)
    for flow in reversed(flows):
        worth = worth * factor + flow
    return worth


def by_bisection(flows: Sequence[float]) -> float:
    """The rate of one draw that has one, between the ends of the engine's range."""
    low, high = LOWEST_RATE, HIGHEST_RATE
    rising = net_present_value(flows, low) < 0
    while high - low > PRECISION * (1.0 + low):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if (net_present_value(flows, middle) < 0) is rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def brentq() -> Callable[[Sequence[float]], float] | None:
    """Brent's method for one draw, or nothing where scipy is not installed."""
    if find_spec("scipy") is None:
        return None
    find = import_module("scipy.optimize").brentq
    return lambda flows: float(find(lambda r: net_present_value(flows, r), LOWEST_RATE, HIGHEST_RATE, xtol=PRECISION))


def looped(flows: Floats, one: Callable[[Sequence[float]], float]) -> Floats:
    """A rate per draw, one draw after another."""
    return np.array([one(draw) for draw in flows.T.tolist()])


def run(draws: int = 10_000, years: int = 30, repeats: int = 5) -> Report:
    """Measures all of them on the same flows. Raises `ValueError` if a draw has no rate: then nothing is compared."""
    flows = investments(draws, years)
    powers = (1.0 + FLOOR_RATE) ** -np.arange(years + 1.0)[:, None]

    def engine() -> Rates:
        return irr(flows, step_years=1.0)

    row, found = measure("sroi.projection.irr.irr", "engine", engine, repeats)
    if (found.reason != Reason.FOUND).any():
        raise ValueError("A draw of the benchmark has no rate: the loop would look for one in vain.")
    rows: list[Measured] = [row]
    row, rates = measure("a loop of bisections in Python", "peer", lambda: looped(flows, by_bisection), repeats)
    rows.append(row)
    apart = float(np.abs(rates - found.rate).max())
    brent = brentq()
    if brent is not None:
        row, rates = measure("a loop of scipy.optimize.brentq", "peer", lambda: looped(flows, brent), repeats)
        rows.append(row)
        apart = max(apart, float(np.abs(rates - found.rate).max()))
    row, _ = measure("one pass of present values", "floor", lambda: (flows * powers).sum(axis=0), repeats)
    rows.append(row)
    return Report(f"Internal rates of return, {draws:,} draws of {years} years", tuple(rows), apart)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.irr", description="Rates of return of many draws.")
    for name, default in (("draws", 10_000), ("years", 30), ("repeats", 5)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args(arguments)
    say([run(asked.draws, asked.years, asked.repeats)])


if __name__ == "__main__":
    main()
