"""Pipes, devices and standard input: each is read once, and none holds a run up for ever."""

import io
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flows.readers import read, read_changed
from flows.readers.record import Known
from schemas.article import Article, Rejection
from schemas.source import Source
from tests.flows.readers.builders import SETTINGS, jsonl, record

QUICK = SETTINGS.model_copy(update={"stream_seconds": 0.5, "stream_bytes": 1_000_000})


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A named pipe into which nobody writes yet."""
    os.mkfifo(tmp_path / "pipe.jsonl")
    return tmp_path / "pipe.jsonl"


def told(source: Path | Source | str) -> tuple[int, list[str]]:
    """How many articles a source holds, and the reasons of its rejections."""
    items = list(read(source, QUICK))
    return sum(isinstance(item, Article) for item in items), [i.reason for i in items if isinstance(i, Rejection)]


@contextmanager
def written(pipe: Path, *parts: bytes, pause: float = 0) -> Iterator[None]:
    """Somebody writes these parts into the pipe, with a pause before each, and closes it."""

    def write() -> None:
        with pipe.open("wb", buffering=0) as stream:
            for part in parts:
                time.sleep(pause)
                stream.write(part)

    writer = threading.Thread(target=write)
    writer.start()
    yield
    writer.join()


def test_a_pipe_is_read_once_and_whole(pipe: Path) -> None:
    records = jsonl([record(number) for number in range(500)])
    with written(pipe, records):
        items = list(read_changed(pipe, QUICK, Known()))
    assert sum(isinstance(item, Article) for item in items) == 500
    assert not [item for item in items if isinstance(item, Rejection)]


def test_the_format_of_a_pipe_is_told_by_its_first_bytes_however_slowly_they_come(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    line = jsonl([record(1)])
    with written(tmp_path / "pipe", line[:1], line[1:20], line[20:], pause=0.05):
        assert told(tmp_path / "pipe") == (1, [])


def test_a_pipe_into_which_nobody_writes_is_given_up(pipe: Path) -> None:
    began = time.monotonic()
    (rejection,) = read(pipe, QUICK)
    assert isinstance(rejection, Rejection)
    assert rejection.reason == "endless"
    assert "within 0.5 seconds (POSITIONS_STREAM_SECONDS)" in rejection.detail
    assert time.monotonic() - began < 5


def test_what_a_pipe_gave_before_it_fell_silent_is_kept(pipe: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        with pipe.open("wb", buffering=0) as stream:
            stream.write(jsonl([record(1), record(2)]))
            stop.wait(30)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert told(pipe) == (2, ["endless"])
    finally:
        stop.set()
        writer.join()


def test_a_stream_without_end_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "zeros.jsonl").symlink_to("/dev/zero")
    began = time.monotonic()
    assert told(tmp_path / "zeros.jsonl")[1] == ["broken_json", "endless"]
    assert told("/dev/zero")[1] == ["unknown_format"]
    assert time.monotonic() - began < 10


def test_one_without_end_that_is_compressed_is_given_up(pipe: Path) -> None:
    with subprocess.Popen(["sh", "-c", f"exec gzip < /dev/urandom > {pipe}"], stderr=subprocess.DEVNULL):
        assert told(pipe)[1][-1] == "endless"


def test_a_file_that_is_no_stream_has_no_such_bounds(tmp_path: Path) -> None:
    file = tmp_path / "large.jsonl"
    file.write_bytes(b"\n" * 4_000_000 + jsonl([record(1)]))
    assert told(file) == (1, [])


@pytest.mark.parametrize("given", ["pipe", "file"])
def test_standard_input_is_a_stream_unless_it_is_a_file(tmp_path: Path, given: str) -> None:
    file = tmp_path / "in.jsonl"
    file.write_bytes(jsonl([record(1), record(2)]) + b"\n" * 4_000_000)
    program = (
        "from flows.readers import read; from schemas.settings import Settings; "
        "print([getattr(item, 'reason', 'article') for item in read('-', Settings(stream_bytes=3_000_000))])"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    with file.open("rb") as stream:
        command = (
            [sys.executable, "-c", program]
            if given == "file"
            else ["sh", "-c", 'cat | "$0" -c "$1"', sys.executable, program]
        )
        done = subprocess.run(command, env=environment, stdin=stream, stdout=subprocess.PIPE, text=True)
    expected = "['article', 'article', 'endless']" if given == "pipe" else "['article', 'article']"
    assert done.stdout.strip() == expected


def test_standard_input_that_is_no_file_of_the_system_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(jsonl([record(1)]))))
    assert told("-") == (1, [])


def test_a_command_in_brackets_loses_nothing() -> None:
    """A shell gives `track <(command)` the name of a pipe that can be read but once."""
    program = (
        "import sys; from flows.readers import read_changed; from flows.readers.record import Known; "
        "from schemas.article import Article; from schemas.settings import Settings; "
        "print(sum(isinstance(item, Article) for item in read_changed(sys.argv[1], Settings(), Known())))"
    )
    line = jsonl([record(1)]).decode().strip()
    done = subprocess.run(
        ["bash", "-c", f"\"$0\" -c \"$1\" <(printf '%s\\n' '{line}')", sys.executable, program],
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
    )
    assert done.stdout == "1\n", done.stderr
