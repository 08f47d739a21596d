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

PENNY = 0.01
"""A ratio is quoted to the penny: its standard error should be half of one at most."""
PER_CENT = 0.01
"""Chances are quoted to one in a hundred."""
TAIL = 0.05
"""The outermost percentiles quoted, the 5th and the 95th."""
IN_TAIL = 50
"""Draws beyond an outer percentile below which it is a guess."""


WHOSE: Mapping[str, str] = {
    "public_value": "",
    "budget": " to public budgets",
    "cashable": " in cash to public budgets",
}
"""Whose a view's figures are, the headline's going without saying."""
SOME = 0.01
"""The share of draws without a measure from which it is said."""


def sentences(
    drawn: Iterable[Distribution], views: Mapping[str, ViewDraws], draws: int, currency_code: str
) -> tuple[str, ...]:
    """What was cut off at a field's bounds; ends drawn that are not those stated; where draws are too
    few for a figure as it is quoted, of any view the one that needs most; what only some draws have."""
    found = [sentence for one in drawn for sentence in (one.said, one.moved) if sentence]
    errors = {name: view.ratio_mcse or 0.0 for name, view in views.items()}
    whose, error = max(errors.items(), key=_size)
    if error > PENNY / 2:
        found.append(
            f"{draws:,} draws are too few to quote what {currency.one(currency_code)} returns{WHOSE[whose]} to the "
            f"penny: its standard error is {currency.symbol(currency_code)}{error:.3f}. "
            f"About {rounded(draws * (error / (PENNY / 2)) ** 2)} draws would do."
        )
    # draws that all agree do not make it certain: as if two more draws had split (method § 8)
    chances = {name: (view.chance_positive * draws + 1) / (draws + 2) for name, view in views.items()}
    whose, spread = max(((name, chance * (1 - chance)) for name, chance in chances.items()), key=_size)
    error = math.sqrt(spread / draws)
    if error > PER_CENT / 2:
        found.append(
            f"{draws:,} draws are too few to quote the chance of net benefit{WHOSE[whose]} to one in a hundred: its "
            f"standard error may be {error:.1%}. About {rounded(spread / (PER_CENT / 2) ** 2)} draws would do."
        )
    if draws * TAIL < IN_TAIL:
        found.append(
            f"{draws:,} draws leave {draws * TAIL:.0f} beyond the 5th and the 95th percentile: take these as rough. "
            f"About {rounded(IN_TAIL / TAIL)} draws would do."
        )
    return (*found, *only_some(views, draws))


def _size(of: tuple[str, float]) -> float:
    """Its number, short of the last digits, so that of equals the first is taken."""
    return round(of[1], 9)


def only_some(views: Mapping[str, ViewDraws], draws: int) -> Iterable[str]:
    """Measures that only some of the draws have, where that misleads: a ratio, and payback in a few draws."""
    for name, view in views.items():
        if SOME * draws <= view.bcr.absent < draws:
            yield (
                f"{view.bcr.absent / draws:.0%} of the draws have no ratio{WHOSE[name]}, as they cost nothing or less: "
                "its mean and its percentiles are of the others. Quote net value."
            )
        back = draws - view.payback_years.absent
        if 0 < back < draws and back * TAIL < IN_TAIL <= draws * TAIL:
            yield (
                f"Only {back:,} of {draws:,} draws {'pays' if back == 1 else 'pay'} back{WHOSE[name]}: take the mean "
                "and the percentiles of payback as rough."
            )


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
