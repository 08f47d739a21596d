"""Options side by side: each as a result of its own, and its difference from what it is compared with (method § 7).

Business as usual is nil in every flow, since everything is a change from it (second law): against it, an option's
difference is the option itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sroi.model import Case
from sroi.model.settings import BUSINESS_AS_USUAL, is_usual
from sroi.projection.result import NetValue, Result, plain, project

if TYPE_CHECKING:
    import pandas as pd

COSTS_NO_MORE = "it costs no more than what it is compared with"


@dataclass(frozen=True)
class Incremental:
    """An option less what it is compared with: `against` names that."""

    against: str
    views: Mapping[str, NetValue]
    """By view; the ratio is benefits added per pound of cost added."""
    sectors: Mapping[str, Mapping[str, float]]
    """By sector: `pv_costs`, `pv_benefits`, `pv_cashable`, `net`."""
    outcomes: Mapping[str, Mapping[str, float]]
    """By outcome: `quantity`, `pv`."""

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, reasons only where there are some."""
        return {
            "against": self.against,
            "views": {name: plain(view) for name, view in self.views.items()},
            "sectors": {key: dict(row) for key, row in self.sectors.items()},
            "outcomes": {key: dict(row) for key, row in self.outcomes.items()},
        }


@dataclass(frozen=True)
class Options:
    """Every option of a case in one scenario, and what each adds to the one that they are compared with."""

    results: Mapping[str, Result]
    incremental: Mapping[str, Incremental]

    def table(self) -> pd.DataFrame:
        """Side by side, tidily: a row for each option and view, its measures, and what it adds to `compare_with`.

        `option`, `view`, `pv_costs`, `pv_benefits`, `npv`, `bcr`, `payback_years`; `against`, and `more_costs`,
        `more_benefits`, `more_npv`, `bcr_of_more`, which are missing where nothing is compared or applies.
        """
        import pandas as pd

        rows = []
        for name, result in self.results.items():
            found = self.incremental.get(name)
            for view, held in result.views.items():
                own = {key: getattr(held, key) for key in ("pv_costs", "pv_benefits", "npv", "bcr", "payback_years")}
                more = None if found is None else found.views[view]
                added = (None, None, None, None) if more is None else (
                    more.pv_costs, more.pv_benefits, more.npv, more.bcr)  # fmt: skip
                beside = dict(zip(("more_costs", "more_benefits", "more_npv", "bcr_of_more"), added, strict=True))
                against = None if found is None else found.against
                rows.append({"option": name, "view": view, **own, "against": against, **beside})
        return pd.DataFrame(rows)

    def to_dict(self) -> dict[str, Any]:
        """The JSON's `options` and `incremental` (format.md, *JSON*)."""
        return {
            "options": {name: result.to_dict() for name, result in self.results.items()},
            "incremental": {name: found.to_dict() for name, found in self.incremental.items()},
        }


def project_options(case: Case, scenario: str | None = None, *, actuals: bool = False) -> Options:
    """Projects every option of a case, seen in a scenario, and its difference from `compare_with` (method § 7).

    Against business as usual the difference is the option itself; the option that the others are compared with has
    none of its own. With `actuals` all are re-run with the past as it was. Raises `CaseError` for a scenario that the
    case does not hold.

    >>> import sroi
    >>> dict(sroi.project_options(sroi.read("meals")).results)
    {}
    """
    results = {name: project(case, name, scenario, actuals=actuals) for name in case.option_names}
    return Options(MappingProxyType(results), MappingProxyType(incremental(case, results)))


def incremental(case: Case, results: Mapping[str, Result]) -> dict[str, Incremental]:
    """What each option adds to `compare_with`, from every option's result in one scenario."""
    wanted = case.settings.compare_with
    usual = is_usual(case.settings)
    base = None if usual else results.get(wanted)
    against = BUSINESS_AS_USUAL if usual else wanted
    return {name: _difference(result, base, against) for name, result in results.items() if usual or name != wanted}


FORECAST = "forecast"


def since_forecast(case: Case, rerun: Result) -> tuple[Result, Incremental]:
    """The forecast that a re-run is of, in the same option and scenario, and what the past as it was adds to it."""
    forecast = project(case, rerun.case.option, rerun.case.scenario)
    return forecast, _difference(rerun, forecast, FORECAST)


def _difference(result: Result, base: Result | None, against: str) -> Incremental:
    views = {
        name: _view(
            (view.pv_costs, view.pv_benefits, view.npv),
            (0.0, 0.0, 0.0) if base is None else _three(base, name),
            max(nil_of(result, name), 0.0 if base is None else nil_of(base, name)),
        )
        for name, view in result.views.items()
    }
    sectors = {
        key: _less(row, None if base is None else base.sectors[key], ("pv_costs", "pv_benefits", "pv_cashable", "net"))
        for key, row in result.sectors.items()
    }
    outcomes = {
        key: _less(row, None if base is None else base.outcomes[key], ("quantity", "pv"))
        for key, row in result.outcomes.items()
    }
    return Incremental(against, MappingProxyType(views), MappingProxyType(sectors), MappingProxyType(outcomes))


def _three(base: Result, view: str) -> tuple[float, float, float]:
    found = base.views[view]
    return found.pv_costs, found.pv_benefits, found.npv


def nil_of(result: Result, view: str) -> float:
    """What counts as nil in a view (method § 6)."""
    return result.evaluation.number(f"{view}.nil")


def _view(own: tuple[float, float, float], base: tuple[float, float, float], nil: float) -> NetValue:
    costs, benefits, net = (mine - theirs for mine, theirs in zip(own, base, strict=True))
    if costs <= nil:
        return NetValue(costs, benefits, net, None, MappingProxyType({"bcr": COSTS_NO_MORE}))
    return NetValue(costs, benefits, net, benefits / costs)


def _less(row: object, base: object | None, names: tuple[str, ...]) -> Mapping[str, float]:
    return MappingProxyType({n: getattr(row, n) - (0.0 if base is None else getattr(base, n)) for n in names})
