"""Checks that live inputs are ones the engine would accept: what a pasted or mistyped cell breaks in a workbook.

The reader refuses these before anything is computed; in a results workbook somebody may type them, and Excel then
computes on. Each check counts faults, so it expects none.
"""

from __future__ import annotations

from collections.abc import Iterator

from sroi.model import MODELS, columns
from sroi.model.base import attributes
from sroi.model.currency import STERLING
from sroi.model.types import Kind
from sroi.projection import counted_once, required
from sroi.projection.declaring import TENTH, YEARS, Declaring
from sroi.projection.grades import own_grade
from sroi.sheet import (
    ONE,
    PURE,
    TEXT,
    ZERO,
    Cell,
    Condition,
    Expression,
    Line,
    Table,
    absolute,
    all_of,
    choose,
    count_outside,
    count_where,
    highest,
    is_number,
    is_text,
    one,
    sum_over_years,
)

SHARES: Kind = "share"


def declare(to: Declaring) -> Iterator[tuple[str, Expression]]:
    """Each check's id and the number of faults found, of which none is expected, where there is something to test.

    The lines that count are flags and whole numbers without a unit, one for each cell, row or column that can be at
    fault, such as `checks.years.groups.residents`, and their sums, such as `checks.years`.
    """
    yield "rates-held", _rates(to)
    if to.case.settings.later_inflation is not None:
        yield "inflation-held", _inflation(to)
    yield "years-within", _years(to)
    if to.case.grades:
        yield "grades-held", _grades(to)
    if to.case.settings.currency != STERLING:
        yield "prices-of-base", _prices(to)
    yield "shares-are-shares", _shares(to)
    yield "cells-filled", _count(to, "checks.filled", "Cells that should hold a number and hold none",
                                 required.declare(to))  # fmt: skip
    yield from counted_once.declare(to)


def _count(to: Declaring, name: str, label: str, lines: list[Line]) -> Expression:
    return to.model.sum(name, label, PURE, lines, style="whole", method="§ 6")


def _rates(to: Declaring) -> Expression:
    faults = []
    elapsed = to["timeline.elapsed"]
    for setting, prefix, said in (
        ("discount", "timeline.standard", "standard"),
        ("health_discount", "timeline.health", "health effects"),
    ):
        named = to[f"settings.{setting}"]
        cell = Cell(f"settings.{setting}", getattr(to.case.settings, setting), TEXT)
        flat = to.model.line(
            f"checks.flat.{setting}",
            f"A flat rate is stated: {said}",
            PURE,
            choose(is_number(cell), ONE, ZERO),
            style="flag",
        )
        over = to.model.line(
            f"checks.flat.{setting}.over",
            f"The flat rate is over 100%: {said}",
            PURE,
            choose(ONE < to[f"{prefix}_flat_rate"], ONE, ZERO),
            style="flag",
        )
        faults.append(over)
        for when, name, which in ((elapsed, "now", "the year"), (elapsed + one(YEARS), "next", "the year after")):
            bands = count_where(
                to.schedules,
                Condition("schedule", "=", named),
                Condition("from_year", "<=", when),
                Condition("to_year", ">=", when, or_blank=True),
            )
            row = to.model.line(
                f"checks.rates.{setting}.{name}",
                f"Rates for {which}, beside one: {said}",
                PURE,
                absolute(bands + flat - ONE),
                style="whole",
                total=True,
            )
            label = f"Rates for {which}, years at fault: {said}"
            faults.append(to.model.line(f"{row.name}-faults", label, PURE, sum_over_years(row), style="whole"))
    return _count(to, "checks.rates", "Years with no rate, or several", faults)


def _inflation(to: Declaring) -> Expression:
    cell = Cell("settings.later_inflation", to.case.settings.later_inflation, PURE)
    rate = to["settings.later_inflation"]
    fits = all_of(is_number(cell), -to.constant(TENTH) <= rate, rate <= ONE)
    label = "Later inflation is no rate"
    return to.model.line("checks.inflation", label, PURE, choose(fits, ZERO, ONE), style="flag", method="§ 1")


def _years(to: Declaring) -> Expression:
    first, last = to["settings.first_year"], to["timeline.last_calendar"]
    faults = []
    for row in (*to.case.groups, *to.case.costs):
        begins = to[row.at("from")]
        ends = to.model.lines.get(row.at("to"), begins)
        fits = all_of(first <= begins, begins <= ends, ends <= last)
        label = f"{to.said(row)}: its years are not within the case"
        faults.append(to.model.line(f"checks.years.{row.at()}", label, PURE, choose(fits, ZERO, ONE), style="flag"))
    return _count(to, "checks.years", "Spans not within the case", faults)


def _grades(to: Declaring) -> Expression:
    faults = []
    for row in (*to.case.costs, *to.case.outcomes):
        for at, name in ((row.at("grade"), row.at()), (own_grade(row), f"{row.at()}.own")):
            if at not in to.model.lines:
                continue
            grade = to[at]
            held = count_where(to.grades, Condition("grade", "=", grade))
            wrong = all_of(ZERO < grade, ZERO < absolute(held - ONE))
            label = f"{grade.label}, is not in the table once"
            faults.append(to.model.line(f"checks.grades.{name}", label, PURE, choose(wrong, ONE, ZERO), style="flag"))
    return _count(to, "checks.grades", "Grades not in the table once", faults)


def _prices(to: Declaring) -> Expression:
    """In a currency other than GBP the index held says nothing: no sum may be of another year than the base (§ 1)."""
    base = to["settings.price_base"]
    parts = (part for value in to.case.values for part in to.case.parts(value) if not part.mirrors)
    stated = {cost.at(): to[cost.at("price_year")] for cost in to.case.costs}
    stated |= {f"values.{part.id}": to[f"{part.id}.price_year"] for part in parts}
    faults = [
        to.model.line(f"checks.prices.{ref}", f"{line.label} is not the base", PURE,
                      choose(is_text(line, base), ZERO, ONE), style="flag")
        for ref, line in stated.items()
    ]  # fmt: skip
    return _count(to, "checks.prices", "Sums of another year than the base", faults)


def _shares(to: Declaring) -> Expression:
    faults = []
    for name in ("groups", "costs", "outcomes", "values"):
        rows = to.case.tables.rows(name)
        shares = [c for c in columns(MODELS[name]) if c.kind == SHARES and (c.low, c.high) in ((0, 1), (0, 0.99))]
        if not rows:
            continue
        held = {c.name: tuple(getattr(row, attributes(type(row))[c.name]) for row in rows) for c in shares if c.live}
        table = Table(name, held, dict.fromkeys(held, PURE))
        for column in held:
            label = f"{name.capitalize()}: cells of {column.replace('_', ' ')} that are no share"
            formula = count_outside(table, column)
            faults.append(to.model.line(f"checks.shares.{name}.{column}", label, PURE, formula, style="whole"))
    for outcome in to.case.outcomes:
        whole = ["deadweight", *(["effect"] if outcome.basis == "proportional" else [])]
        for name in whole:  # below nil they may be, above one never
            row = to[outcome.at(name)]
            most = highest(row) if row.yearly else row
            label = f"{to.said(outcome)}: {name} is over one"
            over = choose(ONE < most, ONE, ZERO)
            faults.append(to.model.line(f"checks.shares.{outcome.at(name)}", label, PURE, over, style="flag"))
    return _count(to, "checks.shares", "Cells that should be shares and are not", faults)
