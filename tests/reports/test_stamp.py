"""Which files a new result may replace, and that it is written whole or not at all (workbook, rule 12).

Origin of the rules: the file format, *Command line*: without `--force` a file is replaced only if it is this case's own
earlier result, its input sheets still as stamped, and not the input itself.
"""

# ruff: noqa: E501 - sentences are tested whole, each on one line

from __future__ import annotations

import errno
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

from sroi import library
from sroi.errors import WriteError
from sroi.model import Case
from sroi.reading import read
from sroi.reports import book, workbook, write_case, write_workbook
from sroi.reports.stamp import stamped
from tests.reports.books import case_of

ELSEWHERE = "Use --force to replace it, or -o to write elsewhere."


def meals(**about: str) -> Case:
    """The smaller shipped case with other words in `about`."""
    tables = yaml.safe_load(library.case_path("meals", "yaml").read_text(encoding="utf-8"))
    tables["about"] |= about
    return read(tables)


@pytest.fixture
def case() -> Case:
    return case_of("meals")


@pytest.fixture
def result(tmp_path: Path, case: Case) -> Path:
    """The case's own result, written before."""
    return write_workbook(tmp_path / "meals.xlsx", case)


def refused(path: Path, case: Case, **more: Path | bool) -> str:
    """What is said when the file is kept, after seeing that it is."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(WriteError) as error:
        write_workbook(path, case, **more)  # type: ignore[arg-type]
    assert (path.read_bytes() if path.is_file() else None) == before
    return str(error.value)


def edit(path: Path, sheet: str, cell: str, value: str | float) -> None:
    """Changes a cell as a person would, with a program that keeps the file's stamp."""
    opened = load_workbook(path)
    opened[sheet][cell] = value
    opened.save(path)


def test_a_new_file_is_written_and_its_folder_made(tmp_path: Path, case: Case) -> None:
    path = tmp_path / "workbooks" / "new" / "meals.xlsx"
    assert write_workbook(path, case) == path
    assert stamped(path) == {"sroi case": "meals", "sroi inputs sha256": case.inputs_sha256}
    assert [p.name for p in path.parent.iterdir()] == ["meals.xlsx"]


def test_the_case_s_own_earlier_result_is_replaced(result: Path, case: Case) -> None:
    assert case.about.title != "Another title"
    assert write_workbook(result, meals(title="Another title")) == result
    assert load_workbook(result)["About"]["A1"].value == "Another title"


def test_a_result_whose_inputs_were_edited_is_kept(result: Path, case: Case) -> None:
    edit(result, "Costs", "E5", 12345.0)
    said = f"{result} has had its assumptions changed since it was written, so it is kept. Run it as a case of its own, or: {ELSEWHERE}"
    assert refused(result, case) == said


def test_a_result_whose_inputs_were_broken_is_kept(result: Path, case: Case) -> None:
    edit(result, "Costs", "E5", "12k")
    assert "has had its assumptions changed since it was written" in refused(result, case)


def test_a_result_edited_outside_its_inputs_is_replaced(result: Path, case: Case) -> None:
    # Formulas are written anew from the inputs: nothing of the reader's is lost.
    edit(result, "Summary", "A4", "my own words")
    assert write_workbook(result, case) == result


def test_another_case_s_result_is_kept(result: Path) -> None:
    other = meals(id="other")
    assert refused(result, other) == f'{result} is a result of another case, "meals", so it is kept. {ELSEWHERE}'


@pytest.mark.parametrize("content", [b"", b"a letter", b"PK\x03\x04 broken"])
def test_a_foreign_file_is_kept(tmp_path: Path, case: Case, content: bytes) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_bytes(content)
    assert refused(path, case) == f"{path} is not a result of this engine, so it is kept. {ELSEWHERE}"


def test_assumptions_are_no_result_and_are_kept(tmp_path: Path, case: Case) -> None:
    path = write_case(tmp_path / "case.xlsx", case)
    assert refused(path, case) == f"{path} is not a result of this engine, so it is kept. {ELSEWHERE}"


def test_the_source_itself_is_kept(result: Path) -> None:
    # A result may be run as a case; it is then the input, though it is also an unchanged earlier result.
    link = result.with_name("link.xlsx")
    link.symlink_to(result)
    for source in (result, link):
        assert refused(result, read(result), source=source) == (
            f"{result} is the file the case was read from. Write to another with -o."
        )


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_is_not_a_file(tmp_path: Path, case: Case, *, force: bool) -> None:
    said = f"{tmp_path} is a folder; found no file name to write to. Name a file, such as {tmp_path}/meals.xlsx."
    assert refused(tmp_path, case, force=force) == said
    with pytest.raises(WriteError) as error:
        write_case(tmp_path, case, force=force)
    assert str(error.value) == said
    assert list(tmp_path.iterdir()) == []


def test_force_replaces_any_file(tmp_path: Path, case: Case) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_bytes(b"a letter")
    write_workbook(path, case, force=True)
    edit(path, "Costs", "E5", 12345.0)
    write_workbook(path, case, force=True)
    assert read(path).inputs_sha256 == case.inputs_sha256
    write_workbook(path, read(path), force=True, source=path)
    assert read(path).inputs_sha256 == case.inputs_sha256


def test_assumptions_are_kept_unless_forced(tmp_path: Path, case: Case) -> None:
    path = tmp_path / "case.xlsx"
    path.write_bytes(b"a letter")
    with pytest.raises(WriteError) as error:
        write_case(path, case)
    assert str(error.value) == f"{path} exists, so it is kept. Use force to replace it."
    assert path.read_bytes() == b"a letter"
    assert read(write_case(path, case, force=True)).inputs_sha256 == case.inputs_sha256


class BoomError(Exception):
    """Stands for anything that goes wrong."""


@pytest.mark.parametrize("where", ["about", "workings", "checks"])
@pytest.mark.parametrize("failure", [BoomError, KeyboardInterrupt])
def test_a_failure_half_way_leaves_the_old_file_and_nothing_else(
    result: Path, case: Case, monkeypatch: pytest.MonkeyPatch, where: str, failure: type[BaseException]
) -> None:
    before = result.read_bytes()

    def fail(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(getattr(workbook, where), "write", fail)
    with pytest.raises(failure):
        write_workbook(result, case)
    assert result.read_bytes() == before
    assert [path.name for path in result.parent.iterdir()] == ["meals.xlsx"]


def test_a_full_disk_is_said_and_leaves_the_old_file(result: Path, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    before = result.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("xlsxwriter.workbook.Workbook._store_workbook", full)
    assert refused(result, case) == f"{result} cannot be written: No space left on device."
    assert result.read_bytes() == before
    assert [path.name for path in result.parent.iterdir()] == ["meals.xlsx"]


def test_a_file_open_in_excel_is_said(result: Path, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    # Windows refuses to replace a file that another program holds open.
    def held(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "replace", held)
    assert refused(result, case) == f"{result} is open in another program. Close it and run again."
    assert [path.name for path in result.parent.iterdir()] == ["meals.xlsx"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, case: Case) -> None:
    (tmp_path / "file").write_text("no folder")
    path = tmp_path / "file" / "meals.xlsx"
    with pytest.raises(WriteError) as error:
        write_workbook(path, case)
    assert str(error.value) == f"{path} cannot be written: File exists."


def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", locked)
    path = tmp_path / "meals.xlsx"
    assert refused(path, case) == f"{path} cannot be written: Permission denied."


def test_a_text_too_long_for_a_cell_is_said_not_cut(tmp_path: Path) -> None:
    # Origin: a cell of Excel holds 32,767 characters.
    path = write_workbook(tmp_path / "held.xlsx", meals(problem="x" * 32_767))
    assert read(path).about.problem == "x" * 32_767
    assert refused(tmp_path / "long.xlsx", meals(problem="x" * 32_768)) == (
        "About!B8: a cell holds 32,767 characters at most; found 32,768, beginning 'xxxxxxxxxxxxxxxxxxxx'. Shorten it."
    )
    assert book.LONGEST_TEXT == 32_767
    assert not (tmp_path / "long.xlsx").exists()
