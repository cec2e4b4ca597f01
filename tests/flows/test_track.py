"""The flows end to end: what lands, what is tagged, and that running again changes nothing."""

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import duckdb
import pytest

from flows import ahead, runners
from flows import ingest as ingesting
from flows import track as tracking
from flows.engine import reading_of, warm
from flows.in_use import using
from flows.outcome import Tracked
from flows.pool import Workers, begun_early
from flows.stories import assign_stories
from rules.ruleset.load import ENGLISH
from rules.syntax.parse import Parser
from rules.syntax.tree import Parse
from schemas.article import Article
from schemas.batch import Landed
from schemas.settings import Settings
from tests.conftest import write_article
from tests.flows.running import ingest, publish, tag, track
from tests.flows.story_set import family, look_alike
from warehouse.ask import Asking
from warehouse.query import status
from warehouse.store import AnotherRunIsWriting, Store

pytestmark = pytest.mark.usefixtures("prefect")

OVERLAY = """
- id: demand.buttonhole
  stance: demand
  sense: ask
  description: To bother somebody until they act
  cameo: "10"
  target: [party]
  entries:
    - {verb: buttonhole, takes: [party to]}
  examples:
    match:
      - {text: Norway buttonholed Peru to lift its sanctions., actor: NOR}
    no_match:
      - Tailors buttonholed the coats.
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "data", workers=1)


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    """A rule set to be laid over the English one: a frame more."""
    mine = tmp_path / "mine"
    (mine / "frames").mkdir(parents=True)
    (mine / "ruleset.yaml").write_text("id: mine\nlanguage: en\ndescription: More demands.\n", "utf-8")
    (mine / "frames" / "buttonhole.yaml").write_text(OVERLAY, "utf-8")
    return mine


def rows(settings: Settings, query: str) -> list[tuple[object, ...]]:
    with Asking(settings.snapshot_file) as asking:
        return list(asking.ask(query).rows)


def content_of(database: Path, to: Path) -> dict[str, bytes]:
    """Everything a database holds, as EXPORT DATABASE writes it."""
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute(f"EXPORT DATABASE '{to}' (FORMAT csv)")
    # load.sql names the folder itself.
    return {file.name: file.read_bytes() for file in to.iterdir() if file.name != "load.sql"}


def test_articles_become_positions(folder: Path, settings: Settings) -> None:
    tracked = track([str(folder)], settings)
    assert (tracked.ingested.landed.new, tracked.tagging.articles, tracked.tagging.tagged.added) == (3, 3, 2)
    assert rows(settings, "SELECT stated_on::VARCHAR, actor, stance FROM positions ORDER BY ALL") == [
        ("2024-03-11", "NOR", "demand"),
        ("2024-03-13", "PER", "refusal"),
    ]
    assert (settings.export_dir / "positions.csv").is_file()


def test_tracking_twice_changes_nothing(folder: Path, settings: Settings, tmp_path: Path) -> None:
    first = track([str(folder)], settings)
    before = content_of(settings.working_file, tmp_path / "before")
    snapshot = settings.snapshot_file.stat().st_mtime_ns
    second = track([str(folder)], settings)
    after = content_of(settings.working_file, tmp_path / "after")
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == []
    assert first.changed
    assert not second.changed
    assert settings.snapshot_file.stat().st_mtime_ns == snapshot


def test_each_run_tells_the_watches_what_is_new_once(folder: Path, settings: Settings, tmp_path: Path) -> None:
    had = tmp_path / "news.jsonl"
    watched = settings.model_copy(update={"on_news": f"tee -a '{had}'"})
    first, second = (track([str(folder)], watched) for _ in range(2))
    (line,) = had.read_text("utf-8").splitlines()
    assert sorted((one["kind"], one["actor"]) for one in json.loads(line)["news"]) == [("new", "NOR"), ("new", "PER")]
    assert first.watched == [("watch everything", "2 pieces of news")]
    assert second.watched == [("watch everything", "0 pieces of news")]


def test_every_input_is_counted_once(folder: Path, settings: Settings) -> None:
    (folder / "bad_date.txt").write_text("Title\n20241399\nhttps://x.example/1\nBody.\n", "utf-8")
    (folder / "undecodable.txt").write_bytes(b"Title\n20240312\nhttps://x.example/2\nGr\x81\xff\0\n")
    (folder / "empty.txt").write_bytes(b"")
    shutil.copy(folder / "one.txt", folder / "copy.txt")
    ingested = track([str(folder)], settings).ingested
    assert ingested.inputs == 7
    assert (ingested.landed.new, ingested.landed.known, ingested.landed.rejected) == (3, 1, 3)
    assert sum(ingested.reasons.values()) == 3
    assert not ingested.all_rejected
    found = rows(settings, "SELECT origin, reason FROM rejected_article ORDER BY ALL")
    assert [str(origin).rsplit("/", 1)[-1] for origin, _ in found] == ["bad_date.txt", "empty.txt", "undecodable.txt"]
    assert len({reason for _, reason in found}) == 3
    again = track([str(folder)], settings).ingested
    assert (again.landed.new, again.landed.known, again.landed.known_rejected) == (0, 4, 3)
    assert again.reasons == ingested.reasons


def test_a_changed_rule_retags_from_stored_parses(
    folder: Path, settings: Settings, overlay: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_article(
        folder / "four.txt",
        "Lima",
        "20240315",
        "Norway buttonholed Peru to polish its bridges. Peru refused to lift its sanctions.",
    )
    track([str(folder)], settings)
    parsed: list[str] = []
    parse = Parser.parse

    def noted(parser: Parser, texts: Iterable[str]) -> list[Parse]:
        parsed.extend(texts)
        return parse(parser, parsed)

    monkeypatch.setattr(Parser, "parse", noted)
    changed = settings.model_copy(update={"rules": (ENGLISH, overlay)})
    retagged = track([], changed).tagging
    assert parsed == ["Norway buttonholed Peru to polish its bridges."]
    assert (retagged.articles, retagged.untouched) == (1, 3)
    assert (retagged.tagged.added, retagged.tagged.kept, retagged.tagged.retired) == (1, 0, 0)
    query = "SELECT actor, stance FROM positions ORDER BY ALL"
    standing = [("NOR", "demand"), ("NOR", "demand"), ("PER", "refusal"), ("PER", "refusal")]
    assert rows(settings, query) == standing, "what stands in sentences that were not read again stays"
    back = track([], settings).tagging
    assert (back.articles, back.tagged.added, back.tagged.kept, back.tagged.retired) == (1, 0, 0, 1)


@pytest.mark.parametrize("early", [True, False])
def test_after_an_edit_processes_that_start_early_read(
    folder: Path, settings: Settings, overlay: Path, monkeypatch: pytest.MonkeyPatch, early: bool
) -> None:
    write_article(folder / "four.txt", "Lima", "20240315", "Norway buttonholed Peru to polish its bridges.")
    several = settings.model_copy(update={"workers": 2})
    track([str(folder)], several)
    monkeypatch.setattr(ahead, "MANY", 1)
    changed = several.model_copy(update={"rules": (ENGLISH, overlay)})
    workers = Workers(2, partial(warm, reading_of(changed), parser=False))
    with begun_early(workers) if early else nullcontext():
        if early:
            monkeypatch.setattr(ahead, "Workers", None)  # the run starts none of its own
        assert track([], changed).tagging.articles == 1
    assert ("NOR", "demand.buttonhole.buttonhole") in rows(several, "SELECT actor, trigger_id FROM positions")


def test_articles_in_other_languages_land_and_are_not_tagged(folder: Path, settings: Settings) -> None:
    write_article(
        folder / "fr.txt",
        "Le Pérou",
        "20240315",
        "Le gouvernement du Pérou a déclaré mardi qu'il refusait de lever les sanctions contre la Norvège, et que "
        "les négociations entre les deux pays reprendraient la semaine prochaine dans la capitale.",
    )
    tracked = track([str(folder)], settings)
    assert (tracked.ingested.landed.new, tracked.tagging.articles) == (4, 3)
    found = status(settings.snapshot_file)
    assert (found.articles, found.pending, found.unread) == (4, 0, 1)


def test_copies_share_a_story_whoever_signed_them(tmp_path: Path, settings: Settings) -> None:
    articles = [told.article for seed in (1, 2) for told in (*family(seed), *look_alike(seed))]
    lines = (article.model_dump_json(include={"title", "published", "url", "text"}) for article in articles)
    (tmp_path / "copies.jsonl").write_text("\n".join(lines), "utf-8")
    track([str(tmp_path / "copies.jsonl")], settings)
    told = rows(settings, "SELECT article_id, story_id FROM story WHERE retired_at IS NULL ORDER BY article_id")
    with Store.open(tmp_path / "alone.duckdb") as store:
        store.save_articles(articles, [])
        assert assign_stories(store) == len(articles)
        members = store.story_members(sorted(article.article_id for article in articles))
    stories = Counter(member.story_id for member in members)
    assert told == [(m.article_id, m.story_id) for m in members if stories[m.story_id] > 1] != []


def test_a_run_that_ends_halfway_is_finished_by_the_next(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings.model_copy(update={"batch_articles": 1})
    save = Store.land
    saved: list[object] = []

    def fail_at_the_second(store: Store, batch: object) -> object:
        if saved:
            raise OSError("the disk is full")
        saved.append(batch)
        return save(store, batch)  # type: ignore[arg-type]

    monkeypatch.setattr("flows.tag.LANDED_AT_ONCE", 1)
    with monkeypatch.context() as broken:
        broken.setattr(Store, "land", fail_at_the_second)
        with pytest.raises(OSError, match="disk is full"):
            track([str(folder)], settings)
    assert not settings.snapshot_file.exists()
    tracked = track([str(folder)], settings)
    assert tracked.tagging.articles == 2
    assert rows(settings, "SELECT name, status FROM run ORDER BY started_at") == [
        ("track", "failed"),
        ("track", "finished"),
    ]
    assert len(rows(settings, "FROM positions")) == 2


def test_a_second_writer_leaves_with_a_clear_word(folder: Path, settings: Settings) -> None:
    with Store.open(settings.working_file), pytest.raises(AnotherRunIsWriting, match="another run is writing"):
        track([str(folder)], settings)


def test_each_step_is_a_flow_of_its_own(folder: Path, settings: Settings) -> None:
    assert ingest([str(folder)], settings).landed.new == 3
    assert tag(settings).articles == 3
    published = publish(settings)
    assert published.new
    assert published.snapshot.is_file()
    assert not publish(settings).new


def test_rows_are_the_same_in_one_process_and_in_several(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(runners, "WORTH_A_POOL", 0)
    several = Settings(home=tmp_path / "several", workers=2, batch_articles=1)
    query = "SELECT * EXCLUDE (recorded_at) FROM positions ORDER BY position_id"
    track([str(folder)], settings)
    track([str(folder)], several)
    assert rows(several, query) == rows(settings, query) != []


def test_what_is_read_while_more_lands_gives_the_same_rows(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(runners, "WORTH_A_POOL", 0)
    monkeypatch.setattr(ingesting, "LANDED_AT_ONCE", 1)
    monkeypatch.setattr(ahead, "WHILE_LANDING", 1)
    begun = []
    landed = ahead.ReadAhead.landed

    def listen(reading: ahead.ReadAhead, so_far: Landed, new: Sequence[Article]) -> None:
        landed(reading, so_far, new)
        begun.append(len(reading.begun))

    monkeypatch.setattr(ahead.ReadAhead, "landed", listen)
    several = Settings(home=tmp_path / "several", workers=2, batch_articles=1)
    query = "SELECT * EXCLUDE (recorded_at) FROM positions ORDER BY position_id"
    assert track([str(folder)], several).tagging.articles == 3
    assert sorted(set(begun)) == [1, 2]  # the third is read later
    track([str(folder)], settings)
    assert rows(several, query) == rows(settings, query) != []


def test_a_run_is_summed_up_where_prefect_shows_it(folder: Path, settings: Settings) -> None:
    from prefect.client.orchestration import get_client

    with using(settings):
        state = tracking.track([str(folder)], return_state=True)
    assert isinstance(state.result(), Tracked)
    with get_client(sync_client=True) as client:
        run = client.read_flow_run(state.state_details.flow_run_id)
        latest, progress, snapshot = (
            client.request("GET", f"/artifacts/{key}/latest").json() for key in ("track", "progress", "snapshot")
        )
    assert run.name == f"track {folder}"
    assert latest["flow_run_id"] == str(run.id)
    assert "| articles | 3 new, 0 known |" in latest["data"]
    assert (progress["type"], progress["data"]) == ("progress", 100.0)
    assert progress["description"].startswith("Publishing")
    assert settings.snapshot_file.as_uri() in snapshot["data"]
