"""What flows give back, and how it is told to people."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from schemas.batch import Landed, Tagged
from warehouse.under_line import UnderLine

Line = tuple[str, str]


class Outcome(BaseModel):
    """What all outcomes share."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Ingested(Outcome):
    """What became of the inputs."""

    landed: Landed = Field(description="Counts of articles and rejections")
    reasons: dict[str, int] = Field(description="Inputs rejected, by reason, the most frequent first")

    @property
    def inputs(self) -> int:
        return sum(self.landed.model_dump().values())

    @property
    def all_rejected(self) -> bool:
        """Whether there were inputs and none was an article."""
        return self.inputs > 0 and self.landed.new + self.landed.known == 0

    def lines(self) -> list[Line]:
        """What to tell, as pairs of a name and a text."""
        landed = self.landed
        told = [("inputs", f"{self.inputs:,}"), ("articles", f"{landed.new:,} new, {landed.known:,} known")]
        if self.reasons:
            reasons = ", ".join(f"{number:,} {reason}" for reason, number in self.reasons.items())
            told.append(("rejected", f"{landed.rejected:,} new, {landed.known_rejected:,} known: {reasons}"))
        return told


class Tagging(Outcome):
    """What tagging changed."""

    articles: int = Field(description="Articles that were due and are tagged now")
    untouched: int = Field(
        default=0, description="Tagged articles that edits of the rules cannot touch, not read again"
    )
    tagged: Tagged = Field(description="Counts of positions")

    def lines(self) -> list[Line]:
        """What to tell, as pairs of a name and a text."""
        tagged = self.tagged
        untouched = f"; {self.untouched:,} that the new rules read no differently" if self.untouched else ""
        return [
            ("tagged", f"{self.articles:,} articles{untouched}"),
            (
                "positions",
                f"{tagged.added:,} added, {tagged.kept:,} kept, {tagged.retired:,} retired; "
                f"{tagged.unresolved:,} without a known actor",
            ),
        ]


class Published(Outcome):
    """Where things were published."""

    new: bool = Field(description="Whether there was anything to publish")
    snapshot: Path = Field(description="The database that analysts open")
    exports: Path = Field(description="The folder of the CSV files")
    under_line: UnderLine = Field(description="What views, exports and the report show, and what they leave out")

    def lines(self) -> list[Line]:
        """What to tell, as pairs of a name and a text."""
        return [
            ("shown", told_line(self.under_line)),
            ("snapshot", f"{self.snapshot}"),
            ("CSV files", f"{self.exports}"),
        ]


def told_line(found: UnderLine) -> str:
    """How many positions are shown by default, and how many are not, and why."""
    others = f", {found.not_foreign:,} domestic or background" if found.not_foreign else ""
    return f"{found.shown:,}; {found.under_line:,} under the line of confidence {found.line:.2f}{others}"


class Tracked(Outcome):
    """What a run of the main flow did."""

    ingested: Ingested = Field(description="What became of the inputs")
    tagging: Tagging = Field(description="What tagging changed")
    published: Published = Field(description="Where it is published")

    @property
    def changed(self) -> bool:
        """Whether the run found or changed anything."""
        return bool(self.ingested.landed.new or self.ingested.landed.rejected or self.tagging.articles)

    def lines(self) -> list[Line]:
        """What to tell, as pairs of a name and a text."""
        return [*self.ingested.lines(), *self.tagging.lines(), *self.published.lines()]


class Foretold(Outcome):
    """What an edit of the rules would do."""

    articles: int = Field(description="Articles that the rules in use have tagged")
    touched: int = Field(description="Articles of which something would be read again")
    added: int = Field(description="Positions that would be added")
    kept: int = Field(description="Positions in what would be read again that would stay")
    retired: int = Field(description="Positions that would be retired")
    told: tuple[str, ...] = Field(description="Changes of the rules, sums by trigger, and some of the positions")

    def lines(self) -> list[Line]:
        """What to tell, as pairs of a name and a text."""
        return [
            ("articles", f"{self.touched:,} of {self.articles:,} touched"),
            ("positions", f"{self.added:,} added, {self.kept:,} kept, {self.retired:,} retired"),
            *(("", line) for line in self.told),
        ]
