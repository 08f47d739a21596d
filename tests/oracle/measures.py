"""Section 6: measures of dated flows. A flow is dated ``t`` plus its timing's offset (0, a half or 1)."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

NIL = 1e-9  # § 6: flows below this share of the largest count as nil
LOWEST_RATE = -0.95
HIGHEST_RATE = 20.0
GRID = 1500


@dataclass(frozen=True)
class Flow:
    """Sums by long year, all dated ``t + offset`` and worth ``factors[t]`` at the start of year 0."""

    amounts: list[float]
    offset: float
    factors: list[float]


def total(flows: list[Flow], first: int, last: int) -> float:
    """Undiscounted sum of years ``first`` to ``last - 1``."""
    return sum((flow.amounts[t] for flow in flows for t in range(first, last)), 0.0)


def present_value(flows: list[Flow], first: int, last: int) -> float:
    """§ 1: present value of years ``first`` to ``last - 1``."""
    return sum((flow.amounts[t] * flow.factors[t] for flow in flows for t in range(first, last)), 0.0)


def by_date(flows: list[Flow], dates: list[float], years: int, discounted: bool) -> list[float]:
    """The flows of the horizon added up at each of ``dates``."""
    sums = []
    for date in dates:
        here = 0.0
        for flow in flows:
            for t in range(years):
                if t + flow.offset == date:
                    here += flow.amounts[t] * (flow.factors[t] if discounted else 1.0)
        sums.append(here)
    return sums


def dates_of(cost_offset: float, benefit_offset: float, years: int) -> list[float]:
    """§ 6: the dates of the horizon's costs and benefits, in order, whether or not money falls there.

    CHOICE: "in half-year steps if one is middle": with one of the two in the middle the dates are half a year
    apart; with both, they are whole years apart, as when both are at the start.
    """
    dates = set()
    for t in range(years):
        dates.add(t + cost_offset)
        dates.add(t + benefit_offset)
    return sorted(dates)


def nil_of(flows: list[Flow], years: int) -> float:
    """§ 6: what counts as nil in a view: 1e-9 of its rows' largest years, added up, whether or not the rows cancel."""
    return NIL * sum((max(abs(amount) for amount in flow.amounts[:years]) for flow in flows), 0.0)


def payback(dates: list[float], costs: list[float], nets: list[float], nil: float) -> float | None:
    """§ 6: years from the first cost's date to the first point after which cumulative net value stays ≥ 0.

    CHOICE: the first cost's date is the first date whose costs add to more than nil.
    CHOICE: with no cost at all the measure is 0 if never out of pocket, and otherwise null.
    """
    cumulative: list[float] = []
    running = 0.0
    for value in nets:
        running += value
        cumulative.append(running)
    below = [place for place, value in enumerate(cumulative) if value < -nil]
    if not below:
        return 0.0  # never out of pocket
    last = below[-1]
    if last == len(dates) - 1:
        return None  # not within the horizon
    slope = (cumulative[last + 1] - cumulative[last]) / (dates[last + 1] - dates[last])
    back = dates[last] - cumulative[last] / slope
    paid = [date for date, value in zip(dates, costs, strict=True) if value > nil]
    return back - paid[0] if paid else None


def without_dust(nets: list[float], nil: float) -> list[float]:
    """§ 6: flows at or below 1e-9 of the largest, or what is nil in the view, count as nil."""
    largest = max(abs(value) for value in nets)
    return [0.0 if abs(value) <= max(NIL * largest, nil) else value for value in nets]


def irr(dates: list[float], nets: list[float], nil: float = 0.0) -> float | None:
    """§ 6: the one rate between −95 % and 2,000 % at which the dated net flows are worth nothing; else None.

    The sign of net present value is read on a fine grid of rates, evenly spaced in the logarithm of
    ``1 + rate``; one change of sign is one root, found by bisection.
    """
    flows = [(date, value) for date, value in zip(dates, without_dust(nets, nil), strict=True) if value != 0]
    if not any(value > 0 for _, value in flows) or not any(value < 0 for _, value in flows):
        return None  # the sign never changes
    first = flows[0][0]
    coefficients = [0.0] * (int(2 * (flows[-1][0] - first)) + 1)  # by half-year from the first flow
    for date, value in flows:
        coefficients[int(2 * (date - first))] = value

    def worth(rate: float) -> float:
        half_year = (1 + rate) ** -0.5
        value = 0.0
        for coefficient in reversed(coefficients):
            value = value * half_year + coefficient
        return value

    lowest, highest = math.log(1 + LOWEST_RATE), math.log(1 + HIGHEST_RATE)
    brackets: list[tuple[float, float]] = []
    before: tuple[float, float] | None = None
    for step in range(GRID + 1):
        rate = math.exp(lowest + (highest - lowest) * step / GRID) - 1
        value = worth(rate)
        if value == 0:
            continue  # exactly a root: the sign before and after tells of it
        if before is not None and (before[1] < 0) != (value < 0):
            brackets.append((before[0], rate))
        before = (rate, value)
    if len(brackets) != 1:
        return None  # none in range, or more than one
    return bisect(worth, *brackets[0])


def bisect(worth: Callable[[float], float], low: float, high: float) -> float:
    """The root between two rates of opposite sign."""
    low_is_negative = worth(low) < 0
    for _ in range(200):
        middle = (low + high) / 2
        if (worth(middle) < 0) == low_is_negative:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def mirr(dates: list[float], nets: list[float], factors: list[float], nil: float = 0.0) -> float | None:
    """§ 6: ``[Σ⁺ net·factor / factor[last] ÷ Σ⁻ |net|·factor]^(1/(last − first date)) − 1``.

    The factors are those of the standard schedule at each date.

    CHOICE: first and last are those of all the horizon's dates, whether or not money falls there.
    CHOICE: null where nothing is paid, nothing comes back, or there is a single date.
    """
    gains = losses = 0.0
    for value, factor in zip(without_dust(nets, nil), factors, strict=True):
        if value > 0:
            gains += value * factor
        else:
            losses += -value * factor
    if gains == 0 or losses == 0 or dates[-1] == dates[0]:
        return None
    return float((gains / factors[-1] / losses) ** (1 / (dates[-1] - dates[0])) - 1)
