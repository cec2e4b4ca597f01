"""What an edit of the rules would add and retire among the positions of a snapshot, before it is applied."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rules.changes import Change, Reach
from rules.parse import Parser
from rules.tag import Tagger
from rules.tree import Parse
from schemas.article import Article
from schemas.position import Position
from schemas.ruleset import RuleSet
from warehouse.query import connect_snapshot
from warehouse.standing import InUse, in_use, standing_positions, stored_parses, tagged_articles


class NothingTagged(RuntimeError):
    """A snapshot that holds no tagged article, so that no edit can change anything in it."""


@dataclass(frozen=True)
class Effect:
    """A position that an edit would add or retire; `sentence` is its evidence."""

    position: Position
    sentence: str


@dataclass
class Impact:
    """What an edit would do. A position of which any field changes is both retired and added."""

    changes: list[Change]
    articles: int
    touched: int = 0
    parsed: int = 0
    kept: int = 0
    added: list[Effect] = field(default_factory=list)
    retired: list[Effect] = field(default_factory=list)


def impact(snapshot_file: Path, ruleset: RuleSet, parser: Callable[[], Parser]) -> Impact:
    """Reads the articles that an edit can touch again, from stored parses where there are any, and compares.

    Only articles that the rule set in use has tagged are compared. `parser` is called when a sentence must be
    parsed. Raises NoSnapshot and NothingTagged.
    """
    with connect_snapshot(snapshot_file) as snapshot:
        used = in_use(snapshot)
        if used is None:
            raise NothingTagged(
                f"{snapshot_file}: holds no article tagged with its rule set; run `positions track` first"
            )
        reach, reader = Reach(used.ruleset, ruleset), _Reader(ruleset, used, parser)
        found = Impact(reach.changes, used.articles)
        if not reach.changes:
            return found
        for articles in tagged_articles(snapshot, used):
            touched = [article for article in articles if reach.touches(article)]
            ids = [article.article_id for article in touched]
            before = standing_positions(snapshot, ids)
            after = list(reader.read(touched, stored_parses(snapshot, ids, used.model_version)))
            _compare(found, touched, before, after)
        found.parsed = reader.parsed
    return found


class _Reader:
    """Tags articles with the edited rules, parsing only what was never parsed."""

    def __init__(self, ruleset: RuleSet, used: InUse, parser: Callable[[], Parser]) -> None:
        self._tagger = Tagger(ruleset)
        self._used = used
        self._make_parser = parser
        self._parser: Parser | None = None
        self.parsed = 0

    def read(self, articles: Sequence[Article], stored: dict[str, bytes]) -> Iterator[Position]:
        """The positions whose actor is known."""
        texts = {s.key: s.text for article in articles for s in self._tagger.candidates(article)}
        fresh = {key: text for key, text in texts.items() if key not in stored}
        made = dict(zip(fresh, self._parse(list(fresh.values())), strict=True))
        parses = {key: made.get(key) or Parse.from_bytes(text, stored[key]) for key, text in texts.items()}
        for article in articles:
            yield from (p for p in self._tagger.tag(article, parses) if p.actor is not None)

    def _parse(self, texts: list[str]) -> list[Parse]:
        if not texts:
            return []
        self._parser = self._parser or self._make_parser()
        self.parsed += len(texts)
        return self._parser.parse(texts)


def _compare(found: Impact, articles: Sequence[Article], before: list[Position], after: list[Position]) -> None:
    by_id = {article.article_id: article for article in articles}
    standing = {_facts(p) for p in before}
    coming = {_facts(p) for p in after}
    found.touched += len(articles)
    found.kept += len(standing & coming)
    found.added += [_effect(by_id, p) for p in after if _facts(p) not in standing]
    found.retired += [_effect(by_id, p) for p in before if _facts(p) not in coming]


def _facts(position: Position) -> tuple[object, ...]:
    """Everything a position says, as it can be compared."""
    return tuple(getattr(position, name) for name in Position.model_fields)


def _effect(articles: dict[str, Article], position: Position) -> Effect:
    article = articles[position.article_id]
    section = article.title if position.section == "title" else article.text
    return Effect(position, section[position.sentence_start : position.sentence_end])
