"""The last line of a run: a chance is never said to be certain where it is not."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType

import pytest

import sroi
from sroi.reports import said
from sroi.reports.sure import headline

CASE = sroi.read("ips-employment")
RESULT = sroi.project(CASE)
DRAWN = sroi.simulate(CASE, draws=64)


@pytest.mark.parametrize(
    ("share", "words"), [(1.0, "100%"), (0.9987, "over 99%"), (0.97, "97%"), (0.003, "under 1%"), (0.0, "0%")]
)
def test_one_chance_has_one_wording(share: float, words: str) -> None:
    view = dataclasses.replace(DRAWN.views["public_value"], chance_positive=share)
    simulation = dataclasses.replace(DRAWN, views=MappingProxyType({**DRAWN.views, "public_value": view}))
    assert f", chance of net benefit {words})." in said.last_line(CASE, RESULT, simulation, None)
    assert headline(simulation).startswith(f"Chance of net benefit to everyone: {words}.")
