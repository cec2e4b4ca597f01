"""`positions corrections`: what people judge of positions, brought in from a marked export, listed and withdrawn."""

import getpass
from datetime import date
from pathlib import Path
from typing import Any

import click

from flows.commands.faults import told
from flows.commands.options import HOME, JSON, settings_of
from flows.tables import show, show_json
from flows.terminal import say

SHOWN = 200
LISTED = """
    SELECT position_id, field, value_before, value, reason, author, made_on, stands
    FROM corrected_position ORDER BY made_on DESC, position_id, field
"""


@click.group()
def corrections() -> None:
    """Bring in, list and withdraw judgements on positions.

    `positions export review` writes a file to be marked: right, wrong or corrected in the column mark, why in the
    column reason, and the right values in the cells of rows marked corrected.
    """


@corrections.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--author", help="Who judged. Default: the user of this machine.")
@click.option("--take-good", is_flag=True, help="Take the good lines where others are refused.")
@HOME
def bring_in(file: Path, author: str | None, take_good: bool, **options: Any) -> int:
    """Bring in the marks of FILE, CSV or XLSX that `positions export review` wrote, and publish.

    Lines that cannot be taken are listed as file:line: what is wrong. Nothing is taken then, unless --take-good is
    given; the exit code is 1 either way.
    """
    settings = settings_of(options)
    with told():
        from flows.writing import opened
        from warehouse.corrections import UnreadableCorrections

        with opened(settings) as store:
            try:
                marks = store.read_marks(file)
            except UnreadableCorrections as error:
                raise click.ClickException(str(error)) from error
            for line in marks.refused:
                say(line)
            taken = marks.judgements if take_good or not marks.refused else []
            new = store.save_corrections(taken, author or getpass.getuser(), date.today())
            store.publish(settings.snapshot_file)
    say(
        f"{len(taken)} of {len(marks.judgements) + len(marks.refused)} marked rows taken, {new} values new; "
        f"{len(marks.refused)} lines refused, {marks.unmarked} rows without a mark",
        err=True,
    )
    return 1 if marks.refused else 0


@corrections.command()
@click.argument("position_ids", metavar="POSITION…", nargs=-1, required=True)
@HOME
def withdraw(position_ids: tuple[str, ...], **options: Any) -> None:
    """Withdraw all that was judged of the named positions, and publish."""
    settings = settings_of(options)
    with told():
        from flows.writing import opened

        with opened(settings) as store:
            withdrawn = store.withdraw_corrections(position_ids)
            store.publish(settings.snapshot_file)
    if not withdrawn:
        raise click.ClickException("none of these positions has a correction that stands")
    say(f"{withdrawn} values withdrawn", err=True)


@corrections.command(name="list")
@JSON
@HOME
def list_all(as_json: bool, **options: Any) -> None:
    """List the corrections that stand, the latest first."""
    from warehouse.ask import Asking

    with told(), Asking(settings_of(options).snapshot_file) as asking:
        found = asking.ask(LISTED)
        show_json(found.columns, found.rows) if as_json else show(found.columns, found.rows, SHOWN)
