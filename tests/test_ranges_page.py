"""The page on ranges: its example runs, its three forms are one case, and it names every field and shape."""

from __future__ import annotations

import doctest
import re
from pathlib import Path
from typing import Any, get_args

import yaml

import sroi
from sroi.model.base import columns
from sroi.model.correlations import Correlation
from sroi.model.ranges import NATURAL, Range, Shape
from tests.reading.forms import as_workbook, as_yaml

PAGE = Path(__file__).parent.parent / "docs" / "ranges.md"
TEXT = PAGE.read_text(encoding="utf-8")


def example() -> dict[str, Any]:
    """The dict of the page, by running its example."""
    python = re.findall(r"^```python\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)[0]
    test = doctest.DocTestParser().get_doctest(python, {}, "ranges", str(PAGE), 0)
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(test, out=said.append, clear_globs=False)
    assert said == []
    assert isinstance(test.globs["case"], dict)
    return test.globs["case"]


def sheet(first: str) -> list[dict[str, str]]:
    """The rows of the page's table whose first heading is that one, blanks left out."""
    lines = TEXT[TEXT.index(f"| {first} |") :].partition("\n\n")[0].splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    heads = [head.lower() for head in cells[0]]
    return [{head: cell for head, cell in zip(heads, row, strict=True) if cell} for row in cells[2:]]


def test_every_form_of_the_page_is_one_case(tmp_path: Path) -> None:
    case = example()
    wanted = sroi.read(case).inputs_sha256
    listed, inside = (yaml.safe_load(t) for t in re.findall(r"^```yaml\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL))
    assert sroi.read(as_yaml(case | listed, tmp_path / "listed.yaml")).inputs_sha256 == wanted
    amount = [row for row in case["ranges"] if row["ref"].startswith("values.")]
    assert sroi.read(as_yaml(case | inside | {"ranges": amount}, tmp_path / "in.yaml")).inputs_sha256 == wanted
    book = case | {"ranges": sheet("Ref | Low | High | Shape"), "correlations": sheet("A | B | Rank")}
    assert sroi.read(as_workbook(book, tmp_path / "book.xlsx")).inputs_sha256 == wanted


def test_the_page_names_every_field_and_shape() -> None:
    named = set(re.findall(r"\w+", " ".join(line.split("|")[1] for line in TEXT.splitlines() if line.startswith("|"))))
    assert {c.header for model in (Range, Correlation) for c in columns(model)} <= named
    rows = {
        row["shape"].strip("`"): row
        for row in sheet("shape | the central value is | with Low and High | or instead of them")
    }
    assert set(rows) == set(get_args(get_args(Shape)[0]))
    for shape, names in NATURAL.items():
        assert all(name.capitalize() in rows[shape]["or instead of them"] for name in names)
