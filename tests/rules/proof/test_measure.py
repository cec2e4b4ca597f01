"""Triggers are measured against gold by matching each row once; the page names places and quotes nothing."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from rules.proof.gold import GoldFault, GoldSentence, read_annotations, read_articles, read_sentences
from rules.proof.measure import Judged, measure_articles, measure_sentences
from rules.proof.measure_page import measure_page
from rules.ruleset.load import load_ruleset
from schemas.position import Position, Stance, StatedOnBasis
from tests.rules.sample import write, write_sample

TITLE = "Norway rejects the quota"
BODY = "Norway rejected the quota on Monday. It demanded a review.\nSweden offered talks."
ARTICLE = f"{TITLE}\n20220125\nhttps://news.example/quota\n{BODY}\n"
GOLD = [
    {"quote": "rejects the quota", "actor": "NOR", "stance": "refusal", "issue": "territory.fishing"},
    {"quote": "rejected the quota", "actor": "NOR", "stance": "refusal", "issue": "territory.fishing"},
    {"quote": "demanded a review", "actor": "NOR", "stance": "demand"},
    {"quote": "offered talks", "actor": "SWE", "stance": "offer", "optional": True},
]


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    write(tmp_path / "gold" / "quota.jsonl", "".join(json.dumps(row) + "\n" for row in GOLD))
    write(tmp_path / "articles" / "quota.txt", ARTICLE)
    return tmp_path / "gold", tmp_path / "articles"


def row(words: str, trigger: str, actor: str | None = "NOR", issue: str | None = None) -> Position:
    """A position of the body sentence that begins with some words, given by a trigger at its first word."""
    start = BODY.index(words)
    return Position(
        article_id="a",
        section="body",
        sentence_start=start,
        sentence_end=start + len(words),
        actor=actor,
        actor_text=words[:6],
        actor_start=start,
        actor_end=start + 6,
        stance=Stance(trigger.partition(".")[0]),
        issue=issue,
        stated_on=date(2022, 1, 24),
        stated_on_basis=StatedOnBasis.WEEKDAY,
        trigger_id=trigger,
        trigger_start=start + 7,
        trigger_end=start + 15,
    )


FIRST, SECOND, THIRD = "Norway rejected the quota on Monday.", "It demanded a review.", "Sweden offered talks."


def judged(folders: tuple[Path, Path], rows: Sequence[Position]) -> dict[str, Judged]:
    articles = read_articles(*folders)
    measured = measure_articles(read_annotations(folders[0], articles), {"quota": rows})
    return {one.trigger_id: one for one in measured.judged}


def test_annotations_are_found_in_body_and_title(folders: tuple[Path, Path]) -> None:
    articles = read_articles(*folders)
    places = [row.place for row in read_annotations(folders[0], articles)]
    assert articles["quota"].published == date(2022, 1, 25)
    assert places == ["quota title 7", "quota body 7", "quota body 40", "quota body 66"]


def test_right_wrong_and_missed_rows_are_told_apart(folders: tuple[Path, Path]) -> None:
    rows = [row(FIRST, "refusal.reject", issue="territory.fishing"), row(SECOND, "demand.urge", actor="SWE")]
    articles = read_articles(*folders)
    measured = measure_articles(read_annotations(folders[0], articles), {"quota": rows})
    assert [(one.trigger_id, one.right, one.issue_right) for one in measured.judged] == [
        ("refusal.reject", True, True),
        ("demand.urge", False, False),
    ]
    assert [one.place for one in measured.missed] == ["quota title 7", "quota body 40"]
    assert measured.gold == {"demand": 1, "refusal": 2, "offer": 0, "acceptance": 0, "threat": 0}


def test_a_gold_row_is_matched_once_and_by_the_closest_row(folders: tuple[Path, Path]) -> None:
    found = judged(folders, [row(FIRST, "refusal.block"), row(FIRST, "refusal.reject", issue="territory.fishing")])
    assert (found["refusal.reject"].right, found["refusal.block"].right) == (True, False)
    assert not found["refusal.reject"].alone


def test_optional_rows_and_rows_without_actor_do_not_count(folders: tuple[Path, Path]) -> None:
    assert judged(folders, [row(THIRD, "offer.offer", actor="SWE"), row(SECOND, "demand.urge", actor=None)]) == {}


def test_sentences_are_judged_by_the_words_of_the_coded_source() -> None:
    coded = GoldSentence(2, BODY, "Norway", "REJECT")
    others = GoldSentence(3, BODY, "Sweden", "AGREE")
    silent = GoldSentence(4, BODY, "Norway", "REQUEST")
    rows = [row(FIRST, "refusal.reject"), row(THIRD, "offer.offer", actor="SWE")]
    measured = measure_sentences("made up", [coded, others, silent], [rows, rows, rows])
    assert [(one.place, one.trigger_id, one.right) for one in measured.judged] == [
        ("line 2 (reject)", "refusal.reject", True),
        ("line 3 (agree)", "offer.offer", True),
        ("line 4 (request)", "refusal.reject", False),
    ]
    assert [one.place for one in measured.missed] == ["line 4"]


def test_the_page_counts_and_quotes_nothing(folders: tuple[Path, Path], tmp_path: Path) -> None:
    articles = read_articles(*folders)
    rows = [row(FIRST, "refusal.reject", issue="territory.fishing"), row(SECOND, "demand.urge", actor="SWE")]
    measured = measure_articles(read_annotations(folders[0], articles), {"quota": rows})
    page = measure_page(load_ruleset(write_sample(tmp_path / "rules")), [measured])
    assert "| all | 3 | 1 | 2 | 1 | 0.50 | 0.33 | 0.40 |" in page
    assert "| refusal.reject | 1 | 1 | 1 | 1 | 1.00 | 0.50 |" in page
    assert "- demand.urge (1): quota body 44" in page
    assert "## Triggers without a row\n\ndemand.demand.demand\n" in page
    assert not any(words in page for words in ("rejected the", "rejects the", "a review", "offered talks"))


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        (
            "gold/quota.jsonl",
            '{"quote": "no such words", "actor": "NOR", "stance": "demand"}\n',
            "quota.jsonl:1: the quote",
        ),
        ("gold/quota.jsonl", '\n{"actor": 1}\n', "quota.jsonl:1: no annotation"),
        ("gold/other.jsonl", "", "other.txt:1: no such file"),
        ("articles/quota.txt", "Title\n2022\n\nBody\n", "quota.txt:2: no day; allowed is YYYYMMDD"),
    ],
)
def test_gold_that_cannot_be_used_is_refused(folders: tuple[Path, Path], file: str, text: str, expected: str) -> None:
    write(folders[0].parent / file, text)
    with pytest.raises(GoldFault, match=expected):
        read_annotations(folders[0], read_articles(*folders))


def test_sentence_files_need_their_columns(tmp_path: Path) -> None:
    with pytest.raises(GoldFault, match=r"coded.tsv:1: no column plover, source"):
        read_sentences(write(tmp_path / "coded.tsv", "sentence\ttarget\na\tb\n"))
