"""Rates of return in the workbook: live where they can be trusted, the engine's own where not, never a wrong one."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sroi.model import Case
from sroi.projection import project
from sroi.projection.views import VIEWS
from sroi.reading import read
from sroi.reports import write_workbook
from sroi.reports.listed import RATES
from sroi.reports.rates import Stamp
from sroi.reports.workbook import Plan, plan
from tests.parity.changes import live_refs
from tests.parity.recalculate import Live, Value, libreoffice
from tests.projection.rich import rich_case
from tests.projection.small import case as small
from tests.projection.small import gain, outlay, saving

TIMINGS = ("start", "middle", "end")
ONCE = "Flows change sign once: no other rate fits."
ENGINE = "as computed by the engine; does not recalculate."
VIEW = "public_value"


def of_flows(flows: Sequence[float], costs: str = "start", benefits: str = "start", discount: float = 0) -> Case:
    """A case whose net flows, year by year, are these: what is below nil is paid, the rest is gained."""
    by_year = dict(enumerate(flows, start=2026))
    paid = {year: -flow for year, flow in by_year.items() if flow < 0} or {2026: 0}
    gained = {year: flow for year, flow in by_year.items() if flow > 0} or {2026: 0}
    timing = {"cost_timing": costs, "benefit_timing": benefits}
    return read(
        small(
            {"years": len(flows), "discount": discount, **timing},
            costs=[outlay(basis="per_year", amount=paid)],
            outcomes=[gain(duration=len(flows))],
            values=[saving(amount=gained)],
        )
    )


def at(planned: Plan, line: str) -> tuple[str, str]:
    """The sheet and cell of a line without years."""
    spot = planned.layout.spot(f"rates.{VIEW}.{line}")
    return spot.sheet, f"{chr(65 + spot.column)}{spot.row}"


def shown(planned: Plan, live: Live, *lines: str) -> list[Value | None]:
    """What cells show in IronCalc."""
    return [live.value(*at(planned, line)) for line in lines]


def written(case: Case, folder: Path) -> tuple[Plan, Live]:
    """The plan of a case's workbook, and the workbook recalculated."""
    live = Live(write_workbook(folder / "rates.xlsx", case))
    live.evaluate()
    return plan(case), live


FOUND = [
    # Published (spreadsheet vendors' own example of IRR); 0.74 ^ ⅓ − 1; 1.21 after a year; by hand, the dust is nil
    ((-150000, 15000, 25000, 35000, 45000, 60000), 0.0524328888594, ONCE),
    ((-100, 0, 0, 74), 0.74 ** (1 / 3) - 1, ONCE),
    ((0, 0, -100, 121), 0.21, ONCE),
    ((-100, 0, 121, -1e-8), 0.1, ONCE),
    # −100 (g − 1.23)(g² + g + 1), of whose roots one is real
    ((-100, 23, 23, 123), 0.23, ONCE),
    # roots 23 %, and g = 0.02 and 0.01, below the range: −100 (g − 1.23)(g − 0.02)(g − 0.01)
    (
        (-100, 126, -3.71, 0.0246),
        0.23,
        "The only one seen; flows change sign 3 times: after a change, run the engine again.",
    ),
]


@pytest.mark.parametrize(("flows", "rate", "words"), FOUND)
def test_one_rate_is_live(flows: Sequence[float], rate: float, words: str, tmp_path: Path) -> None:
    planned, live = written(of_flows(flows), tmp_path)
    assert planned.rates.stamps[VIEW] is None
    assert planned.result.views[VIEW].irr == pytest.approx(rate, abs=1e-12)
    assert planned.evaluation.number(f"rates.{VIEW}.irr") == pytest.approx(rate, abs=1e-12)
    found, said, crossings = shown(planned, live, "irr", "words_irr", "crossings")
    assert found == pytest.approx(rate, abs=1e-12)
    assert (said, crossings) == (words, 1)


NONE = [
    # −100 (g − 1.1)(g − 1.2): two roots, both seen
    ((-100, 230, -132), 2, None, "Not applicable: more than one rate fits."),
    # −100 (g² − 2.3 g + 1.4), whose discriminant is below nil
    ((-100, 230, -140), 0, None, "Not applicable: net value crosses nil at none of the listed rates."),
    ((-100, -5, 0), 0, None, "Not applicable: the sign of the net flows never changes."),
    # −100 (g − 1.11)(g − 1.12): both between two listed rates, so none is seen
    ((-100, 223, -124.32), 0, "", f"Not applicable: more than one rate fits; {ENGINE}"),
    # ... × (g − 1.4): the listed rates see the third alone, and IRR() would give it
    ((-100, 363, -436.52, 174.048), 1, "", f"Not applicable: more than one rate fits; {ENGINE}"),
]


@pytest.mark.parametrize(("flows", "crossings", "stamped", "words"), NONE)
def test_where_there_is_not_one_rate_the_cell_says_why(
    flows: Sequence[float], crossings: int, stamped: str | None, words: str, tmp_path: Path
) -> None:
    planned, live = written(of_flows(flows), tmp_path)
    assert planned.result.views[VIEW].irr is None
    assert (planned.rates.stamps[VIEW] is not None) == (stamped is not None)
    assert shown(planned, live, "irr", "words_irr", "crossings") == ["not applicable", words, crossings]


@pytest.mark.libreoffice
@pytest.mark.parametrize(("flows", "rate"), [(flows, rate) for flows, rate, _ in FOUND[:2]] + [(NONE[0][0], None)])
def test_libreoffice_finds_the_same(flows: Sequence[float], rate: float | None, tmp_path: Path) -> None:
    case = of_flows(flows)
    planned, book = plan(case), libreoffice(write_workbook(tmp_path / "rates.xlsx", case))
    sheet, cell = at(planned, "irr")
    assert book[sheet][cell] == ("not applicable" if rate is None else pytest.approx(rate, abs=1e-12))


def test_random_flows_give_the_engine_s_rates(tmp_path: Path) -> None:
    # Origin: the engine's own search, which its own tests hold against polynomial roots; and another spreadsheet's IRR.
    chance, kinds = random.Random(6), {"live": 0, "none": 0}  # noqa: S311 no secret is made of it
    for number in range(10):
        years = chance.choice((3, 5, 12, 40))
        paid = [-chance.uniform(0, 100) for _ in range(chance.randint(1, years - 1))]
        gained = [chance.uniform(0, 1) * chance.choice((1, 30, 300)) for _ in range(years - len(paid))]
        flows = paid + gained if number % 4 else [chance.uniform(-100, 100) for _ in range(years)]
        planned, live = written(of_flows(flows), tmp_path)
        rate, stamp = planned.result.views[VIEW].irr, planned.rates.stamps[VIEW]
        (found,) = shown(planned, live, "irr")
        assert found == ("not applicable" if rate is None else pytest.approx(rate, rel=1e-9)), flows
        kinds["live" if rate is not None and stamp is None else "none"] += 1
    assert kinds["live"] > 4
    assert kinds["none"] > 0


def test_a_live_rate_is_withdrawn_when_dates_move_half_a_year_apart(tmp_path: Path) -> None:
    case = of_flows((-100, 60, 70), discount=0.05)
    planned, live = written(case, tmp_path)
    assert shown(planned, live, "words_irr") == [ONCE]
    sheet, _, cell = planned.layout.cells["settings.benefit_timing"].rpartition("!")
    live.set(sheet.strip("'"), cell.replace("$", ""), "middle")
    live.evaluate()
    words = "Not applicable live: dates are half-years apart. Run the engine again."
    assert shown(planned, live, "irr", "words_irr") == ["not applicable", words]
    # by hand: 100 now; 60 and 70 come half a year into the second and third year, the last date being 2.5
    brought = (60 / 1.05**1.5 + 70 / 1.05**2.5) * 1.05**2.5
    assert shown(planned, live, "mirr") == [pytest.approx((brought / 100) ** (1 / 2.5) - 1, rel=1e-12)]
    live.set(sheet.strip("'"), cell.replace("$", ""), "end")
    live.evaluate()
    # by hand: −100, 0, 60, 70 a year apart
    rate, said = shown(planned, live, "irr", "words_irr")
    assert isinstance(rate, float)
    assert -100 + 60 / (1 + rate) ** 2 + 70 / (1 + rate) ** 3 == pytest.approx(0, abs=1e-9)
    assert said == ONCE


def test_the_engine_s_rate_says_that_it_does_not_recalculate(tmp_path: Path) -> None:
    # By hand: £100 at once, £121 half a year into the third year: 1.21 ^ (1 ÷ 2.5).
    case = of_flows((-100, 0, 121), benefits="middle")
    planned, live = written(case, tmp_path)
    rate = pytest.approx(1.21 ** (1 / 2.5) - 1, abs=1e-12)
    assert shown(planned, live, "irr", "words_irr") == [rate, f"Dates are half-years apart: {ENGINE}"]
    sheet, _, cell = planned.layout.cells["profiles.values.gain-council-fiscal.amount.2028"].rpartition("!")
    live.set(sheet.strip("'"), cell.replace("$", ""), 120.0)
    live.evaluate()
    gone = "CHECK: the flows have changed since. Run the engine again."
    assert shown(planned, live, "irr", "words_irr") == ["not applicable", gone]
    assert gone in live.book()["Summary"].values()


@pytest.mark.parametrize("wrong", [0.3, "=1/0"])
def test_a_spreadsheet_whose_irr_goes_astray_is_told(wrong: float | str, tmp_path: Path) -> None:
    # Some find a wrong rate below nil, or none at all (workbook, *Traps*): put in its place by hand.
    case = of_flows((-100, 0, 0, 74))
    planned, path = plan(case), write_workbook(tmp_path / "rates.xlsx", case)
    book = load_workbook(path)
    sheet, cell = at(planned, "found")
    book[sheet][cell] = wrong
    book.save(path)
    live = Live(path)
    for ref, _ in live_refs(case):
        if case.get(ref) is None:  # openpyxl saves an empty cell as an empty number, which IronCalc alone takes for 0
            name, _, place = planned.layout.cells[ref].rpartition("!")
            live.set(name.strip("'"), place.replace("$", ""), None)
    live.evaluate()
    astray = "CHECK: the IRR() of this program has gone astray. Run the engine again."
    assert shown(planned, live, "irr", "words_irr") == ["not applicable", astray]


def test_a_rate_that_does_not_fit_is_told() -> None:
    # By hand: −100, 0, 121 fits 10 %; 10.01 % leaves more than a hundred-thousandth of what comes back, 10 % and a
    # hundred-millionth less.
    case = of_flows((-100, 0, 121))
    for rate, fits in ((0.1, 1), (0.1001, 0), (0.1 + 1e-8, 1), (0.0999, 0)):
        stamps = dict.fromkeys(VIEWS, Stamp(rate, "", "Stamped for a test"))
        assert plan(case, stamps=stamps).evaluation.number(f"rates.{VIEW}.fits") == fits, rate


@pytest.mark.parametrize("costs", TIMINGS)
@pytest.mark.parametrize("benefits", TIMINGS)
def test_rates_are_the_engine_s_in_every_timing(costs: str, benefits: str) -> None:
    # Origin: `sroi.projection.irr`, which solves by itself on flows put on their dates one by one.
    made = rich_case()
    made["settings"] |= {"cost_timing": costs, "benefit_timing": benefits}
    result = project(read(made))
    planned = plan(result.case, result)
    half_years = (costs == "middle") != (benefits == "middle")
    for view in VIEWS:
        found = result.views[view]
        number = planned.evaluation.number(f"rates.{view}.irr")
        assert (None if math.isnan(number) else pytest.approx(number, rel=1e-11)) == found.irr
        assert planned.evaluation.number(f"rates.{view}.mirr") == pytest.approx(found.mirr, rel=1e-11)
        assert (planned.rates.stamps[view] is not None) == half_years


def test_modified_rate_by_hand(tmp_path: Path) -> None:
    # 5 %: 100 + 52.5 ÷ 1.05 = 150 is paid, told at the start; 110.25 × 1.05 + 99.225 comes back, told at the end.
    planned, live = written(of_flows((-100, -52.5, 110.25, 99.225), discount=0.05), tmp_path)
    assert shown(planned, live, "mirr") == [pytest.approx(((110.25 * 1.05 + 99.225) / 150) ** (1 / 3) - 1, rel=1e-12)]


@pytest.mark.parametrize(
    ("flows", "words"),
    [
        ((-100, -5), "nothing comes back: no net flow is above zero"),
        ((100, 5), "nothing is paid: no net flow is below zero"),
        ((100,), "there is only one date"),
    ],
)
def test_why_there_is_no_modified_rate(flows: Sequence[float], words: str, tmp_path: Path) -> None:
    planned, live = written(of_flows(flows), tmp_path)
    assert planned.result.views[VIEW].reasons["mirr"] == words
    assert shown(planned, live, "mirr", "words_mirr") == ["not applicable", words]
    summary = live.book()["Summary"]
    assert [text for text in summary.values() if f"No modified rate: {words}." in str(text)]


def test_the_summary_says_why_there_is_no_value_of_public_funds(tmp_path: Path) -> None:
    # By hand: all the cost is saved again by the same council, so nothing is left to set a gain against.
    case = of_flows((-100, 120))
    assert project(case).views[VIEW].reasons["mvpf"] == "there is no net cost to public budgets"
    _, live = written(case, tmp_path)
    said = [str(text) for text in live.book()["Summary"].values() if "MVPF:" in str(text)]
    assert said == [f"{ONCE} No MVPF: no net cost to public budgets."]


def test_the_listed_rates_span_the_range_in_order() -> None:
    # Origin: method § 6, −95 % to 2,000 %.
    assert (RATES[0], RATES[-1]) == (-0.95, 20.0)
    assert list(RATES) == sorted(set(RATES))
