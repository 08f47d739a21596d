"""What a run prints: the one JSON object, and the last line, which is the thing wanted (format.md, *Command line*)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sroi import __version__, projection
from sroi.model import Case
from sroi.model.currency import before, one
from sroi.model.percent import whole_percent
from sroi.projection import Result
from sroi.simulation import Simulation


def whole(case: Case, result: Result, simulation: Simulation | None = None) -> dict[str, Any]:
    """The one object that `--json` prints (format.md, *JSON*); without a simulation its key is left out."""
    rerun = result.case.rerun
    forecast, difference = projection.since_forecast(case, result) if rerun else (None, None)
    return {
        "case": case.about.id,
        "title": case.about.title,
        "engine": __version__,
        "inputs_sha256": case.inputs_sha256,
        "option": result.case.option,
        "scenario": result.case.scenario,
        "central": result.to_dict(),
        **projection.project_options(case, result.case.scenario, actuals=rerun).to_dict(),
        **({} if simulation is None else {"simulation": simulation.to_dict()}),
        "actuals": [vars(row) for row in result.actuals],
        "forecast": None if forecast is None else forecast.to_dict(),
        "difference": None if difference is None else difference.to_dict(),
        "checks": [found.to_dict() for found in result.checks],
        "warnings": [*result.warnings, *(() if simulation is None else simulation.warnings)],
    }


def since_forecast(case: Case, result: Result) -> str:
    """What the past as it was makes of the forecast, in public value."""
    forecast, found = projection.since_forecast(case, result)
    sign = before(case.settings.currency)

    def pounds(sum_: float) -> str:
        size = f"{sign}{abs(sum_):,.0f}"
        return f"-{size}" if round(sum_) < 0 else size

    def said(name: str, was: float, now: float, apart: float) -> str:
        size = pounds(abs(apart))
        way = "no change" if size == pounds(0.0) else f"{size} {'more' if apart > 0 else 'less'}"
        return f"{name} {pounds(now)}, forecast {pounds(was)}: {way}"

    then, now, apart = (row.views["public_value"] for row in (forecast, result, found))
    return (
        f"With the past as it was: {said('costs', then.pv_costs, now.pv_costs, apart.pv_costs)}; "
        f"{said('benefits', then.pv_benefits, now.pv_benefits, apart.pv_benefits)}; "
        f"{said('net public value', then.npv, now.npv, apart.npv)}."
    )


def last_line(case: Case, result: Result, simulation: Simulation | None, written: Path | None) -> str:
    """The thing wanted: what £1 returns, its range, and the file written."""
    code = case.settings.currency
    title = f"{case.about.title}: {result.case.seen_in[:-1]}" if result.case.seen_in else case.about.title
    view = result.views["public_value"]
    if view.bcr is None:
        returns = f"{title}: no ratio, {view.reasons['bcr']}; net public value {before(code)}{view.npv:,.0f}"
    else:
        returns = f"{title}: {one(code)} of cost returns {before(code)}{view.bcr:.2f} of public value"
    weighted = result.weighted
    if weighted is not None:
        ratio = f"; {before(code)}{weighted.bcr:.2f} per {one(code)}" if weighted.bcr is not None else ""
        said = weighted.reasons.get("npv") or f"net public value {before(code)}{weighted.npv:,.0f}{ratio}"
        returns += f"; weighted by income: {said}"
    where = f" Written to {written}." if written is not None else ""
    return f"{returns} ({_range(simulation, before(code))}).{where}"


def _range(simulation: Simulation | None, sign: str) -> str:
    """The range of what £1 returns, or of net value where a draw has no ratio; and the chance of net benefit."""
    if simulation is None:
        return "central case; no range computed"
    from sroi.reports import sure  # which reads simulations, as runs without draws need not

    view = simulation.views["public_value"]
    ratio, net = view.bcr, view.npv
    if ratio.absent or ratio.p5 is None or ratio.p95 is None:
        low, high = ((f"-{sign}{-x:,.0f}" if x < 0 else f"{sign}{x:,.0f}") for x in (net.p5 or 0.0, net.p95 or 0.0))
        found = f"nine draws in ten of net public value from {low} to {high}"
    else:
        low, high = ((f"-{sign}{-x:.2f}" if x < 0 else f"{sign}{x:.2f}") for x in (ratio.p5, ratio.p95))
        mean = "" if view.ratio_of_means is None else f"the mean is {sign}{view.ratio_of_means:.2f}, "
        found = f"{mean}nine draws in ten from {low} to {high}"
    chance = f"chance of net benefit {whole_percent(view.chance_positive)}"
    if sure.free(simulation):
        chance = "before any cost, as the case has none"
    asked = "" if simulation.asked == simulation.draws else f" ({simulation.asked:,} asked for)"
    return f"central case; of {simulation.draws:,} draws{asked} {found}, {chance}"
