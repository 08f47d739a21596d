"""Each room's docstring draws its map: a line for every module, in the order in which they are read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = (
    "sroi.sheet",
    "sroi.model",
    "sroi.model.rules",
    "sroi.lookup",
    "sroi.reading",
    "sroi.projection",
    "sroi.simulation",
    "sroi.reports",
)


def mapped(room: str) -> list[str]:
    """The modules that a room's map names, each at the start of its line."""
    return re.findall(r"^`([a-z_]+)` +\S", import_module(room).__doc__ or "", re.MULTILINE)


def imported(room: str, module: str) -> Iterator[str]:
    """The modules of the same room that a module imports when it is loaded."""
    path = ROOT.joinpath(*room.split("."), f"{module}.py")
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module == room:
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(f"{room}."):
            yield node.module.removeprefix(f"{room}.").partition(".")[0]


@pytest.mark.parametrize("room", ROOMS)
def test_every_module_has_one_line_in_its_room_s_map(room: str) -> None:
    there = {path.stem for path in ROOT.joinpath(*room.split(".")).glob("*.py")} - {"__init__"}
    assert sorted(mapped(room)) == sorted(there)


@pytest.mark.parametrize("room", ROOMS)
def test_a_module_rests_only_on_those_read_before_it(room: str) -> None:
    names = mapped(room)
    later = [
        f"{name} imports {other}, which the map names after it"
        for place, name in enumerate(names)
        for other in imported(room, name)
        if other in names[place:]
    ]
    assert later == []


def test_every_room_is_mapped() -> None:
    there = {str(path.parent.relative_to(ROOT)).replace("/", ".") for path in (ROOT / "sroi").rglob("*/__init__.py")}
    assert there == set(ROOMS)
