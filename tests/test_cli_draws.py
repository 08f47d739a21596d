"""The command line's simulation: draws, seed, method, workers, tables as CSV, and the range in the last line."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import sroi
from tests.command import environment, files, outside


def test_the_last_line_has_the_range_and_the_chance(tmp_path: Path) -> None:
    """The numbers are those of `simulate`, which is shown right elsewhere."""
    done = outside("run", "ips-employment", "--draws", "2000", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    view = sroi.simulate(sroi.read("ips-employment"), draws=2000).views["public_value"]
    chance = "over 99%" if 0.995 <= view.chance_positive < 1 else f"{view.chance_positive:.0%}"
    assert (
        f"of 2,048 draws (2,000 asked for) the mean is £{view.ratio_of_means:.2f}, "
        f"nine draws in ten from £{view.bcr.p5:.2f} to £{view.bcr.p95:.2f}, chance of net benefit {chance})"
    ) in done.stdout


def test_one_seed_gives_one_answer_whatever_the_workers(tmp_path: Path) -> None:
    def simulated(*more: str) -> dict[str, object]:
        done = outside("run", "ips-employment", "--json", "--draws", "3000", *more, folder=tmp_path)
        assert done.returncode == 0, done.stderr
        held: dict[str, object] = json.loads(done.stdout)["simulation"]
        return held

    once = simulated("--seed", "7", "--method", "random", "--workers", "1")
    assert once == simulated("--seed", "7", "--method", "random", "--workers", "2")
    assert once != simulated("--seed", "8", "--method", "random")
    assert (once["draws"], once["seed"], once["method"]) == (3000, 7, "random")


def test_no_draws_leave_the_simulation_out(tmp_path: Path) -> None:
    done = outside("run", "ips-employment", "--json", "--draws", "0", folder=tmp_path)
    assert "simulation" not in json.loads(done.stdout)
    assert "central case; no range computed" in outside("run", "ips-employment", "--draws", "0", folder=tmp_path).stdout


def test_tables_as_csv(tmp_path: Path) -> None:
    done = outside("run", "ips-employment", "--json", "--draws", "500", "--csv", "tables", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    central = ("actuals", "assumptions", "flows", "lines", "outcomes", "sectors", "views")
    drawn = ("acceptability", "fans", "inputs", "payback", "sectors", "views")
    named = [*central, *(f"simulation-{name}" for name in drawn)]
    assert files(tmp_path) == sorted(f"tables/{name}.csv" for name in [*named, "about"])
    found = pd.read_csv(tmp_path / "tables" / "simulation-views.csv")
    npv = found[(found["view"] == "public_value") & (found["measure"] == "npv")].iloc[0]
    right = json.loads(done.stdout)["simulation"]["views"]["public_value"]["npv"]
    assert npv["mean"] == pytest.approx(right["mean"], rel=1e-12)


@pytest.mark.parametrize(("name", "read"), [("every.csv", pd.read_csv), ("every.parquet", pd.read_parquet)])
def test_every_draw_where_asked(tmp_path: Path, name: str, read: Callable[..., pd.DataFrame]) -> None:
    done = outside("run", "ips-employment", "--json", "--draws", "500", "--keep-draws", name, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert files(tmp_path) == [name, f"{name}.about.csv"]
    found = read(tmp_path / name)
    right = json.loads(done.stdout)["simulation"]
    assert len(found) == right["draws"]
    npv = right["views"]["public_value"]["npv"]
    assert found["public_value.npv"].mean() == pytest.approx(npv["mean"], rel=1e-12)


def test_a_file_is_no_folder_for_tables(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    done = outside("run", "ips-employment", "--json", "--draws", "0", "--csv", "taken", folder=tmp_path)
    assert done.returncode == 4
    assert done.stderr.splitlines()[-1] == (
        "taken is a file; found no folder to write to. Name a folder, such as ips-employment."
    )


def test_an_unknown_method_is_wrong_usage(tmp_path: Path) -> None:
    done = outside("run", "ips-employment", "--method", "halton", folder=tmp_path)
    assert done.returncode == 2


def test_interrupted_while_drawing_nothing_is_written(tmp_path: Path) -> None:
    """Ctrl-C while draws run: exit 130, no file, no traceback. (A background job of a shell would begin deaf to it.)"""
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from sroi.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "run", "no-wrong-door", "--draws", "5000000", "--method", "random"],
        cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        with pytest.raises(subprocess.TimeoutExpired):
            running.wait(timeout=6)
        running.send_signal(signal.SIGINT)
        try:
            out, err = running.communicate(timeout=60)
        finally:
            running.kill()
    assert running.returncode == 130
    assert out == ""
    assert "Traceback" not in err
    assert re.search("^Interrupted", err, re.MULTILINE)
    assert files(tmp_path) == []
