"""What tells articles of one story: signatures of their wording, and the stories they belong to."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class StorySignature(BaseModel):
    """The digest of an article's wording, and the keys under which like ones meet."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    article_id: str = Field(description="Article whose wording was digested")
    published: date = Field(description="Day of publication")
    signature: bytes = Field(description="Digest of the wording in its compact form")
    bands: bytes = Field(
        description="Keys of its bands, of four bytes each, the lowest first; articles that share one are compared"
    )


class StoryMember(BaseModel):
    """An article and the story it belongs to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    article_id: str = Field(description="Id of the article")
    story_id: str = Field(description="Id of its story, which is its own where it is the only one")
    published: date = Field(description="Day of publication")
