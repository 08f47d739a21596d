"""Laws the oracle keeps on random cases with every feature: properties, no number known beforehand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from .hand import LIBRARY
from .oracle import project
from .strategies import FURTHER, cases

# ---------------------------------------------------------------- Laws, on random cases with every feature

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


def close(found: float, expected: float, size: float) -> bool:
    """Equal to 1e-9 of the size of what was added up."""
    return abs(found - expected) <= 1e-9 * max(1.0, size)


@few
@given(case=cases(FURTHER))
def test_the_recursion_of_section_4_gives_the_sum_over_cohorts(case: dict[str, Any]) -> None:
    # § 4 states in_force twice, as a recursion and as a sum over cohorts; the oracle uses the sum.
    result = project(case, LIBRARY)
    people = {group["id"]: group for group in case["groups"]}
    for row in case["outcomes"]:
        found = result["outcomes"][row["id"]]["in_force"]
        total = [0.0] * len(found)
        named = [row["group"]] if isinstance(row["group"], str) else row["group"]
        for name in people if named == ["all"] else named:
            if not row.get("counts", True):
                continue
            lag, duration = row.get("lag", 0), row.get("duration", 1)
            stays = 1 - people[name].get("exit_rate", 0)
            kept = (1 - row.get("drop_off", 0)) * stays
            started = result["people"][name]["referrals" if row.get("of") == "referred" else "engaged"]
            entering = [
                (started[t - lag] if t >= lag else 0) * row.get("at_risk", 1) * stays**lag for t in range(len(found))
            ]
            here = 0.0
            for t in range(len(found)):
                gone = entering[t - duration] if t >= duration else 0.0
                here = entering[t] + kept * here - kept**duration * gone
                total[t] += here
        assert all(close(a, b, max(map(abs, total))) for a, b in zip(found, total, strict=True))


@few
@given(case=cases(FURTHER))
def test_sectors_add_to_the_whole(case: dict[str, Any]) -> None:
    # § 6: transfers cancel, a parent's parts are met once, and the tax charge belongs to no sector.
    case = {**case, "settings": {**case["settings"], "tax_deadweight": 0}}
    result = project(case, LIBRARY)
    parts = [row["id"] for row in case["sectors"] if "part_of" not in row]
    nets = [result["sectors"][name]["net"] for name in parts]
    size = sum(abs(value["pv"]) for value in result["values"].values()) + sum(map(abs, nets))
    assert close(sum(nets), result["views"]["public_value"]["npv"], size)


@few
@given(case=cases(FURTHER))
def test_where_a_flow_is_shown_moves_no_net_value(case: dict[str, Any]) -> None:
    # §§ 3 and 12: released costs and negative benefits change sides, not dates.
    def npvs(released: str, negative: str) -> list[float]:
        changed = {**case["settings"], "released_costs": released, "negative_benefits": negative}
        views = project({**case, "settings": changed}, LIBRARY)["views"]
        return [views[name]["npv"] for name in ("public_value", "budget", "cashable")]

    for plain, other in zip(npvs("costs", "benefits"), npvs("benefits", "costs"), strict=True):
        assert plain == pytest.approx(other, rel=1e-9, abs=1e-3)


@few
@given(case=cases())
def test_the_core_is_drawn_without_further_features(case: dict[str, Any]) -> None:
    keys = {key for row in case["values"] for key in row}
    assert not keys & {"pool", "block", "release_lag", "balance", "earnings"}
    assert not {"tax_deadweight", "later_inflation", "released_costs", "negative_benefits"} & set(case["settings"])
    assert all(row.get("price_year") != "nominal" for row in case["costs"] + case["values"])
