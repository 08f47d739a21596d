"""§ 7: a case as an option makes it, seen in a scenario. Changes are put into the plain tables, and nothing else."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

SINGLE = ("settings",)


def changes(case: Mapping[str, Any], table: str, name: str | None) -> list[dict[str, Any]]:
    """The rows of **options** or **scenarios** with that name; none without a name."""
    return [row for row in case.get(table) or [] if name is not None and row["name"] == name]


def seen(case: Mapping[str, Any], option: str | None = None, scenario: str | None = None) -> dict[str, Any]:
    """The tables with the changes of an option and of a scenario in them, and without options or scenarios.

    CHOICE: a library row that a change sets becomes a row of the case, which wins over the library's.
    """
    made = {name: copy.deepcopy(rows) for name, rows in case.items() if name not in ("options", "scenarios")}
    for change in (*changes(case, "options", option), *changes(case, "scenarios", scenario)):
        put(made, str(change["ref"]), plain(change["value"]))
    return made


def plain(value: Any) -> Any:
    """A value as a cell would hold it: a share typed in per cent is a number."""
    if isinstance(value, str) and value.endswith("%"):
        return float(value[:-1]) / 100
    return value


def put(case: dict[str, Any], ref: str, value: Any) -> None:
    """Sets one field: ``costs.hub.amount``, ``settings.discount``, ``profiles.groups.young.referrals.2031``."""
    table, _, rest = ref.partition(".")
    if table in SINGLE:
        case[table][rest] = value
    elif table == "deflators":
        case[table] = [*(case.get(table) or []), {"year": rest.rpartition(".")[0], "index": value}]
    elif table == "profiles":
        inner, _, year = rest.rpartition(".")
        profile_of(case, inner)[int(year)] = value
    else:
        key, _, field = rest.rpartition(".")
        row_of(case, table, key)[field] = value


def profile_of(case: dict[str, Any], ref: str) -> dict[Any, Any]:
    """The numbers by year of a field: a mapping in its own row, or a row of **profiles**."""
    for row in case.get("profiles") or []:
        if row["ref"] == ref:
            return row  # type: ignore[no-any-return]  # a column for each year
    table, _, rest = ref.partition(".")
    key, _, field = rest.rpartition(".")
    return row_of(case, table, key)[field]  # type: ignore[no-any-return]


def row_of(case: dict[str, Any], table: str, key: str) -> dict[str, Any]:
    """The row of a table by its key, which for values may be unstated: ``outcome-sector-kind``, or of the library,
    ``outcome-unit_value`` for an event."""
    for row in case[table]:
        if key in keys(table, row):
            return row  # type: ignore[no-any-return]
    raise KeyError(f"{table}.{key}")


def keys(table: str, row: Mapping[str, Any]) -> list[str]:
    """What a row may be called."""
    if table == "grades":
        return [str(row["grade"])]
    if table == "values" and row.get("id") is None:
        found = [f"{row['outcome']}-{row.get('unit_value')}"]
        return [*found, f"{row['outcome']}-{row.get('sector')}-{row.get('kind', 'fiscal')}"]
    return [str(row["id"])]
