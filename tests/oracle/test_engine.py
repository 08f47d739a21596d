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
from .strategies import CORE, cases

BUILT = frozenset(
    {"part_of", "transfers", "released_costs", "tax_deadweight", "negative_benefits", "pools", "blocks", "release_lag"}
)
"""Features of the strategies, beyond the core, that this version computes (`sroi.model.not_built` says which not)."""

some = settings(max_examples=60) if settings().max_examples <= 50 else settings(max_examples=500)


@settings(some, suppress_health_check=[HealthCheck.too_slow])
@given(case=st.one_of(cases(CORE), cases(BUILT)))
def test_engine_and_oracle_agree(case: dict[str, Any]) -> None:
    assert disagreements(project(read(case)), by_oracle(case, LIBRARY)) == []
