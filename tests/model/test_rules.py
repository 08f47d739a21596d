"""Every cross-table rule fires, in whole sentences, and only where it should.

The faults and their sentences are in `faults.yaml`. The sentences are the specification: nothing else says
them. Each fault is also tried with its rule taken out, so that it is known to be that rule which speaks; and
the example itself, which breaks none, must pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from sroi.errors import CaseError
from sroi.model import Case
from sroi.model.not_built import TABLES
from sroi.model.rules import RULES
from sroi.reading import read
from tests.model.example import example, example_case, row


@dataclass(frozen=True)
class Fault:
    """Changes to the example, the rule they break, and all that is said."""

    rule: str
    changes: tuple[dict[str, Any], ...]
    said: tuple[str, ...]

    def case(self) -> dict[str, Any]:
        """The example so changed."""
        case = example()
        for change in self.changes:
            table, key, fields = change["table"], change.get("row"), change["fields"]
            if key is None:
                case.setdefault(table, []).append(fields)
                continue
            target = row(case, table, key) if key else case[table]
            target.update(fields)
            for name in [name for name, value in target.items() if value is None]:
                del target[name]
        return case


FAULTS = tuple(
    Fault(item["rule"], tuple(item["changes"]), tuple(item["said"]))
    for item in yaml.safe_load(Path(__file__).with_name("faults.yaml").read_text(encoding="utf-8"))
)
NAMES = [f"{number}-{f.rule}" for number, f in enumerate(FAULTS)]


@pytest.mark.parametrize("broken", FAULTS, ids=NAMES)
def test_a_broken_rule_says_so(broken: Fault) -> None:
    with pytest.raises(CaseError) as error:
        read(broken.case())
    assert tuple(map(str, error.value.problems)) == broken.said


@pytest.mark.parametrize("broken", FAULTS, ids=NAMES)
def test_it_is_that_rule_which_speaks(broken: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(RULES, broken.rule)
    try:
        read(broken.case())
        said: tuple[str, ...] = ()
    except CaseError as error:
        said = tuple(map(str, error.problems))
    assert len(said) < len(broken.said)


def test_the_example_breaks_no_rule() -> None:
    assert example_case().about.id == "example"


def test_every_rule_has_a_fault() -> None:
    assert {f.rule for f in FAULTS} | {"references.unique"} == set(RULES)


def test_a_case_made_of_rows_is_checked_too() -> None:
    case = example_case()
    with pytest.raises(CaseError) as error:
        Case(about=case.about, settings=case.settings, sectors=(*case.sectors, case.sectors[0]))
    assert str(error.value).splitlines()[0] == (
        'sectors.council: There is already a sector "council". Each may be there once.'
    )


@pytest.mark.parametrize("table", TABLES)
def test_tables_of_later_versions_are_refused_when_they_have_rows(table: str) -> None:
    name = table.replace("_", " ").capitalize()
    with pytest.raises(CaseError) as error:
        read(example() | {table: [{"name": "x"}]})
    assert str(error.value) == (
        f"{table}: The table {name} is not computed by this version. Take its rows out.\n1 problem."
    )
    assert read(example() | {table: []}).inputs_sha256 == example_case().inputs_sha256
