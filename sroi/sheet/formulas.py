"""An expression as Excel text (architecture, rule 2; workbook, rules 3 to 5).

What cannot be printed raises: there is no fallback to a pasted number. A formula is at most 180 characters, holds
no number but 0 and 1, and does not nest IF.
"""

from __future__ import annotations

from dataclasses import dataclass

from sroi.errors import KernelError
from sroi.sheet import expressions as ex
from sroi.sheet.layout import FIRST_YEAR, OPENING, TOTAL, Layout, Spot, column_letters, quoted
from sroi.sheet.lines import Line, walk
from sroi.sheet.operators import ATOM, CHOOSE, NEGATE, Operator
from sroi.sheet.units import TEXT

LONGEST = 180
"""The most characters a formula may have (workbook, rule 3)."""
AS_TEXT = '&""'
"""Makes text of what a cell holds, so that a year typed as the number 2015 finds the text 2015."""
NOT_APPLICABLE = "not applicable"
"""What a cell says where a measure has no number."""


def formula(line: Line, layout: Layout, year: int = 0) -> str:
    """A line's formula for one year (from 0), or its only one where the line has no years.

    The formula of any year is that of the first copied across.
    """
    if year == 0 and sum(_is_choice(node) for node in walk(line.formula)) > 1:
        raise KernelError(f"{line.name} nests one IF in another: part it into two lines")
    return _checked(line.name, "=" + _Printer(line, layout, year).text(line.formula, 0))


def _is_choice(node: ex.Expression) -> bool:
    """Whether it is printed as an IF."""
    chosen = isinstance(node, ex.Operation) and node.operator is CHOOSE
    return chosen or isinstance(node, ex.FirstFilled | ex.NumberOrZero | ex.ChooseText)


def opening_formula(line: Line, layout: Layout) -> str | None:
    """The formula of the opening column, or `None` where it holds a plain 0 or 1."""
    if line.opening is None or isinstance(line.opening, ex.Number):
        return None
    return _checked(line.name, "=" + _Printer(line, layout, 0).text(line.opening, 0))


def total_formula(line: Line, layout: Layout) -> str:
    """The formula of the total column: the sum of the row's years."""
    row = layout.spot(line.name).row
    return f"=SUM({column_letters(FIRST_YEAR)}{row}:{column_letters(layout.last_year)}{row})"


def _checked(name: str, text: str) -> str:
    if len(text) > LONGEST:
        raise KernelError(f"the formula of {name} has {len(text)} characters, over {LONGEST}: part it into lines")
    return text


@dataclass(frozen=True)
class _Printer:
    line: Line
    layout: Layout
    year: int

    def text(self, node: ex.Expression, outer: int, *, right: bool = False) -> str:
        """The node's text, bracketed if it binds less tightly than `outer` asks."""
        if isinstance(node, ex.Operation):
            operator = node.operator
            said = self._operation(operator, node.operands)
            if operator.function or outer == 0:
                return said
            loose = operator is NEGATE or operator.binding < outer or (right and operator.binding == outer)
            return f"({said})" if loose else said
        said, binding = self._leaf(node)
        return f"({said})" if binding < outer else said

    def _operation(self, operator: Operator, operands: tuple[ex.Expression, ...]) -> str:
        if operator.function:
            return operator.excel.format(",".join(self.text(operand, 0) for operand in operands))
        if operator is NEGATE:
            return operator.excel.format(self.text(operands[0], ATOM))
        left, right = operands
        return operator.excel.format(
            self.text(left, operator.binding),
            self.text(right, operator.binding, right=operator.brackets_right),
        )

    def _leaf(self, node: ex.Expression) -> tuple[str, int]:  # noqa: C901 one case per kind of node
        match node:
            case Line():
                return self._reference(node, FIRST_YEAR + self.year), ATOM
            case ex.Number(value=value):
                return str(value), ATOM
            case ex.YearNumber():
                return f"{column_letters(FIRST_YEAR + self.year)}${self.layout.year_row}", ATOM
            case ex.Absent():
                return f'"{NOT_APPLICABLE}"', ATOM
            case ex.Words(value=value):
                return '"' + value.replace('"', '""') + '"', ATOM
            case ex.Cell(ref=ref, unit=unit):
                return (self.layout.cell(ref) + AS_TEXT, 3) if unit == TEXT else (self.layout.cell(ref), ATOM)
            case ex.Previous(line=line):
                return self._reference(line if line is not None else self.line, OPENING + self.year), ATOM
            case ex.Next(line=line):
                return self._reference(line, FIRST_YEAR + self.year + 1), ATOM
            case ex.ValueAt():
                return self._value_at(node), ATOM
            case ex.Irr(line=line, guess=guess):
                return f"IRR({self._range(line, OPENING)},{self.text(guess, 0)})", ATOM
            case ex.At():
                held = self._range(node.line, OPENING)
                number = self._leaf(ex.YEAR_NUMBER)[0]
                lag = self.text(node.lag, 4, right=True)
                return f"INDEX({held},1+MAX(0,{number}-{lag}))", ATOM
            case ex.OverYears():
                return self._over_years(node), ATOM
            case ex.SumLines():
                return self._sum_lines(node), ATOM
            case ex.FirstFilled():
                cell = self.layout.cell(node.cell.ref)
                filled = cell + AS_TEXT if node.cell.unit == TEXT else cell
                return f'IF({cell}="",{self.text(node.default, 0)},{filled})', ATOM
            case ex.NumberOrZero():
                cell = self.layout.cell(node.cell.ref)
                return f"IF(ISNUMBER({cell}),{cell},0)", ATOM
            case ex.IsText(subject=subject, word=word):
                said = self.text(subject, 3)
                return f'{said}="{word}"' if isinstance(word, str) else f"{said}={self.text(word, 3)}", 2
            case ex.Sentence():
                return self._sentence(node), 3
            case ex.ChooseText():
                texts = (node.condition, node.if_so, node.if_not)
                return f"IF({','.join(self.text(text, 0) for text in texts)})", ATOM
            case ex.Lookup():
                return self._lookup(node), ATOM
            case ex.SumWhere():
                return self._sum_where(node), ATOM
            case ex.CountWhere(table=table, conditions=conditions):
                # times 1, since a lone comparison is no number to SUMPRODUCT
                return f"SUMPRODUCT({'*'.join([*self._tests(table, conditions), '1'])})", ATOM
            case ex.CountOutside(table=table, column=column):
                cells = self._column(table, column)
                return f"SUMPRODUCT(({cells}<0)+({cells}>1))", ATOM
            case ex.IsNumber(cell=cell):
                place = self._reference(cell, FIRST_YEAR) if isinstance(cell, Line) else self.layout.cell(cell.ref)
                return f"ISNUMBER({place})", ATOM
            case ex.Profile():
                header, row = self._profile_ranges(node)
                return f"SUMIF({header},{self.text(node.calendar, 0)},{row})", ATOM
        raise KernelError(f"{type(node).__name__} cannot be printed as a formula")

    def _sentence(self, node: ex.Sentence) -> str:
        parts = []
        for part in node.parts:
            if isinstance(part, str):
                parts.append('"' + part.replace('"', '""') + '"')
            else:
                place = self._reference(part[0], FIRST_YEAR)
                parts.append(place if part[1] == "@" else f'TEXT({place},"{part[1]}")')
        return "&".join(parts)

    def _reference(self, line: Line, column: int) -> str:
        spot = self.layout.spot(line.name)
        place = f"{column_letters(column)}{spot.row}"
        if not line.yearly:
            place = f"${column_letters(spot.column)}${spot.row}"
        return self._sheet(spot) + place

    def _sheet(self, spot: Spot) -> str:
        return "" if spot.sheet == self.layout.spot(self.line.name).sheet else quoted(spot.sheet) + "!"

    def _range(self, line: Line, first: int) -> str:
        spot = self.layout.spot(line.name)
        last = column_letters(self.layout.last_year)
        return f"{self._sheet(spot)}${column_letters(first)}{spot.row}:${last}{spot.row}"

    def _value_at(self, node: ex.ValueAt) -> str:
        """`SUMPRODUCT(row/(1+rate)^year numbers)`: the opening column has the number 0."""
        spot = self.layout.spot(node.line.name)
        first, last, row = column_letters(OPENING), column_letters(self.layout.last_year), self.layout.year_row
        numbers = f"{self._sheet(spot)}${first}${row}:${last}${row}"
        return f"SUMPRODUCT({self._range(node.line, OPENING)}/(1+{self.text(node.rate, 4)})^{numbers})"

    def _over_years(self, node: ex.OverYears) -> str:
        spot = self.layout.spot(node.line.name)
        if node.how in ("FIRST", "LAST"):
            column = FIRST_YEAR if node.how == "FIRST" else self.layout.last_year
            return f"{self._sheet(spot)}${column_letters(column)}{spot.row}"
        if node.how == "SUM" and node.line.total:
            return f"{self._sheet(spot)}${column_letters(TOTAL)}{spot.row}"
        return f"{node.how}({self._range(node.line, FIRST_YEAR)})"

    def _sum_lines(self, node: ex.SumLines) -> str:
        """`SUM(F10:F14,F20)`: neighbours on one sheet are joined into a range."""
        runs: list[tuple[Line, Line]] = []
        for line in node.lines:
            spot = self.layout.spot(line.name)
            before = self.layout.spot(runs[-1][1].name) if runs else None
            above = Spot(spot.sheet, spot.row - 1, spot.column)
            if before == above:
                runs[-1] = (runs[-1][0], line)
            else:
                runs.append((line, line))
        column = FIRST_YEAR + self.year
        parts = []
        for first, end in runs:
            start = self._reference(first, column)
            stop = self._reference(end, column).rpartition("!")[2]
            parts.append(start if first is end else f"{start}:{stop}")
        return f"SUM({','.join(parts)})"

    def _column(self, table: ex.Table, column: str) -> str:
        try:
            return self.layout.columns[(table.name, column)]
        except KeyError:
            raise KernelError(f"{table.name}.{column} has no cells in the workbook") from None

    def _lookup(self, node: ex.Lookup) -> str:
        values, keys = self._column(node.table, node.column), self._column(node.table, node.key_column)
        return f"INDEX({values},MATCH({self.text(node.key, 0)},{keys},0))"

    def _tests(self, table: ex.Table, conditions: tuple[ex.Condition, ...]) -> list[str]:
        parts = []
        for condition in conditions:
            column = self._column(table, condition.column)
            test = f"({column}{condition.sign}{self.text(condition.than, 3)})"
            # a blank is 0 to a comparison as well as blank: without >0 it would count twice
            parts.append(f'(({test}+({column}=""))>0)' if condition.or_blank else test)
        return parts

    def _sum_where(self, node: ex.SumWhere) -> str:
        tests = self._tests(node.table, node.conditions)
        return f"SUMPRODUCT({'*'.join([*tests, self._column(node.table, node.column)])})"

    def _profile_ranges(self, node: ex.Profile) -> tuple[str, str]:
        try:
            return self.layout.profiles[node.ref]
        except KeyError:
            raise KernelError(f"the profile of {node.ref} has no row in the workbook") from None
