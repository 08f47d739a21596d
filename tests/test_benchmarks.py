"""The benchmarks run, compare like with like, and are nowhere near ten times slower than when they were written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import sroi
from benchmarks import irr, projection
from benchmarks.measuring import Measured, Report
from sroi.projection import declare
from sroi.sheet import evaluate

ROOT = Path(__file__).parent.parent

# Seconds of the peer per second of the engine, at these sizes, on two shared cores (benchmarks/README.md); and how far
# their answers may lie apart: a rate to 1e-9, net present value to a tenth of a penny.
SMALL = {
    "irr": (("--draws", "200", "--repeats", "3"), 3.0, 1e-9),
    "projection": (("--draws", "20", "--repeats", "3"), 0.28, 1e-3),
}


@pytest.mark.parametrize("benchmark", SMALL)
def test_a_benchmark_runs_and_has_not_fallen_tenfold(benchmark: str) -> None:
    """Ratios within one run, so that a slow machine is no failure. NumPy's matrix products are kept to one thread:
    on a busy machine their threads wait for each other, and the engine's share of that is not its own doing."""
    sizes, peer_per_engine, allowed = SMALL[benchmark]
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{benchmark}", *sizes],
        cwd=ROOT,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    rows = re.findall(r"^(.+?)  +(engine|peer|floor|part) +([\d.]+) +(\S+) +([\d.]+)$", done.stdout, re.MULTILINE)
    ratios: dict[str, float] = {}
    for _, role, _, ratio, _ in rows:
        ratios.setdefault(role, float(ratio))
    assert set(ratios) >= {"engine", "peer", "floor"}
    assert ratios["engine"] == 1
    assert ratios["peer"] > peer_per_engine / 10
    apart = re.search(r"^engine and peer differ by (\S+) at most$", done.stdout, re.MULTILINE)
    assert apart is not None
    assert float(apart[1]) <= allowed


def test_flows_without_a_rate_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    # By hand: spending alone has no rate.
    spending = -np.ones((6, 3))
    monkeypatch.setattr(irr, "investments", lambda *_: spending)
    with pytest.raises(
        ValueError, match=r"^A draw of the benchmark has no rate: the loop would look for one in vain\.$"
    ):
        irr.run(draws=3, years=5, repeats=1)


@pytest.mark.parametrize(
    ("flows", "rate"),
    [
        ((-100, 0, 0, 74), 0.74 ** (1 / 3) - 1),
        ((-100, 121), 0.21),
        ((100, -110), 0.1),  # a loan: worth more the higher the rate
    ],
)
def test_the_peers_find_rates(flows: tuple[float, ...], rate: float) -> None:
    assert irr.by_bisection(flows) == pytest.approx(rate, abs=1e-12)
    brentq = irr.brentq()
    if brentq is not None:
        assert brentq(flows) == pytest.approx(rate, abs=1e-12)


def test_the_effects_drawn_are_the_case_s() -> None:
    """A benchmark of draws that reach no line would be one of nothing."""
    case = sroi.read("no-wrong-door")
    evaluation = evaluate(declare(case).model, projection.effects(case, draws=4))
    nets = evaluation.array("public_value.npv")[0]
    assert nets.shape == (4,)
    assert len(set(nets.tolist())) == 4


def test_the_table_is_in_ratios() -> None:
    rows = (
        Measured("ours", "engine", 0.5, 2_500_000),
        Measured("theirs", "peer", 2.0, 1_000_000),
        Measured("least", "floor", 0.05, 0),
    )
    report = Report("A title", rows, apart=2e-10)
    # By hand: 2 / 0.5 = 4 and 0.05 / 0.5 = 0.1.
    assert str(report).splitlines() == [
        "A title",
        "                   seconds    × engine   peak MB",
        "ours    engine    0.500000           1      2.50",
        "theirs  peer      2.000000           4      1.00",
        "least   floor     0.050000         0.1      0.00",
        "engine and peer differ by 2.0e-10 at most",
    ]
