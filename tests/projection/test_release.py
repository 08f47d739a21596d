"""How much of what is freed becomes cash, by hand (method § 5): blocks, a lag before release, pools, harms."""

from __future__ import annotations

from typing import Any

import pytest

from tests.projection.small import gain, outlay, projected, rows, saving

# Five years, no discounting, £1 a unit, all of it cashable unless said. People start in each year as the profile says.


def group(*people: float) -> dict[str, Any]:
    """Referrals by year from 2026; each brings one unit in that year alone."""
    by_year = {2026 + t: count for t, count in enumerate(people)}
    return {"id": "residents", "name": "Residents", "referrals": by_year, "from": 2026, "to": 2030}


def cash(people: tuple[float, ...], effect: float = 1, **fields: Any) -> list[float]:
    values = [saving(cashable=1, **fields)]
    result = projected(groups=[group(*people)], costs=[outlay()], outcomes=[gain(effect=effect)], values=values)
    assert not result.failed
    return rows(result, "gain-council-fiscal.cash")[0]


def test_capacity_closes_in_whole_blocks() -> None:
    # 9 free is no ward of 10; 10 is one, exactly; 25 are two; and the second reopens when demand returns.
    assert cash((9, 10, 25, 19, 0), block=10) == [0, 10, 20, 10, 0]


def test_an_exact_multiple_loses_no_block() -> None:
    # 3 × 0.1 falls short of 0.3 in binary: without the tolerance of 1e-9 a block would be lost.
    assert cash((3,), effect=0.1, block=0.1)[0] == pytest.approx(0.3)


def test_a_harm_opens_a_whole_block() -> None:
    # 1 more in demand opens a ward of 10; 10 more one, exactly; 11 two.
    assert cash((1, 10, 11, 0, 0), effect=-1, block=10) == [-10, -10, -20, 0, 0]


def test_capacity_must_have_stayed_free() -> None:
    # Released a year after it came free, and only what stayed free: least of this year and the one before.
    assert cash((4, 6, 5, 0, 3), release_lag=1) == [0, 4, 5, 0, 0]
    # Two years: least of three.
    assert cash((4, 6, 5, 7, 7), release_lag=2) == [0, 0, 4, 5, 5]


def test_a_harm_does_not_wait() -> None:
    assert cash((4, 6, 0, 0, 0), effect=-1, release_lag=2) == [-4, -6, 0, 0, 0]


def test_rows_of_a_pool_close_blocks_together() -> None:
    # 6 and 6 free: neither closes a ward of 10, together they do. The cash stands on the first row, once.
    rest = {"cashable": 1, "block": 10, "pool": "wards"}
    values = [saving(**rest), saving(id="second", **rest)]
    result = projected(groups=[group(6)], costs=[outlay()], outcomes=[gain()], values=values)
    assert rows(result, "gain-council-fiscal.pool_freed", "gain-council-fiscal.cash") == [
        [12, 0, 0, 0, 0],
        [10, 0, 0, 0, 0],
    ]
    assert "second.cash" not in result.declared.model.lines
    assert result.views["cashable"].pv_benefits == result.sectors["council"].pv_cashable == 10
    assert result.views["budget"].pv_benefits == 12  # capacity freed, beside cash released
