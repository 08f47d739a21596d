"""Declaring lines: the atoms of the calculation (architecture, rule 1).

A `Model` is filled in order: order of declaration is order of evaluation, so a line can only use what stands above
it (or its own year before). Names are unique.

>>> from sroi.sheet import Cell, Model, ONE, PURE, Unit, previous, evaluate
>>> model = Model(years=3)
>>> rate = model.line("rate", "Discount rate", PURE, Cell("settings.discount", 0.25, PURE))
>>> factor = model.line("factor", "Discount factor", PURE, previous(unit=PURE) / (ONE + rate), opening=ONE)
>>> evaluate(model).row("factor").tolist()
[0.8, 0.64, 0.512]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sroi.errors import KernelError
from sroi.sheet.builders import sum_lines
from sroi.sheet.expressions import (
    Absent,
    At,
    Cell,
    ChooseText,
    Condition,
    CountWhere,
    Expression,
    FirstFilled,
    Irr,
    IsNumber,
    IsText,
    Lookup,
    Next,
    Number,
    NumberOrZero,
    Operation,
    OverYears,
    Previous,
    Profile,
    Sentence,
    SumLines,
    SumWhere,
    ValueAt,
)
from sroi.sheet.units import PURE, Unit

MOST_IN_ONE_SUM = 6
"""Lines in one sum before it is parted, so that no formula grows past what a reader can follow."""
Style = Literal["money", "share", "number", "whole", "factor", "year", "flag", "text", "years"]


@dataclass(frozen=True, eq=False, slots=True)
class Line(Expression):
    """One named row: a label, a unit, one formula for the whole row."""

    name: str
    label: str
    formula: Expression
    style: Style
    sheet: str
    heading: str
    method: str
    opening: Expression | None = None
    total: bool = False
    unit_said: str = ""
    recursive: bool = False
    """Whether the line looks at its own year before."""
    may_be_absent: bool = False
    """Whether the line says where it may be not applicable."""
    nodes: tuple[Expression, ...] = ()
    """Every node of its formula, then of its opening value."""

    def __repr__(self) -> str:
        return f"Line({self.name!r}, {str(self.unit)!r})"

    @property
    def shown_unit(self) -> str:
        """The unit as a reader sees it."""
        plain = {"flag": "yes is 1", "factor": "factor", "whole": "number"}.get(self.style, "")
        return self.unit_said or (plain if self.unit == PURE and plain else str(self.unit))


def _asked_of(node: SumWhere) -> tuple[Expression, ...]:
    return (*(condition.than for condition in node.conditions), *node.table.lines.get(node.column, ()))


def _word_compared(node: IsText) -> tuple[Expression, ...]:
    return (node.subject, node.word) if isinstance(node.word, Expression) else (node.subject,)


CHILDREN: Mapping[type[Expression], Callable[[Any], tuple[Expression, ...]]] = {
    Operation: lambda node: node.operands,
    Previous: lambda node: () if node.line is None else (node.line,),
    Next: lambda node: (node.line,),
    At: lambda node: (node.line, node.lag),
    ValueAt: lambda node: (node.line, node.rate),
    Irr: lambda node: (node.line, node.guess),
    OverYears: lambda node: (node.line,),
    SumLines: lambda node: node.lines,
    FirstFilled: lambda node: (node.cell, node.default),
    NumberOrZero: lambda node: (node.cell,),
    IsText: _word_compared,
    Sentence: lambda node: tuple(part[0] for part in node.parts if not isinstance(part, str)),
    ChooseText: lambda node: (node.condition, node.if_so, node.if_not),
    Lookup: lambda node: (node.key,),
    SumWhere: _asked_of,
    CountWhere: lambda node: tuple(condition.than for condition in node.conditions),
    IsNumber: lambda node: (node.cell,),
    Profile: lambda node: (node.calendar,),
}
"""What a node is made of, by its kind; kinds that are not here are made of nothing, lines among them."""


def walk(node: Expression) -> list[Expression]:
    """The node and all below it, in the order they are written, stopping at lines."""
    found: list[Expression] = []
    waiting = [node]
    while waiting:
        node = waiting.pop()
        found.append(node)
        if below := CHILDREN.get(type(node)):
            waiting += below(node)[::-1]
    return found


@dataclass
class Model:
    """The lines of one calculation, in order. Mutable only while it is being declared."""

    years: int
    lines: dict[str, Line] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    """What the things that units are made of are called where a reader sees them, if not by their own names."""
    _sheet: str = "Workings"
    _heading: str = ""

    def copy(self) -> Model:
        """Another model with the same lines, to declare more on."""
        return Model(self.years, dict(self.lines), self.named)

    def sheet(self, title: str) -> None:
        """The lines that follow stand on this sheet."""
        self._sheet, self._heading = title, ""

    def heading(self, title: str) -> None:
        """The lines that follow stand under this heading."""
        self._heading = title

    def line(
        self,
        name: str,
        label: str,
        unit: Unit,
        formula: Expression,
        *,
        style: Style = "number",
        method: str = "",
        opening: Expression | None = None,
        total: bool = False,
        yearly: bool = False,
        unit_said: str = "",
    ) -> Line:
        """Declares a line and returns it.

        `unit` is what the line is in, and must be what the formula comes to. `opening` is the value before the
        first year (0 unless said). `total` asks for the row's sum in the workbook's total column. `yearly` makes
        a yearly row of a formula that has no years itself (a nil row). `unit_said` is how the unit is shown where its
        name in the algebra would mislead.

        Raises `KernelError` for a second line of one name, a unit that differs, a total of something without years.
        """
        if name in self.lines:
            raise KernelError(f"there are two lines called {name}")
        if formula.unit is not None and formula.unit != unit:
            raise KernelError(f"{name} is declared in {unit} but its formula is in {formula.unit}")
        nodes = walk(formula)
        own_past, absent = self._looked_over(name, unit, nodes)
        by_year = formula.yearly or yearly
        if total and not by_year:
            raise KernelError(f"{name} has no years to total")
        if opening is not None and not isinstance(opening, Number) and (opening.yearly or opening.unit != unit):
            raise KernelError(f"the opening of {name} must be one number in {unit}")
        made = Line(
            unit,
            by_year,
            name,
            label,
            formula,
            style,
            self._sheet,
            self._heading,
            method,
            opening,
            total,
            unit_said or self._renamed(unit),
            own_past,
            absent,
            (*nodes, *(() if opening is None else walk(opening))),
        )
        self.lines[name] = made
        return made

    def _looked_over(self, name: str, unit: Unit, nodes: Sequence[Expression]) -> tuple[bool, bool]:
        """Whether a formula looks back at itself, and may be absent; `KernelError` for what it cannot read."""
        own_past = absent = False
        for node in nodes:
            if isinstance(node, Line):
                if self.lines.get(node.name) is not node:
                    raise KernelError(f"{name} uses {node.name}, which is not declared above it")
            elif isinstance(node, Previous) and node.line is None:
                own_past = True
                if node.unit != unit:
                    raise KernelError(f"{name} is in {unit} but looks back at itself in {node.unit}")
            elif isinstance(node, Absent):
                absent = True
        return own_past, absent

    def _renamed(self, unit: Unit) -> str:
        """The unit in a reader's names; empty where they are its own."""
        renamed = self.named and any(name in self.named for name, _ in unit.powers)
        return unit.said(self.named) if renamed else ""

    def sum(
        self,
        name: str,
        label: str,
        unit: Unit,
        lines: Sequence[Line],
        *,
        style: Style = "number",
        method: str = "",
        total: bool = False,
        yearly: bool = False,
    ) -> Line:
        """Declares the sum of several lines; of more than a few, by way of part sums, `<name>_part_<n>`.

        Neighbouring rows print as one range, but lines that stand apart are named one by one: parting keeps the
        formula short enough to read, and within the longest allowed.
        """
        parts = list(lines)
        if len(parts) > MOST_IN_ONE_SUM:
            starts = range(0, len(parts), MOST_IN_ONE_SUM)
            parts = [
                self.sum(
                    f"{name}_part_{n}",
                    f"{label}, part {n}",
                    unit,
                    lines[start : start + MOST_IN_ONE_SUM],
                    style=style,
                    method=method,
                    total=total,
                    yearly=yearly,
                )
                for n, start in enumerate(starts, start=1)
            ]
        return self.line(name, label, unit, sum_lines(parts), style=style, method=method, total=total, yearly=yearly)

    def __getitem__(self, name: str) -> Line:
        return self.lines[name]

    def resting_on(self, names: Iterable[str]) -> tuple[Line, ...]:
        """The lines of those names and all that they rest on, in order of declaration."""
        found: set[str] = set()
        waiting = [self.lines[name] for name in names]
        while waiting:
            line = waiting.pop()
            if line.name not in found:
                found.add(line.name)
                waiting += [node for node in line.nodes if isinstance(node, Line)]
        return tuple(line for name, line in self.lines.items() if name in found)

    def read_cells(self) -> frozenset[str]:
        """Refs of the input cells that some formula reads."""
        found: set[str] = set()
        for line in self.lines.values():
            found |= {node.ref for node in walk(line.formula) if isinstance(node, Cell)}
        return frozenset(found)

    def read_columns(self) -> frozenset[tuple[str, str]]:
        """Tables and their columns that some formula looks in."""
        found: set[tuple[str, str]] = set()
        for line in self.lines.values():
            for node in walk(line.formula):
                if isinstance(node, Lookup):
                    found |= {(node.table.name, node.column), (node.table.name, node.key_column)}
                elif isinstance(node, SumWhere):
                    found |= {(node.table.name, name) for name in (node.column, *(c.column for c in node.conditions))}
        return frozenset(found)

    def looked_back_at(self) -> frozenset[str]:
        """Names of the lines whose opening value some formula reads: it must stand in their row."""
        found: set[str] = set()
        for line in self.lines.values():
            for node in walk(line.formula):
                if isinstance(node, Previous):
                    found.add(node.line.name if node.line is not None else line.name)
                elif isinstance(node, At | ValueAt | Irr):
                    found.add(node.line.name)
        return frozenset(found)


__all__ = ["Condition", "Line", "Model", "Style", "walk"]
