"""The clock, the memory counter and the table: what a benchmark says, in ratios that hold from machine to machine."""

from __future__ import annotations

import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

Role = Literal["engine", "peer", "floor", "part"]
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Measured:
    """One thing measured: what it is, its part in the comparison, seconds (the best of several), peak bytes."""

    said: str
    role: Role
    seconds: float
    peak_bytes: int


@dataclass(frozen=True)
class Report:
    """A benchmark's rows, what they were measured on, and how far the answers of engine and peer lie apart."""

    title: str
    rows: tuple[Measured, ...]
    apart: float
    """The largest difference between the engine's answers and the peer's, in the answers' own unit."""

    def __str__(self) -> str:
        """A table: each row's seconds, and how many times the engine's they are."""
        engine = next(row.seconds for row in self.rows if row.role == "engine")
        width = max(len(row.said) for row in self.rows)
        lines = [self.title, f"{'':{width}}  {'':6}  {'seconds':>10}  {'× engine':>10}  {'peak MB':>8}"]
        lines += [
            f"{row.said:{width}}  {row.role:6}  {row.seconds:>10.6f}  {row.seconds / engine:>10.3g}  "
            f"{row.peak_bytes / 1e6:>8.2f}"
            for row in self.rows
        ]
        return "\n".join([*lines, f"engine and peer differ by {self.apart:.1e} at most", ""])


def measure(said: str, role: Role, run: Callable[[], Answer], repeats: int) -> tuple[Measured, Answer]:
    """Runs it once with memory counted, then `repeats` times by the clock; returns the best time and an answer.

    Memory is what Python and NumPy allocate while it runs (tracemalloc); counting it slows a run down, so the two are
    never taken together. The first run also warms caches, which the clock then never sees cold.
    """
    tracemalloc.start()
    try:
        answer = run()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    return Measured(said, role, seconds_of(run, repeats), peak), answer


def seconds_of(run: Callable[[], object], repeats: int) -> float:
    """The best of `repeats` times: other work on the machine only ever adds."""
    took = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        took.append(time.perf_counter() - start)
    return min(took)


def medians(runs: Mapping[str, Callable[[], object]], repeats: int) -> dict[str, float]:
    """The median seconds of each: all of them once for warmth, then in turn, so that a busy spell falls on all."""
    took: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(repeats + 1):
        for name, run in runs.items():
            seconds = seconds_of(run, 1)
            if turn:
                took[name].append(seconds)
    return {name: statistics.median(found) for name, found in took.items()}


def say(reports: Sequence[Report]) -> None:
    """Prints the tables."""
    sys.stdout.write("\n".join(str(report) for report in reports))
