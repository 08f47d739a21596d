"""The results workbooks of the cases that ship, as the rules look at them: formulas, stored numbers, parts."""

from __future__ import annotations

import math
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from sroi import library
from sroi.model import Case
from sroi.projection import Result
from sroi.reading import read
from sroi.reports import write_workbook
from sroi.reports.places import by_sheet, input_sheets
from sroi.reports.workbook import Plan, plan
from sroi.simulation import Simulation, sensitivity, simulate
from tests.model.example import example_case

Book = Any
"""An openpyxl workbook. Its stubs allow every cell to be merged, a date or a table; ours never are, as a test shows."""
Sheet = Any
Cell = Any
SHIPPED = ("meals", "no-wrong-door")
"""Both cases that ship: one small, with known answers, and one full size."""
EXAMPLE = "example"
"""The made-up case with what those two do not use: profiles, several groups, parts of sectors, events."""
SIMULATED = "example, simulated"
"""The same with what a few draws of it come to."""


@dataclass(frozen=True)
class Written:
    """A results workbook and what it was written from."""

    path: Path
    case: Case
    plan: Plan
    simulation: Simulation | None = None
    """With it comes the sheet Sensitivity too."""

    @property
    def result(self) -> Result:
        """The engine's numbers."""
        return self.plan.result

    @property
    def has_options(self) -> bool:
        """Whether there is an option or a scenario to choose."""
        return bool(self.case.options or self.case.scenarios)

    @cached_property
    def book(self) -> Book:
        """The workbook with its formulas."""
        return load_workbook(self.path)

    @cached_property
    def stored(self) -> Book:
        """The workbook with the numbers stored beside its formulas."""
        return load_workbook(self.path, data_only=True)

    @cached_property
    def parts(self) -> dict[str, str]:
        """The parts of the file that are XML, by name."""
        with zipfile.ZipFile(self.path) as file:
            return {name: file.read(name).decode("utf-8") for name in file.namelist()}

    @property
    def sheets(self) -> list[Sheet]:
        """Every sheet, in order."""
        return list(self.book.worksheets)

    @property
    def time_sheets(self) -> list[Sheet]:
        """The sheets that have years across."""
        names = by_sheet(self.plan.model, self.plan.grids)
        return [sheet for sheet in self.sheets if sheet.title in names]

    @property
    def tables(self) -> list[Sheet]:
        """The sheets that are the case's own tables, but for `about`."""
        names = {sheet.title for sheet in input_sheets(self.case.tables)} - {"About"}
        return [sheet for sheet in self.sheets if sheet.title in names]

    def cells(self) -> Iterator[tuple[str, Cell]]:
        """Every cell that shows something, with its address in the workbook."""
        for sheet in self.sheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is not None:
                        yield f"{sheet.title}!{cell.coordinate}", cell

    @cached_property
    def formulas(self) -> dict[str, str]:
        """Every formula by its address."""
        return {place: str(cell.value) for place, cell in self.cells() if cell.data_type == "f"}


def case_of(name: str) -> Case:
    """A case that ships, from its text; or the example that uses every feature of the tables."""
    return example_case() if name in (EXAMPLE, SIMULATED) else read(library.case_path(name, "yaml"))


def write(name: str, folder: Path) -> Written:
    """Writes the results workbook of a case."""
    case = case_of(name)
    simulation = simulate(case, draws=256, seed=7) if name == SIMULATED else None
    moved = None if simulation is None else sensitivity(case)
    planned = plan(case, simulation=simulation, sensitivity=moved)
    path = write_workbook(folder / f"{name}.xlsx", case, planned.result, simulation, sensitivity=moved)
    return Written(path, case, planned, simulation)


def is_shown(value: Any) -> bool:
    """Whether a stored value is something to read: a finite number or a text that is no error."""
    if isinstance(value, str):
        return value != "" and not value.startswith("#")
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
