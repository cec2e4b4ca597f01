"""Hostile triggers and enormous rule sets get one line a problem, in bounded time and memory."""

import json
import time
from pathlib import Path

import pytest

from rules.ruleset.check import check
from rules.ruleset.load import load_with_places
from rules.ruleset.one_line import HEAD, TAIL
from rules.ruleset.problems import MOST
from tests.rules.sample import FILES, problems_of, write_sample

DEMAND = FILES["stances/demand.yaml"]
TRIGGER = (
    "{id: demand.x, stance: demand, description: x, cameo: '10', verbs: [x], "
    "examples: {match: [{text: x}], no_match: [x]}}"
)


def with_line(line: str) -> str:
    """The sample's trigger, its verbs given by another line."""
    return DEMAND.replace("  verbs: [demand]\n", f"  {line}\n")


def with_examples(line: str, number: int) -> str:
    """The sample's trigger with so many more examples."""
    return DEMAND.replace("    match:\n", "    match:\n" + f"      - {line}\n" * number)


def triggers(number: int) -> str:
    """So many triggers of one wording."""
    return "".join(
        DEMAND.replace("id: demand.demand", f"id: demand.{'abcdefghij'[n % 10] * (n + 1)}") for n in range(number)
    )


@pytest.mark.parametrize(
    ("trigger", "line", "what", "allowed"),
    [
        (with_line(f"verbs: [{TRIGGER}]"), 5, "an item of 'verbs' needs one text", "not a list or mapping"),
        (
            with_line(f"trigger: {TRIGGER}"),
            5,
            "unknown key 'trigger' (did you mean 'target'?)",
            "allowed are id, stance",
        ),
        (
            DEMAND.replace("- The work", f"- {TRIGGER}\n      - The"),
            12,
            "an item of 'no_match' needs one text",
            "mapping",
        ),
        (f"- [{TRIGGER}, {TRIGGER}]\n", 1, "the entry needs keys with values", "keys with values"),
        (f"triggers: [{TRIGGER}]\n", 1, "stances need a list", "begin each entry with '- '"),
        (
            with_line("verbs: " + "[" * 9 + "x" + "]" * 9),
            5,
            "an item of 'verbs' needs one text",
            "not a list or mapping",
        ),
        (with_line("verbs: " + "[" * 100_000), 5, "nested deeper than 12 levels", "which no rule needs"),
        (with_line("verbs: " + "{a: " * 100_000), 5, "nested deeper than 12 levels", "which no rule needs"),
        (with_line("verbs: &a [x, x]\n  nouns: &b [*a, *a]"), 5, "anchor &a", "anchors are not allowed"),
        (with_line("verbs: [&a x, *a, *a]"), 5, "anchor &a", "anchors are not allowed"),
        (with_line("verbs: [x]\n  <<: *a"), 6, "merge key '<<'", "merge keys are not allowed"),
        (with_line(f"verbs: {json.dumps([['x']] * 200_000)}"), 5, "an item of 'verbs' needs one text", "not a list"),
        (with_line(f"phrases: {json.dumps(['x.*'] * 200_000)}"), 5, "'x.*' is a pattern", "allowed are words"),
        (with_examples("{}", 150_000), 10, "'text' is missing", "The sentence, written for this rule set"),
        (with_examples("{text: x, actor: NOX}", 40_000), 10, "no actor 'NOX' (did you mean 'NOR'?)", "allowed is one"),
        (DEMAND + "".join(f"  verb{n}: x\n" for n in range(90_000)), 13, "unknown key 'verb0'", "allowed are id"),
        (DEMAND.replace("stance: demand\n", f"stance: {'demand' * 200_000}\n"), 2, "'stance' is 'demand", "threat"),
        (DEMAND.replace("id: demand.demand", 'id: "demand.a\\nb"'), 1, "'id' is 'demand.a\\nb'", "allowed is ^[a-z]+"),
        (with_line('"\\e[31mverbs\\n": [x]'), 5, "unknown key '\\x1b[31mverbs'", "allowed are id, stance"),
        (with_line("stance: offer"), 5, "key 'stance' stands twice, first in line 2", "once is allowed"),
    ],
    ids=lambda value: repr(value)[-30:],
)
def test_a_hostile_trigger_is_refused_at_its_line(
    tmp_path: Path, trigger: str, line: int, what: str, allowed: str
) -> None:
    folder = write_sample(tmp_path, demand=trigger)
    began = time.process_time()
    problems = problems_of(folder)
    assert time.process_time() - began < 10
    assert len(problems) <= MOST
    assert all(len(problem.splitlines()) == 1 and len(problem) < HEAD + TAIL + 9 for problem in problems)
    at_its_line = [
        problem for problem in problems if problem.startswith(f"{folder}/stances/demand.yaml:{line}: {what}")
    ]
    assert any(allowed in problem for problem in at_its_line), problems[:3]


def test_enormous_lists_are_loaded_and_checked_in_bounded_time(tmp_path: Path) -> None:
    people = FILES["people/north.yaml"] + "    - title: Foreign Minister\n" * 40_000
    verbs = with_line(f"verbs: {json.dumps([f'verb{n}' for n in range(100_000)])}")
    for number, changed in enumerate(({"demand": verbs}, {"demand": triggers(1_500)}, {"north": people})):
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
