"""Earnings: net of tax with the tax fiscal, or gross with the tax a transfer; never both (method § 5).

Net earnings leave the tax out, so it is resources that a public budget gains. Gross earnings hold it already, so to
the budget it is only moved from one pocket to another. Either is right by itself; the two together count tax twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from sroi.errors import Problem
from sroi.model.resolve import Part, is_lost_tax, parts
from sroi.model.tables import Tables
from sroi.model.values import Value

MEANT: Mapping[str, tuple[str, ...]] = {"net": ("economic", "fiscal"), "gross": ("economic", "transfer")}
"""The kinds of which earnings, or the tax on them, can be, by treatment."""
REFUSED: Mapping[tuple[str, str], tuple[str, str]] = {
    ("gross", "fiscal"): (
        "The tax on gross earnings is a transfer: it is in the earnings already",
        "Enter the tax as a transfer with its balance, or the earnings net.",
    ),
    ("net", "transfer"): (
        "The tax on net earnings is fiscal: it is not in the earnings",
        "Enter the tax as fiscal, or the earnings gross.",
    ),
    ("net", "social"): ("A social value is neither earnings nor the tax on them", "Leave Earnings blank."),
    ("gross", "social"): ("A social value is neither earnings nor the tax on them", "Leave Earnings blank."),
}
"""What is said of the others: the rule and what to do, by treatment and kind."""


def kinds(tables: Tables) -> list[Problem]:
    """Earnings are economic; the tax beside net earnings is fiscal, beside gross ones a transfer. Of an event, one
    part at least is of such a kind."""
    found = []
    for value in tables.values:
        own = _own(value, tables)
        if _misplaced(value, own):
            rule, fix = REFUSED[value.earnings, own[0].kind]
            found.append(Problem(value.at("earnings"), rule, f"{value.earnings} and {own[0].kind}", fix))
    return found


def _misplaced(value: Value, own: Sequence[Part]) -> bool:
    """Whether a row states a treatment that none of its sums can have."""
    return value.earnings != "no" and bool(own) and all(part.kind not in MEANT[value.earnings] for part in own)


def never_both(tables: Tables) -> list[Problem]:
    """Of one outcome, the rows that count are all net or all gross."""
    found = []
    for outcome, rows in _counted(tables).items():
        stated = [value for value in rows if value.earnings != "no"]
        for value in stated[1:]:
            if value.earnings != stated[0].earnings:
                first = f'"{stated[0].id}" is {stated[0].earnings}'
                rule = f'The earnings of "{outcome}" are net or gross, never both, and {first}'
                fix = "Make them the same, or set Counts to no in one of them."
                found.append(Problem(value.at("earnings"), rule, value.earnings, fix))
    return found


def tax_once(tables: Tables) -> list[Problem]:
    """Beside gross earnings that count, no lost tax of the library counts: the earnings hold it."""
    found = []
    for rows in _counted(tables).values():
        each = [(value, _own(value, tables)) for value in rows]
        gross = next((v for v, own in each if v.earnings == "gross" and not _misplaced(v, own)), None)
        if gross is None:
            continue
        for value, own in each:
            tax = next((part.unit_value for part in own if is_lost_tax(part)), None)
            if tax is None or value.earnings == "net" or _misplaced(value, own):  # other rules say so of these
                continue
            rule = f'Tax would be counted twice: "{tax.id}" goes with net earnings, and "{gross.id}" is gross'
            parted = "name the other parts of the event one by one, without its tax"
            fix = f"Enter the earnings net, or {'set Counts to no here' if tax.id == value.unit_value else parted}."
            found.append(Problem(value.at("unit_value"), rule, "", fix))
    return found


def _own(value: Value, tables: Tables) -> list[Part]:
    """The sums a row states itself, without the other side of a transfer."""
    return [part for part in parts(value, tables, "") if not part.mirrors]


def _counted(tables: Tables) -> Mapping[str, list[Value]]:
    """The rows that count, by outcome; none of an outcome that does not."""
    quiet = {outcome.id for outcome in tables.outcomes if not outcome.counts}
    rows: dict[str, list[Value]] = defaultdict(list)
    for value in tables.values:
        if value.counts and value.outcome not in quiet:
            rows[value.outcome].append(value)
    return rows


RULES: Mapping[str, Callable[[Tables], list[Problem]]] = {
    "kinds": kinds,
    "never_both": never_both,
    "tax_once": tax_once,
}
