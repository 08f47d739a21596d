"""Hypothesis strategies for random, small and valid cases, as plain dicts in the form of format.md.

``cases()`` draws what the core of the method needs; further features are named and switched on by the caller,
so that an engine can be compared with the oracle on what it has. Numbers have at most six significant digits.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from .actual_strategies import actuals_table
from .worth_strategies import value_tables

Row = dict[str, Any]

CORE: frozenset[str] = frozenset()
FURTHER: frozenset[str] = frozenset(
    {
        "nominal",
        "later_inflation",
        "pools",
        "blocks",
        "release_lag",
        "transfers",
        "released_costs",
        "tax_deadweight",
        "negative_benefits",
        "part_of",
        "earnings",
        "evidence",
        "long",
        "incomes",
        "actuals",
    }
)

WORDS = ("alpha", "beta", "gamma", "delta")
HELD_PRICE_YEARS = ("2009", "2009/10", "2015", "2015/16", "2019", "2019/20", "2023/24", "2024")
LATER_PRICE_YEARS = ("2024/25", "2025", "2026/27", "2031/32")
SCHEDULES = ("green-book-2026-standard", "green-book-2026-health", "green-book-2026-reduced")
PAYERS = ("council", "health", "justice", "people", "society")
STATUSES = ("forecast", "observed", "attributed", "judgement")
GRADES = range(1, 5)
LONG = 50  # horizons beyond this many years have the reduced schedule beside them (§ 1), and few rows here


def number(low: float, high: float, places: int) -> st.SearchStrategy[float]:
    """Numbers from ``low`` to ``high`` with so many decimal places."""
    scale = 10**places
    return st.integers(round(low * scale), round(high * scale)).map(lambda whole: whole / scale)


def share(high: float = 1) -> st.SearchStrategy[float]:
    """A share, mostly small: one that is 1 leaves nothing to compare."""
    return st.one_of(number(0, 0.4, 2), number(0, 0.4, 2), number(0, high, 2))


def rarely(draw: st.DrawFn) -> bool:
    """One time in eight."""
    return draw(st.integers(0, 7)) == 7


def maybe(draw: st.DrawFn, row: Row, field: str, strategy: st.SearchStrategy[Any]) -> None:
    """Fill an optional field, or leave it out for its default."""
    if draw(st.booleans()):
        row[field] = draw(strategy)


@st.composite
def profilable(draw: st.DrawFn, plain: st.SearchStrategy[float], years: list[int]) -> float | dict[int, float]:
    """A number, or now and then a profile over some of the years."""
    if draw(st.integers(0, 3)) < 3:
        return draw(plain)
    chosen = draw(st.lists(st.sampled_from(years), min_size=1, max_size=min(12, len(years)), unique=True))
    return {year: draw(plain) for year in sorted(chosen)}


@st.composite
def settings_table(draw: st.DrawFn, features: frozenset[str]) -> Row:
    """Table **settings**."""
    base_years: tuple[str, ...] = ("2015/16", "2019", "2023/24", "2024")
    row: Row = {"first_year": draw(st.integers(2020, 2030)), "years": draw(st.integers(1, 12))}
    if "long" in features and rarely(draw):
        row["years"] = draw(st.integers(LONG + 1, LONG + 10))
    if "nominal" in features and rarely(draw):  # within the index, which may end before the last person leaves
        row |= {"first_year": 2020, "years": draw(st.integers(1, 4))}
    elif "later_inflation" in features or "nominal" in features:
        row["later_inflation"] = draw(number(-0.02, 0.08, 3))
        base_years = (*base_years, "2024/25", "2026/27", "2027")
    row["price_base"] = draw(st.sampled_from(base_years))
    discounts = st.one_of(number(-0.02, 0.15, 3), st.sampled_from(SCHEDULES))
    maybe(draw, row, "discount", discounts)
    maybe(draw, row, "health_discount", discounts)
    timings = st.sampled_from(("start", "middle", "end"))
    maybe(draw, row, "cost_timing", timings)
    maybe(draw, row, "benefit_timing", timings)
    if "tax_deadweight" in features:
        maybe(draw, row, "tax_deadweight", number(0, 0.5, 2))
    if "incomes" in features:
        maybe(draw, row, "reference_income", number(1000, 90000, 0))
    if "negative_benefits" in features:
        maybe(draw, row, "negative_benefits", st.sampled_from(("benefits", "costs")))
    if "released_costs" in features:
        maybe(draw, row, "released_costs", st.sampled_from(("costs", "benefits")))
    return row


def price_years(features: frozenset[str]) -> st.SearchStrategy[str]:
    """Price years within reach of the index."""
    held: tuple[str, ...] = HELD_PRICE_YEARS
    if "later_inflation" in features:
        held += LATER_PRICE_YEARS
    if "nominal" in features:
        held = (*held, "nominal", "nominal", "nominal")
    return st.sampled_from(held)


def sector_table(draw: st.DrawFn, features: frozenset[str]) -> list[Row]:
    """Table **sectors**: every ledger, and a sector that stands for several of the library's."""
    council: Row = {"id": "council", "name": "Council", "ledger": "public"}
    council["library"] = ["adult-social-care", "childrens-services"]
    health: Row = {"id": "health", "name": "NHS", "ledger": "public"}
    sectors: list[Row] = [
        council,
        health,
        {"id": "justice", "name": "Justice", "ledger": "public"},
        {"id": "people", "name": "People", "ledger": "people"},
        {"id": "society", "name": "Society", "ledger": "society"},
    ]
    if "part_of" in features:
        sectors.append({"id": "government", "name": "Government", "ledger": "public"})
        council["part_of"] = "government"
        if draw(st.booleans()):
            health["part_of"] = draw(st.sampled_from(("government", "council")))
    return sectors


@st.composite
def group_row(draw: st.DrawFn, name: str, years: list[int]) -> Row:
    """One row of **groups**."""
    first = draw(st.sampled_from(years[: 1 + len(years) // 2]))
    row: Row = {"id": name, "name": name.capitalize()}
    row["referrals"] = draw(profilable(number(0, 500, 1), years))
    row["from"] = first
    row["to"] = draw(st.sampled_from([year for year in years if year >= first]))
    maybe(draw, row, "engagement", number(0, 1, 2))
    maybe(draw, row, "stay_years", number(0.05, 6, 2))
    maybe(draw, row, "exit_rate", share(0.99))
    if not rarely(draw):
        row["income"] = draw(number(1000, 90000, 0))
    if rarely(draw):
        row["counts"] = False
    return row


def followed(groups: list[str]) -> st.SearchStrategy[Any]:
    """One group, a list of groups, or all."""
    lists = st.lists(st.sampled_from(groups), min_size=1, max_size=len(groups), unique=True)
    return st.one_of(st.sampled_from(groups), lists, st.just("all"))


@st.composite
def cost_row(draw: st.DrawFn, name: str, groups: list[str], years: list[int], features: frozenset[str]) -> Row:
    """One row of **costs**: one of the five bases, or an old service that the new one replaces."""
    bases = ("one_off", "per_year", "per_referral", "per_start", "per_person_year", "old")
    basis = draw(st.sampled_from(bases))
    row: Row = {"id": name, "name": name.capitalize()}
    row["payer"] = draw(st.sampled_from(PAYERS + (("government",) if "part_of" in features else ())))
    row["basis"] = "per_year" if basis == "old" else basis
    per_person = basis in ("per_referral", "per_start", "per_person_year")
    # Sizes that benefits can win back, so that ratios, paybacks and rates of return are there to compare.
    row["amount"] = draw(profilable(number(0, 500, 1) if per_person else number(0, 99999, 0), years))
    if per_person:
        row["group"] = draw(followed(groups))
    maybe(draw, row, "from", st.sampled_from(years))
    if basis == "old":
        row["old_service"] = True
        row["release_share"] = draw(share())
        row["release_years"] = draw(st.sampled_from((0, 0.5, 1, 2, 2.5, 4)))
    elif basis != "one_off":
        maybe(draw, row, "to", st.sampled_from([year for year in years if year >= row.get("from", years[0])]))
    maybe(draw, row, "price_year", price_years(features))
    maybe(draw, row, "growth", number(-0.1, 0.1, 3))
    maybe(draw, row, "optimism", share())
    maybe(draw, row, "grade", st.sampled_from(GRADES))
    maybe(draw, row, "status", st.sampled_from(STATUSES))
    maybe(draw, row, "treatment", st.sampled_from(("cash", "in_kind")))
    maybe(draw, row, "capital", st.booleans())
    if rarely(draw):
        row["counts"] = False
    return row


@st.composite
def outcome_row(draw: st.DrawFn, name: str, groups: list[str], years: list[int]) -> Row:
    """One row of **outcomes**, with any of the adjusters."""
    row: Row = {"id": name, "name": name.capitalize(), "group": draw(followed(groups)), "unit": "incident"}
    if draw(st.booleans()):
        row["basis"] = "absolute"
        row["effect"] = draw(profilable(st.one_of(number(0, 5, 2), number(-5, 5, 2)), years))
        maybe(draw, row, "baseline", number(0, 5, 2))
    else:
        row["effect"] = draw(profilable(st.one_of(number(0, 1, 2), number(-2, 1, 2)), years))
        row["baseline"] = draw(number(0, 5, 2))
    maybe(draw, row, "of", st.sampled_from(("engaged", "referred")))
    maybe(draw, row, "at_risk", number(0, 1, 2))
    maybe(draw, row, "deadweight", number(-1, 1, 2))
    for field in ("attribution", "displacement", "leakage", "regression_to_mean", "optimism", "drop_off"):
        maybe(draw, row, field, share())
    maybe(draw, row, "lag", st.integers(0, 4))
    maybe(draw, row, "duration", st.integers(1, 8))
    maybe(draw, row, "grade", st.sampled_from(GRADES))
    maybe(draw, row, "status", st.sampled_from(STATUSES))
    if rarely(draw):
        row["counts"] = False
    return row


def evidence_rows(draw: st.DrawFn, costs: list[Row], outcomes: list[Row]) -> list[Row]:
    """Rows of **evidence**, of numbers that decide for their row and of others."""
    refs = [f"costs.{row['id']}.amount" for row in costs]
    refs += [f"outcomes.{row['id']}.{field}" for row in outcomes for field in ("effect", "deadweight")]
    found = []
    for ref in draw(st.lists(st.sampled_from(refs), max_size=3, unique=True)):
        row: Row = {"ref": ref}
        maybe(draw, row, "grade", st.sampled_from(GRADES))
        maybe(draw, row, "status", st.sampled_from(STATUSES))
        found.append(row)
    return found


@st.composite
def cases(draw: st.DrawFn, features: frozenset[str] = CORE) -> dict[str, Any]:
    """A whole valid case, with the core of the method and the named further ``features``."""
    unknown = features - FURTHER
    if unknown:
        message = f"no such features: {sorted(unknown)}"
        raise ValueError(message)
    settings = draw(settings_table(features))
    if "later_inflation" not in settings:
        features -= {"later_inflation"}
    years = [settings["first_year"] + t for t in range(settings["years"])]
    most = 1 if len(years) > LONG else 3
    groups = [draw(group_row(f"group-{word}", years)) for word in WORDS[: draw(st.integers(1, most))]]
    names = [group["id"] for group in groups]
    costs = [draw(cost_row(f"cost-{word}", names, years, features)) for word in WORDS[: draw(st.integers(1, 3))]]
    outcomes = [draw(outcome_row(f"outcome-{word}", names, years)) for word in WORDS[: draw(st.integers(1, most))]]
    amounts = profilable(number(-500, 5000, 1), years)
    case = {
        "about": {"id": "drawn", "title": "A case drawn at random"},
        "settings": settings,
        "sectors": sector_table(draw, features),
        "groups": groups,
        "costs": costs,
        "outcomes": outcomes,
        "values": draw(value_tables([row["id"] for row in outcomes], amounts, price_years(features), features, most)),
        **({"evidence": evidence_rows(draw, costs, outcomes)} if "evidence" in features else {}),
        "grades": [
            {"grade": grade, "cost_optimism": draw(share(0.6)), "benefit_optimism": draw(share(0.6))}
            for grade in GRADES
        ],
    }
    return case | ({"actuals": draw(actuals_table(case, years))} if "actuals" in features else {})
