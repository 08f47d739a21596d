"""What people type, and what it becomes. Expected values are read off by hand."""

# ruff: noqa: DTZ001 - what openpyxl makes of a date has no zone

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from sroi.model import parsing


@pytest.mark.parametrize(
    ("parser", "typed", "value"),
    [
        (parsing.money, "£1,200", 1200.0),
        (parsing.money, "£1.5m", 1500000.0),
        (parsing.money, "1.5M", 1500000.0),
        (parsing.money, "(500)", -500.0),
        (parsing.money, "(£1,500.50)", -1500.5),
        (parsing.money, "-£20", -20.0),
        (parsing.money, "£-20", -20.0),
        (parsing.money, "\u2212275", -275.0),
        (parsing.money, 12, 12.0),
        (parsing.share, "12%", 0.12),
        (parsing.share, "7.1 %", 0.071),
        (parsing.share, ".5", 0.5),
        (parsing.number, 0.1 + 0.2, 0.3),
        (parsing.whole, "7.0", 7),
        (parsing.whole, 7.0, 7),
        (parsing.year, 2026, 2026),
        (parsing.year, 2026.0, 2026),
        (parsing.year, " 2026 ", 2026),
        (parsing.year, "2026/27", 2026),
        (parsing.year, "2026-27", 2026),
        (parsing.year, "1999/00", 1999),
        (parsing.price_base, 2015, "2015"),
        (parsing.price_base, 2015.0, "2015"),
        (parsing.price_base, "2015/16", "2015/16"),
        (parsing.price_base, "2015/2016", "2015/16"),
        (parsing.price_year, "Nominal", "nominal"),
        (parsing.discount, "0.035", 0.035),
        (parsing.discount, "3.5%", 0.035),
        (parsing.discount, "Green-Book-2026-Health", "green-book-2026-health"),
        (parsing.yes_no, "Yes", True),
        (parsing.yes_no, 0, False),
        (parsing.yes_no, "n", False),
        (parsing.text, 1.0, "1"),
        (parsing.text, dt.datetime(2026, 11, 22), "2026-11-22"),
        (parsing.ids, "teens, parents", ("teens", "parents")),
        (parsing.ids, ["teens", "teens"], ("teens",)),
        (parsing.numbers, "1; 2.5", (1.0, 2.5)),
        (parsing.choice, "Per Person-Year", "per_person_year"),
        (parsing.choice, 0.9, "90%"),
        (parsing.choice, False, "no"),
        (parsing.day, dt.datetime(2026, 11, 22), "2026-11-22"),
        (parsing.when, "2015/16", "2015/16"),
        (parsing.when, 2015, "2015"),
        (parsing.when, "2015-03", "2015-03"),
    ],
)
def test_what_is_typed_is_understood(parser: Callable[[Any], Any], typed: Any, value: Any) -> None:
    found = parser(typed)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("parser", "typed", "refusal", "fix"),
    [
        (parsing.money, "12k", "not_a_number", "Type 12000."),
        (parsing.money, "£1.25k", "not_a_number", "Type 1250."),
        (parsing.money, "1e3", "not_a_number", "Type 1000."),
        (parsing.money, "1,2", "not_a_number", "Type 1.2 if the comma is a decimal point."),
        (parsing.money, "1,2000", "not_a_number", ""),
        (parsing.money, "about 5", "not_a_number", ""),
        (parsing.money, "--5", "not_a_number", ""),
        (parsing.money, "(-5)", "not_a_number", ""),
        (parsing.money, dt.date(2026, 1, 1), "not_a_number", ""),
        (parsing.year, "2026/28", "not_following_years", "Type 2026/27."),
        (
            parsing.year,
            dt.datetime(2009, 10, 1),
            "date_for_year",
            "Format the cell as text and type 2009/10.",
        ),
        (
            parsing.price_base,
            dt.datetime(2009, 10, 1),
            "date_for_year",
            "Format the cell as text and type 2009/10.",
        ),
        (parsing.year, True, "not_a_year", None),
        (parsing.discount, 12, "rate_out_of_bounds", None),
        (parsing.yes_no, 2, "not_yes_no", None),
        (parsing.identifier, "Ärzte & Co", "not_an_id", 'Type "rzte-co".'),
        (parsing.day, "31/02/2015", "not_a_date", "Type a date as 2026-11-22."),
    ],
)
def test_what_would_be_a_guess_is_refused(
    parser: Callable[[Any], Any], typed: Any, refusal: str, fix: str | None
) -> None:
    with pytest.raises(PydanticCustomError) as error:
        parser(typed)
    assert error.value.type == refusal
    assert (error.value.context or {}).get("fix") == fix


@given(st.floats(allow_nan=False, allow_infinity=False, width=64).filter(lambda x: abs(x) < 1e300))
def test_fifteen_digits_are_kept_once_and_for_all(value: float) -> None:
    held = parsing.fifteen(value)
    assert parsing.fifteen(held) == held  # property: rounding twice changes nothing
    assert held == pytest.approx(value, rel=1e-14)
    assert float(f"{held:.15g}") == held  # what a cell holds reads back the same


@given(st.integers(-(10**9), 10**9).map(lambda n: n / 100))
def test_a_number_typed_as_shown_reads_back(value: float) -> None:
    assert parsing.money(parsing.plain(value)) == value
