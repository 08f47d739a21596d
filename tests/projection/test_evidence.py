"""Evidence and history in the result, by hand: whose grade counts, what shares rest on, and what the log says."""

from __future__ import annotations

from typing import Any

import pytest

from sroi.projection import project
from sroi.reading import read
from tests.projection.small import Row, case, gain, outlay, projected, saving

GRADES = [
    {"grade": 1, "cost_optimism": 0.1, "benefit_optimism": 0.2},
    {"grade": 2, "cost_optimism": 0.5, "benefit_optimism": 0.4},
]
EFFECT = "outcomes.gain.effect"


def own(ref: str = EFFECT, **fields: Any) -> Row:
    return {"ref": ref, **fields}


def claim(date: str, value: float, status: str | None = None, ref: str = EFFECT) -> Row:
    return {"ref": ref, "date": date, "value": value} | ({"status": status} if status else {})


def test_the_grade_of_the_amount_and_of_the_effect_set_optimism() -> None:
    result = projected(
        costs=[outlay(grade=2)],
        outcomes=[gain(grade=2)],
        values=[saving()],
        grades=GRADES,
        evidence=[own("costs.outlay.amount", grade=1), own(grade=1), own("outcomes.gain.deadweight", grade=2)],
    )
    view = result.views["public_value"]
    assert view.pv_costs == pytest.approx(110)  # 100 × (1 + 0.1), grade 1 and not 2
    assert view.pv_benefits == pytest.approx(0.8)  # 1 × (1 - 0.2)


def test_a_grade_that_evidence_leaves_blank_is_the_row_s() -> None:
    rows = [own("costs.outlay.amount", status="observed"), own("outcomes.gain.deadweight", grade=1)]
    result = projected(
        costs=[outlay(grade=2)], outcomes=[gain(grade=2)], values=[saving()], grades=GRADES, evidence=rows
    )
    assert result.views["public_value"].pv_costs == pytest.approx(150)  # 100 × (1 + 0.5)
    assert result.views["public_value"].pv_benefits == pytest.approx(0.6)  # 1 × (1 - 0.4): deadweight's sets nothing


def test_optimism_stated_wins_over_any_grade() -> None:
    result = projected(costs=[outlay(optimism=0.3)], grades=GRADES, evidence=[own("costs.outlay.amount", grade=2)])
    assert result.views["public_value"].pv_costs == pytest.approx(130)  # 100 × 1.3


def test_a_field_of_evidence_wins_and_a_blank_is_the_row_s() -> None:
    row = gain(status="forecast", source="a bid", owner="Finance", date="2024", population="town A", grade=1)
    rests = read(case(outcomes=[row], grades=GRADES, evidence=[own(status="observed", note="n=41")])).basis
    found = rests(read(case(outcomes=[row], grades=GRADES)).outcomes[0])
    assert (found.status, found.source, found.owner, found.date) == ("observed", "a bid", "Finance", "2024")
    assert (found.population, found.grade, found.note) == ("town A", 1, "n=41")


def test_a_population_is_not_told_of_another_source() -> None:
    held = read(case(outcomes=[gain(population="town A")], evidence=[own(source="a trial in town B")]))
    assert (held.basis(held.outcomes[0]).source, held.basis(held.outcomes[0]).population) == ("a trial in town B", None)


def test_shares_are_by_size_so_that_harms_take_nothing_off() -> None:
    result = projected(
        costs=[outlay(status="judgement"), outlay(id="rest", amount=300)],
        outcomes=[gain(status="forecast"), gain(id="harm", effect=-1, status="observed"), gain(id="mute")],
        values=[
            saving(amount=50),
            saving(outcome="harm", amount=30),
            saving(outcome="mute", amount=20),
            saving(outcome="gain", kind="transfer", amount=900, balance="people"),
        ],
        evidence=[own("outcomes.gain.effect", status="attributed")],
    )
    # |50|, |-30| and |20| of 100; the transfer is nobody's gain. Costs: 100 judged and 300 untold, of 400.
    assert result.evidence.to_dict() == {
        "benefits": {"forecast": 0, "observed": 0.3, "attributed": 0.5, "judged": 0, "not_stated": 0.2},
        "costs": {"forecast": 0, "observed": 0, "attributed": 0, "judged": 0.25, "not_stated": 0.75},
        "change_not_effect": True,
    }
    assert result.to_dict()["evidence"] == result.evidence.to_dict()


def test_two_flows_of_one_outcome_do_not_cancel() -> None:
    values = [saving(amount=60), saving(sector="people", kind="social", amount=-60), saving(outcome="other", amount=40)]
    result = projected(outcomes=[gain(status="judgement"), gain(id="other")], values=values)
    assert result.evidence.benefits["judged"] == pytest.approx(0.75)  # (60 + 60) / (60 + 60 + 40)


def test_what_is_released_counts_by_its_size() -> None:
    old = outlay(id="old", basis="per_year", amount=100, old_service=True, release_share=1, release_years=0,
                 status="observed", **{"from": 2030})  # fmt: skip
    result = projected(costs=[outlay(amount=300), old])
    assert result.evidence.costs["observed"] == pytest.approx(0.25)  # |-100| of 300 + 100


def test_without_benefits_there_is_no_share_and_a_reason() -> None:
    result = projected(costs=[outlay()])
    assert set(result.evidence.benefits.values()) == {None}
    assert result.evidence.costs["not_stated"] == 1  # unknown is not nil
    assert result.evidence.change_not_effect is False
    assert result.evidence.to_dict()["reasons"] == {"benefits": "there is no benefit to take a share of"}


def test_evidence_makes_it_change_not_effect() -> None:
    rows: dict[str, Any] = {
        "outcomes": [gain(status="forecast")],
        "values": [saving()],
        "evidence": [own(status="observed")],
    }
    assert any("100% of the benefits rest on change" in said for said in projected(**rows).warnings)
    assert not any("rest on change" in said for said in projected(**{**rows, "evidence": []}).warnings)


def test_evidence_names_the_source_of_a_row() -> None:
    rows: dict[str, Any] = {"costs": [outlay(source=None)]}
    assert any("No source is given for Outlay" in said for said in projected(**rows).warnings)
    told = projected(**rows, evidence=[own("costs.outlay.amount", source="the contract")]).warnings
    assert not any("No source" in said for said in told)


def test_evidence_says_that_a_comparison_group_stands_beside_deadweight() -> None:
    rows: dict[str, Any] = {
        "outcomes": [gain(deadweight=0.1)],
        "values": [saving()],
        "evidence": [own(status="attributed")],
    }
    assert any("contains deadweight" in said for said in projected(**rows).warnings)


BECAME = "A forecast became a result without changing: "
LOG = "The log and the case disagree: the last row of History "
MEASURED = "Say how it was measured, or set its status back to forecast."
NUMBER = "Add a row to History, or put the number right."
STATUS = "Add a row to History, or put the status right."


def logged(history: list[Row], **fields: Any) -> list[str]:
    """What is said of a log of the gain's effect, which is 1."""
    warnings = projected(outcomes=[gain(**fields)], history=history).warnings
    return [said for said in warnings if said.startswith((BECAME, LOG))]


def test_a_log_that_agrees_says_nothing() -> None:
    history = [claim("2025", 1, "observed"), claim("2024-03", 1.5, "forecast")]  # in any order
    assert logged(history, status="observed") == []


def test_a_forecast_does_not_quietly_become_a_result() -> None:
    history = [claim("2024", 1, "forecast"), claim("2025", 1, "judgement"), claim("2026-02", 1, "observed")]
    said = f"{BECAME}{EFFECT} (1, forecast in 2024, observed in 2026-02). {MEASURED}"
    assert logged(history, status="observed") == [said]


def test_nor_by_the_case_s_own_status() -> None:
    said = [
        f"{BECAME}{EFFECT} (1, forecast in 2024, attributed in the case). {MEASURED}",
        f"{LOG}has another status than the case for {EFFECT} (forecast in 2024, attributed in the case). {STATUS}",
    ]
    assert logged([claim("2024", 1, "forecast")], status="attributed") == said


def test_a_result_measured_twice_is_no_forecast() -> None:
    history = [claim("2023", 1, "forecast"), claim("2024", 0.9, "observed"), claim("2025", 1, "attributed")]
    assert logged(history, status="attributed") == []


def test_a_log_that_ends_in_another_value_or_status_says_so() -> None:
    said = [
        f"{LOG}is not what the case holds for {EFFECT} (0.8 in 2025, 1 in the case). {NUMBER}",
        f"{LOG}has another status than the case for {EFFECT} (observed in 2025, not stated in the case). {STATUS}",
    ]
    assert logged([claim("2025", 0.8, "observed")]) == said


def test_an_option_changes_numbers_on_purpose() -> None:
    tables: dict[str, Any] = {
        "outcomes": [gain(status="observed")],
        "history": [claim("2025", 1, "observed")],
        "options": [{"name": "more", "ref": EFFECT, "value": 2}],
    }
    seen = project(read(case(**tables)), "more")
    assert [said for said in seen.warnings if said.startswith((BECAME, LOG))] == []


def test_the_table_of_assumptions_shows_the_drift() -> None:
    history = [claim("2024", 1.6, "forecast"), claim("2025", 1.2, "observed"), claim("2026-01", 1)]
    result = projected(outcomes=[gain(status="observed", owner="Finance")], history=history)
    table = result.table("assumptions")
    (row,) = table[table["ref"] == EFFECT].to_dict("records")
    assert (row["first_value"], row["first_status"], row["first_date"], row["claims"]) == (1.6, "forecast", "2024", 3)
    assert (row["owner"], row["stated"]) == ("Finance", True)
    # 1.2 / 1.6 is a quarter less, 1 / 1.2 a sixth less, 1 / 1.6 three eighths less
    assert row["change"] == (
        "Forecast in 2024: 1.6. Observed in 2025: 1.2, down 25%. Claimed in 2026-01: 1, down 16.7%. "
        "Since the first: down 37.5%."
    )
    (lag,) = table[table["ref"] == "outcomes.gain.lag"].to_dict("records")
    assert (lag["stated"], lag["change"]) == (False, "")


def test_the_log_says_what_the_case_holds_where_it_is_something_else() -> None:
    history = [claim("2026/27", 50, "forecast", "costs.outlay.amount")]
    table = projected(costs=[outlay(status="observed")], history=history).table("assumptions")
    (row,) = table[table["ref"] == "costs.outlay.amount"].to_dict("records")
    assert row["change"] == "Forecast in 2026/27: £50. The case holds £100, observed, up 100%."


def test_a_year_of_a_profile_has_a_history() -> None:
    history = [claim("2025", 5, "forecast", "profiles.costs.outlay.amount.2027")]
    costs = [outlay(basis="per_year", amount={2026: 4, 2027: 6}, status="forecast")]
    result = projected(costs=costs, history=history)
    table = result.table("assumptions").set_index("ref")
    assert table.loc["costs.outlay.amount", "value"] == "by year"
    assert table.loc["profiles.costs.outlay.amount.2027", "change"] == (
        "Forecast in 2025: £5. The case holds £6, forecast, up 20%."
    )
    said = (
        f"{LOG}is not what the case holds for profiles.costs.outlay.amount.2027 (£5 in 2025, £6 in the case). {NUMBER}"
    )
    assert said in result.warnings
