"""From what people type to values: pure functions used by `sroi.model.types`.

Each returns the value, or *refuses*: it raises a `PydanticCustomError` whose type is one of `Refusal` and a key of
`sroi.model.sentences.SENTENCES`, with what to do instead, where that can be told, as its `fix`. Numbers are held to 15
significant digits, which is what a cell of a workbook holds, so that a case has one hash in every form.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

from pydantic_core import PydanticCustomError

from sroi.model.currency import SYMBOLS

NOMINAL = "nominal"
EXCEL_ERRORS = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!"}
)
"""What Excel shows for a formula that failed: never words, for no workbook would read them back."""
_MINUS = str.maketrans({"\u2212": "-", "\u00a0": " ", "\u2013": "-"})
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_TYPED = re.compile(rf"(?P<sign>[-+]?)\s*(?P<pound>£?)\s*(?P<sign2>-?)(?P<digits>{_DIGITS})\s*(?P<unit>[m%]?)", re.I)
_THOUSANDS = re.compile(r"£?\s*(\d+(?:\.\d+)?)\s*k", re.I)
_SCIENTIFIC = re.compile(r"[-+]?\d+(?:\.\d+)?e[-+]?\d{1,2}", re.I)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CURRENCY = re.compile(r"[A-Z]{3}")
_CALENDAR = re.compile(r"\d{4}")
_FINANCIAL = re.compile(r"(\d{4})\s*[/-]\s*(\d{2}|\d{4})")
_YES = frozenset({"yes", "y", "true", "1", "on"})
_NO = frozenset({"no", "n", "false", "0", "off"})


Refusal = Literal[
    "blank",
    "date_for_year",
    "excel_error",
    "not_a_currency",
    "not_a_date",
    "not_a_discount",
    "not_a_number",
    "not_a_price_year",
    "not_a_year",
    "not_an_id",
    "not_following_years",
    "not_text",
    "not_whole",
    "not_yes_no",
    "rate_out_of_bounds",
    "unprintable",
]
"""Every type of error that the parsers raise; each has its sentence."""


def plain(value: float) -> str:
    """A number as one would type it: `12000`, `0.05`.

    >>> plain(12000.0), plain(0.05)
    ('12000', '0.05')
    """
    return f"{Decimal(repr(value)):f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def fifteen(value: float) -> float:
    """A number as a cell holds it: 15 significant digits, and no negative nought.

    >>> fifteen(0.1 + 0.2), fifteen(-0.0)
    (0.3, 0.0)
    """
    return float(f"{value:.15g}") + 0.0


def _finite(value: Any) -> bool:
    """Whether a number can be computed with; an integer too long for a float cannot."""
    try:
        return math.isfinite(value)
    except (OverflowError, TypeError):
        return False


def _refuse(kind: Refusal, **context: Any) -> PydanticCustomError:
    return PydanticCustomError(kind, "see sroi.model.sentences", context)


def _typed_number(value: str, pound: bool, percent: bool) -> float:
    """A number typed as text: `£1,200`, `12%`, `(500)`, `1.5m`; not `1,2`, `12k` or `1e3`."""
    text = value.translate(_MINUS).strip()
    negative = text.startswith("(") and text.endswith(")")
    match = _TYPED.fullmatch(text[1:-1].strip() if negative else text)
    if match is None or (match["sign"] and match["sign2"]) or (negative and (match["sign"] or match["sign2"])):
        raise _refuse("not_a_number", fix=_advice(text))
    unit = match["unit"].lower()
    if unit == "%" and not percent:
        raise _refuse("not_a_number", fix="Type it without the percent sign.")
    if unit == "m" and not pound:
        # in a field of years 6m may well mean months
        raise _refuse("not_a_number", fix="Type it in full: m stands for million in sums of money only.")
    if match["pound"] and not pound:
        raise _refuse("not_a_number", fix="Type it without the pound sign.")
    size = Decimal(match["digits"].replace(",", "")) * {"": Decimal(1), "m": Decimal(10**6), "%": Decimal("0.01")}[unit]
    return float(-size if negative or "-" in (match["sign"], match["sign2"]) else size)


def _advice(text: str) -> str:
    """What to type instead of a number we refuse to guess at; empty where nothing can be told."""
    if match := _THOUSANDS.fullmatch(text):
        return f"Type {plain(float(Decimal(match[1]) * 1000))}."
    if _SCIENTIFIC.fullmatch(text):
        return f"Type {plain(float(text))}."
    if re.match(r"[-(]?\s*[€$]", text):
        return "Type it without the sign: Currency in Settings says what it is in."
    if re.fullmatch(r"\d+,\d{1,2}", text):
        return f"Type {text.replace(',', '.')} if the comma is a decimal point."
    return ""


def _numeric(value: Any, pound: bool, percent: bool) -> float:
    if isinstance(value, bool | dt.date | dt.time | dt.timedelta):
        raise _refuse("not_a_number", fix="")
    if isinstance(value, str):
        value = _typed_number(value, pound, percent)
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise _refuse("not_a_number", fix="") from None
    return fifteen(number) if _finite(number) else number


def share(value: Any) -> float:
    """A share or rate: `0.12` or `12%`. Refuses `not_a_number`; bounds are the field's own.

    >>> share("12%"), share(0.12)
    (0.12, 0.12)
    """
    return _numeric(value, pound=False, percent=True)


def money(value: Any) -> float:
    """A sum: `1200`, `£1,200`, `(500)`, `1.5m`. Refuses `not_a_number`: also `12k` and `1e3`, with what to type.

    >>> money("£1,200"), money("(500)"), money("1.5m")
    (1200.0, -500.0, 1500000.0)
    """
    return _numeric(value, pound=True, percent=False)


def number(value: Any) -> float:
    """A number: `7`, `1,200`. Refuses `not_a_number`: also one with a pound or percent sign."""
    return _numeric(value, pound=False, percent=False)


def whole(value: Any) -> int:
    """A whole number: `7`, `7.0`. Refuses `not_a_number` and `not_whole`."""
    found = _numeric(value, pound=False, percent=False)
    if not _finite(found) or found != int(found):
        raise _refuse("not_whole")
    return int(found)


def _financial(text: str) -> int | None:
    """The first year of `2026/27` (or `2026-27`, `2026/2027`); an error where the second does not follow."""
    match = _FINANCIAL.fullmatch(text)
    if match is None:
        return None
    first, second = int(match[1]), match[2]
    if second not in (f"{(first + 1) % 100:02d}", str(first + 1)):
        raise _refuse("not_following_years", fix=f"Type {first}/{(first + 1) % 100:02d}.")
    return first


def _no_date(value: Any) -> None:
    """Excel turns `2009/10` into the first of October 2009."""
    if isinstance(value, dt.date):
        raise _refuse(
            "date_for_year",
            fix=f"Format the cell as text and type {value.year}/{(value.year + 1) % 100:02d}.",
        )


def _year_text(value: Any) -> str:
    _no_date(value)
    if isinstance(value, bool):
        raise _refuse("not_a_year")
    if isinstance(value, int | float) or hasattr(value, "__index__"):
        if not _finite(value) or value != int(value):
            raise _refuse("not_a_year")
        return str(int(value))
    if not isinstance(value, str):
        raise _refuse("not_a_year")
    return value.translate(_MINUS).strip()


def year(value: Any) -> int:
    """The year of `2026`, `"2026"` or `"2026/27"`.

    Refuses `not_a_year`, `not_following_years` (`2026/28`), and `date_for_year` where Excel made a date of it.

    >>> year("2026/27"), year(2026.0)
    (2026, 2026)
    """
    text = _year_text(value)
    financial = _financial(text)
    if financial is not None:
        return financial
    if not _CALENDAR.fullmatch(text):
        raise _refuse("not_a_year")
    return int(text)


def price_base(value: Any) -> str:
    """A year of prices in its one spelling. Refuses as `year` does, and `not_a_price_year`.

    >>> price_base(2015.0), price_base("2015/2016")
    ('2015', '2015/16')
    """
    text = _year_text(value)
    first = _financial(text)
    if first is not None:
        return f"{first}/{(first + 1) % 100:02d}"
    if not _CALENDAR.fullmatch(text):
        raise _refuse("not_a_price_year")
    return text


def price_year(value: Any) -> str:
    """A year of prices in its one spelling, or `nominal`. Refuses as `price_base` does."""
    if isinstance(value, str) and value.strip().lower() == NOMINAL:
        return NOMINAL
    return price_base(value)


def discount(value: Any) -> float | str:
    """A schedule's name, or a flat rate between −10 % and 100 %. Refuses `not_a_discount` and `rate_out_of_bounds`."""
    if isinstance(value, str) and _ID.fullmatch(value.strip().lower()) and not value.strip()[0].isdigit():
        return value.strip().lower()
    try:
        rate = share(value)
    except PydanticCustomError:
        raise _refuse("not_a_discount") from None
    if not -0.1 <= rate <= 1:
        raise _refuse("rate_out_of_bounds", rate=rate)
    return rate


def yes_no(value: Any) -> bool:
    """Yes or no, as a word, a boolean, or 1 and 0. Refuses `not_yes_no`."""
    if isinstance(value, bool):
        return value
    word = (plain(value) if isinstance(value, int | float) and _finite(value) else str(value)).strip().lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise _refuse("not_yes_no")


def text(value: Any) -> str:
    """Plain words; a number in a cell of words is taken as it would be typed.

    Refuses `not_text` (a list or a table), `blank`, `unprintable` (control characters) and `excel_error` (`#N/A`).

    >>> text(" Hub "), text(1.0), text(True)
    ('Hub', '1', 'yes')
    """
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return plain(fifteen(value)) if _finite(value) else str(value)
    if isinstance(value, list | tuple | Mapping | set):
        raise _refuse("not_text")
    words = str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
    if not words:
        raise _refuse("blank")
    if words in EXCEL_ERRORS:
        raise _refuse("excel_error", fix="Type what it should say.")
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in words):
        raise _refuse("unprintable", fix="Type it again without them.")
    return words


def typed(value: Any) -> float | str:
    """What was typed, still to be read by the field it is meant for: a number, or words (`yes`, `12%`, `2026/27`).
    Refuses as `text` does.

    >>> typed(3), typed(True), typed(" 12% ")
    (3.0, 'yes', '12%')
    """
    if not isinstance(value, bool | str) and (isinstance(value, int | float) or hasattr(value, "__float__")):
        return _numeric(value, pound=False, percent=False)
    return text(value)


def identifier(value: Any) -> str:
    """An id: lower-case words joined by hyphens. Refuses `not_an_id`, and as `text` does."""
    found = text(value)
    if not _ID.fullmatch(found):
        wanted = re.sub(r"[^a-z0-9]+", "-", found.lower()).strip("-")
        raise _refuse("not_an_id", fix=f'Type "{wanted}".' if wanted else "")
    return found


def currency(value: Any) -> str:
    """A currency by its three-letter code, in capitals: `GBP`. Refuses `not_a_currency`, and as `text` does."""
    found = text(value)
    if not _CURRENCY.fullmatch(found):
        meant = next((code for code, sign in SYMBOLS.items() if sign == found), found.upper())
        raise _refuse("not_a_currency", fix=f"Type {meant if _CURRENCY.fullmatch(meant) else 'a code such as GBP'}.")
    return found


def choice(value: Any) -> Any:
    """One of a field's words, case and spacing ignored: `Per year` is `per_year`; 0.9 in a cell is `90%`, and a no
    that YAML or a sheet took for false is `no`. Refuses nothing: the field's own words do."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and re.fullmatch(r"0?\.\d+|\d+(\.\d+)?\s*%", value.strip()):
        value = share(value.strip())
    if isinstance(value, float | int) and 0 < value < 1:
        return f"{plain(fifteen(value * 100))}%"
    return re.sub(r"[\s_-]+", "_", value.strip().lower()) if isinstance(value, str) else value


def ids(value: Any) -> tuple[str, ...]:
    """One id or several: a list, or words separated by commas; each once. Refuses as `identifier` does."""
    parts = value if isinstance(value, list | tuple) else [p for p in text(value).split(",") if p.strip()]
    return tuple(dict.fromkeys(identifier(p) for p in parts))


def numbers(value: Any) -> tuple[float, ...]:
    """Several numbers: a list, or separated by semicolons. Refuses as `number` does."""
    parts = value if isinstance(value, list | tuple) else text(value).split(";")
    try:
        return tuple(number(p) for p in parts)
    except PydanticCustomError:
        if isinstance(value, str) and "," in value and ";" not in value:
            raise _refuse("not_a_number", fix="Separate them by semicolons.") from None
        raise


def day(value: Any) -> str:
    """A date in its one spelling, `2026-11-22`. Refuses `not_a_date`."""
    found = text(value.date() if isinstance(value, dt.datetime) else value)
    try:
        return dt.date.fromisoformat(found).isoformat()
    except ValueError:
        raise _refuse("not_a_date", fix=_date_advice(found)) from None


def when(value: Any) -> str:
    """When evidence was gathered: a year, a financial year, a month or a date. Refuses `not_a_date`."""
    found = text(value.date() if isinstance(value, dt.datetime) else value)
    if re.fullmatch(r"\d{4}|\d{4}-(0[1-9]|1[0-2])", found):
        return found
    if (match := _FINANCIAL.fullmatch(found)) and match[2] in (
        f"{(int(match[1]) + 1) % 100:02d}",
        str(int(match[1]) + 1),
    ):
        return f"{match[1]}/{(int(match[1]) + 1) % 100:02d}"
    return day(found)


def _date_advice(found: str) -> str:
    """`31/03/2015` is plain enough to be told how to write it."""
    match = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", found)
    if match is None:
        return "Type a date as 2026-11-22."
    try:
        return f"Type {dt.date(int(match[3]), int(match[2]), int(match[1])).isoformat()}."
    except ValueError:
        return "Type a date as 2026-11-22."
