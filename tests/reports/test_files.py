"""What the file holds: the engine's numbers by name, the case readable back, text as text, the same bytes again."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sroi.errors import KernelError
from sroi.model.canonical import canonical
from sroi.projection import Result, project
from sroi.reading import read
from sroi.reports import said, write_case, write_workbook
from sroi.reports.book import Book
from sroi.reports.workbook import NAMED_INPUTS, NAMES
from sroi.simulation import sensitivity, simulate
from tests.command import environment
from tests.model.example import example, example_case
from tests.reports.books import SHIPPED, Written, case_of

ABSENT = "not applicable"
"""What a cell says where a measure has no number."""


def headline(result: Result) -> dict[str, float | str | None]:
    """The headline results as the engine's own objects give them."""
    views = result.views
    public, budget, cashable = views["public_value"], views["budget"], views["cashable"]
    return {
        "out_npsv": public.npv,
        "out_sroi": public.bcr,
        "out_payback": public.payback_years,
        "out_discounted_payback": public.discounted_payback_years,
        "out_pv_costs": public.pv_costs,
        "out_pv_benefits": public.pv_benefits,
        "out_budget_npv": budget.npv,
        "out_budget_ratio": budget.bcr,
        "out_cashable_npv": cashable.npv,
        "out_cashable_ratio": cashable.bcr,
        "out_irr": public.irr,
        "out_mirr": public.mirr,
        "out_mvpf": public.mvpf,
        "out_checks": "OK",
    }


def named(written: Written, name: str) -> Any:
    """The stored value of the cell of that name."""
    ((sheet, cell),) = written.book.defined_names[name].destinations
    return written.stored[sheet][cell.replace("$", "")].value


def test_names_give_the_headline_results(written: Written) -> None:
    expected = headline(written.result)
    assert set(NAMES) == set(expected)
    for name, number in expected.items():
        # rates of return are solved twice, here to the last digit but one
        wanted = pytest.approx(number, rel=1e-12) if name in ("out_irr", "out_mirr") and number is not None else number
        assert named(written, name) == (ABSENT if number is None else wanted), name


def test_names_give_the_global_inputs(written: Written) -> None:
    settings = written.case.settings
    assert set(NAMED_INPUTS) == {
        "in_first_year", "in_price_base", "in_discount", "in_cost_timing", "in_benefit_timing",
    }  # fmt: skip
    for name in NAMED_INPUTS:
        assert named(written, name) == getattr(settings, name.removeprefix("in_")), name


def test_the_file_has_these_names_and_no_other(written: Written) -> None:
    assert set(written.book.defined_names) == set(NAMES) | set(NAMED_INPUTS) | (
        ({"in_option", "in_scenario"} if written.has_options else set())
        | ({"out_simulation"} if written.simulation else set())
    )


def test_the_answer_of_the_published_example(tmp_path: Path) -> None:
    # Origin: the worked example of the published cases: benefits 81,741.93 on costs of 42,375, so 1.929.
    book = load_workbook(write_workbook(tmp_path / "meals.xlsx", case_of("meals")), data_only=True)
    assert str(book["Summary"]["A4"].value).startswith("£1 of cost returns £1.93 of public value")
    (place,) = book.defined_names["out_pv_benefits"].destinations
    assert book[place[0]][place[1].replace("$", "")].value == pytest.approx(81741.93, abs=0.005)


def test_it_reads_back_as_the_same_case_with_the_same_result(written: Written) -> None:
    again = read(written.path)
    assert canonical(again.tables) == canonical(written.case.tables)
    assert again.inputs_sha256 == written.case.inputs_sha256
    assert again.notes == written.case.notes
    result = project(again)
    assert result.to_dict() == written.result.to_dict()
    assert said.whole(again, result) == said.whole(written.case, written.result)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_assumptions_alone_read_back_as_the_same_case(name: str, tmp_path: Path) -> None:
    case = case_of(name)
    path = write_case(tmp_path / "case.xlsx", case)
    again = read(path)
    assert again.inputs_sha256 == case.inputs_sha256
    assert again.notes == case.notes
    book = load_workbook(path)
    assert not [c for sheet in book.worksheets for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert book.properties.title == case.about.title


def test_a_case_of_every_kind_of_row_reads_back_from_both(tmp_path: Path) -> None:
    case = example_case()
    for path in (write_case(tmp_path / "case.xlsx", case), write_workbook(tmp_path / "result.xlsx", case)):
        again = read(path)
        assert canonical(again.tables) == canonical(case.tables), path.name
        assert project(again).to_dict() == project(case).to_dict(), path.name


@pytest.mark.parametrize("number", [0.1 + 0.2, 1 / 3, 2 / 3 * 1e6, 123456789.123456789, 1e-7, 5e-324, 1e14 + 0.3])
def test_every_digit_of_a_number_is_read_back(number: float, tmp_path: Path) -> None:
    # A sheet keeps 15 digits of a number: what a case holds must not lose more than its reader took off.
    table = example()
    table["costs"][0]["amount"] = number
    table["values"][3]["amount"] = -number
    table["ranges"][4] |= {"values": f"0.4; 0.{'123456789' * 2}", "weights": [number, 2]}
    case = read(table)
    for path in (write_case(tmp_path / "case.xlsx", case), write_workbook(tmp_path / "result.xlsx", case)):
        again = read(path)
        assert canonical(again.tables) == canonical(case.tables), path.name
        assert again.costs[0].amount == case.costs[0].amount == pytest.approx(number, rel=1e-14)


LIKE_FORMULAS = ("=1+1", "@SUM(A1)", "+44 20 7946 0000", "-1+2", "{=A1}", '=HYPERLINK("x","y")', "=SUM(A1:A9")
"""Text that a careless writer would make a formula of."""


def suspicious() -> dict[str, Any]:
    """The example with such text wherever words may stand."""
    case = example()
    case["about"] |= {"title": LIKE_FORMULAS[5], "problem": LIKE_FORMULAS[0], "author": LIKE_FORMULAS[2]}
    case["costs"][0] |= {"name": LIKE_FORMULAS[0], "source": LIKE_FORMULAS[1]}
    case["costs"][1] |= {"name": LIKE_FORMULAS[4]}
    case["outcomes"][0] |= {"name": LIKE_FORMULAS[3], "source": LIKE_FORMULAS[6]}
    case["outcomes"][2] |= {"unit": LIKE_FORMULAS[2]}
    case["sectors"][0] |= {"name": LIKE_FORMULAS[6]}
    case["groups"][0] |= {"name": LIKE_FORMULAS[1]}
    return case


def test_text_is_never_a_formula(tmp_path: Path) -> None:
    case = read(suspicious())
    path = write_workbook(tmp_path / "result.xlsx", case)
    cells = [c for sheet in load_workbook(path).worksheets for row in sheet.iter_rows() for c in row]
    held = {str(cell.value) for cell in cells if cell.data_type == "s"}
    assert set(LIKE_FORMULAS) <= held
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert not [f for f in formulas if any(text.lstrip("=") in f for text in LIKE_FORMULAS)]
    plain = [c for sheet in load_workbook(write_workbook(tmp_path / "plain.xlsx", example_case())).worksheets
             for row in sheet.iter_rows() for c in row if c.data_type == "f"]  # fmt: skip
    assert len(formulas) == len(plain)
    again = read(path)
    assert again.inputs_sha256 == case.inputs_sha256
    assert again.costs[0].name == "=1+1"
    assert read(write_case(tmp_path / "case.xlsx", case)).inputs_sha256 == case.inputs_sha256


def test_a_row_is_no_taller_than_a_spreadsheet_lets_it_be(tmp_path: Path) -> None:
    """Excel's limit is 409.5 points: 10,000 characters would be more, of which the row shows what it can."""
    case = suspicious()
    case["about"] |= {"summary": "words " * 1_666}
    for path in (write_case(tmp_path / "case.xlsx", read(case)), write_workbook(tmp_path / "out.xlsx", read(case))):
        about = load_workbook(path)["About"]
        assert 400 < max(row.height or 0 for row in about.row_dimensions.values()) <= 409.5


def test_the_same_case_gives_the_same_bytes(written: Written, tmp_path: Path) -> None:
    case, held = case_of(written.case.about.id), written.simulation
    drawn = None if held is None else simulate(case, draws=held.asked, seed=held.seed)
    moved = None if held is None else sensitivity(case)
    again = write_workbook(tmp_path / "again.xlsx", case, simulation=drawn, sensitivity=moved)
    assert again.read_bytes() == written.path.read_bytes()


def test_the_same_bytes_from_another_process(tmp_path: Path) -> None:
    # Another process has another order of sets, another hour and another home: none may show.
    code = "import sroi, sys; sroi.write_workbook(sys.argv[1], sroi.read('meals'))"
    found = set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        path = tmp_path / f"{seed}.xlsx"
        variables = environment(PYTHONHASHSEED=seed, TZ=zone)
        subprocess.run([sys.executable, "-c", code, str(path)], env=variables, check=True)
        found.add(path.read_bytes())
    assert len(found) == 1


def test_the_creation_date_is_the_case_s(written: Written) -> None:
    created = written.book.properties.created
    assert created is not None
    date = written.case.about.date
    assert f"{created:%Y-%m-%d}" == (date or "2000-01-01")


def test_the_stamp_is_in_the_file(written: Written) -> None:
    held = {p.name: p.value for p in written.book.custom_doc_props.props}
    assert held == {"sroi case": written.case.about.id, "sroi inputs sha256": written.case.inputs_sha256}
    said = [cell.value for row in written.book["About"].iter_rows() for cell in row]
    assert written.case.inputs_sha256 in said


def test_the_json_is_plain(written: Written) -> None:
    # json.dumps refuses NumPy's numbers and, with allow_nan=False, what is not finite.
    text = json.dumps(written.result.to_dict(), allow_nan=False)
    assert json.loads(text) == written.result.to_dict()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), "np.bool_", "np.float64 nan", True])
def test_a_cell_holds_a_finite_number_or_is_refused(value: Any, tmp_path: Path) -> None:
    # XlsxWriter itself writes NaN as broken XML, and a NumPy boolean as nothing, without complaint.
    import numpy as np

    found = {"np.bool_": np.bool_(True), "np.float64 nan": np.float64("nan")}.get(str(value), value)
    book = Book(tmp_path / "x.xlsx", title="t", created=None, stamps={})
    page = book.sheet("One", "One", "")
    with pytest.raises(KernelError) as error:
        book.number(page, 4, 1, found, "formula", "0")
    assert str(error.value) == f"One row 5: a cell holds a finite number; found {found!r}"
    with pytest.raises(KernelError) as error:
        book.formula(page, 4, 1, "=A1", found, "formula", "0")
    assert str(error.value) == f"One!B5 =A1: a cell holds a finite number; found {found!r}"
    book.number(page, 4, 1, 0.5, "formula", "0")
    book.close()
    assert load_workbook(tmp_path / "x.xlsx")["One"]["B5"].value == 0.5


def test_there_is_one_writer_of_formulas() -> None:
    # Rule 6: one function writes formulas. A second one would not refuse what this one refuses.
    folder = Path(said.__file__).parents[1]
    found = {
        str(path.relative_to(folder)): text.count(".write_formula(") + text.count(".write_number(")
        for path in folder.rglob("*.py")
        if "xlsxwriter" in (text := path.read_text(encoding="utf-8"))
        and (".write_formula(" in text or ".write_number(" in text or ".write(" in text.replace("grid.write(", ""))
    }
    assert found["reports/book.py"] == 2
    assert {place for place, count in found.items() if count} == {"reports/book.py"}


def test_the_file_is_whole(written: Written) -> None:
    with zipfile.ZipFile(written.path) as file:
        assert file.testzip() is None
