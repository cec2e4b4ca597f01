"""Looks up the words that name days and times in the tokens of a text."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rules.language import english

WEEKDAYS = english.listed("weekdays")
MONTHS = english.listed("months")
TOKEN = re.compile(r"\d+(?:,\d{3})*(?!\d)|[^\W\d_]+|\S")
NOTHING: Mapping[str, int] = {}
ORDINALS = frozenset(["st", "nd", "rd", "th"])


@dataclass(frozen=True)
class Phrase:
    """Lower-case words and what list they stand in."""

    words: tuple[str, ...]
    kind: str


@dataclass(frozen=True)
class DateWords:
    """The words of a rule set, ready for look-up; phrases stand under their first word, the longest first."""

    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    short: frozenset[str]  # abbreviations that may carry a full stop
    dotted: frozenset[str]  # abbreviations that must carry it
    phrases: Mapping[str, tuple[Phrase, ...]]
    numbers: Mapping[str, int]
    openers: frozenset[str]  # lower-case words of which one opens every mention


@lru_cache(maxsize=8)
def date_words(items: tuple[tuple[str, tuple[str, ...]], ...]) -> DateWords:
    """The word lists of a rule set, ready for look-up."""
    lists = dict(items)
    weekdays = {w.rstrip("."): n for n, kind in enumerate(WEEKDAYS) for w in lists.get(kind, ())}
    months = {w.rstrip("."): n for n, kind in enumerate(MONTHS, start=1) for w in lists.get(kind, ())}
    named = [word for kind in (*WEEKDAYS, *MONTHS) for word in lists.get(kind, ())]
    short = frozenset(word[:-1] for word in named if word.endswith("."))
    phrases: dict[str, list[Phrase]] = {}
    for kind in (kind for kind in lists if kind not in (*WEEKDAYS, *MONTHS, "numbers")):
        for phrase in lists[kind]:
            words = tuple(TOKEN.findall(phrase.lower()))
            phrases.setdefault(words[0], []).append(Phrase(words, kind))
    numbers = {word: count for count, word in enumerate(lists.get("numbers", ()), start=1)}
    return DateWords(
        weekdays,
        months,
        short,
        short - set(named),
        {first: tuple(sorted(found, key=lambda p: -len(p.words))) for first, found in phrases.items()},
        numbers,
        frozenset([*(name.lower() for name in (*weekdays, *months)), *phrases, *numbers]),
    )


class DateText:
    """A text as tokens, with the phrases that begin and end at each."""

    def __init__(self, text: str, words: DateWords) -> None:
        matches = list(TOKEN.finditer(text))
        self.tokens = [match.group() for match in matches]
        self.lower = [token.lower() for token in self.tokens]
        self.spans = [match.span() for match in matches]
        self._words = words
        self._beginning: dict[int, dict[str, int]] = {}
        self._ending: dict[tuple[int, str], int] = {}
        for i, token in enumerate(self.lower):
            for phrase in words.phrases.get(token, ()):
                n = len(phrase.words)
                if n == 1 or tuple(self.lower[i : i + n]) == phrase.words:
                    self._beginning.setdefault(i, {}).setdefault(phrase.kind, n)
                    self._ending.setdefault((i + n, phrase.kind), n)

    def may_date(self, i: int) -> bool:
        """Whether a token can open a date at all."""
        token = self.lower[i]
        return token in self._words.openers or token.isdecimal()

    def weekday(self, i: int) -> int | None:
        """The number of the weekday that a token names, Monday being 0."""
        return self._named(i, self._words.weekdays)

    def month(self, i: int) -> int | None:
        """The number of the month that a token names, January being 1."""
        return self._named(i, self._words.months)

    def count(self, i: int) -> int:
        """The small number at a token, in words or digits; 0 if there is none."""
        token = self.at(i)
        return self._words.numbers.get(token) or (int(token) if token.isdecimal() and len(token) <= 2 else 0)

    def at(self, i: int) -> str:
        return self.lower[i] if 0 <= i < len(self.lower) else ""

    def is_year(self, i: int) -> bool:
        token = self.at(i)
        return token.isdecimal() and len(token) == 4 and token[:2] in ("19", "20")

    def _spelling(self, i: int) -> str:
        """The token as names are listed: a headline's capitals become a capital."""
        token = self.tokens[i] if 0 <= i < len(self.tokens) else ""
        return token.capitalize() if token.isupper() and len(token) > 2 else token

    def _named(self, i: int, names: Mapping[str, int]) -> int | None:
        word = self._spelling(i)
        if word in self._words.dotted and self.at(i + 1) != ".":
            return None
        return names.get(word)

    def after_name(self, i: int) -> int:
        dot = self._spelling(i) in self._words.short and self.at(i + 1) == "."
        return i + 2 if dot else i + 1

    def phrase(self, i: int, kind: str) -> int:
        """Number of words of the longest phrase of a kind that begins at a token; 0 if there is none."""
        return self._beginning.get(i, NOTHING).get(kind, 0)

    def phrases_at(self, i: int) -> Iterable[tuple[str, int]]:
        """The kinds of phrases that begin at a token, each with the number of words of its longest."""
        return self._beginning.get(i, NOTHING).items()

    def before(self, i: int, kind: str) -> int:
        """Number of words of the longest phrase of a kind that ends before a token; 0 if there is none."""
        return self._ending.get((i, kind), 0)

    def day_number(self, i: int) -> tuple[int, int]:
        """The day of the month at a token, 0 if there is none, and the token after it."""
        token = self.at(i)
        if not (token.isdecimal() and len(token) <= 2 and 1 <= int(token) <= 31):
            return 0, i
        return int(token), i + 2 if self.at(i + 1) in ORDINALS else i + 1
