"""Findings that an author has looked at and means: `meant.txt` of a rule-set folder keeps them, and why."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from rules.ruleset.check import Finding

MEANT = "meant.txt"
PLACE = re.compile(r" \([^()\s]+:\d+\)")


def unmarked(findings: Iterable[Finding], folders: Sequence[Path]) -> list[str]:
    """The findings that no `meant.txt` of the folders holds, and the lines of these files that are no findings.

    A line holds a finding as `positions rules check` prints it, without any file and line; a line with # says why.
    """
    marked = {text: f"{folder / MEANT}:{number}" for folder in folders for number, text in _lines(folder / MEANT)}
    found = [(PLACE.sub("", finding.what), str(finding)) for finding in findings]
    told = [line for what, line in found if what not in marked]
    gone = marked.keys() - {what for what, _ in found}
    return [*told, *(f"{marked[text]}: {text!r} is no finding any more; remove the line" for text in sorted(gone))]


def _lines(file: Path) -> list[tuple[int, str]]:
    if not file.exists():
        return []
    lines = enumerate(file.read_text("utf-8").splitlines(), 1)
    return [(number, line.strip()) for number, line in lines if line.strip() and not line.startswith("#")]
