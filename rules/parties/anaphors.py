"""What a common noun points back to: 'the alliance', 'both sides', 'the minister', 'the government'."""

import re
from collections.abc import Mapping
from dataclasses import replace

from rules.language import english
from rules.parties.coreference import (
    actor_before,
    group_before,
    group_of,
    holder_before,
    introduced,
    issuers_before,
    last_two,
    last_two_groups,
    last_two_people,
    mediators,
    named_by_last_word,
    person_before,
    sentences_before,
)
from rules.parties.mentions import Phrases
from rules.parties.people import NamedPerson
from rules.parties.pronouns import Resolve
from rules.parties.section import Referent
from rules.syntax.clause import says_what_must_be
from rules.syntax.grammar import MODIFIERS, SUBJECTS, dependents, phrase_span, words_of
from rules.syntax.subjects import surface_subject

SPOKEN_BY = english.words("words_of_speech")
ISSUING_BODIES = english.words("bodies_of_issuers")
# How often an article names each of the two sides that it is about.
LEADING = 3
# Parties named most often, of which one may be the body whose leaders a text means.
LED = 2
# How many sentences back "the group" may look.
GROUP_BACK = 4
OPENING_PLACE = english.words("opening_places")
SIDES = english.words("joint_nouns")
OWNING = english.words("owning_prepositions")
# How many sentences back two parties or more may be named side by side.
NEAR_GROUP = 1
FAR_GROUP = 8
COUNTED = re.compile(rf"[\w]+-{english.pattern('compound_counters')}$")
# Offices that, where nobody is named who holds them, are those of the state that an article is at home in.
HEADS_AT_HOME = english.words("offices_at_home")
# Bodies that are those of a speaker's own state, where nothing tells whose.
SPEAKERS_BODIES = english.words("speakers_bodies")
POINTING = english.words("pointing_words")


def pointed_to(phrases: Phrases, i: int, meanings: Mapping[str, str]) -> list[Referent]:
    """The parties that a noun points back to, none where it points nowhere.

    `meanings` holds the nouns that mean one actor of the lists once the article has named it.
    """
    parse, word = phrases.parse, phrases.parse.lower[i]
    issuer = _voice_of_issuer(phrases, i)
    if issuer:
        return issuer
    if word in SPOKEN_BY and not dependents(parse, i, "poss", "prep", "compound", "nmod"):
        start = phrases.offsets(i)[0]
        issuers = _issuers(phrases, word)
        return issuers or _one(actor_before(phrases.section, start))  # 'A spokesman said', its party named before
    if parse.tags[i] == "NNS" and word in phrases.words.pair_people and not any(c < i for c in parse.children[i]):
        return _of_body(phrases, i)
    if parse.tags[i] != "DT" and POINTING.isdisjoint(parse.lower[c] for c in parse.children[i]):
        return []
    several = _several(phrases, i)
    if several:
        return several
    if word in meanings and meanings[word] in {*phrases.context.actors_named, phrases.context.issuer}:
        start = phrases.offsets(i)[0]
        return [Referent(meanings[word], start, start)]
    return (
        _owner_of_report(phrases, i)
        or _person(phrases, i)
        or _named_so(phrases, i)
        or _group(phrases, i)
        or _state(phrases, i)
        or _office_of_issuer(phrases, i)
    )


def _voice_of_issuer(phrases: Phrases, i: int) -> list[Referent]:
    """'the Ministry', 'the spokesperson', 'this statement' in a text of an issuer, where nothing tells whose."""
    if phrases.context.issuer is None:
        return []
    is_voice = phrases.parse.lower[i] in SPOKEN_BY | ISSUING_BODIES and _is_unowned(phrases, i)
    return phrases.context.issuer_at(phrases.offsets(i)[0]) if is_voice else at_home(phrases, i)


def _office_of_issuer(phrases: Phrases, i: int) -> list[Referent]:
    """'the President' in a statement that names nobody who holds the office."""
    is_office = phrases.parse.lower[i] in phrases.words.person_anaphors and _is_unowned(phrases, i)
    return phrases.context.issuer_at(phrases.offsets(i)[0]) if is_office else []


def _of_body(phrases: Phrases, i: int) -> list[Referent]:
    """'Leaders agreed', where the article is about an organisation and has spoken of its leaders."""
    beside = introduced(phrases.section, phrases.offsets(i)[0], phrases.parse.lower[i])
    if beside is None or phrases.words.kinds.get(beside.actor or "") not in ("organisation", "group"):
        return []
    return [beside] if beside.actor in [actor for actor, _ in phrases.context.actors_by_times[:LED]] else []


def _several(phrases: Phrases, i: int) -> list[Referent]:
    """'both sides', 'the two ministers', 'the three countries', 'the mediators'."""
    parse, words, word = phrases.parse, phrases.words, phrases.parse.lower[i]
    before = {parse.lower[c] for c in parse.children[i] if c < i}
    count = 2 if "both" in before else next((words.numbers[w] for w in sorted(before) if w in words.numbers), 0)
    is_groups = parse.tags[i] == "NNS" and word.rstrip("s") in words.group_anaphors
    if word in words.mediating:
        return mediators(phrases.section, phrases.words, count)
    if phrases.phrase_text(i).lower().startswith(tuple(words.both_sides)) or (word == "both" and not parse.children[i]):
        count = 2
    elif word not in words.pair_nouns and word not in words.pair_people and not is_groups:
        return []
    if count == 2:
        if is_groups:
            return last_two_groups(phrases.section, phrases.offsets(i)[0], words.kinds)
        if word in SIDES:
            return _two_sides(phrases, i)
        people = last_two_people(phrases.section, phrases.offsets(i)[0]) if word in words.pair_people else []
        return people or group_of(phrases.section, phrases.sentence.start, 2, NEAR_GROUP) or _two_sides(phrases, i)
    return group_of(phrases.section, phrases.sentence.start, count, FAR_GROUP) if count else []


def _named_so(phrases: Phrases, i: int) -> list[Referent]:
    """'the commission', 'the union': the party whose name, told before, ends in the word."""
    word, at = phrases.parse.lower[i], phrases.offsets(i)[0]
    if _modifiers(phrases, i) or dependents(phrases.parse, i, "prep"):
        return []
    return _one(named_by_last_word(phrases.section, at, word))


def _two_sides(phrases: Phrases, i: int) -> list[Referent]:
    """The last two parties named before, unless two others are plainly those that the article is about."""
    start = phrases.offsets(i)[0]
    last = last_two(phrases.section, start)
    leading = [actor for actor, times in phrases.context.actors_by_times[:2] if times >= LEADING]
    named_often = [phrases.context.actors_named[r.actor or ""] for r in last]
    if len(leading) < 2 or (last and min(named_often) >= LEADING):
        return last
    return [Referent(actor, start, start) for actor in leading]


def _one(referent: Referent | None) -> list[Referent]:
    return [] if referent is None else [referent]


def at_home(phrases: Phrases, i: int) -> list[Referent]:
    """'the army', 'senior officials', 'Parliament': of the state that the article is at home in."""
    parse, words = phrases.parse, phrases.words
    names = {parse.lower[i], " ".join(parse.lower[max(0, i - 1) : i + 1])}
    if words.home_nouns.isdisjoint(names) or not _is_unowned(phrases, i):
        return []
    return _one(_at_home_here(phrases, i))


def _at_home_here(phrases: Phrases, i: int) -> Referent | None:
    """'In Oman, the government urged': the state that the clause of the noun opens with, else that of the article."""
    parse = phrases.parse
    openings = [c for c in dependents(parse, parse.heads[i], "prep") if c < i and parse.lower[c] in OPENING_PLACE]
    named = [phrases.mention(noun) for c in openings for noun in dependents(parse, c, "pobj")]
    states = [m for m in named if m is not None and phrases.words.kinds.get(m.actor or "") == "state"]
    if states and states[0].kind == "name":
        return Referent(states[0].actor, states[0].start, states[0].end)
    return phrases.context.home_at(phrases.offsets(i)[0])


def of_speaker(phrases: Phrases, i: int, resolve: Resolve, depth: int) -> list[Referent]:
    """'the authorities', 'the government' in what an official says they do: those of the official's own state."""
    parse, clause = phrases.parse, phrases.parse.heads[i]
    report = parse.heads[clause]
    is_told = parse.deps[i] in SUBJECTS and parse.deps[clause] == "ccomp" and not says_what_must_be(parse, clause)
    if parse.lower[i] not in SPEAKERS_BODIES or not is_told or parse.lower[report] not in phrases.words.reporting:
        return []
    subject = surface_subject(parse, report)
    if subject is None or phrases.context.is_filed_at_home or not _is_unowned(phrases, i):
        return []
    speakers = resolve(subject, depth + 1)
    are_of_state = len(speakers) == 1 and phrases.words.kinds.get(speakers[0].actor or "") == "state"
    return [Referent(speakers[0].actor, *phrases.offsets(i))] if are_of_state else []


def _is_unowned(phrases: Phrases, i: int) -> bool:
    """Whether nothing around a body or an office tells whose it is: not 'local officials', 'a bank's spokesman'."""
    parse, words = phrases.parse, phrases.words
    before = dependents(parse, i, *MODIFIERS)
    after = [n for c in dependents(parse, i, "prep") for n in dependents(parse, c, "pobj") if parse.lower[c] in OWNING]
    for noun in (*before, *after):
        if (
            parse.lower[noun] not in words.home_modifiers
            or parse.deps[noun] == "poss"
            or not _is_unowned(phrases, noun)
        ):
            return False
    return True


def _owner_of_report(phrases: Phrases, i: int) -> list[Referent]:
    """'the report', 'the delegation': of the party that the text put beside the noun before."""
    word = phrases.parse.lower[i]
    if not phrases.words.stands_for_its_party(word) or dependents(phrases.parse, i, "prep", "poss"):
        return []
    beside = introduced(phrases.section, phrases.offsets(i)[0], word, phrases.words.is_document(word))
    return [beside] if beside else _issuers(phrases, word)


def _issuers(phrases: Phrases, word: str) -> list[Referent]:
    """Who issued 'the statement', where the text told of one before."""
    if not phrases.words.is_document(word):
        return []
    return issuers_before(phrases.section, phrases.sentence.start, word, phrases.words.numbers)


def _person(phrases: Phrases, i: int) -> list[Referent]:
    """'the ministers' for parties named side by side, 'the minister' for the person named last."""
    parse, section, word = phrases.parse, phrases.section, phrases.parse.lower[i]
    modifiers = _modifiers(phrases, i)
    is_named = any(parse.tags[c] == "NNP" for c in modifiers)  # 'the JMM leaders'
    if parse.tags[i] == "NNS" and word.rstrip("s") in phrases.words.person_anaphors and not (modifiers[1:] or is_named):
        return group_before(section, phrases.sentence.start)
    if word not in phrases.words.person_anaphors:
        return []
    stranger = _stranger_at_home(phrases, i)
    if stranger is not None or dependents(parse, i, "prep"):
        return _one(stranger)
    at = phrases.offsets(i)[0]
    pronoun = "she" if word.endswith("woman") else "he"
    office = " ".join([*(parse.lower[c] for c in dependents(parse, i, "compound", "amod") if c < i), word])
    holder = holder_before(section, at, office)
    if holder is None and word in HEADS_AT_HOME and phrases.context.home:
        return _one(phrases.context.home_at(at))
    return _one(holder or person_before(section, at, pronoun))


def _stranger_at_home(phrases: Phrases, i: int) -> Referent | None:
    """'the security minister, X, said': of the country that the article is filed from."""
    parse = phrases.parse
    names = [c for c in dependents(parse, i, "appos") if parse.tags[c] == "NNP"]
    home = phrases.context.home_at(phrases.offsets(i)[0])
    if not names or home is None:
        return None
    name = words_of(parse, phrase_span(parse, names[0])[0], names[0])
    return replace(home, person=NamedPerson(name, home.actor, parse.lower[i]))


def _group(phrases: Phrases, i: int) -> list[Referent]:
    """'the group', 'the bloc', 'the rebels': the party named last that is no state."""
    word, words = phrases.parse.lower[i], phrases.words
    are_followers = word in words.followers and phrases.parse.tags[i] == "NNS"
    if (
        (word not in words.group_anaphors and not are_followers)
        or any(
            phrases.parse.lower[c] not in words.group_modifiers and not COUNTED.match(phrases.parse.lower[c])
            for c in _modifiers(phrases, i)
        )
        or dependents(phrases.parse, i, "prep")
    ):
        return []
    at = phrases.offsets(i)[0]
    meant = ("non_state", "subnational") if are_followers else ("non_state", "organisation")
    for begin, end in sentences_before(phrases.section, at, GROUP_BACK):
        for mention in reversed(phrases.section.mentions_between(begin, end)):
            if mention.actor and mention.person is None and words.kinds[mention.actor] in meant:
                return [Referent(mention.actor, mention.start, mention.end)]
    return []


def _state(phrases: Phrases, i: int) -> list[Referent]:
    """'the country', 'the Himalayan state': the one at home, else the one named before."""
    parse, word = phrases.parse, phrases.parse.lower[i]
    means_state = word in phrases.words.state_anaphors or (word == "state" and dependents(parse, i, "amod"))
    if not means_state or _modifiers(phrases, i)[1:] or dependents(parse, i, "prep"):
        return []
    at = phrases.offsets(i)[0]
    home = _at_home_here(phrases, i)
    if home is not None and (phrases.context.is_filed_at_home or word in phrases.words.home_nouns):
        return [home]
    return _one(actor_before(phrases.section, at, phrases.words.kinds, ("state",)) or home)


def _modifiers(phrases: Phrases, i: int) -> list[int]:
    return [c for c in dependents(phrases.parse, i, *MODIFIERS) if phrases.parse.deps[c] != "poss"]
