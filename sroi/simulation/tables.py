"""A simulation as tidy tables (format.md, *Python*): one row per fact, no meaning in an index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from sroi.simulation.statistics import Statistics

if TYPE_CHECKING:
    from sroi.simulation.result import Simulation, TableName


def table(simulation: Simulation, name: TableName) -> pd.DataFrame:
    """The table of that name; `ValueError` naming those there are.

    `views`          a row for each view and measure: mean, sd, percentiles, standard error, draws without it
    `sectors`        the same by sector
    `fans`           a row for each view or sector, year and percentile: cumulative net of a view, net of a sector
    `payback`        a row for each view and year: the chance of having paid back by then
    `acceptability`  a row for each view and return asked of £1: the chance that it is reached
    `inputs`         a row for each uncertain number: shape, central value, mean and sd drawn, what was cut off
    `draws`          a row for each draw: every measure kept, `view.measure` a column
    """
    makers = {
        "views": _views,
        "sectors": _sectors,
        "fans": _fans,
        "payback": _payback,
        "acceptability": _acceptability,
        "inputs": _inputs,
        "draws": _draws,
    }
    if name not in makers:
        raise ValueError(f'There is no table called "{name}". There are: {", ".join(makers)}.')
    return makers[name](simulation)


def _statistics(held: Any, key: str, value: str) -> list[dict[str, Any]]:
    found = []
    for name, measure in vars(held).items():
        if isinstance(measure, Statistics):
            found.append({key: value, "measure": name, **vars(measure)})
    return found


def _views(simulation: Simulation) -> pd.DataFrame:
    rows = []
    for name, view in simulation.views.items():
        rows += _statistics(view, "view", name)
        rows.append({"view": name, "measure": "ratio_of_means", "mean": view.ratio_of_means, "mcse": view.ratio_mcse})
        rows.append({"view": name, "measure": "chance_positive", "mean": view.chance_positive})
    return pd.DataFrame(rows)


def _sectors(simulation: Simulation) -> pd.DataFrame:
    rows = []
    for name, sector in simulation.sectors.items():
        rows += _statistics(sector, "sector", name)
        rows.append({"sector": name, "measure": "chance_positive", "mean": sector.chance_positive})
    return pd.DataFrame(rows)


def _fans(simulation: Simulation) -> pd.DataFrame:
    rows = [
        (name, year, percentile, value)
        for name, fan in simulation.fans.items()
        for percentile, values in fan.percentiles.items()
        for year, value in zip(simulation.years, values, strict=True)
    ]
    return pd.DataFrame(rows, columns=["of", "year", "percentile", "amount"])


def _payback(simulation: Simulation) -> pd.DataFrame:
    rows = [
        (name, year, chance) for name, view in simulation.views.items() for year, chance in enumerate(view.paid_back_by)
    ]
    return pd.DataFrame(rows, columns=["view", "years", "chance"])


def _acceptability(simulation: Simulation) -> pd.DataFrame:
    rows = [
        (name, asked, chance) for name, view in simulation.views.items() for asked, chance in view.acceptability.items()
    ]
    return pd.DataFrame(rows, columns=["view", "return", "chance"])


def _inputs(simulation: Simulation) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"ref": ref, "shape": d.shape, "central": d.central, "mean": d.mean, "sd": d.sd, "cut": d.cut}
            for ref, d in simulation.inputs.items()
        ]
    )


def _draws(simulation: Simulation) -> pd.DataFrame:
    columns = {f"{key}.{name}": values for (key, name), values in simulation.measures.items()}
    return pd.DataFrame({"draw": range(1, simulation.draws + 1), **columns})
