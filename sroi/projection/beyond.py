"""Value beyond the horizon: what people already started would still bring after the case ends (method § 4).

The same lines, evaluated over a longer model in which nobody new starts: the same factors and growth, a profile's last
year carrying on. Of the costs only person-years of service go on, where they run to the end of the case. Reported
beside the result, in no total.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sroi.model import Case
from sroi.model.price_index import PriceIndex, nominal
from sroi.model.rules.prices import bands, chosen
from sroi.projection.views import VIEWS
from sroi.sheet import Evaluation

LONGEST = 400
"""The most years beyond the horizon that are followed."""
NO_INDEX = "there is no price index for nominal sums after the horizon"
NO_RATE = 'the discount schedule "{}" ends before the last person\'s effect does'
TOO_LONG = f"effects last more than {LONGEST} years beyond the horizon"


@dataclass(frozen=True)
class Beyond:
    """Present values after the horizon, £ in the base year's prices; none of both where they cannot be computed."""

    benefits: float | None
    costs: float | None
    reason: str = ""


def years_beyond(case: Case) -> int:
    """Years after the horizon until the last person served, or outcome in force, has gone."""
    stays = [math.ceil(group.stay_years) for group in case.groups]
    effects = [outcome.lag + outcome.duration for outcome in case.outcomes]
    return max([1, *stays, *effects])


def why_not(case: Case, years: int) -> str:
    """Why nothing can be said of the years beyond; empty where it can."""
    if years > LONGEST:
        return TOO_LONG
    whole = case.settings.years + years
    if nominal(case.tables) and PriceIndex.of(case.tables).missing(case.settings, whole):
        return NO_INDEX
    for name in chosen(case.settings).values():
        last = bands(name, case.schedules)[-1].to_year
        if last is not None and last < whole:
            return NO_RATE.format(name)
    return ""


def read(case: Case, evaluation: Evaluation) -> Mapping[str, Beyond]:
    """The values of each view, read off the longer evaluation."""
    years = case.settings.years

    def after(line: str) -> float:
        return float(evaluation.row(line)[years:].sum())

    return {view: Beyond(after(f"{view}.discounted_benefits"), after(f"{view}.discounted_costs")) for view in VIEWS}


def none(reason: str) -> Mapping[str, Beyond]:
    """No value for any view, and why."""
    return dict.fromkeys(VIEWS, Beyond(None, None, reason))
