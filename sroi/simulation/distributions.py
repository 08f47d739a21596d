"""Each range as a distribution within its field's bounds (method § 8; format.md, *ranges*).

The mean and standard deviation are of what is drawn: after what the field cannot hold has been cut off, and whole
numbers rounded.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from sroi.errors import CaseError, Problem
from sroi.model.case import Case
from sroi.model.parsing import plain
from sroi.model.ranges import NATURAL, Range
from sroi.model.rules import located
from sroi.model.rules.ranges import MIDDLE, field_bounds, target
from sroi.simulation.families import Array
from sroi.simulation.fitting import HELD, ImpossibleError, fitted
from sroi.simulation.inverse import Listed, Step, Within, blocks, quantile_of, within

LONGEST = 10_000
"""The most whole numbers that one range may hold."""
RARE = 1e-6
"""What is cut off is said where it is at least one draw in a million."""
SHIFTED = 0.01
"""What the ends drawn may be from those stated without a word, as a share of the width."""
FEW = 0.001
"""The part of each tail outside which a central value is not among what is drawn."""


@dataclass(frozen=True)
class Distribution:
    """How uncertain one number is.

    >>> from sroi.reading import read
    >>> case = read({
    ...     "about": {"id": "hub", "title": "A hub"},
    ...     "settings": {"first_year": 2026, "years": 5, "price_base": "2023/24"},
    ...     "sectors": [{"id": "council", "name": "Council", "ledger": "public"}],
    ...     "costs": [{"id": "hub", "name": "Hub", "payer": "council", "basis": "one_off", "amount": 100}],
    ...     "ranges": [{"ref": "costs.hub.amount", "low": 80, "high": 180}]})
    >>> found = distributions(case)["costs.hub.amount"]
    >>> round(found.mean, 9), round(found.sd**2, 9)  # (80 + 4 × 100 + 180) / 6; (110 - 80) (180 - 110) / 7
    (110.0, 300.0)
    >>> bool(80 < found.quantile(np.array([0.001]))[0] < 90)
    True
    """

    ref: str
    """The number: `outcomes.falls.effect`; of a profiled field, the multiplier of its profile."""
    shape: str
    central: float
    """What the field holds; 1 of a multiplier."""
    lower: float
    """The least the field may be; -inf where it has no least."""
    upper: float
    """The most the field may be; inf where it has no most."""
    whole: bool
    """Whether whole numbers are drawn: a lag, a duration, a release lag."""
    cut: float
    """The probability that lay beyond the field's bounds, and was cut off; the rest is drawn in proportion."""
    mean: float
    """The mean of what is drawn."""
    sd: float
    """The standard deviation of what is drawn."""
    drawn: Within | Listed = field(repr=False)
    """What is drawn: a family within bounds, or a list of values."""
    stated: tuple[float, float, str] | None = None
    """Low, high and of what they are the ends, where the range states the ends of an interval."""

    def quantile(self, u: Array) -> Array:
        """The value below which a share u of the draws lies, of every u strictly between 0 and 1.

        It never falls as u rises. How close it is to the exact inverse is told in `sroi.simulation.inverse`.
        """
        return blocks(u, self._step)

    @cached_property
    def _step(self) -> Step:
        return quantile_of(self.drawn)

    def __getstate__(self) -> dict[str, object]:
        """Without the step, which another process makes for itself."""
        return {name: value for name, value in self.__dict__.items() if name != "_step"}

    @property
    def moved(self) -> str:
        """Where the ends drawn are more than a hundredth of the width from those stated, in a sentence; else empty. A
        whole number's are never told: it has no other ends than the next."""
        if self.stated is None or self.whole:
            return ""
        low, high, interval = self.stated
        tail = (1 - HELD[interval]) / 2
        ends = self.quantile(np.array([tail, 1 - tail]))
        if np.abs(ends - (low, high)).max() <= SHIFTED * (high - low):
            return ""
        return (
            f"{self.ref}: {interval} of its draws lie between {ends[0]:.4g} and {ends[1]:.4g}, where the range states "
            f"{plain(low)} and {plain(high)}: no {self.shape} range about its central value {plain(self.central)} "
            "within the field's bounds has just these."
        )

    @property
    def said(self) -> str:
        """What was cut off, in a sentence; empty where nothing was, or less than one draw in a million."""
        if self.cut < RARE:
            return ""
        share = "less than 0.1%" if self.cut < 0.001 else f"{self.cut * 100:.1f}%"
        low, high = (None if math.isinf(end) else plain(end) for end in (self.lower, self.upper))
        where = f"below {low}" if high is None else f"above {high}" if low is None else f"outside {low} to {high}"
        return (
            f"{self.ref}: {share} of its {self.shape} range lay {where}, where it cannot be, and is not drawn; "
            f"the mean of the draws is {self.mean:.4g}, the central value {plain(self.central)}."
        )


def distributions(case: Case) -> Mapping[str, Distribution]:
    """Every range of a case, as it stands or as `Case.seen` made it, by ref in sorted order.

    Raises `CaseError` with every range that no distribution of its shape can have, each at its cell.
    """
    found, problems = {}, []
    for row in sorted(case.ranges, key=lambda row: row.ref):
        try:
            made = _made(row, _aim(case, row))
        except OverflowError:
            made = Problem(_at(row), "The range is too wide to compute with", "", "Make it narrower.")
        if isinstance(made, Problem):
            problems.append(made)
        else:
            found[row.ref] = made
    if problems:
        raise CaseError(located(problems, case.places))
    return found


def cuts(case: Case) -> tuple[str, ...]:
    """What was cut off at the bounds of fields, a sentence for each, in the order of refs."""
    return tuple(d.said for d in distributions(case).values() if d.said)


def range_faults(case: Case) -> tuple[Problem, ...]:
    """What `distributions` finds wrong with the case as it stands and in any option and scenario, each once."""
    found: dict[Problem, None] = {}
    for seen in every(case):
        try:
            distributions(seen)
        except CaseError as error:
            found.update(dict.fromkeys(error.problems))
    return tuple(found)


def every(case: Case) -> Iterator[Case]:
    """The case as it stands, and as every option and scenario, and pair of them, makes it."""
    for option in (None, *case.option_names):
        for scenario in (None, *case.scenario_names):
            yield case.seen(option, scenario)


@dataclass(frozen=True)
class _Aim:
    """What a range is of, with every bound a number."""

    central: float
    low: float
    high: float
    low_open: bool
    whole: bool


def _aim(case: Case, row: Range) -> _Aim:
    """What a range is of; a multiplier may not take any year of its profile beyond the field's bounds."""
    aim = target(case.tables, row)
    low, high = field_bounds(case.tables, row, aim.column)
    ends = -math.inf if low is None else low, math.inf if high is None else high
    if aim.profiled:
        years = [v for v in (case.profile(row.ref) or {}).values() if v != 0]
        each = [sorted(end / v for end in ends) for v in years] or [[-math.inf, math.inf]]
        ends = max(e[0] for e in each), min(e[1] for e in each)
    return _Aim(aim.central, *ends, aim.column.low_open, aim.column.kind == "whole")


def _made(row: Range, aim: _Aim) -> Distribution | Problem:
    """The distribution of one range, or why there is none."""
    if row.values is not None and row.weights is not None:
        return _discrete(row, aim, np.array(row.values), np.array(row.weights))
    try:
        family = fitted(row, aim.central, aim.whole)
    except ImpossibleError as error:
        return _no_interval(row, aim, error.ends)
    edge = 0.5 if aim.whole else 0.0
    part = within(family, aim.low - edge, aim.high + edge)
    if not part.left > RARE:
        rule = f"A {row.shape} range must be of numbers that the field can hold"
        return Problem(_at(row), rule, f"less than one draw in a million that {_may_be(aim)}")
    away = _far_off(row, aim, part)
    if away is not None:
        return away
    cut = max(0.0, part.below + part.above) if part.left < 1 else 0.0
    if aim.whole:
        return _rounded(row, aim, part, cut)
    if aim.low_open and part.low == aim.low:
        part = replace(part, low=aim.low + 1e-12 * (min(part.high, aim.central) - aim.low))
    mean, var = family.moments(part.low, part.high)
    return _distribution(row, aim, cut, mean, var, part)


def _distribution(row: Range, aim: _Aim, cut: float, mean: float, var: float, drawn: Within | Listed) -> Distribution:
    return Distribution(
        ref=row.ref,
        shape=row.shape,
        central=aim.central,
        lower=aim.low,
        upper=aim.high,
        whole=aim.whole,
        cut=cut,
        mean=float(mean),
        sd=math.sqrt(max(float(var), 0.0)),
        drawn=drawn,
        stated=None if row.interval == "limits" or None in (row.low, row.high) else _interval(row),
    )


def _interval(row: Range) -> tuple[float, float, str]:
    return row.low or 0.0, row.high or 0.0, row.interval


def _of_values(row: Range, aim: _Aim, cut: float, values: Array, chances: Array) -> Distribution:
    """A distribution of so many values, ascending, whose chances sum to 1."""
    mean = math.fsum(values * chances)
    var = math.fsum((values - mean) ** 2 * chances)
    return _distribution(row, aim, cut, mean, var, Listed(tuple(values.tolist()), tuple(chances.tolist())))


def _discrete(row: Range, aim: _Aim, stated: Array, weights: Array) -> Distribution | Problem:
    """Each value with its share of the weights; a value that stands twice has both."""
    values, place = np.unique(stated[weights > 0], return_inverse=True)
    chances = np.bincount(place, weights[weights > 0]) / weights.sum()
    held = (aim.low <= values) & (values <= aim.high)
    if not held.any() or not values[held][0] <= aim.central <= values[held][-1]:
        rule = f"The values must enclose the central value {plain(aim.central)}"
        ends = f"{plain(float(values[0]))} to {plain(float(values[-1]))}"
        return Problem(row.at("values"), rule, ends)
    cut = math.fsum(chances[~held])
    left = chances[held]
    return _of_values(row, aim, cut, values[held], left / left.sum())


def _rounded(row: Range, aim: _Aim, part: Within, cut: float) -> Distribution | Problem:
    """The whole numbers, each with the probability between the halves on either side of it."""
    tail = np.array([1e-15])
    first = math.floor(max(part.low, float(part.at(tail, 1 - tail)[0])) + 0.5)
    last = math.ceil(min(part.high, float(part.at(1 - tail, tail)[0])) - 0.5)
    last = max(first, last)
    if last - first >= LONGEST:
        rule = f"A range of whole numbers may hold {LONGEST:,} of them at most"
        return Problem(_at(row), rule, f"{first:,} to {last:,}", "Make it narrower.")
    values = np.arange(first, last + 1, dtype=float)
    edges = np.clip(np.append(values - 0.5, last + 0.5), part.low, part.high)
    below, above = part.family.below(edges), part.family.above(edges)
    chances = np.where(below[1:] <= 0.5, np.diff(below), -np.diff(above))
    return _of_values(row, aim, cut, values, chances / chances.sum())


def _at(row: Range) -> str:
    """Where a range says what it is: its low end, or the first of its natural parameters."""
    return row.at("low" if row.low is not None else NATURAL[row.shape][0])


def _may_be(aim: _Aim) -> str:
    """The field's bounds, in words."""
    if math.isinf(aim.high):
        return f"is {plain(aim.low)} or more"
    return f"lies between {plain(aim.low)} and {plain(aim.high)}"


def _no_interval(row: Range, aim: _Aim, ends: tuple[float, float] | None) -> Problem:
    """An interval that no distribution of the shape, with the central value for its mean, can have."""
    if row.low is None or row.high is None:
        raise ValueError("only an interval can be impossible")
    if row.shape == "beta" and aim.whole:
        return Problem(row.at("shape"), "A beta range is of shares, not of whole numbers", "beta", "Use pert.")
    rule = (
        f"No {row.shape} range with the mean {plain(aim.central)} has {plain(row.low)} and {plain(row.high)} "
        f"as the ends of its middle {row.interval}"
    )
    found = "" if ends is None else f"{ends[0]:.3g} and {ends[1]:.3g} as the nearest there is"
    return Problem(row.at("low"), rule, found, "Use pert, which may lean.")


def _far_off(row: Range, aim: _Aim, part: Within) -> Problem | None:
    """A central value that is not among what is drawn: further than 5% of the width beyond the middle 99.8%."""
    tails = np.array([FEW, 1 - FEW])
    low, high = part.at(tails, 1 - tails)
    beyond = max(low - aim.central, aim.central - high)
    if beyond <= MIDDLE * (high - low) + (0.5 if aim.whole else 0.0):
        return None
    rule = f"The central value {plain(aim.central)} must be among what the range draws"
    return Problem(_at(row), rule, f"998 draws of 1,000 between {low:.4g} and {high:.4g}")
