"""The condition that a position hangs on, in the words of the sentence."""

from rules.grammar import ancestors, dependents, is_verb, span, words_of
from rules.parse import Parse

MARKS = frozenset("if unless provided providing once until till assuming should".split())
PHRASES = (
    ("as", "long", "as"),
    ("so", "long", "as"),
    ("on", "condition"),
    ("on", "the", "condition"),
    ("in", "exchange", "for"),
    ("in", "return", "for"),
    ("only", "after"),
    ("only", "when"),
    ("contingent", "on"),
    ("conditional", "on"),
    ("subject", "to"),
)


def condition_of(parse: Parse, at: int, content: list[int]) -> tuple[int, int] | None:
    """First and last token of the condition of a clause: found below its trigger, its content, or its main verb."""
    places = [at, *content]
    for i in list(content):
        places.extend(j for j in _verbs_below(parse, i))
    places.extend(ancestors(parse, at))
    found = []
    for place in places:
        for child in parse.children[place]:
            if parse.deps[child] in ("advcl", "prep", "advmod", "ccomp", "npadvmod", "mark", "conj", "acl"):
                first, last = span(parse, child)
                if _opens_condition(parse, child, first):
                    found.append((first, last))
    if found:
        return _whole(parse, *min(found, key=lambda s: (abs(s[0] - at), s[0])))
    return _by_phrase(parse, at)


def _whole(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """A condition whose clause the parser cut from its opening word ('provided', 'provided Manila') goes on to its end."""
    if any(is_verb(parse, i) for i in range(first + 1, last + 1)) or last - first > 2:
        return first, last
    return first, _end_of_clause(parse, last)


def _verbs_below(parse: Parse, i: int) -> list[int]:
    return [j for child in dependents(parse, i, "conj", "xcomp", "ccomp", "advcl") for j in (child,)]


def _opens_condition(parse: Parse, clause: int, first: int) -> bool:
    if parse.deps[clause] == "advcl" or parse.tags[clause].startswith("VB"):
        opening = parse.lower[first : first + 3]
        if opening and (opening[0] in MARKS or opening[:2] in (("only", "if"), ("even", "if"), ("only", "once"))):
            return opening[:2] != ("even", "if")
        return any(parse.lower[c] in MARKS and parse.deps[c] == "mark" for c in parse.children[clause])
    return any(parse.lower[first : first + len(phrase)] == phrase for phrase in PHRASES)


def _by_phrase(parse: Parse, at: int) -> tuple[int, int] | None:
    """Fixed openings that the parser hangs anywhere; they reach to the end of their clause."""
    for i in range(len(parse)):
        for phrase in PHRASES[:9]:
            if parse.lower[i : i + len(phrase)] == phrase:
                return i, _end_of_clause(parse, i + len(phrase) - 1)
    return None


def _end_of_clause(parse: Parse, last: int) -> int:
    while last + 1 < len(parse) and parse.lower[last + 1] not in (",", ".", ";", '"', "”"):
        last += 1
    return last


def text_of(parse: Parse, found: tuple[int, int] | None) -> str | None:
    return words_of(parse, *found).strip(" ,;") if found else None
