"""The compiled evaluator: a model's lines as a flat list of steps over fixed buffers, with the bits of the plain one
(architecture, rule 7).

A case compiles once for all draws. What no draw changes is computed by the plain evaluator and kept as numbers; lines
that nothing asked for are left out; equal expressions are one slot; operations that change no bit vanish
(`sroi.sheet.folding`). The rest are steps (`sroi.sheet.steps`), which a program runs for one chunk of draws after
another (`sroi.sheet.program`).

>>> import numpy as np
>>> from sroi.sheet import Cell, Model, ONE, PURE, previous
>>> model = Model(years=3)
>>> rate = model.line("rate", "Discount rate", PURE, Cell("settings.discount", 0.25, PURE))
>>> factor = model.line("factor", "Discount factor", PURE, previous(unit=PURE) / (ONE + rate), opening=ONE)
>>> program = compiled(model, ["settings.discount"], ["factor"])
>>> program.of_width(2).run({"settings.discount": np.array([0.25, 1.0])}).array("factor").tolist()
[[0.8, 0.5], [0.64, 0.25], [0.512, 0.125]]
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

import numpy as np

from sroi.errors import KernelError
from sroi.sheet import expressions as ex
from sroi.sheet import operators as op
from sroi.sheet.evaluate import PlainRun
from sroi.sheet.folding import Known, Operand, Slot, folded
from sroi.sheet.gather import years_ago, years_ago_of_begun
from sroi.sheet.lines import Line, Model, walk
from sroi.sheet.program import Program
from sroi.sheet.steps import Choice, Computed, Elementwise, Moved, Recursion, Reduced, Row, Step
from sroi.sheet.unrolling import UFUNCS, Unrolled, Unrolling

EITHER_WAY = frozenset(o.name for o in (op.ADD, op.MULTIPLY, op.MINIMUM, op.MAXIMUM, op.EQUAL, op.AND))
"""Those that do not ask which operand comes first."""
TRUTHS = frozenset(o.name for o in (op.LESS, op.AT_MOST, op.EQUAL, op.AND))


def compiled(model: Model, varying: Collection[str], keep: Sequence[str]) -> Program:
    """Compiles what the lines `keep` need, with an input for each ref of `varying`.

    Raises `KernelError` for a line that is not there, or one that would be text for each draw.
    """
    return _Compiler(model, frozenset(varying), tuple(keep)).program()


class _Compiler:
    def __init__(self, model: Model, varying: frozenset[str], keep: tuple[str, ...]) -> None:
        self.model = model
        self.keep = keep
        self.plain = PlainRun(model, {})
        self.inputs = {ref: Slot(number, 1) for number, ref in enumerate(sorted(varying))}
        self.slots = len(self.inputs)
        self.lines: dict[str, Operand] = {}
        """Lines that draws change."""
        self.openings: dict[str, Operand] = {}
        self.steps: list[Step] = []
        self.shared: dict[object, Slot] = {}
        self.begun: dict[object, tuple[Operand, Operand, Operand]] = {}
        """By slot: rows that are the same every year once they have begun, each with its opening value and its lag."""
        self.unrolled: dict[object, Unrolled] = {}
        """Recursive rows of one form, such as those of alike outcomes, unrolled once for all."""

    def program(self) -> Program:
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            for line in self.model.resting_on(self.keep):
                self._line(line)
        kept = {name: self.lines.get(name) or Known(self.plain.values[name]) for name in self.keep}
        absent = frozenset(name for name in self.keep if self.model[name].may_be_absent)
        yearly = frozenset(name for name in self.keep if self.model[name].yearly)
        return Program(self.model.years, self.inputs, tuple(self.steps), kept, absent, yearly, self.slots)

    def _line(self, line: Line) -> None:
        if not any(self._varies(node) for node in line.nodes):
            self.plain.step(line)
            return
        opening = self.of(line.opening if line.opening is not None else ex.ZERO)
        value = self._recursive(line, opening) if line.recursive else self.of(line.formula)
        self.openings[line.name] = opening
        if isinstance(value, Known) and isinstance(opening, Known):
            self.plain.openings[line.name] = np.asarray(opening.value)
            self.plain.take(line, value.value)
        else:
            self.lines[line.name] = value

    def _varies(self, node: ex.Expression) -> bool:
        """Whether this node itself reads something that draws change."""
        if isinstance(node, ex.Cell | ex.Profile):
            return node.ref in self.inputs
        return isinstance(node, Line) and node.name in self.lines

    def of(self, node: ex.Expression) -> Operand:
        """The node's value, steps added for what must be computed for each draw."""
        match node:
            case Line():
                return self.lines.get(node.name) or Known(self.plain.values[node.name])
            case ex.Cell() if node.ref in self.inputs:
                return self.inputs[node.ref]
            case ex.Operation(operator=operator, operands=operands):
                return self.operated(operator, [self.of(operand) for operand in operands])
            case ex.SumLines(lines=lines):
                total = self.of(lines[0])
                for line in lines[1:]:
                    total = self.operated(op.ADD, [total, self.of(line)])
                return total
            case _ if not any(self._varies(part) for part in walk(node)):
                return Known(self.plain.of(node, None))
            case ex.Previous() | ex.Next() | ex.At() | ex.OverYears():
                return self._of_row(node)
            case _:
                return self._of_cell(node)

    def _of_cell(self, node: ex.Expression) -> Operand:
        """What reads an input in a manner of its own; else whatever the plain evaluator makes of it."""
        match node:
            case ex.NumberOrZero(cell=cell):
                return self.inputs[cell.ref]
            case ex.FirstFilled(cell=cell, default=default):
                blank = cell.value is None and cell.ref not in self.inputs
                return self.of(default if blank else cell)
            case ex.IsNumber(cell=ex.Cell()):
                return Known(np.ones((1, 1), dtype=bool))
            case ex.Profile(ref=ref, calendar=calendar) if isinstance(self.of(calendar), Known):
                return self.operated(op.MULTIPLY, [Known(self.plain.of(node, None)), self.inputs[ref]])
            case _:
                return self._computed(node)

    def _of_row(self, node: ex.Previous | ex.Next | ex.At | ex.OverYears) -> Operand:
        """What looks along a row."""
        match node:
            case ex.At(line=line, lag=lag):
                return self._at(line, self.of(lag))
            case ex.OverYears(how=how, line=line):
                return self._over_years(how, self.of(line))
            case ex.Next(line=line):
                return self._moved(line, -1)
            case ex.Previous(line=Line() as line):
                return self._moved(line, 1)
        raise KernelError("only a recursive line looks at its own year before")

    def operated(self, operator: op.Operator, operands: Sequence[Operand]) -> Operand:
        """An operation on slots: folded, shared, or a step of its own; of several operands, two by two."""
        if all(isinstance(operand, Known) for operand in operands):
            return Known(operator.numpy(*(operand.value for operand in operands if isinstance(operand, Known))))
        simpler = folded(operator, operands)
        if simpler is not None:
            return simpler
        if operator.name in UFUNCS and len(operands) > 2:
            return self.operated(operator, [self.operated(operator, operands[:-1]), operands[-1]])
        if operator.name in UFUNCS and operator.arity is None and len(operands) == 1:
            return operands[0]
        keys = tuple(operand.key for operand in operands)
        if operator.name in EITHER_WAY:
            keys = tuple(sorted(keys, key=repr))
        rows = max(operand.rows for operand in operands)
        absent = operator is op.DIVIDE or any(operand.absent for operand in operands)

        def step(out: Slot) -> Step:
            if operator.name in UFUNCS:
                return Elementwise(tuple(operands), out, UFUNCS[operator.name])
            if operator is op.CHOOSE:
                return Choice(tuple(operands), out)
            return Computed(tuple(operands), out, operator.numpy)

        return self._made((operator.name, *keys), rows, step, truth=operator.name in TRUTHS, absent=absent)

    def _made(
        self, key: object, rows: int, step: Callable[[Slot], Step], *, truth: bool = False, absent: bool = False
    ) -> Slot:
        """The slot of an expression, with the step that makes it where it is new."""
        if key not in self.shared:
            out = self.new(rows, truth=truth, absent=absent)
            self.shared[key] = out
            self.steps.append(step(out))
        return self.shared[key]

    def new(self, rows: int, *, truth: bool = False, absent: bool = False) -> Slot:
        """A slot of its own."""
        self.slots += 1
        return Slot(self.slots - 1, rows, truth, absent)

    def _row(self, line: Line) -> tuple[Operand, Operand]:
        """A line and its opening value."""
        opening = self.openings.get(line.name) or Known(self.plain.openings[line.name])
        return self.of(line), opening

    def _moved(self, line: Line, by: int) -> Operand:
        row, opening = self._row(line)
        years = self.model.years
        if by == 0:
            return row
        if by >= years:
            return opening
        absent = row.absent or opening.absent
        return self._made(
            ("moved", by, row.key, opening.key), years, lambda out: Moved((row, opening), out, by), absent=absent
        )

    def _at(self, line: Line, lag: Operand) -> Operand:
        """`INDEX(opening:last, 1+MAX(0, year number - lag))`."""
        if isinstance(lag, Known) and lag.rows == 1:
            years = float(np.asarray(lag.value, dtype=np.float64)[0, 0])
            if years >= 0 and years == int(years):
                return self._moved(line, int(years))
        row, opening = self._row(line)
        key = ("years ago", row.key, opening.key, lag.key)
        operands: tuple[Operand, ...] = (row, opening, lag)
        function: Callable[..., None] = years_ago
        base = self.begun.get(row.key)
        if base is not None and base[1].key == opening.key and lag.rows == 1:
            operands, function = (*base, lag), years_ago_of_begun
        absent = row.absent or opening.absent
        made = self._made(
            key, self.model.years, lambda out: Computed(operands, out, function, into=True), absent=absent
        )
        if row.rows == 1 and lag.rows == 1:
            self.begun[made.key] = (row, opening, lag)
        return made

    def _over_years(self, how: str, row: Operand) -> Operand:
        years = self.model.years
        if how in ("FIRST", "LAST"):
            year = 0 if how == "FIRST" else years - 1
            if row.rows == 1:
                return row
            return self._made((how, row.key), 1, lambda out: Row((row,), out, year), absent=row.absent)
        if row.rows == 1 and how != "SUM":
            return row
        ufunc = {"SUM": np.add, "MAX": np.maximum, "MIN": np.minimum}[how]
        return self._made((how, row.key), 1, lambda out: Reduced((row,), out, ufunc, years), absent=row.absent)

    def _computed(self, node: ex.Expression) -> Operand:
        """What has no way of its own: the plain evaluator, on the arrays of what the node reads."""
        parts = walk(node)
        names = list(dict.fromkeys(part.name for part in parts if isinstance(part, Line) and part.name in self.lines))
        read = {name: self.lines[name] for name in names}
        opened = {name: self.openings[name] for name in names}
        refs = list(dict.fromkeys(p.ref for p in parts if isinstance(p, ex.Cell | ex.Profile) and p.ref in self.inputs))
        operands = (*read.values(), *opened.values(), *(self.inputs[ref] for ref in refs))
        years = self.model.years

        def function(*arrays: Any) -> Any:
            run = PlainRun(self.model, dict(zip(refs, arrays[len(read) + len(opened) :], strict=True)))
            run.values |= self.plain.values
            run.openings |= self.plain.openings
            for (name, _), array in zip(read.items(), arrays, strict=False):
                whole = self.model[name].yearly
                run.values[name] = np.broadcast_to(array, (years, array.shape[1])) if whole else array
            run.openings |= dict(zip(opened, arrays[len(read) :], strict=False))
            value = run.of(node, None)
            if isinstance(value, str):
                raise KernelError(f"{type(node).__name__} is text, which draws cannot change")
            return value

        rows = years if node.yearly else 1
        truth = node.unit is not None and not node.unit.numeric
        return self._made(
            ("node", id(node)), rows, lambda out: Computed(operands, out, function), truth=truth, absent=True
        )

    def _recursive(self, line: Line, opening: Operand) -> Operand:
        """A row that looks at its own year before, unrolled year by year and folded as it goes."""
        row = Unrolling(self.of, self.model.years, line, opening)
        key = row.form(line.formula)
        if key not in self.unrolled:
            self.unrolled[key] = row.done()
        found = self.unrolled[key]
        if found.known is not None:
            return found.known
        out = self.new(self.model.years, absent=found.absent)
        self.steps.append(Recursion(tuple(row.operands), out, found.moves, found.parts))
        return out
