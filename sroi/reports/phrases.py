"""Live words that sentences are made of: a sum with its sign, a list of names, the label of a year, a payback.

Each is a line, or a few, so that it is evaluated, printed and said like any other; what a sentence says of a number
follows the number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sroi.errors import KernelError
from sroi.projection.declaring import HUNDRED, TENTH
from sroi.sheet import (
    ONE,
    PURE,
    TEXT,
    YEARS,
    ZERO,
    Expression,
    Line,
    Model,
    absolute,
    choose,
    choose_text,
    one,
    sentence,
    truncate,
)

LONGEST_LIST, MOST_LINES = 100, 2
"""Characters of names that a printed line holds beside what leads up to them, and lines of names that are read."""
Parts = Sequence[str | tuple[Line, str]]
"""What a sentence is made of."""


@dataclass(frozen=True)
class Named:
    """A name that is listed on a condition: the line that says it, and its length when the workbook is written."""

    said: Line
    length: int
    condition: Expression


def text(model: Model, name: str, label: str, formula: Expression) -> Line:
    """A line of words."""
    return model.line(name, label, TEXT, formula, style="text")


def amount(model: Model, name: str, label: str, sum_: Expression, sign: str) -> Line:
    """A sum in words, its sign before the currency's: `-£1,200`."""
    size = model.line(f"{name}.size", f"{label}: its size", sum_.unit or PURE, absolute(sum_), style="money")
    plain = sentence(sign, (size, "#,##0"))
    # what rounds to nil has no sign: the whole part of twice the sum is nil below a half
    below = choose_text(truncate(sum_ + sum_) < ZERO, sentence(f"-{sign}", (size, "#,##0")), plain)
    return text(model, name, label, below)


def names(
    model: Model, name: str, label: str, listed: Sequence[Named], lead: Parts, none: Parts, what: str
) -> tuple[Line, ...]:
    """Sentences that list those for which a condition holds: `lead` and the names, or `none` where there is nobody.

    Names that may not fit one line take two, the first of them and the others; more are counted: `what` says of what.
    """
    if not listed:
        return (text(model, name, label, sentence(*none)),)
    flags = [
        model.line(
            f"{name}.{n}.listed", f"{label}, {n}: listed", PURE, choose(one_of.condition, ONE, ZERO), style="flag"
        )
        for n, one_of in enumerate(listed, start=1)
    ]
    count = model.sum(f"{name}.count", f"{label}: how many", PURE, flags, style="whole")
    halves = _lines_of([one_of.length for one_of in listed])
    if len(halves) > MOST_LINES:
        some = sentence(*lead, ": ", (count, "0"), f" of {len(listed)} {what}.")
    elif len(halves) == 1:
        some = sentence(*lead, ": ", (_listed(model, name, label, listed, flags), "@"), ".")
    else:
        first, rest = halves
        found = [
            _listed(model, f"{name}.{part}", f"{label}, {part}", listed[start:end], flags[start:end])
            for part, start, end in (("first", 0, first), ("others", first, first + rest))
        ]
        top = sentence(*lead, f", of the first {first}: ", (found[0], "@"), ".")
        return (
            text(model, name, label, top),
            text(model, f"{name}.more", f"{label}, going on", sentence(f"Of the other {rest}: ", (found[1], "@"), ".")),
        )
    one_line = text(model, f"{name}.some", f"{label}, where there are some", some)
    nobody = text(model, f"{name}.nobody", f"{label}, where there are none", sentence(*none))
    return (text(model, name, label, choose_text(ZERO < count, sentence((one_line, "@")), sentence((nobody, "@")))),)


def _lines_of(lengths: Sequence[int]) -> list[int]:
    """How many names each line holds, if all of them are listed."""
    lines, used = [0], 0
    for length in lengths:
        if lines[-1] and used + length > LONGEST_LIST:
            lines.append(0)
            used = 0
        lines[-1] += 1
        used += length + 2
    return lines


def _listed(model: Model, name: str, label: str, listed: Sequence[Named], flags: Sequence[Line]) -> Line:
    """The names with a flag, with commas between them; `none` where there are none."""
    so_far: Line | None = None
    before: Line | None = None
    for place, (one_of, here) in enumerate(zip(listed, flags, strict=True), start=1):
        said = one_of.said
        key, of = f"{name}.to.{place}", f"{label}, up to {place}"
        if so_far is None or before is None:
            alone = choose_text(ZERO < here, sentence((said, "@")), "none")
            so_far, before = text(model, f"{key}.names", f"{of}: names", alone), here
            continue
        more = choose_text(ZERO < before, sentence((so_far, "@"), ", ", (said, "@")), sentence((said, "@")))
        joined = text(model, f"{key}.joined", f"{of}: with this one", more)
        chosen = choose_text(ZERO < here, sentence((joined, "@")), sentence((so_far, "@")))
        so_far = text(model, f"{key}.names", f"{of}: names", chosen)
        before = model.line(f"{key}.count", f"{of}: how many", PURE, before + here, style="whole")
    if so_far is None:
        raise KernelError(f"{name} lists nobody")
    return so_far


def year_label(model: Model, name: str, label: str, year: Expression) -> Line:
    """The label of a financial year from the calendar year in which it begins: `2028/29`."""
    begins = model.line(f"{name}.begins", f"{label}: year it begins in", YEARS, year, style="year")
    after, hundred = begins + one(YEARS), model[HUNDRED]
    ends = model.line(
        f"{name}.ends", f"{label}: last two digits of the year it ends in", YEARS,
        after - hundred * truncate(after / hundred), style="whole",
    )  # fmt: skip
    digits = choose_text(ends * model[TENTH] < one(YEARS), sentence("0", (ends, "0")), sentence((ends, "0")))
    two = text(model, f"{name}.digits", f"{label}: those digits", digits)
    return text(model, name, label, sentence((begins, "0"), "/", (two, "@")))


def horizon(model: Model, name: str) -> Line:
    """How long the case runs: `1 year`, `15 years`."""
    years = model["timeline.horizon"]
    several = sentence((years, "0"), " years")
    return text(model, name, "How long the case runs, in words", choose_text(years <= one(YEARS), "1 year", several))


def payback(model: Model, name: str, view: str, label: str, within: Line) -> Line:
    """Payback in words: the figure, or why there is none, chosen by the same lines as the figure itself.

    `within` says how long the case runs.
    """
    found = model[f"{view}.payback"]
    years = choose(ZERO < model[f"{view}.pays_back"], found, ZERO)
    shown = model.line(f"{name}_shown", f"{label}: payback, to be shown", found.unit or PURE, years, style="years")

    def part(what: str, formula: Expression) -> Line:
        return text(model, f"{name}_{what}", f"{label}: payback in words, {what}", formula)

    crossed = ZERO < model[f"{view}.crossed"]
    early = part("early", choose_text(crossed, "before the first cost", "never out of pocket"))
    paid = part("paid", choose_text(ZERO < shown, sentence("after ", (shown, "0.0"), " years"), sentence((early, "@"))))
    late = sentence("not within ", (within, "@"))
    none = part("none", choose_text(ZERO < model[f"{view}.uncounted"], "no cost to count from", late))
    says = choose_text(ZERO < model[f"{view}.pays_back"], sentence((paid, "@")), sentence((none, "@")))
    return text(model, name, f"{label}: payback in words", says)
