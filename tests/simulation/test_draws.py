"""Draws: the same bits however they are cut, evenly spread, and of Sobol's SciPy's own points."""

from __future__ import annotations

import itertools
import pickle
import re
from typing import Any

import numpy as np
import pytest
from scipy import stats
from scipy.stats import qmc

from sroi import library
from sroi.model import Case
from sroi.reading import read
from sroi.simulation.distributions import distributions
from sroi.simulation.draws import METHODS, Design, design, faults, uniforms
from sroi.simulation.families import Array
from sroi.simulation.streams import permuted
from tests.simulation.test_distributions import made

FIELDS = ("deadweight", "displacement", "leakage", "drop_off", "attribution", "effect")


def case(count: int = 5, **tables: Any) -> Case:
    """A case of so many uncertain numbers."""
    outcome = {"attribution": 0.1, "drop_off": 0.1}
    return made(*({"ref": f"outcomes.o.{f}", "low": 0, "high": 0.5} for f in FIELDS[:count]), outcome=outcome, **tables)


def every(plan: Design) -> Array:
    """All draws of all numbers."""
    return uniforms(plan, plan.refs, 0, plan.draws)


TIED = [
    {"a": "outcomes.o.leakage", "b": "outcomes.o.deadweight", "rank": 0.6},
    {"a": "outcomes.o.leakage", "b": "outcomes.o.displacement", "rank": -0.3},
]


@pytest.mark.parametrize("tied", [(), TIED], ids=["apart", "tied"])
@pytest.mark.parametrize("method", METHODS)
def test_the_same_bits_however_they_are_cut(method: str, tied: list[dict[str, Any]]) -> None:
    plan = design(case(correlations=list(tied)), 5000, 7, method)
    whole = every(plan)
    assert whole.shape == (5, plan.draws)
    assert whole.flags.c_contiguous
    assert ((whole > 0) & (whole < 1)).all()
    for cuts in ([0, 1, 3, 700, 1024, 1025, 4097, plan.draws], [0, 4096, plan.draws], list(range(0, 600, 37))):
        for start, stop in itertools.pairwise(cuts):
            assert uniforms(plan, plan.refs, start, stop).tobytes() == whole[:, start:stop].tobytes()
    again = pickle.loads(pickle.dumps(plan))  # noqa: S301 our own
    for chosen in ([4], [2, 0], [3, 1, 0], []):
        some = uniforms(again, [plan.refs[n] for n in chosen], 100, 3000)
        assert some.tobytes() == whole[chosen, 100:3000].tobytes()


@pytest.mark.parametrize("method", ["random", "lhs"])
def test_another_uncertain_number_moves_no_other_s_stream(method: str) -> None:
    few, more = design(case(3), 1000, 1, method), design(case(6), 1000, 1, method)
    assert uniforms(more, few.refs, 0, 1000).tobytes() == every(few).tobytes()


@pytest.mark.parametrize("method", METHODS)
def test_another_seed_is_another_draw(method: str) -> None:
    one, two = (every(design(case(), 4096, seed, method)) for seed in (1, 2))
    assert (one != two).mean() > 0.99


@pytest.mark.parametrize("method", METHODS)
def test_each_number_is_uniform_and_none_hangs_on_another(method: str) -> None:
    found = every(design(case(6), 8192, 3, method))
    for row in found:
        assert stats.kstest(row, "uniform").pvalue > 1e-4
    apart = np.corrcoef(found) - np.eye(6)
    assert np.abs(apart).max() < 5 / np.sqrt(8192)  # five standard errors of a correlation of none


def test_random_is_numpy_s_stream_and_can_be_entered() -> None:
    # 10,000 draws on: what PCG64's own jump gives, not what drawing 10,000 first gives
    plan = design(case(1), 20_000, 1, "random")
    assert uniforms(plan, plan.refs, 10_000, 10_003).tobytes() == every(plan)[:, 10_000:10_003].tobytes()
    assert len(np.unique(every(plan))) == 20_000


@pytest.mark.parametrize("draws", [1, 2, 3, 1000, 4096, 10_007])
def test_a_hypercube_has_one_draw_in_each_stratum(draws: int) -> None:
    found = every(design(case(), draws, 1, "lhs"))
    strata = np.sort(np.floor(found * draws), axis=1)
    assert (strata == np.arange(draws)).all()


def test_permutations_are_as_mixed_as_they_should_be() -> None:
    # Neighbours fall far apart, and the ranks of place and target do not move together, at any of many keys.
    size, places = 5000, np.arange(5000, dtype=np.uint32)
    rng = np.random.default_rng(8)
    off = []
    for _ in range(200):
        keys = tuple((int(a) | 1, int(b)) for a, b in rng.integers(0, 2**32, (5, 2)))
        sent = permuted(places, size, keys).astype(float)
        off.append([np.corrcoef(sent, places)[0, 1], np.corrcoef(sent[1:], sent[:-1])[0, 1]])
    spread = np.array(off) * np.sqrt(size)  # standard normal if the permutation is random
    assert np.abs(spread.mean(axis=0)).max() < 4 / np.sqrt(200)
    assert spread.std(axis=0) == pytest.approx([1, 1], abs=0.2)


@pytest.mark.parametrize("asked", [64, 8192])
def test_sobol_points_are_scipy_s(asked: int) -> None:
    plan = design(case(), asked, 11)
    assert (plan.draws, plan.replicates, plan.length) == (asked, 8, asked // 8)
    found = every(plan)
    for replicate in range(8):
        source = np.random.default_rng(np.random.SeedSequence([11, replicate]))
        right = qmc.Sobol(5, bits=32, seed=source).random(plan.length).T + 2.0**-33  # the middle of each cell
        assert found[:, replicate * plan.length : (replicate + 1) * plan.length].tobytes() == right.tobytes()


@pytest.mark.parametrize(("asked", "made"), [(1, 8), (8, 8), (9, 16), (10_000, 16_384), (16_384, 16_384)])
def test_sobol_draws_are_eight_times_a_power_of_two(asked: int, made: int) -> None:
    assert design(case(), asked).draws == made
    assert every(design(case(), asked)).shape == (5, made)


def test_each_scramble_fills_the_square_evenly() -> None:
    plan = design(case(2), 8 * 256, 5)
    for start in range(0, plan.draws, 256):
        x, y = np.floor(uniforms(plan, plan.refs, start, start + 256) * 16).astype(int)
        assert len(set(zip(x, y, strict=True))) == 256, "a point in each of 16 by 16 cells: a (0, 8, 2)-net in base 2"


def test_refs_are_those_of_every_option_and_scenario() -> None:
    option = {"name": "more", "ref": "outcomes.o.effect", "value": 0.3, "low": 0.2, "high": 0.5}
    scenario = {"name": "poor", "ref": "outcomes.o.deadweight", "value": 0.3}
    found = case(2, options=[option], scenarios=[scenario])
    refs = {r.ref for o in (None, "more") for s in (None, "poor") for r in found.seen(o, s).ranges}
    assert design(found, 8).refs == tuple(sorted(refs))
    assert len(refs) == 3


def test_a_case_without_ranges_has_no_numbers_to_draw() -> None:
    assert every(design(made(), 10)).shape == (0, 16)


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match=re.escape('called "sobel". Did you mean "sobol"?')):
        design(case(), 10, 1, "sobel")
    for draws, seed, said in (
        (0, 1, "Draws must be 1 or more; found 0"),
        (10, -1, "The seed must be 0 or more; found -1"),
    ):
        with pytest.raises(ValueError, match=said):
            design(case(), draws, seed)
    with pytest.raises(ValueError, match="at most"):
        design(case(), 2**31 + 1)
    plan = design(case(), 10)
    with pytest.raises(ValueError, match="Draws 0 to 17 are not all of the 16"):
        uniforms(plan, plan.refs, 0, 17)
    with pytest.raises(ValueError, match="once"):
        uniforms(plan, [plan.refs[0]] * 2, 0, 1)
    with pytest.raises(KeyError, match=re.escape("costs.x.amount")):
        uniforms(plan, ["costs.x.amount"], 0, 1)


@pytest.mark.parametrize("name", library.shipped_cases())
def test_every_case_that_ships_can_be_drawn(name: str) -> None:
    case = read(name)
    assert faults(case) == ()
    plan = design(case, 64)
    for ref, found in distributions(case).items():
        values = found.quantile(uniforms(plan, [ref], 0, 64))
        assert ((values >= found.lower) & (values <= found.upper)).all()
