"""A small book for one model, to see what its printed formulas give: every stored number in it is wrong on purpose.

Lines stand on two sheets in turn where asked, input cells on a third, tables and profiles on two more. `recalculated`
writes it with XlsxWriter and reads it with IronCalc, so a formula that was never evaluated shows as -999.
"""

from __future__ import annotations

import ast
import math
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

from sroi.sheet import Cell, Expression, Layout, Line, Model, Spot, Table, formula, opening_formula, total_formula
from sroi.sheet import expressions as ex
from sroi.sheet.layout import FIRST_YEAR, OPENING, TOTAL, column_letters
from sroi.sheet.lines import walk
from tests.parity.recalculate import Live, Value

WRONG = -999.0
YEAR_ROW = 2
FIRST_LINE = 4
INPUTS, TABLES, PROFILES = "Inputs", "Tables", "Profiles"


def nodes(model: Model) -> Iterator[Expression]:
    """Every node of every line, openings included."""
    for line in model.lines.values():
        yield from walk(line.formula)
        if line.opening is not None:
            yield from walk(line.opening)


def cells_of(model: Model) -> dict[str, Cell]:
    """The input cells, by ref."""
    return {node.ref: node for node in nodes(model) if isinstance(node, Cell)}


def tables_of(model: Model) -> dict[str, Table]:
    """The tables looked in, by name."""
    return {
        node.table.name: node.table
        for node in nodes(model)
        if isinstance(node, ex.Lookup | ex.SumWhere | ex.CountWhere | ex.CountOutside)
    }


def profiles_of(model: Model) -> dict[str, ex.Profile]:
    """The profiles, by ref."""
    return {node.ref: node for node in nodes(model) if isinstance(node, ex.Profile)}


def laid_out(model: Model) -> Layout:
    """Where everything of the model stands in its book."""
    rows: dict[str, int] = {}
    lines = {}
    for line in model.lines.values():
        rows[line.sheet] = rows.get(line.sheet, FIRST_LINE - 1) + 1
        lines[line.name] = Spot(line.sheet, rows[line.sheet])
    columns: dict[tuple[str, str], str] = {}
    number = 0
    for table in tables_of(model).values():
        for name, held in table.columns.items():
            letters, number = column_letters(number), number + 1
            columns[(table.name, name)] = f"{TABLES}!${letters}$2:${letters}${1 + len(held)}"
        for name, held_lines in table.lines.items():  # calculated columns: neighbours on one sheet
            spots = [lines[line.name] for line in held_lines]
            assert [spot.row for spot in spots] == list(range(spots[0].row, spots[0].row + len(spots)))
            letters = column_letters(spots[0].column)
            columns[(table.name, name)] = f"'{spots[0].sheet}'!${letters}${spots[0].row}:${letters}${spots[-1].row}"
    profiles = {}
    for number, (ref, profile) in enumerate(profiles_of(model).items()):
        last = column_letters(len(profile.values) - 1)
        top = 1 + 2 * number
        profiles[ref] = (f"{PROFILES}!$A${top}:${last}${top}", f"{PROFILES}!$A${top + 1}:${last}${top + 1}")
    cells = {ref: f"{INPUTS}!$B${number}" for number, ref in enumerate(cells_of(model), start=1)}
    return Layout(model.years, lines, cells, columns, profiles, YEAR_ROW)


def write(model: Model, path: Path) -> Layout:
    """Writes the model's book, -999 stored beside every formula."""
    layout = laid_out(model)
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False})
    sheets: dict[str, Any] = {name: book.add_worksheet(name) for name in (INPUTS, TABLES, PROFILES)}
    _write_inputs(model, sheets)
    for line in model.lines.values():
        if line.sheet not in sheets:
            sheets[line.sheet] = book.add_worksheet(line.sheet)
            for year in range(model.years + 1):
                sheets[line.sheet].write_number(YEAR_ROW - 1, OPENING + year, year)
        _write_line(sheets[line.sheet], line, layout)
    book.close()
    return layout


def _write_inputs(model: Model, sheets: dict[str, Any]) -> None:
    """Input cells, tables and profiles, where `laid_out` has them; a blank stays a blank."""
    for number, (ref, cell) in enumerate(cells_of(model).items()):
        sheets[INPUTS].write_string(number, 0, ref)
        if cell.value is not None:
            sheets[INPUTS].write(number, 1, cell.value)
    column = 0
    for table in tables_of(model).values():
        for name, held in table.columns.items():
            sheets[TABLES].write_string(0, column, name)
            for row, value in enumerate(held, start=1):
                if value is not None:
                    sheets[TABLES].write(row, column, value)
            column += 1
    for number, profile in enumerate(profiles_of(model).values()):
        for place, (year, value) in enumerate(profile.values):
            sheets[PROFILES].write_number(2 * number, place, year)
            sheets[PROFILES].write_number(2 * number + 1, place, value)


def _write_line(sheet: Any, line: Line, layout: Layout) -> None:
    spot = layout.spot(line.name)
    sheet.write_string(spot.row - 1, 0, line.label)
    if not line.yearly:
        sheet.write_formula(spot.row - 1, spot.column, formula(line, layout), None, WRONG)
        return
    opening = opening_formula(line, layout)
    if opening is not None:
        sheet.write_formula(spot.row - 1, OPENING, opening, None, WRONG)
    else:
        sheet.write_number(spot.row - 1, OPENING, line.opening.value if isinstance(line.opening, ex.Number) else 0)
    if line.total:
        sheet.write_formula(spot.row - 1, TOTAL, total_formula(line, layout), None, WRONG)
    for year in range(layout.years):
        sheet.write_formula(spot.row - 1, FIRST_YEAR + year, formula(line, layout, year), None, WRONG)


def recalculated(model: Model) -> dict[str, list[Value | None]]:
    """What each line's formulas give in IronCalc: one value, or one for each year."""
    with tempfile.TemporaryDirectory(prefix="sheet-") as folder:
        path = Path(folder) / "scratch.xlsx"
        layout = write(model, path)
        live = Live(path)
        return {line.name: [live.value(*place) for place in places(line, layout)] for line in model.lines.values()}


def places(line: Line, layout: Layout) -> list[tuple[str, str]]:
    """The cells of a line, as (sheet, address)."""
    spot = layout.spot(line.name)
    columns = range(FIRST_YEAR, FIRST_YEAR + layout.years) if line.yearly else (spot.column,)
    return [(spot.sheet, f"{column_letters(column)}{spot.row}") for column in columns]


# ---------------------------------------------------------------- Words, translated mechanically back to Python

PHRASES = (
    ("the least of (", "min("),
    ("the greatest of (", "max("),
    ("the size of (", "abs("),
    ("the whole part of (", "trunc("),
    ("the next whole away from zero of (", "away("),
    ("all of (", "("),
    (", else ", " else "),
    (" is below ", " < "),
    (" is at most ", " <= "),
    (" is ", " == "),
    ("number of the year", "year_number"),
    ("×", "*"),
    ("÷", "/"),
    ("−", "-"),
    ("^", "**"),
)
"""In order: the longer phrase before one that it contains."""

Said = Callable[..., float]
KNOWN: Mapping[str, Said] = {
    "min": lambda *of: min(of),
    "max": lambda *of: max(of),
    "abs": abs,
    "trunc": math.trunc,
    "away": lambda x: math.ceil(x) if x >= 0 else math.floor(x),
}


def understood(words: str, names: Mapping[str, float]) -> float:
    """What the words after `label =` come to, read with school precedence; `names` gives each label its number."""
    said = words.partition(" = ")[2]
    for phrase, python in PHRASES:
        said = said.replace(phrase, python)
    if re.search(r"[^\w\s.,()*/<=>+-]", said):
        raise AssertionError(f"words that are not understood: {said}")
    return float(_python(ast.parse(said, mode="eval").body, names))


def _python(node: ast.expr, names: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=value):
            return float(str(value))
        case ast.Name(id=name):
            return names[name]
        case ast.UnaryOp(operand=operand):
            return -_python(operand, names)
        case ast.BinOp(left=left, op=sign, right=right):
            a, b = _python(left, names), _python(right, names)
            return {"Add": a + b, "Sub": a - b, "Mult": a * b}.get(type(sign).__name__) or _steep(sign, a, b)
        case ast.Compare(left=left, ops=[sign], comparators=[right]):
            a, b = _python(left, names), _python(right, names)
            return float({"Lt": a < b, "LtE": a <= b, "Eq": a == b}[type(sign).__name__])
        case ast.BoolOp(op=ast.And(), values=values):
            return float(all(_python(value, names) for value in values))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return _python(body if _python(test, names) else orelse, names)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return float(KNOWN[name](*(_python(argument, names) for argument in arguments)))
    raise AssertionError(f"words that are not understood: {ast.dump(node)}")


def _steep(sign: ast.operator, a: float, b: float) -> float:
    """Division and power, worked only where asked for: they have no answer for every pair."""
    match sign:
        case ast.Div():
            return a / b
        case ast.Pow():
            return float(a**b)
    return 0.0  # a sum, difference or product that came to nil
