"""Laws of the method: what must hold of every case, whatever its numbers. Each gives the sentences that break it.

A law takes a case and a `Turn`, the choices it makes: which row, what share, what factor. No law knows a number
beforehand; each says how two projections, or two parts of one, must stand to each other.
"""

from __future__ import annotations

import math

from tests.oracle.hand import LIBRARY
from tests.projection.laws_changes import (
    PER_PERSON,
    Law,
    Turn,
    each,
    naming_both,
    public_sectors,
    scaled,
    settings,
    shared,
    shuffled,
    split,
    times,
    turned,
    with_transfer,
    without,
)
from tests.projection.laws_measures import VIEWS, Measured, apart, apart_rows, differences, measured
from tests.projection.small import Row

PUBLIC = ("fiscal", "transfer")


def pays_and_gains(shown: Measured, name: str) -> tuple[float, float, float]:
    """A sector's present costs, benefits and net."""
    found = shown.result.sectors[name]
    return found.pv_costs, found.pv_benefits, found.net


# ---------------------------------------------------------------- Amounts and prices


def scaling_amounts(case: Row, turn: Turn) -> list[str]:
    """Every amount times k: every sum of money times k; ratios, rates of return and paybacks as they were."""
    return differences(measured(case), measured(scaled(case, turn.factor)), turn.factor)


def another_price_base(case: Row, turn: Turn) -> list[str]:
    """§ 1: in another base year's prices every sum is times the ratio of the two years' indices."""
    base = case["settings"]["price_base"]
    other = ("2009", "2015/16", "2019", "2023/24", "2024")[turn.which % 5]
    for table in ("costs", "values"):  # a blank price year means the base, and would move with it
        case = each(case, table, lambda row: {} if "unit_value" in row else {"price_year": row.get("price_year", base)})
    ratio = LIBRARY.deflators[other] / LIBRARY.deflators[base]
    return differences(measured(case), measured(settings(case, price_base=other)), ratio)


def an_index_of_another_height(case: Row, turn: Turn) -> list[str]:
    """§ 1: prices are a quotient of two points, so that an index twice as high changes nothing."""
    points = [{"year": year, "index": index * turn.factor} for year, index in LIBRARY.deflators.items()]
    return differences(measured(case), measured({**case, "deflators": points}))


def optimism_in_the_amount(case: Row, _turn: Turn) -> list[str]:
    """§ 3: a cost's optimism is its amount raised; an old service's is its amount cut."""
    grades = {row["grade"]: row["cost_optimism"] for row in case["grades"]}

    def folded(row: Row) -> Row:
        uplift = row.get("optimism", grades.get(row.get("grade"), 0))
        factor = 1 - uplift if row.get("old_service") else 1 + uplift
        return {"optimism": 0, "amount": times(row["amount"], factor)}

    return differences(measured(case), measured(each(case, "costs", folded)))


def times_in_the_amount(case: Row, _turn: Turn) -> list[str]:
    """§ 5: 52 weeks at £1 are one year at £52, where nothing closes in blocks."""

    def folded(row: Row) -> Row:
        if "unit_value" in row or "block" in row or "pool" in row:
            return {}
        return {"times": 1, "amount": times(row["amount"], row.get("times", 1))}

    return differences(measured(case), measured(each(case, "values", folded)))


# ---------------------------------------------------------------- Rows split, moved, taken out


def a_group_split(case: Row, turn: Turn) -> list[str]:
    """Two groups of the same terms whose referrals add are the one group, where every row names both."""
    halves, first, second = split(
        case, "groups", turn.which,
        lambda row: ({"referrals": times(row["referrals"], turn.share)},
                     {"referrals": times(row["referrals"], 1 - turn.share)}),
    )  # fmt: skip
    for table in ("costs", "outcomes"):
        halves = {**halves, table: [naming_both(row, first, second) for row in halves[table]]}
    return differences(measured(case), measured(halves))


def a_cost_split(case: Row, turn: Turn) -> list[str]:
    """Two costs of the same terms whose amounts add are the one cost, an old service too."""
    halves, _, _ = split(
        case, "costs", turn.which,
        lambda row: ({"amount": times(row["amount"], turn.share)}, {"amount": times(row["amount"], 1 - turn.share)}),
    )  # fmt: skip
    return differences(measured(case), measured(halves))


def an_outcome_split(case: Row, turn: Turn) -> list[str]:
    """Two outcomes whose effects, or shares at risk, add are the one outcome, where each value's two rows pool."""
    field = ("effect", "at_risk")[turn.years % 2]
    halves, first, second = split(
        case, "outcomes", turn.which,
        lambda row: ({field: times(row.get(field, 1), turn.share)}, {field: times(row.get(field, 1), 1 - turn.share)}),
    )  # fmt: skip
    public = public_sectors(case)
    values = shared(
        case["values"], first, second, lambda row: row.get("kind") in PUBLIC and row.get("sector") in public
    )
    before, after = measured(case), measured({**halves, "values": values})
    found = differences(before, after)
    row = before.result.evaluation.row(f"{first}.quantity")
    both = after.result.evaluation.row(f"{first}.quantity") + after.result.evaluation.row(f"{second}.quantity")
    people = before.result.evaluation.row(f"{first}.in_force").max()
    size = people * abs(before.result.evaluation.row(f"{first}.corrected")).max()
    return found + apart_rows(f"{first}.quantity", both.tolist(), row.tolist(), float(size))


def the_order_of_rows(case: Row, turn: Turn) -> list[str]:
    """Rows of every table, and groups within a row, in any order."""
    return differences(measured(case), measured(shuffled(case, turn.which)))


def a_row_that_does_not_count(case: Row, turn: Turn) -> list[str]:
    """§ 7: what does not count is as if it were not there."""
    table = ("groups", "costs", "outcomes", "values")[turn.years % 4]
    rows = [row for row in case[table] if row.get("kind") != "transfer"]  # a transfer's two sides go together
    if not rows:
        table, rows = "costs", case["costs"]
    gone = rows[turn.which % len(rows)]
    uncounted = {**case, table: [row | {"counts": False} if row is gone else row for row in case[table]]}
    return differences(measured(without(case, table, gone)), measured(uncounted))


def costs_and_outcomes_apart(case: Row, _turn: Turn) -> list[str]:
    """A programme is its costs and its outcomes: the net values of the two apart add to that of the whole."""
    whole = measured(case)
    bare, free = measured({**case, "outcomes": [], "values": []}), measured({**case, "costs": []})
    return [
        said
        for name, net in whole.money.items()
        if name.split(".")[1] in ("npv", "net")
        for said in apart(name, net, bare.money[name] + free.money[name], whole.size)
    ]


def a_programme_of_another_size(case: Row, turn: Turn) -> list[str]:
    """k times the people, at k times the costs that do not follow people, in blocks k times as large: all times k."""

    def larger(row: Row) -> Row:
        if row["basis"] in PER_PERSON:
            return {}
        return {"amount": times(row["amount"], turn.factor)}

    big = each(case, "groups", lambda row: {"referrals": times(row["referrals"], turn.factor)})
    big = each(big, "costs", larger)
    big = each(big, "values", lambda row: {"block": row["block"] * turn.factor} if "block" in row else {})
    return differences(measured(case), measured(big), turn.factor)


# ---------------------------------------------------------------- Effects


def more_deadweight(case: Row, turn: Turn) -> list[str]:
    """§ 4: more deadweight never helps an outcome that is good in every year and priced as good."""
    chosen = case["outcomes"][turn.which % len(case["outcomes"])]["id"]

    def positive(number: float | dict[int, float], most: float = math.inf) -> float | dict[int, float]:
        if isinstance(number, dict):
            return {year: min(most, abs(held)) for year, held in number.items()}
        return min(most, abs(number))

    def gain(row: Row) -> Row:
        return {"effect": positive(row["effect"], math.inf if row.get("basis") == "absolute" else 1.0)}

    def worth(row: Row) -> Row:
        own = row["outcome"] == chosen and "amount" in row and row["kind"] != "transfer"
        return {"amount": positive(row["amount"])} if own else {}

    case = each(turned(case, "outcomes", turn.which, gain), "values", worth)
    more = turned(
        case, "outcomes", turn.which,
        lambda row: {"deadweight": row.get("deadweight", 0) + (1 - row.get("deadweight", 0)) * turn.share},
    )  # fmt: skip
    before, after = measured(case), measured(more)
    found = [
        f"{view}.npv rose from {before.money[f'{view}.npv']} to {after.money[f'{view}.npv']}"
        for view in VIEWS
        if after.money[f"{view}.npv"] > before.money[f"{view}.npv"] + 1e-9 * before.size
    ]
    row = before.result.evaluation.row(f"{chosen}.quantity")
    less = (row * (1 - turn.share)).tolist()
    quantities = after.result.evaluation.row(f"{chosen}.quantity").tolist()
    return found + apart_rows(f"{chosen}.quantity", quantities, less, float(row.max()))


def no_effect(case: Row, _turn: Turn) -> list[str]:
    """A programme that changes nothing has a net public value of minus its costs, and that of no outcomes at all."""
    idle = settings(each(case, "outcomes", lambda _: {"effect": 0}), tax_deadweight=0)
    shown = measured(idle)
    spent = sum(float(shown.result.evaluation.row(f"{row['id']}.present_cost").sum()) for row in case["costs"])
    found = apart("public_value.npv", shown.money["public_value.npv"], -spent, shown.size)
    return found + differences(measured({**idle, "outcomes": [], "values": []}), shown)


def a_baseline_in_the_effect(case: Row, _turn: Turn) -> list[str]:
    """§ 4: a share of a baseline is the same as that many, stated as such."""

    def absolute(row: Row) -> Row:
        if row.get("basis") == "absolute":
            return {}
        return {"basis": "absolute", "effect": times(row["effect"], row["baseline"])}

    return differences(measured(case), measured(each(case, "outcomes", absolute)))


# ---------------------------------------------------------------- Who


def sectors_add(case: Row, _turn: Turn) -> list[str]:
    """§ 6: sectors that are part of none add to public value: costs and benefits apart where nothing is transferred.

    Public ones, less what they give in kind, add to the budgets, and what they release to the cash view.
    """
    case = settings(case, tax_deadweight=0)  # a charge that no sector pays
    whole = measured(case)
    plain = measured({**case, "values": [row for row in case["values"] if row.get("kind") != "transfer"]})
    cash = measured({**case, "costs": [row for row in case["costs"] if row.get("treatment") != "in_kind"]})
    top = [row["id"] for row in case["sectors"] if "part_of" not in row]
    public = [name for name in top if name in public_sectors(case)]
    net = sum(pays_and_gains(whole, name)[2] for name in top)
    released = sum(whole.result.sectors[name].pv_cashable for name in public)
    found = apart("public_value.npv", whole.money["public_value.npv"], net, whole.size)
    found += apart("cashable.pv_benefits", whole.money["cashable.pv_benefits"], released, whole.size)
    for against, shown, view, names in ((plain, plain, "public_value", top), (whole, cash, "budget", public)):
        sums = [sum(side) for side in zip(*(pays_and_gains(shown, name) for name in names), strict=True)]
        for what, total in zip(("pv_costs", "pv_benefits", "npv"), sums, strict=True):
            found += apart(f"{view}.{what}", against.money[f"{view}.{what}"], total, against.size)
    return found


def a_parent_is_its_own_and_its_parts(case: Row, _turn: Turn) -> list[str]:
    """§ 6: a sector shows its own flows, as if it had no parts, and those of its parts."""
    parted = measured(case)
    alone = measured(each(case, "sectors", lambda _: {"part_of": None}))
    found = []
    for row in case["sectors"]:
        parts = [other["id"] for other in case["sectors"] if other.get("part_of") == row["id"]]
        sides = [pays_and_gains(alone, row["id"]), *(pays_and_gains(parted, name) for name in parts)]
        for what, number, held in zip(
            ("pv_costs", "pv_benefits", "net"), pays_and_gains(parted, row["id"]), zip(*sides, strict=True), strict=True
        ):
            found += apart(f"{row['id']}.{what}", number, sum(held), parted.size)
    return found


def a_transfer_more(case: Row, turn: Turn) -> list[str]:
    """§ 5: a transfer moves no measure of public value but what each pound of public money does."""
    case = settings(case, tax_deadweight=0)
    before, after = (
        measured(case),
        measured(with_transfer(case, turn.which, 100 * turn.factor, to_people=turn.years % 2 == 1)),
    )
    return differences(before, after, only="public_value", leaving=("mvpf",))


def a_transfer_taxed(case: Row, turn: Turn) -> list[str]:
    """§ 12: with a tax charge, a transfer moves public value by the charge on what public sectors gain by it."""
    case = settings(case, tax_deadweight=turn.share)
    before, after = (
        measured(case),
        measured(with_transfer(case, turn.which, 100 * turn.factor, to_people=turn.years % 2 == 1)),
    )
    public = "moved" if turn.years % 2 == 0 else "moved-balance"
    gained = float(after.result.evaluation.row(f"{public}.present_value").sum())
    expected = before.money["public_value.npv"] + turn.share * gained
    return apart("public_value.npv", after.money["public_value.npv"], expected, max(before.size, after.size))


def where_a_flow_is_shown(case: Row, turn: Turn) -> list[str]:
    """§§ 3 and 12: released costs and harms may stand on either side; no net value moves."""
    plain = measured(settings(case, released_costs="costs", negative_benefits="benefits"))
    released, negative = (("costs", "costs"), ("benefits", "benefits"), ("benefits", "costs"))[turn.which % 3]
    other = measured(settings(case, released_costs=released, negative_benefits=negative))
    return [
        said
        for name, net in plain.money.items()
        if name.split(".")[1] in ("npv", "net")
        for said in apart(name, other.money[name], net, plain.size)
    ]


OF_ROWS: tuple[Law, ...] = (
    *(scaling_amounts, another_price_base, an_index_of_another_height, optimism_in_the_amount, times_in_the_amount),
    *(a_group_split, a_cost_split, an_outcome_split, the_order_of_rows, a_row_that_does_not_count),
    *(costs_and_outcomes_apart, a_programme_of_another_size, more_deadweight, no_effect, a_baseline_in_the_effect),
    *(sectors_add, a_parent_is_its_own_and_its_parts, a_transfer_more, a_transfer_taxed, where_a_flow_is_shown),
)
"""The laws of this module."""
