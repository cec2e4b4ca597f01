"""Tells a person how far work is: a bar on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

from flows.terminal import plain, say

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

LINE_EVERY = 10.0  # seconds between two plain lines of one step


class Progress(Protocol):
    """What steps tell of themselves."""

    def begin(self, step: str, total: int | None = None) -> None:
        """A step begins; `total` counts its articles, where known."""

    def advance(self, articles: int) -> None:
        """So many articles more are done."""

    def say(self, line: str) -> None:
        """A line worth keeping."""


class Silent:
    """Says nothing: what flows use unless they are told otherwise."""

    def begin(self, step: str, total: int | None = None) -> None:
        pass

    def advance(self, articles: int) -> None:
        pass

    def say(self, line: str) -> None:
        pass


class Lines:
    """Plain lines on standard error, at most one every ten seconds for a step that goes on."""

    def __init__(self) -> None:
        self._step = ""
        self._total: int | None = None
        self._done = 0
        self._told = self._began = 0.0

    def begin(self, step: str, total: int | None = None) -> None:
        self._step, self._total, self._done, self._told = step, total, 0, time.monotonic()
        self._began = self._told
        self.say(f"{step}{f' ({total:,} articles)' if total else ''} …")

    def advance(self, articles: int) -> None:
        self._done += articles
        if time.monotonic() - self._told >= LINE_EVERY:
            self._told = time.monotonic()
            left = self._left(self._told - self._began)
            self.say(f"{self._step}: {self._done:,}{f' of {self._total:,}' if self._total else ''} articles{left}")

    def _left(self, seconds: float) -> str:
        """How long the rest of the step takes at the pace it had so far, in words."""
        if not self._total or not self._done:
            return ""
        return f", about {spoken(seconds * max(self._total - self._done, 0) / self._done)} left"

    def say(self, line: str) -> None:
        say(line, err=True)


def spoken(seconds: float) -> str:
    """A time as people tell it: seconds, from two minutes on minutes, from two hours on hours."""
    for unit, length in (("h", 3_600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} s"


class Bar:
    """One bar a step, on a terminal."""

    def __init__(self, bars: "RichProgress") -> None:
        self._bars = bars
        self._task: TaskID | None = None

    def begin(self, step: str, total: int | None = None) -> None:
        self.end()
        self._task = self._bars.add_task(step, total=total)

    def advance(self, articles: int) -> None:
        if self._task is not None:
            self._bars.advance(self._task, articles)

    def say(self, line: str) -> None:
        self._bars.console.print(plain(line), markup=False, highlight=False)

    def end(self) -> None:
        """The step that was going on is complete."""
        if self._task is not None:
            done = self._bars.tasks[self._bars.task_ids.index(self._task)].completed
            self._bars.update(self._task, total=max(done, 1), completed=max(done, 1))
            self._bars.stop_task(self._task)


CURRENT: ContextVar[Progress] = ContextVar("progress", default=Silent())  # noqa: B039 - it holds nothing


def current() -> Progress:
    """Where the work that is going on tells how far it is."""
    return CURRENT.get()


@contextmanager
def told_to(progress: Progress) -> Iterator[Progress]:
    """What runs inside tells its progress there."""
    token = CURRENT.set(progress)
    try:
        yield progress
    finally:
        CURRENT.reset(token)


@contextmanager
def shown(quiet: bool = False) -> Iterator[Progress]:
    """What runs inside shows its progress to the person who called the command, unless that is to be quiet."""
    if quiet:
        with told_to(Silent()) as silent:
            yield silent
        return
    if not sys.stderr.isatty():
        with told_to(Lines()) as lines:
            yield lines
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    remaining = TimeRemainingColumn(elapsed_when_finished=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), remaining)
    with RichProgress(*columns, console=Console(stderr=True)) as bars:
        bar = Bar(bars)
        with told_to(bar):
            yield bar
        bar.end()
