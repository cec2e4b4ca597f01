"""What a position is about: the words of it that tell one matter from another, and which issues are close."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import snowballstemmer
import yaml

RULES = Path(__file__).parent / "threads.yaml"
MOST_WORDS = 40  # of a content that are looked at: a longer one is a sentence that was not parted
ALIKE = 4  # letters that a name shares with its adjective: Iran, Iranian
WORD = re.compile(r"[^\W\d_][\w'’]*|\d{2,}")
NAME = re.compile(r"(?<![.!?“\"] )(?<!^)\b[A-Z][\w'’-]+")


@dataclass(frozen=True)
class MatterRules:
    """What threads.yaml holds."""

    days: int
    near_days: int
    least_alike: dict[str, float]
    other_issue: float
    far_issue: float
    common: frozenset[str]


@cache
def matter_rules() -> MatterRules:
    """The rules as the file has them."""
    read = yaml.safe_load(RULES.read_text("utf-8"))
    return MatterRules(
        days=read["days"],
        near_days=read["near_days"],
        least_alike=read["least_alike"],
        other_issue=read["other_issue"],
        far_issue=read["far_issue"],
        common=frozenset(map(stem, read["common_words"].split())),
    )


@cache
def stem(word: str) -> str:
    """The word without its ending, in small letters, by Porter's second stemmer (Porter 2001, Snowball)."""
    found: str = _stemmer().stemWord(word.lower().replace("’", "'").removesuffix("'s"))
    return found


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


def telling_words(content: str | None, evidence: str, parties: Iterable[str | None]) -> tuple[list[str], list[str]]:
    """The stems that tell what a position is about, in alphabetical order: of its content, and of other names in its
    sentence. Common words and the names of its parties are left out.
    """
    of_parties = frozenset(stem(word)[:ALIKE] for party in parties if party for word in WORD.findall(party))
    words = _telling(WORD.findall(content or "")[:MOST_WORDS], of_parties)
    names = _telling((word for name in NAME.findall(evidence) for word in WORD.findall(name)), of_parties)
    return sorted(words), sorted(names - words)


def _telling(words: Iterable[str], of_parties: frozenset[str]) -> set[str]:
    stems = {stem(word) for word in words if len(word) > 2}
    return {word for word in stems - matter_rules().common if word[:ALIKE] not in of_parties}
