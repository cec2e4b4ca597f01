"""Where the paragraphs, sentences and quotations of a text begin and end, told without a parse."""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from rules.language import english

NEWLINE = re.compile("\n")
OPENING, CLOSING = "“«", "”»"
QUOTE_MARK = re.compile(rf"[\"{OPENING}{CLOSING}]|''|``")
# British single quotes: one that opens before a capital, one that closes after a stop. Apostrophes are neither.
SINGLE_OPEN = re.compile(r"(?<!\w)['‘](?=[A-Z])")
SINGLE_CLOSE = re.compile(r"(?<=[.,!?])['’](?!\w)")
SENTENCE_END = re.compile(r"[.!?](?:[\"”’']|\s?»)?\s+(?=[\"“«A-ZÀ-Þ])")
ABBREVIATED = re.compile(rf"(?:\b[A-Z]|{english.pattern('abbreviations_before_names')})$")
CLAUSE_BREAK = re.compile(r"\n|[.?!] |[\"”»]")
# Nothing is looked for farther than this, in characters: texts without full stops are no prose.
FARTHEST = 600


class Passages:
    """The layout of one text. Building it takes time linear in the text; a look-up takes hardly any."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.quotes = _quoted_spans(text) or _single_quoted_spans(text)
        self._newlines = [m.start() for m in NEWLINE.finditer(text)]

    @cached_property
    def _ends(self) -> list[tuple[int, int]]:
        """Where each sentence stops and where the next begins, roughly; ends of paragraphs are left aside."""
        return [m.span() for m in SENTENCE_END.finditer(self.text) if not self._is_abbreviated(m.start())]

    @cached_property
    def _breaks(self) -> list[int]:
        return [m.start() for m in CLAUSE_BREAK.finditer(self.text) if not self._is_abbreviated(m.start())]

    def _is_abbreviated(self, stop: int) -> bool:
        """'S. P. Singh', 'Gen. Smith': the full stop ends no sentence."""
        return self.text[stop] == "." and ABBREVIATED.search(self.text[max(0, stop - 5) : stop]) is not None

    def paragraph(self, at: int) -> tuple[int, int]:
        """Start and end of the paragraph around an offset; a newline belongs to the paragraph that it ends."""
        i = bisect_left(self._newlines, at)
        start = self._newlines[i - 1] + 1 if i else 0
        return start, self._newlines[i] if i < len(self._newlines) else len(self.text)

    def sentence_begin(self, at: int) -> int:
        """The start of the sentence that goes on before an offset; at its very start, that of the one before."""
        i = bisect_left(self._ends, at, key=lambda span: span[1])
        begin = self._ends[i - 1][1] if i else 0
        return max(begin, self.paragraph(at)[0], at - FARTHEST)

    def sentence_around(self, at: int) -> str:
        """The text of the sentence that an offset stands in, roughly."""
        i = bisect_left(self._ends, at, key=lambda span: span[0])
        end = self._ends[i][0] if i < len(self._ends) else len(self.text)
        return self.text[self.sentence_begin(at) : min(end, self.paragraph(at)[1], at + FARTHEST)]

    def after_break(self, at: int) -> int:
        """What follows the last full stop, quotation mark or newline before an offset."""
        i = bisect_left(self._breaks, at)
        return max(self._breaks[i - 1] + 1 if i else 0, at - FARTHEST)

    def quote_begin(self, at: int) -> int:
        """Where the quotation around an offset begins, its mark left outside; outside of all, the offset."""
        i = bisect_right(self.quotes, at, key=lambda span: span[0]) - 1
        return self.quotes[i][0] - 1 if i >= 0 and at < self.quotes[i][1] else at

    def quote_end(self, at: int) -> int:
        """Where the quotation around an offset ends, before its mark; outside of all, the offset."""
        i = bisect_right(self.quotes, at, key=lambda span: span[0]) - 1
        return self.quotes[i][1] if i >= 0 and at < self.quotes[i][1] else at

    def in_quotes(self, at: int) -> bool:
        return inside(self.quotes, at)


def inside(spans: list[tuple[int, int]], at: int) -> bool:
    """Whether an offset stands in one of some spans, which are in order and apart."""
    i = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return i >= 0 and at < spans[i][1]


def _looks(text: str, mark: re.Match[str]) -> tuple[bool, bool]:
    """Whether a mark can only open a quotation, and whether it can only close one, by what stands beside it."""
    if mark.group() in OPENING + CLOSING:
        return mark.group() in OPENING, mark.group() in CLOSING
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    follows_space, precedes_space = before in ("", " ", "(", "["), after in ("", " ", ".", ",", ";", ")", "]")
    return follows_space and not precedes_space, precedes_space and not follows_space


def _quoted_spans(text: str) -> list[tuple[int, int]]:
    """Stretches inside double quotation marks; one that is never closed ends with its paragraph."""
    spans = []
    offset = 0
    for paragraph in text.split("\n"):
        opened = None
        for mark in QUOTE_MARK.finditer(paragraph):
            is_opening, is_closing = _looks(paragraph, mark)
            if opened is None:
                if not is_closing:
                    opened = mark.end()
            elif is_opening and mark.group() != "“":  # the one before goes on in another paragraph, or was never closed
                spans.append((offset + opened, offset + mark.start()))
                opened = mark.end()
            elif mark.group() != "“":
                spans.append((offset + opened, offset + mark.start()))
                opened = None
        if opened is not None:
            spans.append((offset + opened, offset + len(paragraph)))
        offset += len(paragraph) + 1
    return spans


def _single_quoted_spans(text: str) -> list[tuple[int, int]]:
    spans = []
    offset = 0
    for paragraph in text.split("\n"):
        at = 0
        while opened := SINGLE_OPEN.search(paragraph, at):
            closed = SINGLE_CLOSE.search(paragraph, opened.end())
            at = closed.end() if closed else len(paragraph)
            spans.append((offset + opened.end(), offset + (closed.start() if closed else len(paragraph))))
        offset += len(paragraph) + 1
    return spans
