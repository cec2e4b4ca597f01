"""Measures the time of an article by its length; the curve is kept: `python -m tests.benchmarks.length`."""

import random
import re
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from flows.engine import engine, reading_of
from schemas.article import Article
from schemas.settings import Settings
from tests.benchmarks.news import FAMILY, GIVEN, corpus, drawn

LENGTHS = tuple(2**power * 1000 for power in range(11))  # characters, to a megabyte
AGAIN = 3  # times, of which the least counts: other work on the machine only ever adds
PAGE = Path(__file__).parent / "length.md"
HEAD = """# Time of an article by its length

Made-up news about diplomacy, one article a row; seconds of a processor to gate, parse and tag it, the least of {again}
times. A time that grows with the length alone keeps the last column as it is.

| characters | seconds | positions | seconds a megabyte |
|---|---|---|---|
"""


def sentences() -> list[str]:
    """Sentences of the corpus on diplomacy without old years and words of sport: too many make an article another's."""
    words = engine(reading_of(Settings())).tagger.words
    other = words.elsewhere | words.elsewhere_hints
    known = [(sentence, f" {' '.join(re.findall(r'[a-z-]+', sentence.lower()))} ") for sentence in corpus("speaks")]
    return [
        told for told, plain in known if not re.search(r"\d{4}", told) and not any(f" {w} " in plain for w in other)
    ]


def text_of(length: int) -> str:
    """So many characters of news about diplomacy, a sentence a paragraph, each with a name of its own."""
    chance, known = random.Random(8), sentences()

    def paragraphs() -> Iterator[str]:
        left = length
        while left > 0:
            told = chance.choice(known).removesuffix(".")
            paragraph = f"{told}, {drawn(chance, GIVEN)} {drawn(chance, FAMILY)} {chance.randrange(999)} wrote."[:left]
            left -= len(paragraph) + 1
            yield paragraph

    return "\n".join(paragraphs())


def seconds_of(length: int) -> tuple[float, int]:
    """Seconds of a processor that an article of this length takes, and the number of its positions."""
    article = Article(title="Talks", published=date(2024, 3, 12), text=text_of(length))
    reader, taken, found = engine(reading_of(Settings())), [], 0
    for _ in range(AGAIN):
        began = time.process_time()
        (positions,) = reader.read([article], {}).positions
        taken.append(time.process_time() - began)
        found = len(positions)
    return min(taken), found


def main() -> None:
    """Print the page and store it."""
    page = HEAD.format(again=AGAIN)
    seconds_of(1000)  # loads the rules and the model
    for length in LENGTHS:
        seconds, positions = seconds_of(length)
        page += f"| {length:,} | {seconds:.3f} | {positions:,} | {seconds / length * 1e6:.1f} |\n"
    print(page, end="")
    PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
