"""The kernel: lines of a calculation, declared once and understood three ways.

A *line* has a name, a label, a unit and one formula. The same declaration is evaluated in NumPy for every draw at
once, printed as a live Excel formula, and said in words, so that engine, workbook and documentation cannot drift
apart. This room knows nothing of social return: it could carry any yearly model.

=================  ====================================================================================
`units`            units and their algebra: people do not add to pounds (architecture, rule 6)
`operators`        one table: each operator's NumPy meaning, Excel text, words and binding strength
`expressions`      the node kinds a formula is made of, with their unit and shape
`builders`         the small functions that make them
`lines`            `Line` and `Model`: declaring lines, in order, with unique names
`shown`            a number as the text Excel makes of it
`rates`            what a row is worth at a rate, and the rate at which it is worth nothing
`evaluate`         the plain evaluator: arrays of shape `(year, draw)`
`folding`          what is certain and what is drawn, and which operations on them vanish
`steps`            the steps of a compiled program, and the calls they become
`unrolling`        a recursive row, year by year, as moves from row to row
`gather`           a row as it stood a drawn number of years ago
`program`          steps in an order that keeps few values waiting, and the buffers they share
`compiled`         the compiled evaluator: a model's lines as steps, with the bits of the plain one
`layout`           where each line, input cell and table stands in a workbook
`formulas`         an expression as Excel text
`words`            an expression in words
=================  ====================================================================================
"""

from sroi.sheet.builders import (
    absolute,
    all_of,
    at,
    away_from_zero,
    choose,
    choose_text,
    count_outside,
    count_where,
    first,
    first_filled,
    following,
    highest,
    internal_rate,
    is_number,
    is_text,
    largest,
    last,
    lookup,
    lowest,
    number_or_zero,
    power,
    previous,
    profile,
    sentence,
    smallest,
    sum_lines,
    sum_over_years,
    sum_where,
    truncate,
    value_at,
)
from sroi.sheet.compiled import compiled
from sroi.sheet.evaluate import Evaluation, evaluate
from sroi.sheet.expressions import (
    ABSENT,
    ONE,
    YEAR_NUMBER,
    YEARS,
    ZERO,
    Cell,
    Condition,
    Expression,
    Table,
    one,
)
from sroi.sheet.formulas import formula, opening_formula, total_formula
from sroi.sheet.layout import Layout, Spot
from sroi.sheet.lines import Line, Model
from sroi.sheet.program import Program
from sroi.sheet.units import PURE, TEXT, Unit
from sroi.sheet.words import words

__all__ = [
    "ABSENT",
    "ONE",
    "PURE",
    "TEXT",
    "YEARS",
    "YEAR_NUMBER",
    "ZERO",
    "Cell",
    "Condition",
    "Evaluation",
    "Expression",
    "Layout",
    "Line",
    "Model",
    "Program",
    "Spot",
    "Table",
    "Unit",
    "absolute",
    "all_of",
    "at",
    "away_from_zero",
    "choose",
    "choose_text",
    "compiled",
    "count_outside",
    "count_where",
    "evaluate",
    "first",
    "first_filled",
    "following",
    "formula",
    "highest",
    "internal_rate",
    "is_number",
    "is_text",
    "largest",
    "last",
    "lookup",
    "lowest",
    "number_or_zero",
    "one",
    "opening_formula",
    "power",
    "previous",
    "profile",
    "sentence",
    "smallest",
    "sum_lines",
    "sum_over_years",
    "sum_where",
    "total_formula",
    "truncate",
    "value_at",
    "words",
]
