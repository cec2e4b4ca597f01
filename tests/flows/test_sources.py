"""A list of sources is read strictly, and every fault has its line and what is allowed."""

from pathlib import Path

import pytest

from flows.sources import SourcesError, check_issuers, load_sources, sources_named
from schemas.source import Columns, Source

GOOD = """
# What we follow.
sources:
  - source: https://feeds.example/world.xml
    outlet: The Norland Post
    time_zone: Europe/Oslo
  - source: archive/old.csv
    format: table
    date_format: "%d/%m/%Y"
    follow: false
    columns:
      title: Headline
      text: [Body, Text]
"""


def faults(folder: Path, text: str) -> list[str]:
    """The faults of a list, without the folder it lies in."""
    path = folder / "sources.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(SourcesError) as caught:
        load_sources(path)
    return [problem.removeprefix(f"{folder}/") for problem in caught.value.problems]


def test_a_good_list(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(GOOD, "utf-8")
    feed, archive = load_sources(tmp_path / "sources.yaml")
    assert feed == Source(source="https://feeds.example/world.xml", outlet="The Norland Post", time_zone="Europe/Oslo")
    assert archive.source == str(tmp_path / "archive/old.csv")
    assert archive.columns == Columns(title=("Headline",), text=("Body", "Text"))
    assert (archive.format, archive.date_format, archive.follow) == ("table", "%d/%m/%Y", False)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "sources.yaml:1: keys with values are needed here; allowed are sources"),
        ("sources: []", "sources.yaml:1: sources: the list is empty; allowed is one entry or more"),
        ("source:\n  - source: a", "sources.yaml:1: no key is called 'source'; did you mean 'sources'?"),
        (
            "sources:\n  - source: a\n    colums: {}",
            "sources.yaml:3: no key is called 'colums'; did you mean 'columns'?",
        ),
        (
            "sources:\n  - source: a\n    columns:\n      texte: b",
            "sources.yaml:4: no key is called 'texte'; did you mean",
        ),
        ("sources:\n  - source: a\n    zzz: b", "sources.yaml:3: no key is called 'zzz'; allowed are source, format,"),
        ("sources:\n  - outlet: a", "sources.yaml:2: the key 'source' is missing"),
        ("sources:\n  - a", "sources.yaml:2: keys with values are needed here; allowed are source, format,"),
        (
            "sources:\n  - source: a\n    format: csv",
            "sources.yaml:3: format: Input should be 'text', 'jsonl', 'table'",
        ),
        ("sources:\n  - source: a\n    time_zone: Oslo", "sources.yaml:3: time_zone: 'Oslo' is no time zone; allowed"),
        (
            "sources:\n  - source: a\n    language: eng",
            "sources.yaml:3: language: 'eng' does not fit; allowed is Language of texts",
        ),
        ("sources:\n  - source: a\n    source: b", "sources.yaml:3: "),
        ("sources:\n  - source: [", "sources.yaml:"),
    ],
)
def test_faults_have_their_line(tmp_path: Path, text: str, fault: str) -> None:
    found = faults(tmp_path, text)
    assert any(problem.startswith(fault) for problem in found), found


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    assert len(faults(tmp_path, "sources:\n  - outlet: a\n  - source: b\n    zone: c\n")) == 2


def test_arguments_are_files_folders_addresses_or_lists(tmp_path: Path) -> None:
    (tmp_path / "list.yaml").write_text(GOOD, "utf-8")
    named = sources_named([str(tmp_path), "-", "https://a.example/feed", str(tmp_path / "list.yaml")])
    assert [source.source for source in named] == [
        str(tmp_path),
        "-",
        "https://a.example/feed",
        "https://feeds.example/world.xml",
        str(tmp_path / "archive/old.csv"),
    ]


def test_an_argument_that_is_nothing(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match="no such file or folder; allowed is also"):
        sources_named([str(tmp_path / "missing")])
    with pytest.raises(SourcesError, match="no such file"):
        sources_named([str(tmp_path / "missing.yaml")])


def test_an_issuer_is_an_actor() -> None:
    actors = ["CHN", "RUS", "USA", "FRA"]
    check_issuers([Source(source="a", issuer="CHN"), Source(source="b")], actors)
    listed = [Source(source="a.jsonl", issuer="chn"), Source(source="b.jsonl", issuer="MFA_of_somebody")]
    with pytest.raises(SourcesError) as caught:
        check_issuers(listed, actors)
    assert caught.value.problems == (
        "a.jsonl: issuer: no actor has the id 'chn'; near it are CHN",
        "b.jsonl: issuer: no actor has the id 'MFA_of_somebody'; positions actors finds ids by name",
    )
