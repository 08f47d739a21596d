"""The command line as a program of its own: start-up, terminals, pipes, signals."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import environment, files, five_mistakes, outside


def interrupted(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A run that stops itself at the moment of writing, so that the moment is always the same."""
    code = (
        "import os, signal, sys; from sroi import cli; from sroi.reports import workings\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell may have let it be ignored
        "workings.write = lambda *a, **k: os.kill(os.getpid(), signal.SIGINT)\n"
        f"sys.argv = ['sroi', 'run', *{words!r}]; cli.main()"
    )
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )


def test_a_signal_while_it_writes_leaves_no_half_book(tmp_path: Path) -> None:
    done = interrupted(tmp_path, "meals", "-o", "result.xlsx")
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.endswith("Interrupted.\n")
    assert "Traceback" not in done.stderr
    assert files(tmp_path) == []


def test_an_interrupted_run_leaves_no_folder(tmp_path: Path) -> None:
    done = interrupted(tmp_path, "meals")
    assert (done.returncode, list(tmp_path.iterdir())) == (130, [])


def test_a_terminal_is_told_what_is_under_way(tmp_path: Path) -> None:
    assert "Writing the workbook …" in on_a_terminal(tmp_path, ("run", "meals"), TERM="xterm-256color")


def test_a_reader_who_leaves_is_no_fault(tmp_path: Path) -> None:
    for words, code in ((("run", "meals", "--json"), 0), (("check", five_mistakes(tmp_path, "yaml").name), 1)):
        process = subprocess.Popen(
            [sys.executable, "-m", "sroi.cli", *words],
            cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        said = process.stderr.read()
        process.stderr.close()
        assert process.wait() == code, said
        assert "Traceback" not in said
        assert "BrokenPipe" not in said


def test_start_up_loads_nothing_heavy(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import sroi.cli"],
        cwd=tmp_path, env=environment(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert {"sroi", "typer"} <= loaded
    assert loaded & {"numpy", "pandas", "scipy", "openpyxl", "xlsxwriter", "pydantic", "yaml"} == set()


def test_it_works_from_any_folder_as_a_program(tmp_path: Path) -> None:
    done = outside("run", "meals", folder=tmp_path)
    assert (done.returncode, done.stdout.splitlines()[-1].startswith("Lunch club")) == (0, True)
    assert files(tmp_path) == [str(Path("workbooks/meals.xlsx"))]


@pytest.mark.parametrize("words", [("--help",), ("run", "--drawz"), ("check", "meals"), ("run", "meal")])
def test_no_color_is_honoured_on_a_terminal(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert "\x1b" not in on_a_terminal(tmp_path, words, NO_COLOR="1", TERM="xterm-256color")


def test_nothing_moves_on_a_pipe(tmp_path: Path) -> None:
    done = outside("run", "meals", folder=tmp_path, FORCE_COLOR="1", TERM="xterm-256color")
    assert "\x1b" not in done.stdout + done.stderr
    assert "\r" not in done.stdout + done.stderr


def on_a_terminal(folder: Path, words: tuple[str, ...], **more: str) -> str:
    """All that the command shows on a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "sroi.cli", *words],
        cwd=folder, env=environment(**more), stdin=theirs, stdout=theirs, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 4096):
            shown += part
    except OSError:
        pass  # Linux says so when the other side has closed
    finally:
        os.close(ours)
        process.wait(timeout=60)
    assert shown
    return shown.decode("utf-8")
