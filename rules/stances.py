"""Finds the triggers of a parsed sentence, and says for each whether its stance stands, turns or falls."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rules.grammar import (
    CALENDAR,
    ancestors,
    dependents,
    is_negated,
    is_noun,
    is_verb,
    modal_of,
    own_subject,
    phrase_span,
    span,
)
from rules.inflect import noun_forms, verb_forms
from rules.parse import Parse
from rules.roles import find_role
from rules.words import Words
from schemas.position import Stance
from schemas.ruleset import RuleSet, Trigger

LETTERS = re.compile(r"[^\W\d_]+")
HEDGING_MODALS = frozenset("may might could can should must ought shall need".split())
# Words above a trigger that leave open whether anybody took the position: 'is expected to reject', 'plans to offer'.
UNDECIDED = frozenset(
    "expected likely unlikely set poised due supposed bound sure certain scheduled seeking hoping trying tempted able "
    "unable plan plans planned planning intend intends intended hope hopes hoped want wants wanted tend tends try tries "
    "tried prepare prepares seem seems seemed appear appears appeared consider considers considered considering possible "
    "aim aims aimed wish wishes believed thought rumored rumoured about".split()
)
UNREAL_NOUNS = frozenset(
    "claim claims rumour rumours rumor rumors allegation allegations accusation accusations suggestion "
    "suggestions charge charges speculation fear fears idea possibility chance risk notion belief hope hopes".split()
)
DENYING = frozenset("deny denied denies dismiss dismissed dismisses rejected rejects reject".split())
DOUBTED = frozenset(
    "perceived alleged supposed apparent possible potential rumoured rumored purported expected".split()
)
HYPOTHETICAL_MARKS = frozenset("if unless whether should lest".split())
# Needs that are checked when the speech around a clause is known.
WHOLE_SENTENCE_NEEDS = ("speaker", "own_statement", "unreported")
CONDITIONAL_OPENERS = HYPOTHETICAL_MARKS | {"provided", "providing", "assuming"}


@dataclass(frozen=True)
class Candidate:
    """A trigger's words in a sentence: `at` is the token that grammar hangs from, `first` to `last` are its words."""

    trigger: Trigger
    at: int
    first: int
    last: int


@dataclass(frozen=True)
class Verdict:
    """What becomes of a candidate: its stance, or the reason for which it has none."""

    candidate: Candidate
    stance: Stance | None
    reason: str
    negated: bool = False


@dataclass(frozen=True)
class Entry:
    """One wording of a trigger: the words that follow its first, and the part of speech of the first."""

    trigger: Trigger
    kind: str
    rest: tuple[str, ...]


@dataclass(frozen=True)
class Wording:
    """What a sentence must hold for a wording of a trigger to match: all of `rest`, and one of `partners` if any."""

    rest: frozenset[str]
    partners: frozenset[str]


class StanceFinder:
    """All triggers of a rule set, looked up by the surface form of their first word."""

    def __init__(self, ruleset: RuleSet, words: Words) -> None:
        self._words = words
        self._entries: dict[str, list[Entry]] = defaultdict(list)
        self._with: dict[str, frozenset[str]] = {}
        self._without: dict[str, frozenset[str]] = {}
        for trigger in ruleset.triggers:
            self._with[trigger.id] = words.forms(trigger.with_words)
            self._without[trigger.id] = words.forms(trigger.without_words)
            for first, entry in _entries_of(trigger):
                self._entries[first].append(entry)

    @property
    def wordings(self) -> dict[str, tuple[Wording, ...]]:
        """Every surface form that a trigger can begin with, and what else must be there: what the gate looks for."""
        return {
            first: tuple({Wording(letters_of(entry.rest), self._partners(entry)) for entry in entries})
            for first, entries in self._entries.items()
        }

    def _partners(self, entry: Entry) -> frozenset[str]:
        """The last words of the wordings of which the content must hold one; none where it need not."""
        partners = [letters_of([form]) for form in self._with[entry.trigger.id]]
        return frozenset(min(letters) for letters in partners) if all(partners) else frozenset()

    def candidates(self, parse: Parse) -> list[Candidate]:
        """All places where the words of a trigger stand in the right part of speech, in the order of the text."""
        found = []
        for i, word in enumerate(parse.lower):
            for entry in self._entries.get(word, ()):
                candidate = self._match(parse, i, entry)
                if candidate is not None:
                    found.append(candidate)
        return _longest_only(found)

    def _match(self, parse: Parse, i: int, entry: Entry) -> Candidate | None:
        if not _has_part_of_speech(parse, i, entry.kind):
            return None
        if entry.kind == "modals":
            return self._match_modal(parse, i, entry)
        last = _match_rest(parse, i, entry.rest, entry.kind)
        if last is None or self._opens_date(parse, last, entry):
            return None
        at = _phrase_head(parse, i, last) if entry.kind == "phrases" else i
        return Candidate(entry.trigger, at, min(i, last), max(i, last))

    @staticmethod
    def _opens_date(parse: Parse, last: int, entry: Entry) -> bool:
        """'agreed on Wednesday': the preposition opens a date."""
        following = parse.lower[last + 1 : last + 2]
        return bool(entry.rest) and bool(following) and following[0] in CALENDAR

    def _match_modal(self, parse: Parse, i: int, entry: Entry) -> Candidate | None:
        """A modal hangs from the verb that it serves; 'has to' stands above it."""
        if entry.rest == ("to",):
            below = [c for c in dependents(parse, i, "xcomp") if parse.tags[c] == "VB"]
            return Candidate(entry.trigger, below[0], i, i) if below else None
        verb = parse.heads[i]
        return Candidate(entry.trigger, verb, i, i) if parse.deps[i] == "aux" and is_verb(parse, verb) else None

    def judge(self, parse: Parse, candidate: Candidate) -> Verdict:
        """Whether the trigger's stance stands in this sentence."""
        trigger, at = candidate.trigger, candidate.at
        needs = [role for role in trigger.needs if role not in WHOLE_SENTENCE_NEEDS]
        if needs and not any(find_role(parse, at, role) for role in needs):
            return Verdict(candidate, None, f"needs one of: {', '.join(trigger.needs)}")
        heads = self._content_words(parse, candidate)
        if self._with[trigger.id] and not (heads | _objects_of_modal(parse, candidate)) & self._with[trigger.id]:
            return Verdict(candidate, None, "its content has none of the words it goes with")
        if heads & self._without[trigger.id]:
            return Verdict(candidate, None, "its content has a word that it does not go with")
        reason = self.doubt(parse, candidate)
        if reason:
            return Verdict(candidate, None, reason)
        return _turned_by_negation(candidate, negations_of(parse, candidate))

    def _content_words(self, parse: Parse, candidate: Candidate) -> set[str]:
        trigger, at = candidate.trigger, candidate.at
        if trigger.modals:
            return {parse.lower[at], *_with_particle(parse, at)}
        found: set[str] = set()
        for role in trigger.content:
            for i in find_role(parse, at, role):
                found |= {parse.lower[i], *_with_particle(parse, i)}
                found |= {parse.lower[c] for c in dependents(parse, i, "conj")}
                if i > 0 and parse.deps[i - 1] == "compound":
                    found.add(f"{parse.lower[i - 1]} {parse.lower[i]}")
        return found

    def doubt(self, parse: Parse, candidate: Candidate) -> str | None:
        """Why a sentence does not say that anybody took the position: a question, a hypothesis, a hedge, a denial."""
        at = candidate.at
        if any(parse.lower[c] in DOUBTED for c in dependents(parse, at, "amod")):
            return "doubted by an adjective"
        if parse.text.rstrip("\"”’' )").endswith("?"):
            return "asked, not stated"
        if candidate.trigger.modals and _is_inverted(parse, candidate) and not _opens_with_negation(parse, at):
            return "the modal stands before its subject: a question or a condition"
        if candidate.trigger.nouns and find_role(parse, at, "possessive"):
            return None  # 'Moscow's demand that …' takes it for granted that Moscow demands it, whatever stands above
        if not candidate.trigger.modals and is_verb(parse, at):
            modal = modal_of(parse, at)
            if modal in HEDGING_MODALS:
                return f"hedged by '{modal}'"
        below = at
        for above in (at, *ancestors(parse, at)):
            if above != at:
                reason = self._doubt_from_above(parse, above, below)
                if reason and above not in range(candidate.first, candidate.last + 1):
                    return reason
            if _is_hypothetical(parse, above):
                return "inside a condition"
            below = above
        return None

    def _doubt_from_above(self, parse: Parse, above: int, below: int) -> str | None:
        word, dep = parse.lower[above], parse.deps[below]
        if dep in ("xcomp", "ccomp", "pcomp", "acl", "prep", "dobj") and is_verb(parse, above):
            if word in self._words.unreal:
                return f"not stated but under '{word}'"
            if dep == "xcomp" and word in ("need", "needs", "needed", "have", "has", "had", "ought"):
                return f"hedged by '{word} to'"
            if dep == "xcomp" and (word in UNDECIDED or word in self._words.undoing):
                return f"left undone or open by '{word}'"
            if dep in ("ccomp", "xcomp") and is_negated(parse, above) and word in self._words.reporting:
                return f"not said ('{word}' is negated)"
            if dep in ("ccomp",) and modal_of(parse, above) in ("may", "might", "could"):
                return f"hedged by '{modal_of(parse, above)}'"
        if dep in ("acl", "ccomp") and is_noun(parse, above):
            denied = parse.lower[parse.heads[above]] in DENYING and word in ("report", "reports")
            if word in UNREAL_NOUNS or denied:
                return f"no more than a '{word}'"
        if dep in ("xcomp", "ccomp") and word in UNDECIDED:
            return f"left open by '{word}'"
        return None


def _objects_of_modal(parse: Parse, candidate: Candidate) -> set[str]:
    """What the verb under a modal is done to: 'will impose sanctions', 'there will be consequences'."""
    if not candidate.trigger.modals:
        return set()
    nouns = dependents(parse, candidate.at, "dobj", "attr", "xcomp")
    return {parse.lower[i] for noun in nouns for i in (noun, *dependents(parse, noun, "compound", "conj"))}


def negations_of(parse: Parse, candidate: Candidate) -> int:
    """How many negations bear on a trigger: on the word, on the copula it hangs from, on its subject or object."""
    at = candidate.at
    count = int(is_negated(parse, at))
    if not is_verb(parse, at) or candidate.trigger.adjectives or candidate.trigger.nouns:
        above = parse.heads[at]
        if parse.deps[at] in NEGATED_WITH_THEIR_VERB and is_verb(parse, above):
            count += int(is_negated(parse, above))
        first, _ = phrase_span(parse, at)
        before = parse.lower[max(0, first - 1) : at] if is_noun(parse, at) else parse.lower[max(0, at - 1) : at]
        count += int(not count and any(word in ("not", "no", "never", "neither", "nor") for word in before))
        return count
    subject = own_subject(parse, at)
    if subject is not None and (_has_no(parse, subject) or parse.lower[subject] in ("nobody", "neither", "none")):
        count += 1
    count += any(_has_no(parse, i) for i in dependents(parse, at, "dobj", "attr"))
    count += int(not count and _opens_with_negation(parse, at))
    return count


def _is_inverted(parse: Parse, candidate: Candidate) -> bool:
    subject = own_subject(parse, candidate.at)
    return subject is not None and candidate.first < subject


def _opens_with_negation(parse: Parse, verb: int) -> bool:
    """'Not until the siege ends will Doha talk', 'Under no circumstances will': the auxiliary before the subject."""
    subject = own_subject(parse, verb)
    auxiliaries = dependents(parse, verb, "aux")
    if subject is None or not auxiliaries or auxiliaries[0] > subject:
        return False
    opening = parse.lower[:4]
    return bool(opening) and (opening[0] in ("not", "never", "nor", "neither") or "no" in opening[:3])


NEGATED_WITH_THEIR_VERB = frozenset("acomp attr dobj oprd advmod prep nsubj nsubjpass pobj".split())


def _has_no(parse: Parse, noun: int) -> bool:
    return any(parse.lower[c] in ("no", "neither") for c in dependents(parse, noun, "det"))


def _turned_by_negation(candidate: Candidate, negations: int) -> Verdict:
    trigger = candidate.trigger
    negated = negations % 2 == 1
    if trigger.negated == "only":
        if negated:
            return Verdict(candidate, trigger.stance, "negated, as it must be", True)
        return Verdict(candidate, None, "not negated")
    if not negated or trigger.negated == "keep":
        return Verdict(candidate, trigger.stance, "stated", negated)
    if trigger.negated == "drop":
        return Verdict(candidate, None, "negated", True)
    return Verdict(candidate, Stance(trigger.negated), f"negation turns it into {trigger.negated}", True)


def _is_hypothetical(parse: Parse, i: int) -> bool:
    """Whether a clause is a condition: 'if it rejects', 'whether to accept', 'should Iran refuse'."""
    if parse.deps[i] not in ("advcl", "ccomp", "conj", "relcl", "acl", "ROOT", "pcomp", "prep"):
        return False
    first = span(parse, i)[0] if parse.deps[i] == "advcl" else i
    if parse.lower[first : first + 3] in (("as", "long", "as"), ("so", "long", "as")):
        return True
    subject = own_subject(parse, i)
    for child in dependents(parse, i, "aux"):  # 'Had Iraq accepted', 'Were China to demand'
        inverted = (
            subject is not None and child < subject and (child == 0 or parse.lower[child - 1] in (",", "and", "but"))
        )
        if inverted and parse.lower[child] in ("had", "were", "should"):
            return True
    for child in parse.children[i]:
        if parse.deps[child] in ("mark", "advmod", "prep") and parse.lower[child] in CONDITIONAL_OPENERS and child < i:
            return True
        if parse.lower[child] == "should" and parse.deps[i] == "advcl" and (own_subject(parse, i) or 0) > child:
            return True
    return False


def _entries_of(trigger: Trigger) -> Iterator[tuple[str, Entry]]:
    for kind in ("verbs", "nouns", "adjectives", "modals", "phrases"):
        for wording in getattr(trigger, kind):
            head, *rest = wording.lower().split()
            if kind == "verbs" or (kind == "modals" and rest):
                forms = verb_forms(head)
            elif kind == "nouns" and not rest:
                forms = noun_forms(head)
            elif kind == "modals":
                forms = frozenset({head, *{"will": ("wo", "'ll"), "can": ("ca",), "would": ("'d",)}.get(head, ())})
            else:
                forms = frozenset({head})
            for form in sorted(forms):
                yield form, Entry(trigger, kind, tuple(rest))


def letters_of(words: Iterable[str]) -> frozenset[str]:
    """The runs of letters in some words: what is left of them however they are cut into tokens."""
    return frozenset(run for word in words for run in LETTERS.findall(word))


def _has_part_of_speech(parse: Parse, i: int, kind: str) -> bool:
    tag, dep = parse.tags[i], parse.deps[i]
    if kind == "verbs":
        return (tag.startswith("VB") and dep not in ("amod", "compound")) or _is_headline_verb(parse, i)
    if kind == "nouns":
        return tag.startswith("NN") and dep not in ("compound",)
    if kind == "adjectives":
        return tag.startswith(("JJ", "RB", "VBN", "VBD", "NN", "IN")) and dep not in ("amod", "compound", "nsubj")
    if kind == "modals":
        return tag in ("MD", "VBZ", "VBP", "VBD", "VB")
    return True


def _is_headline_verb(parse: Parse, i: int) -> bool:
    """Headlines lead the tagger to nouns: 'Iran rejects US offer' with 'rejects' as NNS at the root."""
    return (
        parse.tags[i] in ("NNS", "NNP", "NNPS") and parse.deps[i] == "ROOT" and parse.lower[i].endswith("s") and i > 0
    )


def _match_rest(parse: Parse, i: int, rest: tuple[str, ...], kind: str) -> int | None:
    """The last token of a wording of several words: its particle or preposition, or the words right after it."""
    if not rest:
        return i
    for start in range(i + 1, i + 4):
        if parse.lower[start : start + len(rest)] == rest:
            return start + len(rest) - 1
        if start >= len(parse) or not parse.tags[start].startswith("RB"):
            break
    if kind == "verbs" and len(rest) == 1:
        for child in parse.children[i]:
            if parse.lower[child] == rest[0] and parse.deps[child] in ("prt", "advmod", "acomp", "oprd"):
                return child
    return None


def _phrase_head(parse: Parse, first: int, last: int) -> int:
    for i in range(first, last + 1):
        if not first <= parse.heads[i] <= last or parse.heads[i] == i:
            return i
    return first


def _with_particle(parse: Parse, i: int) -> set[str]:
    """A verb with its particle or preposition: 'pull' → 'pull out', 'withdraw from'."""
    return {
        f"{parse.lower[i]} {parse.lower[c]}" for c in dependents(parse, i, "prt", "prep", "advmod", "dobj", "acomp")
    }


def _longest_only(candidates: list[Candidate]) -> list[Candidate]:
    """Of several wordings that begin with one word, those with the most words: 'call off' beats 'call'."""
    longest: dict[int, int] = {}
    for c in candidates:
        longest[c.first] = max(longest.get(c.first, 0), c.last - c.first if c.last > c.first else 0)
    return [c for c in candidates if max(c.last - c.first, 0) == longest[c.first] or c.trigger.modals]
