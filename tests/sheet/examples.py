"""One worked example for every kind of node: a model, what its lines come to by hand, and how they are said.

`EXAMPLES` is keyed by the node's class; a meta-test asks that no class is missing. Each expected number is a sum by
hand beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sroi.sheet import (
    ABSENT,
    ONE,
    PURE,
    TEXT,
    YEAR_NUMBER,
    YEARS,
    ZERO,
    Cell,
    Condition,
    Expression,
    Line,
    Model,
    Table,
    Unit,
    at,
    choose,
    choose_text,
    count_outside,
    count_where,
    first,
    first_filled,
    highest,
    is_number,
    is_text,
    last,
    lookup,
    lowest,
    number_or_zero,
    one,
    previous,
    profile,
    sentence,
    sum_lines,
    sum_over_years,
    sum_where,
)
from sroi.sheet import expressions as ex

POUNDS = Unit.of("£")
Answer = float | str | Sequence[float]


@dataclass(frozen=True)
class Example:
    """A model; lines and what they come to (NaN, *not applicable*, is written None in the workbook); their words."""

    model: Model
    answers: Mapping[str, Answer]
    words: Mapping[str, str] = field(default_factory=dict)


def number(model: Model, name: str, value: float | None, unit: Unit = PURE, *, yearly: bool = False) -> Line:
    """An input line."""
    return model.line(name, name, unit, Cell(f"in.{name}", value, unit), yearly=yearly)


def word(model: Model, name: str, value: str | None) -> Line:
    """An input line of text."""
    return model.line(name, name, TEXT, Cell(f"in.{name}", value, TEXT), style="text")


def line_as_node() -> Example:
    """A line used by another, from another sheet, with years and without."""
    model = Model(years=2)
    a = number(model, "a", 3.0)
    b = model.line("b", "b", PURE, a * YEAR_NUMBER / one(YEARS), total=True)
    model.sheet("It's another sheet")
    c = model.line("c", "c", PURE, a)
    model.line("d", "d", PURE, b + c, total=True)
    # 3 × 1, 3 × 2; 3; 3 + 3, 6 + 3
    return Example(model, {"b": [3, 6], "c": 3, "d": [6, 9]}, {"c": "c = a", "d": "d = b + c"})


def number_literal() -> Example:
    """0 and 1."""
    model = Model(years=2)
    model.line("nought", "nought", PURE, ZERO, yearly=True)
    model.line("unit", "unit", PURE, ONE)
    return Example(model, {"nought": [0, 0], "unit": 1}, {"nought": "nought = 0", "unit": "unit = 1"})


def year_number() -> Example:
    """The header row."""
    model = Model(years=3)
    model.line("year", "year", YEARS, YEAR_NUMBER)
    return Example(model, {"year": [1, 2, 3]}, {"year": "year = number of the year"})


def absent() -> Example:
    """Not applicable where a divisor is nil."""
    model = Model(years=1)
    a, b, nil = (number(model, name, value) for name, value in (("a", 6.0), ("b", 4.0), ("nil", 0.0)))
    model.line("some", "some", PURE, choose(ZERO < b, a / b, ABSENT))
    model.line("none", "none", PURE, choose(ZERO < nil, a / nil, ABSENT))
    said = "none = a ÷ nil if 0 is below nil, else not applicable"
    return Example(model, {"some": 1.5, "none": "not applicable"}, {"none": said})


def words_fixed() -> Example:
    """Fixed text as a default, quotation marks and all."""
    model = Model(years=1)
    model.line("w", "w", TEXT, first_filled(Cell("blank", None, TEXT), 'the "usual"'))
    return Example(model, {"w": 'the "usual"'}, {"w": 'w = the input blank, or “the "usual"” where it is blank'})


def cell() -> Example:
    """Input cells: a number, a text, a year typed as a number in a cell of text, and blanks of both."""
    model = Model(years=1)
    number(model, "a", 2.5)
    word(model, "t", "Start")
    model.line("typed", "typed", TEXT, Cell("typed", 2015.0, TEXT))
    number(model, "blank", None)
    word(model, "nothing", None)
    answers: dict[str, Answer] = {"a": 2.5, "t": "Start", "typed": "2015", "blank": 0, "nothing": ""}
    return Example(model, answers, {"a": "a = the input in.a"})


def operation() -> Example:
    """Operators joined: the random trees try the rest."""
    model = Model(years=2)
    a, b = number(model, "a", 7.0), number(model, "b", 2.0)
    model.line("o", "o", PURE, a - (b - ONE) * b)
    return Example(model, {"o": 5}, {"o": "o = a − (b − 1) × b"})  # 7 - 1 × 2


def previous_year() -> Example:
    """The year before: of the line itself, with an opening of its own, and of another line."""
    model = Model(years=3)
    rate = number(model, "rate", 0.25)
    start = number(model, "start", 8.0)
    factor = model.line("factor", "factor", PURE, previous(unit=PURE) / (ONE + rate), opening=ONE)
    model.line("from_cell", "from_cell", PURE, previous(unit=PURE) + ONE, opening=start)
    model.line("sum", "sum", PURE, previous(unit=PURE) + factor)
    model.line("before", "before", PURE, previous(factor) + ONE)
    return Example(
        model,
        {
            "factor": [0.8, 0.64, 0.512],  # 1 / 1.25, squared, cubed
            "from_cell": [9, 10, 11],  # 8 + 1, and so on
            "sum": [0.8, 1.44, 1.952],  # the running sum from 0
            "before": [2, 1.8, 1.64],  # the opening 1, then 0.8 and 0.64, each + 1
        },
        {
            "sum": "sum = [sum, the year before] + factor",
            "before": "before = [factor, the year before] + 1",
        },
    )


def some_years_ago() -> Example:
    """A lag of 0, 1 and more than there are years; the opening value before the first."""
    model = Model(years=3)
    row = model.line("row", "row", PURE, previous(unit=PURE) + ONE, opening=ONE)
    answers: dict[str, Answer] = {"row": [2, 3, 4]}
    # counted back from 2, 3, 4 with 1 before them
    for lag, right in enumerate(([2, 3, 4], [1, 2, 3], [1, 1, 2], [1, 1, 1], [1, 1, 1], [1, 1, 1])):
        years = number(model, f"lag{lag}", float(lag), YEARS)
        model.line(f"ago{lag}", f"ago{lag}", PURE, at(row, years))
        answers[f"ago{lag}"] = right
    first, second = number(model, "first", 2.0, YEARS), number(model, "second", 1.0, YEARS)
    model.line("apart", "apart", PURE, at(row, first - second))
    answers["apart"] = [1, 2, 3]  # a lag of 2 - 1: its minus needs brackets
    return Example(model, answers, {"ago1": "ago1 = [row, lag1 years ago]"})


def over_years() -> Example:
    """Sum, highest, lowest and last, with a total column and without, from this sheet and another."""
    model = Model(years=3)
    a = number(model, "a", -2.0)
    row = model.line("row", "row", PURE, a + YEAR_NUMBER / one(YEARS), total=True)  # -1, 0, 1
    plain = model.line("plain", "plain", PURE, row * a)  # 2, 0, -2
    model.sheet("Elsewhere")
    makers = {"sum": sum_over_years, "high": highest, "low": lowest, "first": first, "last": last}
    for name, maker in makers.items():
        model.line(f"{name}_row", f"{name}_row", PURE, maker(row))
        model.line(f"{name}_plain", f"{name}_plain", PURE, maker(plain))
    answers: dict[str, Answer] = {"sum_row": 0, "high_row": 1, "low_row": -1, "first_row": -1, "last_row": 1}
    answers |= {"sum_plain": 0, "high_plain": 2, "low_plain": -2, "first_plain": 2, "last_plain": -2}
    said = {
        "high_row": "high_row = [largest over the years of row]",
        "last_row": "last_row = [last over the years of row]",
    }
    return Example(model, answers, said)


def sum_of_lines() -> Example:
    """Neighbours, a line by itself, and lines of another sheet."""
    model = Model(years=2)
    lines = [number(model, name, value, yearly=True) for name, value in zip("abcd", (1.0, 2.0, 4.0, 8.0), strict=True)]
    a, b, c, d = lines
    model.line("near", "near", PURE, sum_lines([a, b, c]))
    model.line("far", "far", PURE, sum_lines([a, c, d]))
    model.sheet("Other sums")
    model.line("there", "there", PURE, sum_lines([b, c, d]))
    model.line("single", "single", PURE, sum_lines([d]))
    answers: dict[str, Answer] = {"near": [7, 7], "far": [13, 13], "there": [14, 14], "single": [8, 8]}
    return Example(model, answers, {"far": "far = [sum of a, c, d]"})


def filled() -> Example:
    """A cell that is filled, one that holds 0, and one that is blank."""
    model = Model(years=1)
    seven = number(model, "seven", 7.0)
    for name, held in (("full", 3.0), ("zero", 0.0), ("blank", None)):
        model.line(name, name, PURE, first_filled(Cell(f"f.{name}", held, PURE), seven))
    model.line("text", "text", TEXT, first_filled(Cell("f.text", "End", TEXT), "start"))
    answers: dict[str, Answer] = {"full": 3, "zero": 0, "blank": 7, "text": "End"}
    return Example(model, answers, {"blank": "blank = the input f.blank, or seven where it is blank"})


def number_else_nought() -> Example:
    """A cell that may hold a rate or the name of a schedule."""
    model = Model(years=1)
    for name, held in (("rate", 0.035), ("named", "green-book"), ("blank", None)):
        model.line(name, name, PURE, number_or_zero(Cell(f"n.{name}", held, PURE)))
    answers: dict[str, Answer] = {"rate": 0.035, "named": 0, "blank": 0}
    return Example(model, answers, {"rate": "rate = the input n.rate if it is a number, else 0"})


def says() -> Example:
    """Text compared, capitals aside, with a word and with another text; blank is not a word."""
    model = Model(years=1)
    a, b, c = word(model, "a", "YES"), word(model, "b", "yes"), word(model, "c", None)
    tests: dict[str, tuple[Expression, float]] = {
        "same": (is_text(a, "yes"), 1),
        "other": (is_text(a, "no"), 0),
        "each": (is_text(a, b), 1),
        "none": (is_text(c, "yes"), 0),
    }
    for name, (test, _) in tests.items():
        model.line(name, name, PURE, choose(test, ONE, ZERO))
    said = {"same": "same = 1 if a is “yes”, else 0", "each": "each = 1 if a is b, else 0"}
    return Example(model, {name: right for name, (_, right) in tests.items()}, said)


def sentences() -> Example:
    """Words and numbers in their formats; quotation marks are doubled for Excel."""
    model = Model(years=1)
    money, share = number(model, "money", 1234567.5, POUNDS), number(model, "share", 0.0714)
    model.line("s", "s", TEXT, sentence('It returns "£', (money, "#,##0"), '", ', (share, "0.0%"), " of it here."))
    right = 'It returns "£1,234,568", 7.1% of it here.'  # halves go away from nil
    return Example(model, {"s": right}, {"s": 's = It returns "£ [money] ",  [share]  of it here.'})


def texts_chosen() -> Example:
    """One text or another."""
    model = Model(years=1)
    a, b = number(model, "a", 1.0), number(model, "b", 2.0)
    model.line("yes", "yes", TEXT, choose_text(a < b, sentence("by ", (b, "0.0")), "not"))
    model.line("no", "no", TEXT, choose_text(b < a, "above", "below"))
    said = {"no": "no = “above” if b is below a, else “below”"}
    return Example(model, {"yes": "by 2.0", "no": "below"}, said)


PRICES = Table(
    "prices",
    {"year": ("2015", "2015/16", "2016"), "index": (75.0, 76.0, 80.0), "said": ("old", "odd", "new")},
    {"year": TEXT, "index": PURE, "said": TEXT},
)


def looked_up() -> Example:
    """A number and a text found by a key, which may be a year typed as a number."""
    model = Model(years=1)
    key = word(model, "key", "2015/16")
    typed = model.line("typed", "typed", TEXT, Cell("typed", 2016.0, TEXT))
    model.line("index", "index", PURE, lookup(PRICES, "index", "year", key))
    model.line("said", "said", TEXT, lookup(PRICES, "said", "year", typed))
    answers: dict[str, Answer] = {"index": 76, "said": "new"}
    return Example(model, answers, {"index": "index = [index of prices for key]"})


BANDS = Table(
    "bands",
    {
        "name": ("a", "a", "a", "b", "A"),
        "from": (0.0, 2.0, 3.0, 0.0, 9.0),
        "to": (1.0, 2.0, None, None, None),
        "rate": (1.0, 2.0, 4.0, 8.0, None),
    },
    {"name": TEXT, "from": YEARS, "to": YEARS, "rate": PURE},
)


def summed_where() -> Example:
    """Rows that meet every condition, year by year; a blank end is no end, and a blank amount is nil."""
    model = Model(years=4)
    name, fixed = word(model, "name", "A"), number(model, "fixed", 2.0, YEARS)
    elapsed = model.line("elapsed", "elapsed", YEARS, YEAR_NUMBER - one(YEARS))
    ends = Condition("to", ">=", elapsed, or_blank=True)
    begun = Condition("from", "<=", elapsed)
    model.line("rate", "rate", PURE, sum_where(BANDS, "rate", Condition("name", "=", name), begun, ends))
    other = word(model, "other", "b")
    model.line("open", "open", PURE, sum_where(BANDS, "rate", Condition("name", "=", other), ends))
    by = [number(model, f"by_{n}", n) for n in (3.0, 5.0)]
    made = tuple(model.line(f"made_{n}", f"made {n}", YEARS, fixed * times) for n, times in enumerate(by))
    calculated = Table("calculated", {"at": (0.0, 2.0)}, {"at": YEARS, "worth": YEARS}, lines={"worth": made})
    model.line("calculated", "calculated", YEARS, sum_where(calculated, "worth", Condition("at", "=", elapsed)))
    model.line("equal", "equal", PURE, sum_where(BANDS, "rate", Condition("from", "=", fixed)))
    answers: dict[str, Answer] = {
        "rate": [1, 1, 2, 4],  # years 0 and 1 in the first band of "a", 2 in the second, 3 in the open one
        "open": [8, 8, 8, 8],  # once, also in year 0, where a blank end is both blank and at least 0
        "equal": 2,
        "calculated": [6, 0, 10, 0],  # 2 × 3 in year 0, 2 × 5 in year 2: a column of lines is summed like any other
    }
    conditions = "name is name and from is at most elapsed and to is at least elapsed or blank"
    said = f"rate = [sum of rate in bands where {conditions}]"
    return Example(model, answers, {"rate": said})


def counted_where() -> Example:
    """Rows that meet every condition, counted: the bands of "a" in each year, and of a name that is not there."""
    model = Model(years=4)
    name, none = word(model, "name", "A"), word(model, "none", "zzz")
    elapsed = model.line("elapsed", "elapsed", YEARS, YEAR_NUMBER - one(YEARS))
    ends = Condition("to", ">=", elapsed, or_blank=True)
    model.line(
        "some", "some", PURE, count_where(BANDS, Condition("name", "=", name), Condition("from", "<=", elapsed), ends)
    )
    model.line("lone", "lone", PURE, count_where(BANDS, Condition("name", "=", name)))
    model.line("nil", "nil", PURE, count_where(BANDS, Condition("name", "=", none)))
    # "a" (capitals aside) has a band for years 0 and 1, one for 2, one from 3 on and one from 9 on
    answers: dict[str, Answer] = {"some": [1, 1, 1, 1], "lone": 4, "nil": 0}
    return Example(model, answers, {"lone": "lone = [number of rows of bands where name is name]"})


def counted_outside() -> Example:
    """Cells that are no share: 1.2, −0.1 and a word; a blank, 0, 1 and 0.5 are."""
    held = Table("shares", {"share": (0.0, 1.0, None, 0.5, 1.2, -0.1, "a third")}, {"share": PURE})
    model = Model(years=1)
    model.line("faults", "faults", PURE, count_outside(held, "share"))
    said = "faults = [number of cells of share in shares that are no share, 0 to 1]"
    return Example(model, {"faults": 3}, {"faults": said})


def holds_a_number() -> Example:
    """Whether a cell holds a number; a name and a blank do not."""
    model = Model(years=1)
    for name, held in (("rate", 0.035), ("nil", 0.0), ("named", "green-book"), ("blank", None)):
        model.line(name, name, PURE, choose(is_number(Cell(f"n.{name}", held, TEXT)), ONE, ZERO))
    nil = number(model, "none", 0.0)
    ratio = model.line("ratio", "ratio", PURE, choose(ZERO < nil, ONE / nil, ABSENT))  # a line: not applicable
    model.line("has", "has", PURE, choose(is_number(nil), ONE, ZERO))
    model.line("has_not", "has_not", PURE, choose(is_number(ratio), ONE, ZERO))
    answers: dict[str, Answer] = {"rate": 1, "nil": 1, "named": 0, "blank": 0, "has": 1, "has_not": 0}
    said = {
        "rate": "rate = 1 if the input n.rate is a number, else 0",
        "has_not": "has_not = 1 if ratio is a number, else 0",
    }
    return Example(model, answers, said)


def profiled() -> Example:
    """By calendar year; a year left out is 0."""
    model = Model(years=3)
    first = number(model, "first", 2026.0, YEARS)
    calendar = model.line("calendar", "calendar", YEARS, first + YEAR_NUMBER - one(YEARS))
    model.line("p", "p", POUNDS, profile("costs.hub.amount", {2028: 5.0, 2026: 7.5, 2020: 9.0}, calendar, POUNDS))
    return Example(model, {"p": [7.5, 0, 5]}, {"p": "p = the input costs.hub.amount for the year"})


EXAMPLES: dict[type[Expression], Callable[[], Example]] = {
    Line: line_as_node,
    ex.Number: number_literal,
    ex.YearNumber: year_number,
    ex.Absent: absent,
    ex.Words: words_fixed,
    ex.Cell: cell,
    ex.Operation: operation,
    ex.Previous: previous_year,
    ex.At: some_years_ago,
    ex.OverYears: over_years,
    ex.SumLines: sum_of_lines,
    ex.FirstFilled: filled,
    ex.NumberOrZero: number_else_nought,
    ex.IsText: says,
    ex.Sentence: sentences,
    ex.ChooseText: texts_chosen,
    ex.Lookup: looked_up,
    ex.SumWhere: summed_where,
    ex.CountWhere: counted_where,
    ex.CountOutside: counted_outside,
    ex.IsNumber: holds_a_number,
    ex.Profile: profiled,
}
"""Every kind of node but those of `rates_examples.py`."""
