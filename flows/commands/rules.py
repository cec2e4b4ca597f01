"""`positions rules`: what a rule author asks of a rule set before using it."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.commands.calibrate import calibrate
from flows.commands.faults import listed
from flows.commands.faults import told as faults_told
from flows.commands.impact import impact
from flows.commands.measure import measure
from flows.commands.options import JSON, QUIET, RULES, settings_of
from flows.commands.precision import precision
from flows.tables import show_json
from flows.terminal import say

if TYPE_CHECKING:
    from rules.proof.examples import ExampleResult
    from rules.ruleset.load import LoadedSet
    from schemas.ruleset import RuleSet

DOUBTFUL = 1
SUGGESTED = 3
SHOWN = 100  # problems: an author mends many at once


class FaultyRules(click.ClickException):
    """A rule set that cannot be loaded: one line a problem."""

    exit_code = 2


@click.group()
def rules() -> None:
    """Check, test and describe rule sets."""


rules.add_command(calibrate)
rules.add_command(precision)


def read_rules(folders: Sequence[Path]) -> "tuple[RuleSet, LoadedSet]":
    """The rule set of the folders, with the place of every entry. Raises FaultyRules."""
    from rules.ruleset.load import RuleSetError, load_with_places

    try:
        return load_with_places(*folders)
    except RuleSetError as error:
        number = len(error.problems)
        raise FaultyRules(
            f"{number} problem{'s' * (number > 1)} in the rules\n{listed(error.problems, SHOWN)}"
        ) from error


@rules.command()
@RULES
@click.option("--strict", is_flag=True, help="Exit with 1 where there are findings.")
@JSON
@QUIET
def check(strict: bool, as_json: bool, quiet: bool, **options: Any) -> int:
    """List what is allowed in the rules and yet doubtful, as file:line: finding, but for what meant.txt marks as meant.

    Exits with 0, with 2 where the rules cannot be loaded, and under --strict with 1 where there are findings.
    """
    from rules.ruleset.check import check as findings_of
    from rules.ruleset.load import ENGLISH
    from rules.ruleset.meant import unmarked

    folders = settings_of(options).rules or (ENGLISH,)
    ruleset, loaded = read_rules(folders)
    findings = unmarked(findings_of(loaded), folders)
    if as_json:
        show_json(("file", "line", "finding"), [(one.file, one.line, one.what) for one in findings])
    else:
        for finding in findings:
            say(finding)
    if not quiet:
        say(f"{counted(ruleset)}; {len(findings) or 'no'} finding{'s' * (len(findings) != 1)}", err=True)
    return DOUBTFUL if findings and strict else 0


def counted(ruleset: "RuleSet") -> str:
    """How much a rule set holds."""
    return (
        f"{ruleset.id}, version {ruleset.version}: {len(ruleset.actors)} actors, {len(ruleset.people)} people, "
        f"{len(ruleset.issues)} issues, {len(ruleset.frames)} frames"
    )


@rules.command()
@click.argument("frame_ids", metavar="[FRAME]…", nargs=-1)
@RULES
def test(frame_ids: tuple[str, ...], **options: Any) -> int:
    """Run the examples of the frames, or of those named, and list the wrong ones as file:line: what happened.

    Exits with 1 where an example is wrong.
    """
    from rules.proof.examples import run_examples
    from rules.syntax.parse import Parser, check_language

    settings = settings_of(options)
    ruleset, loaded = read_rules(settings.rules)
    known = [frame.id for frame in ruleset.frames]
    if unknown := [name for name in frame_ids if name not in known]:
        raise click.UsageError(f"no frame is called {unknown[0]!r}; {hint(unknown[0], known)}")
    with faults_told():
        check_language(settings.model, ruleset.language)
    results = run_examples(ruleset, Parser(settings.model), frame_ids)
    wrong = [result for result in results if not result.ok]
    for line in told(wrong, loaded):
        say(line)
    misses = sum(result.kind == "known_miss" for result in results)
    say(f"{len(results)} examples: {len(wrong)} wrong, {misses} known misses", err=True)
    return 1 if wrong else 0


@rules.command("matrix")
@click.argument("frame_ids", metavar="[FRAME]…", nargs=-1)
@click.option("--least", type=click.FloatRange(0, 1), default=0.0, help="Exit with 1 where a smaller share is read.")
@RULES
def show_matrix(frame_ids: tuple[str, ...], least: float, **options: Any) -> int:
    """Put every entry of the frames, or of those named, into every construction, and print which are not read."""
    from rules.proof.matrix import matrix, matrix_page
    from rules.syntax.parse import Parser

    settings = settings_of(options)
    ruleset, _ = read_rules(settings.rules)
    known = [frame.id for frame in ruleset.frames]
    if unknown := [name for name in frame_ids if name not in known]:
        raise click.UsageError(f"no frame is called {unknown[0]!r}; {hint(unknown[0], known)}")
    cells = matrix(ruleset, Parser(settings.model), frame_ids)
    say(matrix_page(cells))
    return 0 if sum(cell.read is not None for cell in cells) >= least * len(cells) else 1


def hint(name: str, known: Sequence[str]) -> str:
    """The frames that bear a name like the given one, else a few of all there are."""
    if near := get_close_matches(name, known, SUGGESTED, 0.5):
        return f"did you mean {' or '.join(near)}?"
    return f"there are {len(known)}, such as {', '.join(known[:SUGGESTED])}"


def told(wrong: "Sequence[ExampleResult]", loaded: "LoadedSet") -> Iterator[str]:
    """A line for each example that did not do what it must."""
    for result in wrong:
        place = loaded.places["frames"][result.frame_id,]
        what = {
            "match": f"does not match ({result.detail})",
            "no_match": f"matches ({result.detail})",
            "known_miss": "matches by now: move it to 'match'",
        }[result.kind]
        yield place.problem(("examples", result.kind, result.index), f"{result.frame_id} {what}: {result.text}")


@rules.command()
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("schemas-of-rules"),
    show_default=True,
    help="Folder to write to.",
)
def schema(to: Path) -> None:
    """Write JSON Schemas of the rule files, with which editors complete and check them."""
    from rules.ruleset.schema import write_schemas

    for path in write_schemas(to):
        say(path)


rules.add_command(impact)
rules.add_command(measure)
