"""From what people type in Ranges to numbers: an end is typed as its field is, a parameter as a plain number.

What an end is of is not known while its row is read, so it may be typed as any field is; that it encloses the central
value, within the field's bounds, is seen by `sroi.model.rules.ranges`. Nothing of the sort guards a parameter: 10 % of
what would have to be guessed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic_core import PydanticCustomError

from sroi.model.parsing import money, number, plain, share


def end(value: Any) -> float:
    """An end of a range, of whatever field: `0.12`, `12%`, `£1,200`. Refuses `not_a_number`, with what to type.

    >>> end("12%"), end("£1,200"), end(3)
    (0.12, 1200.0, 3.0)
    """
    if not isinstance(value, str):
        return number(value)
    if "£" in value:
        return money(value)
    if value.strip().lower().endswith("m"):  # of years it may well mean months
        raise _refused(_meant(value, money, " if m stands for million"))
    return share(value)


def parameter(value: Any) -> float:
    """A number that describes a distribution: `0.12`. Refuses `not_a_number`, with what to type.

    >>> parameter("0.12")
    0.12
    """
    try:
        return number(value)
    except PydanticCustomError:
        million = isinstance(value, str) and value.strip().lower().endswith("m")
        fix = _meant(value, share) or _meant(value, money, " if m stands for million" if million else "")
        if not fix:
            raise
        raise _refused(fix) from None


def _meant(value: Any, parser: Callable[[Any], float], where: str = "") -> str:
    """What to type for what one parser understands; empty where it does not."""
    try:
        return f"Type {plain(parser(value))}{where}."
    except PydanticCustomError:
        return ""


def _refused(fix: str) -> PydanticCustomError:
    return PydanticCustomError("not_a_number", "see sroi.model.sentences", {"fix": fix})
