"""Sections 2 to 5: people, costs, outcomes, values and cash, by brute force over years, cohorts and ages.

Every list runs over the *long* years: the horizon, and after it the years in which people who started within
it are still served or in force (section 4, *beyond the horizon*). Totals take the horizon only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from .library import Library
from .money import prices
from .records import Case, Cost, Group, Outcome, Value

WHOLE_BLOCK = 1e-9  # § 5: the named tolerance without which an exact multiple loses a block
LEFT_OVER = 1e-9  # § 4: the share of a row's largest year below which what is left counts as nil


def long_years(case: Case) -> int:
    """Years until the last person served, or outcome in force, has gone."""
    more = 1
    for group in case.groups:
        more = max(more, math.ceil(group.stay_years))
    for outcome in case.outcomes:
        more = max(more, outcome.lag + outcome.duration)
    return case.settings.years + more


def held(by_year: list[float], t: int) -> float:
    """A yearly input at ``t``. § 4: beyond the horizon a profile's last year carries on.

    CHOICE: "a profile's last year" is its value in the last year of the horizon (0 if left out there).
    """
    return by_year[min(t, len(by_year) - 1)]


# ---------------------------------------------------------------- § 2. People


def referred(group: Group, t: int) -> float:
    """Referrals of year ``t``; nobody is referred beyond the horizon.

    CHOICE: a group that does not count has none.
    """
    if not group.counts or t < 0 or t >= len(group.referrals):
        return 0.0
    return group.referrals[t]


def engaged(group: Group, t: int) -> float:
    """§ 2: ``referrals[t] × engagement``."""
    return referred(group, t) * group.engagement


def served(group: Group, t: int) -> float:
    """§ 2: ``Σ_a engaged[t-a] × (1-exit_rate)^a × min(1, max(0, stay_years-a))``."""
    people = 0.0
    for age in range(t + 1):
        still_here = min(1.0, max(0.0, group.stay_years - age))
        people += engaged(group, t - age) * (1 - group.exit_rate) ** age * still_here
    return people


# ---------------------------------------------------------------- § 1. Prices of one line


@dataclass(frozen=True)
class Prices:
    """``prices × (1+g)^t`` of a line."""

    case: Case
    library: Library

    def at(self, price_year: str, growth: float, t: int) -> float:
        """§ 1: into the base year's prices, with real growth. Raises ValueError outside the index."""
        settings = self.case.settings
        into_base = prices(
            price_year, settings.price_base, settings.first_year + t, self.library, settings.later_inflation
        )
        return float(into_base * (1 + growth) ** t)


# ---------------------------------------------------------------- § 3. Costs


def volume(cost: Cost, case: Case, t: int) -> float:
    """§ 3: how many units of the cost fall in year ``t``.

    Beyond the horizon only what people already started still bring: person-years of service.
    CHOICE: there, a line whose ``to`` is the last year of the horizon (as when left blank) carries on; one
    that ends earlier does not.
    """
    horizon = case.settings.years
    if t >= horizon:
        if cost.basis != "per_person_year" or cost.last < horizon - 1:
            return 0.0
    elif t < cost.first or t > cost.last:
        return 0.0
    if cost.basis == "one_off":
        return 1.0 if t == cost.first else 0.0
    if cost.basis == "per_year":
        return 1.0
    follows = {"per_referral": referred, "per_start": engaged, "per_person_year": served}[cost.basis]
    return sum((follows(group, t) for group in case.groups if group.id in cost.groups), 0.0)


def released(cost: Cost, t: int) -> float:
    """§ 3: the share of an old service released by year ``t``.

    CHOICE: an old service that would have ended anyway after ``to`` releases nothing then.
    """
    if t < cost.first or t > cost.last:
        return 0.0
    if cost.release_years == 0:
        return cost.release_share
    return cost.release_share * min(1.0, (t - cost.first) / cost.release_years)


def cost_in(cost: Cost, case: Case, price: Prices, t: int) -> float:
    """§ 3: the cost of year ``t``; an old service's is negative, what comes off as it is released.

    CHOICE: a row that does not count is nil in its own lines too.
    CHOICE: an old service brings nothing beyond the horizon, for no person started it.
    """
    if not cost.counts:
        return 0.0
    if cost.old_service:
        if t >= case.settings.years or released(cost, t) == 0:
            return 0.0
        amount = held(cost.amount, t) * price.at(cost.price_year, cost.growth, t)
        return -amount * (1 - cost.optimism) * released(cost, t)
    units = volume(cost, case, t)
    if units == 0:
        return 0.0
    if t in cost.came_in:  # § 7: in the prices of its row, neither grown nor uplifted
        return units * cost.came_in[t] * price.at(cost.price_year, 0.0, t)
    return units * held(cost.amount, t) * price.at(cost.price_year, cost.growth, t) * (1 + cost.optimism)


# ---------------------------------------------------------------- § 4. Outcomes


def exposed(outcome: Outcome, group: Group, t: int) -> float:
    """§ 4: ``(engaged[t], or referrals[t] where of: referred) × at_risk``."""
    people = referred(group, t) if outcome.referred else engaged(group, t)
    return people * outcome.at_risk


def seen(outcome: Outcome, t: int) -> float:
    """§ 7: the effect that was seen where it was, else the forecast of it."""
    return outcome.came_in[t] if t in outcome.came_in else held(outcome.effect, t)


def gross(outcome: Outcome, t: int) -> float:
    """§ 4: ``baseline × effect``; with ``basis: absolute``, the effect."""
    effect = seen(outcome, t)
    if not outcome.proportional:
        return effect
    if outcome.baseline is None:
        msg = f"outcome {outcome.id} is proportional and has no baseline"
        raise ValueError(msg)
    return outcome.baseline * effect


def net(outcome: Outcome, t: int) -> float:
    """§ 4: ``gross × (1-deadweight) × (1-attribution) × (1-displacement) × (1-leakage)``."""
    ours = gross(outcome, t) * (1 - outcome.deadweight) * (1 - outcome.attribution)
    return ours * (1 - outcome.displacement) * (1 - outcome.leakage)


def corrected(outcome: Outcome, t: int) -> float:
    """§ 4: optimism and regression to the mean cut a gain; optimism makes a harm worse."""
    # § 7: what was seen is not a belief any more; regression to the mean is still in it
    bias = 0.0 if t in outcome.came_in else outcome.optimism
    if gross(outcome, t) >= 0:
        return net(outcome, t) * (1 - bias) * (1 - outcome.regression_to_mean)
    return net(outcome, t) * (1 + bias)


def entering(outcome: Outcome, group: Group, t: int) -> float:
    """§ 4: ``exposed[t-lag] × (1-exit_rate)^lag``."""
    return exposed(outcome, group, t - outcome.lag) * (1 - group.exit_rate) ** outcome.lag


def in_force(outcome: Outcome, group: Group, t: int, drop_off: float) -> float:
    """§ 4: a cohort starting in year ``s`` counts ``kept^a`` at age ``a = t-s-lag``, ``0 ≤ a < duration``."""
    kept = (1 - drop_off) * (1 - group.exit_rate)
    people = 0.0
    for start in range(t + 1):
        age = t - start - outcome.lag
        if 0 <= age < outcome.duration:
            people += exposed(outcome, group, start) * (1 - group.exit_rate) ** outcome.lag * kept**age
    return people


def followed(outcome: Outcome, group: Group, years: int, drop_off: float) -> list[float]:
    """§ 4: in force by year; what is left below 1e-9 of its largest year counts as nil."""
    people = [in_force(outcome, group, t, drop_off) for t in range(years)]
    return [0.0 if number <= LEFT_OVER * max(people) else number for number in people]


@dataclass(frozen=True)
class OutcomeLines:
    """One outcome's lines by long year; people followed by group and then added (§ 4)."""

    gross: list[float]
    net: list[float]
    corrected: list[float]
    entering: list[float]
    in_force: list[float]
    quantity: list[float]
    failing: list[float]  # in force with drop_off 0, times baseline: § 4, what failure costs


def outcome_lines(outcome: Outcome, case: Case, years: int) -> OutcomeLines:
    """§ 4: the chain for one outcome. CHOICE: one that does not count has no people, and so no quantity."""
    groups = [group for group in case.groups if group.id in outcome.groups and outcome.counts]
    lines = OutcomeLines([], [], [], [], [], [], [])
    fading = [followed(outcome, group, years, outcome.drop_off) for group in groups]
    lasting = [followed(outcome, group, years, 0.0) for group in groups]
    for t in range(years):
        started = sum((entering(outcome, group, t) for group in groups), 0.0)
        people = sum((row[t] for row in fading), 0.0)
        without_fade = sum((row[t] for row in lasting), 0.0)
        lines.gross.append(gross(outcome, t))
        lines.net.append(net(outcome, t))
        lines.corrected.append(corrected(outcome, t))
        lines.entering.append(started)
        lines.in_force.append(people)
        lines.quantity.append(people * corrected(outcome, t))
        lines.failing.append(without_fade * (outcome.baseline or 0.0))
    return lines


# ---------------------------------------------------------------- § 5. Values and cash


def worth(value: Value, price: Prices, t: int) -> float:
    """§ 5: ``amount × prices × (1+g)^t``; § 7: what came in has grown already."""
    if t in value.came_in:
        return value.came_in[t] * price.at(value.price_year, 0.0, t)
    return held(value.amount, t) * price.at(value.price_year, value.growth, t)


def value_of(value: Value, quantity: float, price: Prices, t: int) -> float:
    """§ 5: ``quantity × times × amount × prices × (1+g)^t``, nil for a row that does not count."""
    if not value.counts or quantity == 0:
        return 0.0
    return quantity * value.times * worth(value, price, t)


def held_back(freed: list[float], release_lag: int, t: int) -> float:
    """§ 5: ``min(freed[t], max(0, least freed in t-release_lag … t))``, years before the first being 0."""
    least = freed[t]
    for year in range(t - release_lag, t + 1):
        least = min(least, freed[year] if year >= 0 else 0.0)
    return min(freed[t], max(0.0, least))


def whole_blocks(capacity: float, block: float) -> int:
    """§ 5: capacity closes in whole blocks; a harm opens a whole block."""
    if capacity >= 0:
        return math.trunc(capacity / block + WHOLE_BLOCK)
    return math.floor(capacity / block + WHOLE_BLOCK)


@dataclass(frozen=True)
class Pool:
    """Rows that release together: capacity freed, held back for the lag, and the cash it brings."""

    rows: list[Value]
    freed: list[float]
    held: list[float]
    cash: list[float]


def pools(case: Case, outcomes: dict[str, OutcomeLines], price: Prices, years: int) -> dict[str, Pool]:
    """§ 5: every pool, by its name; a row without one is a pool of its own, under the row's id.

    CHOICE: rows that do not count are in no pool.
    CHOICE: ``amount[t]`` in the cash formula is the amount with its prices and growth.
    """
    together: dict[str, list[Value]] = {}
    for value in case.values:
        if value.counts:
            together.setdefault(value.pool or value.id, []).append(value)
    found: dict[str, Pool] = {}
    for name, rows in together.items():
        freed = [sum((outcomes[row.outcome].quantity[t] * row.times for row in rows), 0.0) for t in range(years)]
        first = rows[0]  # § 5: the rows agree in all that follows
        capacity = [held_back(freed, first.release_lag, t) for t in range(years)]
        cash: list[float] = []
        for t in range(years):
            if first.cashable == 0 or capacity[t] == 0:
                cash.append(0.0)
                continue
            amount = worth(first, price, t)
            if first.block is None:
                cash.append(first.cashable * amount * capacity[t])
            else:
                cash.append(first.cashable * amount * first.block * whole_blocks(capacity[t], first.block))
        found[name] = Pool(rows, freed, capacity, cash)
    return found
