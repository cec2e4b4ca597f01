"""All that is printed goes through here: no text that was read can move a cursor, colour a screen, or hide a word."""

import re
import sys
from typing import Protocol

import click

# Control characters but line end and tab; those of ISO 6429, some of which act without an escape before them; those
# that turn the direction of writing round; and bytes of file names that are no text.
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Written(Protocol):
    """Where text can be written to."""

    def write(self, text: str, /) -> object:
        """Write the text."""


def plain(text: str) -> str:
    """The text, with what would act on a terminal written out: a backslash and the number of the character."""
    return ACTING.sub(lambda found: found.group().encode("unicode_escape").decode("ascii"), text)


def say(text: object, err: bool = False, nl: bool = True) -> None:
    """Print a line for people, on standard error where `err` says so."""
    click.echo(plain(str(text)), err=err, nl=nl)


def show_cursor() -> None:
    """Show the cursor of the terminal that is standard error, if it is one: a bar that is cut short has hidden it."""
    if sys.stderr.isatty():
        click.echo("\x1b[?25h", err=True, nl=False)


class Shown:
    """Writes data to a terminal, where it is read by people."""

    def write(self, text: str) -> None:
        sys.stdout.write(plain(text))


def data_out() -> Written:
    """Where data goes: standard output, unchanged unless it is a terminal."""
    return Shown() if sys.stdout.isatty() else sys.stdout
