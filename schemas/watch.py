"""A watch: whose news, on what, is told to whom; and a piece of news."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from schemas.source import several

Ids = Annotated[tuple[str, ...], BeforeValidator(several)]
Kind = Literal["new", "changed", "refused", "accepted"]


class Watch(BaseModel):
    """What is watched, and where its news goes beside the terminal."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[A-Za-z0-9][\w-]*$", description="Name: letters, digits, - and _")
    actor: Ids = Field(default=(), description="Ids of actors, one of which must be the actor or the target; none: all")
    issue: Ids = Field(default=(), description="Ids of issues, with those below them; none: all")
    pair: tuple[str, str] | None = Field(default=None, description="Ids of two actors, towards each other")
    webhook: str | None = Field(
        default=None, pattern=r"^https?://", description="Address that gets the news by POST, as JSON"
    )
    command: str | None = Field(default=None, description="Command that gets the news on its standard input, as JSON")

    @field_validator("pair", mode="before")
    @classmethod
    def are_two(cls, pair: object) -> object:
        if isinstance(pair, list | tuple) and len(pair) != 2:
            raise ValueError("a pair is two actors: [USA, IRN]")
        return pair


class WatchList(BaseModel):
    """What watches.yaml holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    watches: tuple[Watch, ...] = Field(description="The watches, each with a name of its own")

    @field_validator("watches")
    @classmethod
    def have_names_of_their_own(cls, watches: tuple[Watch, ...]) -> tuple[Watch, ...]:
        names = [watch.name for watch in watches]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"two watches are called {name!r}; each needs a name of its own")
        return watches


class News(BaseModel):
    """A piece of news."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind = Field(description="new line of a thread, stance that changed, demand newly refused, newly accepted")
    position_id: str = Field(description="Position that brings the news")
    thread_id: str = Field(description="Thread that it belongs to")
    stated_on: date = Field(description="Day it was stated")
    actor: str = Field(description="Id of the actor")
    actor_name: str = Field(description="Name of the actor")
    stance: str = Field(description="Stance")
    target: str | None = Field(description="Id of the target")
    target_name: str | None = Field(description="Name of the target")
    issue: str | None = Field(description="Id of the issue")
    issue_name: str | None = Field(description="Name of the issue")
    content: str | None = Field(description="Words that say what is demanded, refused, offered …")
    evidence: str = Field(description="Sentence that says so")
    before: str | None = Field(
        description="Sentence of the stance before, or of the demand that is refused or accepted"
    )
    outlet: str | None = Field(description="Outlet")
    url: str | None = Field(description="Address of the article")

    @property
    def key(self) -> str:
        """What tells this piece of news from all others."""
        return f"{self.kind}:{self.position_id}"


class Delivery(BaseModel):
    """News of one look on their way, and the channels that had them."""

    model_config = ConfigDict(extra="forbid")

    delivery_id: str = Field(description="Key of the delivery, sent along as Idempotency-Key")
    until: datetime = Field(description="Publication of the snapshot that was looked at")
    news: tuple[News, ...] = Field(description="What is told")
    had: list[str] = Field(default_factory=list, description="Channels that had it")


class Looked(BaseModel):
    """What a watch remembers."""

    model_config = ConfigDict(extra="forbid")

    until: datetime | None = Field(default=None, description="Publication of the snapshot that was looked at last")
    pending: Delivery | None = Field(default=None, description="News that have not yet gone everywhere")
    recent: list[tuple[datetime, News]] = Field(default_factory=list, description="Entries of the feed, latest first")
