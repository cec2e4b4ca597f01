"""`positions rules` tells an author what is wrong, what is doubtful, and which examples fail, each at its line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows.commands.rules import rules
from tests.rules.sample import FILES, write_sample, write_sample_with_english_words

DOUBTFUL = FILES["actors/states.yaml"].replace("[Norwegian]", "[Norwegian, Norwegian]")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(rules, [str(argument) for argument in arguments])


def code(*arguments: object) -> int:
    """What a command gives the program to exit with."""
    returned = rules.main([str(argument) for argument in arguments], standalone_mode=False)
    assert isinstance(returned, int)
    return returned


def test_check_of_a_sound_set_tells_what_it_holds(tmp_path: Path) -> None:
    result = run("check", "--rules", write_sample(tmp_path))
    assert result.stdout == ""
    assert "2 actors, 1 people, 2 issues, 1 frames; no findings" in result.stderr


def test_check_lists_findings_and_fails_only_when_strict(tmp_path: Path) -> None:
    folder = write_sample(tmp_path, states=DOUBTFUL)
    result = run("check", "--rules", folder)
    assert result.stdout == f"{folder}/actors/states.yaml:4: 'Norwegian' stands twice in 'adjectives'\n"
    assert "1 finding\n" in result.stderr
    assert code("check", "--rules", folder) == 0
    assert code("check", "--strict", "--rules", folder) == 1
    assert code("check", "--strict", "--rules", write_sample(tmp_path)) == 0


def test_check_writes_json_and_tells_no_more_than_it_is_asked_to(tmp_path: Path) -> None:
    folder = write_sample(tmp_path, states=DOUBTFUL)
    result = run("check", "--json", "--quiet", "--rules", folder)
    found = {"file": f"{folder}/actors/states.yaml", "line": 4, "finding": "'Norwegian' stands twice in 'adjectives'"}
    assert ([json.loads(line) for line in result.stdout.splitlines()], result.stderr) == ([found], "")


def test_rules_that_cannot_be_loaded_exit_with_2_and_all_problems(tmp_path: Path) -> None:
    folder = write_sample(tmp_path, states="- id: nor\n", words="a: b\n")
    result = run("check", "--rules", folder)
    assert result.exit_code == 2
    assert "4 problems in the rules" in result.stderr
    assert f"{folder}/words.yaml:1: 'a': a list of words is needed" in result.stderr


@pytest.fixture(scope="module")
def tested(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A run of `test` on a frame of which two examples are wrong, and a known miss by now matches."""
    folder = tmp_path_factory.mktemp("rules")
    text = FILES["frames/demand.yaml"].replace("  about: [harm_nouns, apology]\n", "")
    text = text.replace(", target: SWE}", "}\n      - {text: Norway demanded a rest., actor: SWE}")
    text += "      - Norway demanded an apology.\n    known_miss:\n      - Norway demanded a rest of Sweden.\n"
    write_sample_with_english_words(folder, demand=text)
    return folder, run("test", "--rules", folder)


def test_test_lists_wrong_examples_at_their_line(tested: tuple[Path, Result]) -> None:
    folder, result = tested
    start = f"{folder}/frames/demand.yaml"
    lines = result.stdout.splitlines()
    assert len(lines) == 3, result.output
    assert lines[0].startswith(f"{start}:12: demand.demand does not match (actor is NOR, expected SWE")
    assert lines[1].startswith(f"{start}:15: demand.demand matches (gives demand.demand.demand: NOR demand of")
    assert (
        lines[2] == f"{start}:17: demand.demand matches by now: move it to 'match': Norway demanded a rest of Sweden."
    )
    assert "5 examples: 3 wrong, 1 known misses" in result.stderr


@pytest.mark.parametrize(
    ("name", "hint"), [("demand.demnd", "did you mean demand.demand?"), ("x", "there are 1, such as demand.demand")]
)
def test_test_names_the_likeliest_frames(name: str, hint: str, tmp_path: Path) -> None:
    result = run("test", name, "--rules", write_sample(tmp_path))
    assert result.exit_code == 2
    assert f"no frame is called '{name}'; {hint}" in result.stderr


def test_schema_writes_the_files_it_names(tmp_path: Path) -> None:
    result = run("schema", "--to", tmp_path / "schemas")
    names = [Path(line).name for line in result.stdout.splitlines()]
    assert "actors.schema.json" in names
    assert sorted(names) == sorted(path.name for path in (tmp_path / "schemas").iterdir())
