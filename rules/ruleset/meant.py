"""Findings that an author has looked at and means: `meant.txt` of a rule-set folder keeps them, and why."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from rules.ruleset.check import Finding

MEANT = "meant.txt"
GONE = "is no finding any more; remove the line"
PLACE = re.compile(r" \([^()\s]+:\d+\)")


def unmarked(findings: Iterable[Finding], folders: Sequence[Path]) -> list[Finding]:
    """The findings that no `meant.txt` of the folders holds, and the lines of these files that are no findings.

    A line holds a finding as `positions rules check` prints it, without any file and line; a line with # says why.
    """
    marked = {text: (folder / MEANT, number) for folder in folders for number, text in _lines(folder / MEANT)}
    found = [(PLACE.sub("", finding.what), finding) for finding in findings]
    told = [finding for what, finding in found if what not in marked]
    gone = sorted(marked.keys() - {what for what, _ in found})
    return [*told, *(Finding(str(file), line, f"{text!r} {GONE}") for text in gone for file, line in [marked[text]])]


def _lines(file: Path) -> list[tuple[int, str]]:
    if not file.exists():
        return []
    lines = enumerate(file.read_text("utf-8").splitlines(), 1)
    return [(number, line.strip()) for number, line in lines if line.strip() and not line.startswith("#")]
