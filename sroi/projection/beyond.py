"""Value beyond the horizon: what people already started would still bring after the case ends (method § 4).

The same lines, evaluated over a longer model in which nobody new starts: the same factors and growth, a profile's last
year carrying on. Of the costs only person-years of service go on, where they run to the end of the case. Reported
beside the result, in no total.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sroi.model import Case
from sroi.model.parsing import NOMINAL
from sroi.model.resolve import LONGEST_BEYOND
from sroi.model.schedules import bands
from sroi.model.settings import chosen
from sroi.projection.declaring import Declaring
from sroi.projection.values import flows
from sroi.projection.views import VIEWS
from sroi.sheet import Evaluation, evaluate

NO_INDEX = "there is no price index for nominal sums after the horizon"
NO_RATE = 'the discount schedule "{}" ends before the last person\'s effect does'
TOO_LONG = f"effects last more than {LONGEST_BEYOND} years beyond the horizon"


@dataclass(frozen=True)
class Beyond:
    """Present values after the horizon, £ in the base year's prices; none of both where they cannot be computed."""

    benefits: float | None
    costs: float | None
    reason: str = ""


def why_not(case: Case, years: int) -> str:
    """Why nothing can be computed of so many years beyond; empty where it can."""
    if years > LONGEST_BEYOND:
        return TOO_LONG
    for name in chosen(case.settings).values():
        last = bands(name, case.schedules)[-1].to_year
        if last is not None and last < case.settings.years + years:
            return NO_RATE.format(name)
    return ""


def read(to: Declaring) -> Mapping[str, Beyond]:
    """The values of each view, read off the longer model."""
    wanted = [f"{view}.discounted_{what}" for view in VIEWS for what in ("benefits", "costs")]
    nominal = _nominal(to)
    evaluation = evaluate(to.model, keep=[*wanted, *nominal, *(["timeline.year_index"] if nominal else [])])
    years = to.case.settings.years
    if _unpriced(to, evaluation):
        return same(Beyond(None, None, NO_INDEX))

    def after(line: str) -> float:
        return float(evaluation.row(line)[years:].sum())

    return {view: Beyond(after(f"{view}.discounted_benefits"), after(f"{view}.discounted_costs")) for view in VIEWS}


def _unpriced(to: Declaring, evaluation: Evaluation) -> bool:
    """Whether a nominal sum falls in a year without a price index."""
    rows = _nominal(to)
    if not rows:
        return False
    missing = evaluation.row("timeline.year_index") == 0
    return any(bool((evaluation.row(row)[missing] != 0).any()) for row in rows)


def _nominal(to: Declaring) -> list[str]:
    """The rows of how much is paid, or freed, at sums stated in the money of their year."""
    rows = [f"{cost.id}.volume" for cost in to.case.costs if cost.price_year == NOMINAL and not cost.old_service]
    return rows + [f"{flow.id}.freed" for flow in flows(to) if flow.price_year == NOMINAL and not flow.mirrors]


def same(found: Beyond) -> Mapping[str, Beyond]:
    """The same for every view."""
    return dict.fromkeys(VIEWS, found)
