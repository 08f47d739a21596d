"""Worked examples of the nodes that rates of return need, as `examples.py` has them of the others; and all together."""

from __future__ import annotations

from collections.abc import Callable

from sroi.sheet import (
    ABSENT,
    ONE,
    PURE,
    YEAR_NUMBER,
    YEARS,
    ZERO,
    Expression,
    Model,
    choose,
    following,
    internal_rate,
    one,
    previous,
    value_at,
)
from sroi.sheet import expressions as ex
from tests.sheet import examples
from tests.sheet.examples import Answer, Example, number


def next_year() -> Example:
    """The year after, from this sheet and another; nil after the last year, whose right-hand cell is blank."""
    model = Model(years=3)
    row = model.line("row", "row", PURE, previous(unit=PURE) + ONE, opening=ONE)
    model.line("after", "after", PURE, following(row))
    model.sheet("Elsewhere")
    model.line("apart", "apart", PURE, following(row) - row)
    # counted on from 2, 3, 4 with nothing after them; 3 - 2, 4 - 3, 0 - 4
    answers: dict[str, Answer] = {"row": [2, 3, 4], "after": [3, 4, 0], "apart": [1, 1, -4]}
    return Example(model, answers, {"after": "after = [row, the year after]"})


def worth_at_a_rate() -> Example:
    """A row at a rate, its opening at 0, below nil too: from its own sheet and another; 0 where nothing opens it."""
    model = Model(years=2)
    open_, rate, low = number(model, "open", -50.0), number(model, "rate", 0.25), number(model, "low", -0.5)
    row = model.line("row", "row", PURE, YEAR_NUMBER * one(PURE / YEARS), opening=open_)  # -50 | 1, 2
    model.line("own", "own", PURE, value_at(row, rate))
    model.sheet("Elsewhere")
    plain = model.line("plain", "plain", PURE, row + ONE)  # 0 | 2, 3
    model.line("high", "high", PURE, value_at(row, rate + ONE))
    model.line("below", "below", PURE, value_at(row, low))
    model.line("closed", "closed", PURE, value_at(plain, rate))
    answers: dict[str, Answer] = {
        "own": -47.92,  # -50 + 1 × 0.8 + 2 × 0.64
        "high": -50 + 1 / 2.25 + 2 / 2.25**2,
        "below": -40,  # -50 + 1 × 2 + 2 × 4
        "closed": 3.52,  # 2 × 0.8 + 3 × 0.64
    }
    return Example(model, answers, {"own": "own = [what row is worth at rate]"})


def worth_nothing() -> Example:
    """The rate of a row: of round numbers, of one whose first date is idle, of one that loses, and of none."""
    model = Model(years=3)
    start, tenth, low = number(model, "start", -100.0), number(model, "tenth", 0.15), number(model, "low", -0.1)
    last_year = choose(YEAR_NUMBER >= one(YEARS) + one(YEARS) + one(YEARS), ONE, ZERO)
    gain, loss = number(model, "gain", 133.1), number(model, "loss", 74.0)
    up = model.line("up", "up", PURE, last_year * gain, opening=start)  # -100 | 0, 0, 133.1
    down = model.line("down", "down", PURE, last_year * loss, opening=start)  # -100 | 0, 0, 74
    later = model.line("later", "later", PURE, previous(up))  # 0 | -100, 0, 0
    idle = model.line("idle", "idle", PURE, previous(later) * number(model, "turn", -1.21) + later)  # 0 | -100, 121, 0
    model.line("up_rate", "up_rate", PURE, internal_rate(up, tenth))
    model.sheet("Elsewhere")
    model.line("down_rate", "down_rate", PURE, internal_rate(down, low))
    model.line("idle_rate", "idle_rate", PURE, internal_rate(idle, tenth + low))
    model.line("none", "none", PURE, choose(ZERO < low, internal_rate(down, low), ABSENT))
    answers: dict[str, Answer] = {
        "up_rate": 0.1,  # 100 × 1.1 ^ 3 is 133.1
        "down_rate": 0.74 ** (1 / 3) - 1,  # -0.0954958303
        "idle_rate": 0.21,  # 121 of 100, a year on
        "none": "not applicable",
    }
    return Example(model, answers, {"up_rate": "up_rate = [the rate nearest tenth at which up is worth nil]"})


EXAMPLES: dict[type[Expression], Callable[[], Example]] = {
    **examples.EXAMPLES,
    ex.Next: next_year,
    ex.ValueAt: worth_at_a_rate,
    ex.Irr: worth_nothing,
}
"""Every kind of node there is."""
