"""Individual placement and support: the health service pays, and most of the good falls to others.

Source: figures given as Deloitte's for the UK, individual placement and support, per person, in the record
`wrong_pockets_ips` of `published.yaml`; the report itself was not identified. Tolerances: sums to the
pound, ratios to half a unit of the last digit printed.
"""

from __future__ import annotations

import pytest

from sroi.projection import Result
from tests.projection.small import Row, gain, outlay, projected

COST = 921
BENEFITS = {"health": 373, "welfare": 230, "social": 330, "other": 503}
TOTAL, SOCIETY_BCR, PAYER_BCR, MVPF = 1436, 1.559, 0.405, 2.62
SECTORS: list[Row] = [
    {"id": "health", "name": "NHS", "ledger": "public"},
    {"id": "welfare", "ledger": "public"},
    {"id": "people", "ledger": "people"},
    {"id": "treasury", "ledger": "public"},
]


def placement(welfare: str = "fiscal", other: tuple[str, str] = ("people", "economic")) -> Result:
    """One person. `welfare` is the kind of the welfare saving; `other` the sector and kind of the other benefits."""
    mirrored = {"balance": "people"} if welfare == "transfer" else {}
    return projected(
        settings={"years": 1},
        sectors=SECTORS,
        costs=[outlay(payer="health", amount=COST)],
        outcomes=[gain()],
        values=[
            {"outcome": "gain", "sector": "health", "kind": "fiscal", "amount": BENEFITS["health"]},
            {"outcome": "gain", "sector": "welfare", "kind": welfare, "amount": BENEFITS["welfare"], **mirrored},
            {"outcome": "gain", "sector": "people", "kind": "social", "amount": BENEFITS["social"]},
            {"outcome": "gain", "sector": other[0], "kind": other[1], "amount": BENEFITS["other"]},
        ],
    )


def test_the_study() -> None:
    """Addition and routing, and one definition: the five sums are the record's own, of one year and undiscounted, so no
    discounting or adjustment is tried; which sums each ratio is made of is, and that is the method of § 6.

    The published 2.62 is (330 + 503) / (921 − 373 − 230): in § 6's words, welfare is `fiscal`, *social* and *other*
    benefits both fall to people and society, and the payer's own saving comes off the cost to public budgets."""
    result = placement()
    view = result.views["public_value"]
    assert view.pv_benefits == pytest.approx(TOTAL, abs=0.5)
    assert view.bcr == pytest.approx(SOCIETY_BCR, abs=0.0005)
    assert result.sectors["health"].bcr == pytest.approx(PAYER_BCR, abs=0.0005)
    assert view.mvpf == pytest.approx(MVPF, abs=0.005)


def test_the_pockets_are_the_wrong_ones() -> None:
    """Addition and routing of the same five sums. By hand: the NHS gets 373 of its 921 back; all public budgets
    together 603; the person 833 for nothing."""
    result = placement()
    assert result.sectors["health"].net == pytest.approx(-548)
    assert result.sectors["welfare"].net == pytest.approx(230)
    assert result.views["budget"].npv == pytest.approx(603 - 921)
    assert result.sectors["people"].net == pytest.approx(833)
    assert result.sectors["people"].bcr is None


def test_welfare_as_a_transfer_is_another_number() -> None:
    """By hand: the person loses the 230 that the public saves, so (833 − 230) / 318 = 1.896, and society gains 230
    less. The published figures are without that loss."""
    view = placement(welfare="transfer").views["public_value"]
    assert view.mvpf == pytest.approx(603 / 318)
    assert view.mvpf != pytest.approx(MVPF, abs=0.005)
    assert view.pv_benefits != pytest.approx(TOTAL, abs=0.5)


def test_other_benefits_are_not_a_budget_s() -> None:
    """Read as savings of another public budget, the programme would pay for itself (603 + 503 of 921), and there would
    be no such number."""
    view = placement(other=("treasury", "fiscal")).views["public_value"]
    assert view.mvpf is None
    assert view.reasons["mvpf"] == "pays for itself"
