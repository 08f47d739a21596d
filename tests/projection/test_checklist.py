"""Every check of the list, firing and not firing, with its words; and the list in the three places that show it.

A check of the arithmetic can only fire where the engine is wrong: a fault is planted in one of the two ways. One of an
input that the reader refuses can only fire in a live workbook: the cell is set past the reader, as a number here, or by
planting what the cell would be where it is text (`tests/parity` types into workbooks).

The base case by hand: the council pays £100 and saves £110, in one year, undiscounted: net £10.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sroi.projection import declare, project
from sroi.projection.checked import NOTHING, Check
from sroi.projection.checked import read as read_checks
from sroi.projection.checklist import CHECKS
from sroi.projection.warnings import RULES
from sroi.reading import read
from sroi.sheet import evaluate
from tests.parity.everything import everything, long
from tests.projection.checklist_cases import FIRED, QUIET, base, options
from tests.projection.rich import rich_case
from tests.projection.small import Row, gain, outlay, saving


def checks(whole: Row, cells: Mapping[str, float] | None = None) -> dict[str, Check]:
    declared = declare(read(whole))
    return {check.id: check for check in read_checks(declared, evaluate(declared.model, cells or {}))}


def test_every_check_is_shown_firing_and_not() -> None:
    assert sorted(FIRED) == sorted(QUIET) == sorted(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_fires(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fired = FIRED[name]
    if fired.plant is not None:
        fired.plant(monkeypatch)
    check = checks(fired.case, fired.cells)[name]
    assert (check.verdict, check.words) == ("CHECK" if check.level == "fail" else "WARN", fired.words)


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_does_not_fire(name: str) -> None:
    check = checks(QUIET[name])[name]
    assert check.found is not None, "there is nothing to test"
    assert (check.verdict, check.words) == ("OK", "")


def test_the_base_case_raises_nothing() -> None:
    result = project(read(base()))
    assert (result.warnings, result.failed) == ((), False)
    assert {check.verdict for check in result.checks} == {"OK"}


def test_a_case_without_what_a_check_is_about_says_so() -> None:
    check = checks(base())["transfers-cancel"]
    assert (check.found, check.verdict, check.words) == (None, "OK", NOTHING)
    assert str(check) == f"OK: Transfers gain one sector what they cost another. {NOTHING}"


@pytest.mark.parametrize("name", RULES)
def test_what_is_found_and_the_sentence_agree_on_the_number(name: str) -> None:
    """A warning that is a line says the number that the line found; one that is not finds the number itself."""
    fired = FIRED[name]
    result = project(read(fired.case))
    found = next(check.found for check in result.checks if check.id == name)
    assert RULES[name](result.case, result.evaluation).number == pytest.approx(found)


def test_a_warning_fails_nothing() -> None:
    result = project(read(FIRED["dominance"].case))
    assert result.evaluation.text("checks.master") == "OK"
    assert not result.failed
    assert result.warnings == (FIRED["dominance"].words,)


def test_a_harm_decides_the_answer_as_a_gain_does() -> None:
    """A gain of £50, another of £50, and a harm of £60 in a hundred; a gain that is the only one is left aside."""
    harm, worth = gain(id="harm", effect=-1), saving(outcome="harm", amount=60)
    outcomes = [gain(), gain(id="other"), harm]
    values = [saving(amount=50), saving(outcome="other", amount=50), worth]
    check = checks(base(outcomes=outcomes, values=values))["dominance"]
    assert check.found == pytest.approx(0.6)
    assert check.words.startswith('One outcome, "Harm", takes as much as 60% of the benefits: the answer rests on it.')
    assert checks(base(outcomes=outcomes[:1], values=values[:1]))["dominance"].found == 0


def test_an_option_is_not_told_of_rows_that_others_count() -> None:
    found = project(read(QUIET["rows-count"]), "bold")
    assert [check.found for check in found.checks if check.id == "rows-count"] == [0]
    quiet = base(
        costs=[outlay(), outlay(id="more", counts=False)], outcomes=[gain()], options=options("costs.more.counts")
    )
    assert "rows-count" not in {check.id for check in project(read(quiet), "bold").checks if check.verdict == "WARN"}


@pytest.mark.parametrize(
    "whole", [base(), rich_case(), everything(), long()], ids=["base", "rich", "everything", "long"]
)
def test_the_list_is_whole_and_plain(whole: dict[str, Any]) -> None:
    result = project(read(whole))
    assert [check.id for check in result.checks] == list(CHECKS)
    assert [c.words for c in result.checks if c.verdict == "WARN"] == list(result.warnings[len(result.case.notes) :])
    for check in result.checks:
        assert check.to_dict() == vars(check) | {"verdict": check.verdict}
        assert check.words == "" or check.words.endswith("."), check.id
