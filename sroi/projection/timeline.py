"""Time, prices and discounting as lines (method § 1)."""

from __future__ import annotations

from sroi.model.settings import CURRENT_HEALTH, CURRENT_STANDARD
from sroi.projection import price_index
from sroi.projection.declaring import (
    CONSTANTS,
    HALF,
    HUNDRED,
    METHODS,
    POUNDS,
    TIMINGS,
    YEARS,
    Declaring,
)
from sroi.sheet import (
    ONE,
    PURE,
    YEAR_NUMBER,
    ZERO,
    Cell,
    Condition,
    Expression,
    Line,
    absolute,
    choose,
    last,
    lookup,
    number_or_zero,
    one,
    power,
    previous,
    sum_where,
)

SHEET = "Timeline"


def declare(to: Declaring) -> None:
    """Declares the constants, the calendar, the price base, and the discount factors (method § 1).

    `timeline.calendar`               years: the calendar year in which each financial year begins
    `timeline.elapsed`                years from the start, 0 in the first
    `timeline.base_index`             one number: the index of the price base
    `timeline.standard_factor`        by year: `factor[t-1] / (1 + rate(t))`, 1 in the first; so for health
    `timeline.cost_shift`             years, one number: 0, a half or 1, by the timing of costs; so of benefits
    `timeline.cost_factor`            by year: `factor[t] / (1 + rate(t+1))^shift`; so of benefits
    `timeline.health_benefit_factor`  the same of health effects, on their own schedule, at the timing of benefits
    """
    to.model.sheet(SHEET)
    _constants(to)
    price_index.declare(to)
    to.model.sheet(SHEET)
    _calendar(to)
    price_index.by_year(to)
    _timings(to)
    _factors(to)


def _constants(to: Declaring) -> None:
    to.model.heading("Constants")
    for ref, (label, value) in CONSTANTS.items():
        unit = YEARS if ref == HALF else PURE
        to.model.line(ref, label, unit, Cell(ref, value, unit), style="factor", method=METHODS.get(ref, "§ 1"))


def _calendar(to: Declaring) -> None:
    model, settings = to.model, to.case.settings
    model.heading("Calendar and prices")
    first = to.number(settings, "first_year", "First financial year", YEARS, style="year")
    elapsed = model.line(
        "timeline.elapsed",
        "Years from the start",
        YEARS,
        YEAR_NUMBER - one(YEARS),
        style="whole",
        method="§ 1",
    )
    calendar = model.line(
        "timeline.calendar",
        "Financial year, by the calendar year it begins in",
        YEARS,
        first + elapsed,
        style="year",
        method="§ 1",
        unit_said="year",
    )
    years = last(elapsed) + one(YEARS)
    if to.beyond:  # the model is longer than the case
        years = Cell("settings.years", float(settings.years), YEARS)
    horizon = model.line("timeline.horizon", "Years in the case", YEARS, years, style="whole", method="§ 1")
    final = last(calendar) if not to.beyond else first + horizon - one(YEARS)
    model.line("timeline.last_calendar", "Last financial year", YEARS, final, style="year", method="§ 1",
               unit_said="year")  # fmt: skip
    base = to.text(settings, "price_base", "Price base: all results are in this year's prices")
    model.line(
        "timeline.base_index",
        "Price index of the base year",
        POUNDS,
        sum_where(to.indices, "index", Condition("year", "=", base), unit=POUNDS),
        style="factor",
        method="§ 1",
        unit_said="index",
    )


def _timings(to: Declaring) -> None:
    to.model.heading("When in the year flows fall")
    for what in ("cost", "benefit"):
        timing = to.text(to.case.settings, f"{what}_timing", f"{what.capitalize()}s fall at", blank="start")
        shift = to.model.line(
            f"timeline.{what}_shift",
            f"{what.capitalize()}s: part of the year gone when they fall",
            YEARS,
            lookup(TIMINGS, "shift", "timing", timing),
            style="factor",
            method="§ 1",
        )
        for point, condition in (
            ("middle", shift.equals(to.constant(HALF))),
            ("end", shift.equals(one(YEARS))),
        ):
            to.model.line(
                f"timeline.{what}_{point}",
                f"{what.capitalize()}s are said to fall at the {point} of the year",
                PURE,
                choose(condition, ONE, ZERO),
                style="flag",
                method="§ 1",
            )
    _dates(to)


def _dates(to: Declaring) -> None:
    """The dates that payback follows: half-years where just one kind of flow falls in mid-year, else years.

    Where both fall in mid-year every date moves by the same half-year, so they are dated as if at the start.
    """
    model = to.model
    half_years = model.line(
        "timeline.half_years",
        "Just one kind of flow falls in mid-year, so dates are half-years apart",
        PURE,
        absolute(to["timeline.cost_middle"] - to["timeline.benefit_middle"]),
        style="flag",
        method="§ 6",
    )
    model.line(
        "timeline.step",
        "Years from one date of flows to the next",
        YEARS,
        choose(ZERO < half_years, to.constant(HALF), one(YEARS)),
        style="factor",
        method="§ 6",
    )
    for what in ("cost", "benefit"):
        said = what.capitalize()
        middle = model.line(
            f"timeline.{what}_at_middle",
            f"{said}s are dated at mid-year",
            PURE,
            to[f"timeline.{what}_middle"] * half_years,
            style="flag",
            method="§ 6",
        )
        model.line(
            f"timeline.{what}_at_start", f"{said}s are dated at the start of the year", PURE,
            ONE - middle - to[f"timeline.{what}_end"], style="flag", method="§ 6",
        )  # fmt: skip


def _factors(to: Declaring) -> None:
    standard = _schedule(to, "discount", "timeline.standard", "standard", CURRENT_STANDARD)
    for what in ("cost", "benefit"):
        dated_factor(
            to,
            f"timeline.{what}_factor",
            f"Discount factor of {what}s",
            standard,
            to[f"timeline.{what}_shift"],
        )
    health = _schedule(to, "health_discount", "timeline.health", "health effects", CURRENT_HEALTH)
    dated_factor(
        to, "timeline.health_benefit_factor", "Discount factor of health effects", health, to["timeline.benefit_shift"]
    )


def _schedule(to: Declaring, setting: str, prefix: str, said: str, default: str) -> tuple[Line, Line]:
    """The factor at the start of each year, and the rate of the year after it (method § 1)."""
    model, settings = to.model, to.case.settings
    model.heading(f"Discounting: {said}")
    named = to.text(settings, setting, f"Discount schedule or flat rate: {said}", blank=default)
    value = getattr(settings, setting)
    flat = model.line(
        f"{prefix}_flat_rate",
        f"Flat rate, if one is stated: {said}",
        PURE,
        number_or_zero(Cell(f"settings.{setting}", value, PURE)),
        style="share",
        method="§ 1",
    )
    return scheduled(to, prefix, said, named, flat)


def scheduled(to: Declaring, prefix: str, said: str, named: Line, flat: Line | None = None) -> tuple[Line, Line]:
    """The factor at the start of each year by a schedule, and the rate of the year after it; `flat` adds to its rates,
    for a schedule that is no name but a flat rate (method § 1)."""
    model = to.model
    elapsed = to["timeline.elapsed"]
    rates = []
    for name, label, when in (
        ("rate", "Discount rate of the year", elapsed),
        ("next_rate", "Discount rate of the year after", elapsed + one(YEARS)),
    ):
        banded = model.line(
            f"{prefix}_schedule_{name}",
            f"{label}, by the schedule: {said}",
            PURE,
            _banded(to, named, when),
            style="factor",
            method="§ 1",
            unit_said="per cent",
        )
        rates.append(
            model.line(
                f"{prefix}_{name}",
                f"{label}: {said}",
                PURE,
                banded / to.constant(HUNDRED) if flat is None else flat + banded / to.constant(HUNDRED),
                style="share",
                method="§ 1",
            )
        )
    rate, next_rate = rates
    factor = model.line(
        f"{prefix}_factor",
        f"Discount factor at the start of the year: {said}",
        PURE,
        choose(ZERO < elapsed, previous(unit=PURE) / (ONE + rate), ONE),
        style="factor",
        method="§ 1",
        opening=ONE,
    )
    return factor, next_rate


def _banded(to: Declaring, named: Line, when: Expression) -> Expression:
    return sum_where(
        to.schedules,
        "rate_percent",
        Condition("schedule", "=", named),
        Condition("from_year", "<=", when),
        Condition("to_year", ">=", when, or_blank=True),
    )


def dated_factor(to: Declaring, name: str, label: str, schedule: tuple[Line, Line], shift: Line) -> Line:
    """`factor[t] / (1 + rate(t+1)) ^ shift`: start 0, middle a half, end 1 (method § 1)."""
    factor, next_rate = schedule
    return to.model.line(name, label, PURE, factor / power(ONE + next_rate, shift), style="factor", method="§ 1")
