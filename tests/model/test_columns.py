"""What a sheet needs to know of a table, drawn from its model."""

from __future__ import annotations

import pytest

from sroi.model import MODELS, columns
from sroi.model.base import EVIDENCE, Row


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.table)
def test_every_field_has_its_sentence_and_a_kind(model: type[Row]) -> None:
    for column in columns(model):
        assert column.doc.endswith("."), column.name
        assert column.kind != "choice" or column.choices, column.name
        assert not column.required or column.default is None


@pytest.mark.parametrize("table", ["costs", "outcomes"])
def test_essentials_come_first_and_evidence_last(table: str) -> None:
    names = [c.name for c in columns(MODELS[table])]
    required = [c.name for c in columns(MODELS[table]) if c.required]
    assert names[: len(required)] == required
    evidence = [c.name for c in columns(MODELS[table]) if c.evidence]
    assert names[-len(evidence) :] == evidence
    assert set(evidence) <= EVIDENCE


# Origin: workbook.md, "What is live": structural are ids, group, sector, kind, basis, `of`, pool, `years`,
# `release_lag`.
STRUCTURAL = {
    "id",
    "group",
    "payer",
    "outcome",
    "sector",
    "kind",
    "basis",
    "of",
    "pool",
    "years",
    "release_lag",
    "unit_value",
    "old_service",  # it decides which lines a cost has
}


def test_live_fields_are_those_of_the_design() -> None:
    for table in ("settings", "groups", "costs", "outcomes", "values"):
        for column in columns(MODELS[table]):
            numeric = column.kind in ("share", "money", "number", "whole", "year", "price year", "yes/no")
            timing = column.name in ("cost_timing", "benefit_timing", "discount", "health_discount")
            wanted = (numeric or timing) and column.name not in STRUCTURAL
            assert column.live == wanted, f"{table}.{column.name}"


def test_bounds_are_those_of_the_format() -> None:
    # Origin: format.md, Tables, the paragraph of bounds.
    bounds = {c.name: (c.low, c.high) for t in ("groups", "outcomes", "costs") for c in columns(MODELS[t])}
    expected = {
        "deadweight": (-5, 1),
        "exit_rate": (0, 0.99),
        "drop_off": (0, 1),
        "growth": (-0.5, 0.5),
        "duration": (1, None),
        "lag": (0, None),
    }
    assert {name: bounds[name] for name in expected} == expected


def test_headers_are_names_with_spaces() -> None:
    assert [c.header for c in columns(MODELS["groups"])][:6] == [
        "Id",
        "Name",
        "Referrals",
        "From",
        "To",
        "Engagement",
    ]
    assert next(c for c in columns(MODELS["costs"]) if c.name == "from").attribute == "from_"
