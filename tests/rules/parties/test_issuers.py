"""Statements and transcripts of an issuer: who 'we', 'the Ministry' and 'our side' are, and what is only asked."""

import json

import pytest

from flows.contract import read_line
from rules.text.turns import questions_in
from schemas.article import Article
from schemas.position import Position
from tests.rules.english import THURSDAY, parse, positions, tagger

TRANSCRIPT = (
    "Q: Moscow demanded that Kyiv leave the treaty. We want China to lift its tariffs. Will you?\n"
    "Sweden has urged China to free the publisher.\n"
    "A: We reject the demand.\nSweden must respect the ruling.\n"
    "Q: Japan asked China to resume talks.\nA: Our side is ready to resume talks with Japan."
)


def issued(text: str, issuer: str | None = "CHN", title: str = "") -> list[Position]:
    given = Article(title=title, published=THURSDAY, text=text, issuer=issuer)
    candidates = tagger().candidates(given)
    return tagger().tag(given, {s.key: parse(s.text) for s in candidates}, candidates)


@pytest.mark.parametrize(
    ("text", "stance", "target"),
    [
        ("We urge the United States to lift its sanctions.", "demand", "USA"),
        ("I told the envoy that we will never accept the ruling.", "refusal", None),
        ("Our side is ready to resume talks with the Philippines.", "offer", "PHL"),
        ("The Ministry calls on Japan to withdraw its remarks.", "demand", "JPN"),
        ("The Ministry of Foreign Affairs calls on Japan to withdraw its remarks.", "demand", "JPN"),
        ("The spokesperson demanded that Japan withdraw its remarks.", "demand", "JPN"),
        ("The Embassy asks the Danish government to punish those responsible.", "demand", "DNK"),
        ("The United States must lift its sanctions.", "demand", "USA"),
        ('"We will not recognise the vote," the President said.', "refusal", None),
        ('"We will not stop." The guests left. "Japan must leave," the President said.', "demand", "JPN"),
        ("If Israel attacks, we will respond with force.", "threat", "ISR"),
    ],
)
def test_a_statement_is_of_its_issuer(text: str, stance: str, target: str | None) -> None:
    told = {(p.actor, p.stance, p.target) for p in issued(text)}
    assert ("CHN", stance, target) in told
    assert {actor for actor, _, _ in told} == {"CHN"}


def test_without_an_issuer_nobody_is_we() -> None:
    assert [p.actor for p in positions("We urge the United States to lift its sanctions.")] == [None]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Iran rejected the proposal of the E3 on Monday.", "IRN"),
        ('The Iranian minister said: "We will not stop enrichment." It is a mistake.', "IRN"),
        ("Sergey Lavrov: We reject the ultimatum.", "RUS"),
    ],
)
def test_others_in_a_statement_speak_for_themselves(text: str, actor: str) -> None:
    assert [p.actor for p in issued(text)] == [actor]


def test_a_colon_after_another_party_makes_it_no_speaker() -> None:
    (position,) = issued("Regarding Japan's remarks: we demand that Tokyo withdraw them.")
    assert (position.actor, position.target) == ("CHN", "JPN")


def test_a_party_that_is_no_state_issues_statements_too() -> None:
    assert {p.actor for p in issued("The Alliance calls on Russia to withdraw its forces.", "NATO")} == {"NATO"}


def test_the_headline_of_a_statement_is_of_its_issuer() -> None:
    (position,) = issued("The remarks follow.", title="We demand the release of the fishermen")
    assert (position.section, position.actor) == ("title", "CHN")


def test_answers_are_of_the_issuer_and_questions_give_nothing() -> None:
    told = [(p.actor, p.stance, p.target) for p in issued(TRANSCRIPT)]
    assert told == [("CHN", "refusal", told[0][2]), ("CHN", "demand", "SWE"), ("CHN", "offer", "JPN")]


def test_papers_before_a_colon_ask() -> None:
    text = "AFP: The White House demanded an answer. It urged China to act.\nMao Ning: We reject the demand."
    assert [(p.actor, p.stance) for p in issued(text)] == [("CHN", "refusal")]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Q: Why?\nA: No.", ["Q: Why?"]),
        ("Q: Why?\nTell us.\nA: No.\nNever.\nQ: When?", ["Q: Why?", "Tell us.", "Q: When?"]),
        ("Reuters: Why?\nMR ROE (in Spanish): No.", ["Reuters: Why?"]),
        ("Question: what now?\nNobody knew.", []),
        ("A ministry spoke.\nQ fever was found.", []),
        ("", []),
    ],
)
def test_questions_stand_up_to_the_next_label(text: str, asked: list[str]) -> None:
    assert [text[start:end] for start, end in questions_in(text)] == asked


def test_an_issuer_that_no_list_has_is_nobody() -> None:
    assert [p.actor for p in issued("We urge the United States to lift its sanctions.", "ELSEWHERE")] == [None]


def test_a_line_of_the_contract_may_name_its_issuer() -> None:
    line = json.dumps({"id": 1, "published": "2022-01-27", "text": "We refuse.", "issuer": "CHN"})
    assert read_line(line).article.issuer == "CHN"
    assert read_line(line.replace('"CHN"', "null")).article.issuer is None
