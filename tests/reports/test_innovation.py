"""The Innovation case: its sums by hand, its words chosen by the numbers, and pages of cases that have little of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import sroi
from sroi.reports import failing, innovation, old_services, standards, unknowns
from sroi.reports.workbook import Plan, plan
from sroi.simulation import sensitivity
from tests.parity.recalculate import Live
from tests.projection.small import Row, case, gain, outlay, saving

FELL: Row = {"basis": "proportional", "baseline": 2, "effect": 0.5}
"""Two a year to each person without the programme, one with it."""


def planned(settings: Row | None = None, **tables: Any) -> Plan:
    return plan(sroi.read(case(settings, **tables)))


def number(of: Plan, line: str) -> float:
    return of.evaluation.number(line)


def text(of: Plan, line: str) -> str:
    return of.evaluation.text(line)


def page(path: Path, **tables: Any) -> list[list[Any]]:
    """The page as written: the stored values of its rows."""
    settings = tables.pop("settings", None)
    sroi.write_workbook(path, sroi.read(case(settings, **tables)))
    return stored(path)


def stored(path: Path) -> list[list[Any]]:
    sheet = load_workbook(path, data_only=True)[innovation.SHEET]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def titled(rows: list[list[Any]], title: str) -> list[Any]:
    """The cells beside a title; the first row that has it."""
    return next(row[1:] for row in rows if row[0] == title)


def shared(**costs: Any) -> Row:
    """The council pays 100 once; two fall in one year, at £300 each to the council and £100 each to the NHS, which pays
    nothing; and £50 of harm to people."""
    return {
        "costs": [outlay(**costs)],
        "outcomes": [gain(**FELL)],
        "values": [
            saving(amount=300),
            saving(sector="health", amount=100),
            saving(sector="people", kind="social", amount=25),
        ],
    }


def test_it_says_on_whose_budget_failure_lands() -> None:
    """One person, 2 a year in one year: £600 to the council, £200 to the NHS, £50 to people. 850 in all, of which
    public 800, and 200 of that on a budget that pays nothing; shares 600/850 and 100/100."""
    of = planned(**shared())
    assert text(of, "innovation.headline") == (
        "Failure puts £800 on public budgets in the first full year, "
        "£200 of it on those that pay nothing for the programme."
    )
    assert number(of, "innovation.failure_full_year") == 850
    assert number(of, "innovation.pv_failure") == 850
    assert number(of, "innovation.council.share") == pytest.approx(600 / 850)
    assert number(of, "innovation.council.paid_share") == 1
    assert text(of, "innovation.council.bears") == "Pays at least as large a part of the programme as it bears of this."
    assert text(of, "innovation.health.bears") == failing.PAYS_NOTHING
    assert text(of, "innovation.failure_years") == (
        "The first full year is the first by which all of this has begun: it begins in 2026. "
        "All sectors together: £850 in that year, £850 in the year in which it is largest."
    )
    assert number(of, "innovation.gain.often") == 2


def test_whoever_pays_too_is_told_whether_it_bears_more() -> None:
    """The NHS bears 200/850 and pays nothing, then 300 of 400."""
    more = shared()
    more["costs"].append(outlay(id="more", payer="health", amount=300))
    of = planned(**more)
    assert text(of, "innovation.headline") == (
        "Failure puts £800 on public budgets in the first full year, "
        "none of it on those that pay nothing for the programme."
    )
    assert number(of, "innovation.health.paid_share") == 0.75
    assert text(of, "innovation.health.bears") == "Pays at least as large a part of the programme as it bears of this."
    assert text(of, "innovation.council.bears") == "Bears a larger part of this than it pays of the programme."


def test_a_transfer_cancels_and_whoever_receives_it_is_told() -> None:
    """The NHS pays people £100 for each of two: 200 falls to it, and as much to them. Shares are of those who bear."""
    values = [saving(sector="health", kind="transfer", amount=100, balance="people", id="pay")]
    of = planned(costs=[outlay()], outcomes=[gain(**FELL)], values=values)
    assert number(of, "innovation.failure_full_year") == 0
    assert number(of, "innovation.health.share") == 1
    assert text(of, "innovation.people.bears") == "Receives this while things stay as they are."
    assert text(of, "innovation.council.bears") == "None of this falls to it; it pays towards the programme."


def test_a_budget_that_gains_takes_nothing_off_what_lands_on_others() -> None:
    """While things stay the NHS pays the council £100 for each of two: 200 lands on the NHS, which pays nothing."""
    values = [saving(sector="health", kind="transfer", amount=100, balance="council", id="pay")]
    of = planned(costs=[outlay()], outcomes=[gain(**FELL)], values=values)
    assert text(of, "innovation.headline") == (
        "Failure puts £200 on public budgets in the first full year, "
        "£200 of it on those that pay nothing for the programme."
    )


def test_where_failure_costs_budgets_nothing_the_page_says_so() -> None:
    of = planned(costs=[outlay()], outcomes=[gain(**FELL)], values=[saving(sector="people", kind="social")])
    assert text(of, "innovation.headline") == failing.NOTHING


def test_where_no_cost_is_held_nobody_is_said_to_pay_nothing() -> None:
    of = planned(outcomes=[gain(**FELL)], values=[saving(amount=300)])
    assert text(of, "innovation.headline") == "Failure puts £600 on public budgets in the first full year."
    assert text(of, "innovation.council.bears") == failing.NO_COST


OLD: Row = {"id": "old", "basis": "per_year", "amount": 100, "old_service": True, "release_share": 0.5,
            "release_years": 2, "from": 2026, "to": 2029}  # fmt: skip
NEW: Row = {"id": "new", "basis": "per_year", "amount": 30, "to": 2027}


def test_double_running_by_year_by_hand() -> None:
    """£100 a year to 2029, half of it released over two years: 0, 25, 50, 50. A fifth of the release is not counted: 0,
    20, 40, 40 = 100 of 125. Still paid 100, 75, 50, 50 = 275. The new costs 30 in the first two years, in which 175 of
    the old is still paid; then the old alone."""
    of = planned(costs=[outlay(**OLD, optimism=0.2), outlay(**NEW)])
    rows = {
        name: of.evaluation.row(f"innovation.{name}").tolist() for name in ("full", "released", "still_paid", "new")
    }
    assert rows["full"] == [100, 100, 100, 100, 0]
    assert rows["released"] == pytest.approx([0, 20, 40, 40, 0])
    assert rows["still_paid"] == [100, 75, 50, 50, 0]
    assert rows["new"] == [30, 30, 0, 0, 0]
    assert of.evaluation.row("innovation.paid").tolist() == [130, 105, 50, 50, 0]
    assert of.evaluation.row("innovation.double").tolist() == [1, 1, 0, 0, 0]
    totals = [number(of, f"innovation.{name}_total") for name in ("full", "released", "still", "new", "paid")]
    assert totals == pytest.approx([400, 100, 275, 60, 335])
    assert (
        text(of, "innovation.double_words")
        == "Both are paid in 2 years: in them £175 of the old, which is in no total."
    )
    assert text(of, "innovation.doubted_words") == "£25 more would be released, but is not counted, for optimism."
    assert text(of, "innovation.old.how") == (
        "50% is released from 2026, over 2.0 years; 50% stays. What is released is a lower cost."
    )


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ({"to": 2026}, "Both are paid in one year: in them £100 of the old, which is in no total."),
        ({"counts": False}, "In no year are the old and the new both paid."),
    ],
)
def test_double_running_in_words(new: Row, said: str) -> None:
    of = planned(costs=[outlay(**OLD), outlay(**{**NEW, **new})])
    assert text(of, "innovation.double_words") == said
    assert text(of, "innovation.doubted_words") == "Every release is counted in full."


def test_an_old_service_released_at_once_as_a_benefit_says_so() -> None:
    at_once = {**OLD, "release_years": 0, "release_share": 1}
    of = planned({"released_costs": "benefits"}, costs=[outlay(**at_once), outlay(**NEW)])
    assert text(of, "innovation.old.how") == (
        "100% is released from 2026, at once; 0% stays. What is released is a benefit."
    )


def test_years_stand_on_the_page_with_what_is_paid(tmp_path: Path) -> None:
    rows = page(tmp_path / "old.xlsx", costs=[outlay(**OLD, optimism=0.2), outlay(**NEW)])
    assert titled(rows, "2027/28") == [old_services.BOTH, 100, pytest.approx(20), 75, 30, 105]
    assert titled(rows, "2028/29") == [old_services.NOT_BOTH, 100, pytest.approx(40), 50, 0, 50]
    assert titled(rows, "In all")[1:] == pytest.approx([400, 100, 275, 60, 335])


def test_a_case_with_nothing_of_it_makes_a_short_page(tmp_path: Path) -> None:
    rows = page(tmp_path / "bare.xlsx", costs=[outlay()], outcomes=[gain()], values=[saving()])
    assert rows[innovation.HEADLINE_ROW - 1][0] == failing.NOT_KNOWN
    assert titled(rows, "What is wrong today")[0] == innovation.NO_PROBLEM
    assert titled(rows, "How the programme is to change it")[0] == innovation.NO_THEORY
    known = titled(rows, "Not known")[0]
    assert known == f"{failing.NOT_KNOWN} No baseline is stated, so how often it happens today is not known: Gain."
    assert (
        titled(rows, "What the case leaves unsaid")[0]
        == "No outcome states its output. No outcome states its indicator."
    )
    assert titled(rows, "Stage of this case")[0] == standards.UNSTATED
    said = [row[1] for row in rows if row[0] in ("None", "None kept", "Not modelled")]
    assert said == [standards.NO_GRADES, old_services.NONE, unknowns.NO_HISTORY, unknowns.SPREAD]
    assert titled(rows, "How many")[0].startswith(
        "Numbers of groups, costs, outcomes and values that count, 4 in all: judged 0; with neither source nor status "
        "1; with a source but no status 3. Of these 4, 4 have no range."
    )
    assert len(rows) < 55


def test_the_chain_is_in_the_words_of_the_case(tmp_path: Path) -> None:
    """A stakeholder is told where it is neither the group nor a sector that the value falls to."""
    fell = {"output": "Meals served", "indicator": "Falls recorded", "stakeholder": "Council"}
    outcomes = [gain(**fell, unit="fall"), gain(id="other", counts=False, stakeholder="Neighbours")]
    rows = page(tmp_path / "chain.xlsx", outcomes=outcomes, values=[saving(amount=7)])
    assert titled(rows, "For whom")[0] == "Residents"
    chain = "Meals served → seen in: Falls recorded → worth to Council (fiscal). Counted in: fall."
    assert titled(rows, "Gain")[:3] == [chain, 1, 7]
    assert titled(rows, "Other")[:3] == ["A change for Neighbours → not monetised. Counted in: thing.", 0, 0]
    assert titled(rows, "What the case leaves unsaid")[0] == "Output not stated: Other. Indicator not stated: Other."


def test_history_is_told_where_the_case_has_it(tmp_path: Path) -> None:
    """From 0.4 to 0.5 is up a quarter."""
    history = [
        {"ref": "outcomes.gain.effect", "date": 2020, "status": "forecast", "value": 0.4},
        {"ref": "outcomes.gain.effect", "date": 2022, "status": "observed", "value": 0.5},
    ]
    rows = page(
        tmp_path / "told.xlsx", outcomes=[gain(effect=0.5, status="observed")], values=[saving()], history=history
    )
    assert titled(rows, "Gain: effect")[0] == (
        "Forecast in 2020: 0.4. Observed in 2022: 0.5, up 25%. Since the first: up 25%."
    )


STAGE, GRADES = "evidence_stage", [{"grade": 2, "cost_optimism": 0.05, "benefit_optimism": 0.1}]


def staged(stage: int | None, status: str | None) -> dict[str, Any]:
    made = case(costs=[outlay()], outcomes=[gain(**({} if status is None else {"status": status}))], values=[saving()])
    made["about"] |= {"problem": "People fall.", "theory_of_change": "They exercise."}
    return made | {"about": made["about"] | ({} if stage is None else {STAGE: stage})}


@pytest.mark.parametrize(
    ("stage", "status", "seen", "compared"),
    [
        (None, "forecast", standards.FIT, standards.FIT),
        (1, "judgement", standards.FIT, standards.FIT),
        (2, "forecast", standards.UNSEEN, standards.FIT),
        (2, "observed", standards.FIT, standards.FIT),
        (3, "observed", standards.FIT, standards.UNCOMPARED),
        (4, None, standards.UNSEEN, standards.UNCOMPARED),
        (4, "attributed", standards.FIT, standards.FIT),
    ],
)
def test_a_stage_that_the_numbers_do_not_bear_out_is_told(
    stage: int | None, status: str | None, seen: str, compared: str, tmp_path: Path
) -> None:
    # Origin: stage 2 asks for data that show a change, stage 3 for a comparison group (Puttick and Ludlow 2012).
    path = sroi.write_workbook(tmp_path / "staged.xlsx", sroi.read(staged(stage, status)))
    rows = stored(path)
    assert titled(rows, "Was a change seen, as from stage 2?")[0] == seen
    assert titled(rows, "Was it compared, as from stage 3?")[0] == compared
    live = Live(path)
    live.evaluate()
    assert live.book()[innovation.SHEET][cell_of(rows, "Was it compared, as from stage 3?")] == compared


def cell_of(rows: list[list[Any]], title: str, column: str = "B") -> str:
    return f"{column}{next(n for n, row in enumerate(rows, start=1) if row[0] == title)}"


def test_words_and_stage_typed_on_about_reach_the_page(tmp_path: Path) -> None:
    """Of a case of stage 2, the fifth is typed: the mark moves, and what it lacks is told."""
    path = sroi.write_workbook(tmp_path / "typed.xlsx", sroi.read(staged(2, "observed")))
    rows = stored(path)
    first = next(n for n, row in enumerate(rows, start=1) if row[0] == "Stage of this case")
    assert [row[2] for row in rows[first : first + 5]] == ["–", standards.HERE, "–", "–", "–"]
    live, about = Live(path), load_workbook(path)["About"]
    at = {row[0].value: row[0].row for row in about.iter_rows(min_row=5, max_col=1)}
    live.set("About", f"B{at['Evidence stage']}", 5)
    live.set("About", f"B{at['Problem']}", "They fall at night.")
    live.evaluate()
    now = live.book()[innovation.SHEET]
    assert [now[f"C{first + n}"] for n in range(1, 6)] == ["–", "–", "–", "–", standards.HERE]
    assert now[f"B{first}"] == f"Stage 5{standards.STATED}"
    assert now[cell_of(rows, "What is wrong today")] == "They fall at night."
    assert now[cell_of(rows, "Was it compared, as from stage 3?")] == standards.UNCOMPARED
    live.set("About", f"B{at['Problem']}", None)
    live.evaluate()
    assert live.book()[innovation.SHEET][cell_of(rows, "What is wrong today")] == innovation.NO_PROBLEM


def test_grades_show_what_they_do() -> None:
    of = planned(costs=[outlay(grade=2)], outcomes=[gain(grade=2)], values=[saving()], grades=GRADES)
    assert text(of, "innovation.grade-2.does") == "Costs: 5% more. Benefits: 10% less; harms by as much more."


def test_what_optimism_takes_by_hand(tmp_path: Path) -> None:
    """100 a year for two years, 5% more, at factors 1 and 0.8: 5 + 4 = 9. An old service of 50 a year, released at
    once, of which 5% is not counted: 2.5 + 2 = 4.5. A gain of 4 of which a tenth regresses: 3.6 × 0.1 = 0.36 at £10
    taken; a harm of 1 made a tenth larger, 0.1 at £10 taken: 4.6. A transfer takes nothing."""
    old = {"id": "old", "basis": "per_year", "amount": 50, "old_service": True, "release_share": 1, "release_years": 0}
    costs = [outlay(basis="per_year", grade=2), outlay(**old, grade=2)]
    outcomes = [gain(effect=4, regression_to_mean=0.1, grade=2), gain(id="harm", effect=-1, grade=2)]
    values = [
        saving(amount=10),
        saving(outcome="harm", amount=10),
        saving(sector="health", kind="transfer", amount=10, balance="people", id="pay"),
    ]
    settings = {"years": 2, "discount": 0.25}
    of = planned(settings, costs=costs, outcomes=outcomes, values=values, grades=GRADES)
    assert number(of, "innovation.optimism_added") == pytest.approx(9 + 4.5)
    assert number(of, "innovation.optimism_taken") == pytest.approx(4.6)
    assert text(of, "innovation.optimism_said") == (
        "Optimism makes costs £14 dearer and outcomes £5 less valuable, present values."
    )
    rows = page(
        tmp_path / "taken.xlsx", settings=settings, costs=costs, outcomes=outcomes, values=values, grades=GRADES
    )
    assert titled(rows, "In this case")[1:3] == pytest.approx([13.5, 4.6])


def test_a_harm_priced_as_such_shrinks_with_optimism() -> None:
    """1 at -£100, a tenth off: £10 less of a harm."""
    of = planned(costs=[outlay()], outcomes=[gain(grade=2)], values=[saving(amount=-100)], grades=GRADES)
    assert text(of, "innovation.optimism_said") == (
        "Optimism makes costs £0 dearer and outcomes £10 more valuable, present values."
    )


@pytest.mark.parametrize("name", ["no-wrong-door", "big-picture-learning"])
def test_without_grades_the_net_value_is_more_by_what_optimism_takes(name: str) -> None:
    # Origin: none of their rows states an optimism of its own, and no tax is charged, so that a table of grades that
    # takes nothing leaves the case without optimism.
    held = sroi.read(name)
    of, free = plan(held), held
    for grade in held.grades:
        for field in ("cost_optimism", "benefit_optimism"):
            free = free.replace(grade.at(field), 0.0)
    taken = number(of, "innovation.optimism_added") + number(of, "innovation.optimism_taken")
    apart = sroi.project(free).views["public_value"].npv - of.result.views["public_value"].npv
    assert apart == pytest.approx(taken, rel=1e-9)
    assert taken > 0


def test_what_is_to_learn_is_what_moves_the_answer_where_that_was_computed(tmp_path: Path) -> None:
    """The effect swings net value; what it rests on stands beside it, and the flag of Sensitivity below."""
    ranges = [{"ref": "outcomes.gain.effect", "low": 0, "high": 400, "shape": "uniform"}]
    read = sroi.read(case(costs=[outlay()], outcomes=[gain(effect=200, status="judgement")], values=[saving()],
                          ranges=ranges))  # fmt: skip
    path = sroi.write_workbook(tmp_path / "moved.xlsx", read, sensitivity=sensitivity(read))
    rows = stored(path)
    # By hand: the 5th and the 95th percentile of 0 to 400 are 20 and 380, and £100 is paid: -80, 280, 360 apart.
    words, swing, turns = titled(rows, "Gain: effect")[:3]
    assert (
        words == "Judgement. From its 5th to its 95th percentile (20 to 380) net public value goes from -£80 to £280."
    )
    assert swing == pytest.approx(360)
    assert turns == "yes"
    assert titled(rows, "Does this still hold?")[0].startswith("OK")
    assert titled(rows, "What that is not")[0].startswith(unknowns.NOT_WORTH)


def test_without_it_what_nobody_measured_is_listed_widest_first(tmp_path: Path) -> None:
    """0.5 to 2 of 1 is 1.5 wide; 90 to 110 of 100 is 0.2; what is observed is not listed, nor what is only shown."""
    ranges = [
        {"ref": "costs.outlay.amount", "low": 90, "high": 110},
        {"ref": "outcomes.gain.effect", "low": 0.5, "high": 2},
        {"ref": "outcomes.seen.effect", "low": 0, "high": 9},
        {"ref": "outcomes.shown.effect", "low": 0, "high": 9},
    ]
    outcomes = [
        gain(status="judgement"),
        gain(id="seen", status="observed"),
        gain(id="shown", status="judgement", counts=False),
    ]
    rows = page(tmp_path / "wide.xlsx", costs=[outlay(status="judgement")], outcomes=outcomes, values=[saving()],
                ranges=ranges)  # fmt: skip
    start = next(n for n, row in enumerate(rows) if row[0] == "How many")
    assert [row[0] for row in rows[start + 1 : start + 4]] == ["Gain: effect", "Outlay: amount", "What that is not"]
    assert rows[start + 1][1] == "Judgement. 1, within 0.5 to 2."
