"""Which sentences can be read otherwise because of a change of the rules."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from ahocorasick_rs import AhoCorasick

from rules.frames.roles import FOUND_ELSEWHERE, find_role
from rules.frames.stances import StanceFinder, Verdict
from rules.frames.trigger_match import Candidate, Wording
from rules.positions.gate import CUT_OFF, Gate
from rules.positions.tag import Tagger
from rules.ruleset.changes import FOR_PEOPLE, changes_between
from rules.ruleset.layout import sections
from rules.syntax.tree import Parse
from rules.text.sentences import LONGEST_SENTENCE, Sentence, split
from rules.text.words import Words
from schemas.article import Article
from schemas.ruleset import Actor, RuleSet, Trigger

# Sections of which a change can be felt only where some of its own words stand.
BOUND_TO_WORDS = ("triggers", "actors", "people")
WORDINGS = ("verbs", "nouns", "adjectives", "modals", "phrases")
# What decides whether a trigger has a stance in a sentence, and nothing of what is read from there.
JUDGED_BY = ("with_words", "without_words", "negated")
# Roles that decide by the words they hold in a sentence, which grammar alone tells.
READ_FROM = ("target", "content")
NO_LETTER_OR_DIGIT = "[^A-Za-z0-9]"


class Reach:
    """Which sentences a change can touch; what it never leaves out is one that reads otherwise.

    A sentence that holds no changed wording of a trigger, old or new, is a candidate as before and has the same
    readings: what an article tells as a whole does not depend on triggers. An article that names no changed actor or
    person is understood as before, any other may be read otherwise all over. Issues, dates and word lists bear on
    every sentence, so a change of them touches everything. `pattern` is a regular expression, case aside, that is
    found in every article that is touched, and `in_candidates` tells that one of its candidates holds it; None where
    there is none.
    """

    def __init__(self, old: RuleSet, new: RuleSet) -> None:
        self.changes = changes_between(old, new)
        named = {change.section: set(change.names) for change in self.changes}
        by_field = {s.field: named.get(s.name, set()) for s in sections()}
        self.everywhere = any(names for field, names in by_field.items() if names and field not in BOUND_TO_WORDS)
        worded = [tuple(_changed_wordings(*both, by_field["triggers"])) for both in ((old, new), (new, old))]
        self._worded = [_finder(r, some) for r, some in zip((old, new), worded, strict=True) if some]
        judged = by_field["triggers"] - {trigger.id for some in worded for trigger in some}
        self._judged = (
            [_finder(r, tuple(t for t in r.triggers if t.id in judged)) for r in (old, new)] if judged else []
        )
        self._read_on = {one for one in judged if _differs(old, new, one, {*JUDGED_BY, *READ_FROM})}
        self._before = {trigger.id: trigger for trigger in old.triggers}
        self._only_addressed = not any(_differs(old, new, one, {"target"}) for one in judged)
        self._gate = _gate_of([*self._worded, *self._judged])
        before, after = (StanceFinder(ruleset, Words(ruleset)).wordings for ruleset in (old, new))
        self._gate_before = Gate(before)
        self._openers = AhoCorasick(sorted({_opener(word) for word in self._gate.first_words}))
        names = {_plain(name) for ruleset in (old, new) for name in _names(ruleset, by_field)}
        self._names = AhoCorasick(sorted(names)) if names else None
        self.pattern = None if self.everywhere or names else _pattern(self._gate.first_words)
        # Where the gate stays as it was, what was no candidate is none.
        self.in_candidates = {first: set(some) for first, some in before.items()} == {
            first: set(some) for first, some in after.items()
        }

    def touches(self, article: Article) -> bool:
        """Whether the rule sets may read the article differently."""
        touched = self.sentences(article)
        return touched is None or bool(touched)

    def sentences(self, article: Article) -> list[Sentence] | None:
        """The sentences that the rule sets may read differently; None where that may be all of them."""
        if self.everywhere:
            return None
        if self._names and self._names.find_matches_as_indexes(_plain(f"{article.title}\n{article.text}")):
            return None
        return [s for s in split(article, self._may_hold_a_wording) if self._gate.lets_through(s)]

    def sentences_among(
        self, articles: Sequence[Article], parses_of: Callable[[list[str]], Mapping[str, bytes]], tagger: Tagger
    ) -> dict[str, list[Sentence] | None]:
        """The same by article id, without articles that it leaves as they are; for articles tagged with the old rules.

        `parses_of` gives stored parses by sentence key, `tagger` has the new rules. A sentence that was never parsed
        was no candidate before: it counts where it is one now, because the gate lets it through that did not.
        """
        found = {article.article_id: (article, self.sentences(article)) for article in articles}
        stored = parses_of([s.key for _, sentences in found.values() for s in sentences or ()])
        touched: dict[str, list[Sentence] | None] = {}
        for article_id, (article, sentences) in found.items():
            if sentences is None:
                touched[article_id] = None
                continue
            parsed = [s for s in sentences if s.key in stored]
            otherwise = [s for s in parsed if self.reads_otherwise(Parse.from_bytes(s.text, stored[s.key]))]
            unparsed = (s for s in sentences if s.key not in stored and not self._gate_before.lets_through(s))
            otherwise += tagger.candidates(article, unparsed)
            if otherwise:
                touched[article_id] = otherwise
        return touched

    def reads_otherwise(self, parse: Parse) -> bool:
        """Whether a changed wording stands in the right part of speech, or one that stays is judged or read otherwise.

        A wording can hide a shorter one even where it has no stance itself; one that stays hides as before.
        """
        if any(finder.candidates(parse) for finder in self._worded):
            return True
        if not self._judged:
            return False
        now = self._judged[1]
        if self._only_addressed:  # and judged as before
            addressed_otherwise = partial(self._is_addressed_otherwise, parse)
            return any(now.judge(parse, c).stance for c in filter(addressed_otherwise, now.candidates(parse)))
        before, after = (
            [_told(parse, finder.judge(parse, c)) for c in finder.candidates(parse)] for finder in self._judged
        )
        return before != after or any(stance and name in self._read_on for name, stance, *_ in after)

    def _is_addressed_otherwise(self, parse: Parse, candidate: Candidate) -> bool:
        """Whether the target roles of the trigger hold other words than those that it had before."""
        now, before = candidate.trigger.target, self._before[candidate.trigger.id].target
        return _held(parse, candidate.at, now) != _held(parse, candidate.at, before)

    def _may_hold_a_wording(self, paragraph: str) -> bool:
        """Sentences are cut at spaces, so that a paragraph holds their words; what is overlong is cut anywhere."""
        if len(paragraph) > LONGEST_SENTENCE:
            return True
        return bool(self._openers.find_matches_as_indexes(paragraph.lower())) and self._gate.opens_for(paragraph)


def _finder(ruleset: RuleSet, triggers: tuple[Trigger, ...]) -> StanceFinder:
    return StanceFinder(ruleset.model_copy(update={"triggers": triggers}), Words(ruleset))


def _told(parse: Parse, verdict: Verdict) -> tuple[object, ...]:
    """The trigger, its stance, and what of them is read on."""
    candidate = verdict.candidate
    roles = [getattr(candidate.trigger, field) for field in READ_FROM] if verdict.stance else []
    held = [_held(parse, candidate.at, some) for some in roles]
    return candidate.trigger.id, verdict.stance, candidate.at, candidate.first, candidate.last, *held


def _held(parse: Parse, at: int, roles: Sequence[str]) -> list[tuple[str, list[int]]]:
    """The roles that hold words here, with their words, and those of which grammar does not tell."""
    found = [(role, find_role(parse, at, role)) for role in roles]
    return [(role, words) for role, words in found if words or role in FOUND_ELSEWHERE]


def _differs(old: RuleSet, new: RuleSet, name: str, but: set[str]) -> bool:
    """Whether a trigger differs in more than some fields, and what is there for people."""
    aside = but | {*FOR_PEOPLE["triggers"]}
    one, other = (next(t for t in r.triggers if t.id == name).model_dump(exclude=aside) for r in (old, new))
    return one != other


def _changed_wordings(ruleset: RuleSet, other: RuleSet, ids: set[str]) -> Iterator[Trigger]:
    """Triggers whose wordings changed: with those alone that the other rule set lacks, where nothing else changed."""
    others = {trigger.id: trigger for trigger in other.triggers}
    for trigger in ruleset.triggers:
        there = others.get(trigger.id)
        if trigger.id not in ids or (there and _wordings(trigger) == _wordings(there)):
            continue
        if there is None or _without_wordings(trigger) != _without_wordings(there):
            yield trigger
            continue
        only_here = {kind: _only_in(getattr(trigger, kind), getattr(there, kind)) for kind in WORDINGS}
        if any(only_here.values()):
            yield trigger.model_copy(update=only_here)


def _wordings(trigger: Trigger) -> list[set[str]]:
    return [set(getattr(trigger, kind)) for kind in WORDINGS]


def _without_wordings(trigger: Trigger) -> tuple[object, ...]:
    kinds = tuple(kind for kind in WORDINGS if getattr(trigger, kind))
    return kinds, trigger.model_dump(exclude={*WORDINGS, *FOR_PEOPLE["triggers"]})


def _only_in(wordings: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(wording for wording in wordings if wording not in others)


def _gate_of(finders: Sequence[StanceFinder]) -> Gate:
    """A gate that opens wherever a wording can stand, whatever stands with it.

    A wording bears on others even where its own trigger falls: of two that begin alike, the longer one wins.
    """
    wordings: dict[str, set[Wording]] = defaultdict(set)
    for finder in finders:
        for first, some in finder.wordings.items():
            wordings[first].update(replace(wording, partners=frozenset()) for wording in some)
    return Gate({first: tuple(some) for first, some in wordings.items()})


def _opener(word: str) -> str:
    """What stands in a text wherever a word does, however tokenisers cut and spell it: "n't" may be "nt" or "not"."""
    return "n" if word in CUT_OFF else max(word.split("'"), key=len)


def _pattern(first_words: frozenset[str]) -> str | None:
    """A regular expression, case aside, that is found in every text with one of the words; None where none is.

    It finds more than the words: what it is for is to pass over most of a million texts without reading them.
    """
    openers = {_opener(word) for word in first_words}
    if not openers or not all(opener.isascii() for opener in openers):
        return None
    whole = "|".join(sorted(re.escape(opener) for opener in openers if opener != "n"))
    # A tokeniser cuts "didn't" and "cannot" after "did" and "can". A dotted İ becomes two letters in lower case.
    begins, ends = f"(?:^|{NO_LETTER_OR_DIGIT})", f"(?:$|n|{NO_LETTER_OR_DIGIT})"
    found = [f"{begins}(?:{whole}){ends}"] if whole else []
    return "|".join([*found, *(["n['’]?o?t"] if "n" in openers else []), "İ"])


def _names(ruleset: RuleSet, changed: dict[str, set[str]]) -> Iterator[str]:
    """The names of changed actors with those of everyone who speaks for them, and the names of changed people."""
    for actor in ruleset.actors:
        if actor.id in changed["actors"]:
            yield from _texts(actor)
    for person in ruleset.people:
        speaks_for = {person.actor, *(role.actor for role in person.roles if role.actor)}
        if speaks_for & changed["actors"] or f"{person.name} of {person.actor}" in changed["people"]:
            for name in (person.name, *person.names):
                yield from (word for word in name.split() if len(word) > 1)


def _texts(actor: Actor) -> Iterator[str]:
    """All texts of an actor that can stand in an article."""
    for name in type(actor).model_fields:
        value = getattr(actor, name)
        if isinstance(value, tuple):
            yield from value
    yield actor.name


def _plain(text: str) -> str:
    """Lower case without accents, for a search that finds more than it must and never less."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
