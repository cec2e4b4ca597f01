"""The `positions` command: its subcommands are imported when they are called, so that help comes at once."""

import os
import pkgutil
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, cast

import click
from click.shell_completion import CompletionItem

from flows.terminal import say

FAILED = 1
BAD_USE = 2
INTERRUPTED = 130

# Name, where it is found, and the line of help: known without importing anything.
COMMANDS: dict[str, tuple[str, str]] = {
    "track": ("flows.commands.track:track", "Collect articles, tag them, and publish the positions."),
    "extract": ("flows.commands.extract:extract", "Read articles as JSON lines, write positions as JSON lines."),
    "explain": ("flows.commands.explain:explain", "Tell why a text gives the positions it gives, or none."),
    "sql": ("flows.commands.sql:sql", "Answer a query, or prompt for queries, on the published snapshot."),
    "export": ("flows.commands.export:export", "Write files for spreadsheets and statistics packages."),
    "status": ("flows.commands.status:status", "Tell what is collected, rejected, pending and unresolved."),
    "actors": ("flows.commands.names:actors", "List actors by name, with their ids."),
    "issues": ("flows.commands.names:issues", "List issues by name, with their ids."),
    "report": ("flows.commands.report:report", "Write the HTML report of the published snapshot."),
    "watch": ("flows.commands.watch:watch", "Tell what is new, changed, refused or accepted since the last look."),
    "browse": ("flows.commands.browse:browse", "Serve a local page to search, read in context and judge."),
    "rules": ("flows.commands.rules:rules", "Check, test, measure and describe rule sets."),
    "review": ("flows.commands.review:review", "Judge positions on a terminal, one key each."),
    "unresolved": ("flows.commands.unresolved:unresolved", "List whom no list knows, with entries that would."),
    "corrections": (
        "flows.commands.corrections:corrections",
        "Bring in, list and withdraw judgements on positions.",
    ),
    "dictionary": ("flows.commands.dictionary:dictionary", "Write what every table, view and column means."),
    "backup": ("flows.commands.upkeep:backup", "Copy what is published, so that it can be put back."),
    "restore": ("flows.commands.upkeep:restore", "Put a backup into an empty folder."),
    "prune": ("flows.commands.upkeep:prune", "Give up the texts of old articles; positions and evidence stay."),
    "doctor": ("flows.commands.doctor:doctor", "Say what is wrong with a warehouse, and what to do."),
    "serve": ("flows.commands.serve:serve", "Run track and report on a schedule, on this machine."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        return cast(click.Command, pkgutil.resolve_name(COMMANDS[cmd_name][0]))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(COMMANDS)}"
            raise click.UsageError(f"no command is called {args[0]!r}; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """What a shell may complete a word to, with no command imported."""
        names = [CompletionItem(name, help=told) for name, (_, told) in COMMANDS.items() if name.startswith(incomplete)]
        return names + click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, told) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="diplomatic-positions", prog_name="positions")
def positions() -> None:
    """Tracks who demands, refuses, offers, accepts and threatens what in the news."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit code: 0 done, 1 failed, 2 bad use, 130 stopped by Ctrl-C."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code; what went wrong is told in one line."""
    try:
        return _code(positions.main(arguments, prog_name="positions", standalone_mode=False))
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.format_message(), err=True)
        return BAD_USE
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "positions"
        say(f"{command}: {error.format_message().rstrip('.')} (see {command} --help)", err=True)
        return BAD_USE
    except click.ClickException as error:
        say(f"positions: {error.format_message()}", err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("positions: stopped; what was done is kept, the next run does the rest", err=True)
        return INTERRUPTED
    except MemoryError:
        say("positions: memory ran out; what was done by then is kept", err=True)
        return FAILED
    except BrokenPipeError:
        # Whoever read the output has left; nothing more can be written, not even by the interpreter's last flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        if error.filename is None:
            raise
        say(f"positions: {error.filename}: {error.strerror}", err=True)
        return FAILED


def _code(returned: Any) -> int:
    return returned if isinstance(returned, int) else 0
