"""A simulation's results: what the draws come to by view and sector, with how sure that is (method § 8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from sroi.model import Case
from sroi.model.percent import whole_percent
from sroi.simulation.distributions import Distribution
from sroi.simulation.statistics import PERCENTILES, Statistics

if TYPE_CHECKING:
    import pandas as pd

TableName = Literal["views", "sectors", "fans", "payback", "acceptability", "inputs", "draws"]


@dataclass(frozen=True)
class ViewDraws:
    """One view over all draws."""

    pv_costs: Statistics
    """Present value of costs, £ in the base year's prices."""
    pv_benefits: Statistics
    npv: Statistics
    """Net present value; NPSV in the public-value view."""
    bcr: Statistics
    """Each draw's own ratio; its mean is the *mean of ratios*, which is not the headline."""
    ratio_of_means: float | None
    """Mean benefits over mean costs: the headline ratio."""
    ratio_mcse: float | None
    """Monte Carlo standard error of the ratio of means."""
    chance_positive: float
    """The share of draws whose net present value is over nil."""
    payback_years: Statistics
    """Years from the first cost, over the draws that pay back within the horizon; `absent` counts the others."""
    paid_back_by: tuple[float, ...]
    """The chance of having paid back within 0, 1 … years of the first cost."""
    acceptability: Mapping[float, float]
    """For each return asked of £1, the chance that benefits come to it."""
    discounted_payback_years: Statistics | None = None
    """As payback, of discounted flows; `None`, as all that follow, where it was not asked for."""
    irr: Statistics | None = None
    """Internal rate of return a year, over the draws that have one; of public value alone."""
    mvpf: Statistics | None = None
    """Marginal value of public funds, in public value alone."""

    def to_dict(self) -> dict[str, Any]:
        """As format.md has a view of `simulation`."""
        held: dict[str, Any] = {}
        for name, value in vars(self).items():
            if isinstance(value, Statistics):
                held[name] = value.to_dict()
            elif isinstance(value, Mapping):
                held[name] = [{"return": asked, "chance": chance} for asked, chance in value.items()]
            elif value is not None or name in ("ratio_of_means", "ratio_mcse"):
                held[name] = list(value) if isinstance(value, tuple) else value
        return held


@dataclass(frozen=True)
class SectorDraws:
    """One sector over all draws: present values, £ in the base year's prices."""

    pv_costs: Statistics
    pv_benefits: Statistics
    """Everything that falls to it, transfers included."""
    pv_cashable: Statistics
    net: Statistics
    chance_positive: float
    """The share of draws in which it gains more than it pays."""

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers."""
        return {name: value.to_dict() if isinstance(value, Statistics) else value for name, value in vars(self).items()}


@dataclass(frozen=True)
class Fan:
    """Percentiles by year of a yearly row, undiscounted, £ in the base year's prices."""

    percentiles: Mapping[int, tuple[float, ...]]
    draws: int
    """How many draws they rest on: yearly rows of no more are kept."""

    def to_dict(self) -> dict[str, Any]:
        """`p5` and so on, and the draws."""
        return {f"p{number}": list(row) for number, row in self.percentiles.items()} | {"draws": self.draws}


def _shown(number: float) -> str:
    """A number in a notebook: whole from a hundred on, else four figures.

    >>> _shown(28792271.3), _shown(0.71234)
    ('28,792,271', '0.7123')
    """
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.4g}"


@dataclass(frozen=True, repr=False)
class Simulation:
    """All draws of a case. Frozen; shows itself as a table of views in a notebook."""

    case: Case
    """As the option and the scenario make it."""
    option: str | None
    scenario: str | None
    draws: int
    """Draws made: of Sobol's method eight times a power of two, at or above what was asked."""
    asked: int
    seed: int
    method: str
    inputs: Mapping[str, Distribution]
    """What was drawn: the distribution of each uncertain number, by ref."""
    views: Mapping[str, ViewDraws]
    sectors: Mapping[str, SectorDraws]
    fans: Mapping[str, Fan]
    """By view, cumulative net value by year; by sector, what it gains less what it pays in each year."""
    years: tuple[str, ...]
    warnings: tuple[str, ...]
    """What was cut off at a field's bounds, and where draws are too few for the figure quoted."""
    measures: Mapping[tuple[str, str], NDArray[np.float64]] = field(repr=False)
    """Every draw of every measure kept: `("public_value", "npv")` to `(draw,)`; not a number where it does not
    apply."""
    leaning: str = ""
    """That the central case lies outside its own draws, or shows another sign than their mean; the first warning."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON's `simulation` (format.md)."""
        return {
            "draws": self.draws,
            "seed": self.seed,
            "method": self.method,
            "views": {name: view.to_dict() for name, view in self.views.items()},
            "sectors": {key: sector.to_dict() for key, sector in self.sectors.items()},
            "fans": {name: fan.to_dict() for name, fan in self.fans.items()},
            "inputs": {
                ref: {"shape": d.shape, "central": d.central, "mean": d.mean, "sd": d.sd, "cut": d.cut}
                for ref, d in self.inputs.items()
            },
            "warnings": list(self.warnings),
        }

    def table(self, name: TableName) -> pd.DataFrame:
        """A tidy table: `views`, `sectors`, `fans`, `payback`, `acceptability`, `inputs` or `draws`."""
        from sroi.simulation import tables

        return tables.table(self, name)

    def __repr__(self) -> str:
        """In a line: of what, how it was drawn, and what £1 returns. All of it is in the fields and `table`."""
        return f"<Simulation of {self.case!r}: {self._said()}>"

    def _said(self) -> str:
        view = self.views["public_value"]
        asked = "" if self.asked == self.draws else f", {self.asked:,} asked for"
        ratio = (
            "no ratio" if view.ratio_of_means is None else f"mean benefits over mean costs {view.ratio_of_means:.2f}"
        )
        chance = whole_percent(view.chance_positive)
        return f"{self.draws:,} draws ({self.method}{asked}), seed {self.seed}; {ratio}, chance of net benefit {chance}"

    def _repr_html_(self) -> str:
        """A notebook's view: how it was drawn, the measures by view, and what to know before quoting them."""
        from html import escape

        table = self.table("views").to_html(index=False, na_rep="", float_format=_shown)
        warned = "".join(f"<li>{escape(text)}</li>" for text in self.warnings)
        title = escape(f"{self.case.about.title}: {self._said()}")
        return f"<p>{title}</p>{table}" + (f"<ul>{warned}</ul>" if warned else "")


__all__ = ["PERCENTILES", "Fan", "SectorDraws", "Simulation", "ViewDraws"]
