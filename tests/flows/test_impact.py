"""`positions rules impact` tells beforehand what applying an edit does afterwards."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.commands.rules import rules
from flows.engine import reading_of
from flows.impact import Impact, NothingTagged, impact
from rules.positions.tag import Tagger
from rules.ruleset.load import ENGLISH, load_ruleset
from rules.syntax.parse import Parser, model_version
from schemas.article import Article
from schemas.batch import NewParse, SentenceSpan, Tagged, TaggedBatch
from schemas.ruleset import RuleSet
from schemas.settings import Settings
from tests.rules.sample import FILES, write_sample_with_english_words
from warehouse.store import Store

MODEL = Settings().model
ARTICLES = [
    Article(title="", published=date(2019, 5, day), text=text)
    for day, text in [
        (1, "Norway demanded an apology from Sweden. Sweden asked for an apology in return."),
        (2, "Sweden demanded a fishing quota. It rained."),
        (3, "Norway requested a fishing quota."),
        (4, "It rained in Norway."),
    ]
]
DEMAND = FILES["frames/demand.yaml"].replace("  about: [harm_nouns, apology]\n", "")
REQUEST = "    - {verb: request, takes: [thing]}\n"
EDITED = DEMAND.replace("  entries:\n", f"  entries:\n{REQUEST}").replace("[thing, that]", "[thing]")
REPLACED = DEMAND.replace("    - {verb: demand, takes: [thing, that]}\n", REQUEST)


def folder_of(folder: Path, demand: str) -> Path:
    """The sample rule set with some frames of demands and the word lists that the engine needs."""
    return write_sample_with_english_words(folder, demand=demand)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser(MODEL)


def apply(store: Store, ruleset: RuleSet, articles: Sequence[Article], parser: Parser) -> Tagged:
    """Tags articles with a rule set and stores what it gives, as the tag flow does."""
    tagger = Tagger(ruleset)
    store.save_ruleset(ruleset)
    sentences = [(article, s) for article in articles for s in tagger.candidates(article)]
    parses = {s.key: parse for (_, s), parse in zip(sentences, parser.parse(s.text for _, s in sentences), strict=True)}
    positions = [position for article in articles for position in tagger.tag(article, parses)]
    return store.save_tagged(
        TaggedBatch(
            ruleset_version=ruleset.version,
            model_version=model_version(MODEL),
            article_ids=tuple(article.article_id for article in articles),
            sentences=tuple(
                SentenceSpan(
                    article_id=article.article_id,
                    section=s.section,
                    sentence_start=s.start,
                    sentence_end=s.end,
                    sentence_key=s.key,
                )
                for article, s in sentences
            ),
            parses=tuple(NewParse(sentence_key=key, parse=parse.to_bytes()) for key, parse in parses.items()),
            positions=tuple(p for p in positions if p.actor is not None),
            unresolved=tuple(p for p in positions if p.actor is None),
        )
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, parser: Parser) -> Path:
    """A warehouse of four articles, tagged and published with the sample rule set."""
    home = tmp_path_factory.mktemp("home")
    settings = Settings(home=home)
    with Store.open(settings.working_file) as store:
        store.save_articles(ARTICLES, [])
        apply(store, load_ruleset(folder_of(home / "before", DEMAND)), ARTICLES, parser)
        store.publish(settings.snapshot_file)
    return home


def impact_of(home: Path, demand: str, workers: int = 1) -> Impact:
    settings = Settings(home=home, rules=(folder_of(home / "edited", demand),))
    return impact(settings.snapshot_file, reading_of(settings), workers)


def test_what_is_told_is_what_applying_does(home: Path, parser: Parser) -> None:
    found = impact_of(home, EDITED)
    assert [str(change) for change in found.changes] == ["frames: changed demand.demand"]
    assert (found.touched, found.articles, found.parsed) == (3, 4, 1)
    assert [(e.position.actor, e.sentence) for e in found.added] == [("NOR", "Norway requested a fishing quota.")]
    with Store.open(Settings(home=home).working_file) as store:
        applied = apply(store, load_ruleset(home / "edited"), ARTICLES, parser)
    assert (applied.added, applied.retired) == (len(found.added), len(found.retired))
    assert applied.kept == found.kept


def test_a_removed_wording_retires(home: Path) -> None:
    found = impact_of(home, REPLACED)
    assert sorted(e.sentence for e in found.retired) == [
        "Norway demanded an apology from Sweden.",
        "Sweden demanded a fishing quota.",
    ]
    assert found.kept == 0


def test_several_processes_tell_the_same(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = impact_of(home, REPLACED)
    monkeypatch.setattr("warehouse.standing.ARTICLES_AT_ONCE", 1)
    monkeypatch.setattr("flows.impact.WORTH_A_POOL", 1)
    together = impact_of(home, REPLACED, workers=2)
    assert together == alone
    monkeypatch.setattr("flows.impact.MANY", 1)
    early = impact_of(home, REPLACED, workers=2)
    assert early == alone
    assert len(alone.retired) == 2


def test_the_same_rules_change_nothing(home: Path) -> None:
    found = impact_of(home, DEMAND.replace("to demand something", "told in other words"))
    assert (found.changes, found.touched, found.added, found.retired) == ([], 0, [], [])


SECOND = """\
- id: demand.second
  stance: demand
  sense: ask
  description: the same words, of which less is the content
  cameo: "10"
  entries:
    - {verb: demand, noun_takes: [to], takes: [from thing, thing]}
  examples: {match: [{text: Norway demanded an apology.}], no_match: [It rained.]}
"""


def test_two_frames_of_the_same_words_give_one_position_however_often_they_are_read(
    tmp_path: Path, parser: Parser
) -> None:
    both = DEMAND.replace("[thing, that]", "[from thing, thing, that]") + SECOND.replace(
        "[from thing, thing]", "[thing]"
    )
    settings = Settings(home=tmp_path)
    with Store.open(settings.working_file) as store:
        store.save_articles(ARTICLES, [])
        apply(store, load_ruleset(folder_of(tmp_path / "before", both)), ARTICLES, parser)
        store.publish(settings.snapshot_file)
    edited = Settings(
        home=tmp_path, rules=(folder_of(tmp_path / "edited", both.replace("noun_takes: [to]", "noun: zebra")),)
    )
    found = impact(edited.snapshot_file, reading_of(edited))
    assert found.changes
    assert (found.touched, found.added, found.retired) == (2, [], [])


@pytest.mark.parametrize(
    ("entry", "read"),
    [
        ("{verb: zigzag}", "0 of 4 articles touched, 0 sentences parsed: nothing would change, 0 positions kept"),
        (
            "{verb: rain, takes: [thing]}",
            "2 of 4 articles touched, 2 sentences parsed: nothing would change, 0 positions kept",
        ),
        (
            "{verb: demand, takes: [on thing]}",
            "2 of 4 articles touched, 0 sentences parsed: nothing would change, 2 positions kept",
        ),
    ],
)
def test_a_rule_set_without_effect_changes_nothing(home: Path, entry: str, read: str) -> None:
    edited = DEMAND.replace("  entries:\n", f"  entries:\n    - {entry}\n")
    folder = folder_of(home / "without_effect", edited)
    result = CliRunner().invoke(rules, ["impact", "--home", str(home), "--rules", str(folder)])
    assert result.stdout.splitlines() == ["frames: changed demand.demand", read]


def test_the_command_tells_sums_and_evidence_and_writes_nothing(home: Path) -> None:
    folder = folder_of(home / "told", EDITED)
    snapshot = Settings(home=home).snapshot_file
    held = snapshot.read_bytes()
    result = CliRunner().invoke(rules, ["impact", "--home", str(home), "--rules", str(folder)])
    assert result.stdout.splitlines() == [
        "frames: changed demand.demand",
        "3 of 4 articles touched, 1 sentences parsed: 1 positions added, 0 retired, 2 kept",
        "  demand.demand.request  +1      -0",
        "+ 2019-05-03 NOR demand of territory.fishing [demand.demand.request] Norway requested a fishing quota.",
    ]
    assert snapshot.read_bytes() == held


@pytest.mark.usefixtures("prefect")
def test_the_flow_tells_the_same_on_prefects_pages(home: Path) -> None:
    from prefect.client.orchestration import get_client

    from flows.in_use import using
    from flows.rules_impact import rules_impact

    edited = folder_of(home / "on_pages", EDITED)
    with using(Settings(home=home, allowed_rules=(edited,))):
        foretold = rules_impact([edited])
    assert (foretold.touched, foretold.articles, foretold.added, foretold.kept, foretold.retired) == (3, 4, 1, 2, 0)
    with get_client(sync_client=True) as client:
        page = client.request("GET", "/artifacts/rules-impact/latest").json()["data"]
    assert "| articles | 3 of 4 touched |" in page
    assert "Norway requested a fishing quota." in page


def test_a_run_names_a_rule_set_that_is_allowed_and_no_other_folder(tmp_path: Path) -> None:
    from flows.rules_impact import NotAllowed, allowed

    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    settings = Settings(rules=(ENGLISH, mine), allowed_rules=(theirs,))
    roundabout = theirs / ".." / "mine"
    assert allowed([ENGLISH, theirs, roundabout], settings) == (ENGLISH, theirs, roundabout)
    for folder in (tmp_path, mine / "inner", Path("/etc"), theirs / ".." / "other"):
        with pytest.raises(NotAllowed, match=f"^{folder}: not a rule set .*theirs.*POSITIONS_ALLOWED_RULES"):
            allowed([folder], settings)


def test_a_snapshot_without_tagged_articles_is_refused(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with Store.open(settings.working_file) as store:
        store.save_articles(ARTICLES, [])
        store.publish(settings.snapshot_file)
    with pytest.raises(NothingTagged, match="run `positions track` first"):
        impact_of(tmp_path, DEMAND)
    result = CliRunner().invoke(rules, ["impact", "--home", str(tmp_path)])
    assert result.exit_code == 1
    assert "holds no article tagged with its rule set" in result.stderr
