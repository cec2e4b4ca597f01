"""A dated position: one actor's publicly expressed stance on one issue, as one clause reports it."""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, computed_field

from schemas.article import content_key


class Stance(StrEnum):
    """What an actor does with a clause; the first three are the core that every export carries."""

    DEMAND = "demand"
    REFUSAL = "refusal"
    OFFER = "offer"
    ACCEPTANCE = "acceptance"
    THREAT = "threat"


class StatedOnBasis(StrEnum):
    """What the day of a position rests on, from the most to the least explicit."""

    EXPLICIT_DATE = "explicit_date"
    WEEKDAY = "weekday"
    RELATIVE_DAY = "relative_day"
    DATELINE = "dateline"
    PUBLISHED = "published"


class Scope(StrEnum):
    """Whether a position belongs to the exchange between parties that an article of its day reports."""

    FOREIGN = "foreign"
    DOMESTIC = "domestic"
    BACKGROUND = "background"


class IssueBasis(StrEnum):
    """What the issue of a position was read from, from the nearest to the farthest."""

    CONTENT = "content"
    REFERENCE = "reference"
    PARAGRAPH = "paragraph"
    ARTICLE = "article"


Section = Literal["title", "body"]


class Position(BaseModel):
    """One row a position. Offsets count characters of the section and are half open: [start, end)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    article_id: str = Field(description="Article that reports the position")
    section: Section = Field(description="Where the evidence stands: title or body")
    sentence_start: int = Field(ge=0, description="First character of the evidence sentence within the section")
    sentence_end: int = Field(ge=0, description="Character after the last of the evidence sentence")
    actor: str | None = Field(description="Id of the actor whose position it is; null where the text does not tell")
    actor_text: str = Field(description="Words that name the actor in the clause, a pronoun included")
    actor_start: int = Field(ge=0, description="First character of those words within the section")
    actor_end: int = Field(ge=0, description="Character after the last of those words")
    is_outsider: bool = Field(default=False, description="Whether those words name nobody whom a list could hold")
    speaker: str | None = Field(default=None, description="Person who expressed it for the actor")
    speaker_role: str | None = Field(default=None, description="Role in which the person spoke, where known")
    stance: Stance = Field(description="demand, refusal, offer, acceptance or threat")
    scope: Scope = Field(
        default=Scope.FOREIGN,
        description="foreign, domestic (towards its own people, parties, courts and agencies) or background (history)",
    )
    issue: str | None = Field(default=None, description="Id of the issue; null where the clause names none of the tree")
    issue_basis: IssueBasis | None = Field(
        default=None,
        description="What names the issue: the content, what it refers to, the paragraph or the article",
    )
    target: str | None = Field(default=None, description="Id of the actor to whom the position is addressed")
    content: str | None = Field(default=None, description="Words that say what is demanded, refused, offered …")
    condition: str | None = Field(default=None, description="Words of the condition it hangs on")
    stated_on: date = Field(description="Day the position was expressed, not the day the article ran")
    stated_on_basis: StatedOnBasis = Field(description="What that day rests on")
    stated_from: date = Field(
        default_factory=lambda told: told["stated_on"],
        description="First day on which it may have been expressed: that day, or the first of a week, month or year",
    )
    stated_to: date = Field(
        default_factory=lambda told: told["stated_on"],
        description="Last day on which it may have been expressed",
    )
    trigger_id: str = Field(description="Trigger of the rule set that gave the stance")
    trigger_start: int = Field(ge=0, description="First character of the trigger words within the section")
    trigger_end: int = Field(ge=0, description="Character after the last of the trigger words")
    cameo: str | None = Field(default=None, description="CAMEO event code of the trigger")
    confidence: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Probability that actor and stance are right, as measured; null where the rule set has no measures",
    )

    @property
    def counts_by_default(self) -> bool:
        """Whether `positions extract` and the views of the warehouse show it unless all is asked for."""
        return self.scope is Scope.FOREIGN

    @computed_field(description="Key of the position, from what it says and where")  # type: ignore[prop-decorator]
    @property
    def position_id(self) -> str:
        key = content_key(
            self.article_id,
            self.section,
            f"{self.sentence_start}-{self.sentence_end}-{self.trigger_start}-{self.trigger_end}",
            self.actor or f"?{self.actor_text}",
            self.stance,
            self.issue or "",
            self.target or "",
        )
        return f"p{key}"


# What a stored or printed position says. Whom no list could hold is left out before it is stored, and needs no column.
TOLD_FIELDS = tuple(name for name in Position.model_fields if name != "is_outsider")
