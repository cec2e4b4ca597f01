"""The condition that a position hangs on, in the words of the sentence."""

from collections.abc import Sequence

from rules.language import english
from rules.syntax.grammar import ancestors, dependents, is_verb, span, words_of
from rules.syntax.tree import Parse

MARKS = english.words("condition_marks")
CIRCUMSTANCES = ("advcl", "prep", "advmod", "ccomp", "npadvmod", "mark", "conj", "acl")
# These the parser hangs anywhere, and they count wherever they stand.
PHRASES_ANYWHERE = english.phrases("condition_phrases")
HOLLOW = english.phrases("hollow_conditions")
CLAUSE_OPENINGS = english.words("clause_openings")
FINITE = frozenset(["VBZ", "VBP", "VBD", "MD"])
FIRST_WORDS = frozenset(phrase[0] for phrase in PHRASES_ANYWHERE)
PHRASES = (*PHRASES_ANYWHERE, ("conditional", "on"))

# First and last token.
Span = tuple[int, int]


def condition_of(parse: Parse, at: int, content: Sequence[int], refused: bool = False) -> Span | None:
    """First and last token of the condition of a clause: found below its trigger, its content, or its main verb.

    What is refused hangs on 'before', too: 'will not sign before Mali does'.
    """
    marks = MARKS | {"before"} if refused else MARKS
    below = [j for i in content for j in dependents(parse, i, "conj", "xcomp", "ccomp", "advcl")]
    places = (at, *content, *below, *ancestors(parse, at))
    clauses = {c: span(parse, c) for place in places for c in dependents(parse, place, *CIRCUMSTANCES)}
    found = [place for clause, place in clauses.items() if _opens_condition(parse, clause, place[0], marks)]
    if found:
        return _whole(parse, *min(found, key=lambda place: (abs(place[0] - at), place[0])))
    return _by_phrase(parse)


def _whole(parse: Parse, first: int, last: int) -> Span:
    """A condition whose clause the parser cut from its opening word ('provided Manila') goes on to its end."""
    if any(is_verb(parse, i) for i in range(first + 1, last + 1)) or last - first > 2:
        return first, last
    return first, _end_of_clause(parse, last)


def _opens_condition(parse: Parse, clause: int, first: int, marks: frozenset[str]) -> bool:
    if _is_hollow(parse, first) or (parse.lower[first] in CLAUSE_OPENINGS and not _holds_clause(parse, first)):
        return False
    if parse.deps[clause] == "advcl" or parse.tags[clause].startswith("VB"):
        opening = parse.lower[first : first + 3]
        if opening and (opening[0] in marks or opening[:2] in (("only", "if"), ("even", "if"), ("only", "once"))):
            return opening[:2] != ("even", "if")
        return any(parse.lower[c] in marks and parse.deps[c] == "mark" for c in parse.children[clause])
    return any(_stands_at(parse, first, phrase) for phrase in PHRASES)


def _is_hollow(parse: Parse, first: int) -> bool:
    """'as soon as possible', 'if necessary', 'once again': it hangs on nothing."""
    return any(parse.lower[first : first + len(phrase)] == phrase for phrase in HOLLOW)


def _holds_clause(parse: Parse, first: int) -> bool:
    """Whether a finite verb follows an opening word."""
    return any(parse.tags[i] in FINITE for i in range(first + 1, _end_of_clause(parse, first) + 1))


def _stands_at(parse: Parse, first: int, phrase: tuple[str, ...]) -> bool:
    """Whether an opening stands at a token; 'on condition of anonymity' says who may be named, not what it hangs on."""
    after = first + len(phrase)
    is_there = parse.lower[first:after] == phrase and parse.lower[after : after + 1] != ("of",)
    return is_there and not _is_hollow(parse, first)


def _by_phrase(parse: Parse) -> Span | None:
    """A fixed opening wherever it stands; it reaches to the end of its clause."""
    for i, word in enumerate(parse.lower):
        for phrase in PHRASES_ANYWHERE if word in FIRST_WORDS else ():
            if _stands_at(parse, i, phrase):
                return i, _end_of_clause(parse, i + len(phrase) - 1)
    return None


def _end_of_clause(parse: Parse, last: int) -> int:
    while last + 1 < len(parse) and parse.lower[last + 1] not in (",", ".", ";", '"', "”"):
        last += 1
    return last


def text_of(parse: Parse, found: Span | None) -> str | None:
    return words_of(parse, *found).strip(" ,;") if found else None
