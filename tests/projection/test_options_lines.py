"""What an option or a scenario may change recalculates: no such change makes another line, or another formula (§ 7).

A workbook shows any option by its inputs alone, so a field whose change would make other lines is refused instead
(`changes.shapes`, tests/model/faults.yaml).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import sroi
from sroi.errors import CaseError
from sroi.model.altered import changeable
from sroi.model.tables import MODELS
from sroi.projection.declare import declare
from sroi.sheet.lines import Line, walk
from tests.parity.everything import everything, everything_else

OTHER = {"share": 0.11, "money": 77.0, "number": 0.13, "whole": 2, "year": 2029, "yes/no": False,
         "price year": "2016/17"}  # fmt: skip
"""By kind of field: a value that no row of the case has."""


def shape(case: sroi.Case) -> dict[str, list[str]]:
    """Every line by name, with what its formula is made of, in order: all but the numbers in its cells."""

    def part(node: object) -> str:
        return node.name if isinstance(node, Line) else type(node).__name__

    return {name: [part(node) for node in walk(line.formula)] for name, line in declare(case).model.lines.items()}


def changes(case: sroi.Case) -> Iterator[tuple[str, object]]:
    """For every field that may be changed, the first row that takes another value there, stated or blank."""
    for table in MODELS:
        for name, column in changeable(table).items():
            for blank in (True, False):
                rows = [row for row in case.tables.rows(table) if (getattr(row, column.attribute) is None) == blank]
                value = OTHER.get(column.kind) if column.kind != "choice" else column.choices[-1]
                for row in rows[:3]:
                    yield row.at(name), value


@pytest.mark.parametrize("make", [everything, everything_else])
def test_a_change_makes_no_other_line(make: object) -> None:
    tables = everything() if make is everything else everything_else()
    base = sroi.read(tables)
    as_it_stands, tried, refused = shape(base), set(), set()
    for ref, value in changes(base):
        try:
            case = sroi.read(tables | {"options": [{"name": "other", "ref": ref, "value": value}]})
        except CaseError:
            refused.add(ref)
            continue
        tried.add(ref.split(".")[0] + "." + ref.rpartition(".")[2])
        assert shape(case.seen("other")) == as_it_stands, ref
    assert len(tried) > 50, sorted(refused)
