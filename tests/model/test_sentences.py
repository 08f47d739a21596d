"""Every error that pydantic can raise on our models has a sentence, and the sentences read as they should."""

# ruff: noqa: E501 - sentences are tested whole, each on one line

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import ValidationError
from pydantic_core import core_schema

from sroi.model import MODELS
from sroi.model.base import Row
from sroi.model.parsing import Refusal
from sroi.model.rate_cards import RateCardLine
from sroi.model.sentences import SENTENCES, problem, unknown_field

# What each kind of schema can raise in Python mode: pydantic-core's own documentation of its validation errors.
RAISED = {
    "model": {"model_type", "frozen_instance"},
    "model-fields": {"missing", "extra_forbidden", "model_attributes_type"},
    "model-field": {"frozen_field"},
    "str": {"string_type", "string_unicode", "string_sub_type"},
    "float": {
        *("float_type", "float_parsing", "finite_number"),
        *("greater_than", "greater_than_equal", "less_than", "less_than_equal"),
    },
    "int": {
        *("int_type", "int_parsing", "int_parsing_size", "int_from_float"),
        *("greater_than", "greater_than_equal", "less_than", "less_than_equal"),
    },
    "bool": {"bool_type", "bool_parsing"},
    "literal": {"literal_error"},
    "tuple": {"tuple_type", "too_short", "too_long", "missing"},
    "function-before": set(get_args(Refusal)),
    "function-plain": set(get_args(Refusal)),
    "function-after": set[str](),
    "any": set[str](),
    "nullable": set[str](),
    "default": set[str](),
    "definitions": set[str](),
    "definition-ref": set[str](),
}
# Raised by other doors than the reader's: setting a field of a frozen row, or validating from attributes.
ELSEWHERE = {"frozen_instance", "frozen_field", "model_attributes_type", "extra_forbidden"}
TABLES = (*MODELS.values(), RateCardLine)


def schema_types(schema: Any) -> Iterator[str]:
    """The type of every schema within a schema."""
    if isinstance(schema, dict):
        if isinstance(schema.get("type"), str):
            yield schema["type"]
        for name, part in schema.items():
            if name not in ("metadata", "serialization"):
                yield from schema_types(part)
    elif isinstance(schema, list | tuple):
        for part in schema:
            yield from schema_types(part)


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.table)
def test_every_error_a_model_can_raise_has_a_sentence(model: type[Row]) -> None:
    kinds = set(schema_types(model.__pydantic_core_schema__)) & {
        *get_args(core_schema.CoreSchemaType),
        *get_args(core_schema.CoreSchemaFieldType),
    }
    assert kinds <= set(RAISED), "a new kind of schema: say above what it can raise"
    raised = set().union(*(RAISED[kind] for kind in kinds)) - ELSEWHERE
    assert raised <= set(SENTENCES)


def test_no_sentence_is_for_an_error_nobody_raises() -> None:
    assert set(SENTENCES) <= set().union(*RAISED.values())


def said(model: type[Row], **fields: Any) -> list[str]:
    with pytest.raises(ValidationError) as error:
        model.model_validate(fields)
    return [str(problem(model, item, "P", fields)) for item in error.value.errors()]


GROUP = {"id": "g", "name": "G", "referrals": 1, "from": 2026, "to": 2026}
CASES = [
    ("groups", GROUP | {"referrals": "12k"}, 'Referrals must be a number; found "12k". Type 12000.'),
    ("groups", GROUP | {"referrals": "1,2"}, 'Referrals must be a number; found "1,2". Type 1.2 if the comma is a decimal point.'),
    ("groups", GROUP | {"referrals": "1e3"}, 'Referrals must be a number; found "1e3". Type 1000.'),
    ("groups", GROUP | {"referrals": "12%"}, 'Referrals must be a number; found "12%". Type it without the percent sign.'),
    ("groups", GROUP | {"referrals": "£12"}, 'Referrals must be a number; found "£12". Type it without the pound sign.'),
    ("groups", GROUP | {"referrals": float("inf")}, "Referrals must be an ordinary number; found inf."),
    ("groups", GROUP | {"referrals": True}, "Referrals must be a number; found yes."),
    ("groups", GROUP | {"referrals": [1]}, "Referrals must be a number; found a list."),
    ("groups", GROUP | {"referrals": -1}, "Referrals must be 0 or more; found -1."),
    ("groups", GROUP | {"stay_years": 0}, "Stay years must be over 0; found 0."),
    ("groups", GROUP | {"income": 0}, "Income must be over 0; found 0."),
    ("groups", GROUP | {"income": -5}, "Income must be over 0; found -5."),
    ("groups", GROUP | {"engagement": 12}, "A share must be between 0% and 100%; found 1200%. Type 12% if you meant 12 per cent."),
    ("groups", GROUP | {"engagement": "-5%"}, "A share must be between 0% and 100%; found -5%."),
    ("groups", GROUP | {"exit_rate": 1}, "Exit rate must be between 0% and 99%; found 100%. Type 1% if you meant 1 per cent."),
    ("groups", GROUP | {"from": "next year"}, 'From must be a year; found "next year". Type a year as 2026 or 2026/27.'),
    ("groups", GROUP | {"from": "2026/28"}, 'From must be one financial year; found "2026/28". Type 2026/27.'),
    ("groups", GROUP | {"from": 2026.5}, "From must be a year; found 2026.5. Type a year as 2026 or 2026/27."),
    ("groups", GROUP | {"from": 1066}, "From must be between 1900 and 2199; found 1066."),
    ("groups", GROUP | {"counts": "maybe"}, 'Counts must be yes or no; found "maybe".'),
    ("groups", GROUP | {"id": "Big Group"}, 'Id must be lower-case words joined by hyphens; found "Big Group". Type "big-group".'),
    ("groups", GROUP | {"name": ["a"]}, "Name must be words; found a list."),
    ("groups", GROUP | {"name": " "}, "Name must not be blank; found nothing."),
    ("groups", {k: v for k, v in GROUP.items() if k != "to"}, "To is required; found nothing."),
    ("groups", GROUP | {"refferals": 3}, 'Groups has no field called "refferals". Did you mean "referrals"?'),
    ("sectors", {"id": "s", "name": "S", "ledger": "publik"},
     'Ledger must be public, people or society; found "publik". Did you mean "public"?'),
    ("sectors", {"id": "s", "name": "S", "ledger": "State Budget"},
     'Ledger must be public, people or society; found "State Budget".'),
    ("costs", {"id": "c", "name": "C", "payer": "p", "basis": "monthly"},
     'Basis must be one off, per year, per referral, per start or per person year; found "monthly".'),
    ("costs", {"id": "c", "name": "C", "payer": "p", "basis": "per year", "amount": -5}, "Amount must be 0 or more; found -5."),
    ("costs", {"id": "c", "name": "C", "payer": "p", "basis": "per year", "price_year": "old money"},
     'Price year must be a year; found "old money". Type 2015 for the calendar year, or 2015/16 for the financial one.'),
    ("outcomes", {"id": "o", "name": "O", "unit": "u", "group": ","}, 'Group must name at least one; found ",".'),
    ("outcomes", {"id": "o", "name": "O", "unit": "u", "group": "g", "lag": 1.5}, "Lag must be a whole number; found 1.5."),
    ("outcomes", {"id": "o", "name": "O", "unit": "u", "group": "g", "duration": 0}, "Duration must be 1 or more; found 0."),
    ("settings", {"first_year": 2026, "years": 101, "price_base": 2024}, "Years must be between 1 and 100; found 101."),
    ("settings", {"first_year": 2026, "years": 5, "price_base": "nominal"},
     'Price base must be a year; found "nominal". Type 2015 for the calendar year, or 2015/16 for the financial one.'),
    ("settings", {"first_year": 2026, "years": 5, "price_base": 2024, "discount": 3.5},
     "Discount must be between -10% and 100%; found 350%. Type 3.5% if you meant 3.5 per cent."),
    ("settings", {"first_year": 2026, "years": 5, "price_base": 2024, "discount": "Green Book!"},
     "Discount must be a schedule's name or a flat rate; found \"Green Book!\". "
     "Type green-book-2026-standard, or a rate such as 3.5%."),
    *(
        ("settings", {"first_year": 2026, "years": 5, "price_base": 2024, "currency": typed},
         f"Currency must be a currency's three-letter code in capitals; found \"{typed}\". {fix}")
        for typed, fix in (("eur", "Type EUR."), ("€", "Type EUR."), ("$", "Type USD."), ("£", "Type GBP."),
                           ("euros", "Type a code such as GBP."))
    ),
    ("values", {"outcome": "o", "amount": "€1,200"},
     'Amount must be a number; found "€1,200". Type it without the sign: Currency in Settings says what it is in.'),
    ("about", {"id": "a", "title": "A", "date": "22/11/2026"}, 'Date must be a date; found "22/11/2026". Type 2026-11-22.'),
    ("about", {"id": "a", "title": "A", "date": "soon"}, 'Date must be a date; found "soon". Type a date as 2026-11-22.'),
    ("profiles", {"ref": "costs.c.amount", "years": {"2026": "12k"}}, 'The number of a year must be a number; found "12k". Type 12000.'),
]  # fmt: skip


@pytest.mark.parametrize(("table", "fields", "sentence"), CASES)
def test_sentences_read_so(table: str, fields: dict[str, Any], sentence: str) -> None:
    assert said(MODELS[table], **fields) == [f"P: {sentence}"]


def test_an_unknown_field_is_said_alike_by_reader_and_case() -> None:
    expected = 'P: Groups has no field called "refferals". Did you mean "referrals"?'
    assert str(unknown_field(MODELS["groups"], "refferals", "P")) == expected
