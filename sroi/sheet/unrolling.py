"""A recursive row of a compiled program: one that looks at its own year before, unrolled year by year.

What does not look back is one row, computed first; the rest is folded as it goes, and becomes moves from row to row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sroi.errors import KernelError
from sroi.sheet import expressions as ex
from sroi.sheet import operators as op
from sroi.sheet.folding import Known, Operand, Slot, folded
from sroi.sheet.lines import Line, walk
from sroi.sheet.steps import Move, Place, same, sharing

UFUNCS: Mapping[str, np.ufunc] = {
    op.ADD.name: np.add,
    op.SUBTRACT.name: np.subtract,
    op.MULTIPLY.name: np.multiply,
    op.DIVIDE.name: np.divide,
    op.NEGATE.name: np.negative,
    op.MINIMUM.name: np.minimum,
    op.MAXIMUM.name: np.maximum,
    op.ABSOLUTE.name: np.absolute,
    op.TRUNCATE.name: np.trunc,
    op.LESS.name: np.less,
    op.AT_MOST.name: np.less_equal,
    op.EQUAL.name: np.equal,
    op.AND.name: np.logical_and,
}
"""Operators that are one ufunc of two operands, or of as many as there are, two by two."""


@dataclass(frozen=True)
class Unrolled:
    """What a recursive row comes to: its moves and how many parts they need, or numbers that are certain."""

    moves: tuple[Move, ...]
    parts: int
    absent: bool
    known: Known | None


class Unrolling:
    """The moves of one recursive row."""

    def __init__(self, of: Callable[[ex.Expression], Operand], years: int, line: Line, opening: Operand) -> None:
        self.of = of
        self.years = years
        self.line = line
        self.operands: list[Operand] = []
        self.hoisted: dict[int, Operand] = {}
        self.places: dict[object, Place] = {}
        """Where the rows stand that the slots of this unrolling, numbered below nought, stand for."""
        self.numbers: dict[Place, int] = {}
        self.moves: list[Move] = []
        self.parts = 0
        self.first = opening
        self._hoist(line.formula)

    def form(self, node: ex.Expression) -> object:
        """Equal for rows that are unrolled alike: what is certain by its value, what is not by its place."""
        return self._placed(self.first), self._form(node)

    def _form(self, node: ex.Expression) -> object:
        if id(node) in self.hoisted:
            return self._placed(self.hoisted[id(node)])
        if isinstance(node, ex.Previous):
            return "before"
        if isinstance(node, ex.Operation):
            return (node.operator.name, *(self._form(operand) for operand in node.operands))
        raise KernelError(f"{self.line.name}: a {type(node).__name__} cannot look at its own year before")

    def _placed(self, operand: Operand) -> object:
        if isinstance(operand, Known):
            return operand.key
        if operand not in self.operands:
            self.operands.append(operand)
        return "operand", self.operands.index(operand), operand.rows, operand.absent

    def done(self) -> Unrolled:
        """The whole row: certain where every year is."""
        before = self._from(self.first, 0)
        held: list[Operand] = []
        for year in range(self.years):
            made = self._of(self.line.formula, year, before)
            held.append(made)
            target = Place("row", 0, year)
            place = self.places[made.key] if isinstance(made, Slot) else None
            # a part just made can be made in the row at once; the row of the year before is wanted where it is
            if place is not None and place.where == "part" and self.moves[-1].target == place:
                last = self.moves.pop()
                self.moves.append(Move(last.function, last.sources, target))
            else:
                self.moves.append(Move(same, (self._source(made),), target))
            before = made if isinstance(made, Known) else self._standing(target)
        known = [np.asarray(made.value) for made in held if isinstance(made, Known)]
        certain = Known(np.concatenate(known)) if len(known) == len(held) else None
        moves, parts = sharing(self.moves)
        return Unrolled(moves, parts, any(made.absent for made in held), certain)

    def _hoist(self, node: ex.Expression) -> None:
        """What does not look at the year before is one row, computed first."""
        if not _looks_back(node):
            self.hoisted[id(node)] = self.of(node)
        elif isinstance(node, ex.Operation):
            for operand in node.operands:
                self._hoist(operand)

    def _of(self, node: ex.Expression, year: int, before: Operand) -> Operand:
        if id(node) in self.hoisted:
            return self._from(self.hoisted[id(node)], year)
        if isinstance(node, ex.Previous):
            return before
        if isinstance(node, ex.Operation):
            return self._operated(node.operator, [self._of(operand, year, before) for operand in node.operands])
        raise KernelError(f"{self.line.name}: a {type(node).__name__} cannot look at its own year before")

    def _operated(self, operator: op.Operator, operands: Sequence[Operand]) -> Operand:
        if all(isinstance(operand, Known) for operand in operands):
            return Known(np.asarray(operator.numpy(*(o.value for o in operands if isinstance(o, Known)))))
        simpler = folded(operator, operands)
        if simpler is not None:
            return simpler
        if operator.name in UFUNCS and len(operands) > 2:
            return self._operated(operator, [self._operated(operator, operands[:-1]), operands[-1]])
        place = Place("part", self.parts)
        self.parts += 1
        sources = tuple(self._source(operand) for operand in operands)
        function = UFUNCS.get(operator.name, operator.numpy)
        self.moves.append(Move(function, sources, place))
        return self._standing(place, absent=operator is op.DIVIDE or any(operand.absent for operand in operands))

    def _from(self, operand: Operand, year: int) -> Operand:
        """One year of an operand."""
        if isinstance(operand, Known):
            value = np.asarray(operand.value)
            return operand if operand.rows == 1 else Known(value[year : year + 1])
        return self._standing(
            Place("operand", self.operands.index(operand), year if operand.rows > 1 else 0), absent=operand.absent
        )

    def _standing(self, place: Place, *, absent: bool = False) -> Slot:
        number = self.numbers.setdefault(place, -1 - len(self.numbers))
        self.places[number] = place
        return Slot(number, 1, False, absent)

    def _source(self, operand: Operand) -> Place | Known:
        return operand if isinstance(operand, Known) else self.places[operand.key]


def _looks_back(node: ex.Expression) -> bool:
    return any(isinstance(part, ex.Previous) and part.line is None for part in walk(node))
