"""Where a run writes, looked at before anything is computed: what may not be written is told before the wait.

Each file keeps to the guard of the workbook (`sroi.reports.stamp`): replaced only if it is this case's own earlier
result, as it was written, or with `force`. The writers look again when they write.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sroi.model import Case
from sroi.projection import Result
from sroi.reports import csv, stamp
from sroi.simulation import Simulation

WORKBOOK = ".xlsx"


@dataclass(frozen=True)
class Outputs:
    """What a run is to write, each where it is asked for."""

    workbook: Path | None = None
    tables: Path | None = None
    """A folder."""
    draws: Path | None = None


def usage(outputs: Outputs) -> tuple[str, str] | None:
    """What cannot be meant, and the option that says it: an ending that is of another kind, one place for two.

    >>> usage(Outputs(draws=Path("every.xlsx")))
    ('--keep-draws', 'A file of draws ends in .csv or .parquet; found "every.xlsx".')
    """
    book, draws = outputs.workbook, outputs.draws
    if book is not None and book.suffix.lower() != WORKBOOK and not book.is_dir():
        return "--output", f'A workbook ends in {WORKBOOK}; found "{book}".'
    if draws is not None and draws.suffix.lower() not in csv.ENDINGS:
        return "--keep-draws", f'A file of draws ends in {" or ".join(csv.ENDINGS)}; found "{draws}".'
    held: dict[Path, str] = {}
    for option, path in _places(outputs):
        other = held.setdefault(path.resolve(), option)
        if other != option:
            return option, f'"{path}" is also written by {other}. Name another place.'
    return None


def _places(outputs: Outputs) -> Iterator[tuple[str, Path]]:
    """Every place that is written to, with the option that asks for it."""
    if outputs.workbook is not None:
        yield "--output", outputs.workbook
    if outputs.tables is not None:
        yield from (("--csv", path) for path in (outputs.tables, *(outputs.tables / name for name in csv.TABLES)))
        yield "--csv", outputs.tables / csv.ABOUT
    if outputs.draws is not None:
        yield from (("--keep-draws", path) for path in (outputs.draws, csv.about_of(outputs.draws)))


def refuse(outputs: Outputs, case: Case, source: Path | None, *, force: bool) -> None:
    """Raises `WriteError` for the first file that must be kept."""
    if outputs.workbook is not None:
        stamp.refuse_folder(outputs.workbook, case)
        if not force:
            stamp.refuse_to_replace(outputs.workbook, case, source)
    if outputs.tables is not None:
        csv.refuse_tables(outputs.tables, case, source, force=force)
    if outputs.draws is not None:
        csv.refuse_draws(outputs.draws, case, source, force=force)


def write_tables(
    outputs: Outputs,
    case: Case,
    result: Result,
    simulation: Simulation | None,
    source: Path | None,
    *,
    force: bool,
) -> None:
    """Writes the tables, and the draws, that were asked for."""
    if outputs.tables is not None:
        csv.write_tables(outputs.tables, case, result, simulation, source=source, force=force)
    if outputs.draws is not None and simulation is not None:
        csv.write_draws(outputs.draws, case, result, simulation, source=source, force=force)
