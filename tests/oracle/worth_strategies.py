"""Random rows of **values**: on a fitting ledger, from the library, released as cash, pooled, both-sided."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

Row = dict[str, Any]

PUBLIC = ("council", "health", "justice")
OTHERS = ("people", "society")
# Library ids and events whose parts all fall to sectors of a drawn case, with each part's sector and kind.
LIBRARY_ROWS: dict[str, tuple[tuple[str, str], ...]] = {
    "ae-attendance": (("health", "fiscal"),),
    "child-in-care-year": (("council", "fiscal"),),
    "wellby": (("people", "social"),),
    "qaly": (("people", "social"),),
    "hip-fracture": (("health", "fiscal"), ("council", "fiscal")),
    "crime-robbery": (("justice", "fiscal"), ("society", "social")),
}
WORDS = ("north", "east", "south", "west", "near", "far", "high", "low")


@dataclass
class Taken:
    """Default ids already used, so that a second such row gets its own."""

    ids: set[str] = field(default_factory=set)

    def name(self, row: Row) -> Row:
        """Give the row an id where its default one is taken."""
        value_id = f"{row['outcome']}-{row['sector']}-{row['kind']}"
        if value_id in self.ids:
            row["id"] = value_id = f"value-{WORDS[len(self.ids) % len(WORDS)]}-{'x' * (1 + len(self.ids))}"
        self.ids.add(value_id)
        return row


def decimal(low: float, high: float, places: int) -> st.SearchStrategy[float]:
    """Numbers from ``low`` to ``high`` with so many decimal places."""
    scale = 10**places
    return st.integers(round(low * scale), round(high * scale)).map(lambda whole: whole / scale)


@st.composite
def plain_row(
    draw: st.DrawFn,
    outcomes: list[str],
    amounts: st.SearchStrategy[Any],
    price_years: st.SearchStrategy[str],
    features: frozenset[str],
) -> Row:
    """A row that states its own amount."""
    kind = draw(st.sampled_from(("fiscal", "economic", "social")))
    row: Row = {"outcome": draw(st.sampled_from(outcomes)), "kind": kind}
    row["sector"] = draw(st.sampled_from(PUBLIC if kind == "fiscal" else OTHERS))
    row["amount"] = draw(amounts)
    if draw(st.booleans()):
        row["price_year"] = draw(price_years)
    if draw(st.booleans()):
        row["times"] = draw(decimal(0, 60, 2))
    if draw(st.booleans()):
        row["growth"] = draw(decimal(-0.1, 0.1, 3))
    if kind == "social":
        row["health_effect"] = draw(st.booleans())
    if draw(st.integers(0, 7)) == 7:
        row["counts"] = False
    return row | (draw(release(features)) if kind == "fiscal" else {})


@st.composite
def release(draw: st.DrawFn, features: frozenset[str]) -> Row:
    """How a public row's worth is released as cash."""
    row: Row = {}
    if draw(st.booleans()):
        row["cashable"] = draw(decimal(0, 1, 2))
    if "blocks" in features and draw(st.booleans()):
        row["block"] = draw(decimal(0.1, 40, 1))
    if "release_lag" in features and draw(st.booleans()):
        row["release_lag"] = draw(st.integers(0, 3))
    return row


@st.composite
def library_row(draw: st.DrawFn, outcome: str, name: str) -> Row:
    """A row whose amount the library brings; ``times`` is stated, as the units may differ."""
    row: Row = {"outcome": outcome, "unit_value": name, "times": draw(decimal(0, 3, 2))}
    if draw(st.booleans()):
        row["growth"] = draw(decimal(-0.1, 0.1, 3))
    if all(kind == "fiscal" for _, kind in LIBRARY_ROWS[name]) and draw(st.booleans()):
        row["cashable"] = draw(decimal(0, 1, 2))
    return row


@st.composite
def transfer_rows(draw: st.DrawFn, outcome: str, taken: Taken) -> list[Row]:
    """A transfer between a public sector and the people: one balanced row, or a row for either side."""
    amount = draw(decimal(1, 5000, 1))
    times = draw(decimal(0.5, 52, 1))
    sector = draw(st.sampled_from(PUBLIC))
    row: Row = {"outcome": outcome, "sector": sector, "kind": "transfer", "amount": amount, "times": times}
    if draw(st.booleans()):
        row["cashable"] = draw(decimal(0, 1, 2))
    if draw(st.booleans()):
        return [taken.name({**row, "balance": "people"})]
    return [
        taken.name(row),
        taken.name({"outcome": outcome, "sector": "people", "kind": "transfer", "amount": -amount, "times": times}),
    ]


@st.composite
def earnings_rows(draw: st.DrawFn, outcome: str, taken: Taken) -> list[Row]:
    """Earnings of people: net of tax with the tax fiscal, or gross with the tax a transfer; never both (§ 5).

    Now and then the other style stands beside as a row that does not count.
    """
    style = draw(st.sampled_from(("net", "gross")))
    earnings: Row = {"outcome": outcome, "sector": "people", "kind": "economic", "earnings": style}
    rows = [taken.name({**earnings, "amount": draw(decimal(1, 9999, 1))})]
    if draw(st.booleans()):
        tax: Row = {"outcome": outcome, "sector": draw(st.sampled_from(PUBLIC)), "amount": draw(decimal(0, 3000, 1))}
        if style == "net":
            rows.append(taken.name({**tax, "kind": "fiscal"}))
        else:
            rows.append(taken.name({**tax, "kind": "transfer", "balance": "people"}))
    if draw(st.integers(0, 3)) == 3:
        other = {**earnings, "earnings": "gross" if style == "net" else "net", "counts": False}
        rows.append(taken.name({**other, "amount": draw(decimal(1, 9999, 1))}))
    return rows


@st.composite
def pooled_rows(draw: st.DrawFn, outcomes: list[str], taken: Taken, features: frozenset[str]) -> list[Row]:
    """Two rows that release together: they agree in all but the outcome and ``times``."""
    agreed: Row = {
        "sector": draw(st.sampled_from(PUBLIC)),
        "kind": "fiscal",
        "amount": draw(decimal(1, 5000, 1)),
    }
    agreed |= draw(release(features)) | {"pool": "beds", "growth": draw(decimal(-0.1, 0.1, 3))}
    return [
        taken.name({"outcome": draw(st.sampled_from(outcomes)), **agreed, "times": draw(decimal(0, 9, 1))})
        for _ in range(2)
    ]


@st.composite
def value_tables(
    draw: st.DrawFn,
    outcomes: list[str],
    amounts: st.SearchStrategy[Any],
    price_years: st.SearchStrategy[str],
    features: frozenset[str],
    most: int,
) -> list[Row]:
    """One value to one more than ``most``, and what the features add."""
    taken = Taken()
    rows: list[Row] = []
    for _ in range(draw(st.integers(1, most + 1))):
        if draw(st.integers(0, 3)) < 3:
            rows.append(taken.name(draw(plain_row(outcomes, amounts, price_years, features))))
            continue
        outcome = draw(st.sampled_from(outcomes))
        name = draw(st.sampled_from(sorted(LIBRARY_ROWS)))
        parts = {f"{outcome}-{sector}-{kind}" for sector, kind in LIBRARY_ROWS[name]}
        if not parts & taken.ids:
            taken.ids |= parts
            rows.append(draw(library_row(outcome, name)))
    if "transfers" in features and draw(st.booleans()):
        rows += draw(transfer_rows(draw(st.sampled_from(outcomes)), taken))
    if "earnings" in features:
        for outcome in draw(st.lists(st.sampled_from(outcomes), max_size=2, unique=True)):
            rows += draw(earnings_rows(outcome, taken))
    if "pools" in features and draw(st.booleans()):
        rows += draw(pooled_rows(outcomes, taken, features))
    return rows
