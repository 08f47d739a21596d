"""Laws of time: lags, durations, calendar and horizon, and what discounting does. Stated as in `laws_stated.py`."""

from __future__ import annotations

from tests.projection.laws_changes import Law, Turn, each, settings, years_later
from tests.projection.laws_measures import VIEWS, apart, apart_rows, differences, measured
from tests.projection.small import Row


def a_schedule_of_one_rate(case: Row, turn: Turn) -> list[str]:
    """§ 1: a flat rate is a schedule too."""
    rate = turn.share / 5
    band = {"schedule": "of-one-rate", "from_year": 0, "rate_percent": 100 * rate, "source": "a flat rate"}
    flat = settings(case, discount=rate, health_discount=rate)
    stated = settings({**case, "schedules": [band]}, discount="of-one-rate", health_discount="of-one-rate")
    return differences(measured(flat), measured(stated))


def growth_against_discounting(case: Row, turn: Turn) -> list[str]:
    """§ 1: at the start of the year, prices that grow by h more, discounted at h more, are worth the same."""
    more, plain = turn.share / 10, 0.035
    case = settings(case, cost_timing="start", benefit_timing="start", discount=plain, health_discount=plain)
    higher = (1 + plain) * (1 + more) - 1
    grown = settings(case, discount=higher, health_discount=higher)
    for table in ("costs", "values"):
        grown = each(grown, table, lambda row: {"growth": (1 + row.get("growth", 0)) * (1 + more) - 1})
    before, after = measured(case), measured(grown)
    # flows themselves are larger: only what is discounted stays
    before.rows.clear()
    return differences(before, after, leaving=("irr", "mirr", "payback_years"))


def both_kinds_later(case: Row, turn: Turn) -> list[str]:
    """§ 1: at a flat rate, flows that all fall half a year or a year later are worth that much less."""
    rate = turn.share / 5
    timing, shift = (("middle", 0.5), ("end", 1.0))[turn.which % 2]
    case = settings(case, discount=rate, health_discount=rate, cost_timing="start", benefit_timing="start")
    before, after = measured(case), measured(settings(case, cost_timing=timing, benefit_timing=timing))
    dated = {**before.rows}
    before.rows.clear()
    found = differences(before, after, (1 + rate) ** -shift, leaving=("mirr",))  # MIRR looks back to the start
    for name, row in dated.items():
        found += apart_rows(name, after.rows[name], row, before.size)
    return found


def nothing_discounted(case: Row, _turn: Turn) -> list[str]:
    """§ 1: at a rate of nil the present value is the sum of the years, whatever the timing."""
    shown = measured(settings(case, discount=0, health_discount=0))
    return [
        said
        for view in VIEWS
        for side in ("costs", "benefits")
        for said in apart(f"{view}.pv_{side}", shown.money[f"{view}.pv_{side}"], sum(shown.rows[f"{view}.{side}"]),
                          shown.size)
    ]  # fmt: skip


def a_longer_lag(case: Row, turn: Turn) -> list[str]:
    """§ 4: L years more of lag put people in force L years later, less those who left; none left at no exits."""
    group = case["groups"][turn.which % len(case["groups"])]
    case = each(case, "outcomes", lambda _: {"group": group["id"]})
    later = each(case, "outcomes", lambda row: {"lag": row.get("lag", 0) + turn.years})
    before, after = measured(case).result.evaluation, measured(later).result.evaluation
    found = []
    for row in case["outcomes"]:
        name = f"{row['id']}.in_force"
        people = before.row(name).tolist()
        stayed = (1 - group.get("exit_rate", 0)) ** turn.years
        expected = [0.0] * turn.years + [number * stayed for number in people]
        found += apart_rows(name, after.row(name).tolist(), expected[: len(people)], max(people))
    return found


def drop_off_within_a_year(case: Row, turn: Turn) -> list[str]:
    """§ 4: what lasts one year does not fade."""
    case = each(case, "outcomes", lambda _: {"duration": 1})
    return differences(measured(case), measured(each(case, "outcomes", lambda _: {"drop_off": turn.share})))


def other_calendar_years(case: Row, turn: Turn) -> list[str]:
    """§ 1: the same programme some years on is worth the same, real sums being real."""
    return differences(measured(case), measured(years_later(case, turn.years)))


def a_longer_horizon(case: Row, turn: Turn) -> list[str]:
    """The years that were in the horizon stay as they were when it is made longer: nothing looks ahead."""
    before = measured(case)
    after = measured(settings(case, years=case["settings"]["years"] + turn.years))
    size = max(before.size, after.size)
    return [
        said for name, row in before.rows.items() for said in apart_rows(name, after.rows[name][: len(row)], row, size)
    ]


OF_YEARS: tuple[Law, ...] = (
    *(a_schedule_of_one_rate, growth_against_discounting, both_kinds_later, nothing_discounted),
    *(a_longer_lag, drop_off_within_a_year, other_calendar_years, a_longer_horizon),
)
"""The laws of this module."""
