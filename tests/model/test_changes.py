"""Options and scenarios: the case as they make it (method § 7), its ranges, its places, its one hash."""

# ruff: noqa: E501 - sentences are tested whole, each on one line

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from sroi.errors import CaseError
from sroi.model import Case
from sroi.reading import read
from sroi.reports import write_case
from tests.model.example import example
from tests.projection.small import case, outlay

MORE = {"name": "more", "ref": "groups.parents.referrals", "value": 60, "title": "More parents"}
LASTING = {"name": "more", "ref": "outcomes.missing.effect", "value": "30%"}
SMALL = {"name": "small", "ref": "costs.hub.counts", "value": False}
FADING = {"name": "fading", "ref": "outcomes.missing.drop_off", "value": 0.5, "title": "Effects fade"}


def changed(*options: dict[str, Any], scenarios: tuple[dict[str, Any], ...] = ()) -> Case:
    return read(example() | {"options": list(options), "scenarios": list(scenarios)})


def problems(*options: dict[str, Any], scenarios: tuple[dict[str, Any], ...] = ()) -> list[str]:
    with pytest.raises(CaseError) as error:
        changed(*options, scenarios=scenarios)
    return [str(problem) for problem in error.value.problems]


def test_an_option_in_a_scenario_changes_what_both_say_and_nothing_else() -> None:
    case = changed(MORE, LASTING, SMALL, scenarios=(FADING,))
    assert dict(case.option_names) == {"more": "More parents", "small": "small"}
    assert dict(case.scenario_names) == {"fading": "Effects fade"}
    seen = case.seen("more", "fading")
    assert seen.get("groups.parents.referrals") == 60
    assert seen.get("outcomes.missing.effect") == 0.3
    assert seen.get("outcomes.missing.drop_off") == 0.5
    assert seen.get("costs.hub.counts") is True
    assert (seen.option, seen.scenario) == ("more", "fading")
    assert not seen.options + seen.scenarios
    assert seen.seen_in == 'Option "More parents" in scenario "Effects fade".'
    assert case.seen("small").get("costs.hub.counts") is False
    assert case.seen() is case
    # the same case as one written so by hand
    by_hand: dict[str, Any] = example()
    by_hand["groups"][1]["referrals"] = 60
    by_hand["outcomes"][0] |= {"effect": 0.3, "drop_off": 0.5}
    by_hand["ranges"] = [row for row in by_hand["ranges"] if row["ref"] != "outcomes.missing.effect"]
    assert seen.inputs_sha256 == read(by_hand).inputs_sha256


def test_a_number_that_a_change_sets_is_certain_unless_it_has_a_range() -> None:
    """§ 7. The example's range of that effect is 0.1 to 0.4, a pert; of the duration a triangle; of the hub a normal."""
    plain = changed(LASTING).seen("more")
    assert "outcomes.missing.effect" not in {row.ref for row in plain.ranges}
    assert len(plain.ranges) == 4
    ranged = changed(
        LASTING | {"low": 0.2, "high": 0.5},
        {"name": "more", "ref": "outcomes.missing.duration", "value": 4, "low": 2, "high": 6},
        {"name": "more", "ref": "costs.hub.amount", "value": 80, "low": 70, "high": 95},
    ).seen("more")
    found: dict[str, tuple[object, ...]] = {
        row.ref: (row.low, row.high, row.shape, row.interval) for row in ranged.ranges
    }
    assert found["outcomes.missing.effect"] == (0.2, 0.5, "pert", "limits")
    assert found["outcomes.missing.duration"] == (2, 6, "triangular", "limits")
    assert found["costs.hub.amount"] == (70, 95, "pert", "limits"), "a mean and an sd have no ends to keep"


def test_a_year_of_a_profile_can_change() -> None:
    change = {"name": "more", "ref": "profiles.groups.teens.referrals.2026", "value": 90}
    profile = changed(change).seen("more").profile("groups.teens.referrals")
    assert profile is not None
    assert dict(profile) == {2026: 90, 2027: 80, 2028: 100, 2029: 100}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (MORE | {"ref": "groups.teens.referrals"}, "options[0].ref: groups.teens.referrals varies by year, so no one number can stand for it. Change its years, such as profiles.groups.teens.referrals.2026."),
        (LASTING | {"low": 0.1}, "options[0].value: High is required; found nothing."),
        (LASTING | {"low": 0.4, "high": 0.5}, "options[0].value: Low and High must enclose the central value 0.3; found 0.4 to 0.5."),
        (SMALL | {"low": 0, "high": 1}, 'options[0].value: Costs has no number called counts that a range could be of; found "costs.hub.counts". Did you mean "amount"?'),
        ({"name": "late", "ref": "costs.old.to", "value": 2050}, "options[0].value: A year must be within the horizon, 2026/27 to 2035/36; found 2050/51. Change it, or First year or Years in Settings."),
        ({"name": "x", "ref": "costs.hub.amount"}, "options[0]: Value is required; found nothing."),
        ({"name": "x", "ref": "costs.hub.amount", "value": [1]}, "options[0].value: Value must be words; found a list."),
    ],
)  # fmt: skip
def test_what_no_option_can_be(change: dict[str, Any], said: str) -> None:
    assert problems(change) == [said]


def test_one_ref_twice_in_one_option() -> None:
    said = 'options[1]: The option "more" changes groups.parents.referrals twice. Take one of the two out.'
    assert problems(MORE, MORE | {"value": 70}) == [said]
    assert changed(MORE, MORE | {"name": "most", "title": "Most", "value": 70}).option_names.keys() == {"more", "most"}


def test_an_option_and_a_scenario_that_make_no_case_together() -> None:
    """The release from 2030 is within the horizon, and its end in 2029 too; not both."""
    late = {"name": "late", "ref": "costs.old.from", "value": 2030}
    short = {"name": "short", "ref": "costs.old.to", "value": 2029}
    assert changed(late).seen("late").get("costs.old.from") == 2030
    assert changed(short).seen("short").get("costs.old.to") == 2029
    found = problems(late, scenarios=(short,))
    assert found
    assert all(said.startswith(("options[0].value: ", "scenarios[0].value: ")) for said in found)


def test_an_unknown_option_or_scenario_is_told_with_those_there_are() -> None:
    case = changed(MORE, scenarios=(FADING,))
    with pytest.raises(CaseError) as error:
        case.seen("mor", "zoo")
    assert [str(problem) for problem in error.value.problems] == [
        'There is no option called "mor". Did you mean "more"?',
        'There is no scenario called "zoo". There are: fading.',
    ]


def test_one_hash_in_every_form(tmp_path: Path) -> None:
    tables = example() | {"options": [MORE, LASTING, SMALL], "scenarios": [FADING]}
    case = read(tables)
    text, book = tmp_path / "case.yaml", tmp_path / "case.xlsx"
    text.write_text(yaml.safe_dump(tables, allow_unicode=True), encoding="utf-8")
    write_case(book, case)
    assert read(text).inputs_sha256 == read(book).inputs_sha256 == case.inputs_sha256
    # a number typed otherwise, a title stated in the other row, the rows in another order
    other = [SMALL | {"value": "no"}, LASTING | {"value": 0.3, "title": "More parents"}, {**MORE, "title": None}]
    assert changed(*other, scenarios=(FADING,)).inputs_sha256 == case.inputs_sha256
    assert changed(MORE, SMALL, scenarios=(FADING,)).inputs_sha256 != case.inputs_sha256


@pytest.mark.parametrize(
    ("change", "table", "row"),
    [  # what only the option, or only both at once, rests on: an index, a schedule
        ({"ref": "costs.hub.price_year", "value": "2015"}, "deflators", {"year": "2015", "index": 40}),
        ({"ref": "settings.health_discount", "value": "mine"}, "schedules", {"from_year": 0, "rate_percent": 9}),
    ],
)
def test_the_hash_holds_what_only_an_option_rests_on(change: dict[str, Any], table: str, row: dict[str, Any]) -> None:
    """One hash for two results would be a stamp that says nothing (format.md: the library rows used)."""
    mine = {"schedule": "mine", "from_year": 0, "rate_percent": 2}
    held = example() | {"options": [{"name": "o"} | change], "schedules": [mine]}
    other = copy.deepcopy(held)
    other[table] = [({"schedule": "mine"} if table == "schedules" else {}) | row]
    other.setdefault("schedules", [mine])
    first, second = read(held), read(other)
    assert first.inputs_sha256 != second.inputs_sha256
    used = read(example() | {"schedules": [mine]}), read(example() | {"schedules": [mine], table: other[table]})
    assert used[0].inputs_sha256 == used[1].inputs_sha256, "without the option, nothing rests on it"


def test_a_fault_in_one_year_of_a_profile_stands_at_its_own_change() -> None:
    good = {"name": "more", "ref": "profiles.groups.teens.referrals.2029", "value": 90}
    bad = {"name": "more", "ref": "profiles.groups.teens.referrals.2026", "value": "many"}
    assert [said.partition(":")[0] for said in problems(good, bad)] == ["options[1].value"]
    assert [said.partition(":")[0] for said in problems(bad, good)] == ["options[0].value"]


def test_a_pound_sign_in_an_option_of_a_case_in_euros() -> None:
    euros: dict[str, Any] = {
        "about": {"id": "euros", "title": "Euros"},
        "settings": {"first_year": 2026, "years": 2, "price_base": "2025", "currency": "EUR"},
        "sectors": [{"id": "city", "name": "City", "ledger": "public"}],
        "costs": [{"id": "team", "name": "Team", "payer": "city", "basis": "per_year", "amount": 100}],
        "options": [{"name": "less", "ref": "costs.team.amount", "value": "£60"}],
    }
    with pytest.raises(CaseError) as error:
        read(euros)
    assert str(error.value.problems[0]) == (
        'options[0].value: Amount is in pounds, and the case in EUR; found "£60". Type it in EUR, without a sign.'
    )
    euros["options"][0]["value"] = 60
    assert read(euros).seen("less").get("costs.team.amount") == 60


def test_places_lead_to_the_change() -> None:
    seen = changed(SMALL, MORE).seen("more")
    assert seen.place("groups.parents.referrals") == "options[1].value"
    assert seen.place("costs.hub.amount") == "costs[0].amount"


@pytest.mark.parametrize("ref", ["grades.2.cost_optimism", "costs.outlay.grade"])
def test_a_blank_optimism_is_none_that_is_stated_where_a_grade_may_change(ref: str) -> None:
    # Grade 2 takes 20 %: stated or not, both come to the same as they stand, and not where the grade is another.
    grades = [{"grade": n, "cost_optimism": share, "benefit_optimism": 0} for n, share in ((1, 0.5), (2, 0.2))]
    made = case(costs=[outlay(grade=2)]) | {"grades": grades}
    stated = case(costs=[outlay(grade=2, optimism=0.2)]) | {"grades": grades}
    assert read(made).inputs_sha256 == read(stated).inputs_sha256
    change = {"scenarios": [{"name": "other", "ref": ref, "value": 1}]}
    assert read(made | change).inputs_sha256 != read(stated | change).inputs_sha256
