"""What the answer rests on: shares of present value by the status of evidence, in public value (method § 4, evidence).

A cost's status is that of its amount, a benefit's that of its outcome's effect. Every row of costs and every flow of
value counts by its size, `|PV|`, so that a harm takes nothing off what others rest on. *Not stated* is a share of its
own: it is unknown what such a row rests on, which is not nil.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sroi.projection.declaring import POUNDS, Declaring
from sroi.projection.values import flows, said_of
from sroi.projection.views import SHEET
from sroi.sheet import ABSENT, PURE, Evaluation, Line, absolute, choose, sum_over_years

STATUSES: Mapping[str, str | None] = MappingProxyType(
    {
        "forecast": "forecast",
        "observed": "observed",
        "attributed": "attributed",
        "judged": "judgement",
        "not_stated": None,
    }
)
"""Each share's name, and the status that it is the share of."""
WORDS = {name: name.replace("_", " ") for name in STATUSES}
SIDES = ("benefits", "costs")
NOTHING = {"benefits": "there is no benefit to take a share of", "costs": "there is no cost to take a share of"}

Shares = Mapping[str, float | None]


@dataclass(frozen=True)
class EvidenceShares:
    """What benefits and costs rest on: for each status the share of present value, by size, that has it."""

    benefits: Shares
    """`forecast`, `observed`, `attributed`, `judged` and `not_stated`, which add to 1; `None` where nothing counts."""
    costs: Shares
    change_not_effect: bool
    """Whether any benefit rests on change that was observed without a comparison group."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why a side has no shares."""

    def to_dict(self) -> dict[str, Any]:
        """The object `evidence` of the JSON's `central`; reasons only where there are some."""
        held: dict[str, Any] = {side: dict(getattr(self, side)) for side in SIDES}
        held["change_not_effect"] = self.change_not_effect
        return held | ({"reasons": dict(self.reasons)} if self.reasons else {})


def share_line(side: str, name: str) -> str:
    """The name of the line that holds a share, such as `public_value.evidence.benefits.forecast`."""
    return f"public_value.evidence.{side}.{name}"


def declare(to: Declaring) -> None:
    """Declares the size of every cost and flow, and the shares of each status on both sides (method § 4, evidence).

    `<flow>.worth_size`, `<cost>.paid_size`  one number each, £: the size of its present value
    `<view>.evidence.benefits.forecast`      a share of the benefits by size, one for each status; *not applicable*
                                             where there are none; `<view>.evidence.costs.forecast` of the costs
    """
    to.model.sheet(SHEET)
    to.model.heading("What it rests on: shares of present value, by size")
    benefits: dict[str | None, list[Line]] = {status: [] for status in STATUSES.values()}
    costs: dict[str | None, list[Line]] = {status: [] for status in STATUSES.values()}
    for flow in flows(to):
        if flow.kind != "transfer":  # as in public value: nobody's gain (method § 5)
            status = to.case.basis(to.outcome(flow.value.outcome)).status
            benefits[status].append(
                _size(to, f"{flow.id}.worth_size", said_of(to, flow), to[f"{flow.id}.present_value"])
            )
    for cost in to.case.costs:
        costs[to.case.basis(cost).status].append(
            _size(to, f"{cost.id}.paid_size", to.said(cost), to[f"{cost.id}.present_cost"])
        )
    _shares(to, "benefits", benefits)
    _shares(to, "costs", costs)


def _size(to: Declaring, name: str, said: str, present: Line) -> Line:
    label = f"{said}: size of its present value"
    formula = absolute(sum_over_years(present))
    return to.model.line(name, label, POUNDS, formula, style="money", method="§ 4")


def _shares(to: Declaring, side: str, by_status: Mapping[str | None, Sequence[Line]]) -> None:
    model, title = to.model, side.capitalize()
    sizes = {
        name: model.sum(share_line(side, f"{name}_size"), f"{title}, {WORDS[name]}: size", POUNDS, by_status[status],
                        style="money", method="§ 4")
        for name, status in STATUSES.items()
    }  # fmt: skip
    whole = model.sum(
        share_line(side, "size"), f"{title}: size of all", POUNDS, list(sizes.values()), style="money", method="§ 4"
    )
    for name, size in sizes.items():
        formula = choose(model["public_value.nil"] < whole, size / whole, ABSENT)
        label = f"{title}: share {WORDS[name]}"
        model.line(share_line(side, name), label, PURE, formula, style="share", method="§ 4")


def read(evaluation: Evaluation) -> EvidenceShares:
    """The shares of an evaluated case."""
    found = {side: {name: _number(evaluation, share_line(side, name)) for name in STATUSES} for side in SIDES}
    reasons = {side: NOTHING[side] for side in SIDES if None in found[side].values()}
    observed = found["benefits"]["observed"]
    return EvidenceShares(
        MappingProxyType(found["benefits"]),
        MappingProxyType(found["costs"]),
        observed is not None and observed > 0,
        MappingProxyType(reasons),
    )


def _number(evaluation: Evaluation, name: str) -> float | None:
    value = evaluation.number(name)
    return None if math.isnan(value) else value
