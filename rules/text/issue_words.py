"""Finds the words of an issue tree in a text: those that name an issue alone, and those that do in combination."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick

from rules.text.terms import phrase_forms
from schemas.ruleset import Issue

Spelt = tuple[int, int, int]  # number of a form, from character, to character
Match = tuple[int, int, int]  # from token, to token, number of the form that stands there
Covers = Mapping[str, Sequence[tuple[int, int]]]
Role = TypeVar("Role")


class Hit(NamedTuple):
    """Words of a content that name an issue: `start` and `end` count tokens, half open."""

    start: int
    end: int
    issue: str
    weak: bool = False
    combined: bool = False
    loose: bool = False  # combined across a joiner


class Combination(NamedTuple):
    """Word groups of which one word each must stand near one another.

    In a number that tells which groups of all combinations are filled, each group of this one is a bit; `carry` is the
    bit above them, which is set where one is added to them and all are filled.
    """

    issue: str
    size: int
    carry: int


class Member(NamedTuple):
    """What a phrase does in a combination: it fills one of its groups, told by its `bit`."""

    combination: Combination
    bit: int


class Meaning(NamedTuple):
    """What a phrase does alone: it names an issue, firmly or weakly, or hides what names it."""

    issue: str
    kind: Literal["term", "weak", "hidden"]


class IssueWords:
    """All words of an issue tree in one automaton; finding them takes time linear in the text."""

    def __init__(self, issues: Iterable[Issue], language: str = "en") -> None:
        issues = list(issues)
        named = ((phrases, meaning) for issue in issues for phrases, meaning in _meanings_of(issue))
        meanings = _by_form(named, language)
        members = _by_form(_members_of(issues), language)
        forms = sorted({*meanings, *members})
        self._meanings = [meanings.get(form, ()) for form in forms]
        self._members = [members.get(form, ()) for form in forms]
        self._fills = _numbers(self._members, lambda member: member.bit)
        self._carries = _numbers(self._members, lambda member: member.combination.carry)
        combinations = {member.combination for some in members.values() for member in some}
        self._ones = sum(combination.carry >> combination.size for combination in combinations)
        self._all_carries = sum(combination.carry for combination in combinations)
        self._sizes = [form.count(" ") + 1 for form in forms]
        self._automaton = AhoCorasick([f" {form} " for form in forms])

    def found(self, tokens: Sequence[str]) -> tuple[list[Hit], dict[Combination, list[tuple[int, Hit]]]]:
        """The words that name an issue alone, and those of each combination of which no group is missing.

        Words that stand inside others that hide them are left out.
        """
        text = f" {' '.join(tokens)} "
        spelt = self._automaton.find_matches_as_indexes(text, overlapping=True)
        complete = self._complete(spelt)
        does_something = (m for m in spelt if self._meanings[m[0]] or complete & self._carries[m[0]])
        matches = list(self._places(text, does_something))
        if not matches:
            return [], {}
        named = [
            (Hit(start, end, meaning.issue, meaning.kind == "weak"), meaning.kind)
            for start, end, form in matches
            for meaning in self._meanings[form]
        ]
        hidden = _covers([hit for hit, kind in named if kind == "hidden"])
        alone = [hit for hit, _ in named if not _is_hidden(hidden.get(hit.issue, ()), hit)]
        return alone, self._combined(matches, hidden, complete) if complete else {}

    def _places(self, text: str, spelt: Iterable[Spelt]) -> Iterator[Match]:
        """Which tokens of the text these are. They come in the order of their ends."""
        counted = 1
        token = 0
        for form, _, end in spelt:
            token += text.count(" ", counted, end)
            counted = end
            yield token - self._sizes[form], token, form

    def _complete(self, spelt: Iterable[Spelt]) -> int:
        """The carries of the combinations of which every group is filled by a form that is spelt there, in one number.

        Most lack a group, which is told of all at once: one added to a run of set bits is carried beyond them.
        """
        filled = 0
        for form, _, _ in spelt:
            filled |= self._fills[form]
        return filled + self._ones & self._all_carries

    def _combined(
        self, matches: Sequence[Match], hidden: Covers, complete: int
    ) -> dict[Combination, list[tuple[int, Hit]]]:
        """The complete combinations that words which are not hidden fill, with these words."""
        members: dict[Combination, list[tuple[int, Hit]]] = defaultdict(list)
        for start, end, form in matches:
            for combination, bit in self._members[form] if complete & self._carries[form] else ():
                hit = Hit(start, end, combination.issue)
                if combination.carry & complete and not _is_hidden(hidden.get(hit.issue, ()), hit):
                    members[combination].append((bit, hit))
        return {c: parts for c, parts in members.items() if len({bit for bit, _ in parts}) == c.size}


def _by_form(phrases: Iterable[tuple[Iterable[str], Role]], language: str) -> dict[str, tuple[Role, ...]]:
    """What each inflected form of the phrases does."""
    roles: dict[str, list[Role]] = defaultdict(list)
    for some, role in phrases:
        for form in frozenset[str]().union(*(phrase_forms(phrase, language) for phrase in some)):
            roles[form].append(role)
    return {form: tuple(found) for form, found in roles.items()}


def _meanings_of(issue: Issue) -> Iterator[tuple[Iterable[str], Meaning]]:
    yield issue.terms, Meaning(issue.id, "term")
    yield issue.weak_terms, Meaning(issue.id, "weak")
    yield issue.not_terms, Meaning(issue.id, "hidden")


def _members_of(issues: Iterable[Issue]) -> Iterator[tuple[Iterable[str], Member]]:
    first = 0
    for issue_id, groups in ((issue.id, groups) for issue in issues for groups in issue.together):
        combination = Combination(issue_id, len(groups), 1 << first + len(groups))
        for group, words in enumerate(groups):
            yield words, Member(combination, 1 << first + group)
        first += len(groups) + 1


def _numbers(of_forms: Iterable[Sequence[Member]], bit: Callable[[Member], int]) -> list[int]:
    """For each form its bits in one number; the numbers are long ones, and forms of the same bits share theirs."""
    shared: dict[int, int] = {}

    def number(members: Sequence[Member]) -> int:
        if len(members) == 1:
            return bit(members[0])
        found = sum({bit(member) for member in members})
        return shared.setdefault(found, found)

    return [number(members) if members else 0 for members in of_forms]


def in_order(hit: Hit) -> tuple[int, int, bool, bool, bool, str]:
    """For sorting: what begins first, of those that begin together the longest; of the same words a firm term.

    No two hits that differ are equal in it, so that no order of a set is left to decide.
    """
    return hit.start, -hit.end, hit.weak, hit.loose, hit.combined, hit.issue


def _covers(hidden: Iterable[Hit]) -> dict[str, list[tuple[int, int]]]:
    """For each issue the spans that hide its words, in order, none inside another."""
    covers: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for hit in sorted(hidden, key=in_order):
        spans = covers[hit.issue]
        if not spans or hit.end > spans[-1][1]:
            spans.append((hit.start, hit.end))
    return covers


def _is_hidden(covers: Sequence[tuple[int, int]], hit: Hit) -> bool:
    i = bisect_right(covers, hit.start, key=lambda span: span[0]) - 1
    return i >= 0 and hit.end <= covers[i][1]
