"""What the engine would refuse does not become a plausible number in the workbook: it says CHECK, or shows an error."""

from __future__ import annotations

from pathlib import Path

import pytest

import sroi
from sroi.errors import CaseError
from sroi.model import Case
from sroi.reports.workbook import Plan, plan
from tests.parity.everything import everything
from tests.parity.recalculate import CellError, Live

REFUSED: dict[str, object] = {
    "settings.discount": "green-book-2062-standard",
    "settings.health_discount": "3.5 per cent",
    "settings.price_base": "1066/67",
    "settings.first_year": 2040,
    "groups.adults.engagement": 1.4,
    "groups.young.to": 2099,
    "costs.set-up.from": 2050,
    "costs.office.to": 2020,
    "costs.set-up.grade": 9,
    "costs.set-up.price_year": "1066",
    "outcomes.incidents.grade": 7,
    "evidence.outcomes.incidents.effect.grade": 7,
    "evidence.costs.support.amount.grade": 5,
    "outcomes.incidents.attribution": 12,
    "outcomes.incidents.leakage": -0.2,
    "outcomes.incidents.drop_off": "a third",
    "values.stays-nhs-fiscal.cashable": 1.5,
    "unit_values.admission-emergency.price_year": "1166/67",
    "settings.later_inflation": -0.5,
}
"""One refused value for each kind of live cell whose own validation a pasted value would pass by."""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, Plan, Path]:
    case = sroi.read(everything())
    path = tmp_path_factory.mktemp("refused") / "everything.xlsx"
    sroi.write_workbook(path, case)
    return case, plan(case), path


def verdict(live: Live, planned: Plan) -> object:
    spot = planned.layout.spot("checks.master")
    return live.value(spot.sheet, f"{chr(65 + spot.column)}{spot.row}")


def test_the_book_itself_is_sound(book: tuple[Case, Plan, Path]) -> None:
    _, planned, path = book
    assert verdict(Live(path), planned) == "OK"


@pytest.mark.parametrize("ref", REFUSED)
def test_a_refused_value_does_not_pass(ref: str, book: tuple[Case, Plan, Path]) -> None:
    case, planned, path = book
    with pytest.raises(CaseError):
        case.replace(ref, REFUSED[ref])
    live = Live(path)
    sheet, _, cell = planned.layout.cells[ref].rpartition("!")
    live.set(sheet.strip("'"), cell.replace("$", ""), REFUSED[ref])
    live.evaluate()
    found = verdict(live, planned)
    assert found == "CHECK" or isinstance(found, CellError), found
