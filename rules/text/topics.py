"""What an article speaks of around a sentence and as a whole, for a clause that does not name its issue itself."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from rules.text.issues import IssueFinder
from rules.text.sentences import Sentence, split
from schemas.article import Article
from schemas.position import IssueBasis

# What a mention counts, by where it stands: in the title, in a sentence of the body, and more in one of the first.
TITLE = 3.0
BODY = 1.0
LEAD = 2.0
LEAD_SENTENCES = 3
# All sentences of a long body count together as so many.
BODY_COUNTS_AS = 10
# What a mention counts beside that, by how many sentences after the one that is asked about it stands.
BESIDE = {-3: 0.7, -2: 1.3, -1: 2.5, 0: 5.0, 1: 1.3, 2: 0.7}
# An issue below an area that the clause names counts so many times.
IN_AREA = 1.5
# What a word that names several issues, or one of them loosely, adds where it stands in the clause.
LOOSELY_NAMED = 25.0


class Topics:
    """The issues that the sentences of an article mention, read when they are first asked for."""

    def __init__(self, article: Article, issues: IssueFinder) -> None:
        self._article = article
        self._issues = issues

    def around(
        self, sentence: Sentence, loosely_named: Mapping[str, float]
    ) -> tuple[str, IssueBasis] | tuple[None, None]:
        """The issue below an area that is spoken of most around a sentence, and where; None where none is.

        `loosely_named` tells what the clause itself names by a weak term, or the area alone.
        """
        counts = defaultdict(float, self._overall)
        beside = self._beside(sentence)
        _add(counts, beside)
        for issue, strength in loosely_named.items():
            if "." in issue:
                counts[issue] += LOOSELY_NAMED * strength
            else:
                in_area = {i: n for i, n in counts.items() if i.startswith(f"{issue}.")}
                _add(counts, in_area, IN_AREA - 1)
        if not counts:
            return None, None
        most = min(counts, key=lambda issue: (-counts[issue], issue))
        return most, IssueBasis.PARAGRAPH if most in beside or most in loosely_named else IssueBasis.ARTICLE

    @cached_property
    def _mentioned(self) -> list[tuple[Sentence, Mapping[str, float]]]:
        return [(s, _below_areas(self._issues.mentions(s.text))) for s in split(self._article)]

    @cached_property
    def _overall(self) -> Mapping[str, float]:
        counts: defaultdict[str, float] = defaultdict(float)
        body = [mentions for sentence, mentions in self._mentioned if sentence.section == "body"]
        scale = min(1.0, BODY_COUNTS_AS / max(1, len(body)))
        for number, mentions in enumerate(body):
            _add(counts, mentions, scale * (LEAD if number < LEAD_SENTENCES else BODY))
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
