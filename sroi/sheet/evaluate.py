"""The plain evaluator: every line in order, arrays of shape `(year, draw)` (architecture, rule 7).

A line without years has one row, a line that depends on no uncertain input has one column, and NumPy's
broadcasting does the rest, so nothing certain is computed twice. A line that looks at its own year before is
walked year by year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from sroi.errors import KernelError
from sroi.sheet import expressions as ex
from sroi.sheet.lines import Line, Model
from sroi.sheet.rates import rate_near, value_at
from sroi.sheet.shown import shown
from sroi.sheet.units import TEXT

Array = NDArray[np.float64]
Value = Array | str | NDArray[np.bool_]
LITERALS = {0: np.zeros((1, 1)), 1: np.ones((1, 1))}
"""The numbers that a formula may hold."""
for _literal in LITERALS.values():
    _literal.flags.writeable = False


@dataclass(frozen=True)
class Evaluation:
    """What every line came to: `values` holds arrays `(year or 1, draw or 1)`, or a text."""

    years: int
    values: Mapping[str, Value]
    openings: Mapping[str, Array]

    def array(self, name: str) -> Array:
        """A line's numbers, `(year or 1, draw or 1)`."""
        value = self.values[name]
        if isinstance(value, str):
            raise KernelError(f"{name} is text")
        return np.asarray(value, dtype=np.float64)

    def row(self, name: str) -> Array:
        """A line's central numbers by year, `(year,)`: of the first draw."""
        return np.broadcast_to(self.array(name)[:, :1], (self.years, 1))[:, 0]

    def number(self, name: str) -> float:
        """The central number of a line without years."""
        array = self.array(name)
        if array.shape[0] != 1:
            raise KernelError(f"{name} has a number for each year")
        return float(array[0, 0])

    def text(self, name: str) -> str:
        """A line's text."""
        value = self.values[name]
        if not isinstance(value, str):
            raise KernelError(f"{name} is a number")
        return value


def evaluate(
    model: Model, inputs: Mapping[str, Array | float] | None = None, keep: Iterable[str] | None = None
) -> Evaluation:
    """Evaluates every line of the model; with `keep`, those lines and what they rest on alone.

    `inputs` replaces input cells by ref, each a number or an array of one value per draw. Raises `KernelError` if
    a line comes to something that is not a finite number and does not say where it may be not applicable.
    """
    return PlainRun(model, inputs or {}).run(keep)


class PlainRun:
    """One evaluation under way: `values` and `openings` fill up line by line."""

    def __init__(self, model: Model, inputs: Mapping[str, Array | float]) -> None:
        self.model = model
        self.inputs: dict[str, Array] = {
            ref: np.atleast_2d(np.asarray(value, dtype=np.float64)) for ref, value in inputs.items()
        }
        self.values: dict[str, Value] = {}
        self.openings: dict[str, Array] = {}

    def run(self, keep: Iterable[str] | None = None) -> Evaluation:
        """Every line of the model, or those kept and what they rest on."""
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            for line in self.model.lines.values() if keep is None else self.model.resting_on(keep):
                self.step(line)
        return Evaluation(self.model.years, self.values, self.openings)

    def step(self, line: Line) -> None:
        """Evaluates one line; those that it reads must have been."""
        opening = line.opening if line.opening is not None else ex.ZERO
        self.openings[line.name] = self._number(self.of(opening, None))
        self.take(line, self._recursive(line) if line.recursive else self.of(line.formula, None))

    def take(self, line: Line, value: Value) -> None:
        """Sets what a line comes to."""
        self.values[line.name] = value if isinstance(value, str) else self._shaped(line, self._number(value))
        self._check(line)

    def _shaped(self, line: Line, value: Array) -> Array:
        """A yearly line always has all its years, so that later lines may index them."""
        if line.yearly and value.shape[0] != self.model.years:
            return np.ascontiguousarray(np.broadcast_to(value, (self.model.years, value.shape[1])))
        return value

    def _check(self, line: Line) -> None:
        value = self.values[line.name]
        if isinstance(value, str):
            return
        if value.size == 1 and isfinite(value.item()):  # most are, and NumPy is slow to say so
            return
        bad = np.isinf(value) if line.may_be_absent else ~np.isfinite(value)
        if bad.any():
            year = int(np.argwhere(bad)[0][0]) + 1
            raise KernelError(f"{line.name} is not a finite number in year {year}")

    def _recursive(self, line: Line) -> Array:
        years = self.model.years
        rows: list[Array] = []
        before = self.openings[line.name]
        for year in range(years):
            self.before = before
            before = self._number(self.of(line.formula, year))
            rows.append(before)
        width = max(row.shape[1] for row in rows)
        return np.concatenate([np.broadcast_to(row, (1, width)) for row in rows])

    @staticmethod
    def _number(value: Value) -> Array:
        if isinstance(value, str):
            raise KernelError(f"a number is wanted; found the text {value!r}")
        if value.ndim == 2 and value.dtype == np.float64:
            return np.asarray(value, dtype=np.float64)
        return np.atleast_2d(np.asarray(value, dtype=np.float64))

    def of(self, node: ex.Expression, year: int | None) -> Value:  # noqa: C901 one case per kind of node
        """The node's value: for all years where `year` is `None`, else the one row of that year."""
        match node:
            case Line():
                return self._pick(self.values[node.name], node, year)
            case ex.Number(value=value):
                return LITERALS[value]
            case ex.YearNumber():
                numbers = np.arange(1.0, self.model.years + 1)[:, None]
                return numbers if year is None else numbers[year : year + 1]
            case ex.Absent():
                return np.full((1, 1), np.nan)
            case ex.Words(value=word):
                return word
            case ex.Cell():
                return self._cell(node)
            case ex.Operation():
                result: Array = np.asarray(node.operator.numpy(*(self.of(operand, year) for operand in node.operands)))
                return result
            case ex.Previous():
                return self._previous(node, year)
            case ex.Next(line=line):
                return self._next(line, year)
            case ex.ValueAt(line=line, rate=rate):
                return value_at(self._with_opening(line), self._number(self.of(rate, None)))
            case ex.Irr(line=line, guess=guess):
                return rate_near(self._with_opening(line), self._number(self.of(guess, None)))
            case ex.At():
                return self._at(node, year)
            case ex.OverYears():
                return self._over_years(node)
            case ex.SumLines(lines=lines):
                total = self._number(self.of(lines[0], year))
                for line in lines[1:]:
                    total = total + self._number(self.of(line, year))
                return total
            case ex.FirstFilled():
                blank = node.cell.value is None and node.cell.ref not in self.inputs
                return self.of(node.default if blank else node.cell, year)
            case ex.NumberOrZero(cell=cell):
                held = cell.value if isinstance(cell.value, float) else 0.0
                return self.inputs[cell.ref] if cell.ref in self.inputs else np.full((1, 1), held)
            case ex.IsText(subject=subject, word=other):
                said = self.of(subject, year)
                asked = other if isinstance(other, str) else self.of(other, year)
                same = isinstance(said, str) and isinstance(asked, str) and said.lower() == asked.lower()
                return np.full((1, 1), same)
            case ex.Sentence(parts=parts):
                return "".join(p if isinstance(p, str) else self._shown(*p) for p in parts)
            case ex.ChooseText():
                holds = bool(np.atleast_2d(self.of(node.condition, year))[0, 0])
                return self.of(node.if_so if holds else node.if_not, year)
            case ex.Lookup():
                return self._lookup(node, year)
            case ex.SumWhere():
                return self._sum_where(node, year)
            case ex.CountWhere(table=table, conditions=conditions):
                return self._count_where(table, conditions, year)
            case ex.CountOutside(table=table, column=column):
                cells = [value for value in table.columns[column] if value is not None]
                return np.full((1, 1), float(sum(isinstance(v, str) or not 0 <= v <= 1 for v in cells)))
            case ex.IsNumber(cell=cell):
                if isinstance(cell, Line):
                    return ~np.isnan(self._number(self.values[cell.name]))
                return np.full((1, 1), cell.ref in self.inputs or isinstance(cell.value, float))
            case ex.Profile():
                return self._profile(node, year)
        raise KernelError(f"{type(node).__name__} cannot be evaluated")

    def _shown(self, line: Line, form: str) -> str:
        value = self.values[line.name]
        return value if isinstance(value, str) else shown(float(self._number(value)[0, 0]), form)

    @staticmethod
    def _pick(value: Value, line: Line, year: int | None) -> Value:
        if year is None or isinstance(value, str) or not line.yearly:
            return value
        return value[year : year + 1]

    def _cell(self, cell: ex.Cell) -> Value:
        if cell.ref in self.inputs:
            return self.inputs[cell.ref]
        if cell.unit == TEXT:
            return "" if cell.value is None else f"{cell.value:.15g}" if isinstance(cell.value, float) else cell.value
        return np.full((1, 1), 0.0 if cell.value is None else float(cell.value))

    def _previous(self, node: ex.Previous, year: int | None) -> Value:
        if node.line is None:
            return self.before
        whole, opening = self._number(self.values[node.line.name]), self.openings[node.line.name]
        if year is not None:
            return opening if year == 0 else whole[year - 1 : year]
        return self._with_opening(node.line)[:-1]

    def _next(self, line: Line, year: int | None) -> Array:
        """The cell to the right, blank after the last year."""
        whole = self._number(self.values[line.name])
        after = np.concatenate([whole[1:], np.zeros((1, whole.shape[1]))])
        return after if year is None else after[year : year + 1]

    def _with_opening(self, line: Line) -> Array:
        """The opening value and then the years: what stands in the row, left to right."""
        whole, opening = self._number(self.values[line.name]), self.openings[line.name]
        width = max(whole.shape[1], opening.shape[1])
        return np.concatenate([np.broadcast_to(opening, (1, width)), np.broadcast_to(whole, (len(whole), width))])

    def _at(self, node: ex.At, year: int | None) -> Value:
        """`INDEX(opening:last, 1+MAX(0, year number - lag))`: position 0 is the opening value."""
        held = self._with_opening(node.line)
        lag = self._number(self.of(node.lag, year))
        numbers = np.arange(1, self.model.years + 1)[:, None] if year is None else np.full((1, 1), year + 1)
        position = np.maximum(0, np.trunc(numbers - lag).astype(np.int64))
        width = max(held.shape[1], position.shape[1])
        held = np.broadcast_to(held, (len(held), width))
        return np.take_along_axis(held, np.broadcast_to(position, (len(position), width)), axis=0)

    def _over_years(self, node: ex.OverYears) -> Array:
        whole = self._number(self.values[node.line.name])
        match node.how:
            case "SUM":
                total = whole[:1]
                for row in range(1, len(whole)):
                    total = total + whole[row : row + 1]
                return total
            case "MAX":
                return np.asarray(whole.max(axis=0, keepdims=True))
            case "MIN":
                return np.asarray(whole.min(axis=0, keepdims=True))
            case "FIRST":
                return whole[:1]
            case "LAST":
                return whole[-1:]

    def _lookup(self, node: ex.Lookup, year: int | None) -> Value:
        key = self.of(node.key, year)
        keys = [str(held).lower() for held in node.table.columns[node.key_column]]
        if not isinstance(key, str) or key.lower() not in keys:
            raise KernelError(f"{node.table.name} holds no {node.key_column} {key!r}")
        found = node.table.columns[node.column][keys.index(key.lower())]
        return found if isinstance(found, str) else np.full((1, 1), float(found or 0.0))

    def _sum_where(self, node: ex.SumWhere, year: int | None) -> Array:
        columns = node.table.columns
        thans = [self.of(condition.than, year) for condition in node.conditions]
        total = np.zeros((1, 1))
        for row in range(len(next(iter(columns.values())))):
            counts: bool | NDArray[np.bool_] = True
            for condition, than in zip(node.conditions, thans, strict=True):
                counts = counts & _meets(columns[condition.column][row], condition, than)
                if counts is False or (counts is not True and not counts.any()):  # as most rows: another schedule
                    break
            else:
                total = total + np.where(counts, self._summed(node, row), 0.0)
        return total

    def _summed(self, node: ex.SumWhere, row: int) -> Array | float:
        """What a row of the table adds: a line's number, or an input."""
        if node.column in node.table.lines:
            return self._number(self.values[node.table.lines[node.column][row].name])
        return float(node.table.columns[node.column][row] or 0.0)

    def _count_where(self, table: ex.Table, conditions: tuple[ex.Condition, ...], year: int | None) -> Array:
        thans = [self.of(condition.than, year) for condition in conditions]
        total = np.zeros((1, 1))
        for row in range(len(next(iter(table.columns.values())))):
            counts: bool | NDArray[np.bool_] = True
            for condition, than in zip(conditions, thans, strict=True):
                counts = counts & _meets(table.columns[condition.column][row], condition, than)
            total = total + counts
        return total

    def _profile(self, node: ex.Profile, year: int | None) -> Array:
        calendar = np.rint(self._number(self.of(node.calendar, year)))
        total = np.zeros_like(calendar)
        for held, value in node.values:
            total = total + np.where(calendar == held, value, 0.0)
        factor = self.inputs.get(node.ref)
        return total if factor is None else total * factor


def _meets(held: ex.Scalar, condition: ex.Condition, than: Value) -> bool | NDArray[np.bool_]:
    if held is None or held == "":
        return condition.or_blank
    if isinstance(held, str) or isinstance(than, str):
        same = isinstance(held, str) and isinstance(than, str) and held.lower() == than.lower()
        return condition.sign == "=" and same
    numbers = np.asarray(than, dtype=np.float64)
    match condition.sign:
        case "=":
            return np.asarray(numbers == held)
        case "<=":
            return np.asarray(held <= numbers)
        case ">=":
            return np.asarray(held >= numbers)
