"""A source: where articles come from, and how its columns and days are to be read."""

from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

Format = Literal[
    "text", "jsonl", "table", "json", "sheet", "parquet", "html", "feed", "export", "mail", "archive", "warc", "arc"
]


def several(value: object) -> object:
    """A single name counts as a list of one."""
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(several)]


class Columns(BaseModel):
    """Which columns or keys hold the parts of an article: the first that is found wins, case does not count."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Names = Field(default=("title", "headline"), description="Columns of the headline")
    published: Names = Field(
        default=(
            "date",
            "published",
            "pubDate",
            "published_at",
            "date_published",
            "publication_date",
            "publish_date",
            "date_publish",
            "published_date",
            "seendate",
        ),
        description="Columns of the day or time of publication",
    )
    url: Names = Field(default=("url", "link"), description="Columns of the address")
    text: Names = Field(
        default=("text", "body", "content", "maintext", "full_text", "content_text", "content_html"),
        description="Columns of the body",
    )
    lead: Names = Field(
        default=("lead", "lead_paragraph", "standfirst"),
        description="Columns of what stands above the body, joined to it",
    )
    outlet: Names = Field(
        default=("outlet", "source", "publisher", "source_name", "media_name"), description="Columns of the outlet"
    )
    language: Names = Field(default=("language", "lang"), description="Columns of the language code")


class Source(BaseModel):
    """A file, a folder, a feed or a page, with what its records do not say themselves."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str = Field(min_length=1, description="Path of a file or folder, or address of a feed or page")
    format: Format | None = Field(default=None, description="Format; by default the name tells, else the content")
    columns: Columns = Field(default=Columns(), description="Names of the columns or keys")
    records: str | None = Field(
        default=None, description="Path of the list of articles in a JSON file, as JMESPath writes it (response.docs)"
    )
    outlet: str | None = Field(default=None, description="Outlet of all its articles")
    language: str | None = Field(
        default=None,
        pattern=r"^[a-z]{2}$",
        description="Language of texts too short to tell it, ISO 639-1; by default English",
    )
    time_zone: str | None = Field(
        default=None,
        description="Zone whose calendar gives the day (Asia/Tokyo); by default the zone of each time itself",
    )
    date_format: str | None = Field(
        default=None,
        description="How its dates are written, in strptime's letters (%d/%m/%Y); by default unmistakable ones",
    )
    issuer: str | None = Field(
        default=None,
        pattern=r"^\S+$",
        description="Actor (its id, such as CHN) that issues all of its texts: statements, transcripts",
    )
    fetch: bool = Field(
        default=False, description="Whether the pages are fetched that a feed or list in a file leads to"
    )
    follow: bool = Field(default=True, description="Whether scheduled runs read it")

    @field_validator("time_zone")
    @classmethod
    def is_a_known_zone(cls, name: str | None) -> str | None:
        if name is not None:
            try:
                ZoneInfo(name)
            except (ZoneInfoNotFoundError, ValueError, OSError):
                raise ValueError(f"{name!r} is no time zone; allowed are names such as Europe/Paris") from None
        return name


class SourceList(BaseModel):
    """What sources.yaml holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sources: tuple[Source, ...] = Field(description="The sources, read in this order")

    @field_validator("sources")
    @classmethod
    def lists_something(cls, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        if not sources:
            raise ValueError("the list is empty; allowed is one entry or more")
        return sources


class FileRead(BaseModel):
    """A file that was read to its end, so that it need not be read again as long as it stays the same."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file_key: str = Field(description="Key of the file: where it lies, what it holds, and how it was read")
    articles: int = Field(default=0, ge=0, description="Articles that it held")
    reasons: dict[str, int] = Field(default={}, description="Records that were rejected, by reason")
    again: bool = Field(default=False, description="Whether it was passed over because it was read before")


class RecordsRead(BaseModel):
    """Records of a file that need not be read again, wherever the same bytes come again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    keys: tuple[int, ...] = Field(default=(), description="Keys of those that were read and are articles")
    known: int = Field(default=0, ge=0, description="How many were passed over because they were read before")
