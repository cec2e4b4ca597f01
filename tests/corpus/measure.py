"""Measures the rules on the corpus: precision and recall a stance, the fields of matched rows, and the errors.

python -m tests.corpus.measure [--part develop|check|all] [--errors]
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rules.positions.tag import Tagger
from rules.ruleset.load import load_ruleset
from rules.syntax.parse import Parser
from schemas.position import Position, Stance
from tests.corpus.cases import (
    COLLECTIONS,
    UNSCORED,
    Case,
    Expected,
    read_articles,
    read_quiet_articles,
    read_quiet_sentences,
    read_sentences,
)


@dataclass(frozen=True)
class Match:
    """A case with its rows: those expected and found, those missed, those found and wrong."""

    case: Case
    hits: tuple[tuple[Position, Expected], ...]
    missed: tuple[Expected, ...]
    wrong: tuple[Position, ...]


@dataclass(frozen=True)
class Score:
    """Precision, recall and F1 from counts of true, predicted and expected rows."""

    true: int
    predicted: int
    expected: int

    @property
    def precision(self) -> float:
        return self.true / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.true / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.true / (self.predicted + self.expected) if self.true else 0.0


def tag_cases(cases: Sequence[Case]) -> list[list[Position]]:
    """The positions of each case, by the English rule set; loads the language model once."""
    tagger, parser = Tagger(load_ruleset()), Parser()
    texts = {s.key: s.text for case in cases for s in tagger.candidates(case.article)}
    parses = dict(zip(texts, parser.parse(texts.values()), strict=True))
    return [tagger.tag(case.article, parses) for case in cases]


def match_case(case: Case, positions: Sequence[Position]) -> Match:
    """Pairs rows with expectations, the best pairs first, each used once.

    A sentence is annotated whole, actors of no list included; of an article only rows with a known actor count.
    """
    rows = [p for p in positions if p.actor or not case.whole_article]
    pairs = [(_weight(p, e), -i, -j) for i, p in enumerate(rows) for j, e in enumerate(case.expected) if _fits(p, e)]
    row_of: dict[int, int] = {}
    for _, i, j in sorted(pairs, reverse=True):
        if -j not in row_of and -i not in row_of.values():
            row_of[-j] = -i
    required = [j for j, e in enumerate(case.expected) if not e.optional]
    return Match(
        case,
        tuple((rows[row_of[j]], case.expected[j]) for j in required if j in row_of),
        tuple(case.expected[j] for j in required if j not in row_of),
        tuple(p for i, p in enumerate(rows) if i not in row_of.values()),
    )


def _fits(row: Position, expected: Expected) -> bool:
    if row.section != expected.section or not row.sentence_start <= expected.start < row.sentence_end:
        return False
    if row.stance not in expected.stances:
        return False
    if expected.actors == (None,) and expected.actor_span:
        start, end = expected.actor_span
        return row.actor_start < end and row.actor_end > start
    return row.actor in expected.actors


def _weight(row: Position, expected: Expected) -> int:
    return (
        4 * (row.issue == expected.issue)
        + 2 * (row.target == expected.target)
        + (row.stated_on == expected.stated_on)
        - 8 * expected.optional
    )


def score(matches: Iterable[Match], stance: str) -> Score:
    """Core precision, recall and F1 of one stance, or of `all`."""

    def counts(*stances: str) -> bool:
        return stance == "all" or stance in stances

    matches = list(matches)
    hits = sum(counts(e.stances[0]) for m in matches for _, e in m.hits)
    wrong = sum(counts(p.stance) for m in matches for p in m.wrong)
    missed = sum(counts(e.stances[0]) for m in matches for e in m.missed)
    return Score(hits, hits + wrong, hits + missed)


def field_accuracies(matches: Iterable[Match]) -> dict[str, tuple[int, int]]:
    """For each field of the matched rows: how many are right, of how many that are scored."""
    right: Counter[str] = Counter()
    scored: Counter[str] = Counter()
    for match in matches:
        for row, expected in match.hits:
            for field, is_right in _fields(row, expected):
                right[field] += is_right
                scored[field] += 1
    return {field: (right[field], scored[field]) for field in ("issue", "target", "stated_on", "speaker", "condition")}


def _fields(row: Position, expected: Expected) -> list[tuple[str, bool]]:
    fields = [("condition", bool(row.condition) == expected.conditional)]
    if expected.target != UNSCORED:
        fields.append(("target", row.target == expected.target))
    if expected.issue != UNSCORED:
        fields.append(("issue", row.issue == expected.issue))
    if expected.stated_on:
        fields.append(("stated_on", row.stated_on == expected.stated_on))
    if expected.speaker:
        surname = expected.speaker.split()[-1]
        fields.append(("speaker", (row.speaker or "").split(" ")[-1] == surname))
    return fields


def report(title: str, matches: Sequence[Match]) -> list[str]:
    """The figures as lines."""
    lines = [f"{title}: {len(matches)} texts"]
    for stance in ("all", *Stance):
        s = score(matches, stance)
        lines.append(
            f"  {stance:<10} P {s.precision:.3f} R {s.recall:.3f} F1 {s.f1:.3f}   "
            f"expected {s.expected} found {s.predicted}"
        )
    for field, (right, scored) in field_accuracies(matches).items():
        lines.append(f"  matched rows with the right {field:<10} {right / (scored or 1):.3f} of {scored}")
    return lines


def leaks(matches: Sequence[Match]) -> list[tuple[Match, Position]]:
    """Rows of a known actor in text that should be quiet."""
    return [(m, p) for m in matches for p in m.wrong if p.actor]


def errors(matches: Sequence[Match]) -> list[str]:
    """What was missed by stance, what was wrong by trigger, and fields that are off, with their sentences."""
    groups: dict[str, list[str]] = defaultdict(list)
    for match in matches:
        for e in match.missed:
            said = ", ".join(f"{p.actor or p.actor_text} {p.stance} [{p.trigger_id}]" for p in match.wrong)
            instead = f"  (instead: {said})" if said and not match.case.whole_article else ""
            groups[f"missed {e.stances[0]}"].append(f"{e.actors[0]} | {e.words}{instead}")
        for p in match.wrong:
            groups[f"wrong {p.trigger_id}"].append(f"{p.actor or '?' + p.actor_text} | {_sentence(match.case, p)}")
        for row, e in match.hits:
            for name, is_right in _fields(row, e):
                if not is_right:
                    given = f"{getattr(row, name)!s} not {getattr(e, name, e.conditional)!s}"
                    groups[f"field {name}"].append(f"{given} | {_sentence(match.case, row)}")
    ordered = sorted(groups.items(), key=lambda group: (group[0].split()[0], -len(group[1]), group[0]))
    return [line for name, items in ordered for line in (f"== {name} ({len(items)})", *(f"   {i}" for i in items))]


def _sentence(case: Case, row: Position) -> str:
    text = case.article.title if row.section == "title" else case.article.text
    return text[row.sentence_start : row.sentence_end]


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the rules on the corpus")
    parser.add_argument("--part", choices=("develop", "check", "all"), default="all", help="part of the sentences")
    parser.add_argument("--errors", action="store_true", help="list what was missed and what was wrong")
    return parser.parse_args()


def main() -> None:
    """Prints the figures of the speaking sentences and articles, and what leaks from the quiet ones."""
    arguments = _parse_arguments()
    part = arguments.part
    groups = {
        **{f"{name}sentences ({part})": read_sentences(part, name) for name in COLLECTIONS},
        **{f"{name}articles ({part})": read_articles(part, name) for name in COLLECTIONS},
        "quiet sentences": read_quiet_sentences(),
        "quiet articles": read_quiet_articles(),
    }
    cases = [case for group in groups.values() for case in group]
    found = iter(tag_cases(cases))
    for title, group in groups.items():
        matches = [match_case(case, next(found)) for case in group]
        if title.startswith("quiet"):
            leaking = leaks(matches)
            print(f"{title}: {len(group)} texts, {len(leaking)} rows that should not be")
            for match, p in leaking if arguments.errors else ():
                print(f"   {match.case.name} {p.actor} {p.stance} [{p.trigger_id}] | {_sentence(match.case, p)}")
        else:
            print(*report(title, matches), *(errors(matches) if arguments.errors else ()), sep="\n")


if __name__ == "__main__":
    main()
