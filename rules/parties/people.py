"""The people of the lists as an article means them: in the office of its day, under the name that it spells."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from rules.text.words import ELECTED_OFFICES, Words
from schemas.ruleset import Person, Role

# Days before and after it in which a government is still called by its head.
LONGEST_SINCE = 3_000
LEAD_OF_THE_ELECTED = timedelta(days=90)


@dataclass(frozen=True)
class NamedPerson:
    """Somebody whom the article names, and for whom the person speaks on its day."""

    name: str
    actor: str | None
    role: str | None
    sex: Literal["m", "f"] | None = None


def person_on(person: Person, day: date) -> NamedPerson:
    """A listed person in the role held on a day; without one on that day the person speaks for nobody."""
    role = role_on(person, day)
    actor = (role.actor or person.actor) if role else None
    return NamedPerson(person.name, actor, role.title if role else None, person.sex)


def person_titled(person: Person, day: date, title: str) -> NamedPerson:
    """A listed person in the role, of those whose title fits or else of all, that was held nearest to a day."""
    fitting = [r for r in person.roles if title in r.title.lower()] or list(person.roles)
    role = min(fitting, key=lambda r: abs(((r.since or day) - day).days))
    return NamedPerson(person.name, role.actor or person.actor, role.title, person.sex)


def governing(surname: str, day: date, words: Words) -> NamedPerson | None:
    """Whose government 'the Bush administration' is: of those of the name the one in office nearest to the day."""
    people = words.heads_of_state.get(surname, ())
    found = [(_distance(role, day), n, person, role) for n, person in enumerate(people) for role in person.roles]
    days, _, person, role = min(found, key=lambda f: f[:2], default=(None, 0, None, None))
    if days is None or person is None or role is None or days > LONGEST_SINCE:
        return None
    return NamedPerson(person.name, role.actor or person.actor, role.title, person.sex)


def _distance(role: Role, day: date) -> int:
    """Days between a day and the time of an office."""
    if role.since and day < role.since:
        return (role.since - day).days
    return (day - role.until).days if role.until and day > role.until else 0


def spelt_as(person: NamedPerson, name: str) -> NamedPerson:
    """The person with the surname as the article spells it: 'Erdoğan', 'Zelenskiy'. Nicknames leave the name alone."""
    given, _, surname = person.name.rpartition(" ")
    if " " in name:
        return replace(person, name=name)
    return replace(person, name=f"{given} {name}".strip()) if are_alike(surname, name, SAME_SURNAME) else person


# How alike two spellings of one name are, from 0 to 1: Gaddafi and Qadhafi, but not Lula and Silva.
SAME_SURNAME = 0.6
SAME_GIVEN_NAME = 0.7
OTHER_INITIAL = 0.8


@lru_cache(maxsize=10_000)
def are_alike(name: str, other: str, least: float) -> bool:
    """Whether two words may spell one name."""
    return SequenceMatcher(None, _plain(name), _plain(other)).ratio() >= least


def _plain(name: str) -> str:
    return unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode().lower()


# The article of an Arabic name, which a later sentence may leave out: 'al-Sadr', 'Sadr'.
ARTICLE = re.compile(r"^(?:[Aa]l|[Ee]l|[Aa]s|[Aa]sh|[Aa]r|[Aa]n)-(?=[A-Z])")


def surnames(name: str, words: Words) -> tuple[str, ...]:
    """The words by which a later sentence may call a person: the last, and the first where that is a family name."""
    parts = name.split()
    bare = ARTICLE.sub("", parts[-1])
    if bare != parts[-1]:
        return parts[-1], bare
    hyphenated = len(parts) == 2 and "-" in parts[1] and len(parts[0]) <= 5
    if len(parts) > 1 and (hyphenated or parts[0] in words.family_names_first):
        return parts[0], parts[-1]
    return (parts[-1],)


def bears(person: Person, given: Iterable[str], words: Words) -> bool:
    """Whether a listed person may be called by some given names or initials, beside the surname."""
    own = [word for name in (person.name, *person.names) for word in name.split()[:-1]]
    return any(_names_alike(word, part, words) for word in given for part in own)


def _names_alike(word: str, own: str, words: Words) -> bool:
    if len(word.strip(".")) == 1:
        return word[0] == own[0]
    least = SAME_GIVEN_NAME if word[0] == own[0] else OTHER_INITIAL
    return are_alike(word, own, least) or (word, own) in words.nicknames


def role_on(person: Person, day: date) -> Role | None:
    """The office held on a day, the one entered last where there are several; none without one."""
    held = [r for r in person.roles if (not r.since or r.since <= day) and (not r.until or day <= r.until)]
    return max(held, key=lambda r: r.since or date.min, default=None) or _incoming_role(person, day)


def _incoming_role(person: Person, day: date) -> Role | None:
    """The office of one who has won it and enters on it soon: a president-elect speaks for the state to come."""
    soon = day + LEAD_OF_THE_ELECTED
    return next((r for r in person.roles if r.since and day < r.since <= soon and r.title in ELECTED_OFFICES), None)
