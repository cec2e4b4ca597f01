"""Walls are told and no articles; what stands before one is kept as a part of an article."""

from pathlib import Path

import pytest

from schemas.article import Article, Rejection
from tests.flows.readers.builders import BODY, PARAGRAPHS, articles_and_rejections, page

LONG = "\n".join(PARAGRAPHS * 2)


def read_one(folder: Path, content: str) -> Article | Rejection:
    path = folder / "page.html"
    path.write_text(content, "utf-8")
    articles, rejections = articles_and_rejections(path)
    (item,) = [*articles, *rejections]
    return item


WALLS = {
    "consent": (
        "Norland Post and you\nWe and our partners store information on a device and read it from there, such as "
        "cookies, to measure how often our pages are read and by whom.\nYou may agree to all of it, or choose."
    ),
    "login": (
        "Welcome back to the Norland Post, where the news of the island is made every day of the week.\n"
        "Please log in with your address to read on. Forgot your password? We will send you another one."
    ),
    "subscribe": (
        "Norland's best reporting is one step away from you and costs less than a cup of tea a week.\n"
        "Subscribe to continue reading this story, and all others. Already a subscriber? Let us know who you are."
    ),
    "script": (
        "This page is made in your browser and needs a little help from you before it shows you what is new.\n"
        "Please enable JavaScript in the settings of your browser, then load the page again to go on."
    ),
    "challenge": (
        "One more step before you go on to the pages of the Norland Post, which are read by many machines.\n"
        "Verify you are human by ticking the box below. It may take some seconds until the page is shown."
    ),
}


@pytest.mark.parametrize("kind", WALLS)
def test_a_wall_is_no_article(tmp_path: Path, kind: str) -> None:
    item = read_one(tmp_path, page(1, WALLS[kind]).replace("<p>Round 1 has ended.</p>", ""))
    assert isinstance(item, Rejection)
    assert item.reason == "wall"
    assert f"({kind})" in item.detail


def test_a_cookie_notice_below_an_article_costs_nothing(tmp_path: Path) -> None:
    item = read_one(tmp_path, page(1, f"{LONG}\nSee our cookie settings."))
    assert isinstance(item, Article)
    assert item.text.startswith(f"Round 1 has ended.\n{BODY}")
    assert not item.is_partial


def test_news_of_a_wall_in_the_words_of_one_is_news(tmp_path: Path) -> None:
    told = f"{LONG}\nThe ministry said that its site was down: “access denied” was all that visitors read."
    item = read_one(tmp_path, page(1, told))
    assert isinstance(item, Article)


def test_what_stands_before_a_wall_is_a_part(tmp_path: Path) -> None:
    item = read_one(tmp_path, page(1, f"{BODY}\nSubscribe to continue reading this story."))
    assert isinstance(item, Article)
    assert item.is_partial
    assert item.text == f"Round 1 has ended.\n{BODY}"


@pytest.mark.parametrize(("value", "partial"), [("false", True), ('"False"', True), ("true", False)])
def test_a_page_that_says_it_is_not_free_is_a_part(tmp_path: Path, value: str, partial: bool) -> None:
    data = f'{{"@type": "NewsArticle", "headline": "Talks 1", "isAccessibleForFree": {value}}}'
    item = read_one(tmp_path, page(1, head=f"<script type='application/ld+json'>{data}</script>"))
    assert isinstance(item, Article)
    assert item.is_partial is partial


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("诺兰外交部长星期二拒绝了将会谈移至该岛的提议。他对记者说，在囚犯获释之前，他的政府不会参加会谈。", "utf-8"),
        (
            "ノーランドの外相は火曜日、島での協議の提案を拒否した。捕虜が解放されるまで参加しないと記者団に語った。",
            "utf-8",
        ),
        ("รัฐมนตรีต่างประเทศนอร์แลนด์ปฏิเสธข้อเสนอให้ย้ายการเจรจาไปที่เกาะเมื่อวันอังคารและขอคำตอบภายในสัปดาห์นี้", "tis-620"),
    ],
    ids=["Chinese", "Japanese", "Thai"],
)
def test_scripts_without_spaces_are_as_long_as_they_are(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "page.html"
    content = page(1, "\n".join([text] * 4)).replace("utf-8", encoding).replace("<p>Round 1 has ended.</p>", "")
    path.write_bytes(content.replace("©", "").encode(encoding))
    (article,), rejections = articles_and_rejections(path)
    assert not rejections
    assert text[:30] in article.text
