"""Faults planted in the engine: how to plant one, and which laws each of them breaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from sroi.projection import pricing, release, returns, sectors, streams, values, views
from sroi.projection.declaring import HUNDRED, YEARS, Declaring
from sroi.projection.irr import irr, mirr
from sroi.projection.sectors import SectorLines
from sroi.projection.views import Sides
from sroi.sheet import (
    ONE,
    PURE,
    ZERO,
    Expression,
    Line,
    Model,
    away_from_zero,
    choose,
    largest,
    one,
    power,
    sum_lines,
    truncate,
)

Plant = Callable[[pytest.MonkeyPatch], None]
Formula = Callable[[Model, Expression], Expression]


def wherever(matches: Callable[[str], bool], formula: Formula) -> Plant:
    """A fault in every line whose name matches: its formula made from the right one when it is declared."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        right = Model.line

        def wrong(model: Model, called: str, label: str, unit: Any, held: Expression, **options: Any) -> Line:
            return right(model, called, label, unit, formula(model, held) if matches(called) else held, **options)

        patch.setattr(Model, "line", wrong)

    return plant


def replaced(name: str, formula: Formula) -> Plant:
    """A fault in the line of that name."""
    return wherever(lambda called: called == name, formula)


def growth_a_year_late(patch: pytest.MonkeyPatch) -> None:
    """`(1+g)^(t+1)`."""

    def wrong(to: Declaring, name: str, said: str, growth: Line) -> Line:
        return to.model.line(name, said, PURE, power(ONE + growth, to["timeline.elapsed"] + one(YEARS)))

    patch.setattr(pricing, "growth_factor", wrong)


def growth_from_year_nought(patch: pytest.MonkeyPatch) -> None:
    """`(1+g)^2026`."""

    def wrong(to: Declaring, name: str, said: str, growth: Line) -> Line:
        return to.model.line(name, said, PURE, power(ONE + growth, to["timeline.calendar"]))

    patch.setattr(pricing, "growth_factor", wrong)


def first_line_alone(patch: pytest.MonkeyPatch) -> None:
    """A sector takes in only the first of its lines."""
    patch.setattr(sectors, "sum_lines", lambda lines: sum_lines(lines[:1]))


def pools_apart(patch: pytest.MonkeyPatch) -> None:
    """Rows of a pool release each for itself."""
    right = values._pools

    def wrong(to: Declaring, made: Sequence[values.FlowLines]) -> tuple[values.FlowLines, ...]:
        return tuple(lines for alone in made for lines in right(to, [alone]))

    patch.setattr(values, "_pools", wrong)


def a_part_twice(patch: pytest.MonkeyPatch) -> None:
    """A parent sector adds a part as its own and as a part."""
    right = views._own

    def wrong(to: Declaring, lines: SectorLines, every: Sequence[SectorLines]) -> Any:
        return right(to, lines, [*every, *(s for s in every if s.sector.part_of == lines.sector.id)])

    patch.setattr(views, "_own", wrong)


def parts_forgotten(patch: pytest.MonkeyPatch) -> None:
    """A parent sector shows its own flows alone."""
    patch.setattr(views, "ancestry", lambda lines, _: (lines.sector.id,))


def transfers_of_the_public_kept(patch: pytest.MonkeyPatch) -> None:
    """Public value drops one side of a transfer and keeps the other."""
    right = views._public_value

    def wrong(every: Sequence[SectorLines], tax: Sequence[streams.Stream]) -> Sides:
        sides = right(every, tax)
        kept = views._each([s for s in every if s.sector.ledger == "public"], "transfers")
        return replace(sides, benefits=(*sides.benefits, *kept))

    patch.setattr(views, "_public_value", wrong)


def transfers_twice(patch: pytest.MonkeyPatch) -> None:
    """A transfer counts among the values of its sector, and again as a transfer."""
    right = views.budget_sides

    def wrong(public: Sequence[SectorLines]) -> Sides:
        sides = right(public)
        return replace(sides, benefits=(*sides.benefits, *views._each(public, "transfers")))

    patch.setattr(views, "budget_sides", wrong)


def costs_in_kind_in_budgets(patch: pytest.MonkeyPatch) -> None:
    """The public budgets pay for what is given in kind."""
    right = views.budget_sides

    def wrong(public: Sequence[SectorLines]) -> Sides:
        sides = right(public)
        return replace(sides, costs=(*sides.costs, *views._each(public, "costs_in_kind")))

    patch.setattr(views, "budget_sides", wrong)


def growth_later(patch: pytest.MonkeyPatch) -> None:
    """`(1+g)^(t-1)` from year 1 on."""

    def wrong(to: Declaring, name: str, said: str, growth: Line) -> Line:
        elapsed = largest(one(YEARS) - one(YEARS), to["timeline.elapsed"] - one(YEARS))
        return to.model.line(name, said, PURE, power(ONE + growth, elapsed))

    patch.setattr(pricing, "growth_factor", wrong)


def truncated_harms(patch: pytest.MonkeyPatch) -> None:
    """A harm opens only the blocks that it fills."""
    patch.setattr(release, "away_from_zero", truncate)


def blocks_begun(patch: pytest.MonkeyPatch) -> None:
    """A block closes that is only begun."""
    patch.setattr(release, "truncate", away_from_zero)


def rates_per_step(patch: pytest.MonkeyPatch) -> None:
    """A return per half-year is given for one per year."""
    patch.setattr(returns, "irr", lambda flows, _: irr(flows, 1.0))


def returns_at_nil(patch: pytest.MonkeyPatch) -> None:
    """The modified rate carries at a rate of nil."""
    patch.setattr(returns, "mirr", lambda flows, factors, step: mirr(flows, factors / factors, step))


def adjuster_dropped(outcome: str, line: str, adjuster: str) -> Plant:
    """A line of an outcome without one of its adjusters."""
    return replaced(f"{outcome}.{line}", lambda m, right: right / (ONE - m[f"outcomes.{outcome}.{adjuster}"]))


OLD_GROSS = replaced(
    "old.cost", lambda m, right: right / (ONE - m["costs.old.optimism"]) * (ONE + m["costs.old.optimism"])
)
"""An old service comes off as if it were dearer for optimism, and not cheaper."""
EXITS_FORGOTTEN = replaced(
    "falls.entering", lambda m, right: right / power(m["residents.stays"], m["outcomes.falls.lag"])
)
"""Nobody leaves while the effect is awaited."""
DEADWEIGHT_ADDED = replaced(
    "falls.net",
    lambda m, right: right / (ONE - m["outcomes.falls.deadweight"]) * (ONE + m["outcomes.falls.deadweight"]),
)

BREAKING: dict[str, dict[str, Plant]] = {
    "scaling_amounts": {
        "pounds are rounded down": wherever(lambda name: name.endswith(".cost"), lambda _, right: truncate(right)),
        "a blank unit of pounds is one pound": replaced(
            "falls-health-fiscal.value", lambda _, right: right + one(right.unit or PURE)
        ),
    },
    "another_price_base": {
        "prices are applied twice": replaced(
            "rent.cost_prices", lambda _, right: right * right / one(right.unit or PURE)
        ),
        "the index is upside down": replaced(
            "rent.cost_prices", lambda _, right: one(right.unit or PURE) * one(right.unit or PURE) / right
        ),
    },
    "an_index_of_another_height": {
        "the base's index alone": replaced(
            "timeline.base_index", lambda _, right: right * right / one(right.unit or PURE)
        )
    },
    "growth_against_discounting": {"growth from the first year, not the year after": growth_a_year_late},
    "a_programme_of_another_size": {
        "people are whole": replaced("residents.engaged", lambda _, right: truncate(right)),
        "a block has a size of its own": replaced("wards.block", lambda _, right: right + one(right.unit or PURE)),
    },
    "a_schedule_of_one_rate": {
        "a schedule's rate is read as a share": replaced(
            "timeline.standard_rate",
            lambda m, _: m["timeline.standard_flat_rate"] + m["timeline.standard_schedule_rate"],
        )
    },
    "both_kinds_later": {
        "benefits are never dated later": replaced(
            "timeline.benefit_factor", lambda m, _: m["timeline.standard_factor"]
        )
    },
    "nothing_discounted": {
        "a rate of nil is none, and a rate is missed": replaced(
            "timeline.standard_next_rate", lambda m, right: choose(ZERO < right, right, ONE / m[HUNDRED])
        )
    },
    "optimism_in_the_amount": {
        "a cost's optimism is left out": replaced(
            "visits.cost", lambda m, right: right / (ONE + m["costs.visits.optimism"])
        ),
        "an old service comes off gross": OLD_GROSS,
    },
    "times_in_the_amount": {
        "times are left out": replaced(
            "falls-health-fiscal.freed", lambda m, right: right / m["falls-health-fiscal.times"]
        )
    },
    "a_group_split": {
        "only the first group of a row is followed": replaced("visits.people", lambda m, _: m["residents.served"]),
        "people are whole": replaced("residents.engaged", lambda _, right: truncate(right)),
    },
    "a_cost_split": {
        "pounds are rounded down": wherever(lambda name: name.endswith(".cost"), lambda _, right: truncate(right)),
    },
    "an_outcome_split": {"a pool's rows release each for itself": pools_apart},
    "the_order_of_rows": {"only the first line of a sector is seen": first_line_alone},
    "a_row_that_does_not_count": {
        "every cost counts": replaced("costs.set-up.counts", lambda _, __: ONE),
        "every outcome counts": wherever(
            lambda name: name.startswith("outcomes.") and name.endswith(".counts"), lambda _, __: ONE
        ),
    },
    "costs_and_outcomes_apart": {
        "no benefits without costs": replaced(
            "public_value.pv_benefits", lambda m, right: choose(ZERO < m["public_value.pv_costs"], right, ZERO)
        )
    },
    "a_longer_lag": {
        "nobody leaves during the lag": EXITS_FORGOTTEN,
        "the lag is one year at most": replaced("outcomes.slips.lag", lambda _, __: one(YEARS)),
    },
    "drop_off_within_a_year": {
        "the first year fades too": replaced("falls.in_force", lambda m, right: right * m["falls.kept"])
    },
    "other_calendar_years": {"growth is counted from the year nought": growth_from_year_nought},
    "a_longer_horizon": {
        "release is spread over the horizon": replaced(
            "old.release_progress",
            lambda m, _: (m["timeline.calendar"] - m["costs.old.from"]) / m["timeline.horizon"],
        )
    },
    "more_deadweight": {"deadweight is added": DEADWEIGHT_ADDED},
    "no_effect": {
        "what is left is taken for what is gained": replaced(
            "falls.gross", lambda m, _: m["outcomes.falls.baseline"] * (ONE - m["outcomes.falls.effect"])
        )
    },
    "a_baseline_in_the_effect": {
        "a baseline is read in per cent": replaced("outcomes.falls.baseline", lambda m, right: right / m[HUNDRED])
    },
    "sectors_add": {
        "a parent adds a part twice": a_part_twice,
        "what is given in kind is paid by budgets": costs_in_kind_in_budgets,
        "a transfer counts twice": transfers_twice,
    },
    "a_parent_is_its_own_and_its_parts": {
        "a parent forgets its parts": parts_forgotten,
        "a parent adds a part twice": a_part_twice,
    },
    "a_transfer_more": {"one side of a transfer is public value": transfers_of_the_public_kept},
    "a_transfer_taxed": {
        "the charge on values is taken twice": replaced("public_value.tax_on_values", lambda _, right: right + right),
        "one side of a transfer is public value": transfers_of_the_public_kept,
    },
    "where_a_flow_is_shown": {
        "what is released is shown gross of optimism": replaced(
            "old.released_value", lambda m, right: right / (ONE - m["costs.old.optimism"])
        ),
        "harms are lost": replaced("strain-people-social.value_harm", lambda _, right: right - right),
    },
}
"""Each law, and faults that turn it red."""
