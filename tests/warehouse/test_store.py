"""The store: what lands, what is known, what a batch adds, keeps and retires, and who may write."""

import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import duckdb
import pytest

from schemas.article import Article, Rejection
from schemas.batch import Landed, Tagged
from schemas.ruleset import FrameEntry
from schemas.source import FileRead
from schemas.story import StorySignature
from tests.warehouse.samples import article, batch, position, ruleset
from warehouse.batches import joined, tables_of
from warehouse.query import connect_snapshot, status
from warehouse.store import AnotherRunIsWriting, Store


def content_of(snapshot: Path, to: Path) -> dict[str, str]:
    """What EXPORT DATABASE writes, by file name, without the folder's own path."""
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        connection.execute(f"EXPORT DATABASE '{to}'")
    return {file.name: file.read_text("utf-8").replace(str(to), "") for file in sorted(to.iterdir())}


def rows(snapshot: Path, query: str) -> list[tuple[object, ...]]:
    with connect_snapshot(snapshot) as connection:
        return connection.execute(query).fetchall()


def collect(working_file: Path, snapshot: Path) -> None:
    """A whole run on the same three inputs."""
    one, two = article(1), article(2)
    faulty = Rejection(origin="inbox/3.txt", reason="empty body", detail="no text", digest="d")
    with Store.open(working_file) as store:
        run = store.start_run("track")
        store.save_ruleset(ruleset())
        store.save_articles([one, two], [faulty])
        waiting = store.read_articles(store.untagged("v1", "m1"))
        if waiting:
            store.save_tagged(batch(waiting, [position(a.article_id) for a in waiting]))
        store.finish_run(run)
        store.publish(snapshot)


def test_inputs_are_counted_as_new_known_or_rejected(working_file: Path) -> None:
    faulty = Rejection(origin="inbox/9.txt", reason="empty body", detail="no text", digest="d")
    with Store.open(working_file) as store:
        first = store.save_articles([article(1), article(2), article(1)], [faulty, faulty])
        again = store.save_articles([article(2), article(3)], [faulty])
    assert first == Landed(new=2, known=1, rejected=1, known_rejected=1)
    assert again == Landed(new=1, known=1, rejected=0, known_rejected=1)


def test_a_file_read_before_counts_what_it_held_as_known(working_file: Path) -> None:
    file = FileRead(file_key="f1", articles=2, reasons={"no_date": 3})
    with Store.open(working_file) as store:
        store.save_articles([article(1), article(2)], [], [file])
        assert store.files_read() == {"f1": file}
        again = file.model_copy(update={"again": True})
        assert store.save_articles([], [], [again]) == Landed(known=2, known_rejected=3)
        assert store.unknown_articles([article(2).article_id, article(3).article_id]) == {article(3).article_id}


def test_every_article_is_tagged_pending_or_in_an_unsupported_language(working_file: Path, snapshot: Path) -> None:
    english, waiting, french = article(1), article(2), article(3, language="fr")
    with Store.open(working_file) as store:
        store.save_ruleset(ruleset())
        store.save_articles([english, waiting, french], [])
        store.save_tagged(batch([english], []))
        store.publish(snapshot)
    assert rows(snapshot, "SELECT state FROM article_state ORDER BY url") == [
        ("tagged",),
        ("pending",),
        ("unsupported_language",),
    ]


def test_entries_of_a_frame_that_begin_alike_are_one_trigger(working_file: Path, snapshot: Path) -> None:
    given = ruleset()
    alike = (FrameEntry(verb="demand", takes=("that",)), FrameEntry(verb="demand", noun="claim", takes=("thing",)))
    frame = given.frames[0].model_copy(update={"entries": alike})
    with Store.open(working_file) as store:
        store.save_ruleset(given.model_copy(update={"frames": (frame,)}))
        store.publish(snapshot)
    assert rows(snapshot, "SELECT trigger_id, wording FROM trigger") == [("demand.ask.demand", "demand; claim")]


def test_articles_come_back_as_they_went_in_and_in_the_order_asked(working_file: Path) -> None:
    odd = article(2, title="Zażółć “gęślą” – 北京 😀", text="'=1+1'\tx\ny\n", outlet=None)
    with Store.open(working_file) as store:
        store.save_articles([article(1), odd], [])
        assert store.read_articles([odd.article_id, article(1).article_id]) == [odd, article(1)]
        with pytest.raises(KeyError):
            store.read_articles(["a-that-is-not-there"])


def test_only_articles_not_tagged_with_this_rule_set_and_model_are_untagged(working_file: Path) -> None:
    one, two = article(1), article(2)
    with Store.open(working_file) as store:
        store.save_articles([one, two], [])
        store.save_tagged(batch([one]))
        assert store.untagged("v1", "m1") == [two.article_id]
        assert store.untagged("v2", "m1") == [one.article_id, two.article_id]
        assert store.untagged("v1", "m2") == [one.article_id, two.article_id]


def test_parses_are_kept_by_sentence_and_model(working_file: Path) -> None:
    one = article(1)
    tagged = batch([one])
    key = tagged.sentences[0].sentence_key
    with Store.open(working_file) as store:
        store.save_articles([one], [])
        store.save_tagged(tagged)
        ids = [one.article_id, "never tagged"]
        assert store.read_parses_of(ids, "m1") == {one.article_id: {key: b"tree"}, "never tagged": {}}
        assert store.read_parses_of(ids, "m2") == {one.article_id: {}, "never tagged": {}}


def test_another_rule_set_keeps_retires_and_adds(working_file: Path, snapshot: Path) -> None:
    one, two = article(1), article(2)
    demand = position(one.article_id)
    threat = position(one.article_id, stance="threat", trigger_id="threat.warn")
    reworded = position(one.article_id, stance="offer", content="talks")
    elsewhere = position(two.article_id)
    with Store.open(working_file) as store:
        store.save_articles([one, two], [])
        store.save_tagged(batch([one, two], [demand, threat, reworded, elsewhere]))
        before = store._connection.execute(
            "SELECT * FROM position WHERE position_id = ?", [demand.position_id]
        ).fetchall()
        changed = reworded.model_copy(update={"content": "talks in May"})
        done = store.save_tagged(batch([one], [demand, changed], ruleset_version="v2"))
        after = store._connection.execute(
            "SELECT * FROM position WHERE position_id = ?", [demand.position_id]
        ).fetchall()
        store.publish(snapshot)
    assert done == Tagged(added=1, kept=1, retired=2, unresolved=0)
    assert before == after
    standing = rows(snapshot, "SELECT article_id, stance, content, ruleset_version FROM positions ORDER BY ALL")
    assert sorted(standing) == sorted(
        [
            (one.article_id, "demand", "that Borland reopen the strait", "v1"),
            (one.article_id, "offer", "talks in May", "v2"),
            (two.article_id, "demand", "that Borland reopen the strait", "v1"),
        ]
    )


def test_a_position_that_comes_back_is_a_new_row(working_file: Path, snapshot: Path) -> None:
    one = article(1)
    with Store.open(working_file) as store:
        store.save_articles([one], [])
        for version, yields in (("v1", True), ("v2", False), ("v3", True)):
            found = [position(one.article_id)] if yields else []
            store.save_tagged(batch([one], found, ruleset_version=version))
        store.publish(snapshot)
    history = rows(snapshot, "SELECT ruleset_version, retired_at IS NULL FROM position ORDER BY recorded_at")
    assert history == [("v1", False), ("v3", True)]


def test_a_clause_without_an_actor_is_kept_apart(working_file: Path, snapshot: Path) -> None:
    one = article(1)
    nobody = position(one.article_id, actor=None, actor_text="The spokesman")
    with Store.open(working_file) as store:
        store.save_articles([one], [])
        done = store.save_tagged(batch([one], unresolved=[nobody]))
        store.publish(snapshot)
    assert done.unresolved == 1
    assert rows(snapshot, "SELECT count(*) FROM positions") == [(0,)]
    assert status(snapshot).unresolved == {"The spokesman": 1}


def test_running_twice_changes_nothing(working_file: Path, snapshot: Path, tmp_path: Path) -> None:
    collect(working_file, snapshot)
    once = content_of(snapshot, tmp_path / "once")
    working_once = content_of(working_file, tmp_path / "working_once")
    collect(working_file, snapshot)
    assert content_of(snapshot, tmp_path / "twice") == once
    assert content_of(working_file, tmp_path / "working_twice") == working_once


def test_a_parse_that_two_batches_made_is_stored_once(working_file: Path) -> None:
    one, two = article(1), article(2)
    batches = [tables_of(batch([one])), tables_of(batch([two]))]
    with Store.open(working_file) as store:
        store.save_articles([one, two], [])
        store.land(joined(batches))
        found = store.read_parses_of([one.article_id, two.article_id], "m1")
    assert found[one.article_id] == found[two.article_id] != {}
    with duckdb.connect(str(working_file)) as connection:
        assert connection.execute("SELECT count(*) FROM parse").fetchall() == [(1,)]


def test_words_are_looked_for_in_articles_or_in_their_candidates_alone(working_file: Path) -> None:
    text = "Die Gespräche – 😀 – ruhen.\nArland demands a truce."
    one, start = article(1, text=text), text.index("Arland")
    span = {"sentence_start": start, "sentence_end": len(text)}
    tagged = batch([one])
    tagged = tagged.model_copy(update={"sentences": (tagged.sentences[0].model_copy(update=span),)})
    ids = [one.article_id]
    with Store.open(working_file) as store:
        store.save_articles([one], [])
        store.save_tagged(tagged)
        assert store.holding(ids, "RUHEN") == store.holding(ids, "demands") == ids
        assert store.holding(ids, "^arland demands a truce.$", in_candidates=True) == ids
        assert store.holding(ids, "ruhen", in_candidates=True) == []


def test_a_batch_lands_whole_or_not_at_all(working_file: Path) -> None:
    one = article(1)
    stray = position("a-that-is-not-there")
    with Store.open(working_file) as store:
        store.save_articles([one], [])
        with pytest.raises(duckdb.ConstraintException):
            store.save_tagged(batch([one], [position(one.article_id), stray]))
        assert store.untagged("v1", "m1") == [one.article_id]
        assert store.read_parses_of([one.article_id], "m1") == {one.article_id: {}}


def test_the_database_itself_refuses_a_stance_that_is_none(working_file: Path) -> None:
    with Store.open(working_file) as store:
        store.save_articles([article(1)], [])
        odd = position(article(1).article_id).model_copy(update={"stance": "shrug"})
        with pytest.raises(duckdb.ConstraintException, match="CHECK"):
            store.save_tagged(batch([article(1)], [odd]))


def test_a_second_writer_is_turned_away_at_once(working_file: Path) -> None:
    with Store.open(working_file):
        began = time.monotonic()
        with pytest.raises(AnotherRunIsWriting, match="another run"):
            Store.open(working_file)
        assert time.monotonic() - began < 1
    Store.open(working_file).close()


def test_a_writer_in_another_process_is_turned_away(working_file: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from warehouse.store import Store; Store.open(Path(sys.argv[1])).close()"
    )
    with Store.open(working_file):
        other = subprocess.run([sys.executable, "-c", script, str(working_file)], capture_output=True, text=True)
    assert "AnotherRunIsWriting" in other.stderr


def test_a_killed_writer_leaves_the_last_whole_batch(working_file: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from warehouse.store import Store; "
        "from tests.warehouse.samples import article\n"
        "store = Store.open(Path(sys.argv[1])); store.start_run('track'); store.save_articles([article(1)], [])\n"
        "store._connection.execute('BEGIN'); store._connection.execute('DELETE FROM article'); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", script, str(working_file)], check=False)
    with Store.open(working_file) as store:
        store.start_run("track")
        assert store.untagged("v1", "m1") == [article(1).article_id]
        statuses = store._connection.execute("SELECT status FROM run ORDER BY started_at").fetchall()
    assert statuses == [("killed",), ("running",)]


def test_a_run_that_changed_something_is_logged_with_balanced_counts(working_file: Path, snapshot: Path) -> None:
    collect(working_file, snapshot)
    collect(working_file, snapshot)
    (run,) = status(snapshot).last_runs
    assert (run.name, run.status) == ("track", "finished")
    assert (run.articles_new, run.articles_known, run.rejected_new, run.rejected_known) == (2, 0, 1, 0)
    assert run.positions_added == 2


def test_time_never_runs_backwards(working_file: Path, snapshot: Path) -> None:
    with Store.open(working_file) as store:
        store.save_articles([article(1)], [])
        store._connection.execute("UPDATE article SET recorded_at = TIMESTAMPTZ '2999-01-01 00:00:00Z'")
        store.save_articles([article(2)], [])
        store.publish(snapshot)
    later = "SELECT recorded_at > '2999-01-01' FROM article WHERE url = 'https://news.example/2'"
    assert rows(snapshot, later) == [(True,)]


def signed(article: Article, signature: bytes, *bands: int) -> StorySignature:
    keys = b"".join(band.to_bytes(4, "little") for band in bands)
    return StorySignature(article_id=article.article_id, published=article.published, signature=signature, bands=keys)


def test_articles_that_share_a_band_within_two_weeks_meet(working_file: Path) -> None:
    one, two, late = article(1), article(2), article(3, date(2025, 3, 19))
    with Store.open(working_file) as store:
        store.save_articles([one, two, late], [])
        store.save_signatures([signed(one, b"", 7, 2**32 - 1), signed(late, b"", 7)])
        assert store.story_meetings([signed(two, b"", 1)]) == []
        pair = (min(one.article_id, two.article_id), max(one.article_id, two.article_id))
        assert store.story_meetings([signed(two, b"", 2**32 - 1, 7)]) == [pair]


def test_a_story_is_read_with_all_its_articles(working_file: Path) -> None:
    one, two, three = article(1), article(2), article(3)
    with Store.open(working_file) as store:
        store.save_articles([one, two, three], [])
        store.save_stories({one.article_id: one.article_id, two.article_id: one.article_id})
        members = {member.article_id: member.story_id for member in store.story_members([two.article_id])}
        alone = store.story_members([three.article_id])
    assert members == {one.article_id: one.article_id, two.article_id: one.article_id}
    assert [(member.article_id, member.story_id) for member in alone] == [(three.article_id, three.article_id)]


def test_stories_and_signatures_are_kept(working_file: Path, snapshot: Path) -> None:
    one, two, three = article(1), article(2), article(3)
    with Store.open(working_file) as store:
        store.save_articles([one, two, three], [])
        assert store.unsigned(2) == [one.article_id, two.article_id]
        store.save_signatures([signed(one, b"\x00\x01", 7), signed(two, b"\x02", 8)])
        store.save_signatures([signed(two, b"other", 9), signed(three, b"\x03", 7)])
        signatures = store.read_signatures([one.article_id, two.article_id, three.article_id, "a0"])
        assert store.unsigned(2) == []
        store.save_stories({one.article_id: one.article_id, two.article_id: one.article_id})
        store.save_stories({three.article_id: one.article_id})
        store.save_stories({two.article_id: two.article_id})
        store.publish(snapshot)
    assert signatures == {one.article_id: b"\x00\x01", two.article_id: b"\x02", three.article_id: b"\x03"}
    assert status(snapshot).stories == 2
    assert rows(snapshot, "SELECT count(*) FROM story WHERE retired_at IS NULL") == [(3,)]


def test_known_articles_are_recognised_quickly(working_file: Path) -> None:
    many = [article(number, text="x") for number in range(50_000)]
    with Store.open(working_file) as store:
        store.save_articles(many, [])
        began = time.perf_counter()
        landed = store.save_articles(many, [])
        taken = time.perf_counter() - began
    assert landed.known == 50_000
    assert taken < 5


def test_the_rule_set_in_use_is_recorded_once(working_file: Path, snapshot: Path) -> None:
    with Store.open(working_file) as store:
        for version in ("v1", "v1", "v2", "v1"):
            store.save_ruleset(ruleset(version))
        store.save_articles([article(1, day=date(2025, 1, 1))], [])
        store.publish(snapshot)
    assert status(snapshot).ruleset_version == "v1"
    assert status(snapshot).pending == 1
    assert rows(snapshot, "SELECT ruleset_version FROM ruleset ORDER BY recorded_at") == [
        ("v1",),
        ("v2",),
        ("v1",),
    ]
    assert rows(snapshot, "SELECT count(*), count(retired_at) FROM actor") == [(3, 0)]


def test_the_database_may_take_some_memory_and_less_while_inputs_land(working_file: Path) -> None:
    def allowed(store: Store) -> float:
        (limit,) = store._connection.execute("SELECT current_setting('memory_limit')").fetchone() or ("",)
        return float(limit.split()[0])

    with Store.open(working_file) as store:
        before = allowed(store)
        assert 180 < before < 250
        with store.in_little_memory():
            assert allowed(store) < 120
        assert allowed(store) == before


def test_a_whole_article_takes_the_place_of_a_partial_one(working_file: Path, snapshot: Path) -> None:
    partial = article(1, is_partial=True)
    whole = article(2, stands_at=partial.url)
    with Store.open(working_file) as store:
        store.save_ruleset(ruleset())
        store.save_articles([partial], [])
        store.save_tagged(batch([partial], [position(partial.article_id)]))
        store.save_articles([whole], [])
        assert store.untagged("v1", "m1") == [whole.article_id]
        assert store.untagged("v2", "m1") == [whole.article_id]
        assert store.save_articles([partial], []) == Landed(known=1)
        store.publish(snapshot)
    assert rows(snapshot, "SELECT retired_at IS NOT NULL FROM position") == [(True,)]
    assert rows(snapshot, "SELECT state FROM article_state ORDER BY url") == [("replaced",), ("pending",)]


def test_a_partial_article_that_comes_late_is_not_read(working_file: Path) -> None:
    with Store.open(working_file) as store:
        store.save_articles([article(1)], [])
        assert store.save_articles([article(1, is_partial=True)], []) == Landed(new=1)
        assert store.untagged("v1", "m1") == [article(1).article_id]
