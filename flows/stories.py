"""Finds articles that retell one story: wire copy under other titles, cut, or with a new lead."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from flows.lots import in_lots
from flows.signing import HASHES, Wording, runs_of, sign
from schemas.story import StoryMember, StorySignature
from warehouse.store import Store

AT_ONCE = 500  # articles that are compared with all others; the memory that takes grows with them
TEXTS_AT_ONCE = 50  # that are held in memory with their runs of words
PAIRS_AT_ONCE = 10_000
FEWEST_RUNS = 20  # of the shorter article: below, agreement is chance
SHARED = 0.55  # of the shorter article: what a copy keeps and an independent report does not reach
SIZEABLE = 0.25  # likeness below which the shorter article is an excerpt, and must be a true one
SHARED_BY_EXCERPT = 0.75
SURELY_ALIKE = 0.7
ONCE_IN_A_THOUSAND = 3.1  # standard deviations below the mean
Pair = tuple[str, str]
Runs = NDArray[np.int64]


def sort_pairs(pairs: Sequence[Pair], met: Mapping[str, Wording]) -> tuple[list[Pair], list[Pair]]:
    """The pairs that surely tell one story, and those that a closer look must decide; all others tell two."""
    sure: list[Pair] = []
    unsure: list[Pair] = []
    for start in range(0, len(pairs), PAIRS_AT_ONCE):
        some = pairs[start : start + PAIRS_AT_ONCE]
        ones, others = ([met[pair[side]] for pair in some] for side in (0, 1))
        agreeing = np.array([one.hashes for one in ones]) == np.array([other.hashes for other in others])
        runs = np.array([[wording.runs for wording in side] for side in (ones, others)])
        alike, shorter = agreeing.mean(axis=1), runs.min(axis=0)
        is_sure = (alike >= SURELY_ALIKE) & (shorter >= FEWEST_RUNS)
        is_unsure = ~is_sure & (alike >= least_estimate(shorter, runs.sum(axis=0)))
        sure += compress(some, is_sure)
        unsure += compress(some, is_unsure)
    return sure, unsure


def least_estimate(shorter: NDArray[np.int64], together: NDArray[np.int64]) -> NDArray[np.float64]:
    """The least that the likeness (Jaccard) of copies is estimated at, save once in a thousand.

    Takes the runs of the shorter article, and those of both together. The estimate is a share of so many hashes.
    """
    common = SHARED * shorter
    likeness = common / np.maximum(together - common, 1)
    return likeness - ONCE_IN_A_THOUSAND * np.sqrt(likeness * (1 - likeness) / HASHES)


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


class Comparison:
    """Compares articles with all others as their signatures come, many at a time.

    A run that is killed leaves some uncompared, and the next one goes on with them.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: list[StorySignature] = []

    def take(self, signed: Iterable[StorySignature]) -> None:
        """Compare these, now or with later ones."""
        self._waiting += signed
        while len(self._waiting) >= AT_ONCE:
            compare(self._store, self._waiting[:AT_ONCE])
            self._waiting = self._waiting[AT_ONCE:]

    def finish(self) -> None:
        """Compare what waits, and all that is stored and was never signed."""
        compare(self._store, self._waiting)
        self._waiting = []
        assign_stories(self._store)


def assign_stories(store: Store) -> int:
    """Sign the articles that were not compared yet, and compare them; gives their number."""
    compared = 0
    while ids := store.unsigned(AT_ONCE):
        compare(store, [one for some in in_lots(ids, TEXTS_AT_ONCE) for one in sign(store.read_articles(some))])
        compared += len(ids)
    return compared


def compare(store: Store, signed: Sequence[StorySignature]) -> None:
    """Give the signed articles, and those stored before that retell them, their stories."""
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
    read = (article for some in in_lots(wanted, TEXTS_AT_ONCE) for article in store.read_articles(some))
    return {article.article_id: hashed(runs_of(article.text)) for article in read}


def links_among(pairs: Iterable[Pair], runs: Mapping[str, Runs]) -> list[Pair]:
    """The pairs of articles that do tell one story."""
    return [(one, other) for one, other in pairs if same_story(runs[one], runs[other])]
