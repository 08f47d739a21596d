"""The small functions that make nodes, each checking units and shape where it is called.

A node has a unit, and is *yearly* where it has a number for each year. Where a function says nothing else, its result
is yearly if one of its operands is, and every draw is computed by itself. What a function asks for and does not get is
a `KernelError`: a line declared wrongly is a bug of ours.

>>> from sroi.sheet import Cell, Model, Unit
>>> model = Model(years=2)
>>> people = model.line("people", "People", Unit.of("people"), Cell("groups.a.referrals", 40.0, Unit.of("people")))
>>> at(people, people)
Traceback (most recent call last):
    ...
sroi.errors.KernelError: at needs a yearly line; people has no years
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from sroi.errors import KernelError
from sroi.sheet import operators as op
from sroi.sheet.expressions import (
    YEARS,
    ZERO,
    At,
    Cell,
    ChooseText,
    Condition,
    CountOutside,
    CountWhere,
    Expression,
    FirstFilled,
    Irr,
    IsNumber,
    IsText,
    Lookup,
    Next,
    NumberOrZero,
    OverYears,
    Previous,
    Profile,
    Sentence,
    SumLines,
    SumWhere,
    Table,
    ValueAt,
    Words,
    described,
    operation,
)
from sroi.sheet.units import PURE, TEXT, TRUTH, Unit

if TYPE_CHECKING:
    from sroi.sheet.lines import Line


def smallest(*operands: Expression) -> Expression:
    """The least of the operands, year by year: `MIN`. They share one unit, which is the result's; 0 has any."""
    return operation(op.MINIMUM, *operands)


def largest(*operands: Expression) -> Expression:
    """The greatest of the operands, year by year: `MAX`. They share one unit, which is the result's; 0 has any."""
    return operation(op.MAXIMUM, *operands)


def absolute(operand: Expression) -> Expression:
    """The size, without its sign: `ABS`, in the operand's unit."""
    return operation(op.ABSOLUTE, operand)


def truncate(operand: Expression) -> Expression:
    """The whole part, towards zero: `ROUNDDOWN(x, 0)`, never `INT`; in the operand's unit."""
    return operation(op.TRUNCATE, operand)


def away_from_zero(operand: Expression) -> Expression:
    """The next whole number away from zero, a whole number itself: `ROUNDUP(x, 0)`, in the operand's unit."""
    return operation(op.AWAY, operand)


def power(base: Expression, exponent: Expression) -> Expression:
    """`base ^ exponent`. The base is a pure number and so is the result; the exponent is a pure number or years."""
    return operation(op.POWER, base, exponent)


def all_of(*conditions: Expression) -> Expression:
    """True where every condition is: `AND`."""
    return operation(op.AND, *conditions)


def choose(condition: Expression, if_so: Expression, if_not: Expression) -> Expression:
    """`if_so` where the condition holds, else `if_not`, of one unit. Choices are not nested (workbook, rule 3)."""
    return operation(op.CHOOSE, condition, if_so, if_not)


def previous(line: Line | None = None, *, unit: Unit | None = None) -> Expression:
    """A line's value in the year before, in its unit; without a line, of the line being declared, whose unit is given.

    Before the first year that is the line's opening value, 0 unless it has one. Raises `KernelError` where the line has
    no years, or neither line nor unit is given.
    """
    if line is not None:
        _yearly(line, "previous")
        return Previous(line.unit, True, line)
    if unit is None:
        raise KernelError("previous() of the line being declared needs its unit")
    return Previous(unit, True, None)


def following(line: Line) -> Expression:
    """A line's value in the year after, in its unit; 0 after the last year. The line has years, else `KernelError`."""
    _yearly(line, "following")
    return Next(line.unit, True, line)


def at(line: Line, lag: Expression) -> Expression:
    """A line's value `lag` years ago, in its unit: 0 is the year itself, and before the first year stands the opening.

    `lag` is live and may differ by draw (architecture, rule 3). Raises `KernelError` where the line has no years or the
    lag is not in years.
    """
    _yearly(line, "at")
    if lag.unit != YEARS:
        raise KernelError(f"a lag is in years; found {lag.unit}")
    return At(line.unit, True, line, lag)


def sum_over_years(line: Line) -> Expression:
    """The sum of a yearly row, one number in its unit. A line without years raises `KernelError`."""
    return _over_years("SUM", line)


def highest(line: Line) -> Expression:
    """The largest value of a yearly row, one number in its unit. A line without years raises `KernelError`."""
    return _over_years("MAX", line)


def lowest(line: Line) -> Expression:
    """The smallest value of a yearly row, one number in its unit. A line without years raises `KernelError`."""
    return _over_years("MIN", line)


def first(line: Line) -> Expression:
    """The first year's value of a yearly row, one number in its unit. A line without years raises `KernelError`."""
    return _over_years("FIRST", line)


def last(line: Line) -> Expression:
    """The last year's value of a yearly row, one number in its unit. A line without years raises `KernelError`."""
    return _over_years("LAST", line)


def value_at(line: Line, rate: Expression) -> Expression:
    """What a yearly row is worth at a rate, its opening value at 0: `Σ row[t] / (1 + rate)^t`, one number in its unit.

    Raises `KernelError` where the line has no years, or the rate is not one pure number.
    """
    _yearly(line, "value_at")
    _one_rate("value_at", rate)
    return ValueAt(line.unit, False, line, rate)


def internal_rate(line: Line, guess: Expression) -> Expression:
    """The rate nearest the guess at which a yearly row, its opening value at 0, is worth nothing: one pure number.

    Raises `KernelError` where the line has no years, or the guess is not one pure number.
    """
    _yearly(line, "internal_rate")
    _one_rate("internal_rate", guess)
    return Irr(PURE, False, line, guess)


def _one_rate(what: str, rate: Expression) -> None:
    if rate.yearly or rate.unit not in (PURE, op.NO_UNIT):
        raise KernelError(f"{what} needs one rate, a pure number; found {described(rate)}")


def _over_years(how: Literal["SUM", "MAX", "MIN", "FIRST", "LAST"], line: Line) -> Expression:
    _yearly(line, how.lower())
    return OverYears(line.unit, False, how, line)


def _yearly(line: Line, what: str) -> None:
    if not line.yearly:
        raise KernelError(f"{what} needs a yearly line; {line.name} has no years")


def sum_lines(lines: Sequence[Line]) -> Expression:
    """The sum of several lines, in their unit; of none, 0.

    Raises `KernelError` naming the two lines where units differ, or where one has years and the other has not.
    """
    if not lines:
        return ZERO
    for line in lines:
        if line.unit != lines[0].unit:
            raise KernelError(f"sum of {lines[0].name} and {line.name}: units differ: {lines[0].unit} and {line.unit}")
        if line.yearly != lines[0].yearly:
            raise KernelError(f"sum of {lines[0].name} and {line.name}: one has years and the other has not")
    return SumLines(lines[0].unit, lines[0].yearly, tuple(lines))


def first_filled(cell: Cell, default: Expression | str) -> Expression:
    """The cell, or `default` where it is blank, in the cell's unit; yearly where the default is.

    Raises `KernelError` where the default is in another unit.
    """
    other = Words(TEXT, False, default) if isinstance(default, str) else default
    if other.unit is not None and other.unit != cell.unit:
        raise KernelError(f"{cell.ref} is in {cell.unit} and its default in {other.unit}")
    return FirstFilled(cell.unit, other.yearly, cell, other)


def number_or_zero(cell: Cell) -> Expression:
    """The cell if it holds a number, 0 if it holds a name: one pure number."""
    return NumberOrZero(PURE, False, cell)


def is_text(subject: Expression, word: str | Expression) -> Expression:
    """A condition: the subject says this word, or the same as another text; capitals and small letters are alike.

    Raises `KernelError` where either is not text.
    """
    for text in (subject, word):
        if isinstance(text, Expression) and text.unit != TEXT:
            raise KernelError(f"{described(text)} is not text: it is in {text.unit}")
    return IsText(TRUTH, subject.yearly, subject, word)


def sentence(*parts: str | tuple[Line, str]) -> Expression:
    """Live text: words, numbers shown in one of the formats of `sroi.sheet.shown`, and other texts (format `@`).

    Numbers are those of the central case. Raises `KernelError` where a line has years, or is no number, or no text.
    """
    for part in parts:
        if isinstance(part, str):
            continue
        line, form = part
        fits = line.unit == TEXT if form == "@" else line.unit is not None and line.unit.numeric
        if line.yearly or not fits:
            raise KernelError(f"{line.name} is not one number to put in a sentence")
    return Sentence(TEXT, False, parts)


def choose_text(condition: Expression, if_so: Expression | str, if_not: Expression | str) -> Expression:
    """One text where the condition holds, else another; the condition is read at the central case.

    Raises `KernelError` where the condition has years or is none, or a text is not text.
    """
    if condition.unit != TRUTH or condition.yearly:
        raise KernelError("a choice of texts needs one condition")
    texts = [sentence(text) if isinstance(text, str) else text for text in (if_so, if_not)]
    for text in texts:
        if text.unit != TEXT:
            raise KernelError(f"{described(text)} is not text: it is in {text.unit}")
    return ChooseText(TEXT, False, condition, *texts)


def lookup(table: Table, column: str, key_column: str, key: Expression) -> Expression:
    """The `column` of the row whose `key_column` equals the text `key`, in the column's unit.

    Raises `KernelError` where the key is not text, and when it is evaluated where no row has it: Excel shows `#N/A`.
    """
    if key.unit != TEXT:
        raise KernelError(f"{table.name} is looked up by text; {described(key)} is in {key.unit}")
    return Lookup(table.units[column], key.yearly, table, column, key_column, key)


def sum_where(table: Table, column: str, *conditions: Condition, unit: Unit | None = None) -> Expression:
    """The sum of a column over the rows that meet the conditions; 0 where none does.

    `unit` says what the numbers found are in where that depends on the row, as price indices do; else it is the
    column's. Yearly where a condition is. Raises `KernelError` where a condition is on numbers of which some are blank,
    and does not say what a blank means.
    """
    for condition in conditions:
        blanks = any(held is None for held in table.columns[condition.column])
        if blanks and condition.than.unit != TEXT and not condition.or_blank:
            raise KernelError(f"{table.name}.{condition.column} has blanks, which a sheet takes for 0: say or_blank")
    yearly = any(condition.than.yearly for condition in conditions)
    return SumWhere(unit or table.units[column], yearly, table, column, conditions)


def count_where(table: Table, *conditions: Condition) -> Expression:
    """How many rows meet the conditions: a pure number, yearly where a condition is."""
    yearly = any(condition.than.yearly for condition in conditions)
    return CountWhere(PURE, yearly, table, conditions)


def count_outside(table: Table, column: str) -> Expression:
    """How many cells of a column of shares are no share, 0 to 1: one pure number. A blank is no fault."""
    return CountOutside(PURE, False, table, column)


def is_number(cell: Cell | Line) -> Expression:
    """A condition: the cell holds a number, or the line has one. A line with years raises `KernelError`."""
    if cell.yearly:
        raise KernelError(f"is_number needs one cell; {described(cell)} has years")
    return IsNumber(TRUTH, False, cell)


def profile(ref: str, values: Mapping[int, float], calendar: Expression, unit: Unit) -> Expression:
    """The profile's value for the calendar year, in `unit` by year; 0 in years it leaves out.

    `ref` is the field that has the profile, and `calendar` the yearly line of calendar years.
    """
    return Profile(unit, True, ref, tuple(sorted(values.items())), calendar)
