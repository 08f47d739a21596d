"""The operators: one row of one table each (architecture, rule 2).

A row holds the NumPy meaning, the Excel text, the words, the binding strength (how tightly it holds its operands,
in Excel's order) and the rule by which units combine. Nothing else in the kernel knows an operator by name, so an
operator is added here and nowhere else, and the property tests walk this table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sroi.errors import KernelError
from sroi.sheet.units import PURE, TRUTH, Unit

Array = NDArray[np.float64]

ATOM = 9
"""The binding strength of a name, a number or a function call: never bracketed."""
NO_UNIT = None
"""The unit of a literal 0, which fits any unit."""


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator: its three meanings and its rule for units."""

    name: str
    numpy: Callable[..., Any]
    excel: str
    words: str
    binding: int
    unit: Callable[[tuple[Unit | None, ...]], Unit | None]
    arity: int | None = 2
    brackets_right: bool = False
    """Whether an operand of equal binding on the right needs brackets: `a-(b-c)`."""

    @property
    def function(self) -> bool:
        """Whether Excel writes it as a function call rather than between its operands."""
        return self.binding == ATOM


def _same(units: tuple[Unit | None, ...]) -> Unit | None:
    """All operands share one unit; a literal 0 fits any."""
    known = [unit for unit in units if unit is not NO_UNIT]
    for unit in known:
        if (unit is not known[0] and unit != known[0]) or not unit.numeric:
            raise KernelError(f"units differ: {' and '.join(str(u) for u in known)}")
    return known[0] if known else NO_UNIT


def _numeric(units: tuple[Unit | None, ...]) -> None:
    for unit in units:
        if unit is not NO_UNIT and not unit.numeric:
            raise KernelError(f"arithmetic needs a number; found {unit}")


def _product(units: tuple[Unit | None, ...]) -> Unit | None:
    _numeric(units)
    left, right = (unit if unit is not NO_UNIT else PURE for unit in units)
    return left * right


def _quotient(units: tuple[Unit | None, ...]) -> Unit | None:
    _numeric(units)
    left, right = (unit if unit is not NO_UNIT else PURE for unit in units)
    return left / right


def _pure_base(units: tuple[Unit | None, ...]) -> Unit | None:
    """A power: a pure base. The exponent may be a number of years (a yearly rate, compounded) or a pure number."""
    base, exponent = units
    if base not in (PURE, NO_UNIT):
        raise KernelError(f"a power needs a pure number below; found {base}")
    if exponent not in (PURE, NO_UNIT, Unit.of("years")):
        raise KernelError(f"a power needs a pure number or years above; found {exponent}")
    return PURE


def _compare(units: tuple[Unit | None, ...]) -> Unit | None:
    _same(units)
    return TRUTH


def _truths(units: tuple[Unit | None, ...]) -> Unit | None:
    if any(unit != TRUTH for unit in units):
        raise KernelError("AND joins conditions only")
    return TRUTH


def _branches(units: tuple[Unit | None, ...]) -> Unit | None:
    if units[0] != TRUTH:
        raise KernelError(f"a choice needs a condition first; found {units[0]}")
    return _same(units[1:])


def _all(*conditions: Array) -> Any:
    result = conditions[0]
    for condition in conditions[1:]:
        result = np.logical_and(result, condition)
    return result


def _power(base: Any, exponent: Any) -> Any:
    """NumPy takes a shortcut (a root, a square) where one exponent serves a whole row, and its last bit differs: a
    draw would depend on its neighbours. Spread out first, every shape takes the same way."""
    spread, over = np.broadcast_arrays(base, exponent)
    return np.power(spread, over.copy())


def _fold(pairwise: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    def apply(*values: Any) -> Any:
        result = values[0]
        for value in values[1:]:
            result = pairwise(result, value)
        return result

    return apply


ADD = Operator("add", np.add, "{}+{}", "{} + {}", 4, _same)
SUBTRACT = Operator("subtract", np.subtract, "{}-{}", "{} − {}", 4, _same, brackets_right=True)
MULTIPLY = Operator("multiply", np.multiply, "{}*{}", "{} × {}", 5, _product)
DIVIDE = Operator("divide", np.divide, "{}/{}", "{} ÷ {}", 5, _quotient, brackets_right=True)
POWER = Operator("power", _power, "{}^{}", "{} ^ {}", 6, _pure_base, brackets_right=True)
NEGATE = Operator("negate", np.negative, "-{}", "− {}", 7, _same, arity=1, brackets_right=True)
MINIMUM = Operator("minimum", _fold(np.minimum), "MIN({})", "the least of ({})", ATOM, _same, arity=None)
MAXIMUM = Operator("maximum", _fold(np.maximum), "MAX({})", "the greatest of ({})", ATOM, _same, arity=None)
ABSOLUTE = Operator("absolute", np.abs, "ABS({})", "the size of ({})", ATOM, _same, arity=1)
TRUNCATE = Operator("truncate", np.trunc, "ROUNDDOWN({},0)", "the whole part of ({})", ATOM, _same, arity=1)
AWAY = Operator(
    "away from zero",
    lambda x: np.copysign(np.ceil(np.abs(x)), x),
    "ROUNDUP({},0)",
    "the next whole away from zero of ({})",
    ATOM,
    _same,
    arity=1,
)
LESS = Operator("less", np.less, "{}<{}", "{} is below {}", 2, _compare, brackets_right=True)
AT_MOST = Operator("at most", np.less_equal, "{}<={}", "{} is at most {}", 2, _compare, brackets_right=True)
EQUAL = Operator("equal", np.equal, "{}={}", "{} is {}", 2, _compare, brackets_right=True)
AND = Operator("and", _all, "AND({})", "all of ({})", ATOM, _truths, arity=None)
CHOOSE = Operator("choose", np.where, "IF({})", "if ({})", ATOM, _branches, arity=3)

OPERATORS: tuple[Operator, ...] = (
    ADD, SUBTRACT, MULTIPLY, DIVIDE, POWER, NEGATE, MINIMUM, MAXIMUM, ABSOLUTE, TRUNCATE, AWAY, LESS, AT_MOST, EQUAL,
    AND, CHOOSE,
)  # fmt: skip
"""Every operator there is."""
