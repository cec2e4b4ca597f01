"""Fills a warehouse with made-up positions of any number: `python -m tests.benchmarks.generate FILE [NUMBER]`.

Actors and issues are unevenly frequent, as in the news; a fifth of the articles retell another's story; of ten
positions three answer or repeat another one, in the same words and within days, and are of its thread; the same number
gives the same rows every time.
"""

import sys
import time
from pathlib import Path

import duckdb

from warehouse.layout import prepare
from warehouse.publish import publish

ACTORS, ISSUES, OUTLETS, POSITIONS_AN_ARTICLE, DAYS = 60, 36, 80, 3, 7300
ACTOR_IDS = ["RUS", "USA", "IRN", *(f"A{number:02}" for number in range(3, ACTORS))]
ISSUE_IDS = [
    *("diplomacy.talks", "security.nuclear_programme", "security.nato_enlargement"),
    *(f"branch{number // 6}.issue{number % 6}" for number in range(3, ISSUES)),
]
STANCES = ["demand", "demand", "demand", "refusal", "refusal", "offer", "acceptance", "threat"]
SENTENCES = (
    "Actor demands that the other side reopen the strait before the end of the month. ",
    "Its minister refused to withdraw the troops, saying the border was not up for discussion. ",
    "The government is ready to resume talks, provided that the blockade is lifted first. ",
)


def fill(working_file: Path, number: int) -> None:
    """Write `number` positions and a third as many articles into a new working file."""
    with duckdb.connect(str(working_file)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        prepare(connection)
        articles = number // POSITIONS_AN_ARTICLE + 1
        for sql in (_ACTORS, _ISSUES, _ARTICLES, _STORIES, _POSITIONS, _THREADS):
            names = duckdb.extract_statements(sql)[0].named_parameters
            given = {"number": number, "articles": articles, "text": "".join(SENTENCES)}
            connection.execute(sql, {name: given[name] for name in names})


def at_random(salt: str, below: int, row: str = "i") -> str:
    """SQL for a number from 0 to below - 1 that depends on the row alone."""
    return f"(hash({row}, '{salt}') % {below})::INTEGER"


def skewed(salt: str, below: int, row: str = "i") -> str:
    """The same, with small numbers far more frequent."""
    return f"floor({below} * pow((hash({row}, '{salt}') % 100000) / 100000.0, 2.5))::INTEGER"


def _actor(number: str) -> str:
    return f"{ACTOR_IDS}[({number}) + 1]"


def _issue(number: str) -> str:
    return f"{ISSUE_IDS}[({number}) + 1]"


def _published(article: str) -> str:
    """Eight articles that follow each other are of days that follow each other."""
    return f"DATE '2006-01-01' + (hash({article} // 8, 'day') % {DAYS})::INTEGER + ({article} % 8)::INTEGER"


_RECORDED = "TIMESTAMPTZ '2026-01-01 00:00:00Z'"
_ACTORS = f"""
    INSERT INTO actor
    SELECT {_actor("i")}, 'Actor ' || i, 'state', NULL, {_RECORDED}, NULL FROM range({ACTORS}) AS t (i)
"""
_ISSUES = f"""
    INSERT INTO issue
    SELECT {_issue("i")}, NULL, 'Issue ' || i, 'things', {_RECORDED}, NULL FROM range({ISSUES}) AS t (i)
"""
_ARTICLES = f"""
    INSERT INTO article
    SELECT
        'a' || lpad(to_hex(i), 20, '0'), 'Title number ' || i, {_published("i")}, 'stated',
        'https://outlet' || {skewed("outlet", OUTLETS)} || '.example/' || i, $text,
        'outlet' || {skewed("outlet", OUTLETS)} || '.example', 'en', 'made up', NULL, NULL, false, NULL, {_RECORDED}
    FROM range($articles) AS t (i)
"""
_STORIES = f"""
    INSERT INTO story
    SELECT
        'a' || lpad(to_hex(i), 20, '0'),
        'a' || lpad(to_hex(CASE WHEN i % 5 = 0 AND i > 0 THEN i - 1 ELSE i END), 20, '0'), {_RECORDED}, NULL
    FROM range($articles) AS t (i)
"""
_STARTS = [sum(map(len, SENTENCES[:place])) for place in range(3)]
_STATED_ON = f"{_published('(i // 3)')} - (i % 2)::INTEGER"
_ACTOR = _actor(skewed("actor", ACTORS, "root"))
_TARGET = f"CASE WHEN {at_random('target', 4, 'root')} > 0 THEN {_actor(skewed('target actor', ACTORS, 'root'))} END"
_STANCE = f"{STANCES}[{at_random('stance', 8)} + 1]"
_POSITIONS = f"""
    INSERT INTO position
    SELECT
        'p' || lpad(to_hex(i), 20, '0'),
        'a' || lpad(to_hex(i // 3), 20, '0'),
        'body',
        {_STARTS}[i % 3 + 1],
        {_STARTS}[i % 3 + 1] + {[len(sentence) - 1 for sentence in SENTENCES]}[i % 3 + 1],
        CASE WHEN answers THEN coalesce({_TARGET}, 'A59') ELSE {_ACTOR} END,
        'Actor', {_STARTS}[i % 3 + 1], {_STARTS}[i % 3 + 1] + 5,
        CASE WHEN i % 2 = 0 THEN 'Speaker ' || {skewed("speaker", 300)} END,
        CASE WHEN i % 2 = 0 THEN 'Foreign Minister' END,
        CASE i % 10 WHEN 3 THEN 'demand' WHEN 4 THEN 'refusal' ELSE {_STANCE} END, 'foreign',
        CASE WHEN {at_random("none", 10, "root")} > 0 THEN {_issue(skewed("issue", ISSUES, "root"))} END, 'content',
        CASE WHEN answers THEN {_ACTOR} ELSE {_TARGET} END,
        'that the other side move as item' || {at_random("content", 5000, "root")}
        || ' of list' || {at_random("list", 300, "root")} || ' says',
        CASE WHEN {at_random("condition", 6)} = 0 THEN 'provided that the blockade is lifted first' END,
        {_STATED_ON},
        ['weekday', 'published', 'dateline'][{at_random("basis", 3)} + 1], {_STATED_ON}, {_STATED_ON},
        'demand.made_up', {_STARTS}[i % 3 + 1] + 6, {_STARTS}[i % 3 + 1] + 13, '100', NULL,
        'made up', {_RECORDED}, NULL
    FROM (
        SELECT
            i, i % 10 IN (4, 8) AS answers,
            i - CASE i % 10 WHEN 4 THEN 1 WHEN 8 THEN 5 WHEN 9 THEN 6 ELSE 0 END AS root
        FROM range($number) AS t (i)
    )
"""
# To find them by their words would take longer than all else: what answers or repeats a position is of its thread.
_THREADS = f"""
    INSERT INTO thread_member
    SELECT
        position_id,
        'p' || lpad(to_hex(i - CASE i % 10 WHEN 4 THEN 1 WHEN 8 THEN 5 WHEN 9 THEN 6 ELSE 0 END), 20, '0'),
        stated_on, actor, target, issue, story_id,
        regexp_extract_all(content, '(?:item|list)[0-9]+'), [], {_RECORDED}, NULL
    FROM (SELECT *, ('0x' || substr(position_id, 2))::BIGINT AS i FROM position)
    JOIN story USING (article_id)
"""


def main() -> None:
    """Fill FILE and publish it beside as positions.duckdb."""
    working_file, number = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    working_file.parent.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    fill(working_file, number)
    print(f"{number} positions written in {time.perf_counter() - began:.1f} s")
    began = time.perf_counter()
    with duckdb.connect(str(working_file)) as connection:
        publish(connection, working_file, working_file.with_name("positions.duckdb"))
    print(f"published in {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
