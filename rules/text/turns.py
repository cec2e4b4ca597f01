"""Whose turn it is in a transcript: the marks of questions and of answers, and where the questions stand."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

TURNS = Path(__file__).with_suffix(".yaml")
FEWEST = 2  # questions of a transcript; with fewer, a label after the question must show that it is answered
MARKS = {"question": "Q", "answer": "A"}
MARK = re.compile(r"([^\W\d_]{1,12})(?:\s{0,3}[:.\-–—]\s*|\s+(?=[A-ZÀ-ÞА-Я“\"]))?")
# 'AFP:', 'Mao Ning:', 'Foreign Minister X:', 'MR ROE (in Spanish):' before what somebody says.
LABEL = re.compile(r"([^\W\d_a-z][\w.'’-]*(?: [\w.'’-]+){0,4})(?: ?\([^()\n]{1,60}\))?:(?=\s|$)")


@cache
def lists() -> dict[str, tuple[str, ...]]:
    """The words of each list by its name."""
    found = yaml.safe_load(TURNS.read_text("utf-8"))
    return {name: tuple(map(str, words)) for name, words in found.items()}


@cache
def marks() -> dict[str, str]:
    """Q or A, by the words that stand for them."""
    return {word: mark for turn, mark in MARKS.items() for word in lists()[turn]}


@cache
def press() -> frozenset[str]:
    """The names of those who ask."""
    return frozenset(lists()["press"])


def turn_of(paragraph: str) -> tuple[str, str] | None:
    """The mark that a paragraph begins with, and the rest of it; None where it begins with none.

    A letter is a mark before a colon or a dash, or alone; "A", before a word, is an article far more often.
    """
    found = MARK.match(paragraph)
    mark = marks().get(found[1].casefold()) if found else None
    if found is None or mark is None or (found.end() == len(found[1]) < len(paragraph)):
        return None
    is_bare = not found[0][len(found[1]) :].strip() and found.end() < len(paragraph)
    return None if is_bare and found[1] != "Q" else (mark, paragraph[found.end() :].strip())


def questions_in(text: str) -> list[tuple[int, int]]:
    """Where the questions of a transcript stand, each with all its paragraphs; none where a text is no transcript."""
    told = [(start, end, _turn_at(text[start:end])) for start, end in _paragraphs(text)]
    turns = [turn for _, _, turn in told if turn]
    is_answered = "Q" in turns and "A" in turns[turns.index("Q") :]
    if turns.count("Q") < FEWEST and not is_answered:
        return []
    spans, asks = [], False
    for start, end, turn in told:
        asks = turn == "Q" if turn else asks
        if asks:
            spans.append((start, end))
    return spans


def _turn_at(paragraph: str) -> str | None:
    """Q where a paragraph begins to ask, A where it begins to answer, None where it goes on."""
    turn = turn_of(paragraph)
    if turn is not None:
        return turn[0]
    label = LABEL.match(paragraph)
    if label is None:
        return None
    return "Q" if label[1].casefold() in press() else "A"


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for paragraph in text.split("\n"):
        yield start, start + len(paragraph)
        start += len(paragraph) + 1
