"""Brings terms and texts to one spelling, so that all inflections of a term meet the text."""

import re
from collections.abc import Iterable
from functools import cache

from rules.language import english
from rules.language.languages import language_of

TOKEN = re.compile(r"\d+(?:,\d{3})+(?!\d)|[^\W_]+|[,;:()–—]")
REWRITTEN = {
    **{f" {phrase} ": " and " for phrase in english.listed("joining_phrases")},
    **{sign: f" {word} " for sign, word in english.pairs("signs").items()},
}
# What is rewritten together with the words beside it: "as well as", "country's border".
ACROSS_WORDS = ("'", "’", *(written.strip() for written in REWRITTEN if " " in written.strip()))
WRITTEN_ACROSS_WORDS = re.compile("|".join(map(re.escape, ACROSS_WORDS)), re.IGNORECASE)
AMERICAN = english.pairs("american_spellings")


def normal_tokens(text: str) -> list[str]:
    """Lower-case words and breaks; hyphens part words, possessives fall away, British spelling turns American."""
    plain = text.lower().replace("’", "'").replace("'s ", " ")
    for written, meant in REWRITTEN.items():
        plain = plain.replace(written, meant)
    tokens = TOKEN.findall(plain)
    if "isation" not in plain and AMERICAN.keys().isdisjoint(tokens):  # most texts: spares a look at every word
        return tokens
    return [_american(token) for token in tokens]


def _american(word: str) -> str:
    if word.endswith(("isation", "isations")):
        return word.replace("isation", "ization")
    return AMERICAN.get(word, word)


@cache
def phrase_forms(phrase: str, language: str = "en") -> frozenset[str]:
    """All inflections of a term as normal tokens: of several words the first and the last both inflect."""
    first, _, rest = phrase.partition(" ")
    spoken = language_of(language)
    if not rest:
        return _normal(spoken.any_forms(phrase))
    if WRITTEN_ACROSS_WORDS.search(phrase):
        return _normal(f"{start} {end}" for start in spoken.any_forms(first) for end in spoken.noun_forms(rest))
    ends = _normal(spoken.noun_forms(rest))
    return frozenset(f"{start} {end}" for start in _first_words(first, language) for end in ends)


@cache
def _first_words(word: str, language: str) -> frozenset[str]:
    return _normal(language_of(language).any_forms(word))


def _normal(forms: Iterable[str]) -> frozenset[str]:
    """The normal tokens of each form as one text; most are plain words, which need no more than their spelling."""
    return frozenset(
        _american(form) if form.isascii() and form.isalpha() and form.islower() else " ".join(normal_tokens(form))
        for form in forms
    )
