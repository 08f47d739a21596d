"""Cohorts: people who come in year by year, and leave one by one until their time is over (method §§ 2, 4).

`in_force[t] = entering[t] + kept × in_force[t-1] - kept^duration × entering[t-duration]` says that a cohort which
enters in year `s` counts `kept^a` at age `a = t-s`, for `0 ≤ a < duration`. Such rows are: people in a whole year of
their stay, people in whom an effect is in force, and people reached when nothing drops off.
"""

from __future__ import annotations

from sroi.projection.declaring import PEOPLE, TOLERANCE, Declaring
from sroi.sheet import ZERO, Expression, Line, at, choose, highest, power, previous


def leaving(entering: Line, kept: Line, duration: Line) -> Expression:
    """Those of a cohort whose time is over: `kept^duration × entering[t-duration]`, people by year."""
    return power(kept, duration) * at(entering, duration)


def in_force(entering: Line, kept: Line, left: Expression) -> Expression:
    """`entering[t] + kept × in_force[t-1] - left[t]`, people by year: the formula of the line that it makes.

    `kept` is the share of people kept from one year to the next, and `left` those of `leaving`.
    """
    return entering + kept * previous(unit=PEOPLE) - left


def without_dust(to: Declaring, people: Line) -> Expression:
    """A row of people, nil where it is below the tolerance (method § 4).

    A recursion leaves some 1e-13 of a person after a cohort ends. Priced, that would be a cost, or a harm, where there
    is none: a ratio, and a date of payback, would rest on it.
    """
    return choose(people <= to.constant(TOLERANCE) * highest(people), ZERO, people)
