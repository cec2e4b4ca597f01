"""Statements and transcripts of an issuer: questions and answers are marked in one way."""

from pathlib import Path

import pytest

from flows.readers.turns import with_turns
from schemas.source import Source
from tests.flows.readers.builders import articles_and_rejections, jsonl, record

TOLD = (
    "Q: Will Norland come back?\nA: We reject the plan.\nIt is not new.\nQ: And the prisoners?\nA: They must go free."
)


@pytest.mark.parametrize(
    "text",
    [
        TOLD,
        TOLD.replace("Q:", "QUESTION:").replace("A:", "ANSWER:"),
        TOLD.replace("Q: ", "Question:\n").replace("A: ", "Answer:\n"),
        TOLD.replace("Q: ", "Q\n").replace("A: ", "A\n"),
        TOLD.replace("Q: ", "Q. ").replace("A: ", "A. "),
        TOLD.replace("Q: ", "Q    ").replace("A: ", "A – "),
    ],
    ids=["marked", "words", "lines of words", "lines of letters", "points", "a bare Q"],
)
def test_marks_become_one(text: str) -> None:
    assert with_turns(text) == TOLD


@pytest.mark.parametrize(
    "text",
    [
        "A ministry rejected the plan.\nA spokesman said so.\nQ fever was found.",
        "Question: what now?\nNobody knew.",
        "Answer the question, he said.\nQuestion time began.\nQuestions came.",
    ],
)
def test_what_is_no_transcript_stays_as_it_is(text: str) -> None:
    assert with_turns(text) == text


def test_speakers_with_a_name_keep_it() -> None:
    text = "QUESTION: Will you talk?\nMR ROE: We will not.\nQUESTION: Why?\nMR ROE: Ask them."
    assert with_turns(text) == text.replace("QUESTION", "Q")


def test_texts_of_an_issuer_alone_are_marked(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl([record(1, text=TOLD.replace("Q:", "QUESTION:"))]))
    (statement,), _ = articles_and_rejections(Source(source=str(path), issuer="CHN"))
    assert (statement.issuer, statement.text) == ("CHN", TOLD)
    (article,), _ = articles_and_rejections(path)
    assert article.text.startswith("QUESTION: Will")
