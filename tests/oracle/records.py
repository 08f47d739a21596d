"""A case as plain records, one class per table: what the oracle computes with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Table **settings**, the fields that the projection reads."""

    first_year: int
    years: int
    price_base: str
    discount: float | str
    health_discount: float | str
    cost_timing: str
    benefit_timing: str
    later_inflation: float | None
    tax_deadweight: float
    negative_benefits: str
    released_costs: str
    reference_income: float | None = None
    currency: str = "GBP"


@dataclass(frozen=True)
class Sector:
    """Table **sectors**."""

    id: str
    ledger: str
    part_of: str | None
    library: list[str]


@dataclass(frozen=True)
class Group:
    """Table **groups**; ``referrals`` by year of the horizon, nil outside ``from`` to ``to``; what came in is in it."""

    id: str
    referrals: list[float]
    engagement: float
    stay_years: float
    exit_rate: float
    counts: bool
    income: float | None = None


@dataclass(frozen=True)
class Cost:
    """Table **costs**; ``amount`` by year, ``first`` and ``last`` the years it runs, counted from 0."""

    id: str
    payer: str
    basis: str
    amount: list[float]
    groups: list[str]
    price_year: str
    first: int
    last: int
    growth: float
    optimism: float
    in_kind: bool
    capital: bool
    old_service: bool
    release_share: float
    release_years: float
    counts: bool
    came_in: dict[int, float]
    """By year counted from 0: what one unit came to, where the past is as it was (§ 7)."""


@dataclass(frozen=True)
class Outcome:
    """Table **outcomes**; ``effect`` by year."""

    id: str
    groups: list[str]
    effect: list[float]
    proportional: bool
    baseline: float | None
    referred: bool
    at_risk: float
    deadweight: float
    attribution: float
    displacement: float
    leakage: float
    regression_to_mean: float
    optimism: float
    lag: int
    duration: int
    drop_off: float
    counts: bool
    came_in: dict[int, float]
    """By year counted from 0: the effect that was seen, where the past is as it was (§ 7)."""


@dataclass(frozen=True)
class Value:
    """Table **values**, one row per sector and kind; library rows resolved; ``amount`` by year."""

    id: str
    outcome: str
    sector: str
    kind: str
    times: float
    amount: list[float]
    price_year: str
    growth: float
    cashable: float
    release_lag: int
    block: float | None
    pool: str | None
    health_effect: bool
    counts: bool
    came_in: dict[int, float]
    """By year counted from 0: what one unit was worth, where the past is as it was (§ 7)."""


@dataclass(frozen=True)
class Case:
    """The whole case, resolved."""

    settings: Settings
    sectors: list[Sector]
    groups: list[Group]
    costs: list[Cost]
    outcomes: list[Outcome]
    values: list[Value]
