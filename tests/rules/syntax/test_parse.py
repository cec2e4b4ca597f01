"""A parse keeps what it knows when it is stored, and headlines are read as sentences."""

from dataclasses import replace

import pytest

from rules.syntax.tree import Parse, is_tree
from tests.rules.english import only, parse

ODD = [
    "Norway rejected the offer.",
    "Ünïcödé “quotes” — and 😀 emoji 東京 said: no…",
    "a" * 1400,
    "no " * 499,
    "(" * 1500,
    "First line\nsecond line rejects\tthe   offer .",
    " \n ",
    "",
]


@pytest.mark.parametrize("text", ODD)
def test_a_stored_parse_comes_back_the_same(text: str) -> None:
    made = parse(text)
    assert Parse.from_bytes(text, made.to_bytes()) == made
    assert all(0 <= a < b <= len(text) for a, b in zip(made.starts, made.ends, strict=True))


def long_sentence(words: int, gap: int) -> Parse:
    """Words of two letters, so many spaces between the first two, all hung from the last."""
    starts = (0, *(3 * i + gap for i in range(1, words)))
    text = "no" + " " * (gap + 1) + "no " * (words - 1)
    tags, deps, heads = ("NN",) * words, ("dep",) * words, (words - 1,) * words
    return Parse(text, starts, tuple(start + 2 for start in starts), tags, deps, heads)


@pytest.mark.parametrize(("words", "gap"), [(1, 0), (128, 0), (129, 0), (500, 0), (3, 254), (3, 255), (3, 1400)])
def test_a_stored_parse_comes_back_however_far_its_words_stand_apart(words: int, gap: int) -> None:
    made = long_sentence(words, gap)
    assert Parse.from_bytes(made.text, made.to_bytes()) == made


def test_a_stored_parse_keeps_the_words_it_is_read_as() -> None:
    made = replace(long_sentence(3, 0), reads=("non", "è", "più"))
    assert Parse.from_bytes(made.text, made.to_bytes()) == made


def test_a_stored_parse_takes_four_bytes_a_word() -> None:
    made = parse("Oslo said on Monday that it would not sign the treaty unless Lima withdrew its ships.")
    assert len(made.to_bytes()) < 4.5 * len(made)


@pytest.mark.parametrize("text", ODD)
def test_every_word_comes_up_to_a_root(text: str) -> None:
    assert is_tree(parse(text).heads)


def test_a_circle_is_no_tree() -> None:
    assert not is_tree((0, 2, 1))
    assert is_tree((1, 1, 1))


def test_a_bare_verb_hangs_from_the_infinitive_before_it() -> None:
    made = parse("Norway sent an offer to meet, examine the border and discuss the treaty.")
    verbs = {made.lower[i]: made.lower[made.heads[i]] for i in range(len(made))}
    assert verbs["examine"] == "meet"


@pytest.mark.parametrize(
    "headline",
    ["Norway rejects offer of talks", "Norway Rejects Offer of Talks With Peru"],
)
def test_headlines_are_read_as_sentences(headline: str) -> None:
    position = only(headline)
    assert (position.actor, position.stance) == ("NOR", "refusal")
    assert headline[position.trigger_start : position.trigger_end].lower() == "rejects"


def test_a_newline_inside_a_sentence_is_no_word() -> None:
    made = parse("Norway\nrejected the offer.")
    assert made.words == ("Norway", "rejected", "the", "offer", ".")
