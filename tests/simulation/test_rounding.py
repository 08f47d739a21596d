"""No figure of the draws hangs on the last bit of a float: where an answer is nil or just what is asked in every draw.

By hand in each: only how many are referred is uncertain, and it multiplies costs and values alike.
"""

from __future__ import annotations

from typing import Any

import pytest

import sroi
from sroi.simulation import Simulation, simulate
from tests.projection.small import case as small
from tests.projection.small import gain, outlay, saving

REFERRED = {"ref": "groups.residents.referrals", "low": 50, "high": 200}


def drawn(settings: dict[str, Any] | None = None, *, to: int = 2026, **tables: Any) -> Simulation:
    """A thousand draws or so of a small case with 100 people referred a year, from 50 to 200."""
    groups = [{"id": "residents", "name": "Residents", "referrals": 100, "from": 2026, "to": to}]
    made = small({"discount": 0.035, **(settings or {})}, groups=groups, ranges=[REFERRED], **tables)
    return simulate(sroi.read(made), draws=1024)


@pytest.mark.parametrize(("cost", "worth"), [(300, 100), (333.3, 111.1), (9.9, 3.3)])
def test_every_draw_pays_back_in_the_same_year(cost: float, worth: float) -> None:
    """Paid in year 0 for three years' worth from year 1 on: back after three years whoever comes."""
    found = drawn(
        {"years": 10},
        costs=[outlay(basis="per_referral", group="residents", amount=cost)],
        outcomes=[gain(lag=1, duration=9)],
        values=[saving(amount=worth)],
    ).views["public_value"]
    assert found.paid_back_by[2:5] == (0.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("cost", "worth", "ratio"), [(80, 120, 1.5), (100, 150, 1.5), (200, 250, 1.25), (40, 90, 2.25)]
)
def test_a_return_that_is_just_what_is_asked_is_acceptable(cost: float, worth: float, ratio: float) -> None:
    found = drawn(
        {"years": 10},
        to=2035,
        costs=[outlay(basis="per_referral", group="residents", amount=cost)],
        outcomes=[gain()],
        values=[saving(amount=worth)],
    ).views["public_value"]
    assert (found.acceptability[ratio], found.acceptability[ratio + 0.25]) == (1.0, 0.0)


def test_what_breaks_even_in_every_draw_has_no_net_benefit() -> None:
    """£0.10 and £0.20 for what is worth £0.30."""
    costs = [
        outlay(id=name, basis="per_referral", group="residents", amount=amount)
        for name, amount in (("a", 0.1), ("b", 0.2))
    ]
    found = drawn({"years": 10}, to=2035, costs=costs, outcomes=[gain()], values=[saving(amount=0.3)])
    view = found.views["public_value"]
    assert (view.chance_positive, view.acceptability[1.0]) == (0.0, 1.0)
    assert found.sectors["council"].chance_positive == 0.0
    assert "chance of net benefit" not in " ".join(found.warnings)


def test_costs_that_cancel_leave_no_ratio_of_means() -> None:
    """£0.10 and £0.20 a year, and an old service of £0.30 no longer paid: nothing is paid, in any draw."""
    old = {"old_service": "yes", "release_share": 1, "release_years": 0}
    costs = [
        outlay(id="a", basis="per_year", amount=0.1),
        outlay(id="b", basis="per_year", amount=0.2),
        outlay(id="c", basis="per_year", amount=0.3, **old),
    ]
    found = drawn(
        {"years": 10}, costs=costs, outcomes=[gain()], values=[saving(sector="people", kind="economic", amount=1000)]
    )
    view = found.views["public_value"]
    assert (view.ratio_of_means, view.ratio_mcse, view.bcr.absent) == (None, None, 1024)
    assert (found.views["budget"].chance_positive, found.sectors["council"].chance_positive) == (0.0, 0.0)
