"""What is allowed and yet doubtful in a rule set is listed with its place; what is right is not."""

from pathlib import Path

import pytest

from rules.ruleset.check import check
from rules.ruleset.load import ENGLISH, load_with_places
from rules.ruleset.meant import unmarked
from tests.rules.sample import FILES, write_sample


def findings(folder: Path) -> list[str]:
    return [str(finding).removeprefix(f"{folder}/") for finding in check(load_with_places(folder)[1])]


def test_a_sound_rule_set_has_no_findings(tmp_path: Path) -> None:
    assert findings(write_sample(tmp_path)) == []


STATES = FILES["actors/states.yaml"]
NORTH = FILES["people/north.yaml"]
ISSUES = FILES["issues.yaml"]
DEMAND = FILES["frames/demand.yaml"]
SECOND = DEMAND.replace("id: demand.demand", "id: demand.second")


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        (
            "states",
            STATES + "- {id: DNK, name: Denmark, kind: state, demonyms: [Norwegian]}\n",
            "actors/states.yaml:9: 'Norwegian' names both DNK and NOR",
        ),
        (
            "states",
            STATES + "- {id: DNK, name: Denmark, kind: state, not_in: [Norwegian]}\n",
            "actors/states.yaml:4: 'Norwegian' never names NOR: it stands in 'not_in' of DNK",
        ),
        (
            "states",
            STATES.replace("[Norwegian]", "[Norwegian, Norse, Norwegian]"),
            "actors/states.yaml:4: 'Norwegian' stands twice in 'adjectives'",
        ),
        (
            "states",
            STATES.replace("[Norwegian]", '[Norwegian, "No\u200brse"]'),
            "actors/states.yaml:4: 'No\\u200brse' has invisible characters or double spaces: it never matches",
        ),
        (
            "north",
            NORTH + "- name: Ola Nordmann\n  actor: SWE\n  roles:\n    - {title: King, since: 2020-02-01}\n",
            "people/north.yaml:11: 'King' of SWE, which did not exist then",
        ),
        (
            "north",
            NORTH
            + "- name: Ola Nordmann\n  actor: NOR\n  roles:\n    - {title: Foreign Minister, since: 2014-03-01}\n",
            "people/north.yaml:11: 'Foreign Minister' of NOR is also Kari Nordmann (",
        ),
        (
            "north",
            NORTH + "    - {title: Foreign Minister, since: 2014-05-01}\n",
            "people/north.yaml:5: 'Foreign Minister' is held twice at the same time",
        ),
        (
            "north",
            NORTH + "- name: Kari Nordmann\n  actor: SWE\n  roles:\n    - {title: Speaker}\n",
            "people/north.yaml:8: 'Kari Nordmann' is also Kari Nordmann of NOR (",
        ),
        (
            "north",
            NORTH.replace("  sex: f\n", "  names: [Norway]\n"),
            "people/north.yaml:1: 'Norway' is also a name of NOR, which goes first",
        ),
        (
            "issues",
            ISSUES + "- {id: other, name: Other, covers: other, terms: [fishing quotas]}\n",
            "issues.yaml:8: 'fishing quotas' names both other and territory.fishing (",
        ),
        (
            "issues",
            ISSUES.replace("[fishing quota]", "[fishing quota, Fishing quota]"),
            "issues.yaml:7: 'Fishing quota' adds nothing to 'fishing quota'",
        ),
        (
            "issues",
            ISSUES + "  not_terms: [fishing quota]\n",
            "issues.yaml:7: 'fishing quota' never counts: 'not_terms' has 'fishing quota'",
        ),
        (
            "issues",
            ISSUES + "  weak_terms: [fishing quota]\n",
            "issues.yaml:8: 'fishing quota' is both a term and a weak term",
        ),
        (
            "demand",
            DEMAND + SECOND,
            "frames/demand.yaml:23: 'demand' is also a wording of demand.demand (",
        ),
        (
            "demand",
            DEMAND.replace("  examples", "    - {noun: claim, verb: demand}\n  examples"),
            "frames/demand.yaml:10: 'demand' is also a wording of demand.demand (",
        ),
        (
            "demand",
            DEMAND.replace("verb: demand", 'idiom: "de\\u00admand of"'),
            "frames/demand.yaml:9: 'de\\xadmand of' has invisible characters or double spaces: it never matches",
        ),
        (
            "demand",
            DEMAND.replace("[thing, that]", "[thing, that, thing]"),
            "frames/demand.yaml:9: 'thing' stands twice in 'takes'",
        ),
        (
            "demand",
            DEMAND + "      - The work demands patience.\n",
            "frames/demand.yaml:15: an example stands twice in 'no_match': The work demands patience.",
        ),
        (
            "demand",
            DEMAND + "      - Norway demanded an apology from Sweden.\n",
            "frames/demand.yaml:15: an example stands in 'match' and in 'no_match'",
        ),
    ],
)
def test_doubtful_entries_are_listed(tmp_path: Path, file: str, text: str, expected: str) -> None:
    found = findings(write_sample(tmp_path, **{file: text}))
    assert len(found) == 1, found
    assert found[0].startswith(expected)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        # one state follows another, and a dated name goes before an undated one
        ("states", STATES + "- {id: SVE, name: Sweden, kind: state, since: 2020-02-01}\n"),
        ("states", STATES + "- {id: SVE, name: Sweden, kind: state}\n"),
        # a handover, and an office with several holders
        (
            "north",
            NORTH + "- name: Ola Vik\n  actor: NOR\n  roles:\n    - {title: Foreign Minister, since: 2014-04-20}\n",
        ),
        (
            "north",
            NORTH.replace("Foreign Minister", "Special Envoy")
            + "- name: Ola Vik\n  actor: NOR\n  roles:\n    - {title: Special Envoy, since: 2011-01-01}\n",
        ),
        # one wording, told apart by what stands beside it, by classes, by a need, or by the kind of word
        ("demand", DEMAND.replace("[thing, that]", "[thing]") + SECOND.replace("[thing, that]", "[that]")),
        ("demand", DEMAND + SECOND.replace("[harm_nouns, apology]", "[talks]")),
        ("demand", DEMAND + SECOND.replace("about: [harm_nouns, apology]", "not_about: [harm_nouns, apology]")),
        ("demand", DEMAND + SECOND.replace("  about", "  needs: [negated]\n  about")),
        ("demand", DEMAND + SECOND.replace("verb: demand", "noun: demand")),
    ],
)
def test_what_only_looks_alike_is_not_listed(tmp_path: Path, file: str, text: str) -> None:
    assert findings(write_sample(tmp_path, **{file: text})) == []


def test_findings_of_the_english_set_name_existing_lines() -> None:
    for finding in check(load_with_places()[1]):
        assert 1 <= finding.line <= len(Path(finding.file).read_text(encoding="utf-8").splitlines())


def test_the_english_rules_have_no_finding_that_is_not_meant() -> None:
    assert unmarked(check(load_with_places()[1]), [ENGLISH]) == []


def test_what_is_meant_is_told_once_it_is_no_finding(tmp_path: Path) -> None:
    doubtful = write_sample(tmp_path, states=STATES.replace("[Norwegian]", "[Norwegian, Norwegian]"))
    found = check(load_with_places(doubtful)[1])
    assert len(unmarked(found, [doubtful])) == 1
    (doubtful / "meant.txt").write_text("# looked at\n'Norwegian' stands twice in 'adjectives'\nold\n", "utf-8")
    (told,) = unmarked(found, [doubtful])
    assert str(told) == f"{doubtful}/meant.txt:3: 'old' is no finding any more; remove the line"
