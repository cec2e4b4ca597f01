"""Who stands in which slot of a frame, in each construction: active, passive, support verb, copula, speech."""

from functools import cached_property

from rules.frames.trigger_match import TriggerMatch
from rules.language import english
from rules.syntax.grammar import (
    FULL_MODALS,
    SUBJECTS,
    ancestors,
    conjuncts,
    dependents,
    governing_clause,
    is_noun,
    is_verb,
    modal_of,
    prepositional_objects,
)
from rules.syntax.possessors import possessive
from rules.syntax.subjects import logical_subject
from rules.syntax.tree import Parse
from rules.text.word_lists import WordLists

# What each slot holds, for rule authors and for error messages. A preposition is a slot too: 'on', 'from', 'to' …
SLOTS = {
    "doer": "who does what the words say: subject, agent of a passive, owner of a noun or subject of its support verb",
    "subject": "the subject as it stands, also of a passive: 'the proposal is rejected'",
    "carrier": "the subject of the support verb alone: 'Oslo stressed the need for a truce', not 'Oslo's need for oil'",
    "speaker": "who says the clause, by a reporting verb or a quotation",
    "namer": "who calls, declares or describes something by these words: 'Japan called the plan unacceptable'",
    "sponsor": "who tables, drafts or passes what the noun names: 'Canada tabled a bill'",
    "party": "who is addressed: 'urged Oslo to', 'offered Oslo a deal'",
    "content_doer": "the subject of the clause that is the content: 'demanded that Oslo stop'",
    "content_object": "to whom the content is done: 'vowed to punish Oslo', 'agreed to help Oslo'",
    "owner": "whose the object is: 'rejected Oslo's demand', 'a plan by Oslo'",
    "other": "in `target`: of two actors the other one: 'China and the Philippines agreed'",
}
DEEPEST = 3  # light verbs above one another
# Prepositions after which stands to whom a content is done.
AFTER_CONTENT = english.words("aimed_at")
# What is around a sentence tells these.
FOUND_ELSEWHERE = ("speaker", "other")


class Constructions:
    """The words that carry others, from the rule set, and the slots that they fill."""

    def __init__(self, lists: WordLists) -> None:
        self._lists = lists

    def slot(self, match: TriggerMatch, name: str, content: tuple[int, ...]) -> list[int]:
        """The tokens in a slot, heads of their phrases; none for those found elsewhere."""
        parse, at, clause = match.parse, match.at, match.clause
        if name in FOUND_ELSEWHERE:
            return []
        if name == "doer":
            return self._doer(match)
        if name == "carrier":
            return self.support_subject(parse, at)
        if name == "subject":
            return clause.subject
        if name == "namer":
            return self._namer(parse, at)
        if name == "sponsor":
            return self._sponsor(parse, at) or clause.owners
        if name == "party":
            return clause.addressed or clause.objects
        if name == "content_doer":
            return clause.clause_subjects
        if name == "content_object":
            return [i for head in content for i in _objects_of(parse, head)]
        if name == "owner":
            return clause.object_owners
        return clause.after(name)

    def _doer(self, match: TriggerMatch) -> list[int]:
        if match.kind == "noun":
            return match.clause.owners or self.support_subject(match.parse, match.at)
        if match.kind == "phrase":
            return self.support_subject(match.parse, match.at) or match.clause.doer
        return match.clause.doer + self._joined(match.parse, match.at)

    def _joined(self, parse: Parse, at: int) -> list[int]:
        """'joined Oslo in demanding', 'sided with Oslo in demanding': Oslo, which demands it too."""
        preposition = parse.heads[at]
        verb = parse.heads[preposition]
        is_joint = parse.deps[at] == "pcomp" and parse.lower[preposition] == "in"
        if not is_joint or parse.lower[verb] not in self._lists.verbs("joining_verbs"):
            return []
        return dependents(parse, verb, "dobj") or prepositional_objects(parse, verb, "with")

    def support_subject(self, parse: Parse, at: int) -> list[int]:
        """'issued an ultimatum', 'expressed readiness', and 'with an offer to' under a verb of sending."""
        above = parse.heads[at]
        if parse.deps[at] == "pobj":
            if parse.lower[above] == "to" and is_verb(parse, parse.heads[above]):
                return []  # 'the raids led to calls for restraint'
            above = parse.heads[above]
            while is_noun(parse, above) and parse.deps[above] in ("dobj", "pobj") and parse.heads[above] != above:
                above = parse.heads[above]
        elif parse.deps[at] == "conj":
            above = governing_clause(parse, at) or above
        documents = self._lists.verbs("document_verbs")
        carrying = self._lists.verbs("support_verbs") | documents
        if not is_verb(parse, above) or parse.lower[above] not in carrying:
            return []
        subject = logical_subject(parse, above)
        if subject is not None and parse.lower[above] in documents:
            return possessive(parse, subject) or [subject]  # 'Oslo's plan includes demands'
        return [subject] if subject is not None and subject != at else []

    def _sponsor(self, parse: Parse, at: int) -> list[int]:
        verb = parse.heads[at]
        if parse.deps[at] not in ("dobj", "nsubjpass") or parse.lower[verb] not in self._lists.verbs(
            "sponsoring_verbs"
        ):
            return []
        subject = logical_subject(parse, verb)
        return [subject] if subject is not None else []

    def _namer(self, parse: Parse, at: int) -> list[int]:
        for above in ancestors(parse, at):
            if is_verb(parse, above) and parse.lower[above] in self._lists.verbs("naming_verbs"):
                subject = logical_subject(parse, above)
                return [subject] if subject is not None else []
        return []

    def is_future(self, parse: Parse, at: int) -> bool:
        """'there will be no talks', 'there can be no recognition', 'consequences will follow'"""
        while parse.deps[at] == "conj":
            at = parse.heads[at]
        verb = parse.heads[at] if parse.deps[at] in (*SUBJECTS, "attr", "acomp", "oprd") else None
        return verb is not None and modal_of(parse, verb) in self._lists.words("future_modals")

    def is_collective(self, parse: Parse, verb: int) -> bool:
        """'we must all', 'together we must', 'all of us must'"""
        beside = [c for i in (verb, *dependents(parse, verb, *SUBJECTS)) for c in parse.children[i]]
        return any(parse.lower[c] in self._lists.words("collective_words") for c in beside)

    def is_occasion(self, parse: Parse, noun: int) -> bool:
        """'at Oslo's request', 'in response to a request from Oslo'"""
        before = parse.heads[noun]
        is_owned = possessive(parse, noun) or prepositional_objects(parse, noun, "from")
        if parse.deps[noun] != "pobj" or not is_owned:
            return False
        answers = parse.lower[parse.heads[before]] in self._lists.words("answering_nouns")
        return answers or parse.lower[before] in self._lists.words("request_prepositions")

    @cached_property
    def setting_aside(self) -> frozenset[str]:
        """The prepositions and verbs below which stands in spite of what something is done."""
        return self._lists.words("setting_aside") | self._lists.verbs("setting_aside")

    def is_set_aside(self, parse: Parse, at: int) -> bool:
        """'despite objections from Oslo', 'overriding Chinese objections'"""
        return parse.deps[at] in ("pobj", "dobj") and parse.lower[parse.heads[at]] in self.setting_aside

    def acted(self, parse: Parse, head: int) -> int:
        """The act below words that only say that one acts: 'take steps to cancel', 'continue to support'."""
        light = self._lists.verbs("light_verbs")
        for _ in range(DEEPEST):
            if parse.lower[head] not in light:
                return head
            nouns = [*dependents(parse, head, "dobj"), *dependents(parse, head, "prep")]
            below = [c for i in (head, *nouns) for c in dependents(parse, i, "xcomp", "acl", "advcl", "pcomp")]
            acts = [c for c in below if c > head and _is_act(parse, c)]
            if not acts:
                return head
            head = acts[0]
        return head

    def is_somebody(self, word: str) -> bool:
        """Whether a noun names somebody who can act: 'the parties', 'all sides'."""
        return word in self._lists.nouns("party_nouns")

    def warns(self, verb: str) -> bool:
        """Whether a form is one of a verb that warns or threatens."""
        return verb in self.warning_verbs

    @cached_property
    def warning_verbs(self) -> frozenset[str]:
        """The forms of the verbs that warn or threaten."""
        return self._lists.verbs("warning_verbs")

    @cached_property
    def future_words(self) -> frozenset[str]:
        """Of which every clause in the future holds one, if only a short form: "'ll", 'wo' of 'won't'."""
        modals = self._lists.words("future_modals")
        return modals | {short for short, full in FULL_MODALS.items() if full in modals}

    @cached_property
    def copulas(self) -> frozenset[str]:
        """The forms of verbs that carry an adjective or a noun."""
        return self._lists.verbs("copulas") | english.words("short_copulas")

    def is_under_way(self, parse: Parse, at: int) -> bool:
        """'is sending', 'was giving'"""
        return parse.tags[at] == "VBG" and any(parse.lower[c] in self.copulas for c in dependents(parse, at, "aux"))

    def is_copula(self, parse: Parse, at: int) -> bool:
        """'is against'"""
        return parse.lower[parse.heads[at]] in self.copulas


def _is_act(parse: Parse, verb: int) -> bool:
    """An infinitive, an -ing form without one ('keep striking'), or one after 'with', 'to', 'on', 'in' and 'of'."""
    if parse.tags[verb] == "VBG":
        preposition = parse.lower[parse.heads[verb]]
        return parse.deps[verb] == "xcomp" or (parse.deps[verb] == "pcomp" and preposition in BEFORE_ACTS)
    return parse.tags[verb] == "VB"


BEFORE_ACTS = english.words("before_acts")


def _objects_of(parse: Parse, head: int) -> list[int]:
    """The object of a verb, or what stands after 'on', 'of', 'against', 'to' and 'with' below a head."""
    direct = [j for i in dependents(parse, head, "dobj", "dative") for j in conjuncts(parse, i)]
    prepositions = [c for c in dependents(parse, head, "prep", "dative") if parse.lower[c] in AFTER_CONTENT]
    return direct + [j for c in prepositions for j in dependents(parse, c, "pobj")]
