"""Simulating a case: its draws, run and summed up (method § 8)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from concurrent.futures import Executor
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from sroi.errors import CaseError, Problem
from sroi.model import Case
from sroi.projection.result import year_label
from sroi.projection.views import VIEWS
from sroi.simulation import statistics as st
from sroi.simulation.draws import design, whole_number
from sroi.simulation.inputs import with_followers
from sroi.simulation.measures import measured
from sroi.simulation.plan import ALSO
from sroi.simulation.result import Fan, SectorDraws, Simulation, ViewDraws
from sroi.simulation.run import Job, Part, Progress, Ready, run
from sroi.simulation.statistics import PERCENTILES, Statistics
from sroi.simulation.too_few import leaning, made_certain, sentences

RETURNS = tuple(step / 4 for step in range(25))
"""What is asked of £1 on the acceptability curve: from nothing to £6, by 25p."""
DRAWS = 10_000
LEAST = 2
"""Fewer draws have no spread."""

Array = NDArray[np.float64]


def simulate(
    case: Case,
    option: str | None = None,
    scenario: str | None = None,
    draws: int = DRAWS,
    seed: int = 1,
    method: str = "sobol",
    executor: Executor | None = None,
    *,
    also: Collection[str] = (),
    progress: Progress | None = None,
) -> Simulation:
    """Draws every uncertain number of the case together, many times over, and sums up what it comes to (method § 8).

    `method` is `random`, `lhs` or `sobol`; of the last the draws made are eight times a power of two, at or above
    those asked. One seed gives the same draws, to the bit, whatever the executor and its workers; by default threads,
    one for each core. `also` asks for measures that take longer: `irr` and `mvpf` of public value, and
    `discounted_payback_years` of every view. `progress` is told how many draws are done, of how many. An option draws
    the same percentiles as the case without it.

    >>> import sroi
    >>> found = sroi.simulate(sroi.read("ips-employment"), draws=1000)
    >>> found.draws, found.method
    (1024, 'sobol')
    >>> 0 <= found.views["public_value"].chance_positive <= 1
    True

    Raises `CaseError` for an option or a scenario that the case does not hold, where no number has a range, where a
    range fits no distribution, and where the correlations cannot all hold; `ValueError` for a method, a number of
    draws, a seed or a further measure that there is not, `TypeError` for what is no case or no whole number.
    """
    unknown = [name for name in also if name not in ALSO]
    if unknown:
        raise ValueError(f'There is no further measure called "{unknown[0]}". There are: {", ".join(ALSO)}.')
    if not isinstance(case, Case):
        raise TypeError(f"Give a case, as sroi.read returns; found {type(case).__name__}.")
    seen = case.seen(option, scenario)
    draws, seed = whole_number("Draws", draws, LEAST), whole_number("The seed", seed, 0)
    if not seen.ranges:
        lost = "".join(f" {said}" for said in made_certain(case, option, scenario))
        rule = "No number has a range: there is nothing to draw"
        raise CaseError([Problem("ranges", rule, "", lost.strip() or "State ranges.")])
    designed = design(case, draws, seed, method)
    ready, whole = run(Job(seen, designed, tuple(sorted(also))), executor, progress)
    years = seen.settings.years
    views = {view: _view(whole, view, years, designed.replicates) for view in VIEWS}
    lean = _leaning(ready, whole, views["public_value"])
    said = sentences(ready.distributions.values(), views, designed.draws, seen.settings.currency)
    found = Simulation(
        seen,
        option,
        scenario,
        designed.draws,
        draws,
        seed,
        method,
        MappingProxyType(dict(ready.distributions)),
        MappingProxyType(views),
        MappingProxyType({s.id: _sector(whole, s.id, designed.replicates) for s in seen.sectors}),
        _fans(whole),
        tuple(year_label(seen.settings.first_year + t) for t in range(years)),
        (*made_certain(case, option, scenario), *((lean,) if lean else ()), *said),
        MappingProxyType(dict(whole.measures)),
        lean,
    )
    for values in found.measures.values():
        values.flags.writeable = False
    return found


def _leaning(ready: Ready, whole: Part, view: ViewDraws) -> str:
    """What is to be said where the central case is no fair word for its draws: it is a draw of central values."""
    case, names, width = ready.job.case, ("npv", "bcr"), 2
    centre = {ref: np.full(width, drawn.central) for ref, drawn in ready.distributions.items()}
    evaluation = ready.program.of_width(width).run(with_followers(case, centre))
    central = {name: float(measured(ready.declared, evaluation, "public_value", name, width)[0]) for name in names}
    values = {name: whole.measures["public_value", name] for name in names}
    return leaning(central, view, values, case.settings.currency)


def _statistics(whole: Part, key: str, name: str, replicates: int) -> Statistics:
    return st.statistics(whole.measures[key, name], replicates)


def _view(whole: Part, view: str, years: int, replicates: int) -> ViewDraws:
    def of(name: str) -> Statistics:
        return _statistics(whole, view, name, replicates)

    benefits, costs, nil = whole.measures[view, "pv_benefits"], whole.measures[view, "pv_costs"], whole.nils[view]
    least = float(nil.mean(dtype=np.float64))
    return ViewDraws(
        pv_costs=of("pv_costs"),
        pv_benefits=of("pv_benefits"),
        npv=of("npv"),
        bcr=of("bcr"),
        ratio_of_means=st.ratio_of_means(benefits, costs, least),
        ratio_mcse=st.ratio_error(benefits, costs, replicates, least),
        chance_positive=st.chance(whole.measures[view, "npv"] > nil),
        payback_years=of("payback_years"),
        paid_back_by=st.paid_back_by(whole.measures[view, "payback_years"], years),
        acceptability=MappingProxyType(dict(st.acceptability(benefits, costs, RETURNS, nil))),
        **{name: of(name) for name in ALSO if (view, name) in whole.measures},
    )


def _sector(whole: Part, sector: str, replicates: int) -> SectorDraws:
    def of(name: str) -> Statistics:
        return _statistics(whole, sector, name, replicates)

    net = whole.measures[sector, "net"]
    return SectorDraws(
        of("pv_costs"), of("pv_benefits"), of("pv_cashable"), of("net"), st.chance(net > whole.nils[sector])
    )


def _fans(whole: Part) -> Mapping[str, Fan]:
    found = {}
    for line, rows in whole.rows.items():
        by_percentile = st.percentiles(rows)
        held = {number: tuple(float(x) for x in by_percentile[place]) for place, number in enumerate(PERCENTILES)}
        found[line.rsplit(".", 1)[0]] = Fan(MappingProxyType(held), rows.shape[1])
    return MappingProxyType(found)
