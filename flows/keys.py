"""Takes single keys from the terminal, and lines where a word is asked for."""

import os
import sys
from types import TracebackType
from typing import Self

import click

ONE_BYTE = 1


class Keys:
    """The keys of the terminal that is standard input, in a `with` block: none that comes early is lost.

    Ctrl-C raises KeyboardInterrupt, the end of the terminal EOFError.
    """

    def __enter__(self) -> Self:
        self._before = None
        if os.name == "posix":
            import termios

            self._before = termios.tcgetattr(sys.stdin)
            self._take_keys()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._take_lines()

    def key(self) -> str:
        """The next key."""
        if self._before is None:
            return click.getchar()
        pressed = os.read(sys.stdin.fileno(), ONE_BYTE)
        if not pressed:
            raise EOFError
        return pressed.decode("latin-1")

    def line(self, prompt: str) -> str:
        """What is typed until the line ends."""
        self._take_lines()
        try:
            return input(prompt)
        finally:
            self._take_keys()

    def _take_keys(self) -> None:
        if self._before is not None:
            import termios
            import tty

            tty.setcbreak(sys.stdin, termios.TCSADRAIN)

    def _take_lines(self) -> None:
        if self._before is not None:
            import termios

            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._before)
