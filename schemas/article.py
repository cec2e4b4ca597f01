"""An article as it lands, and the rejection that takes its place when it cannot."""

import hashlib
from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, computed_field


def content_key(*parts: str) -> str:
    """A key that depends on the given texts alone: 20 hexadecimal digits of their BLAKE2b digest."""
    digest = hashlib.blake2b(digest_size=10)
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "big"))
        digest.update(encoded)
    return digest.hexdigest()


PublishedBasis = Literal["stated", "address", "entry", "modified", "guess"]


class Article(BaseModel):
    """One news article: a title, a day, and a body whose paragraphs are separated by newlines."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = Field(description="Headline as published; empty where the source has none")
    published: date = Field(description="Day of publication, in the time zone the source gives")
    published_basis: PublishedBasis = Field(
        default="stated",
        description="What gave the day: stated (the record or page names it), address, entry (of the feed that leads "
        "to it), modified (the day of its last change alone is known), or guess (a day found in the page)",
    )
    url: str | None = Field(default=None, description="Address of the article, canonical where the source names one")
    text: str = Field(description="Body as stored; evidence offsets count its characters; paragraphs end in newlines")
    outlet: str | None = Field(
        default=None, description="Who published it: the host of the address, or what the source says"
    )
    language: str = Field(default="en", description="Language of the body, ISO 639-1")
    origin: str | None = Field(
        default=None, description="Where it was read: a path or an address, with the record's number"
    )
    fetched_at: datetime | None = Field(default=None, description="When it was fetched from the web; null for files")
    issuer: str | None = Field(
        default=None, description="Actor whose statement or answers the whole text is, so that its 'we' is that party"
    )
    is_partial: bool = Field(
        default=False, description="Whether the text is a part of the article alone: a feed's summary, or before a wall"
    )
    stands_at: str | None = Field(
        default=None, description="Address that led to it where its own is another one; partial ones there are replaced"
    )

    @computed_field(description="Key of the article, from its address, else from its content")  # type: ignore[prop-decorator]
    @property
    def article_id(self) -> str:
        # the letter keeps spreadsheets and data frames from reading an id of digits as a number
        if self.url:
            return partial_id(self.url) if self.is_partial else f"a{content_key('url', self.url)}"
        return f"a{content_key('content', self.title, self.published.isoformat(), self.text)}"

    @property
    def replaces(self) -> tuple[str, ...]:
        """Ids of the partial articles whose place it takes, if they were collected."""
        return () if self.is_partial else tuple(partial_id(place) for place in (self.url, self.stands_at) if place)


def partial_id(url: str) -> str:
    """Key of what is known of the article at an address before it is read whole."""
    return f"a{content_key('partial', url)}"


class Rejection(BaseModel):
    """An input that could not become an article, with the reason a person understands."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    origin: str = Field(description="Where the original lies: a path or an address, with the record's number")
    reason: str = Field(description="Short name of what is wrong, the same for every input with this fault")
    detail: str = Field(description="What is wrong with this input, and what is allowed")
    digest: str = Field(default="", description="Key of the rejected bytes, so that the same fault is recorded once")

    @computed_field(description="Key of the rejection, from its origin, reason and bytes")  # type: ignore[prop-decorator]
    @property
    def rejection_id(self) -> str:
        return f"r{content_key(self.origin, self.reason, self.digest)}"
