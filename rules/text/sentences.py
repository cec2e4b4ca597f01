"""Cuts an article into sentences with their offsets, inside quotations too."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from rules.language import english
from schemas.article import Article, content_key
from schemas.position import Section

# A full stop, with the quotes and brackets that close after it, then space, then what may open a sentence.
BOUNDARY = re.compile(r"[.!?…](?:[\"'”’)\]]|\s?»)*\s+(?=(?:[\"'“‘(\[]|«\s?)?[^\W_a-z])")
# Words that end in a full stop without ending the sentence, lower case.
ABBREVIATIONS = english.words("abbreviations")
SENTENCE_OPENERS = english.words("sentence_openers")
# Abbreviations in inner stops that do end a sentence when a capital follows that is no name of theirs: "5 p.m. Monday".
INITIALS = re.compile(r"(?:^|[\s(\"“'‘.-])(?:[A-Z]|(?:[A-Z]\.)+[A-Z])$")
# What opens a quotation, in whatever manner: every paragraph with one holds it.
QUOTES = re.compile(r"[\"“”‘«]|''|``|(?<!\w)'(?=[A-Z])")
LONGEST_SENTENCE = 1_500  # characters; longer ones are lists or tables, and the parser's time grows with length


@dataclass(frozen=True)
class Sentence:
    """A sentence and where it stands: `start` and `end` count characters of the section.

    `is_in_speech` tells that more than its own words may tell who says it, as `report_of` finds it: quotation marks,
    a colon before it or in a title, the issuer of the article.
    """

    section: Section
    start: int
    end: int
    text: str
    is_in_speech: bool = field(default=True, compare=False)

    @cached_property
    def key(self) -> str:
        """Key of the text: the same sentence in two articles is parsed once."""
        return content_key(self.text)


def split(article: Article, wanted: Callable[[str], bool] = lambda _: True) -> list[Sentence]:
    """All sentences of the wanted paragraphs of an article, the title first, in the order of the text."""
    return [
        *_split_section("title", article.title, wanted, article.issuer is not None),
        *_split_section("body", article.text, wanted, article.issuer is not None),
    ]


# 'KYIV, Ukraine (AP) --', 'BEIJING, March 3 -': where and by whom an article was filed, no part of its first sentence.
DATELINE = re.compile(r"[^\W\d_a-z]{3}[^\n\"“”]{0,70}?(?:\s(?:--|–|—|-)\s+|\s?(?:--|—)\s?)")
# 'Doha, Qatar - ', '11 November 2022 – ', 'ASTANA. ', 'CNN — ': the same in other papers.
PLACE = r"[^\W\d_a-z][\w.'-]+(?: [^\W\d_a-z][\w.'-]+)*"
OTHER_DATELINE = re.compile(
    rf"(?:{PLACE}, {PLACE}(?: \([A-Z]+\))? (?:--|–|—|-) |\d{{1,2}} [A-Z][a-z]+ \d{{4}} (?:--|–|—|-) "
    r"|[A-Z]{4,}\. (?=[A-Z][a-z]))"
)
CITY_COLON = re.compile(r"[^\W\d_][^\W\d_]*(?: [^\W\d_]+)?: (?=[^\W\d_a-z])")


def skip_dateline(paragraph: str) -> int:
    """Where the first sentence of a paragraph begins, after a dateline if it has one."""
    match = DATELINE.match(paragraph) or OTHER_DATELINE.match(paragraph) or CITY_COLON.match(paragraph)
    return match.end() if match else 0


def _split_section(section: Section, text: str, wanted: Callable[[str], bool], is_issued: bool) -> list[Sentence]:
    sentences = []
    start = 0
    for paragraph in text.split("\n"):
        if wanted(paragraph):
            speaks = is_issued or QUOTES.search(paragraph) is not None or (section == "title" and ":" in paragraph)
            for a, b in _sentence_spans(paragraph):
                follows_colon = text[max(0, start + a - 2) : start + a].strip() == ":"
                sentences.append(Sentence(section, start + a, start + b, paragraph[a:b], speaks or follows_colon))
        start += len(paragraph) + 1
    return sentences


def _sentence_spans(paragraph: str) -> list[tuple[int, int]]:
    begin = skip_dateline(paragraph)
    stops = (m.span() for m in BOUNDARY.finditer(paragraph, begin))
    ends = (b for a, b in stops if paragraph[a] != "." or _ends_sentence(paragraph, a, b))
    spans: list[tuple[int, int]] = []
    for a, b in pairwise((begin, *ends, len(paragraph))):
        piece = paragraph[a:b]
        a += len(piece) - len(piece.lstrip())
        b = a + len(piece.strip())
        spans.extend((i, min(i + LONGEST_SENTENCE, b)) for i in range(a, b, LONGEST_SENTENCE))
    return spans


def _ends_sentence(paragraph: str, stop: int, following: int) -> bool:
    before = paragraph[max(0, stop - 20) : stop]
    word = re.split(r"[\s(\"“‘]", before)[-1]
    if word.lower() in ABBREVIATIONS:
        # "No. 3" and "Jan. 6", but "He said no. Then …"
        return word.lower() in ("no", "mar") and word.islower() and not paragraph[following : following + 1].isdigit()
    if INITIALS.search(before):
        # "U.S. Secretary" goes on; "in the U.S. He said" does not, as far as the next word tells.
        next_word = re.match(r"[\"“‘(]?([A-Za-z]+)", paragraph[following : following + 20])
        return bool("." in word and next_word and next_word.group(1) in SENTENCE_OPENERS)
    return True
