"""ProQuest (TXT, RTF, DOCX, PDF): articles between long rules or below "Document 1 of 5", with named fields."""

import re
from collections.abc import Iterator

from flows.readers.houses.exported import Exported, paragraphs, words

RULE = re.compile(r"^\s*_{20,}\s*$")
NUMBER = re.compile(r"^\s*Document \d+ of \d+\s*$")
MARK = re.compile(r"^(?:Full text|Publication info|ProQuest document (?:ID|link)): ?", re.MULTILINE)
DAY = re.compile(r"\b(\d{1,2} [A-Z][a-z]{2,8}\.? \d{4}|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})")


def is_it(text: str) -> bool:
    """Whether a text is such an export."""
    return "ProQuest" in text and len(set(MARK.findall(text))) >= 2


def articles_in(lines: list[str]) -> Iterator[Exported]:
    """The articles: of the parts between rules or numbers those with a day of publication."""
    for part in parts_of(lines):
        fields = fields_of(part)
        if "Publication info" in fields or "Publication date" in fields:
            yield article_of(part, fields)


def parts_of(lines: list[str]) -> Iterator[list[str]]:
    """What stands between rules, or between numbers."""
    own: list[str] = []
    for line in lines:
        if RULE.match(line) or NUMBER.match(line):
            yield own
            own = []
        else:
            own.append(line)
    yield own


def fields_of(lines: list[str]) -> dict[str, list[str]]:
    """The lines of each field, by its name; those of the text go on until the next field."""
    known = words("proquest")["fields"]
    fields: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        begins, colon, rest = line.strip().partition(":")
        if colon and begins in known:
            name = begins
            fields.setdefault(name, []).append(rest.strip())
        elif name:
            fields[name].append(line)
    return fields


def article_of(lines: list[str], fields: dict[str, list[str]]) -> Exported:
    """The article of a part."""
    joined = {name: " ".join(" ".join(several).split()) for name, several in fields.items()}
    dated = DAY.search(joined.get("Publication date", "")) or DAY.search(joined.get("Publication info", ""))
    title = joined.get("Title") or next((line.strip() for line in lines if line.strip()), "")
    paper = joined.get("Publication title") or joined.get("Publication info", "")
    address = joined.get("Document URL") or joined.get("ProQuest document link", "")
    return Exported(
        title,
        dated[1] if dated else "",
        re.split(r"\s*[,;]", paper)[0].strip() or None,
        paragraphs(fields.get("Full text", [])),
        address.split()[0] if address.startswith("http") else None,
        None if "Full text" in fields else "the export holds no full text of it",
    )
