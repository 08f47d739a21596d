"""Every operator of the table, in all three meanings: NumPy, Excel text, words.

Each is held against `MEANINGS`, plain Python written here from the operator's name alone. Hypothesis packs many
random rows in one book, so that one recalculation tries them all.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sroi.sheet import PURE, Cell, Expression, Line, Model, evaluate, words
from sroi.sheet.expressions import operation
from sroi.sheet.operators import AND, CHOOSE, OPERATORS, Operator
from sroi.sheet.units import TRUTH
from tests.sheet.scratch import recalculated, understood

Scalar = Callable[..., float]

MEANINGS: dict[str, Scalar] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "power": math.pow,
    "negate": lambda a: -a,
    "minimum": lambda *of: sorted(of)[0],
    "maximum": lambda *of: sorted(of)[-1],
    "absolute": lambda a: a if a >= 0 else -a,
    "truncate": lambda a: float(int(a)),
    "away from zero": lambda a: float(math.ceil(a) if a >= 0 else math.floor(a)),
    "less": lambda a, b: float(a < b),
    "at most": lambda a, b: float(a <= b),
    "equal": lambda a, b: float(a == b),
    "and": lambda *of: float(all(of)),
    "choose": lambda test, so, other: so if test else other,
}
"""What each operator means, by name: Python's own arithmetic, no array library."""

ROWS = 25
numbers = st.one_of(
    st.integers(-40, 40).map(float), st.integers(-40_000, 40_000).map(lambda whole: whole / 100), st.just(0.0)
)
positive = st.integers(1, 4000).map(lambda whole: whole / 1000)


def operands(operator: Operator) -> st.SearchStrategy[list[float]]:
    """Operands that the operator has an answer for; conditions are 0 or 1."""
    match operator.name:
        case "divide":
            return st.tuples(numbers, numbers.map(lambda number: number or 3.0)).map(list)
        case "power":
            return st.tuples(positive, numbers.map(lambda number: number / 20)).map(list)
        case "equal" | "less" | "at most":
            near = st.integers(-3, 3).map(lambda whole: whole / 2)
            return st.tuples(near, near).map(list)
        case "and":
            return st.lists(st.sampled_from((0.0, 1.0)), min_size=1, max_size=4)
        case "choose":
            return st.tuples(st.sampled_from((0.0, 1.0)), numbers, numbers).map(list)
    if operator.arity is None:
        return st.lists(numbers, min_size=1, max_size=5)
    return st.lists(numbers, min_size=operator.arity, max_size=operator.arity)


def declared(operator: Operator, rows: list[list[float]]) -> tuple[Model, list[tuple[Line, dict[str, float]]]]:
    """One line for each row of operands, each operand an input line; conditions are read from flags."""
    model = Model(years=1)
    one = model.line("v_one", "v_one", PURE, Cell("one", 1.0, PURE))
    found = []
    for number, row in enumerate(rows):
        names = {"v_one": 1.0}
        parts: list[Expression] = []
        for place, value in enumerate(row):
            name = f"v_{number}_{place}"
            names[name] = value
            line = model.line(name, name, PURE, Cell(name, value, PURE))
            flag = operator is AND or (operator is CHOOSE and place == 0)
            parts.append(one <= line if flag else line)
        made = operation(operator, *parts)
        assert made.unit is not None
        found.append((model.line(f"r_{number}", f"r_{number}", made.unit, made), names))
    return model, found


def as_number(value: object) -> float:
    """A recalculated cell as a number; TRUE is 1."""
    assert isinstance(value, float | bool), value
    return float(value)


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.name)
@settings(max_examples=8 if settings().max_examples <= 50 else 40)  # each packs 25 rows
@given(data=st.data())
def test_three_meanings_of_an_operator_are_one(operator: Operator, data: st.DataObject) -> None:
    rows = data.draw(st.lists(operands(operator), min_size=ROWS, max_size=ROWS))
    expected = [MEANINGS[operator.name](*row) for row in rows]
    model, found = declared(operator, rows)
    engine, excel = evaluate(model), recalculated(model)
    for (line, names), right in zip(found, expected, strict=True):
        assert engine.number(line.name) == pytest.approx(right, rel=1e-15, abs=0)
        assert as_number(excel[line.name][0]) == pytest.approx(right, rel=1e-14, abs=0)
        assert understood(words(line), names) == pytest.approx(right, rel=1e-15, abs=0)


def test_every_operator_is_tried() -> None:
    assert sorted(MEANINGS) == sorted(operator.name for operator in OPERATORS)


def test_comparisons_and_conditions_are_yes_or_no() -> None:
    model = Model(years=1)
    a = model.line("a", "a", PURE, Cell("a", 1.0, PURE))
    for name in ("less", "at most", "equal"):
        operator = next(held for held in OPERATORS if held.name == name)
        assert operation(operator, a, a).unit == TRUTH


@pytest.mark.parametrize(
    ("made", "text", "said"),
    # By hand: brackets only where reading from left to right would change the answer.
    [
        (lambda a, b, c: a - (b - c), "a-(b-c)", "v = a − (b − c)"),
        (lambda a, b, c: (a - b) - c, "a-b-c", "v = a − b − c"),
        (lambda a, b, c: a - (b + c), "a-(b+c)", "v = a − (b + c)"),
        (lambda a, b, c: a + (b - c), "a+b-c", "v = a + b − c"),
        (lambda a, b, c: a / (b * c), "a/(b*c)", "v = a ÷ (b × c)"),
        (lambda a, b, c: a / (b / c), "a/(b/c)", "v = a ÷ (b ÷ c)"),
        (lambda a, b, c: (a + b) * c, "(a+b)*c", "v = (a + b) × c"),
        (lambda a, b, c: -(a + b) * c, "(-(a+b))*c", "v = (− (a + b)) × c"),
        (lambda a, b, c: a - (-b) * c, "a-(-b)*c", "v = a − (− b) × c"),
    ],
)
def test_brackets(made: Callable[[Line, Line, Line], Expression], text: str, said: str) -> None:
    from sroi.sheet import formula
    from tests.sheet.scratch import laid_out

    model = Model(years=1)
    a, b, c = (model.line(name, name, PURE, Cell(name, 2.0, PURE)) for name in "abc")
    line = model.line("v", "v", PURE, made(a, b, c))
    printed = formula(line, laid_out(model))
    for number, name in enumerate("abc", start=4):
        printed = printed.replace(f"$C${number}", name)
    assert printed == f"={text}"
    assert words(line) == said
