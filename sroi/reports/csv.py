"""The tables of a result as files: CSV, one each (format.md, *Command line*); every draw as CSV or Parquet.

What a file is of cannot be said in a CSV: a file `about.csv` beside them says it, and the SHA-256 of each as it was
written. So a later run knows its own files from those of others, and from those that were changed since.
"""

from __future__ import annotations

import csv
import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from sroi import __version__
from sroi.errors import WriteError
from sroi.model import Case
from sroi.projection import Result
from sroi.projection.result import TableName
from sroi.reports.files import folder_for
from sroi.simulation import Simulation
from sroi.simulation.result import TableName as SimulationTable

if TYPE_CHECKING:
    import pandas as pd

DRAWS: Final = "draws"
"""The table of every draw: by far the largest, and written only where it is asked for by name."""
ENDINGS = (".csv", ".parquet")
"""What a file of draws may end in."""
ABOUT = "about.csv"
"""What the tables of a folder are of."""
CENTRAL = tuple(f"{name}.csv" for name in get_args(TableName))
DRAWN = tuple(f"simulation-{name}.csv" for name in get_args(SimulationTable) if name != DRAWS)
TABLES = (*CENTRAL, *DRAWN)
"""The file of each table."""
FILE = "sha256 of "
"""What the field of a file's hash begins with."""


def about_of(path: Path) -> Path:
    """The file that says what a file of draws is of.

    >>> about_of(Path("out/every.parquet")).name
    'every.parquet.about.csv'
    """
    return path.with_name(f"{path.name}.{ABOUT}")


def refuse_tables(folder: Path, case: Case, source: Path | None, *, force: bool = False) -> None:
    """Raises `WriteError` where a table's file in the folder must be kept (`_refuse`)."""
    if folder.exists() and not folder.is_dir():
        raise WriteError(f"{folder} is a file; found no folder to write to. Name a folder, such as {case.about.id}.")
    _refuse([folder / name for name in TABLES], folder / ABOUT, case, source, "--csv", force)


def refuse_draws(path: Path, case: Case, source: Path | None, *, force: bool = False) -> None:
    """Raises `WriteError` where a file of draws must be kept (`_refuse`), or Parquet is asked for without pyarrow."""
    if path.suffix.lower() == ".parquet" and find_spec("pyarrow") is None:
        raise WriteError(f"{path}: Parquet needs pyarrow. Install sroi[parquet], or ask for a .csv file.")
    _refuse([path], about_of(path), case, source, "--keep-draws", force)


def write_tables(
    folder: Path,
    case: Case,
    result: Result,
    simulation: Simulation | None,
    *,
    source: Path | None = None,
    force: bool = False,
) -> tuple[Path, ...]:
    """Writes each table of the result, `simulation-….csv` of the draws' statistics and `about.csv` into the folder.

    Each file is written beside its place and renamed, so none is ever half-written; those of an earlier run's draws go
    where this one has none. Raises `WriteError` where a file must be kept (`refuse_tables`), and where the folder
    cannot be made or written to.
    """
    refuse_tables(folder, case, source, force=force)
    tables = {f"{name}.csv": result.table(name) for name in get_args(TableName)}
    if simulation is not None:
        drawn = (name for name in get_args(SimulationTable) if name != DRAWS)
        tables |= {f"simulation-{name}.csv": simulation.table(name) for name in drawn}
    try:
        with folder_for(folder):
            hashes = {name: _write(folder / name, table) for name, table in tables.items()}
            for name in TABLES:
                if name not in tables:
                    (folder / name).unlink(missing_ok=True)
            _write_about(folder / ABOUT, case, result, simulation, hashes)
    except OSError as error:
        raise WriteError(f"{folder}: cannot be written: {error.strerror or error}.") from error
    return tuple(folder / name for name in (*tables, ABOUT))


def write_draws(
    path: Path, case: Case, result: Result, simulation: Simulation, *, source: Path | None = None, force: bool = False
) -> Path:
    """Writes every draw, a row each: as Parquet where the name ends in `.parquet`, as CSV where in `.csv`.

    Never by default: a million draws are some 200 MB and more. Beside it `about_of` says what it is of. Raises
    `ValueError` for another ending; `WriteError` where a file must be kept (`refuse_draws`) or cannot be written.
    """
    if path.suffix.lower() not in ENDINGS:
        raise ValueError(f"{path}: a file of draws ends in {' or '.join(ENDINGS)}.")
    refuse_draws(path, case, source, force=force)
    try:
        with folder_for(path.parent):
            hashes = {path.name: _write(path, simulation.table(DRAWS))}
            _write_about(about_of(path), case, result, simulation, hashes)
    except OSError as error:
        raise WriteError(f"{path}: cannot be written: {error.strerror or error}.") from error
    return path


def _refuse(paths: Iterable[Path], about: Path, case: Case, source: Path | None, option: str, force: bool) -> None:
    """Raises `WriteError` for the first file there that is not to be replaced.

    A file is replaced only if `about` says that it is this case's own earlier result, and it is as it was written; or
    with `force`. The file that the case was read from, and a folder, never.
    """
    there = [path for path in (*paths, about) if path.exists()]
    for path in there:
        if path.is_dir():
            raise WriteError(f"{path} is a folder; found no file name to write to. Name another with {option}.")
        if source is not None and source.exists() and path.samefile(source):
            raise WriteError(f"{path} is the file the case was read from. Write to another with {option}.")
    if force:
        return
    held = _read_about(about)
    elsewhere = f"Use --force to replace it, or {option} to write elsewhere."
    for path in there:
        if not held or (path != about and f"{FILE}{path.name}" not in held):
            raise WriteError(f"{path} is not a result of this engine, so it is kept. {elsewhere}")
        if held["case"] != case.about.id:
            raise WriteError(f'{path} is a result of another case, "{held["case"]}", so it is kept. {elsewhere}')
        if path != about and _sha256(path) != held[f"{FILE}{path.name}"]:
            raise WriteError(f"{path} has been changed since it was written, so it is kept. {elsewhere}")


def _read_about(path: Path) -> Mapping[str, str]:
    """What a file says that the files beside it are of; nothing where it is none of ours."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        return {}
    if rows[:1] != [["field", "value"]] or any(len(row) != 2 for row in rows):
        return {}
    held = dict(rows)
    return held if {"case", "engine", "inputs_sha256"} <= held.keys() else {}


def _write_about(
    path: Path, case: Case, result: Result, simulation: Simulation | None, hashes: Mapping[str, str]
) -> None:
    """Writes what files are of: the case and its hash, what was chosen, how it was drawn; and the hash of each."""
    import pandas as pd

    drawn = simulation
    of: dict[str, object] = {
        "case": case.about.id,
        "title": case.about.title,
        "engine": __version__,
        "inputs_sha256": case.inputs_sha256,
        "option": result.case.option or "",
        "scenario": result.case.scenario or "",
        "actuals": "yes" if result.case.rerun else "no",
        "draws": 0 if drawn is None else drawn.draws,
        "draws asked for": 0 if drawn is None else drawn.asked,
        "seed": "" if drawn is None else drawn.seed,
        "method": "" if drawn is None else drawn.method,
    }
    of |= {f"{FILE}{name}": found for name, found in hashes.items()}
    _write(path, pd.DataFrame({"field": of.keys(), "value": [str(value) for value in of.values()]}))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, table: pd.DataFrame) -> str:
    """Writes a table beside its place and renames it; the SHA-256 of the file."""
    handle, beside = tempfile.mkstemp(dir=path.parent, suffix=path.suffix)
    os.close(handle)
    try:
        if path.suffix.lower() == ".parquet":
            table.to_parquet(beside, index=False)
        else:
            table.to_csv(beside, index=False, encoding="utf-8-sig", lineterminator="\n")
        Path(beside).chmod(0o644)
        found = _sha256(Path(beside))
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return found
