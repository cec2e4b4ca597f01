"""Which sentences can be read otherwise because of a change of the rules."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from ahocorasick_rs import AhoCorasick

from rules.frames.lexicon import Lexicon
from rules.frames.openings import Opening
from rules.frames.stances import StanceFinder
from rules.frames.trigger_match import matches_in
from rules.positions.affected_words import ChangedIssues, either, pattern_of, pattern_of_names
from rules.positions.gate import CUT_OFF, Gate
from rules.positions.tag import Tagger
from rules.ruleset.changes import FOR_PEOPLE, changes_between
from rules.ruleset.layout import sections
from rules.syntax.tree import Parse
from rules.text.sentences import LONGEST_SENTENCE, Sentence, split
from schemas.article import Article
from schemas.ruleset import Actor, Frame, RuleSet

# Sections of which a change can be felt only where some of its own words stand.
BOUND_TO_WORDS = ("frames", "actors", "people", "issues")


class Reach:
    """Which sentences a change can touch; what it never leaves out is one that reads otherwise.

    A sentence that holds no changed wording of a frame, old or new, is a candidate as before and has the same
    readings: what an article tells as a whole does not depend on frames. An article that names no changed actor or
    person, and holds no words by which issues differ, is understood as before, any other may be read otherwise all
    over. Dates, operators, classes, word lists and the grammar bear on every sentence, so a change of them touches
    everything. `pattern` is a regular expression, case aside, that is found in every article that is touched, and
    `in_candidates` tells that one of its candidates holds it; None where there is none.
    """

    def __init__(self, old: RuleSet, new: RuleSet) -> None:
        self.changes = changes_between(old, new)
        named = {change.section: set(change.names) for change in self.changes}
        by_field = {s.field: named.get(s.name, set()) for s in sections()}
        self.everywhere = any(section not in BOUND_TO_WORDS for section in named)
        changed = [_with_changed_words(*both, by_field["frames"]) for both in ((old, new), (new, old))]
        self._lexicons = [Lexicon(ruleset) for ruleset in changed if ruleset.frames]
        self._gate = _gate_of([StanceFinder(ruleset) for ruleset in changed if ruleset.frames])
        before, after = StanceFinder(old), StanceFinder(new)
        self._gate_before = Gate.of(before)
        self._openers = AhoCorasick(sorted({_opener(word) for word in self._gate.first_words}))
        names = {_plain(name) for ruleset in (old, new) for name in _names(ruleset, by_field)}
        self._names = AhoCorasick(sorted(names)) if names else None
        self._issues = ChangedIssues(old.issues, new.issues, new.language) if by_field["issues"] else None
        by_words = [_pattern(self._gate.first_words)] if self._gate.first_words else []
        by_names = [pattern_of_names(names)] if names else []
        by_issues = [self._issues.pattern()] if self._issues else []
        self.pattern = None if self.everywhere else either([*by_words, *by_names, *by_issues])
        # Where the gate stays as it was, what was no candidate is none; names and issues tell from anywhere.
        self.in_candidates = not names and not self._issues and _as_sets(before.openings) == _as_sets(after.openings)

    def touches(self, article: Article) -> bool:
        """Whether the rule sets may read the article differently."""
        touched = self.sentences(article)
        return touched is None or bool(touched)

    def sentences(self, article: Article) -> list[Sentence] | None:
        """The sentences that the rule sets may read differently; None where that may be all of them."""
        if self.everywhere:
            return None
        if self._issues and self._issues.may_stand_in(f"{article.title}\n{article.text}"):
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
        """Whether a changed wording stands in the right part of speech: it can hide a shorter one, too."""
        return any(matches_in(parse, lexicon) for lexicon in self._lexicons)

    def _may_hold_a_wording(self, paragraph: str) -> bool:
        """Sentences are cut at spaces, so that a paragraph holds their words; what is overlong is cut anywhere."""
        if len(paragraph) > LONGEST_SENTENCE:
            return True
        return bool(self._openers.find_matches_as_indexes(paragraph.lower())) and self._gate.opens_for(paragraph)


def _with_changed_words(ruleset: RuleSet, other: RuleSet, ids: set[str]) -> RuleSet:
    """The rule set with the changed frames alone, and of those whose entries alone differ, with these entries."""
    others = {frame.id: frame for frame in other.frames}
    changed = []
    for frame in ruleset.frames:
        there = others.get(frame.id)
        if frame.id not in ids:
            continue
        if there is not None and _without_entries(frame) == _without_entries(there):
            entries = tuple(entry for entry in frame.entries if entry not in there.entries)
            changed += [frame.model_copy(update={"entries": entries})] if entries else []
        else:
            changed.append(frame)
    return ruleset.model_copy(update={"frames": tuple(changed)})


def _without_entries(frame: Frame) -> dict[str, object]:
    return frame.model_dump(exclude={"entries", *FOR_PEOPLE["frames"]})


def _gate_of(finders: Sequence[StanceFinder]) -> Gate:
    """A gate that opens wherever a wording can stand, whatever stands with it.

    A wording bears on others even where its own frame falls: of two that begin alike, the longer one wins.
    """
    openings: dict[str, set[Opening]] = defaultdict(set)
    for finder in finders:
        for first, some in finder.openings.items():
            openings[first].update(replace(opening, needs=(), foretells=False) for opening in some)
    return Gate({first: tuple(some) for first, some in openings.items()})


def _as_sets(openings: Mapping[str, tuple[Opening, ...]]) -> dict[str, set[Opening]]:
    return {first: set(some) for first, some in openings.items()}


def _opener(word: str) -> str:
    """What stands in a text wherever a word does, however tokenisers cut and spell it: "n't" may be "nt" or "not"."""
    return "n" if word in CUT_OFF else max(word.split("'"), key=len)


def _pattern(first_words: frozenset[str]) -> str | None:
    """A regular expression, case aside, that is found in every text with one of the words; None where none is."""
    openers = {_opener(word) for word in first_words}
    negated = ["n['’]?o?t"] if "n" in openers else []
    whole = pattern_of(openers - {"n"}) if openers - {"n"} else "İ" if negated else None
    return "|".join([*negated, whole]) if whole else None


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
