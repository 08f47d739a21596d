"""Measures by draw: what a view, a sector or an outcome comes to in each draw (method §§ 6, 8).

They are those that `sroi.projection.Result` reads off the central case, under the same names, for all draws at once. A
measure that does not apply in a draw is not-a-number in it, for the same reason as in a result.

======================================  ===============================================================================
of a view                               `npv`, `bcr`, `pv_costs`, `pv_benefits`, `irr`, `mirr`, `payback_years`,
                                        `discounted_payback_years`; `mvpf` of `public_value` alone
of a sector                             `net` (or `npv`, the same), `bcr`, `pv_costs`, `pv_benefits`, `pv_cashable`,
                                        `payback_years`
of an outcome                           `quantity`, `pv`, `cost_per_outcome`
======================================  ===============================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from sroi.errors import CaseError, Problem
from sroi.model import Case
from sroi.model.tables import near, near_among
from sroi.projection import Flows
from sroi.projection.irr import irr, mirr
from sroi.projection.returns import dated
from sroi.projection.views import VIEWS
from sroi.sheet import Evaluation

Array = NDArray[np.float64]

LINES: Mapping[str, Mapping[str, str]] = {
    "view": {
        "npv": "{}.npv",
        "bcr": "{}.bcr",
        "pv_costs": "{}.pv_costs",
        "pv_benefits": "{}.pv_benefits",
        "payback_years": "{}.payback",
        "discounted_payback_years": "{}.discounted.payback",
        "mvpf": "{}.mvpf",
    },
    "sector": {
        "net": "{}.npv",
        "npv": "{}.npv",
        "bcr": "{}.bcr",
        "pv_costs": "{}.pv_costs",
        "pv_benefits": "{}.pv_benefits",
        "pv_cashable": "{}.pv_cashable",
        "payback_years": "{}.payback",
    },
    "outcome": {
        "quantity": "{}.quantity",
        "pv": "{}.total_present_value",
        "cost_per_outcome": "{}.cost_per_outcome",
    },
}
"""By what it is a measure of: each measure's line. A line with years is added over them."""
MEASURES = ("npv", "bcr", "pv_costs", "pv_benefits", "irr", "mirr", "payback_years", "discounted_payback_years", "mvpf")
"""The measures of a view."""
SECTOR_MEASURES = tuple(LINES["sector"])
"""The measures of a sector."""
OUTCOME_MEASURES = tuple(LINES["outcome"])
"""The measures of an outcome."""
KNOWN: Mapping[str, tuple[str, ...]] = {
    "view": MEASURES,
    "sector": SECTOR_MEASURES,
    "outcome": OUTCOME_MEASURES,
}
FLOWS = ("{}.flow_at_start", "{}.flow_at_middle", "{}.flow_at_end", "{}.nil")
"""What rates of return are solved from: the dated net flows, and what counts as nil among them."""
FACTORS = ("timeline.standard_factor", "timeline.standard_next_rate")
SOLVED: Mapping[str, tuple[str, ...]] = {"irr": FLOWS, "mirr": (*FLOWS, *FACTORS)}
"""The measures that no line holds, and the lines that they are solved from."""


def measured(declared: Flows, evaluation: Evaluation, view: str, name: str, draws: int | None = None) -> Array:
    """A measure of a view, a sector or an outcome, one number per draw: `(draw,)`.

    The formulas are those of method § 6: present values in £ of the base year, ratios as pure numbers, rates a year as
    shares, payback in years from the first cost. Not-a-number where the measure does not apply in a draw. A measure
    that no draw changes is repeated; `draws` says how often, and may be left out where the evaluation holds a line
    that draws change. The lines that the evaluation must hold are those of `lines_read`.

    Raises `CaseError` naming those there are, for a view (or sector, or outcome) or a measure that there is not.

    >>> import numpy as np, sroi
    >>> from sroi.projection import declare
    >>> from sroi.sheet import evaluate
    >>> declared = declare(sroi.read("meals"))
    >>> drawn = evaluate(declared.model, {"outcomes.fewer-ae.deadweight": np.array([0.05, 0.5])})
    >>> measured(declared, drawn, "public_value", "bcr").round(3)
    array([1.929, 1.922])
    """
    kind = checked(declared.case, view, name)
    width = draws if draws is not None else _width(evaluation)
    if name in SOLVED:
        found = _rate(declared, evaluation, view, name)
    elif name == "mvpf" and view != "public_value":
        found = np.full(1, np.nan)
    else:
        found = _of_line(evaluation, LINES[kind][name].format(view))
    return np.array(np.broadcast_to(found, (width,)))


def lines_read(declared: Flows, views: Iterable[str], measures: Iterable[str]) -> tuple[str, ...]:
    """The names of the lines that the measures of the views are read from, each once.

    Of each view, sector or outcome those of the measures that it has: an evaluator can leave out every line that these
    do not rest on. Raises `CaseError` for a view that there is not, and for a measure that nothing has.

    >>> import sroi
    >>> from sroi.projection import declare
    >>> lines_read(declare(sroi.read("meals")), ["public_value", "nhs"], ["npv", "pv_cashable"])
    ('public_value.npv', 'nhs.npv', 'nhs.pv_cashable')
    """
    wanted = tuple(measures)
    every = sorted({name for names in KNOWN.values() for name in names})
    unknown = [name for name in wanted if name not in every]
    if unknown:
        raise CaseError(
            Problem("", f'There is no measure called "{name}"', "", near_among(name, every)) for name in unknown
        )
    found: dict[str, None] = {}
    for view in views:
        for kind in kinds_of(declared.case, view):
            for name in wanted:
                if name in KNOWN[kind] and not (name == "mvpf" and view != "public_value"):
                    lines = SOLVED[name] if name in SOLVED else (LINES[kind][name],)
                    found |= dict.fromkeys(line.format(view) for line in lines)
    return tuple(found)


def kinds_of(case: Case, view: str) -> tuple[str, ...]:
    """What goes by a name: a view, or a sector, an outcome or both; `CaseError` where nothing does."""
    held = {
        "view": tuple(VIEWS),
        "sector": tuple(sector.id for sector in case.sectors),
        "outcome": tuple(outcome.id for outcome in case.outcomes),
    }
    found = tuple(kind for kind, names in held.items() if view in names)
    if not found:
        every = [name for names in held.values() for name in names]
        raise CaseError([Problem("", f'There is no view, sector or outcome called "{view}"', "", near(view, every))])
    return found


def checked(case: Case, view: str, name: str) -> str:
    """What kind of thing a measure is of; `CaseError` where there is no such thing, or it has no such measure.

    A sector and an outcome may have one name; no measure of theirs has.
    """
    kinds = kinds_of(case, view)
    for kind in kinds:
        if name in KNOWN[kind]:
            return kind
    article = "an outcome" if kinds[0] == "outcome" else f"a {kinds[0]}"
    known = [measure for kind in kinds for measure in KNOWN[kind]]
    raise CaseError([Problem("", f'There is no measure of {article} called "{name}"', "", near_among(name, known))])


def _width(evaluation: Evaluation) -> int:
    """How many draws an evaluation has: the columns of its widest line."""
    numbers = (value for value in evaluation.values.values() if not isinstance(value, str))
    return max((np.atleast_2d(value).shape[1] for value in numbers), default=1)


def _of_line(evaluation: Evaluation, line: str) -> Array:
    """A line's number by draw, or the sum of its years in the order that they come."""
    array = evaluation.array(line)
    total: Array = array[0]
    for row in array[1:]:
        total = total + row
    return total


def _rate(declared: Flows, evaluation: Evaluation, view: str, name: str) -> Array:
    flows = dated(evaluation, declared.case.settings, view, factors=name == "mirr")
    solve: Mapping[str, Callable[[], Array]] = {
        "irr": lambda: irr(flows.flows, flows.step).rate,
        "mirr": lambda: mirr(flows.flows, flows.factors, flows.step).rate,
    }
    return solve[name]()
