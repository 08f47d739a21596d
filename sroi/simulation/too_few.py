"""What a reader of a simulation must know beside its numbers, in sentences (method § 8)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from sroi.model import currency
from sroi.simulation.distributions import Distribution
from sroi.simulation.result import ViewDraws

HEADLINE = "public_value"
PENNY = 0.01
"""A ratio is quoted to the penny: its standard error should be half of one at most."""
PER_CENT = 0.01
"""Chances are quoted to one in a hundred."""
TAIL = 0.05
"""The outermost percentiles quoted, the 5th and the 95th."""
IN_TAIL = 50
"""Draws beyond an outer percentile below which it is a guess."""


def sentences(
    drawn: Iterable[Distribution], views: Mapping[str, ViewDraws], draws: int, currency_code: str
) -> tuple[str, ...]:
    """What was cut off at a field's bounds; ends drawn that are not those stated; where draws are too
    few for a figure as it is quoted."""
    found = [sentence for one in drawn for sentence in (one.said, one.moved) if sentence]
    view = views[HEADLINE]
    if view.ratio_mcse is not None and view.ratio_mcse > PENNY / 2:
        wanted = draws * (view.ratio_mcse / (PENNY / 2)) ** 2
        found.append(
            f"{draws:,} draws are too few to quote what {currency.one(currency_code)} returns to the penny: its "
            f"standard error is {currency.symbol(currency_code)}{view.ratio_mcse:.3f}. "
            f"About {rounded(wanted)} draws would do."
        )
    chance = view.chance_positive
    error = math.sqrt(chance * (1 - chance) / draws)
    if error > PER_CENT / 2:
        wanted = chance * (1 - chance) / (PER_CENT / 2) ** 2
        found.append(
            f"{draws:,} draws are too few to quote the chance of net benefit to one in a hundred: its standard error "
            f"may be {error:.1%}. About {rounded(wanted)} draws would do."
        )
    if draws * TAIL < IN_TAIL:
        found.append(
            f"{draws:,} draws leave {draws * TAIL:.0f} beyond the 5th and the 95th percentile: take these as rough. "
            f"About {rounded(IN_TAIL / TAIL)} draws would do."
        )
    return tuple(found)


def rounded(draws: float) -> str:
    """A number of draws to two figures, upwards.

    >>> rounded(12345), rounded(1000)
    ('13,000', '1,000')
    """
    step = 10 ** max(0, math.floor(math.log10(max(draws, 1))) - 1)
    return f"{math.ceil(draws / step) * step:,}"
