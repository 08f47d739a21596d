"""The tables of a result as files: CSV, one each (format.md, *Command line*); every draw as CSV or Parquet."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from sroi.errors import WriteError
from sroi.projection import Result
from sroi.projection.result import TableName
from sroi.simulation import Simulation
from sroi.simulation.result import TableName as SimulationTable

if TYPE_CHECKING:
    import pandas as pd

DRAWS: Final = "draws"
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


def write_draws(path: Path, simulation: Simulation) -> Path:
    """Writes every measure kept of every draw, a row each: as Parquet where the name ends in `.parquet`, else as CSV.

    Never by default: a million draws are some 200 MB. Raises `WriteError` where the file cannot be written, and where
    Parquet is asked for and pyarrow is not installed.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _write(path, simulation.table(DRAWS))
    except OSError as error:
        raise WriteError(f"{path}: cannot be written: {error.strerror or error}.") from error
    except ImportError as error:
        raise WriteError(f"{path}: Parquet needs pyarrow. Install sroi[parquet], or ask for a .csv file.") from error


def _write(path: Path, table: pd.DataFrame) -> Path:
    handle, beside = tempfile.mkstemp(dir=path.parent, suffix=path.suffix)
    os.close(handle)
    try:
        if path.suffix == ".parquet":
            table.to_parquet(beside, index=False)
        else:
            table.to_csv(beside, index=False, encoding="utf-8-sig", lineterminator="\n")
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return path
