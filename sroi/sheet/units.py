"""Units and their algebra, checked when a line is declared (architecture, rule 6).

A unit is a product of named things, each with a whole power: pounds of 2023/24 per fall is
`{"£ 2023/24": 1, "fall": -1}`. Multiplying quantities multiplies their units; adding them asks for the same unit.

>>> price = Unit.of("£ 2023/24") / Unit.of("fall")
>>> str(price)
'£ 2023/24 per fall'
>>> str(price * Unit.of("fall"))
'£ 2023/24'
>>> str(Unit.of("people") / Unit.of("people"))
'share'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

SINGULAR = {"people": "person", "years": "year"}
"""How a unit is said after *per*."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A product of named things with whole powers; no thing at all is a pure number."""

    powers: tuple[tuple[str, int], ...]
    text: bool = False
    truth: bool = False

    @staticmethod
    def of(name: str) -> Unit:
        """The unit of one named thing, such as `people` or `£ 2023/24`."""
        return Unit(((name, 1),))

    def __mul__(self, other: Unit) -> Unit:
        return _joined(self, other, 1)

    def __truediv__(self, other: Unit) -> Unit:
        return _joined(self, other, -1)

    @property
    def numeric(self) -> bool:
        """Whether arithmetic is possible: neither text nor a truth value."""
        return not (self.text or self.truth)

    def __str__(self) -> str:
        return self.said({})

    def said(self, names: Mapping[str, str]) -> str:
        """The unit in words, some of its things under another name.

        >>> (Unit.of("£") / Unit.of("people")).said({"£": "€"})
        '€ per person'
        """
        if self.text:
            return "text"
        if self.truth:
            return "yes or no"
        powers = [(names.get(name, name), power) for name, power in self.powers]
        over = [name if power == 1 else f"{name}^{power}" for name, power in powers if power > 0]
        under = [
            SINGULAR.get(name, name) + ("" if power == -1 else f"^{-power}") for name, power in powers if power < 0
        ]
        if not over and not under:
            return "share"
        return " ".join(filter(None, [" × ".join(over) or ("1" if under else ""), *(f"per {n}" for n in under)]))


@lru_cache(maxsize=4096)
def _joined(left: Unit, right: Unit, sign: int) -> Unit:
    """Remembered: a case has thousands of lines and some twenty units."""
    powers = dict(left.powers)
    for name, power in right.powers:
        powers[name] = powers.get(name, 0) + sign * power
    return Unit(tuple(sorted((name, power) for name, power in powers.items() if power)))


PURE = Unit(())
"""A pure number: a share, a factor, a count of nothing in particular."""
TEXT = Unit((), text=True)
"""Words: a name to look something up by. No arithmetic."""
TRUTH = Unit((), truth=True)
"""True or false: the answer of a comparison, usable only as a condition."""
