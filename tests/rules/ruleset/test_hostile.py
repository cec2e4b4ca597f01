"""Hostile rule files are refused with their line, in bounded time and memory; no rule makes matching slow."""

import json
import os
import tempfile
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.ruleset.load import RuleSetError, load_ruleset
from rules.ruleset.strict_yaml import MAX_BYTES, MAX_DEPTH, MAX_PROBLEMS, read_strictly
from rules.text.gazetteer import NameFinder
from rules.text.issues import IssueFinder
from rules.text.lemmas import any_forms
from schemas.ruleset import Actor, Issue, RuleSet
from tests.rules.sample import problems_of, write, write_sample

ALIAS_BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [*{before}, *{before}, *{before}, *{before}, *{before}, *{before}, *{before}, *{before}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (ALIAS_BOMB, 1, "anchor &a; anchors are not allowed"),
        (ALIAS_BOMB, 2, "alias *a; write the value out, aliases are not allowed"),
        ("a: &a\n  - *a\n", 2, "alias *a; write the value out"),
        ("a: [x]\n<<: {b: [y]}\n", 2, "merge key '<<'; merge keys are not allowed"),
        ("a: [x]\nb: !!python/object/apply:os.system [ls]\n", 2, "tag tag:yaml.org,2002:python/object/apply:os.system"),
        ("a: !!python/name:os.system\n", 1, "tag tag:yaml.org,2002:python/name:os.system; tags are not allowed"),
        ("a: !include /etc/passwd\n", 1, "tag !include; tags are not allowed"),
        ("a: !!binary aGVsbG8=\n", 1, "tag tag:yaml.org,2002:binary; tags are not allowed"),
        ("%TAG ! tag:evil,2000:\n---\na: [x]\n", 1, "a %TAG directive; tags are not allowed"),
        ("a: [x]\n\na: [y]\n", 3, "key 'a' stands twice, first in line 1; once is allowed"),
        ("a: [x]\n---\nb: [y]\n", 2, "a second document ('---'); allowed is one a file"),
        ("? [a, b]\n: [c]\n", 1, "a list or mapping as a key; allowed is a text"),
        ("? {a: b}\n: [c]\n", 1, "a list or mapping as a key; allowed is a text"),
        ("a: [x]\n? *a\n: [y]\n", 2, "alias *a; write the value out"),
        ("a:\nb: [x]\n", 1, "'a' is empty; write a value or leave it out"),
        ("a:\n  - x\n  -\n  - ''\n", 3, "an item of a list is empty; write a value or leave it out"),
        ('a: [x]\n"": [y]\n', 2, "a key is empty; allowed is a text before the colon"),
        ("a: [x]\nb: [y\n", 3, "not YAML: while parsing a flow sequence"),
        ("a: [x]\n\tb: [y]\n", 2, "not YAML: while scanning for the next token"),
        ("a: [x]\nb: [\x01]\n", 2, "control characters are not allowed; allowed is printable text"),
        ("a: [x]\nb: [\x00]\n", 2, "control characters are not allowed; allowed is printable text"),
        ("a: " + "[" * 100_000, 1, f"nested deeper than {MAX_DEPTH} levels"),
        ("".join(f"{' ' * n}a:\n" for n in range(1_500)), MAX_DEPTH + 1, f"nested deeper than {MAX_DEPTH} levels"),
        ("- " * 100_000, 1, f"nested deeper than {MAX_DEPTH} levels"),
        ("a: [" * 50_000, 1, f"nested deeper than {MAX_DEPTH} levels"),
        ("{" * 100_000, 1, "a list or mapping as a key; allowed is a text"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_hostile_yaml_is_refused_at_its_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    path = write(tmp_path / "words.yaml", text)
    began = time.process_time()
    document = read_strictly(path)
    assert time.process_time() - began < 1
    assert document.root is None
    assert any(problem.startswith(f"{path}:{line}: {what}") for problem in document.problems), document.problems


def test_a_refused_file_names_no_more_than_so_many_problems(tmp_path: Path) -> None:
    document = read_strictly(write(tmp_path / "words.yaml", "a: &a [x]\n" * 100_000))
    assert len(document.problems) == MAX_PROBLEMS


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_bytes(b"a: [x]\nb: [caf\xe9]\n")
    assert read_strictly(path).problems == (f"{path}:2: not UTF-8; save the file as UTF-8",)
    path.write_bytes("a: [x]\n".encode("utf-16"))
    assert read_strictly(path).problems == (f"{path}:1: not UTF-8; save the file as UTF-8",)


def test_a_byte_order_mark_and_windows_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: [x]\r\nb:\r\n  - y\r\n")
    assert read_strictly(path).data == {"a": ["x"], "b": ["y"]}


def test_an_enormous_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    with path.open("wb") as file:
        file.truncate(1 << 40)  # a sparse file of a terabyte
    assert read_strictly(path).problems == (f"{path}:1: larger than {MAX_BYTES:,} bytes; split it into several files",)


def test_the_largest_file_is_read_in_bounded_time(tmp_path: Path) -> None:
    line = "  - word of a list\n"
    path = write(tmp_path / "words.yaml", "a:\n" + line * ((MAX_BYTES - 10) // len(line)))
    began = time.process_time()
    assert len(read_strictly(path).data["a"]) > 100_000
    assert time.process_time() - began < 10


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    folder = write_sample(tmp_path / "rules")
    os.mkfifo(folder / "actors" / "pipe.yaml")
    (folder / "people" / "zero.yaml").symlink_to("/dev/zero")
    (folder / "people" / "folder.yaml").mkdir()
    (folder / "people" / "gone.yaml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(RuleSetError) as caught:
        load_ruleset(folder)
    problems = [problem.removeprefix(f"{folder}/") for problem in caught.value.problems]
    assert problems == [
        "actors/pipe.yaml:1: not a regular file; allowed is a YAML file",
        "people/folder.yaml:1: not a regular file; allowed is a YAML file",
        "people/gone.yaml:1: no such file; allowed is a YAML file",
        "people/zero.yaml:1: not a regular file; allowed is a YAML file",
    ]


@given(st.text() | st.binary().map(lambda data: data.decode("latin-1")))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever stands in a file, it gives texts, lists and mappings, or problems with a line: never an exception."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "words.yaml"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        document = read_strictly(path)
    assert not (document.root and document.problems)
    for problem in document.problems:
        place, _, what = problem.removeprefix(f"{path}:").partition(": ")
        assert int(place) >= 1
        assert what


@given(
    st.recursive(
        st.text("ab *&!|>[]{}#:-'\"\n%@`", max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=3),
    )
)
@settings(deadline=None, max_examples=50)
def test_any_shape_of_a_rule_file_is_loaded_or_refused_with_a_line(shape: object) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in (
            "states",
            "north",
            "issues",
            "demand",
            "polarity",
            "commitments",
            "classes",
            "operators",
            "constructions",
            "words",
            "dates",
            "ruleset",
        ):
            write_sample(folder, **{file: json.dumps(shape)})
            for problem in problems_of(folder):
                assert problem.startswith(f"{folder}/")
                assert problem.removeprefix(f"{folder}/").split(":")[1].isdigit()


def seconds_of(run: object, *arguments: object) -> float:
    """The least of three timings: other work on the machine only ever adds."""
    assert callable(run)
    timings = []
    for _ in range(3):
        began = time.process_time()
        run(*arguments)
        timings.append(time.process_time() - began)
    return min(timings)


NESTED = tuple(" ".join(["Aa"] * n) for n in range(1, 40))


def test_names_that_hide_in_each_other_keep_matching_linear() -> None:
    actor = Actor(id="AA", name="Aa", kind="group", names=NESTED)
    empty = RuleSet(
        id="x",
        language="en",
        description="x",
        version="x",
        actors=(actor,),
        people=(),
        issues=(),
        frames=(),
        polarity=(),
        commitments=(),
        operators={},
        constructions={},
        classes={},
        dates={},
        words={},
    )
    finder = NameFinder(empty)
    short, long = "Aa " * 2_000, "Aa " * 8_000
    day = date(2020, 1, 1)
    assert seconds_of(finder.find, long, day, long) < 8 * seconds_of(finder.find, short, day, short) + 0.05


def test_terms_that_hide_in_each_other_keep_matching_linear() -> None:
    issue = Issue(id="x", name="x", covers="x", terms=tuple(" ".join(["ab"] * n) for n in range(1, 20)))
    finder = IssueFinder([issue])
    short, long = "ab " * 300, "ab " * 1_200
    assert seconds_of(finder.find, long) < 8 * seconds_of(finder.find, short) + 0.05


def test_a_very_long_word_inflects_at_once() -> None:
    assert seconds_of(any_forms, "a" * 100_000) < 1
    assert seconds_of(any_forms, "ab " * 30_000) < 1
