"""How runs are named and summed up in Prefect."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from prefect import runtime
from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    update_progress_artifact,
)

from flows.outcome import Line
from flows.progress import Progress, current, told_to

NAMED = 3  # sources in the name of a run
PAGE_EVERY = 2.0  # seconds between two changes of a progress that Prefect's pages show


def run_name() -> str:
    """The name of a run: what it does, and to what."""
    sources = runtime.flow_run.parameters.get("sources") or []
    named = ", ".join(sources[:NAMED]) + (f" and {len(sources) - NAMED} more" if len(sources) > NAMED else "")
    return f"{runtime.flow_run.flow_name} {named}".strip()


def sum_up(key: str, lines: Iterable[Line]) -> None:
    """Keep the outcome of a run where Prefect's pages show it."""
    rows = "\n".join(f"| {name} | {cell(text)} |" for name, text in lines)
    create_markdown_artifact(f"| | |\n|---|---|\n{rows}\n", key=key, description=f"Outcome of the last {key}")


def cell(text: str) -> str:
    """The text as a cell of a table."""
    return text.replace("|", "\\|")


def link(key: str, file: Path) -> None:
    """Keep a link to what a run wrote where Prefect's pages show it."""
    create_link_artifact(file.absolute().as_uri(), link_text=str(file), key=key, description=f"The last {key}")


class OnPages:
    """Shows the progress of each step on Prefect's pages too; what it is told it passes on."""

    def __init__(self, beside: Progress) -> None:
        self._beside = beside
        self._artifact: UUID | None = None
        self._total: int | None = None
        self._done = 0
        self._told = 0.0

    def begin(self, step: str, total: int | None = None) -> None:
        self.end()
        self._beside.begin(step, total)
        self._total, self._done, self._told = total, 0, time.monotonic()
        created = create_progress_artifact(0.0, key="progress", description=f"{step}, {total or 'all'} articles")
        self._artifact = created if isinstance(created, UUID) else None

    def advance(self, articles: int) -> None:
        self._beside.advance(articles)
        self._done += articles
        if self._total and time.monotonic() - self._told >= PAGE_EVERY:
            self._told = time.monotonic()
            self._show(100.0 * min(self._done / self._total, 1.0))

    def say(self, line: str) -> None:
        self._beside.say(line)

    def end(self) -> None:
        """The step that was going on is complete."""
        self._show(100.0)

    def _show(self, percent: float) -> None:
        if self._artifact:
            update_progress_artifact(self._artifact, percent)


@contextmanager
def on_pages() -> Iterator[None]:
    """What runs inside also shows its progress on Prefect's pages."""
    pages = OnPages(current())
    with told_to(pages):
        yield
        pages.end()
