"""Folders that a run makes for its files, and takes away again where it comes to nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def folder_for(path: Path) -> Iterator[None]:
    """The folder, made for as long as the block needs it; those made are taken away where the block fails.

    Only folders made here go, and only empty ones: an interrupted run leaves nothing behind.
    """
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    try:
        path.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()
        raise
