"""The command line: parse, call, print. Nothing is computed here (format.md, *Command line*).

Results go to standard output, everything else to standard error. Heavy imports happen inside the commands, so that
`sroi --help` is quick. Exit codes: 0 done, 1 the assumptions are wrong, 2 wrong usage, 3 a check of the model fails,
4 the result cannot or may not be written, 70 a bug of ours (one line, and a log file), 130 interrupted.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sroi import __version__
from sroi.errors import EXIT_BUG, EXIT_CASE, EXIT_CHECK_FAILED, EXIT_INTERRUPTED, EXIT_WRITE, CaseError, WriteError

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress, TaskID

    from sroi.model import Case
    from sroi.projection import Result
    from sroi.reports.outputs import Outputs
    from sroi.simulation import Simulation

app = typer.Typer(
    help="Social return on investment, with its working shown: a case in, a business case with live formulas out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Method(StrEnum):
    """How draws are made (method § 8)."""

    random = "random"
    lhs = "lhs"
    sobol = "sobol"


CaseArgument = Annotated[
    str, typer.Argument(metavar="CASE", help="A workbook, a YAML file, or the id of a case that ships.")
]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of a bug.")]


DO_NOT_USE = "A check fails: do not use these numbers."


def say(text: str) -> None:
    """Prints a result, on standard output. Where its reader has gone (`sroi run --json | head`) nothing is wrong."""
    try:
        typer.echo(text)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def note(text: str) -> None:
    """Says something beside the result, on standard error."""
    typer.echo(text, err=True)


def version(wanted: bool) -> None:
    """Prints the version and stops."""
    if wanted:
        say(f"sroi {__version__}")
        raise typer.Exit


MOST_DRAWS = 2**31
"""As many as can be told apart (`sroi.simulation.draws`)."""


def _not_one(draws: int) -> int:
    """Refuses one draw, which has no spread."""
    if draws == 1:
        raise typer.BadParameter("Draws must be 2 or more, or 0 for none; found 1.")
    return draws


class Bar:
    """A bar on standard error for what takes over a second, on a terminal only; `NO_COLOR` honoured."""

    PATIENCE = 1.0

    def __init__(self, label: str) -> None:
        self.label = label
        self.begun = time.monotonic()
        self.bar: Progress | None = None
        self.task: TaskID | None = None

    def __enter__(self) -> Bar:
        return self

    def move(self, done: int, of: int) -> None:
        """So many are done, of so many."""
        if self.bar is None and sys.stderr.isatty() and time.monotonic() - self.begun > self.PATIENCE:
            from rich.console import Console
            from rich.progress import Progress

            self.bar = Progress(console=Console(stderr=True), transient=True)
            self.bar.start()
            self.task = self.bar.add_task(self.label, total=of)
        if self.bar is not None and self.task is not None:
            self.bar.update(self.task, completed=done)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.stop()


@app.callback()
def common(
    _: Annotated[bool, typer.Option("--version", help="Show the version.", callback=version, is_eager=True)] = False,
) -> None:
    """Social return on investment, with its working shown."""


@app.command()
def check(case: CaseArgument, debug: Debug = False) -> None:  # noqa: ARG001 read by main()
    """Reads a case and checks it: every problem with its place, then a count; of a sound case, every check."""
    from sroi.projection import project
    from sroi.reading import read

    try:
        found = read(case)
        _refuse_ranges(found)
    except CaseError as error:
        say(str(error))
        raise typer.Exit(EXIT_CASE) from None
    result = project(found)
    for text in found.notes:
        say(f"Note: {text}")
    for line in result.checks:
        say(str(line))
    verdicts = [line.verdict for line in result.checks]
    count = ", ".join(f"{verdicts.count(word)} {word}" for word in ("OK", "WARN", "CHECK"))
    say(f"{found.about.title}: no problems; {len(verdicts)} checks: {count}.")
    if result.failed:
        note(DO_NOT_USE)
        raise typer.Exit(EXIT_CHECK_FAILED)


def _refuse_ranges(case: Case) -> None:
    """Raises `CaseError` for ranges and correlations that cannot be drawn; SciPy loads only where there are some."""
    from sroi.model.altered import ranged

    if ranged(case.tables):
        from sroi.simulation.draws import faults

        if problems := faults(case):
            raise CaseError(problems)


@app.command()
def run(
    case: CaseArgument,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Where the workbook goes. [workbooks/<id>.xlsx, or <id>-actuals.xlsx]"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON object.")] = False,
    draws: Annotated[
        int,
        typer.Option(
            "--draws",
            min=0,
            max=MOST_DRAWS,
            callback=_not_one,
            help="Draws, 2 or more; 0 for none. Sobol makes eight times a power of two, at least as many.",
        ),
    ] = 10_000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="One seed gives the same draws.")] = 1,
    method: Annotated[Method, typer.Option("--method", help="How draws are made.")] = Method.sobol,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, help="Threads to draw with. [one for each core, where draws are many]"),
    ] = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", help="A folder for the tables of the result, one CSV file each.")
    ] = None,
    keep_draws: Annotated[
        Path | None, typer.Option("--keep-draws", help="A file for every draw: .csv, or .parquet with sroi[parquet].")
    ] = None,
    option: Annotated[str | None, typer.Option("--option", help="An option of the case.")] = None,
    scenario: Annotated[str | None, typer.Option("--scenario", help="A scenario of the case.")] = None,
    actuals: Annotated[
        bool, typer.Option("--actuals", help="Re-run with the past as it was: what came in, in place of its forecast.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that would be kept.")] = False,
    debug: Debug = False,  # noqa: ARG001 read by main()
) -> None:
    """Computes the central case and writes the results workbook; with --json prints it, and writes only with -o."""
    from sroi.projection import project
    from sroi.reports import outputs, said

    found, source = _read_or_stop(case), _source(case)
    target = output
    if target is None and not as_json:  # a re-run has a name of its own: the forecast is what it is compared with
        target = Path("workbooks") / f"{found.about.id}{'-actuals' if actuals else ''}.xlsx"
    asked = outputs.Outputs(target, csv, keep_draws)
    _refuse_outputs(asked, draws, found, source, force=force)
    seen = found.as_it_was() if actuals else found
    if keep_draws is not None and not seen.seen(option, scenario).ranges:
        raise typer.BadParameter("There are no draws to keep: no number has a range.", param_hint="--keep-draws")
    result = project(seen, option, scenario)
    _notes(() if as_json else result.warnings)
    simulation = _simulated(seen, option, scenario, draws, seed, method, workers)
    _notes(() if as_json or simulation is None else simulation.warnings)
    written = None
    if target is not None:
        from sroi.reports import write_workbook
        from sroi.simulation import sensitivity

        with _under_way("Moving one number at a time"):
            drawn = None if simulation is None else sensitivity(seen, option, scenario)
        with _under_way("Writing the workbook"):
            written = write_workbook(target, found, result, simulation, force=force, source=source, sensitivity=drawn)
    outputs.write_tables(asked, found, result, simulation, source, force=force)
    if as_json:
        say(json.dumps(said.whole(found, result, simulation), ensure_ascii=False, allow_nan=False))
    if result.failed and written is not None:
        note(f"Written to {written}, whose master check says CHECK.")
    _refuse_failed(result)
    if not as_json:
        if actuals:
            say(said.since_forecast(found, result))
        say(said.last_line(found, result, simulation, written))


@app.command(name="values")
def look_up(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="What it is, a sector, a source.")],
    price_base: Annotated[
        str | None, typer.Option("--price-base", help="The year of the prices. [the last financial year of the index]")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what is found as one JSON object.")] = False,
    debug: Debug = False,  # noqa: ARG001 read by main()
) -> None:
    """Looks a unit value up in the library: what one event or year is worth, to whom, in the prices of one year."""
    from sroi.lookup import listing, search

    if not search.tokens(" ".join(words)):
        raise typer.BadParameter("Give a word to look for, such as care.", param_hint="WORDS")
    try:
        base = search.last_year() if price_base is None else search.year(price_base)
    except CaseError as error:
        raise typer.BadParameter(str(error.problems[0]), param_hint="--price-base") from None
    found = search.values(words, base)
    if as_json:
        whole = {"words": words, "price_base": base, "values": listing.data(found)}
        say(json.dumps(whole, ensure_ascii=False, allow_nan=False))
    else:
        say(listing.table(found))


def _under_way(what: str) -> AbstractContextManager[object]:
    """Says on a terminal what is being done, for as long as it is; elsewhere nothing."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(f"{what} …")


def _refuse_outputs(asked: Outputs, draws: int, case: Case, source: Path | None, *, force: bool) -> None:
    """Stops, before anything is computed, where a file cannot be meant (2) or must be kept (4)."""
    from sroi.reports import outputs

    if wrong := outputs.usage(asked):
        raise typer.BadParameter(wrong[1], param_hint=wrong[0])
    if asked.draws is not None and not draws:
        raise typer.BadParameter("There are no draws to keep with --draws 0.", param_hint="--keep-draws")
    outputs.refuse(asked, case, source, force=force)


def _notes(warnings: Iterable[str]) -> None:
    for warning in warnings:
        note(f"Note: {warning}")


def _simulated(
    case: Case,
    option: str | None,
    scenario: str | None,
    draws: int,
    seed: int,
    method: Method,
    workers: int | None,
) -> Simulation | None:
    """All draws, with a bar on a terminal; `None` where none are asked for or no number has a range."""
    if not draws:
        return None
    if not case.seen(option, scenario).ranges:
        from sroi.simulation.too_few import made_certain

        advice = "Give ranges to the numbers that are uncertain: docs/ranges.md says how."
        advice = " ".join(made_certain(case, option, scenario)) or advice
        note(f"Note: no number has a range, so nothing is drawn. {advice}")
        return None
    from concurrent.futures import ThreadPoolExecutor

    from sroi.simulation import simulate
    from sroi.simulation.plan import ALSO

    threads: AbstractContextManager[ThreadPoolExecutor | None] = (
        nullcontext() if workers is None else ThreadPoolExecutor(workers)
    )
    with threads as executor, Bar("Drawing") as bar:
        return simulate(case, option, scenario, draws, seed, method.value, executor, also=ALSO, progress=bar.move)


def _read_or_stop(case: str) -> Case:
    """The case; its problems on standard error and exit 1 where it has any."""
    from sroi.reading import read

    try:
        return read(case)
    except CaseError as error:
        note(str(error))
        raise typer.Exit(EXIT_CASE) from None


def _source(case: str) -> Path | None:
    """The file a case was read from; `None` for the id of a shipped case."""
    path = Path(case)
    return path if path.exists() else None


def _refuse_failed(result: Result) -> None:
    """Stops with exit code 3, after naming each check that fails."""
    if not result.failed:
        return
    for found in result.checks:
        if found.verdict == "CHECK":
            note(str(found))
    note(DO_NOT_USE)
    raise typer.Exit(EXIT_CHECK_FAILED)


def main() -> None:
    """Runs the command line with its exit codes; a bug becomes one line and a log file."""
    try:
        app(standalone_mode=True)
    except WriteError as error:
        note(str(error))
        sys.exit(EXIT_WRITE)
    except CaseError as error:
        note(str(error))
        sys.exit(EXIT_CASE)
    except SystemExit as stop:
        # typer turns an interruption into this, and says nothing
        if stop.code == EXIT_INTERRUPTED:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second one, while threads end, would leave a trace
            note("Interrupted.")
        raise
    except Exception as error:  # noqa: BLE001 the last door: whatever comes here is our bug
        if "--debug" in sys.argv:
            traceback.print_exc()
            sys.exit(EXIT_BUG)
        handle, log = tempfile.mkstemp(prefix="sroi-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            traceback.print_exc(file=file)
        note(f"A bug of ours: {type(error).__name__}: {error}. What happened is in {log}.")
        sys.exit(EXIT_BUG)


if __name__ == "__main__":
    main()
