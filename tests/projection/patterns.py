"""Every kind of line the projection declares, and what shows it right: a new kind must be given its place here.

`oracle`: compared in `agreement.py`. `hand`: a sum by hand in this folder names it. `input`: held against the case.
`check`: part of the engine's own checks, each of which `test_checks.py` and `tests/parity/test_typed.py` turn red.
`step of ...`: a step whose only use is that line, so that line's comparison is its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sroi.model import Case
from sroi.projection import Declared
from sroi.projection.values import flows
from sroi.projection.views import VIEWS

TABLES = ("settings", "groups", "costs", "outcomes", "values", "unit_values")
RATES = ("schedule_rate", "schedule_next_rate", "flat_rate")

PAYBACK = (
    *("flow_at_start", "flow_at_middle", "flow_at_end", "cumulative_at_start", "cumulative_at_middle"),
    *("cumulative_before", "crossing_start", "crossing_middle", "crossing_end", "last_before"),
    *(
        "cost_at_start",
        "cost_at_middle",
        "cost_at_end",
        "cost_dates",
        "cost_mid_dates",
        "cost_last_date",
        "first_cost",
        "crossed",
        "uncounted",
        "pays_back",
    ),
)
"""Steps of payback: nine pairs of timings try them by hand, and every case of the oracle's."""

STATUSES = ("forecast", "observed", "attributed", "judged", "not_stated")
STREAMS = ("cash_costs", "costs_in_kind", "own_benefits", "cash_released")
OUTTURN = ("cash_costs", "cash_released", "has_released", "pays", "saves", "saves_less_pays")
FUNDING = ("costs", "benefits", "cumulative", "cumulative_at_middle", "cumulative_at_start", "final")
PARTS = ("capital", "revenue", "one_off", "recurring", "old_released")
FINANCIAL: dict[str, str] = {
    **{f"<sector>.{name}": "oracle" for name in ("pays", "saves", "has_released", "saves_less_pays", "failure")},
    **{f"<view>.{name}": "oracle" for name in (*PARTS, "gap", "surplus", "short", "pv_freed")},
    "<view>.old_costs": "step of <view>.old_released",
    **{f"<view>.{name}_outturn": "oracle" for name in (*PARTS, "yearly_net")},
    **{f"<sector>.pv_{name}": "oracle" for name in ("pays", "saves", "cash", "freed")},
    **{f"<view>.{name}_outturn": "oracle" for name in ("costs", "benefits")},
    **{f"<sector>.{name}_outturn": "step of <view>.costs_outturn" for name in OUTTURN},
    "<view>.shared": "step of <sector>.budget_pays",
    **{
        f"<sector>.{view}_{name}": "oracle" for view in ("budget", "cashable") for name in ("pays", "receives", "loses")
    },
    **{
        f"<sector>.{view}_{name}": f"step of <sector>.{view}_pays"
        for view in ("budget", "cashable")
        for name in ("gained", "paid", "yearly", "net", "gap", "surplus")
    },
    **{f"<sector>.funding{prices}.peak": "oracle" for prices in ("", "_outturn")},
    **{
        f"<sector>.funding{prices}.{name}": f"step of <sector>.funding{prices}.peak"
        for prices in ("", "_outturn")
        for name in (*FUNDING, *(f"flow_at_{point}" for point in ("start", "middle", "end")))
    },
    **{f"<sector>.{view}.payback": "oracle" for view in ("funding", "in_budget")},
    **{f"<sector>.in_budget.{name}": "step of <sector>.in_budget.payback" for name in (*PAYBACK, "size", "nil")},
    **{f"<sector>.in_budget.{name}": "step of <sector>.in_budget.payback" for name in ("cumulative", "final")},
    **{
        f"<sector>.funding.{name}": "step of <sector>.funding.payback"
        for name in {*PAYBACK, "size", "nil"} - {*FUNDING, "flow_at_start", "flow_at_middle", "flow_at_end"}
    },
    "<sector>.last_paid": "oracle",
    **{f"<sector>.{name}": "step of <sector>.last_paid" for name in ("payments", "years_paid")},
    **{f"<sector>.after.<sector>.{name}": "oracle" for name in ("change", "net")},
    "<sector>.year_after": "step of <sector>.after.<sector>.change",
    "<outcome>.cost_per_outcome": "oracle",
    **{f"<outcome>.{name}": "step of <outcome>.cost_per_outcome" for name in ("count", "count_nil")},
    "<flow>.failure": "step of <sector>.failure",
    **{f"<outcome>.{name}": "step of <sector>.failure" for name in ("failing", "reached")},
    **{f"<sector>.{name}": "oracle" for name in ("pv_failure", "failure_full_year")},
    "timeline.first_full_year": "oracle",
    **{
        f"timeline.{name}": "step of timeline.first_full_year"
        for name in ("failing_begun", "failing_all_begun", "first_full", "first_full_calendar")
    },
    "<outcome>.begun": "step of timeline.first_full_year",
    "timeline.failing_begun_part_n": "step of timeline.first_full_year",
    **{f"<sector>.{name}_part_n": f"step of <sector>.{name}" for name in ("pv_failure", "failure_full_year")},
    **{f"<flow>.{name}": "step of <sector>.pv_failure" for name in ("pv_failure", "present_failure")},
    **{f"<flow>.{name}": "step of <sector>.failure_full_year" for name in ("failure_full_year", "failure_first_full")},
}
"""The financial case (`sroi.projection.budgets`, `side_payments`, `payers`, `failure`)."""

MAPPED: dict[str, str] = {
    **{f"<outcome>.map_{name}": "hand" for name in ("in_force", "begun", "first", "after", "year", "people", "gross")},
    **{f"<outcome>.map_{name}": "hand" for name in ("quantity", "kept", "optimism", "regression", "net", "valued")},
    **{f"<outcome>.map_{name}_by_year": "hand" for name in ("people", "gross")},
    **{f"<flow>.map_{name}": "hand" for name in ("times", "each", "impact", "total", "present", "value", "weighted")},
    **{f"<flow>.map_{name}_by_year": "hand" for name in ("each", "value")},
    "<flow>.map_apart": "step of value_map.apart",
    "<cost>.map_input": "hand",
    **{f"value_map.{name}": "hand" for name in ("tax", "in_cash", "in_kind", "paid", "present", "apart")},
    **{f"value_map.{name}_part_n": f"step of value_map.{name}" for name in ("in_cash", "present", "apart")},
}
"""The value map (`sroi.projection.value_map`)."""

COVERED: dict[str, str] = {
    **{
        f"constants.{name}": "input"
        for name in ("tolerance", "half", "hundred", "quarter", "tenth", "dominant", "elasticity")
    },
    "price_index.<year>": "step of timeline.nominal",
    "timeline.year_index": "step of timeline.nominal",
    **{f"timeline.{name}": "hand" for name in ("nominal", "outturn")},
    **{f"timeline.{name}": "hand" for name in ("calendar", "elapsed", "horizon", "last_calendar")},
    **{f"timeline.standard_{name}": "hand" for name in ("factor", "rate", "next_rate")},
    "timeline.base_index": "step of <flow>.value",
    **{f"timeline.{what}_factor": "oracle" for what in ("cost", "benefit")},
    **{f"timeline.{what}_shift": f"step of timeline.{what}_factor" for what in ("cost", "benefit")},
    **{
        f"timeline.{what}_{point}": "step of <view>.payback"
        for what in ("cost", "benefit")
        for point in ("middle", "end", "at_middle", "at_start")
    },
    **{f"timeline.{name}": "step of <view>.payback" for name in ("half_years", "step")},
    **{f"timeline.standard_{name}": "step of timeline.standard_rate" for name in RATES},
    **{f"timeline.health_{name}": "step of timeline.health_benefit_factor" for name in (*RATES, "factor", "next_rate")},
    "timeline.health_rate": "hand",
    "timeline.health_benefit_factor": "oracle",
    **{f"<group>.{name}": "oracle" for name in ("referrals", "engaged", "served")},
    "<group>.open": "step of <group>.referrals",
    "<group>.whole_year_people": "hand",
    **{f"<group>.{name}": "step of <group>.served" for name in ("stays", "whole_years", "left_after")},
    **{f"<cost>.{name}": "oracle" for name in ("cost", "released", "present_cost")},
    "<cost>.still_paid": "hand",
    "<cost>.release_progress": "step of <cost>.released",
    **{
        f"<cost>.{name}": "step of <cost>.cost"
        for name in (
            "cost_each",
            "cost_growth",
            "cost_prices",
            "cost_prices_index",
            "runs",
            "volume",
            "people",
            "people_part_n",
        )
    },
    **{f"<outcome>.{name}": "oracle" for name in ("gross", "net", "corrected", "in_force", "quantity")},
    **{f"<outcome>.{name}": "oracle" for name in ("entering", "total_present_value")},
    "<outcome>.exposed": "hand",
    "<outcome>.kept": "step of <outcome>.in_force",
    "<outcome>.entering.<group>": "oracle",
    "<outcome>.in_force.<group>": "hand",
    "<outcome>.exposed.<group>": "step of <outcome>.entering",
    "<outcome>.kept.<group>": "step of <outcome>.in_force",
    **{f"<flow>.{name}": "oracle" for name in ("value", "present_value", "cash", "freed", "value_each")},
    **{f"<flow>.{name}": "step of <flow>.value" for name in ("value_growth", "value_prices", "value_prices_index")},
    "<flow>.library_health": "step of <flow>.present_value",
    "<outcome>.gain": "hand",
    "<view>.gains": "hand",
    "<flow>.factor": "step of <flow>.present_value",
    **{f"<flow>.{name}": "input" for name in ("amount", "price_year", "times", "growth", "counts", "health_effect")},
    "<flow>.cashable": "input",
    **{f"<sector>.own.<row>.{name}": "step of <sector>.npv" for name in ("cost", "value", "present_value")},
    "<sector>.yearly_net": "step of <sector>.npv",
    # what counts as nil: `test_nil.py` tries it by hand where rows cancel
    **{f"<sector>.size.<row>.{name}": "step of <sector>.nil" for name in ("cost", "value", "cash")},
    **{f"<sector>.{name}_size": "step of <sector>.nil" for name in STREAMS},
    **{f"{view}.{name}": "hand" for view in ("<sector>", "<view>", "<view>.not_public") for name in ("size", "nil")},
    **{f"<view>.tax_on_{what}_size{s}": "step of <view>.size" for what in ("costs", "values") for s in ("", "s")},
    "<view>.size_part_n": "step of <view>.size",
    "<sector>.own.<row>.cash": "step of <sector>.pv_cashable",
    **{f"<sector>.{name}": "step of <sector>.npv" for name in ("cash_costs", "costs_in_kind", "own_benefits")},
    **{f"<sector>.{name}": "step of <sector>.npv" for name in ("discounted_cash_costs", "discounted_costs_in_kind")},
    **{
        f"<sector>.{name}": "step of <sector>.npv"
        for name in ("discounted_own_benefits", "discounted_benefits", "discounted_costs")
    },
    **{
        f"<sector>.{name}": "step of <sector>.pv_cashable"
        for name in ("cash_released", "discounted_cash_released", "all_cash")
    },
    **{f"<sector>.{name}": "oracle" for name in ("costs", "benefits", "pv_costs", "pv_benefits", "pv_cashable")},
    **{f"<sector>.{name}": "oracle" for name in ("npv", "bcr", "payback")},
    **{f"<sector>.{name}": "step of <sector>.payback" for name in (*PAYBACK, "cumulative", "final")},
    **{f"<view>.{name}": "oracle" for name in ("costs", "benefits", "pv_costs", "pv_benefits", "npv", "bcr")},
    **{f"<view>.{name}": "oracle" for name in ("payback", "discounted.payback")},
    **{f"<view>.{name}": "step of <view>.npv" for name in ("discounted_costs", "discounted_benefits", "yearly_net")},
    "<view>.costs_part_n": "step of <view>.costs",
    "<view>.benefits_part_n": "step of <view>.benefits",
    "<view>.discounted_benefits_part_n": "step of <view>.npv",
    "<view>.cumulative": "hand",
    "<view>.mvpf": "oracle",
    **{
        f"<view>.{name}": "step of <view>.mvpf"
        for name in ("others_gain", "others_pay", "others_net", "net_public_cost")
    },
    **{
        f"<view>.{name}": "step of <view>.costs"
        for name in ("tax_on_costs", "tax_on_values", "taxed_costs", "taxed_values")
    },
    **{f"<view>.discounted_tax_on_{what}": "step of <view>.npv" for what in ("costs", "values")},
    **{
        f"<view>.{discounted}{name}": f"step of <view>.{discounted}payback"
        for discounted in ("", "discounted.")
        for name in ("early_costs", "late_costs", "late_benefits", "early_costs_part_n")
    },
    "<view>.discounted_costs_part_n": "step of <view>.npv",
    **{f"<view>.{name}": "step of <view>.payback" for name in (*PAYBACK, "final")},
    **{f"<view>.discounted.{name}": "step of <view>.discounted.payback" for name in (*PAYBACK, "cumulative", "final")},
    **{
        f"checks.{check}.{part}": "check"
        for check in (
            "benefits-add",
            "costs-add",
            "net-adds",
            "end-of-road",
            "people-once",
            "rates-held",
            "inflation-held",
            "years-within",
            "grades-held",
            "shares-are-shares",
            "cells-filled",
            *("map-values-add", "map-inputs-add", "map-multiplies"),
            *("budget-adds", "cashable-adds", "years-add", "parts-add", "side-payments-settle"),
            *("overlap-once", "earnings-one-way"),
            *("dominance", "one-day", "observed-change", "comparison-group", "followed-up"),
        )
        for part in ("found", "expected", "allowed", "failed", "verdict")
    },
    **{f"checks.{check}.rows": "check" for check in ("benefits-add", "costs-add")},
    **{f"checks.{check}.rows_part_n": "check" for check in ("benefits-add", "costs-add")},
    **{
        f"checks.years-add.{row}{what}": "check"
        for row in ("pays", "saves", "released")
        for what in ("", "_apart", "_years")
    },
    **{f"checks.years-add.{row}_part_n": "check" for row in ("pays", "saves", "released")},
    **{f"checks.parts-add.{parts}_{what}": "check" for parts in ("kind", "time") for what in ("apart", "years")},
    **{f"checks.{name}": "check" for name in ("size", "own_costs", "own_benefits", "beyond", "failures")},
    **{f"checks.{name}_part_n": "check" for name in ("own_costs", "own_benefits")},
    "checks.<group>.beyond": "check",
    # what a workbook's mistyped cell breaks: tests/parity/test_typed.py types them
    **{f"checks.{name}": "check" for name in ("flat.each", "rates", "rates.each", "years", "years.each", "inflation")},
    **{
        f"checks.{name}": "check"
        for name in ("grades", "grades.each", "shares", "shares.each", "filled", "filled.each")
    },
    **{f"checks.{name}_part_n": "check" for name in ("rates", "years", "grades", "shares", "filled", "failures")},
    # what asks for judgement, and what may count once: tests/projection/test_checklist.py
    **{f"checks.{name}": "check" for name in ("tagged", "earned", "compared", "followed")},
    **{f"checks.{name}.each": "check" for name in ("tagged", "earned", "compared", "followed", "decides")},
    **{f"<view>.all_{name}": "check" for name in ("nets", "paid", "received")},
    **{f"<view>.evidence.{side}.{name}": "oracle" for side in ("benefits", "costs") for name in STATUSES},
    **{
        f"<view>.evidence.{side}.{name}": f"step of <view>.evidence.{side}.forecast"
        for side in ("benefits", "costs")
        for name in ("size", *(f"{status}_size" for status in STATUSES))
    },
    "evidence.<number>.grade": "step of <cost>.cost",
    **{
        f"<view>.evidence.{side}.{name}_size_part_n": f"step of <view>.evidence.{side}.forecast"
        for side in ("benefits", "costs")
        for name in STATUSES
    },
    "<cost>.paid_size": "step of <view>.evidence.costs.forecast",
    "<flow>.worth_size": "step of <view>.evidence.benefits.forecast",
    "checks.master": "hand",
    **{f"<view>.weighted_{name}": "oracle" for name in ("pv_costs", "pv_benefits", "npv", "bcr")},
    **{
        f"<view>.weighted_{name}": "step of <view>.weighted_npv"
        for name in ("added_benefits", "added_costs", "costs_if_known", "benefits_if_known", "without")
    },
    "<group>.weight": "oracle",
    "<outcome>.year_weight": "hand",
    "<flow>.weighted_value": "hand",
    **{f"<group>.{name}": "step of <view>.weighted_npv" for name in ("has_weight", "without", "without_by_year")},
    "<outcome>.weighted_people": "step of <outcome>.year_weight",
    "<outcome>.weighted_people.<group>": "step of <outcome>.year_weight",
    **{f"<flow>.{name}": "step of <view>.weighted_npv" for name in ("weight_gain", "without.<group>")},
    **FINANCIAL,
    **MAPPED,
}
"""Each kind of line, and what shows it right."""


EACH = ("flat", "rates", "years", "grades", "shares", "filled", "tagged", "earned", "compared", "followed", "decides")
"""Checks with a line for each row, or a few."""
WHAT = ("<group>.referrals", "<cost>.cost", "<outcome>.effect", "<flow>.value")
COMPARED = ("forecast", "actual", "difference", "share", "has_come_in", "forecast_in_year")
FORECAST_KINDS = frozenset(f"{what}_{name}" for what in WHAT for name in ("forecast", *(f"year.{x}" for x in COMPARED)))
"""What a case with actuals declares besides: done by hand in `test_actuals.py`."""
RERUN_KINDS = frozenset(
    [f"{what}_{name}" for what in WHAT for name in ("known", "came_in", "used", "year.known", "year.came_in")]
    + ["<outcome>.map_bias", "<outcome>.map_bias_by_year"]
    + ["<cost>.cost_optimism", "<outcome>.effect_optimism", "<cost>.cost_growth_used", "<flow>.value_growth_used"]
)
"""What its re-run declares besides those: steps of lines that are compared with the oracle in `test_actual_laws.py`."""


def kinds(declared: Declared) -> dict[str, dict[str, str]]:
    """What each id of the case stands for, by place in a name."""
    case: Case = declared.case
    flow_ids = [part.id for part in flows(declared.names)]
    groups = {group.id: "<group>" for group in case.groups}
    rows = dict.fromkeys([*(cost.id for cost in case.costs), *flow_ids], "<row>")
    first: dict[str, str] = dict.fromkeys(VIEWS, "<view>")
    for table, rows_of in (("sector", case.sectors), ("cost", case.costs), ("outcome", case.outcomes)):
        first |= {row.id: f"<{table}>" for row in rows_of}
    return {"first": first | groups | dict.fromkeys(flow_ids, "<flow>"), "groups": groups, "rows": rows}


def pattern(name: str, known: Mapping[str, Mapping[str, str]]) -> str:
    """A line's name with kinds for ids: `falls.in_force.others` is `<outcome>.in_force.<group>`."""
    head, *rest = re.sub(r"_part_\d+", "_part_n", name).replace("_part_n_part_n", "_part_n").split(".")
    if head in TABLES or head in ("timeline", "constants"):
        return f"{head}.{rest[-1]}" if head in ("timeline", "constants") else f"{head}.*"
    if head == "evidence":
        return "evidence.<number>.grade"
    if head == "price_index":
        return "price_index.<year>"
    if head == "checks" and rest and rest[0] in EACH:
        return f"checks.{rest[0]}" + (".each" if len(rest) > 1 else "")
    if head != "checks":
        head = known["first"].get(head, head)
        if rest[:1] == ["after"]:
            rest[1] = "<sector>"
        if len(rest) == 3 and head == "<sector>" and rest[0] in ("own", "size"):
            rest[1] = known["rows"].get(rest[1], rest[1])
    rest = [re.sub(r"_\d{4}$", "_year", known["groups"].get(part, part)) for part in rest]
    return ".".join([head, *rest])
