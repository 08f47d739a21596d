"""The case: addresses, replacement, resolved values, one hash per case."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.errors import CaseError
from sroi.model import MODELS, SINGLE, Case, Value, columns, used_library
from sroi.reading import read
from tests.model.example import example, example_case, row

CASE = example_case()
LISTS = [name for name, rows in example().items() if isinstance(rows, list)]


def refs(case: Case) -> list[str]:
    """The address of every field of every row, library rows that are used included."""
    library = used_library(case.tables)
    found = []
    for table, model in MODELS.items():
        for held in library.get(table, case.tables.rows(table)):
            if table == "profiles":
                found += [held.at(str(year)) for year in case.profile(held.key) or ()]
            else:
                found += [held.at(column.name) for column in columns(model)]
    return found


def test_replacing_a_value_by_itself_changes_nothing() -> None:
    for ref in refs(CASE):
        same = CASE.replace(ref, CASE.get(ref))
        assert same.get(ref) == CASE.get(ref), ref
        assert same.inputs_sha256 == CASE.inputs_sha256, ref


CHANGES = [
    ("settings.discount", "3%", 0.03),
    ("settings.first_year", "2026/27", 2026),
    ("outcomes.missing.effect", 0.3, 0.3),
    ("groups.parents.from", 2027, 2027),
    ("deflators.2019/20.index", 90, 90.0),
    ("schedules.green-book-2026-standard@0.rate_percent", 4, 4.0),
    ("unit_values.domestic-violence-health.amount", "£1,000", 1000.0),
    ("grades.2.cost_optimism", "20%", 0.2),
    ("profiles.costs.team.amount.2026", 5, 5.0),
    ("profiles.costs.team.amount.2030", 5, 5.0),
    ("ranges.outcomes.missing.effect.high", 0.5, 0.5),
    ("about.title", "Another", "Another"),
    ("costs.hub.optimism", 0.1, 0.1),
]


@pytest.mark.parametrize(("ref", "typed", "value"), CHANGES)
def test_replace_gives_another_case(ref: str, typed: Any, value: Any) -> None:
    before = CASE.inputs_sha256
    changed = CASE.replace(ref, typed)
    assert changed.get(ref) == value
    assert (changed.inputs_sha256 == before) == (CASE.get(ref) == value)
    assert CASE.inputs_sha256 == before


def test_none_clears_a_field() -> None:
    assert CASE.replace("costs.team.grade", None).optimism(CASE.costs[0]) == 0.0
    assert CASE.replace("costs.team.price_year", None).get("costs.team.price_year") is None


def test_replace_refuses_what_a_file_may_not_hold() -> None:
    with pytest.raises(CaseError) as error:
        CASE.replace("values.missing-domestic-violence.cashable", 12)
    assert str(error.value) == (
        "values[0].cashable: A share must be between 0% and 100%; found 1200%. "
        "Type 12% if you meant 12 per cent.\n1 problem."
    )
    with pytest.raises(CaseError) as error:
        CASE.replace("costs.hub.payer", "counsil")
    assert error.value.problems[0].place == "costs[0].payer"
    with pytest.raises(CaseError, match="Costs has no field called"):
        CASE.replace("costs.hub.amout", 1)


def test_an_unknown_row_is_a_key_error_with_a_suggestion() -> None:
    with pytest.raises(KeyError, match=r"There is no cost called .+hubb.+ Did you mean .+hub"):
        CASE.get("costs.hubb.amount")
    with pytest.raises(KeyError, match="There is no table called"):
        CASE.get("cost.hub.amount")


def test_blank_fields_mean_what_the_other_tables_say() -> None:
    team, old = CASE.row("costs", "team"), CASE.row("costs", "old")
    missing = CASE.row("outcomes", "missing")
    assert (CASE.span(CASE.costs[0]), CASE.span(CASE.costs[1]), CASE.span(CASE.costs[3])) == (
        (2026, 2026),  # one-off: its first year alone
        (2026, 2035),  # blank: the whole horizon of ten years
        (2027, 2035),  # as stated
    )
    assert team is CASE.costs[1]
    assert old is CASE.costs[3]
    assert missing is CASE.outcomes[0]
    assert [CASE.optimism(c) for c in CASE.costs] == [0.0, 0.05, 0.0, 0.0]  # the second has grade 2
    assert [CASE.optimism(o) for o in CASE.outcomes] == [0.0, 0.1, 0.0]
    assert [CASE.price_year(c) for c in CASE.costs] == ["2023/24", "2019/20", "2023/24", "2023/24"]
    assert [g.id for g in CASE.groups_of(CASE.costs[2])] == ["teens", "parents"]
    assert CASE.stakeholder(CASE.outcomes[1]) == "Teenagers"
    assert CASE.profile("groups.teens.referrals") == {2026: 60, 2027: 80, 2028: 100, 2029: 100}
    assert CASE.profile("costs.hub.amount") is None


def test_an_event_falls_apart_into_its_sectors() -> None:
    parts = CASE.parts(CASE.values[0])
    # Origin: unit-values.csv, the five rows of the event; the council takes two by its `library`.
    assert [(p.id, p.sector, p.amount) for p in parts] == [
        ("missing-domestic-violence-health", "health", 1171.0),
        ("missing-domestic-violence-justice", "justice", 581.0),
        ("missing-domestic-violence-police", "police", 415.0),
        ("missing-domestic-violence-childrens", "council", 193.0),
        ("missing-domestic-violence-housing", "council", 110.0),
    ]
    assert {p.price_year for p in parts} == {"2008/09"}
    assert parts[0].amount_ref == "unit_values.domestic-violence-health.amount"


def test_one_unit_value_may_be_given_a_sector() -> None:
    (part,) = CASE.parts(CASE.values[1])
    assert (part.id, part.sector, part.kind) == ("care-years-care-fiscal", "care", "fiscal")


def test_values_have_ids() -> None:
    assert [v.id for v in CASE.values] == [
        "missing-domestic-violence",
        "care-years-care-fiscal",
        "care-years-police-fiscal",
        "wellbeing-families-social",
    ]
    assert Value(outcome="a").id == ""


def test_a_second_value_of_one_name_needs_an_id() -> None:
    case = example()
    case["values"].append({"outcome": "wellbeing", "sector": "families", "kind": "social", "amount": 1})
    with pytest.raises(CaseError) as error:
        read(case)
    assert str(error.value) == (
        'values[4]: There is already a value "wellbeing-families-social". Give this row an id of its own.\n1 problem.'
    )
    case["values"][-1]["id"] = "second"
    assert read(case).values[-1].id == "second"


@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rng: random.Random) -> None:
    case = example()
    for table in LISTS:
        rng.shuffle(case[table])
    assert read(case).inputs_sha256 == CASE.inputs_sha256


@pytest.mark.parametrize(
    ("table", "key", "fields"),
    [
        ("groups", "parents", {"engagement": 1, "stay_years": "1", "counts": "yes"}),
        ("costs", "hub", {"price_year": "2023/24", "from": 2026, "treatment": "cash", "growth": 0}),
        ("costs", "team", {"optimism": 0.05, "to": 2035}),
        ("outcomes", "care-years", {"optimism": "10%", "stakeholder": "Teenagers", "basis": "proportional"}),
        ("costs", "hub", {"amount": "£100,000", "capital": "TRUE", "source": None}),
        ("profiles", "outcomes.wellbeing.effect", {"2030": 0}),
        ("sectors", "council", {"library": ["housing", "childrens-services"]}),
    ],
)
def test_a_default_stated_is_the_same_case(table: str, key: str, fields: dict[str, Any]) -> None:
    case = example()
    row(case, table, key).update(fields)
    assert read(case).inputs_sha256 == CASE.inputs_sha256


@pytest.mark.parametrize(
    "fields", [{"kind": "fiscal"}, {"health_effect": "no"}, {"kind": "fiscal", "health_effect": 0}]
)
@pytest.mark.parametrize("number", [0, 1])  # an event of five fiscal parts; one fiscal unit value
def test_what_a_unit_value_brings_may_be_stated(number: int, fields: dict[str, Any]) -> None:
    case = example()
    case["values"][number].update(fields)
    assert read(case).inputs_sha256 == CASE.inputs_sha256


def robbery(**fields: Any) -> dict[str, Any]:
    """The example with an event of a fiscal part, and a social one that the library does not call health."""
    case = example()
    case["sectors"].append({"id": "society", "name": "Everyone", "ledger": "society"})
    case["values"].append({"outcome": "missing", "unit_value": "crime-robbery", "times": 0.1} | fields)
    return case


def test_what_an_event_does_not_bring_is_in_the_hash() -> None:
    blank = read(robbery()).inputs_sha256
    assert read(robbery(health_effect="no")).inputs_sha256 == blank
    assert read(robbery(health_effect="yes")).inputs_sha256 != blank


@pytest.mark.parametrize("unit_value", ["crime-robbery", "crime-robbery-social"])
def test_what_only_an_option_brings_otherwise_is_in_the_hash(unit_value: str) -> None:
    # the option calls the social part health, unless the row itself says no
    change = {"name": "well", "ref": "unit_values.crime-robbery-social.health_effect", "value": "yes"}
    hashes = {
        read(robbery(unit_value=unit_value, **fields) | {"options": [change]}).inputs_sha256
        for fields in ({}, {"health_effect": "no"}, {"health_effect": "yes"})
    }
    assert len(hashes) == 3


def test_business_as_usual_is_one_however_it_is_written() -> None:
    case = example()
    case["settings"]["compare_with"] = "Business as Usual"
    assert read(case).inputs_sha256 == CASE.inputs_sha256


def test_any_number_changed_changes_the_hash() -> None:
    seen = {CASE.inputs_sha256}
    for ref, value in [
        ("outcomes.missing.effect", 0.25000000000001),
        ("unit_values.domestic-violence-health.amount", 1172),
        ("deflators.2008/09.index", 70),
        ("schedules.green-book-2026-health@0.rate_percent", 1.6),
        ("groups.parents.counts", False),
    ]:
        seen.add(CASE.replace(ref, value).inputs_sha256)
    assert len(seen) == 6


def test_library_rows_that_are_not_used_do_not_matter() -> None:
    assert CASE.replace("deflators.1990.index", 1).inputs_sha256 == CASE.inputs_sha256
    assert CASE.replace("schedules.green-book-2026-reduced@0.rate_percent", 1).inputs_sha256 == CASE.inputs_sha256


def test_canonical_is_json_with_defaults() -> None:
    data = json.loads(CASE.canonical())
    # read later: a case without them keeps the hash it had before there were any
    assert set(data) == set(MODELS) - {"correlations", "evidence", "history", "actuals"}
    assert all(isinstance(data[t], dict) == (t in SINGLE) for t in data)
    # 2008/09 the event, 2013/14 the child in care, 2019 and 2019/20 stated, 2023/24 the base
    assert [d["year"] for d in data["deflators"]] == ["2008/09", "2013/14", "2019", "2019/20", "2023/24"]
    assert data["costs"][0]["price_year"] == "2023/24"


def test_evidence_and_history_are_in_the_hash_where_there_are_some() -> None:
    held = example()
    row = {"ref": "outcomes.missing.deadweight", "date": "2025", "status": "forecast"}
    held["history"] = [row | {"value": "12%"}]
    typed = read(held)
    held["history"] = [row | {"value": 0.12}]
    assert read(held).inputs_sha256 == typed.inputs_sha256 != CASE.inputs_sha256
    held["evidence"] = [{"ref": "outcomes.missing.effect", "note": "n=41"}]
    assert read(held).inputs_sha256 != typed.inputs_sha256


def test_a_second_row_of_evidence_or_claim_says_so() -> None:
    held = example()
    held["evidence"] = [{"ref": "costs.hub.amount"}, {"ref": "costs.hub.amount", "note": "again"}]
    held["history"] = [{"ref": "costs.hub.amount", "date": "2025/26", "value": n} for n in (1, 2)]
    held["history"] += [{"ref": "costs.hub.amount", "date": "31/03/2020", "value": 1}]
    held["history"] += [{"ref": "costs.hub.amount", "date": "2019", "value": 1, "status": "observd"}]
    with pytest.raises(CaseError) as error:
        read(held)
    assert list(map(str, error.value.problems)) == [
        "evidence[1]: There is already evidence of costs.hub.amount. Each number may be there once.",
        "history[1]: costs.hub.amount is claimed twice on 2025/26. Take one of the two out.",
        'history[2].date: Date must be a date; found "31/03/2020". Type 2020-03-31.',
        'history[3].status: Status must be forecast, observed, attributed or judgement; found "observd". '
        'Did you mean "observed"?',
    ]


def test_a_case_is_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        CASE.settings = CASE.settings  # type: ignore[misc]
    with pytest.raises(ValueError, match="frozen"):
        CASE.costs[0].amount = 1.0  # type: ignore[misc]


def test_places_and_notes_are_in_no_dump() -> None:
    assert not {"places", "notes"} & set(CASE.model_dump())
    assert CASE.place("costs.hub.amount") == "costs[0].amount"
    assert CASE.place("costs.hub.growth") == "costs[0]"


def test_only_the_social_part_of_an_event_can_be_health() -> None:
    found = read(robbery(health_effect="yes"))
    parts = found.parts(found.values[-1])
    assert [(p.kind, p.health_effect, p.times) for p in parts] == [("fiscal", False, 0.1), ("social", True, 0.1)]
