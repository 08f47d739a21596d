"""What can go wrong, and where: the exception tree, and a problem with its place.

::

    SroiError                 everything this library raises on purpose                          exit code
    ├── CaseError             the assumptions are wrong, unreadable or unknown: `problems` holds every fault 1
    ├── WriteError            a result cannot, or may not, be written                                        4
    └── KernelError           a line of the calculation is declared wrongly: our bug, never the reader's     70

Each class carries its exit code as `exit_code`; the other codes of the command line are constants here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

EXIT_DONE = 0
EXIT_CASE = 1
EXIT_USAGE = 2
EXIT_CHECK_FAILED = 3
EXIT_WRITE = 4
EXIT_BUG = 70
EXIT_INTERRUPTED = 130


@dataclass(frozen=True)
class Problem:
    """One fault in the assumptions: where it is, the rule it breaks, what was found, what to do.

    >>> print(Problem("Costs!C7", "Amount must be a number", '"12k"', "Type 12000."))
    Costs!C7: Amount must be a number; found "12k". Type 12000.
    >>> print(Problem("Values!B9", 'There is no sector called "helth"', "", 'Did you mean "health"?'))
    Values!B9: There is no sector called "helth". Did you mean "health"?
    """

    place: str
    """Where: `Costs!C7`, `no-wrong-door.yaml:31`, `costs[3].amount`; empty where a fault has no place."""
    rule: str
    """The rule, as a sentence without its full stop."""
    found: str = ""
    """What was found, as the reader would type it; empty where the rule has said it."""
    fix: str = ""
    """What to do, as a sentence of its own; empty where the rule says enough."""

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        found = f"; found {self.found}" if self.found else ""
        fix = f" {self.fix}" if self.fix else ""
        return f"{where}{self.rule}{found}.{fix}"


class SroiError(Exception):
    """The root of everything this library raises on purpose."""

    exit_code: ClassVar[int] = EXIT_BUG


class CaseError(SroiError):
    """The assumptions are wrong, unreadable or unknown; `problems` are all the faults, in the order of the
    file.

    >>> print(CaseError([Problem("Costs!C7", "Amount must be a number", '"12k"', "Type 12000.")]))
    Costs!C7: Amount must be a number; found "12k". Type 12000.
    1 problem.
    """

    exit_code: ClassVar[int] = EXIT_CASE

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        count = len(self.problems)
        return "\n".join([*map(str, self.problems), f"{count} problem{'' if count == 1 else 's'}."])


class WriteError(SroiError):
    """A result cannot, or may not, be written: the file is open elsewhere, or is not ours to replace."""

    exit_code: ClassVar[int] = EXIT_WRITE


class KernelError(SroiError):
    """A line of the calculation is declared wrongly: a bug of ours, with no remedy for the reader."""

    exit_code: ClassVar[int] = EXIT_BUG
