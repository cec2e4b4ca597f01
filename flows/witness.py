"""Tells the command of the settings that a process was cut short, which that process could not tell by itself."""

import json
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from flows import children
from flows.login import NoLogin
from flows.server import NoServer, ServerLost

SECONDS = 60  # that the command may take
ENDED = "ended"
PASSES = "The next run takes up what is left."
STAYS = "It will fail again until somebody mends this; the run after that takes up what is left."
KILLED = "It was killed, by somebody or for lack of memory."


def main() -> None:
    """Hear what to tell, the last line of several, until the other process ends; where it ended well, tell nothing."""
    *_, last = sys.stdin.read().splitlines() or [ENDED]
    if last != ENDED:
        command, told = json.loads(last)
        hand(command, told)


def hand(command: str, told: str) -> None:
    """Hand the command a text on its standard input. Raises OSError and SubprocessError where it fails."""
    subprocess.run(shlex.split(command), input=told, text=True, timeout=SECONDS, check=True)


def failure(name: str, why: str, what_next: str) -> str:
    """What the command is told of a run, or of what serves runs; `what_next` is PASSES or STAYS."""
    return f"{name}\n{why}\n{what_next}\n"


class Witness:
    """A process that outlives this one, and then tells the command of it; where there is no command, none."""

    def __init__(self, command: str | None, name: str) -> None:
        self._command = command
        self._name = name
        self._process = children.python("flows.witness") if command else None
        self.tell(KILLED)

    def tell(self, why: str, what_next: str = PASSES) -> None:
        """Why this process will have ended, should nothing more be said."""
        self._say(json.dumps([self._command, failure(self._name, why, what_next)]))

    def tell_of(self, error: NoServer | NoLogin) -> None:
        """That this process will have ended for want of a server."""
        self.tell(str(error), PASSES if isinstance(error, ServerLost) else STAYS)

    def end(self) -> None:
        """There is nothing to tell."""
        self._say(ENDED)
        self.leave()

    def leave(self) -> None:
        """Let it tell what it was told last."""
        if self._process:
            with suppress(BrokenPipeError), self._process:
                pass

    def _say(self, line: str) -> None:
        if self._process:
            assert self._process.stdin
            with suppress(BrokenPipeError):  # somebody ended it
                self._process.stdin.write(f"{line}\n".encode())
                self._process.stdin.flush()


@contextmanager
def witnessed(command: str | None, name: str) -> Iterator[Witness]:
    """The command is told where this process is killed over what runs inside, or finds no Prefect server for it.

    What else goes wrong with a run, Prefect sees and tells.
    """
    witness = Witness(command, name)
    try:
        yield witness
    except (NoServer, NoLogin) as error:
        witness.tell_of(error)
        witness.leave()
        raise
    except BaseException:
        witness.end()
        raise
    witness.end()
