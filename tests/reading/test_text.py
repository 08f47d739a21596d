"""YAML: what is taken as typed, and what is refused, with its line."""

# ruff: noqa: E501 - sentences are tested whole, each on one line

from __future__ import annotations

from pathlib import Path

import pytest

from sroi.errors import CaseError
from sroi.reading import read

HEAD = """\
about: {id: no, title: 2026, version: 1.0}
settings: {first_year: 2026/27, years: 5, price_base: 2015}
sectors:
  - {id: y, name: "Yes", ledger: public}
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "c.yaml"
    path.write_bytes(text.encode())
    return path


def said(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(CaseError) as error:
        read(written(tmp_path, text))
    return [str(p) for p in error.value.problems]


def test_words_stay_words(tmp_path: Path) -> None:
    case = read(written(tmp_path, HEAD))
    assert (case.about.id, case.about.title, case.about.version) == ("no", "2026", "1.0")
    assert (case.sectors[0].id, case.sectors[0].name) == ("y", "Yes")
    assert (case.settings.first_year, case.settings.price_base) == (2026, "2015")


def test_blanks_take_the_default(tmp_path: Path) -> None:
    text = HEAD.replace("price_base: 2015", "price_base: 2015, discount: ~, currency: null, cost_timing: ''")
    assert read(written(tmp_path, text)).inputs_sha256 == read(written(tmp_path, HEAD)).inputs_sha256


def test_numbers_booleans_and_groups_of_each_spelling(tmp_path: Path) -> None:
    text = HEAD + (
        "groups: [{id: a, name: A, referrals: 1.5e+2, from: 2026, to: 2026/27, counts: off}]\n"
        "outcomes: [{id: o, name: O, group: [a], unit: u, effect: -5%, baseline: '1,000', counts: True}]\n"
    )
    case = read(written(tmp_path, text))
    assert (case.groups[0].referrals, case.groups[0].counts) == (150.0, False)
    assert (case.outcomes[0].effect, case.outcomes[0].baseline, case.outcomes[0].group) == (
        -0.05,
        1000.0,
        ("a",),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["c.yaml: The file is empty. A case needs about, settings and sectors."]),
        ("- a\n", ["c.yaml:1: A case is a mapping of tables: about, settings, sectors and so on; found a list."]),
        (HEAD + "costs: 5\n", ['c.yaml:5: Costs must be a list of rows; found "5".']),
        (HEAD + "costs: [5]\n", ['c.yaml:5: A row of costs must be a mapping of fields and values; found "5".']),
        (HEAD + "about: {id: x}\n", ['c.yaml:5: "about" is there twice. Take one out.']),
        (HEAD + "costs:\n - {id: a, id: b}\n", ['c.yaml:6: "id" is there twice. Take one out.']),
        (HEAD + "grades: &g []\ncosts: *g\n", ["c.yaml:6: Aliases are not read; found *g. Write the value out."]),
        (
            HEAD + "costs: !!python/object:os.system []\n",
            ["c.yaml:5: Tags are not read; found tag:yaml.org,2002:python/object:os.system. Take the tag out."],
        ),
        (HEAD + "costs:\n\t- a\n", ["c.yaml:6: YAML is indented by spaces; found a tab. Use spaces."]),
        (HEAD + "---\na: 1\n", ["c.yaml:5: A file holds one case; found a second document. Take out the line ---."]),
        (
            HEAD + "costs: [{id: a\n",
            ["c.yaml:6: This is not YAML: expected ',' or '}', but got '<stream end>'. Look at this line and the one above."],
        ),
        (
            "a: " + "[" * 30 + "]" * 30,
            ["c.yaml:1: A case is not nested so deep. Look for a bracket too many."],
        ),
        (HEAD + "actuals: [{ref: a}]\n", [
            "c.yaml:5: The table Actuals is not computed by this version. Take its rows out."
        ]),
        (HEAD.replace("y, name", "y z, name"), [
            'c.yaml:4: Id must be lower-case words joined by hyphens; found "y z". Type "y-z".'
        ]),
        (HEAD.replace(", price_base: 2015", ""), ["c.yaml:2: Price base is required; found nothing."]),
        (HEAD + 'groups: [{id: a, name: A, referrals: {low: 1, high: 2}, from: 2026, to: 2026}]\n', [
            "c.yaml:5: A number with a range needs its central value; found no value. Write {value: 2, low: 1, high: 4}."
        ]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert said(tmp_path, text) == expected


def test_bytes_that_are_not_text_are_said(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_bytes(b"about: \xff\xfe")
    with pytest.raises(CaseError) as error:
        read(path)
    assert str(error.value.problems[0]) == "c.yaml: The file must be text in UTF-8. Save it as UTF-8."
    path.write_bytes(b"about: \x00")
    with pytest.raises(CaseError) as error:
        read(path)
    assert str(error.value.problems[0]) == (
        "c.yaml: The file holds a character that text cannot. Save it as plain text in UTF-8."
    )
