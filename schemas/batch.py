"""What tagging hands to the warehouse for a batch of articles, and what the warehouse answers."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from schemas.position import Position, Section
from schemas.story import StorySignature


class Record(BaseModel):
    """What all records of a batch share: frozen, and no key that the model does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SentenceSpan(Record):
    """Where a sentence that can carry a position stands, and the key of its text."""

    article_id: str = Field(description="Article that holds the sentence")
    section: Section = Field(description="Where the sentence stands: title or body")
    sentence_start: int = Field(ge=0, description="First character of the sentence within the section")
    sentence_end: int = Field(ge=0, description="Character after the last of the sentence")
    sentence_key: str = Field(description="Key of the text of the sentence, under which its parse is stored")


class NewParse(Record):
    """The stored form of one parse."""

    sentence_key: str = Field(description="Key of the text that was parsed")
    parse: bytes = Field(description="Parse in its compact form")


class TaggedBatch(Record):
    """Everything that tagging a batch of articles gave; an article without positions is listed too."""

    ruleset_version: str = Field(description="Version of the rule set the articles were tagged with")
    model_version: str = Field(description="Version of the language model that parsed them")
    article_ids: tuple[str, ...] = Field(description="Articles that were tagged")
    sentences: tuple[SentenceSpan, ...] = Field(default=(), description="Their sentences that can carry a position")
    parses: tuple[NewParse, ...] = Field(default=(), description="Parses that were not stored before")
    positions: tuple[Position, ...] = Field(default=(), description="Positions whose actor is known")
    unresolved: tuple[Position, ...] = Field(default=(), description="Positions whose actor nobody knows")
    signatures: tuple[StorySignature, ...] = Field(
        default=(), description="Signatures of those of its articles that were not yet compared for stories"
    )
    only: tuple[SentenceSpan, ...] | None = Field(
        default=None,
        description="Sentences of the articles that alone were read, and alone change what stands; null: all were",
    )


class Counts(Record):
    """Numbers that add up over batches."""

    def __add__(self, other: Self) -> Self:
        """The counts of two batches."""
        return type(self)(**{name: getattr(self, name) + getattr(other, name) for name in type(self).model_fields})


class Landed(Counts):
    """What became of a batch of inputs."""

    new: int = Field(default=0, ge=0, description="Articles stored for the first time")
    known: int = Field(default=0, ge=0, description="Articles stored before, or twice in the batch")
    rejected: int = Field(default=0, ge=0, description="Rejections recorded for the first time")
    known_rejected: int = Field(default=0, ge=0, description="Rejections recorded before, or twice in the batch")


class Tagged(Counts):
    """What tagging a batch changed in the warehouse."""

    added: int = Field(default=0, ge=0, description="Positions recorded")
    kept: int = Field(default=0, ge=0, description="Positions in what was read that stand as they stood")
    retired: int = Field(default=0, ge=0, description="Positions that the rule set no longer yields")
    unresolved: int = Field(default=0, ge=0, description="Positions whose actor nobody knows")
