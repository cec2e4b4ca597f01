"""Figures with intervals: what is counted, how far it may be off, and where it is written."""

from datetime import date

import numpy as np
import pytest

from rules.positions.tag import Found
from rules.proof.figures import RARE, Figures, figures, outlet_kinds, rates
from rules.proof.figures_page import BEGIN, END, calibration_svg, figures_lines, readme_lines, written_into
from rules.proof.gold import GoldRow, Labels
from rules.proof.judged import ReadArticle
from rules.proof.unseen import unseen
from schemas.article import Article
from schemas.position import Position, Stance, StatedOnBasis


def position(article: Article, at: int, stance: Stance) -> Position:
    return Position(
        article_id=article.article_id,
        section="body",
        sentence_start=at,
        sentence_end=at + 10,
        actor="NOR",
        actor_text="Norway",
        actor_start=at,
        actor_end=at + 6,
        stance=stance,
        stated_on=article.published,
        stated_on_basis=StatedOnBasis.PUBLISHED,
        trigger_id="demand.ask.urge",
        trigger_start=at + 7,
        trigger_end=at + 9,
    )


def read(number: int) -> ReadArticle:
    """An article with a demand that is right, an offer that is wrong in every second one, and a refusal not found."""
    outlet = "BBC" if number % 2 else "Reuters"
    text = f"{'Norway . .' * 4}{number}"
    article = Article(title="", published=date(2000 + number // 10, 1, 1), text=text, outlet=outlet)
    found = tuple(
        Found(position(article, at, stance), {"frame": f"{stance}.one", "entry": f"{stance}.one.word"})
        for at, stance in ((0, Stance.DEMAND), (10, Stance.OFFER))
    )
    said = [(0, Stance.DEMAND, False), (20, Stance.REFUSAL, False), (30, Stance.THREAT, True)]
    said += [(10, Stance.OFFER, False)] * (number % 2)
    gold = tuple(
        GoldRow(str(number), "body", at, Labels(actor="NOR", stance=stance, optional=optional))
        for at, stance, optional in said
    )
    return ReadArticle(str(number), article, gold, found)


@pytest.fixture(scope="module")
def found() -> Figures:
    return figures({"one": [read(n) for n in range(40)], "two": [read(n) for n in range(40, 43)]}, 0.7)


def test_what_is_counted(found: Figures) -> None:
    every, shown = found.all_rows(), found.shown()
    assert (every.articles, every.annotated) == (43, 43 + 43 + 21)
    assert (every.precision.value, every.recall.value) == pytest.approx((64 / 86, 64 / 107))
    assert (shown.precision.value, shown.recall.value) == pytest.approx((1.0, 43 / 107)), "offers are under the line"
    stances = found.by_stance()
    assert (stances["refusal"].recall.value, stances["offer"].precision.value) == pytest.approx((0.0, 21 / 43))
    assert stances["threat"].annotated == 0, "an optional position counts neither way"
    kinds = found.by(lambda one: one.kind)
    assert {name: of.articles for name, of in kinds.items()} == {"agencies": 22, "broadcasters": 21}
    assert kinds["broadcasters"].precision == (1.0, 1.0, 1.0)
    assert list(found.by(lambda one: one.source)) == ["one", RARE]


def test_intervals_hold_what_they_say_and_come_out_the_same() -> None:
    drawn = np.random.default_rng(1)
    inside = 0
    for _ in range(60):
        right = drawn.binomial(10, 0.7, 50)
        one = rates([np.array([10, hits, 12]) for hits in right])
        assert one.precision.low <= one.precision.value <= one.precision.high
        inside += one.precision.low <= 0.7 <= one.precision.high
    assert inside >= 52, "about 95 in a hundred"
    same = [np.array([10, hits, 12]) for hits in right]
    assert rates(same) == rates(same)
    alone = rates([np.array([1, 1, 1])] * 20)
    assert alone.f1 == (1.0, 1.0, 1.0)
    # what hangs together in articles is less certain than as many rows apart
    together = rates([np.array([10, 10 * (n % 2), 10]) for n in range(40)]).precision
    apart = rates([np.array([1, n % 2, 1]) for n in range(400)]).precision
    assert together.high - together.low > 2 * (apart.high - apart.low)


def test_an_outlet_is_known_by_its_name_or_address() -> None:
    kind_of = outlet_kinds()

    def kind(outlet: str | None, url: str) -> str:
        return kind_of(Article(title="", published=date(2020, 1, 1), text="x", outlet=outlet, url=url))

    assert kind(None, "https://www.bbc.com/news/1") == "broadcasters"
    assert kind("Reuters 1987", "https://x.example") == "agencies"
    assert kind("CNNish", "https://wapping.example/ap") == "others"


def test_the_page_and_the_readme_tell_unseen_text_first(found: Figures) -> None:
    lines = list(readme_lines(found))
    latest = unseen()[-1]
    assert lines[2].startswith(f"| **that nobody had read: lot {latest[0]}")
    assert f"**{float(latest[3]):.2f}**" in lines[2]
    page = written_into(f"before\n{BEGIN}\nold\n{END}\nafter\n", iter(lines))
    assert page == "\n".join(["before", BEGIN, *lines, END, "after", ""])
    assert written_into(page, iter(lines)) == page
    with pytest.raises(ValueError, match="has no place for figures"):
        written_into("nothing", iter(lines))
    text = "\n".join(figures_lines(found, "calibration.svg"))
    for words in ("at or above the line 0.70", "| refusal | 43 |", "| broadcasters | 21 |", "| 2000 | 10 |", "AUC"):
        assert words in text
    assert "](calibration.svg)" in text


def test_the_picture_is_drawn(found: Figures) -> None:
    svg = calibration_svg(found)
    assert svg.startswith("<svg")
    assert "share of rows that is right" in svg
    assert calibration_svg(found) == svg
