"""The lists of people hold together: offices without gaps at the G20, without rivals by mistake, each person once."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import combinations

import pytest

from rules.ruleset.load import load_ruleset
from schemas.ruleset import Person, Role, RuleSet

FIRST_DAY, LAST_DAY = date(1995, 1, 1), date(2025, 12, 31)
LONGEST_GAP = timedelta(days=45)  # a vacancy between two governments, or a minister who never was in the news
HANDOVER = timedelta(days=30)  # where only the month of a handover is known, both hold the office all month
ONE_DAY = timedelta(days=1)

HEAD_OF_GOVERNMENT = {
    **dict.fromkeys("ARG BRA CHN FRA IDN KOR MEX RUS TUR USA ZAF".split(), "President"),
    **dict.fromkeys("AUS CAN GBR IND ITA JPN".split(), "Prime Minister"),
    "DEU": "Chancellor",
    "SAU": "King",
}
FOREIGN_MINISTER = {
    **dict.fromkeys(HEAD_OF_GOVERNMENT, "Foreign Minister"),
    "GBR": "Foreign Secretary",
    "USA": "Secretary of State",
}
G20_OFFICES = [*HEAD_OF_GOVERNMENT.items(), *FOREIGN_MINISTER.items()]

# Longer gaps that the lists are known to have: the office, and the days without anybody.
STATED_GAPS: dict[tuple[str, str], list[tuple[date, date]]] = {
    # The prime minister kept the ministry in his own hands.
    ("IND", "Foreign Minister"): [
        (date(1998, 3, 19), date(1998, 12, 4)),
        (date(2005, 11, 8), date(2006, 10, 23)),
    ],
}
# Those who claimed an office against each other, and those who acted for a president suspended or ill.
SHARED_OFFICES = {
    frozenset(pair)
    for pair in (
        ("Dilma Rousseff", "Michel Temer"),
        ("Laurent Gbagbo", "Alassane Ouattara"),
        ("Fidel Castro", "Raul Castro"),
        ("Park Geun-hye", "Hwang Kyo-ahn"),
        ("Yoon Suk Yeol", "Han Duck-soo"),
        ("Didier Ratsiraka", "Marc Ravalomanana"),
        ("Umaru Yar'Adua", "Goodluck Jonathan"),
    )
}


@cache
def ruleset() -> RuleSet:
    return load_ruleset()


def people() -> tuple[Person, ...]:
    return ruleset().people


def held_roles() -> Iterator[tuple[Person, Role, str]]:
    for person in people():
        for role in person.roles:
            yield person, role, role.actor or person.actor


def terms(actor: str, office: str) -> list[tuple[date, date, str]]:
    """First day, last day and holder of an office, those who act in it included, in the order of time."""
    titles = (office, f"Acting {office}")
    return sorted(
        (role.since or date.min, role.until or date.max, person.name)
        for person, role, for_actor in held_roles()
        if for_actor == actor and role.title in titles
    )


def gaps(actor: str, office: str) -> list[tuple[date, date]]:
    """First and last days of the spans within 1995-2025, longer than a vacancy, in which nobody holds an office."""
    found = []
    covered_until = FIRST_DAY - ONE_DAY
    for since, until, _ in [*terms(actor, office), (LAST_DAY + ONE_DAY, LAST_DAY + ONE_DAY, "")]:
        if min(since, LAST_DAY + ONE_DAY) - covered_until > LONGEST_GAP:
            found.append((covered_until + ONE_DAY, min(since - ONE_DAY, LAST_DAY)))
        covered_until = max(covered_until, min(until, LAST_DAY))
    return found


@pytest.mark.parametrize(("actor", "office"), G20_OFFICES)
def test_a_g20_office_is_held_without_gaps_but_the_stated_ones(actor: str, office: str) -> None:
    assert gaps(actor, office) == STATED_GAPS.get((actor, office), [])


def test_nobody_leaves_an_office_before_entering_it() -> None:
    backwards = [
        (person.name, role.title)
        for person, role, _ in held_roles()
        if role.since and role.until and role.until < role.since
    ]
    assert backwards == []


def test_every_actor_of_a_person_is_listed() -> None:
    listed = {actor.id for actor in ruleset().actors}
    unknown = {(person.name, actor) for person, _, actor in held_roles() if actor not in listed}
    unknown |= {(person.name, person.actor) for person in people() if person.actor not in listed}
    assert unknown == set()


@pytest.mark.parametrize(
    "office", ["President", "Prime Minister", "Chancellor", "King", "Secretary-General", "Foreign Minister"]
)
def test_two_people_share_an_office_only_where_it_is_stated(office: str) -> None:
    actors = sorted({actor for _, role, actor in held_roles() if role.title == office})
    shared = [
        (actor, first[2], second[2])
        for actor in actors
        for first, second in combinations(terms(actor, office), 2)
        if first[2] != second[2]
        and min(first[1], second[1]) - max(first[0], second[0]) > HANDOVER
        and frozenset((first[2], second[2])) not in SHARED_OFFICES
    ]
    assert shared == []


def test_a_person_stands_once() -> None:
    """Two entries of one actor that share a full name are one person written twice."""
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    for person in people():
        for name in (person.name, *person.names):
            if " " in name:
                holders[person.actor, name].add(person.name)
    assert {key: names for key, names in holders.items() if len(names) > 1} == {}


def test_a_person_does_not_stand_under_two_actors() -> None:
    """Somebody who speaks for a second actor has a second role, not a second entry."""
    actors: dict[str, set[str]] = defaultdict(set)
    for person in people():
        actors[person.name].add(person.actor)
    namesakes = {name for name, of in actors.items() if len(of) > 1}
    assert namesakes == set()


def test_no_name_is_given_twice_to_a_person() -> None:
    repeated = [p.name for p in people() if len({p.name, *p.names}) < 1 + len(p.names)]
    assert repeated == []


@pytest.mark.parametrize(
    ("name", "day", "actor", "title"),
    [
        ("Mikhail Gorbachev", date(1990, 6, 1), "USSR", "President"),
        ("Madeleine Albright", date(1999, 3, 24), "USA", "Secretary of State"),
        ("Vladimir Putin", date(2010, 1, 1), "RUS", "Prime Minister"),
        ("Volodymyr Zelensky", date(2022, 2, 24), "UKR", "President"),
        ("Paul Kagame", date(1993, 1, 1), "RPF", "Commander of the RPF"),
        ("Mohamed Hamdan Dagalo", date(2024, 1, 1), "RSF_SDN", "Leader"),
        ("Nelson Mandela", date(1992, 1, 1), "ANC", "Leader"),
    ],
)
def test_the_role_of_a_person_depends_on_the_day(name: str, day: date, actor: str, title: str) -> None:
    held = {
        (for_actor, role.title)
        for person, role, for_actor in held_roles()
        if person.name == name and (role.since or date.min) <= day <= (role.until or date.max)
    }
    assert (actor, title) in held
