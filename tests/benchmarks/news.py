"""Writes made-up general news of any number of articles: `python -m tests.benchmarks.news NUMBER > articles.jsonl`.

Nine articles in ten are about anything but diplomacy. Names, numbers and places are drawn anew for every sentence,
so that few repeat. The same number gives the same news.
"""

import json
import random
import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml

CORPUS = Path(__file__).parents[1] / "corpus"
ORDINARY: list[str] = yaml.safe_load((Path(__file__).parent / "news_bank.yaml").read_text("utf-8"))
WORDS = 563  # in an article: the mean of a large collection of agency and newspaper reports
DIPLOMACY = 1 / 10  # of the articles
# Of the sentences of other articles: from a corpus of sentences that use the words of diplomacy for something else.
DECOYS = 1 / 50
GIVEN = (
    "Anna Boris Carla Dmitri Elena Farid Grace Hassan Ines Jonas Karin Luis Mina Nadia Omar Petra Rosa Samir Tom Uma"
)
FAMILY = "Abel Bauer Costa Dahl Evans Fuchs Gomez Haas Ito Jansen Klein Lopez Moreau Novak Olsen Popov Rossi Silva Tran"
PLACES = "Aarhus Bergen Cadiz Derby Essen Fargo Graz Hull Izmir Jena Kiel Lyon Malmo Namur Omaha Porto Reno Sligo Trier"
MONTHS = "January February March April May June July August September October November December"
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
NUMBER = re.compile(r"\b\d+\b")
SENTENCE_END = re.compile(r"(?<=[.!?”\"]) +(?=[A-Z“\"])")


def articles(number: int) -> Iterator[dict[str, str]]:
    """So many articles, as `positions extract` reads them."""
    chance = random.Random(4)
    for count in range(number):
        diplomatic = chance.random() < DIPLOMACY
        published = date(2001, 1, 1) + timedelta(chance.randrange(9000))
        yield {
            "id": f"news-{count}",
            "title": f"{drawn(chance, GIVEN)} {drawn(chance, FAMILY)} and the people of {drawn(chance, PLACES)}",
            "published": published.isoformat(),
            "url": f"https://news.example/{count}",
            "text": "\n".join(paragraphs(chance, diplomatic)),
        }


def paragraphs(chance: random.Random, diplomatic: bool) -> Iterator[str]:
    """Paragraphs of two sentences, until the article is long enough."""
    left = round(chance.gauss(WORDS, WORDS / 4))
    while left > 0:
        paragraph = f"{sentence(chance, diplomatic)} {sentence(chance, diplomatic)}"
        left -= paragraph.count(" ") + 1
        yield paragraph


def sentence(chance: random.Random, diplomatic: bool) -> str:
    """One sentence: in an article on diplomacy every second one is about that."""
    if diplomatic and chance.random() < 0.5:
        return altered(chance, chance.choice(corpus("speaks")))
    if chance.random() < DECOYS:
        return altered(chance, chance.choice(corpus("quiet")))
    return chance.choice(ORDINARY).format(
        firm=f"{drawn(chance, FAMILY)} {chance.choice(('Holdings', 'Group', 'Motors', 'Foods'))}",
        team=f"{drawn(chance, PLACES)} {chance.choice(('United', 'City', 'Rovers', 'Athletic'))}",
        person=f"{drawn(chance, GIVEN)} {drawn(chance, FAMILY)}",
        place=drawn(chance, PLACES),
        month=drawn(chance, MONTHS),
        day=drawn(chance, DAYS),
        n=chance.randrange(2, 99),
    )


def altered(chance: random.Random, told: str) -> str:
    """The sentence with other numbers and a name of its own."""
    told = NUMBER.sub(lambda found: str(chance.randrange(2, 10 * int(found[0]) + 20)), told)
    addition = f" near {drawn(chance, PLACES)}, where {drawn(chance, GIVEN)} {drawn(chance, FAMILY)} lives."
    return told[:-1] + addition if told.endswith(".") else told


def drawn(chance: random.Random, words: str) -> str:
    """One of the words."""
    return chance.choice(words.split())


@cache
def corpus(part: str) -> tuple[str, ...]:
    """The sentences of the articles of a part of the corpus: speaks, or quiet."""
    found: list[str] = []
    for path in sorted((CORPUS / part / "articles").glob("*.txt")):
        for paragraph in path.read_text("utf-8").splitlines()[3:]:
            found.extend(SENTENCE_END.split(paragraph))
    return tuple(found)


if __name__ == "__main__":
    for article in articles(int(sys.argv[1])):
        sys.stdout.write(json.dumps(article, ensure_ascii=False) + "\n")
