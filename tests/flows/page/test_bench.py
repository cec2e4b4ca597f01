"""The rule bench: how a sentence is read, as records that are drawn, and what a folder of rules would do."""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from flows.page.bench import Bench
from flows.page.trial import Trial, Trials
from schemas.settings import Settings
from tests.flows.page.sites import asking, fill

DAY = date(2022, 1, 27)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    fill(folder)
    return folder


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[TestClient]:
    with asking(home) as asked:
        yield asked


def test_a_sentence_is_told_word_by_word_with_roles_stance_and_why_none(home: Path) -> None:
    bench = Bench(Settings(home=home))
    refused, weather = bench.read("Moscow ruled out talks with Kyiv. It rained in Lima.", DAY)
    assert [refused.words[0].text, refused.words[refused.words[0].head].text] == ["Moscow", "ruled"]
    reading = next(one for one in refused.readings if one.stance == "refusal")
    assert [reading.roles[place] for place in range(3)] == ["actor", "trigger", "trigger"]
    assert [(party.text, party.actor) for party in reading.actors] == [("Moscow", "RUS")]
    assert any(one.why_none for one in refused.readings if one.stance is None)
    (found,) = refused.positions
    assert (found.position.actor, found.position.stance, bool(found.parts)) == ("RUS", "refusal", True)
    assert (weather.gate_open, weather.words) == (False, ())


def test_the_bench_shows_it_and_what_is_typed_stays_text(client: TestClient) -> None:
    text = "Moscow ruled out <img src=x onerror=alert(1)> talks with Kyiv."
    page = client.get("/bench", params={"text": text, "published": str(DAY)}).text
    assert "<img" not in page
    for words in ("refusal.reject", "trigger", "nsubj"):
        assert words in page, words


def test_rules_that_cannot_be_loaded_are_told(home: Path, tmp_path: Path) -> None:
    (tmp_path / "ruleset.yaml").write_text("id: mine\nlanguage: en\ndescription: broken\n", "utf-8")
    (tmp_path / "issues.yaml").write_text("- id: no issue\n", "utf-8")
    trials = Trials(Settings(home=home), [tmp_path])
    assert trials.found(str(tmp_path)) is None
    trials.begin(str(tmp_path))
    for _ in range(600):
        if not trials.is_running(str(tmp_path)):
            break
        time.sleep(0.1)
    found = trials.found(str(tmp_path))
    assert isinstance(found, Trial)
    assert any("issues.yaml:1" in problem for problem in found.problems)
    trials.close()


def test_only_folders_that_were_named_are_tried(client: TestClient) -> None:
    headers = {"origin": "http://127.0.0.1:8420", "x-positions-token": "the-token-of-this-page"}
    assert client.post("/trial?overlay=/etc", headers={**headers, "content-length": "0"}).status_code == 404
    assert client.get("/bench?overlay=/etc&text=Moscow").status_code == 404
