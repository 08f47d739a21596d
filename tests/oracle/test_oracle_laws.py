"""Laws the oracle keeps on random cases with every feature: properties, no number known beforehand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from .hand import LIBRARY
from .oracle import project
from .strategies import FURTHER, LONG, cases

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
    assert case["settings"]["years"] <= LONG


@few
@given(case=cases(FURTHER))
def test_earnings_are_drawn_net_or_gross_and_never_both(case: dict[str, Any]) -> None:
    # § 5: net of tax with the tax fiscal, or gross with the tax a transfer.
    styles: dict[str, set[str]] = {}
    for row in case["values"]:
        if "earnings" in row:
            assert (row["kind"], row["sector"]) == ("economic", "people")
            if row.get("counts", True):
                styles.setdefault(row["outcome"], set()).add(row["earnings"])
    assert all(len(found) == 1 for found in styles.values())


@few
@given(case=cases(FURTHER))
def test_budgets_and_the_split_of_costs_add_to_the_budget(case: dict[str, Any]) -> None:
    # § 6: each flow once, by sector, and each cost in one part of either split.
    result = project(case, LIBRARY)
    budget, split = result["views"]["budget"], result["split"]
    size = sum(max(map(abs, amounts)) for amounts in every(result))
    for t in range(case["settings"]["years"]):
        for key, view in (("pays", "costs"), ("saves", "benefits")):
            assert close(sum(rows[key][t] for rows in result["budgets"].values()), budget[view][t], size)
        released = sum(rows["cash_released"][t] for rows in result["budgets"].values())
        assert close(released, result["views"]["cashable"]["benefits"][t], size + max(map(abs, pool_cash(result))))
        assert close(split["capital"][t] + split["revenue"][t], split["one_off"][t] + split["recurring"][t], size)
        if case["settings"].get("negative_benefits") != "costs":
            assert close(split["capital"][t] + split["revenue"][t], budget["costs"][t], size)


def every(result: dict[str, Any]) -> list[list[float]]:
    """Every row of costs and values, by year."""
    return [row["cost"] for row in result["costs"].values()] + [row["value"] for row in result["values"].values()]


def pool_cash(result: dict[str, Any]) -> list[float]:
    """The cash of every pool and year; whole blocks may bring more than the value."""
    return [cash for pool in result["pools"].values() for cash in pool["cash"]] or [0.0]
