"""The clause around a predicate: subject, objects, clauses and prepositions, each place worked out once."""

from collections.abc import Sequence
from functools import cached_property

from rules.language import english
from rules.syntax.grammar import (
    SUBJECTS,
    ancestors,
    conjuncts,
    dependents,
    is_noun,
    is_verb,
    modal_of,
    opens_with_that,
    own_subject,
    prepositional_objects,
    subtree,
)
from rules.syntax.possessors import owners, possessive
from rules.syntax.subjects import is_passive, logical_subject, surface_subject
from rules.syntax.support_verbs import carrier_verb, object_above
from rules.syntax.tree import Parse
from rules.text.lemmas import verb_forms

# 'imposed a ban on imports': the parser hangs these from the verb or its object.
HUNG_FROM_OBJECT = english.words("hung_from_object")
# Common nouns that an infinitive tells what to do, or how long: 'urged the government to', 'gave it a week to'.
ADDRESSED = english.words("addressed_nouns")
HEADLINE_PREDICATES = ("oprd", "amod", "acl", "acomp", "appos")
NEXT_VERB = 3  # words
PARTICLES = english.words("particles")
OBLIGING = english.words("obliging_modals")
OBLIGING_VERBS = verb_forms("have") | verb_forms("need")
NOUNS_READ_AS_ADJECTIVES = english.words("nouns_read_as_adjectives")
DEMANDING_NOUNS = english.words("demanding_nouns")
QUESTION_WORDS = english.words("question_words")
# Where the pronoun of a relative clause stands: 'the state that pays', 'the price that they pay'.
PRONOUN_PLACES = (*SUBJECTS, "dobj", "attr", "pobj")


class Clause:
    """What stands in which place around one predicate; each place is worked out once, when it is asked for.

    `at` is the verb, noun or adjective that grammar hangs from. Places hold tokens, heads of their phrases, in the
    order of the text. `by` is the preposition by which the predicate takes its object, `by_at` where it
    stands: 'call *for* a truce', 'pour cold water *on* it'. `own` are the tokens of the predicate itself.
    """

    def __init__(
        self, parse: Parse, at: int, by: str | None = None, by_at: int | None = None, own: Sequence[int] = ()
    ) -> None:
        self.parse, self.at, self.by, self.by_at, self.own = parse, at, by, by_at, own
        self._after: dict[str, list[int]] = {}

    @cached_property
    def doer(self) -> list[int]:
        """Who does what the verb says, also in a passive; who is ready, willing, opposed."""
        return _subject(self.parse, self.at)

    @cached_property
    def subject(self) -> list[int]:
        """The subject as it stands: 'the proposal is rejected'."""
        return _surface_subject(self.parse, self.at)

    @cached_property
    def objects(self) -> list[int]:
        """The direct object, the subject of a passive, or what stands after the predicate's own preposition."""
        if self.by is not None:
            after = self.after(self.by)
            return [i for i in after if not is_verb(self.parse, i)] if after else _stranded_object(self.parse, self.at)
        return _object(self.parse, self.at)

    @cached_property
    def addressed(self) -> list[int]:
        """'offered Iran a deal', 'told NATO to'; beside an object by preposition the direct one: 'asked Iran for'."""
        direct = dependents(self.parse, self.at, "dobj") if self.by is not None else []
        return direct or _indirect_object(self.parse, self.at)

    @cached_property
    def clauses(self) -> list[int]:
        """'said that it would', 'demanded NATO pull back'"""
        inner = [c for i in self.own if i != self.at for c in dependents(self.parse, i, "acl", "ccomp")]
        return _clause(self.parse, self.at) or [c for c in inner if opens_with_that(self.parse, c)]

    @cached_property
    def mandative_clauses(self) -> list[int]:
        """Clauses that say what must be: 'insisted that Iran stop'."""
        return _mandative_clause(self.parse, self.at)

    @cached_property
    def infinitives(self) -> list[int]:
        found = [i for i in _infinitive(self.parse, self.at) if i > self.at or self.parse.deps[i] != "advcl"]
        inner = [c for i in self.own if i != self.at for c in dependents(self.parse, i, "acl", "xcomp", "relcl")]
        return found or [c for c in inner if c not in self.own and _is_infinitive(self.parse, c)]

    @cached_property
    def gerunds(self) -> list[int]:
        """-ing forms, bare or after the predicate's own preposition: 'considered leaving', 'insisted on leaving'."""
        if self.by is None:
            return _gerund(self.parse, self.at)
        return [i for i in self.after(self.by) if self.parse.tags[i] == "VBG"]

    @cached_property
    def clause_subjects(self) -> list[int]:
        """The subject of the clause or infinitive below: 'demanded that NATO pull back'."""
        return _clause_subject(self.parse, self.at)

    @cached_property
    def noun_clauses(self) -> list[int]:
        """The clause or infinitive that says what a noun contains: 'a demand that …'."""
        return _noun_clause(self.parse, self.at)

    @cached_property
    def relatives(self) -> list[int]:
        """The relative clauses of a noun: 'a bill that would bar'."""
        return dependents(self.parse, self.at, "relcl")

    @cached_property
    def object_owners(self) -> list[int]:
        """Whose the object is: 'rejected Moscow's demand', 'a plan by Egypt'."""
        return _object_owner(self.parse, self.at)

    @cached_property
    def owners(self) -> list[int]:
        """Whose the noun is: 'Moscow's demand', 'the Russian demand', 'its demand'."""
        return possessive(self.parse, self.at)

    @cached_property
    def compounds(self) -> list[int]:
        """A common noun before a noun that says what it is about: 'their truce proposal'."""
        return _compound(self.parse, self.at)

    @cached_property
    def is_bare(self) -> bool:
        """Whether nothing tells what is accepted or refused: 'Oslo agreed within hours'."""
        return _is_bare(self.parse, self.at, self.own)

    @cached_property
    def commands(self) -> bool:
        """Whether the verb commands: 'Stop the raids', 'Do not sign'."""
        return bool(_imperative(self.parse, self.at))

    def after(self, preposition: str) -> list[int]:
        """What stands after a preposition: of the predicate, of its object, of the verb that carries a noun."""
        if preposition not in self._after:
            found = self._after_own(preposition) or _after(self.parse, self.at, preposition)
            if not found and preposition == self.by:  # 'stress the importance of a truce'
                nouns = dependents(self.parse, self.at, "dobj")
                found = [i for noun in nouns for i in prepositional_objects(self.parse, noun, preposition)]
            self._after[preposition] = found
        return self._after[preposition]

    def _after_own(self, preposition: str) -> list[int]:
        if preposition != self.by or self.by_at is None:
            return []
        return dependents(self.parse, self.by_at, "pobj", "pcomp")


def _after(parse: Parse, at: int, preposition: str) -> list[int]:
    found = prepositional_objects(parse, at, preposition)
    if not found and is_noun(parse, at):  # 'the acceptance by Oslo of the plan'
        makers = [i for maker in prepositional_objects(parse, at, "by") for i in conjuncts(parse, maker)]
        found = [i for maker in makers for i in prepositional_objects(parse, maker, preposition)]
    if not found and not is_verb(parse, at) and parse.deps[at] == "dobj":
        found = prepositional_objects(parse, parse.heads[at], preposition)  # 'issued an ultimatum to Iran'
    if not found and is_verb(parse, at) and preposition in HUNG_FROM_OBJECT:
        objects = (
            prepositional_objects(parse, noun, preposition)
            for noun in dependents(parse, at, "dobj", "nsubjpass", *(("nsubj",) if preposition == "between" else ()))
        )
        found = next(filter(None, objects), [])
    return found


def _subject(parse: Parse, at: int) -> list[int]:
    if is_verb(parse, at) or parse.deps[at] == "ROOT":
        found = logical_subject(parse, at)
        return [found] if found is not None else []
    own = own_subject(parse, at)
    if own is not None:
        return [own]
    verb = carrier_verb(parse, at)
    if verb is not None:
        found = surface_subject(parse, verb)
        return [found] if found is not None and found != at else []
    above = parse.heads[at]  # 'Lula ready to help', as headlines have it
    return [above] if parse.heads[above] == above and above < at and parse.deps[at] in HEADLINE_PREDICATES else []


def _surface_subject(parse: Parse, at: int) -> list[int]:
    verb = at if is_verb(parse, at) else carrier_verb(parse, at)
    if verb is None:
        return dependents(parse, at, *SUBJECTS)
    named = dependents(parse, verb, "dobj") if parse.deps[at] == "oprd" else []
    if named:  # 'called the deal a non-starter'
        return named
    found = surface_subject(parse, verb)
    return [found] if found is not None and found != at else dependents(parse, verb, "attr")


def _object(parse: Parse, at: int) -> list[int]:
    if is_passive(parse, at) and dependents(parse, at, "nsubj") and dependents(parse, at, "nsubjpass"):
        return dependents(parse, at, "nsubjpass")  # 'agreements Ukraine has reached', as the parser has it
    if is_passive(parse, at):
        found = surface_subject(parse, at)
        return [found] if found is not None else []
    return (
        _relative_object(parse, at)
        or _said_after_what(parse, at)
        or dependents(parse, at, "dobj")
        or dependents(parse, at, "oprd")
        or _object_after_particle(parse, at)
        or _free_relative(parse, at)
        or _shared_object(parse, at)
        or object_above(parse, at)
        or [i for i in dependents(parse, at, "xcomp") if parse.lower[i] in NOUNS_READ_AS_ADJECTIVES]
    )


def _said_after_what(parse: Parse, at: int) -> list[int]:
    """'what we need is a truce': a truce."""
    opens = any(parse.tags[c] == "WP" for c in dependents(parse, at, "dobj"))
    return dependents(parse, parse.heads[at], "attr") if opens and parse.deps[at] == "csubj" else []


def _free_relative(parse: Parse, at: int) -> list[int]:
    """'rejected what it called an ultimatum': the clause that 'what' opens stands for a thing."""
    return [
        i for i in dependents(parse, at, "ccomp") if any(parse.tags[c] == "WP" and c < i for c in parse.children[i])
    ]


def _relative_object(parse: Parse, at: int) -> list[int]:
    """'the deal that Oslo signed', 'the proposal Oslo rejected': the noun that the clause describes."""
    if parse.deps[at] != "relcl" or parse.lower[parse.heads[at]] in GAPLESS:
        return []
    direct, subject = dependents(parse, at, "dobj"), own_subject(parse, at)
    is_pronoun = bool(direct) and parse.tags[direct[0]] in RELATIVE_TAGS
    told = dependents(parse, at, "dobj", "ccomp", "xcomp", "acomp", "attr")
    stranded = [i for i in dependents(parse, at, "prep") if not parse.children[i]]  # 'the plan Oslo agreed to'
    has_gap = subject is not None and parse.tags[subject] not in RELATIVE_TAGS and not told and not stranded
    return [parse.heads[at]] if is_pronoun or has_gap else []


RELATIVE_TAGS = ("WDT", "WP")
# 'the day Oslo signed': when, where, how and why, and nothing that is signed.
GAPLESS = english.words("gapless_nouns")


def _stranded_object(parse: Parse, at: int) -> list[int]:
    """'the elections Oslo asked for', 'a truce that was called for': what the preposition left behind."""
    if is_passive(parse, at):
        found = surface_subject(parse, at)
        return [found] if found is not None else []
    subject = own_subject(parse, at)
    describes = parse.deps[at] == "relcl" and subject is not None and parse.tags[subject] not in RELATIVE_TAGS
    return [parse.heads[at]] if describes else []


def _shared_object(parse: Parse, at: int) -> list[int]:
    """'rejects and condemns the plan': the object of both stands after the second."""
    verbs = [c for c in dependents(parse, at, "conj") if is_verb(parse, c) and own_subject(parse, c) is None]
    return dependents(parse, verbs[0], "dobj") if verbs and verbs[0] - at <= NEXT_VERB else []


def _object_after_particle(parse: Parse, at: int) -> list[int]:
    """'voted down a plan', 'dismissed as idle a call': what the parser hangs from a particle or from 'as'."""
    for child in dependents(parse, at, "prep"):
        if child == at + 1 and parse.lower[child] in PARTICLES:
            return dependents(parse, child, "pobj")
    return []


def _indirect_object(parse: Parse, at: int) -> list[int]:
    found = dependents(parse, at, "dative")
    return [i for i in found if is_noun(parse, i) or parse.tags[i] == "PRP"] + [
        j for i in found if parse.tags[i] in ("IN", "TO") for j in dependents(parse, i, "pobj")
    ]


def _clause(parse: Parse, at: int) -> list[int]:
    found = [i for i in dependents(parse, at, "ccomp") if not _is_infinitive(parse, i) and not _is_open(parse, i)]
    return found + [i for i in dependents(parse, at, "advcl") if opens_with_that(parse, i)]


def _is_open(parse: Parse, clause: int) -> bool:
    """An indirect question: 'asked whether the bridge was open'."""
    return any(parse.lower[c] in QUESTION_WORDS for c in parse.children[clause])


def _mandative_clause(parse: Parse, at: int) -> list[int]:
    places = (at, parse.heads[at]) if parse.deps[at] == "acomp" else (at,)  # 'was adamant that Oslo stop'
    return [i for place in places for i in dependents(parse, place, "ccomp") if i > at and says_what_must_be(parse, i)]


def says_what_must_be(parse: Parse, clause: int) -> bool:
    """'that Oslo must stop', 'that Oslo stop'"""
    modal = modal_of(parse, clause)
    if modal is not None or _is_infinitive(parse, clause):
        return modal in OBLIGING
    if _obliges(parse, clause):
        return True
    return _is_subjunctive(parse, clause)


def _obliges(parse: Parse, verb: int) -> bool:
    """'that Oslo has to stop', 'that Oslo needs to stop'"""
    below = [i for i in dependents(parse, verb, "xcomp") if _is_infinitive(parse, i)]
    return parse.lower[verb] in OBLIGING_VERBS and bool(below) and not dependents(parse, verb, "neg")


def _is_subjunctive(parse: Parse, verb: int) -> bool:
    """'insisted that the gas flow': a bare form, or a plural form under a singular subject."""
    if parse.tags[verb] == "VB":
        return not dependents(parse, verb, "aux")
    if parse.tags[verb] == "VBP" and parse.tags[parse.heads[verb]] == "VBD" and not dependents(parse, verb, "aux"):
        return parse.lower[verb] not in BEING  # 'insisted they leave'
    if any(parse.lower[c] == "be" for c in dependents(parse, verb, "auxpass")):
        return not dependents(parse, verb, "aux")
    subject = own_subject(parse, verb)
    alone = subject is not None and not dependents(parse, subject, "conj")
    return parse.tags[verb] == "VBP" and alone and subject is not None and parse.tags[subject] in ("NN", "NNP")


def _is_infinitive(parse: Parse, i: int) -> bool:
    return any(parse.deps[c] == "aux" and parse.tags[c] == "TO" for c in parse.children[i])


def _infinitive(parse: Parse, at: int) -> list[int]:
    found = [i for i in dependents(parse, at, "xcomp", "ccomp", "acl", "relcl", "advcl") if _is_infinitive(parse, i)]
    addressed = [i for i in dependents(parse, at, "dobj") if parse.tags[i] != "NN" or parse.lower[i] in ADDRESSED]
    for noun in addressed:  # 'urged Iran to stop' with the infinitive hung from Iran, but not 'refused a plea to stop'
        found += [i for i in dependents(parse, noun, "acl", "relcl", "xcomp") if _is_infinitive(parse, i)]
    if not found and parse.deps[at] in ("dobj", "attr", "pobj", "acomp", "oprd") and not is_verb(parse, at):
        above = parse.heads[at]
        found = [i for i in dependents(parse, above, "xcomp", "advcl") if _is_infinitive(parse, i) and i > at]
    return found


def _gerund(parse: Parse, at: int) -> list[int]:
    found = [i for i in dependents(parse, at, "xcomp", "pcomp", "dobj") if parse.tags[i] == "VBG"]
    found += [i for i in dependents(parse, at, "ccomp") if _is_bare_gerund(parse, i)]  # 'opposes Oslo joining'
    for prep in dependents(parse, at, "prep"):
        found += [i for i in dependents(parse, prep, "pcomp") if parse.tags[i] == "VBG"]
    return found


def _is_bare_gerund(parse: Parse, i: int) -> bool:
    return parse.tags[i] == "VBG" and not dependents(parse, i, "aux")


def _clause_subject(parse: Parse, at: int) -> list[int]:
    found = []
    # 'demanded a promise the bank would pay', 'it is time that they pay': the clause hangs from the noun.
    nouns = dependents(parse, at, "dobj", "attr")
    below = [c for noun in nouns for c in dependents(parse, noun, "acl", "relcl", "ccomp")]
    stated = [
        c for c in below if not any(parse.tags[s] in ("WDT", "WP") for s in dependents(parse, c, *PRONOUN_PLACES))
    ]
    called_for = [c for c in dependents(parse, at, "advcl") if _opens_with_for(parse, c)]
    for clause in (*dependents(parse, at, "ccomp", "xcomp"), *_noun_clause(parse, at), *stated, *called_for):
        subject = own_subject(parse, clause)
        if subject is not None:
            found.append(subject)
    return found


def _opens_with_for(parse: Parse, clause: int) -> bool:
    """'called for the fleet to leave'"""
    return any(parse.lower[c] == "for" for c in dependents(parse, clause, "mark"))


def _object_owner(parse: Parse, at: int) -> list[int]:
    objects = _object(parse, at)
    for prep in dependents(parse, at, "prep"):
        objects = objects + dependents(parse, prep, "pobj")
    return [owner for i in objects for noun in conjuncts(parse, i) for owner in owners(parse, noun)]


def _noun_clause(parse: Parse, at: int) -> list[int]:
    places = [at, *dependents(parse, at, "attr")]  # 'it is time that …'
    above = parse.heads[at]
    if parse.deps[at] in ("nsubj", "nsubjpass") and dependents(parse, above, "ccomp", "xcomp", "attr"):
        found = dependents(parse, above, "ccomp", "xcomp", "attr")  # 'Oslo's demand is that …'
        return found if parse.lower[above] in BEING else []
    if parse.lower[at] in DEMANDING_NOUNS and parse.deps[at] == "nsubj" and parse.lower[above] in INCLUDING:
        return dependents(parse, above, "dobj")  # 'Oslo's demands include an apology'
    if parse.deps[at] == "pobj" and parse.lower[above] == "among" and parse.lower[parse.heads[above]] in BEING:
        return dependents(parse, parse.heads[above], "attr", "nsubj")  # 'among Oslo's demands is an apology'
    below = [i for place in places for i in dependents(parse, place, "acl", "relcl", "ccomp", "xcomp")]
    found = [i for i in below if not _is_participle(parse, i) and not _is_relative(parse, i)]
    if not found and parse.deps[at] in ("dobj", "attr", "pobj"):
        above = parse.heads[at]
        found = [
            i
            for i in dependents(parse, above, "ccomp", "xcomp", "advcl")
            if i > at and (_is_infinitive(parse, i) or opens_with_that(parse, i))
        ]
    return found or _infinitive_after(parse, at)


def _infinitive_after(parse: Parse, at: int) -> list[int]:
    """'will not flinch in the face of calls to leave': the infinitive right after a noun below a preposition, which
    the model hangs on the verb of the clause."""
    is_phrase = parse.deps[at] == "pobj" and any(child < at for child in parse.children[at])  # not 'with urgency'
    is_followed = is_phrase and at + 1 < len(parse) and parse.tags[at + 1] == "TO"
    verb = parse.heads[at + 1] if is_followed else at
    return [verb] if verb > at + 1 and parse.heads[verb] in ancestors(parse, at) else []


def _is_relative(parse: Parse, clause: int) -> bool:
    """'an accord that could': describes the noun, and does not say what it holds."""
    if parse.deps[clause] == "relcl" and _obliges(parse, clause) and own_subject(parse, clause) is not None:
        return not any(parse.lower[c] == "that" for c in dependents(parse, clause, "dobj"))  # 'that Oslo has to stop'
    return parse.deps[clause] == "relcl" and any(parse.tags[c] in RELATIVE_TAGS for c in parse.children[clause])


def _is_participle(parse: Parse, i: int) -> bool:
    return parse.tags[i] in ("VBN", "VBG") and not dependents(parse, i, "aux", "mark")


def _compound(parse: Parse, at: int) -> list[int]:
    return [i for i in dependents(parse, at, "compound", "amod", "nmod") if parse.tags[i] in ("NN", "NNS")]


def _imperative(parse: Parse, at: int) -> list[int]:
    """A base form without a subject that opens its clause."""
    if parse.tags[at] != "VB" or dependents(parse, at, *SUBJECTS, "mark"):
        return []
    first = min((at, *dependents(parse, at, "aux", "neg", "advmod", "intj")))
    if at - first > BEFORE_COMMAND:
        return []
    helpers = [parse.lower[c] for c in dependents(parse, at, "aux")]
    above = parse.heads[at]
    if parse.deps[at] == "conj" and is_verb(parse, above) and not _imperative(parse, above):
        return []
    if parse.lower[at] == "let" and not LET_US.isdisjoint(parse.lower[c] for c in subtree(parse, at)[:3]):
        return []
    opens = first == 0 or parse.words[first - 1] in OPENING_MARKS or parse.lower[first - 1] in ("and", "or", "please")
    return [at] if opens and set(helpers) <= {"do", "let"} else []


LET_US = frozenset(("us", "'s", "me"))
# Words that may stand in a command before its verb: 'do not ever sign'.
BEFORE_COMMAND = 3
OPENING_MARKS = ('"', "“", "'", "‘", "``", ",", ".", ":", ";", "!", "–", "—", "-")


def _is_bare(parse: Parse, at: int, own: Sequence[int]) -> bool:
    below = [c for c in parse.children[at] if c not in own]
    if any(parse.deps[c] in TELLING for c in below) or _shared_object(parse, at) or parse.deps[at] == "acl":
        return False
    return BARE_BREAKING.isdisjoint(parse.lower[c] for c in below if parse.deps[c] == "prep")


INCLUDING = verb_forms("include") | verb_forms("comprise")
BEING = verb_forms("be") | verb_forms("remain")
TELLING = ("dobj", "ccomp", "xcomp", "dative", "prt", "acomp", "oprd", "agent")
BARE_BREAKING = english.words("telling_prepositions")
