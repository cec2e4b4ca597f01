"""Abbreviations that an article introduces itself: after 'European Court of Auditors (ECA)' the ECA is the EU's."""

import re
from collections.abc import Sequence

from rules.text.gazetteer import Mention, Sense, stands_alone

OPENED = re.compile(r" \(([A-Z][A-Za-z&-]{1,9})\)")
LETTER = re.compile(r"[A-Z]")
INITIAL = re.compile(r"\b[A-Z]")


def with_abbreviations(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of a text, with those of the abbreviations that stand in brackets behind a name of several words.

    What the lists know under it stays what it is.
    """
    bound = _bound(text, mentions)
    found = list(mentions)
    for short, senses in bound.items():
        taken = {m.start for m in mentions}
        places = (match.start() for match in re.finditer(re.escape(short), text))
        found += [
            Mention(at, at + len(short), short, senses)
            for at in places
            if at not in taken and stands_alone(text, at, at + len(short)) and not _covered(mentions, at)
        ]
    return sorted(found, key=lambda m: m.start) if bound else found


def _bound(text: str, mentions: Sequence[Mention]) -> dict[str, tuple[Sense, ...]]:
    known = {mention.text for mention in mentions}
    bound: dict[str, tuple[Sense, ...]] = {}
    for mention in mentions:
        opened = OPENED.match(text, mention.end) if mention.person is None and " " in mention.text else None
        if opened and opened.group(1) not in known and _is_short_for(opened.group(1), mention.text):
            bound.setdefault(opened.group(1), mention.senses)
    return bound


def _is_short_for(short: str, name: str) -> bool:
    """'ECA' for 'European Court of Auditors', and not 'AFP' for 'United Nations'."""
    return LETTER.findall(short) == INITIAL.findall(name)


def _covered(mentions: Sequence[Mention], at: int) -> bool:
    return any(m.start <= at < m.end for m in mentions)
