"""How sure the answer is: draws of every uncertain number, and what they make of the result (method § 8).

===============  ======================================================================
`families`       the distributions: probabilities, inverses, moments
`inverse`        quantile functions that are quick
`fitting`        from central, low and high to a distribution
`distributions`  each range as a distribution within its field's bounds
`streams`        plain and Latin hypercube draws, a stream per number
`sobol`          scrambled Sobol points
`copula`         rank correlations
`draws`          the draws, the same bits however they are cut
`inputs`         § 5: what moves with a number: rows of a pool follow its first
`measures`       each measure of a view, a sector or an outcome (§ 6), by draw
`numbers`        the numbers of a case that can be moved, and how far
`trials`         the central case many times over, some numbers moved in each
`one_way`        one number at a time: a tornado
`switching`      how far each number must move until the answer turns
`grid`           two numbers at once
`statistics`     means, percentiles, standard errors, chances
`sensitivity`    the tornado and the switching values of net public value, together
`plan`           what is kept of each draw, and the lines that needs
`run`            chunks of draws through the compiled case, on any executor
`result`         what the draws come to, by view and sector
`too_few`        what a reader must know beside the numbers
`simulate`       all of the above, in order
`tables`         the result as tidy tables
===============  ======================================================================
"""

from sroi.simulation.grid import Grid, grid
from sroi.simulation.inputs import followers, with_followers
from sroi.simulation.measures import MEASURES, OUTCOME_MEASURES, SECTOR_MEASURES, lines_read, measured
from sroi.simulation.numbers import Movable, movables
from sroi.simulation.one_way import Bar, OneWay, one_way
from sroi.simulation.result import Simulation
from sroi.simulation.sensitivity import Sensitivity, sensitivity
from sroi.simulation.simulate import simulate
from sroi.simulation.switching import Switching, SwitchingValue, switching

__all__ = [
    "MEASURES",
    "OUTCOME_MEASURES",
    "SECTOR_MEASURES",
    "Bar",
    "Grid",
    "Movable",
    "OneWay",
    "Sensitivity",
    "Simulation",
    "Switching",
    "SwitchingValue",
    "followers",
    "grid",
    "lines_read",
    "measured",
    "movables",
    "one_way",
    "sensitivity",
    "simulate",
    "switching",
    "with_followers",
]
