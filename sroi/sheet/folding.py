"""What a compiled program works on: numbers that are certain, and slots that are filled for each draw; and which
operations on them vanish (architecture, rule 7).

Only what leaves every bit as it was is folded: a product with a certain 1, a sum with a certain 0, a choice whose
condition is certain, a power of 0 or 1. A product with a certain 0 is nil only where the other factor is a number for
sure. (A nil may change its sign: the two are equal.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
from numpy.typing import NDArray

from sroi.sheet import operators as op

Floats = NDArray[np.float64]
Held = Floats | NDArray[np.bool_] | str


@dataclass(frozen=True, eq=False, slots=True)
class Known:
    """A value that no draw changes: `(year or 1, 1)`, or a text."""

    value: Held

    @property
    def rows(self) -> int:
        """One, or one for each year."""
        return 1 if isinstance(self.value, str) else int(self.value.shape[0])

    @property
    def key(self) -> object:
        """Equal for equal values."""
        return self.value if isinstance(self.value, str) else (self.value.dtype.char, self.rows, self.value.tobytes())

    @property
    def absent(self) -> bool:
        """Whether some year is not applicable."""
        if isinstance(self.value, str):
            return False
        if self.value.size == 1:
            return isnan(self.value.item())
        return bool(np.isnan(self.value).any())

    def all(self, number: float) -> bool:
        """Whether every year is exactly that number."""
        if isinstance(self.value, str):
            return False
        if self.value.size == 1:  # most are, and NumPy is slow to say so
            return bool(self.value.item() == number)
        return bool((self.value == number).all())


@dataclass(frozen=True, eq=False, slots=True)
class Slot:
    """A place for a value of each draw, `(rows, draw)`: a row for each year, or one that serves them all."""

    number: int
    rows: int
    truth: bool = False
    """Whether it holds conditions."""
    absent: bool = False
    """Whether it may hold what is not a number."""

    @property
    def key(self) -> object:
        """Its number."""
        return self.number


Operand = Known | Slot


def known(number: float) -> Known:
    """One certain number."""
    return Known(np.full((1, 1), number))


def folded(operator: op.Operator, operands: Sequence[Operand]) -> Operand | None:
    """What an operation comes to without computing it for each draw; `None` where it must be."""
    match operator.name:
        case op.ADD.name:
            return _without(operands, 0.0)
        case op.SUBTRACT.name:
            return operands[0] if _is(operands[1], 0.0) else None
        case op.MULTIPLY.name:
            return _product(operands)
        case op.DIVIDE.name:
            return operands[0] if _is(operands[1], 1.0) else None
        case op.POWER.name:
            return _power(*operands)
        case op.CHOOSE.name:
            return _choice(*operands)
        case op.AND.name:
            return _both(operands)
    return None


def _is(operand: Operand, number: float) -> bool:
    return isinstance(operand, Known) and operand.all(number)


def _without(operands: Sequence[Operand], neutral: float) -> Operand | None:
    """The other of two operands, where one changes nothing."""
    left, right = operands
    return right if _is(left, neutral) else left if _is(right, neutral) else None


def _product(operands: Sequence[Operand]) -> Operand | None:
    for nought, other in (operands, operands[::-1]):
        if _is(nought, 0.0) and not other.absent:
            return known(0.0)
    return _without(operands, 1.0)


def _power(base: Operand, exponent: Operand) -> Operand | None:
    if _is(exponent, 0.0) or _is(base, 1.0):
        return known(1.0)
    return base if _is(exponent, 1.0) else None


def _choice(condition: Operand, if_so: Operand, if_not: Operand) -> Operand | None:
    if isinstance(condition, Known):
        return if_so if condition.all(1.0) else if_not if condition.all(0.0) else None
    return if_so if if_so.key == if_not.key else None


def _both(operands: Sequence[Operand]) -> Operand | None:
    if any(_is(operand, 0.0) for operand in operands):
        return Known(np.zeros((1, 1), dtype=bool))
    left = [operand for operand in operands if not _is(operand, 1.0)]
    return left[0] if len(left) == 1 else None
