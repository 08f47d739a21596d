"""Method § 6: sums that cancel to rounding count as nil, however small everything beside them.

0.1 + 0.2 - 0.3 is 5.6e-17 in floating point, and nil by hand.
"""

from __future__ import annotations

import pytest

from sroi.projection import Result
from tests.projection.small import gain, outlay, projected, saving

OLD = outlay(id="old", basis="per_year", amount=0.3, old_service=True, release_share=1, release_years=0, to=2026)
PAID = [outlay(id="one", amount=0.1), outlay(id="two", amount=0.2)]
DUST = 0.1 + 0.2 - 0.3


def cancelling(*, benefits: bool = True) -> Result:
    """Costs that cancel, and benefits that cancel or are none at all."""
    values = [saving(id=f"v{n}", amount=amount) for n, amount in enumerate((0.1, 0.2, -0.3))] if benefits else []
    return projected(costs=[*PAID, OLD], outcomes=[gain()], values=values)


@pytest.mark.parametrize("benefits", [True, False])
def test_what_cancels_is_nil_though_nothing_larger_stands_beside_it(benefits: bool) -> None:
    result = cancelling(benefits=benefits)
    view = result.views["budget"]
    assert view.pv_costs == pytest.approx(DUST, rel=1e-9)  # the case is of use only if rounding leaves something
    assert view.bcr is None
    assert view.reasons["bcr"] == "there is no cost to set it against"
    assert (view.payback_years, view.reasons["payback_years"]) == (0, "never out of pocket")
    assert (view.irr, view.reasons["irr"]) == (None, "the sign of the net flows never changes")
    assert (view.mirr, view.reasons["mirr"]) == (None, "nothing is paid: no net flow is below zero")
    assert result.sectors["council"].bcr is None
    assert result.views["public_value"].mvpf is None
    assert result.views["public_value"].reasons["mvpf"] == "there is no net cost to public budgets"
    assert result.side_payments["budget"].losers == ()


def test_what_cancels_the_other_way_is_no_release() -> None:
    # 0.3 released and 0.1 + 0.2 paid in the other order of rows, and a release a shade larger than what is paid.
    more = {**OLD, "amount": 0.3 * (1 + 1e-12)}
    view = projected(costs=[*PAID, more]).views["budget"]
    assert view.pv_costs < 0
    assert view.reasons["bcr"] == "there is no cost to set it against"
    view = projected(costs=[*PAID, {**OLD, "amount": 0.31}]).views["budget"]
    assert view.reasons["bcr"] == "what is released is worth more than is paid: there is no cost to set it against"


def test_people_whose_gains_cancel_do_not_pay_for_a_programme() -> None:
    # No net cost to public budgets, and 5.6e-17 to people: not a programme that pays for itself; 0.1 to them is.
    losing = [saving(id=f"p{n}", sector="people", kind="social", amount=a) for n, a in enumerate((0.1, 0.2, -0.3))]
    result = projected(costs=[*PAID, outlay(id="given", amount=0.4, payer="people")], outcomes=[gain()], values=losing)
    # By hand: people gain or lose 0.1 + 0.2 + 0.3 and give 0.4; what the council pays is public.
    number = result.evaluation.number
    assert number("public_value.not_public.size") == pytest.approx(1, rel=1e-12)
    assert number("public_value.not_public.nil") == pytest.approx(1e-9, rel=1e-12)
    view = projected(outcomes=[gain()], values=losing).views["public_value"]
    assert view.npv == pytest.approx(DUST, rel=1e-9)
    assert view.reasons["mvpf"] == "there is no net cost to public budgets"
    view = projected(outcomes=[gain()], values=losing[:1]).views["public_value"]
    assert view.reasons["mvpf"] == "pays for itself"


def test_what_is_nil_is_a_share_of_every_row_whether_or_not_they_cancel() -> None:
    # By hand: 1e-9 of 0.1 + 0.2 + 0.3 paid or released and of 0.1 + 0.2 + 0.3 gained or lost.
    result = cancelling()
    assert result.evaluation.number("budget.size") == pytest.approx(1.2, rel=1e-12)
    assert result.evaluation.number("budget.nil") == pytest.approx(1.2e-9, rel=1e-12)
    # The council has all of these rows, and the people none: where there is nothing, nothing is nil but nought.
    number = result.evaluation.number
    assert (number("council.size"), number("council.nil")) == pytest.approx((1.2, 1.2e-9), rel=1e-12)
    assert (number("people.size"), number("people.nil")) == (0, 0)
    # A cost above it is a cost: a millionth of the rows that cancel beside it, and half a pound saved.
    costs = [*PAID, OLD, outlay(id="real", amount=1e-6)]
    view = projected(costs=costs, outcomes=[gain()], values=[saving(amount=0.5)]).views["budget"]
    assert view.bcr == pytest.approx(0.5 / 1e-6, rel=1e-9)


def test_the_tax_on_what_cancels_is_nil_too() -> None:
    # By hand: a quarter of 0.6 paid or released and of 0.6 gained or lost, beside those themselves.
    values = [saving(id=f"v{n}", amount=amount) for n, amount in enumerate((0.1, 0.2, -0.3))]
    result = projected({"tax_deadweight": 0.25}, costs=[*PAID, OLD], outcomes=[gain()], values=values)
    assert result.evaluation.number("public_value.size") == pytest.approx(1.25 * 1.2, rel=1e-12)
    assert result.views["public_value"].bcr is None


def test_a_loss_that_is_rounding_leaves_nobody_out_of_pocket() -> None:
    # Transfers from one public sector to another and back: 0.1 + 0.2 against 0.3.
    there = [
        saving(id=f"t{n}", kind="transfer", sector="council", balance="health", amount=a)
        for n, a in enumerate((0.1, 0.2, -0.3))
    ]
    result = projected(outcomes=[gain()], values=there)
    assert result.side_payments["budget"].gap == pytest.approx(DUST, rel=1e-9)
    assert result.side_payments["budget"].losers == ()
