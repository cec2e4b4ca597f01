"""Which complements of a wording stand in the clause: what says that something is demanded, refused or offered."""

from collections.abc import Callable
from dataclasses import dataclass

from rules.frames.constructions import Constructions
from rules.frames.trigger_match import TriggerMatch
from rules.syntax.clause import Clause, says_what_must_be
from rules.syntax.grammar import own_subject

# What each complement means, for rule authors and for error messages. 'on thing': what stands after that preposition.
COMPLEMENTS = {
    "thing": "an object: 'rejected the plan', 'called for a truce'",
    "party": "an object that is addressed, and is no content: 'snubbed Oslo'",
    "to": "an infinitive: 'refused to talk'",
    "party to": "an object and its infinitive: 'urged Oslo to stop'",
    "that": "a clause: 'demanded that Oslo stop', 'demanded Oslo stop'",
    "should": "a clause that says what must be: 'insisted that Oslo stop'",
    "ing": "an -ing form: 'insisted on leaving', 'considered leaving'",
    "subject": "the subject as it stands, of which something is said: 'the plan is unacceptable'",
    "relative": "a relative clause that says what the noun does: 'a bill that would bar'",
    "compound": "a noun before the noun: 'its truce offer'",
    "nothing": "no complement: 'Oslo agreed within hours'",
}
# What nouns take where their entry does not say.
OF_NOUNS = ("to", "that", "for thing", "of thing", "on thing", "compound")


@dataclass(frozen=True)
class Complements:
    """The complements found, and the heads of the content that they hold."""

    found: frozenset[str]
    content: tuple[int, ...]


def introducing(name: str) -> str | None:
    """The word without which a complement stands in no sentence; None where it has none."""
    if name.endswith(" thing"):
        return name.removesuffix(" thing")
    return "to" if name in ("to", "party to") else None


def complements_of(match: TriggerMatch, constructions: Constructions) -> Complements | None:
    """The complements of a match; None where it takes some and none is there."""
    if match.kind == "modal":
        subject = _subject(match.clause) if "subject" in match.wording.takes else []
        return Complements(frozenset({"verb"}), (*subject, match.at))
    takes = match.wording.takes or (OF_NOUNS if match.kind == "noun" else ())
    found: dict[str, list[int]] = {}
    for name in takes:
        heads = _find(match, name)
        if heads is not None:
            found[name] = heads
    if takes and not found:
        carried = match.kind == "noun" and constructions.support_subject(match.parse, match.at)
        return Complements(frozenset(), ()) if carried else None
    content = dict.fromkeys(i for heads in found.values() for i in heads)
    return Complements(frozenset(found), tuple(content))


def _find(match: TriggerMatch, name: str) -> list[int] | None:
    """The content in a complement; none for an addressee alone, None where the complement is not there."""
    clause = match.clause
    if name == "nothing":
        return [] if match.kind != "verb" or clause.is_bare else None
    if name == "party":
        return [] if clause.objects else None
    if name.endswith(" thing"):
        return clause.after(name.removesuffix(" thing")) or None
    if match.kind == "noun" and name == "should":
        return [i for i in clause.noun_clauses if says_what_must_be(clause.parse, i)] or None
    if match.kind == "noun" and name in ("to", "that"):
        return clause.noun_clauses or None
    if name == "party to":
        return _infinitive_of_object(clause)
    return _PLACES[name](clause) or None


def _infinitive_of_object(clause: Clause) -> list[int] | None:
    addressed = bool(clause.objects or clause.addressed)
    return [i for i in clause.infinitives if addressed or own_subject(clause.parse, i) is not None] or None


def _thing(clause: Clause) -> list[int]:
    """The object, unless it is the one whom an infinitive tells what to do."""
    tags = [clause.parse.tags[i] for i in clause.objects]
    are_addressed = bool(clause.infinitives) and all(tag not in ("NN", "NNS") for tag in tags)
    objects = clause.objects or (clause.gerunds if clause.by else [])  # 'pushed for resuming talks'
    return [] if are_addressed else objects


def _subject(clause: Clause) -> list[int]:
    """The subject; what 'it' stands for: 'it is unacceptable to leave', 'it is vital that Oslo leave'; and what
    stands after the words where they are the subject: 'the only way out is to leave'."""
    if clause.parse.deps[clause.at] == "nsubj":
        return clause.noun_clauses
    stands_for_clause = [i for i in clause.subject if clause.parse.lower[i] == "it"]
    return clause.clauses or clause.infinitives or clause.noun_clauses if stands_for_clause else clause.subject


_PLACES: dict[str, Callable[[Clause], list[int]]] = {
    "thing": _thing,
    "to": lambda clause: clause.infinitives,
    "that": lambda clause: clause.clauses,
    "should": lambda clause: clause.mandative_clauses,
    "ing": lambda clause: clause.gerunds,
    "subject": _subject,
    "relative": lambda clause: clause.relatives,
    "compound": lambda clause: clause.compounds,
}
