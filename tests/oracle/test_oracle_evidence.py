"""The oracle's evidence, by hand."""

from __future__ import annotations

import pytest

from .hand import LIBRARY, made, outcome
from .oracle import project


def test_the_grade_of_the_amount_or_the_effect_wins_over_the_row_s() -> None:
    cost = {"payer": "council", "basis": "one_off", "amount": 100, "grade": 3}
    case = made(costs=[{"id": "own", **cost}, {"id": "plain", **cost}], outcomes=[outcome(grade=3)])
    case["grades"] = [
        {"grade": 1, "cost_optimism": 0.1, "benefit_optimism": 0.2},
        {"grade": 3, "cost_optimism": 0.5, "benefit_optimism": 0.4},
    ]
    case["evidence"] = [
        {"ref": "costs.own.amount", "grade": 1},
        {"ref": "costs.plain.amount", "status": "observed"},  # states no grade: the row's holds
        {"ref": "outcomes.gain.deadweight", "grade": 1},  # not the effect: sets nothing
    ]
    result = project(case, LIBRARY)
    # By hand: 100 × 1.1, 100 × 1.5; a gain of 1 × (1 - 0.4).
    assert result["costs"]["own"]["pv"] == pytest.approx(110)
    assert result["costs"]["plain"]["pv"] == pytest.approx(150)
    assert result["outcomes"]["gain"]["corrected"][0] == pytest.approx(0.6)


def test_shares_are_of_sizes() -> None:
    values = [
        {"outcome": "gain", "sector": "council", "kind": "fiscal", "amount": 300},
        {"outcome": "gain", "sector": "people", "kind": "transfer", "amount": 999, "balance": "council"},
        {"outcome": "harm", "sector": "people", "kind": "social", "amount": 100},
    ]
    harm = outcome(id="harm", effect=-1, status="judgement")
    case = made(outcomes=[outcome(status="forecast"), harm], values=values)
    # By hand: |300| and |-100| of 400; the transfer is nobody's.
    shares = project(case, LIBRARY)["evidence"]["benefits"]
    assert shares == {"forecast": 0.75, "observed": 0, "attributed": 0, "judged": 0.25, "not_stated": 0}
