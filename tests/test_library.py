"""What ships is found by name, from any folder."""

# ruff: noqa: E501 - sentences are tested whole, each on one line

from __future__ import annotations

from pathlib import Path

import pytest

import sroi
from sroi import library
from sroi.errors import CaseError


def test_all_that_ships_is_read() -> None:
    # Origin: lines of the files less their heading (unit values: 104, as their README says).
    assert len(library.unit_values()) == 104
    assert len(library.schedules()) == 18
    assert len(library.deflators()) == 69
    assert len(library.rate_cards()) == 67


def test_ids_are_unique() -> None:
    for rows in (library.unit_values(), library.schedules(), library.deflators()):
        assert len({row.key for row in rows}) == len(rows)


def test_events_add_to_their_wholes() -> None:
    # Origin: unit_cost_families of the published cases, within 1 pound.
    for event, whole in {"domestic-violence": 2470, "exclusion": 9219, "jsa-to-work": 9800}.items():
        assert sum(u.amount for u in library.unit_value(event)) == pytest.approx(whole, abs=1)


def test_rows_are_found_by_name() -> None:
    assert library.deflator("2024").index == 100.0  # the index is 2024 = 100
    assert [b.from_year for b in library.schedule("green-book-2026-health")] == [0, 31, 76, 126, 201, 301]
    assert library.unit_value("arrest-detained")[0].price_year == "2006/07"
    assert {line.payable for line in library.rate_card("skill-mill")} == {"once"}


CARDS = "There are: end-of-life-care-bradford, fair-chance-fund, innovation-fund-1, innovation-fund-2, rough-sleepers-greater-manchester, skill-mill."
SCHEDULES = "There are: green-book-2026-health, green-book-2026-reduced, green-book-2026-standard."
YEARS = "The years held are 1990 to 2024 and 1990/91 to 2023/24."
CASES = "There are: big-picture-learning, complex-lives, family-group-conference, family-safeguarding, ips-employment, meals, my-care-my-way, no-wrong-door, no-wrong-door-published, norfolk-new-roads, nurse-family-partnership, perry-preschool."


@pytest.mark.parametrize(
    ("find", "name", "said"),
    [
        (library.unit_value, "arrest-detaned", 'There is no unit value called "arrest-detaned". Did you mean "arrest-detained"?'),
        (library.unit_value, "arrest", 'There is no unit value called "arrest". '
         'Did you mean "arrest-detained" or "arrest-no-further-action"? To look for others: sroi values WORDS.'),
        (library.unit_value, "care", 'There is no unit value called "care". To look for one: sroi values WORDS.'),
        (library.schedule, "own", f'There is no discount schedule called "own". {SCHEDULES}'),
        (library.schedule, "green-book-2020-standard", 'There is no discount schedule called "green-book-2020-standard". '
         f'Did you mean "green-book-2026-standard"? {SCHEDULES}'),
        (library.deflator, "1985/86", f"There is no price index for 1985/86. {YEARS}"),
        (library.deflator, "2024/25", f"There is no price index for 2024/25. {YEARS}"),
        (library.rate_card, "skil-mill", f'There is no rate card called "skil-mill". Did you mean "skill-mill"? {CARDS}'),
        (library.rate_card, "own", f'There is no rate card called "own". {CARDS}'),
        (library.case_path, "meal", 'There is no case called "meal". Did you mean "meals"?'),
        (library.case_path, "own", f'There is no case called "own". {CASES}'),
        (sroi.read, "own", f'There is no file, and no case that ships, called "own". {CASES}'),
    ],
)  # fmt: skip
def test_an_unknown_name_is_said(find: object, name: str, said: str) -> None:
    assert callable(find)
    with pytest.raises(CaseError) as error:
        find(name)
    assert str(error.value.problems[0]) == said


def test_it_is_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for load in (library.folder, library.unit_values):
        load.cache_clear()
    assert library.unit_values()[0].id == "asb-incident-acted-on"


def test_cases_that_ship_are_found_by_id() -> None:
    for name in library.shipped_cases():
        assert library.case_path(name).stem == name
    with pytest.raises(CaseError, match='There is no case called "no-such-case"'):
        library.case_path("no-such-case")
