"""Whose a surname of the lists is in an article: a full name that the text gives beats every surname of the lists."""

import re
from dataclasses import dataclass, replace

from rules.language import english
from rules.parties.people import bears
from rules.text.gazetteer import Mention
from rules.text.words import Words

# Capitalised words, initials and particles that end right before a surname.
CAPITALISED = r"[^\W\d_a-z](?:[^\W\d_]{0,3}\.|[^\W\d_]*(?:['’-][^\W\d_]+)*)"
GIVEN = re.compile(rf"(?<!\w){CAPITALISED} (?:(?:{CAPITALISED}|{english.pattern('name_particles')}) )*\Z")
HYPHENATED = re.compile(r"(?<!\w)[^\W\d_a-z][^\W\d_]+-\Z")
GOES_ON = re.compile(r" ([^\W\d_a-z][^\W\d_]*[a-z][^\W\d_]*)")
ABBREVIATION_GOES_ON = re.compile(r"\.? [^\W\d_a-z]")
PARTICLES = english.words("name_particles")
NO_NAMES = frozenset(name.capitalize() for name in (*english.listed("weekdays"), *english.listed("months")))
# Characters before a surname in which its given names stand.
REACH = 60


@dataclass(frozen=True)
class Surname:
    """A surname of the lists in a text, the given names that the text puts before it, and the office, lower case."""

    mention: Mention
    given: tuple[str, ...] = ()
    office: str | None = None

    @property
    def full_name(self) -> str:
        return " ".join((*self.given, self.mention.text))


def read_surname(text: str, mention: Mention, after: int, words: Words) -> Surname:
    """A surname with what stands before it; nothing is read before `after`, where the last name ends."""
    run = GIVEN.search(text, max(after, mention.start - REACH), mention.start)
    parts = run.group().split() if run else []
    begin = run.start() if run else mention.start
    last = next((n for n in range(len(parts), 0, -1) if _is_no_given_name(parts[n - 1], words)), 0)
    given = parts[last:]
    if all(word.lower() in PARTICLES for word in given):
        given = []
    before = [_bare(parts[last - 1])] if last else re.findall(r"[a-z-]+", text[max(0, begin - 20) : begin])[-1:]
    office = next((w for w in before if w in words.offices or w in words.courtesies), None)
    return Surname(mention, tuple(given), office)


def _bare(word: str) -> str:
    return word.lower().rstrip(".").removesuffix("-elect").removeprefix("ex-")


def _is_no_given_name(word: str, words: Words) -> bool:
    bare = _bare(word)
    if word.endswith(("'s", "’s")):
        return True
    lists = (words.offices, words.courtesies, words.portfolios, words.no_given_names)
    return word in NO_NAMES or any(bare in words_of_kind for words_of_kind in lists)


def is_no_surname(text: str, mention: Mention, words: Words) -> bool:
    """'Sen. Brian X', 'Anne Cranny-X': no surname, though the lists have one."""
    if HYPHENATED.search(text, max(0, mention.start - 20), mention.start):
        return True
    return mention.text.lower() in words.offices and ABBREVIATION_GOES_ON.match(text, mention.end) is not None


def goes_on(text: str, mention: Mention, body: str, is_title: bool) -> bool:
    """A listed surname inside another name, 'Richard Smith'; headlines write every word so, and are believed less."""
    found = GOES_ON.match(text, mention.end)
    if found is None or found.group(1) in NO_NAMES:
        return False
    return not is_title or f"{mention.text} {found.group(1)}" in body


def meant(surname: Surname, full_names: frozenset[str], words: Words) -> Mention | None:
    """The mention with the people who fit the given names that the text puts before it; none of the lists is None.

    `full_names` are the people whom the article names in full: their surnames may follow any word.
    """
    if not surname.given:
        return surname.mention
    senses = tuple(s for s in surname.mention.senses if s.person and bears(s.person, surname.given, words))
    if senses:
        return replace(surname.mention, senses=senses)
    named = any(s.person and s.person.name in full_names for s in surname.mention.senses)
    return surname.mention if named and surname.given[0] not in words.first_names else None
