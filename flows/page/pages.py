"""What every page is made with: the open snapshot, names, templates, and what is remembered of a snapshot."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

import jinja2
from markupsafe import Markup

from flows.page.bench import Bench
from flows.page.judging import Lander, Queue, Queued
from flows.page.trial import Trials
from schemas.settings import Settings
from warehouse.browsing.shown import Names, read_names
from warehouse.browsing.snapshots import Snapshots
from warehouse.query import Snapshot
from warehouse.telling import STANCES, WORDS, counted, days, web_address

HERE = Path(__file__).parent
REMEMBERED = 400  # results

Result = TypeVar("Result")


class NotThere(LookupError):
    """An address names an actor, issue, article or position that nobody knows."""


class BadRequest(ValueError):
    """An address or a form says something that cannot be."""


class Remembered:
    """Results that depend on the snapshot alone, the last used ones."""

    def __init__(self) -> None:
        self._results: OrderedDict[object, Any] = OrderedDict()
        self._turn = threading.Lock()

    def get(self, key: object, make: Callable[[], Result]) -> Result:
        """The result of a key, made where it is not there."""
        with self._turn:
            if key in self._results:
                self._results.move_to_end(key)
                found: Result = self._results[key]
                return found
        made = make()
        with self._turn:
            self._results[key] = made
            while len(self._results) > REMEMBERED:
                self._results.popitem(last=False)
        return made


@dataclass
class Site:
    """All that the pages share."""

    settings: Settings
    token: str
    snapshots: Snapshots
    queue: Queue
    lander: Lander
    bench: Bench
    trials: Trials
    remembered: Remembered = field(default_factory=Remembered)
    templates: jinja2.Environment = field(default_factory=lambda: environment())

    def remember(self, key: object, make: Callable[[], Result]) -> Result:
        """A result that depends on the open snapshot alone."""
        return self.remembered.get((self.snapshots.stamp, key), make)

    def names(self, snapshot: Snapshot) -> Names:
        """The names of actors and issues."""
        return self.remember("names", lambda: read_names(snapshot))

    def picture(self, key: object, draw: Callable[[], str]) -> Markup:
        """A chart; its text was escaped where it was drawn."""
        return self.remember(("picture", key), lambda: Markup(draw()))

    def render(self, template: str, **values: object) -> str:
        """The text of a page, or of a part of one."""
        waiting = self.queue.waiting()
        shared = {
            "token": self.token,
            "waiting": waiting,
            "told": self.lander.told,
            "refused": self.queue.refused(),
            "beside": False,
        }
        return self.templates.get_template(template).render({**shared, "refused": self.queue.refused(), **values})


def environment() -> jinja2.Environment:
    """Templates that escape everything."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"web_address": web_address, "part": lambda text: quote(str(text), safe="")}
    made.globals |= {"counted": counted, "days": days, "address": address, "words": WORDS, "stances": STANCES}
    return made


def address(path: str, pairs: Iterable[tuple[str, object]] = (), **more: object) -> str:
    """An address of this page; values that are empty are left out."""
    given = [*pairs, *more.items()]
    query = urlencode([(name, str(value)) for name, value in given if value not in (None, "")])
    return f"{path}?{query}" if query else path


def day_of(text: str, name: str) -> date | None:
    """The day that an address names; None where it is empty. Raises BadRequest."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadRequest(f"{name} {text!r} is no day; write it as 2025-03-04") from error


def number_of(text: str, name: str, most: int = 1_000_000) -> int:
    """The number that an address names, 0 where it is empty. Raises BadRequest."""
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal()) or len(text) > 9 or int(text) > most:
        raise BadRequest(f"{name} {text!r} is no number up to {most:,}")
    return int(text)


def queued_mark(queued: Queued | None) -> str | None:
    """What a judgement that waits says."""
    return queued.mark if queued else None
