"""The exception tree: how problems are printed, counted and carried, and the exit codes of the format."""

from __future__ import annotations

import pickle

from sroi.errors import CaseError, KernelError, Problem, SroiError, WriteError

# The three sentences of workbook.md, "Reading an assumptions workbook", to the letter.
PROBLEMS = (
    Problem("Costs!C7", "Amount must be a number", '"12k"', "Type 12000."),
    Problem(
        "Outcomes!H4",
        "A share must be between 0% and 100%",
        "1200%",
        "Type 12% if you meant 12 per cent.",
    ),
    Problem("Values!B9", 'There is no sector called "helth"', "", 'Did you mean "health"?'),
)


def test_problems_print_as_the_design_has_them_with_a_count() -> None:
    assert str(CaseError(PROBLEMS)) == (
        'Costs!C7: Amount must be a number; found "12k". Type 12000.\n'
        "Outcomes!H4: A share must be between 0% and 100%; found 1200%. Type 12% if you meant 12 per cent.\n"
        'Values!B9: There is no sector called "helth". Did you mean "health"?\n'
        "3 problems."
    )


def test_one_problem_without_a_place() -> None:
    assert str(CaseError([Problem("", "There is nothing here")])) == "There is nothing here.\n1 problem."


def test_errors_travel_between_processes() -> None:
    assert pickle.loads(pickle.dumps(CaseError(PROBLEMS))).problems == PROBLEMS  # noqa: S301 - our own bytes


def test_exit_codes_are_those_of_the_format() -> None:
    # Origin: format.md, Command line: 1 the assumptions, 4 writing, 70 a bug of ours.
    assert [e.exit_code for e in (CaseError, WriteError, KernelError)] == [1, 4, 70]
    assert all(issubclass(e, SroiError) for e in (CaseError, WriteError, KernelError))
