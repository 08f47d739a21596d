"""The command line and ranges."""

from __future__ import annotations

from pathlib import Path

import yaml

from sroi import library
from tests import test_cli
from tests.test_cli import Sroi

run = test_cli.run


def test_check_tells_of_ranges_that_cannot_be_drawn(run: Sroi, tmp_path: Path) -> None:
    case = yaml.safe_load(library.case_path("meals", "yaml").read_text(encoding="utf-8"))
    case["costs"][0]["amount"] = {"value": 100, "low": 99, "high": 180, "shape": "gamma", "interval": "90%"}
    (tmp_path / "case.yaml").write_text(yaml.safe_dump(case), encoding="utf-8")
    done = run("check", "case.yaml")
    assert (done.code, done.err) == (1, "")
    assert "No gamma range with the mean 100 has 99 and 180 as the ends of its middle 90%" in done.out
    assert done.out.endswith("\n1 problem.\n")
