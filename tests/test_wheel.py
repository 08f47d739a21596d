"""The wheel holds what a reader needs: run from it alone, the shipped cases are found from any folder.

Here the wheel is unpacked and put before everything else, with the libraries of this environment; `.ci/run` installs it
into an empty one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from sroi import library
from tests.conftest import IN_CI

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an unpacked wheel, built from this tree; skipped where pip cannot fetch what it builds with."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = (done.stderr.strip() or "pip says nothing").splitlines()[-1]
        if IN_CI:
            pytest.fail(f"the wheel cannot be built: {done.stderr}", pytrace=False)
        pytest.skip(f"pip cannot build a wheel here: {said}")
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as held:
        held.extractall(folder / "unpacked")
    return folder / "unpacked"


def alone(unpacked: Path, folder: Path, *command: str) -> str:
    """What a program says that sees the unpacked wheel before this tree, in another folder."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(unpacked)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_holds_all_that_ships(unpacked: Path) -> None:
    there = {
        str(path.relative_to(unpacked / "sroi" / "assumptions")) for path in unpacked.glob("sroi/assumptions/**/*")
    }
    here = {str(path.relative_to(ROOT / "assumptions")) for path in (ROOT / "assumptions").rglob("*")}
    assert there == here
    assert (unpacked / "sroi" / "py.typed").is_file()


def test_it_runs_a_shipped_case_from_any_folder(unpacked: Path, tmp_path: Path) -> None:
    where = alone(unpacked, tmp_path, "-c", "import sroi.library as l; print(l.__file__, l.folder(), sep='\\n')")
    assert where.splitlines() == [str(unpacked / "sroi" / name) for name in ("library.py", "assumptions")]
    said = alone(unpacked, tmp_path, "-m", "sroi.cli", "run", "no-wrong-door")
    assert said.endswith(f"Written to {Path('workbooks', 'no-wrong-door.xlsx')}.\n")
    assert (tmp_path / "workbooks" / "no-wrong-door.xlsx").stat().st_size > 0


def test_it_names_every_case(unpacked: Path, tmp_path: Path) -> None:
    said = alone(unpacked, tmp_path, "-c", "from sroi.library import shipped_cases; print(*shipped_cases())")
    assert said.split() == list(library.shipped_cases())
