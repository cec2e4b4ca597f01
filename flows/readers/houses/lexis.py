"""LexisNexis Academic (TXT, RTF, DOCX): "3 of 50 DOCUMENTS" above each article, its fields in capitals."""

import re
from collections.abc import Iterator

from flows.readers.houses.exported import Exported, names_a_day, paragraphs, words

BEGIN = re.compile(
    r"^[ \t]*(?:\d+ of \d+ DOCUMENTS?|DOCUMENT \d+ OF \d+|Dokument \d+ von \d+|DOCUMENT \d+ DE \d+)[ \t\r]*$",
    re.MULTILINE,
)
FIELD = re.compile(r"^([A-Z][A-Z-]{2,20}):\s?(.*)$")
COPYRIGHT = re.compile(r"^\s*(?:Copyright|©|\(c\)) ", re.IGNORECASE)


def is_it(text: str) -> bool:
    """Whether a text is such an export."""
    return BEGIN.search(text) is not None


def articles_in(lines: list[str]) -> Iterator[Exported]:
    """The articles, each from its number to the next."""
    begins = [number for number, line in enumerate(lines) if BEGIN.match(line)]
    for begin, end in zip(begins, [*begins[1:], len(lines)], strict=True):
        yield article_of(lines[begin + 1 : end])


def article_of(lines: list[str]) -> Exported:
    """The article of the lines below its number: paper, day, title and fields, then the body, then fields again."""
    dated = next((number for number, line in enumerate(lines) if names_a_day(line)), None)
    if dated is None:
        return Exported(fault="it has no line with a day")
    ahead = [line.strip() for line in lines[:dated] if line.strip() and not COPYRIGHT.match(line)]
    fields = fields_of(lines, dated + 1)
    behind = next((number for number, name in fields if name in words("lexis")["behind"]), len(lines))
    last = max((number for number, name in fields if name in words("lexis")["ahead"] and number < behind), default=None)
    if last is None:
        return Exported(fault="it has none of the fields that stand above a body")
    title = field(lines, fields, "HEADLINE") or field(lines, fields, "TITLE") or bare_title(lines[dated + 1 :])
    inline = FIELD.match(lines[last].strip())
    is_body = inline is not None and inline[1] == "BODY"
    body = [line for line in lines[last + 1 if is_body else below(lines, last) : behind] if not COPYRIGHT.match(line)]
    if inline and is_body:
        body = [inline[2], *body]
    return Exported(title, lines[dated].strip(), ahead[0] if ahead else None, paragraphs(body))


def fields_of(lines: list[str], start: int) -> list[tuple[int, str]]:
    """Where the fields stand, with their names."""
    known = {*words("lexis")["ahead"], *words("lexis")["behind"]}
    found: list[tuple[int, str]] = []
    for number in range(start, len(lines)):
        match = FIELD.match(lines[number].strip())
        if match and match[1] in known:
            found.append((number, match[1]))
    return found


def field(lines: list[str], fields: list[tuple[int, str]], name: str) -> str:
    """What a field holds, on as many lines as it does."""
    for number, found in fields:
        if found == name:
            first = lines[number].strip().partition(":")[2].strip()
            return " ".join([first, *(line.strip() for line in lines[number + 1 : below(lines, number)])]).strip()
    return ""


def below(lines: list[str], number: int) -> int:
    """Where a field that begins on a line ends: at the next blank line."""
    return next((n for n in range(number + 1, len(lines)) if not lines[n].strip()), len(lines))


def bare_title(lines: list[str]) -> str:
    """The title without a field's name: the first lines at the margin below the day, where editions are centred."""
    title: list[str] = []
    for line in lines:
        if not line.strip():
            if title:
                break
        elif FIELD.match(line.strip()):
            break
        elif not line.startswith("     ") and not COPYRIGHT.match(line):
            title.append(line.strip())
    return " ".join(title)
