"""Every number that may be uncertain reaches the lines as draws, whatever it is to them (method § 8)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sroi.model.rules.ranges import TABLES, uncertain
from sroi.model.tables import split
from sroi.projection import declare
from sroi.reading import read
from sroi.sheet import evaluate
from tests.projection.rich import rich_case
from tests.projection.small import Row, gain, outlay, saving
from tests.projection.small import case as small
from tests.simulation.typed import candidates, differences, held, near, of_draws

PEOPLE = {"id": "residents", "name": "Residents", "referrals": {2026: 4, 2027: 6, 2028: 5, 2029: 7, 2030: 7},
          "from": 2026, "to": 2030}  # fmt: skip
LAG = "values.gain-council-fiscal.release_lag"


def lagged(lag: int, ranges: list[Row], **fields: Any) -> Any:
    values = [saving(cashable=1, release_lag=lag, **fields)]
    return read(small(groups=[PEOPLE], costs=[outlay()], outcomes=[gain()], values=values, ranges=ranges))


def test_a_drawn_lag_of_release_by_hand() -> None:
    # 4, 6, 5, 7, 7 freed, £1 each, all cash. Lag 0: all 29. Lag 1, the least of two years: 0, 4, 5, 5, 7 = 21. Lag 2,
    # of three: 0, 0, 4, 5, 5 = 14. Lag 3: 0, 0, 0, 4, 5 = 9.
    case = lagged(1, [{"ref": LAG, "low": 0, "high": 3}])
    found = of_draws(case, {LAG: [0, 1, 2, 3, 1]}, 5)
    np.testing.assert_array_equal(found["council", "pv_cashable"], [29, 21, 14, 9, 21])


@pytest.mark.parametrize(
    "shape",
    [
        {"low": 0, "high": 3},
        {"low": 0, "high": 3, "shape": "triangular"},
        {"shape": "discrete", "values": "0; 1; 3", "weights": "1; 1; 1"},
        {"low": 0, "high": 2, "interval": "90%"},  # no end: as many lines as years
        {"shape": "gamma", "alpha": 2, "scale": 1},
    ],
)
def test_a_drawn_lag_is_draw_for_draw_what_is_typed(shape: Row) -> None:
    case = lagged(1, [{"ref": LAG, **shape}], block=3)
    assert differences(case, {LAG: [0, 1, 2, 3]}, 4) == []


def test_a_lag_without_an_end_is_known_as_far_as_all_the_years() -> None:
    case = lagged(1, [{"ref": LAG, "shape": "gamma", "alpha": 2, "scale": 1}])
    assert differences(case, {LAG: [4, 5, 6, 40]}, 4) == []


def test_the_lag_of_a_pool_is_that_of_its_first_row() -> None:
    rest = {"cashable": 1, "pool": "beds", "release_lag": 1}
    values = [saving(**rest), saving(id="second", **rest)]
    ranges = [{"ref": LAG, "low": 0, "high": 2}]
    case = read(small(groups=[PEOPLE], costs=[outlay()], outcomes=[gain()], values=values, ranges=ranges))
    assert differences(case, {LAG: [0, 1, 2]}, 3) == []


@pytest.mark.parametrize("lag", [0, 1, 3])
def test_a_range_changes_no_central_number(lag: int) -> None:
    plain = evaluate(declare(lagged(lag, [], block=2)).model)
    ranged = evaluate(declare(lagged(lag, [{"ref": LAG, "low": 0, "high": 4}], block=2)).model)
    for name in plain.values:
        if "least_" not in name and not isinstance(plain.values[name], str):
            np.testing.assert_array_equal(plain.array(name), ranged.array(name))


def test_only_a_range_of_the_lag_makes_lines_for_it() -> None:
    plain, ranged = (declare(lagged(2, r)).model.lines for r in ([], [{"ref": LAG, "low": 2, "high": 3}]))
    assert {name for name in ranged if name not in plain} == {
        "gain-council-fiscal.release_lag",
        "gain-council-fiscal.lag_left_1",
        "gain-council-fiscal.lag_left_2",
        "gain-council-fiscal.lag_left_3",
        "gain-council-fiscal.least_3",
    }


def whole() -> Any:
    """The rich case, with what it leaves out: a flat rate, blocks, and a drawn lag of release."""
    case = rich_case()
    falls = case["values"][0] | {"release_lag": 1, "block": 0.5}
    return read(
        case
        | {"settings": case["settings"] | {"discount": 0.04, "years": 8}}
        | {"values": [falls, *case["values"][1:]]}
        | {"ranges": [{"ref": "values.falls-health-fiscal.release_lag", "low": 0, "high": 3}]}
    )


@pytest.mark.parametrize("table", [*TABLES, "settings"])
def test_every_number_that_may_be_uncertain_changes_a_measure(table: str) -> None:
    """Each field by itself, twice its own number or so: some measure moves."""
    case = whole()
    fields = candidates(case)
    unmoved = []
    for field in uncertain(table):
        refs = [ref for ref in fields if split(ref)[0] == table and split(ref)[2] == field]
        assert refs, f"{table}.{field} is read by no line of the case"
        if not any(moved(case, ref, field) for ref in refs):
            unmoved.append(field)
    assert unmoved == (["income"] if table == "groups" else [])  # weighs public value: see the next test


def moved(case: Any, ref: str, field: str) -> bool:
    """Whether a measure differs between the number held and another."""
    value = held(case, ref)
    whole_number = field in ("lag", "duration", "release_lag")
    other = value + 1 if whole_number else value * 0.6 if value else 0.3
    found = of_draws(case, {ref: [value, other]}, 2)
    return any(not np.isclose(a[0], a[1], rtol=1e-12, atol=0, equal_nan=True) for a in found.values())


def test_income_moves_public_value_weighted_by_it() -> None:
    model = declare(whole()).model
    drawn = evaluate(model, {"groups.residents.income": np.array([19000.0, 38000.0])})
    # (30,000 ÷ income) ^ 1.3
    np.testing.assert_allclose(drawn.array("residents.weight")[0], [(30 / 19) ** 1.3, (30 / 38) ** 1.3], rtol=1e-12)


def test_every_number_at_once_is_draw_for_draw_what_is_typed() -> None:
    case = whole()
    fields = candidates(case)
    rng = np.random.default_rng(5)
    inputs = {ref: near(case, ref, column, rng, 3) for ref, column in fields.items()}
    assert differences(case, inputs, 3) == []
