"""Reads a parse in Universal Dependencies (https://universaldependencies.org) in the terms of this package.

These terms are the tags of the Penn Treebank and the relations of ClearNLP, in which prepositions, copulas and
auxiliaries have their own places, and words of closed classes that grammar knows (rules/language/languages.py).
"""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from rules.language.languages import OtherLanguage
from rules.syntax.tree import DEPS, Parse, is_tree

TERMS = Path(__file__).with_suffix(".yaml")
FINITE = ("VBZ", "VBD", "MD", "VB")


@dataclass
class Draft:
    """A sentence while its tree is rebuilt, a list for each thing known of its tokens."""

    language: OtherLanguage
    lower: list[str]
    reads: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    marks: list[set[str]]  # features as 'VerbForm=Inf'

    def children(self, i: int, *deps: str) -> list[int]:
        """The dependents of a token, in some relations or in any."""
        return [c for c, head in enumerate(self.heads) if head == i and c != i and (not deps or self.deps[c] in deps)]

    def take_place(self, one: int, other: int) -> None:
        """Hang a token where another one hangs."""
        above = self.heads[other]
        self.heads[one], self.deps[one] = (one if above == other else above), self.deps[other]


@cache
def terms(table: str) -> dict[str, str]:
    """Our tags or relations by those of Universal Dependencies, or the relations that a rebuilding asks for."""
    found = yaml.safe_load(TERMS.read_text("utf-8"))[table]
    return dict(found if isinstance(found, dict) else zip(found, found, strict=True))


def read_in_our_terms(doc: Any, text: str, language: OtherLanguage) -> Parse:
    """The parse of a spaCy document of Universal Dependencies; `text` is what its offsets count."""
    draft = Draft(
        language,
        [token.lower_.replace("’", "'") for token in doc],
        [language.read(token.lower_.replace("’", "'")) for token in doc],
        [terms("tags").get(token.pos_, "XX") for token in doc],
        [token.dep_ for token in doc],
        [token.head.i for token in doc],
        [set(str(token.morph).split("|")) for token in doc],
    )
    for rebuild in (
        _tags,
        _main_verb,
        _copulas,
        _modals,
        _infinitives,
        _prepositions,
        _negations,
        _inverted_reports,
        _relations,
    ):
        rebuild(draft)
    starts = [token.idx for token in doc]
    ends = [token.idx + len(token.text) for token in doc]
    return _with_implied_words(draft, text, starts, ends)


def _tags(draft: Draft) -> None:
    """Tags of verbs by their forms, of plurals, of owners and of relative pronouns."""
    for i, marks in enumerate(draft.marks):
        tag = draft.tags[i]
        if tag in ("NN", "JJ") and draft.children(i, "aux:tense"):
            draft.tags[i] = "VBN"  # 'has agreed', whatever the tagger says
        elif tag in ("NN", "JJ", "NNP") and draft.deps[i] in ("ccomp", "advcl", "acl:relcl"):
            below = {draft.deps[c] for c in draft.children(i)}
            if "nsubj" in below and "cop" not in below:
                draft.tags[i] = "VBZ"  # a clause with a subject and no copula has a verb, whatever the tagger says
        elif tag == "VBZ":
            draft.tags[i] = _verb_tag(marks)
        elif tag == "NN" and "Number=Plur" in marks:
            draft.tags[i] = "NNS"
        elif tag == "DT":
            _determiner(draft, i)
        elif tag == "PRP":
            _pronoun(draft, i)


def _determiner(draft: Draft, i: int) -> None:
    if "Poss=Yes" in draft.marks[i]:
        draft.tags[i], draft.deps[i] = "PRP$", "poss"
    elif draft.reads[i] == "of":
        draft.reads[i] = "a"  # a partitive: French "des"


def _pronoun(draft: Draft, i: int) -> None:
    if "PronType=Rel" in draft.marks[i]:
        draft.tags[i] = "WDT"
    elif "PronType=Int" in draft.marks[i]:
        draft.tags[i] = "WP"
    elif draft.deps[i].startswith("expl") and draft.deps[i] != "expl:subj":
        draft.reads[i] = draft.lower[i]  # French "s'est dite": no 'if'


def _verb_tag(marks: set[str]) -> str:
    if "VerbForm=Inf" in marks or "Mood=Sub" in marks or "Mood=Imp" in marks:
        return "VB"
    if "VerbForm=Part" in marks:
        return "VBG" if "Tense=Pres" in marks else "VBN"
    return "VBD" if marks & {"Tense=Past", "Tense=Imp"} else "VBZ"


def _main_verb(draft: Draft) -> None:
    """'Peru threatens to leave': the model takes a finite verb for a modifier of the first noun."""
    for verb, noun in enumerate(draft.heads):
        is_hung = draft.deps[verb] in ("amod", "acl") and draft.heads[noun] == noun and noun < verb
        if is_hung and draft.tags[verb] in ("VBZ", "VBD") and draft.tags[noun].startswith("NN"):
            draft.take_place(verb, noun)
            draft.heads[noun], draft.deps[noun] = verb, "nsubj"
            for child in draft.children(noun, "punct"):
                draft.heads[child] = verb


def _copulas(draft: Draft) -> None:
    """'is ready': the copula carries the adjective or noun that is said of the subject."""
    for copula in [i for i, dep in enumerate(draft.deps) if dep == "cop"]:
        said = draft.heads[copula]
        draft.take_place(copula, said)
        moved = [c for c in draft.children(said) if c != copula and _is_of_the_clause(draft, c)]
        for child in moved:
            draft.heads[child] = copula
        draft.heads[said], draft.deps[said] = copula, "attr" if draft.tags[said].startswith("NN") else "acomp"


def _is_of_the_clause(draft: Draft, child: int) -> bool:
    negates = draft.deps[child] == "advmod" and "Polarity=Neg" in draft.marks[child]
    joins = draft.deps[child] == "conj" and any(draft.deps[c] == "nsubj" for c in draft.children(child))
    return draft.deps[child] in terms("of_the_clause") or negates or joins


def _modals(draft: Draft) -> None:
    """'must leave': the modal serves the verb."""
    for modal in [i for i, word in enumerate(draft.lower) if word in draft.language.modals]:
        served = [c for c in draft.children(modal, "xcomp", "ccomp") if draft.tags[c] in ("VB", "VBZ") and c > modal]
        if not served:
            continue
        verb = served[0]
        draft.take_place(verb, modal)
        for child in draft.children(modal):
            draft.heads[child] = verb
        draft.heads[modal], draft.deps[modal], draft.tags[modal] = verb, "aux", "MD"
        draft.reads[modal] = draft.language.modals[draft.lower[modal]]
        draft.tags[verb] = "VB"


def _infinitives(draft: Draft) -> None:
    """'to leave': what marks an infinitive serves it."""
    marks = draft.language.listed("infinitive_marks")
    for i, dep in enumerate(draft.deps):
        if dep in ("mark", "case") and draft.lower[i] in marks and "VerbForm=Inf" in draft.marks[draft.heads[i]]:
            draft.deps[i], draft.tags[i], draft.reads[i] = "aux", "TO", "to"
            verb = draft.heads[i]
            if draft.deps[verb].startswith(("obl", "nmod")):
                draft.deps[verb] = "acl" if draft.tags[draft.heads[verb]].startswith("NN") else "xcomp"


def _prepositions(draft: Draft) -> None:
    """'of Peru': the noun hangs from its preposition, and that from what the noun hung from."""
    for noun in range(len(draft.heads)):
        cases = draft.children(noun, "case")
        relation = draft.deps[noun]
        if not cases or relation.partition(":")[0] not in terms("oblique"):
            continue
        first, *others = cases
        draft.take_place(first, noun)
        draft.deps[first] = "agent" if relation == "obl:agent" else "prep"
        draft.heads[noun], draft.deps[noun] = first, "pobj"
        for other in others:
            draft.heads[other], draft.deps[other] = first, "dep"


def _negations(draft: Draft) -> None:
    """'not': of the two words that negate a verb the second."""
    for i, word in enumerate(draft.lower):
        if draft.deps[i] == "advmod" and word in draft.language.listed("negations"):
            beside = draft.children(draft.heads[i])
            if "Polarity=Neg" in draft.marks[i] or any(draft.lower[c] in ("ne", "n'") for c in beside):
                draft.deps[i] = "neg"


def _inverted_reports(draft: Draft) -> None:
    """'Peru must leave, said Chile': after what is said the subject of the report follows its verb."""
    for verb, tag in enumerate(draft.tags):
        if not tag.startswith("VB") or draft.children(verb, "nsubj", "nsubj:pass", "cop"):
            continue
        said = [
            c
            for c in draft.children(verb, "advcl", "ccomp", "parataxis")
            if c < verb and draft.tags[c] in FINITE and not draft.children(c, "mark")
        ]
        after = [c for c in draft.children(verb, "obj", "obl", "obl:mod", "xcomp") if c > verb]
        nouns = [c for c in after if draft.tags[c].startswith("NN") and not draft.children(c, "case")]
        if said and nouns:
            draft.deps[said[-1]], draft.deps[nouns[0]] = "ccomp", "nsubj"


def _relations(draft: Draft) -> None:
    """The names of the relations that are left."""
    for i, dep in enumerate(draft.deps):
        if draft.heads[i] == i:
            draft.deps[i] = "ROOT"
        elif dep == "expl:subj":
            draft.deps[i] = "nsubj"
        elif dep == "xcomp" and draft.tags[i] == "JJ":
            draft.deps[i] = "acomp"
        else:
            draft.deps[i] = terms("relations").get(dep) or (dep if dep in DEPS else "dep")


def _implied_word(draft: Draft, i: int) -> str | None:
    """What our terms have a word for and the form of a verb tells: 'will', 'would', the 'to' of an infinitive."""
    if draft.tags[i] == "MD":
        return None
    if "Tense=Fut" in draft.marks[i]:
        return "will"
    if "Mood=Cnd" in draft.marks[i]:
        return "would"
    bare = "VerbForm=Inf" in draft.marks[i] and draft.deps[i] in ("xcomp", "ccomp")
    return "to" if bare and not any(draft.tags[c] in ("TO", "MD") for c in draft.children(i)) else None


def _with_implied_words(draft: Draft, text: str, starts: list[int], ends: list[int]) -> Parse:
    """The parse, with a token of no letters before each verb whose form tells a word of ours."""
    implied = [_implied_word(draft, i) for i in range(len(starts))]
    place = [i + sum(word is not None for word in implied[: i + 1]) for i in range(len(starts))]
    tokens: list[tuple[int, int, str, str, int, str]] = []
    for i, word in enumerate(implied):
        tag = draft.tags[i]
        if word is not None:
            tokens.append((starts[i], starts[i], "TO" if word == "to" else "MD", "aux", place[i], word))
            tag = "VB"
        tokens.append((starts[i], ends[i], tag, draft.deps[i], place[draft.heads[i]], draft.reads[i]))
    begins, stops, tags, deps, heads, reads = zip(*tokens, strict=True) if tokens else ((),) * 6
    parse = Parse(text, begins, stops, tags, deps, heads, reads)
    return parse if is_tree(heads) else _flat(parse)


def _flat(parse: Parse) -> Parse:
    """The words of a sentence whose tree could not be rebuilt, hung from the first: nothing is read off it."""
    return replace(parse, deps=("dep",) * len(parse), heads=(0,) * len(parse))
