"""Switching values: how far each number must move, by itself, until the answer turns (method § 8).

The answer is the sign of net present value; a ratio is over 1 exactly where that is over nil. Every number is looked at
on many places at once, from its central value out to either end, and each place where the sign turns is then narrowed,
all of them together. What turns and turns back between two neighbouring places is not seen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sroi.errors import CaseError, Problem
from sroi.model import Case
from sroi.model.parsing import plain
from sroi.model.tables import near_among
from sroi.simulation.distributions import Distribution, distributions
from sroi.simulation.measures import kinds_of
from sroi.simulation.numbers import FARTHEST, Movable, movable, movables
from sroi.simulation.trials import Array, Trials, central

if TYPE_CHECKING:
    import pandas as pd

TURNING = ("npv", "net", "bcr")
"""Measures that turn with the sign of net present value: a ratio is over 1 where that is over nil."""
PLACES = 64
"""Places on each side of the central value at which the sign is read."""
CUTS = 16
"""Places within a bracket at each turn: it narrows 17-fold."""
PRECISION = 1e-12
"""A switching value is found to this share of its size."""
NARROWINGS = 16
NO_VALUE = "no value within its bounds does"
IS_NIL = "net present value is nil as it is"
NIL = 1e-9
"""Net present value within this share of the present value of costs and benefits is nil: neither sign."""


@dataclass(frozen=True)
class SwitchingValue:
    """Where one number turns the answer, the rest at centre."""

    ref: str
    central: float
    below: float | None
    """The nearest value under the central one at which the sign has turned; of a whole number the first."""
    above: float | None
    """The nearest over it."""
    low: float
    """The least value looked at."""
    high: float
    """The most value looked at."""
    turns: int
    """How often the sign turns between them, as far as was seen."""
    stated: bool
    """Whether the case states the number; else it stands at its default."""
    share_below: float | None
    """The change from the central value to `below`, as a share of the central value's size; `None` where that is 0."""
    share_above: float | None
    percentile_below: float | None
    """The chance, by the number's own range, of `below` or less; `None` for a certain number."""
    percentile_above: float | None
    """The chance of less than `above`."""
    in_range: bool | None
    """Whether one of the two lies within the number's own range; `None` for a certain number."""
    reason: str
    """Why there is no switching value; empty where there is one."""
    searched: str
    """How far it was looked for, where the field itself has no end; else empty."""
    warning: str
    """That the sign turns more than once, and where; else empty."""

    @property
    def nearest(self) -> float | None:
        """Of the two, the one nearer to the central value."""
        found = [value for value in (self.below, self.above) if value is not None]
        return min(found, key=lambda value: abs(value - self.central)) if found else None

    @property
    def share(self) -> float | None:
        """The change from the central value to the nearest, as a share of the central value's size."""
        return _share(self.nearest, self.central)


@dataclass(frozen=True)
class Switching:
    """Every number's switching value: those that turn the answer first, the smallest share of change at the top."""

    view: str
    measure: str
    central: float | None
    """The measure of the central case; `None` where it does not apply."""
    npv: float
    """Net present value of the central case, £ in the base year's prices: its sign is what turns."""
    numbers: tuple[SwitchingValue, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        """Numbers that turn the answer more than once."""
        return tuple(number.warning for number in self.numbers if number.warning)

    def table(self) -> pd.DataFrame:
        """A row for each number, the fields of `SwitchingValue` as columns, and `nearest` and `share`."""
        import pandas as pd

        return pd.DataFrame(self.to_dict()["numbers"])

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, `None` for what there is not."""
        rows = [{**asdict(n), "nearest": n.nearest, "share": n.share} for n in self.numbers]
        return {
            "view": self.view, "measure": self.measure, "central": self.central, "npv": self.npv, "numbers": rows,
        }  # fmt: skip


def switching(
    case: Case,
    view: str = "public_value",
    measure: str = "npv",
    refs: Sequence[str] | None = None,
    *,
    option: str | None = None,
    scenario: str | None = None,
) -> Switching:
    """Switching values of a case, or of its option seen in a scenario (method § 8).

    `npv(x) = 0`, every other number at its central value: for each number of the case, certain or not, the value `x`
    nearest to its own on either side at which net present value of the view (or sector) changes sign; of `bcr` it is
    the same value, at which the ratio crosses 1. Each is looked for between its field's bounds, on 64 places on either
    side of its central value, and found to 1e-12 of its size; where a field has no end, as far as 1,000 times the
    central value (1, where that is 0); whole numbers of years on every whole number up to the years of the case. Net
    present value below 1e-9 of what costs and benefits come to has neither sign. In the units of the field itself; of
    a number that varies by year, a multiplier of all its years. Without `refs`, every number that the case states, and
    those at their defaults that move net present value at all. Correlations play no part: one number moves.

    Raises `CaseError` for an option, scenario, view or number that the case does not hold, and for another measure.

    >>> import sroi
    >>> found = switching(sroi.read("meals"), refs=["outcomes.fewer-ae.effect"])
    >>> found.npv > 0, found.numbers[0].below < 0 < found.numbers[0].central
    (True, True)
    """
    seen = case.seen(option, scenario)
    _check(seen, view, measure)
    known = movables(seen)
    chosen = {ref: movable(seen, known, ref) for ref in (known if refs is None else refs)}
    trials = Trials.of(seen, chosen, list(chosen), view, "npv", "pv_costs", "pv_benefits")
    sought = _Sought(tuple(chosen.values()), trials)
    none = IS_NIL if sought.nil else NO_VALUE
    ranges = {ref: d for ref, d in distributions(seen).items() if ref in chosen}
    found = [
        _said(number, values, ranges.get(number.ref), f"{view} {measure}", none)
        for number, values, moves in sought.turned()
        if refs is not None or number.stated or moves
    ]
    return Switching(view, measure, central(seen, view, measure), sought.centre, tuple(sorted(found, key=_order)))


def _check(case: Case, view: str, measure: str) -> None:
    """A view, or a sector, and one of the measures whose sign turns."""
    kinds = kinds_of(case, view)
    if measure not in TURNING or (measure == "net" and "sector" not in kinds) or kinds == ("outcome",):
        known = ["npv", "net", "bcr"] if "sector" in kinds else ["npv", "bcr"]
        rule = f'There is no switching value of "{measure}" of {view}'
        fix = near_among(measure, known) if kinds != ("outcome",) else "Ask for that of a view or a sector."
        raise CaseError([Problem("", rule, "", fix)])


@dataclass(frozen=True)
class _Sought:
    """Numbers under search: whether the sign has turned at any value of each."""

    numbers: tuple[Movable, ...]
    trials: Trials
    """Of net present value, and of the costs and the benefits whose size says what of it is nil."""

    @property
    def centre(self) -> float:
        """Net present value of the central case."""
        return self.trials.central()

    @property
    def nil(self) -> bool:
        """Whether it is nil, so that it has no sign to turn."""
        found = self.trials.every({}, 1)
        return bool(_signs(found["npv"], found["pv_costs"], found["pv_benefits"])[0] == 0)

    def of(self, values: Array, rows: Sequence[int]) -> Mapping[str, Array]:
        """The measures at each place, `(row, place)`, a row for each number that is moved."""
        return _by_row(self.trials, [self.numbers[row].ref for row in rows], values)

    def turned(self) -> list[tuple[Movable, list[float], bool]]:
        """Each number, where its sign turns, ascending, and whether net present value moves at all with it."""
        grids = [_places(number) for number in self.numbers]
        width = max((len(grid) for grid in grids), default=1)
        padded = np.array([np.pad(grid, (0, width - len(grid)), mode="edge") for grid in grids]).reshape(-1, width)
        found = self.of(padded, range(len(grids)))
        npv = found["npv"]
        signs = _signs(npv, found["pv_costs"], found["pv_benefits"])
        brackets: list[tuple[int, float, float]] = []
        for row, grid in enumerate(grids):
            at = int(np.flatnonzero(grid == self.numbers[row].central)[0])
            if signs[row, at] == 0:
                continue
            for side in (np.arange(at, -1, -1), np.arange(at, len(grid))):
                brackets += [(row, grid[a], grid[b]) for a, b in _turns(signs[row], side)]
        ends = self._narrowed(brackets)
        moves = np.ptp(npv, axis=1) > 0 if npv.size else np.array([])
        return [
            (number, sorted(end for (of, _, _), end in zip(brackets, ends, strict=True) if of == row), bool(moves[row]))
            for row, number in enumerate(self.numbers)
        ]

    def _narrowed(self, brackets: Sequence[tuple[int, float, float]]) -> list[float]:
        """The first value, going outward, at which the sign has turned; of a whole number the outer end itself."""
        rows = [row for row, _, _ in brackets]
        inner, outer = (np.array([bracket[at] for bracket in brackets], dtype=np.float64) for at in (1, 2))
        whole = np.array([self.numbers[row].whole for row in rows], dtype=bool)
        steps = np.arange(1, CUTS + 1) / (CUTS + 1)
        if not rows:
            return []
        ends = np.sign(self.of(outer[:, None], rows)["npv"])
        for _ in range(NARROWINGS):
            wide = ~whole & (np.abs(outer - inner) > PRECISION * np.maximum(np.abs(inner), np.abs(outer)))
            if not wide.any():
                break
            places = np.column_stack([inner, inner[:, None] + (outer - inner)[:, None] * steps, outer])
            first = (np.sign(self.of(places, rows)["npv"]) == ends).argmax(axis=1)
            for row in np.flatnonzero(wide):
                inner[row], outer[row] = places[row, max(first[row] - 1, 0)], places[row, first[row]]
        return [float(end) for end in outer]


def _signs(npv: Array, costs: Array, benefits: Array) -> Array:
    """The sign of net present value, nil being 0."""
    return np.where(np.abs(npv) <= NIL * (np.abs(costs) + np.abs(benefits)), 0.0, np.sign(npv))


def _by_row(trials: Trials, refs: Sequence[str], values: Array) -> Mapping[str, Array]:
    """The measures of each row's number at each of its places; one number may have several rows."""
    rows, columns = values.shape
    at = {ref: np.full((rows, columns), trials.moved[ref].central) for ref in set(refs)}
    for row, ref in enumerate(refs):
        at[ref][row] = values[row]
    found = trials.every({ref: numbers.ravel() for ref, numbers in at.items()}, rows * columns)
    return {name: taken.reshape(rows, columns) for name, taken in found.items()}


def _turns(signs: Array, side: NDArray[np.intp]) -> list[tuple[int, int]]:
    """Pairs of places, going outward, between which the sign is turned; what is nil has none, and is passed over."""
    found, last = [], int(side[0])
    for place in side:
        if signs[place] != 0:
            if signs[place] != signs[last]:
                found.append((last, int(place)))
            last = int(place)
    return found


def _places(number: Movable) -> Array:
    """Where a number is looked at, ascending: every whole number, or places out to either end and the centre."""
    centre = number.central
    if number.whole:
        return np.unique([*np.arange(math.ceil(number.low), math.floor(number.high) + 1), centre]).astype(np.float64)
    down = _outward(centre, number.low, number.open_below)
    up = _outward(centre, number.high, number.open_above)
    return np.unique([*down, centre, *up])


def _outward(centre: float, end: float, far: bool) -> Array:
    """From a central value to an end, that included: evenly, or ever wider where the end is only how far one looks."""
    steps = np.linspace(0, 1, PLACES + 1)[1:]
    if far:
        steps = np.geomspace(1 / (10 * FARTHEST), 1, PLACES)
    places = centre + (end - centre) * steps
    places[-1] = end
    return places


def _share(value: float | None, central: float) -> float | None:
    return None if value is None or central == 0 else (value - central) / abs(central)


def _said(number: Movable, values: Sequence[float], own: Distribution | None, what: str, none: str) -> SwitchingValue:
    """What was found of one number, in its own terms."""
    centre = number.central
    below = max((value for value in values if value < centre), default=None)
    above = min((value for value in values if value > centre), default=None)
    to_below = None if own is None or below is None else _percentile(own, math.nextafter(below, math.inf))
    under_above = None if own is None or above is None else _percentile(own, above)
    inside = None if own is None else bool(to_below) or (under_above is not None and under_above < 1)
    warning = ""
    if len(values) > 1:
        at = ", ".join(f"{value:.4g}" for value in values[:-1])
        warning = f"{number.ref}: {what} turns {len(values)} times between {plain(number.low)} and "
        warning += f"{plain(number.high)}, at {at} and {values[-1]:.4g}"
    searched = ""
    if number.whole:
        searched = f"up to {plain(number.high)} years, beyond which nothing changes"
    elif number.open_below or number.open_above:
        searched = f"from {plain(number.low)} to {plain(number.high)}"
    return SwitchingValue(
        ref=number.ref,
        central=centre,
        below=below,
        above=above,
        low=number.low,
        high=number.high,
        turns=len(values),
        stated=number.stated,
        share_below=_share(below, centre),
        share_above=_share(above, centre),
        percentile_below=to_below,
        percentile_above=under_above,
        in_range=inside,
        reason="" if values else none,
        searched=searched,
        warning=warning,
    )


def _percentile(own: Distribution, value: float) -> float:
    """The chance of a value under this one, by halving: 0 and 1 outside what is drawn."""
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        if float(own.quantile(np.array([middle]))[0]) < value:
            low = middle
        else:
            high = middle
    return 0.0 if low == 0.0 else 1.0 if high == 1.0 else (low + high) / 2


def _order(number: SwitchingValue) -> tuple[bool, float, str]:
    """The smallest share of change first; those without one after those with, and without a value last."""
    share = number.share
    return number.nearest is None, math.inf if share is None else abs(share), number.ref
