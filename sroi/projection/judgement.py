"""What asks for judgement and can be told from numbers: lines, so that a workbook recalculates them (method § 6).

Each is what was found and the most that raises no warning. Their sentences are in `sroi.projection.warnings`.
"""

from __future__ import annotations

from collections.abc import Iterator

from sroi.projection.basis import share_line
from sroi.projection.declaring import DOMINANT, POUNDS, TOLERANCE, YEARS, Declaring
from sroi.sheet import (
    ONE,
    PURE,
    ZERO,
    Expression,
    Line,
    Unit,
    absolute,
    all_of,
    choose,
    first,
    is_text,
    largest,
    sum_over_years,
)

Asked = tuple[str, Unit, Expression, Expression]
"""A check's id, the unit, what was found, and the most that raises no warning."""


def declare(to: Declaring) -> Iterator[Asked]:
    """Every warning that is a line and has something to test in this case."""
    if to.case.outcomes:
        yield "dominance", PURE, _dominance(to), to.constant(DOMINANT)
    yield "one-day", POUNDS, _one_day(to), ZERO
    if any(to.case.basis(outcome).status == "observed" for outcome in to.case.outcomes):
        yield "observed-change", PURE, _observed(to), ZERO
    if any(to.case.basis(outcome).status == "attributed" for outcome in to.case.outcomes):
        yield "comparison-group", PURE, _compared(to), ZERO
    if any(outcome.followed_up is not None for outcome in to.case.outcomes):
        yield "followed-up", PURE, _followed(to), ZERO


def _dominance(to: Declaring) -> Expression:
    """The largest share that one outcome's value, by size, has of all that is gained.

    A gain that is the only one decides by nature, and is left aside.
    """
    gains = to["public_value.gains"]
    most: Expression = ZERO
    for outcome in to.case.outcomes:
        said, name = to.said(outcome), f"checks.decides.{outcome.id}"
        worth = absolute(sum_over_years(to[f"{outcome.id}.total_present_value"]))
        size = to.model.line(f"{name}.size", f"{said}: value, discounted, by size", POUNDS, worth, style="money")
        others = to.model.line(f"{name}.others", f"{said}: what all others gain", POUNDS,
                               gains - to[f"{outcome.id}.gain"], style="money")  # fmt: skip
        share = to.model.line(
            f"{name}.share", f"{said}: its size as a share of the benefits", PURE,
            choose(to.constant(TOLERANCE) * gains < others, size / gains, ZERO), style="share",
        )  # fmt: skip
        label = f"{said}: the largest share so far"
        most = to.model.line(name, label, PURE, largest(most, share), style="share")
    return most


def _one_day(to: Declaring) -> Expression:
    """The first year's benefits, where they fall on the day of its costs."""
    same = is_text(to["settings.cost_timing"], to["settings.benefit_timing"])
    return choose(same, first(to["public_value.benefits"]), ZERO)


def _observed(to: Declaring) -> Expression:
    """The share of the benefits, by size, whose change was observed (method § 4, evidence); 0 where none count."""
    part, whole = (to[share_line("benefits", name)] for name in ("observed_size", "size"))
    return choose(to["public_value.nil"] < whole, part / whole, ZERO)


def _compared(to: Declaring) -> Line:
    """Outcomes that count, come from a comparison group, and have deadweight or regression taken off as well."""
    faults = []
    for outcome in to.case.outcomes:
        if to.case.basis(outcome).status != "attributed":
            continue
        beside = absolute(to[outcome.at("deadweight")]) + absolute(to[outcome.at("regression_to_mean")])
        both = choose(all_of(ZERO < to[outcome.at("counts")], ZERO < beside), ONE, ZERO)
        label = f"{to.said(outcome)}: adjusted beside its comparison group"
        faults.append(to.model.line(f"checks.compared.{outcome.id}", label, PURE, both, style="flag"))
    label = "Outcomes adjusted beside a comparison group"
    return to.model.sum("checks.compared", label, PURE, faults, style="whole", method="§ 4")


def _followed(to: Declaring) -> Line:
    """Outcomes that count and are taken to last longer than they were followed up."""
    faults = []
    for outcome in to.case.outcomes:
        if outcome.followed_up is None:
            continue
        said, lasts = to.said(outcome), to[outcome.at("duration")]
        known = to.number(outcome, "followed_up", f"{said}: years followed up", YEARS, blank=lasts)
        longer = choose(all_of(ZERO < to[outcome.at("counts")], known < lasts), ONE, ZERO)
        label = f"{said}: lasts longer than it was followed up"
        faults.append(to.model.line(f"checks.followed.{outcome.id}", label, PURE, longer, style="flag"))
    label = "Outcomes that last longer than they were followed up"
    return to.model.sum("checks.followed", label, PURE, faults, style="whole", method="§ 4")
