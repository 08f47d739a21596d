"""Ranges under words that are not the table's own: told, never dropped, since dropped they would draw something else
than was stated (wording asserted whole)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import sroi
from sroi.model.base import columns
from sroi.model.ranges import MEANT, Range
from tests.reading.forms import as_book, as_yaml
from tests.reading.test_standins import case, said

RANGE = {"ref": "outcomes.falls.effect", "low": 5, "high": 9}


STATED = {"shape": "uniform", "interval": "90%", "low": 5}


def ranged(**fields: Any) -> dict[str, Any]:
    return case() | {"ranges": [RANGE | fields]}


def book(path: Path, headings: list[str], row: list[Any]) -> Path:
    made = as_book(case())
    sheet = made.create_sheet("Ranges")
    sheet.append(headings)
    sheet.append(row)
    made.save(path / "case.xlsx")
    return path / "case.xlsx"


def test_other_words_are_of_fields_that_there_are() -> None:
    known = {c.name for c in columns(Range)}
    assert set(MEANT.values()) <= known
    assert not known & MEANT.keys()


def test_a_shape_and_an_interval_by_other_names_are_told_in_a_sheet(tmp_path: Path) -> None:
    path = book(tmp_path, ["Ref", "Low", "High", "Distribution", "Confidence"], [*RANGE.values(), "normal", "95%"])
    assert said(path) == [
        'Ranges!D1: Ranges has no field called "distribution". Did you mean "shape"?',
        'Ranges!E1: Ranges has no field called "confidence". Did you mean "interval"?',
    ]


def test_what_stands_under_another_name_is_looked_at_too(tmp_path: Path) -> None:
    path = book(tmp_path, ["Ref", "Min", "Max"], ["outcomes.falls.effect", 8, 9])
    assert said(path) == [
        'Ranges!B1: Ranges has no field called "min". Did you mean "low"?',
        'Ranges!C1: Ranges has no field called "max". Did you mean "high"?',
        "Ranges!B2: Low and High must enclose the central value 7; found 8 to 9.",
    ]


def test_headings_that_say_nothing_of_ends_are_told_which_are_missing(tmp_path: Path) -> None:
    assert said(book(tmp_path, ["Ref", "First", "Second"], list(RANGE.values()))) == [
        "Ranges: The headings of Ranges are not within its first 20 rows. It needs: Ref, Low, High."
    ]


@pytest.mark.parametrize(
    ("typed", "meant"), [("Distribution", "shape"), ("Shap", "shape"), ("confidence level", "interval"), ("lo", "low")]
)
def test_they_are_told_in_a_dict_and_in_yaml(tmp_path: Path, typed: str, meant: str) -> None:
    rule = f'Ranges has no field called "{typed.lower().replace(" ", "_")}". Did you mean "{meant}"?'
    row = {name: value for name, value in RANGE.items() if name != meant} | {typed: STATED[meant]}
    assert said(case() | {"ranges": [row]}) == [f"ranges[0].{typed}: {rule}"]
    path = as_yaml(case() | {"ranges": [row]}, tmp_path / "case.yaml")
    line = next(n for n, text in enumerate(path.read_text().splitlines(), start=1) if typed in text)
    assert said(path) == [f"case.yaml:{line}: {rule}"]


def test_they_are_told_inside_a_row() -> None:
    assert said(case(outcomes={"effect": {"value": 7, "lo": 5, "hi": 9}})) == [
        'outcomes[0].effect.lo: Ranges has no field called "lo". Did you mean "low"?',
        'outcomes[0].effect.hi: Ranges has no field called "hi". Did you mean "high"?',
    ]


def test_a_column_that_says_nothing_of_the_shape_is_a_note() -> None:
    assert sroi.read(ranged(remarks="from the pilot")).notes == (
        'ranges[0].remarks: Ranges has no field called "remarks"; it is not read.',
    )


def tied(a: str, **tables: Any) -> dict[str, Any]:
    return ranged() | {"correlations": [{"a": a, "b": "outcomes.falls.effect", "rank": 0.5}]} | tables


def test_a_slip_in_ranges_is_told_there_and_not_where_it_is_right() -> None:
    """The correlation's own ref is right: to correct it to the slip would make two faults of one."""
    slip = {"ref": "costs.hub.amuont", "low": 4, "high": 6}
    assert said(tied("costs.hub.amount", ranges=[RANGE, slip])) == [
        'ranges[1].ref: Costs has no number called amuont that a range could be of; found "costs.hub.amuont". '
        'Did you mean "amount"?'
    ]


def test_a_slip_in_correlations_is_told_beside_a_range_that_cannot_be_read() -> None:
    assert said(tied("outcomes.falls.efect", ranges=[RANGE, {"low": 4, "high": 6}])) == [
        "ranges[1]: Ref is required; found nothing.",
        'correlations[0].a: There is no range of the number; found "outcomes.falls.efect". '
        'Did you mean "outcomes.falls.effect"?',
    ]
    # the one that cannot be read may be that of a number that is there
    assert said(tied("costs.hub.amount", ranges=[RANGE, {"low": 4, "high": 6}])) == [
        "ranges[1]: Ref is required; found nothing."
    ]


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"low": "1.5m"}, 'low: Low must be a number; found "1.5m". Type 1500000 if m stands for million.'),
        ({"mean": "12%", "sd": 1}, 'mean: Mean must be a number; found "12%". Type 0.12.'),
        ({"mean": 7, "sd": "£1,200"}, 'sd: Sd must be a number; found "£1,200". Type 1200.'),
        ({"mean": "2m", "sd": 1}, 'mean: Mean must be a number; found "2m". Type 2000000 if m stands for million.'),
        ({"values": "1, 1.2, 3"}, 'values: Values must be a number; found "1, 1.2, 3". Separate them by semicolons.'),
        ({"interval": "80%"}, 'interval: Interval must be limits, 90% or 95%; found "80%".'),
        ({"interval": 0.8}, "interval: Interval must be limits, 90% or 95%; found 0.8."),
        ({"interval": "90"}, 'interval: Interval must be limits, 90% or 95%; found "90". Did you mean "90%"?'),
    ],
)
def test_what_is_typed_amiss_is_told_how_to_type_it(fields: dict[str, Any], fault: str) -> None:
    assert said(ranged(**fields)) == [f"ranges[0].{fault}"]


@pytest.mark.parametrize("typed", [0.9, "0.9", ".9", "90%", "90 %"])
def test_an_interval_is_read_however_it_is_typed(typed: Any) -> None:
    assert sroi.read(ranged(interval=typed)).ranges[0].interval == "90%"


def test_ends_are_typed_as_their_field_is() -> None:
    share = {"ref": "outcomes.falls.deadweight", "low": "-12%", "high": "12%"}
    sum_of = {"ref": "costs.hub.amount", "low": "£4", "high": "£1,200"}
    found = sroi.read(case() | {"ranges": [share, sum_of]}).ranges
    assert [(row.low, row.high) for row in found] == [(-0.12, 0.12), (4, 1200)]


def test_per_cents_typed_as_whole_numbers_are_told_as_their_field_tells_them() -> None:
    row = {"ref": "outcomes.falls.attribution", "low": 0, "high": 12}
    assert said(case() | {"ranges": [row]}) == [
        "ranges[0].high: High must be between 0 and 1, as Attribution must; found 12. "
        "Type 12% if you meant 12 per cent."
    ]
    # of values, which are plain numbers, it is the number that is told
    several = {"ref": row["ref"], "shape": "discrete", "values": "0; 12", "weights": "1; 1"}
    assert said(case() | {"ranges": [several]}) == [
        "ranges[0].values: Values must be between 0 and 1, as Attribution must; found 12. "
        "Type 0.12 if you meant 12 per cent."
    ]


def test_a_rank_in_per_cent() -> None:
    data = tied("costs.hub.amount", ranges=[RANGE, {"ref": "costs.hub.amount", "low": 4, "high": 6}])
    data["correlations"][0]["rank"] = "50%"
    assert sroi.read(data).correlations[0].rank == 0.5
    data["correlations"][0]["rank"] = 50
    assert said(data) == [
        "correlations[0].rank: Rank must be between -1 and 1; found 50. Type 0.5 if you meant 50 per cent."
    ]
