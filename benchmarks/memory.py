"""How much memory a simulation takes above importing the library: the high-water mark of a process of its own.

A process that has measured something else keeps what that took, so each measure has a fresh one:

    python -m benchmarks.memory engine 100000 [--drawn] [--method sobol]

prints megabytes (a million bytes). The mark is the kernel's `VmHWM`, which starts afresh with the program: on Linux
`ru_maxrss` of a child is at least what its parent held when it was started. Elsewhere it is `ru_maxrss`.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from benchmarks.uncertain import tables

STATUS = Path("/proc/self/status")


def peak() -> float:
    """The most this process has held so far, in megabytes."""
    if STATUS.exists():
        found = re.search(r"^VmHWM:\s+(\d+) kB$", STATUS.read_text("ascii"), re.MULTILINE)
        if found is not None:
            return int(found[1]) * 1024 / 1e6
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6


def of_engine(draws: int, method: str, *, drawn: bool) -> float:
    """`sroi.simulate` of the case, read and all, above importing it."""
    sroi = import_module("sroi")
    simulate, read = sroi.simulate, sroi.read  # imports what they need
    before = peak()
    kept = simulate(read(tables(drawn=drawn)), draws=draws, seed=1, method=method)
    after = peak()
    del kept
    return after - before


def of_peer(draws: int, *, drawn: bool) -> float:
    """The peer on the same case, above importing NumPy."""
    peer = import_module("benchmarks.peer")
    before = peak()
    kept = peer.simulate(peer.inputs(tables(drawn=drawn)), draws)
    after = peak()
    del kept
    return after - before


def fresh(what: str, draws: int, *, drawn: bool, method: str = "sobol") -> float:
    """Megabytes, measured in a process of its own."""
    asked = [what, str(draws), "--method", method, *(["--drawn"] if drawn else [])]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "benchmarks.memory", *asked],
        cwd=Path(__file__).parent.parent,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return float(done.stdout)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures in this process and prints megabytes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description="Memory of a simulation, in MB.")
    parser.add_argument("what", choices=("engine", "peer"))
    parser.add_argument("draws", type=int)
    parser.add_argument("--drawn", action="store_true", help="lag and duration drawn too")
    parser.add_argument("--method", default="sobol")
    asked = parser.parse_args(arguments)
    if asked.what == "peer":
        found = of_peer(asked.draws, drawn=asked.drawn)
    else:
        found = of_engine(asked.draws, asked.method, drawn=asked.drawn)
    sys.stdout.write(f"{found:.1f}\n")


if __name__ == "__main__":
    main()
