"""The tables of a result as CSV files, one each (format.md, *Command line*)."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from sroi.errors import WriteError
from sroi.projection import Result
from sroi.projection.result import TableName
from sroi.simulation import Simulation
from sroi.simulation.result import TableName as SimulationTable

if TYPE_CHECKING:
    import pandas as pd

DRAWS = "draws"
"""The table of every draw: by far the largest, and written only where it is asked for by name."""


def write_tables(folder: Path, result: Result, simulation: Simulation | None) -> tuple[Path, ...]:
    """Writes each table of the result, and `simulation-….csv` of the draws' statistics, into the folder.

    Each file is written beside its place and renamed, so none is ever half-written. Raises `WriteError` where the
    folder cannot be made or written to.
    """
    tables = {name: result.table(name) for name in get_args(TableName)}
    if simulation is not None:
        tables |= {f"simulation-{name}": simulation.table(name) for name in get_args(SimulationTable) if name != DRAWS}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(_write(folder / f"{name}.csv", table) for name, table in tables.items())
    except OSError as error:
        raise WriteError(f"{folder}: cannot be written: {error.strerror or error}.") from error


def _write(path: Path, table: pd.DataFrame) -> Path:
    handle, beside = tempfile.mkstemp(dir=path.parent, suffix=".csv")
    try:
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
            table.to_csv(file, index=False)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return path
