"""What the page asks of the rules: how a sentence is read, and why a row is as sure as it is."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from schemas.article import Article
from schemas.settings import Settings
from warehouse.browsing.snapshots import Snapshots
from warehouse.frames import ARTICLE_COLUMNS
from warehouse.query import NoSnapshot, Snapshot
from warehouse.standing import flat, in_use, parses_of

if TYPE_CHECKING:
    from rules.positions.tag import Tagger
    from rules.proof.drawn import SentenceTold
    from rules.syntax.parse import Parser
    from schemas.ruleset import RuleSet

MOST_TEXT = 4000  # characters that are read on the bench
KEPT = 3  # rule sets that stay ready to read


class Bench:
    """Reads with the rules of the settings, with an overlay, or with those that tagged a snapshot; one at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._turn = Lock()
        self._taggers: dict[str, Tagger] = {}
        self._warmed = False

    def read(self, text: str, published: date, overlay: Path | None = None) -> "list[SentenceTold]":
        """How a text is read. Raises RuleSetError."""
        from flows.engine import ruleset_of
        from rules.proof.drawn import drawn

        with self._turn:
            ruleset = ruleset_of(folders(self._settings, overlay))
            return drawn(text, self._ready(ruleset.version, lambda: ruleset), self._parser, published)

    def why(self, snapshot: Snapshot, article_id: str, section: str, sentence_start: int) -> "SentenceTold | None":
        """How the rules in use read a sentence of an article, from stored parses; None where that cannot be told."""
        from rules.proof.drawn import sentence_told
        from rules.syntax.tree import Parse

        article, tagged = _article(snapshot, article_id), _tagged_with(snapshot, article_id)
        if article is None or tagged is None:
            return None
        version, model = tagged
        stored = flat(parses_of(snapshot, [article_id], model))
        with self._turn:
            if version not in self._taggers:
                used = in_use(snapshot)
                if used is None or used.ruleset.version != version:
                    return None
                self._ready(version, lambda: used.ruleset)
            tagger = self._taggers[version]
            candidates = tagger.candidates(article)
            if any(sentence.key not in stored for sentence in candidates):
                return None
            parses = {sentence.key: Parse.from_bytes(sentence.text, stored[sentence.key]) for sentence in candidates}
            asked = [one for one in candidates if (one.section, one.start) == (section, sentence_start)]
            return sentence_told(article, asked[0], tagger, parses) if asked else None

    def warm(self, snapshots: Snapshots) -> None:
        """Begin to load the rules in use, once: the first person who asks why would wait for them."""
        if not self._warmed:
            self._warmed = True
            Thread(target=self._load, args=(snapshots,), daemon=True).start()

    def _load(self, snapshots: Snapshots) -> None:
        with suppress(NoSnapshot), snapshots.look() as snapshot, self._turn:
            if used := in_use(snapshot):
                self._ready(used.ruleset.version, lambda: used.ruleset)

    @cached_property
    def _parser(self) -> "Parser":
        from rules.syntax.parse import Parser

        return Parser(self._settings.model)

    def _ready(self, version: str, ruleset: "Callable[[], RuleSet]") -> "Tagger":
        from rules.positions.tag import Tagger

        if version not in self._taggers:
            while len(self._taggers) >= KEPT:
                self._taggers.pop(next(iter(self._taggers)))
            self._taggers[version] = Tagger(ruleset())
        return self._taggers[version]


def folders(settings: Settings, overlay: Path | None) -> tuple[Path, ...]:
    """The folders of the rules in the settings, and the overlay upon them."""
    from rules.ruleset.load import ENGLISH

    return (*(settings.rules or (ENGLISH,)), *([overlay] if overlay else ()))


def _article(snapshot: Snapshot, article_id: str) -> Article | None:
    names = [name for name in ARTICLE_COLUMNS if name != "article_id"]
    rows = snapshot.execute(f"SELECT {', '.join(names)} FROM article WHERE article_id = ?", [article_id]).fetchall()
    return Article(**dict(zip(names, rows[0], strict=True))) if rows else None


def _tagged_with(snapshot: Snapshot, article_id: str) -> tuple[str, str] | None:
    rows = snapshot.execute(
        "SELECT ruleset_version, model_version FROM tagging WHERE article_id = ?", [article_id]
    ).fetchall()
    return (rows[0][0], rows[0][1]) if rows else None
