"""Binds people whom a text introduces by title to the party that stands beside it: 'Russian Foreign Minister X'."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from rules.language import english
from rules.parties.people import NamedPerson
from rules.parties.roles import FIELD_OPENERS, role_of, sex_of
from rules.text.gazetteer import Mention
from rules.text.words import Words

# Start and end of a name, and whose it is.
Bound = tuple[int, int, NamedPerson]


@dataclass(frozen=True)
class Token:
    """A word by a party's name; `party_end` is where the name of another party ends that it stands in, else 0."""

    word: str
    start: int
    end: int
    party_end: int

    @property
    def is_party(self) -> bool:
        return self.party_end > 0


WORD = re.compile(r"[^\W\d_][\w'’.-]*|,|\S")
# What a party is followed by where no title follows it.
NO_TITLE_FOLLOWS = re.compile(r"\s*(?:[^\s\w'’-]|[\d_]|\Z)")
PARTICLES = english.words("name_particles")
TRAILING_VERBS = english.words("trailing_verbs")
OFFICE_TO_COME = re.compile(r"-(?:elect|designate)$")
BEFORE_TITLES = english.words("before_titles")
BODIES = english.words("bodies_of_titles")
WEEKDAYS = frozenset(day.capitalize() for day in english.listed("weekdays"))
FULL_NAME_ENDS = re.compile(r"((?:[^\W\d_a-z][\w'’-]*\.?|al-[\w-]+|bin|van|de|von)(?:\s+|$))+$")
# Whose an office is, right before it: 'Victorian Premier X', 'the province's premier X'.
NOT_OWNERS = "|".join(sorted(WEEKDAYS | {"Acting", "Interim", "New"}))
OWNED = re.compile(rf"[\w,] (?!(?:{NOT_OWNERS}) )[^\W\d_a-z][^\W\d_]*[a-z] $|['’]s? $")
# Characters looked at on either side of a party, and words of a title and of a name.
REACH = 110
OFFICE_BEFORE = 24
LONGEST_TITLE = 10
LONGEST_NAME = 5


def bind_titles(text: str, mentions: Sequence[Mention], words: Words) -> list[Bound]:
    """People whom the text introduces by title and actor, each with the offsets of the name.

    'Russian Foreign Minister X', "Iran's top negotiator, X,", 'X, the Greek prime minister', 'X, a spokesman for the
    Taliban'. Time is linear in the text: only a few words around each mention are looked at.
    """
    found = []
    places = {mention.start: mention.end for mention in mentions if mention.person is None}
    for mention in mentions:
        if mention.person is None and not _follows_former(text, mention, words):
            bound = (
                _name_after(text, mention, places, words)
                or _name_before(text, mention, words)
                or _name_before_of(text, mention, words)
            )
            if bound:
                found.append(bound)
    return found


def bind_titles_at_home(text: str, mentions: Sequence[Mention], home: str, words: Words) -> list[Bound]:
    """People whom the text gives an office and no party, 'Prime Minister X': those of the article's own state."""
    places = {mention.start: mention.end for mention in mentions if mention.person is None}
    found = []
    for match in words.home_titles.finditer(text):
        title = match.group().lower().split()
        bound = _read_name(_tokens(text, match.end(), places, words), title, home, words)
        before = text[max(0, match.start() - OFFICE_BEFORE) : match.start()]
        is_former = words.former.intersection(re.findall(r"[\w]+", before[-12:].lower()))
        if bound and not OWNED.search(before) and not is_former:
            found.append(bound)
    return found


def bind_titles_by_place(text: str, mentions: Sequence[Mention], words: Words) -> list[Bound]:
    """People whom the text gives an office in a capital: 'In Rome, foreign ministry spokesman X'."""
    found = []
    places = {mention.start: mention.end for mention in mentions if mention.person is None}
    for mention in mentions:
        if mention.kind == "capital" and text.endswith("In ", 0, mention.start) and text.startswith(", ", mention.end):
            title = words.home_titles.match(text, mention.end + 2)
            if title:
                tokens = _tokens(text, title.end(), places, words)
                bound = _read_name(tokens, title.group().lower().split(), mention.actor, words)
                found += [bound] if bound else []
    return found


def bind_titles_of_rebels(text: str, party: str | None, words: Words) -> list[Bound]:
    """People whom the text gives an office among rebels: 'rebel foreign minister X'."""
    bound = (_read_title(_tokens(text, m.end(), {}, words), party, words) for m in words.rebel_titles.finditer(text))
    return [found for found in bound if found]


def _follows_former(text: str, mention: Mention, words: Words) -> bool:
    """'Former Norwegian foreign minister X' speaks for nobody."""
    before = re.search(r"([\w-]+) $", text[max(0, mention.start - 20) : mention.start])
    return before is not None and before.group(1).lower() in words.former


def _tokens(text: str, at: int, places: Mapping[int, int], words: Words) -> list[Token]:
    """The words after an offset, to the end of the sentence or of what is looked at."""
    found: list[Token] = []
    end = at
    for match in WORD.finditer(text, at, min(at + REACH, len(text))):
        start = match.start()
        if "\n" in text[end:start]:
            break
        is_party = start in places or (bool(found) and found[-1].is_party and start < found[-1].party_end)
        party_end = places.get(start) or (found[-1].party_end if is_party else 0)
        end = match.end()
        found.append(Token(match.group(), start, end, party_end if is_party else 0))
        if _ends_sentence(match.group(), words):
            break
    return found


def _ends_sentence(word: str, words: Words) -> bool:
    bare = word.rstrip(".")
    return word.endswith(".") and len(bare) > 1 and bare.lower() not in words.offices | words.courtesies


def _name_after(text: str, mention: Mention, places: Mapping[int, int], words: Words) -> Bound | None:
    if NO_TITLE_FOLLOWS.match(text, mention.end) or text.startswith("\n", mention.end):
        return None
    tokens = _tokens(text, mention.end, places, words)
    named = mention.text.lower().split()
    opening = named[1:] if named[-1] in words.offices else []  # 'the U.S. Trade Representative'
    tokens = tokens[2:] if tokens and tokens[0].word in ("'", "’") else tokens
    return _read_title(tokens, mention.actor, words, opening)


def _read_title(tokens: list[Token], actor: str | None, words: Words, opening: Sequence[str] = ()) -> Bound | None:
    """The name that follows a title, with or without a comma between them; `opening` stood before the tokens."""
    title: list[str] = [*opening]
    fields = words.portfolios | {token.word.lower() for token in tokens if token.is_party}
    for n, token in enumerate(tokens[:LONGEST_TITLE]):
        lower = token.word.lower().rstrip(".")
        if lower in ("s", "'s", "’s", "-", "'", "’", ""):
            continue
        if token.word == "," and title and n + 1 < len(tokens):
            is_apposed = _names_office(title, None, words) and not _reports(tokens[n + 1 :])
            return _read_name(tokens[n + 1 :], title, actor, words) if is_apposed else None
        if _looks_like_name(token) and not _continues_title(lower, words) and _names_office(title, fields, words):
            return _read_name(tokens[n:], title, actor, words)
        if not (token.word[0].isalpha() or token.word == "-") or (
            lower in words.title_breakers and not (lower == "and" and _opens_field(title, words))
        ):
            return None
        if lower == "in" and not (n + 1 < len(tokens) and tokens[n + 1].is_party):
            return None
        title.append(lower)
    return None


def _reports(tokens: list[Token]) -> bool:
    """Whether a name after a comma opens an attribution: 'for talks with Kenyan officials, Rossi added'."""
    name = list(takewhile(lambda token: _looks_like_name(token) or token.word in PARTICLES, tokens))
    after = tokens[len(name) : len(name) + 1]
    return bool(name) and any(token.word.rstrip(".") in TRAILING_VERBS for token in after)


def _name_before(text: str, mention: Mention, words: Words) -> Bound | None:
    """'Abbas Araghchi, Iran's foreign minister' and 'X, spokesman for the Iranian foreign ministry'."""
    window_start = max(0, mention.start - REACH)
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
    titled_before = titled_before and not _names_somebody(window[comma + 2 :], words)
    titled_after = BEFORE_TITLES.issuperset(between) and _has_title(head[:6], words)
    if not (titled_before or titled_after) or words.former & set(between + head[:3]):
        return None
    match = FULL_NAME_ENDS.search(window[:comma] + " ")
    if not match:
        return None
    name = match.group().strip()
    if len(name.split()) < 2 or len(name.split()) > LONGEST_NAME:
        return None
    title = role_of(between if titled_before else head[:6], words)
    start = offset + match.start()
    return start, start + len(name), NamedPerson(_drop_title(name, words), mention.actor, title, sex_of(title))


def _names_somebody(text: str, words: Words) -> bool:
    """'President Putin sent a warning to the': somebody else, and no title of whoever stands before it."""
    found = re.findall(r"[\w'’-]+", text)
    after = [b for a, b in pairwise(found) if a.lower() in words.offices]
    return any(word[0].isupper() and not _continues_title(word.lower(), words) for word in after)


def _name_before_of(text: str, mention: Mention, words: Words) -> Bound | None:
    """'Prime Minister Imran Khan of Pakistan'."""
    if mention.kind not in ("name", "capital") or not text.endswith(("of ", "of the "), 0, mention.start):
        return None
    window = text[max(0, mention.start - 90) : mention.start].split("\n")[-1]
    match = re.search(r"((?:[^\W\d_a-z][\w'’-]* ){2,6})of (?:the )?$", window)
    if not match:
        return None
    parts = match.group(1).split()
    title = [part.lower() for part in parts]
    cut = next((n for n in range(len(parts) - 1, 0, -1) if _names_office(title[:n], frozenset(), words)), 0)
    if not cut or words.former & set(title):
        return None
    name = " ".join(parts[cut:])
    start = mention.start - len(window) + match.start() + len(" ".join(parts[:cut])) + 1
    return start, start + len(name), NamedPerson(name, mention.actor, " ".join(title[:cut]), None)


def _drop_title(name: str, words: Words) -> str:
    parts = name.split()
    while len(parts) > 1 and parts[0].lower().rstrip(".") in words.offices | words.courtesies:
        parts = parts[1:]
    return " ".join(parts)


def _read_name(tokens: list[Token], title: list[str], actor: str | None, words: Words) -> Bound | None:
    taken: list[Token] = []
    for token in tokens[:LONGEST_NAME]:
        is_name = _looks_like_name(token) or (taken and token.word.lower() in PARTICLES)
        opens_sentence = not taken and token.word.lower() in words.no_given_names  # 'However'
        if not is_name or token.word.rstrip(".") in WEEKDAYS or opens_sentence:
            break
        taken.append(token)
        if token.word.endswith((",", "'s", "’s")):
            break
    if not taken or words.former & set(title):
        return None
    text = " ".join(token.word for token in taken)
    name = re.sub(r"['’]s?$", "", text)
    end = taken[-1].end - (len(text) - len(name))
    role = role_of(title, words)
    if not words.opposing.isdisjoint(title):  # 'Syrian opposition leader X'
        actor = words.opponents.get(actor or "")
    return taken[0].start, end, NamedPerson(name.rstrip("."), actor, role, sex_of(role))


def _looks_like_name(token: Token) -> bool:
    word = token.word
    if token.is_party:
        return False
    return (len(word) > 1 and word[0].isupper() and any(c.islower() for c in word)) or word.startswith("al-")


def _names_office(title: list[str], fields: frozenset[str] | None, words: Words) -> bool:
    """Whether a title ends in an office, or in one and its field; `fields` are the words allowed there, None all."""
    for end in range(len(title), 0, -1):
        last = [OFFICE_TO_COME.sub("", word) for word in title[max(0, end - 2) : end]]
        if last[-1] in words.offices or " ".join(last) in words.offices:
            field = title[end:]
            if not field:
                return True
            return field[0] in FIELD_OPENERS and bool(field[1:]) and (fields is None or fields.issuperset(field[1:]))
    return False


def _opens_field(title: Sequence[str], words: Words) -> bool:
    """'coordinator for hostages and', 'minister of science and'"""
    office = next((n for n, word in enumerate(title) if word in words.offices), len(title))
    return not FIELD_OPENERS.isdisjoint(title[office + 1 :])


def _has_title(title: list[str], words: Words) -> bool:
    return any(word in words.offices for word in title)


def _continues_title(word: str, words: Words) -> bool:
    """'Minister' after 'Prime', 'Affairs' after 'Foreign', 'General' after 'Secretary', 'Gen' after 'Defence'."""
    return word in words.offices or word in words.courtesies or word in words.portfolios or word in BODIES
