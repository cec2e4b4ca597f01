"""What an edit of the rules would add and retire among the positions of a snapshot, before it is applied."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rules.changes import Change
from rules.parse import Parser
from rules.reach import Reach
from rules.sentences import Sentence
from rules.tag import Tagger
from rules.tree import Parse
from schemas.article import Article
from schemas.position import Position
from schemas.ruleset import RuleSet
from warehouse.query import connect_snapshot
from warehouse.standing import in_use, standing_positions, stored_parses, tagged_articles


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
    """Reads the sentences that an edit can touch again, from stored parses where there are any, and compares.

    Only articles that the rule set in use has tagged are compared. `parser` is called when a sentence must be
    parsed. Raises NoSnapshot and NothingTagged.
    """
    with connect_snapshot(snapshot_file) as snapshot:
        used = in_use(snapshot)
        if used is None:
            raise NothingTagged(
                f"{snapshot_file}: holds no article tagged with its rule set; run `positions track` first"
            )
        reach = Reach(used.ruleset, ruleset)
        found = Impact(reach.changes, used.articles)
        if not reach.changes:
            return found
        reader = _Reader(ruleset, lambda keys: stored_parses(snapshot, keys, used.model_version), parser)
        for articles in tagged_articles(snapshot, used, reach.pattern):
            touched = reach.sentences_among(articles, reader.stored, reader.tagger)
            some = [article for article in articles if article.article_id in touched]
            standing = standing_positions(snapshot, list(touched))
            before = [position for position in standing if _stands_in(position, touched[position.article_id])]
            _compare(found, some, before, list(reader.read(some, touched)))
        found.parsed = reader.parsed
    return found


class _Reader:
    """Tags articles with the edited rules, parsing only what was never parsed."""

    def __init__(
        self, ruleset: RuleSet, stored: Callable[[list[str]], dict[str, bytes]], parser: Callable[[], Parser]
    ) -> None:
        self.tagger = Tagger(ruleset)
        self.stored = stored
        self._make_parser = parser
        self._parser: Parser | None = None
        self.parsed = 0

    def read(self, articles: Sequence[Article], only: dict[str, list[Sentence] | None]) -> Iterator[Position]:
        """The positions whose actor is known; of articles of which some sentences are named, those in these."""
        candidates = [self.tagger.candidates(article, only[article.article_id]) for article in articles]
        texts = {s.key: s.text for sentences in candidates for s in sentences}
        stored = self.stored(list(texts))
        fresh = {key: text for key, text in texts.items() if key not in stored}
        made = dict(zip(fresh, self._parse(list(fresh.values())), strict=True))
        parses = {key: made.get(key) or Parse.from_bytes(text, stored[key]) for key, text in texts.items()}
        for article, sentences in zip(articles, candidates, strict=True):
            yield from (p for p in self.tagger.tag(article, parses, sentences) if p.actor is not None)

    def _parse(self, texts: list[str]) -> list[Parse]:
        if not texts:
            return []
        self._parser = self._parser or self._make_parser()
        self.parsed += len(texts)
        return self._parser.parse(texts)


def _stands_in(position: Position, sentences: list[Sentence] | None) -> bool:
    """Whether it stands in one of the sentences; None: in any."""
    place = position.section, position.sentence_start, position.sentence_end
    return sentences is None or any((s.section, s.start, s.end) == place for s in sentences)


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
