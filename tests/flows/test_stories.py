"""Copies share a story and look-alikes do not, whatever the order and the runs in which articles arrive."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.signing import HASHES, WORDS, Wording, runs_of, sign, wordings_of, words_of
from flows.stories import SHARED, assign_stories, hashed, least_estimate, same_story
from schemas.article import Article
from tests.benchmarks.stories import measure
from tests.flows.story_set import Told, family, look_alike, whole_set
from warehouse.store import Store


def stories_after(working_file: Path, *runs: Sequence[Article]) -> dict[str, str]:
    """The stories of all articles after they came in so many runs, each of which opened the warehouse anew."""
    for articles in runs:
        with Store.open(working_file) as store:
            store.save_articles(articles, [])
            assert assign_stories(store) == len(articles)
            assert assign_stories(store) == 0
    ids = [article.article_id for articles in runs for article in articles]
    with Store.open(working_file) as store:
        return {member.article_id: member.story_id for member in store.story_members(ids)}


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def articles_of(told: Sequence[Told]) -> list[Article]:
    return [one.article for one in told]


@pytest.fixture(scope="module")
def some() -> list[Article]:
    """Five families and five look-alikes."""
    return articles_of([one for seed in range(5) for one in (*family(seed), *look_alike(seed))])


def test_precision_and_recall_on_the_whole_set(tmp_path: Path) -> None:
    told = whole_set()
    figures = measure(told, stories_after(tmp_path / "w.duckdb", articles_of(told)))
    assert figures.precision >= 0.98, figures.faults
    assert figures.recall >= 0.95, figures.faults


def test_the_order_of_arrival_does_not_matter(
    tmp_path: Path, some: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = stories_after(tmp_path / "in_order.duckdb", some)
    shuffled = random.Random(1).sample(some, len(some))
    monkeypatch.setattr("flows.stories.AT_ONCE", 7)
    assert stories_after(tmp_path / "shuffled.duckdb", shuffled) == expected


def test_a_later_run_finds_the_copies_of_earlier_ones(tmp_path: Path, some: list[Article]) -> None:
    expected = stories_after(tmp_path / "one_run.duckdb", some)
    shuffled = random.Random(2).sample(some, len(some))
    assert stories_after(tmp_path / "runs.duckdb", shuffled[:20], shuffled[20:21], shuffled[21:]) == expected


def test_a_run_killed_before_signatures_are_kept_is_finished_by_the_next(
    tmp_path: Path, some: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = stories_after(tmp_path / "whole.duckdb", some)
    with Store.open(tmp_path / "killed.duckdb") as store:
        store.save_articles(some, [])
        with monkeypatch.context() as patch:
            patch.setattr(Store, "save_signatures", interrupt)
            with pytest.raises(KeyboardInterrupt):
                assign_stories(store)
    with Store.open(tmp_path / "killed.duckdb") as store:
        assert assign_stories(store) == len(some)
        members = store.story_members([article.article_id for article in some])
    assert {member.article_id: member.story_id for member in members} == expected


def test_a_story_is_named_after_its_earliest_article(tmp_path: Path) -> None:
    original, copy = articles_of(family(1)[:2])
    late = copy.model_copy(update={"published": original.published + timedelta(days=3)})
    assert set(stories_after(tmp_path / "w.duckdb", [late], [original]).values()) == {original.article_id}


def test_the_same_text_a_month_later_is_another_story(tmp_path: Path) -> None:
    original, copy = articles_of(family(1)[:2])
    later = copy.model_copy(update={"published": original.published + timedelta(days=30)})
    assert len(set(stories_after(tmp_path / "w.duckdb", [original, later]).values())) == 2


def test_the_link_between_two_stories_joins_them(tmp_path: Path) -> None:
    words = [f"word{number}" for number in range(400)]
    first, second, both = " ".join(words[:250]), " ".join(words[150:]), " ".join(words)
    made = [
        Article(title="t", published=date(2022, 1, 27), url=f"https://a.example/{number}", text=text)
        for number, text in enumerate((first, second, both))
    ]
    apart = stories_after(tmp_path / "two.duckdb", made[:2])
    assert len(set(apart.values())) == 2
    assert len(set(stories_after(tmp_path / "three.duckdb", made[:2], made[2:]).values())) == 1


@pytest.mark.parametrize("text", ["Talks begin on Monday.", "Ceasefire agreed, says envoy; no details yet."])
def test_short_texts_are_alike_only_when_equal(text: str) -> None:
    one, same, other = (hashed(runs_of(of)) for of in (text, text.upper(), text + " More will follow in the evening."))
    assert same_story(one, same)
    assert not same_story(one, other)


def test_texts_of_a_word_or_two_tell_no_story() -> None:
    assert not same_story(hashed(runs_of("No comment.")), hashed(runs_of("Yes!")))


def test_titles_and_typography_do_not_count() -> None:
    one, other = wordings_of(["“No,” he said – and left. " * 9, "No, he said, and LEFT " * 9])
    assert (one.runs, one.hashes.tolist()) == (other.runs, other.hashes.tolist())


@pytest.mark.parametrize(("one", "other"), [(300, 300), (300, 330), (200, 900), (40, 2000)])
def test_the_estimate_for_copies_is_below_the_least_once_in_a_thousand(one: int, other: int) -> None:
    likeness = SHARED * one / (one + other - SHARED * one)
    estimates = np.random.default_rng(7).binomial(HASHES, likeness, 100_000) / HASHES
    (least,) = least_estimate(np.array([one]), np.array([one + other]))
    assert least < likeness
    assert (estimates < least).mean() < 0.002


@given(st.text(st.characters(max_codepoint=127)))
def test_words_in_ascii_are_those_of_any_text(text: str) -> None:
    assert words_of(text) == WORDS.findall(text)


def test_a_signature_survives_storage() -> None:
    (signed,) = sign(articles_of(family(1)[:1]))
    restored = Wording.from_bytes(signed.signature)
    assert restored.to_bytes() == signed.signature
    assert restored.bands() == signed.bands
    assert len(signed.bands) == 64 * 4
