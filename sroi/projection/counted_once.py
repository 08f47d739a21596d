"""What may count only once, should a workbook's *Counts* be changed: overlaps, tax on earnings (method §§ 4, 5).

The reader refuses both; in a results workbook somebody may set *Counts* to yes in one row more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sroi.model import Outcome, Value
from sroi.model.resolve import is_lost_tax
from sroi.projection.declaring import Declaring
from sroi.sheet import ONE, PURE, ZERO, Expression, Line, all_of, choose, largest


def declare(to: Declaring) -> Iterator[tuple[str, Expression]]:
    """Each check's id and the number of faults, where rows share a tag, or earnings could count both ways."""
    tagged = _tagged(to)
    if tagged:
        yield "overlap-once", _sum(to, "checks.tagged", "Rows that count beyond one of their tag", _beyond(to, tagged))
    earned = [line for outcome in to.case.outcomes if (line := _both_ways(to, outcome)) is not None]
    if earned:
        yield "earnings-one-way", _sum(to, "checks.earned", "Outcomes whose tax is counted twice", earned)


def _sum(to: Declaring, name: str, label: str, lines: Sequence[Line]) -> Line:
    return to.model.sum(name, label, PURE, lines, style="whole", method="§ 6")


def _tagged(to: Declaring) -> Mapping[tuple[str, str], list[Line]]:
    """Whether each row counts, of every tag that at least two rows bear, by table."""
    found: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for outcome in to.case.outcomes:
        if outcome.overlap is not None:
            found["outcomes", outcome.overlap].append(to[outcome.at("counts")])
    for value in to.case.values:
        if value.overlap is not None:
            found["values", value.overlap].append(_counts(to, value))
    return {tag: rows for tag, rows in found.items() if len(rows) > 1}


def _counts(to: Declaring, value: Value) -> Line:
    """Whether a row of values counts: its own word, and its outcome's."""
    name = f"checks.tagged.counts.{value.id}"
    if name in to.model.lines:
        return to[name]
    part = next(part for part in to.case.parts(value) if not part.mirrors)
    counts = to[f"{part.id}.counts"] * to[f"outcomes.{value.outcome}.counts"]
    return to.model.line(name, f"Values {value.id}: counts, as its outcome does", PURE, counts, style="flag")


def _beyond(to: Declaring, tagged: Mapping[tuple[str, str], list[Line]]) -> list[Line]:
    made = []
    for (table, tag), rows in tagged.items():
        label = f"{table.capitalize()} of the overlap {tag}"
        together = _sum(to, f"checks.tagged.{table}.{tag}.rows", f"{label}: rows that count", rows)
        beyond = largest(ZERO, together - ONE)
        name = f"checks.tagged.{table}.{tag}"
        made.append(to.model.line(name, f"{label}: beyond one", PURE, beyond, style="whole"))
    return made


def _both_ways(to: Declaring, outcome: Outcome) -> Line | None:
    """1 where the outcome's gross earnings count, and net ones or lost tax as well; None where they never could."""
    rows = [value for value in to.case.values if value.outcome == outcome.id]
    gross = [value for value in rows if value.earnings == "gross"]
    net = [value for value in rows if value.earnings == "net" or (value.earnings == "no" and _is_tax(to, value))]
    if not gross or not net:
        return None
    said = to.said(outcome)
    name = f"checks.earned.{outcome.id}"
    one_way = _sum(to, f"{name}.gross", f"{said}: gross earnings that count", [_counts(to, v) for v in gross])
    other = _sum(to, f"{name}.net", f"{said}: net earnings or lost tax that count", [_counts(to, v) for v in net])
    both = choose(all_of(ZERO < one_way, ZERO < other), ONE, ZERO)
    return to.model.line(name, f"{said}: its tax is counted twice", PURE, both, style="flag")


def _is_tax(to: Declaring, value: Value) -> bool:
    return any(is_lost_tax(part) for part in to.case.parts(value))
