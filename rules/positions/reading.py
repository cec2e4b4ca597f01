"""What becomes of each trigger of a sentence: its stance, whose it is, who reports it, and where its content lies."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rules.frames.roles import find_role
from rules.frames.stances import StanceFinder, Verdict
from rules.parties.resolver import ActorResolver
from rules.parties.section import Referent
from rules.parties.speech import Report, report_of
from rules.positions.domestic import is_ruling, stays_at_home
from rules.syntax.grammar import dependents, is_verb, own_subject, subtree, subtree_without_circumstances
from rules.syntax.tree import Parse
from rules.text.words import Words
from schemas.position import Stance
from schemas.ruleset import Trigger

WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
# Roles that many words hold which are no party: 'a peace demand', 'a call for action'.
KNOWN_ALONE = ("possessive", "to", "for")


@dataclass(frozen=True)
class Reading:
    """A verdict with all that was read around it: what a position is made from, and what an explanation tells.

    `content` holds the heads of the words that say what is demanded, refused or offered.
    """

    verdict: Verdict
    actors: tuple[Referent, ...] = ()
    report: Report | None = None
    content: tuple[int, ...] = ()
    why_none: str | None = None

    @property
    def trigger(self) -> Trigger:
        return self.verdict.candidate.trigger

    @property
    def stance(self) -> Stance:
        """Raises ValueError for a reading that gives no position."""
        if self.verdict.stance is None:
            raise ValueError(f"{self.trigger.id} has no stance here: {self.why_none}")
        return self.verdict.stance

    @property
    def at(self) -> int:
        """The token that grammar hangs from."""
        return self.verdict.candidate.at

    @property
    def own(self) -> frozenset[str]:
        """The actors whose position it is, as far as they are known."""
        return frozenset(party.actor for party in self.actors if party.actor)


def read_sentence(resolver: ActorResolver, stances: StanceFinder) -> list[Reading]:
    """Every trigger found in a sentence, with what became of it."""
    verdicts = (stances.judge(resolver.parse, candidate) for candidate in stances.candidates(resolver.parse))
    return _without_nested(resolver.parse, [_read(resolver, verdict) for verdict in verdicts])


def inside_content(parse: Parse, reading: Reading) -> set[int]:
    """All tokens of what is demanded, refused or offered."""
    found = {j for i in reading.content for j in subtree_without_circumstances(parse, i)}
    return found - {j for c in _clauses_beside(parse, reading.at) for j in subtree(parse, c)}


def _clauses_beside(parse: Parse, at: int) -> list[int]:
    """Clauses with a subject of their own that are coordinated with the trigger's: '… will respond, and it urged'."""
    return [c for c in dependents(parse, at, "conj") if is_verb(parse, c) and own_subject(parse, c) is not None]


def _read(resolver: ActorResolver, verdict: Verdict) -> Reading:
    if verdict.stance is None:
        return Reading(verdict, why_none=verdict.reason)
    trigger, at = verdict.candidate.trigger, verdict.candidate.at
    report = report_of(resolver, at)
    unfit = _unfit_report(resolver, trigger, report)
    if unfit:
        return Reading(verdict, report=report, why_none=unfit)
    roles = [role for role in trigger.content if role != "subject"]
    content = tuple(i for role in roles for i in find_role(resolver.parse, at, role))
    actors = tuple(_in_first_words(resolver, actor, report) for actor in _actors(resolver, verdict, report))
    reading = Reading(verdict, actors, report, content)
    unfit = _unfit_actors(resolver, reading)
    return replace(reading, actors=(), why_none=unfit) if unfit else reading


def _unfit_report(resolver: ActorResolver, trigger: Trigger, report: Report | None) -> str | None:
    """Why the way in which a clause is reported, or not, does not fit the trigger."""
    if "speaker" in trigger.needs and report is None:
        return "nobody says it"
    if "unreported" in trigger.needs and report is not None:
        return "somebody says it"
    if trigger.said_with and not _is_said_with(resolver.parse, resolver.words, report, trigger.said_with):
        return f"not said with: {', '.join(trigger.said_with)}"
    if trigger.not_said_with and _is_said_with(resolver.parse, resolver.words, report, trigger.not_said_with):
        return f"said with one of: {', '.join(trigger.not_said_with)}"
    return None


def _is_said_with(parse: Parse, words: Words, report: Report | None, verbs: tuple[str, ...]) -> bool:
    if report is None or report.verb is None:
        return False
    return parse.lower[report.verb] in words.forms(verbs)


def _unfit_actors(resolver: ActorResolver, reading: Reading) -> str | None:
    """Why those found are not the ones whose position the trigger would tell."""
    trigger = reading.trigger
    if _is_a_thing(resolver, reading):
        return "no party but a thing"
    if _are_bystanders(resolver, reading):
        return "of somebody who speaks for no party"
    if is_ruling(resolver, reading.verdict):
        return "a ruling of a court or of the police"
    if stays_at_home(resolver, reading.verdict, reading.content):
        return "among parts of one state"
    if not reading.actors:
        return "no actor in any of: " + ", ".join(trigger.actor)
    if trigger.modals and trigger.actor == ("speaker",) and _is_said_of_itself(resolver, reading):
        return "says it of itself"
    if "own_statement" in trigger.needs and not _is_own_statement(reading):
        return "said of somebody else"
    if "known_target" in trigger.needs and not _addresses_another(resolver, reading):
        return "addressed to no known party"
    if "names_another" in trigger.needs and not _names_another(resolver, reading):
        return "its content names no other party"
    if "known_actor" in trigger.needs and not reading.own:
        return "of no known party"
    return None


def _is_a_thing(resolver: ActorResolver, reading: Reading) -> bool:
    """'Heavy rain threatened', 'the museum offers': of no party that anybody knows, and of none that could be one."""
    if any(party.actor for party in reading.actors):
        return False
    subjects = (i for role in reading.trigger.actor for i in find_role(resolver.parse, reading.at, role))
    return any(resolver.parse.lower[i] in resolver.words.things for i in subjects)


def _are_bystanders(resolver: ActorResolver, reading: Reading) -> bool:
    """'Analysts said Oslo should', 'X, an oil tycoon, urged': of people whom no list of actors will ever hold."""
    texts = [resolver.section.text[p.start : p.end].lower() for p in reading.actors if p.actor is None]
    bystanders = resolver.words.bystanders
    return (
        bool(texts)
        and len(texts) == len(reading.actors)
        and any(bystanders.intersection(WORD.findall(t)) for t in texts)
    )


def _addresses_another(resolver: ActorResolver, reading: Reading) -> bool:
    """Whether a target role holds a known party other than the actor: courts and police order people at home."""
    nouns = (i for role in reading.trigger.target for i in find_role(resolver.parse, reading.at, role))
    return any(party.actor and party.actor not in reading.own for i in nouns for party in resolver.resolve(i))


def _names_another(resolver: ActorResolver, reading: Reading) -> bool:
    """Whether the content names a party of the lists that is not the actor: most bills are about matters at home."""
    mentions = map(resolver.mention, inside_content(resolver.parse, reading))
    return any(mention is not None and mention.actor and mention.actor not in reading.own for mention in mentions)


def _is_said_of_itself(resolver: ActorResolver, reading: Reading) -> bool:
    """'Sweden said it should have acted' demands nothing of anybody else."""
    subjects = find_role(resolver.parse, reading.at, "surface_subject")
    told = reading.report is not None and reading.report.verb is not None and _told(resolver.parse, reading.report.verb)
    named = [
        i for i in subjects if resolver.parse.lower[i] != "they" and not (told and resolver.parse.lower[i] == "it")
    ]
    return any(party.actor in reading.own for i in named for party in resolver.resolve(i))


def _told(parse: Parse, verb: int) -> bool:
    """'told the envoys it should': whoever is told is meant."""
    return bool(dependents(parse, verb, "dobj", "dative"))


def _is_own_statement(reading: Reading) -> bool:
    """Whether the reporter is the party that the clause is about: 'Iran warned that it would'."""
    reporters = reading.report.by if reading.report else ()
    return not _identities(reporters).isdisjoint(_identities(reading.actors))


def _identities(parties: Iterable[Referent]) -> set[object]:
    return {party.actor or (party.start, party.end) for party in parties}


def _actors(resolver: ActorResolver, verdict: Verdict, report: Report | None) -> tuple[Referent, ...]:
    """The parties in the first of the trigger's actor roles that holds any."""
    candidate = verdict.candidate
    for role in candidate.trigger.actor:
        if role == "speaker":
            if report is not None:
                return report.by
            continue
        found = [party for i in find_role(resolver.parse, candidate.at, role) for party in resolver.resolve(i)]
        if role in KNOWN_ALONE:
            found = [party for party in found if party.actor]
        if report is not None and _are_followers(resolver, candidate.at, role):
            return report.by
        if found:
            return tuple(found)
    return ()


def _are_followers(resolver: ActorResolver, at: int, role: str) -> bool:
    """'The rebels said the fighters would leave': of those who follow, and whom nothing else names."""
    parse = resolver.parse
    found = find_role(parse, at, role)
    return bool(found) and all(
        parse.lower[i] in resolver.words.followers
        and {parse.lower[c] for c in parse.children[i]} <= {"the", "its", "their", "all"}
        for i in found
    )


def _in_first_words(resolver: ActorResolver, actor: Referent, report: Report | None) -> Referent:
    """The party in the words that name it first: 'Lula said Brazil would not' → Lula for Brazil.

    So an office that nothing else places: 'The foreign minister said Brazil would not'; and a government that nothing
    places but whoever speaks for it: 'Prime Minister Tom Avery said the government would'.
    """
    if report is None or report.verb is None:
        return actor
    for reporter in report.by:
        if reporter.start >= actor.start:
            continue
        if actor.actor is None and reporter.person is not None and _is_the_government(resolver, actor):
            return reporter
        is_same = reporter.actor == actor.actor or (reporter.actor is None and reporter.is_office)
        if actor.actor is not None and is_same:
            return Referent(actor.actor, reporter.start, reporter.end, actor.person or reporter.person)
    return actor


def _is_the_government(resolver: ActorResolver, party: Referent) -> bool:
    return resolver.section.text[party.start : party.end].lower() in (
        "the government",
        "his government",
        "her government",
    )


def _without_nested(parse: Parse, readings: list[Reading]) -> list[Reading]:
    """Drops a trigger that only says what another one demands, refuses or offers: 'urged Iran to accept'."""
    kept = []
    for reading in readings:
        outer = _outer(parse, reading, readings) if reading.why_none is None else None
        kept.append(replace(reading, why_none=f"part of what '{outer}' says") if outer else reading)
    return kept


def _outer(parse: Parse, reading: Reading, readings: list[Reading]) -> str | None:
    below = subtree(parse, reading.at)
    for other in readings:
        if other.verdict.stance is None or other.at in below or reading.at not in inside_content(parse, other):
            continue
        if not _says_its_own(parse, reading, other):
            return other.trigger.id
    return None


def _says_its_own(parse: Parse, reading: Reading, other: Reading) -> bool:
    """'rejected Moscow's demand to …' shows that Moscow demands it; a demand without content or owner does not.

    So does 'proposed a levy, a plan opposed by Chad' show what Chad opposes.
    """
    is_told_beside = parse.deps[reading.at] == "acl" and bool(dependents(parse, reading.at, "agent")) and reading.own
    if not is_told_beside and (not reading.trigger.nouns or not reading.content):
        return False
    return {party.actor for party in reading.actors}.isdisjoint(party.actor for party in other.actors)
