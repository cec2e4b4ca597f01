"""Tells walls from articles: pages that ask for consent, a login or a subscription, and pages of another matter."""

import re
from functools import cache
from pathlib import Path

import yaml

PHRASES = Path(__file__).with_name("walls.yaml")
HIDES_THE_REST = "subscribe"
FEW, SOME = 60, 250  # words: a page with less is a wall if any paragraph is one's, or if half of it is
LEAST_WORDS = 6  # of a headline and a summary, by which it is told whether a page is theirs
LEAST_SHARED = 0.2
WORD = re.compile(r"[^\W\d_]{4,}")
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")  # Thai … Japanese, Chinese
LETTERS_OF_A_WORD = 3  # in scripts that put no space between words


def length_in_words(text: str) -> int:
    """How long a text is, in words; of scripts without spaces, in so many letters as a word has."""
    return len(text.split()) + len(UNSPACED.findall(text)) // LETTERS_OF_A_WORD


@cache
def phrases() -> dict[str, tuple[str, ...]]:
    """What stands on walls, by their kind."""
    return {kind: tuple(words) for kind, words in yaml.safe_load(PHRASES.read_text("utf-8")).items()}


def kind_of(paragraph: str) -> str | None:
    """The kind of wall that a short paragraph or a title belongs to."""
    lowered = paragraph.casefold().replace("’", "'")
    if len(lowered) > 600:
        return None
    return next((kind for kind, several in phrases().items() if any(words in lowered for words in several)), None)


def wall_in(title: str, text: str) -> str | None:
    """The kind of wall that a page is; None where it is an article, or a part of one."""
    paragraphs = text.split("\n")
    kinds = [kind_of(paragraph) for paragraph in paragraphs]
    words = [length_in_words(paragraph) for paragraph in paragraphs]
    of_walls = sum(length for length, kind in zip(words, kinds, strict=True) if kind)
    found = next(filter(None, kinds), None)
    if found == HIDES_THE_REST and sum(words) - of_walls >= 2 * of_walls:
        return None  # it ends in a wall, and begins as an article
    if found and (sum(words) < FEW or (sum(words) < SOME and 2 * of_walls >= sum(words))):
        return found
    return kind_of(title) if sum(words) < SOME else None


def before_wall(text: str) -> str | None:
    """What stands before the wall that hides the rest; None where there is none."""
    paragraphs = text.split("\n")
    for number, paragraph in enumerate(paragraphs):
        if kind_of(paragraph) == HIDES_THE_REST and 3 * number >= len(paragraphs):
            return "\n".join(paragraphs[:number])
    return None


def is_another_matter(expected: str, found: str) -> bool:
    """Whether what was found lacks the words of the headline and summary that led to it."""
    wanted = {word.casefold() for word in WORD.findall(expected)}
    if len(wanted) < LEAST_WORDS:
        return False
    there = {word.casefold() for word in WORD.findall(found)}
    return len(wanted & there) < LEAST_SHARED * len(wanted)
