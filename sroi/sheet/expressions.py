"""The node kinds a formula is made of, each knowing its unit and whether it varies by year.

Nodes are frozen and compared by identity. Build them with Python's own operators and the small functions below;
units are checked the moment a node is made, so a wrong sum fails where it is written.

>>> from sroi.sheet import Model, Unit
>>> model = Model(years=3)
>>> people = model.line("people", "People", Unit.of("people"), Cell("groups.a.referrals", 40.0, Unit.of("people")))
>>> pounds = model.line("price", "Price", Unit.of("£"), Cell("costs.a.amount", 2.0, Unit.of("£")))
>>> people + pounds
Traceback (most recent call last):
    ...
sroi.errors.KernelError: people + price: units differ: people and £
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from sroi.errors import KernelError
from sroi.sheet import operators as op
from sroi.sheet.units import PURE, Unit

if TYPE_CHECKING:
    from sroi.sheet.lines import Line

YEARS = Unit.of("years")
Scalar = float | str | None


@dataclass(frozen=True, eq=False, slots=True)
class Expression:
    """A node: `unit` is `None` only for a literal 0, `yearly` says whether it has a value for each year."""

    unit: Unit | None
    yearly: bool

    def __add__(self, other: Expression) -> Expression:
        return operation(op.ADD, self, other)

    def __sub__(self, other: Expression) -> Expression:
        return operation(op.SUBTRACT, self, other)

    def __mul__(self, other: Expression) -> Expression:
        return operation(op.MULTIPLY, self, other)

    def __truediv__(self, other: Expression) -> Expression:
        return operation(op.DIVIDE, self, other)

    def __neg__(self) -> Expression:
        return operation(op.NEGATE, self)

    def __lt__(self, other: Expression) -> Expression:
        return operation(op.LESS, self, other)

    def __le__(self, other: Expression) -> Expression:
        return operation(op.AT_MOST, self, other)

    def __ge__(self, other: Expression) -> Expression:
        return operation(op.AT_MOST, other, self)

    def __gt__(self, other: Expression) -> Expression:
        return operation(op.LESS, other, self)

    def equals(self, other: Expression) -> Expression:
        """A condition: the two are equal. For whole numbers and flags only, never for computed fractions."""
        return operation(op.EQUAL, self, other)


@dataclass(frozen=True, eq=False, slots=True)
class Number(Expression):
    """A literal 0 or 1: the only numbers a formula may hold (workbook, rule 4)."""

    value: int


ZERO = Number(op.NO_UNIT, False, 0)
ONE = Number(PURE, False, 1)


def one(unit: Unit) -> Number:
    """A literal 1 in a unit: one year, one pound."""
    return Number(unit, False, 1)


@dataclass(frozen=True, eq=False, slots=True)
class YearNumber(Expression):
    """The number of the year, 1 to T: the header row of every time sheet."""


YEAR_NUMBER = YearNumber(YEARS, True)


@dataclass(frozen=True, eq=False, slots=True)
class Absent(Expression):
    """Not applicable: no number at all (NaN in the engine, words in the workbook). Only as a branch of a choice."""


ABSENT = Absent(op.NO_UNIT, False)


@dataclass(frozen=True, eq=False, slots=True)
class Words(Expression):
    """Fixed text, such as the name to use when a cell is left blank."""

    value: str


@dataclass(frozen=True, eq=False, slots=True)
class Cell(Expression):
    """An input cell: `ref` names it, `value` is what the case holds (`None` where it is left blank)."""

    ref: str
    value: Scalar

    def __init__(self, ref: str, value: Scalar, unit: Unit) -> None:
        object.__setattr__(self, "ref", ref)
        object.__setattr__(self, "value", value)
        object.__setattr__(self, "unit", unit)
        object.__setattr__(self, "yearly", False)


@dataclass(frozen=True, eq=False, slots=True)
class Operation(Expression):
    """An operator of the table applied to operands."""

    operator: op.Operator
    operands: tuple[Expression, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Previous(Expression):
    """The year before (the opening value in the first year); `line` is `None` for the line being declared."""

    line: Line | None


@dataclass(frozen=True, eq=False, slots=True)
class Next(Expression):
    """The year after; nil after the last, since nothing stands right of it on any sheet with years."""

    line: Line


@dataclass(frozen=True, eq=False, slots=True)
class At(Expression):
    """A line `lag` years ago, the opening value where that is before the first year."""

    line: Line
    lag: Expression


@dataclass(frozen=True, eq=False, slots=True)
class OverYears(Expression):
    """One number from a whole yearly row: its sum, its largest, its smallest, its first or its last value."""

    how: Literal["SUM", "MAX", "MIN", "FIRST", "LAST"]
    line: Line


@dataclass(frozen=True, eq=False, slots=True)
class ValueAt(Expression):
    """What a whole row is worth at a rate: `Σ row[t] / (1 + rate)^t`, the opening value at 0."""

    line: Line
    rate: Expression


@dataclass(frozen=True, eq=False, slots=True)
class Irr(Expression):
    """The rate nearest the guess at which a whole row, its opening value first, is worth nothing.

    Ask for it only where a visible row of values crosses nil once, with a guess read off that row: a spreadsheet
    without one finds wrong rates below nil (architecture, rule 5).
    """

    line: Line
    guess: Expression


@dataclass(frozen=True, eq=False, slots=True)
class SumLines(Expression):
    """The sum of several lines, year by year."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, eq=False, slots=True)
class FirstFilled(Expression):
    """What the cell holds, or the default where it is blank."""

    cell: Cell
    default: Expression


@dataclass(frozen=True, eq=False, slots=True)
class NumberOrZero(Expression):
    """What the cell holds if it is a number, else 0."""

    cell: Cell


@dataclass(frozen=True, eq=False, slots=True)
class IsText(Expression):
    """A condition: the cell or line says exactly this word, or what another says (capitals do not matter)."""

    subject: Expression
    word: str | Expression


@dataclass(frozen=True, eq=False, slots=True)
class Sentence(Expression):
    """Text made of fixed words and of numbers shown in a format, each `(line, format)`."""

    parts: tuple[str | tuple[Line, str], ...]


@dataclass(frozen=True, eq=False, slots=True)
class ChooseText(Expression):
    """One text where the condition holds, else another."""

    condition: Expression
    if_so: Expression
    if_not: Expression


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """A table of rows, held by columns: what lookups look in. `columns` hold inputs; `lines` hold calculated columns,
    a line without years in each row, which can be summed but not looked up by."""

    name: str
    columns: Mapping[str, tuple[Scalar, ...]]
    units: Mapping[str, Unit]
    lines: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, slots=True)
class Lookup(Expression):
    """The `column` of the one row of `table` whose `key_column` says `key`."""

    table: Table
    column: str
    key_column: str
    key: Expression


@dataclass(frozen=True, eq=False, slots=True)
class Condition:
    """A row counts where its `column` is equal to (`=`), at most (`<=`) or at least (`>=`) `than`; a blank counts
    too if `or_blank`."""

    column: str
    sign: Literal["=", "<=", ">="]
    than: Expression
    or_blank: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class SumWhere(Expression):
    """The sum of `column` over the rows of `table` that meet every condition."""

    table: Table
    column: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, eq=False, slots=True)
class CountWhere(Expression):
    """How many rows of `table` meet every condition."""

    table: Table
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, eq=False, slots=True)
class CountOutside(Expression):
    """How many cells of a column are below 0 or above 1: text counts as above, a blank as 0."""

    table: Table
    column: str


@dataclass(frozen=True, eq=False, slots=True)
class IsNumber(Expression):
    """A condition: the cell holds a number, not a name; or a line has one, and is not *not applicable*."""

    cell: Cell | Line


@dataclass(frozen=True, eq=False, slots=True)
class Profile(Expression):
    """A row of inputs by calendar year; years left out are 0."""

    ref: str
    values: tuple[tuple[int, float], ...]
    calendar: Expression


def described(expression: Expression) -> str:
    """A short name for error messages."""
    name = getattr(expression, "name", None) or getattr(expression, "ref", None)
    if name is None and isinstance(expression, Number):
        name = str(expression.value)
    return str(name or type(expression).__name__.lower())


def operation(operator: op.Operator, *operands: Expression) -> Operation:
    """Applies an operator, checking units and number of operands; literals 0 fit any unit."""
    if operator.arity is not None and len(operands) != operator.arity:
        raise KernelError(f"{operator.name} takes {operator.arity} operands; found {len(operands)}")
    if not operands:
        raise KernelError(f"{operator.name} needs an operand")
    try:
        unit = operator.unit(tuple([operand.unit for operand in operands]))
    except KernelError as error:
        names = [described(operand) for operand in operands]
        said = operator.words.format(*names) if not operator.function else f"{operator.name} of {', '.join(names)}"
        raise KernelError(f"{said}: {error}") from None
    return Operation(unit, any(operand.yearly for operand in operands), operator, operands)
