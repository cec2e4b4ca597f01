"""What an article speaks of around a sentence and as a whole, for a clause that does not name its issue itself."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from math import log1p

from rules.text.issues import IssueFinder
from rules.text.sentences import Sentence, split
from schemas.article import Article
from schemas.position import IssueBasis

# What a mention counts, by how many sentences after the one that is asked about it stands. These and the weights below
# were fitted on annotated articles, by a softmax over the issues that an article mentions and none of them.
BESIDE = {-2: 0.7, -1: 0.8, 0: 1.2, 1: 0.5, 2: 0.5}
# What it adds close behind the trigger, and where the clause itself names the issue loosely, or the area above it.
CLOSE = 1.2
LOOSELY_NAMED = 4.3
IN_AREA = 2.6
# What the logarithm of its mentions in the whole body counts; all sentences of a long body count together as so many.
OVERALL = 1.4
BODY_COUNTS_AS = 10
TITLE = 3.0  # mentions that one in the title counts as
# What is taken off an issue that articles about others speak of, too, where the clause itself does not speak of it.
IN_PASSING = 1.5
# An issue that counts less is not what the clause is about; one that nothing beside names has to count more.
LEAST = 1.7
LEAST_FROM_AFAR = 2.5


class Topics:
    """The issues that the sentences of an article mention, read when they are first asked for."""

    def __init__(self, article: Article, issues: IssueFinder) -> None:
        self._article = article
        self._issues = issues

    def around(
        self, sentence: Sentence, loosely_named: Mapping[str, float], close: Mapping[str, float]
    ) -> tuple[str, IssueBasis] | tuple[None, None]:
        """The issue below an area that is spoken of most around a sentence, and where; None where none is.

        `loosely_named` tells what the clause itself names by a weak term, or the area alone; `close` what stands
        close behind its trigger.
        """
        counts: defaultdict[str, float] = defaultdict(float)
        _add(counts, self._beside(sentence))
        _add(counts, _below_areas(close), CLOSE)
        _add(counts, _below_areas(loosely_named), LOOSELY_NAMED)
        named_beside = set(counts)
        for issue, mentions in self._overall.items():
            counts[issue] += OVERALL * log1p(mentions)
        for issue in counts:
            if issue.rpartition(".")[0] in loosely_named:
                counts[issue] += IN_AREA
        for issue in self._issues.in_passing & counts.keys() - loosely_named.keys() - close.keys():
            counts[issue] -= IN_PASSING
        most = min(counts, key=lambda issue: (-counts[issue], issue), default=None)
        if most is None or counts[most] < (LEAST if most in named_beside else LEAST_FROM_AFAR):
            return None, None
        if most in loosely_named:
            return most, IssueBasis.CONTENT
        return most, IssueBasis.PARAGRAPH if most in named_beside else IssueBasis.ARTICLE

    @cached_property
    def _mentioned(self) -> list[tuple[Sentence, Mapping[str, float]]]:
        return [(s, _below_areas(self._issues.mentions(s.text))) for s in split(self._article)]

    @cached_property
    def _overall(self) -> Mapping[str, float]:
        counts: defaultdict[str, float] = defaultdict(float)
        body = [mentions for sentence, mentions in self._mentioned if sentence.section == "body"]
        for mentions in body:
            _add(counts, mentions, min(1.0, BODY_COUNTS_AS / len(body)))
        for sentence, mentions in self._mentioned:
            if sentence.section == "title":
                _add(counts, mentions, TITLE)
        return counts

    @cached_property
    def _numbers(self) -> Mapping[tuple[str, int], int]:
        return {(sentence.section, sentence.start): i for i, (sentence, _) in enumerate(self._mentioned)}

    def _beside(self, sentence: Sentence) -> Mapping[str, float]:
        """What the sentence and those beside it in its section mention."""
        counts: defaultdict[str, float] = defaultdict(float)
        at = self._numbers[sentence.section, sentence.start]
        for away, weight in BESIDE.items():
            number = at + away
            if 0 <= number < len(self._mentioned) and self._mentioned[number][0].section == sentence.section:
                _add(counts, self._mentioned[number][1], weight)
        return counts


def _add(counts: defaultdict[str, float], mentions: Mapping[str, float], weight: float = 1.0) -> None:
    for issue, strength in mentions.items():
        counts[issue] += weight * strength


def _below_areas(mentions: Mapping[str, float]) -> Mapping[str, float]:
    return {issue: strength for issue, strength in mentions.items() if "." in issue}
