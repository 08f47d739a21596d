"""Numbers typed into a case, which is what a draw of them must come to; and the numbers that may be uncertain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np

from sroi.model import Case
from sroi.model.base import Column
from sroi.model.rules.ranges import uncertain
from sroi.model.tables import MODELS, SINGLE, split
from sroi.projection import Result, declare, project
from sroi.projection.views import VIEWS
from sroi.sheet import evaluate
from sroi.simulation import MEASURES, OUTCOME_MEASURES, SECTOR_MEASURES, followers, measured, with_followers

RESULT_NAMES = {"npv": "net"}
"""A sector's net present value is `net` in a result."""


def typed(case: Case, numbers: Mapping[str, float]) -> Case:
    """The case with those numbers in their fields; of a field with a profile, each of its years times the number."""
    by_row: defaultdict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    for ref, number in numbers.items():
        table, key, field = split(ref)
        profile = case.profile(ref)
        if profile is not None:
            by_row["profiles", ref]["years"] = {year: value * number for year, value in profile.items()}
        else:
            whole = {c.name: c for c in uncertain(table).values()}[field].kind == "whole"
            by_row[table, key][field] = int(number) if whole else float(number)
    held: dict[str, Any] = {name: getattr(case, name) for name in type(case).model_fields} | {
        "ranges": (),
        "correlations": (),
    }
    for table in sorted({table for table, _ in by_row}):
        made = tuple(_with(row, by_row[table, row.key]) for row in case.tables.rows(table))
        held[table] = made[0] if table in SINGLE else made
    return Case(**held)


def _with(row: Any, fields: Mapping[str, Any]) -> Any:
    if not fields:
        return row
    data = {n: v for n, v in row.model_dump().items() if v is not None and v != ""}
    return type(row).model_validate({**data, **fields})


def candidates(case: Case) -> dict[str, Column]:
    """The fields that may be uncertain and that the case's lines read, by ref; settings only where the rate is flat."""
    read = declare(case).model
    cells = set(read.read_cells()) | {row.ref for row in case.profiles}
    found = {}
    for table in MODELS:
        for row in case.tables.rows(table):
            for field, column in uncertain(table).items():
                ref = row.at(field)
                flat = table != "settings" or not isinstance(case.settings.discount, str)
                if ref in cells and flat:
                    found[ref] = column
    return found


def held(case: Case, ref: str) -> float:
    """What a field holds, or stands for where it is blank; 1 of a profile."""
    table, key, field = split(ref)
    if case.profile(ref) is not None:
        return 1.0
    row: Any = case.row(table, key)
    value = case.get(ref)
    if value is None and field == "optimism":
        return case.optimism(row)
    return 1.0 if value is None else float(value)


def near(case: Case, ref: str, column: Column, rng: np.random.Generator, draws: int) -> np.ndarray[Any, Any]:
    """Numbers that the field may hold, near the one it does."""
    value = held(case, ref)
    if column.kind == "whole":
        return value + rng.integers(0, 3, draws)
    moved = value * rng.uniform(0.85, 1.05, draws) if value else rng.uniform(0.01, 0.2, draws)
    low = -np.inf if column.low is None else column.low
    high = np.inf if column.high is None else column.high
    clipped: np.ndarray[Any, Any] = moved if case.profile(ref) is not None else np.clip(moved, low, high)
    return clipped


def of_result(result: Result) -> dict[tuple[str, str], float]:
    """Every measure of a result by view, sector or outcome and name; not-a-number where it does not apply."""
    found: dict[tuple[str, str], Any] = {}
    for view in VIEWS:
        found |= {(view, name): getattr(result.views[view], name) for name in MEASURES}
    for key, sector in result.sectors.items():
        found |= {(key, name): getattr(sector, RESULT_NAMES.get(name, name)) for name in SECTOR_MEASURES}
    for key, outcome in result.outcomes.items():
        found |= {(key, name): getattr(outcome, name) for name in OUTCOME_MEASURES}
    return {at: np.nan if value is None else float(value) for at, value in found.items()}


def of_draws(case: Case, inputs: Mapping[str, Any], draws: int) -> dict[tuple[str, str], Any]:
    """The same measures by draw."""
    declared = declare(case)
    arrays = {ref: np.asarray(values) for ref, values in with_followers(case, inputs).items()}
    evaluation = evaluate(declared.model, arrays)
    names = [(view, name) for view in VIEWS for name in MEASURES]
    names += [(sector.id, name) for sector in case.sectors for name in SECTOR_MEASURES]
    names += [(outcome.id, name) for outcome in case.outcomes for name in OUTCOME_MEASURES]
    return {at: measured(declared, evaluation, *at, draws) for at in names}


def differences(case: Case, inputs: Mapping[str, Any], draws: int) -> list[str]:
    """Where a draw is not what the case comes to with its numbers typed in, to a billionth of the measure."""
    drawn = of_draws(case, inputs, draws)
    found = []
    for draw in range(draws):
        numbers = {ref: float(values[draw]) for ref, values in inputs.items()}
        for leads, others in followers(case).items():
            numbers |= dict.fromkeys(others, numbers[leads]) if leads in numbers else {}
        for at, value in of_result(project(typed(case, numbers))).items():
            mine = drawn[at][draw]
            size = max(abs(value), 1e-6) if np.isfinite(value) else 1.0
            if not (np.isnan(mine) and np.isnan(value)) and not abs(mine - value) <= 1e-9 * size:
                found.append(f"{at} in draw {draw}: {mine!r} drawn, {value!r} typed")
    return found
