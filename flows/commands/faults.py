"""What went wrong, in the words of the user: one line, or one a problem, and the exit code."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

SHOWN = 20  # problems of a rule set or a list of sources


@contextmanager
def told() -> Iterator[None]:
    """Faults that a user can mend leave as click's exceptions, which are told without a traceback."""
    try:
        yield
    except Exception as error:
        # Imported only now: what was never loaded cannot have raised anything.
        from flows.children import WorkerDied
        from flows.handover import CannotHandOver
        from flows.login import NoLogin
        from flows.memory import TooLittleMemory
        from flows.pool import NoRunner
        from flows.server import NoServer, said
        from flows.serving import AlreadyServed
        from flows.sources import SourcesError
        from rules.ruleset.load import RuleSetError
        from rules.syntax.parse import WrongPipeline
        from warehouse.backup import BadBackup
        from warehouse.layout import WarehouseDiffers
        from warehouse.publish import CannotPublish
        from warehouse.query import NoSnapshot
        from warehouse.store import AnotherRunIsWriting, CannotOpen
        from warehouse.writing import CannotWrite, Damaged, OutOfMemory

        if isinstance(error, RuleSetError | SourcesError):
            raise click.UsageError(listed(error.problems)) from error
        if isinstance(error, WrongPipeline):
            raise click.UsageError(str(error)) from error
        if isinstance(error, NoServer):
            raise click.ClickException(said(error)) from error
        starts = NoLogin, TooLittleMemory, NoRunner, AlreadyServed, AnotherRunIsWriting
        works = WorkerDied, CannotHandOver
        files = BadBackup, WarehouseDiffers, CannotOpen, CannotWrite, CannotPublish, Damaged, NoSnapshot, OutOfMemory
        if isinstance(error, (*starts, *works, *files)):
            raise click.ClickException(str(error)) from error
        raise


def listed(problems: tuple[str, ...], most: int = SHOWN) -> str:
    """The problems, a line each; of very many the first."""
    more = [f"… and {len(problems) - most:,} more"] if len(problems) > most else []
    return "\n".join([*problems[:most], *more])
