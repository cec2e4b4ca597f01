"""Text is tidied before it is stored, and what leaves is stable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.normalise import is_boilerplate, tidy, tidy_body, tidy_url


@pytest.mark.parametrize(
    ("given_text", "tidied"),
    [
        ("The ministerâ€™s answer was â€œnoâ€\x9d.", "The minister’s answer was “no”."),
        ("The presidentâ\x80\x99s visit to MÃ¼nchen", "The president’s visit to München"),
        ("Erdoğan’s visit to São Tomé – no news", "Erdoğan’s visit to São Tomé – no news"),
        ("Лавров отверг предложение", "Лавров отверг предложение"),
        ("co\u00adop\u00ader\u00ada\u00adtion", "cooperation"),
        ("zero\u200bwidth and \ufeffmark", "zerowidth and mark"),
        ("no\u00a0break\u2009thin\u3000wide", "no break thin wide"),
        ("``Never,'' he said", '"Never," he said'),
        ("the envoy‛s „word‟", "the envoy‘s „word“"),
        ("A&amp;B &quot;said&quot; &#8217;no&#8217;", 'A&B "said" ’no’'),
        ("x < y &amp; z", "x < y &amp; z"),
        ("one\r\ntwo\rthree\u2028four\n\n\n five ", "one\ntwo\nthree\nfour\nfive"),
        ("e\u0301tat", "état"),
        ("nul\x00 bell\x07 bidi\u202etxt\u202c", "nul bell biditxt"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("tab\tand  spaces", "tab and spaces"),
    ],
)
def test_tidied(given_text: str, tidied: str) -> None:
    assert tidy(given_text) == tidied


@pytest.mark.parametrize(
    "line",
    [
        "Read more",
        "Read more: Norland rejects the offer",
        "READ ALSO | Ten killed in blast",
        "© 2022 AP",
        "(c) 2021 The Post. All rights reserved.",
        "Copyright 2022 The Associated Press. All rights reserved.",
        "The Planet, Metropolis, ALL RIGHTS RESERVED",
        "This material may not be published, broadcast, rewritten or redistributed without permission.",
        "Sign up for our daily newsletter",
        "Advertisement",
        "Story continues below advertisement",
        "(Reporting by A. Writer in Norland; Editing by B. Reader)",
        "Follow us on social media",
        "Our Standards: the principles of trust",
        "Click here for the latest news",
        "Photo credit: Some Agency",
    ],
)
def test_boilerplate_goes(line: str) -> None:
    assert is_boilerplate(line)
    assert tidy_body(f"News.\n{line}\nMore news.") == "News.\nMore news."


@pytest.mark.parametrize(
    "line",
    [
        "Copyright law must change, the Union told its members on Monday.",
        "Read more books, the minister told students; he then rejected the bill.",
        "Share of the vote fell to 20 percent.",
        "Watch out for more sanctions, the envoy warned.",
        "Related talks in Geneva broke down.",
        "Comments by the president drew protests from Sudland.",
        "Subscribers to the treaty rejected the change.",
        "The advertisement called for the release of the prisoners.",
        "Loading of grain must begin at once, the mediator demanded.",
        "Reporting by the mission was blocked. The ministry demanded an answer.",
    ],
)
def test_news_stays(line: str) -> None:
    assert not is_boilerplate(line)


@given(st.text(st.characters(codec=None), max_size=200))
def test_whatever_comes_can_be_stored(text: str) -> None:
    tidied = tidy(text)
    tidied.encode("utf-8")
    assert not any(ord(letter) < 0x20 and letter != "\n" for letter in tidied)
    assert all(line == line.strip() != "" for line in tidied.split("\n") if tidied)


def test_a_flood_of_combining_marks_is_dammed() -> None:
    assert len(tidy("a" + "\u0301\u0302" * 10_000)) < 10
    assert len(tidy("\u05d0" + "\u05b0\u0591" * 1_000_000)) < 10
    assert tidy("\u05d0\u05b0\u0591…… “”—!") == "\u05d0\u05b0\u0591…… “”—!"


@pytest.mark.parametrize(
    ("url", "tidied"),
    [
        ("HTTPS://News.Example/Path?b=2&a=1#part", "https://news.example/Path?b=2&a=1"),
        (" https://news.example ", "https://news.example/"),
        ("https://news.example/a?utm_source=x&id=3&fbclid=9", "https://news.example/a?id=3"),
    ],
)
def test_addresses(url: str, tidied: str) -> None:
    assert tidy_url(url) == tidied


@pytest.mark.parametrize(
    "url", ["news.example/a", "ftp://a/b", "javascript:x", "https://", "http://[::1", "https://a b/c"]
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(ValueError, match=r"address|Invalid"):
        tidy_url(url)
