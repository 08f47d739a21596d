"""A compiled program: steps put in an order that keeps few values waiting, and buffers that they share.

A step runs as soon as what it reads is there, so that a row is used while it is still near the processor, and a
buffer is handed on the moment its last reader is done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sroi.errors import KernelError
from sroi.sheet.evaluate import Evaluation
from sroi.sheet.folding import Known, Operand, Slot
from sroi.sheet.steps import Call, Step

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Program:
    """What `compiled` makes: run it, chunk by chunk, by way of `of_width`."""

    years: int
    inputs: Mapping[str, Slot]
    steps: tuple[Step, ...]
    kept: Mapping[str, Operand]
    """The lines asked for."""
    absent: frozenset[str]
    """Those of them that may be not applicable."""
    yearly: frozenset[str]
    """Those of them that have a number for each year."""
    slots: int

    def of_width(self, width: int) -> Bound:
        """The program with buffers for so many draws at a time: one for each worker.

        Raises `KernelError` for one draw: NumPy then adds in another order, and bits would differ.
        """
        if width < 2:
            raise KernelError(f"a chunk has 2 draws or more; found {width}")
        return Bound(self, width)

    @cached_property
    def order(self) -> tuple[Step, ...]:
        """The steps that the kept lines need, each after those it reads, as early as may be."""
        return _ordered(self)

    @cached_property
    def places(self) -> tuple[Mapping[int, tuple[str, int, int]], Mapping[tuple[str, int], int]]:
        """For each slot its pool (kind and rows) and place in it; and how many buffers each pool has."""
        return _placed(self)


class Bound:
    """A program with its buffers. What a run returns stands in them, until the next run."""

    def __init__(self, program: Program, width: int) -> None:
        self.program = program
        self.width = width
        self.spots, sizes = program.places
        self.pools = {
            pool: [np.empty((pool[1], width), dtype=bool if pool[0] == "truth" else float) for _ in range(count)]
            for pool, count in sizes.items()
        }
        self.entries = np.empty((max(1, len(program.inputs)), 1, width))
        self.rows: Mapping[str, Floats] = {ref: self.entries[slot.number, 0] for ref, slot in program.inputs.items()}
        """Where each input's values stand, `(draw,)`: filled before `evaluated`."""
        self.calls = self._calls()

    def _calls(self) -> list[Call]:
        scratch = np.empty((max((step.scratch for step in self.program.order), default=0), self.width))
        found: list[Call] = []
        for step in self.program.order:
            views = [self._view(operand) for operand in step.operands]
            found += step.bind([*views, scratch] if step.scratch else views, self._view(step.out))
        return found

    def _view(self, operand: Operand) -> NDArray[Any]:
        if isinstance(operand, Known):
            return np.asarray(operand.value)
        if operand.number < len(self.program.inputs):
            return np.asarray(self.entries[operand.number])
        kind, rows, place = self.spots[operand.number]
        return self.pools[kind, rows][place]

    def run(self, inputs: Mapping[str, Floats]) -> Evaluation:
        """Runs the program on one value per draw for each input, `width` of them."""
        for ref, row in self.rows.items():
            row[:] = inputs[ref]
        return self.evaluated()

    def evaluated(self) -> Evaluation:
        """Runs the program on what stands in `rows`.

        Only the lines that were kept are in what is returned. Raises `KernelError` where one comes to something that
        is not a finite number and does not say where it may be not applicable.
        """
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            for function, arguments, named in self.calls:
                function(*arguments, **named)
        values: dict[str, Any] = {}
        for name, operand in self.program.kept.items():
            text = isinstance(operand, Known) and isinstance(operand.value, str)
            values[name] = operand.value if isinstance(operand, Known) and text else self._view(operand)
            if not text:
                self._check(name, values[name])
                if name in self.program.yearly and len(values[name]) == 1:  # the same every year is still every year
                    values[name] = np.broadcast_to(values[name], (self.program.years, values[name].shape[1]))
        return Evaluation(self.program.years, values, {})

    def _check(self, name: str, value: NDArray[Any]) -> None:
        bad = np.isinf(value) if name in self.program.absent else ~np.isfinite(value)
        if bad.any():
            raise KernelError(f"{name} is not a finite number in year {int(np.argwhere(bad)[0][0]) + 1}")


class _Order:
    """Steps under way to an order: as early as what they read allows."""

    def __init__(self, program: Program) -> None:
        self.maker = {step.out.number: step for step in program.steps}
        self.order: list[Step] = []
        self.done: set[int] = set()
        self.users: dict[int, list[Step]] = {}
        self.missing: dict[int, int] = {}
        for number in _reached(program, self.maker):
            read = self._read(self.maker[number])
            self.missing[number] = len(read)
            for before in read:
                self.users.setdefault(before, []).append(self.maker[number])
        for users in self.users.values():  # last made first: what is popped is in order of declaration
            users.sort(key=lambda step: -step.out.number)

    def _read(self, step: Step) -> dict[int, None]:
        """The slots that it reads and some step makes, once each."""
        return dict.fromkeys(slot.number for slot in step.slots if slot.number in self.maker)

    def emit(self, first: Step) -> None:
        """The step, and whatever it was the last thing missing for."""
        ready = [first]
        while ready:
            step = ready.pop()
            self.done.add(step.out.number)
            self.order.append(step)
            for user in self.users.get(step.out.number, ()):
                self.missing[user.out.number] -= 1
                if self.missing[user.out.number] == 0:
                    ready.append(user)

    def reach(self, number: int) -> None:
        """The slot, after all that it rests on."""
        waiting = [number] if number in self.maker else []
        while waiting:
            number = waiting[-1]
            before = [] if number in self.done else [n for n in self._read(self.maker[number]) if n not in self.done]
            if before:
                waiting += reversed(before)
                continue
            waiting.pop()
            if number not in self.done:
                self.emit(self.maker[number])


def _ordered(program: Program) -> tuple[Step, ...]:
    under_way = _Order(program)
    for slot in _kept(program):
        under_way.reach(slot.number)
    return tuple(under_way.order)


def _kept(program: Program) -> list[Slot]:
    return [operand for operand in program.kept.values() if isinstance(operand, Slot)]


def _reached(program: Program, maker: Mapping[int, Step]) -> set[int]:
    """The slots that the kept ones rest on."""
    found: set[int] = set()
    waiting = [slot.number for slot in _kept(program)]
    while waiting:
        number = waiting.pop()
        if number not in found and number in maker:
            found.add(number)
            waiting += [slot.number for slot in maker[number].slots]
    return found


def _placed(program: Program) -> tuple[dict[int, tuple[str, int, int]], dict[tuple[str, int], int]]:
    last: dict[int, int] = {}
    for at, step in enumerate(program.order):
        for slot in (*step.slots, step.out):
            last[slot.number] = at
    for slot in _kept(program):
        last[slot.number] = len(program.order)
    free: dict[tuple[str, int], list[int]] = {}
    sizes: dict[tuple[str, int], int] = {}
    spots: dict[int, tuple[str, int, int]] = {}

    def release(slots: Sequence[Slot], at: int) -> None:
        for number in {slot.number for slot in slots if last[slot.number] == at}:
            if number in spots and number not in released:
                kind, rows, place = spots[number]
                free.setdefault((kind, rows), []).append(place)
                released.add(number)

    released: set[int] = set()
    for at, step in enumerate(program.order):
        release(step.reusable, at)
        pool = ("truth" if step.out.truth else "number", step.out.rows)
        held = free.setdefault(pool, [])
        if held:
            place = held.pop()
        else:
            place = sizes.get(pool, 0)
            sizes[pool] = place + 1
        spots[step.out.number] = (*pool, place)
        release((*step.slots, step.out), at)
    return spots, sizes
