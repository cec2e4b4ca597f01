"""Finds articles that retell one story: wire copy under other titles, cut, or with a new lead.

MinHash (Broder 1997) over runs of three words, and locality-sensitive hashing by bands (Leskovec, Rajaraman and
Ullman, Mining of Massive Datasets, ch. 3): articles that share a band are compared, all others never meet.
"""

import re
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from schemas.article import Article
from schemas.story import StoryMember, StorySignature
from warehouse.store import Store

RUN = 3  # words; longer runs lose edited copies, shorter ones join what only shares a subject
HASHES = 192
ROWS = 3  # of a band: two articles of which a third is shared meet with probability 0.9
SEED = 1
AT_ONCE = 2000  # articles that are compared with all others
TEXTS_AT_ONCE = 50  # that are held in memory with their runs of words
PAIRS_AT_ONCE = 10_000
FEWEST_RUNS = 20  # of the shorter article: below, agreement is chance
SHARED = 0.55  # of the shorter article: what a copy keeps and an independent report does not reach
SIZEABLE = 0.25  # likeness below which the shorter article is an excerpt, and must be a true one
SHARED_BY_EXCERPT = 0.75
SURELY_ALIKE = 0.7
Pair = tuple[str, str]
Runs = NDArray[np.int64]
WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class Wording:
    """The digest of an article's wording: how many runs of words it has, and their MinHash."""

    runs: int
    hashes: NDArray[np.uint32]

    def to_bytes(self) -> bytes:
        """The form in which it is stored."""
        return struct.pack("<I", self.runs) + self.hashes.astype("<u4").tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Wording":
        """What to_bytes stored."""
        return cls(struct.unpack_from("<I", data)[0], np.frombuffer(data, "<u4", offset=4))

    def bands(self) -> tuple[int, ...]:
        """The keys under which articles of like wording meet: 64 numbers below 2**32."""
        rows = self.hashes.reshape(-1, ROWS).astype(np.uint64)
        key = np.arange(1, len(rows) + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        for column in range(ROWS):
            key = (key ^ rows[:, column]) * np.uint64(0xBF58476D1CE4E5B9)
            key ^= key >> np.uint64(29)
        return tuple(int(number) for number in key >> np.uint64(32))


def runs_of(text: str) -> set[str]:
    """The runs of three words of a text, case and punctuation aside."""
    words = WORDS.findall(text.casefold())
    return set(map(" ".join, zip(words, words[1:], words[2:], strict=False)))


def wordings_of(texts: Iterable[str]) -> list[Wording]:
    """The digests of texts."""
    runs = [runs_of(text) for text in texts]
    rows = RMinHash.digest_matrix_from_token_sets(runs, HASHES, SEED).to_rows()
    return [Wording(len(of), np.array(row, np.uint32)) for of, row in zip(runs, rows, strict=True)]


def batched(ids: Iterable[str], size: int) -> Iterator[list[str]]:
    """The ids in lists of a size."""
    waiting = iter(ids)
    while some := list(islice(waiting, size)):
        yield some


def sign(articles: Sequence[Article]) -> list[StorySignature]:
    """The signatures of articles, in their order; titles do not count, since each paper writes its own."""
    return [
        StorySignature(article_id=article.article_id, signature=wording.to_bytes(), bands=wording.bands())
        for article, wording in zip(articles, wordings_of(article.text for article in articles), strict=True)
    ]


def sort_pairs(pairs: Sequence[Pair], met: Mapping[str, Wording]) -> tuple[list[Pair], list[Pair]]:
    """The pairs that surely tell one story, and those that a closer look must decide; all others tell two.

    The estimate of the likeness (Jaccard) of two articles errs by a tenth at most, save once in a thousand.
    """
    sure: list[Pair] = []
    unsure: list[Pair] = []
    for start in range(0, len(pairs), PAIRS_AT_ONCE):
        some = pairs[start : start + PAIRS_AT_ONCE]
        ones, others = ([met[pair[side]] for pair in some] for side in (0, 1))
        agreeing = np.array([one.hashes for one in ones]) == np.array([other.hashes for other in others])
        for pair, one, other, alike in zip(some, ones, others, agreeing.mean(axis=1), strict=True):
            shorter = min(one.runs, other.runs)
            common = alike / (1 + alike) * (one.runs + other.runs)
            if alike >= SURELY_ALIKE and shorter >= FEWEST_RUNS:
                sure.append(pair)
            elif common >= (SHARED - 0.2) * shorter:
                unsure.append(pair)
    return sure, unsure


def same_story(one: Runs, other: Runs) -> bool:
    """Whether one article retells the other, by the runs of both."""
    shorter = min(len(one), len(other))
    common = len(np.intersect1d(one, other, assume_unique=True))
    if shorter < FEWEST_RUNS:
        return common == len(one) == len(other) > 0
    sizeable = common >= SIZEABLE * (len(one) + len(other) - common)
    return common >= (SHARED if sizeable else SHARED_BY_EXCERPT) * shorter


def hashed(runs: set[str]) -> Runs:
    """The runs as numbers, in which they take a tenth of the memory."""
    return np.fromiter(map(hash, runs), np.int64, len(runs))


def stories_of(members: Iterable[StoryMember], links: Iterable[Pair]) -> dict[str, str]:
    """The story of each article that is not alone: all that links join, named after its earliest article.

    A function of the set of articles and links alone: the order in which they came does not matter.
    """
    known = {member.article_id: member for member in members}
    leader = {article_id: article_id for article_id in known}

    def lead(article_id: str) -> str:
        while leader[article_id] != article_id:
            leader[article_id] = leader[leader[article_id]]
            article_id = leader[article_id]
        return article_id

    told_before = ((member.article_id, member.story_id) for member in known.values() if member.story_id in known)
    for one, other in (*told_before, *links):
        first, second = sorted((lead(one), lead(other)), key=lambda i: (known[i].published, i))
        leader[second] = first
    stories = {article_id: lead(article_id) for article_id in known}
    retold = {story for article_id, story in stories.items() if article_id != story}
    return {article_id: story for article_id, story in sorted(stories.items()) if story in retold}


def assign_stories(store: Store) -> int:
    """Compare the articles that were not compared yet with all others; gives the number that were compared.

    A run that is killed here leaves some uncompared, and the next one goes on with them.
    """
    compared = 0
    while ids := store.unsigned(AT_ONCE):
        assign_batch(store, ids)
        compared += len(ids)
    return compared


def assign_batch(store: Store, ids: Sequence[str]) -> None:
    """Give the articles with these ids, and those stored before that retell them, their stories."""
    signed = [one for some in batched(ids, TEXTS_AT_ONCE) for one in sign(store.read_articles(some))]
    pairs = store.story_meetings(signed)
    sure, unsure = sort_pairs(pairs, wordings_met(store, signed, pairs))
    links = [*sure, *links_among(unsure, runs_by_article(store, unsure))]
    if links:
        members = store.story_members(sorted({article_id for link in links for article_id in link}))
        store.save_stories(stories_of(members, links))
    store.save_signatures(signed)  # last: what has a signature counts as compared


def wordings_met(store: Store, signed: Sequence[StorySignature], pairs: Iterable[Pair]) -> dict[str, Wording]:
    """The digests of the articles in the pairs, most of which are at hand."""
    fresh = {one.article_id: one.signature for one in signed}
    met = {article_id for pair in pairs for article_id in pair}
    stored = fresh | store.read_signatures(sorted(met - fresh.keys()))
    return {article_id: Wording.from_bytes(stored[article_id]) for article_id in met}


def runs_by_article(store: Store, pairs: Iterable[Pair]) -> dict[str, Runs]:
    """The runs of words of every article in the pairs."""
    wanted = sorted({article_id for pair in pairs for article_id in pair})
    read = (article for some in batched(wanted, TEXTS_AT_ONCE) for article in store.read_articles(some))
    return {article.article_id: hashed(runs_of(article.text)) for article in read}


def links_among(pairs: Iterable[Pair], runs: Mapping[str, Runs]) -> list[Pair]:
    """The pairs of articles that do tell one story."""
    return [(one, other) for one, other in pairs if same_story(runs[one], runs[other])]
