"""Real news as a newsroom's stream, where it lies beside the repository: any number of articles."""

import gzip
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from rules.ruleset.load import load_ruleset
from rules.text.gazetteer import NameFinder

NEWS = Path(__file__).parents[3] / "shared" / "news" / "news.jsonl.gz"
FROM_ALL = 4  # one article in so many comes from all of the news, the others from the half that names fewest parties
DAYS_APART = 31  # between an article and the same one in the next round
SENTENCE = re.compile(r"[^.!?\n]+")
WORD = re.compile(r"\b[a-z]{4,}\b")


def articles(number: int, news: Path = NEWS) -> Iterator[dict[str, str]]:
    """So many articles, as `positions extract` reads them.

    Where the news is used up it goes round again, under other ids and days and with another word in each sentence, so
    that no sentence and no story repeats. The same number gives the same articles.
    """
    everything, least = _news(news)
    taken = [0, 0]
    for count in range(number):
        group = 0 if count % FROM_ALL == 0 else 1
        some = (everything, least)[group]
        turn, place = divmod(taken[group], len(some))
        taken[group] += 1
        yield again(some[place], 2 * turn + group, some[(place + turn) % len(some)])


def again(article: dict[str, str], turn: int, other: dict[str, str]) -> dict[str, str]:
    """An article in a later round: each sentence gets a word of another article; in round 0 it stays as it is."""
    named = {"id": f"{article['id']}-{turn}", "url": f"https://news.example/{article['id']}/{turn}"}
    if not turn:
        return article | named
    words = WORD.findall(other["text"]) or ["again"]
    published = date.fromisoformat(article["published"]) + timedelta(DAYS_APART * turn)
    changed = SENTENCE.sub(lambda match: _with_another_word(match, words, turn), article["text"])
    return article | named | {"published": published.isoformat(), "text": changed}


def _with_another_word(sentence: re.Match[str], words: list[str], turn: int) -> str:
    there = list(WORD.finditer(sentence[0]))
    if not there:
        return sentence[0]
    word = there[turn % len(there)]
    return sentence[0][: word.start()] + words[(sentence.start() + turn) % len(words)] + sentence[0][word.end() :]


@cache
def _news(file: Path) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """All articles, and the half that names the fewest parties of the lists for its length, in the same order."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        everything: list[dict[str, str]] = [json.loads(line) for line in lines]
    names = NameFinder(load_ruleset())

    def diplomacy(article: dict[str, str]) -> float:
        found = names.find(article["text"], date.fromisoformat(article["published"]), article["text"])
        return len(found) / (len(article["text"]) + 1)

    ranked = sorted(everything, key=lambda article: (diplomacy(article), article["id"]))
    least = {article["id"] for article in ranked[: (len(ranked) + 1) // 2]}
    return everything, [article for article in everything if article["id"] in least]
