"""Sentences are cut where they end, and stand where they say."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.text.sentences import LONGEST_SENTENCE, split
from tests.rules.english import article


def sentences(text: str) -> list[str]:
    return [sentence.text for sentence in split(article(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. We left.", ["It rained.", "We left."]),
        ("Mr. Smith met Gen. Jones. They left.", ["Mr. Smith met Gen. Jones.", "They left."]),
        ("The U.S. Senate met. It voted.", ["The U.S. Senate met.", "It voted."]),
        ("He lives in the U.S. The house is old.", ["He lives in the U.S.", "The house is old."]),
        ('"We agree." He left.', ['"We agree."', "He left."]),
        ("It met on Jan. 6 in Oslo.", ["It met on Jan. 6 in Oslo."]),
        ("He said no. Then he left.", ["He said no.", "Then he left."]),
        ("Who? Nobody! Fine…", ["Who?", "Nobody!", "Fine…"]),
        ("OSLO, Norway (Wire) -- It rained.", ["It rained."]),
        ("BEIJING, March 3 - It rained.", ["It rained."]),
        ("Oslo: It rained.", ["It rained."]),
        ("A headline\nA sentence.", ["A headline", "A sentence."]),
        ("  \n\n ", []),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_offsets_give_the_text(text: str) -> None:
    found = split(article(text, title=text[:40]))
    for sentence in found:
        section = text[:40] if sentence.section == "title" else text
        assert section[sentence.start : sentence.end] == sentence.text != ""
    body = [s for s in found if s.section == "body"]
    assert all(a.end <= b.start for a, b in pairwise(body))


def test_what_never_ends_is_cut() -> None:
    assert max(map(len, sentences("word " * 2000))) <= LONGEST_SENTENCE
