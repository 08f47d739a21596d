"""Sign-off on About: read in every form, one hash, written back; a case that says nothing of it keeps its hash."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sroi.errors import CaseError
from sroi.reading import read
from sroi.reports import write_case, write_workbook
from tests.model.example import example, example_case
from tests.reading.forms import as_workbook, as_yaml

SIGNED = {
    "author": "A. Analyst",
    "reviewer": "An Assurer",
    "senior_owner": "The director of children's services",
    "limits_of_use": "Not for contract prices; not for other places.",
    "next_review": "2027-11-22",
}


def signed() -> dict[str, Any]:
    made = example()
    made["about"] |= SIGNED
    return made


def test_every_form_has_one_hash(tmp_path: Path) -> None:
    forms = [
        read(signed()),
        read(as_yaml(signed(), tmp_path / "case.yaml")),
        read(as_workbook(signed(), tmp_path / "case.xlsx")),
        read(write_case(tmp_path / "written.xlsx", read(signed()))),
        read(write_workbook(tmp_path / "result.xlsx", read(signed()))),
    ]
    assert [{name: getattr(form.about, name) for name in SIGNED} for form in forms] == [SIGNED] * 5
    assert len({form.inputs_sha256 for form in forms}) == 1


@pytest.mark.parametrize("name", ["senior_owner", "limits_of_use", "next_review"])
def test_each_field_is_in_the_hash_where_it_is_stated(name: str) -> None:
    made = signed()
    del made["about"][name]
    assert read(made).inputs_sha256 != read(signed()).inputs_sha256


def test_a_case_that_says_nothing_of_it_keeps_its_hash() -> None:
    # Origin: the fields that `about` had before these were read; a blank one of those was always written.
    held = json.loads(example_case().canonical())["about"]
    before = "id title place problem summary theory_of_change author reviewer version date status evidence_stage"
    assert set(held) == set(before.split())


def test_a_date_of_review_that_is_none_is_said() -> None:
    made = signed()
    made["about"]["next_review"] = "next spring"
    with pytest.raises(CaseError) as error:
        read(made)
    assert [str(problem) for problem in error.value.problems] == [
        'about.next_review: Next review must be a date; found "next spring". Type a date as 2026-11-22.'
    ]
