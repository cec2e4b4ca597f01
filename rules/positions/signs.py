"""What a reading knows that tells how far it can be relied on, as named signs: what confidence is worked out from."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

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
# Words from the trigger to those that name the actor, and from these to where the party was last named.
NEAR, FAR = 4, 12
CHARACTERS_BACK = (80, 300)
FEW, SOME = 1, 4
LONG, VERY_LONG = 25, 40
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
    match, verdict = reading.match, reading.verdict
    return {
        "frame": reading.frame.id,
        "entry": reading.trigger_id,
        "word": f"{match.kind}, {reading.stance}",
        "turned": verdict.reason.partition(":")[0] if reading.stance is not reading.frame.stance else "no",
        "committed to": verdict.reason.partition(": ")[2] or "nothing",
        "negated": _yes(verdict.negated),
        "complement": min(verdict.complements, default="none"),
        "clause": _clause(resolver.parse, reading.at),
        "form of the verb": _form(resolver.parse, reading.at),
        "modal": _modal(resolver.parse, reading),
        "actor named by": _naming(resolver, party),
        "actor from": _slot(resolver, reading, party),
        "actor stands": _distance(resolver, reading, party),
        "actor named before": _back(party),
        "actor in the article": _times(resolver, party),
        "kind of actor": resolver.words.kinds.get(party.actor or "", "unknown"),
        "actors": str(min(len(reading.actors), 3)),
        "reported": _reported(reading, party),
        "in quotation marks": _yes(resolver.in_quotes(reading.at)),
        "section": _section(resolver),
        "length of the sentence": _length(resolver.parse),
        "other positions": _others(reading, readings),
        "left aside": str(min(sum(r.why_none is not None for r in readings), SOME)),
        "issue": _issue(beside.matter),
        "target": "another" if beside.target else "none",
        "target in the clause": _yes(_addresses(resolver, beside.target)),
        "content": _content(beside.content),
        "condition": _yes(beside.is_conditional),
        "day": beside.basis.value,
    }


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


PRONOUNS = frozenset(
    "he she it they we i you his her its their our my who which that him them us this these those".split()
)


def _slot(resolver: ActorResolver, reading: Reading, party: Referent) -> str:
    """Where the clause has the actor: in a slot of the frame, or as the one who says it."""
    said_by = reading.report is not None and any(r.start == party.start for r in reading.report.by)
    if said_by:
        return "speaker"
    parse, at = resolver.parse, reading.at
    if is_verb(parse, at):
        return "own subject" if own_subject(parse, at) is not None else "subject above"
    return reading.frame.actor[0]


def _distance(resolver: ActorResolver, reading: Reading, party: Referent) -> str:
    start, end = resolver.sentence.start, resolver.sentence.end
    if not start <= party.start < end:
        return "in another sentence"
    trigger = start + resolver.parse.starts[reading.match.first]
    words = resolver.section.text.count(" ", min(party.start, trigger), max(party.start, trigger))
    side = "before" if party.start < trigger else "after"
    return f"{'near' if words <= NEAR else 'some way' if words <= FAR else 'far'} {side}"


def _back(party: Referent) -> str:
    if party.antecedent is None:
        return "here"
    away = party.start - party.antecedent
    near, far = CHARACTERS_BACK
    return "later" if away < 0 else "near" if away <= near else "some way back" if away <= far else "far back"


def _times(resolver: ActorResolver, party: Referent) -> str:
    """How the article names the actor, among others."""
    ranked = resolver.context.actors_by_times
    rank = next((n for n, (actor, _) in enumerate(ranked) if actor == party.actor), None)
    if rank is None:
        return "never named"
    times = ranked[rank][1]
    often = "once" if times <= FEW else "sometimes" if times <= SOME else "often"
    return f"{often}, {'most' if rank == 0 else 'second' if rank == 1 else 'less than others'}"


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
