"""Brings terms and texts to one spelling, so that all inflections of a term meet the text."""

import re
from functools import cache

from rules.inflect import any_forms, noun_forms

TOKEN = re.compile(r"\d+(?:,\d{3})+(?!\d)|[^\W_]+|[,;:()–—]")
REWRITTEN = {
    " as well as ": " and ",
    " along with ": " and ",
    " together with ": " and ",
    " in addition to ": " and ",
    "$": " dollars ",
    "€": " euros ",
    "£": " pounds ",
}
WRITTEN_OTHERWISE = frozenset(word for written in REWRITTEN for word in written.split())
AMERICAN = {
    "defence": "defense",
    "programme": "program",
    "programmes": "programs",
    "labour": "labor",
    "neighbour": "neighbor",
    "neighbours": "neighbors",
    "harbour": "harbor",
    "harbouring": "harboring",
    "manoeuvre": "maneuver",
    "manoeuvres": "maneuvers",
    "centre": "center",
    "centres": "centers",
    "licence": "license",
    "licences": "licenses",
    "offence": "offense",
    "tonnes": "tons",
    "aluminium": "aluminum",
    "sulphur": "sulfur",
    "armour": "armor",
    "armoured": "armored",
    "neighbourhood": "neighborhood",
    "metre": "meter",
    "metres": "meters",
    "kilometre": "kilometer",
    "kilometres": "kilometers",
    "honour": "honor",
    "honours": "honors",
    "honoured": "honored",
    "defences": "defenses",
}


def normal_tokens(text: str) -> list[str]:
    """Lower-case words and breaks; hyphens part words, possessives fall away, British spelling turns American."""
    plain = text.lower().replace("’", "'").replace("'s ", " ")
    for written, meant in REWRITTEN.items():
        plain = plain.replace(written, meant)
    return [_american(token) for token in TOKEN.findall(plain)]


def _american(word: str) -> str:
    if word.endswith(("isation", "isations")):
        return word.replace("isation", "ization")
    return AMERICAN.get(word, word)


@cache
def phrase_forms(phrase: str) -> frozenset[str]:
    """All inflections of a term as normal tokens: of several words the first and the last both inflect."""
    forms = any_forms(phrase)
    first, _, rest = phrase.partition(" ")
    if rest:
        forms |= {f"{a} {b}" for a in any_forms(first) for b in noun_forms(rest)}
    return frozenset(_normal(form) for form in forms)


def _normal(form: str) -> str:
    """The normal tokens of a form as one text; most forms are plain words, which need no more than their spelling."""
    words = form.split()
    if form.isascii() and form.islower() and all(map(str.isalpha, words)) and not WRITTEN_OTHERWISE.intersection(words):
        return " ".join(map(_american, words))
    return " ".join(normal_tokens(form))
