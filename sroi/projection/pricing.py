"""What one unit of a cost or a value comes to each year: `amount × prices × (1+g)^t` (method §§ 1, 3, 5)."""

from __future__ import annotations

from typing import Literal

from sroi.model.parsing import NOMINAL
from sroi.projection.actuals import Known
from sroi.projection.declaring import POUNDS, QUOTED, Declaring
from sroi.projection.price_index import OUTTURN
from sroi.sheet import ONE, PURE, ZERO, Condition, Line, Unit, choose, is_text, one, power, sum_where

What = Literal["cost", "value"]


def pounds_of(price_year: str | None) -> Unit:
    """The pounds an amount is stated in: of the year it is paid in where it is nominal, else as quoted."""
    return OUTTURN if price_year == NOMINAL else QUOTED


def each_year(
    to: Declaring, key: str, what: What, said: str, label: str, amount: Line, quoted: Line | None, growth: Line,
    past: Known | None = None,
) -> Line:  # fmt: skip
    """`<key>.<what>_each`: one unit in base-year pounds. `quoted` is the price year; a nominal amount has none. What
    came in, in `past`, has grown already."""
    prices = to["timeline.nominal"] if quoted is None else _prices(to, f"{key}.{what}_prices", said, quoted)
    grown = growth_factor(to, f"{key}.{what}_growth", said, growth)
    if past is not None:
        label_grown = f"{said}: real growth, none in years that came in"
        still = choose(ZERO < past.known, ONE, grown)
        grown = to.model.line(f"{key}.{what}_growth_used", label_grown, PURE, still, style="factor", method="§ 7")
    formula = amount * prices * grown
    return to.model.line(
        f"{key}.{what}_each", f"{said}: {label}, in base-year prices", formula.unit or POUNDS, formula, style="money",
        method="§ 3" if what == "cost" else "§ 5",
    )  # fmt: skip


def growth_factor(to: Declaring, name: str, said: str, growth: Line) -> Line:
    """`(1+g)^t` (method § 1)."""
    return to.model.line(
        name,
        f"{said}: real growth since the start",
        PURE,
        power(ONE + growth, to["timeline.elapsed"]),
        style="factor",
        method="§ 1",
    )


def _prices(to: Declaring, name: str, label: str, quoted: Line) -> Line:
    """`deflator[base] / deflator[quoted]`, 1 where the row is already in the base year's prices (method § 1)."""
    index = to.model.line(
        f"{name}_index",
        f"{label}: price index of the year quoted",
        QUOTED,
        sum_where(to.indices, "index", Condition("year", "=", quoted), unit=QUOTED),
        style="factor",
        method="§ 1",
        unit_said="index",
    )
    return to.model.line(
        name,
        f"{label}: prices, base year over year quoted",
        POUNDS / QUOTED,
        choose(
            is_text(quoted, to["settings.price_base"]),
            one(POUNDS / QUOTED),
            # this way round, so that an index that is not held divides by nought and shows, whichever it is
            ONE / (index / to["timeline.base_index"]),
        ),
        style="factor",
        method="§ 1",
    )
