"""What is new and what changed, by weight."""

from dataclasses import dataclass
from datetime import date, datetime

from warehouse.disputes import Turn, read_records
from warehouse.query import Snapshot
from warehouse.rows import single_row
from warehouse.telling import stance_told

MOST = 30


@dataclass(frozen=True)
class New:
    """What an actor said on an issue to a target in a time, how widely it was told, and the last sentence of it."""

    actor: str
    actor_name: str
    stance: str
    condition: str | None
    issue: str | None
    issue_name: str | None
    target: str | None
    target_name: str | None
    stated_on: date
    stories: int
    outlets: int
    evidence: str
    outlet: str | None
    article_id: str
    position_id: str

    @property
    def words(self) -> str:
        """The stance as a verb."""
        return stance_told(self.stance, bool(self.condition))


@dataclass(frozen=True)
class Extent:
    """The last day that a position is of, when the snapshot was published, and how much it holds."""

    last_day: date | None
    published_at: datetime | None
    positions: int
    articles: int


def extent(snapshot: Snapshot) -> Extent:
    """How far the snapshot goes."""
    return Extent(
        *single_row(
            snapshot,
            "SELECT (SELECT max(stated_on) FROM position_daily), (SELECT max(published_at) FROM publication), "
            "(SELECT count(*) FROM positions), (SELECT count(*) FROM article)",
        )
    )


def news(snapshot: Snapshot, since: date, recorded_after: datetime | None = None) -> list[New]:
    """What was said since a day, or recorded after a moment: that in most stories first."""
    return read_records(
        snapshot,
        New,
        "FROM (SELECT actor, any_value(actor_name) AS actor_name, stance, issue, any_value(issue_name) AS issue_name, "
        "target, any_value(target_name) AS target_name, max(stated_on) AS stated_on, "
        "arg_max_null(condition, (stated_on, position_id)) AS condition, "
        "count(DISTINCT story_id) AS stories, count(DISTINCT outlet) AS outlets, "
        "arg_max(evidence, (stated_on, position_id)) AS evidence, "
        "arg_max_null(outlet, (stated_on, position_id)) AS outlet, "
        "arg_max(article_id, (stated_on, position_id)) AS article_id, "
        "arg_max(position_id, (stated_on, position_id)) AS position_id FROM positions "
        "WHERE ($moment::TIMESTAMPTZ IS NULL AND stated_on > $since) OR recorded_at > $moment::TIMESTAMPTZ "
        "GROUP BY actor, stance, issue, target) "
        f"ORDER BY stories DESC, outlets DESC, stated_on DESC, position_id LIMIT {MOST}",
        {"since": since, "moment": recorded_after},
    )


def turned(snapshot: Snapshot, since: date, recorded_after: datetime | None = None) -> list[Turn]:
    """Stances that turned since a day, or in what was recorded after a moment; the latest first."""
    return read_records(
        snapshot,
        Turn,
        "FROM position_change WHERE ($moment::TIMESTAMPTZ IS NULL AND stated_on > $since) OR position_id IN "
        "(SELECT position_id FROM positions WHERE recorded_at > $moment::TIMESTAMPTZ) "
        f"ORDER BY stated_on DESC, actor, issue, target LIMIT {MOST}",
        {"since": since, "moment": recorded_after},
    )
