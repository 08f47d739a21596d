"""What the workbook says of a simulation: the sheet Simulation, the Summary, About, and when it stands aside.

Origin of every number shown: the simulation's own results, read off its objects, or a sum by hand.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import load_workbook

import sroi
from sroi.projection.views import VIEWS
from sroi.reports import spread, sure, write_workbook
from sroi.simulation import Simulation
from sroi.simulation.statistics import PERCENTILES, Statistics
from tests.model.example import example_case
from tests.projection.small import case, gain, outlay, saving
from tests.reports.books import SIMULATED, Written, write

Rows = dict[str, list[Any]]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return write(SIMULATED, tmp_path_factory.mktemp("drawn"))


def simulation(written: Written) -> Simulation:
    assert written.simulation is not None
    return written.simulation


def rows(written: Written, sheet: str = "Simulation") -> list[list[Any]]:
    """The rows of a sheet, as stored."""
    return [[cell.value for cell in row] for row in written.stored[sheet].iter_rows()]


def below(written: Written, heading: str) -> Rows:
    """The rows under a heading up to a blank one, by what stands first in each; a later one of that name wins not."""
    held = rows(written)
    start = next(n for n, row in enumerate(held) if row[0] == heading)
    found: Rows = {}
    for row in held[start + 1 :]:
        if row[0] is None:
            break
        found.setdefault(str(row[0]), row[1:])
    return found


def as_shown(value: float | None) -> Any:
    return "not applicable" if value is None else pytest.approx(value, abs=0.5)


@pytest.mark.parametrize(
    ("values", "edges"),
    [
        # By hand: from -1 to 3 in at most 24 steps is 0.2 (0.1 would be 40).
        ([-1.0, 1.0, 1.0, 3.0], (-1.0, 3.0)),
        # One draw in a thousand is a loss: the outer percentile is over nil, and the bars reach nil all the same.
        ([-5.0] + [1000.0] * 500 + [1001.0] * 500, (0.0, 1001.0)),
        # All alike: one bar, a tenth of it wide.
        ([50.0] * 10, (50.0, 50.0)),
    ],
)  # fmt: skip
def test_nil_is_an_edge_of_the_bars_and_no_draw_is_lost(values: list[float], edges: tuple[float, float]) -> None:
    held = np.array(values)
    bars = spread.bins(held)
    assert sum(bar.share for bar in bars) == pytest.approx(1)
    assert bars[-1].up_to == 1
    assert not [bar for bar in bars if bar.low < 0 < bar.high], "no bar lies on both sides of nil"
    assert sum(bar.share for bar in bars if bar.loss) == pytest.approx((held < 0).mean())
    closed = [bar for bar in bars if not math.isinf(bar.low) and not math.isinf(bar.high)]
    assert closed[0].low <= edges[0]
    assert closed[-1].high >= edges[1]
    for bar in bars:  # counted one by one
        assert bar.share == pytest.approx(sum(bar.low <= value < bar.high for value in values) / len(values))


def test_a_handful_of_extreme_draws_stands_in_an_open_bar() -> None:
    # By hand: 1,000 draws from 1 to 10 and one of a million: one in 1,001 is beyond the 99.5th percentile.
    held = np.concatenate([np.linspace(1, 10, 1000), [1e6]])
    bars = spread.bins(held)
    assert len(bars) < 30
    assert bars[-1].high == math.inf
    assert bars[-1].share < 0.006, "the half per cent beyond the outer percentile, the million among them"
    assert bars[-1].low < 11


def test_the_curve_reaches_as_far_as_the_draws(drawn: Written) -> None:
    held = simulation(drawn)
    views = {name: replace(view, acceptability={0.0: 1.0, 6.0: 0.0}) for name, view in held.views.items()}
    assert spread.curves(replace(held, views=views)) == {0.0: (1.0, 1.0, 1.0), 6.0: (0.0, 0.0, 0.0)}, "as it has it"
    # Every draw returns £50: at the £6 that a simulation asks at most, all do, and a flat line would say nothing.
    count = held.draws
    flat = {("public_value", "bcr"): np.full(count, 50.0)}
    flat |= {(view, "pv_benefits"): np.full(count, 50.0) for view in VIEWS}
    flat |= {(view, "pv_costs"): np.ones(count) for view in VIEWS}
    views = {name: replace(view, acceptability={0.0: 1.0, 6.0: 1.0}) for name, view in held.views.items()}
    curve = spread.curves(replace(held, measures={**held.measures, **flat}, views=views))
    assert max(curve) >= 50
    assert {asked: chances[0] for asked, chances in curve.items()} == {asked: float(asked <= 50) for asked in curve}


def test_three_figures_of_what_one_pound_returns_are_told_apart(drawn: Written) -> None:
    held = simulation(drawn)
    page = rows(drawn)
    heading = next(row for row in page if str(row[0]).startswith("What £1 returns"))
    assert [" ".join(str(title).split()) for title in heading[2:10]] == [
        "Central case", "Mean benefits over mean costs: headline", "Its standard error",
        "Mean of ratios: not the headline", "5th percentile", "50th (median)", "95th percentile",
        "Chance of net benefit",
    ]  # fmt: skip
    found = below(drawn, str(heading[0]))
    for view, title in VIEWS.items():
        of, central = held.views[view], drawn.result.views[view]
        assert found[title][1] == (pytest.approx(central.bcr) if central.bcr is not None else "not applicable")
        assert found[title][2] == as_shown(of.ratio_of_means)
        assert found[title][4] == as_shown(of.bcr.mean)
        assert found[title][8] == sure.chance(of.chance_positive)
    means = held.measures["public_value", "pv_benefits"].mean() / held.measures["public_value", "pv_costs"].mean()
    assert found[VIEWS["public_value"]][2] == pytest.approx(means, rel=1e-12)


def statistics_shown(row: list[Any], central: float | None, of: Statistics) -> None:
    """A row: unit, central case, mean, sd, percentiles, standard error, draws without the measure."""
    wanted = [central, of.mean, of.sd, *(getattr(of, f"p{p}") for p in PERCENTILES), of.mcse]
    assert row[1:10] == [as_shown(value) for value in wanted]
    assert row[10] == of.absent


def test_every_measure_of_every_view_and_sector_is_shown(drawn: Written) -> None:
    held, page = simulation(drawn), rows(drawn)
    for view, title in VIEWS.items():
        start = next(n for n, row in enumerate(page) if row[0] == title and row[1] is None)
        named = {str(row[0]): row[1:] for row in page[start + 1 : start + 7]}
        assert named["Net present value"][0] == "£"
        statistics_shown(named["Net present value"], drawn.result.views[view].npv, held.views[view].npv)
        statistics_shown(
            named["Payback, undiscounted"], drawn.result.views[view].payback_years, held.views[view].payback_years
        )
    for sector in held.case.sectors:
        of = held.sectors[sector.id]
        said = f"{sector.name}: gains more than it pays in {sure.chance(of.chance_positive)} of draws"
        start = next(n for n, row in enumerate(page) if row[0] == said)
        assert [row[0] for row in page[start + 1 : start + 5]] == [
            "Pays or gives", "Saves or gains", "of which cash", "Net",
        ]  # fmt: skip
        statistics_shown(page[start + 4][1:], drawn.result.sectors[sector.id].net, of.net)


def test_payback_by_year_and_every_uncertain_number(drawn: Written) -> None:
    held = simulation(drawn)
    found = below(drawn, "Chance of having paid back, undiscounted")
    assert len(found) == held.case.settings.years + 1
    for years, row in enumerate(found.values()):
        shares = [held.views[view].paid_back_by[years] for view in VIEWS]
        assert row[1:4] == pytest.approx(shares, abs=0.0005)
    numbers = below(drawn, "Uncertain numbers, as drawn")
    assert {row[8] for row in numbers.values() if row[8]} == set(held.inputs)
    for row in numbers.values():
        if row[8]:
            of = held.inputs[row[8]]
            assert (row[1], row[2], row[3]) == (of.shape, pytest.approx(of.central), pytest.approx(of.mean))


def test_every_draw_is_in_the_histogram_and_every_year_in_the_fan(drawn: Written) -> None:
    held = simulation(drawn)
    bars = below(drawn, "Histogram: net public value, present value")
    assert sum(row[3] + row[4] for row in bars.values()) == pytest.approx(1)
    npv = held.measures["public_value", "npv"]
    assert sum(row[3] for row in bars.values()) == pytest.approx((npv < 0).mean())
    fan = below(drawn, "Fan: cumulative net public value, undiscounted")
    assert tuple(fan) == held.years
    last = fan[held.years[-1]]
    assert last[1:6] == [as_shown(held.fans["public_value"].percentiles[p][-1]) for p in PERCENTILES]
    curve = below(drawn, "Acceptability: the chance that £1 returns at least")
    assert curve["At least £1.00"][1] == pytest.approx(held.views["public_value"].acceptability[1.0])


def test_no_number_reads_as_minus_nil(drawn: Written) -> None:
    for name in ("Simulation", "Sensitivity"):
        for cell in (cell for row in drawn.book[name].iter_rows() for cell in row):
            if isinstance(cell.value, int | float) and cell.value <= 0:
                decimals = len(re.findall(r"0", cell.number_format.split(";")[0].partition(".")[2]))
                scale = 100 if "%" in cell.number_format else 1
                shown = f"{cell.value * scale:.{decimals}f}"
                assert not re.fullmatch(r"-0(\.0*)?", shown), (cell.coordinate, cell.value)


def test_charts_say_their_finding_and_have_words_for_those_who_do_not_see_them(drawn: Written) -> None:
    titles = []
    for number in (3, 4, 5):  # the first two are those of the Summary
        text = drawn.parts[f"xl/charts/chart{number}.xml"]
        title = r"<c:title><c:tx><c:strRef><c:f>'Simulation'!\$B\$(\d+)</c:f>.*?<c:v>(.*?)</c:v>"
        ((place, shown),) = re.findall(title, text)
        assert drawn.stored["Simulation"][f"B{place}"].value == shown
        titles.append(shown)
    chance = sure.chance(simulation(drawn).views["public_value"].chance_positive)
    assert titles[0] == f"Chance of net benefit to everyone: {chance}"
    assert "nine draws in ten" in titles[1]
    assert titles[2].startswith("£1 returns £1 or more to everyone in ")
    drawings = [text for part, text in drawn.parts.items() if part.startswith("xl/drawings/drawing")]
    described = [said for text in drawings for said in re.findall(r'<xdr:cNvPr [^>]*descr="([^"]+)"', text)]
    assert len(described) == 6
    assert all(len(said) > 40 for said in described)


def test_the_summary_and_about_say_how_sure_and_with_how_many_draws(drawn: Written) -> None:
    held = simulation(drawn)
    page = {str(row[0]): row[1:] for row in rows(drawn, "Summary")}
    view = held.views["public_value"]
    start = next(n for n, row in enumerate(rows(drawn, "Summary")) if str(row[0]).startswith("How sure"))
    shown = rows(drawn, "Summary")[start : start + 6]
    assert shown[0][0] == f"How sure: {held.draws:,} draws"
    assert shown[1][:4] == [
        VIEWS["public_value"], sure.ratio_said("GBP", view), sure.chance(view.chance_positive),
        sure.range_said("GBP", view),
    ]  # fmt: skip
    assert (shown[4][0], shown[4][4]) == ("What was drawn", sure.made_of(held))
    assert shown[5][0] == "Does this still hold?"
    assert shown[5][4] == sure.HOLDS
    assert drawn.formulas[f"Summary!E{start + 6}"] == "=Simulation!$B$7"
    assert page["Range"][0] == "Stamped"
    about = [str(cell) for row in rows(drawn, "About") for cell in row if cell]
    assert f"{held.draws:,} draws (sobol, 256 asked for), seed 7" in about or "256 draws (sobol), seed 7" in about
    assert "Simulation" in about


def test_a_case_without_a_cost_is_told_no_chance(tmp_path: Path) -> None:
    """A gain of £1, from £0.50 to £2, that costs nothing: every benefit is before any cost."""
    ranges = [{"ref": "outcomes.gain.effect", "low": 0.5, "high": 2}]
    held = sroi.read(case({}, outcomes=[gain()], values=[saving(sector="people", kind="economic")], ranges=ranges))
    found = sroi.simulate(held, draws=64)
    assert [sure.verdict(found, view) for view in VIEWS] == ["before any cost"] * 3
    assert sure.spread(found, "budget") == "no number behind this has a range"
    assert sure.headline(found).startswith("The case has no cost. Benefits to everyone, before any cost: nine draws")
    # How many others the case states is for `movables` to say.
    assert re.fullmatch(r"1 uncertain number is drawn; \d+ others that the case states are taken as certain\.",
                        sure.made_of(found))  # fmt: skip
    book = load_workbook(write_workbook(tmp_path / "free.xlsx", held, None, found))
    said = [str(c.value) for sheet in book.worksheets for row in sheet.iter_rows() for c in row if c.value]
    assert not [text for text in said if "in 100% of draws" in text and "£1 returns" in text]
    assert "No curve: the case has no cost" in said


def test_nothing_in_a_workbook_with_a_simulation_says_that_there_is_no_range(drawn: Written) -> None:
    said = [str(cell.value) for _, cell in drawn.cells() if isinstance(cell.value, str)]
    for text in said:
        assert "no range" not in text.lower() or "of the others" in text
        assert "central case only" not in text.lower()


def test_without_a_simulation_nothing_is_said_of_draws(tmp_path: Path) -> None:
    book = load_workbook(write_workbook(tmp_path / "plain.xlsx", example_case()))
    said = [str(c.value) for sheet in book.worksheets for row in sheet.iter_rows() for c in row if c.value]
    assert sure.NO_RANGE in said
    assert not {"Simulation", "Sensitivity"} & set(book.sheetnames)
    assert not [text for text in said if text.startswith("How sure")]


@pytest.mark.parametrize("share", [0.0, 0.002, 0.5, 0.998, 1.0])
def test_a_chance_is_certain_only_where_every_draw_agrees(share: float) -> None:
    assert (sure.chance(share) in ("0%", "100%")) == (share in (0.0, 1.0))


def test_a_simulation_of_something_else_is_refused(drawn: Written, tmp_path: Path) -> None:
    case, held = drawn.case, simulation(drawn)
    other = "The simulation is of another case, or of this one before it was changed. Compute it again."
    with pytest.raises(ValueError, match=re.escape(other)):
        write_workbook(tmp_path / "no.xlsx", sroi.read("ips-employment"), simulation=held)
    if case.option_names:
        option = next(iter(case.option_names))
        with pytest.raises(ValueError, match="The simulation is of another option or scenario than the result"):
            write_workbook(tmp_path / "no.xlsx", case, sroi.project(case, option), held)
    assert not list(tmp_path.iterdir())


def test_it_may_be_run_again_with_or_without_draws_and_reads_back(drawn: Written, tmp_path: Path) -> None:
    path = tmp_path / "case.xlsx"
    for held in (simulation(drawn), None, simulation(drawn)):
        assert write_workbook(path, drawn.case, simulation=held) == path
        again = sroi.read(path)
        assert again.inputs_sha256 == drawn.case.inputs_sha256
        assert again.notes == drawn.case.notes
    assert sroi.simulate(again, draws=256, seed=7).to_dict() == simulation(drawn).to_dict()


def test_another_seed_is_another_file(drawn: Written, tmp_path: Path) -> None:
    other = sroi.simulate(drawn.case, draws=256, seed=8)
    assert write_workbook(tmp_path / "x.xlsx", drawn.case, simulation=other).read_bytes() != drawn.path.read_bytes()


def test_the_pages_say_that_the_central_case_lies_outside_its_draws(tmp_path: Path) -> None:
    # By hand in tests/simulation/test_simulate.py: of draws from 50 to 152 those under 150 are 98 in 100.
    ranges = [{"ref": "values.gain-council-fiscal.amount", "low": 50, "high": 152, "shape": "uniform"}]
    made = case({}, costs=[outlay()], outcomes=[gain()], values=[saving(amount=150)]) | {"ranges": ranges}
    held = sroi.read(made)
    found = sroi.simulate(held, draws=1024)
    book = load_workbook(write_workbook(tmp_path / "leaning.xlsx", held, simulation=found), data_only=True)
    assert found.leaning.startswith("The central case, £1.50 for £1, is above 98 of 100 draws")
    assert book["Simulation"]["A5"].value == found.leaning
    said = {row[0].value: row[4].value for row in book["Summary"].iter_rows()}
    assert said["Central case and mean"] == found.leaning
