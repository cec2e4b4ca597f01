"""Factiva (TXT, RTF, HTML, DOCX, PDF): articles that end in "Document" and a number, their fields coded or not."""

import re
from collections.abc import Iterator

from flows.readers.houses.exported import Exported, names_a_day, paragraphs

END = re.compile(r"^[ \t]*(?:AN[ \t]+)?Document[ \t]+([A-Za-z0-9]{15,40})[ \t\r]*$", re.MULTILINE)
CODE = re.compile(
    r"^\s*(SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|CX|LP|TD|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN|ART)(?:\s+(.*))?$"
)
LENGTH = re.compile(r"^\s*[\d,.]+ (?:words|mots|Wörter|palabras|parole)\s*$")
COPYRIGHT = re.compile(r"^\s*(?:\(c\)|©|Copyright)", re.IGNORECASE)
BYLINE = re.compile(r"^\s*(?:By|Von|Par|Por)\s+\S", re.IGNORECASE)
LINES_OF_A_HEAD = 14  # below the length: day, time, paper, code, pages, language, copyright


def is_it(text: str) -> bool:
    """Whether a text is such an export."""
    return END.search(text) is not None


def articles_in(lines: list[str]) -> Iterator[Exported]:
    """The articles, each up to the line with its number."""
    own: list[str] = []
    for line in lines:
        if END.match(line):
            yield coded(own) if any(is_code(line, "HD") for line in own) else plain(own)
            own = []
        else:
            own.append(line)
    if any(LENGTH.match(line) or is_code(line, "HD") for line in own):
        yield Exported(fault="it ends before the line 'Document' with its number")


def is_code(line: str, code: str) -> bool:
    """Whether a line begins a field."""
    found = CODE.match(line)
    return found is not None and found[1] == code


def coded(lines: list[str]) -> Exported:
    """The article of lines that begin with codes: HD the title, PD the day, SN the paper, LP and TD the text."""
    fields: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        if found := CODE.match(line):
            code = found[1]
            fields.setdefault(code, []).append(found[2] or "")
        elif code:
            fields[code].append(line)
    joined = {code: " ".join(" ".join(several).split()) for code, several in fields.items()}
    text = paragraphs([*fields.get("LP", []), "", *fields.get("TD", [])])
    return Exported(joined.get("HD", ""), joined.get("PD", ""), joined.get("SN"), text)


def plain(lines: list[str]) -> Exported:
    """The article of lines without codes, which its length in words parts: title above it, day and paper below it."""
    bare = [line.strip() for line in lines]
    length = next((number for number, line in enumerate(bare) if LENGTH.match(line)), None)
    if length is None:
        return Exported(fault="it has no line that tells its length in words, below which the day stands")
    below = bare[length + 1 : length + 1 + LINES_OF_A_HEAD]
    dated = next((number for number, line in enumerate(below) if names_a_day(line)), None)
    if dated is None:
        return Exported(fault="no day stands below its length in words")
    papers = [line for line in below[dated + 1 :] if line and not line[0].isdigit()]
    copyright_ = next((number for number, line in enumerate(below) if COPYRIGHT.match(line)), None)
    start = length + 2 + (copyright_ if copyright_ is not None else last_of_head(below, dated))
    return Exported(title_above(bare[:length]), below[dated], papers[0] if papers else None, paragraphs(lines[start:]))


def last_of_head(below: list[str], dated: int) -> int:
    """The last line of a head without a notice of rights: short ones that end no sentence."""
    last = dated
    for number, line in enumerate(below[dated + 1 :], dated + 1):
        if not line or len(line) > 40 or line.endswith("."):
            break
        last = number
    return last


def title_above(lines: list[str]) -> str:
    """The title among the lines above the length: the longest that is no byline, as sections have short names."""
    return max((line for line in lines if not BYLINE.match(line)), key=len, default="")
