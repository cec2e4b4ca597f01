"""Who holds an office of a party, told from the names before it, without a parse."""

import re

from rules.language import english
from rules.parties.people import NamedPerson
from rules.parties.section import SectionContext
from rules.text.words import Words

LEADING = english.words("offices_of_leaders")
NAMELESS = english.words("offices_without_name")
HEADS = frozenset({"chief", "head", "boss"})
# Words of an office that tell nothing of what it is for.
EMPTY = frozenset("and for the of & general".split())


def holder_of(section: SectionContext, at: int, actor: str, office: set[str], words: Words) -> NamedPerson | None:
    """The person of a party, named last before an offset, whose role is an office of these words."""
    told = {word for word in office if word in words.offices or word in words.portfolios} - EMPTY
    if not told or not told.isdisjoint(NAMELESS):
        return None
    before = [r.person for r in section.people_between(0, at) if r.person and r.person.actor == actor]
    fitting = [person for person in before if person.role and _is_called(person.role, told)]
    if fitting:
        return fitting[-1]
    if told & HEADS and len({person.name for person in before}) == 1:
        return before[-1]  # 'the EU foreign policy chief', where the text names nobody else of the EU
    later = (r.person for r in section.people_between(at, len(section.text)) if r.person and r.person.actor == actor)
    return next((p for p in later if p.role and told != {"leader"} and told == _office_words(p.role, words)), None)


def _office_words(role: str, words: Words) -> set[str]:
    return {word for word in role.lower().split() if word in words.offices or word in words.portfolios} - EMPTY


def _is_called(role: str, office: set[str]) -> bool:
    held = set(re.findall(r"[a-z]+", role.lower().replace("defense", "defence")))
    if office == {"leader"}:
        return not held.isdisjoint(LEADING) and "deputy" not in held and "vice" not in held
    return {word.replace("defense", "defence") for word in office} <= held | {"pm"}
