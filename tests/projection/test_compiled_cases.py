"""Whole cases through the compiled evaluator: every line of every draw has the bits of the plain one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

import sroi
from sroi import library
from sroi.model import Case
from sroi.projection import declare
from sroi.reading import read
from sroi.sheet import Cell, evaluate
from sroi.sheet.lines import walk
from tests.oracle.strategies import FURTHER, cases
from tests.projection.rich import rich_case
from tests.sheet.test_compiled import same_bits

DRAWS = 7
WHOLE = ("lag", "duration")
STILL = ("years", "first_year", "from", "to", "grade", "followed_up", "calendar")
"""Fields of whole numbers and of years."""


def drawn(case: Case, refs: list[str], seed: int) -> dict[str, Any]:
    """Near each number's own: whole numbers by up to 3 years, others by up to a fifth."""
    rng = np.random.default_rng(seed)
    model = declare(case).model
    held = {n.ref: n.value for line in model.lines.values() for n in walk(line.formula) if isinstance(n, Cell)}
    found = {}
    for ref in refs:
        value, field = held.get(ref), ref.rsplit(".", 1)[-1]
        number = 1.0 if not isinstance(value, float) else value
        whole = number + rng.integers(0, 4, DRAWS)
        found[ref] = whole if field in WHOLE else number * rng.uniform(0.8, 1.0, DRAWS)
    return found


@pytest.mark.parametrize("case_id", [name for name in library.shipped_cases() if sroi.read(name).ranges])
def test_the_ranges_of_shipped_cases(case_id: str) -> None:
    case = sroi.read(case_id)
    refs = [row.ref for row in case.ranges]
    same_bits(declare(case).model, drawn(case, refs, 3), (2, 5))


def numbers_of(case: Case) -> list[str]:
    """Every number of the case's rows that lines read, but years and whole counts of them."""
    model = declare(case).model
    found = {n.ref for line in model.lines.values() for n in walk(line.formula) if isinstance(n, Cell)
             and isinstance(n.value, float)}  # fmt: skip
    tables = ("groups.", "costs.", "outcomes.", "values.")
    return sorted(ref for ref in found if ref.startswith(tables) and ref.rsplit(".", 1)[-1] not in STILL)


def test_every_number_of_the_case_with_everything() -> None:
    case = read(rich_case())
    refs = numbers_of(case)
    assert len(refs) > 40
    same_bits(declare(case).model, drawn(case, refs, 4), (3, 4))


@settings(
    max_examples=8 if settings().max_examples <= 50 else 100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(case=cases(FURTHER))
def test_every_number_of_random_cases(case: dict[str, Any]) -> None:
    held = read(case)
    model = declare(held).model
    refs = numbers_of(held)
    inputs = drawn(held, refs, 6)
    evaluate(model, {ref: np.atleast_2d(values) for ref, values in inputs.items()})
    same_bits(model, inputs, (2, 5))
