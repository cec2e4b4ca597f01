"""A change of the rules is told by entry, and every sentence that it can touch is touched."""

import re
from collections.abc import Callable, Mapping
from datetime import date

import duckdb
import pytest

from rules.positions.affected import Reach
from rules.positions.tag import Tagger
from rules.ruleset.changes import changes_between
from rules.ruleset.load import load_ruleset
from rules.syntax.parse import Parser
from rules.syntax.tree import Parse
from schemas.article import Article
from schemas.position import Position, Stance
from schemas.ruleset import RuleSet
from tests.corpus.cases import read_articles, read_sentences

WHOLE = load_ruleset()
# Most people are left out: the test makes many taggers, and their names take most of the time.
BASE = WHOLE.model_copy(update={"people": WHOLE.people[::300]})
LAVROV = next(person for person in WHOLE.people if person.name == "Sergei Lavrov")
CORPUS = [case.article for case in [*read_articles(), *read_sentences()[::2]]]
CORPUS.append(
    Article(
        title="Lavrov rules out talks",
        published=date(2021, 6, 3),
        text="Lavrov ruled out talks on Wednesday. He demanded that NATO leave.",
    )
)


def with_trigger(name: str, **fields: object) -> RuleSet:
    """The base with some fields of one trigger set to something else."""
    triggers = tuple(t.model_copy(update=fields) if t.id == name else t for t in BASE.triggers)
    return BASE.model_copy(update={"triggers": triggers})


def without_trigger(name: str) -> RuleSet:
    return BASE.model_copy(update={"triggers": tuple(t for t in BASE.triggers if t.id != name)})


def with_actor(name: str, **fields: object) -> RuleSet:
    return BASE.model_copy(
        update={"actors": tuple(a.model_copy(update=fields) if a.id == name else a for a in BASE.actors)}
    )


def trigger_words(name: str) -> tuple[str, ...]:
    return next(t for t in BASE.triggers if t.id == name).verbs


EDITS: dict[str, Callable[[], RuleSet]] = {
    "a trigger removed": lambda: without_trigger("refusal.reject"),
    "a trigger with another verb": lambda: with_trigger(
        "demand.demand", verbs=(*trigger_words("demand.demand"), "say")
    ),
    "a longer wording that hides a shorter one, and falls for want of its partner": lambda: with_trigger(
        "demand.demand", verbs=("reject the", "reject a"), with_words=("zebra",)
    ),
    "another negation": lambda: with_trigger("refusal.reject", negated="keep"),
    "another negation of a trigger with many verbs": lambda: with_trigger("demand.urge", negated="only"),
    "other words of its content": lambda: with_trigger("demand.urge", without_words=("stop", "open", "return")),
    "no role of the target": lambda: with_trigger("demand.urge", target=()),
    "fewer roles of the target": lambda: with_trigger("demand.urge", target=("object",)),
    "a role of the target that the whole sentence tells": lambda: with_trigger(
        "acceptance.agree", target=("with", "object_owner")
    ),
    "other roles of the content": lambda: with_trigger("refusal.reject", content=("subject", "on", "infinitive")),
    "the subject in the content": lambda: with_trigger("demand.demand", content=("subject", "object", "clause")),
    "another stance": lambda: with_trigger("offer.ready", stance=Stance.THREAT),
    "other needs": lambda: with_trigger("demand.urge", needs=("object",)),
    "an actor without adjectives": lambda: with_actor("RUS", adjectives=()),
    "an actor that begins later": lambda: with_actor("NATO", since=date(2030, 1, 1)),
    "an actor removed": lambda: BASE.model_copy(update={"actors": tuple(a for a in BASE.actors if a.id != "GBR")}),
    "a person more": lambda: BASE.model_copy(update={"people": (*BASE.people, LAVROV)}),
    "an issue without terms": lambda: BASE.model_copy(
        update={"issues": tuple(i.model_copy(update={"terms": ()}) for i in BASE.issues)}
    ),
}


@pytest.fixture(scope="module")
def parses() -> dict[str, Parse]:
    """The parses of all sentences that any of the rule sets may want."""
    everything = with_trigger("demand.demand", verbs=(*trigger_words("demand.demand"), "say"))
    taggers = [Tagger(BASE), Tagger(everything)]
    texts = {s.key: s.text for tagger in taggers for article in CORPUS for s in tagger.candidates(article)}
    return dict(zip(texts, Parser().parse(texts.values()), strict=True))


def tagged(ruleset: RuleSet, parses: Mapping[str, Parse]) -> list[list[Position]]:
    tagger = Tagger(ruleset)
    return [tagger.tag(article, parses) for article in CORPUS]


@pytest.fixture(scope="module")
def before(parses: dict[str, Parse]) -> list[list[Position]]:
    return tagged(BASE, parses)


def place(position: Position) -> tuple[str, int, int]:
    return position.section, position.sentence_start, position.sentence_end


@pytest.mark.parametrize("name", EDITS)
def test_reading_what_is_touched_again_is_reading_everything_again(
    name: str, parses: dict[str, Parse], before: list[list[Position]]
) -> None:
    edited = EDITS[name]()
    tagger, reach = Tagger(edited), Reach(BASE, edited)
    old_tagger = Tagger(BASE)
    stored = {s.key: parses[s.key].to_bytes() for article in CORPUS for s in old_tagger.candidates(article)}
    touched = reach.sentences_among(CORPUS, lambda keys: {k: stored[k] for k in keys if k in stored}, tagger)
    differing = 0
    for article, old, new in zip(CORPUS, before, tagged(edited, parses), strict=True):
        differing += old != new
        again = touched.get(article.article_id, [])
        if again is None:
            continue
        places = {(s.section, s.start, s.end) for s in again}
        read = tagger.tag(article, parses, tagger.candidates(article, again))
        kept = [position for position in old if place(position) not in places]
        assert sorted(map(repr, [*kept, *read])) == sorted(map(repr, new))
    assert differing, "an edit that changes nothing tests nothing"


@pytest.mark.parametrize("name", EDITS)
def test_what_holds_no_word_of_the_pattern_is_not_touched(name: str) -> None:
    reach = Reach(BASE, EDITS[name]())
    if reach.pattern is None:
        return
    holds = re.compile(reach.pattern, re.IGNORECASE)
    left_out = [a for a in CORPUS if not holds.search(a.title) and not holds.search(a.text)]
    assert not any(map(reach.touches, left_out))


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("They RELY on it.", True),
        ("They didn't.", True),
        ("They cannot.", True),
        ("A relying ‘rely’", True),
        ("It is unreliable, and so are kindly skiers.", False),
        ("\u212aind", True),  # the sign for kelvin, a k in lower case
        ("sk\u0130", True),  # a dotted capital I, two characters in lower case
    ],
)
def test_the_pattern_finds_words_as_they_are_spelt(text: str, held: bool) -> None:
    edited = with_trigger("demand.demand", verbs=("rely", "kind", "ski"))
    pattern = Reach(BASE, edited).pattern or ""
    if "did" in text or "can" in text:
        pattern = Reach(BASE, with_trigger("demand.demand", modals=("not",), verbs=())).pattern or ""
    found = duckdb.execute("SELECT regexp_matches($text, $pattern, 'i')", {"text": text, "pattern": pattern})
    assert found.fetchone() == (held,)


def test_another_verb_touches_no_sentence_with_the_verbs_that_stay() -> None:
    reach = Reach(BASE, with_trigger("demand.demand", verbs=(*trigger_words("demand.demand"), "buttonhole")))
    article = Article(title="", published=date(2021, 6, 3), text="Iran demanded tea.\nIt buttonholed Peru. It rained.")
    assert [s.text for s in reach.sentences(article) or []] == ["It buttonholed Peru."]


@pytest.mark.parametrize("name", ["a trigger removed", "another negation", "a person more"])
def test_an_edit_of_few_words_touches_few_articles(name: str) -> None:
    reach = Reach(BASE, EDITS[name]())
    assert sum(map(reach.touches, CORPUS)) < len(CORPUS) / 4


def test_changes_are_told_by_section_and_entry() -> None:
    edited = without_trigger("offer.ready").model_copy(update={"words": {**BASE.words, "fresh": ("new",)}})
    assert [str(change) for change in changes_between(BASE, edited)] == [
        "stances: removed offer.ready",
        "words: added fresh",
    ]
    assert [str(change) for change in changes_between(BASE, EDITS["a person more"]())] == [
        "people: added Sergei Lavrov of RUS"
    ]


def test_what_people_alone_read_is_no_change() -> None:
    trigger = BASE.triggers[0]
    edited = with_trigger(trigger.id, description="Told in other words.", examples=BASE.triggers[1].examples)
    assert changes_between(BASE, edited) == []
    assert not any(map(Reach(BASE, edited).touches, CORPUS))
