"""The results workbooks of both cases that ship and of the example, written once for all tests of a run."""

from __future__ import annotations

import pytest

from tests.reports.books import EXAMPLE, SHIPPED, SIMULATED, Written, write


@pytest.fixture(scope="session", params=(*SHIPPED, EXAMPLE, SIMULATED))
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The results workbook of each case that ships, and of the example, without and with a simulation."""
    return write(request.param, tmp_path_factory.mktemp("books"))
