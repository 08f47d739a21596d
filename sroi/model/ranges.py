"""The table `ranges`: how uncertain a number is (method § 8). The field itself holds the central value."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from sroi.model.base import Row
from sroi.model.types import End, Numbers, Parameter, PositiveParameter, Ref, Shown, Text, choice

Shape = Annotated[
    Literal["pert", "triangular", "uniform", "normal", "lognormal", "beta", "gamma", "discrete"],
    choice,
    Shown("choice"),
]
Interval = Annotated[Literal["limits", "90%", "95%"], choice, Shown("choice")]
NATURAL = {
    "normal": ("mean", "sd"),
    "lognormal": ("mu", "sigma"),
    "beta": ("alpha", "beta"),
    "gamma": ("alpha", "scale"),
    "discrete": ("values", "weights"),
}
"""Each shape's natural parameters, which may stand instead of low and high."""

MEANT = {
    **dict.fromkeys(("distribution", "dist", "type", "family", "distribution_type"), "shape"),
    **dict.fromkeys(("confidence", "confidence_level", "confidence_interval", "ci", "percentiles"), "interval"),
    **dict.fromkeys(("interval_type", "coverage", "range_type"), "interval"),
    **dict.fromkeys(("min", "minimum", "lo", "lower", "lower_bound", "low_end", "from", "p5"), "low"),
    **dict.fromkeys(("max", "maximum", "hi", "upper", "upper_bound", "high_end", "to", "p95"), "high"),
    **dict.fromkeys(("std", "stdev", "stddev", "std_dev", "standard_deviation", "se"), "sd"),
    **dict.fromkeys(("average", "mean_value"), "mean"),
    **dict.fromkeys(("probabilities", "probability", "probs", "chances"), "weights"),
}
"""What others call the fields of this table: to pass one over would draw something else than was stated."""


class Range(Row):
    """The range of one number."""

    table: ClassVar[str] = "ranges"

    ref: Ref
    """The number: `outcomes.care-entry.effect`, or `settings.discount` where it is a flat rate."""
    low: End | None = None
    """The low end."""
    high: End | None = None
    """The high end."""
    shape: Shape = "pert"
    """pert, triangular, uniform, normal, lognormal, beta, gamma or discrete."""
    interval: Interval = "limits"
    """What low and high are: the limits, or the ends of the middle 90 % or 95 %."""
    note: Text | None = None
    """Why the range is what it is."""
    mean: Parameter | None = None
    """The mean of a normal shape."""
    sd: PositiveParameter | None = None
    """The standard deviation of a normal shape."""
    mu: Parameter | None = None
    """The mean of the logarithm of a lognormal shape."""
    sigma: PositiveParameter | None = None
    """The standard deviation of the logarithm of a lognormal shape."""
    alpha: PositiveParameter | None = None
    """The first parameter of a beta or gamma shape."""
    beta: PositiveParameter | None = None
    """The second parameter of a beta shape."""
    scale: PositiveParameter | None = None
    """The scale of a gamma shape."""
    values: Numbers | None = None
    """The values of a discrete shape, separated by semicolons."""
    weights: Numbers | None = None
    """The weights of a discrete shape's values, separated by semicolons."""

    @property
    def key(self) -> str:
        """The ref."""
        return self.ref
