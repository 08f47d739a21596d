"""Whose result a workbook is, and whether a new one may take its place (format.md, *Command line*).

A file is replaced without being asked only if it is this case's own earlier result, its input sheets still as they
were stamped, and not the file that the case was read from.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from openpyxl import load_workbook

from sroi.errors import CaseError, WriteError
from sroi.model import Case
from sroi.reading import read
from sroi.reading.workbook import STAMP

ELSEWHERE = "Use --force to replace it, or -o to write elsewhere."
CASE, INPUTS = STAMP, "sroi inputs sha256"
"""The custom properties that hold a result's stamp."""


def stamps(case: Case) -> dict[str, str]:
    """The stamp of a case's result."""
    return {CASE: case.about.id, INPUTS: case.inputs_sha256}


def stamped(path: Path) -> dict[str, str]:
    """The stamp of a file, empty where it has none or is not a workbook."""
    try:
        book = load_workbook(path, read_only=True)
    except Exception:  # noqa: BLE001 anything that is not a readable workbook has no stamp
        return {}
    try:
        held = book.custom_doc_props  # type: ignore[attr-defined]  # missing from the stubs
        return {p.name: str(p.value) for p in held.props if p.name in (CASE, INPUTS)}
    finally:
        book.close()


@lru_cache(maxsize=4)
def _held(path: Path, *_: int) -> tuple[dict[str, str], str]:
    """The stamp of a file and the hash of the inputs in it; as long as its inode, time and size are these.

    A run asks twice: before it computes, so that nobody waits for a refusal, and when it writes.
    """
    held = stamped(path)
    try:
        return held, read(path).inputs_sha256 if held else ""
    except CaseError:
        return held, ""


def refuse_folder(path: Path, case: Case) -> None:
    """Raises `WriteError` if a folder is there: nothing can take its place, forced or not."""
    if path.is_dir():
        raise WriteError(
            f"{path} is a folder; found no file name to write to. Name a file, such as {path / case.about.id}.xlsx."
        )


def refuse_to_replace(path: Path, case: Case, source: Path | None) -> None:
    """Raises `WriteError` if the file there must be kept."""
    if not path.exists():
        return
    if source is not None and source.exists() and path.samefile(source):
        raise WriteError(f"{path} is the file the case was read from. Write to another with -o.")
    at = path.stat()
    held, found = _held(path.resolve(), at.st_ino, at.st_mtime_ns, at.st_size)
    if not held:
        raise WriteError(f"{path} is not a result of this engine, so it is kept. {ELSEWHERE}")
    if held.get(CASE) != case.about.id:
        raise WriteError(f'{path} is a result of another case, "{held.get(CASE)}", so it is kept. {ELSEWHERE}')
    if found != held.get(INPUTS):
        raise WriteError(
            f"{path} has had its assumptions changed since it was written, so it is kept. "
            f"Run it as a case of its own, or: {ELSEWHERE}"
        )
