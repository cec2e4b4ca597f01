"""What a reading knows that tells how far it can be relied on, as named signs: what confidence is worked out from."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rules.language import english
from rules.parties.resolver import ActorResolver
from rules.parties.section import Referent
from rules.positions.issues import Matter
from rules.positions.reading import Reading
from rules.syntax.grammar import dependents, is_verb, modal_of, own_subject
from rules.syntax.tree import Parse
from schemas.position import StatedOnBasis

# One value a sign, both in words that a person can read.
Signs = Mapping[str, str]
# Relations that carry a clause along with the one above it.
CARRYING = ("conj", "xcomp")
# Words that are few; and characters from those that name the actor to where the party was last named.
NEAR = 4
CHARACTERS_BACK = (80, 300)
LONG, VERY_LONG = 25, 40
MANY = 6  # parties that an article names
LEAD = 400  # characters of a body that open an article


class Beside(NamedTuple):
    """What is known of a position beside its reading: what it is about, to whom, when, and how many are found here."""

    matter: Matter
    target: str | None
    basis: StatedOnBasis
    content: str
    is_conditional: bool


def signs_of(
    resolver: ActorResolver, reading: Reading, party: Referent, beside: Beside, readings: Sequence[Reading]
) -> Signs:
    """The signs of one party's position; `readings` are all of its sentence."""
    return _of_words(resolver, reading, readings) | _of_parties(resolver, reading, party, beside)


def _of_words(resolver: ActorResolver, reading: Reading, readings: Sequence[Reading]) -> dict[str, str]:
    """What the words of the reading and its sentence tell."""
    match, verdict = reading.match, reading.verdict
    return {
        "frame": reading.frame.id,
        "entry": reading.trigger_id,
        "word": f"{match.kind}, {reading.stance}",
        "turned": verdict.reason.partition(":")[0] if reading.stance is not reading.frame.stance else "no",
        "committed to": verdict.reason.partition(": ")[2] or "nothing",
        "negated": _yes(verdict.negated),
        "clause": _clause(resolver.parse, reading.at),
        "form of the verb": _form(resolver.parse, reading.at),
        "modal": _modal(resolver.parse, reading),
        "in quotation marks": _yes(resolver.in_quotes(reading.at)),
        "section": _section(resolver),
        "length of the sentence": _length(resolver.parse),
        "other positions": _others(reading, readings),
        "reporting verb": _reporting_verb(resolver.parse, reading),
        "opened by": _opener(resolver.parse, reading.at),
        "from the trigger": _content_form(resolver.parse, reading),
        "entry and section": f"{reading.frame.id}, {_section(resolver)}",
    }


def _of_parties(resolver: ActorResolver, reading: Reading, party: Referent, beside: Beside) -> dict[str, str]:
    """What the actor, the other parties and what is known beside the reading tell."""
    others, naming, reported = _parties_beside(resolver, reading), _naming(resolver, party), _reported(reading, party)
    return {
        "actor named by": naming,
        "actor from": _slot(resolver, reading, party),
        "clauses before the trigger": _between(resolver, reading, party),
        "words of the actor": _words(resolver, party),
        "actor named before": _back(party),
        "kind of actor": resolver.words.kinds.get(party.actor or "", "unknown"),
        "reported": reported,
        "issue": _issue(beside.matter),
        "target": "another" if beside.target else "none",
        "target in the sentence": _yes(_addresses(resolver, beside.target)),
        "frame and parties": f"{reading.frame.id}, {others}",
        "stance and parties": f"{reading.stance}, {others}",
        "other parties in the sentence": others,
        "parties in the article": str(min(len(resolver.context.actors_named), MANY)),
        "stance and naming": f"{reading.stance}, {naming}",
        "stance and report": f"{reading.stance}, {reported}",
        "number of the actor": _number(resolver, party),
        "at home": _yes(party.actor is not None and party.actor == resolver.context.home),
        "content": _content(beside.content),
        "condition": _yes(beside.is_conditional),
        "day": beside.basis.value,
    }


def _parties_beside(resolver: ActorResolver, reading: Reading) -> str:
    """Whether the sentence names a party that the actor is not: what concerns nobody else is often a matter at home."""
    section, start, end = resolver.section, resolver.sentence.start, resolver.sentence.end
    named = {section.actor_of(m) for m in section.mentions_between(start, end)} - {None} - reading.own
    return "none" if not named else "one" if len(named) == 1 else "several"


def _reporting_verb(parse: Parse, reading: Reading) -> str:
    verb = reading.report.verb if reading.report else None
    return parse.lower[verb] if verb is not None else "none"


def _opener(parse: Parse, at: int) -> str:
    """The word that opens the clause: 'as soon as', 'because', 'that'."""
    marks = dependents(parse, at, "mark")
    return parse.lower[marks[0]] if marks else "none"


def _number(resolver: ActorResolver, party: Referent) -> str:
    word = resolver.section.text[party.start : party.end].lower()
    return word if word in PRONOUNS else "no pronoun"


def _content_form(parse: Parse, reading: Reading) -> str:
    if not reading.content:
        return "none"
    head = reading.content[0]
    return f"{parse.tags[head]}, {parse.deps[head]}"


def _yes(told: bool) -> str:
    return "yes" if told else "no"


def _clause(parse: Parse, at: int) -> str:
    """The relation in which the clause of the trigger hangs, below what carries it along."""
    carried = ""
    while parse.deps[at] in CARRYING and parse.heads[at] != at:
        carried = f"{parse.deps[at]} of "
        at = parse.heads[at]
    return f"{carried}{parse.deps[at]}"


def _form(parse: Parse, at: int) -> str:
    if not is_verb(parse, at):
        return "noun" if parse.tags[at].startswith("NN") else "other"
    passive = " passive" if dependents(parse, at, "auxpass") else ""
    perfect = (
        " perfect" if any(parse.lower[c] in ("has", "have", "had", "'ve") for c in dependents(parse, at, "aux")) else ""
    )
    return f"{parse.tags[at]}{perfect}{passive}"


def _modal(parse: Parse, reading: Reading) -> str:
    return (modal_of(parse, reading.at) or "none") if is_verb(parse, reading.at) else "none"


def _naming(resolver: ActorResolver, party: Referent) -> str:
    """By what kind of words the actor was known."""
    text = resolver.section.text[party.start : party.end]
    if party.person is not None:
        return "person" if party.person.name.split()[-1] in text else "person elsewhere"
    mention = resolver.section.mention_covering(party.start, party.end)
    if mention is not None and mention.actor == party.actor:
        kind = "person" if mention.person else mention.kind
        return kind if mention.end >= party.end else f"{kind} before a noun"
    word = text.lower()
    if " " not in word and word in PRONOUNS:
        return "pronoun of a person" if word in ("he", "she", "i", "his", "her", "him") else "pronoun"
    return "described" if party.antecedent is None else "described, named before"


PRONOUNS = english.words("all_pronouns")


def _slot(resolver: ActorResolver, reading: Reading, party: Referent) -> str:
    """Where the clause has the actor: in a slot of the frame, or as the one who says it."""
    said_by = reading.report is not None and any(r.start == party.start for r in reading.report.by)
    if said_by:
        return "speaker"
    parse, at = resolver.parse, reading.at
    if is_verb(parse, at):
        return "own subject" if own_subject(parse, at) is not None else "subject above"
    return reading.frame.actor[0]


def _between(resolver: ActorResolver, reading: Reading, party: Referent) -> str:
    """How many words that begin a clause stand between the actor and the trigger."""
    trigger = resolver.sentence.start + resolver.parse.starts[reading.match.first]
    if party.end >= trigger:
        return "behind"
    words = WORD.findall(resolver.section.text[party.end : trigger])
    return str(min(sum(word in CLAUSE_WORDS for word in words), 3))


CLAUSE_WORDS = english.words("clause_words")
WORD = re.compile(r"\w+")


def _words(resolver: ActorResolver, party: Referent) -> str:
    """How many words name the actor: long names hold more than a name."""
    words = resolver.section.text.count(" ", party.start, party.end) + 1
    return "one" if words == 1 else "two" if words == 2 else "a few" if words <= NEAR else "many"


def _back(party: Referent) -> str:
    if party.antecedent is None:
        return "here"
    away = party.start - party.antecedent
    near, far = CHARACTERS_BACK
    return "later" if away < 0 else "near" if away <= near else "some way back" if away <= far else "far back"


def _reported(reading: Reading, party: Referent) -> str:
    report = reading.report
    if report is None:
        return "no"
    how = "by a verb" if report.verb is not None else "around"
    if any(r.actor == party.actor for r in report.by if r.actor):
        return f"{how}, by the actor"
    known = any(r.actor for r in report.by)
    return f"{how}, by {'another' if known else 'somebody'}"


def _section(resolver: ActorResolver) -> str:
    if resolver.sentence.section == "title":
        return "title"
    return "lead" if resolver.sentence.start < LEAD else "body"


def _length(parse: Parse) -> str:
    return "short" if len(parse) <= LONG else "long" if len(parse) <= VERY_LONG else "very long"


def _others(reading: Reading, readings: Sequence[Reading]) -> str:
    """What else is read in the sentence."""
    others = [r for r in readings if r.why_none is None and r is not reading]
    if not others:
        return "none"
    if any(r.at == reading.at for r in others):
        return "of the same word"
    return "of the same stance" if all(r.stance is reading.stance for r in others) else "of another stance"


def _issue(matter: Matter) -> str:
    if not matter.issues:
        return "none"
    return "named" if matter.is_of_content else "named loosely" if matter.is_named else "around"


def _addresses(resolver: ActorResolver, target: str | None) -> bool:
    start, end = resolver.sentence.start, resolver.sentence.end
    return target is not None and any(m.actor == target for m in resolver.section.mentions_between(start, end))


def _content(content: str) -> str:
    words = content.count(" ") + 1 if content else 0
    return "none" if not words else "a word" if words == 1 else "a phrase" if words <= NEAR else "a clause"
