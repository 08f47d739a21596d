"""Every kind of node: the engine, the recalculated workbook and the words against sums by hand (`*examples.py`)."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence

import pytest
from openpyxl.formula.translate import Translator

from sroi.sheet import PURE, Expression, Layout, Model, Spot, evaluate, formula, sum_lines, words
from tests.sheet.examples import Answer, number
from tests.sheet.rates_examples import EXAMPLES
from tests.sheet.scratch import laid_out, nodes, places, recalculated

kinds = pytest.mark.parametrize("kind", EXAMPLES, ids=lambda kind: kind.__name__)


def kinds_of(root: type[Expression]) -> Iterator[type[Expression]]:
    """Every class below it."""
    for kind in root.__subclasses__():
        yield kind
        yield from kinds_of(kind)


def test_every_kind_of_node_has_an_example() -> None:
    # slots=True makes each class anew: the first, which nothing can name, stays among the subclasses
    ours = [kind for kind in kinds_of(Expression) if kind.__module__.startswith("sroi.")]
    named = {kind for kind in ours if getattr(sys.modules[kind.__module__], kind.__name__) is kind}
    assert set(EXAMPLES) == named


@kinds
def test_the_example_holds_its_kind(kind: type[Expression]) -> None:
    assert any(type(node) is kind for node in nodes(EXAMPLES[kind]().model))


@kinds
def test_engine(kind: type[Expression]) -> None:
    example = EXAMPLES[kind]()
    evaluation = evaluate(example.model)
    for name, right in example.answers.items():
        if isinstance(right, Sequence) and not isinstance(right, str):
            assert evaluation.row(name).tolist() == pytest.approx(right, rel=1e-15), name
        elif right == "not applicable":
            assert math.isnan(evaluation.number(name))
        elif isinstance(right, str):
            assert evaluation.text(name) == right
        else:
            assert evaluation.number(name) == pytest.approx(right, rel=1e-15), name


def shown(right: Answer) -> list[float | str | None]:
    """What the cells of a line show; an empty text reads as a blank."""
    if isinstance(right, Sequence) and not isinstance(right, str):
        return [*right]
    return [right if right != "" else None]


@kinds
def test_workbook(kind: type[Expression]) -> None:
    example = EXAMPLES[kind]()
    excel = recalculated(example.model)
    for name, right in example.answers.items():
        for found, wanted in zip(excel[name], shown(right), strict=True):
            near = pytest.approx(wanted, rel=1e-15) if isinstance(wanted, float | int) else wanted
            assert found == near, name


@kinds
def test_words(kind: type[Expression]) -> None:
    example = EXAMPLES[kind]()
    assert example.words
    assert {name: words(example.model[name]) for name in example.words} == dict(example.words)


@kinds
def test_one_formula_copied_along_the_row(kind: type[Expression]) -> None:
    # Workbook, rule 3: what a spreadsheet makes of the first year's formula when it is copied across.
    model = EXAMPLES[kind]().model
    layout = laid_out(model)
    for line in model.lines.values():
        first, *later = [cell for _, cell in places(line, layout)]
        for year, cell in enumerate(later, start=1):
            copied = Translator(formula(line, layout), origin=first).translate_formula(cell)
            assert formula(line, layout, year) == copied


@pytest.mark.parametrize(
    ("kind", "line", "text"),
    # By hand, from the layout of `scratch.py`: labels in A, numbers without years in C, totals in D, openings in E.
    [
        ("Previous", "sum", "=E8+F6"),
        ("Previous", "factor", "=E6/(1+$C$4)"),
        ("At", "ago2", "=INDEX($E4:$H4,1+MAX(0,F$2-$C$9))"),
        ("At", "apart", "=INDEX($E4:$H4,1+MAX(0,F$2-($C$17-$C$18)))"),
        ("Next", "after", "=G4"),
        ("Next", "apart", "=Workings!G4-Workings!F4"),
        ("ValueAt", "own", "=SUMPRODUCT($E7:$G7/(1+$C$5)^$E$2:$G$2)"),
        ("ValueAt", "high", "=SUMPRODUCT(Workings!$E7:$G7/(1+Workings!$C$5+1)^Workings!$E$2:$G$2)"),
        ("Irr", "up_rate", "=IRR($E9:$H9,$C$5)"),
        ("IsNumber", "has_not", "=IF(ISNUMBER($C$9),1,0)"),
        ("OverYears", "sum_row", "=Workings!$D5"),
        ("OverYears", "sum_plain", "=SUM(Workings!$F6:$H6)"),
        ("OverYears", "high_row", "=MAX(Workings!$F5:$H5)"),
        ("OverYears", "last_plain", "=Workings!$H6"),
        ("SumLines", "near", "=SUM(F4:F6)"),
        ("SumLines", "far", "=SUM(F4,F6:F7)"),
        ("SumLines", "there", "=SUM(Workings!F5:F7)"),
        ("FirstFilled", "blank", '=IF(Inputs!$B$4="",$C$4,Inputs!$B$4)'),
        ("NumberOrZero", "rate", "=IF(ISNUMBER(Inputs!$B$1),Inputs!$B$1,0)"),
        ("IsText", "same", '=IF($C$4="yes",1,0)'),
        ("Cell", "t", '=Inputs!$B$2&""'),
        ("Lookup", "index", "=INDEX(Tables!$B$2:$B$4,MATCH($C$4,Tables!$A$2:$A$4,0))"),
        ("Profile", "p", "=SUMIF(Profiles!$A$1:$C$1,F5,Profiles!$A$2:$C$2)"),
        ("SumWhere", "equal", "=SUMPRODUCT((Tables!$B$2:$B$6=$C$5)*Tables!$D$2:$D$6)"),
        ("Sentence", "s", '="It returns ""£"&TEXT($C$4,"#,##0")&""", "&TEXT($C$5,"0.0%")&" of it here."'),
    ],
)
def test_formula_as_printed(kind: str, line: str, text: str) -> None:
    model = next(made for found, made in EXAMPLES.items() if found.__name__ == kind)().model
    assert formula(model[line], laid_out(model)) == text


def test_lines_in_different_columns_are_no_range() -> None:
    # By hand: cells of a table at B5 and C6, and at C7 below the second.
    model = Model(years=1)
    a, b, c = (number(model, name, 1.0) for name in "abc")
    total = model.line("total", "total", PURE, sum_lines([a, b, c]))
    spots = {"a": Spot("T", 5, 1), "b": Spot("T", 6, 2), "c": Spot("T", 7, 2), "total": Spot("T", 8, 1)}
    assert formula(total, Layout(1, spots, {}, {}, {}, 2)) == "=SUM($B$5,$C$6:$C$7)"
