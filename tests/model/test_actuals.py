"""The table `actuals` in every form, and the case with the past as it was."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from sroi.errors import CaseError
from sroi.model import Case
from sroi.reading import read
from sroi.reports.workbook import write_case
from tests.model.example import example
from tests.projection.small import case, gain, outlay, saving
from tests.reading.forms import as_workbook, as_yaml

ROWS: list[dict[str, Any]] = [
    {"ref": "groups.teens.referrals", "year": "2026/27", "value": 52, "source": "register"},
    {"ref": "costs.team.amount", "year": 2027, "value": "£244,000", "source": "accounts"},
    {"ref": "outcomes.missing.effect", "year": 2027, "value": "12%"},
    {"ref": "values.wellbeing-families-social.amount", "year": 2028, "value": 12500},
]


def tables() -> dict[str, Any]:
    return example() | {"actuals": copy.deepcopy(ROWS)}


def test_what_came_in_is_read_as_its_field_is() -> None:
    assert {ref: dict(by_year) for ref, by_year in read(tables()).came_in.items()} == {
        "groups.teens.referrals": {2026: 52},
        "costs.team.amount": {2027: 244000},
        "outcomes.missing.effect": {2027: 0.12},
        "values.wellbeing-families-social.amount": {2028: 12500},
    }


def test_every_form_has_one_hash_and_knows_its_places(tmp_path: Path) -> None:
    forms: list[Case] = [
        read(tables()),
        read(as_yaml(tables(), tmp_path / "case.yaml")),
        read(as_workbook(tables(), tmp_path / "case.xlsx")),
        read(write_case(tmp_path / "written.xlsx", read(tables()))),
    ]
    assert len({form.inputs_sha256 for form in forms}) == 1
    ref = "actuals.costs.team.amount 2027.value"
    assert forms[0].place(ref) == "actuals[1].value"
    assert forms[2].place(ref) == "Actuals!C6"
    assert forms[0].get(ref) == "£244,000"


def test_a_fault_in_a_sheet_has_its_cell(tmp_path: Path) -> None:
    held = tables()
    held["actuals"][1]["value"] = "12k"
    held["actuals"][2]["ref"] = "outcomes.misting.effect"
    with pytest.raises(CaseError) as error:
        read(as_workbook(held, tmp_path / "case.xlsx"))
    assert [str(problem) for problem in error.value.problems] == [
        'Actuals!C6: Amount must be a number; found "12k". Type 12000.',
        'Actuals!A7: There is no outcome called "misting". Did you mean "missing"?',
    ]


def test_a_number_is_stated_once_for_a_year() -> None:
    twice = tables()
    twice["actuals"].append({"ref": "groups.teens.referrals", "year": 2026, "value": 53})
    with pytest.raises(CaseError) as error:
        read(twice)
    assert str(error.value) == (
        "actuals[4]: What came in for groups.teens.referrals in 2026/27 is stated twice. Take one of the two out.\n"
        "1 problem."
    )


def test_as_it_was_is_the_same_case_read_otherwise() -> None:
    made = read(tables())
    was = made.as_it_was()
    assert (made.rerun, was.rerun) == (False, True)
    assert was.seen_in == "Re-run with the past as it was."
    assert was.inputs_sha256 == made.inputs_sha256
    assert was.as_it_was() is was
    assert was.replace("costs.hub.amount", 1).rerun, "a changed re-run is a re-run"


def test_a_sum_in_pounds_is_refused_in_another_currency() -> None:
    held = case({"currency": "EUR"}, costs=[outlay()], outcomes=[gain()], values=[saving()])
    held["actuals"] = [{"ref": "costs.outlay.amount", "year": 2026, "value": "£90"}]
    with pytest.raises(CaseError) as error:
        read(held)
    assert str(error.value.problems[0]) == (
        'actuals[0].value: Amount is in pounds, and the case in EUR; found "£90". Type it in EUR, without a sign.'
    )


def test_both_sides_of_a_transfer_may_come_in_and_all_rows_of_a_pool() -> None:
    moved = [saving(kind="transfer", amount=5), saving(kind="transfer", sector="people", amount=-5)]
    sides = [("values.gain-council-transfer.amount", 4), ("values.gain-people-transfer.amount", -4)]
    both = [{"ref": ref, "year": 2027, "value": value} for ref, value in sides]
    assert read(case(outcomes=[gain()], values=moved) | {"actuals": both}).came_in
    beds = [saving(id=name, pool="beds", amount=5) for name in ("a", "b")]
    pooled = [{"ref": f"values.{name}.amount", "year": 2027, "value": 4} for name in ("a", "b")]
    assert read(case(outcomes=[gain()], values=beds) | {"actuals": pooled}).came_in
