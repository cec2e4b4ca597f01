"""Hostile frames and enormous rule sets get one line a problem, in bounded time and memory."""

import json
import time
from pathlib import Path

import pytest

from rules.ruleset.check import check
from rules.ruleset.load import load_with_places
from rules.ruleset.one_line import HEAD, TAIL
from rules.ruleset.problems import MOST
from tests.rules.sample import FILES, problems_of, write_sample

DEMAND = FILES["frames/demand.yaml"]
FRAME = (
    "{id: demand.x, stance: demand, sense: ask, description: x, cameo: '10', entries: [{verb: x}], "
    "examples: {match: [{text: x}], no_match: [x]}}"
)
ENTRIES = "    - {verb: demand, takes: [thing, that]}\n"


def with_line(line: str) -> str:
    """The sample's frame, its slots of the target given by another line."""
    return DEMAND.replace("  target: [from, content_doer]\n", f"  {line}\n")


def with_entry(entry: str) -> str:
    """The sample's frame with one entry, another one."""
    return DEMAND.replace(ENTRIES, f"    - {entry}\n")


def with_entries(line: str, number: int) -> str:
    """The sample's frame with so many entries of one text, in which {n} counts them."""
    return DEMAND.replace(ENTRIES, "".join(f"    - {line}\n".replace("{n}", str(n)) for n in range(number)))


def with_examples(line: str, number: int) -> str:
    """The sample's frame with so many more examples."""
    return DEMAND.replace("    match:\n", "    match:\n" + f"      - {line}\n" * number)


def frames(number: int) -> str:
    """So many frames of one wording."""
    return "".join(
        DEMAND.replace("id: demand.demand", f"id: demand.{'abcdefghij'[n % 10] * (n + 1)}") for n in range(number)
    )


@pytest.mark.parametrize(
    ("frame", "line", "what", "allowed"),
    [
        (with_line(f"target: [{FRAME}]"), 6, "an item of 'target' needs one text", "not a list or mapping"),
        (with_line(f"frame: {FRAME}"), 6, "unknown key 'frame' (did you mean 'cameo'?)", "allowed are id, stance"),
        (with_entry(f"{{verb: {FRAME}}}"), 9, "'verb' needs one text", "not a list or mapping"),
        (
            with_entry(f"{{verbs: [{FRAME}]}}"),
            9,
            "unknown key 'verbs' (did you mean 'verb'?)",
            "allowed are verb, noun",
        ),
        (with_entry("demand"), 9, "an item of 'entries' needs keys with values", "keys with values"),
        (with_entry("{takes: [thing]}"), 9, "an item of 'entries': an entry has words of at least one kind", "idiom"),
        (with_entry("{verb: ''}"), 9, "'verb' is empty", "write a value or leave it out"),
        (
            DEMAND.replace("- The work", f"- {FRAME}\n      - The"),
            14,
            "an item of 'no_match' needs one text",
            "mapping",
        ),
        (f"- [{FRAME}, {FRAME}]\n", 1, "the entry needs keys with values", "keys with values"),
        (f"frames: [{FRAME}]\n", 1, "frames need a list", "begin each entry with '- '"),
        (with_line("target: " + "[" * 9 + "x" + "]" * 9), 6, "an item of 'target' needs one text", "not a list"),
        (with_line("target: " + "[" * 100_000), 6, "nested deeper than 12 levels", "which no rule needs"),
        (with_entry("{verb: " * 100_000), 9, "nested deeper than 12 levels", "which no rule needs"),
        (with_line("target: &a [x, x]\n  actor: &b [*a, *a]"), 6, "anchor &a", "anchors are not allowed"),
        (with_line("target: [&a x, *a, *a]"), 6, "anchor &a", "anchors are not allowed"),
        (with_line("target: [x]\n  <<: *a"), 7, "merge key '<<'", "merge keys are not allowed"),
        (with_line(f"target: {json.dumps([['x']] * 200_000)}"), 6, "an item of 'target' needs one text", "not a list"),
        (with_line(f"target: {json.dumps(['x'] * 200_000)}"), 6, "no slot 'x'", "allowed are doer, subject"),
        (with_entries("{phrase: 'x{n}.*'}", 40_000), 9, "'x0.*' is a pattern", "allowed are words"),
        (with_entries("{verb: x{n}, takes: [up thing]}", 40_000), 9, "no complement 'up thing'", "allowed are thing"),
        (with_examples("{}", 150_000), 12, "'text' is missing", "The sentence, written for this rule set"),
        (with_examples("{text: x, actor: NOX}", 40_000), 12, "no actor 'NOX' (did you mean 'NOR'?)", "allowed is one"),
        (DEMAND + "".join(f"  verb{n}: x\n" for n in range(90_000)), 15, "unknown key 'verb0'", "allowed are id"),
        (DEMAND.replace("stance: demand\n", f"stance: {'demand' * 200_000}\n"), 2, "'stance' is 'demand", "threat"),
        (DEMAND.replace("sense: ask\n", f"sense: {'ask' * 200_000}\n"), 3, "no sense 'ask", "allowed is one that"),
        (DEMAND.replace("id: demand.demand", 'id: "demand.a\\nb"'), 1, "'id' is 'demand.a\\nb'", "allowed is ^[a-z]+"),
        (with_line('"\\e[31mverbs\\n": [x]'), 6, "unknown key '\\x1b[31mverbs'", "allowed are id, stance"),
        (with_line("stance: offer"), 6, "key 'stance' stands twice, first in line 2", "once is allowed"),
    ],
    ids=lambda value: repr(value)[-30:],
)
def test_a_hostile_frame_is_refused_at_its_line(tmp_path: Path, frame: str, line: int, what: str, allowed: str) -> None:
    folder = write_sample(tmp_path, demand=frame)
    began = time.process_time()
    problems = problems_of(folder)
    assert time.process_time() - began < 10
    assert len(problems) <= MOST
    assert all(len(problem.splitlines()) == 1 and len(problem) < HEAD + TAIL + 9 for problem in problems)
    at_its_line = [problem for problem in problems if problem.startswith(f"{folder}/frames/demand.yaml:{line}: {what}")]
    assert any(allowed in problem for problem in at_its_line), problems[:3]


def test_enormous_lists_are_loaded_and_checked_in_bounded_time(tmp_path: Path) -> None:
    people = FILES["people/north.yaml"] + "    - title: Foreign Minister\n" * 40_000
    entries = with_entries("{verb: verb{n}, takes: [thing, that]}", 20_000)
    alike = with_entries("{verb: demand, takes: [thing, that]}", 1_500)
    classes = "harm_nouns: [attack]\n" + "".join(f"class{n}: ['[class{n - 1}] x']\n" for n in range(1, 30_000))
    changes = (
        {"demand": entries},
        {"demand": alike},
        {"demand": frames(1_500)},
        {"north": people},
        {"classes": f"class0: [x]\n{classes}"},
    )
    for number, changed in enumerate(changes):
        began = time.process_time()
        _, loaded = load_with_places(write_sample(tmp_path / str(number), **changed))
        check(loaded)
        assert time.process_time() - began < 20


def test_a_chain_of_actors_is_walked_once(tmp_path: Path) -> None:
    chain = "".join(f"- {{id: A{n}, name: A{n}, kind: state, part_of: A{n + 1}}}\n" for n in range(30_000))
    folder = write_sample(tmp_path, states=f"{chain}- {{id: A30000, name: A, kind: state, part_of: A29999}}\n")
    began = time.process_time()
    problems = [problem for problem in problems_of(folder) if "part of itself" in problem]
    assert time.process_time() - began < 15
    assert problems == [
        f"{folder}/actors/states.yaml:{n + 1}: A{n} is part of itself; allowed is another actor"
        for n in (29_999, 30_000)
    ]
