"""The words of a sentence that say what is demanded, refused, offered, accepted or threatened."""

from rules.positions.conditions import Span
from rules.positions.reading import Reading
from rules.syntax.grammar import dependents, is_verb, span, subtree, words_of
from rules.syntax.tree import Parse


def content_text(parse: Parse, reading: Reading, condition: Span | None) -> str:
    """The content of a reading without the words of its condition, pieces that stand apart joined by dots.

    Where the trigger's roles hold none, it is all that hangs from the trigger but its subject.
    """
    at = reading.at
    trigger_words = set(range(reading.match.first, reading.match.last + 1))
    kept = {j for i in reading.content for j in (_under_modal(parse, i) if i == at else subtree(parse, i))}
    if at in reading.content and reading.frame.actor == ("speaker",):
        kept |= _what_is_to_happen(parse, at)
    if not kept:
        beside = {j for c in dependents(parse, at, "conj") for j in subtree(parse, c)}
        kept = set(subtree(parse, at)) - _subject(parse, at) - trigger_words - beside
    kept -= trigger_words - {at} | _circumstances_before(parse, reading)
    if condition:
        kept -= set(range(condition[0], condition[1] + 1))
    pieces = [words_of(parse, first, last) for first, last in _runs(sorted(kept))]
    return " … ".join(piece.strip(' ,;"“”') for piece in pieces if piece.strip(' ,;."“”'))


def _circumstances_before(parse: Parse, reading: Reading) -> set[int]:
    """'After testing a bomb, Mali agreed to talk': what stands before the trigger tells when, and not what."""
    verbs = (i for i in reading.content if is_verb(parse, i))
    circumstances = (c for i in verbs for c in dependents(parse, i, "advcl", "prep"))
    return {j for c in circumstances if span(parse, c)[1] < reading.match.first for j in subtree(parse, c)}


def _under_modal(parse: Parse, verb: int) -> set[int]:
    """The verb that a modal serves with all but the subject and the clauses coordinated with it: 'must go and will'."""
    others = [c for c in dependents(parse, verb, "conj") if dependents(parse, c, "aux")]
    return set(subtree(parse, verb)) - _subject(parse, verb) - {j for c in others for j in subtree(parse, c)}


def _what_is_to_happen(parse: Parse, verb: int) -> set[int]:
    """'The bombing must stop': the subject says what is demanded where the verb has no object, or is 'take place'."""
    objects = [i for i in dependents(parse, verb, "dobj", "ccomp", "xcomp", "dative") if parse.lower[i] != "place"]
    if objects:
        return set()
    subjects = [i for i in dependents(parse, verb, "nsubj") if parse.tags[i] in ("NN", "NNS")]
    return {j for i in subjects for j in subtree(parse, i)}


def _subject(parse: Parse, at: int) -> set[int]:
    """All tokens of a subject; that of a passive says what is demanded or refused and does not count."""
    if dependents(parse, at, "nsubjpass"):
        return set()
    return {j for i in dependents(parse, at, "nsubj", "csubj") for j in subtree(parse, i)}


def _runs(tokens: list[int]) -> list[Span]:
    """Runs of neighbouring tokens, each as its first and last."""
    runs: list[Span] = []
    for i in tokens:
        if runs and i - runs[-1][1] <= 1:
            runs[-1] = (runs[-1][0], i)
        else:
            runs.append((i, i))
    return runs
