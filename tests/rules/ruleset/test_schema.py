"""The JSON Schemas of the rule files take what the loader takes, and refuse what it refuses."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from rules.ruleset.layout import HEAD_FILE, sections
from rules.ruleset.load import ENGLISH
from rules.ruleset.schema import json_schemas, write_schemas
from rules.ruleset.strict_yaml import read_strictly
from tests.rules.sample import FILES, write, write_sample


def complaints(name: str, data: Any) -> list[str]:
    validator = Draft202012Validator(json_schemas()[f"{name}.schema.json"])
    return [error.message for error in validator.iter_errors(data)]


@pytest.mark.parametrize("section", sections(), ids=lambda section: section.name)
def test_english_files_fit_their_schema(section: Any) -> None:
    files = section.files(ENGLISH)
    assert files
    for file in files:
        assert complaints(section.name, read_strictly(file).data) == [], file


def test_english_head_fits_its_schema() -> None:
    assert complaints("ruleset", read_strictly(ENGLISH / HEAD_FILE).data) == []


@pytest.mark.parametrize(("precedence", "fits"), [(2, True), ("2", True), ("first", False), (True, False)])
def test_a_number_may_stand_in_quotes(precedence: object, fits: bool) -> None:
    row = {"id": "other", "description": "x", "precedence": precedence}
    row |= dict.fromkeys(("pledged", "announced", "pledged_negated", "announced_negated"), "none")
    assert (complaints("commitments", [row]) == []) is fits


@pytest.mark.parametrize(
    ("name", "file", "right", "wrong"),
    [
        ("actors", "actors/states.yaml", "kind: state", "kind: stat"),
        ("actors", "actors/states.yaml", "adjectives:", "adjective:"),
        ("actors", "actors/states.yaml", "[Norwegian]", "Norwegian"),
        ("people", "people/north.yaml", "    - title: Foreign Minister\n", "    - office: Foreign Minister\n"),
        ("issues", "issues.yaml", "covers: land and sea", "cover: land and sea"),
        ("frames", "frames/demand.yaml", "about: [harm_nouns, apology]", "about: apology"),
        ("frames", "frames/demand.yaml", "target: [from, content_doer]", "needs: [speakers]"),
        ("frames", "frames/demand.yaml", "takes: [thing, that]", "take: [thing, that]"),
        ("frames", "frames/demand.yaml", "stance: demand", "stance: demands"),
        ("polarity", "polarity.yaml", "description:", "negated: refuse, description:"),
        ("commitments", "commitments.yaml", "pledged: offer", "pledged: offers"),
        ("commitments", "commitments.yaml", "pledged: offer", "precedence: first, pledged: offer"),
        ("classes", "classes.yaml", "[attack, strike]", "attack"),
        ("operators", "operators.yaml", "[not, never]", "not"),
        ("constructions", "constructions.yaml", "[from, on, to]", "from"),
        ("words", "words.yaml", "[minister, envoy]", "minister"),
    ],
)
def test_mistakes_are_refused(tmp_path: Path, name: str, file: str, right: str, wrong: str) -> None:
    folder = write_sample(tmp_path)
    assert complaints(name, read_strictly(folder / file).data) == []
    assert right in FILES[file]
    write(folder / file, FILES[file].replace(right, wrong))
    assert complaints(name, read_strictly(folder / file).data) != []


def test_every_key_is_described_and_never_null() -> None:
    for schema in json_schemas().values():
        assert '"null"' not in json.dumps(schema)
        for model in [schema, *schema.get("$defs", {}).values()]:
            assert all("description" in field for field in model.get("properties", {}).values())


def test_schemas_are_written_and_valid(tmp_path: Path) -> None:
    written = write_schemas(tmp_path / "new" / "schemas")
    assert sorted(path.name for path in written) == sorted(json_schemas())
    for path in written:
        Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))
