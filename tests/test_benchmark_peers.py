"""The peers of the engine's draws agree with the closed form: a ratio to a wrong answer would say nothing.

Expected means, deviations and chances come from `tests/simulation/closed_form.py`, or from sums by hand beside them.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from benchmarks import libraries, measuring, memory, peer, simulation
from benchmarks.uncertain import PUBLIC, SECTORS, tables
from tests.simulation.closed_form import Benchmark, Moments

DRAWS = 20_000
WITHIN = 4.5
"""Standard errors; seeds never change."""


def agrees(found: peer.Summary, expected: Moments, draws: int = DRAWS) -> bool:
    """The mean within its standard error; the deviation within that of a sample with a kurtosis of 9 at most."""
    error = WITHIN / math.sqrt(draws)
    return abs(found.mean - expected.mean) < error * expected.sd and abs(
        found.sd / expected.sd - 1
    ) < error * math.sqrt(2)


@pytest.mark.parametrize("drawn", [False, True])
def test_the_peer_tends_to_the_closed_form(drawn: bool) -> None:
    case = tables(drawn=drawn)
    closed, found = Benchmark(case), peer.simulate(peer.inputs(case), DRAWS)
    for sector in SECTORS:
        assert agrees(found.sectors[sector], closed.benefits([sector])), sector
    assert agrees(found.npv["public_value"], closed.npv(SECTORS))
    assert agrees(found.npv["budget"], closed.npv(PUBLIC))
    assert found.flows.shape == (30, 3, DRAWS)
    for year in (0, 3, 8, 29):
        for place, sector in enumerate(SECTORS):
            row = found.flows[year, place]
            assert agrees(peer.summary(row), closed.value_in(year, [sector])), (year, sector)
    net = found.flows.sum(axis=(0, 1)) - 30 * case["costs"][0]["amount"]
    assert agrees(peer.summary(net), closed.net_until(29))


@pytest.mark.parametrize("drawn", [False, True])
def test_the_peer_s_chances_and_percentiles_are_those_of_its_flows(drawn: bool) -> None:
    """By another way: NumPy's own percentiles, and payback by the last year in which the sum so far is below nil."""
    case = tables(drawn=drawn, outcomes=6, years=12)
    case["costs"][0]["amount"] = 800_000
    found = peer.simulate(peer.inputs(case), 999, chunk=100)  # a last chunk that is shorter
    factors = 1.035 ** -np.arange(12.0)
    net = np.cumsum(found.flows.sum(axis=1) - 800_000, axis=0)
    npv = (factors[:, None] * (found.flows.sum(axis=1) - 800_000)).sum(axis=0)
    budget = (factors[:, None] * (found.flows[:, :2].sum(axis=1) - 800_000)).sum(axis=0)
    for view, row in (("public_value", npv), ("budget", budget)):
        assert found.npv[view].percentiles == pytest.approx(np.percentile(row, peer.PERCENTILES), rel=1e-9)
        assert found.chance_positive[view] == np.mean(row > 0)
    assert 0 < found.chance_positive["public_value"] < 1
    assert found.fan == pytest.approx(np.percentile(net, peer.PERCENTILES, axis=1), rel=1e-9)
    assert found.ratio_of_means["public_value"] == pytest.approx(1 + npv.mean() / (800_000 * factors.sum()))
    paid_back = [max((y + 1 for y in range(12) if net[y, draw] < 0), default=0) for draw in range(999)]
    by_year = [sum(year <= y for year in paid_back) / 999 for y in range(12)]
    assert found.payback_by_year == pytest.approx(by_year)
    assert 0 < found.payback_by_year[-1] < 1


def test_lag_and_duration_are_followed_year_by_year() -> None:
    """Every pair of lag and duration once, by a sum over cohorts; the shortest ends alone, and so does the longest."""
    pairs = [(lag, duration) for lag in range(4) for duration in range(2, 6)]
    case = peer.inputs(tables(drawn=True, outcomes=1, years=10))
    worth, kept = np.full((1, len(pairs)), 8.0), np.full((1, len(pairs)), 0.5)
    lags, durations = np.array(pairs, float).T[:, None]
    expected = np.zeros((10, len(pairs)))
    for draw, (lag, duration) in enumerate(pairs):
        for start in range(10):
            for age in range(duration):
                if start + lag + age < 10:
                    expected[start + lag + age, draw] += 8 * 0.5**age
    flows = np.empty((10, 3, len(pairs)))
    peer.follow_between(case, worth.copy(), kept, lags, lags + durations, flows)
    assert flows[:, 0] == pytest.approx(expected, rel=1e-12)
    # The libraries' model on the same draws: 8 = 16/3 people × 0.5 × (1 - 0) × (1 - 0) × 2 × the baseline of 1.5.
    ones = np.ones(len(pairs))
    columns = [16 / 3 * ones, 0.5 * ones, 0 * ones, 0 * ones, 2 * ones, 0.5 * ones, lags[0], durations[0]]
    found = libraries.present_values(case, np.column_stack(columns))
    assert found[:, 0] == pytest.approx(case.factors @ expected, rel=1e-12)


@pytest.mark.parametrize("name", libraries.LIBRARIES)
@pytest.mark.parametrize("drawn", [False, True])
def test_a_library_tends_to_the_closed_form(name: str, drawn: bool) -> None:
    library = libraries.LIBRARIES[name]
    if not library.installed:
        pytest.skip(library.missing)
    case = tables(drawn=drawn, outcomes=4, years=7)
    draws = 512 if name == "monaco" else DRAWS
    found = library.simulate(peer.inputs(case), draws)
    closed = Benchmark(case)
    assert agrees(found["public_value"], closed.npv(SECTORS), draws)
    for sector in SECTORS:
        assert agrees(found[sector], closed.benefits([sector]), draws), sector


def test_a_library_that_is_missing_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "find_spec", lambda _: None)
    library = libraries.LIBRARIES["OpenTURNS"]
    assert not library.installed
    assert library.missing == (
        "OpenTURNS is not installed, so that it is not measured: pip install -c constraints.txt -e '.[benchmarks]'"
    )


def test_whole_numbers_are_whole_and_as_likely_as_the_triangle_says() -> None:
    # By hand, as in test_closed_form: 0, 1, 2 and 3 with 1/6, 13/30, 0.3 and 0.1.
    limits = np.array([[0.0], [1.0], [3.0]])
    drawn = peer.whole(np.random.default_rng(1), limits, 20_000)[0]
    shares = [np.count_nonzero(drawn == value) / 20_000 for value in range(4)]
    assert math.fsum(shares) == pytest.approx(1)
    assert shares == pytest.approx([1 / 6, 13 / 30, 0.3, 0.1], abs=WITHIN * 0.5 / math.sqrt(20_000))


def test_the_table_is_in_multiples_of_the_peer_by_draw() -> None:
    rows = [
        simulation.Timed("peer: NumPy", 10_000, 0.5, 1.234),
        simulation.Timed("floor", 10_000, 0.25, None),
        simulation.Timed("ours", 16_384, 1.0, -0.5),
        simulation.Timed("slow", 10_000, 60.0, 0.0, scaled=True),
    ]
    # By hand: 0.25 / 0.5 = 0.5; (1 / 16,384) / (0.5 / 10,000) = 1.2207; 60 / 0.5 = 120.
    assert simulation.table(rows, drawn=True).splitlines() == [
        "### 10,000 draws, lag and duration drawn",
        "",
        "| row | draws | seconds | × peer per draw | mean off, standard errors |",
        "|---|---|---|---|---|",
        "| peer: NumPy | 10,000 | 0.5 | 1.00 | +1.23 |",
        "| floor | 10,000 | 0.25 | 0.50 |  |",
        "| ours | 16,384 | 1 | 1.22 | -0.50 |",
        "| slow | 10,000 | 60 (scaled) | 120.00 | +0.00 |",
    ]


def test_what_is_promised_is_met_or_not() -> None:
    rows = [
        simulation.Timed("peer: NumPy", 10_000, 0.5, 0.0),
        simulation.Timed(simulation.FIRST, 10_000, 2.0, 0.0),
        simulation.Timed("`sroi.simulate`, random", 10_000, 1.5, 0.0),
        simulation.Timed("`sroi.simulate`, sobol", 16_384, 2.0, 0.0),
    ]
    # By hand: 1.5 / 0.5 = 3 and 2 / 0.5 = 4, over 2.5; (2 / 16,384) / (1.5 / 10,000) = 0.8138, under 1.5.
    assert [str(limit) for limit in simulation.limits_of(rows, drawn=False)] == [
        "| 10,000 draws against the peer, lag and duration certain | 3 × | 2.5 × | **no** |",
        "| 10,000 draws against the peer, lag and duration certain, "
        "the case not compiled before | 4 × | 2.5 × | **no** |",
        "| Sobol against random per draw, 10,000 draws, lag and duration certain | 0.814 × | 1.5 × | yes |",
    ]


def test_medians_take_turns_and_leave_the_first_out(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[str] = []
    clock = iter([100.0, 200.0, 1.0, 2.0, 5.0, 3.0, 2.0, 9.0])
    monkeypatch.setattr(measuring, "seconds_of", lambda run, _: run() or next(clock))
    runs = {"a": lambda: turns.append("a"), "b": lambda: turns.append("b")}
    # By hand: the first turn is for warmth; then a took 1, 5, 2 and b 2, 3, 9.
    assert measuring.medians(runs, repeats=3) == {"a": 2.0, "b": 3.0}
    assert turns == ["a", "b"] * 4


def test_memory_is_that_of_the_simulation_not_of_whoever_asks() -> None:
    """By hand: the peer keeps 30 years × 3 sectors × 8 bytes a draw, 72 MB of 100,000 draws, and sorts a third of it
    again. This process holds 200 MB more meanwhile, which `ru_maxrss` of a child would count."""
    held = np.ones(25_000_000)
    before = memory.peak()
    found = memory.fresh("peer", 100_000, drawn=False)
    assert before > held.nbytes / 1e6
    assert 72 < found < 200


def test_the_benchmark_runs_without_the_engine(capsys: pytest.CaptureFixture[str]) -> None:
    simulation.main(["--draws", "300", "--repeats", "1", "--peers"])
    said = capsys.readouterr()
    assert said.out.count("| peer: NumPy | 300 |") == 2
    for library in libraries.LIBRARIES.values():
        assert (f"SKIPPED: {library.missing}\n" in said.err) is not library.installed
        assert (f"| {library.name} | 300 |" in said.out) is library.installed
