"""Rule sets load strictly: right ones whole, wrong ones with every problem at its file and line."""

import gc
import time
from pathlib import Path

import pytest

from rules.ruleset.load import ENGLISH, RuleSetError, load_ruleset
from tests.rules.sample import FILES, write, write_sample


def problems(*folders: Path) -> list[str]:
    """The problems of folders, each with its path cut to the file's place in the folder."""
    with pytest.raises(RuleSetError) as caught:
        load_ruleset(*folders)
    return [problem.removeprefix(f"{folders[0]}/") for problem in caught.value.problems]


def test_english_loads() -> None:
    ruleset = load_ruleset()
    assert ruleset == load_ruleset(ENGLISH)
    assert ruleset.id == "english"
    assert len(ruleset.actors) > 200
    assert len(ruleset.frames) > 40
    assert sum(len(frame.entries) for frame in ruleset.frames) > 500


def test_every_part_is_loaded(tmp_path: Path) -> None:
    ruleset = load_ruleset(write_sample(tmp_path))
    assert [actor.id for actor in ruleset.actors] == ["NOR", "SWE"]
    assert str(ruleset.actors[1].until) == "2020-01-31"
    assert ruleset.people[0].roles[0].title == "Foreign Minister"
    assert [issue.id for issue in ruleset.issues] == ["territory", "territory.fishing"]
    assert ruleset.frames[0].examples.match[0].target == "SWE"
    assert ruleset.frames[0].entries[0].verb == "demand"
    assert [(row.id, row.negated) for row in ruleset.polarity] == [("ask", "none")]
    assert [(row.id, row.pledged) for row in ruleset.commitments] == [("other", "offer")]
    assert ruleset.classes == {"harm_nouns": ("attack", "strike")}
    assert ruleset.operators == {"negations": ("not", "never")}
    assert ruleset.constructions == {"prepositions": ("from", "on", "to")}
    assert ruleset.dates == {"today": ("today", "this morning")}
    assert ruleset.words == {"titles": ("minister", "envoy")}


def test_scalars_stay_texts(tmp_path: Path) -> None:
    words = "odd: [NO, on, yes, null, ~, 1_000, 0x1F, 012, 12:30:45, 2020-01-01, .inf, 1e3, =]\n"
    ruleset = load_ruleset(write_sample(tmp_path, words=FILES["words.yaml"] + words))
    assert ruleset.words["odd"] == tuple("NO on yes null ~ 1_000 0x1F 012 12:30:45 2020-01-01 .inf 1e3 =".split())


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        (
            "states",
            "- id: NOR\n  name: Norway\n  knd: state\n",
            [
                "actors/states.yaml:1: 'kind' is missing; it says: state, organisation, non_state,",
                "actors/states.yaml:3: unknown key 'knd' (did you mean 'kind'?); allowed are id, name, kind,",
            ],
        ),
        (
            "states",
            "- id: NOR\n  name: Norway\n  kind: stat\n",
            [
                "actors/states.yaml:3: 'kind' is 'stat' (did you mean 'state'?); allowed are state, organisation, "
                "non_state, subnational, group"
            ],
        ),
        (
            "states",
            "- id: nor\n  name: Norway\n  kind: state\n",
            ["actors/states.yaml:1: 'id' is 'nor'; allowed is ^[A-Z][A-Z0-9_]+$"],
        ),
        (
            "states",
            "- id: NOR\n  name: Norway\n  kind: state\n  names: Norge\n",
            ["actors/states.yaml:4: 'names' needs a list, [a, b] or a '- ' line for each"],
        ),
        (
            "states",
            "- id: NOR\n  name: [Norway]\n  kind: state\n",
            ["actors/states.yaml:2: 'name' needs one text, not a list or mapping"],
        ),
        (
            "states",
            "- id: NOR\n  name: Norway\n  kind: state\n  since: 86400\n  until: 2020-02-30\n",
            [
                "actors/states.yaml:4: 'since' is '86400', which is no day; allowed is YYYY-MM-DD",
                "actors/states.yaml:5: 'until' is '2020-02-30', which is no day; allowed is YYYY-MM-DD",
            ],
        ),
        (
            "states",
            "- id: NOR\n  name: Norway\n  kind: state\n  since: 2021-01-01\n  until: 2020-01-01\n",
            ["actors/states.yaml:5: 'until' is 2020-01-01, before 'since'; allowed is a later day"],
        ),
        (
            "states",
            "- id: NOR\n  name: Norway\n  kind: state\n  part_of: SEW\n- id: SWE\n  name: Sweden\n  kind: state\n",
            ["actors/states.yaml:4: no actor 'SEW' (did you mean 'SWE'?); allowed is one that"],
        ),
        (
            "states",
            "- id: NOR\n  name: Norway\n  kind: state\n  part_of: SWE\n"
            "- id: SWE\n  name: Sweden\n  kind: state\n  part_of: NOR\n",
            [
                "actors/states.yaml:4: NOR is part of itself; allowed is another actor",
                "actors/states.yaml:8: SWE is part of itself; allowed is another actor",
            ],
        ),
        (
            "states",
            FILES["actors/states.yaml"] + "- id: NOR\n  name: Norge\n  kind: state\n",
            ["actors/states.yaml:9: NOR stands twice, first in "],
        ),
        ("states", "NOR:\n  name: Norway\n", ["actors/states.yaml:1: actors need a list: begin each entry with '- '"]),
        ("states", FILES["actors/states.yaml"] + "- NOR\n", ["actors/states.yaml:9: the entry needs keys with values"]),
        (
            "north",
            FILES["people/north.yaml"].replace("actor: NOR", "actor: NOW"),
            ["people/north.yaml:2: no actor 'NOW' (did you mean 'NOR'?)"],
        ),
        (
            "north",
            FILES["people/north.yaml"].replace("title: Foreign Minister", "title: Minister\n      actor: XXX"),
            ["people/north.yaml:6: no actor 'XXX'; allowed is one that a file of the rule set defines"],
        ),
        ("north", "- name: Kari\n  actor: NOR\n  roles: []\n", ["people/north.yaml:3: 'roles' is empty; at least 1"]),
        (
            "issues",
            "- id: territory.fishing\n  name: Fishing\n  covers: fish\n",
            ["issues.yaml:1: the parent of 'territory.fishing' is missing; needed is an issue 'territory'"],
        ),
        (
            "demand",
            FILES["frames/demand.yaml"].replace("harm_nouns", "harm_noun"),
            ["frames/demand.yaml:7: no class 'harm_noun' (did you mean 'harm_nouns'?)"],
        ),
        (
            "demand",
            FILES["frames/demand.yaml"].replace("id: demand.", "id: offer."),
            ["frames/demand.yaml:1: 'id' is 'offer.demand'; allowed is the stance, a dot, a short name: demand."],
        ),
        (
            "demand",
            FILES["frames/demand.yaml"].replace("target: SWE", "target: SVE, issue: fishing"),
            [
                "frames/demand.yaml:12: no actor 'SVE' (did you mean 'SWE'?)",
                "frames/demand.yaml:12: no issue 'fishing' (did you mean 'territory.fishing'?)",
            ],
        ),
        (
            "demand",
            FILES["frames/demand.yaml"].replace("verb: demand, ", ""),
            ["frames/demand.yaml:9: an item of 'entries': an entry has words of at least one kind: verb, noun, "],
        ),
        (
            "demand",
            FILES["frames/demand.yaml"][: FILES["frames/demand.yaml"].index("    no_match")],
            ["frames/demand.yaml:10: 'no_match' is missing; it says: Sentences that must not match"],
        ),
        (
            "demand",
            FILES["frames/demand.yaml"].replace("[from, content_doer]", "[onto, content_doers]"),
            [
                "frames/demand.yaml:6: no slot 'content_doers' (did you mean 'content_doer'?); allowed are doer, ",
                "frames/demand.yaml:6: no slot 'onto'",
            ],
        ),
        (
            "demand",
            FILES["frames/demand.yaml"].replace("[thing, that]", "[things, on thing, at thing]"),
            [
                "frames/demand.yaml:9: no complement 'at thing' (did you mean 'to thing'?); allowed are thing, party, ",
                "frames/demand.yaml:9: no complement 'things' (did you mean 'thing'?)",
            ],
        ),
        (
            "demand",
            FILES["frames/demand.yaml"].replace("sense: ask", "sense: aks\n  needs: [speakers]"),
            [
                "frames/demand.yaml:3: no sense 'aks' (did you mean 'ask'?); allowed is one that a file of",
                "frames/demand.yaml:4: no need 'speakers' (did you mean 'speaker'?); allowed are speaker, ",
            ],
        ),
        (
            "demand",
            FILES["frames/demand.yaml"].replace("takes: [thing, that]", "not_about: [soft_nouns]"),
            ["frames/demand.yaml:9: no class 'soft_nouns'"],
        ),
        (
            "polarity",
            "- {id: ask, description: x, negated: refuse}\n- {id: vow, description: x, given_up: content}\n",
            [
                "polarity.yaml:1: 'negated' is 'refuse' (did you mean 'refusal'?); allowed are none, same, demand, ",
                "polarity.yaml:2: 'given_up' is 'content'; allowed are none, same, demand, ",
            ],
        ),
        (
            "polarity",
            "- {id: ask, description: x, negated: content}\n",
            ["polarity.yaml:1: 'negated' is 'content', which needs 'commits': pledged or announced"],
        ),
        (
            "polarity",
            "- {id: ask, description: x, commits: promised}\n",
            ["polarity.yaml:1: 'commits' is 'promised'; allowed are pledged, announced"],
        ),
        (
            "commitments",
            FILES["commitments.yaml"].replace("id: other", "id: harming"),
            ["commitments.yaml:1: no class 'harming'; allowed is one that a file of the rule set defines"],
        ),
        (
            "commitments",
            FILES["commitments.yaml"].replace("pledged: offer, ", ""),
            ["commitments.yaml:1: 'pledged' is missing; it says: Pledged, vowed, offered, ready to be done"],
        ),
        (
            "classes",
            "harm_nouns: [attack]\nhalt: ['[stoping] raid']\nstopping: [stop]\n",
            ["classes.yaml:2: no class 'stoping' (did you mean 'stopping'?); allowed is one of this file"],
        ),
        ("operators", "negations: no\n", ["operators.yaml:1: 'negations': a list of words is needed, "]),
        (
            "words",
            "titles: attack\nother: [[a]]\n",
            [
                "words.yaml:1: 'titles': a list of words is needed, [a, b] or a '- ' line for each",
                "words.yaml:2: 'other': a text is needed",
            ],
        ),
        ("ruleset", "id: sample\ndescription: x\n", ["ruleset.yaml:1: 'language' is missing"]),
        ("ruleset", "# nothing\n", ["ruleset.yaml:1: the file is empty; needed are id, language, description"]),
    ],
)
def test_wrong_entries_are_refused_with_their_line(tmp_path: Path, file: str, text: str, expected: list[str]) -> None:
    found = problems(write_sample(tmp_path, **{file: text}))
    named = [problem for problem in found if problem.startswith(expected[0].partition(":")[0])]
    assert len(named) == len(expected), found
    for problem, start in zip(sorted(named), sorted(expected), strict=True):
        assert problem.startswith(start)


def test_problems_of_all_files_come_together(tmp_path: Path) -> None:
    folder = write_sample(tmp_path, states="- id: nor\n", issues="- id: [\n", words="a: b\n")
    files = {problem.partition(":")[0] for problem in problems(folder)}
    assert files == {"actors/states.yaml", "issues.yaml", "words.yaml"}


def test_an_unread_actor_file_does_not_blame_those_who_name_its_actors(tmp_path: Path) -> None:
    assert len(problems(write_sample(tmp_path, states="- id: [\n"))) == 1


def test_misplaced_files_are_refused(tmp_path: Path) -> None:
    folder = write_sample(tmp_path)
    for name in ("actor/states.yaml", "issue.yaml", "actors/more.yml"):
        write(folder / name, "- id: NOR\n")
    found = problems(folder)
    assert [problem.partition(":")[0] for problem in found] == ["actor/states.yaml", "actors/more.yml", "issue.yaml"]
    assert all("allowed are ruleset.yaml, actors/*.yaml" in problem for problem in found)


def test_missing_folder_and_missing_head_are_refused(tmp_path: Path) -> None:
    assert problems(tmp_path / "none") == [f"{tmp_path}/none:1: no such folder; allowed is a folder with ruleset.yaml"]
    folder = write_sample(tmp_path / "sample")
    (folder / "ruleset.yaml").unlink()
    assert problems(folder) == [
        "ruleset.yaml:1: no such file; a folder of rules needs it, with id, language, description"
    ]


def test_notes_beside_the_rules_are_left_alone(tmp_path: Path) -> None:
    folder = write_sample(tmp_path)
    write(folder / "NOTES.md", "anything")
    assert load_ruleset(folder).id == "sample"


def test_later_folder_replaces_adds_and_extends(tmp_path: Path) -> None:
    base, mine = write_sample(tmp_path / "base"), tmp_path / "mine"
    write(mine / "ruleset.yaml", "id: mine\nlanguage: en\ndescription: On top.\n")
    write(mine / "actors/more.yaml", "- {id: SWE, name: Svea, kind: state}\n- {id: DNK, name: Denmark, kind: state}\n")
    write(mine / "words.yaml", "titles: [envoy, consul]\nfresh: [new]\n")
    write(mine / "classes.yaml", "harm_nouns: [raid]\n")
    ruleset = load_ruleset(base, mine)
    assert ruleset.id == "sample+mine"
    assert [(actor.id, actor.name) for actor in ruleset.actors] == [
        ("DNK", "Denmark"),
        ("NOR", "Norway"),
        ("SWE", "Svea"),
    ]
    assert ruleset.actors[2].until is None
    assert ruleset.words == {"fresh": ("new",), "titles": ("minister", "envoy", "consul")}
    assert ruleset.classes == {"harm_nouns": ("attack", "strike", "raid")}


def test_overlay_of_another_language_is_refused(tmp_path: Path) -> None:
    base, mine = write_sample(tmp_path / "base"), tmp_path / "mine"
    write(mine / "ruleset.yaml", "id: mine\nlanguage: fr\ndescription: On top.\n")
    assert problems(base, mine) == [
        f"{mine}/ruleset.yaml:2: 'language' is 'fr'; allowed is 'en', as in the set below it"
    ]


def test_version_depends_on_the_content_alone(tmp_path: Path) -> None:
    version = load_ruleset(write_sample(tmp_path / "a")).version
    moved = write_sample(tmp_path / "b", states="# moved\n")
    nor, swe = FILES["actors/states.yaml"].split("- id: SWE")
    write(moved / "actors/z.yaml", nor.replace("[Norwegian]", "\n    - Norwegian  # of Norway"))
    write(moved / "actors/y.yaml", "- id: SWE" + swe)
    assert load_ruleset(moved).version == version


@pytest.mark.parametrize("name", FILES)
def test_version_changes_with_any_file(tmp_path: Path, name: str) -> None:
    version = load_ruleset(write_sample(tmp_path / "a")).version
    changes = {
        "ruleset.yaml": ("For tests.", "For more tests."),
        "actors/states.yaml": ("Norwegian", "Norsk"),
        "people/north.yaml": ("2014-05-01", "2014-05-02"),
        "issues.yaml": ("fishing quota", "fishing quotas"),
        "frames/demand.yaml": ("patience", "courage"),
        "dates.yaml": ("this morning", "this evening"),
        "polarity.yaml": ("another to act", "another for aid"),
        "commitments.yaml": ("pledged: offer", "pledged: none"),
        "classes.yaml": ("attack, strike", "strike, attack"),
        "operators.yaml": ("not, never", "never, not"),
        "constructions.yaml": ("from, on, to", "on, to, from"),
        "words.yaml": ("minister, envoy", "envoy, minister"),
    }
    text = FILES[name].replace(*changes[name])
    assert text != FILES[name]
    assert load_ruleset(write_sample(tmp_path / "b", **{Path(name).stem: text})).version != version


@pytest.mark.parametrize("pattern", ["dem.*", "demand[s]", "demand|ask", r"demand\b", "^demand", "(?:demand)", "(a)+"])
def test_patterns_are_refused(tmp_path: Path, pattern: str) -> None:
    verb = FILES["frames/demand.yaml"].replace("verb: demand", f"verb: '{pattern}'")
    about = FILES["frames/demand.yaml"].replace("harm_nouns,", f"'{pattern}',")
    told = f"'{pattern}' is a pattern; allowed are words, which match as they stand"
    assert problems(write_sample(tmp_path / "a", demand=verb)) == [f"frames/demand.yaml:9: {told}"]
    assert problems(write_sample(tmp_path / "b", demand=about)) == [f"frames/demand.yaml:7: {told}"]


def test_english_loads_fast_enough_to_be_loaded_by_every_process() -> None:
    """The bound is generous for a busy machine; a pure Python parser or a quadratic check would go far over it."""
    load_ruleset()
    gc.collect()
    gc.freeze()  # what other tests left is not looked through again for each rule
    began = time.process_time()
    load_ruleset()
    took = time.process_time() - began
    gc.unfreeze()
    assert took < 1.5
