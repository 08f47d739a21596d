"""The compiled evaluator has the bits of the plain one (architecture, rule 7).

No number here is known beforehand: the plain evaluator is shown right elsewhere, and what is asked is that every draw
of every line is equal to its, bit by bit, but for the sign of a nil.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.errors import KernelError
from sroi.sheet import (
    ABSENT,
    ONE,
    PURE,
    TEXT,
    YEAR_NUMBER,
    YEARS,
    ZERO,
    Cell,
    Expression,
    Model,
    at,
    choose,
    compiled,
    evaluate,
    highest,
    one,
    power,
    previous,
    sum_over_years,
)
from sroi.sheet import expressions as ex
from tests.sheet.examples import EXAMPLES
from tests.sheet.scratch import nodes
from tests.sheet.test_trees import DRAWS, LEAVES, Tree, deep, drawn_trees, drawn_values, tried

Arrays = Mapping[str, Any]


def numeric(model: Model, values: Mapping[str, Any]) -> list[str]:
    """The lines that are no text."""
    return [name for name in model.lines if not isinstance(values[name], str)]


def same_bits(model: Model, inputs: Arrays, widths: tuple[int, ...] = ()) -> None:
    """Every line, whole and in chunks of those widths, is what the plain evaluator makes of it."""
    plain = evaluate(model, {ref: np.atleast_2d(values) for ref, values in inputs.items()})
    keep = numeric(model, plain.values)
    draws = len(next(iter(inputs.values())))
    program = compiled(model, list(inputs), keep)
    start = 0
    for width in widths or (draws,):
        chunk = {ref: values[start : start + width] for ref, values in inputs.items()}
        found = program.of_width(width).run(chunk)
        for name in keep:
            right = np.broadcast_to(plain.array(name), (plain.array(name).shape[0], draws))[:, start : start + width]
            assert len(found.array(name)) == len(right), f"{name}: years"
            here = np.broadcast_to(found.array(name), right.shape)
            assert np.array_equal(right, here, equal_nan=True), name
        start += width
    assert start == draws


@pytest.mark.parametrize("kind", EXAMPLES, ids=lambda kind: kind.__name__)
def test_every_kind_of_node(kind: type[Expression]) -> None:
    """Its example with every number drawn, and with each alone; a text that draws would change is refused."""
    model = EXAMPLES[kind]().model
    cells = {n.ref: float(n.value) for n in nodes(model) if isinstance(n, ex.Cell) and isinstance(n.value, float)}
    profiles = {n.ref: 1.0 for n in nodes(model) if isinstance(n, ex.Profile)}
    held = cells | profiles
    for refs in [list(held), *([ref] for ref in held)]:
        if not refs:
            continue
        draws = {ref: np.array([held[ref], held[ref] + 1.0, held[ref]]) for ref in refs}
        kept_texts = {node.ref for node in nodes(model) if isinstance(node, ex.Cell) and node.unit == TEXT}
        if kept_texts & set(refs):
            continue
        try:
            evaluate(model, {ref: np.atleast_2d(values) for ref, values in draws.items()})
        except KernelError:
            continue  # the example with one more in that cell has no answer
        same_bits(model, draws)


@deep
@given(
    drawn=drawn_trees,
    draws=st.lists(drawn_values, min_size=DRAWS, max_size=DRAWS),
    uncertain=st.sets(st.sampled_from(LEAVES), min_size=1),
)
def test_random_formulas(drawn: list[Tree], draws: list[dict[str, float]], uncertain: set[str]) -> None:
    model = tried(drawn, draws[0]).model
    inputs = {name: np.array([held[name] for held in draws]) for name in uncertain}
    try:
        evaluate(model, {name: np.atleast_2d(values) for name, values in inputs.items()})
    except KernelError as error:  # another draw may divide by nil
        if "is not a finite number" in str(error):
            return
        raise
    same_bits(model, inputs, (2, 3))


def scalar(model: Model, name: str, value: float) -> Any:
    return model.line(name, name, PURE, Cell(name, value, PURE))


def many_shapes() -> Model:
    """Rows that look back in every manner: lags drawn and certain, openings, recursions that begin and end."""
    model = Model(years=6)
    a, b = scalar(model, "a", 2.0), scalar(model, "b", 0.5)
    lag = model.line("lag", "lag", YEARS, Cell("lag", 2.0, YEARS))
    certain = model.line("certain", "certain", YEARS, Cell("certain", 2.0, YEARS))
    open_for = model.line("open", "open", PURE, choose(YEAR_NUMBER <= certain, ONE, ZERO))
    row = model.line("row", "row", PURE, a * open_for, opening=ONE)
    flat = model.line("flat", "flat", PURE, a, opening=ZERO, yearly=True)
    grown = model.line("grown", "grown", PURE, power(a, YEAR_NUMBER / one(YEARS)), opening=b)
    for name, line in (("row", row), ("flat", flat), ("grown", grown)):
        model.line(f"{name}_lag", "lag", PURE, at(line, lag))
        model.line(f"{name}_certain", "certain", PURE, at(line, certain))
        model.line(f"{name}_before", "before", PURE, previous(line))
        model.line(f"{name}_sum", "sum", PURE, sum_over_years(line))
        model.line(f"{name}_most", "most", PURE, highest(line))
    model.line("kept", "kept", PURE, row + b * previous(unit=PURE) - power(b, lag) * at(row, lag))
    model.line("picked", "picked", PURE, choose(previous(unit=PURE) < grown, grown, previous(unit=PURE) + ONE))
    model.line("from_opening", "from_opening", PURE, previous(unit=PURE) * b, opening=a)
    model.line("absent", "absent", PURE, choose(ONE < b, grown / (row + ONE), ABSENT))
    return model


@pytest.mark.parametrize("refs", [("a",), ("b",), ("lag",), ("a", "lag"), ("a", "b", "lag", "certain")])
@pytest.mark.parametrize("widths", [(7,), (2, 5), (3, 4)])
def test_rows_that_look_back(refs: tuple[str, ...], widths: tuple[int, ...]) -> None:
    rng = np.random.default_rng(5)
    inputs = {
        ref: rng.integers(0, 8, 7).astype(float) if ref in ("lag", "certain") else rng.uniform(0.2, 1.8, 7)
        for ref in refs
    }
    same_bits(many_shapes(), inputs, widths)


def test_what_changes_nothing_costs_no_step() -> None:
    """By hand: `a × 1 + 0` is `a`; a choice by a certain condition is its branch; `b × 0` is nil; `a + b` and
    `b + a` are one sum. Two lines, one step."""
    model = Model(years=3)
    a, b = scalar(model, "a", 2.0), scalar(model, "b", 3.0)
    certain = scalar(model, "certain", 1.0)
    model.line("same", "same", PURE, choose(ZERO < certain, a * certain + (ONE - certain) * b, b))
    model.line("sum", "sum", PURE, a + b)
    model.line("mirrored", "mirrored", PURE, b + a)
    program = compiled(model, ["a", "b"], ["same", "sum", "mirrored"])
    assert len(program.order) == 1
    found = program.of_width(2).run({"a": np.array([2.0, 5.0]), "b": np.array([3.0, 7.0])})
    assert found.array("same").tolist() == [[2.0, 5.0]]
    assert found.array("mirrored").tolist() == [[5.0, 12.0]]


def test_what_nothing_asks_for_is_left_out() -> None:
    """By hand: of two products one is kept."""
    model = Model(years=1)
    a = scalar(model, "a", 2.0)
    model.line("wanted", "wanted", PURE, a * a)
    model.line("unwanted", "unwanted", PURE, a * a * a)
    assert len(compiled(model, ["a"], ["wanted"]).order) == 1


def test_a_number_that_is_none_is_told() -> None:
    model = Model(years=2)
    a = scalar(model, "a", 2.0)
    model.line("inverse", "inverse", PURE, ONE / a, yearly=True)
    bound = compiled(model, ["a"], ["inverse"]).of_width(2)
    with pytest.raises(KernelError, match=r"^inverse is not a finite number in year 1$"):
        bound.run({"a": np.array([1.0, 0.0])})


def test_a_chunk_of_one_draw_is_refused() -> None:
    model = Model(years=2)
    scalar(model, "a", 2.0)
    with pytest.raises(KernelError, match=r"^a chunk has 2 draws or more; found 1$"):
        compiled(model, ["a"], ["a"]).of_width(1)


def test_a_year_that_is_the_year_before_is_kept_where_it_stands() -> None:
    """The first year is the number drawn, and every later one the year before: all three are it. The buffers hold
    something else before, so that luck cannot pass."""
    model = Model(years=3)
    first = model.line("first", "First", PURE, Cell("first", 1.0, PURE))
    flag = model.line("flag", "Flag", PURE, choose(YEAR_NUMBER <= one(YEARS), ONE, ZERO))
    model.line("kept", "Kept", PURE, choose(ZERO < flag, first, previous(unit=PURE)))
    bound = compiled(model, ["first"], ["kept"]).of_width(2)
    for pool in bound.pools.values():
        for buffer in pool:
            buffer.fill(7)
    assert bound.run({"first": np.array([1.0, 2.0])}).array("kept").tolist() == [[1, 2]] * 3
