"""Entries × constructions: each word of each frame in each sentence that English allows it, and whether it is read."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rules.frames.complements import OF_NOUNS
from rules.positions.tag import Tagger
from rules.proof.measure import tag_all
from rules.syntax.parse import Parser
from rules.text.lemmas import verb_parts
from schemas.article import Article
from schemas.ruleset import WORD_KINDS, Frame, FrameEntry, RuleSet, Template

PUBLISHED = date(2022, 1, 27)
ACTOR = "OMN"
# Complements that hold no words of their own.
EMPTY = ("nothing", "subject", "compound")
Fillers = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Cell:
    """An entry in a construction: the sentences that try it, and the first of them that was read."""

    trigger_id: str
    kind: str
    construction: str
    sentences: tuple[str, ...]
    read: str | None = None


def matrix(ruleset: RuleSet, parser: Parser, only: Sequence[str] = ()) -> list[Cell]:
    """Every cell that English allows, tried; `only` names the frames that are looked at, all where it is empty.

    A cell is read where one of its sentences gives a position of its trigger whose actor is the party of the sentence.
    """
    frames = [frame for frame in ruleset.frames if not only or frame.id in only]
    cells = [cell for frame in frames for entry in frame.entries for cell in _cells(frame, entry, ruleset)]
    tagger = Tagger(ruleset)
    open_cells, read = list(range(len(cells))), dict[int, str]()
    for attempt in range(max((len(cell.sentences) for cell in cells), default=0)):
        tried = [i for i in open_cells if attempt < len(cells[i].sentences)]
        articles = [Article(title="", published=PUBLISHED, text=cells[i].sentences[attempt]) for i in tried]
        for i, positions in zip(tried, tag_all(tagger, parser, articles), strict=True):
            if any(p.trigger_id == cells[i].trigger_id and p.actor == ACTOR for p in positions):
                read[i] = cells[i].sentences[attempt]
        open_cells = [i for i in open_cells if i not in read]
    return [
        Cell(cell.trigger_id, cell.kind, cell.construction, cell.sentences, read.get(i)) for i, cell in enumerate(cells)
    ]


def _cells(frame: Frame, entry: FrameEntry, ruleset: RuleSet) -> Iterator[Cell]:
    for kind in WORD_KINDS:
        words = getattr(entry, kind)
        for template in ruleset.matrix if words else ():
            if template.kind != kind or template.actor != _actor(frame):
                continue
            complements = _complements(kind, entry, template)
            sentences = tuple(dict.fromkeys(_sentences(template, _forms(kind, words), complements, ruleset.fillers)))
            if sentences:
                yield Cell(f"{frame.id}.{entry.name}", kind, template.id, sentences)


def _actor(frame: Frame) -> str:
    if "negated" in frame.needs:
        return "negated"
    is_spoken = frame.actor[0] in ("speaker", "namer", "carrier", "to", "for") or "speaker" in frame.needs
    return "speaker" if is_spoken and "doer" not in frame.actor and "subject" not in frame.actor else "doer"


def _complements(kind: str, entry: FrameEntry, template: Template) -> list[str]:
    takes = (entry.noun_takes or OF_NOUNS) if kind == "noun" else entry.takes or ("nothing",)
    return [name for name in takes if not template.takes or name in template.takes]


def _sentences(
    template: Template, forms: dict[str, str], complements: Sequence[str], fillers: Fillers
) -> Iterator[str]:
    for name in complements:
        for filler in _fillers(name, fillers):
            for act in fillers.get("act", ()) if "{act}" in template.sentence else ("",):
                text = template.sentence.format(complement=filler, act=act, **forms)
                text = " ".join(text.split()).replace(" ,", ",").replace(" .", ".")
                yield text[0].upper() + text[1:]


def _fillers(name: str, fillers: Fillers) -> Sequence[str]:
    if name in EMPTY:
        return ("",)
    if name.endswith(" thing"):
        return [f"{name.removesuffix(' thing')} {thing}" for thing in fillers.get("thing", ())]
    return fillers.get(name, ())


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
