"""What becomes of each match in a sentence: its stance, whose it is, who reports it, and where its content lies."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rules.frames.stances import StanceFinder, Verdict
from rules.parties.resolver import ActorResolver
from rules.parties.section import Referent
from rules.parties.speech import Report, report_of
from rules.positions.domestic import is_ruling, stays_at_home
from rules.positions.reading import Reading, inside_content
from rules.syntax.grammar import ancestors, dependents, is_noun, is_verb, modal_of, subtree
from rules.syntax.tree import Parse
from schemas.position import Stance

WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
# Slots that many words hold which are no party: 'unacceptable for a reason'.
KNOWN_ALONE = ("to", "for")
JOINT = 2  # parties
FUTURE = ("will", "would", "shall")


def read_sentence(resolver: ActorResolver, stances: StanceFinder) -> list[Reading]:
    """Every match found in a sentence, with what became of it."""
    readings = [_read(resolver, verdict, stances) for verdict in stances.verdicts(resolver.parse)]
    return _without_nested(resolver.parse, _without_twins(_without_warned(_without_lone(readings))))


def _without_twins(readings: list[Reading]) -> list[Reading]:
    """Of two frames that read the same stance of the same parties off one verb, the one whose words say more.

    So of a modal and the verb of a demand that it serves: 'will press Peru to' commits to nothing else.
    """
    best: dict[tuple[object, ...], Reading] = {}
    for reading in (r for r in readings if r.why_none is None):
        key = (reading.at, reading.stance, reading.own or reading.actors)
        if key not in best or _says_more(reading, best[key]):
            best[key] = reading
    by_verb = {(r.at, r.own) for r in best.values() if r.match.kind == "verb" and r.stance is Stance.DEMAND}
    kept = {id(r) for r in best.values() if r.match.kind != "modal" or (r.at, r.own) not in by_verb}
    return [r if r.why_none is not None or id(r) in kept else replace(r, why_none="said twice") for r in readings]


def _without_warned(readings: list[Reading]) -> list[Reading]:
    """'warned that it would withdraw' is a threat, and not also an announcement."""
    warned = {r.at for r in readings if r.why_none is None and "warned" in r.frame.needs}
    return [
        replace(r, why_none="warned of")
        if r.why_none is None and r.at in warned and "warned" not in r.frame.needs and r.match.kind == "modal"
        else r
        for r in readings
    ]


def _says_more(reading: Reading, other: Reading) -> bool:
    """A verb of its own says more than a modal, and whatever has content more than what has none."""
    return (reading.match.kind != "modal", len(reading.content)) > (other.match.kind != "modal", len(other.content))


def _without_lone(readings: list[Reading]) -> list[Reading]:
    """What several parties do jointly is not also said of each alone: 'Chad and Mali decided to reopen the bridge'."""
    joint = {r.match.first: r for r in readings if r.why_none is None and "joint" in r.frame.needs}
    return [
        replace(r, why_none=f"said jointly: '{joint[r.match.first].trigger_id}'")
        if r.why_none is None and r.match.first in joint and "joint" not in r.frame.needs
        else r
        for r in readings
    ]


def _read(resolver: ActorResolver, verdict: Verdict, stances: StanceFinder) -> Reading:
    reading = Reading(verdict, stances.constructions)
    if verdict.stance is None:
        return replace(reading, why_none=verdict.reason)
    report = report_of(resolver, reading.at)
    reading = replace(reading, report=report)
    unfit = _unfit_report(reading)
    if unfit:
        return _without_stance(reading, unfit)
    actors = tuple(_in_first_words(resolver, actor, report) for actor in _actors(resolver, reading))
    reading = replace(reading, actors=actors)
    if _is_for_another_to_do(resolver, reading):
        reading = replace(reading, verdict=stances.of_another(verdict))
    unfit = _unfit_needs(resolver, reading)
    if unfit:
        return _without_stance(reading, unfit)
    unfit = _unfit_actors(resolver, reading)
    if unfit is None and (at_home := _why_domestic(resolver, reading)):
        return replace(reading, why_none=at_home, is_domestic=bool(reading.own))
    return replace(reading, actors=(), why_none=unfit) if unfit else reading


def _why_domestic(resolver: ActorResolver, reading: Reading) -> str | None:
    """Why a position is no part of the exchange between parties, though somebody takes it."""
    if stays_at_home(resolver, reading):
        return "among parts of one state"
    if reading.stance is Stance.DEMAND and _is_told_at_home(resolver, reading):
        return "told to its own people"
    return None


def _is_for_another_to_do(resolver: ActorResolver, reading: Reading) -> bool:
    """'proposed that Mali withdraw': the subject of the content is another party, and the actor no part of it."""
    doers = {p.actor for i in reading.slot("content_doer") for p in resolver.resolve(i) if p.actor}
    return bool(doers) and bool(reading.own) and doers.isdisjoint(reading.own)


def _without_stance(reading: Reading, why: str) -> Reading:
    """A match that is no position whosever it were: it hides nothing that stands inside it."""
    return replace(reading, verdict=replace(reading.verdict, stance=None), actors=(), why_none=why)


def _unfit_report(reading: Reading) -> str | None:
    """Why the way in which a clause is reported, or not, does not fit the frame."""
    if "speaker" in reading.frame.needs and reading.report is None:
        return "nobody says it"
    if "warned" in reading.frame.needs and not _is_warned(reading):
        return "nobody warns of it"
    if "unreported" in reading.frame.needs and reading.report is not None:
        return "somebody says it"
    return None


def _is_warned(reading: Reading) -> bool:
    verb = reading.report.verb if reading.report else None
    return verb is not None and reading.constructions.warns(reading.match.parse.lower[verb])


def _unfit_actors(resolver: ActorResolver, reading: Reading) -> str | None:
    """Why those found are not ones whose position anybody keeps."""
    if _is_a_thing(resolver, reading):
        return "no party but a thing"
    if _are_bystanders(resolver, reading.actors):
        return "of somebody who speaks for no party"
    if is_ruling(resolver, reading):
        return "a ruling of a court or of the police"
    if not reading.actors:
        return "no actor in any of: " + ", ".join(reading.frame.actor)
    if "known_actor" in reading.frame.needs and not reading.own:
        return "of no known party"
    return None


def _unfit_needs(resolver: ActorResolver, reading: Reading) -> str | None:
    """What the frame needs of those found, and is not there."""
    needs = reading.frame.needs
    if reading.actors and _is_foretold_by_another(resolver, reading):
        return "foretold by somebody else"
    if reading.match.kind == "modal" and reading.frame.actor == ("speaker",) and _is_said_of_itself(resolver, reading):
        return "says it of itself"
    if "acting_subject" in needs and not _can_act(resolver, reading):
        return "of nobody who can act"
    # 'Chile will not come, Bolivia said' is Chile's refusal.
    is_denied = reading.verdict.negated and bool(reading.own)
    is_by_outsider = reading.report is not None and _are_bystanders(resolver, reading.report.by)
    if "own_statement" in needs and not _is_own_statement(reading) and (not is_denied or is_by_outsider):
        return "said of somebody else"
    may_be_denied = is_denied and "negated" not in needs  # where the words are negated anyhow, that denies nothing
    if "own_account" in needs and not may_be_denied and _is_told_by_another(resolver, reading):
        return "said of somebody else"
    if "joint" in needs and len(reading.own) < JOINT:
        return "of one party alone"
    if "known_target" in needs and not _addresses_another(resolver, reading):
        return "addressed to no known party"
    if "names_another" in needs and not _names_another(resolver, reading):
        return "its content names no other party"
    return None


def _can_act(resolver: ActorResolver, reading: Reading) -> bool:
    """Whether the subject is a party, somebody whom a pronoun means, or a noun of whoever can act."""
    parse, subjects = resolver.parse, reading.slot("subject")
    acting = (i for i in subjects if parse.tags[i] == "PRP" and parse.lower[i] != "it")
    somebody = (i for i in subjects if reading.constructions.is_somebody(parse.lower[i]))
    return any(True for _ in (*acting, *somebody)) or any(p.actor for i in subjects for p in resolver.resolve(i))


def _is_told_by_another(resolver: ActorResolver, reading: Reading) -> bool:
    """Whether another party, or an analyst, is who says the clause."""
    if reading.report is None or _is_own_statement(reading):
        return False
    others = [r for r in reading.report.by if r.actor and r.actor not in reading.own]
    return bool(others) or _are_bystanders(resolver, reading.report.by)


def _is_foretold_by_another(resolver: ActorResolver, reading: Reading) -> bool:
    """'Oslo will accept the plan, the Kenyan minister said': nobody has accepted; whom Oslo will ask, it asks."""
    parse, at = reading.match.parse, reading.at
    if reading.match.kind == "modal" or not is_verb(parse, at) or reading.verdict.negated:
        return False
    if reading.stance is Stance.DEMAND:
        return False
    is_future = modal_of(parse, at) in FUTURE and "speaker" not in reading.frame.actor
    return is_future and _is_told_by_another(resolver, reading)


def _is_told_at_home(resolver: ActorResolver, reading: Reading) -> bool:
    """'urged its citizens to leave', 'appealed to Israelis': a government tells its own people (codebook, 21)."""
    told = next(filter(None, (reading.slot(name) for name in ("party", "on", "to", "content_doer"))), [])
    if reading.match.kind == "modal":
        told = reading.slot("subject")
    parties = [(i, party.actor) for i in told for party in resolver.resolve(i)]
    at_home = [_are_people(resolver, i) for i, _ in parties]
    others = [actor for _, actor in parties if actor and actor not in reading.own]
    return bool(parties) and (all(at_home) or _are_own_officials(resolver, reading, told)) and not others


def _are_own_officials(resolver: ActorResolver, reading: Reading, told: list[int]) -> bool:
    """'defence chiefs urged the prime minister': whoever is told speaks for the state that tells."""
    kinds = resolver.words.kinds
    named = [i for i in told if is_noun(resolver.parse, i)]
    parties = [party for i in named for party in resolver.resolve(i) if party.actor]
    are_own = (p.person and p.actor in reading.own and kinds.get(p.actor) == "state" for p in parties)
    return bool(parties) and all(are_own)


def _are_people(resolver: ActorResolver, i: int) -> bool:
    mention = resolver.mention(i)
    return resolver.parse.lower[i] in resolver.words.own_people or (mention is not None and mention.kind == "demonym")


def _is_a_thing(resolver: ActorResolver, reading: Reading) -> bool:
    """'Heavy rain threatened', 'the museum offers': of no party that anybody knows, and of none that could be one."""
    if any(party.actor for party in reading.actors):
        return False
    subjects = (i for name in reading.frame.actor for i in reading.slot(name))
    return any(resolver.parse.lower[i] in resolver.words.things for i in subjects)


def _are_bystanders(resolver: ActorResolver, parties: Sequence[Referent]) -> bool:
    """'Analysts said Oslo should', 'X, an oil tycoon, urged': people whom no list of actors will ever hold."""
    texts = [resolver.section.text[p.start : p.end].lower() for p in parties if p.actor is None]
    bystanders = resolver.words.bystanders
    return bool(texts) and len(texts) == len(parties) and any(bystanders.intersection(WORD.findall(t)) for t in texts)


def _addresses_another(resolver: ActorResolver, reading: Reading) -> bool:
    """Whether a target role holds a known party other than the actor: courts and police order people at home."""
    nouns = (i for name in reading.frame.target for i in reading.slot(name))
    return any(party.actor and party.actor not in reading.own for i in nouns for party in resolver.resolve(i))


def _names_another(resolver: ActorResolver, reading: Reading) -> bool:
    """Whether the content names a party of the lists that is not the actor: most bills are about matters at home."""
    mentions = map(resolver.mention, inside_content(resolver.parse, reading))
    return any(mention is not None and mention.actor and mention.actor not in reading.own for mention in mentions)


def _is_said_of_itself(resolver: ActorResolver, reading: Reading) -> bool:
    """'Sweden said it should have acted' demands nothing of anybody else."""
    subjects = reading.slot("subject")
    told = reading.report is not None and reading.report.verb is not None and _told(resolver.parse, reading.report.verb)
    named = [
        i for i in subjects if resolver.parse.lower[i] != "they" and not (told and resolver.parse.lower[i] == "it")
    ]
    known = [party.actor for i in named for party in resolver.resolve(i) if party.actor]
    return bool(known) and all(actor in reading.own for actor in known)


def _told(parse: Parse, verb: int) -> bool:
    """'told the envoys it should': whoever is told is meant."""
    return bool(dependents(parse, verb, "dobj", "dative"))


def _is_own_statement(reading: Reading) -> bool:
    """Whether the reporter is the party that the clause is about: 'Iran warned that it would'."""
    reporters = reading.report.by if reading.report else ()
    speak_for_nobody_else = bool(reporters) and all(r.actor is None and (r.person or r.is_office) for r in reporters)
    return speak_for_nobody_else or not _identities(reporters).isdisjoint(_identities(reading.actors))


def _identities(parties: Iterable[Referent]) -> set[object]:
    return {party.actor or (party.start, party.end) for party in parties}


def _actors(resolver: ActorResolver, reading: Reading) -> tuple[Referent, ...]:
    """The parties in the first of the frame's actor slots that holds any."""
    for name in reading.frame.actor:
        if name == "speaker":
            if reading.report is not None:
                return reading.report.by
            continue
        words = reading.slot(name)
        found = [party for i in words for party in resolver.resolve(i)]
        if name in KNOWN_ALONE:
            found = [party for party in found if party.actor]
        if reading.report is not None and (_are_followers(resolver, words) or _is_shared(resolver, reading, found)):
            return reading.report.by
        is_issued = resolver.context.issuer is not None  # there 'it' is never the one who speaks
        if found and reading.report is not None and not is_issued and _are_pronouns_of_nobody(resolver, words, found):
            return reading.report.by  # 'Oslo's office said he would not come'
        if found:
            return tuple(found)
    return ()


def _are_pronouns_of_nobody(resolver: ActorResolver, words: list[int], found: list[Referent]) -> bool:
    return all(p.actor is None for p in found) and all(resolver.parse.tags[i] == "PRP" for i in words)


def _is_shared(resolver: ActorResolver, reading: Reading, found: list[Referent]) -> bool:
    """'said the reports were wrong and vowed to': what follows 'and' goes on after the report, not after a thing.

    So does a participle: 'said the blockade was harmful, urging Mali to end it'.
    """
    parse, at = resolver.parse, reading.at
    verb = reading.report.verb if reading.report else None
    is_free = parse.deps[at] == "advcl" and parse.tags[at] == "VBG"
    trails = is_free and "," in parse.words[max(0, at - 2) : at]
    goes_on = (parse.deps[at] == "conj" or trails) and verb in [*ancestors(parse, at)]
    return goes_on and bool(found) and all(party.actor is None for party in found)


def _are_followers(resolver: ActorResolver, found: list[int]) -> bool:
    """'The rebels said the fighters would leave': of those who follow, and whom nothing else names."""
    parse = resolver.parse
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
            return other.trigger_id
    return None


def _says_its_own(parse: Parse, reading: Reading, other: Reading) -> bool:
    """'rejected Moscow's demand to …' shows that Moscow demands it; a demand without content or owner does not.

    So do 'proposed a levy, a plan opposed by Chad' and 'signed the pact that Chad had urged'.
    """
    by_agent = parse.deps[reading.at] == "acl" and bool(dependents(parse, reading.at, "agent"))
    is_occasion = not {"occasion", "set_aside"}.isdisjoint(reading.frame.needs)
    is_told_beside = reading.own and (by_agent or is_occasion or parse.deps[reading.at] == "relcl")
    if not is_told_beside and (reading.match.kind != "noun" or not reading.content):
        return False
    return {party.actor for party in reading.actors}.isdisjoint(party.actor for party in other.actors)
