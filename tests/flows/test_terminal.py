"""Nothing that was read acts on the terminal it is shown on."""

import ast
import io
import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.cli import run
from flows.commands.sql import sql
from flows.local import REJECTED
from flows.outcome import Line
from flows.readers import read
from flows.tables import show
from flows.terminal import data_out, plain, say
from schemas.article import Rejection
from schemas.settings import Settings
from warehouse.store import Store

FLOWS = Path(__file__).parents[2] / "flows"
COLOURED, TITLED, TURNED = "\x1b[31m", "\x9b2J", "\u202e"  # two ways to begin a sequence, and words turned round


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"a{COLOURED}b", r"a\x1b[31mb"),
        (f"a{TITLED}b", r"a\x9b2Jb"),
        (f"a{TURNED}b", r"a\u202eb"),
        ("a\rb\x07\x08\x7f", r"a\rb\x07\x08\x7f"),
        ("\udce9", r"\udce9"),
        ("Zürich\tМосква\n東京 “اللغة‎”", "Zürich\tМосква\n東京 “اللغة‎”"),
    ],
)
def test_what_acts_is_written_out_and_words_stay(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_one_module_prints() -> None:
    """Who prints past it would pass on what acts on a terminal."""
    found = [
        f"{path.relative_to(FLOWS)}:{node.lineno}"
        for path in FLOWS.rglob("*.py")
        if path.name != "terminal.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func)
        in ("print", "click.echo", "click.secho", "sys.stdout.write", "sys.stderr.write", "sys.stdout.buffer.write")
    ]
    assert found == []


def test_what_was_rejected_is_shown_by_the_query_that_a_run_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in", f"{COLOURED}{TITLED}.jsonl").write_text('{"\\u009b2J\\u001b]0;owned\\u0007": 1}\n[]\n', "utf-8")
    rejections = [one for one in read(Path("in"), Settings(home=tmp_path)) if isinstance(one, Rejection)]
    assert [one.reason for one in rejections] == ["empty_body", "broken_json"]
    with Store.open(tmp_path / "working.duckdb") as store:
        store.save_articles([], rejections)
        store.publish(tmp_path / "positions.duckdb")
    done = CliRunner().invoke(sql, ["--home", str(tmp_path), REJECTED], catch_exceptions=False)
    assert not {"\x1b", "\x9b", "\x07"} & set(done.output)
    assert r"in/\x1b[31m\x9b2J.jsonl#2" in done.output


def test_names_of_columns_and_cells_of_a_table_act_on_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[Line] = [(f"x{TITLED}", f"y{COLOURED}")]
    show([f"a{COLOURED}", "b"], rows, 10)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    show([f"a{COLOURED}", "b"], rows, 10)
    told = capsys.readouterr().out
    assert told.count(r"\x1b[31m") == 4
    assert "\x9b" not in told
    assert COLOURED not in told


def test_faults_and_names_of_arguments_act_on_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["track", f"{TITLED}.txt"], [f"{COLOURED}"], ["sql", f"--{TITLED}"]):
        assert run(arguments) == 2
    told = capsys.readouterr().err
    assert not {"\x1b", "\x9b"} & set(told)
    assert r"\x9b2J.txt" in told


def test_data_is_left_as_it_is_unless_it_goes_to_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream, written in ((io.StringIO(), f"a{COLOURED}\n"), (Screen(), "a\\x1b[31m\n")):
        monkeypatch.setattr(sys, "stdout", stream)
        data_out().write(f"a{COLOURED}\n")
        assert stream.getvalue() == written


def test_a_name_that_is_no_text_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    say(os.fsdecode(b"caf\xe9.txt"))
    assert capsys.readouterr().out == "caf\\udce9.txt\n"
