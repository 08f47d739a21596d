"""What the kernel refuses, in whole sentences: units that differ, names twice, formulas nobody could read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sroi.errors import EXIT_BUG, KernelError
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
    Layout,
    Line,
    Model,
    Spot,
    Table,
    Unit,
    absolute,
    all_of,
    at,
    choose,
    choose_text,
    evaluate,
    first_filled,
    following,
    formula,
    internal_rate,
    is_number,
    is_text,
    largest,
    last,
    lookup,
    opening_formula,
    power,
    previous,
    profile,
    sentence,
    sum_lines,
    sum_where,
    value_at,
    words,
)
from sroi.sheet.expressions import Expression, operation
from sroi.sheet.operators import ADD, MAXIMUM
from sroi.sheet.shown import shown
from tests.sheet.scratch import laid_out

POUNDS, PEOPLE = Unit.of("£"), Unit.of("people")
TABLE = Table("prices", {"year": ("2015", None), "index": (75.0, None)}, {"year": TEXT, "index": PURE})
Made = Callable[[dict[str, Line]], object]


def some_lines() -> dict[str, Line]:
    """Lines of several units to go wrong with."""
    model = Model(2)
    model.line("pounds", "pounds", POUNDS, Cell("pounds", 2.0, POUNDS))
    model.line("people", "people", PEOPLE, Cell("people", 3.0, PEOPLE))
    model.line("share", "share", PURE, Cell("share", 0.5, PURE))
    model.line("name", "name", TEXT, Cell("name", "word", TEXT))
    model.line("lag", "lag", YEARS, Cell("lag", 1.0, YEARS))
    model.line("yearly", "yearly", PURE, YEAR_NUMBER / YEAR_NUMBER)
    model.line("holds", "holds", (ZERO < model["share"]).unit or PURE, ZERO < model["share"])
    return model.lines


REFUSED: list[tuple[Made, str]] = [
    (lambda v: v["pounds"] + v["people"], "pounds + people: units differ: £ and people"),
    (lambda v: v["pounds"] - ONE, "pounds − 1: units differ: £ and share"),
    (lambda v: v["pounds"] < v["people"], "pounds is below people: units differ: £ and people"),
    (lambda v: v["pounds"] <= v["share"], "pounds is at most share: units differ: £ and share"),
    (lambda v: v["pounds"].equals(v["people"]), "pounds is people: units differ: £ and people"),
    (lambda v: v["name"] + v["name"], "name + name: units differ: text and text"),
    (lambda v: v["name"] * v["share"], "name × share: arithmetic needs a number; found text"),
    (lambda v: v["share"] / v["holds"], "share ÷ holds: arithmetic needs a number; found yes or no"),
    (lambda v: -v["name"], "− name: units differ: text"),
    (lambda v: power(v["pounds"], v["share"]), "pounds ^ share: a power needs a pure number below; found £"),
    (
        lambda v: power(v["share"], v["people"]),
        "share ^ people: a power needs a pure number or years above; found people",
    ),
    (lambda v: largest(v["pounds"], v["people"]), "maximum of pounds, people: units differ: £ and people"),
    (lambda v: absolute(v["name"]), "absolute of name: units differ: text"),
    (lambda v: all_of(v["share"] < ONE, v["share"]), "and of operation, share: AND joins conditions only"),
    (
        lambda v: choose(v["share"], ONE, ZERO),
        "choose of share, 1, 0: a choice needs a condition first; found share",
    ),
    (
        lambda v: choose(ZERO < v["share"], v["pounds"], v["people"]),
        "choose of operation, pounds, people: units differ: £ and people",
    ),
    (lambda v: operation(ADD, v["share"]), "add takes 2 operands; found 1"),
    (lambda _: operation(MAXIMUM), "maximum needs an operand"),
    (lambda _: previous(), "previous() of the line being declared needs its unit"),
    (lambda v: previous(v["share"]), "previous needs a yearly line; share has no years"),
    (lambda v: at(v["share"], v["lag"]), "at needs a yearly line; share has no years"),
    (lambda v: at(v["yearly"], v["share"]), "a lag is in years; found share"),
    (lambda v: last(v["share"]), "last needs a yearly line; share has no years"),
    (lambda v: following(v["share"]), "following needs a yearly line; share has no years"),
    (lambda v: value_at(v["share"], v["share"]), "value_at needs a yearly line; share has no years"),
    (lambda v: value_at(v["yearly"], v["lag"]), "value_at needs one rate, a pure number; found lag"),
    (lambda v: internal_rate(v["yearly"], v["yearly"]), "internal_rate needs one rate, a pure number; found yearly"),
    (lambda v: is_number(v["yearly"]), "is_number needs one cell; yearly has years"),
    (
        lambda v: sum_lines([v["pounds"], v["people"]]),
        "sum of pounds and people: units differ: £ and people",
    ),
    (
        lambda v: sum_lines([v["share"], v["yearly"]]),
        "sum of share and yearly: one has years and the other has not",
    ),
    (lambda v: first_filled(Cell("c", None, POUNDS), v["people"]), "c is in £ and its default in people"),
    (lambda _: first_filled(Cell("c", None, POUNDS), "word"), "c is in £ and its default in text"),
    (lambda v: is_text(v["share"], "yes"), "share is not text: it is in share"),
    (lambda v: is_text(v["name"], v["pounds"]), "pounds is not text: it is in £"),
    (lambda v: sentence("a ", (v["yearly"], "0")), "yearly is not one number to put in a sentence"),
    (lambda v: sentence((v["name"], "0")), "name is not one number to put in a sentence"),
    (lambda v: choose_text(v["share"], "a", "b"), "a choice of texts needs one condition"),
    (lambda v: choose_text(v["yearly"] < ONE, "a", "b"), "a choice of texts needs one condition"),
    (lambda v: choose_text(ZERO < v["share"], v["pounds"], "b"), "pounds is not text: it is in £"),
    (
        lambda v: lookup(TABLE, "index", "year", v["share"]),
        "prices is looked up by text; share is in share",
    ),
    (
        lambda v: sum_where(TABLE, "index", Condition("index", "<=", v["share"])),
        "prices.index has blanks, which a sheet takes for 0: say or_blank",
    ),
    (lambda _: shown(1.0, "0.000"), "'0.000' is not one of the formats 0, 0.0, 0.00, #,##0, 0%, 0.0%"),
    (lambda _: shown(float("nan"), "0"), "only a finite number can be shown in a sentence"),
]


@pytest.mark.parametrize(("made", "sentence_said"), REFUSED, ids=lambda part: part if isinstance(part, str) else "")
def test_refused_where_it_is_written(made: Made, sentence_said: str) -> None:
    with pytest.raises(KernelError) as refusal:
        made(some_lines())
    assert str(refusal.value) == sentence_said
    assert refusal.value.exit_code == EXIT_BUG


def test_a_literal_nought_fits_any_unit() -> None:
    lines = some_lines()
    assert (lines["pounds"] + ZERO).unit == POUNDS
    assert largest(ZERO, lines["people"]).unit == PEOPLE
    assert (ZERO - ZERO).unit is None


def test_units_multiply_and_divide() -> None:
    lines = some_lines()
    assert str((lines["pounds"] / lines["people"]).unit) == "£ per person"
    assert (lines["pounds"] / lines["people"] * lines["people"]).unit == POUNDS
    assert (lines["pounds"] / lines["pounds"]).unit == PURE
    assert str((lines["pounds"] * lines["pounds"]).unit) == "£^2"
    assert str((ONE / lines["people"]).unit) == "1 per person"
    assert power(lines["share"], lines["lag"]).unit == PURE


def declared(**options: object) -> Callable[[Model], object]:
    def declare(model: Model) -> object:
        return model.line("new", "new", PURE, ONE, **options)  # type: ignore[arg-type]

    return declare


DECLARED: list[tuple[Callable[[Model], object], str]] = [
    (lambda m: m.line("a", "again", PURE, ONE), "there are two lines called a"),
    (lambda m: m.line("n", "n", POUNDS, m["a"]), "n is declared in £ but its formula is in share"),
    (
        lambda m: m.line("n", "n", POUNDS, previous(unit=PEOPLE) * (m["p"] / m["q"])),
        "n is in £ but looks back at itself in people",
    ),
    (
        lambda m: m.line("n", "n", PURE, Model(1).line("a", "a", PURE, ONE)),
        "n uses a, which is not declared above it",
    ),
    (declared(total=True), "new has no years to total"),
    (
        lambda m: m.line("n", "n", POUNDS, m["p"], yearly=True, opening=m["a"]),
        "the opening of n must be one number in £",
    ),
    (
        lambda m: m.line("n", "n", PURE, m["a"], yearly=True, opening=YEAR_NUMBER / YEAR_NUMBER),
        "the opening of n must be one number in share",
    ),
]


@pytest.mark.parametrize(("declare", "said"), DECLARED, ids=[said for _, said in DECLARED])
def test_refused_when_declared(declare: Callable[[Model], object], said: str) -> None:
    model = Model(2)
    model.line("a", "a", PURE, Cell("a", 1.0, PURE))
    model.line("p", "p", POUNDS, Cell("p", 1.0, POUNDS))
    model.line("q", "q", PEOPLE, Cell("q", 1.0, PEOPLE))
    with pytest.raises(KernelError) as refusal:
        declare(model)
    assert str(refusal.value) == said


def one_line(made: Callable[[Line], Expression], value: float = 1.0) -> tuple[Model, Line]:
    model = Model(1)
    a = model.line("a", "a", PURE, Cell("a", value, PURE))
    return model, model.line("v", "v", PURE, made(a))


@pytest.mark.parametrize(
    "made",
    [
        lambda a: choose(ZERO < a, choose(a < ONE, ZERO, ONE), a),
        lambda a: choose(ZERO < a, a, ONE) + choose(a < ONE, a, ONE),
        lambda a: choose(ZERO < a, first_filled(Cell("c", None, PURE), a), ONE),
    ],
)
def test_an_if_in_an_if_is_not_printed(made: Callable[[Line], Expression]) -> None:
    model, line = one_line(made)
    with pytest.raises(KernelError) as refusal:
        formula(line, laid_out(model))
    assert str(refusal.value) == "v nests one IF in another: part it into two lines"


def test_a_formula_of_180_characters_and_no_more() -> None:
    def terms(count: int) -> Callable[[Line], Expression]:
        def made(a: Line) -> Expression:
            total: Expression = absolute(a)
            for _ in range(count - 1):
                total = total + a
            return total

        return made

    # By hand: "=ABS($C$4)" has 10 characters, each "+$C$4" has 5: 34 more make 180, 35 make 185.
    model, line = one_line(terms(35))
    assert len(formula(line, laid_out(model))) == 180
    model, line = one_line(terms(36))
    with pytest.raises(KernelError) as refusal:
        formula(line, laid_out(model))
    assert str(refusal.value) == "the formula of v has 185 characters, over 180: part it into lines"


@pytest.mark.parametrize(
    ("made", "value"),
    [(lambda a: ONE / a, 0.0), (lambda a: power(a, a - ONE), -0.5), (lambda a: a * a, 1e300)],
)
def test_no_number_is_refused(made: Callable[[Line], Expression], value: float) -> None:
    model, _ = one_line(made, value)
    with pytest.raises(KernelError) as refusal:
        evaluate(model)
    assert str(refusal.value) == "v is not a finite number in year 1"


def test_the_year_without_a_number_is_named() -> None:
    model = Model(3)
    a = model.line("a", "a", YEARS, Cell("a", 2.0, YEARS))
    model.line("v", "v", PURE, YEAR_NUMBER / (YEAR_NUMBER - a))
    with pytest.raises(KernelError) as refusal:
        evaluate(model)
    assert str(refusal.value) == "v is not a finite number in year 2"  # 2 ÷ (2 - 2)


def test_not_applicable_is_allowed_where_it_is_said_and_infinity_never() -> None:
    model, line = one_line(lambda a: choose(ZERO < a, ONE / a, ABSENT), 0.0)
    assert evaluate(model).number(line.name) != evaluate(model).number(line.name)
    model, line = one_line(lambda a: choose(a <= ZERO, ONE / a, ABSENT), 0.0)
    with pytest.raises(KernelError) as refusal:
        evaluate(model)
    assert str(refusal.value) == "v is not a finite number in year 1"


def test_what_a_line_is_not() -> None:
    model = Model(2)
    model.line("text", "text", TEXT, Cell("t", "word", TEXT))
    model.line("number", "number", PURE, ONE)
    model.line("row", "row", YEARS, YEAR_NUMBER)
    evaluation = evaluate(model)
    for asked, said in (
        (lambda: evaluation.array("text"), "text is text"),
        (lambda: evaluation.text("number"), "number is a number"),
        (lambda: evaluation.number("row"), "row has a number for each year"),
    ):
        with pytest.raises(KernelError) as refusal:
            asked()
        assert str(refusal.value) == said


def test_a_key_that_is_not_there() -> None:
    model = Model(1)
    key = model.line("key", "key", TEXT, Cell("key", "2099", TEXT))
    model.line("v", "v", PURE, lookup(TABLE, "index", "year", key))
    with pytest.raises(KernelError) as refusal:
        evaluate(model)
    assert str(refusal.value) == "prices holds no year '2099'"


def test_what_has_no_place_is_not_printed() -> None:
    model = Model(1)
    a = model.line("a", "a", PURE, Cell("cell", 1.0, PURE))
    key = model.line("key", "key", TEXT, Cell("key", "2015", TEXT))
    model.line("b", "b", PURE, a)
    model.line("found", "found", PURE, lookup(TABLE, "index", "year", key))
    calendar = model.line("calendar", "calendar", YEARS, YEAR_NUMBER)
    model.line("shape", "shape", PURE, profile("ref", {2026: 1.0}, calendar, PURE))
    nowhere = Layout(1, {name: Spot("S", row) for row, name in enumerate(model.lines, 1) if name != "a"}, {}, {}, {}, 2)
    for name, said in (
        ("a", "cell has no cell in the workbook"),
        ("b", "a has no row in the workbook"),
        ("found", "prices.index has no cells in the workbook"),
        ("shape", "the profile of ref has no row in the workbook"),
    ):
        with pytest.raises(KernelError) as refusal:
            formula(model[name], nowhere)
        assert str(refusal.value) == said


class Stranger(Expression):
    """A node that no meaning knows."""


def test_a_node_without_a_meaning_is_refused_by_all_three() -> None:
    model = Model(1)
    line = model.line("v", "v", PURE, Stranger(PURE, False))
    for meaning, said in (
        (lambda: evaluate(model), "Stranger cannot be evaluated"),
        (lambda: formula(line, laid_out(model)), "Stranger cannot be printed as a formula"),
        (lambda: words(line), "Stranger cannot be said in words"),
    ):
        with pytest.raises(KernelError) as refusal:
            meaning()
        assert str(refusal.value) == said


def test_an_opening_is_printed_only_where_it_is_more_than_a_number() -> None:
    model = Model(2)
    a = model.line("a", "a", PURE, Cell("a", 1.0, PURE))
    plain = model.line("plain", "plain", PURE, previous(unit=PURE), opening=ONE)
    none = model.line("none", "none", PURE, previous(unit=PURE))
    held = model.line("held", "held", PURE, previous(unit=PURE), opening=a)
    layout = laid_out(model)
    assert [opening_formula(line, layout) for line in (plain, none, held)] == [None, None, "=$C$4"]
    assert model.looked_back_at() == {"plain", "none", "held"}
