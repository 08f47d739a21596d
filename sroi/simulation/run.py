"""The run: chunks of draws through the compiled case, on any executor, put together in their order (method § 8).

A chunk's bits hang on its own draws alone, so neither the number of workers nor where chunks are cut changes a bit.
Threads share one compiled program, each with buffers of its own; a worker in another process compiles the case once
for itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from queue import Empty, SimpleQueue

import numpy as np
from numpy.typing import NDArray

from sroi.model import Case
from sroi.projection import Declared, declare
from sroi.sheet import Evaluation, Program, compiled
from sroi.sheet.program import Bound
from sroi.simulation.distributions import Distribution, distributions
from sroi.simulation.draws import Design, uniforms
from sroi.simulation.inputs import with_followers
from sroi.simulation.measures import measured
from sroi.simulation.plan import FANS, Plan, plan_of

CHUNK = 2048
"""Draws evaluated together. A block of thirty years is then half a megabyte and stays in a core's own memory: in a
trial of such blocks on two threads of two cores those of 8,192 draws took half as long again for each number."""
TASK = 2 * CHUNK
"""Draws handed to a worker at a time: few, since all their inputs are held at once."""

Progress = Callable[[int, int], None]
"""Told how many draws are done, of how many."""


@dataclass(frozen=True)
class Job:
    """All that a worker needs to know, in a form that can be sent to another process; equal where `key` is."""

    key: tuple[str | None, ...]
    """The case's hash, the option, the scenario, the further measures asked for, and the design's own words."""
    case: Case = field(compare=False)
    """As the option and the scenario make it."""
    design: Design = field(compare=False)
    also: tuple[str, ...] = field(compare=False)


class Ready:
    """A job with its case declared and compiled: what threads share."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.declared: Declared = declare(job.case)
        self.distributions: Mapping[str, Distribution] = distributions(job.case)
        self.plan: Plan = plan_of(self.declared, job.also)
        self._idle: dict[int, SimpleQueue[Bound]] = {}

    @cached_property
    def program(self) -> Program:
        """Compiled for the numbers that are drawn."""
        varying = with_followers(self.job.case, self.distributions)
        return compiled(self.declared.model, list(varying), self.plan.lines)

    def inputs(self, start: int, stop: int) -> dict[str, NDArray[np.float64]]:
        """What each uncertain number is in the draws from `start` up to `stop`."""
        refs = list(self.distributions)
        each = uniforms(self.job.design, refs, start, stop)
        drawn = {ref: self.distributions[ref].quantile(each[place]) for place, ref in enumerate(refs)}
        return with_followers(self.job.case, drawn)

    def evaluated(self, start: int, stop: int) -> Iterator[tuple[int, int, Evaluation]]:
        """The lines kept, chunk by chunk."""
        drawn = self.inputs(start, stop)
        for low, high in chunks(start, stop, CHUNK):
            queue = self._idle.setdefault(high - low, SimpleQueue())
            try:
                bound = queue.get_nowait()
            except Empty:
                bound = self.program.of_width(high - low)
            yield low, high, bound.run({ref: values[low - start : high - start] for ref, values in drawn.items()})
            queue.put(bound)

    def task(self, start: int, stop: int, whole: Part | None = None) -> Part:
        """Everything that is kept of the draws from `start` up to `stop`: in its place in the whole, where given."""
        part = (
            Part.empty(self.plan, self.job.case.settings.years, start, stop)
            if whole is None
            else whole.cut(start, stop)
        )
        for low, high, evaluation in self.evaluated(start, stop):
            place = slice(low - start, high - start)
            for key in self.plan.measures:
                part.measures[key][place] = measured(self.declared, evaluation, *key, draws=high - low)
            fans = slice(low - start, min(high, FANS) - start)
            if low < FANS:
                for name in self.plan.rows:
                    part.rows[name][:, fans] = evaluation.array(name)[:, : min(high, FANS) - low]
        return part


@dataclass(frozen=True)
class Part:
    """What is kept of the draws from `start` up to `stop`: `(draw,)` by measure, `(year, draw)` by row."""

    start: int
    stop: int
    measures: Mapping[tuple[str, str], NDArray[np.float64]]
    rows: Mapping[str, NDArray[np.float32]]

    @staticmethod
    def empty(plan: Plan, years: int, start: int, stop: int) -> Part:
        """Room for that much."""
        fans = max(0, min(stop, FANS) - start)
        return Part(
            start,
            stop,
            {key: np.empty(stop - start) for key in plan.measures},
            {name: np.empty((years, fans), dtype=np.float32) for name in plan.rows},
        )

    def cut(self, start: int, stop: int) -> Part:
        """The same room for some of the draws."""
        return Part(
            start,
            stop,
            {key: values[start:stop] for key, values in self.measures.items()},
            {name: rows[:, start : min(stop, FANS)] for name, rows in self.rows.items()},
        )

    def take(self, part: Part) -> None:
        """Puts a part that was made elsewhere in its place in this whole."""
        for key, values in part.measures.items():
            self.measures[key][part.start : part.stop] = values
        for name, rows in part.rows.items():
            self.rows[name][:, part.start : part.start + rows.shape[1]] = rows


@lru_cache(maxsize=1)
def _in_process(job: Job) -> Ready:
    """A worker's own compiled case, kept from one task to the next."""
    return Ready(job)


def _sent(job: Job, start: int, stop: int) -> Part:
    """A task in another process."""
    return _in_process(job).task(start, stop)


def chunks(start: int, stop: int, size: int) -> Iterator[tuple[int, int]]:
    """From `start` to `stop` in pieces of that size; one draw that is left over joins the piece before.

    >>> list(chunks(0, 9, 4))
    [(0, 4), (4, 9)]
    """
    while start < stop:
        end = stop if stop - start <= size + 1 else start + size
        yield start, end
        start = end


def run(job: Job, executor: Executor | None = None, progress: Progress | None = None) -> tuple[Ready, Part]:
    """Every draw of the job, on the executor's workers: by default threads, one for each core.

    Interrupted, it stops handing out draws and waits for none but those begun.
    """
    ready = Ready(job)
    whole = Part.empty(ready.plan, job.case.settings.years, 0, job.design.draws)
    tasks = list(chunks(0, job.design.draws, _task_size(job.design.draws)))
    if len(tasks) > 1:
        _ = ready.program.places  # compiled before threads ask for it at once
    done = 0
    for part in _parts(ready, tasks, executor, whole):
        done += part.stop - part.start
        if progress is not None:
            progress(done, job.design.draws)
    return ready, whole


def _task_size(draws: int) -> int:
    """Draws a task: as many as keep every core busy, and no more than `TASK`."""
    each = -(-draws // (os.cpu_count() or 1))
    return min(TASK, max(CHUNK, -(-each // CHUNK) * CHUNK))


def _parts(ready: Ready, tasks: Sequence[tuple[int, int]], executor: Executor | None, whole: Part) -> Iterator[Part]:
    """The parts in whatever order they are done, each in its place in the whole."""
    here = partial(ready.task, whole=whole)
    if len(tasks) == 1 and executor is None:
        yield here(*tasks[0])
    elif executor is None:
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            yield from _gathered(threads, here, tasks)
    elif isinstance(executor, ThreadPoolExecutor):
        yield from _gathered(executor, here, tasks)
    else:
        for part in _gathered(executor, partial(_sent, ready.job), tasks):
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
