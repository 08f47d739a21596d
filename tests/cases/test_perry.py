"""Perry Preschool at age 27, as a case of one year: present values by row, to the participants and to the public.

Source: Rolnick and Grunewald, Federal Reserve Bank of Minneapolis (2003), after Schweinhart et al.: present values in
1992 dollars at 3 %; read in the source. They are discounted already, so the case has one year and nothing to discount.
Tolerances: 2 dollars, since the source rounds its rows; ratios 0.005.
"""

from __future__ import annotations

import pytest

from sroi.errors import CaseError
from sroi.projection import Result
from tests.projection.small import Row, gain, outlay, projected

ROWS = {
    "child-care": (738, 0),
    "k12": (0, 6872),
    "adult-education": (0, 283),
    "earnings": (21485, 8846),
    "crime": (0, 70381),
    "higher-education": (0, -868),
}
"""To the participants, to the public; all but welfare."""
WELFARE = (-2653, 2918)
COST = 12356
PARTICIPANTS, PUBLIC, TOTAL, NPV, BCR = 19570, 88433, 108002, 95646, 8.74
DOLLARS, RATIO = 2, 0.005
SECTORS: list[Row] = [
    {"id": "public", "name": "General public", "ledger": "public"},
    {"id": "participants", "ledger": "people"},
]
KINDS = {"participants": "economic", "public": "fiscal"}


def welfare_as_a_transfer() -> list[Row]:
    """What participants lose the public no longer pays: a transfer, entered on both sides. The public keeps 265 more
    (as the rest of its row): resources, since nobody loses them."""
    lost, gained = -WELFARE[0], WELFARE[1]
    return [
        _to("public", "welfare", lost, kind="transfer", balance="participants"),
        _to("public", "welfare", gained - lost),
    ]


def _to(sector: str, outcome: str, amount: float, **fields: object) -> Row:
    return {"outcome": outcome, "sector": sector, "kind": KINDS[sector], "amount": amount, **fields}


def perry(welfare: list[Row]) -> Result:
    """One participant. The study's public are taxpayers and victims of crime in one, and so one public sector here."""
    values = [
        _to(sector, outcome, amount)
        for outcome, amounts in ROWS.items()
        for sector, amount in zip(("participants", "public"), amounts, strict=True)
        if amount
    ]
    return projected(
        settings={"years": 1, "discount": 0},
        sectors=SECTORS,
        costs=[outlay(payer="public", amount=COST)],
        outcomes=[gain(id=outcome, name=outcome.capitalize()) for outcome in (*ROWS, "welfare")],
        values=[*values, *welfare],
    )


def test_the_study() -> None:
    """Addition and routing alone: the rows are the study's own present values, so no discounting, prices, growth or
    adjustment is tried, only that each sum reaches its sector and that the totals and the ratio are made of them all
    with the transfer counted once on each side. The effects themselves the study does not give in the form of § 4."""
    result = perry(welfare_as_a_transfer())
    assert result.sectors["participants"].pv_benefits == pytest.approx(PARTICIPANTS, abs=DOLLARS)
    assert result.sectors["public"].pv_benefits == pytest.approx(PUBLIC, abs=DOLLARS)
    view = result.views["public_value"]
    assert view.pv_benefits == pytest.approx(TOTAL, abs=DOLLARS)
    assert view.npv == pytest.approx(NPV, abs=DOLLARS)
    assert view.bcr == pytest.approx(BCR, abs=RATIO)


def test_public_value_leaves_the_transfer_out_and_the_sectors_keep_it() -> None:
    result = perry(welfare_as_a_transfer())
    # By hand: 2,918 - 2,653 = 265 stays; each sector's own view holds its side.
    rows = result.evaluation.row
    assert rows("welfare-public-fiscal.value").tolist() == [265]
    assert rows("welfare-public-transfer.value").tolist() == [2653]
    assert rows("welfare-public-transfer-balance.value").tolist() == [-2653]
    assert result.outcomes["welfare"].pv == pytest.approx(265)


def test_welfare_counted_on_one_side_misses() -> None:
    """Routing: all 2,918 as resources saved, and the participants' loss forgotten: 2,653 too many."""
    result = perry([_to("public", "welfare", WELFARE[1])])
    assert result.views["public_value"].pv_benefits != pytest.approx(TOTAL, abs=DOLLARS)
    assert result.views["public_value"].bcr != pytest.approx(BCR, abs=RATIO)
    assert result.sectors["participants"].pv_benefits != pytest.approx(PARTICIPANTS, abs=DOLLARS)


def test_a_transfer_without_its_other_side_is_refused() -> None:
    alone = [_to("public", "welfare", -WELFARE[0], kind="transfer")]
    with pytest.raises(CaseError, match='The transfers of "welfare" must sum to nil'):
        perry(alone)


def test_the_answer_rests_on_crime() -> None:
    """The warning, on published sums: the share is the engine's division and the sums are the study's."""
    # By hand: 70,381 of gains of 108,870 (harms aside) is 64.6 %; of the published total, 65.2 %.
    said = (
        'One outcome, "Crime", is 65% of the benefits: the answer rests on it. '
        "Look at its evidence first, and try the answer without it."
    )
    assert said in perry(welfare_as_a_transfer()).warnings
