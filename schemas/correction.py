"""A correction: what a person judged of a position, and the values that are right instead."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Verdict(StrEnum):
    """What a person says of a position as a whole."""

    RIGHT = "right"
    WRONG = "wrong"
    CORRECTED = "corrected"


class Record(BaseModel):
    """What the records of a correction share: frozen, and no key that the model does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Change(Record):
    """One field that has another value than the rules gave."""

    field: str = Field(description="Field that has another value")
    value: str = Field(description="Right value; empty for none")


class Judgement(Record):
    """A verdict on one position, with its reason and the changed values where it was corrected."""

    position_id: str = Field(description="Position that was judged")
    verdict: Verdict = Field(description="right, wrong, or corrected: right with another value")
    reason: str = Field(description="Why, in the words of the author")
    changes: tuple[Change, ...] = Field(default=(), description="Fields that have another value")
