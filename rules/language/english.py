"""What is known of English itself, whatever the rule set: how words inflect, closed classes of words, spellings.

The lists stand in the YAML files of this folder. They are no part of a rule set, which cannot change them: parses and
sentences are made, and stored, before any rule set reads them. Its version covers them all the same.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

# Every scalar is a text: 'no' and 'on' are words.
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@cache
def tables() -> Mapping[str, tuple[str, ...]]:
    """All lists by their names."""
    files = sorted(Path(__file__).parent.glob("*.yaml"))
    lists = [item for file in files for item in yaml.load(file.read_text("utf-8"), LOADER).items()]
    return {name: tuple(words) for name, words in lists}


def listed(name: str) -> tuple[str, ...]:
    """The words of a list in their order. Raises KeyError with the names there are."""
    if name not in tables():
        raise KeyError(f"no list {name!r} in {Path(__file__).parent}; there are {', '.join(sorted(tables()))}")
    return tables()[name]


def words(name: str) -> frozenset[str]:
    """The words of a list, for look-up."""
    return frozenset(listed(name))


def pattern(name: str) -> str:
    """A regular expression that finds any word of a list."""
    return f"(?:{'|'.join(map(re.escape, listed(name)))})"


def phrases(name: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of a list, each as its words."""
    return tuple(tuple(phrase.split()) for phrase in listed(name))


def pairs(name: str) -> dict[str, str]:
    """A list of pairs as a mapping from the first word of each to the rest of it."""
    return {first: rest for first, _, rest in (pair.partition(" ") for pair in listed(name))}
