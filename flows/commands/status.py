"""`positions status`: what is collected, rejected, pending and unresolved, and the last runs."""

from collections.abc import Iterator, Mapping
from typing import Any

import click

from flows.commands.options import HOME, JSON, settings_of
from flows.outcome import Line, told_line
from flows.terminal import say
from warehouse.query import NoSnapshot, RunRecord, Status
from warehouse.query import status as status_of


@click.command()
@JSON
@HOME
def status(as_json: bool, **options: Any) -> None:
    """Tell in numbers what the published snapshot holds."""
    try:
        found = status_of(settings_of(options).snapshot_file)
    except NoSnapshot as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        say(found.model_dump_json())
        return
    told = list(lines(found))
    width = max(len(name) for name, _ in told)
    for name, text in told:
        say(f"{name:<{width}}  {text}")


def lines(found: Status) -> Iterator[Line]:
    """The status as pairs of a name and a text."""
    if found.published_at:
        yield "published", f"{found.published_at:%Y-%m-%d %H:%M} UTC"
    days = f", {found.first_published} to {found.last_published}" if found.articles else ""
    stories = counted_as(found.stories, "story", "stories")
    yield "articles", f"{found.articles:,} from {counted_as(found.outlets, 'outlet', 'outlets')}, {stories}{days}"
    yield "pending", f"{found.pending:,} not yet tagged with rule set {found.ruleset_version}"
    if found.unread:
        yield "other languages", f"{counted_as(found.unread, 'article', 'articles')} that the rule set does not read"
    yield "positions", counted(found.positions)
    yield "shown", told_line(found.under_line)
    yield "retired", f"{found.retired:,} positions that later rules no longer yield"
    yield "rejected", counted(found.rejected)
    often = f", most often: {counted(found.unresolved)}" if found.unresolved else ""
    yield "unknown actors", f"{counted_as(found.unresolved_total, 'clause', 'clauses')}{often}"
    for name, run in zip(["last runs", *[""] * 99], found.last_runs, strict=False):
        yield name, told_run(run)


def counted(numbers: Mapping[str, int]) -> str:
    """The numbers with what they count."""
    return ", ".join(f"{number:,} {name}" for name, number in numbers.items()) or "none"


def counted_as(number: int, one: str, several: str) -> str:
    """The number with what it counts."""
    return f"{number:,} {one if number == 1 else several}"


def told_run(run: RunRecord) -> str:
    """One run on one line."""
    return (
        f"{run.started_at:%Y-%m-%d %H:%M} {run.name} {run.status}: {run.articles_new:,} articles, "
        f"{run.rejected_new:,} rejected, {run.positions_added:,} positions added, {run.positions_retired:,} retired"
    )
