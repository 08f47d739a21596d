"""Simulating a case: against the closed form of the benchmark case, and its laws (method § 8).

The closed form is in `closed_form.py`, derived apart from the engine and shown right by hand and by brute force. The
rest are properties: no number is known beforehand.
"""

from __future__ import annotations

import math
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

import sroi
from benchmarks.uncertain import SECTORS, tables
from sroi.errors import CaseError
from sroi.projection.views import VIEWS
from sroi.sheet import evaluate
from sroi.simulation import measured, run, simulate, with_followers
from sroi.simulation.draws import design, uniforms
from sroi.simulation.plan import ALSO, FANS
from sroi.simulation.run import Job, Ready
from sroi.simulation.simulate import RETURNS
from tests.projection.small import case as small
from tests.projection.small import gain, outlay, saving
from tests.simulation.closed_form import Benchmark

METHODS = ("random", "lhs", "sobol")
FALLS: dict[str, Any] = {
    "outcomes": [
        {"id": "falls", "name": "Falls", "group": "residents", "unit": "fall", "basis": "absolute", "effect": 3}
    ],
    "values": [{"outcome": "falls", "sector": "council", "kind": "fiscal", "amount": 100}],
}
"""Three falls fewer for the one resident of a small case, £100 each to the council."""
FEW = 5
"""Outcomes of the benchmark case where its size does not matter."""


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("drawn", [False, True])
def test_means_and_spreads_are_those_of_the_closed_form(method: str, drawn: bool) -> None:
    """Within four standard errors of the mean, and 4 % of the standard deviation (of which the error at 16,384 draws
    is √((κ − 1) / 4n), under 1 % for a kurtosis κ below 7)."""
    held = tables(drawn=drawn, outcomes=FEW)
    right = Benchmark(held)
    found = simulate(sroi.read(held), draws=16_384, method=method)
    assert found.draws == 16_384
    expected = right.npv(SECTORS)
    npv = found.views["public_value"].npv
    plain_error = expected.sd / math.sqrt(found.draws)
    assert npv.mean == pytest.approx(expected.mean, abs=4 * plain_error)
    assert npv.sd == pytest.approx(expected.sd, rel=0.04)
    for sector in SECTORS:
        benefits = right.benefits([sector])
        assert found.sectors[sector].pv_benefits.mean == pytest.approx(benefits.mean, abs=4 * benefits.sd / 128)
        assert found.sectors[sector].pv_benefits.sd == pytest.approx(benefits.sd, rel=0.05)
    # the standard error says how far off the mean may be: of random draws sd / √n, of a Sobol sequence far less
    assert npv.mcse is not None
    assert npv.mcse == pytest.approx(plain_error, rel=0.05) if method != "sobol" else npv.mcse < plain_error / 2
    assert abs(npv.mean - expected.mean) < 6 * npv.mcse  # type: ignore[operator]


def test_sobol_errs_a_fifth_of_random() -> None:
    """Root mean square error of the mean at 8,192 draws over eight seeds, against the closed form."""
    held = tables()
    case, right = sroi.read(held), Benchmark(held).npv(SECTORS).mean

    def error(method: str) -> float:
        means = [
            simulate(case, draws=8192, seed=seed, method=method).views["public_value"].npv.mean for seed in range(8)
        ]
        return float(np.sqrt(np.mean([(mean - right) ** 2 for mean in means if mean is not None])))

    assert error("sobol") < error("random") / 5


@pytest.mark.parametrize("method", METHODS)
def test_bits_are_the_same_whatever_the_chunk_and_the_workers(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    case = sroi.read(tables(drawn=True, outcomes=FEW))
    once = simulate(case, draws=4099, method=method, executor=ThreadPoolExecutor(1))
    two = simulate(case, draws=4099, method=method, executor=ThreadPoolExecutor(2))
    monkeypatch.setattr(run, "CHUNK", 700)
    monkeypatch.setattr(run, "LOT", 5)
    cut = simulate(case, draws=4099, method=method)
    for key, values in once.measures.items():
        for other in (two, cut):
            assert np.array_equal(values, other.measures[key], equal_nan=True), key
    assert once.to_dict() == two.to_dict() == cut.to_dict()


def test_bits_are_the_same_in_other_processes() -> None:
    case = sroi.read(tables(outcomes=2))
    with ProcessPoolExecutor(2) as executor:
        far = simulate(case, draws=20_000, method="random", executor=executor)
    assert far.to_dict() == simulate(case, draws=20_000, method="random").to_dict()


@pytest.mark.parametrize("case_id", ["no-wrong-door", "complex-lives", "my-care-my-way"])
def test_draws_have_the_bits_of_the_plain_evaluator(case_id: str) -> None:
    """Every measure kept of 20 draws, each what the plain evaluator makes of the same inputs."""
    case = sroi.read(case_id)
    found = simulate(case, draws=64, also=ALSO)
    ready = Ready(Job(case, design(case, 64), tuple(ALSO)), 64)
    refs = list(ready.distributions)
    each = uniforms(ready.job.design, refs, 0, 20)
    drawn = {ref: np.atleast_2d(ready.distributions[ref].quantile(each[place])) for place, ref in enumerate(refs)}
    plain = evaluate(ready.declared.model, with_followers(case, drawn))
    for (of, name), values in found.measures.items():
        right = measured(ready.declared, plain, of, name, 20)
        assert np.array_equal(values[:20], right, equal_nan=True), (of, name)


def test_an_option_draws_the_same_percentiles() -> None:
    """An option that changes one certain number leaves every other number's draws as they were: NPV then differs, draw
    by draw, by the same sum. By hand: the option's cost of £1,000 in the first year, undiscounted."""
    case = small(
        **FALLS,
        ranges=[{"ref": "outcomes.falls.effect", "low": 1, "high": 9}],
        costs=[
            {"id": "service", "name": "Service", "payer": "council", "basis": "one_off", "amount": 5000},
            {"id": "more", "name": "More", "payer": "council", "basis": "one_off", "amount": 1000, "counts": "no"},
        ],
        options=[{"name": "more", "ref": "costs.more.counts", "value": "yes"}],
    )
    plain, more = (simulate(sroi.read(case), option=option, draws=64) for option in (None, "more"))
    apart = plain.measures["public_value", "npv"] - more.measures["public_value", "npv"]
    assert apart == pytest.approx(np.full(64, 1000.0))


def test_a_measure_that_does_not_apply_is_counted() -> None:
    """By hand: one outcome of £100 a fall against a cost of £300 in the first year pays back where more than three
    falls are prevented; of a uniform number from 1 to 5, half do not."""
    case = small(
        settings={"years": 1, "discount": 0},
        ranges=[{"ref": "outcomes.falls.effect", "low": 1, "high": 5, "shape": "uniform"}],
        **FALLS,
        costs=[{"id": "service", "name": "Service", "payer": "council", "basis": "one_off", "amount": 300}],
    )
    view = simulate(sroi.read(case), draws=8192).views["public_value"]
    assert view.payback_years.absent == pytest.approx(4096, abs=8)
    assert view.chance_positive == pytest.approx(0.5, abs=0.001)
    assert view.paid_back_by[-1] == pytest.approx(0.5, abs=0.001)
    # £1 returns between 1/3 and 5/3, evenly: at least £1 in half the draws, at least £0.50 in 7 of 8
    assert view.acceptability[1.0] == pytest.approx(0.5, abs=0.001)
    assert view.acceptability[0.5] == pytest.approx(0.875, abs=0.001)
    assert view.ratio_of_means == pytest.approx(1.0, abs=0.001)
    assert view.bcr.p5 == pytest.approx((1 + 0.05 * 4) / 3, abs=0.002)
    assert view.bcr.p95 == pytest.approx((1 + 0.95 * 4) / 3, abs=0.002)


def test_a_fan_is_of_cumulative_net_value_by_year() -> None:
    """By hand: £300 paid in the first year and, of 1 to 5 falls a year, £100 each: after one year -£200 to £200, after
    two -£100 to £700; the middle draw £0 and £300."""
    case = small(
        settings={"years": 2, "discount": 0},
        groups=[{"id": "residents", "name": "Residents", "referrals": 1, "from": 2026, "to": 2027}],
        ranges=[{"ref": "outcomes.falls.effect", "low": 1, "high": 5, "shape": "uniform"}],
        **FALLS,
        costs=[{"id": "service", "name": "Service", "payer": "council", "basis": "one_off", "amount": 300}],
    )
    fan = simulate(sroi.read(case), draws=8192).fans["public_value"]
    assert fan.draws == 8192
    assert fan.percentiles[50] == pytest.approx((0, 300), abs=1)
    assert fan.percentiles[5] == pytest.approx((-180, -60), abs=1)
    assert fan.percentiles[95] == pytest.approx((180, 660), abs=1)


def test_a_chunk_may_end_after_the_draws_whose_rows_are_kept() -> None:
    """One draw more than rows are kept of joins the chunk before it: its row is left out, its measures are not."""
    found = simulate(sroi.read("ips-employment"), draws=FANS + 1, method="random")
    assert found.fans["public_value"].draws == FANS
    assert len(found.measures["public_value", "npv"]) == FANS + 1


def test_json_holds_what_the_format_asks() -> None:
    found = simulate(sroi.read("ips-employment"), draws=1000).to_dict()
    assert {"draws", "seed", "method", "views", "sectors"} <= set(found)
    assert set(found["views"]) == set(VIEWS)
    public = found["views"]["public_value"]
    wanted = {"mean", "sd", "p5", "p25", "p50", "p75", "p95", "mcse"}
    assert wanted <= set(public["npv"])
    assert wanted <= set(public["bcr"])
    assert {"chance_positive", "ratio_of_means"} <= set(public)
    assert [row["return"] for row in public["acceptability"]] == list(RETURNS)
    assert wanted <= set(next(iter(found["sectors"].values()))["pv_benefits"])


@pytest.mark.parametrize("name", ["views", "sectors", "fans", "payback", "acceptability", "inputs", "draws"])
def test_tables(name: Any) -> None:
    found = simulate(sroi.read("ips-employment"), draws=100)
    table = found.table(name)
    assert len(table) > 0
    if name == "draws":
        assert len(table) == found.draws == 128
    assert "<table" in found._repr_html_()


def test_an_unknown_table_names_those_there_are() -> None:
    found = simulate(sroi.read("ips-employment"), draws=16)
    with pytest.raises(ValueError, match=r'^There is no table called "none"\. There are: views, sectors, fans, '):
        found.table("none")  # type: ignore[arg-type]


def test_what_cannot_be_simulated_is_told() -> None:
    case = sroi.read("ips-employment")
    with pytest.raises(ValueError, match=r"^Draws must be 2 or more; found 1\.$"):
        simulate(case, draws=1)
    with pytest.raises(ValueError, match=r'^There is no further measure called "nhs"\. There are: discounted_payback'):
        simulate(case, also=["nhs"])
    with pytest.raises(ValueError, match=r'^There is no method of drawing called "halton"'):
        simulate(case, method="halton")
    with pytest.raises(CaseError) as told:
        simulate(sroi.read("meals"))
    assert str(told.value.problems[0]) == ("ranges: No number has a range: there is nothing to draw. State ranges.")


def test_too_few_draws_are_told_with_how_many_would_do() -> None:
    """64 draws: 3 in each tail; a chance near a half errs by √(0.25 / 64), 6 in a hundred."""
    said = simulate(sroi.read(tables(outcomes=FEW)), draws=64, method="random").warnings
    assert any(
        text.startswith("64 draws are too few to quote what £1 returns to the penny: its standard error is £0.")
        for text in said
    )
    assert (
        "64 draws leave 3 beyond the 5th and the 95th percentile: take these as rough. About 1,000 draws would do."
        in said
    )


def test_progress_is_told_to_the_last_draw() -> None:
    told: list[tuple[int, int]] = []
    simulate(
        sroi.read("ips-employment"), draws=5000, method="random", progress=lambda done, of: told.append((done, of))
    )
    assert told[-1] == (5000, 5000)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def leans(low: float, high: float, paid: float, central: float = 150) -> str:
    """What is said of a saving of £150 for £`paid`, uniform between two limits: draws so lie evenly between them."""
    ranges = [{"ref": "values.gain-council-fiscal.amount", "low": low, "high": high, "shape": "uniform"}]
    made = small({}, costs=[outlay(amount=paid)], outcomes=[gain()], values=[saving(amount=central)])
    found = simulate(sroi.read(made | {"ranges": ranges}), draws=1024)
    assert found.warnings[:1] == ((found.leaning,) if found.leaning else found.warnings[:1])
    return found.leaning


def test_a_central_case_outside_its_own_draws_is_told() -> None:
    """By hand: of a uniform from 50 to 152 the mean is 101, and 100 / 102 of the draws, 98 in 100, are under 150."""
    assert leans(50, 152, 100) == (
        "The central case, £1.50 for £1, is above 98 of 100 draws: most ranges lean one way. Quote the mean, £1.01 for "
        "£1."
    )
    # The same for £120: 150 is a gain of 30, the mean of 101 a loss of 19; 101 / 120 is 0.84, 150 / 120 is 1.25.
    assert leans(50, 152, 120) == (
        "The central case, £1.25 for £1, is above 98 of 100 draws: most ranges lean one way. It shows a net gain, the "
        "mean of the draws a net loss. Quote the mean, £0.84 for £1."
    )
    # From 148 to 250: 2 / 102 are under 150, so it is below 98; the mean of 199 is 1.99.
    assert leans(148, 250, 100) == (
        "The central case, £1.50 for £1, is below 98 of 100 draws: most ranges lean one way. Quote the mean, £1.99 for "
        "£1."
    )
    # From 100 to 160: mean 130, against £140 a loss of 10 where the centre gains 10; 5 / 6 of the draws are under it.
    assert leans(100, 160, 140) == (
        "The central case, £1.07 for £1, is not what the draws come to on average: ranges lean, or numbers multiply. "
        "It shows a net gain, the mean of the draws a net loss. Quote the mean, £0.93 for £1."
    )
    assert leans(100, 200, 100) == ""


def test_of_any_view_the_draws_may_be_too_few() -> None:
    """The council pays £100 for £500, from £10 to £5,000; everyone pays £100,000 in kind besides, for £110,000: what
    public budgets get for £1 errs by pounds, what everyone gets by less than half a penny."""
    ranges = [{"ref": "values.gain-council-fiscal.amount", "low": 10, "high": 5000}]
    costs = [outlay(), outlay(id="time", payer="people", treatment="in_kind", amount=100_000)]
    values = [saving(amount=500), saving(sector="people", kind="economic", amount=110_000)]
    made = small({}, costs=costs, outcomes=[gain()], values=values, ranges=ranges)
    said = simulate(sroi.read(made), draws=2000, method="random").warnings
    (told,) = [text for text in said if "to the penny" in text]
    assert told.startswith("2,000 draws are too few to quote what £1 returns to public budgets to the penny: ")


def test_what_only_some_draws_have_is_told() -> None:
    """From £0 to £200 against £175: one draw in eight pays back, 128 of 1,024; and an old service of
    £600 a year, of which from 0 to all is released at once, takes off more than the £300 of the new one in half."""
    ranges = [{"ref": "outcomes.gain.effect", "low": 0, "high": 200, "shape": "uniform"}]
    made = small(
        {"years": 1}, costs=[outlay(amount=175)], outcomes=[gain(effect=100)], values=[saving()], ranges=ranges
    )
    said = simulate(sroi.read(made), draws=1024).warnings
    assert [text for text in said if text.startswith("Only ")] == [
        "Only 128 of 1,024 draws pay back: take the mean and the percentiles of payback as rough.",
        "Only 128 of 1,024 draws pay back to public budgets: take the mean and the percentiles of payback as rough.",
    ]
    old = {"old_service": "yes", "release_years": 0, "release_share": 0.5}
    costs = [outlay(basis="per_year", amount=300), outlay(id="old", basis="per_year", amount=600, **old)]
    ranges = [{"ref": "costs.old.release_share", "low": 0, "high": 1, "shape": "uniform"}]
    made = small({"years": 1}, costs=costs, outcomes=[gain()], values=[saving()], ranges=ranges)
    said = simulate(sroi.read(made), draws=1024).warnings
    assert (
        "50% of the draws have no ratio, as they cost nothing or less: its mean and its percentiles are of the others. "
        "Quote net value." in said
    )
