"""The documentation holds what it says: worked numbers come out, cited sections are there, links lead somewhere.

A page's examples are fenced blocks of Python prompts. Those before its first numbered section make the helpers that
all use; each section is then run on its own, so that none rests on another's names.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sroi.projection.checklist import CHECKS

ROOT = Path(__file__).parent.parent
METHOD = ROOT / "docs" / "method.md"
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")))
WITH_NUMBERS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 12)
"""The sections that are built: each shows a number. The others say what is not built yet."""

Sections = dict[int, tuple[int, str]]


def page(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def parted(text: str) -> tuple[str, Sections]:
    """What comes before the first numbered section; then, by number, each section's first line (from 0) and text."""
    starts = list(re.finditer(r"^## (\d+)\. ", text, re.MULTILINE))
    ends = [start.start() for start in starts[1:]] + [len(text)]
    sections = {
        int(start[1]): (text.count("\n", 0, start.start()), text[start.start() : end])
        for start, end in zip(starts, ends, strict=True)
    }
    assert len(sections) == len(starts), "two sections have one number"
    return text[: starts[0].start()], sections


def examples(text: str, name: str, line: int, names: dict[str, Any]) -> doctest.DocTest:
    """The prompts of a text. A fence ends what is expected, as a blank line does."""
    plain = re.sub(r"^```.*$", "", text, flags=re.MULTILINE)
    return doctest.DocTestParser().get_doctest(plain, names, name, str(METHOD), line)


def complaints(test: doctest.DocTest) -> str:
    """Runs the examples, and says which did not come out; leaves their names in `test.globs`."""
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(test, out=said.append, clear_globs=False)
    return "".join(said)


OPENING, SECTIONS = parted(page(METHOD))


def test_sections_are_numbered_in_order() -> None:
    assert list(SECTIONS) == list(range(1, 13))


@pytest.mark.parametrize("number", SECTIONS)
def test_worked_numbers_come_out(number: int) -> None:
    helpers = examples(OPENING, "the opening", 0, {"__name__": "method"})
    assert helpers.examples
    if said := complaints(helpers):
        pytest.fail(said, pytrace=False)
    line, text = SECTIONS[number]
    if said := complaints(examples(text, f"section {number}", line, dict(helpers.globs))):
        pytest.fail(said, pytrace=False)


def test_a_wrong_number_is_a_complaint() -> None:
    # the runner above must be able to fail: 2 is not 3, by hand
    assert "Expected:\n    3" in complaints(examples("```python\n>>> 1 + 1\n3\n```\nWords.\n", "wrong", 0, {}))
    assert complaints(examples("```python\n>>> 1 + 1\n2\n```\nWords.\n", "right", 0, {})) == ""


@pytest.mark.parametrize("number", WITH_NUMBERS)
def test_every_built_section_has_a_worked_number(number: int) -> None:
    line, text = SECTIONS[number]
    wanted = [example.want for example in examples(text, f"section {number}", line, {}).examples]
    assert any(re.search(r"\d", want) for want in wanted)


def test_the_list_of_checks_is_the_engine_s() -> None:
    _, text = SECTIONS[6]
    table = text.partition("| what is tested |")[2].partition("\n\n")[0].splitlines()[2:]
    said = [f"| {e.said} | {e.fires} | {'yes' if e.live else 'no'} | {e.method} |" for e in CHECKS.values()]
    assert table == said


def cited(text: str) -> set[int]:
    """The sections of the method that a text cites.

    >>> sorted(cited("method § 3; method §§ 1 to 4, and §§ 5, 6 and 12; § 7, 9 people"))
    [1, 2, 3, 4, 5, 6, 7, 12]
    """
    found = {int(number) for number in re.findall(r"(?<!§)§\s*(\d+)", text)}
    for many in re.findall(r"§§\s*(\d+(?:\s*(?:to|and|,)\s*\d+)*)", text):
        found |= {int(number) for number in re.findall(r"\d+", many)}
        for first, last in re.findall(r"(\d+)\s*to\s*(\d+)", many):
            found |= set(range(int(first), int(last) + 1))
    return found


def test_every_section_that_the_code_cites_is_there() -> None:
    missing = {}
    everywhere: set[int] = set()
    for path in sorted((ROOT / "sroi").rglob("*.py")):
        here = cited(page(path))
        everywhere |= here
        if here - set(SECTIONS):
            missing[str(path.relative_to(ROOT))] = here - set(SECTIONS)
    assert missing == {}
    assert everywhere >= set(WITH_NUMBERS)  # what is built is cited, or this finds nothing


def anchors(text: str) -> set[str]:
    """The names that a page's headings can be linked by: words joined by hyphens, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken(path: Path) -> Iterator[str]:
    """The links of a page that lead nowhere in the repository."""
    for target in re.findall(r"\]\(([^)\s]+)\)", page(path)):
        if re.match(r"[a-z]+:", target):  # another site
            continue
        name, _, anchor = target.partition("#")
        there = path.parent / name if name else path
        if not there.exists() or (anchor and anchor not in anchors(page(there))):
            yield target


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.name))
def test_links_lead_somewhere(path: Path) -> None:
    assert list(broken(path)) == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    here = tmp_path / "page.md"
    here.write_text("## 1. A, b\n[a](#1-a-b) [b](#2) [c](none.md) [d](page.md#1-a-b) [e](https://example.org)\n")
    assert list(broken(here)) == ["#2", "none.md"]


def test_python_of_the_readme_runs(tmp_path: Path) -> None:
    # from another folder, as a reader would
    blocks = re.findall(r"^```python\n(.*?)^```$", page(ROOT / "README.md"), re.MULTILINE | re.DOTALL)
    assert blocks
    for block in blocks:
        done = subprocess.run(
            [sys.executable, "-c", block],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
