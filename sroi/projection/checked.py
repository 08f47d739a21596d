"""The checks of a result: the whole checklist, passed or fired, with what was found (method § 6, *Checks*)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sroi.projection.checklist import CHECKS, Entry, Level
from sroi.projection.checks import CheckLines
from sroi.projection.declare import Declared
from sroi.projection.warnings import RULES
from sroi.sheet import Evaluation

NOTHING = "There is nothing of the kind in this case."


@dataclass(frozen=True)
class Check:
    """One check of the list, and what it found."""

    id: str
    level: Level
    """`fail`: the numbers are not to be used; `warn`: something asks for judgement."""
    said: str
    """What is tested."""
    counted: str
    """What the number found is of."""
    found: float | None
    """The number found, mostly of rows at fault; `None` where the case has nothing to test."""
    expected: float
    """What should be found; of a warning, the most that raises none."""
    allowed: float
    """How far apart the two may be."""
    passed: bool
    words: str = ""
    """Where it fires: what was found, and what to do. Where there is nothing to test: that."""
    method: str = "§ 6"
    live: bool = True
    """Whether a results workbook recalculates it; else it is as of the run."""

    @property
    def verdict(self) -> str:
        """`OK`, `WARN` or `CHECK`."""
        return "OK" if self.passed else "WARN" if self.level == "warn" else "CHECK"

    def to_dict(self) -> dict[str, Any]:
        """The JSON's row of `checks`."""
        return asdict(self) | {"verdict": self.verdict}

    def __str__(self) -> str:
        """The check as the command line says it."""
        return f"{self.verdict}: {self.said}.{' ' if self.words else ''}{self.words}"


def read(declared: Declared, evaluation: Evaluation) -> tuple[Check, ...]:
    """Every check of the list, in its order."""
    lines = {check.entry.id: check for check in declared.checks}
    return tuple(
        _line(declared, evaluation, lines[entry.id]) if entry.id in lines else _stamped(declared, evaluation, entry)
        for entry in CHECKS.values()
    )


def _line(declared: Declared, evaluation: Evaluation, check: CheckLines) -> Check:
    """A check that is a line."""
    entry = check.entry
    found, expected, allowed, failed = (
        evaluation.number(line.name) for line in (check.found, check.expected, check.allowed, check.failed)
    )
    words = ""
    if failed:
        words = f"Found {found:,.2f}, expected {expected:,.2f} ({entry.counted})."
        if entry.level == "warn":
            words = RULES[entry.id](declared.case, evaluation).said
        words = f"{words} {entry.do}"
    return Check(
        entry.id, entry.level, entry.said, entry.counted, found, expected, allowed, not failed, words, entry.method
    )


def _stamped(declared: Declared, evaluation: Evaluation, entry: Entry) -> Check:
    """A check that is as of the run, or a line for which the case has nothing to test."""
    if entry.live:
        return Check(entry.id, entry.level, entry.said, entry.counted, None, 0.0, 0.0, True, NOTHING, entry.method)
    found = RULES[entry.id](declared.case, evaluation)
    words = f"{found.said} {entry.do}".rstrip() if found.said else ""
    return Check(
        *(
            entry.id,
            entry.level,
            entry.said,
            entry.counted,
            found.number,
            entry.most,
            0.0,
            not found.said,
            words,
            entry.method,
        ),
        live=False,
    )
