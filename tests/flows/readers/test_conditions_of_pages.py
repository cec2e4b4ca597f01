"""Conditions in which pages come, after those of files and bytes: right days, walls, parts of articles, all scripts."""

import json
from datetime import date
from pathlib import Path

import pytest

from flows.language import with_language
from flows.readers.html import Page, read_page
from flows.readers.record import Context
from schemas.article import Article, Rejection
from schemas.source import Source
from tests.flows.readers.builders import PARAGRAPHS, SETTINGS, articles_and_rejections, jsonl, record

TITLE = "Sudland recalls its envoy from the island"
URL = "https://post.example/world/sudland-recalls-envoy"
DAY = date(2022, 1, 27)
DATED = "<meta property='article:published_time' content='2022-01-27T10:00:00+01:00'>"


def read_saved(
    head: str = "", above: str = "", paragraphs: tuple[str, ...] = PARAGRAPHS, url: str = URL, title: str = TITLE
) -> Article | Rejection:
    """What becomes of a page."""
    body = "".join(f"<p>{line}</p>" for line in paragraphs)
    content = (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{above}{body}</article></body></html>"
    )
    return read_page(Page(content.encode(), "a.html", url), Context(Source(source="a.html"), SETTINGS, "a.html"))


def day_told(item: Article | Rejection) -> tuple[date, str]:
    assert isinstance(item, Article), item
    return item.published, item.published_basis


def linked(*objects: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(list(objects))}</script>"


OWN = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2022-01-27"}
OTHER = {"@type": "NewsArticle", "headline": "Herring prices fall again", "datePublished": "2020-05-05"}


@pytest.mark.parametrize(
    "head",
    [
        f"<script>window.state = {json.dumps({'story': OTHER})}</script>{linked(OWN)}",
        f"<script id='data' type='application/json'>{json.dumps({'props': OTHER})}</script>{linked(OWN)}",
        linked(OTHER, OWN),
        linked({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": OTHER}]}) + DATED,
        linked({"@type": "WebPage", "mainEntity": OWN, "relatedLink": [OTHER]}),
        f"<div itemscope><h3>Herring</h3><meta itemprop='datePublished' content='2020-05-05'></div>{DATED}",
    ],
    ids=["state", "data", "another ahead", "list", "main entity", "teaser"],
)
def test_06_the_first_day_of_the_page_is_not_the_article_s(head: str) -> None:
    assert day_told(read_saved(head)) == (DAY, "stated")


@pytest.mark.parametrize("began", ["datePublished", "coverageStartTime"])
def test_07_a_live_blog_has_the_day_on_which_it_began(began: str) -> None:
    update = {"@type": "BlogPosting", "headline": TITLE, "datePublished": "2022-01-29T09:00:00Z"}
    blog = {"@type": "LiveBlogPosting", "headline": TITLE, began: "2022-01-27T06:00:00Z", "liveBlogUpdate": [update]}
    assert day_told(read_saved(linked({**blog, "dateModified": "2022-01-30"}))) == (DAY, "stated")


@pytest.mark.parametrize("written", ["۱۴۰۰/۱۱/۰۷", "۱۳۹۹-۰۵-۰۲", "1400/11/07", "٢٠٢٢-٠١-٢٧"])
def test_08_days_of_another_calendar_are_no_days(tmp_path: Path, written: str) -> None:
    item = read_saved(f"<meta property='article:published_time' content='{written}'>")
    assert isinstance(item, Rejection)
    assert item.reason == "no_date"
    (tmp_path / "a.jsonl").write_bytes(jsonl([record(1), record(2, date=written)]))
    articles, rejections = articles_and_rejections(tmp_path / "a.jsonl")
    assert (len(articles), [told.reason for told in rejections]) == (1, ["bad_date"])


@pytest.mark.parametrize("written", ["202201271015", "20220127101500", "20220127T101500Z", 202201271015])
def test_09_a_stamp_of_minutes_is_no_number_of_seconds(tmp_path: Path, written: object) -> None:
    assert day_told(read_saved(f"<meta name='pubdate' content='{written}'>")) == (DAY, "stated")
    (tmp_path / "a.jsonl").write_bytes(jsonl([record(1, date=written)]))
    (article,), _ = articles_and_rejections(tmp_path / "a.jsonl")
    assert article.published == DAY


@pytest.mark.parametrize("written", ["1899-12-31", "0022-01-27", "12 May 1822"])
def test_10_what_is_older_than_news_is_a_slip(tmp_path: Path, written: str) -> None:
    assert isinstance(read_saved(f"<meta name='date' content='{written}'>"), Rejection)
    (tmp_path / "a.jsonl").write_bytes(jsonl([record(1, date=written)]))
    _, (told,) = articles_and_rejections(tmp_path / "a.jsonl")
    assert told.reason == "bad_date"


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='og:updated_time' content='2022-01-27T10:00:00+01:00'>",
        "<meta http-equiv='last-modified' content='Thu, 27 Jan 2022 10:00:00 GMT'>",
        linked({"@type": "Article", "headline": TITLE, "dateModified": "2022-01-27"}),
    ],
)
def test_11_the_day_of_a_change_is_marked_as_one(head: str) -> None:
    assert day_told(read_saved(head)) == (DAY, "modified")


def test_12_a_day_of_two_readings_is_none_in_a_page_either() -> None:
    for above in ("<p>Published 01/02/2022</p>", "<time datetime='01/02/2022'>01/02/2022</time>"):
        item = read_saved(above=above)
        assert isinstance(item, Rejection), above
        assert item.reason == "no_date"
    assert day_told(read_saved(above="<p class='date'>27/01/2022</p>")) == (DAY, "guess")


IN_UTC = "<meta property='article:published_time' content='2022-01-28T01:30:00Z'>"


@pytest.mark.parametrize(
    ("head", "above", "url"),
    [
        (IN_UTC, "", "https://post.example/2022/01/27/sudland-recalls-envoy"),
        (IN_UTC, "<time datetime='2022-01-27T20:30:00-05:00'>Thursday evening</time>", URL),
        (IN_UTC + linked({**OWN, "datePublished": "2022-01-27T20:30:00-0500"}), "", URL),
    ],
    ids=["address", "time beside the headline", "local time in linked data"],
)
def test_13_the_local_day_is_told_where_the_page_shows_it(head: str, above: str, url: str) -> None:
    assert day_told(read_saved(head, above, url=url)) == (DAY, "stated")


WALLS = [
    ("14", "consent", "Your privacy matters",
     "This site uses cookies to personalise what you see and to count its readers. By clicking Accept you let us and "
     "our partners keep them on your device until you change your mind in the settings."),
    ("14", "login", "One moment, please",
     "This content is for registered users only. Registering is free, takes less than a minute, and gives you five "
     "stories a month, a letter each morning and the archive of the last ten years."),
    ("15", "subscribe", "Good reporting costs money",
     "To read the full story, choose one of our offers: one euro for the first month, then nine euros, and you may "
     "leave whenever you want to. Students pay half of it."),
    ("15", "subscribe", "You have 0 remaining free articles this month",
     "Our reporters are at work on five continents so that you know what the envoys say to each other before they "
     "meet, and what they say to their people afterwards."),
    ("16", "script", "The Norland Post",
     "This page requires JavaScript. Your browser either does not know it or has it turned off, so that nothing of "
     "the stories of this page can be shown to you at the moment."),
    ("16", "challenge", "Who are you?",
     "Something about the way you read made us think you were a bot. Complete the security check below and you will be "
     "led back to the story that you wanted to read."),
    ("17", "missing", "Page not found",
     "The page you are looking for has been moved or never was. Look for it in our archive of the last ten years, or "
     "go back to the start, where the news of this hour stands."),
    ("17", "region", "We are sorry",
     "The stories of this site are not available in your region for reasons of law. We are at work on it and hope to "
     "greet you here again before the year is over."),
]  # fmt: skip


@pytest.mark.parametrize(("number", "kind", "title", "text"), WALLS, ids=[f"{w[0]} {w[1]} {w[2]}" for w in WALLS])
def test_14_to_17_a_page_that_answers_and_holds_no_article(number: str, kind: str, title: str, text: str) -> None:
    item = read_saved(DATED, paragraphs=(text,), title=title)
    assert isinstance(item, Rejection), number
    assert item.reason == "wall"
    assert f"({kind})" in item.detail


@pytest.mark.parametrize("path", ["", "/", "/index.html", "/en/", "/en-gb/home"])
def test_17_a_front_page_is_no_article(path: str) -> None:
    item = read_saved(DATED, url=f"https://post.example{path}")
    assert isinstance(item, Rejection)
    assert item.reason == "front_page"


def test_17_a_page_at_a_short_address_is_one() -> None:
    assert isinstance(read_saved(DATED, url="https://post.example/envoy"), Article)
    assert isinstance(read_saved(DATED, url="https://post.example/?p=17"), Article)


@pytest.mark.parametrize(
    ("told", "is_partial"),
    [
        ({"isAccessibleForFree": False}, True),
        ({"isAccessibleForFree": "http://schema.org/False"}, True),
        ({"hasPart": {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".rest"}}, True),
        ({"isAccessibleForFree": True}, False),
        ({}, False),
    ],
)
def test_18_what_is_not_free_is_kept_as_a_part(told: dict[str, object], is_partial: bool) -> None:
    item = read_saved(linked({**OWN, **told}))
    assert isinstance(item, Article)
    assert item.is_partial is is_partial


def test_18_a_page_of_another_matter_than_its_entry_is_not_the_entry_s() -> None:
    body = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    content = f"<html><head><title>{TITLE}</title>{DATED}</head><body><article>{body}</article></body></html>"
    context = Context(Source(source="a.html"), SETTINGS, "a.html")
    elsewhere = "Lava reaches harbour while islanders flee towards southern villages aboard fishing boats"
    lost = read_page(Page(content.encode(), "a.html", URL, expected=elsewhere), context)
    assert isinstance(lost, Rejection)
    assert lost.reason == "another_page"
    asked = f"{TITLE}: minister rejected proposal about talks and prisoners"
    assert isinstance(read_page(Page(content.encode(), "a.html", URL, expected=asked), context), Article)


SCRIPTS = {
    "zh": "苏德兰外交部星期四召回了驻该岛的使节，并表示在囚犯获释之前不会派人返回。调解人说会谈将于下周继续。",
    "ja": "サドランド外務省は木曜日、島に駐在する特使を召還し、捕虜が解放されるまで戻さないと述べた。",
    "th": "กระทรวงต่างประเทศซัดแลนด์เรียกทูตกลับจากเกาะเมื่อวันพฤหัสบดีและกล่าวว่าจะไม่ส่งใครกลับไปจนกว่านักโทษจะได้รับการปล่อยตัว",
}


@pytest.mark.parametrize("language", SCRIPTS)
def test_23_scripts_without_spaces_are_articles_of_their_language(language: str) -> None:
    item = read_saved(DATED, paragraphs=(SCRIPTS[language],) * 4)
    assert isinstance(item, Article), item
    assert with_language(item).language == language  # stored, told as unsupported_language, and not tagged
