"""The settings that flows work with. They are no parameters: whoever may start a run must not choose its folders."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from flows.memory import fitted
from schemas.settings import Settings

GIVEN: ContextVar[Settings | None] = ContextVar("given", default=None)


def settings_in_use() -> Settings:
    """The settings that a command was given, else those of the environment. Raises TooLittleMemory."""
    return GIVEN.get() or fitted(Settings())


@contextmanager
def using(settings: Settings) -> Iterator[None]:
    """Flows that are called inside work with these settings."""
    token = GIVEN.set(settings)
    try:
        yield
    finally:
        GIVEN.reset(token)
