"""Where the words of a trigger stand in a parsed sentence, in the right part of speech."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rules.syntax.grammar import CALENDAR, dependents, is_verb
from rules.syntax.tree import Parse
from rules.text.lemmas import noun_forms, verb_forms
from schemas.ruleset import Trigger

LETTERS = re.compile(r"[^\W\d_]+")
# What a tokeniser leaves of a modal: "won't", "they'll".
SHORT_MODALS = {"will": ("wo", "'ll"), "can": ("ca",), "would": ("'d",)}


@dataclass(frozen=True)
class Candidate:
    """A trigger's words in a sentence: `at` is the token that grammar hangs from, `first` to `last` are its words."""

    trigger: Trigger
    at: int
    first: int
    last: int


@dataclass(frozen=True)
class Entry:
    """One wording of a trigger: the words that follow its first, and the part of speech of the first."""

    trigger: Trigger
    kind: str
    rest: tuple[str, ...]


@dataclass(frozen=True)
class Wording:
    """What a sentence must hold for a wording of a trigger to match: all of `rest`, and one of `partners` if any."""

    rest: frozenset[str]
    partners: frozenset[str]
    commands: bool = False  # it must open its clause


def entries_of(trigger: Trigger) -> Iterator[tuple[str, Entry]]:
    """The wordings of a trigger, each under every surface form of its first word."""
    for kind in ("verbs", "nouns", "adjectives", "modals", "phrases"):
        for wording in getattr(trigger, kind):
            first, *rest = wording.lower().split()
            for form in sorted({first} if commands(trigger) else _first_forms(first, kind, bool(rest))):
                yield form, Entry(trigger, kind, tuple(rest))


def commands(trigger: Trigger) -> bool:
    """Whether the verbs of a trigger are imperatives, which stand in their base form alone."""
    return "imperative" in trigger.needs


def _first_forms(first: str, kind: str, goes_on: bool) -> frozenset[str]:
    if kind == "verbs" or (kind == "modals" and goes_on):
        return verb_forms(first)
    if kind == "nouns" and not goes_on:
        return noun_forms(first)
    return frozenset({first, *(SHORT_MODALS.get(first, ()) if kind == "modals" else ())})


def letters_of(words: Iterable[str]) -> frozenset[str]:
    """The runs of letters in some words: what is left of them however they are cut into tokens."""
    return frozenset(run for word in words for run in LETTERS.findall(word))


def match(parse: Parse, i: int, entry: Entry) -> Candidate | None:
    """The candidate that a wording makes at a token that is its first word, if the rest and the grammar fit."""
    if not _has_part_of_speech(parse, i, entry.kind):
        return None
    if entry.kind == "modals":
        return _match_modal(parse, i, entry)
    last = _match_rest(parse, i, entry.rest, entry.kind)
    if last is None or (entry.rest and _opens_date(parse, last)):
        return None
    at = _phrase_head(parse, i, last) if entry.kind == "phrases" else i
    return Candidate(entry.trigger, at, min(i, last), max(i, last))


def _match_modal(parse: Parse, i: int, entry: Entry) -> Candidate | None:
    """A modal hangs from the verb that it serves; 'has to' stands above it."""
    if entry.rest == ("to",):
        below = [c for c in dependents(parse, i, "xcomp") if parse.tags[c] == "VB" or dependents(parse, c, "auxpass")]
        return Candidate(entry.trigger, below[0], i, i) if below else None
    verb = parse.heads[i]
    return Candidate(entry.trigger, verb, i, i) if parse.deps[i] == "aux" and is_verb(parse, verb) else None


def _opens_date(parse: Parse, last: int) -> bool:
    """'agreed on Wednesday': the preposition opens a date."""
    return last + 1 < len(parse) and parse.lower[last + 1] in CALENDAR


def _has_part_of_speech(parse: Parse, i: int, kind: str) -> bool:
    tag, dep = parse.tags[i], parse.deps[i]
    if kind == "verbs":
        return (tag.startswith("VB") and dep not in ("amod", "compound")) or _is_headline_verb(parse, i)
    if kind == "nouns":
        return tag.startswith("NN") and dep not in ("compound",)
    if kind == "adjectives":
        is_active = tag == "VBD" and not dependents(parse, i, "auxpass", "xcomp")
        fits = tag.startswith(("JJ", "RB", "VBN", "VBD", "NN", "IN")) and dep not in ("amod", "compound", "nsubj")
        return fits and not is_active
    if kind == "modals":
        return tag in ("MD", "VBZ", "VBP", "VBD", "VB") or parse.lower[i] == "going"
    return True


def _is_headline_verb(parse: Parse, i: int) -> bool:
    """Headlines lead the tagger to nouns: 'Iran rejects US offer' with 'rejects' as NNS at the root."""
    return (
        parse.tags[i] in ("NNS", "NNP", "NNPS") and parse.deps[i] == "ROOT" and parse.lower[i].endswith("s") and i > 0
    )


def _match_rest(parse: Parse, i: int, rest: tuple[str, ...], kind: str) -> int | None:
    """The last token of a wording of several words: its particle or preposition, or the words right after it."""
    if not rest:
        return i
    for start in range(i + 1, i + 4):
        if parse.lower[start : start + len(rest)] == rest:
            return start + len(rest) - 1
        if start >= len(parse) or not parse.tags[start].startswith("RB"):
            break
    if kind == "verbs" and len(rest) == 1:
        for child in parse.children[i]:
            if parse.lower[child] == rest[0] and parse.deps[child] in ("prt", "advmod", "acomp", "oprd"):
                return child
            if parse.lower[child] == rest[0] and parse.deps[child] == "prep" and _follows_a_date(parse, i, child):
                return child
    return None


def _follows_a_date(parse: Parse, verb: int, preposition: int) -> bool:
    """'appealed on Friday for calm', 'called again and again for talks': nothing but when stands between."""
    between = parse.children[verb]
    return all(
        parse.deps[c] in ("advmod", "npadvmod", "punct") or _opens_date(parse, c)
        for c in between
        if verb < c < preposition
    )


def _phrase_head(parse: Parse, first: int, last: int) -> int:
    for i in range(first, last + 1):
        if not first <= parse.heads[i] <= last or parse.heads[i] == i:
            return i
    return first


def longest_only(candidates: list[Candidate]) -> list[Candidate]:
    """Of several wordings that begin with one word, those with the most words: 'call off' beats 'call'."""
    longest: dict[int, int] = {}
    for c in candidates:
        longest[c.first] = max(longest.get(c.first, 0), c.last)
    return [c for c in candidates if c.last == longest[c.first] or c.trigger.modals]
