"""What README.md says of sources is what the code reads."""

import re
from pathlib import Path

import yaml

import flows.readers
from flows.readers.files import READERS
from flows.readers.formats import BY_SUFFIX
from flows.stories import SHARED, SHARED_BY_EXCERPT
from schemas.settings import Settings
from schemas.source import Columns, Source, SourceList
from tests.flows.story_set import EDITS, FAMILIES, LOOK_ALIKES

TEXT = (Path(flows.readers.__file__).parent / "README.md").read_text("utf-8")


def test_every_key_format_and_suffix_is_told() -> None:
    for name in (*Source.model_fields, *Columns.model_fields, *READERS, *BY_SUFFIX.keys() - {".text", ".xhtml"}):
        assert f"`{name}`" in TEXT, name


def test_the_usual_column_names_are_told() -> None:
    for _, names in Columns():
        assert all(f"`{name}`" in TEXT for name in names)


def test_the_example_is_valid() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    assert len(SourceList.model_validate(yaml.safe_load(example)).sources) == 2


def test_settings_that_are_named_exist() -> None:
    named = {name.lower() for name in re.findall(r"POSITIONS_([A-Z_]+)", TEXT)}
    assert named <= Settings.model_fields.keys()


def test_numbers_are_those_of_the_code() -> None:
    assert f"{SHARED:.0%}".replace("%", " %") in TEXT
    assert f"{SHARED_BY_EXCERPT:.0%}".replace("%", " %") in TEXT
    assert (FAMILIES, LOOK_ALIKES, len(EDITS)) == (30, 30, 14)
