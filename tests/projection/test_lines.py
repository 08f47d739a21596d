"""Meta-tests: every line of a case with something of everything is said, printed, recalculated, and shown right."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sroi.model import Case, Part
from sroi.projection import Result, project
from sroi.projection.views import VIEWS
from sroi.reading import read
from sroi.sheet import TEXT, Line, formula, opening_formula, words
from sroi.sheet.formulas import NOT_APPLICABLE
from tests.oracle.hand import LIBRARY
from tests.oracle.oracle import project as by_oracle
from tests.parity.everything import everything
from tests.projection.agreement import measures, rows
from tests.projection.laws_case import fuller_case
from tests.projection.patterns import COVERED, kinds, pattern
from tests.projection.rich import rich_case
from tests.sheet.scratch import laid_out, recalculated

TIMINGS = [("start", "start"), ("middle", "end"), ("start", "middle")]


@cache
def rich(costs: str = "middle", benefits: str = "end") -> Result:
    case = rich_case()
    case["settings"] |= {"cost_timing": costs, "benefit_timing": benefits}
    return project(read(case))


def lines() -> list[Line]:
    return list(rich().declared.model.lines.values())


def test_labels_are_said_and_unique() -> None:
    labels = [line.label for line in lines()]
    assert all(label.strip() == label and label for label in labels)
    assert sorted(label for label in set(labels) if labels.count(label) > 1) == []


def test_every_line_has_a_unit_and_a_place() -> None:
    assert [line.name for line in lines() if not line.shown_unit or not line.sheet] == []
    assert [line.name for line in lines() if line.unit is None] == []


def test_a_line_cites_the_section_that_defines_it() -> None:
    # Who is referred, engaged and served is § 2; what is paid and when § 3, its prices, growth and factors § 1.
    known = kinds(rich().declared)
    cited: dict[str, set[str]] = {}
    for line in lines():
        cited.setdefault(pattern(line.name, known), set()).add(line.method)
    weighing = {f"<group>.{name}" for name in ("weight", "has_weight", "without", "without_by_year")}
    assert {how for name in weighing for how in cited[name]} == {"§ 9"}
    people = {name for name in cited if name.startswith("<group>.")} - weighing
    assert {how for name in people for how in cited[name]} == {"§ 2"}
    paid = ("cost", "cost_each", "people", "released", "release_progress", "runs", "still_paid", "volume")
    assert {how for name in paid for how in cited[f"<cost>.{name}"]} == {"§ 3"}
    steps = ("gross", "net", "corrected", "exposed", "kept", "entering", "in_force", "quantity")
    assert {how for name in steps for how in cited[f"<outcome>.{name}"]} == {"§ 4"}
    assert {how for name in ("freed", "value_each", "value", "cash") for how in cited[f"<flow>.{name}"]} == {"§ 5"}


def test_every_line_is_said_in_words() -> None:
    for line in lines():
        said = words(line)
        assert said.startswith(f"{line.label} = ")
        assert len(said) > len(line.label) + 3


def test_every_line_prints_for_every_year() -> None:
    # formula() refuses more than 180 characters, a nested IF, and anything that cannot be printed.
    layout = laid_out(rich().declared.model)
    for line in lines():
        for year in range(layout.years if line.yearly else 1):
            assert formula(line, layout, year).startswith("=")
        opening_formula(line, layout)


def test_every_kind_of_line_is_listed_with_what_shows_it_right() -> None:
    known = kinds(rich().declared)
    found = {pattern(line.name, known) for line in lines()}
    inputs = {name for name in found if name.endswith(".*")}
    assert sorted(found - inputs - set(COVERED)) == []
    # A kind that no longer exists is taken off the list; long cases alone part their sums.
    assert sorted(name for name in set(COVERED) - found if not name.endswith("_part_n")) == []


def test_what_is_said_to_be_compared_with_the_oracle_is() -> None:
    result = rich()
    known = kinds(result.declared)
    oracle = by_oracle(rich_case(), LIBRARY)
    compared = {pattern(row.line, known) for row in rows(result, oracle)}
    compared |= {pattern(measure.line, known) for measure in measures(result, oracle)}
    said = {name for name, how in COVERED.items() if how == "oracle"}
    assert sorted(said - compared - {"<outcome>.entering.<group>"}) == []  # by group, added up there


READS = ("row", "rows", "number", "numbers", "text")
"""How a test reads a line by its name: `row(result, "old.still_paid")`, `evaluation.number("budget.nil")`."""


def read_by_hand() -> set[str]:
    """The names of the lines that tests of this folder read and assert something of."""
    found: set[str] = set()
    for path in Path(__file__).parent.glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.FunctionDef) and node.name.startswith("test_")):
                continue
            inside = list(ast.walk(node))
            if any(isinstance(part, ast.Assert) for part in inside):
                calls = [part for part in inside if isinstance(part, ast.Call)]
                reads = [c for c in calls if getattr(c.func, "id", getattr(c.func, "attr", "")) in READS]
                found |= {a.value for c in reads for a in c.args if isinstance(a, ast.Constant)}  # type: ignore[misc]
    return found


def named_so(name: str) -> re.Pattern[str]:
    """The lines of a kind: `<view>.nil` is `budget.nil` and no sector's."""
    kinds_of = {"view": "|".join(VIEWS), "sector": rf"(?!({'|'.join(VIEWS)})\.)[a-z0-9-]+"}
    parts = [part.strip("<>") if part.startswith("<") else "" for part in name.split(".")]
    said = [
        f"({kinds_of.get(kind, '[a-z0-9-]+')})" if kind else part
        for kind, part in zip(parts, name.split("."), strict=True)
    ]
    return re.compile(r"\.".join(said))


def test_what_is_said_to_be_done_by_hand_is() -> None:
    read_there = read_by_hand()
    hand = [name for name, how in COVERED.items() if how == "hand"]
    assert [name for name in hand if not any(named_so(name).fullmatch(line) for line in read_there)] == []


def test_a_step_leads_to_a_line_that_is_shown_right() -> None:
    for name, how in COVERED.items():
        if how.startswith("step of "):
            assert COVERED[how.removeprefix("step of ")] in ("oracle", "hand"), name


# format.md, *Tables*: what a blank means, where it is neither nil nor another field's
DEFAULTS: dict[str, Any] = {"engagement": 1, "stay_years": 1, "at_risk": 1, "duration": 1, "times": 1}
FLAGS = {True: 1.0, False: 0.0}


def expected_input(case: Case, ref: str) -> object:
    """What an input line holds: the case's value, by year where it has a profile, or the format's default."""
    table, _, name = ref.partition(".")[0], ref.split(".")[1], ref.rpartition(".")[2]
    by_year = case.profile(ref)
    years = range(case.settings.first_year, case.last_year + 1)
    if by_year is not None:
        return [by_year.get(year, 0.0) for year in years]
    if name == "grade_optimism":
        return None
    value = case.get(ref)
    row = case.row(table, ref.split(".")[1]) if table != "settings" else case.settings
    if name == "optimism" and table in ("costs", "outcomes"):
        return case.optimism(row)  # type: ignore[arg-type]
    if value is None:
        value = {
            "from": case.settings.first_year,
            "to": case.last_year,
            "price_year": case.settings.price_base,
            "discount": "green-book-2026-standard",
            "health_discount": "green-book-2026-health",
        }.get(name, DEFAULTS.get(name, 0))
    return FLAGS.get(value, value) if isinstance(value, bool) else value


def test_inputs_are_the_case_s_own_numbers() -> None:
    result = rich()
    tried = 0
    for line in lines():
        if not pattern(line.name, kinds(result.declared)).endswith(".*") or "grade_optimism" in line.name:
            continue
        wanted = expected_input(result.case, line.name)
        tried += 1
        if line.unit == TEXT:
            assert result.evaluation.text(line.name) == str(wanted), line.name
        elif isinstance(wanted, list):
            assert result.evaluation.row(line.name).tolist() == wanted, line.name
        else:
            assert result.evaluation.number(line.name) == wanted, line.name
    assert tried > 100


CONSTANTS = {
    "tolerance": 1e-9,  # method §§ 4, 5, 6
    "half": 0.5,  # method § 1: mid-year flows fall at t + ½
    "hundred": 100,  # rates are held in per cent
    "quarter": 0.25,  # method § 1: a financial year is 0.75 of its first calendar year and 0.25 of the next
    "dominant": 0.5,  # method § 6: one row with more than half of the benefits
    "tenth": 0.1,  # format.md: rates are −0.1 or more
    "elasticity": 1.3,  # method § 9
}


def test_constants_are_those_of_the_method() -> None:
    result = rich()
    names = {line.name for line in lines() if pattern(line.name, kinds(result.declared)).startswith("constants.")}
    found = {name.partition(".")[2]: result.evaluation.number(name) for name in names}
    assert found == CONSTANTS


def expected_of_flow(case: Case, part: Part, name: str) -> object:
    """What an input line of a flow holds: its row's own value or, of a unit value, what the shipped file says."""
    shipped = None if part.unit_value is None else LIBRARY.unit_values[part.unit_value.id]
    own = getattr(part.value, name)
    if name in ("amount", "price_year"):
        stated = own if shipped is None else getattr(shipped, name)
        return case.settings.price_base if stated is None else stated
    if name == "health_effect":
        return {True: "yes", False: "no"}[bool(shipped and shipped.health_effect) if own is None else own]
    return FLAGS[own] if name == "counts" else DEFAULTS.get(name, 0) if own is None else own


def test_inputs_of_flows_are_the_case_s_own_or_the_library_s() -> None:
    fields = {name.partition(".")[2] for name, how in COVERED.items() if how == "input" and name.startswith("<flow>.")}
    tried = set()
    for made in (rich_case(), fuller_case(), everything()):
        result = project(read(made))
        for part in (part for value in result.case.values for part in result.case.parts(value) if not part.mirrors):
            for line in (f"{part.id}.{name}" for name in fields):
                if line not in result.evaluation.values:
                    continue
                name, wanted = line.rpartition(".")[2], expected_of_flow(result.case, part, line.rpartition(".")[2])
                tried.add((name, part.unit_value is None))
                if isinstance(wanted, str):
                    assert result.evaluation.text(line) == wanted, line
                else:
                    assert result.evaluation.number(line) == wanted, line
    # a row's own amount is an input line of its own, `values.<id>.amount`, which the test above holds
    assert tried == {(name, own) for name in fields for own in (True, False)} - {("amount", True)}


def test_every_input_is_held_against_its_case() -> None:
    inputs = {name for name, how in COVERED.items() if how == "input"}
    assert {name.partition(".")[0] for name in inputs} == {"constants", "<flow>"}


@pytest.mark.parametrize(("costs", "benefits"), TIMINGS)
def test_every_line_recalculates_to_the_engine_s_number(costs: str, benefits: str) -> None:
    # The whole projection in a scratch book whose stored numbers are wrong: each row to 1e-9 of its largest value.
    result = rich(costs, benefits)
    excel = recalculated(result.declared.model)
    for line in result.declared.model.lines.values():
        value, shown = result.evaluation.values[line.name], excel[line.name]
        if isinstance(value, str):
            assert shown == [value or None], line.name
            continue
        engine = np.asarray(value, dtype=float)[:, 0]
        if np.isnan(engine).any():
            assert shown == [NOT_APPLICABLE], line.name
            continue
        assert all(isinstance(cell, float) for cell in shown), (line.name, shown)
        size = max(float(np.abs(engine).max()), 1e-9)
        assert np.abs(np.array(shown, dtype=float) - engine).max() <= 1e-9 * size, line.name


def test_one_id_in_every_table_is_projected() -> None:
    # format.md: ids are unique in their table, so a sector, a cost and an outcome may share one. By hand: 1 × 1 × £1.
    from tests.projection.small import gain, outlay, projected, saving

    ids = {"id": "council"}
    result = projected(
        groups=[{**ids, "referrals": 1, "from": 2026, "to": 2026}],
        costs=[outlay(**ids)],
        outcomes=[gain(group="council", **ids)],
        values=[saving(outcome="council", **ids)],
    )
    assert result.views["public_value"].pv_benefits == pytest.approx(1)
