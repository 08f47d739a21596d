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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sroi.errors import KernelError
from sroi.sheet import operators as op
from sroi.sheet.units import PURE, TEXT, TRUTH, Unit

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
class At(Expression):
    """A line `lag` years ago, the opening value where that is before the first year."""

    line: Line
    lag: Expression


@dataclass(frozen=True, eq=False, slots=True)
class OverYears(Expression):
    """One number from a whole yearly row: its sum, its largest, its smallest, or its last value."""

    how: Literal["SUM", "MAX", "MIN", "LAST"]
    line: Line


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
    """A table of input rows, held by columns: what lookups look in."""

    name: str
    columns: Mapping[str, tuple[Scalar, ...]]
    units: Mapping[str, Unit]


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
        unit = operator.unit(tuple(operand.unit for operand in operands))
    except KernelError as error:
        names = [described(operand) for operand in operands]
        said = operator.words.format(*names) if not operator.function else f"{operator.name} of {', '.join(names)}"
        raise KernelError(f"{said}: {error}") from None
    return Operation(unit, any(operand.yearly for operand in operands), operator, operands)


def smallest(*operands: Expression) -> Expression:
    """The least of the operands."""
    return operation(op.MINIMUM, *operands)


def largest(*operands: Expression) -> Expression:
    """The greatest of the operands."""
    return operation(op.MAXIMUM, *operands)


def absolute(operand: Expression) -> Expression:
    """The size, without its sign."""
    return operation(op.ABSOLUTE, operand)


def truncate(operand: Expression) -> Expression:
    """The whole part, towards zero."""
    return operation(op.TRUNCATE, operand)


def power(base: Expression, exponent: Expression) -> Expression:
    """`base ^ exponent`; the base is a pure number."""
    return operation(op.POWER, base, exponent)


def all_of(*conditions: Expression) -> Expression:
    """True where every condition is."""
    return operation(op.AND, *conditions)


def choose(condition: Expression, if_so: Expression, if_not: Expression) -> Expression:
    """`if_so` where the condition holds, else `if_not`. Choices are not nested (workbook, rule 3)."""
    return operation(op.CHOOSE, condition, if_so, if_not)


def previous(line: Line | None = None, *, unit: Unit | None = None) -> Expression:
    """A line's value in the year before; without a line, of the line being declared, whose unit is given."""
    if line is not None:
        _yearly(line, "previous")
        return Previous(line.unit, True, line)
    if unit is None:
        raise KernelError("previous() of the line being declared needs its unit")
    return Previous(unit, True, None)


def at(line: Line, lag: Expression) -> Expression:
    """A line's value `lag` years ago: 0 years is the year itself (architecture, rule 3)."""
    _yearly(line, "at")
    if lag.unit != YEARS:
        raise KernelError(f"a lag is in years; found {lag.unit}")
    return At(line.unit, True, line, lag)


def sum_over_years(line: Line) -> Expression:
    """The sum of a yearly row."""
    return _over_years("SUM", line)


def highest(line: Line) -> Expression:
    """The largest value of a yearly row."""
    return _over_years("MAX", line)


def lowest(line: Line) -> Expression:
    """The smallest value of a yearly row."""
    return _over_years("MIN", line)


def last(line: Line) -> Expression:
    """The last year's value of a yearly row."""
    return _over_years("LAST", line)


def _over_years(how: Literal["SUM", "MAX", "MIN", "LAST"], line: Line) -> Expression:
    _yearly(line, how.lower())
    return OverYears(line.unit, False, how, line)


def _yearly(line: Line, what: str) -> None:
    if not line.yearly:
        raise KernelError(f"{what} needs a yearly line; {line.name} has no years")


def sum_lines(lines: Sequence[Line]) -> Expression:
    """The sum of several lines of one unit; of none, 0."""
    if not lines:
        return ZERO
    for line in lines:
        if line.unit != lines[0].unit:
            raise KernelError(f"sum of {lines[0].name} and {line.name}: units differ: {lines[0].unit} and {line.unit}")
        if line.yearly != lines[0].yearly:
            raise KernelError(f"sum of {lines[0].name} and {line.name}: one has years and the other has not")
    return SumLines(lines[0].unit, lines[0].yearly, tuple(lines))


def first_filled(cell: Cell, default: Expression | str) -> Expression:
    """The cell, or `default` where it is blank."""
    other = Words(TEXT, False, default) if isinstance(default, str) else default
    if other.unit is not None and other.unit != cell.unit:
        raise KernelError(f"{cell.ref} is in {cell.unit} and its default in {other.unit}")
    return FirstFilled(cell.unit, other.yearly, cell, other)


def number_or_zero(cell: Cell) -> Expression:
    """The cell if it holds a number, 0 if it holds a name."""
    return NumberOrZero(PURE, False, cell)


def is_text(subject: Expression, word: str | Expression) -> Expression:
    """A condition: the subject says this word, or the same as another text."""
    for text in (subject, word):
        if isinstance(text, Expression) and text.unit != TEXT:
            raise KernelError(f"{described(text)} is not text: it is in {text.unit}")
    return IsText(TRUTH, subject.yearly, subject, word)


def sentence(*parts: str | tuple[Line, str]) -> Expression:
    """Live text: words, numbers shown in one of the formats of `sroi.sheet.shown`, and other texts (format `@`)."""
    for part in parts:
        if isinstance(part, str):
            continue
        line, form = part
        fits = line.unit == TEXT if form == "@" else line.unit is not None and line.unit.numeric
        if line.yearly or not fits:
            raise KernelError(f"{line.name} is not one number to put in a sentence")
    return Sentence(TEXT, False, parts)


def choose_text(condition: Expression, if_so: Expression | str, if_not: Expression | str) -> Expression:
    """One text where the condition holds, else another; the condition is read at the central case."""
    if condition.unit != TRUTH or condition.yearly:
        raise KernelError("a choice of texts needs one condition")
    texts = [sentence(text) if isinstance(text, str) else text for text in (if_so, if_not)]
    for text in texts:
        if text.unit != TEXT:
            raise KernelError(f"{described(text)} is not text: it is in {text.unit}")
    return ChooseText(TEXT, False, condition, *texts)


def lookup(table: Table, column: str, key_column: str, key: Expression) -> Expression:
    """The `column` of the row whose `key_column` equals the text `key`."""
    if key.unit != TEXT:
        raise KernelError(f"{table.name} is looked up by text; {described(key)} is in {key.unit}")
    return Lookup(table.units[column], key.yearly, table, column, key_column, key)


def sum_where(table: Table, column: str, *conditions: Condition, unit: Unit | None = None) -> Expression:
    """The sum of a column over the rows that meet the conditions; 0 where none does.

    `unit` says what the numbers found are in where that depends on the row, as price indices do.
    """
    for condition in conditions:
        blanks = any(held is None for held in table.columns[condition.column])
        if blanks and condition.than.unit != TEXT and not condition.or_blank:
            raise KernelError(f"{table.name}.{condition.column} has blanks, which a sheet takes for 0: say or_blank")
    yearly = any(condition.than.yearly for condition in conditions)
    return SumWhere(unit or table.units[column], yearly, table, column, conditions)


def profile(ref: str, values: Mapping[int, float], calendar: Expression, unit: Unit) -> Expression:
    """The profile's value for the calendar year; 0 in years it leaves out."""
    return Profile(unit, True, ref, tuple(sorted(values.items())), calendar)
