"""Lines that look across years, tables and lines, on random numbers: engine and workbook against plain Python lists."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sroi.sheet import (
    ONE,
    PURE,
    TEXT,
    YEAR_NUMBER,
    YEARS,
    Cell,
    Condition,
    Line,
    Model,
    Table,
    at,
    evaluate,
    highest,
    last,
    lowest,
    one,
    previous,
    profile,
    sum_lines,
    sum_over_years,
    sum_where,
)
from tests.sheet.examples import number
from tests.sheet.scratch import recalculated

some = settings(max_examples=20 if settings().max_examples <= 50 else 150, suppress_health_check=[HealthCheck.too_slow])
numbers = st.integers(-4000, 4000).map(lambda whole: whole / 100)
FIRST = 2026


def row_of(model: Model, name: str, values: list[float], opening: Line | None = None) -> Line:
    """A yearly line of these numbers."""
    if "calendar" not in model.lines:
        first = number(model, "first", float(FIRST), YEARS)
        model.line("calendar", "calendar", YEARS, first + YEAR_NUMBER - one(YEARS))
    by_year = {FIRST + place: value for place, value in enumerate(values)}
    held = profile(f"p.{name}", by_year, model["calendar"], PURE)
    return model.line(name, name, PURE, held, opening=opening)


def same(found: object, right: list[float], size: float = 40.0) -> None:
    """Equal to rounding, beside the size of what was added."""
    assert found == pytest.approx(right, rel=1e-13, abs=1e-13 * size)


@some
@given(values=st.lists(numbers, min_size=1, max_size=8), opening=numbers, data=st.data())
def test_at_any_lag(values: list[float], opening: float, data: st.DataObject) -> None:
    years = len(values)
    model = Model(years)
    row = row_of(model, "row", values, number(model, "opening", opening))
    expected = {}
    for lag in range(years + 3):
        line = model.line(f"ago{lag}", f"ago{lag}", PURE, at(row, number(model, f"lag{lag}", float(lag), YEARS)))
        expected[line.name] = [values[t - lag] if t >= lag else opening for t in range(years)]
    evaluation, excel = evaluate(model), recalculated(model)
    for name, right in expected.items():
        assert evaluation.row(name).tolist() == right
        assert excel[name] == right
    # A lag of its own for each draw: each column is that lag's row.
    lags = data.draw(st.lists(st.integers(0, years + 2), min_size=2, max_size=6))
    drawn = evaluate(model, {"in.lag0": np.array([lags], dtype=float)}).array("ago0")
    assert drawn.shape == (years, len(lags))
    for column, lag in enumerate(lags):
        assert drawn[:, column].tolist() == expected[f"ago{lag}"]


@some
@given(values=st.lists(numbers, min_size=1, max_size=8), opening=numbers, share=st.integers(0, 100))
def test_a_line_that_looks_back_at_itself(values: list[float], opening: float, share: int) -> None:
    model = Model(len(values))
    row = row_of(model, "row", values)
    kept = number(model, "kept", share / 100)
    start = number(model, "start", opening)
    model.line("held", "held", PURE, row + kept * previous(unit=PURE), opening=start)
    model.line("moved", "moved", PURE, previous(model["held"]))
    running, right = opening, []
    for value in values:
        running = value + share / 100 * running
        right.append(running)
    evaluation, excel = evaluate(model), recalculated(model)
    same(evaluation.row("held").tolist(), right)
    same(excel["held"], right)
    same(evaluation.row("moved").tolist(), [opening, *right[:-1]])
    same(excel["moved"], [opening, *right[:-1]])


@some
@given(values=st.lists(numbers, min_size=1, max_size=12), total=st.booleans())
def test_one_number_from_a_row(values: list[float], total: bool) -> None:
    model = Model(len(values))
    row = row_of(model, "plain", values)
    row = model.line("row", "row", PURE, row, total=total)
    for name, maker in (("sum", sum_over_years), ("high", highest), ("low", lowest), ("last", last)):
        model.line(name, name, PURE, maker(row))
    ordered = sorted(values)
    right = {"sum": sum(values), "high": ordered[-1], "low": ordered[0], "last": values[-1]}
    evaluation, excel = evaluate(model), recalculated(model)
    for name, wanted in right.items():
        same(evaluation.number(name), wanted, 400.0)  # type: ignore[arg-type]
        same(excel[name], [wanted], 400.0)


@some
@given(
    values=st.lists(numbers, min_size=1, max_size=12),
    chosen=st.lists(st.integers(0, 11), min_size=1, max_size=12, unique=True),
    elsewhere=st.booleans(),
)
def test_a_sum_of_lines_in_any_order(values: list[float], chosen: list[int], elsewhere: bool) -> None:
    # Neighbours become ranges: which ones meet depends on the order, and the answer must not.
    model = Model(2)
    lines = [number(model, f"v{place}", value, yearly=True) for place, value in enumerate(values)]
    if elsewhere:
        model.sheet("Sums elsewhere")
    wanted = [lines[place] for place in chosen if place < len(lines)] or lines[:1]
    model.line("sum", "sum", PURE, sum_lines(wanted))
    right = sum(values[lines.index(line)] for line in wanted)
    same(evaluate(model).row("sum").tolist(), [right, right], 400.0)
    same(recalculated(model)["sum"], [right, right], 400.0)


tables = st.lists(
    st.tuples(
        st.sampled_from(("a", "A", "b", "c")),
        st.integers(0, 4).map(float),
        st.one_of(st.none(), st.integers(0, 4).map(float)),
        st.one_of(st.none(), numbers),
    ),
    min_size=1,
    max_size=8,
)


@some
@given(rows=tables, key=st.sampled_from(("a", "B", "none")))
def test_sum_where_with_blanks(rows: list[tuple[str, float, float | None, float | None]], key: str) -> None:
    years = 5
    columns = dict(zip(("name", "from", "to", "amount"), map(tuple, zip(*rows, strict=True)), strict=True))
    table = Table("t", columns, {"name": TEXT, "from": YEARS, "to": YEARS, "amount": PURE})
    model = Model(years)
    named = model.line("key", "key", TEXT, Cell("key", key, TEXT))
    elapsed = model.line("elapsed", "elapsed", YEARS, YEAR_NUMBER - one(YEARS))
    of_name, begun = Condition("name", "=", named), Condition("from", "<=", elapsed)
    ends = Condition("to", ">=", elapsed, or_blank=True)
    exact = Condition("to", "=", elapsed, or_blank=True)
    model.line("band", "band", PURE, sum_where(table, "amount", of_name, begun, ends))
    model.line("ends", "ends", PURE, sum_where(table, "amount", exact))
    right: dict[str, list[float]] = {"band": [], "ends": []}
    for year in range(years):
        in_band = [
            amount or 0.0
            for name, first, final, amount in rows
            if name.lower() == key.lower() and first <= year and (final is None or final >= year)
        ]
        right["band"].append(sum(in_band))
        right["ends"].append(sum(amount or 0.0 for _, _, final, amount in rows if final in (None, year)))
    evaluation, excel = evaluate(model), recalculated(model)
    for name, wanted in right.items():
        same(evaluation.row(name).tolist(), wanted, 400.0)
        same(excel[name], wanted, 400.0)


def test_shapes() -> None:
    # Rule 7: one column where nothing is uncertain, one row where there are no years, and no more.
    model = Model(3)
    price, count = number(model, "price", 2.0), number(model, "count", 5.0)
    row = model.line("row", "row", PURE, count * YEAR_NUMBER / one(YEARS))
    model.line("worth", "worth", PURE, row * price)
    model.line("all", "all", PURE, sum_over_years(model["worth"]))
    model.line("nil", "nil", PURE, ONE - ONE, yearly=True)
    shapes = {name: evaluate(model).array(name).shape for name in model.lines}
    assert shapes == {"price": (1, 1), "count": (1, 1), "row": (3, 1), "worth": (3, 1), "all": (1, 1), "nil": (3, 1)}
    drawn = evaluate(model, {"in.price": np.array([[1.0, 2.0, 3.0, 4.0]])})
    shapes = {name: drawn.array(name).shape for name in model.lines}
    assert shapes == {"price": (1, 4), "count": (1, 1), "row": (3, 1), "worth": (3, 4), "all": (1, 4), "nil": (3, 1)}
    assert drawn.array("all").tolist() == [[30.0, 60.0, 90.0, 120.0]]  # 5 × (1 + 2 + 3) × 1, 2, 3, 4
    assert drawn.number("all") == 30.0  # the first draw
    assert drawn.row("worth").tolist() == [5.0, 10.0, 15.0]


@some
@given(
    factors=st.lists(numbers, min_size=2, max_size=7),
    lags=st.data(),
    profile_of=st.lists(numbers, min_size=1, max_size=6),
)
def test_rows_that_look_back_are_the_same_drawn_alone(
    factors: list[float], lags: st.DataObject, profile_of: list[float]
) -> None:
    # Property (rule 8): to the bit; no number is known beforehand.
    years = len(profile_of)
    model = Model(years)
    row = row_of(model, "row", profile_of)
    kept, lag = number(model, "kept", 0.5), number(model, "lag", 1.0, YEARS)
    held = model.line("held", "held", PURE, row + kept * previous(unit=PURE) / number(model, "ten", 10.0))
    model.line("ago", "ago", PURE, at(held, lag) * kept)
    model.line("sum", "sum", PURE, sum_over_years(model["ago"]))
    size = len(factors)
    drawn = lags.draw(st.lists(st.integers(0, years + 2), min_size=size, max_size=size))
    scale = lags.draw(st.lists(numbers, min_size=size, max_size=size))
    inputs = {"in.kept": factors, "in.lag": [float(value) for value in drawn], "p.row": scale}
    together = evaluate(model, {ref: np.array([values]) for ref, values in inputs.items()})
    for place in range(size):
        alone = evaluate(model, {ref: values[place] for ref, values in inputs.items()})
        for name in ("row", "held", "ago", "sum"):
            column = np.ascontiguousarray(together.array(name)[:, place])
            assert column.tobytes() == np.ascontiguousarray(alone.array(name)[:, 0]).tobytes()


def test_an_input_replaced_fills_a_blank_cell() -> None:
    # A blank cell takes its default; a draw of it wins over the default. By hand: 3 and 4 for 7.
    from sroi.sheet import first_filled, number_or_zero

    model = Model(1)
    seven = number(model, "seven", 7.0)
    blank, named = Cell("blank", None, PURE), Cell("named", "a-schedule", PURE)
    model.line("filled", "filled", PURE, first_filled(blank, seven))
    model.line("rate", "rate", PURE, number_or_zero(named))
    assert evaluate(model).array("filled").tolist() == [[7.0]]
    drawn = evaluate(model, {"blank": np.array([3.0, 4.0]), "named": 0.05})
    assert drawn.array("filled").tolist() == [[3.0, 4.0]]
    assert drawn.number("rate") == 0.05
