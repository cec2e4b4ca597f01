"""`positions watch`: what is new since the last look."""

from datetime import datetime
from pathlib import Path

import click

from flows.commands import faults
from flows.commands.options import HOME, settings_of
from flows.terminal import say
from flows.watches.feed import headline
from flows.watches.look import Seen, feed_file, look, look_at_all
from schemas.article import content_key
from schemas.settings import Settings
from schemas.watch import News, Watch
from warehouse.news import UnknownName, news
from warehouse.query import connect_snapshot


@click.command()
@click.option("--actor", multiple=True, help="An actor's id; given again, either of them.")
@click.option("--issue", multiple=True, help="An issue's id, with those below it; given again, either of them.")
@click.option("--pair", nargs=2, help="Ids of two actors: what they say to each other.", metavar="A B")
@click.option("--since", default="last", show_default=True, help="last: since the last look; or a day, YYYY-MM-DD.")
@HOME
def watch(
    actor: tuple[str, ...], issue: tuple[str, ...], pair: tuple[str, str] | None, since: str, home: Path | None
) -> int:
    """Tell what is new, has changed, was refused or accepted since the last look.

    Without --actor, --issue and --pair it looks for the watches of watches.yaml, and tells their webhooks and commands.
    Each choice remembers its own last look, and has a feed in the folder watches of --home.
    """
    settings = settings_of({"home": home})
    day = None if since == "last" else day_of(since)
    with faults.told():
        try:
            seen = looked(Watch(name="chosen", actor=actor, issue=issue, pair=pair or None), settings, day)
        except UnknownName as error:
            raise click.UsageError(str(error).removeprefix("chosen: ")) from error
    for one in seen:
        tell(one, settings if day is None else None)
    return 1 if any(one.faults for one in seen) else 0


def day_of(since: str) -> datetime:
    """The day that --since names. Raises UsageError."""
    try:
        return datetime.strptime(since, "%Y-%m-%d")
    except ValueError as error:
        raise click.UsageError(f"--since {since}: neither last nor a day, such as 2025-03-04") from error


def looked(chosen: Watch, settings: Settings, day: datetime | None) -> list[Seen]:
    """What there is for the choice of the command line, or, where it chose nothing, for all watches."""
    choice = chosen.model_dump_json(exclude={"name"}, exclude_defaults=True)
    if day is not None:
        with connect_snapshot(settings.snapshot_file) as snapshot:
            return [Seen(chosen, news(snapshot, chosen, None, day.date()))]
    if choice == "{}":
        if seen := look_at_all(settings):
            return seen
        return [look(chosen.model_copy(update={"name": "everything"}), settings)]
    return [look(chosen.model_copy(update={"name": f"chosen-{content_key(choice)[:8]}"}), settings)]


def tell(seen: Seen, settings: Settings | None) -> None:
    """Print the news of a look, a line each, and where its feed is."""
    for one in seen.news:
        say(line_of(one))
    if not seen.news:
        say(f"{seen.watch.name}: nothing is new.")
    elif settings:
        say(f"feed: {feed_file(seen.watch, settings)}", err=True)
    for fault in seen.faults:
        say(f"positions watch: {fault}", err=True)


def line_of(one: News) -> str:
    """A piece of news on a line."""
    told = " ".join(headline(one).split())
    return f"{one.stated_on}  {told if len(told) <= 150 else told[:149] + '…'}"
