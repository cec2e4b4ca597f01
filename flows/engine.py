"""A batch of articles, read by a rule set and a language model that each process loads once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from zlib import compress, decompress

from pydantic import ValidationError

from flows.signing import sign
from rules.positions.affected import Reach
from rules.positions.tag import Tagger
from rules.ruleset.load import ENGLISH, load_ruleset
from rules.syntax.parse import Parser, check_language, model_version
from rules.syntax.tree import Parse
from rules.text.sentences import Sentence
from schemas.article import Article
from schemas.batch import NewParse, SentenceSpan, TaggedBatch
from schemas.position import Position
from schemas.ruleset import RuleSet
from schemas.settings import Settings


@dataclass(frozen=True)
class Reading:
    """What articles are read with: a rule set, by its version, and a language model.

    Batches take the `packed` rule set along to wherever they are read, also to machines that have no copy of it.
    """

    version: str
    model: str
    packed: bytes = field(compare=False, repr=False)


@dataclass(frozen=True)
class Batch:
    """Articles to be read, with the parses of their sentences that are stored.

    `before` is the rule set, as JSON, that tagged them earlier, where only what it read otherwise is read again;
    `unsigned` names the articles that get a signature by which stories are found.
    """

    reading: Reading
    articles: tuple[Article, ...]
    stored: dict[str, bytes] = field(default_factory=dict)
    before: str | None = None
    unsigned: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Read:
    """What reading gave: for each article its candidate sentences and its positions; and the parses made for it."""

    sentences: list[list[Sentence]]
    positions: list[list[Position]]
    parses: dict[str, bytes]


class Engine:
    """A rule set and a language model, loaded; the model only once there is something to parse."""

    def __init__(self, reading: Reading) -> None:
        self.tagger = Tagger(unpacked(reading))
        self._model = reading.model

    @cached_property
    def parser(self) -> Parser:
        return Parser(self._model)

    def reads(self, article: Article) -> bool:
        """Whether the article is in the language of the rule set."""
        return article.language == self.tagger.ruleset.language

    def read(
        self,
        articles: Sequence[Article],
        stored: Mapping[str, bytes],
        only: Mapping[str, Sequence[Sentence] | None] | None = None,
    ) -> Read:
        """Gate, parse and tag; `stored` holds parses by sentence key that need not be made again.

        Of an article for which `only` names sentences, these alone are read.
        """
        sentences = [
            self.tagger.candidates(a, None if only is None else only[a.article_id]) if self.reads(a) else []
            for a in articles
        ]
        texts = {s.key: s.text for found in sentences for s in found}
        fresh = {key: text for key, text in texts.items() if key not in stored}
        made = dict(zip(fresh, self.parser.parse(fresh.values()), strict=True)) if fresh else {}
        parses = {key: made.get(key) or Parse.from_bytes(text, stored[key]) for key, text in texts.items()}
        return Read(
            sentences,
            [self.tagger.tag_all(a, parses, s) if s else [] for a, s in zip(articles, sentences, strict=True)],
            {key: parse.to_bytes() for key, parse in made.items()},
        )


def reading_of(settings: Settings) -> Reading:
    """What the settings say to read with. Raises RuleSetError, or ValueError where the model is not installed."""
    model_version(settings.model)
    ruleset = ruleset_of(settings.rules)
    check_language(settings.model, ruleset.language)
    return Reading(ruleset.version, settings.model, compress(ruleset.model_dump_json(exclude_defaults=True).encode()))


@lru_cache(maxsize=1)
def unpacked(reading: Reading) -> RuleSet:
    """The rule set that is read with."""
    return RuleSet.model_validate_json(decompress(reading.packed))


def ruleset_of(folders: tuple[Path, ...]) -> RuleSet:
    """The rule set of the folders as they are now, loaded again only after an edit. Raises RuleSetError."""
    files = sorted(file for folder in folders or (ENGLISH,) for file in folder.rglob("*.yaml"))
    return _loaded(folders, tuple((file, file.stat().st_mtime_ns, file.stat().st_size) for file in files))


@lru_cache(maxsize=1)
def _loaded(folders: tuple[Path, ...], _files: tuple[tuple[Path, int, int], ...]) -> RuleSet:
    return load_ruleset(*folders)


@lru_cache(maxsize=1)
def engine(reading: Reading) -> Engine:
    """The engine of this process."""
    return Engine(reading)


def warm(reading: Reading, parser: bool = True) -> None:
    """Load all that reading takes, unless little will be parsed the model too, before the first batch comes."""
    loaded = engine(reading)
    loaded.tagger.issues.words  # noqa: B018
    if parser:
        loaded.parser  # noqa: B018


def is_understood(before: str) -> bool:
    """Whether a stored rule set, as JSON, can be read: one that an earlier version kept may have another shape."""
    try:
        RuleSet.model_validate_json(before)
    except ValidationError:
        return False
    return True


@lru_cache(maxsize=1)
def reach_of(before: str, reading: Reading) -> Reach:
    """The reach of an edit, worked out once a process."""
    return Reach(RuleSet.model_validate_json(before), unpacked(reading))


def warm_for_edit(before: str, reading: Reading) -> None:
    """Load what reading takes after an edit: nearly all sentences are parsed."""
    warm(reading, parser=False)
    reach_of(before, reading)


def touched_in(batch: Batch) -> dict[str, list[Sentence] | None]:
    """For each article the sentences that may read otherwise than before; None: all of them.

    Of articles that were not read before all may.
    """
    if batch.before is None:
        return dict.fromkeys((article.article_id for article in batch.articles), None)
    reach = reach_of(batch.before, batch.reading)
    touched = reach.sentences_among(batch.articles, lambda _: batch.stored, engine(batch.reading).tagger)
    return {article.article_id: touched.get(article.article_id, []) for article in batch.articles}


def read_batch(batch: Batch) -> TaggedBatch:
    """A batch as the warehouse takes it.

    Of articles that were read before, those that may read otherwise all over are left out: they are to be read whole.
    """
    touched = touched_in(batch)
    in_part = batch.before is not None
    articles = [article for article in batch.articles if not in_part or touched[article.article_id] is not None]
    read = engine(batch.reading).read(articles, batch.stored, touched)
    positions = [position for found in read.positions for position in found]
    ids = tuple(article.article_id for article in articles)
    return TaggedBatch(
        ruleset_version=batch.reading.version,
        model_version=model_version(batch.reading.model),
        article_ids=ids,
        sentences=spans(zip(ids, read.sentences, strict=True)),
        parses=tuple(NewParse(sentence_key=key, parse=data) for key, data in read.parses.items()),
        positions=tuple(position for position in positions if position.actor is not None),
        unresolved=tuple(p for p in positions if p.actor is None and not p.is_outsider),
        signatures=tuple(sign([article for article in articles if article.article_id in batch.unsigned])),
        only=spans((article_id, touched[article_id] or []) for article_id in ids) if in_part else None,
    )


def spans(sentences: Iterable[tuple[str, Sequence[Sentence]]]) -> tuple[SentenceSpan, ...]:
    """The sentences of articles, by article id, as records."""
    return tuple(
        SentenceSpan(
            article_id=article_id,
            section=sentence.section,
            sentence_start=sentence.start,
            sentence_end=sentence.end,
            sentence_key=sentence.key,
        )
        for article_id, found in sentences
        for sentence in found
    )
