"""The contract of `positions extract`, and the whole engine, under hostile articles: each ends, and soon."""

import json
import os
import subprocess
import time
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.contract import BadLine, read_line, written
from flows.days import FIRST, LAST, NotADay, day_of
from flows.engine import engine, reading_of
from flows.normalise import tidy_body
from schemas.article import Article
from schemas.settings import Settings
from schemas.source import Source
from tests.benchmarks.length import seconds_of
from tests.faults.machinery import COMMAND

SOON = 20.0  # seconds, on a machine that does other things too
DAY = date(2024, 3, 12)
ANY = st.text(st.characters(), max_size=300)  # lone surrogates and NUL included
DEMAND = "Norway demanded that Peru lift its sanctions."
POISON = st.sampled_from(
    ["\0", "\ud800", "\u202e", "\u2066", "e" + "\u0301" * 50, "\ufeff", "“" * 40, "(" * 40, "\u2028", "\x1b[31m", "İ"]
)


def read(text: str, title: str = "", day: date = DAY) -> list[str]:
    """The lines of the positions of one article."""
    reading = reading_of(Settings())
    article = Article(title=title, published=day, text=text)
    (positions,) = engine(reading).read([article], {}).positions
    for position in positions:
        section = title if position.section == "title" else text
        assert 0 <= position.sentence_start <= position.trigger_start < position.trigger_end <= position.sentence_end
        assert section[position.actor_start : position.actor_end] == position.actor_text
    return list(written("x", positions))


@settings(max_examples=150, deadline=None)
@given(line=st.one_of(st.text(), st.recursive(st.none() | st.floats() | ANY, st.lists).map(json.dumps)))
@example("[" * 100_000)
@example('{"id":' * 50_000)
@example("1" * 5_000)
@example('{"id": 1, "published": "0000-01-01", "text": ""}')
@example('{"id": true, "published": "2024-03-12", "text": "x"}')
def test_a_line_is_an_article_or_is_refused(line: str) -> None:
    try:
        found = read_line(line).article
    except BadLine:
        return
    assert found.published


@pytest.mark.parametrize("day", ["0001-01-01", "0999-12-31", "9001-01-01", "9999-12-31"])
def test_days_at_the_ends_of_the_calendar_are_refused(day: str) -> None:
    with pytest.raises(BadLine, match="allowed are days from 1000-01-01 to 9000-12-31"):
        read_line(json.dumps({"id": 1, "published": day, "text": DEMAND}))
    with pytest.raises(NotADay, match="allowed are days from"):
        day_of(day, Source(source="a"))


@pytest.mark.parametrize("day", ["1000-01-01", "9000-12-31"])
def test_days_that_are_allowed_have_days_around_them(day: str) -> None:
    text = f"{DEMAND} On Monday Peru refused talks. Yesterday Norway demanded talks with Peru."
    read(read_line(json.dumps({"id": 1, "published": day, "text": text})).article.text, day=date.fromisoformat(day))


@settings(max_examples=60, deadline=None)
@given(title=ANY, text=ANY, day=st.dates(FIRST, LAST).map(str), url=st.none() | ANY)
def test_any_text_is_read_and_written(title: str, text: str, day: str, url: str | None) -> None:
    record = {"id": "x", "title": title, "published": day, "url": url, "text": text}
    line = read_line(json.dumps(record))
    for row in read(line.article.text, line.article.title):
        row.encode("utf-8")


@settings(max_examples=60, deadline=None)
@given(poison=st.lists(POISON, min_size=1, max_size=6), places=st.lists(st.integers(0, len(DEMAND)), min_size=6))
def test_poisoned_sentences_are_read(poison: list[str], places: list[int]) -> None:
    text = DEMAND
    for found, place in zip(poison, places, strict=False):
        text = text[:place] + found + text[place:]
    line = read_line(json.dumps({"id": 1, "published": "2024-03-12", "text": text}))
    for row in read(line.article.text) + read(tidy_body(text)):
        row.encode("utf-8")


LONG = {
    "nested quotes": "“‘" * 10_000 + DEMAND + "’”" * 10_000,
    "nested brackets": "(" * 10_000 + DEMAND + ")" * 10_000,
    "a million newlines": "\n" * 1_000_000 + DEMAND,
    "one word": "a" * 1_000_000,
    "one sentence": "Norway and Peru demanded " * 2_000,
    "commas": "Norway demanded that Peru" + " , and" * 20_000 + " lift its sanctions.",
    "combining flood": "e" + "\u0301" * 500_000,
    "full stops": "." * 500_000,
    "initials": "A. " * 100_000 + DEMAND,
    "colons": "Oslo: " * 60_000 + DEMAND,
    "open quotes on lines": "“\n" * 100_000 + DEMAND,
    "hyphens": "lift-" * 100_000 + DEMAND,
}


@pytest.mark.parametrize("name", LONG)
def test_what_is_long_ends_soon(name: str) -> None:
    read(DEMAND)  # loads the rules and the model
    began = time.monotonic()
    read(LONG[name])
    assert time.monotonic() - began < SOON


def test_four_times_the_article_takes_four_times_as_long() -> None:
    seconds_of(1_000)
    (short, few), (long, many) = seconds_of(6_000), seconds_of(24_000)
    assert many > 3 * few > 30
    assert long < 7 * short


@pytest.mark.slow
def test_a_line_of_ten_megabytes_and_a_million_lines_end() -> None:
    words = "Oslo " * 2_000_000
    lines = [
        json.dumps({"id": "words", "published": "2024-03-12", "text": words}),
        "x" * 10_000_000,
        "\n" * 1_000_000,
        json.dumps({"id": "last", "published": "2024-03-12", "text": DEMAND}),
    ]
    command = [*COMMAND, "extract", "--workers", "1"]
    done = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    assert [json.loads(row)["id"] for row in done.stdout.splitlines()] == ["last"]
    assert "left out" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("place", [{"TZ": "America/St_Johns", "LC_ALL": "de_DE.UTF-8"}])
def test_rows_do_not_depend_on_the_place(place: dict[str, str]) -> None:
    text = f"{DEMAND} On Monday Peru refused 1,5 talks. Yesterday Norway offered to meet Peru on 5 March."
    days = "2024-03-31", "2024-10-27", "1900-02-28"
    lines = "".join(json.dumps({"id": day, "published": day, "text": text}) + "\n" for day in days)

    def rows(**environment: str) -> str:
        return subprocess.run(
            [*COMMAND, "extract", "--workers", "1"],
            input=lines,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, **environment},
        ).stdout

    there = rows(**place)
    assert there == rows(TZ="UTC", LC_ALL="C.UTF-8")
    assert len(there.splitlines()) >= 3
