"""Guesses whom unknown words name, and writes the YAML entry with which a rule set would know them."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rules.text.gazetteer import Mention, NameFinder
from rules.text.words import Words
from schemas.ruleset import RuleSet

# Characters around a name in which a text says whose it is.
BEFORE, AFTER = 80, 60
NO_LETTER = re.compile(r"[^A-Z0-9]+")
UNKNOWN = "???"


class Told(NamedTuple):
    """A text in which the words stand, and its day."""

    text: str
    published: date


class Suggestion(NamedTuple):
    """The file of a rule set and the entry for it; `actor` is the guess, by so many of so many texts."""

    file: str
    entry: str
    actor: str | None
    votes: int
    of: int


class Suggester:
    """A rule set made ready to guess."""

    def __init__(self, ruleset: RuleSet) -> None:
        self._names, self._words = NameFinder(ruleset), Words(ruleset)
        self._known = frozenset(actor.id for actor in ruleset.actors)

    def suggest(self, words: str, texts: Sequence[Told]) -> Suggestion:
        """What half of the texts name beside the words is whose they are; a title before a name makes a person."""
        near = Counter(actor for text in texts if (actor := self._beside(words, text)))
        actor, votes = max(near.items(), key=lambda item: (item[1], item[0])) if near else (None, 0)
        actor = actor if 2 * votes >= len(texts) else None
        title, name = self._parted(words, texts)
        if title:
            return Suggestion("people/mine.yaml", person_entry(name, title, actor or UNKNOWN), actor, votes, len(texts))
        return Suggestion("actors/mine.yaml", self._party_entry(words, actor), actor, votes, len(texts))

    def _beside(self, words: str, told: Told) -> str | None:
        """The actor that is named nearest the words where they first stand, those within them before others."""
        at = told.text.find(words)
        if at < 0:
            return None
        end = at + len(words)
        start = max(0, at - BEFORE)
        window = told.text[start : end + AFTER]
        mentions = [
            m for m in self._names.find(window, told.published, told.text) if m.actor and not m.kind.startswith("hid")
        ]
        nearest = min(mentions, key=lambda m: (_away(m, at - start, end - start), m.start), default=None)
        return nearest.actor if nearest else None

    def _parted(self, words: str, texts: Sequence[Told]) -> tuple[str, str]:
        """The title and the name of a person: 'Prime Minister Ann Fell', also where the title stands elsewhere."""
        title, name = self._title_before(words)
        if title or not _is_full_name(words):
            return title, name
        titles = Counter(
            found
            for text in texts
            if (at := text.text.find(words)) >= 0
            for found in [self._title_before(text.text[max(0, at - BEFORE) : at] + words)[0]]
            if found
        )
        return (max(titles.items(), key=lambda item: (item[1], item[0]))[0] if titles else ""), words

    def _title_before(self, words: str) -> tuple[str, str]:
        """The longest title that ends where the name at the end begins, with the name."""
        parts = words.split()
        first = len(parts)
        while first > 0 and parts[first - 1][:1].isupper() and parts[first - 1].lower() not in self._words.titles:
            first -= 1
        name = " ".join(parts[first:])
        for begin in range(max(0, first - 4), first):
            title = " ".join(parts[begin:first])
            if title.lower() in self._words.titles and name:
                return title, name
        return "", words

    def _party_entry(self, words: str, actor: str | None) -> str:
        """An entry of a party; where one is named beside it, it is a part of that one."""
        name = words[:1].upper() + words[1:]
        key = NO_LETTER.sub("_", words.upper()).strip("_") or "PARTY"
        key = key if key[0].isalpha() else f"P_{key}"
        lines = [f"- id: {key}_2" if key in self._known else f"- id: {key}", f"  name: {quoted(name)}"]
        lines += ["  kind: non_state  # or state, organisation, subnational, group"]
        lines += [f"  names: [{quoted(words)}]"] if words != name else []
        lines += [f"  part_of: {actor}  # where it belongs to it"] if actor else []
        return "\n".join(lines)


def person_entry(name: str, title: str, actor: str) -> str:
    """An entry of a person."""
    return "\n".join(
        (f"- name: {quoted(name)}", f"  actor: {actor}", "  roles:", f"    - {{title: {quoted(title.title())}}}")
    )


def quoted(text: str) -> str:
    """The text as YAML has it: bare where that is safe."""
    return text if re.fullmatch(r"[^\W\d_][\w' .-]*[\w.]", text) and ": " not in text else json.dumps(text)


def _is_full_name(words: str) -> bool:
    parts = words.split()
    return len(parts) in (2, 3) and all(part[:1].isupper() for part in parts)


def _away(mention: Mention, start: int, end: int) -> int:
    """Characters between a mention and the words, twice as many behind them, where a sentence turns to others."""
    return max(0, start - mention.end, 2 * (mention.start - end))
