"""The laws of `laws_stated.py` and `laws_years.py` on random cases; and each of them broken by a planted fault."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.oracle.strategies import cases, number
from tests.oracle.test_engine import BUILT
from tests.projection import laws_stated, laws_years
from tests.projection.laws_case import fuller_case, real_case
from tests.projection.laws_changes import Law, Turn
from tests.projection.laws_faults import BREAKING, Plant
from tests.projection.laws_stated import OF_ROWS
from tests.projection.laws_years import OF_YEARS

LAWS: dict[str, Law] = {law.__name__: law for law in (*OF_ROWS, *OF_YEARS)}
DRAWN = BUILT - {"earnings", "evidence", "long", "actuals"}
"""Earnings change no sum, and one row of a pair cannot be taken out alone; evidence is of rows by name, which laws take
out and split, and so are actuals, which have laws of their own (`test_actual_laws.py`); long cases are slow."""
REAL = frozenset({"nominal", "later_inflation"})
"""Features that tie sums to calendar years."""
OF_REAL_SUMS = ("another_price_base", "growth_against_discounting", "other_calendar_years", "a_longer_horizon")
"""Laws that hold only of sums that are not tied so."""

few = settings(max_examples=5) if settings().max_examples <= 50 else settings(max_examples=15)
turns = st.builds(Turn, st.integers(0, 11), number(0.02, 0.98, 2), number(0.01, 50, 2), st.integers(1, 4))


@pytest.mark.parametrize("law", LAWS)
def test_a_law_holds(law: str) -> None:
    features = DRAWN - REAL if law in OF_REAL_SUMS else DRAWN

    @settings(few, suppress_health_check=[HealthCheck.too_slow])
    @given(case=cases(features), turn=turns)
    def holds(case: dict[str, Any], turn: Turn) -> None:
        assert LAWS[law](case, turn) == []

    holds()


TURNS = (Turn(0, 0.3, 2.5, 1), Turn(1, 0.62, 0.3, 2))
"""Turns at which each law is seen to hold of the fuller case, and one of which must show the law's fault."""


@pytest.mark.parametrize("law", LAWS)
def test_a_law_holds_of_the_fuller_case(law: str) -> None:
    case = real_case() if law in OF_REAL_SUMS else fuller_case()
    assert [said for turn in TURNS for said in LAWS[law](case, turn)] == []


@pytest.mark.parametrize(("law", "fault"), [(law, fault) for law, faults in BREAKING.items() for fault in faults])
def test_a_planted_fault_breaks_a_law(law: str, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plant: Plant = BREAKING[law][fault]
    plant(monkeypatch)
    case = real_case() if law in OF_REAL_SUMS else fuller_case()
    assert any(LAWS[law](case, turn) for turn in TURNS)


def test_every_law_is_seen_to_fail() -> None:
    assert set(BREAKING) == set(LAWS)


def test_every_law_stated_is_tried() -> None:
    # a law takes a case and a turn, and gives sentences: whatever in the modules does so is in LAWS
    stated = {
        name
        for name, held in (vars(laws_stated) | vars(laws_years)).items()
        if list(getattr(held, "__annotations__", {}).values()) == ["Row", "Turn", "list[str]"]
    }
    assert stated == set(LAWS)
