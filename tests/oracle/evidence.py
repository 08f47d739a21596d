"""§ 4, evidence: whose grade and status count, and what share of present value rests on each status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]

DECIDING = {"costs": "amount", "outcomes": "effect"}
SHARES = {
    "forecast": "forecast",
    "observed": "observed",
    "attributed": "attributed",
    "judgement": "judged",
    None: "not_stated",
}


def field_of(case: Row, table: str, row: Row, field: str) -> Any:
    """A field of evidence of a row: that of its amount or effect in table **evidence**, else the row's own."""
    for evidence in case.get("evidence") or []:
        if evidence["ref"] == f"{table}.{row['id']}.{DECIDING[table]}" and evidence.get(field) not in (None, ""):
            return evidence[field]
    found = row.get(field)
    return None if found == "" else found


def shares(case: Row, costs: Mapping[str, float], values: list[tuple[str, str, float]]) -> dict[str, Any]:
    """The shares of the benefits and of the costs by status, every present value by its size.

    ``costs`` are present values by id; ``values`` the outcome, the kind and the present value of every flow. A
    transfer is in no public value, so in no share.
    """
    status = {
        (table, row["id"]): field_of(case, table, row, "status") for table in DECIDING for row in case.get(table) or []
    }
    sizes: dict[str, dict[str, float]] = {side: dict.fromkeys(SHARES.values(), 0.0) for side in ("benefits", "costs")}
    for name, worth in costs.items():
        sizes["costs"][SHARES[status["costs", name]]] += abs(worth)
    for outcome, kind, worth in values:
        if kind != "transfer":
            sizes["benefits"][SHARES[status["outcomes", outcome]]] += abs(worth)
    found: dict[str, Any] = {}
    for side, held in sizes.items():
        whole = sum(held.values())
        found[side] = {name: None if whole == 0 else size / whole for name, size in held.items()}
        found[f"{side}_size"] = whole
    return found
