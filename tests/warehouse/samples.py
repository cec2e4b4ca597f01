"""Small articles, positions, rule sets and batches, written for the tests of the warehouse."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from schemas.article import Article, content_key
from schemas.batch import NewParse, SentenceSpan, TaggedBatch
from schemas.position import Position, Stance, StatedOnBasis
from schemas.ruleset import Actor, Example, Examples, Frame, FrameEntry, Issue, Polarity, RuleSet
from warehouse.store import Store

TEXT = "Arland demands that Borland reopen the strait.\nBorland refused.\n"
ARLAND_DEMANDS = {"sentence_start": 0, "sentence_end": 46, "actor_start": 0, "actor_end": 6}


def article(number: int = 1, day: date = date(2025, 3, 4), **fields: Any) -> Article:
    values: dict[str, Any] = {
        "title": f"Strait talks, part {number}",
        "published": day,
        "url": f"https://news.example/{number}",
        "text": TEXT,
        "outlet": "news.example",
        "origin": f"inbox/{number}.txt",
    }
    return Article(**{**values, **fields})


def position(article_id: str, **fields: Any) -> Position:
    values: dict[str, Any] = dict(
        article_id=article_id,
        section="body",
        actor="ARL",
        actor_text="Arland",
        stance=Stance.DEMAND,
        issue="territory.maritime",
        target="BOR",
        content="that Borland reopen the strait",
        stated_on=date(2025, 3, 4),
        stated_on_basis=StatedOnBasis.PUBLISHED,
        trigger_id="demand.ask.demand",
        trigger_start=7,
        trigger_end=14,
        cameo="100",
        **ARLAND_DEMANDS,
    )
    return Position(**{**values, **fields})


def ruleset(version: str = "v1", arland: str = "Arland") -> RuleSet:
    proof = Examples(match=(Example(text="Arland demands talks."),), no_match=("Arland slept.",))
    return RuleSet(
        id="test",
        language="en",
        description="Two countries and a strait",
        version=version,
        actors=(
            Actor(id="ARL", name=arland, kind="state"),
            Actor(id="BOR", name="Borland", kind="state"),
            Actor(id="CAS", name="Casland", kind="state"),
        ),
        people=(),
        issues=(
            Issue(id="territory.maritime", name="Sea and straits", covers="sea claims"),
            Issue(id="territory.maritime.strait", name="The strait", covers="the strait between them"),
            Issue(id="diplomacy.talks", name="Talks", covers="negotiations"),
            Issue(id="economy.sanctions", name="Sanctions", covers="sanctions"),
        ),
        frames=(
            Frame(
                id="demand.ask",
                stance=Stance.DEMAND,
                sense="ask",
                description="To demand a thing",
                cameo="100",
                entries=(FrameEntry(verb="demand", noun="demand"), FrameEntry(verb="insist on", takes=("thing",))),
                examples=proof,
            ),
        ),
        polarity=(Polarity(id="ask", description="To ask another to act"),),
        commitments=(),
        operators={},
        constructions={},
        classes={},
        dates={},
        words={},
    )


def batch(
    articles: Sequence[Article],
    positions: Sequence[Position] = (),
    unresolved: Sequence[Position] = (),
    ruleset_version: str = "v1",
) -> TaggedBatch:
    keys = {a.article_id: content_key(a.text[:46]) for a in articles}
    spans = tuple(
        SentenceSpan(article_id=i, section="body", sentence_start=0, sentence_end=46, sentence_key=key)
        for i, key in keys.items()
    )
    return TaggedBatch(
        ruleset_version=ruleset_version,
        model_version="m1",
        article_ids=tuple(keys),
        sentences=spans,
        parses=tuple(NewParse(sentence_key=key, parse=b"tree") for key in keys.values()),
        positions=tuple(positions),
        unresolved=tuple(unresolved),
    )


def write_one(store: Store, number: int) -> None:
    """Store an article and its position."""
    one = article(number)
    store.save_articles([one], [])
    store.save_tagged(batch([one], [position(one.article_id)]))
