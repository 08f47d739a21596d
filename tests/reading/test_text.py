"""YAML: what is taken as typed, and what is refused, with its line."""

# ruff: noqa: E501 - sentences are tested whole, each on one line

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sroi.errors import CaseError
from sroi.reading import read

HEAD = """\
about: {id: no, title: 2026, version: "1.0"}
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


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        # what YAML 1.1 takes a bare word for, and what that is in words: 1.0 the number 1, true yes, 12:30 is 12 × 60 + 30
        ("1.0", ""), ("1.10", ""), ("1e3", ""), ("1.5e+2", ""), ("+5", ""), ("007", ""), ("0x1F", ""), ("1_000", ""),
        ("12:30", ""), (".nan", ""), ("true", ""), ("on", ""), ("No", ""), ("2026-11-22T10:00:00", ""),
        ("5", "5"), ("1.5", "1.5"), ("-3", "-3"), ("yes", "yes"), ("no", "no"), ("2026-11-22", "2026-11-22"),
        ("2015/16", "2015/16"), ("1.0.0", "1.0.0"), ("v1.0", "v1.0"), ("2026-99-99", "2026-99-99"), ("08", "08"),
    ],
)  # fmt: skip
def test_a_bare_word_that_yaml_takes_for_another_is_to_be_quoted(tmp_path: Path, typed: str, kept: str) -> None:
    # as a dict that YAML made of the same file, the case would have another hash
    text = HEAD.replace("y, name", f"y, library: [{typed}], name").replace('"1.0"', typed)
    if kept:
        assert read(written(tmp_path, HEAD.replace('"1.0"', typed))).about.version == kept
        return
    rule = "must be words, and YAML takes this for a number, a date, or yes or no"
    assert said(tmp_path, text) == [
        f'c.yaml:1: Version {rule}; found {typed}. Type "{typed}", with its quotes.',
        f'c.yaml:4: Library {rule}; found {typed}. Type "{typed}", with its quotes.',
    ]
    assert read(written(tmp_path, HEAD.replace('"1.0"', f'"{typed}"'))).about.version == typed


BARE = (
    st.from_regex(r"[-+]?[0-9]{1,3}[.:]?[0-9_]{0,2}(e[-+]?[0-9])?", fullmatch=True)
    | st.sampled_from(["true", "Yes", "off", "ON", "n", ".inf", "~"])
    | st.text(alphabet=st.sampled_from("01579.:-+_eExytrufalsno/ ~"), max_size=8).map(str.strip)
)


@given(BARE)
def test_a_file_has_the_hash_of_the_dict_that_yaml_makes_of_it(
    tmp_path_factory: pytest.TempPathFactory, typed: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "c.yaml"
    path.write_text(HEAD.replace('"1.0"', typed), encoding="utf-8")
    try:
        case = read(path)
    except CaseError:
        return
    assert read(yaml.safe_load(path.read_text(encoding="utf-8"))).inputs_sha256 == case.inputs_sha256


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
        (HEAD + "contract: [{ref: a}]\n", [
            "c.yaml:5: The table Contract is not computed by this version. Take its rows out."
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
