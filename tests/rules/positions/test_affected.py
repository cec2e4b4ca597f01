"""A change of the rules is told by entry, and every sentence that it can touch is touched."""

import re
from collections.abc import Callable, Mapping
from datetime import date

import duckdb
import pytest

from rules.positions.affected import Reach
from rules.positions.tag import Tagger
from rules.ruleset.changes import changes_between
from rules.syntax.tree import Parse
from schemas.article import Article
from schemas.position import Position, Stance
from schemas.ruleset import FrameEntry, Issue, RuleSet
from tests.corpus.cases import read_articles, read_sentences
from tests.rules.english import parser, ruleset

WHOLE = ruleset()
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


def with_frame(name: str, **fields: object) -> RuleSet:
    """The base with some fields of one frame set to something else."""
    assert name in {frame.id for frame in BASE.frames}
    frames = tuple(f.model_copy(update=fields) if f.id == name else f for f in BASE.frames)
    return BASE.model_copy(update={"frames": frames})


def without_frame(name: str) -> RuleSet:
    return BASE.model_copy(update={"frames": tuple(f for f in BASE.frames if f.id != name)})


def with_entry(name: str, **fields: object) -> RuleSet:
    """The base with an entry more in a frame."""
    return with_frame(name, entries=(*entries_of(name), FrameEntry.model_validate(fields)))


def with_other_entry(name: str, verb: str, **fields: object) -> RuleSet:
    """The base with some fields of the entries of a verb in one frame set to something else."""
    others = tuple(e.model_copy(update=fields) if e.verb == verb else e for e in entries_of(name))
    assert others != entries_of(name)
    return with_frame(name, entries=others)


def entries_of(name: str) -> tuple[FrameEntry, ...]:
    return next(f for f in BASE.frames if f.id == name).entries


def with_row(section: str, name: str, **fields: object) -> RuleSet:
    """The base with some fields of one row of a table set to something else."""
    rows = tuple(r.model_copy(update=fields) if r.id == name else r for r in getattr(BASE, section))
    assert rows != getattr(BASE, section)
    return BASE.model_copy(update={section: rows})


def with_list(section: str, name: str, words: tuple[str, ...]) -> RuleSet:
    """The base with another list of words."""
    lists = getattr(BASE, section)
    assert lists[name] != words
    return BASE.model_copy(update={section: {**lists, name: words}})


def with_issue(**fields: object) -> RuleSet:
    """The base with an issue more."""
    return BASE.model_copy(update={"issues": (*BASE.issues, Issue.model_validate(fields))})


def with_actor(name: str, **fields: object) -> RuleSet:
    return with_row("actors", name, **fields)


LONGER = next(f for f in BASE.frames if f.id == "demand.thing").model_copy(
    update={"id": "demand.longer", "needs": ("negated",), "entries": (FrameEntry(verb="reject the"),)}
)
NEW_VERB = {"verb": "say", "takes": ("that", "thing")}
EDITS: dict[str, Callable[[], RuleSet]] = {
    "a frame removed": lambda: without_frame("refusal.reject"),
    "a frame with another verb": lambda: with_entry("demand.thing", **NEW_VERB),
    "a frame with another idiom that may be split": lambda: with_entry("refusal.reject", idiom="fly to"),
    "a verb less": lambda: with_frame("demand.ask", entries=entries_of("demand.ask")[1:]),
    "a longer wording that hides a shorter one": lambda: with_entry("demand.thing", verb="reject the"),
    "a longer wording that hides a shorter one, and falls for want of a negation": lambda: BASE.model_copy(
        update={"frames": (*BASE.frames, LONGER)}
    ),
    "another sense": lambda: with_frame("refusal.reject", sense="oblige"),
    "another sense, of which the content decides": lambda: with_frame("demand.ask", sense="announcement"),
    "another stance": lambda: with_frame("refusal.reject", stance=Stance.THREAT),
    "no slot of the target": lambda: with_frame("demand.ask", target=()),
    "fewer slots of the target": lambda: with_frame("demand.ask", target=("from",)),
    "a slot of the target that the whole sentence tells": lambda: with_frame("acceptance.agree", target=("with",)),
    "other slots of the actor": lambda: with_frame("refusal.reject", actor=("speaker", "doer")),
    "other needs": lambda: with_frame("demand.ask", needs=("known_target",)),
    "needs that bear on the words alone": lambda: with_frame("refusal.reject", needs=("negated",)),
    "commands alone": lambda: with_frame("demand.ask", needs=("command",)),
    "another class of its content": lambda: with_frame("demand.ask", about=("stop", "end", "return")),
    "a class that its content may not have": lambda: with_frame("demand.ask", not_about=("stop", "end", "return")),
    "complements of an entry": lambda: with_other_entry("demand.ask", "urge", takes=("thing",)),
    "content of an entry": lambda: with_other_entry("demand.ask", "urge", not_about=("return", "stop", "end")),
    "an actor without adjectives": lambda: with_actor("RUS", adjectives=()),
    "an actor that begins later": lambda: with_actor("NATO", since=date(2030, 1, 1)),
    "an actor removed": lambda: BASE.model_copy(update={"actors": tuple(a for a in BASE.actors if a.id != "GBR")}),
    "a person more": lambda: BASE.model_copy(update={"people": (*BASE.people, LAVROV)}),
    "an issue more": lambda: with_issue(
        id="society.tea", name="Tea", covers="Tea.", terms=("logistics", "joint patrol")
    ),
    "an issue of words that stand together": lambda: with_issue(
        id="society.tea", name="Tea", covers="Tea.", together=((("spare", "shoot"), ("civilian", "looter")),)
    ),
    "an issue of weak terms": lambda: with_issue(id="society.tea", name="Tea", covers="Tea.", weak_terms=("offer",)),
    "an issue removed": lambda: BASE.model_copy(
        update={"issues": tuple(i for i in BASE.issues if i.id != "economy.sanctions")}
    ),
    "an issue whose terms are hidden": lambda: with_row("issues", "economy.sanctions", not_terms=("sanction",)),
    "an issue without terms": lambda: BASE.model_copy(
        update={"issues": tuple(i.model_copy(update={"terms": ()}) for i in BASE.issues)}
    ),
}


# What bears on every sentence.
EVERYWHERE: dict[str, Callable[[], RuleSet]] = {
    "what negation makes of a sense": lambda: with_row("polarity", "agree", negated="none"),
    "whether a sense commits": lambda: with_row("polarity", "pledge", commits="announced"),
    "what a class is committed to": lambda: with_row("commitments", "helping", announced="none", pledged="threat"),
    "which of two classes counts": lambda: with_row("commitments", "other", pledged="none"),
    "a class with fewer words": lambda: with_list("classes", "helping", BASE.classes["helping"][:5]),
    "an operator less": lambda: with_list("operators", "hedging_modals", ()),
    "verbs of hoping less": lambda: with_list("operators", "unreal_verbs", ()),
    "support verbs less": lambda: with_list("constructions", "support_verbs", ("make",)),
    "prepositions less": lambda: with_list("constructions", "prepositions", ("to", "with")),
    "another word list": lambda: with_list("words", "reporting_verbs", ("tell",)),
}


class Parses(dict[str, Parse]):
    """The parses of sentences by their key, each made when it is first wanted."""

    def of(self, tagger: Tagger) -> Mapping[str, Parse]:
        """These, with those of all sentences that a tagger may want."""
        texts = {s.key: s.text for article in CORPUS for s in tagger.candidates(article) if s.key not in self}
        self.update(zip(texts, parser().parse(texts.values()), strict=True))
        return self


@pytest.fixture(scope="module")
def parses() -> Parses:
    return Parses()


def tagged(tagger: Tagger, parses: Parses) -> list[list[Position]]:
    known = parses.of(tagger)
    return [tagger.tag(article, known) for article in CORPUS]


@pytest.fixture(scope="module")
def before(parses: Parses) -> list[list[Position]]:
    return tagged(Tagger(BASE), parses)


@pytest.fixture(scope="module")
def stored(before: list[list[Position]], parses: Parses) -> dict[str, bytes]:
    """The parses that were made for the base, as they are stored."""
    assert before
    return {key: parse.to_bytes() for key, parse in parses.items()}


def place(position: Position) -> tuple[str, int, int]:
    return position.section, position.sentence_start, position.sentence_end


@pytest.mark.parametrize("name", EDITS)
def test_reading_what_is_touched_again_is_reading_everything_again(
    name: str, parses: Parses, before: list[list[Position]], stored: dict[str, bytes]
) -> None:
    edited = EDITS[name]()
    tagger, reach = Tagger(edited), Reach(BASE, edited)
    touched = reach.sentences_among(CORPUS, lambda keys: {k: stored[k] for k in keys if k in stored}, tagger)
    differing = 0
    for article, old, new in zip(CORPUS, before, tagged(tagger, parses), strict=True):
        differing += old != new
        again = touched.get(article.article_id, [])
        if again is None:
            continue
        places = {(s.section, s.start, s.end) for s in again}
        read = tagger.tag(article, parses, tagger.candidates(article, again))
        kept = [position for position in old if place(position) not in places]
        assert sorted(map(repr, [*kept, *read])) == sorted(map(repr, new))
    assert differing, "an edit that changes nothing tests nothing"


def test_a_longer_wording_that_falls_for_want_of_its_content_hides_nothing(
    parses: Parses, before: list[list[Position]]
) -> None:
    assert tagged(Tagger(with_entry("demand.thing", verb="reject the", about=("zebra",))), parses) == before


@pytest.mark.parametrize("name", EVERYWHERE)
def test_what_bears_on_every_sentence_touches_every_article(name: str) -> None:
    reach = Reach(BASE, EVERYWHERE[name]())
    assert reach.everywhere
    assert reach.pattern is None
    assert reach.touches(Article(title="", published=date(2021, 6, 3), text="It rained."))


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
    words = ("not",) if "did" in text or "can" in text else ("rely", "kind", "ski")
    kind = "modal" if words == ("not",) else "verb"
    more = tuple(FrameEntry.model_validate({kind: word}) for word in words)
    pattern = Reach(BASE, with_frame("demand.thing", entries=(*entries_of("demand.thing"), *more))).pattern or ""
    found = duckdb.execute("SELECT regexp_matches($text, $pattern, 'i')", {"text": text, "pattern": pattern})
    assert found.fetchone() == (held,)


def test_another_verb_touches_no_sentence_with_the_verbs_that_stay() -> None:
    reach = Reach(BASE, with_entry("demand.thing", verb="buttonhole"))
    article = Article(title="", published=date(2021, 6, 3), text="Iran demanded tea.\nIt buttonholed Peru. It rained.")
    assert [s.text for s in reach.sentences(article) or []] == ["It buttonholed Peru."]


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("They spoke of a $5 toll.", True),
        ("The colonisation of Mars began.", True),
        ("Colonizations of Mars began.", True),
        ("The toll in pounds was low.", False),
        ("It rained.", False),
    ],
)
def test_words_of_a_changed_issue_are_found_as_they_are_spelt(text: str, stands: bool) -> None:
    edited = with_issue(id="society.tea", name="Tea", covers="Tea.", terms=("colonization", "dollar toll"))
    reach, article = Reach(BASE, edited), Article(title="", published=date(2021, 6, 3), text=text)
    assert reach.touches(article) is stands
    found = duckdb.execute("SELECT regexp_matches($text, $pattern, 'i')", {"text": text, "pattern": reach.pattern})
    assert found.fetchone() in {(True,), (stands,)}


@pytest.mark.parametrize(
    ("name", "text"),
    [("Zoltan Ökrös", "ZOLTÁN OKROS spoke."), ("Coté d'Or", "C\u00f4te\u00a0d’Or spoke."), ("Weiss", "Weiß spoke.")],
)
def test_the_pattern_of_names_finds_them_in_any_accent(name: str, text: str) -> None:
    edited = with_actor("NATO", names=(name,))
    reach = Reach(with_actor("NATO", names=()), edited)
    assert reach.touches(Article(title="", published=date(2021, 6, 3), text=text))
    asked = {"text": text, "pattern": reach.pattern}
    assert duckdb.execute("SELECT regexp_matches($text, $pattern, 'i')", asked).fetchone() == (True,)
    asked["text"] = "It rained on the “quick” dock…"
    assert duckdb.execute("SELECT regexp_matches($text, $pattern, 'i')", asked).fetchone() == (False,)


@pytest.mark.parametrize("name", ["a frame removed", "another sense", "a person more", "an issue removed"])
def test_an_edit_of_few_words_touches_few_articles(name: str) -> None:
    reach = Reach(BASE, EDITS[name]())
    assert sum(map(reach.touches, CORPUS)) < len(CORPUS) / 4


def test_changes_are_told_by_section_and_entry() -> None:
    edited = without_frame("offer.ready").model_copy(update={"words": {**BASE.words, "fresh": ("new",)}})
    assert [str(change) for change in changes_between(BASE, edited)] == [
        "frames: removed offer.ready",
        "words: added fresh",
    ]
    assert [str(change) for change in changes_between(BASE, EDITS["a person more"]())] == [
        "people: added Sergei Lavrov of RUS"
    ]


def test_what_people_alone_read_is_no_change() -> None:
    edited = with_frame(BASE.frames[0].id, description="Told in other words.", examples=BASE.frames[1].examples)
    for name in ("polarity", "commitments"):
        row = getattr(BASE, name)[0].model_copy(update={"description": "Told in other words."})
        edited = edited.model_copy(update={name: (row, *getattr(BASE, name)[1:])})
    edited = edited.model_copy(update={"matrix": (), "fillers": {}})
    assert changes_between(BASE, edited) == []
    assert not any(map(Reach(BASE, edited).touches, CORPUS))
