"""Landing: each input ends once, the counts balance, and nothing that stays the same is read again."""

import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from flows.ingest import in_batches, land_sources
from flows.outcome import Ingested
from flows.readers import read
from flows.readers.jsonl import read_line
from flows.readers.lines import Line
from flows.readers.record import Context
from schemas.article import Article, Rejection
from schemas.batch import Landed
from schemas.settings import Settings
from schemas.source import Columns, Source
from tests.flows import server
from tests.flows.readers.builders import BODY, jsonl, page, record, rss
from tests.flows.readers.mixed import BROKEN, GOOD, mixed_folder
from tests.flows.server import Site, content, status
from warehouse.query import connect_snapshot
from warehouse.store import Store


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "data", fetch_private=True, fetch_pause=0, fetch_attempts=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    mixed_folder(made)
    return made


@pytest.fixture
def site() -> Iterator[Site]:
    with server.serving() as running:
        yield running


def land(settings: Settings, *sources: Source | Path | str) -> Ingested:
    """One run over the sources."""
    named = [source if isinstance(source, Source) else Source(source=str(source)) for source in sources]
    with Store.open(settings.working_file) as store:
        return land_sources(store.save_articles, store, named, settings)


def answer(settings: Settings, query: str) -> list[tuple[object, ...]]:
    """What the published snapshot answers."""
    with Store.open(settings.working_file) as store:
        store.publish(settings.snapshot_file)
    with connect_snapshot(settings.snapshot_file) as connection:
        return connection.execute(query).fetchall()


def test_a_mixed_folder_lands_every_article_once_and_every_fault_with_its_reason(
    folder: Path, settings: Settings
) -> None:
    ingested = land(settings, folder)
    assert ingested.landed == Landed(new=GOOD, rejected=len(BROKEN))
    assert ingested.inputs == GOOD + len(BROKEN) == sum(1 for _ in read(folder, settings))
    faults = answer(settings, "SELECT origin, reason, detail FROM rejected_article")
    assert {(Path(str(origin)).name, reason) for origin, reason, _ in faults} == BROKEN
    assert all(detail for _, _, detail in faults)
    assert answer(settings, "SELECT count(*), count(DISTINCT article_id) FROM article") == [(GOOD, GOOD)]


def test_again_everything_is_known_and_the_counts_still_balance(folder: Path, settings: Settings) -> None:
    first = land(settings, folder)
    again = land(settings, folder)
    assert again.landed == Landed(known=GOOD, known_rejected=len(BROKEN))
    assert (again.inputs, again.reasons) == (first.inputs, first.reasons)


def test_a_file_that_grew_adds_what_is_new(folder: Path, settings: Settings) -> None:
    land(settings, folder)
    with (folder / "a.jsonl").open("ab") as file:
        file.write(jsonl([record(4)]) + b"{\n")
    grown = land(settings, folder)
    assert grown.landed == Landed(new=1, known=GOOD, rejected=1, known_rejected=len(BROKEN))


def test_lines_of_a_file_that_moved_and_grew_are_told_from_their_bytes(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, moved = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    read: list[int] = []

    def noted(line: Line, context: Context) -> Article | Rejection:
        read.append(line.number)
        return read_line(line, context)

    monkeypatch.setattr("flows.readers.jsonl.read_line", noted)
    file.write_bytes(jsonl([record(1), record(2)]) + b"{}\n")
    assert land(settings, file).landed == Landed(new=2, rejected=1)
    with file.open("ab") as end:
        end.write(jsonl([record(3)]))
    file.rename(moved)
    assert land(settings, moved).landed == Landed(new=1, known=2, rejected=1)
    assert read == [1, 2, 3, 3, 4]
    assert land(settings, moved).landed == Landed(known=3, known_rejected=1)
    assert read == [1, 2, 3, 3, 4]


def test_lines_that_are_read_in_another_way_are_read_again(tmp_path: Path, settings: Settings) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(jsonl([record(1, url=None)]))
    assert land(settings, file).landed == Landed(new=1)
    assert land(settings, Source(source=str(file), outlet="Post")).landed == Landed(known=1)
    other = Source(source=str(file), columns=Columns(title=("kicker",)))
    assert land(settings, other).landed == Landed(new=1)


def test_the_same_article_in_two_formats_lands_once(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "page.html").write_text(page(7))
    (tmp_path / "list.jsonl").write_bytes(jsonl([record(7, url="https://post.example/talks/7#comments")]))
    assert land(settings, tmp_path / "page.html", tmp_path / "list.jsonl").landed == Landed(new=1, known=1)


def test_other_languages_land_with_their_code(tmp_path: Path, settings: Settings) -> None:
    french = "Le ministre des affaires étrangères a rejeté mardi la proposition de déplacer les pourparlers."
    (tmp_path / "a.jsonl").write_bytes(jsonl([record(1), record(2, text=french, title="Le ministre refuse")]))
    land(settings, tmp_path / "a.jsonl")
    assert answer(settings, "SELECT language FROM article ORDER BY url") == [("en",), ("fr",)]


def test_evidence_offsets_count_the_stored_text(tmp_path: Path, settings: Settings) -> None:
    raw = f"He said â€œnoâ€\x9d.\r\n\r\nRead more: other news\r\n{BODY}\r\n© 2022 AP"
    (tmp_path / "a.jsonl").write_bytes(jsonl([record(1, text=raw)]))
    land(settings, tmp_path / "a.jsonl")
    assert answer(settings, "SELECT text FROM article") == [(f"He said “no”.\n{BODY}",)]


def test_sources_over_the_web_are_read_at_the_same_time_and_fail_alone(site: Site, settings: Settings) -> None:
    for number in range(3):
        site.answers[f"/{number}"] = content(page(number))
        entry = f"<item><title>T</title><link>{site.url(f'/{number}')}</link></item>"
        site.answers[f"/feed{number}"] = content(rss([entry]), "application/rss+xml")
    site.answers["/feed1"] = status(500)
    ingested = land(settings, *(site.url(f"/feed{number}") for number in range(3)))
    assert ingested.landed == Landed(new=2, rejected=1)
    assert ingested.reasons == {"http_500": 1}
    site.asked.clear()
    assert land(settings, site.url("/feed0")).inputs == 0
    assert site.asked == {"/robots.txt": 1, "/feed0": 1}


def test_what_was_fetched_counts_only_once_it_has_landed(
    site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.answers["/1"] = content(page(1), ETag='"v1"')
    with monkeypatch.context() as patch:
        patch.setattr(Store, "save_articles", interrupt)
        with pytest.raises(KeyboardInterrupt):
            land(settings, site.url("/1"))
    assert land(settings, site.url("/1")).landed == Landed(new=1)


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_batches_are_cut_by_size_too() -> None:
    article = Article(title="t", published=date(2022, 1, 27), text="x" * 4_000_000)
    rejection = Rejection(origin="o", reason="r", detail="d")
    assert [len(batch) for batch in in_batches([article] * 5)] == [3, 2]
    assert [len(batch) for batch in in_batches([rejection] * 2500)] == [1000, 1000, 500]


def test_reading_takes_no_more_memory_for_a_longer_file(tmp_path: Path, settings: Settings) -> None:
    peaks = []
    for number in (1000, 10_000):
        file = tmp_path / f"{number}.jsonl"
        file.write_bytes(jsonl(record(i, text=f"{i} {BODY * 5}") for i in range(number)))
        tracemalloc.start()
        assert sum(1 for _ in read(file, settings)) == number
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0]
