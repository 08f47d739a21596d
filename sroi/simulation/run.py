"""The run: chunks of draws through the compiled case, on any executor, put together in their order (method § 8).

A chunk's bits hang on its own draws alone, so neither the number of workers nor where chunks are cut changes a bit.
Threads share one compiled program, each with buffers of its own; a worker in another process compiles the case once
for itself.
"""

from __future__ import annotations

import math
import os
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from queue import Empty, SimpleQueue
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from sroi.model import Case
from sroi.projection import Flows, declare_flows
from sroi.sheet import Program, compiled
from sroi.sheet.program import Bound
from sroi.simulation.distributions import Distribution, distributions
from sroi.simulation.draws import Design, uniforms
from sroi.simulation.inputs import with_followers
from sroi.simulation.measures import measured
from sroi.simulation.plan import FANS, Plan, plan_of

CHUNK = 8192
"""Draws evaluated together, at most. Two threads take turns at the interpreter: the more each does in a turn, the
less they wait for one another (benchmarks, *Threads*)."""
THREADED = 32_768
"""Fewer draws are run in one thread: two would wait for one another as long as they work (benchmarks, *Threads*)."""
LOT = 16
"""Numbers whose shares are held at once, on their way to values."""

Progress = Callable[[int, int], None]
"""Told how many draws are done, of how many."""


@dataclass(frozen=True)
class Job:
    """All that a worker needs to know, in a form that can be sent to another process; equal where `key` is."""

    case: Case = field(compare=False)
    """As the option and the scenario make it."""
    design: Design = field(compare=False)
    also: tuple[str, ...] = field(compare=False, default=())
    key: str = field(default_factory=lambda: uuid4().hex)
    """One of its own for each run."""


class Compiled:
    """A case declared, fitted and compiled, ready for any draws of it."""

    def __init__(self, case: Case, also: Collection[str]) -> None:
        self.declared: Flows = declare_flows(case)
        self.distributions: Mapping[str, Distribution] = distributions(case)
        self.plan: Plan = plan_of(self.declared, also)
        leads = with_followers(case, {ref: ref for ref in self.distributions})
        self.following: Mapping[str, str] = {ref: lead for ref, lead in leads.items() if ref != lead}
        """The inputs that are not drawn themselves, each with the number that it follows."""
        self.program: Program = compiled(self.declared.model, list(leads), self.plan.lines)
        _ = self.program.places  # made before threads ask for it at once


KEPT = 4
"""Cases that stay compiled, the last ones compiled: another seed or more draws of one begin at once."""
_kept: deque[tuple[Case, tuple[str, ...], Compiled]] = deque(maxlen=KEPT)


def compiled_for(case: Case, also: tuple[str, ...]) -> Compiled:
    """The case compiled, as it may have been before: equal cases, field by field, have one calculation."""
    for held, measures, made in tuple(_kept):
        if measures == also and held == case:
            return made
    made = Compiled(case, also)
    _kept.append((case, also, made))
    return made


class Ready:
    """A job with its case compiled, and buffers: what threads share."""

    def __init__(self, job: Job, width: int) -> None:
        self.job = job
        self.width = width
        made = compiled_for(job.case, job.also)
        self.declared, self.distributions, self.plan = made.declared, made.distributions, made.plan
        self.program, self.following = made.program, made.following
        self._idle: SimpleQueue[Bound] = SimpleQueue()

    @cached_property
    def together(self) -> tuple[tuple[str, ...], ...]:
        """The numbers in lots that are drawn at once: those that are correlated, and the others a few at a time."""
        tied = {ref for group in self.job.design.groups for ref in group.refs}
        alone = [ref for ref in self.distributions if ref not in tied]
        lots = [tuple(ref for ref in self.distributions if ref in tied)]
        lots += [tuple(alone[first : first + LOT]) for first in range(0, len(alone), LOT)]
        return tuple(lot for lot in lots if lot)

    def draw(self, start: int, stop: int, rows: Mapping[str, NDArray[np.float64]]) -> None:
        """Writes what each uncertain number is in the draws from `start` up to `stop`; the last of them fills up."""
        count = stop - start
        for lot in self.together:
            for ref, shares in zip(lot, uniforms(self.job.design, lot, start, stop), strict=True):
                rows[ref][:count] = self.distributions[ref].quantile(shares)
                rows[ref][count:] = rows[ref][count - 1]
        for ref, lead in self.following.items():
            rows[ref][:] = rows[lead]

    def task(self, start: int, stop: int, whole: Part | None = None) -> Part:
        """Everything that is kept of the draws from `start` up to `stop`: in its place in the whole, where given."""
        years = self.job.case.settings.years
        part = Part.empty(self.plan, years, start, stop) if whole is None else whole.cut(start, stop)
        try:
            bound = self._idle.get_nowait()
        except Empty:
            bound = self.program.of_width(self.width)
        self.draw(start, stop, bound.rows)
        evaluation = bound.evaluated()
        for key in self.plan.measures:
            part.measures[key][:] = measured(self.declared, evaluation, *key, draws=self.width)[: stop - start]
        for name, row in part.rows.items():
            row[:] = evaluation.array(name)[:, : row.shape[1]]
        for name, nil in part.nils.items():
            nil[:] = np.broadcast_to(evaluation.array(f"{name}.nil")[0], self.width)[: stop - start]
        self._idle.put(bound)
        return part

    def rest(self) -> None:
        """Lets go of the buffers."""
        self._idle = SimpleQueue()


@dataclass(frozen=True)
class Part:
    """What is kept of the draws from `start` up to `stop`: `(draw,)` by measure, `(year, draw)` by row."""

    start: int
    stop: int
    measures: Mapping[tuple[str, str], NDArray[np.float64]]
    rows: Mapping[str, NDArray[np.float32]]
    nils: Mapping[str, NDArray[np.float32]]
    """By view or sector, `(draw,)`: at or below this a sum counts as nil (method § 6)."""

    @staticmethod
    def empty(plan: Plan, years: int, start: int, stop: int) -> Part:
        """Room for that much."""
        fans = max(0, min(stop, FANS) - start)
        return Part(
            start,
            stop,
            {key: np.empty(stop - start) for key in plan.measures},
            {name: np.empty((years, fans), dtype=np.float32) for name in plan.rows},
            {name: np.empty(stop - start, dtype=np.float32) for name in plan.nils},
        )

    def cut(self, start: int, stop: int) -> Part:
        """The same room for some of the draws."""
        return Part(
            start,
            stop,
            {key: values[start:stop] for key, values in self.measures.items()},
            {name: rows[:, start : min(stop, FANS)] for name, rows in self.rows.items()},
            {name: nils[start:stop] for name, nils in self.nils.items()},
        )

    def take(self, part: Part) -> None:
        """Puts a part that was made elsewhere in its place in this whole."""
        for key, values in part.measures.items():
            self.measures[key][part.start : part.stop] = values
        for name, rows in part.rows.items():
            self.rows[name][:, part.start : part.start + rows.shape[1]] = rows
        for name, nils in part.nils.items():
            self.nils[name][part.start : part.stop] = nils


@lru_cache(maxsize=1)
def _in_process(job: Job, width: int) -> Ready:
    """A worker's own compiled case, kept from one task to the next."""
    return Ready(job, width)


def _sent(job: Job, width: int, start: int, stop: int) -> Part:
    """A task in another process."""
    return _in_process(job, width).task(start, stop)


def width_of(draws: int, workers: int) -> int:
    """Draws a task: as few tasks as may be, as many for each worker, and all of one width.

    >>> width_of(9, 1), width_of(10_000, 1), width_of(100_000, 2)
    (9, 5000, 7143)
    """
    each = math.ceil(draws / CHUNK / workers)
    return max(2, math.ceil(draws / (each * workers)))


def run(job: Job, executor: Executor | None = None, progress: Progress | None = None) -> tuple[Ready, Part]:
    """Every draw of the job, on the executor's workers: by default threads, one for each core.

    Interrupted, it stops handing out draws and waits for none but those begun.
    """
    draws = job.design.draws
    alone = executor is None and draws < THREADED
    ready = Ready(job, width_of(draws, 1 if alone else os.cpu_count() or 1))
    whole = Part.empty(ready.plan, job.case.settings.years, 0, draws)
    tasks = [(start, min(start + ready.width, draws)) for start in range(0, draws, ready.width)]
    done = 0
    parts = (ready.task(*task, whole) for task in tasks) if alone else _parts(ready, tasks, executor, whole)
    for part in parts:
        done += part.stop - part.start
        if progress is not None:
            progress(done, draws)
    ready.rest()
    return ready, whole


def _parts(ready: Ready, tasks: Sequence[tuple[int, int]], executor: Executor | None, whole: Part) -> Iterator[Part]:
    """The parts in whatever order they are done, each in its place in the whole."""
    here = partial(ready.task, whole=whole)
    if executor is None:
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            yield from _gathered(threads, here, tasks)
    elif isinstance(executor, ThreadPoolExecutor):
        yield from _gathered(executor, here, tasks)
    else:
        for part in _gathered(executor, partial(_sent, ready.job, ready.width), tasks):
            whole.take(part)
            yield part


def _gathered(executor: Executor, task: Callable[..., Part], tasks: Sequence[tuple[int, int]]) -> Iterator[Part]:
    """Tasks handed out a few ahead of their results, so that what waits to be put together stays small."""
    ahead = 2 * (os.cpu_count() or 1)
    waiting: set[Future[Part]] = set()
    left = list(reversed(tasks))
    try:
        while left or waiting:
            while left and len(waiting) < ahead:
                waiting.add(executor.submit(task, *left.pop()))
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
    finally:
        for future in waiting:
            future.cancel()
