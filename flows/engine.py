"""A batch of articles, read by a rule set and a language model that each process loads once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from rules.load import load_ruleset
from rules.parse import Parse, Parser
from rules.sentences import Sentence
from rules.tag import Tagger
from schemas.article import Article
from schemas.position import Position


@dataclass(frozen=True)
class Reading:
    """Which rule set, in its folders, and which language model an article is read with."""

    rules: tuple[Path, ...]
    model: str


@dataclass(frozen=True)
class Read:
    """What reading a batch gave: for each article its candidate sentences and its positions; and the new parses."""

    sentences: list[list[Sentence]]
    positions: list[list[Position]]
    parses: dict[str, bytes] = field(default_factory=dict)


class Engine:
    """A rule set and a language model, loaded; the model only once there is something to parse."""

    def __init__(self, reading: Reading) -> None:
        self.tagger = Tagger(load_ruleset(*reading.rules))
        self._model = reading.model

    @cached_property
    def parser(self) -> Parser:
        return Parser(self._model)

    def reads(self, article: Article) -> bool:
        """Whether the article is in the language of the rule set."""
        return article.language == self.tagger.ruleset.language

    def read(self, articles: Sequence[Article], stored: Mapping[str, bytes]) -> Read:
        """Gate, parse and tag; `stored` holds parses by sentence key that need not be made again."""
        sentences = [self.tagger.candidates(a) if self.reads(a) else [] for a in articles]
        texts = {s.key: s.text for found in sentences for s in found}
        fresh = {key: text for key, text in texts.items() if key not in stored}
        made = dict(zip(fresh, self.parser.parse(fresh.values()), strict=True)) if fresh else {}
        parses = {key: made.get(key) or Parse.from_bytes(text, stored[key]) for key, text in texts.items()}
        return Read(
            sentences,
            [self.tagger.tag(a, parses) if s else [] for a, s in zip(articles, sentences, strict=True)],
            {key: parse.to_bytes() for key, parse in made.items()},
        )


@cache
def engine(reading: Reading) -> Engine:
    """The engine of this process."""
    return Engine(reading)
