"""`positions extract`: the engine alone."""

import io
import json
import os
import subprocess
import sys
from datetime import date, timedelta

import pytest

from flows import cli
from flows.commands import extract
from flows.contract import FIELDS
from flows.memory import ADDRESSES_A_CORE, LEAST_ADDRESSES

ACTORS = ("Norway", "Peru", "Kenya", "Japan")


def lines(count: int) -> str:
    """So many articles, each with one demand."""
    made = []
    for number in range(count):
        actor, other = ACTORS[number % 4], ACTORS[(number + 1) % 4]
        day = date(2024, 1, 1) + timedelta(number)
        text = f"It rained.\n{actor} demanded that {other} lift its sanctions. Paragraph {number} ends here."
        made.append({"id": f"n{number}", "title": "Notes", "published": day.isoformat(), "url": None, "text": text})
    return "".join(json.dumps(article) + "\n" for article in made)


class Input:
    """Standard input that holds a text."""

    def __init__(self, text: str | bytes) -> None:
        self.buffer = io.BytesIO(text.encode() if isinstance(text, str) else text)


def run(text: str | bytes, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "stdin", Input(text))
    return cli.run(["extract", "--workers", "1"])


def test_positions_come_out_with_their_article_in_its_order(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(lines(3), monkeypatch) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["id"], row["actor"], row["stance"], row["target"]) for row in rows] == [
        ("n0", "NOR", "demand", "PER"),
        ("n1", "PER", "demand", "KEN"),
        ("n2", "KEN", "demand", "JPN"),
    ]
    assert all(tuple(row) == ("id", *FIELDS) for row in rows)
    assert rows[0]["issue"] == "economy.sanctions"
    assert rows[2]["stated_on"] == "2024-01-03"


def test_offsets_count_characters_of_the_text_as_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Ünïcödé 😀 first.\n\n  Norway demanded that Peru lift its sanctions."
    run(json.dumps({"id": 1, "published": "2024-03-12", "text": text}) + "\n", monkeypatch)
    row = json.loads(capsys.readouterr().out)
    assert text[row["sentence_start"] : row["sentence_end"]] == "Norway demanded that Peru lift its sanctions."
    assert text[row["actor_start"] : row["actor_end"]] == "Norway"
    assert text[row["trigger_start"] : row["trigger_end"]] == "demanded"


def test_a_broken_line_is_told_and_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(b"\xef\xbb\xbf" + lines(1).encode() + b"\nnonsense\n\xff\n" + lines(1).encode(), monkeypatch) == 0
    shown = capsys.readouterr()
    assert len(shown.out.splitlines()) == 2
    assert [line.split(":")[0] for line in shown.err.splitlines()] == [
        "line 3",
        "line 4",
        "2 of 4 lines are no articles and were left out",
    ]


def test_lines_and_texts_that_are_too_long_are_told_and_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POSITIONS_MAX_ARTICLE_BYTES", "1000")
    long = json.dumps(json.loads(lines(1)) | {"text": "word " * 300}) + "\n"
    assert run(lines(1) + "x" * 9_000 + "\n" + long + lines(1) + "x" * 5_000, monkeypatch) == 0
    shown = capsys.readouterr()
    assert len(shown.out.splitlines()) == 2
    assert shown.err.splitlines() == [
        "line 2: the line is longer than 4,000 bytes; longer ones are not read",
        "line 3: the text has 1,500 characters; allowed are 1,000",
        "line 5: the line is longer than 4,000 bytes; longer ones are not read",
        "3 of 5 lines are no articles and were left out",
    ]


@pytest.mark.slow
def test_a_line_of_many_megabytes_is_passed_over_in_bounded_memory() -> None:
    """The line is as large as all that the process may have."""
    most = LEAST_ADDRESSES + (os.cpu_count() or 1) * ADDRESSES_A_CORE
    extract_it = f"ulimit -v {most // 1024 + 1}; exec {sys.executable} -c 'from flows.cli import main; main()' extract"
    command = f"(head -c {most} /dev/zero; echo) | ({extract_it})"
    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert done.returncode == cli.FAILED
    assert done.stderr.startswith("line 1: the line is longer than 8,000,000 bytes; longer ones are not read\n")


def test_it_fails_where_every_line_is_broken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("nonsense\n", monkeypatch) == cli.FAILED
    assert capsys.readouterr().out == ""


def test_no_lines_give_no_positions(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("", monkeypatch) == 0
    assert capsys.readouterr() == ("", "")


def test_articles_in_a_language_without_rules_give_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    article = json.loads(lines(1)) | {"language": "fr"}
    assert run(json.dumps(article) + "\n", monkeypatch) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.slow
def test_rows_are_the_same_whatever_the_number_of_processes() -> None:
    text = lines(extract.BATCH * (extract.WORTH_A_POOL + 2))
    one, two = (
        subprocess.run(
            [sys.executable, "-c", "from flows.cli import main; main()", "extract", "--workers", workers],
            input=text,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for workers in ("1", "2")
    )
    assert one == two
    assert len(one.splitlines()) == len(text.splitlines())


def test_a_reader_that_leaves_early_ends_it_quietly() -> None:
    command = f"{sys.executable} -c 'from flows.cli import main; main()' extract --workers 1 | head -n 1"
    done = subprocess.run(command, shell=True, input=lines(400), capture_output=True, text=True)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""
