"""The kinds of value a field can hold, each with its parser, its bounds, and how it is shown.

A parser accepts what people type (`£1,200`, `12%`, `2026/27`, `yes`) whether it came from a cell, a line of
text or a program, so that every form of a case goes through one door. What it refuses becomes an error whose
type has a sentence in `sroi.model.sentences`. The parsers themselves are in `sroi.model.parsing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainValidator

from sroi.model import ends, parsing

Kind = Literal[
    "share",
    "money",
    "number",
    "whole",
    "year",
    "price year",
    "yes/no",
    "text",
    "id",
    "choice",
    "list",
    "date",
]


@dataclass(frozen=True)
class Shown:
    """How a field is shown and typed in a sheet."""

    kind: Kind


@dataclass(frozen=True)
class Live:
    """Whether a change in the results workbook recalculates it (workbook.md, *What is live*)."""

    live: bool = True


_share = BeforeValidator(parsing.share)
_money = BeforeValidator(parsing.money)
_number = BeforeValidator(parsing.number)
_whole = BeforeValidator(parsing.whole)
_finite = Field(allow_inf_nan=False)

Share = Annotated[float, _share, _finite, Field(ge=0, le=1), Shown("share"), Live()]
"""A share, 0 to 1: a number, a percentage, or `12%` as text."""
Deadweight = Annotated[float, _share, _finite, Field(ge=-5, le=1), Shown("share"), Live()]
"""A share that may be negative: a trend that would have worsened."""
ExitRate = Annotated[float, _share, _finite, Field(ge=0, le=0.99), Shown("share"), Live()]
"""A share of people, short of everyone."""
Growth = Annotated[float, _share, _finite, Field(ge=-0.5, le=0.5), Shown("share"), Live()]
"""Growth per year, beyond inflation."""
Rate = Annotated[float, _share, _finite, Field(ge=-0.1, le=1), Shown("share"), Live()]
"""A rate per year."""
Uplift = Annotated[float, _share, _finite, Field(ge=0, le=5), Shown("share"), Live()]
"""An uplift of costs: 0 or more; over 100 % is allowed, since costs have overrun by more."""
Effect = Annotated[float, _share, _finite, Shown("number"), Live()]
"""A change: a share of the baseline, or a count, by its basis."""
Amount = Annotated[float, _money, _finite, Shown("money"), Live()]
"""A sum of money, either sign."""
CostAmount = Annotated[float, _money, _finite, Field(ge=0), Shown("money"), Live()]
"""A sum of money, 0 or more."""
PositiveAmount = Annotated[float, _money, _finite, Field(gt=0), Shown("money"), Live()]
"""A sum of money over 0."""
Number = Annotated[float, _number, _finite, Shown("number"), Live()]
"""Any number."""
NotNegative = Annotated[float, _number, _finite, Field(ge=0), Shown("number"), Live()]
"""A number, 0 or more."""
Positive = Annotated[float, _number, _finite, Field(gt=0), Shown("number"), Live()]
"""A number over 0."""
PerCent = Annotated[float, _number, _finite, Field(ge=-10, le=100), Shown("number"), Live()]
"""A rate per year in per cent, −10 to 100."""
End = Annotated[float, BeforeValidator(ends.end), _finite, Shown("number"), Live(False)]
"""An end of a range, typed as its field is: a number, `12%`, `£1,200`."""
Parameter = Annotated[float, BeforeValidator(ends.parameter), _finite, Shown("number"), Live(False)]
"""A number that describes a distribution, not the central case."""
RankCorrelation = Annotated[float, _share, _finite, Field(ge=-1, le=1), Shown("number"), Live(False)]
"""A rank correlation, -1 to 1."""
PositiveParameter = Annotated[
    float, BeforeValidator(ends.parameter), _finite, Field(gt=0), Shown("number"), Live(False)
]
"""A number over 0 that describes a distribution, not the central case."""
Lag = Annotated[int, _whole, Field(ge=0), Shown("whole"), Live()]
"""A whole number of years, 0 or more."""
Duration = Annotated[int, _whole, Field(ge=1), Shown("whole"), Live()]
"""A whole number of years, 1 or more."""
Horizon = Annotated[int, _whole, Field(ge=1, le=100), Shown("whole"), Live(False)]
"""The number of years of the case, 1 to 100."""
ReleaseLag = Annotated[int, _whole, Field(ge=0), Shown("whole"), Live(False)]
"""A whole number of years that shapes the sheet."""
Position = Annotated[int, _whole, Field(ge=0), Shown("whole"), Live(False)]
"""A whole number of years from the start."""
GradeNumber = Annotated[int, _whole, Field(ge=1), Shown("whole"), Live()]
"""A grade of evidence."""
Stage = Annotated[int, _whole, Field(ge=1, le=5), Shown("whole"), Live(False)]
"""A stage on the Nesta standards of evidence."""
Year = Annotated[int, BeforeValidator(parsing.year), Field(ge=1900, le=2199), Shown("year"), Live()]
"""A year that places something in time: `2026` and `2026/27` mean the same."""
PriceBase = Annotated[str, BeforeValidator(parsing.price_base), Shown("price year"), Live()]
"""A year of prices: `2015` the calendar year, `2015/16` the financial one."""
PriceYear = Annotated[str, BeforeValidator(parsing.price_year), Shown("price year"), Live()]
"""A year of prices, or `nominal`."""
IndexYear = Annotated[str, BeforeValidator(parsing.price_base), Shown("price year"), Live(False)]
"""The year of an index point: a row's name."""
Discount = Annotated[float | str, PlainValidator(parsing.discount), Shown("share"), Live()]
"""A schedule's name, or a flat rate such as `0.035`."""
YesNo = Annotated[bool, BeforeValidator(parsing.yes_no), Shown("yes/no"), Live()]
"""Yes or no."""
Text = Annotated[str, BeforeValidator(parsing.text), Shown("text"), Live(False)]
"""Plain words."""
Typed = Annotated[float | str, PlainValidator(parsing.typed), Shown("text"), Live(False)]
"""What somebody typed for another field, which says what it means: a number or words."""
Id = Annotated[str, BeforeValidator(parsing.identifier), Shown("id"), Live(False)]
"""A name for programs: lower-case words joined by hyphens."""
Currency = Annotated[str, BeforeValidator(parsing.currency), Shown("id"), Live(False)]
"""A currency by its three-letter code (ISO 4217): `GBP`."""
Tag = Annotated[str, BeforeValidator(parsing.text), Shown("text"), Live(False)]
"""A word that rows share."""
Ref = Annotated[str, BeforeValidator(parsing.text), Shown("text"), Live(False)]
"""The address of a number: `outcomes.care-entry.effect`."""
Ids = Annotated[tuple[str, ...], BeforeValidator(parsing.ids), Field(min_length=1), Shown("list"), Live(False)]
"""One id, several separated by commas, or `all`."""
Numbers = Annotated[
    tuple[float, ...], BeforeValidator(parsing.numbers), Field(min_length=1), Shown("list"), Live(False)
]
"""Numbers separated by semicolons."""
Day = Annotated[str, BeforeValidator(parsing.day), Shown("date"), Live(False)]
"""A date, `2026-11-22`."""
When = Annotated[str, BeforeValidator(parsing.when), Shown("date"), Live(False)]
"""When evidence was gathered: `2015`, `2015/16`, `2015-03` or `2015-03-31`."""
choice = BeforeValidator(parsing.choice)
"""Makes a choice forgiving of case and spaces: `Per year` is `per_year`."""
