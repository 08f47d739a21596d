"""For every check of the list: a case in which it does not fire, and one in which it does, with its words by hand.

The base case by hand: the council pays £100 and saves £110, in one year, undiscounted: net £10.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sroi.projection.declaring import POUNDS
from sroi.sheet import ONE, one
from tests.projection.laws_faults import Plant, replaced
from tests.projection.small import GROUPS, SECTORS, Row, case, gain, outlay, saving

END = {"benefit_timing": "end"}
COUNCIL, HEALTH, PEOPLE = SECTORS


def base(settings: Row | None = None, **tables: list[Row]) -> Row:
    """£100 paid by the council and £110 saved by it; nothing to warn of."""
    plain: dict[str, list[Row]] = {
        "sectors": [COUNCIL],
        "costs": [outlay()],
        "outcomes": [gain()],
        "values": [saving(amount=110)],
    }
    held: dict[str, Any] = plain | tables
    return case(END | (settings or {}), **held)


def with_people(*values: Row) -> Row:
    """The base case with a sector of people, and these values."""
    return base(sectors=[COUNCIL, PEOPLE], values=list(values))


PAID: Row = {"ref": "costs.outlay.amount", "year": 2026, "value": 100, "source": "by hand"}
"""What the outlay came to."""


def claim(value: float, status: str) -> Row:
    """What was claimed of the gain's effect in 2025."""
    return {"ref": "outcomes.gain.effect", "date": "2025", "status": status, "value": value, "source": "by hand"}


def a_pound_more(line: str) -> Plant:
    return replaced(line, lambda _, right: right + one(POUNDS))


def counted(line: str) -> Plant:
    """*Counts* set to yes in a row that the reader would refuse to count."""
    return replaced(line, lambda _, __: ONE)


@dataclass(frozen=True)
class Fired:
    """A case in which a check fires, how, and its words."""

    words: str
    case: Row
    plant: Plant | None = None
    cells: Mapping[str, float] = field(default_factory=dict)


def wrong(found: str, expected: str, counted: str = "present value", end: str = "Do not use these numbers.") -> str:
    return f"Found {found}, expected {expected} ({counted}). {end}"


def refused(counted: str) -> str:
    """One fault, where none is expected."""
    return wrong("1.00", "0.00", counted, "The engine refuses this: put the cell right before using any number.")


# ---------------------------------------------------------------- Cases in which something is tested

TWO = base(outcomes=[gain(), gain(id="other")], values=[saving(amount=50), saving(outcome="other", amount=50)])
"""£50 of £100 each: half, and no more."""
WAGE = saving(sector="people", kind="economic", amount=1000, earnings="gross")
TAX = saving(kind="transfer", amount=200, earnings="gross", balance="people")
CARE = {"outcome": "gain", "sector": "council", "unit_value": "child-in-care-year", "times": 1}
LOST = {"outcome": "gain", "sector": "council", "unit_value": "neet-16-17-tax", "times": 1}
TRANSFER = with_people(saving(kind="transfer", amount=110, balance="people"))
EARNED = with_people(WAGE, TAX, saving(id="net", sector="people", kind="economic", earnings="net", counts=False))
GRADES = [{"grade": 1, "cost_optimism": 0, "benefit_optimism": 0}]
GRADED = base(costs=[outlay(grade=1)], outcomes=[gain(optimism=0)], grades=GRADES)
PAIR = [gain(overlap="care"), gain(id="other", overlap="care", counts=False)]
OVERLAP = base(outcomes=PAIR, values=[saving(amount=110), saving(outcome="other")])
DEALS = base(sectors=[COUNCIL, HEALTH], values=[saving(sector="health", amount=150)])
"""The council loses £100 and health gains £150: by budget the £100 can be made good; in cash nothing can."""


def options(*refs: str) -> list[Row]:
    return [{"name": "bold", "ref": ref, "value": "yes"} for ref in refs]


QUIET: dict[str, Row] = {
    **dict.fromkeys(("benefits-add", "costs-add", "net-adds", "budget-adds", "cashable-adds", "end-of-road"), base()),
    **dict.fromkeys(("years-add", "parts-add"), base()),
    **dict.fromkeys(("people-once", "rates-held", "years-within", "shares-are-shares", "one-day"), base()),
    **dict.fromkeys(("map-values-add", "map-inputs-add", "map-multiplies"), base()),
    "side-payments-settle": DEALS,
    "transfers-cancel": TRANSFER,
    "inflation-held": base({"later_inflation": 0.02}),
    "grades-held": GRADED,
    "prices-of-base": base({"currency": "EUR"}),
    "overlap-once": OVERLAP,
    "earnings-one-way": EARNED,
    "dominance": TWO,
    "observed-change": base(outcomes=[gain(status="observed"), gain(id="other")], values=[saving(outcome="other")]),
    "comparison-group": base(
        outcomes=[gain(status="attributed"), gain(id="other", status="attributed", deadweight=0.1, counts=False)]
    ),
    "followed-up": base(outcomes=[gain(duration=2, followed_up=2),
                                  gain(id="o", duration=3, followed_up=1, counts=False)]),
    # followed for two of two years; over in a year; not seen but forecast; seen, and not counted
    "follow-up-stated": base(outcomes=[
        gain(status="attributed", duration=2, followed_up=2), gain(id="o", status="observed"), gain(id="p", duration=3),
        gain(id="q", status="observed", duration=3, counts=False),
    ]),
    "sources": base(
        costs=[outlay(), outlay(id="not", source=None, counts=False)],
        outcomes=[gain(), gain(id="none", source=None, counts=False)],
        values=[saving(amount=110), saving(id="silent", source=None, counts=False),
                saving(outcome="none", source=None), LOST | {"id": "brought"}],
    ),
    "cells-filled": base(),
    "grades-given": GRADED,
    "valued": base(),
    "forecasts-kept": base(outcomes=[gain(status="observed")], history=[claim(1.5, "forecast")]),
    "log-values": base(outcomes=[gain(status="observed")], history=[claim(1, "observed")]),
    "log-statuses": base(outcomes=[gain(status="observed")], history=[claim(1, "observed")]),
    "actuals-in": base(),
    "actuals-sourced": base(actuals=[PAID]),
    "actuals-within": base(actuals=[PAID]),
    "actuals-priced": base({"later_inflation": 0.02}, costs=[outlay(price_year="nominal")], actuals=[PAID]),
    "gross-tax": with_people(WAGE, TAX, saving(id="care", amount=50)),
    "earnings-told": with_people(saving(sector="people", kind="economic", earnings="net"), LOST),
    # shares of a mixture beside a whole; the same for another budget; a row that does not count; another unit; and two
    # parts of one event, which a budget bears both
    "alternatives": base(
        sectors=[COUNCIL, HEALTH],
        values=[CARE | {"id": "mixed", "times": 0.3},
                CARE | {"id": "low", "unit_value": "child-in-care-low-year", "times": 0.7},
                CARE | {"id": "theirs", "sector": "health"}, CARE | {"id": "whole"},
                CARE | {"id": "not", "counts": False},
                CARE | {"id": "weeks", "unit_value": "foster-week", "times": 52},
                CARE | {"id": "police", "unit_value": "domestic-violence-police"},
                CARE | {"id": "courts", "unit_value": "domestic-violence-justice"}],
    ),
    "horizon": base({"years": 50}),
    "later-inflation": base(),
    "profiles-within": base(groups=[GROUPS[0] | {"referrals": {2026: 4}}]),
    "weights-add": base(ranges=[{"ref": "costs.outlay.amount", "shape": "discrete", "values": "90;100;120",
                                 "weights": "0.2;0.5;0.3"},
                                {"ref": "outcomes.gain.effect", "shape": "discrete", "values": "0;1",
                                 "weights": "1;3"}]),
    "groups-used": base(),
    "sectors-used": base(sectors=[COUNCIL | {"part_of": "state"}, {"id": "state", "ledger": "public"}]),
    "grades-used": GRADED,
    "overlaps-shared": OVERLAP,
    "rows-count": base(outcomes=[*PAIR, gain(id="bolder", counts=False)], options=options("outcomes.bolder.counts")),
    "ranges-read": base(costs=[outlay(basis="per_person_year", group="residents")],
                        ranges=[{"ref": "groups.residents.stay_years", "low": 1, "high": 2}]),
    "incomes-used": base({"reference_income": 20000}, groups=[GROUPS[0] | {"income": 20000}],
                         sectors=[COUNCIL, PEOPLE], values=[saving(), saving(sector="people", kind="economic")]),
    "option-chosen": base(),
}  # fmt: skip
"""By check, a case in which it tests something and does not fire."""

APART = "years in which they do not"
ONE_DAY = (
    "Costs and benefits both fall at the start of the year, and there are benefits in the first: the first pound is "
    "paid and repaid on one day. Set benefit_timing to end if effects follow costs."
)
FIRED: dict[str, Fired] = {
    "benefits-add": Fired(wrong("110.00", "111.00"), base(), a_pound_more("public_value.pv_benefits")),
    "costs-add": Fired(wrong("100.00", "101.00"), base(), a_pound_more("public_value.pv_costs")),
    "net-adds": Fired(wrong("10.00", "11.00"), base(), a_pound_more("public_value.npv")),
    "budget-adds": Fired(wrong("10.00", "11.00"), base(), a_pound_more("budget.npv")),
    # none of the saving is cash: −100, and a pound more
    "cashable-adds": Fired(wrong("-100.00", "-99.00"), base(), a_pound_more("cashable.npv")),
    # a pound more in each of five years, in one of two ways
    "years-add": Fired(wrong("5.00", "0.00", APART), base(), a_pound_more("council.saves")),
    "parts-add": Fired(wrong("5.00", "0.00", APART), base(), a_pound_more("budget.one_off")),
    "end-of-road": Fired(wrong("11.00", "10.00", "undiscounted value"), base(), a_pound_more("public_value.final")),
    "people-once": Fired(
        wrong("1.00", "0.00", "people beyond those referred"), base(), cells={"groups.residents.engagement": 2}
    ),
    "side-payments-settle": Fired(wrong("100.00", "101.00"), DEALS, a_pound_more("council.budget_receives")),
    "map-values-add": Fired(wrong("111.00", "110.00"), base(), a_pound_more("value_map.present")),
    "map-inputs-add": Fired(wrong("101.00", "100.00"), base(), a_pound_more("value_map.paid")),
    "map-multiplies": Fired(
        wrong("1.00", "0.00", "undiscounted value"), base(), a_pound_more("gain-council-fiscal.map_impact")
    ),
    # a pound more in each of five years
    "transfers-cancel": Fired(
        wrong("5.00", "0.00"), TRANSFER, a_pound_more("gain-council-transfer-balance.present_value")
    ),
    "rates-held": Fired(refused("years with none, or several"), base(), cells={"settings.discount": 2}),
    "inflation-held": Fired(
        refused("1 where it is not"), base({"later_inflation": 0.02}), cells={"settings.later_inflation": -0.5}
    ),
    "years-within": Fired(refused("spans that do not"), base(), cells={"groups.residents.to": 2099}),
    "grades-held": Fired(refused("rows whose grade is not"), GRADED, cells={"costs.outlay.grade": 9}),
    "prices-of-base": Fired(
        refused("sums of another year"), base({"currency": "EUR"}), counted("checks.prices.costs.outlay")
    ),
    "shares-are-shares": Fired(refused("cells that are not"), base(), counted("checks.shares.groups.engagement")),
    "overlap-once": Fired(refused("rows beyond one"), OVERLAP, counted("outcomes.other.counts")),
    "earnings-one-way": Fired(refused("outcomes that count both"), EARNED, counted("net.counts")),
    "dominance": Fired(
        'One outcome, "Gain", is 75% of the benefits: the answer rests on it. '
        "Look at its evidence first, and try the answer without it.",
        base(outcomes=[gain(), gain(id="other")], values=[saving(amount=75), saving(outcome="other", amount=25)]),
    ),
    "one-day": Fired(ONE_DAY, base({"benefit_timing": "start"})),
    # £40 of £100
    "observed-change": Fired(
        "40% of the benefits rest on change that was observed, not on a comparison group: change, not effect. "
        "Say so wherever the result is quoted.",
        base(outcomes=[gain(status="observed"), gain(id="other")],
             values=[saving(amount=40), saving(outcome="other", amount=60)]),
    ),
    "comparison-group": Fired(
        "Gain, Other: the effect comes from a comparison group, which already contains deadweight and regression to "
        "the mean; stated beside it, they are taken off twice. Set both to 0 in these rows, or change their status.",
        base(outcomes=[gain(status="attributed", deadweight=-0.1),
                       gain(id="other", status="attributed", regression_to_mean=0.1)]),
    ),
    "followed-up": Fired(
        "Effects are taken to last longer than they were followed up: Gain (3 years, followed for 1 year). "
        "Shorten duration, or say what the later years rest on and give it a range.",
        base(outcomes=[gain(duration=3, followed_up=1)]),
    ),
    "follow-up-stated": Fired(
        "Effects that were seen are taken to last, and nothing says how long they were followed up: Gain (2 years, "
        "observed), Other (3 years, attributed). State Followed up, or shorten duration.",
        base(outcomes=[gain(status="observed", duration=2), gain(id="other", status="attributed", duration=3)]),
    ),
    "sources": Fired(
        "No source is given for Outlay, Gain, the value of Gain to Council. Say where each number comes from.",
        base(costs=[outlay(source=None)], outcomes=[gain(source=None)], values=[saving(source=None)]),
    ),
    "cells-filled": Fired(refused("cells that hold none"), base(),
                          replaced("checks.filled.costs.outlay.amount", lambda _, __: ONE)),
    "grades-given": Fired(
        "No grade and no optimism is given to Gain, beside rows that have one. "
        "Give it the grade of its evidence: without one nothing is taken off.",
        base(costs=[outlay(grade=1)], grades=GRADES),
    ),
    "valued": Fired(
        "No value is put on any outcome: Gain. Enter Values, or quote the cost per outcome alone.", base(values=[]),
    ),
    "forecasts-kept": Fired(
        "A forecast became a result without changing: outcomes.gain.effect (1, forecast in 2025, observed in the "
        "case). Say how it was measured, or set its status back to forecast.",
        base(outcomes=[gain(status="observed")], history=[claim(1, "forecast")]),
    ),
    "log-values": Fired(
        "The log and the case disagree: the last row of History is not what the case holds for outcomes.gain.effect "
        "(0.8 in 2025, 1 in the case). Add a row to History, or put the number right.",
        base(outcomes=[gain(status="observed")], history=[claim(0.8, "observed")]),
    ),
    "log-statuses": Fired(
        "The log and the case disagree: the last row of History has another status than the case for "
        "outcomes.gain.effect (observed in 2025, attributed in the case). Add a row to History, or put the "
        "status right.",
        base(outcomes=[gain(status="attributed")], history=[claim(1, "observed")]),
    ),
    "actuals-in": Fired(
        "What came in is not in these numbers, which are the forecast: costs.outlay.amount in 2026/27. "
        "Run with --actuals to put it in.",
        base(actuals=[PAID]),
    ),
    "actuals-sourced": Fired(
        "No source is given for what came in: costs.outlay.amount in 2026/27. Say where each comes from.",
        base(actuals=[PAID | {"source": None}]),
    ),
    "actuals-within": Fired(
        "What came in outside From and To counts for nothing: costs.outlay.amount in 2027/28. "
        "Move it, or widen From and To.",
        base(actuals=[PAID | {"year": 2027}]),
    ),
    "actuals-priced": Fired(
        "What came in is read in the prices that its row states, not in those of the year it was paid in: "
        "costs.outlay.amount in 2026/27 (prices of 2023/24). "
        "Bring a sum as paid to the prices of its row first, or make the row nominal.",
        base(actuals=[PAID]),
    ),
    "gross-tax": Fired(
        "Gain: gross earnings count beside a fiscal value. If that is the tax on them, it is counted twice. "
        "If it is, enter it as a transfer with its balance, or the earnings net.",
        with_people(WAGE, saving(amount=200)),
    ),
    "alternatives": Fired(
        "Gain, Other: library values of one sector and unit are added, and may price the same thing. If they do, keep "
        "one, or state in Times what share of each counts.",
        base(
            outcomes=[gain(), gain(id="other")],
            values=[CARE, CARE | {"id": "low", "unit_value": "child-in-care-low-year"},
                    CARE | {"id": "one", "outcome": "other"},
                    CARE | {"id": "again", "outcome": "other", "times": 2}],
        ),
    ),
    "earnings-told": Fired(
        "Gain: economic value counts beside lost tax, and no row says whether earnings are net of it or gross. "
        "If they are gross, tax is counted twice. State Earnings in Values.",
        with_people(saving(sector="people", kind="economic"), LOST),
    ),
    "horizon": Fired(
        "The case runs 51 years: little is known of what lasts beyond 50. "
        "Quote public value on the reduced discount schedule, given beside the result, with it.",
        base({"years": 51}),
    ),
    "later-inflation": Fired(
        "Prices after 2024, the last calendar year in the index, rest on later_inflation of 2.0% a year: an assumption "
        "of this case, not a published index. See what another rate does to the answer.",
        base({"later_inflation": 0.02}),
    ),
    "profiles-within": Fired(
        "groups.residents.referrals: numbers for years outside From and To count for nothing. "
        "Move them, or widen From and To.",
        base(groups=[GROUPS[0] | {"referrals": {2026: 4, 2028: 9}}]),
    ),
    "weights-add": Fired(
        "Weights that do not add to one: costs.outlay.amount (0.9). "
        "Make them add to one: each is taken in proportion to all.",
        base(ranges=[{"ref": "costs.outlay.amount", "shape": "discrete", "values": "90;100;120",
                      "weights": "0.2;0.5;0.2"}]),
    ),
    "groups-used": Fired(
        "No cost and no outcome follows Others. Take it out, or name it in the rows that concern it.",
        base(groups=[*GROUPS, GROUPS[0] | {"id": "others", "name": "Others"}]),
    ),
    "sectors-used": Fired(
        "Nothing is paid by or falls to NHS, People. Take it out, or enter what is missing.", base(sectors=SECTORS)
    ),
    "grades-used": Fired(
        "No row takes its optimism from the table Grades. "
        "Leave optimism blank in rows with a grade, or take the table out.",
        base(costs=[outlay(grade=1, optimism=0.1)], grades=GRADES),
    ),
    "overlaps-shared": Fired(
        'Only one row bears the overlap "care": what it overlaps with may count as well. '
        "Give the other row the same tag, spelt alike, or take it out.",
        base(outcomes=[gain(overlap="care")]),
    ),
    "rows-count": Fired(
        "Shown, and counted nowhere: Bolder, the value of Gain to Council. Set Counts to yes if it should.",
        base(outcomes=[*PAIR, gain(id="bolder", counts=False)],
             values=[saving(amount=110), saving(id="more", counts=False)]),
    ),
    "ranges-read": Fired(
        "A range is given to groups.residents.stay_years, which no result reads. "
        "Take the range out, or enter the row that should read the number.",
        base(ranges=[{"ref": "groups.residents.stay_years", "low": 1, "high": 2}]),
    ),
    "incomes-used": Fired(
        "Incomes are stated without a reference income: nothing is weighted by them. "
        "State the reference income and an economic value to people, or take the incomes out.",
        base(groups=[GROUPS[0] | {"income": 20000}]),
    ),
    "option-chosen": Fired(
        "The case has the options bold: these are the numbers of the case as it stands, in none of them. "
        "Choose one to see its numbers.",
        base(costs=[outlay(), outlay(id="more", counts=False)], options=options("costs.more.counts")),
    ),
}  # fmt: skip
"""By check, how it fires and what it then says, worked out by hand."""
