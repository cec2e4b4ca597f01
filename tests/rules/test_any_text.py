"""Any text at all is read without a fault, within its bounds, and in time that grows no faster than the text."""

import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.text.passages import Passages
from schemas.position import Position
from tests.rules.english import article, parse, positions, tagger

WORDS = (
    "Iran Russia Lavrov he she they we it said rejects demanded that if unless must will not no offer talks ceasefire "
    "the minister government both sides on Monday \" “ ” ' , . ? \n - : of and who which to withdraw Jan. U.S. (AP) --"
).split(" ")


def assert_in_bounds(text: str, found: list[Position]) -> None:
    for p in found:
        assert 0 <= p.sentence_start <= p.trigger_start < p.trigger_end <= p.sentence_end <= len(text)
        assert 0 <= p.actor_start <= p.actor_end <= len(text)
        assert text[p.actor_start : p.actor_end] == p.actor_text


@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_words_in_any_order_are_read(text: str) -> None:
    assert_in_bounds(text, positions(text))


@given(st.text(max_size=200), st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_letters_of_any_script_are_read(text: str, more: str) -> None:
    body = f"{text} Iran rejected the offer {more}"
    assert_in_bounds(body, positions(body))


@given(st.text(alphabet="ab.\n\"“” 'A?", max_size=120), st.integers(0, 120))
@settings(max_examples=200, deadline=None)
def test_passages_lie_around_their_offset(text: str, at: int) -> None:
    passages = Passages(text)
    at = min(at, len(text))
    start, end = passages.paragraph(at)
    assert 0 <= start <= at <= end <= len(text)
    assert "\n" not in text[start:end]
    assert start <= passages.sentence_begin(at) <= at
    assert passages.after_break(at) <= at


def test_time_grows_with_the_text_and_no_faster() -> None:
    sentence = "Iranian envoy Bahram Karavi rejected the offer. “They must leave, and we demand a truce,” he said. "
    taken = []
    for times in (100, 400):
        given_article = article(sentence * times)
        candidates = tagger().candidates(given_article)
        parses = {s.key: parse(s.text) for s in candidates}
        timings = []
        for _ in range(3):
            begin = time.process_time()
            assert tagger().tag_all(given_article, parses, candidates)
            timings.append(time.process_time() - begin)
        taken.append(min(timings))
    assert all(longer < 8 * shorter for shorter, longer in pairwise(taken))
