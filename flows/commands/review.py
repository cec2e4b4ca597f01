"""`positions review`: positions judged on a terminal, one key each."""

import getpass
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from flows.commands.faults import told
from flows.commands.options import BY, HOME, SAMPLE, settings_of
from flows.terminal import say
from schemas.settings import Settings

if TYPE_CHECKING:
    from flows.journal import Journal


class Stopped(click.ClickException):
    """Ctrl-C ended the review; what was judged before is kept."""

    exit_code = 130


@click.command()
@SAMPLE
@BY
@click.option("--actor", help="An actor's id: its positions, and those addressed to it.")
@click.option("--issue", help="An issue's id, with those below it.")
@click.option("--frame", help="A frame of the rule set, such as one that `positions rules precision` names.")
@click.option("--author", help="Who judges. Default: the user of this machine.")
@HOME
def review(author: str | None, **options: Any) -> None:
    """Judge positions of the published snapshot, those below the line of confidence too, one key each.

    Without --sample the least sure come first. Every key is kept at once; at the end, at q and at Ctrl-C all are
    brought in as corrections and published. The next review goes on where this one ended.
    """
    if not sys.stdin.isatty():
        raise click.UsageError("review asks for keys on a terminal; `positions export review` writes a file to mark")
    settings = settings_of({"home": options.pop("home")})
    with told():
        from flows.journal import AnotherReview, Journal
        from flows.keys import Keys
        from flows.reviewing import Reviewer
        from flows.reviewing import review as reviewed
        from warehouse.review import CannotReview, Drawing, queue

        try:
            with Journal(settings.review_file) as journal:
                waiting = queue(settings.snapshot_file, Drawing(**options))
                stopped = False
                say(f"{len(waiting.rows)} to judge, {waiting.judged} judged before; {waiting.line}", err=True)
                try:
                    with Keys() as keys:
                        reviewed(waiting, journal, Reviewer(keys.key, keys.line))
                except (KeyboardInterrupt, EOFError):
                    stopped = True
                say("")
                bring_in(settings, journal, author or getpass.getuser())
        except (AnotherReview, CannotReview) as error:
            raise click.UsageError(str(error)) from error
    if stopped:
        raise Stopped("stopped; `positions review` goes on")


def bring_in(settings: Settings, journal: "Journal", author: str) -> None:
    """Store what the journal holds as corrections, and publish."""
    from flows.writing import opened
    from warehouse.store import AnotherRunIsWriting

    kept = journal.read()
    judgements = [judgement for judgement in kept.values() if judgement is not None]
    if not judgements:
        return
    try:
        with opened(settings) as store:
            new = store.save_corrections(judgements, author, date.today())
            store.publish(settings.snapshot_file)
    except AnotherRunIsWriting as error:
        raise click.ClickException(
            f"{len(judgements)} judgements are kept in {settings.review_file}, as another run is writing; "
            "the next `positions review` brings them in"
        ) from error
    journal.keep_skipped(kept)
    say(f"{len(judgements)} judged, {new} values new", err=True)
