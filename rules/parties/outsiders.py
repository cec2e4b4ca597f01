"""Whoever is no party to anything: people, companies, experts, papers, and what is no person or body at all."""

import re

from rules.language import english
from rules.parties.mentions import Phrases
from rules.parties.section import Referent
from rules.syntax.grammar import dependents, subtree, words_of

WORD = re.compile(r"[^\W\d_][\w'’.-]*")
LAST_WORD = re.compile(r"[^\W\d_][\w’'-]*(?=\W*$)")
# Characters around a full name in which a text says who somebody is, and words before it.
BEFORE, AFTER = 50, 70
WORDS_BEFORE = 5
ENDS = re.compile(r"[.!?;:\n]\s|\n")
APPOSED = (",", " (", ")", " of ", " for ")
# Characters of a text that is too short to tell who somebody is.
SHORT = 400
SOME = english.words("words_of_some")


def is_no_party(phrases: Phrases, party: Referent) -> bool:
    """Whether words whose actor nobody knows name nobody whom a list of parties should hold."""
    if party.actor is not None:
        return False
    head = _head(phrases, party)
    if head is None:  # a speaker whom another sentence names
        return _is_private(phrases, party, None)
    tag, word = phrases.parse.tags[head], phrases.parse.lower[head]
    if not tag.startswith("NN"):
        return True  # a pronoun, 'those', 'others', a verb: nobody that a name could be learnt from
    if not tag.startswith("NNP"):
        is_head = word in phrases.words.party_heads and word not in phrases.words.private_descriptions
        return not is_head or _is_anybody(phrases, head) or _is_of_nobody(phrases, head) or _is_home_made(phrases, head)
    if word.rstrip(".") in phrases.words.company_endings or _is_in_a_title(phrases, head):
        return True
    return _is_of_nobody(phrases, head) or _is_private(phrases, party, head)


def _head(phrases: Phrases, party: Referent) -> int | None:
    """The word of the phrase that the others hang from, where the phrase stands in this sentence."""
    parse = phrases.parse
    inside = [i for i in range(len(parse)) if party.start <= phrases.offsets(i)[0] < party.end]
    within = set(inside)
    return next((i for i in inside if parse.heads[i] not in within or parse.heads[i] == i), None)


def _is_anybody(phrases: Phrases, head: int) -> bool:
    """'countries', 'its partners', 'the group', 'the summit': what could be any of many, and no name beside it."""
    parse, words = phrases.parse, phrases.words
    if parse.lower[head] not in words.anybody | words.meetings | words.documents:
        return False
    inside = subtree(parse, head)
    if any(parse.tags[i].startswith("NNP") or phrases.mention(i) for i in inside):
        return False
    is_described = bool(dependents(parse, head, "amod", "compound", "nmod"))
    is_some = any(parse.lower[c] in SOME for c in parse.children[head])
    is_thing = parse.lower[head] in words.meetings | words.documents
    return not is_described or is_some or is_thing or parse.tags[head] == "NNS"


def _is_home_made(phrases: Phrases, head: int) -> bool:
    """'the campaign group', 'a student movement', 'the ousted president'."""
    words = phrases.words
    before = {phrases.parse.lower[c] for c in phrases.parse.children[head] if c < head}
    none = words.private_bodies | words.all_home | words.private_descriptions | words.former | words.home_made
    return not before.isdisjoint(none - words.bodies_of_parties - words.offices)


def _is_of_nobody(phrases: Phrases, head: int) -> bool:
    """'the boxer's camp', 'the bank's board': of somebody who is no party."""
    parse = phrases.parse
    owners = [c for c in dependents(parse, head, "poss") if parse.tags[c].startswith("NN")]
    return any(phrases.mention(c) is None and parse.lower[c] not in phrases.words.party_heads for c in owners)


def _is_in_a_title(phrases: Phrases, head: int) -> bool:
    """'the Paris Agreement', 'the Bill': the name of a document."""
    parse, words = phrases.parse, phrases.words
    named = (parse.lower[head], parse.lower[parse.heads[head]])
    return not words.named_documents.isdisjoint(named[: 2 if parse.deps[head] == "compound" else 1])


def _is_private(phrases: Phrases, party: Referent, head: int | None) -> bool:
    """'Ann Fell, an analyst', 'the novelist Ann Fell', or a name beside which a long text puts no office and no body.

    Of a long text every place counts that has the name: who holds an office is called so once.
    """
    words, text = phrases.words, phrases.context.sections["body"].text
    phrase = phrases.section.text[party.start : party.end]
    name = party.person.name if party.person else phrase if head is None else _name(phrases, head)
    last = LAST_WORD.search(name)
    if last is None:
        return True
    places = [m.span() for m in re.finditer(rf"\b{re.escape(last.group())}\b", text)]
    at, end = places[0] if places else (0, len(last.group()))
    first = {*_words(text[max(0, at - BEFORE) : at], -1), *_words(text[end : end + AFTER], 0), *_words(phrase, 0)}
    if not first.isdisjoint(words.private_descriptions) or not first.isdisjoint(words.former):
        return True
    if len(text) < SHORT:
        return False
    described = {*_words(phrase, 0)}.union(*(_beside(text, *place) for place in places))
    if not described.isdisjoint(words.former | words.home_made):
        return True
    if _is_person(phrases, party, name, text):
        return described.isdisjoint(words.speaking_offices) or not described.isdisjoint(words.private_places)
    return described.isdisjoint(words.bodies_of_parties)


def _is_person(phrases: Phrases, party: Referent, name: str, text: str) -> bool:
    """Whether a name is a person's, by its given name or a courtesy somewhere before it."""
    words, last = phrases.words, name.split()[-1]
    before = re.findall(rf"([^\W\d_]+)\.? (?={re.escape(last)}\b)", f"{name} {text}")
    is_called = any(word.lower() in words.courtesies or word in words.first_names for word in before)
    return party.person is not None or is_called


def _words(text: str, sentence: int) -> list[str]:
    """The words of the first (0) or last (-1) sentence of a text."""
    return [word.lower().rstrip(".").removesuffix("'s") for word in WORD.findall(ENDS.split(text)[sentence])]


def _beside(text: str, start: int, end: int) -> list[str]:
    """What stands right before a name, and after it: the next word, or an apposition."""
    before = _words(text[max(0, start - BEFORE) : start], -1)[-WORDS_BEFORE:]
    after = _words(text[end : end + AFTER], 0)
    return before + (after if text.startswith(APPOSED, end) else after[:1])


def _name(phrases: Phrases, head: int) -> str:
    """A proper noun with those right before it."""
    parse, first = phrases.parse, head
    while first > 0 and parse.tags[first - 1].startswith("NNP"):
        first -= 1
    return words_of(parse, first, head)
