"""Nexis Uni and Lexis Advance (DOCX, RTF, PDF): articles that end in "End of Document", their text below "Body"."""

import re
from collections.abc import Iterator

from flows.readers.houses.exported import Exported, names_a_day, paragraphs, words

END = re.compile(r"^[ \t]*End of Document[ \t\r]*$", re.MULTILINE)
LISTED = re.compile(r"^\s*(?:Documents? \(\d+\)|\d+\.\s.*)\s*$")


def is_it(text: str) -> bool:
    """Whether a text is such an export."""
    return END.search(text) is not None


def articles_in(lines: list[str]) -> Iterator[Exported]:
    """The articles, each from its title to its end; what stands behind the last end is none."""
    own: list[str] = []
    for line in lines:
        if END.match(line):
            yield article_of(own)
            own = []
        else:
            own.append(line.strip())
    if any(line.lower() == "body" for line in own):
        yield Exported(fault="it ends before its 'End of Document'")


def article_of(lines: list[str]) -> Exported:
    """The article of the lines between two ends."""
    body = next((number for number, line in enumerate(lines) if line.lower() == "body"), None)
    dated = max((number for number, line in enumerate(lines[:body]) if names_a_day(line)), default=None)
    if dated is None or body is None:
        return Exported(fault="it has no line with a day above a line 'Body'")
    head = header(lines[:dated])
    if not head:
        return Exported(fault="no title and no paper stand above its day")
    title = " ".join(head[:-1]) or head[0]
    # Files with pages have the title at the top of each.
    text = paragraphs([line for line in lines[body + 1 : end_of(lines, body + 1)] if line != title])
    return Exported(title, lines[dated], head[-1] if len(head) > 1 else None, text)


def header(lines: list[str]) -> list[str]:
    """The lines of the title and the paper, which stand behind the cover page of the export, if it has one."""
    cover = tuple(words("nexis")["cover"])
    last = -1
    for number, line in enumerate(lines):
        if line.lower().startswith(cover) or LISTED.match(line):
            last = number
    return [line for line in lines[last + 1 :] if line]


def end_of(lines: list[str], start: int) -> int:
    """Where the body ends."""
    behind = words("nexis")["behind"]
    for number in range(start, len(lines)):
        lowered = lines[number].lower()
        if any(lowered.startswith(name) if name.endswith(":") else lowered == name for name in behind):
            return number
    return len(lines)
