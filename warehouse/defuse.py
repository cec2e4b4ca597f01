"""Keeps a spreadsheet from running exported text as a formula, in a way that can be undone."""

import re

# What a spreadsheet may take for a formula, also behind white space and apostrophes; the full-width signs count
# in East Asian editions. A defused text matches again, which is what makes undoing it exact.
FORMULA = "^[' \t\r\n\f\v\u00a0]*[=+\\-@＝＋－＠\t\r\n]"
# The same where a cell begins for a spreadsheet that takes something else than the comma for what parts cells: such a
# reader also takes a quotation mark for the mark of a quoted cell.
PARTED, WITHIN = "[;\t\r\n]", "[' \"\f\v\u00a0]*[=+\\-@＝＋－＠]"


def defused_column(column: str) -> str:
    """SQL for a text column in which an apostrophe stands before whatever looks like a formula."""
    name = '"' + column.replace('"', '""') + '"'
    whole, parted, within = (pattern.replace("'", "''") for pattern in (FORMULA, PARTED, WITHIN))
    guarded = f"regexp_replace({name}, '({parted})({within})', '\\1''\\2', 'g')"
    return f"CASE WHEN regexp_matches({name}, '{whole}') THEN '''' || {guarded} ELSE {guarded} END AS {name}"


def defused(text: str) -> str:
    """The text, with an apostrophe before whatever in it looks like a formula."""
    guarded = re.sub(f"({PARTED})({WITHIN})", r"\1'\2", text)
    return f"'{guarded}" if re.match(FORMULA, text) else guarded


def restored(text: str) -> str:
    """The text as it was before it was defused."""
    whole = text[1:] if text.startswith("'") and re.match(FORMULA, text[1:]) else text
    return re.sub(f"({PARTED})'({WITHIN})", r"\1\2", whole)
