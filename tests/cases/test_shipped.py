"""The cases that ship: one case in two forms, held to published answers, to the oracle and to their own evidence."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

import sroi
from sroi import library
from sroi.model import Cost, Outcome
from tests.oracle import oracle
from tests.projection.agreement import disagreements

SHIPPED = library.shipped_cases()


def as_text(case_id: str) -> dict[str, Any]:
    """The YAML as plain data, for the oracle, which reads for itself."""
    loaded: dict[str, Any] = yaml.safe_load(library.case_path(case_id, "yaml").read_text("utf-8"))
    return loaded


def test_the_cases_are_those_of_the_issue() -> None:
    published = {"family-safeguarding", "ips-employment", "perry-preschool", "nurse-family-partnership"}
    assert set(SHIPPED) >= {"no-wrong-door", "meals", *published}


@pytest.mark.parametrize("case_id", SHIPPED)
def test_workbook_and_text_are_one_case(case_id: str) -> None:
    text = sroi.read(library.case_path(case_id, "yaml"))
    book = sroi.read(library.case_path(case_id, "xlsx"))
    assert book.canonical() == text.canonical()
    assert book.inputs_sha256 == text.inputs_sha256
    assert text.about.id == case_id
    assert text.notes == book.notes == ()


@pytest.mark.parametrize("case_id", SHIPPED)
def test_no_check_fails_and_the_oracle_agrees(case_id: str) -> None:
    result = sroi.project(sroi.read(case_id))
    assert not result.failed
    assert disagreements(result, oracle.project(as_text(case_id))) == []


@pytest.mark.parametrize("case_id", SHIPPED)
def test_every_judgement_that_counts_has_a_range_or_says_why_not(case_id: str) -> None:
    """A number that nobody measured is given limits: every cost and outcome whose status is judgement has a range."""
    case = sroi.read(case_id)
    ranged = {row.ref.rpartition(".")[0] for row in case.ranges}
    rows: list[Cost | Outcome] = [*case.costs, *case.outcomes]
    judged = [row.at() for row in rows if row.status == "judgement"]
    assert [ref for ref in judged if ref not in ranged] == []


@pytest.mark.parametrize("case_id", SHIPPED)
def test_every_row_that_counts_has_a_source_and_a_status(case_id: str) -> None:
    case = sroi.read(case_id)
    rows: list[Cost | Outcome] = [*case.costs, *case.outcomes]
    assert [row.at() for row in rows if not row.source or not row.status] == []
    assert [row.at() for row in case.values if not row.source and row.unit_value is None] == []
    assert case.about.status == "illustrative"


def test_meals_is_the_worked_example() -> None:
    """ "A Guide to Social Return on Investment" (2012), its worked example: £81,741.93 and 1.929 to 1 (inputs and
    answer as recalled; they agree with each other to the penny). Year totals: the same."""
    result = sroi.project(sroi.read("meals"))
    view = result.views["public_value"]
    assert view.pv_benefits == pytest.approx(81741.93, abs=0.005)
    assert view.npv == pytest.approx(39366.93, abs=0.005)
    assert view.bcr == pytest.approx(1.929013, abs=5e-7)
    assert result.evaluation.row("public_value.benefits") == pytest.approx(
        [82508.57, 144.16, 67.70, 1121.93, 1009.74], abs=0.005
    )


def test_no_wrong_door_reproduces_what_was_seen() -> None:
    """Before deadweight, others' share and optimism the effect is what the county counted: 468 to 384 children in care
    in the fifth year, and 503 to 253 missing episodes a year once the service runs at full size."""
    result = sroi.project(sroi.read("no-wrong-door"))

    def gross(outcome: str, year: int) -> float:
        in_force = result.evaluation.row(f"{outcome}.in_force")[year]
        return float(in_force * result.evaluation.number(f"{outcome}.gross"))

    assert gross("care", 4) == pytest.approx(468 - 384, abs=2)
    assert gross("missing", 4) == pytest.approx(503 - 253, abs=3)


def test_no_wrong_door_pays_after_the_grant() -> None:
    """The grant of £600,000 a year ends after 2028/29; the council's own line of the same size begins in 2029/30."""
    result = sroi.project(sroi.read("no-wrong-door"))
    grant, after = (result.evaluation.row(f"{cost}.cost") for cost in ("grant", "after-grant"))
    assert [year for year, paid in zip(result.years, grant, strict=True) if paid] == ["2026/27", "2027/28", "2028/29"]
    assert next(year for year, paid in zip(result.years, after, strict=True) if paid) == "2029/30"
