"""Whatever is typed anywhere, reading gives a case or a `CaseError`: never another exception."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.exceptions import IllegalCharacterError

from sroi.errors import CaseError, Problem
from sroi.reading import read
from tests.model.example import example
from tests.reading.forms import as_book

SPOTS = [(table, None, field) for table in ("about", "settings") for field in example()[table]] + [
    (table, number, field)
    for table, rows in example().items()
    if isinstance(rows, list)
    for number, held in enumerate(rows)
    for field in held
]
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["all", "yes", "12k", "£5", "12%", "1e400", "2026/27", "9999", "nominal", "-", ",", ";", "#REF!"]),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.none(),
    st.dates(),
    st.datetimes(),
)
ANYTHING = st.recursive(
    CELLS | st.binary(max_size=3) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["value", "low", "2026", "x"]), inner),
    max_leaves=5,
)


def reads_or_says(source: Any) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        read(source)
    except CaseError as error:
        problems = error.problems
        said = str(error).splitlines()[-1]
        assert said.startswith(f"{len(problems)} problem")
    assert all(p.rule and str(p).endswith((".", "?")) for p in problems), problems


@settings(max_examples=100)
@given(st.lists(st.tuples(st.sampled_from(SPOTS), ANYTHING), min_size=1, max_size=3))
def test_any_value_anywhere_in_a_dict(changes: list[tuple[tuple[str, int | None, str], Any]]) -> None:
    case = example()
    for (table, number, field), value in changes:
        (case[table] if number is None else case[table][number])[field] = value
    reads_or_says(case)


@given(st.dictionaries(st.sampled_from([*example(), "options", "rubbish"]), ANYTHING))
def test_any_value_for_a_table(changes: dict[str, Any]) -> None:
    reads_or_says(example() | changes)


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sheet=st.sampled_from(sorted(example())), row=st.integers(1, 8), column=st.integers(1, 9), value=CELLS)
def test_any_value_in_any_cell(tmp_path: Path, sheet: str, row: int, column: int, value: Any) -> None:
    book = as_book(example())
    try:
        book[sheet.capitalize()].cell(row, column, value)
        book.save(tmp_path / "any.xlsx")
    except (ValueError, OverflowError, IllegalCharacterError):  # openpyxl cannot write it, so no file can hold it
        return
    reads_or_says(tmp_path / "any.xlsx")


@given(st.text(alphabet=st.sampled_from("ab: -[]{},#&*!|>'\"%@`\n\t0.?~"), max_size=60))
def test_any_text_as_yaml(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(text, encoding="utf-8")
    reads_or_says(path)


def test_dates_are_never_numbers() -> None:
    case = example()
    case["costs"][0]["amount"] = dt.date(2026, 1, 2)
    with pytest.raises(CaseError) as error:
        read(case)
    assert str(error.value.problems[0]) == "costs[0].amount: Amount must be a number; found the date 2026-01-02."
