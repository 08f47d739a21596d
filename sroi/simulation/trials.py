"""Trials: the central case many times over, in each with some numbers moved, all evaluated at once as draws.

The lines are compiled once for the numbers that any trial moves; what the measure does not rest on is left out.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sroi.model import Case
from sroi.model.ranges import Range
from sroi.projection import Flows, declare_flows
from sroi.sheet import Program, compiled
from sroi.simulation.inputs import with_followers
from sroi.simulation.measures import checked, lines_read, measured
from sroi.simulation.numbers import Movable

Array = NDArray[np.float64]
CHUNK = 2048
"""Trials evaluated together: the values of one chunk stay near the processor."""


@dataclass(frozen=True)
class Trials:
    """A measure of a view, ready to be taken of cases in which some of the numbers `moved` are others."""

    declared: Flows
    program: Program
    moved: Mapping[str, Movable]
    view: str
    measures: tuple[str, ...]
    """The measures that are taken, the first of them where one alone is asked for."""

    @staticmethod
    def of(case: Case, numbers: Mapping[str, Movable], moved: Collection[str], view: str, *measures: str) -> Trials:
        """Compiles the case for the numbers that are to be moved, by ref.

        Raises `CaseError` for a view or a measure that there is not.
        """
        for measure in measures:
            checked(case, view, measure)
        declared = declare_flows(_with_lags(case, numbers, moved))
        keep = lines_read(declared, [view], measures)
        held = {ref: numbers[ref] for ref in moved}
        program = compiled(declared.model, sorted(with_followers(case, held)), keep)
        return Trials(declared, program, held, view, measures)

    def taken(self, values: Mapping[str, Array], count: int) -> Array:
        """The first measure in each of `count` trials, `(count,)`; not-a-number where it does not apply."""
        return self.every(values, count)[self.measures[0]]

    def every(self, values: Mapping[str, Array], count: int) -> Mapping[str, Array]:
        """Every measure in each of `count` trials, `(count,)`; not-a-number where it does not apply.

        `values` has the numbers that are others than the central ones, by ref, one for each trial: `(count,)`.
        """
        full = {ref: values.get(ref, np.full(count, number.central)) for ref, number in self.moved.items()}
        inputs = with_followers(self.declared.case, full)
        width = max(2, min(CHUNK, count))
        bound = self.program.of_width(width)
        found = {measure: np.empty(count) for measure in self.measures}
        for start in range(0, count, width):
            stop = min(start + width, count)
            part = {ref: _padded(numbers[start:stop], width) for ref, numbers in inputs.items()}
            evaluation = bound.run(part)
            for measure in self.measures:
                taken = measured(self.declared, evaluation, self.view, measure, width)
                found[measure][start:stop] = taken[: stop - start]
        return found

    def one_by_one(self, refs: Collection[str], values: Array) -> Array:
        """The measure with each number moved by itself: `values` is `(ref, trial)`, and so is what comes back."""
        rows, columns = values.shape
        at = {}
        for row, ref in enumerate(refs):
            numbers = np.full((rows, columns), self.moved[ref].central)
            numbers[row] = values[row]
            at[ref] = numbers.ravel()
        return self.taken(at, rows * columns).reshape(rows, columns)

    def central(self) -> float:
        """The measure of the central case."""
        return float(self.taken({}, 1)[0])


def central(case: Case, view: str, measure: str) -> float | None:
    """A measure of the central case; `None` where it does not apply."""
    found = Trials.of(case, {}, (), view, measure).central()
    return None if math.isnan(found) else found


def _padded(numbers: Array, width: int) -> Array:
    """The numbers of a last chunk, filled up with the last of them."""
    return np.pad(numbers, (0, width - len(numbers)), mode="edge")


def _with_lags(case: Case, numbers: Mapping[str, Movable], moved: Collection[str]) -> Case:
    """The case with a range for each lag of release that is moved: the lines know only lags that may be drawn."""
    lags = [numbers[ref] for ref in moved if ref.endswith(".release_lag")]
    whole = tuple(Range.model_construct(ref=n.ref, low=n.low, high=n.high) for n in lags)
    kept = tuple(row for row in case.ranges if row.ref not in {n.ref for n in lags})
    return case.model_copy(update={"ranges": (*kept, *whole)})
