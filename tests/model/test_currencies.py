"""A case in another currency: what it may say, and how it is said. What it may not is in `faults.yaml`."""

from __future__ import annotations

from typing import Any

import pytest

from sroi.errors import CaseError
from sroi.projection import project
from sroi.reading import read
from tests.projection.small import case, gain, outlay, saving

OWN = {"id": "own", "name": "Own", "sector": "council", "kind": "fiscal", "unit": "thing", "amount": 3,
       "price_year": "2023/24"}  # fmt: skip
BY_UNIT = {"outcome": "gain", "unit_value": "own"}


def in_euros(currency: str = "EUR", **tables: Any) -> dict[str, Any]:
    """100 paid, and 110 gained for it, in a currency."""
    return case({"currency": currency, "benefit_timing": "end"},
                **({"costs": [outlay()], "outcomes": [gain()], "values": [saving(amount=110)]} | tables))  # fmt: skip


def problems(data: dict[str, Any]) -> list[str]:
    with pytest.raises(CaseError) as error:
        read(data)
    return [str(problem) for problem in error.value.problems]


def test_the_currency_moves_no_sum() -> None:
    """Nothing is converted: the same numbers come to the same in any currency, and have another name."""
    plain, euros = (project(read(in_euros(code))) for code in ("GBP", "EUR"))
    there, here = euros.to_dict(), plain.to_dict()
    why = "the index of prices held is that of the United Kingdom"
    assert set(there.pop("outturn")["reasons"].values()) == {why}
    assert "later_inflation" in here.pop("outturn")["reasons"]["costs"]  # the same null, for another reason
    for payer in (*there["payers"].values(), *here["payers"].values()):
        payer["reasons"].pop("peak_funding_outturn")
    assert there == here
    assert euros.case.inputs_sha256 != plain.case.inputs_sha256


def test_a_unit_value_in_the_currency_of_the_case_is_taken() -> None:
    data = in_euros(values=[BY_UNIT]) | {"unit_values": [OWN | {"currency": "EUR"}]}
    assert project(read(data)).views["public_value"].pv_benefits == 3  # 1 person × 1 thing × 3


def test_a_unit_value_that_says_nothing_is_in_pounds() -> None:
    assert problems(in_euros(values=[BY_UNIT]) | {"unit_values": [OWN]}) == [
        'values[0].unit_value: The unit value "own" is in GBP, and the case in EUR. Enter the sum in EUR: as an '
        "amount, or as a row of Unit values with its currency."
    ]


def test_a_shipped_unit_value_may_be_given_anew_in_another_currency() -> None:
    anew = OWN | {"id": "qaly", "sector": "people", "kind": "social", "amount": 60000, "currency": "EUR"}
    value = {"outcome": "gain", "unit_value": "qaly", "times": 0.5}
    result = project(read(in_euros(values=[value]) | {"unit_values": [anew]}))
    # 0.5 × 60,000 at the end of the year, at the 1.5 % for health.
    assert result.views["public_value"].pv_benefits == pytest.approx(30000 / 1.015)


def test_a_pound_sign_is_taken_in_pounds_alone() -> None:
    tables: dict[str, Any] = {
        "costs": [outlay(amount="£100"), outlay(id="more", amount={"value": "£1.5m", "low": 1, "high": 2000000})],
        "outcomes": [gain(source="a fee of £3")],
    }
    assert problems(in_euros(**tables)) == [
        'costs[0].amount: Amount is in pounds, and the case in EUR; found "£100". Type it in EUR, without a sign.',
        'costs[1].amount: Amount is in pounds, and the case in EUR; found "£1.5m". Type it in EUR, without a sign.',
    ]
    assert read(in_euros("GBP", **tables)).costs[1].amount == 1500000


def test_a_row_that_fails_is_not_told_of_twice() -> None:
    """The shipped row, in pounds, is not what the case means by that id."""
    anew = OWN | {"id": "qaly", "sector": "people", "kind": "social", "amount": "dear", "currency": "EUR"}
    value = {"outcome": "gain", "unit_value": "qaly", "times": 0.5}
    assert problems(in_euros(values=[value]) | {"unit_values": [anew]}) == [
        'unit_values[0].amount: Amount must be a number; found "dear".'
    ]


def test_a_nominal_sum_is_refused_in_another_currency() -> None:
    assert (
        "costs[0].price_year: In a currency other than GBP all price years must be the base, 2023/24; found nominal. "
        "State the sum in the base year's prices."
    ) in problems(in_euros(costs=[outlay(price_year="nominal")]))


def test_the_base_may_be_a_year_that_the_index_does_not_hold() -> None:
    data = in_euros(costs=[outlay(price_year="2030/31")])
    data["settings"]["price_base"] = "2030/31"
    assert project(read(data)).views["public_value"].npv == 10  # 110 - 100


@pytest.mark.parametrize(
    ("code", "unit", "one", "word", "tax"),
    [
        ("GBP", "£", "£1", "pound", "a pound"),
        ("EUR", "€", "€1", "euro", "a euro"),
        ("USD", "$", "$1", "dollar", "a dollar"),
        ("SEK", "SEK", "SEK 1", "SEK", "SEK 1"),
    ],
)
def test_lines_and_warnings_speak_of_the_currency(code: str, unit: str, one: str, word: str, tax: str) -> None:
    result = project(read(in_euros(code) | {"settings": in_euros(code)["settings"] | {"benefit_timing": "start"}}))
    lines = result.declared.model.lines
    assert lines["public_value.npv"].shown_unit == unit
    assert lines["gain-council-fiscal.value_each"].shown_unit == f"{unit} per thing"
    assert lines["costs.outlay.amount"].shown_unit == f"{unit} as quoted per time"
    assert lines["public_value.bcr"].shown_unit == lines["public_value.mvpf"].shown_unit == f"{unit} per {one}"
    assert lines["public_value.bcr"].label == f"Public value (economic case): benefits per {one} of cost"
    assert lines["settings.tax_deadweight"].label == f"Tax charge: cost of raising {tax} of tax"
    assert result.warnings == (
        "Costs and benefits both fall at the start of the year, and there are benefits in the first: the first "
        f"{word} is paid and repaid on one day. Set benefit_timing to end if effects follow costs.",
        "Nothing is paid by or falls to NHS, People. Take it out, or enter what is missing.",
    )
    said = [line.label + line.shown_unit for line in lines.values()]
    assert code == "GBP" or not [text for text in said if "£" in text or "pound" in text]
