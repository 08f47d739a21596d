"""Every room that declares lines says which: each name it gives is a kind of line that there is, with its section."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

import sroi.projection
from sroi.projection import project
from sroi.reading import read
from tests.parity.everything import long
from tests.projection.patterns import COVERED, FORECAST_KINDS, kinds, pattern

ROOMS = sorted(
    path.stem
    for path in Path(sroi.projection.__file__ or "").parent.glob("*.py")
    if path.stem != "declare" and "\ndef declare(" in path.read_text(encoding="utf-8")
)
COUNTED = ("checks", "counted_once", "input_checks", "judgement", "required")
"""Rooms whose lines are made by one pattern for each check; their docstrings say that."""


def named(room: str) -> list[str]:
    """The lines that a room's docstring gives by name: `<group>.served`, `timeline.cost_factor`."""
    said = import_module(f"sroi.projection.{room}").declare.__doc__ or ""
    return re.findall(r"`((?:<[a-z]+>|timeline|reduced|price_index)\.[a-z_.<>]+)`", said)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_names_the_lines_it_declares(room: str) -> None:
    result = project(read(long()))
    reduced = {pattern(name, kinds(result.declared)) for name in result.declared.model.lines} | FORECAST_KINDS
    assert [name for name in named(room) if name not in COVERED and name not in reduced] == []
    if room not in COUNTED:
        assert len(named(room)) >= (1 if room in ("release", "price_index") else 2)
        assert "(method §" in (import_module(f"sroi.projection.{room}").declare.__doc__ or "")
