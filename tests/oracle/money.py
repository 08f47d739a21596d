"""Section 1: years, price years, discount factors and timing."""

from __future__ import annotations

from .library import Band, Library

OFFSET = {"start": 0.0, "middle": 0.5, "end": 1.0}


def financial_year(start: int) -> str:
    """§ 1: the label of the financial year that starts in ``start``: 2026 is ``2026/27``."""
    return f"{start}/{(start + 1) % 100:02d}"


def last_calendar_year(deflators: dict[str, float]) -> int:
    """The last calendar year the index holds."""
    return max(int(label) for label in deflators if "/" not in label)


def deflator(label: str, library: Library, later_inflation: float | None) -> float:
    """§ 1: the index of a calendar (``2015``) or financial (``2015/16``) year.

    ``later_inflation`` extends the calendar years from the last published one; a financial year is then 0.75
    of its first calendar year and 0.25 of its second.

    CHOICE: a year the index holds is never recomputed, so 2023/24 stays as published though 0.75/0.25 gives a
    sixth digit more.
    CHOICE: without ``later_inflation`` a financial year that is not held is an error even where both its
    calendar years are (a case's own rows may do that).
    """
    if label in library.deflators:
        return library.deflators[label]
    if later_inflation is None:
        msg = f"price year {label} is outside the index; held: {sorted(library.deflators)}"
        raise ValueError(msg)
    if "/" in label:
        first = int(label.split("/", maxsplit=1)[0])
        return 0.75 * deflator(str(first), library, later_inflation) + 0.25 * deflator(
            str(first + 1), library, later_inflation
        )
    last = last_calendar_year(library.deflators)
    if int(label) < last:
        msg = f"price year {label} is outside the index; held: {sorted(library.deflators)}"
        raise ValueError(msg)
    index = library.deflators[str(last)]
    for _ in range(last, int(label)):
        index = index * (1 + later_inflation)
    return index


def prices(quoted: str, base: str, year: int, library: Library, later_inflation: float | None) -> float:
    """§ 1: ``deflator[base] / deflator[quoted]``; a ``nominal`` sum is quoted in the year it is paid.

    CHOICE: a nominal sum paid in the base year is "already in the base year's prices": no index needed.
    """
    paid = financial_year(year) if quoted == "nominal" else quoted
    if paid == base:
        return 1.0
    return deflator(base, library, later_inflation) / deflator(paid, library, later_inflation)


def rate(schedule: float | str, t: int, library: Library) -> float:
    """§ 1: the marginal rate of year ``t`` of the appraisal; a number is a flat rate."""
    if not isinstance(schedule, str):
        return schedule
    if schedule not in library.schedules:
        msg = f"no schedule called {schedule}"
        raise ValueError(msg)
    found: Band | None = None
    for band in library.schedules[schedule].values():
        if band.from_year <= t and (found is None or band.from_year > found.from_year):
            found = band
    if found is None or (found.to_year is not None and t > found.to_year):
        msg = f"schedule {schedule} has no rate for year {t}"
        raise ValueError(msg)
    return found.rate


def discount_factor(schedule: float | str, t: int, timing: str, library: Library) -> float:
    """§ 1: what £1 paid at the start, middle or end of year ``t`` is worth at the start of year 0.

    ``factor[0] = 1``, ``factor[t] = factor[t-1] / (1 + rate(t))``.
    """
    factor = 1.0
    for year in range(1, t + 1):
        factor = factor / (1 + rate(schedule, year, library))
    if timing == "start":
        return factor
    following: float = 1 + rate(schedule, t + 1, library)
    if timing == "middle":
        return float(factor / following**0.5)
    if timing == "end":
        return factor / following
    msg = f"no timing called {timing}"
    raise ValueError(msg)


def factor_at(schedule: float | str, date: float, library: Library) -> float:
    """§ 1: the factor at a date in years from the start, whole or half."""
    whole = int(date)
    return discount_factor(schedule, whole, "start" if date == whole else "middle", library)
