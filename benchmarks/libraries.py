"""The case of `benchmarks.uncertain` by libraries for uncertainty, each used as its own documentation shows.

- **OpenTURNS**: a joint distribution, a vectorised `PythonFunction` of its sample, sample moments and quantiles.
- **SALib**: a problem of names and distributions, `latin.sample`, the model on the whole sample. It knows no beta:
  such a column is drawn as a uniform and put through scipy's quantile function.
- **monaco**: a `Sim` with variables of scipy's distributions, and three functions called once a draw.

The model is the peer's own arithmetic over the years, so that what differs is the library's part. Each answers less
than the peer does: present values, no fan and no payback. All are in the optional group `benchmarks`.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from benchmarks.peer import CHUNK, PERCENTILES, Floats, Inputs, Summary, summary

NAMES = ("people", "effect", "deadweight", "attribution", "amount", "drop_off")
WHOLE = ("lag", "duration")
Found = Mapping[str, Summary]
"""By sector the present value of benefits; `public_value` net."""


@dataclass(frozen=True)
class Library:
    """One library: what it is called, its module, how it simulates the case, and the most draws it is asked for."""

    name: str
    module: str
    simulate: Callable[[Inputs, int], Found]
    most: int | None = None
    """Where more would take minutes: its time is then scaled up, and said to be."""

    @property
    def installed(self) -> bool:
        """Whether it can be imported."""
        return find_spec(self.module) is not None

    @property
    def missing(self) -> str:
        """What to do where it cannot."""
        return (
            f"{self.name} is not installed, so that it is not measured: "
            "pip install -c constraints.txt -e '.[benchmarks]'"
        )


def numbers(case: Inputs) -> Iterator[tuple[str, int, str, Floats]]:
    """Every uncertain number: its name, its outcome, the shape, its parameters. Whole ones already stretched."""
    shapes = {"people": "lognormal", "amount": "lognormal", "deadweight": "beta", "drop_off": "beta"}
    for name in NAMES:
        for i, row in enumerate(getattr(case, name).T):
            yield name, i, shapes.get(name, "triangular"), row
    if case.drawn:
        for name in WHOLE:
            for i, (low, mode, high) in enumerate(getattr(case, name).T):
                yield name, i, "triangular", np.array([low - 0.5, mode, high + 0.5])


def present_values(case: Inputs, sample: Floats) -> Floats:
    """Present value by sector of every row of a sample whose columns are `numbers`: `(draw, sector)`.

    In chunks, as the peer: all at once takes longer.
    """
    chunks = [sample[start : start + CHUNK] for start in range(0, len(sample), CHUNK)]
    return np.concatenate([_present_values(case, chunk) for chunk in chunks])


def _present_values(case: Inputs, sample: Floats) -> Floats:
    columns = sample.T.reshape(-1, case.outcomes, len(sample)).copy()
    people, effect, deadweight, attribution, amount, drop_off = columns[:6]
    worth = people * effect * (1 - deadweight) * (1 - attribution) * amount * case.baseline[:, None]
    lag, last = np.zeros_like(worth), np.full_like(worth, case.years)
    if case.drawn:
        lag = np.rint(columns[6])
        last = lag + np.rint(columns[7])
    kept = 1 - drop_off
    surviving, in_force, total = np.zeros_like(worth), np.zeros_like(worth), np.zeros_like(worth)
    latest, earliest = lag.max(), last.min()
    for year in range(case.years):
        surviving *= kept
        if year >= earliest:
            surviving *= year < last
        if year <= latest:
            surviving += worth * (year == lag)
        in_force += surviving
        total += in_force * case.factors[year]
    return np.asarray((case.member @ total).T)


def results(case: Inputs, worth: Floats) -> Floats:
    """Present values by sector with net present value in public value as a last column."""
    return np.column_stack([worth, worth.sum(axis=1) - case.yearly_cost * case.factors.sum()])


def named(case: Inputs, columns: Floats) -> Found:
    """Summaries of these columns, by NumPy."""
    return dict(zip((*case.sectors, "public_value"), map(summary, columns.T), strict=True))


def by_openturns(case: Inputs, draws: int) -> Found:
    """A sample of a joint distribution through a `PythonFunction`; moments and quantiles by the library."""
    ot = import_module("openturns")
    make = {
        "lognormal": ot.LogNormal,
        "triangular": ot.Triangular,
        "beta": lambda alpha, beta: ot.Beta(alpha, beta, 0.0, 1.0),
    }
    ot.RandomGenerator.SetSeed(1)
    joint = ot.JointDistribution([make[shape](*map(float, row)) for _, _, shape, row in numbers(case)])
    width = joint.getDimension()
    model = ot.PythonFunction(
        width, len(case.sectors) + 1, func_sample=lambda sample: results(case, present_values(case, np.asarray(sample)))
    )
    output = model(joint.getSample(draws))
    means, deviations = output.computeMean(), output.computeStandardDeviation()
    quantiles = np.array([output.computeQuantilePerComponent(percent / 100) for percent in PERCENTILES]).T
    return {
        name: Summary(means[place], deviations[place], quantiles[place])
        for place, name in enumerate((*case.sectors, "public_value"))
    }


def by_salib(case: Inputs, draws: int) -> Found:
    """A Latin hypercube of a problem, the model on all of it."""
    latin = import_module("SALib.sample.latin")
    stats = import_module("scipy.stats")
    dists, bounds, betas = [], [], []
    for place, (_, _, shape, row) in enumerate(numbers(case)):
        if shape == "lognormal":
            dists.append("lognorm")
            bounds.append(row.tolist())
        elif shape == "triangular":
            low, mode, high = row.tolist()
            # start, end, and how far along the peak is
            dists.append("triang")
            bounds.append([low, high, (mode - low) / (high - low)])
        else:
            dists.append("unif")
            bounds.append([0.0, 1.0])
            betas.append((place, row))
    names = [f"{name} {i}" for name, i, _, _ in numbers(case)]
    problem = {"num_vars": len(names), "names": names, "bounds": bounds, "dists": dists}
    sample = latin.sample(problem, draws, seed=1)
    for place, row in betas:
        sample[:, place] = stats.beta.ppf(sample[:, place], *row)
    return named(case, results(case, present_values(case, sample)))


def by_monaco(case: Inputs, draws: int) -> Found:
    """A `Sim`: variables drawn by the library, the model run once a draw."""
    monaco = import_module("monaco")
    stats = import_module("scipy.stats")
    names = [f"{name} {i}" for name, i, _, _ in numbers(case)]

    def preprocess(one: Any) -> tuple[list[float]]:
        return ([one.invals[name].val for name in names],)

    def run(values: list[float]) -> tuple[list[float]]:
        return (results(case, present_values(case, np.array([values])))[0].tolist(),)

    def postprocess(one: Any, worth: list[float]) -> None:
        for name, value in zip((*case.sectors, "public_value"), worth, strict=True):
            one.addOutVal(name=name, val=value)

    functions = {
        monaco.SimFunctions.PREPROCESS: preprocess,
        monaco.SimFunctions.RUN: run,
        monaco.SimFunctions.POSTPROCESS: postprocess,
    }
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")  # of its progress bars and of a number of draws that is no power of two
        sim = monaco.Sim(
            name="uncertain",
            ndraws=draws,
            fcns=functions,
            samplemethod=monaco.SampleMethod.RANDOM,
            seed=1,
            singlethreaded=True,
            verbose=False,
        )
        for name, (_, _, shape, row) in zip(names, numbers(case), strict=True):
            dist, keywords = _scipy(shape, row)
            sim.addInVar(name=name, dist=getattr(stats, dist), distkwargs=keywords)
        sim.runSim()
        columns = np.array([sim.outvars[name].vals for name in (*case.sectors, "public_value")], dtype=float).T
    return named(case, columns)


def _scipy(shape: str, row: Floats) -> tuple[str, dict[str, float]]:
    """A shape and its parameters in scipy's words."""
    if shape == "lognormal":
        return "lognorm", {"s": row[1], "scale": np.exp(row[0])}
    if shape == "beta":
        return "beta", {"a": row[0], "b": row[1]}
    low, mode, high = row
    return "triang", {"c": (mode - low) / (high - low), "loc": low, "scale": high - low}


LIBRARIES = {
    library.name: library
    for library in (
        Library("OpenTURNS", "openturns", by_openturns),
        Library("SALib", "SALib", by_salib),
        Library("monaco", "monaco", by_monaco, most=2_000),
    )
}
