"""The cases that ship, in every option and scenario: no check fails, each warning was read, and their page says so."""

# ruff: noqa: E501 - sentences are tested whole, each on one line

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import sroi
from sroi import library
from sroi.reports.cases import Survey, money, page, section, survey, write
from tests.projection.small import Row, case, gain, outlay, saving

PAGE = Path(__file__).parents[2] / "docs" / "cases.md"
SHIPPED = library.shipped_cases()
READ = {
    "big-picture-learning": {"dominance", "grades-used", "option-chosen"},
    "complex-lives": {"dominance", "followed-up", "option-chosen", "rows-count"},
    "family-group-conference": {"followed-up", "option-chosen"},
    "family-safeguarding": {"dominance", "option-chosen"},
    "ips-employment": {"one-day", "option-chosen"},
    "meals": {"dominance"},
    "my-care-my-way": {"dominance", "option-chosen"},
    "no-wrong-door": {"dominance", "followed-up", "observed-change", "option-chosen", "rows-count"},
    "no-wrong-door-published": {"dominance", "observed-change", "option-chosen"},
    "norfolk-new-roads": {"observed-change", "option-chosen"},
    "nurse-family-partnership": {"one-day", "option-chosen"},
    "perry-preschool": {"dominance", "one-day", "option-chosen"},
}
"""Checks that warn, in some option or scenario. Each sentence was read against its case and is true of it; a check that
is not here is one that nobody has read yet."""


@cache
def surveyed(case_id: str) -> Survey:
    return survey(sroi.read(case_id))


@pytest.mark.parametrize("case_id", SHIPPED)
def test_no_check_fails_in_any_option_and_scenario(case_id: str) -> None:
    found = surveyed(case_id)
    options, scenarios = len(found.case.option_names), len(found.case.scenario_names)
    assert len(found.results) == (options + 1) * (scenarios + 1)
    failing = [str(check) for result in found.results for check in result.checks if check.verdict == "CHECK"]
    assert failing == []


@pytest.mark.parametrize("case_id", SHIPPED)
def test_every_warning_was_read(case_id: str) -> None:
    checks = [check for result in surveyed(case_id).results for check in result.checks]
    assert {check.id for check in checks if check.verdict == "WARN"} == READ[case_id]


def test_the_page_is_what_the_engine_writes() -> None:
    assert PAGE.read_text("utf-8") == page([surveyed(case_id) for case_id in SHIPPED])


def test_every_case_says_what_is_missing() -> None:
    assert [
        case_id for case_id in SHIPPED if "**Not known, in the case's words**" not in section(surveyed(case_id))
    ] == []


def test_one_library_value_is_said_in_the_singular() -> None:
    # The library marks a year in care as read second-hand, and a place in a children's home as read in its own report.
    for name, words in (("child-in-care-year", "was not read"), ("childrens-home-year-2023", "was read")):
        value: Row = {"outcome": "gain", "sector": "council", "unit_value": name, "times": 1}
        said = section(survey(sroi.read(case(costs=[outlay()], outcomes=[gain()], values=[value]))))
        assert f"The one library value behind them {words} in the source's own text." in " ".join(said.split())


def test_the_readme_names_every_case() -> None:
    named = (PAGE.parents[1] / "README.md").read_text("utf-8").partition("cases ship.")[2].partition("\n\n")[0]
    assert sorted(re.findall(r"`([a-z-]+)`", named)) == list(SHIPPED)


def test_it_is_written_with_one_kind_of_line_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sroi.reports.cases.shipped_cases", lambda: ("meals",))
    write(tmp_path / "cases.md")
    assert (tmp_path / "cases.md").read_bytes() == page([surveyed("meals")]).encode()


def small(options: list[Row] | None = None, scenarios: list[Row] | None = None) -> Survey:
    """£100 from the council. Per gain £71 to the council, of which a tenth cash, and £9 to people."""
    values = [saving(amount=71, cashable=0.1), saving(sector="people", kind="social", amount=9)]
    costs = [outlay(status="observed", source="Read: an account")]
    outcomes = [gain(status="judgement", source="Recalled from a talk. Judgement: one, because nothing was counted")]
    read = case(costs=costs, outcomes=outcomes, values=values, options=options or [], scenarios=scenarios or [])
    read["about"] |= {
        "status": "draft",
        "summary": "Known: £0.5m. Missing, and so left out: £1.5m of rent. And more.",
    }
    return survey(sroi.read(read))


def test_a_section_by_hand() -> None:
    """Everyone 71 + 9 = 80 of 100; budgets 71; cash 7.1. Doubled: 160, 142, 14.2. Turned round: a loss of as much."""
    scenarios: list[Row] = [
        {"name": "twice", "title": "Twice as many", "ref": "outcomes.gain.effect", "value": 2},
        {"name": "worse", "title": "One more, not one fewer", "ref": "outcomes.gain.effect", "value": -1},
        {"name": "free", "title": "It costs nothing", "ref": "costs.outlay.amount", "value": 0},
    ]
    options: list[Row] = [{"name": "as-is", "title": "Done in full", "ref": "outcomes.gain.attribution", "value": 0}]
    assert section(small(options=options, scenarios=scenarios)).splitlines() == [
        "## A sum done by hand",
        "",
        "Draft: not yet reviewed. Its files: [workbook](../assumptions/cases/small.xlsx),",
        "[text](../assumptions/cases/small.yaml); `sroi run small`.",
        "",
        "| £1 of cost returns | as it stands | lowest | highest |",
        "|---|---:|---|---|",
        "| to everyone | £0.80 | -£0.80: *One more, not one fewer* | £1.60: *Twice as many* |",
        "| to public budgets | £0.71 | -£0.71: *One more, not one fewer* | £1.42: *Twice as many* |",
        "| to public budgets, in cash | £0.07 | -£0.07: *One more, not one fewer* | £0.14: *Twice as many* |",
        "",
        "- **Present values**: £100 of costs, £80 of benefits, net -£20 to everyone; 5 years from 2026, price base 2023/24.",
        "- **Range**: none, as no number of the case has one. The table has the extremes of 1 option and 3 scenarios. As it",
        "  stands the case is its option *Done in full*. There is no ratio in *It costs nothing*: there is no cost to set it",
        "  against.",
        "- **Rests on**: benefits 100% judged; costs 100% observed.",
        "- **Largest outcome**: Gain, the only one with a value that counts.",
        "- **Public budgets that pay more than they save**: Council.",
        "- **Sources** of the 4 rows of costs, outcomes and values that count: 1 read, 1 recalled, 2 named without such a word.",
        "  One of them holds a judgement beside that.",
        "- **Not known, in the case's words**: Missing, and so left out: £1.5m of rent.",
    ]


def test_a_case_without_options_has_one_number() -> None:
    said = section(small())
    assert "| £1 of cost returns | as it stands |\n|---|---:|\n| to everyone | £0.80 |\n" in said
    assert (
        "- **Range**: none, as no number of the case has one. The case has no options or scenarios: one number, of unknown\n  spread.\n"
        in said
    )


def test_without_a_cost_there_are_extremes_of_net_value() -> None:
    """No cost, and a gain of 71; of the scenarios one has two gains, 142, and one a loss of 71."""
    scenarios: list[Row] = [
        {"name": "twice", "title": "Twice as many", "ref": "outcomes.gain.effect", "value": 2},
        {"name": "worse", "title": "One more, not one fewer", "ref": "outcomes.gain.effect", "value": -1},
    ]
    read = case(outcomes=[gain()], values=[saving(amount=71)], scenarios=scenarios)
    said = " ".join(section(survey(sroi.read(read))).split())
    assert (
        "**Range**: none, as no number of the case has one. No ratio: there is no cost to set it against. Of the case as it stands and "
        "2 scenarios the lowest net value is -£71 (*One more, not one fewer*) and the highest £142 (*Twice as many*)."
    ) in said


def test_outcomes_are_named_until_they_are_more_than_half() -> None:
    """Of 45 + 30 + 25 = 100 gained, 45 is not more than half and 75 is; 20 are lost."""
    worth = {"first": 45, "second": 30, "third": 25, "harm": -20}
    outcomes = [gain(id=name, effect=number) for name, number in worth.items()]
    read = case(costs=[outlay()], outcomes=outcomes, values=[saving(outcome=name) for name in worth])
    said = "- **Largest outcomes**, of all that is gained: First, 45%; Second, 30%. Against them go: Harm, 20%.\n"
    assert said in section(survey(sroi.read(read)))


def test_what_rounds_to_nil_has_no_sign() -> None:
    # -0.004 is nil in two places, -0.006 is not
    read = sroi.read(case())
    assert [money(read, amount, 2) for amount in (-0.004, 0.0, -0.006, 1234.5)] == [
        "£0.00",
        "£0.00",
        "-£0.01",
        "£1,234.50",
    ]


def test_the_range_is_of_draws() -> None:
    """By hand: an effect anywhere from 0 to 2 returns 80p a unit: nine in ten from 0.05 × 1.6 = £0.08 to £1.52, the mean
    £0.80; over £1 where the effect is over 1.25, in (2 − 1.25) ÷ 2 = 37.5 % of draws."""
    uneven: Row = {"value": 1, "low": 0, "high": 2, "shape": "uniform"}
    values = [saving(amount=71), saving(sector="people", kind="social", amount=9)]
    read = case(costs=[outlay()], outcomes=[gain(effect=uneven)], values=values)
    assert (
        "**Range**: of 16,384 draws of one uncertain number, the rest taken as certain, nine in ten return £0.08 to £1.52 to "
        "everyone, £0.80 on average; 38% have a net benefit. The case has no options or scenarios."
    ) in " ".join(section(survey(sroi.read(read))).split())
