"""Turns of transcripts in the texts of an issuer: each question begins with "Q: ", each answer with "A: "."""

import re
from functools import cache
from pathlib import Path

import yaml

TURNS = Path(__file__).with_name("turns.yaml")
FEWEST = 2  # questions of a transcript; a text with fewer is a statement
MARKS = {"question": "Q", "answer": "A"}
MARK = re.compile(r"([^\W\d_]{1,12})(?:\s{0,3}[:.\-–—]\s*|\s+(?=[A-ZÀ-ÞА-Я“\"]))?")


@cache
def marks() -> dict[str, str]:
    """Q or A, by the words that stand for them."""
    found = yaml.safe_load(TURNS.read_text("utf-8"))
    return {str(word): MARKS[turn] for turn, words in found.items() for word in words}


def with_turns(text: str) -> str:
    """The text with turns marked in one way, each mark before the paragraph that it belongs to."""
    paragraphs = text.split("\n")
    told = [turn_of(paragraph) for paragraph in paragraphs]
    if sum(turn is not None and turn[0] == "Q" for turn in told) < FEWEST:
        return text
    lines: list[str] = []
    waiting = ""  # a mark on a line of its own
    for paragraph, turn in zip(paragraphs, told, strict=True):
        mark, rest = turn or (waiting, paragraph)
        waiting = "" if rest else mark
        if rest:
            lines.append(f"{mark}: {rest}" if mark else rest)
    return "\n".join(lines)


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
