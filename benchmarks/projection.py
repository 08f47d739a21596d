"""The central case of a shipped case: `sroi.project` against the scalar oracle, and evaluating alone.

- **Peer**: `tests/oracle/`, the same method again in plain Python, one number at a time. It does somewhat more: value
  beyond the horizon and side payments too.
- **Floor**: `sroi.sheet.evaluate` of the model already declared: the arithmetic, without saying what it is.
- **Parts**: declaring the lines, the rest of what `project` does but for reading the measures off; and evaluating once
  with every effect drawn many times, which is what arrays are for: its time per draw is to be set against the peer's.

Reading the case from its file is in none of them.

    python -m benchmarks.projection [--case no-wrong-door] [--draws 1000] [--repeats 10]
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import numpy as np
import yaml
from numpy.typing import NDArray

import sroi
from benchmarks.measuring import Report, measure, say
from sroi import library
from sroi.model import Case
from sroi.projection import declare
from sroi.sheet import evaluate
from tests.oracle import oracle
from tests.oracle.library import load_library


def effects(case: Case, draws: int, seed: int = 1) -> dict[str, NDArray[np.float64]]:
    """Every outcome's effect, a tenth either way of what the case says; those given by year stay as they are."""
    rng = np.random.default_rng(seed)
    stated = {outcome.at("effect"): outcome.effect for outcome in case.outcomes}
    return {ref: effect * rng.uniform(0.9, 1.1, draws) for ref, effect in stated.items() if effect is not None}


def run(case_id: str = "no-wrong-door", draws: int = 1_000, repeats: int = 10) -> Report:
    """Measures all of them on one case. `apart` is in pounds of net present value, over all views."""
    case = sroi.read(case_id)
    plain = yaml.safe_load(library.case_path(case_id, "yaml").read_text("utf-8"))
    shelf = load_library()
    model = declare(case).model
    engine, result = measure("sroi.project", "engine", lambda: sroi.project(case), repeats)
    peer, found = measure("the scalar oracle", "peer", lambda: oracle.project(plain, shelf), repeats)
    floor, _ = measure("evaluating the lines alone", "floor", lambda: evaluate(model), repeats)
    part, _ = measure("declaring the lines", "part", lambda: declare(case), repeats)
    inputs = effects(case, draws)
    many, _ = measure(f"evaluating, effects drawn {draws:,} times", "part", lambda: evaluate(model, inputs), repeats)
    apart = max(abs(view.npv - found["views"][name]["npv"]) for name, view in result.views.items())
    title = f"The central case of {case_id}: {len(model.lines):,} lines, {case.settings.years} years"
    return Report(title, (engine, peer, floor, part, many), apart)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.projection", description="The central case of a case.")
    parser.add_argument("--case", default="no-wrong-door", help="the id of a case that ships")
    parser.add_argument("--draws", type=int, default=1_000)
    parser.add_argument("--repeats", type=int, default=10)
    asked = parser.parse_args(arguments)
    say([run(asked.case, asked.draws, asked.repeats)])


if __name__ == "__main__":
    main()
