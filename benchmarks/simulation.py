"""Draws: `sroi.simulate` against vectorised NumPy written for this one case, and three libraries for uncertainty.

- **The case**: `benchmarks.uncertain`, with certain lag and duration and with drawn ones.
- **Peer**: `benchmarks.peer`, plain Monte Carlo in one thread, as many draws as the engine's by the same method,
  `random`. The engine has the machine's cores, as by default.
- **Floor**: the peer's numbers drawn, and nothing done with them.
- **Libraries**: `benchmarks.libraries`, each skipped, with what to install, where it is missing.

Prints tables in markdown: medians, what was run taking turns, and how far each mean of net present value lies from
the closed form, in standard errors of plain draws. Memory is measured in fresh processes; the commands are run as
people run them.

    python -m benchmarks.simulation [--draws 10000 100000] [--repeats 7] [--peers]

`--peers` leaves the engine out. NumPy's matrix products are kept to one thread: the command starts itself again so.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import memory, peer
from benchmarks.libraries import LIBRARIES
from benchmarks.measuring import medians
from benchmarks.uncertain import SECTORS, tables
from tests.simulation.closed_form import Benchmark

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
FIRST = "`sroi.simulate`, random, first run"
AGAINST_PEER = {10_000: 2.5, 100_000: 1.5}
SOBOL_AGAINST_RANDOM = 1.5
MEGABYTES = {100_000: 170, 1_000_000: 600}
RUN_SECONDS = 5.0
HELP_SECONDS = 0.5


@dataclass(frozen=True)
class Timed:
    """One row: what was run, with how many draws, median seconds, and its mean's distance from the closed form."""

    said: str
    draws: int
    seconds: float
    off: float | None
    """In standard errors of plain draws, whatever the method; nothing where no mean is taken."""
    scaled: bool = False
    """Whether the seconds are of fewer draws, scaled up."""


@dataclass(frozen=True)
class Limit:
    """What the project promises of one figure, and what was found."""

    what: str
    found: float
    most: float
    unit: str

    def __str__(self) -> str:
        met = "yes" if self.found <= self.most else "**no**"
        return f"| {self.what} | {self.found:.3g} {self.unit} | {self.most:g} {self.unit} | {met} |"


def engine_draws(case: Any, draws: int, method: str) -> tuple[int, float]:
    """Simulates by the engine; the draws it made, of which Sobol rounds up, and the mean of net present value."""
    found = import_module("sroi").simulate(case, draws=draws, seed=1, method=method).to_dict()
    return found["draws"], found["views"]["public_value"]["npv"]["mean"]


def of_one_case(draws: int, repeats: int, *, drawn: bool, engine: bool) -> list[Timed]:
    """Everything that draws, on one case, taking turns. The peer's row comes first."""
    plain = tables(drawn=drawn)
    inputs = peer.inputs(plain)
    runs: dict[str, Callable[[], tuple[int, float | None]]] = {
        "peer: NumPy": lambda: (draws, peer.simulate(inputs, draws).npv["public_value"].mean),
        "the peer, all draws at once": lambda: (
            draws,
            peer.simulate(inputs, draws, chunk=draws).npv["public_value"].mean,
        ),
        "floor: drawing the numbers": lambda: only_drawn(inputs, draws),
    }
    if engine:
        case = import_module("sroi").read(plain)
        # More cases than stay compiled, in turn: each is new to the engine whenever it comes up.
        new = cycle(
            [import_module("sroi").read(plain | {"about": plain["about"] | {"title": str(n)}}) for n in range(6)]
        )
        runs[FIRST] = lambda: engine_draws(next(new), draws, "random")
        runs["`sroi.simulate`, random"] = lambda: engine_draws(case, draws, "random")
        runs["`sroi.simulate`, lhs"] = lambda: engine_draws(case, draws, "lhs")
        runs["`sroi.simulate`, sobol"] = lambda: engine_draws(case, draws, "sobol")
    answers: dict[str, tuple[int, float | None]] = {}

    def kept(name: str, run: Callable[[], tuple[int, float | None]]) -> Callable[[], object]:
        return lambda: answers.__setitem__(name, run())

    took = medians({name: kept(name, run) for name, run in runs.items()}, repeats)
    closed = Benchmark(plain).npv(SECTORS)

    def off(mean: float, size: int) -> float:
        return (mean - closed.mean) / (closed.sd / math.sqrt(size))

    found = [
        Timed(name, made, took[name], None if mean is None else off(mean, made))
        for name, (made, mean) in answers.items()
    ]
    for name, library in LIBRARIES.items():
        if not library.installed:
            sys.stderr.write(f"SKIPPED: {library.missing}\n")
            continue
        size = min(draws, library.most or draws)
        means: list[float] = []
        simulate = library.simulate

        def run(simulate: Any = simulate, size: int = size, means: list[float] = means) -> None:
            means.append(simulate(inputs, size)["public_value"].mean)

        # Once for warmth and twice by the clock: they take seconds.
        seconds = medians({name: run}, 2)[name]
        found.append(Timed(name, draws, seconds * draws / size, off(means[-1], size), scaled=size < draws))
    return found


def only_drawn(inputs: peer.Inputs, draws: int) -> tuple[int, None]:
    """Every number of every draw, in the peer's chunks, and nothing else."""
    rng = np.random.default_rng(1)
    for start in range(0, draws, peer.CHUNK):
        size = min(peer.CHUNK, draws - start)
        peer.drawn_numbers(inputs, rng, size)
        if inputs.drawn:
            peer.whole(rng, inputs.lag, size)
            peer.whole(rng, inputs.duration, size)
    return draws, None


def table(rows: Sequence[Timed], *, drawn: bool) -> str:
    """The rows in markdown, each in multiples of the peer, per draw."""
    asked, first = rows[0].draws, rows[0].seconds / rows[0].draws
    lines = [
        f"### {asked:,} draws, lag and duration {'drawn' if drawn else 'certain'}\n",
        "| row | draws | seconds | × peer per draw | mean off, standard errors |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        seconds = f"{row.seconds:.3g}{' (scaled)' if row.scaled else ''}"
        off = "" if row.off is None else f"{row.off:+.2f}"
        lines.append(f"| {row.said} | {row.draws:,} | {seconds} | {row.seconds / row.draws / first:.2f} | {off} |")
    return "\n".join([*lines, ""])


def limits_of(rows: Sequence[Timed], *, drawn: bool) -> list[Limit]:
    """What is promised of the engine on one case. Sobol makes more draws than asked, so it is compared by draw."""
    by_name = {row.said: row for row in rows}
    ours, sobol = by_name["`sroi.simulate`, random"], by_name["`sroi.simulate`, sobol"]
    which = "lag and duration drawn" if drawn else "lag and duration certain"
    found = []
    if ours.draws in AGAINST_PEER:
        for row, said in ((ours, ""), (by_name[FIRST], ", the case not compiled before")):
            ratio, what = (
                row.seconds / by_name["peer: NumPy"].seconds,
                f"{ours.draws:,} draws against the peer, {which}",
            )
            found.append(Limit(what + said, ratio, AGAINST_PEER[ours.draws], "×"))
    per_draw = (sobol.seconds / sobol.draws) / (ours.seconds / ours.draws)
    what = f"Sobol against random per draw, {ours.draws:,} draws, {which}"
    return [*found, Limit(what, per_draw, SOBOL_AGAINST_RANDOM, "×")]


def limits_of_memory() -> list[Limit]:
    """The most memory of either case and of the methods random and sobol, above importing the library."""
    return [
        Limit(
            f"memory above importing the library at {draws:,} draws",
            max(memory.fresh("engine", draws, drawn=d, method=m) for d in (False, True) for m in ("random", "sobol")),
            most,
            "MB",
        )
        for draws, most in MEGABYTES.items()
    ]


def limits_of_commands(repeats: int) -> list[Limit]:
    """The command line in processes of its own, in a folder of its own."""

    def command(*words: str) -> Callable[[], object]:
        # Without the one thread that is asked of the peer: as people run it.
        environment = {name: value for name, value in os.environ.items() if name not in ONE_THREAD}
        environment["PYTHONPATH"] = str(Path(__file__).parent.parent)
        return lambda: subprocess.run(  # noqa: S603
            [sys.executable, "-m", "sroi.cli", *words], env=environment, capture_output=True, check=True
        )

    with tempfile.TemporaryDirectory() as folder:
        book = str(Path(folder) / "book.xlsx")
        whole = command("run", "no-wrong-door", "--draws", "10000", "-o", book)
        took = medians({"run": whole, "help": command("--help")}, repeats)
    what = "`sroi run no-wrong-door` with 10,000 draws and its workbook"
    return [Limit(what, took["run"], RUN_SECONDS, "s"), Limit("`sroi --help`", took["help"], HELP_SECONDS, "s")]


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.simulation", description="Draws, against a peer.")
    parser.add_argument("--draws", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--peers", action="store_true", help="leave the engine out")
    asked = parser.parse_args(arguments)
    limits: list[Limit] = []
    for drawn in (False, True):
        for draws in asked.draws:
            rows = of_one_case(draws, asked.repeats, drawn=drawn, engine=not asked.peers)
            sys.stdout.write(table(rows, drawn=drawn) + "\n")
            sys.stdout.flush()
            if not asked.peers:
                limits += limits_of(rows, drawn=drawn)
    if not asked.peers:
        limits += [*limits_of_memory(), *limits_of_commands(3)]
        lines = ["| what | found | at most | met |", "|---|---|---|---|", *map(str, limits)]
        sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    # How many threads a matrix product has is settled when NumPy is loaded, which it is by now.
    if any(os.environ.get(name) != value for name, value in ONE_THREAD.items()):
        again = [sys.executable, "-m", "benchmarks.simulation", *sys.argv[1:]]
        sys.exit(subprocess.run(again, env=os.environ | ONE_THREAD, check=False).returncode)  # noqa: S603
    main()
