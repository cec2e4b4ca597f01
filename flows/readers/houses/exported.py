"""What all house styles share: the parts of an exported article, lines that name a day, and wrapped lines joined."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from flows.days import NotADay, day_of
from schemas.source import Source

WORDS = Path(__file__).with_name("houses.yaml")
ENDS_A_SENTENCE = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
WIDEST = 160  # characters of a line of a page; paragraphs are longer
OFTEN = 0.1  # share of lines that go on in small letters, where the lines are those of a page
SHORT = 0.75  # of the longest line's length; one that is shorter and ends a sentence ends a paragraph
ANY = Source(source="-")
LONGEST_DAY = 60  # characters of a line that names a day


@dataclass(frozen=True)
class Exported:
    """An article as its export writes it; `fault` tells what it lacks."""

    title: str = ""
    published: str = ""
    outlet: str | None = None
    text: str = ""
    url: str | None = None
    fault: str | None = None


@cache
def words(house: str) -> dict[str, Any]:
    """The names that a house gives its fields."""
    found: dict[str, Any] = yaml.safe_load(WORDS.read_text("utf-8"))[house]
    return found


def names_a_day(line: str) -> bool:
    """Whether a line begins with a day, and holds little beside it."""
    if not any(letter.isdigit() for letter in line) or len(line) > LONGEST_DAY:
        return False
    try:
        day_of(line.strip(), ANY)
    except NotADay:
        return False
    return not line.strip().isdigit()


def paragraphs(lines: list[str]) -> str:
    """The text of lines, a paragraph a line: blank lines part them; where there are none, ends of sentences do."""
    bare = [line.strip() for line in lines]
    there = [line for line in bare if line]
    if not there:
        return ""
    if is_wrapped(there):
        return "\n".join(blocks(bare) if "" in between(bare) else unwrapped(there))
    return "\n".join(there)


def is_wrapped(lines: list[str]) -> bool:
    """Whether lines are those of a page, not paragraphs: they go on in small letters where no sentence has ended."""
    if max(map(len, lines)) > WIDEST:
        return False
    following = pairwise(lines)
    going_on = sum(next_[0].islower() and not ENDS_A_SENTENCE.search(line) for line, next_ in following)
    return going_on > 0 and going_on >= OFTEN * len(lines)


def between(lines: list[str]) -> list[str]:
    """The lines without blank ones at either end."""
    there = [number for number, line in enumerate(lines) if line]
    return lines[there[0] : there[-1] + 1] if there else []


def blocks(lines: list[str]) -> list[str]:
    """The lines between blank ones, joined."""
    found: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            found[-1].append(line.strip())
        elif found[-1]:
            found.append([])
    return [" ".join(block) for block in found if block]


def unwrapped(lines: list[str]) -> list[str]:
    """Lines of a page joined into paragraphs, which end where a sentence ends on a short line."""
    longest = max(map(len, lines))
    found: list[list[str]] = [[]]
    for line in lines:
        found[-1].append(line)
        if ENDS_A_SENTENCE.search(line) and len(line) < SHORT * longest:
            found.append([])
    return [" ".join(block) for block in found if block]
