"""What pydantic calls an error, as a sentence: the rule, what was found, what to do.

`SENTENCES` has one entry per type of error our models can raise; a test walks the models' schemas and fails
when a type has none. Nothing else in the project words a fault in a single field.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

from pydantic_core import ErrorDetails

from sroi.errors import Problem
from sroi.model import parsing
from sroi.model.base import Column, Row, columns, header
from sroi.model.parsing import fifteen, plain
from sroi.model.tables import near

_PARSERS: Mapping[str, Callable[[Any], float]] = {
    "money": parsing.money,
    "number": parsing.share,
    "whole": parsing.whole,
    "year": parsing.year,
}

Sentence = tuple[str, str, str]
"""Rule, found, fix."""


def shown(value: Any) -> str:
    """A value as the reader would type it."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return f"the date {value.date() if isinstance(value, dt.datetime) else value}"
    if isinstance(value, int | float):
        return plain(fifteen(value)) if abs(value) < 1e21 else f"{value}"[:24]
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    text = str(value)
    return f'"{text if len(text) <= 60 else text[:57] + "..."}"'


def percent(value: float) -> str:
    """A share as a percentage: `1200%`."""
    return f"{plain(fifteen(value * 100))}%"


def _amount(value: float, column: Column) -> str:
    return percent(value) if column.kind == "share" else plain(value)


def _bounds(column: Column, value: Any, _: Mapping[str, Any]) -> Sentence:
    """A number outside its bounds, the bounds said in the field's own terms."""
    value = _PARSERS.get(column.kind, parsing.share)(value)  # pydantic gives what was typed, not what it meant
    share = column.kind == "share"
    subject = "A share" if share and (column.low, column.high) == (0, 1) else column.header
    low, high = column.low, column.high
    if low is not None and high is not None:
        rule = f"{subject} must be between {_amount(low, column)} and {_amount(high, column)}"
    elif low is not None:
        least = f"over {_amount(low, column)}" if column.low_open else f"{_amount(low, column)} or more"
        rule = f"{subject} must be {least}"
    else:
        rule = f"{subject} is out of bounds"
    fix = ""
    if share and high is not None and high < value <= 100 and value / 100 <= high:
        fix = f"Type {plain(value)}% if you meant {plain(value)} per cent."
    if (column.kind, low, high) == ("number", -1, 1) and 1 < abs(value) <= 100:  # a rank correlation
        fix = f"Type {plain(fifteen(value / 100))} if you meant {plain(value)} per cent."
    return rule, _amount(value, column), fix


def _saying(rule: str, fix: str = "") -> Callable[[Column, Any, Mapping[str, Any]], Sentence]:
    """A sentence of the form `<header> <rule>`, its fix taken from the error where the error has one."""

    def sentence(column: Column, value: Any, context: Mapping[str, Any]) -> Sentence:
        return f"{column.header} {rule}", shown(value), str(context.get("fix", fix))

    return sentence


def _choices(column: Column, value: Any, _: Mapping[str, Any]) -> Sentence:
    words = [c.replace("_", " ") if column.name == "basis" else c for c in column.choices]
    listed = f"{', '.join(words[:-1])} or {words[-1]}"
    suggestion = near(str(value), column.choices)
    if "%" in "".join(column.choices) and re.search(r"\d\s*%|^0?\.\d", str(value)):
        suggestion = ""  # a per cent that is not known is no slip of the pen
    return (
        f"{column.header} must be {listed}",
        shown(value),
        suggestion if suggestion.startswith("Did") else "",
    )


def _missing(column: Column, _value: Any, _context: Mapping[str, Any]) -> Sentence:
    return f"{column.header} is required", "nothing", ""


def _rate(column: Column, _: Any, context: Mapping[str, Any]) -> Sentence:
    rate = float(context["rate"])
    fix = f"Type {plain(rate)}% if you meant {plain(rate)} per cent." if 1 < rate <= 100 else ""
    return f"{column.header} must be between -10% and 100%", percent(rate), fix


_YEAR_FIX = "Type a year as 2026 or 2026/27."
_PRICE_FIX = "Type 2015 for the calendar year, or 2015/16 for the financial one."


def _number(column: Column, value: Any, context: Mapping[str, Any]) -> Sentence:
    what = "a whole number" if column.kind == "whole" else "a number"
    return f"{column.header} must be {what}", shown(value), str(context.get("fix", ""))


SENTENCES: Mapping[str, Callable[[Column, Any, Mapping[str, Any]], Sentence]] = {
    "missing": _missing,
    "model_type": _saying("must be a table of fields and values"),
    "not_a_number": _number,
    "float_type": _number,
    "float_parsing": _number,
    "finite_number": _saying("must be an ordinary number"),
    "greater_than": _bounds,
    "greater_than_equal": _bounds,
    "less_than": _bounds,
    "less_than_equal": _bounds,
    "not_whole": _saying("must be a whole number"),
    "int_type": _saying("must be a whole number"),
    "int_parsing": _saying("must be a whole number"),
    "int_parsing_size": _saying("must be a whole number of ordinary size"),
    "int_from_float": _saying("must be a whole number"),
    "not_a_year": _saying("must be a year", _YEAR_FIX),
    "not_a_price_year": _saying("must be a year", _PRICE_FIX),
    "not_following_years": _saying("must be one financial year"),
    "date_for_year": _saying("must be a year"),
    "not_a_discount": _saying(
        "must be a schedule's name or a flat rate", "Type green-book-2026-standard, or a rate such as 3.5%."
    ),
    "rate_out_of_bounds": _rate,
    "not_yes_no": _saying("must be yes or no"),
    "bool_type": _saying("must be yes or no"),
    "bool_parsing": _saying("must be yes or no"),
    "not_text": _saying("must be words"),
    "string_type": _saying("must be words"),
    "string_unicode": _saying("must be words"),
    "string_sub_type": _saying("must be words"),
    "blank": _saying("must not be blank"),
    "excel_error": _saying("must be words, and this is an error of a spreadsheet"),
    "unprintable": _saying("must hold no control characters"),
    "not_an_id": _saying("must be lower-case words joined by hyphens"),
    "not_a_currency": _saying("must be a currency's three-letter code in capitals"),
    "not_a_date": _saying("must be a date"),
    "literal_error": _choices,
    "tuple_type": _saying("must be a list"),
    "too_short": _saying("must name at least one"),
    "too_long": _saying("names too many"),
}
"""By pydantic's name for an error, the function that words it."""


def unknown_field(model: type[Row], name: str, place: str) -> Problem:
    """A field that the table does not have."""
    known = [c.name for c in columns(model)]
    return Problem(place, f'{model.table.capitalize()} has no field called "{name}"', "", near(name, known))


def problem(model: type[Row], error: ErrorDetails, place: str, typed: Mapping[str, Any] | None = None) -> Problem:
    """One of pydantic's errors on a row of this table, as a problem at this place.

    `typed` is what the row was made of: what was found is said as it was typed, not as it was understood.
    """
    loc = error["loc"]
    name = str(loc[0]) if loc else ""
    if error["type"] == "extra_forbidden":
        return unknown_field(model, name, place)
    found = next((c for c in columns(model) if name in (c.name, c.attribute)), None)
    column = found or Column(
        name,
        name,
        header(name) if name else model.table.capitalize(),
        True,
        None,
        "text",
        False,
        (),
        None,
        None,
        False,
        "",
        False,
    )
    if name == "years" and model.table == "profiles" and error["type"] not in ("missing", "too_short"):
        column = Column(
            name, name, "The number of a year" if loc[-1] != 0 else "The heading of a column",
            True, None, "number", False, (), None, None, False, "", False,
        )  # fmt: skip
    whole = name in (typed or {}) and model.table != "profiles"
    value = (typed or {})[name] if whole else error["input"]
    rule, found_value, fix = SENTENCES[error["type"]](column, value, error.get("ctx", {}))
    return Problem(place, rule, found_value, fix)
