"""Finds the issues that the content of a clause names."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from rules.language import english
from rules.text.issue_words import Combination, Hit, IssueWords, in_order
from rules.text.lemmas import any_forms
from rules.text.terms import normal_tokens
from schemas.ruleset import Issue

# Words of one combination may stand this far apart, in words.
WINDOW = 6
# Terms that stand farther apart are not coordinated, in words.
LONGEST_GAP = 8
# How surely a mention names its issue: by a term or combination of its own, or by a weak term.
FIRM = 1.0
WEAK = 0.3
BREAKS = frozenset(",;:()–—")
JOINERS = BREAKS | english.words("joiners")
# Words that open a part of the content which only explains, limits or pays for what stands before it.
SUBORDINATORS = english.words("subordinators")
# Between a joiner and a term they show that the term hangs on what was joined: "tanks and troops from the border".
PREPOSITIONS = english.words("joined_prepositions")
SKIPPED_BEFORE_VERBS = english.words("before_joined_verbs")
ACTION_VERBS = frozenset(form for verb in english.listed("action_verbs") for form in any_forms(verb))


@lru_cache(maxsize=2)
def _words_of(issues: tuple[Issue, ...], language: str) -> IssueWords:
    """The words of an issue tree, made once for the rule sets that share it: before and after an edit."""
    return IssueWords(issues, language)


class IssueFinder:
    """All words of an issue tree in one automaton; finding them takes time linear in the content."""

    def __init__(self, issues: Iterable[Issue], language: str = "en") -> None:
        self._issues, self._language = tuple(issues), language

    @cached_property
    def words(self) -> IssueWords:
        """Made when first asked for, because it takes half a second and not every process needs it."""
        return _words_of(self._issues, self._language)

    def find(self, content: str, nearby: Collection[str] = ()) -> tuple[str, ...]:
        """Ids of the issues that the content is about, in the order of first mention.

        The first thing named decides. What follows it in the same part of the content only explains it ("talks on a
        border", "sanctions over abuses"); what is coordinated with it counts as well ("a truce and the release of
        hostages"). A weak term that several issues share ("membership") goes to the one of them that is among
        `nearby`, the issues already found around the clause.
        """
        tokens = normal_tokens(content)
        hits = _one_for_each_span(self.hits(tokens), nearby)
        if len(hits) <= 1:
            return tuple(hit.issue for hit in hits)
        return tuple(dict.fromkeys(hit.issue for hit in _named_things(tokens, hits, _parts(tokens))))

    def mentions(self, text: str) -> dict[str, float]:
        """Every issue that a text names anywhere, by how surely: `FIRM` or `WEAK`."""
        strengths: dict[str, float] = {}
        for hit in self.hits(normal_tokens(text)):
            strengths[hit.issue] = max(strengths.get(hit.issue, 0.0), WEAK if hit.weak else FIRM)
        return strengths

    def hits(self, tokens: Sequence[str]) -> list[Hit]:
        """Every term that counts on its own, in order: firm ones, else weak ones; of nested terms the longest."""
        found, complete = self.words.found(tokens)
        if not found and not complete:
            return []
        part_of = _parts(tokens) if complete else []
        combined = [hit for c, members in complete.items() for hit in _combine(c, members, tokens, part_of)]
        found += _tightest(combined)
        firm = [hit for hit in found if not hit.weak]
        joined = [hit for hit in found if hit.weak and firm and _opens_a_list(tokens, hit)]
        return _deepest(_longest([*firm, *joined] or found))


def _combine(
    combination: Combination, members: Iterable[tuple[int, Hit]], tokens: Sequence[str], part_of: Sequence[int]
) -> Iterator[Hit]:
    """The spans in which a word of every group stands, near enough and in one part of the content."""
    last: dict[int, Hit] = {}
    for group, hit in sorted(members, key=lambda member: (member[1].start, member[1].end)):
        last[group] = hit
        start = min(other.start for other in last.values())
        end = max(other.end for other in last.values())
        apart = sum(other.end - other.start for other in last.values()) <= end - start
        near = end - start <= WINDOW + combination.size
        if len(last) == combination.size and apart and near and part_of[start] == part_of[end - 1]:
            loose = not JOINERS.isdisjoint(tokens[start:end])
            yield Hit(start, end, combination.issue, combined=True, loose=loose)


def _tightest(combined: Iterable[Hit]) -> list[Hit]:
    """Of the combinations that begin at one word the shortest: a verb goes with the nearest of its objects."""
    nearest: dict[int, int] = {}
    hits = list(combined)
    for hit in hits:
        nearest[hit.start] = min(hit.end, nearest.get(hit.start, hit.end))
    return [hit for hit in hits if hit.end == nearest[hit.start]]


def _longest(hits: Iterable[Hit]) -> list[Hit]:
    """The hits in order, without those inside a longer one; a loose one yields to what it holds."""
    kept: list[Hit] = []
    for hit in sorted((hit for hit in hits if not hit.loose), key=in_order):
        before = kept[-1] if kept else None
        if before and hit.end <= before.end and (hit.start, hit.end) != (before.start, before.end):
            continue
        if before and hit.start < before.end and not (hit.combined or before.combined):
            if hit.end - hit.start <= before.end - before.start and hit.start != before.start:
                continue
            if hit.start != before.start:
                kept.pop()
        kept.append(hit)
    loose = [hit for hit in hits if hit.loose]
    kept += [hit for hit in loose if not any(hit.start <= o.start and o.end <= hit.end for o in kept)]
    return sorted(dict.fromkeys(kept), key=in_order)


def _one_for_each_span(hits: Iterable[Hit], nearby: Collection[str]) -> list[Hit]:
    chosen: dict[tuple[int, int], Hit] = {}
    for hit in hits:
        before = chosen.setdefault((hit.start, hit.end), hit)
        if hit.issue in nearby and before.issue not in nearby:
            chosen[hit.start, hit.end] = hit
    return list(chosen.values())


def _deepest(hits: Sequence[Hit]) -> list[Hit]:
    """The hits without a parent beside its own child, and without an area where a node below any area is named."""
    parents = {hit.issue.rpartition(".")[0] for hit in hits}
    kept = [hit for hit in hits if hit.issue not in parents]
    return [hit for hit in kept if "." in hit.issue] or kept


def _opens_a_list(tokens: Sequence[str], hit: Hit) -> bool:
    """Whether a weak term is a thing of its own all the same: "talks and a truce", "nuclear and missile tests"."""
    joined = tokens[hit.end : hit.end + 1] in (["and"], ["or"])
    return joined and hit.start <= 1 and not _begins_with_verb(tokens, hit.end + 1)


def _parts(tokens: Sequence[str]) -> list[int]:
    """For each token the number of its part: a new part begins at a verb of action that is joined to another."""
    numbers = []
    part = 0
    for i, token in enumerate(tokens):
        if token in JOINERS and _begins_with_verb(tokens, i + 1):
            part += 1
        numbers.append(part)
    return numbers


def _begins_with_verb(tokens: Sequence[str], start: int) -> bool:
    i = start
    while i < len(tokens) and (tokens[i] in SKIPPED_BEFORE_VERBS or tokens[i].endswith("ly")):
        i += 1
    return i < len(tokens) and (tokens[i] in ACTION_VERBS or "to" in tokens[start:i])


def _is_joined(gap: Sequence[str]) -> bool:
    """Whether the words between two terms coordinate them."""
    joiners = [i for i, word in enumerate(gap) if word in JOINERS]
    return (
        len(gap) <= LONGEST_GAP
        and bool(joiners)
        and SUBORDINATORS.isdisjoint(gap)
        and PREPOSITIONS.isdisjoint(gap[joiners[-1] :])
    )


def _is_compound(tokens: Sequence[str], first: Hit, second: Hit) -> bool:
    """Whether the second of two terms that touch is the head of both: "ceasefire monitors" are monitors."""
    if first.combined or second.combined or first.end != second.start:
        return False
    opens = tokens[second.start]
    ends_in_verb = tokens[first.end - 1] in ACTION_VERBS or tokens[first.end - 1].endswith("ing")
    return opens not in SUBORDINATORS | PREPOSITIONS | {"of", "to", "with"} and not ends_in_verb


def _named_things(tokens: Sequence[str], hits: Sequence[Hit], part_of: Sequence[int]) -> list[Hit]:
    """The hits that say what the content is about: the first of each part that does not explain another."""
    named: list[Hit] = []
    explaining = False
    for previous, hit in zip([None, *hits], hits, strict=False):
        if previous is None:
            named.append(hit)
            continue
        gap = tokens[previous.end : hit.start]
        if part_of[previous.end - 1] != part_of[hit.start]:
            explaining = False
        elif hit.issue != previous.issue and not _is_joined(gap):
            if not gap and not explaining and _is_compound(tokens, previous, hit):
                named.pop()
            else:
                explaining = True
        if not explaining:
            named.append(hit)
    return named
