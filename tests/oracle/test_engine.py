"""The engine against the oracle on random small cases: every row and measure they share."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sroi.projection import project
from sroi.reading import read
from tests.projection.agreement import disagreements

from .hand import LIBRARY
from .oracle import project as by_oracle
from .strategies import CORE, FURTHER, cases

BUILT = FURTHER
"""Features of the strategies, beyond the core, that this version computes: all of them."""
SHORT = BUILT - {"long"}

some = settings(max_examples=60) if settings().max_examples <= 50 else settings(max_examples=500)


@settings(some, suppress_health_check=[HealthCheck.too_slow])
@given(case=st.one_of(cases(CORE), cases(SHORT), cases(BUILT)))
def test_engine_and_oracle_agree(case: dict[str, Any]) -> None:
    made = read(case)
    assert disagreements(project(made), by_oracle(case, LIBRARY)) == []
    if made.actuals:
        assert disagreements(project(made, actuals=True), by_oracle(case, LIBRARY, actuals=True)) == []
