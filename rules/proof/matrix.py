"""Entries × constructions: each word of each frame in each sentence that English allows it, and whether it is read."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rules.frames.complements import OF_NOUNS
from rules.positions.tag import Tagger
from rules.proof.measure import tag_all
from rules.syntax.parse import Parser
from rules.text.lemmas import verb_parts
from schemas.article import Article
from schemas.position import Stance
from schemas.ruleset import WORD_KINDS, Frame, FrameEntry, RuleSet, Template

PUBLISHED = date(2022, 1, 27)
ACTOR = "OMN"
# Complements that hold no words of their own.
EMPTY = ("nothing", "subject", "compound")
Fillers = Mapping[str, Sequence[str]]
MOST = 6  # words of a class that are tried
# The places of an actor in the clause of a word, or around it; whoever stands elsewhere needs sentences of his own.
OF_CLAUSE = frozenset(("doer", "subject", "speaker", "namer", "carrier", "to", "for"))


@dataclass(frozen=True)
class Cell:
    """An entry in a construction: the sentences that try it, and the first of them that was read."""

    trigger_id: str
    stance: Stance
    kind: str
    construction: str
    sentences: tuple[str, ...]
    read: str | None = None


def matrix(ruleset: RuleSet, parser: Parser, only: Sequence[str] = ()) -> list[Cell]:
    """Every cell that English allows, tried; `only` names the frames that are looked at, all where it is empty.

    A cell is read where one of its sentences gives a position of its trigger, or one of the same stance by a twin of
    it, whose actor is the party of the sentence.
    """
    frames = [frame for frame in ruleset.frames if not only or frame.id in only]
    cells = [cell for frame in frames for entry in frame.entries for cell in _cells(frame, entry, ruleset)]
    tagger = Tagger(ruleset)
    open_cells, read = list(range(len(cells))), dict[int, str]()
    for attempt in range(max((len(cell.sentences) for cell in cells), default=0)):
        tried = [i for i in open_cells if attempt < len(cells[i].sentences)]
        articles = [Article(title="", published=PUBLISHED, text=cells[i].sentences[attempt]) for i in tried]
        for i, positions in zip(tried, tag_all(tagger, parser, articles), strict=True):
            if any(
                p.actor == ACTOR and (p.trigger_id == cells[i].trigger_id or p.stance == cells[i].stance)
                for p in positions
            ):
                read[i] = cells[i].sentences[attempt]
        open_cells = [i for i in open_cells if i not in read]
    return [replace(cell, read=read.get(i)) for i, cell in enumerate(cells)]


def _cells(frame: Frame, entry: FrameEntry, ruleset: RuleSet) -> Iterator[Cell]:
    told = {need for template in ruleset.matrix for need in template.needs}  # by sentences of their own
    needs = told.intersection(frame.needs)
    for kind in WORD_KINDS:
        words = getattr(entry, kind)
        for template in ruleset.matrix if words else ():
            is_for_frame = template.actor == _actor(frame) and needs == set(template.needs)
            if template.kind != kind or not is_for_frame or (template.plain and " " in words):
                continue
            complements = _complements(kind, entry, template)
            about = _words_about(entry.about or frame.about, ruleset.classes)
            places = Places(ruleset.fillers, about)
            sentences = tuple(dict.fromkeys(_sentences(template, _forms(kind, words), complements, places)))
            if sentences:
                yield Cell(f"{frame.id}.{entry.name}", frame.stance, kind, template.id, sentences)


def _actor(frame: Frame) -> str:
    if "command" in frame.needs:
        return "command"
    if "future" in frame.needs or "copula" in frame.needs:
        return "absent"
    if "negated" in frame.needs:
        return "negated"
    if not OF_CLAUSE & set(frame.actor):
        return frame.actor[0]
    is_spoken = frame.actor[0] in ("speaker", "namer", "carrier", "to", "for") or "speaker" in frame.needs
    return "speaker" if is_spoken and "doer" not in frame.actor and "subject" not in frame.actor else "doer"


def _complements(kind: str, entry: FrameEntry, template: Template) -> list[str]:
    takes = (entry.noun_takes or OF_NOUNS) if kind == "noun" else entry.takes or ("nothing",)
    return [name for name in takes if not template.takes or name in template.takes]


@dataclass(frozen=True)
class Places:
    """What may stand in the places of a sentence: the fillers of the rule set, and words that an entry is about."""

    fillers: Fillers
    about: Sequence[str]

    def of(self, complement: str) -> list[str]:
        if complement in EMPTY:
            return [""]
        if complement.endswith(" thing"):
            return [f"{complement.removesuffix(' thing')} {thing}" for thing in self.of("thing")]
        own = [pattern.format(word) for word in self.about for pattern in self.fillers.get(f"about {complement}", ())]
        return [*self.fillers.get(complement, ()), *own]


def _words_about(about: Sequence[str], classes: Mapping[str, Sequence[str]]) -> list[str]:
    """Some words of the classes that an entry is about; of those that stand together the first of each class."""
    patterns = [pattern for name in about for pattern in list(classes.get(name, (name,)))[:MOST]]
    return [
        " ".join(next(iter(classes.get(word.strip("[]"), (word,)))) if word.startswith("[") else word for word in words)
        for words in (pattern.split() for pattern in patterns[: 2 * MOST])
    ]


def _sentences(template: Template, forms: dict[str, str], complements: Sequence[str], places: Places) -> Iterator[str]:
    takes_act, takes_thing = "{act}" in template.sentence, "{thing}" in template.sentence
    for name in complements:
        for filler in places.of(name):
            for act in places.of("act") if takes_act else ("",):
                for thing in places.of("thing") if takes_thing else ("",):
                    text = template.sentence.format(complement=filler, act=act, thing=thing, **forms)
                    text = " ".join(text.split()).replace(" ,", ",").replace(" .", ".")
                    yield text[0].upper() + text[1:]


def _forms(kind: str, words: str) -> dict[str, str]:
    if kind in ("verb", "idiom"):
        first, _, rest = words.partition(" ")
        rest = rest.replace("one's", "its")
        return {name: f"{form} {rest}".strip() for name, form in verb_parts(first).items()}
    return {"noun": words, "adjective": words, "words": words}


def matrix_page(cells: Sequence[Cell]) -> str:
    """The share of cells read by construction, and the entries that are not read, each with a sentence that fails."""
    total = Counter(f"{cell.kind} {cell.construction}" for cell in cells)
    read = Counter(f"{cell.kind} {cell.construction}" for cell in cells if cell.read)
    lines = [f"{name:<32} {read[name]:>5} of {total[name]:>5}" for name in sorted(total)]
    missed = [cell for cell in cells if not cell.read]
    lines += ["", *(f"{cell.trigger_id:<36} {cell.construction:<18} {cell.sentences[0]}" for cell in missed), ""]
    share = 1 - len(missed) / len(cells) if cells else 1.0
    return "\n".join([*lines, f"{len(cells) - len(missed)} of {len(cells)} cells are read: {share:.3f}"])
