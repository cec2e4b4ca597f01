"""Binds people to the actors they speak for: by dated roles, and by the titles that a text gives them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from rules.text.gazetteer import Mention
from rules.text.words import Words
from schemas.ruleset import Person, Role

WORD = re.compile(r"[^\W\d_][\w'’.-]*|,|\S")
# Words that stand in no title, and what a party is followed by, for the most part, where no title follows it.
NO_TITLES = frozenset("and said says in on at to by".split())
NO_TITLE_FOLLOWS = re.compile(
    rf"\s*(?:(?:{'|'.join(sorted(NO_TITLES))})(?![\w'’.-])|[^\s\w'’-]|[\d_]|\Z)", re.IGNORECASE
)
PARTICLES = frozenset("al el bin ibn van von de da di du la le der dos ul ur abu".split())
ELECTED_OFFICES = ("President", "Prime Minister", "Chancellor")
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


def spelt_as(person: NamedPerson, name: str) -> NamedPerson:
    """The person with the surname as the article spells it: 'Erdoğan', 'Zelenskiy'. Nicknames leave the name alone."""
    given, _, surname = person.name.rpartition(" ")
    if " " in name:
        return replace(person, name=name)
    return replace(person, name=f"{given} {name}".strip()) if _are_alike(surname, name) else person


# How alike two spellings of one surname are, from 0 to 1: Gaddafi and Qadhafi, but not Lula and Silva.
SAME_SURNAME = 0.6


@lru_cache(maxsize=10_000)
def _are_alike(surname: str, other: str) -> bool:
    return SequenceMatcher(None, _plain(surname), _plain(other)).ratio() >= SAME_SURNAME


def _plain(name: str) -> str:
    return unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode().lower()


def surnames(name: str) -> tuple[str, ...]:
    """The word by which a later sentence may call a person: the last, or the first of a name like Kim Yong-nam."""
    parts = name.split()
    family_first = len(parts) == 2 and (("-" in parts[1] and len(parts[0]) <= 5) or parts[0] in FAMILY_NAMES)
    return (parts[0],) if family_first else (parts[-1],)


# Family names that stand first, so common that a first word of these is hardly ever a given name.
FAMILY_NAMES = frozenset(
    "Zhu Li Wang Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Gao Lin He Guo Ma Luo Song Zheng Tang Qin Geng Hua "
    "Lu Mao Xi Deng Jiang Wen Kim Park Choi Jang Jong Cho Nguyen Tran Pham Vo Bui Phan Dang Ban Chiang Tsai Qian Tian "
    "Cui Xie Lai Peng Shen Dai Yu Fu Cao Dong Qiao Meng Zeng Shi Jia Ri Han Ryu Moon Roh Yoon Chung".split()
)


def role_on(person: Person, day: date) -> Role | None:
    held = [r for r in person.roles if (not r.since or r.since <= day) and (not r.until or day <= r.until)]
    return max(held, key=lambda r: r.since or date.min, default=None) or _incoming_role(person, day)


def _incoming_role(person: Person, day: date) -> Role | None:
    """The office of one who has won it and enters on it soon: a president-elect speaks for the state to come."""
    soon = day + LEAD_OF_THE_ELECTED
    return next((r for r in person.roles if r.since and day < r.since <= soon and r.title in ELECTED_OFFICES), None)


def bind_titles(text: str, mentions: Sequence[Mention], words: Words) -> list[tuple[int, int, NamedPerson]]:
    """People whom the text introduces by title and actor, each with the offsets of the name.

    'Russian Foreign Minister X', "Iran's top negotiator, X,", 'X, the Greek prime minister', 'X, a spokesman for the
    Taliban'. Time is linear in the text: only a few words around each mention are looked at.
    """
    found = []
    for mention in mentions:
        if mention.person is None and not _follows_former(text, mention, words):
            bound = (
                _name_after(text, mention, words)
                or _name_before(text, mention, words)
                or _name_before_of(text, mention, words)
            )
            if bound:
                found.append(bound)
    return found


def _follows_former(text: str, mention: Mention, words: Words) -> bool:
    """'Former Norwegian foreign minister X' speaks for nobody."""
    before = re.search(r"([\w-]+) $", text[max(0, mention.start - 20) : mention.start])
    return before is not None and before.group(1).lower() in words.former


def _name_after(text: str, mention: Mention, words: Words) -> tuple[int, int, NamedPerson] | None:
    window = text[mention.end : mention.end + 110].split("\n")[0]
    if NO_TITLE_FOLLOWS.match(window):
        return None
    tokens = [(m.group(), mention.end + m.start(), mention.end + m.end()) for m in WORD.finditer(window)]
    if tokens and tokens[0][0] in ("'", "’"):
        tokens = tokens[2:]
    title: list[str] = []
    for n, (word, _, _) in enumerate(tokens[:10]):
        lower = word.lower()
        if lower in ("s", "'s", "’s", "-", "'", "’"):
            continue
        if word == "," and title and n + 1 < len(tokens):
            return _read_name(tokens[n + 1 :], title, mention, words) if _is_title(title, words) else None
        if _looks_like_name(word) and _is_title(title, words) and not _continues_title(lower, words):
            return _read_name(tokens[n:], title, mention, words)
        if not (word[0].isalpha() or word == "-") or lower in NO_TITLES:
            return None
        title.append(lower)
    return None


def _name_before(text: str, mention: Mention, words: Words) -> tuple[int, int, NamedPerson] | None:
    """'Abbas Araghchi, Iran's foreign minister' and 'X, spokesman for the Iranian foreign ministry'."""
    window_start = max(0, mention.start - 110)
    window = text[window_start : mention.start].split("\n")[-1]
    offset = mention.start - len(window)
    comma = window.rfind(", ")
    if comma <= 0:
        return None
    between = [w.lower() for w in re.findall(r"[\w'’-]+", window[comma + 2 :])]
    after = [w.lower() for w in re.findall(r"[\w'’-]+|[,.;]", text[mention.end : mention.end + 60])]
    if after[:1] in (["'s"], ["’s"]):
        after = after[1:]
    head = []
    for word in after:
        if word in (",", ".", ";", "and", "who", "said"):
            break
        head.append(word)
    titled_before = bool(between) and between[-1] in ("the", "of", "for", "to") and _has_title(between, words)
    titled_after = set(between) <= {"the", "a", "an", "top", "senior", "one", "of"} and _has_title(head[:6], words)
    if not (titled_before or titled_after) or words.former & set(between + head[:3]):
        return None
    match = re.search(r"((?:[^\W\d_a-z][\w'’-]*\.?|al-[\w-]+|bin|van|de|von)(?:\s+|$))+$", window[:comma] + " ")
    if not match:
        return None
    name = match.group().strip()
    if len(name.split()) < 2 or len(name.split()) > 5:
        return None
    title = " ".join(between if titled_before else head[:6])
    start = offset + match.start()
    return (
        start,
        start + len(name),
        NamedPerson(_drop_title(name, words), mention.actor, title, _sex_of(title)),
    )


def _name_before_of(text: str, mention: Mention, words: Words) -> tuple[int, int, NamedPerson] | None:
    """'Prime Minister Imran Khan of Pakistan'."""
    if mention.kind not in ("name", "capital") or not text.endswith(("of ", "of the "), 0, mention.start):
        return None
    window = text[max(0, mention.start - 90) : mention.start].split("\n")[-1]
    match = re.search(r"((?:[^\W\d_a-z][\w'’-]* ){2,6})of (?:the )?$", window)
    if not match:
        return None
    parts = match.group(1).split()
    title = [part.lower() for part in parts]
    cut = next((n for n in range(len(parts) - 1, 0, -1) if _is_title(title[:n], words)), 0)
    if not cut or words.former & set(title):
        return None
    name = " ".join(parts[cut:])
    start = mention.start - len(window) + match.start() + len(" ".join(parts[:cut])) + 1
    return start, start + len(name), NamedPerson(name, mention.actor, " ".join(title[:cut]), None)


def _drop_title(name: str, words: Words) -> str:
    parts = name.split()
    while len(parts) > 1 and parts[0].lower() in words.titles:
        parts = parts[1:]
    return " ".join(parts)


def _read_name(
    tokens: list[tuple[str, int, int]], title: list[str], mention: Mention, words: Words
) -> tuple[int, int, NamedPerson] | None:
    taken: list[tuple[str, int, int]] = []
    for word, start, end in tokens[:5]:
        if not (_looks_like_name(word) or (taken and word.lower() in PARTICLES)):
            break
        taken.append((word, start, end))
        if word.endswith((",", "'s", "’s")):
            break
    if not taken or words.former & set(title):
        return None
    text = " ".join(word for word, _, _ in taken)
    name = re.sub(r"['’]s?$", "", text)
    end = taken[-1][2] - (len(text) - len(name))
    return (
        taken[0][1],
        end,
        NamedPerson(name.rstrip("."), mention.actor, " ".join(title), _sex_of(" ".join(title))),
    )


def _looks_like_name(word: str) -> bool:
    return (len(word) > 1 and word[0].isupper() and any(c.islower() for c in word)) or word.startswith("al-")


def _is_title(title: list[str], words: Words) -> bool:
    last = [word.removesuffix("-elect") for word in title[-2:]]
    return bool(last) and (last[-1] in words.titles or " ".join(last) in words.titles)


def _has_title(title: list[str], words: Words) -> bool:
    return any(word in words.titles for word in title)


def _continues_title(word: str, words: Words) -> bool:
    """'Minister' after 'Prime', 'Affairs' after 'Foreign', 'General' after 'Secretary'."""
    return word in words.titles or word in ("ministry", "affairs", "office", "department", "of")


def _sex_of(title: str) -> Literal["m", "f"] | None:
    if any(word in title for word in ("spokeswoman", "chairwoman", "queen", "princess")):
        return "f"
    if any(word in title for word in ("spokesman", "chairman", "king", "prince", "emir", "sultan", "pope")):
        return "m"
    return None
