"""Cases of every size and shape give a workbook: no formula grows with the case (workbook, rule 3).

Origin: unknown numbers; the property is checked that a workbook is written, short-formulaed, and reads back the same.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sroi.projection import project
from sroi.reading import read
from sroi.reports import write_workbook

Tables = dict[str, Any]


def small() -> Tables:
    """The example of the file format: one cost, one outcome, one value."""
    return {
        "about": {"id": "small", "title": "A small example"},
        "settings": {"first_year": 2026, "years": 5, "price_base": "2023/24", "discount": 0.035},
        "sectors": [
            {"id": "council", "name": "Council", "ledger": "public"},
            {"id": "health", "name": "NHS", "ledger": "public"},
        ],
        "groups": [{"id": "residents", "name": "Residents", "referrals": 1, "from": 2026, "to": 2026}],
        "costs": [
            {"id": "contract", "name": "Contract", "payer": "council", "basis": "one_off", "amount": 24375},
            {"id": "visits", "name": "Visits", "payer": "health", "basis": "per_start", "group": "all", "amount": 3},
        ],
        "outcomes": [
            {"id": "falls", "name": "Fewer falls", "group": "all", "unit": "fall", "basis": "absolute", "effect": 7,
             "duration": 2, "drop_off": 0.5},
        ],
        "values": [{"outcome": "falls", "sector": "health", "kind": "fiscal", "amount": 94, "cashable": 0.1}],
    }  # fmt: skip


def many(case: Tables, table: str, count: int, **more: Callable[[int], Any]) -> None:
    """Makes the first row of a table many, each with its own id and name."""
    first = case[table][0]
    case[table] += [
        first | {"id": f"{first['id']}-{n}", "name": f"{first['name']} {n}"} | {k: make(n) for k, make in more.items()}
        for n in range(count)
    ]


def one_year(case: Tables) -> None:
    case["settings"]["years"] = 1


def a_hundred_years(case: Tables) -> None:
    case["settings"]["years"] = 100


def nothing_but_sectors(case: Tables) -> None:
    for table in ("groups", "costs", "outcomes", "values"):
        case.pop(table)


def no_benefits(case: Tables) -> None:
    case.pop("values")


def sixty_who_pay(case: Tables) -> None:
    many(case, "sectors", 60)
    many(case, "costs", 60, payer=lambda n: f"council-{n}")


def parts_of_one(case: Tables) -> None:
    many(case, "sectors", 30, part_of=lambda _: "council")


def forty_outcomes_with_long_ids(case: Tables) -> None:
    case["outcomes"][0]["id"] = case["values"][0]["outcome"] = "a-long-identifier-of-an-outcome-in-many-words"
    many(case, "outcomes", 40)
    case["values"] += [case["values"][0] | {"outcome": outcome["id"]} for outcome in case["outcomes"][1:]]


def every_second_outcome_observed(case: Tables) -> None:
    many(case, "outcomes", 40, status=lambda n: ("observed", "judgement")[n % 2])
    case["values"] += [case["values"][0] | {"outcome": outcome["id"]} for outcome in case["outcomes"][1:]]


def forty_values_that_release_cash(case: Tables) -> None:
    forty_outcomes_with_long_ids(case)
    case["outcomes"][0]["lag"] = 2
    for row in case["values"]:
        row |= {"price_year": "2019/20", "growth": 0.01}


def forty_old_services(case: Tables) -> None:
    case["costs"][0] |= {"basis": "per_year", "old_service": True, "release_share": 0.5, "release_years": 2}
    many(case, "costs", 40)


def sixty_groups(case: Tables) -> None:
    many(case, "groups", 60)
    case["outcomes"][0]["group"] = "residents"


def sixty_groups_of_one_outcome(case: Tables) -> None:
    many(case, "groups", 60)
    case["costs"].pop()


def sixty_values_of_one_outcome(case: Tables) -> None:
    many(case, "sectors", 60)
    case["values"] += [case["values"][0] | {"sector": f"council-{n}"} for n in range(60)]


def long_names(case: Tables) -> None:
    case["about"]["title"] = "A title " * 40
    for table in ("sectors", "groups", "costs", "outcomes"):
        case[table][0]["name"] = 'It\'s a "name" in many words & more ' * 8


def names_alike(case: Tables) -> None:
    for table in ("sectors", "groups", "costs", "outcomes"):
        many(case, table, 2)
        for row in case[table]:
            row["name"] = "The same"


SIZES: tuple[Callable[[Tables], None], ...] = (
    one_year,
    a_hundred_years,
    nothing_but_sectors,
    no_benefits,
    sixty_who_pay,
    parts_of_one,
    forty_outcomes_with_long_ids,
    forty_values_that_release_cash,
    forty_old_services,
    long_names,
    names_alike,
    every_second_outcome_observed,
    sixty_groups,
    sixty_groups_of_one_outcome,
    sixty_values_of_one_outcome,
)


@pytest.mark.parametrize("change", SIZES)
def test_a_case_of_any_size_gives_a_workbook(change: Callable[[Tables], None], tmp_path: Path) -> None:
    tables = small()
    change(tables)
    case = read(tables)
    result = project(case)
    assert not result.failed
    path = write_workbook(tmp_path / "result.xlsx", case, result)
    again = read(path)
    assert again.inputs_sha256 == case.inputs_sha256
    assert project(again).to_dict() == result.to_dict()
    lengths = [
        len(str(cell.value))
        for sheet in load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert max(lengths) <= 180
