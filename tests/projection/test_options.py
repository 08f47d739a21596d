"""Options and scenarios by hand (method § 7): each a case of its own, and what each adds to another."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

import sroi
from sroi.errors import CaseError
from sroi.projection import project, project_options
from sroi.reading import read
from tests.projection.rich import rich_case
from tests.projection.small import Row, case, gain, outlay, saving

SECOND = outlay(id="second", amount=50, counts=False)
MINIMUM = {"name": "minimum", "ref": "costs.outlay.amount", "value": 80}
BOTH = [
    {"name": "both", "ref": "costs.second.counts", "value": True},
    {"name": "both", "ref": "outcomes.gain.effect", "value": 2},
]
POOR = {"name": "poor", "ref": "values.gain-council-fiscal.amount", "value": 90}


def two_services(**settings: Any) -> Row:
    """£100 brings a gain worth £120; with £50 more the gain doubles; £80 is the least that brings it."""
    made = case(settings, costs=[outlay(), SECOND], outcomes=[gain()], values=[saving(amount=120, cashable=0.5)])
    return made | {"options": [MINIMUM, *BOTH], "scenarios": [POOR]}


def three(found: Any) -> tuple[float, float, float]:
    return (found.pv_costs, found.pv_benefits, found.npv)


@pytest.mark.parametrize(
    ("option", "scenario", "expected"),
    [
        (None, None, (100, 120, 20)),
        ("minimum", None, (80, 120, 40)),
        ("both", None, (150, 240, 90)),
        (None, "poor", (100, 90, -10)),
        ("minimum", "poor", (80, 90, 10)),
        ("both", "poor", (150, 180, 30)),
    ],
)
def test_any_option_in_any_scenario(
    option: str | None, scenario: str | None, expected: tuple[float, float, float]
) -> None:
    result = project(read(two_services()), option, scenario)
    assert three(result.views["public_value"]) == expected
    assert (result.case.option, result.case.scenario) == (option, scenario)


def test_against_business_as_usual_an_option_is_its_own_difference() -> None:
    found = project_options(read(two_services()))
    assert list(found.results) == list(found.incremental) == ["minimum", "both"]
    assert {row.against for row in found.incremental.values()} == {"business as usual"}
    for name, expected in (("minimum", (80, 120, 40)), ("both", (150, 240, 90))):
        assert three(found.incremental[name].views["public_value"]) == expected
    assert found.incremental["both"].views["public_value"].bcr == pytest.approx(240 / 150)


def test_what_an_option_adds_to_another() -> None:
    """Both less the minimum: £70 of cost and £120 of benefit, half of it cash; one more gain."""
    found = project_options(read(two_services(compare_with="minimum")))
    assert list(found.incremental) == ["both"]
    added = found.incremental["both"]
    assert added.against == "minimum"
    assert three(added.views["public_value"]) == (70, 120, 50)
    assert added.views["public_value"].bcr == pytest.approx(120 / 70)
    assert three(added.views["cashable"]) == (70, 60, -10)
    assert dict(added.sectors["council"]) == {"pv_costs": 70, "pv_benefits": 120, "pv_cashable": 60, "net": 50}
    assert dict(added.outcomes["gain"]) == {"quantity": 1, "pv": 120}
    poor = project_options(read(two_services(compare_with="minimum")), "poor")
    assert three(poor.incremental["both"].views["public_value"]) == (70, 90, 20)


def test_no_ratio_where_an_option_costs_no_more() -> None:
    """The minimum less both: £70 less cost, £120 less benefit. A ratio of the two would look like a good buy."""
    view = project_options(read(two_services(compare_with="both"))).incremental["minimum"].views["public_value"]
    assert three(view) == (-70, -120, -50)
    assert (view.bcr, dict(view.reasons)) == (None, {"bcr": "it costs no more than what it is compared with"})


def test_adding_a_service_and_dropping_another_is_two_separate_cases_exactly() -> None:
    """Not nearly: the two calculations are of one shape, so every number is the same to the bit."""
    tables = rich_case()
    keys = [(table, row["id"]) for table in ("costs", "outcomes") for row in tables[table]]
    (_, dropped), (_, added) = keys[0], keys[-1]
    before, after = copy.deepcopy(tables), copy.deepcopy(tables)
    for held, counts in ((before, {dropped: True, added: False}), (after, {dropped: False, added: True})):
        for table in ("costs", "outcomes"):
            for row in held[table]:
                if row["id"] in counts:
                    row["counts"] = counts[row["id"]]
    swap = [
        {"name": "swap", "ref": f"{keys[0][0]}.{dropped}.counts", "value": "no"},
        {"name": "swap", "ref": f"{keys[-1][0]}.{added}.counts", "value": "yes"},
    ]
    case = read(before | {"options": swap})
    assert project(case).to_dict() == project(read(before)).to_dict()
    assert project(case, "swap").to_dict() == project(read(after)).to_dict()
    assert project(case, "swap").to_dict() != project(case).to_dict()


def test_the_json_holds_options_and_what_they_add() -> None:
    found = project_options(read(two_services(compare_with="minimum"))).to_dict()
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert set(found) == {"options", "incremental"}
    assert found["options"]["both"] == project(read(two_services()), "both").to_dict()
    assert set(found["incremental"]["both"]) == {"against", "views", "sectors", "outcomes"}
    assert found["incremental"]["both"]["views"]["public_value"]["npv"] == 50
    assert "reasons" not in found["incremental"]["both"]["views"]["public_value"]


def test_numbers_of_the_case_as_it_stands_say_so() -> None:
    said = (
        "The case has the options minimum, both and the scenarios poor: these are the numbers of the case as it "
        "stands, in none of them. Choose one to see its numbers."
    )
    case = read(two_services())
    assert said in project(case).warnings
    assert said not in project(case, "both").warnings


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(CaseError, match=r'^There is no option called "bth"\. Did you mean "both"\?'):
        project(read(two_services()), "bth")


def test_a_workbook_of_an_option_has_it_chosen_and_reads_back_as_the_case(tmp_path: Path) -> None:
    held = read(two_services())
    path = sroi.write_workbook(tmp_path / "both.xlsx", held, project(held, "both", "poor"))
    back = read(path)
    assert back.inputs_sha256 == held.inputs_sha256
    assert three(project(back, "both", "poor").views["public_value"]) == (150, 180, 30)
    from openpyxl import load_workbook

    book = load_workbook(path, data_only=True)
    assert book["Summary"]["A3"].value == "Option in use: both. Scenario: poor."
    assert [book["Economic case"][cell].value for cell in ("B5", "B6")] == ["both", "poor"]


def test_a_workbook_of_a_case_with_options_reads_back_with_them(tmp_path: Path) -> None:
    held = read(two_services(compare_with="minimum"))
    back = read(sroi.write_workbook(tmp_path / "all.xlsx", held))
    assert back.inputs_sha256 == held.inputs_sha256
    assert dict(back.option_names) == {"minimum": "minimum", "both": "both"}
    from openpyxl import load_workbook

    book = load_workbook(tmp_path / "all.xlsx")
    assert book["Options"]["A4"].value == "Name"
    # its value recalculates the workbook, and so is yellow; name and ref shape it, and so are grey
    name, ref, value = (book["Options"][cell].fill.start_color.rgb for cell in ("A5", "B5", "C5"))
    assert name == ref == book["Sectors"]["A5"].fill.start_color.rgb, "grey, as an id is"
    assert value != name
    assert not book["Options"]["C5"].protection.locked


def test_options_as_a_table() -> None:
    # By hand, as above: 80, 120, 40 and 150, 240, 90; the second adds 70 for 120.
    table = project_options(read(two_services(compare_with="minimum"))).table()
    rows = {(row["option"], row["view"]): row for _, row in table.iterrows()}
    assert len(rows) == len(table) == 6
    least, both = rows["minimum", "public_value"], rows["both", "public_value"]
    assert (least["npv"], both["npv"], both["against"]) == (40, 90, "minimum")
    assert (both["more_costs"], both["more_benefits"], both["more_npv"]) == (70, 120, 50)
    assert both["bcr_of_more"] == pytest.approx(120 / 70)
    assert least.isna()[["against", "more_costs", "bcr_of_more"]].all()
