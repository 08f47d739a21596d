"""A line's formula in plain words, with labels for names.

>>> from sroi.sheet import Cell, Model, ONE, PURE, words
>>> model = Model(years=1)
>>> gross = model.line("gross", "change per person", PURE, Cell("outcomes.a.effect", 0.5, PURE))
>>> dead = model.line("dead", "deadweight", PURE, Cell("outcomes.a.deadweight", 0.1, PURE))
>>> words(model.line("net", "net change", PURE, gross * (ONE - dead)))
'net change = change per person × (1 − deadweight)'
"""

from __future__ import annotations

from sroi.errors import KernelError
from sroi.sheet import expressions as ex
from sroi.sheet.lines import Line
from sroi.sheet.operators import ATOM, CHOOSE, NEGATE, POWER


def words(line: Line) -> str:
    """`label = formula in words`."""
    return f"{line.label} = {_said(line.formula, line, 0)}"


def _said(node: ex.Expression, line: Line, outer: int, *, right: bool = False) -> str:  # noqa: C901 one case per kind
    if isinstance(node, ex.Operation):
        return _operation(node, line, outer, right=right)
    match node:
        case Line():
            return node.label
        case ex.Number(value=value):
            return str(value)
        case ex.YearNumber():
            return "number of the year"
        case ex.Absent():
            return "not applicable"
        case ex.Words(value=value):
            return f"“{value}”"
        case ex.Cell(ref=ref):
            return f"the input {ref}"
        case ex.Previous(line=before):
            return f"[{(before or line).label}, the year before]"
        case ex.Next(line=after):
            return f"[{after.label}, the year after]"
        case ex.ValueAt():
            return f"[what {node.line.label} is worth at {_said(node.rate, line, 0)}]"
        case ex.Irr():
            return f"[the rate nearest {_said(node.guess, line, 0)} at which {node.line.label} is worth nil]"
        case ex.At():
            return f"[{node.line.label}, {_said(node.lag, line, 0)} years ago]"
        case ex.OverYears(how=how):
            how_said = {"SUM": "sum", "MAX": "largest", "MIN": "smallest", "FIRST": "first", "LAST": "last"}[how]
            return f"[{how_said} over the years of {node.line.label}]"
        case ex.SumLines(lines=lines):
            return f"[sum of {', '.join(part.label for part in lines)}]"
        case ex.FirstFilled():
            return f"the input {node.cell.ref}, or {_said(node.default, line, ATOM)} where it is blank"
        case ex.NumberOrZero():
            return f"the input {node.cell.ref} if it is a number, else 0"
        case ex.IsText(subject=subject, word=word):
            asked = f"“{word}”" if isinstance(word, str) else _said(word, line, ATOM)
            return f"{_said(subject, line, ATOM)} is {asked}"
        case ex.Sentence(parts=parts):
            return " ".join(part if isinstance(part, str) else f"[{part[0].label}]" for part in parts)
        case ex.ChooseText():
            so, other = (_said(text, line, 0) for text in (node.if_so, node.if_not))
            return f"“{so}” if {_said(node.condition, line, 0)}, else “{other}”"
        case ex.Lookup():
            return f"[{node.column} of {node.table.name} for {_said(node.key, line, 0)}]"
        case ex.SumWhere():
            return f"[sum of {node.column} in {node.table.name} where {_tests(node.conditions, line)}]"
        case ex.CountWhere():
            return f"[number of rows of {node.table.name} where {_tests(node.conditions, line)}]"
        case ex.CountOutside():
            return f"[number of cells of {node.column} in {node.table.name} that are no share, 0 to 1]"
        case ex.IsNumber():
            held = node.cell.label if isinstance(node.cell, Line) else f"the input {node.cell.ref}"
            return f"{held} is a number"
        case ex.Profile(ref=ref):
            return f"the input {ref} for the year"
    raise KernelError(f"{type(node).__name__} cannot be said in words")


def _tests(conditions: tuple[ex.Condition, ...], line: Line) -> str:
    return " and ".join(
        f"{c.column} {_SIGNS[c.sign]} {_said(c.than, line, ATOM)}{' or blank' if c.or_blank else ''}"
        for c in conditions
    )


_SIGNS = {"=": "is", "<=": "is at most", ">=": "is at least"}


def _operation(node: ex.Operation, line: Line, outer: int, *, right: bool) -> str:
    operator = node.operator
    if operator is CHOOSE:
        condition, if_so, if_not = (_said(operand, line, 0) for operand in node.operands)
        said, binding = f"{if_so} if {condition}, else {if_not}", 1
    elif operator.function:
        joiner = " and " if operator.name == "and" else ", "
        return operator.words.format(joiner.join(_said(operand, line, 0) for operand in node.operands))
    elif operator is NEGATE:
        said, binding = operator.words.format(_said(node.operands[0], line, ATOM)), 3
    else:
        left, other = node.operands
        # a spreadsheet reads a ^ b ^ c from the left, mathematics from the right: words leave no choice
        inner = ATOM if operator is POWER else operator.binding
        said = operator.words.format(
            _said(left, line, inner),
            _said(other, line, operator.binding, right=operator.brackets_right),
        )
        binding = operator.binding
    loose = outer and (binding < outer or (right and binding == outer))
    return f"({said})" if loose else said
