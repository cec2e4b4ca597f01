"""Measures how rightly articles are joined into stories, on the test set: python -m tests.benchmarks.stories."""

import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from flows.stories import assign_stories
from tests.flows.story_set import Told, whole_set
from warehouse.store import Store


@dataclass(frozen=True)
class Figures:
    """How pairs of articles were joined, and which edits and kinds were missed or wrong."""

    joined: int
    rightly: int
    of: int
    faults: Counter[str]

    @property
    def precision(self) -> float:
        """Share of the joined pairs that tell one story."""
        return self.rightly / max(1, self.joined)

    @property
    def recall(self) -> float:
        """Share of the pairs that tell one story which were joined."""
        return self.rightly / self.of


def assigned(working_file: Path, told: list[Told]) -> dict[str, str]:
    """The story that each article of the set is given, by article id."""
    articles = [one.article for one in told]
    with Store.open(working_file) as store:
        store.save_articles(articles, [])
        assign_stories(store)
        return {m.article_id: m.story_id for m in store.story_members([a.article_id for a in articles])}


def measure(told: list[Told], stories: dict[str, str]) -> Figures:
    """Precision and recall over all pairs."""
    joined = rightly = of = 0
    faults: Counter[str] = Counter()
    for one, other in combinations(told, 2):
        together = stories[one.article.article_id] == stories[other.article.article_id]
        truly = one.story == other.story
        joined, rightly, of = joined + together, rightly + (together and truly), of + truly
        if together != truly:
            faults[f"{'joined' if together else 'missed'}: {one.edit} / {other.edit}"] += 1
    return Figures(joined, rightly, of, faults)


def main() -> None:
    """Print the figures."""
    told = whole_set()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(told, assigned(Path(folder) / "working.duckdb", told))
    print(f"{len(told)} articles, {figures.of} pairs of one story, {figures.joined} pairs joined")
    print(f"precision {figures.precision:.4f}  recall {figures.recall:.4f}")
    for fault, count in figures.faults.most_common(20):
        print(f"{count:6} {fault}")
    sys.exit(figures.precision < 0.98 or figures.recall < 0.95)


if __name__ == "__main__":
    main()
