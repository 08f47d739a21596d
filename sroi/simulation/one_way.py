"""One number at a time: what each uncertain number does to the answer by itself, widest first (a tornado; method § 8).

Numbers that are correlated are moved one at a time here too: a tornado says what each does alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.model import Case
from sroi.simulation.distributions import distributions
from sroi.simulation.numbers import movable, movables, ranged
from sroi.simulation.trials import Trials, central

if TYPE_CHECKING:
    import pandas as pd

ENDS = (0.05, 0.95)
"""The percentiles at which a number is put: the 5th and the 95th."""
ALONE = "each number is moved by itself, the rest at their central values, whether or not it is correlated with others"


@dataclass(frozen=True)
class Bar:
    """What one number does: the measure with it at its 5th and at its 95th percentile, the rest at centre."""

    ref: str
    central_value: float
    """What its field holds; 1 of the multiplier of a profile."""
    low_value: float
    """Its 5th percentile, in the unit of its field."""
    high_value: float
    """Its 95th percentile."""
    low: float | None
    """The measure there; `None` where it does not apply."""
    high: float | None

    @property
    def width(self) -> float | None:
        """How far the two measures lie apart; `None` where one of them does not apply."""
        return None if self.low is None or self.high is None else abs(self.high - self.low)


@dataclass(frozen=True)
class OneWay:
    """A tornado: the bars from the widest to the narrowest, and last those that have no width."""

    view: str
    measure: str
    central: float | None
    """The measure of the central case; `None` where it does not apply."""
    bars: tuple[Bar, ...]
    said: str = ALONE
    """How the numbers were moved."""

    @property
    def not_applicable(self) -> int:
        """At how many of the ends the measure does not apply."""
        return sum(end is None for bar in self.bars for end in (bar.low, bar.high))

    def table(self) -> pd.DataFrame:
        """A row for each number, widest first: `ref`, `central_value`, `low_value`, `high_value`, `low`, `high`,
        `width`; missing where the measure does not apply."""
        import pandas as pd

        names = ["ref", "central_value", "low_value", "high_value", "low", "high", "width"]
        return pd.DataFrame(self.to_dict()["bars"], columns=names)

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, `None` for what does not apply."""
        bars = [{**asdict(bar), "width": bar.width} for bar in self.bars]
        held = {"view": self.view, "measure": self.measure, "central": self.central, "bars": bars}
        return held | {"not_applicable": self.not_applicable, "said": self.said}


def one_way(
    case: Case,
    view: str = "public_value",
    measure: str = "npv",
    refs: Sequence[str] | None = None,
    *,
    option: str | None = None,
    scenario: str | None = None,
) -> OneWay:
    """Each uncertain number at its 5th and 95th percentile, the rest at centre (method § 8, *tornado*).

    `width = |measure(x at 95 %) − measure(x at 5 %)|`, for every number with a range, or those of `refs`; in the units
    of the measure, which is any of `sroi.simulation.measures`, of a view, a sector or an outcome. A number of a pool's
    first row moves its other rows with it. Numbers that are correlated are moved one at a time.

    Raises `CaseError` for an option, scenario, view, measure or number that the case does not hold, for a ref without
    a range, and for a range that no distribution can have.

    >>> import sroi
    >>> found = one_way(sroi.read("ips-employment"), measure="bcr")
    >>> [bar.ref for bar in found.bars]
    ['outcomes.work.effect', 'costs.support.amount']
    """
    seen = case.seen(option, scenario)
    ranges = distributions(seen)
    known = movables(seen)
    wanted = list(ranges) if refs is None else [ranged(seen, known, ranges, ref) for ref in refs]
    trials = Trials.of(seen, {ref: movable(seen, known, ref) for ref in wanted}, wanted, view, measure)
    values = np.array([ranges[ref].quantile(np.array(ENDS)) for ref in wanted]).reshape(-1, 2)
    found = trials.one_by_one(wanted, values)
    bars = [
        Bar(ref, ranges[ref].central, *map(float, at), *(None if math.isnan(end) else float(end) for end in ends))
        for ref, at, ends in zip(wanted, values, found, strict=True)
    ]
    return OneWay(view, measure, central(seen, view, measure), tuple(sorted(bars, key=_widest)))


def _widest(bar: Bar) -> tuple[bool, float, str]:
    """The widest first; those without a width last."""
    return bar.width is None, -(bar.width or 0.0), bar.ref
