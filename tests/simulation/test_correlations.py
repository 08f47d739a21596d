"""Correlations: read the same in every form, refused where they cannot hold, and reached by the draws."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook
from scipy import stats

import sroi
from sroi.errors import CaseError
from sroi.model import Case
from sroi.reading import read
from sroi.reports.places import FIRST_ROW
from sroi.simulation.copula import matrix, tied
from sroi.simulation.distributions import distributions
from sroi.simulation.draws import METHODS, design, uniforms
from tests.model.example import example
from tests.reading.forms import as_workbook, as_yaml
from tests.simulation.test_distributions import made

EFFECT, DURATION, HUB = "outcomes.missing.effect", "outcomes.missing.duration", "costs.hub.amount"
PAIRS = [{"a": EFFECT, "b": HUB, "rank": 0.5}, {"a": DURATION, "b": EFFECT, "rank": -0.3}]
FIELDS = ("deadweight", "displacement", "leakage", "effect")


def correlated(*pairs: tuple[str, str, float]) -> Case:
    """A case of four uncertain numbers and the correlations of some."""
    ranges = [{"ref": f"outcomes.o.{field}", "low": 0, "high": 0.5} for field in FIELDS]
    rows = [{"a": f"outcomes.o.{a}", "b": f"outcomes.o.{b}", "rank": rank} for a, b, rank in pairs]
    return made(*ranges, correlations=rows)


def test_every_form_reads_them_alike(tmp_path: Path) -> None:
    case = example() | {"correlations": PAIRS}
    found = read(case)
    assert [(row.a, row.b, row.rank) for row in found.correlations] == [(EFFECT, HUB, 0.5), (DURATION, EFFECT, -0.3)]
    assert read(as_yaml(case, tmp_path / "case.yaml")).inputs_sha256 == found.inputs_sha256
    sheet = read(as_workbook(case, tmp_path / "case.xlsx"))
    assert sheet.inputs_sha256 == found.inputs_sha256
    assert (
        sheet.place(f"correlations.{sheet.correlations[1].key}.rank") == "Correlations!C6"
    )  # title, blank, headings, row, blank
    written = read(sroi.write_workbook(tmp_path / "results.xlsx", found))
    assert written.inputs_sha256 == found.inputs_sha256


def test_a_results_workbook_shows_that_its_pairs_need_the_engine(tmp_path: Path) -> None:
    sheet = load_workbook(sroi.write_workbook(tmp_path / "r.xlsx", read(example() | {"correlations": PAIRS})))
    a, b, rank = sheet["Correlations"][FIRST_ROW]
    settings = {cell.value: other for cell, other in sheet["Settings"].iter_rows(min_row=FIRST_ROW)}
    grey = settings["Years"].fill.fgColor.rgb  # the horizon shapes the sheet
    assert [cell.fill.fgColor.rgb for cell in (a, b, rank)] == [grey] * 3


def test_a_pair_is_the_same_either_way_round_and_in_any_order() -> None:
    turned = [{"a": row["b"], "b": row["a"], "rank": row["rank"]} for row in reversed(PAIRS)]
    one, two = (read(example() | {"correlations": rows}) for rows in (PAIRS, turned))
    assert one.inputs_sha256 == two.inputs_sha256 != read(example()).inputs_sha256
    a, b = (design(case, 100) for case in (one, two))
    assert uniforms(a, a.refs, 0, 100).tobytes() == uniforms(b, b.refs, 0, 100).tobytes()


def test_a_pair_is_stated_once() -> None:
    again = {"a": HUB, "b": EFFECT, "rank": 0.5}
    with pytest.raises(CaseError) as error:
        read(example() | {"correlations": [PAIRS[0], again]})
    assert str(error.value) == (
        f"correlations[1]: The correlation of {HUB} and {EFFECT} is stated twice. Take one of the two out.\n1 problem."
    )


def test_a_rank_is_no_more_than_one() -> None:
    with pytest.raises(CaseError) as error:
        read(example() | {"correlations": [PAIRS[0] | {"rank": 50}]})
    assert str(error.value).startswith("correlations[0].rank: Rank must be between -1 and 1; found 50.")


def test_a_range_in_an_option_alone_can_be_correlated() -> None:
    option = {"name": "dear", "ref": "costs.start.amount", "value": 260, "low": 200, "high": 300}
    pair = {"a": "costs.start.amount", "b": EFFECT, "rank": 0.5}
    case = read(example() | {"options": [option], "correlations": [pair]})
    assert case.seen().correlations == case.correlations == case.seen("dear").correlations
    certain = {"name": "sure", "ref": EFFECT, "value": 0.3}
    both = read(example() | {"options": [option, certain], "correlations": [pair]})
    assert both.seen("sure").correlations == (), "what is certain moves with nothing"


@pytest.mark.parametrize("rank", [-0.8, -0.3, 0.5, 0.9])
@pytest.mark.parametrize("method", METHODS)
def test_the_rank_correlation_asked_is_reached(method: str, rank: float) -> None:
    case = correlated(("effect", "leakage", rank))
    plan = design(case, 16_384, 2, method)
    found = uniforms(plan, plan.refs, 0, plan.draws)
    values = np.array([distributions(case)[ref].quantile(u) for ref, u in zip(plan.refs, found, strict=True)])
    reached = np.asarray(stats.spearmanr(values.T).statistic)
    error = 4 / np.sqrt(plan.draws)  # four standard errors, and more where the rank is far from 0
    row = {ref.rpartition(".")[2]: number for number, ref in enumerate(plan.refs)}
    assert reached[row["effect"], row["leakage"]] == pytest.approx(rank, abs=error)
    others = [(a, b) for a in range(4) for b in range(a) if {a, b} != {row["effect"], row["leakage"]}]
    assert max(abs(reached[pair]) for pair in others) < error
    for u in found:
        assert stats.kstest(u, "uniform").pvalue > 1e-4


def test_a_group_has_every_rank_of_it() -> None:
    asked = (("deadweight", "displacement", 0.7), ("displacement", "leakage", -0.4), ("deadweight", "leakage", 0.1))
    plan = design(correlated(*asked), 65_536, 1)
    found = np.asarray(stats.spearmanr(uniforms(plan, plan.refs, 0, plan.draws).T).statistic)
    row = {ref.rpartition(".")[2]: number for number, ref in enumerate(plan.refs)}
    for a, b, rank in asked:
        assert found[row[a], row[b]] == pytest.approx(rank, abs=4 / 256)


def test_what_is_not_correlated_keeps_its_bits() -> None:
    plain, mixed = design(correlated(), 1000), design(correlated(("effect", "leakage", 0.5)), 1000)
    same = [
        uniforms(plain, [ref], 0, 1000).tobytes() == uniforms(mixed, [ref], 0, 1000).tobytes() for ref in plain.refs
    ]
    # of the group, effect and leakage, the first is what the second is mixed from
    assert [ref for ref, kept in zip(plain.refs, same, strict=True) if not kept] == ["outcomes.o.leakage"]


def test_the_normals_have_the_correlation_of_the_ranks() -> None:
    # 2 sin(π / 12) = (√6 - √2) / 2 for a rank of a half
    assert matrix(["a", "b"], {("a", "b"): 0.5})[1, 0] == pytest.approx((6**0.5 - 2**0.5) / 2, rel=1e-15)
    assert tied([("a", "b"), ("c", "d"), ("e", "f"), ("d", "e")]) == (("a", "b"), ("c", "d", "e", "f"))


SAID: dict[str, tuple[list[tuple[str, str, float]], list[str]]] = {
    "a pair left out": (
        [("deadweight", "displacement", 0.9), ("displacement", "leakage", 0.9), ("leakage", "effect", 0.1)],
        [
            "correlations[0].rank: These rank correlations cannot all hold: their matrix is not positive definite; "
            "found outcomes.o.deadweight and outcomes.o.displacement 0.9; outcomes.o.displacement and "
            "outcomes.o.leakage 0.9; the other pair of these 0. Bring some nearer to 0, or state a pair that is left "
            "out.",
            "correlations[1].rank: This rank correlation is one of those that cannot all hold: see "
            "correlations[0].rank.",
        ],
    ),
    "a ring": (
        [("deadweight", "effect", 0.9), ("effect", "leakage", 0.9), ("leakage", "deadweight", -0.9)],
        [
            "correlations[0].rank: These rank correlations cannot all hold: their matrix is not positive definite; "
            "found outcomes.o.deadweight and outcomes.o.effect 0.9; outcomes.o.leakage and outcomes.o.deadweight -0.9; "
            "outcomes.o.effect and outcomes.o.leakage 0.9. Bring some nearer to 0.",
            *(
                f"correlations[{n}].rank: This rank correlation is one of those that cannot all hold: see "
                "correlations[0].rank."
                for n in (1, 2)
            ),
        ],
    ),
}


@pytest.mark.parametrize("name", SAID)
def test_correlations_that_cannot_all_hold_name_their_pairs(name: str) -> None:
    pairs, said = SAID[name]
    with pytest.raises(CaseError) as error:
        design(correlated(*pairs), 100)
    assert [str(problem) for problem in error.value.problems] == said
