"""§ 7: options and scenarios, the engine's against the oracle's."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from sroi import library
from sroi.errors import CaseError
from sroi.projection import project, project_options
from sroi.reading import read
from tests.parity.options import with_options
from tests.projection.agreement import disagreements

from .hand import LIBRARY, fiscal, made, outcome
from .options import seen
from .oracle import project as by_oracle
from .strategies import CORE, FURTHER, Row, cases, number, share
from .test_engine import some

LIBRARY_ROWS = ("schedules.", "unit_values.")
"""Rows of the library that the oracle cannot lay over one by one; the workbook's parity covers them."""


def everything() -> Row:
    case = with_options()
    case["scenarios"] = [row for row in case["scenarios"] if not row["ref"].startswith(LIBRARY_ROWS)]
    return case


def no_wrong_door() -> Row:
    loaded: Row = yaml.safe_load(library.case_path("no-wrong-door", "yaml").read_text("utf-8"))
    return loaded


def names(case: Row, table: str) -> list[str | None]:
    return [None, *dict.fromkeys(row["name"] for row in case.get(table) or [])]


@pytest.mark.parametrize("make", [everything, no_wrong_door])
def test_every_option_in_every_scenario(make: Any) -> None:
    case = make()
    held = read(case)
    choices = list(itertools.product(names(case, "options"), names(case, "scenarios")))
    assert len(choices) >= 9
    for option, scenario in choices:
        found = by_oracle(seen(case, option, scenario))
        assert disagreements(project(held, option, scenario), found) == [], (option, scenario)


@pytest.mark.parametrize("scenario", [None, "fall-anyway"])
def test_what_an_option_adds_is_the_difference(scenario: str | None) -> None:
    """No Wrong Door against outreach alone: each sum less the other's, and the ratio of the two differences."""
    case = no_wrong_door()
    base = by_oracle(seen(case, "do-minimum", scenario))["views"]
    found = project_options(read(case), scenario).incremental
    for option in ("preferred", "stretched"):
        mine = by_oracle(seen(case, option, scenario))["views"]
        for view in ("public_value", "budget", "cashable"):
            costs, gains = (mine[view][k] - base[view][k] for k in ("pv_costs", "pv_benefits"))
            shown = found[option].views[view]
            assert (shown.pv_costs, shown.pv_benefits) == pytest.approx((costs, gains), rel=1e-9)
            assert shown.bcr == pytest.approx(gains / costs, rel=1e-9)


def test_the_oracle_by_hand() -> None:
    # By hand: 100 paid and 40 saved in one year; the option pays 60, the scenario saves 30; both at once 60 and 30.
    case = made(
        costs=[{"id": "outlay", "payer": "council", "basis": "one_off", "amount": 100}],
        outcomes=[outcome()],
        values=[fiscal(amount=40)],
    )
    case["options"] = [{"name": "less", "ref": "costs.outlay.amount", "value": 60}]
    case["scenarios"] = [{"name": "poor", "ref": f"values.{case['outcomes'][0]['id']}-council-fiscal.amount",
                          "value": 30}]  # fmt: skip
    for option, scenario, npv in ((None, None, -60), ("less", None, -20), (None, "poor", -70), ("less", "poor", -30)):
        view = by_oracle(seen(case, option, scenario), LIBRARY)["views"]["budget"]
        assert view["npv"] == pytest.approx(npv), (option, scenario)
    assert case["costs"][0]["amount"] == 100, "the case itself is left alone"


FIELDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "groups": {"engagement": number(0.1, 1, 2), "exit_rate": share(0.9), "counts": st.booleans()},
    "costs": {"amount": number(0, 9000, 0), "growth": number(-0.1, 0.1, 2), "optimism": share(),
              "counts": st.booleans()},
    "outcomes": {"deadweight": number(-1, 1, 2), "attribution": share(), "optimism": share(),
                 "lag": st.integers(0, 3), "duration": st.integers(1, 6), "drop_off": share(),
                 "counts": st.booleans()},
}  # fmt: skip
"""What an option or a scenario may change in a random case, with rows that have an id of their own."""


@st.composite
def with_changes(draw: st.DrawFn) -> Row:
    """A random case with an option and a scenario that change other fields than each other."""
    case = draw(st.one_of(cases(CORE), cases(FURTHER - {"long"})))
    refs = [
        (f"{table}.{row['id']}.{field}", strategy)
        for table, fields in FIELDS.items()
        for row in case.get(table) or []
        for field, strategy in fields.items()
        if not isinstance(row.get(field), dict)
    ]
    chosen = draw(st.lists(st.sampled_from(refs), min_size=2, max_size=8, unique_by=lambda item: item[0]))
    rows = [{"name": "other", "ref": ref, "value": draw(strategy)} for ref, strategy in chosen]
    half = draw(st.integers(1, len(rows) - 1))
    return {**case, "options": rows[:half], "scenarios": rows[half:]}


@settings(some, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(case=with_changes())
def test_random_options_agree(case: Row) -> None:
    try:
        held = read(case)
    except CaseError:
        reject()  # a change that no case allows, such as nobody left to serve
    for option, scenario in (("other", None), (None, "other"), ("other", "other")):
        found = by_oracle(seen(case, option, scenario), LIBRARY)
        assert disagreements(project(held, option, scenario), found) == [], (option, scenario)
