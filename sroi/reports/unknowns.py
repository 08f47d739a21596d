"""The Innovation case, last: how claims have changed, what is still to learn, and how it would spread.

What is to learn is what the workbook can say today: which numbers move the answer most, where that was computed, or
which rest on judgement alone. It is not what knowing them is worth.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from sroi.model import Case, Value
from sroi.model.assumptions import BY_YEAR, Assumption, assumptions, drift, range_said, said
from sroi.reports import sensitive, sure
from sroi.reports.drawn_inputs import called
from sroi.reports.grid import Cell, Fixed, Formula, Right
from sroi.reports.log import logged
from sroi.sheet.layout import quoted
from sroi.simulation import Sensitivity

MOST = 5
"""Numbers named as what matters most."""
WIDEST = 10
"""Numbers named where none was moved."""
NO_HISTORY = (
    "The case keeps no history of its claims: whether a forecast has since become a result cannot be told from it."
)
NOT_WORTH = (
    "What knowing more is worth (the value of information) is not computed in this workbook. Which number matters most "
    "is not yet which is worth finding out, nor what to pay for it."
)
SPREAD = (
    "Nothing here says how it would spread: no spread to other places is modelled in this case. Every figure is of the "
    "one place and the people that the case describes, and is not to be multiplied up."
)
UNMEASURED = (None, "judgement")


def history(case: Case) -> tuple[tuple[Cell, ...], ...]:
    """Every number whose claim has changed, and how, in words."""
    rows = tuple((called(case, of.ref), drift(case, of)) for of in assumptions(case) if of.claims)
    return rows or (("None kept", NO_HISTORY),)


def to_learn(case: Case, found: Sensitivity | None) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    """A heading, and what is still to learn: what moves the answer most, or else what nobody has measured."""
    if found is not None and any(bar.width for bar in found.tornado.bars):
        return _moves(case, found)
    return _judged(case)


def _moves(case: Case, found: Sensitivity) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    code = case.settings.currency
    sign = sure.symbol(code)
    header = ("What is still to learn: what moves the answer most", "What it rests on, and what it does",
              f"Swing in net public value, {sign}", "Turns the answer?")  # fmt: skip
    seen, npv = found.case, found.switching.npv
    known = {of.ref: of for of in assumptions(seen)}
    rows: list[tuple[Cell, ...]] = []
    for bar in [bar for bar in found.tornado.bars if bar.width][:MOST]:
        turns = any(end is not None and (end > 0) != (npv > 0) for end in (bar.low, bar.high))
        of = known.get(bar.ref)
        ends = [sure.short(code, end or 0.0) for end in (bar.low, bar.high)]
        rests = "" if of is None else f"{_rests(of)} "
        span = "" if of is None else f" ({_ends(seen, of, bar.low_value, bar.high_value)})"
        words = f"{rests}From its 5th to its 95th percentile{span} net public value goes from {ends[0]} to {ends[1]}."
        rows.append((called(seen, bar.ref), words, Fixed(bar.width or 0.0, "money"), Right("yes" if turns else "no")))
    flag = f"{quoted(sensitive.SHEET)}!$B${sure.FLAG_ROW}"
    rows.append(("Does this still hold?", Formula(f"={flag}", sure.HOLDS)))
    rows.append(("What that is not", f"{NOT_WORTH} All numbers: see {sensitive.SHEET}."))
    return header, tuple(rows)


def _ends(case: Case, of: Assumption, low: float, high: float) -> str:
    """The ends of what was tried, as the field is read, in three figures."""
    if of.value == BY_YEAR:
        return f"times {low:.3g} to {high:.3g}"
    return " to ".join(said(case, of, _three(end)) for end in (low, high))


def _three(number: float) -> float:
    return float(f"{number:.3g}") if abs(number) < 1000 else float(round(number))


def _rests(of: Assumption) -> str:
    if of.basis.status is not None:
        return f"{of.basis.status.capitalize()}."
    return "No source and no status is stated." if of.basis.source is None else "A source is stated, but no status."


def _counts(case: Case, of: Assumption) -> bool:
    """Whether a number's row counts, and that of its outcome: what is only shown moves no answer."""
    row = of.row
    outcome = next((o for o in case.outcomes if o.id == row.outcome), None) if isinstance(row, Value) else None
    return bool(getattr(row, "counts", True)) and (outcome is None or outcome.counts)


def _judged(case: Case) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    header = ("What is still to learn: what nobody is known to have measured", "What it rests on")
    asked = ("groups", "costs", "outcomes", "values")
    held = [of for of in logged(case) if of.row.table in asked and _counts(case, of)]
    judged = [of for of in held if of.basis.status in UNMEASURED]
    rows: list[tuple[Cell, ...]] = [("How many", _counted(held, judged))]
    wide = sorted((of for of in judged if _width(of) is not None), key=lambda of: -(_width(of) or 0.0))
    rows += [
        (called(case, of.ref), f"{_rests(of)} {said(case, of, of.value)}, within {range_said(case, of)}.")
        for of in wide[:WIDEST]
    ]
    rows.append(("What that is not", f"{NOT_WORTH} Which of these moves the answer is not computed here either."))
    return header, tuple(rows)


def _counted(held: Sequence[Assumption], judged: Sequence[Assumption]) -> str:
    """What the numbers that count rest on, and how many of the unmeasured have no range, in sentences."""
    stated = sum(of.basis.status == "judgement" for of in judged)
    bare = sum(of.basis.status is None and of.basis.source is None for of in judged)
    sourced = len(judged) - stated - bare
    fixed = sum(of.range is None for of in judged)
    some = sum(_width(of) is not None for of in judged)
    shown = "The widest, as a share of the number itself, stand first" if some > 1 else "It stands"
    listed = f" {shown} below{f': {WIDEST} of {some}' if some > WIDEST else ''}." if some else ""
    return (
        f"Numbers of groups, costs, outcomes and values that count, {len(held)} in all: judged {stated}; with neither "
        f"source nor status {bare}; with a source but no status {sourced}. Of these {len(judged)}, {fixed} "
        f"{'has' if fixed == 1 else 'have'} no range.{listed} As the case stood when the engine ran."
    )


def _width(of: Assumption) -> float | None:
    """How wide a number's range is, as a share of the number; none where it has no range of two ends."""
    if of.low is None or of.high is None or isinstance(of.value, str):
        return None
    value = abs(float(of.value))
    return (of.high - of.low) / value if value > 0 else math.inf
