"""The steps of a compiled program: each makes one slot from others, by calls that write into fixed buffers.

A step does not hold buffers. Bound to views of them it becomes a few calls, `(function, arguments)`, which are all
that is run for each chunk of draws.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sroi.sheet.folding import Known, Operand, Slot

View = NDArray[Any]
Call = tuple[Callable[..., Any], tuple[Any, ...], Mapping[str, Any]]
"""A function, what it is given in order, and what by name."""


NONE: Mapping[str, Any] = {}


@dataclass(frozen=True, eq=False)
class Step:
    """Makes `out` from `operands`."""

    operands: tuple[Operand, ...]
    out: Slot

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The slots it reads."""
        return tuple(operand for operand in self.operands if isinstance(operand, Slot))

    @property
    def reusable(self) -> tuple[Slot, ...]:
        """Slots whose buffer may be written over while they are read."""
        return ()

    def bind(self, views: Sequence[View], out: View) -> list[Call]:
        """The calls that fill `out`; `views` are its operands', in their order."""
        raise NotImplementedError

    @property
    def scratch(self) -> int:
        """Rows that it needs to work in, which hold nothing between steps: the last of its views."""
        return 0


@dataclass(frozen=True, eq=False)
class Elementwise(Step):
    """A ufunc, place by place."""

    ufunc: np.ufunc

    @property
    def reusable(self) -> tuple[Slot, ...]:
        """Every operand of its shape."""
        return tuple(slot for slot in self.slots if slot.rows == self.out.rows and slot.truth == self.out.truth)

    def bind(self, views: Sequence[View], out: View) -> list[Call]:
        """One call."""
        return [(self.ufunc, tuple(views), {"out": out})]


@dataclass(frozen=True, eq=False)
class Choice(Step):
    """The second where the first holds, else the third."""

    @property
    def reusable(self) -> tuple[Slot, ...]:
        """The third, which is where the second is put."""
        last = self.operands[2]
        same = isinstance(last, Slot) and last.rows == self.out.rows and last.truth == self.out.truth
        once = [operand is last for operand in self.operands].count(True) == 1
        return (last,) if same and once and isinstance(last, Slot) else ()

    def bind(self, views: Sequence[View], out: View) -> list[Call]:
        """One call, or two where the third is not written over."""
        condition, if_so, if_not = views
        chosen: Call = (_put, (out, if_so, condition), NONE)
        return [chosen] if if_not is out else [(np.copyto, (out, if_not), NONE), chosen]


def _put(out: View, chosen: View, where: View) -> None:
    """Copies where it must: often nowhere, which is quick to see and slow to find out place by place."""
    if where.any():
        np.copyto(out, chosen, where=where)


@dataclass(frozen=True, eq=False)
class Reduced(Step):
    """One row from all the years, added or compared in their order."""

    ufunc: np.ufunc
    years: int

    def bind(self, views: Sequence[View], out: View) -> list[Call]:
        """One call."""
        row = np.broadcast_to(views[0], (self.years, out.shape[1]))
        return [(self.ufunc.reduce, (row,), {"axis": 0, "keepdims": True, "out": out})]


@dataclass(frozen=True, eq=False)
class Row(Step):
    """One year of a row."""

    year: int

    def bind(self, views: Sequence[View], out: View) -> list[Call]:
        """One call."""
        place = self.year if len(views[0]) > 1 else 0
        return [(np.copyto, (out, views[0][place : place + 1]), NONE)]


@dataclass(frozen=True, eq=False)
class Moved(Step):
    """A row some years later, its opening value before it; or, where `by` is negative, earlier and then nil.

    Operands are the row and its opening value.
    """

    by: int

    def bind(self, views: Sequence[View], out: View) -> list[Call]:
        """Two calls."""
        row, opening = np.broadcast_to(views[0], out.shape), views[1]
        if self.by < 0:
            return [(np.copyto, (out[: self.by], row[-self.by :]), NONE), (np.copyto, (out[self.by :], 0.0), NONE)]
        return [(np.copyto, (out[: self.by], opening), NONE), (np.copyto, (out[self.by :], row[: -self.by]), NONE)]


@dataclass(frozen=True, eq=False)
class Computed(Step):
    """Whatever a function of the operands' arrays returns, or with `into` writes to the array it is given last."""

    function: Callable[..., Any]
    into: bool = False

    def bind(self, views: Sequence[View], out: View) -> list[Call]:
        """One call."""
        return [(self.function, (*views, out), NONE)] if self.into else [(_assign, (out, self.function, views), NONE)]


def _assign(out: View, function: Callable[..., Any], views: Sequence[View]) -> None:
    out[...] = function(*views)


@dataclass(frozen=True)
class Place:
    """A row that a move of a recursion reads or writes: of an operand, of the row itself, or a part made before."""

    where: Literal["operand", "row", "part"]
    which: int
    year: int = 0


Source = Place | Known


@dataclass(frozen=True)
class Move:
    """One call of a recursion: `function` of the sources into the target."""

    function: np.ufunc | Callable[..., Any]
    sources: tuple[Source, ...]
    target: Place


@dataclass(frozen=True, eq=False)
class Recursion(Step):
    """A row that looks at its own year before, year by year: its moves in order, and the parts they need."""

    moves: tuple[Move, ...]
    parts: int

    @property
    def scratch(self) -> int:
        """One for each part."""
        return self.parts

    def bind(self, views: Sequence[View], out: View) -> list[Call]:
        """A call for each move."""
        scratch = views[-1] if self.parts else out[:0]

        def view(source: Source) -> View:
            if isinstance(source, Known):
                return np.asarray(source.value)
            if source.where == "part":
                return scratch[source.which : source.which + 1]
            rows = out if source.where == "row" else views[source.which]
            year = source.year if len(rows) > 1 else 0
            return rows[year : year + 1]

        calls: list[Call] = []
        for move in self.moves:
            sources, target = [view(source) for source in move.sources], view(move.target)
            if isinstance(move.function, np.ufunc):
                calls.append((move.function, tuple(sources), {"out": target}))
            else:
                calls.append((_assign, (target, move.function, sources), NONE))
        return calls


def sharing(moves: Sequence[Move]) -> tuple[tuple[Move, ...], int]:
    """The same moves with as few parts as can be: a part that is not read any more makes room for another. So few stay
    in the fast memory. Returns how many they are as well.

    >>> a, b, row = Place("part", 0), Place("part", 1), Place("row", 0)
    >>> moves = (Move(same, (), a), Move(same, (a,), row), Move(same, (), b), Move(same, (b,), row))
    >>> [move.target.which for move in sharing(moves)[0]], sharing(moves)[1]
    ([0, 0, 0, 0], 1)
    """
    last = {source: at for at, move in enumerate(moves) for source in move.sources if isinstance(source, Place)}
    free: list[int] = []
    held: dict[Place, Place] = {}
    most = 0
    found: list[Move] = []
    for at, move in enumerate(moves):
        sources = tuple(held.get(source, source) if isinstance(source, Place) else source for source in move.sources)
        read = dict.fromkeys(s for s in move.sources if isinstance(s, Place) and s.where == "part")
        free += [held[source].which for source in read if last[source] == at]
        target = move.target
        if target.where == "part":
            if not free:
                free.append(most)
                most += 1
            held[target] = target = Place("part", free.pop())
        found.append(Move(move.function, sources, target))
    return tuple(found), most


def same(value: View) -> View:
    """The value itself: the move that copies."""
    return value
