"""Hypothesis strategy for the table **actuals** of a random case: what came in, of numbers that can."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Row = dict[str, Any]


def can_come_in(case: Row) -> list[str]:
    """The refs of the numbers that can come in: neither of an old service nor of a library price.

    Nor of rows that must agree with others, in a pool or on the two sides of a transfer.
    """
    refs = [f"groups.{row['id']}.referrals" for row in case["groups"]]
    refs += [f"costs.{row['id']}.amount" for row in case["costs"] if not row.get("old_service")]
    refs += [f"outcomes.{row['id']}.effect" for row in case["outcomes"]]
    for row in case["values"]:
        alone = "pool" not in row and (row.get("kind") != "transfer" or "balance" in row)
        if "unit_value" not in row and alone:
            name = row.get("id") or f"{row['outcome']}-{row['sector']}-{row['kind']}"
            refs.append(f"values.{name}.amount")
    return refs


@st.composite
def actuals_table(draw: st.DrawFn, case: Row, years: list[int]) -> list[Row]:
    """Up to eight rows, each of another number or year; an effect may turn into a harm."""
    places = st.tuples(st.sampled_from(can_come_in(case)), st.sampled_from(years))
    rows = []
    for ref, year in draw(st.lists(places, max_size=8, unique=True)):
        whole = draw(st.integers(-200, 100) if ref.startswith("outcomes.") else st.integers(0, 50000))
        rows.append({"ref": ref, "year": year, "value": whole / 100})
    return rows
