"""What a reader of a simulation must know beside its numbers, in sentences (method § 8)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from sroi.model import Case, currency
from sroi.simulation.distributions import Distribution
from sroi.simulation.result import ViewDraws

Array = NDArray[np.float64]

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
    # draws that all agree do not make it certain: as if two more draws had split (method § 8)
    chance = (view.chance_positive * draws + 1) / (draws + 2)
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


LISTED = 5
"""Refs named in a sentence, at most."""


def made_certain(case: Case, option: str | None, scenario: str | None) -> tuple[str, ...]:
    """What an option, and a scenario, take as certain though it has a range (method § 7), a sentence for each.

    >>> import sroi
    >>> print(*made_certain(sroi.read("norfolk-new-roads"), None, "break-even"))  # doctest: +ELLIPSIS
    The scenario sets 1 number that has a range; it is taken as certain in it: outcomes... to keep it uncertain.
    """
    stages = [case, case.seen(option), case.seen(option, scenario)]
    ranges = [frozenset(row.ref for row in stage.ranges) for stage in stages]
    found = []
    for kind, before, after in zip(("option", "scenario"), ranges, ranges[1:], strict=False):
        lost = sorted(before - after)
        if not lost:
            continue
        named = ", ".join(lost[:LISTED]) + (f" and {len(lost) - LISTED} more" if len(lost) > LISTED else "")
        what, are, rows = (
            ("1 number that has a range", "it is", "row")
            if len(lost) == 1
            else (f"{len(lost)} numbers that have ranges", "they are", "rows")
        )
        keep = "it" if len(lost) == 1 else "them"
        found.append(
            f"The {kind} sets {what}; {are} taken as certain in it: {named}. "
            f"Give its {rows} low and high to keep {keep} uncertain."
        )
    return tuple(found)


def leaning(central: Mapping[str, float], view: ViewDraws, values: Mapping[str, Array], currency_code: str) -> str:
    """Whether the central case is a fair word for its own draws: empty where it is, else what to quote in its place.

    `central` and `values` have public value of the central case and of every draw: `npv`, and `bcr`, which is not a
    number where there is none. It is not a fair word where it lies outside the 5th and the 95th percentile, or where
    its net value has another sign than the mean of the draws.
    """
    rated = view.ratio_of_means is not None and not math.isnan(central["bcr"]) and not view.bcr.absent
    name, places = ("bcr", 2) if rated else ("npv", 0)
    held, mean = values[name], view.ratio_of_means if rated else view.npv.mean
    under, over = (float((held < central[name]).mean()), float((held > central[name]).mean()))
    apart = (central["npv"] > 0) != ((view.npv.mean or 0.0) > 0) and central["npv"] != view.npv.mean
    outside = max(under, over) > 1 - TAIL
    if mean is None or not (outside or apart):
        return ""

    def said(value: float) -> str:
        size = f"{currency.before(currency_code)}{abs(value):,.{places}f}"
        size = f"-{size}" if value < 0 else size
        return f"{size} for {currency.one(currency_code)}" if rated else f"net {size}"

    found = f"The central case, {said(central[name])}, "
    if outside:
        side, share = ("above", under) if under > over else ("below", over)
        beyond = "every draw" if share == 1 else f"{math.floor(share * 100)} of 100 draws"
        found += f"is {side} {beyond}: most ranges lean one way."
    else:
        found += "is not what the draws come to on average: ranges lean, or numbers multiply."
    if apart:
        ways = ("a net gain", "a net loss") if central["npv"] > 0 else ("no net gain", "a net gain")
        found += f" It shows {ways[0]}, the mean of the draws {ways[1]}."
    return f"{found} Quote the mean, {said(mean)}."


def rounded(draws: float) -> str:
    """A number of draws to two figures, upwards.

    >>> rounded(12345), rounded(1000)
    ('13,000', '1,000')
    """
    step = 10 ** max(0, math.floor(math.log10(max(draws, 1))) - 1)
    return f"{math.ceil(draws / step) * step:,}"
