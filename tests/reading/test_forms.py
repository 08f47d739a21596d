"""One case, every form: one hash; five mistakes, every form: five problems, in order, with places."""

# ruff: noqa: E501 - sentences are tested whole, each on one line

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from sroi import library
from sroi.errors import CaseError
from sroi.model import used_library
from sroi.reading import read
from tests.model.example import example, example_case, row
from tests.reading.forms import as_workbook, as_yaml

ROOT = Path(__file__).resolve().parents[2]

FORMAT_EXAMPLE = """\
about: {id: meals-small, title: A small example}
settings: {first_year: 2026, years: 5, price_base: 2023/24, discount: 0.035, benefit_timing: end}
sectors:
  - {id: council, name: Council, ledger: public}
  - {id: health, name: NHS, ledger: public}
groups:
  - {id: residents, name: Residents, referrals: 1, from: 2026, to: 2026}
costs:
  - {id: contract, name: Council contract, payer: council, basis: one_off, amount: 24375}
outcomes:
  - {id: falls, name: Fewer falls, group: residents, unit: fall, basis: absolute, effect: 7, deadweight: 0.05,
     duration: {value: 2, low: 1, high: 4}, drop_off: 0.5, status: observed, source: survey of residents 2025}
values:
  - {outcome: falls, sector: health, kind: fiscal, amount: 94, cashable: 0.1}
"""


def test_the_example_of_the_format_reads(tmp_path: Path) -> None:
    path = tmp_path / "meals-small.yaml"
    path.write_text(FORMAT_EXAMPLE, encoding="utf-8")
    case = read(path)
    assert case.get("outcomes.falls.duration") == 2
    assert (
        case.get("ranges.outcomes.falls.duration.low"),
        case.get("ranges.outcomes.falls.duration.high"),
    ) == (1, 4)
    assert case.settings.discount == 0.035
    assert case.outcomes[0].source == "survey of residents 2025"
    assert case.place("outcomes.falls.effect") == "meals-small.yaml:11"
    assert case.place("ranges.outcomes.falls.duration.low") == "meals-small.yaml:12"
    assert case.notes == ()


def test_every_form_has_one_hash(tmp_path: Path) -> None:
    case = example()
    hashes = {
        read(case).inputs_sha256,
        read(as_yaml(case, tmp_path / "case.yaml")).inputs_sha256,
        read(as_workbook(case, tmp_path / "case.xlsx")).inputs_sha256,
    }
    assert len(hashes) == 1


def test_every_form_knows_its_places(tmp_path: Path) -> None:
    case = example()
    assert read(case).place("costs.team.price_year") == "costs[1].price_year"
    assert re.fullmatch(r"case\.yaml:\d+", read(as_yaml(case, tmp_path / "case.yaml")).place("costs.team.price_year"))
    # title, blank, headings, first row, blank: the second cost is in row 6; Price year is the 7th field used, G
    assert read(as_workbook(case, tmp_path / "case.xlsx")).place("costs.team.price_year") == "Costs!G6"


def test_inline_ranges_and_profiles_are_rows(tmp_path: Path) -> None:
    case = example()
    del case["ranges"], case["profiles"]
    row(case, "groups", "teens")["referrals"] = {
        "value": {2026: 60, "2027/28": 80, 2028: 100, 2029: 100}, "low": 0.8, "high": 1.3
    }  # fmt: skip
    row(case, "costs", "team")["amount"] = {2026: 200000, 2027: 250000}
    row(case, "costs", "hub")["amount"] = {"value": 100000, "mean": 100000, "sd": 5000, "shape": "normal"}
    row(case, "outcomes", "wellbeing")["effect"] = {2026: -0.1, 2027: 0.3, 2028: 0.3}
    missing = row(case, "outcomes", "missing")
    missing["effect"] = {"value": 0.25, "low": 0.1, "high": 0.4}
    missing["duration"] = {"value": 3, "low": 1, "high": 5, "shape": "triangular"}
    row(case, "outcomes", "care-years")["baseline"] = {
        "value": 0.6, "values": [0.4, 0.6], "weights": [1, 2], "shape": "discrete"
    }  # fmt: skip
    assert read(case).inputs_sha256 == example_case().inputs_sha256
    assert read(as_yaml(case, tmp_path / "case.yaml")).inputs_sha256 == example_case().inputs_sha256


def test_a_flat_discount_rate_may_have_a_range() -> None:
    case = example()
    case["settings"]["discount"] = {"value": 0.035, "low": 0.03, "high": 0.05}
    assert read(case).get("ranges.settings.discount.high") == 0.05


def mistaken() -> dict[str, Any]:
    """Five mistakes in four tables."""
    case = example()
    row(case, "sectors", "police")["ledger"] = "publik"
    row(case, "groups", "parents")["to"] = 2040
    row(case, "costs", "hub")["amount"] = "12k"
    row(case, "outcomes", "missing")["drop_off"] = 20
    case["values"].append({"outcome": "missing", "sector": "helth", "kind": "fiscal", "amount": 4})
    return case


SAID = [
    'Ledger must be public, people or society; found "publik". Did you mean "public"?',
    "A year must be within the horizon, 2026/27 to 2035/36; found 2040/41. Change it, or First year or Years in Settings.",
    'Amount must be a number; found "12k". Type 12000.',
    "A share must be between 0% and 100%; found 2000%. Type 20% if you meant 20 per cent.",
    'There is no sector called "helth". Did you mean "health"?',
]


def problems(source: Any) -> list[tuple[str, str]]:
    with pytest.raises(CaseError) as error:
        read(source)
    assert str(error.value).splitlines()[-1] == f"{len(error.value.problems)} problems."
    return [(p.place, str(p).removeprefix(f"{p.place}: ")) for p in error.value.problems]


def test_five_mistakes_in_a_dict() -> None:
    places = [
        "sectors[3].ledger",
        "groups[1].to",
        "costs[0].amount",
        "outcomes[0].drop_off",
        "values[4].sector",
    ]
    assert problems(mistaken()) == list(zip(places, SAID, strict=True))


def test_five_mistakes_in_yaml(tmp_path: Path) -> None:
    path = as_yaml(mistaken(), tmp_path / "wrong.yaml")
    lines = path.read_text(encoding="utf-8").splitlines()
    found = problems(path)
    assert [said for _, said in found] == SAID
    # the line that each place names holds the mistake
    wanted = ["ledger: publik", "to: 2040", "amount: 12k", "drop_off: 20", "sector: helth"]
    for (place, _), text in zip(found, wanted, strict=True):
        name, _, line = place.partition(":")
        assert name == "wrong.yaml"
        assert lines[int(line) - 1].strip() == text


def test_five_mistakes_in_a_workbook(tmp_path: Path) -> None:
    # rows: title, blank, headings, first row, blank, second row ...; columns: the fields in use, in the model's order
    places = ["Sectors!C8", "Groups!E6", "Costs!E4", "Outcomes!J4", "Values!B9"]
    found = problems(as_workbook(mistaken(), tmp_path / "wrong.xlsx"))
    assert [said for _, said in found] == SAID
    assert [place for place, _ in found] == places


def test_a_fault_is_told_once_and_does_not_spread() -> None:
    case = example()
    row(case, "sectors", "council")["ledger"] = ""  # council pays, is a whole, and takes unit values
    row(case, "groups", "teens")["engagement"] = 3  # teens are in a profile, a range, two outcomes
    row(case, "outcomes", "missing")["baseline"] = -1  # has a value and two ranges
    assert [place for place, _ in problems(case)] == [
        "sectors[0].ledger",
        "groups[0].engagement",
        "outcomes[0].baseline",
    ]


def test_a_name_that_cannot_be_read_may_be_any_name() -> None:
    case = example()
    case["grades"][0]["grade"] = "two"  # used by two rows
    row(case, "sectors", "police")["id"] = "The Police"  # has a value
    assert [place for place, _ in problems(case)] == ["sectors[3].id", "grades[0].grade"]


def test_a_case_without_sectors_does_not_ask_for_each() -> None:
    case = example()
    del case["sectors"]
    with pytest.raises(CaseError) as error:
        read(case)
    assert [str(p) for p in error.value.problems] == [
        "the case: There is no table sectors. A case needs about, settings and sectors."
    ]


def test_library_rows_of_the_case_win_and_are_noted(tmp_path: Path) -> None:
    case = example()
    case["deflators"] = [{"year": "2019/20", "index": 80}, {"year": "2018", "index": 80.6051}]
    same = next(d.index for d in library.deflators() if d.year == "2018")
    case["deflators"][1]["index"] = same
    case["schedules"] = [{"schedule": "green-book-2026-standard", "from_year": 0, "to_year": 30, "rate_percent": 3}]
    for source in (case, as_workbook(case, tmp_path / "own.xlsx")):
        found = read(source)
        assert found.get("deflators.2019/20.index") == 80
        assert found.get("schedules.green-book-2026-standard@0.rate_percent") == 3
        assert len(found.notes) == 2
    assert found.notes == (
        "Schedules!A4: the case's own discount schedule green-book-2026-standard@0 wins over the shipped one: "
        "rate percent 3 for 3.5.",
        "Deflators!A4: the case's own price index for 2019/20 wins over the shipped one: index 80 for 82.1348.",
    )


def test_used_library_rows_written_into_the_case_change_nothing() -> None:
    case = example_case()
    used = {table: [r.model_dump() for r in rows] for table, rows in used_library(case.tables).items()}
    again = read(example() | used)
    assert again.inputs_sha256 == case.inputs_sha256
    assert again.notes == ()


def test_unknown_fields_are_noted_and_dropped() -> None:
    case = example()
    row(case, "outcomes", "missing")["deadwieght"] = 0.5
    found = read(case)
    assert found.inputs_sha256 == example_case().inputs_sha256
    assert found.notes == (
        'outcomes[0].deadwieght: Outcomes has no field called "deadwieght"; it is not read. Did you mean "deadweight"?',
    )


def test_an_unknown_table_is_a_problem_where_nothing_else_may_stand() -> None:
    case = example()
    case["outcome"] = case.pop("outcomes")
    with pytest.raises(CaseError) as error:
        read(case)
    assert [str(p) for p in error.value.problems] == [
        'outcome: There is no table called "outcome". Did you mean "outcomes"?'
    ]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("no/such/file.xlsx", "file.xlsx: There is no such file. Look at its name and folder."),
        ("no-such-case", 'There is no file, and no case that ships, called "no-such-case".'),
    ],
)
def test_what_is_not_there_is_said(source: str, said: str) -> None:
    with pytest.raises(CaseError) as error:
        read(source)
    assert str(error.value).startswith(said)


def test_forms_of_later_versions_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    folder.mkdir()
    with pytest.raises(CaseError) as error:
        read(folder)
    assert str(error.value.problems[0]) == (
        "case: This version does not read a folder of CSV files. Give a workbook (.xlsx) or YAML (.yaml)."
    )
    path = tmp_path / "case.ods"
    path.write_bytes(b"x")
    with pytest.raises(CaseError) as error:
        read(path)
    assert str(error.value.problems[0]) == (
        'case.ods: A case is a workbook (.xlsx, .xlsm) or YAML (.yaml, .yml); found ".ods".'
    )
